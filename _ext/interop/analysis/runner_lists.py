"""Test lists for test runners: names as today's suites have them, and regular expressions.

A guideline of schema 1.2 has no ids. A test without one is looked up by its name, then by the id that other guidelines
give this name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..record.drift import Today
from .history import History
from .test_lists import Entry


@dataclass(frozen=True)
class Found:
    """The tests of a list in today's suites: ``lines`` for ``tempest run --load-list``, and the ``missing`` entries."""

    lines: list[str]
    missing: list[Entry]


def today(history: History, given: Iterable[Entry]) -> Found:
    """The tests of some entries with the names that today's suites have. Lines are sorted and unique."""
    pairs = list(_pairs(history, given))
    return Found(sorted({test.line for _, test in pairs if test}), [entry for entry, test in pairs if test is None])


def name_patterns(history: History, given: Iterable[Entry]) -> list[str]:
    """Regular expressions for ``--include-list`` that match a test by its whole name, and its id if it has one.

    A test that was renamed has one more, for the name in today's suites. Sorted and unique.
    """
    found = set()
    for entry, test in _pairs(history, given):
        found.add(_pattern(entry.name, entry.id))
        if test:
            found.add(_pattern(test.name, entry.id))
    return sorted(found)


def id_patterns(given: Iterable[Entry]) -> list[str]:
    """Regular expressions that match a test by its id under any name, and in all classes that inherit it.

    A test without an id is matched by its name. Sorted and unique.
    """
    return sorted({f"id-{entry.id}" if entry.id else _pattern(entry.name, None) for entry in given})


def _pattern(name: str, id: str | None) -> str:
    """A pattern for the whole name; behind it are brackets with the id and attributes, or nothing."""
    # Without an anchor it would also match a name that ends with this one.
    return "^" + name.replace(".", r"\.") + (rf"\[.*id-{id}" if id else r"(\[|$)")


def _pairs(history: History, given: Iterable[Entry]) -> Iterator[tuple[Entry, Today | None]]:
    """Each entry with its test in today's suites, if they have one."""
    tests = history.record.drift.tests
    names = {test.name: test for test in tests.values()}
    for entry in given:
        by_name = None if entry.id else names.get(entry.name)
        yield entry, by_name or tests.get(entry.id or history.test_ids.get(entry.name, ""))
