"""Counts of capabilities and tests, each defined once. All numbers that the site shows of a guideline come from here.

A test is counted by its key (see :mod:`.facts`): one test under several names, capabilities or components counts once.
A test is *must-pass* if a component requires a capability of it that does not flag it; a required test that every such
capability flags is *flagged*.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..record.model import Status, is_capability
from .facts import Facts
from .history import strongest


@dataclass(frozen=True)
class Tests:
    """The number of tests of some capabilities: not flagged, flagged, and in more than one of the capabilities.

    ``names`` is the number of their names, without aliases.
    """

    unflagged: int
    flagged: int
    shared: int
    names: int

    @property
    def all(self) -> int:
        """The number of tests, flagged or not."""
        return self.unflagged + self.flagged


@dataclass(frozen=True)
class Counts:
    """The counts of a guideline.

    ``capabilities`` has the number of capabilities by status: each counts once, under its strongest status; a group of
    tests whose capability is not known is none.
    ``shared_capabilities`` is the number of those that more than one component requires, ``unlisted`` the number of
    defined capabilities that no component lists. ``required`` are the tests of all required capabilities; ``tests`` is
    the number of tests of all capabilities that it defines, ``names`` the number of their names, without aliases, and
    ``pairs`` the number of pairs of capability and test, which is what the entries of its file add up to. ``undecided``
    is the number of tests of which no source tells whether they are required: see :meth:`.Facts.undecided`.
    """

    capabilities: dict[Status, int]
    shared_capabilities: int
    unlisted: int
    required: Tests
    tests: int
    names: int
    pairs: int
    undecided: int

    @property
    def must_pass(self) -> int:
        """The number of tests that a product with all components must pass."""
        return self.required.unflagged


def of_guideline(facts: Facts) -> Counts:
    """The counts of a guideline."""
    guideline = facts.guideline
    listed = {name: facts.statuses(name) for statuses in facts.components.values() for name in statuses}
    found = [strongest(statuses) for name, statuses in listed.items() if is_capability(name)]
    required = {name: list(statuses.values()).count(Status.REQUIRED) for name, statuses in listed.items()}
    return Counts(
        {status: found.count(status) for status in Status},
        sum(number > 1 for name, number in required.items() if is_capability(name)),
        sum(name not in listed for name in guideline.capabilities),
        of_capabilities(facts, (name for name, number in required.items() if number)),
        len(facts.all_tests),
        len({test.name for capability in guideline.capabilities.values() for test in capability.tests}),
        sum(len(capability.tests) for capability in guideline.capabilities.values()),
        len(facts.undecided()),
    )


def of_capabilities(facts: Facts, names: Iterable[str]) -> Tests:
    """The counts of the tests of some capabilities of a guideline; those that it does not define have none."""
    flags: dict[str, list[bool]] = {}
    homes: dict[str, set[str]] = {}
    tests = set[str]()
    for name in set(names) & facts.guideline.capabilities.keys():
        for test in facts.guideline.capabilities[name].tests:
            flags.setdefault(facts.key(test), []).append(test.flag is not None)
            homes.setdefault(facts.key(test), set()).add(name)
            tests.add(test.name)
    flagged = sum(map(all, flags.values()))
    return Tests(len(flags) - flagged, flagged, sum(len(names) > 1 for names in homes.values()), len(tests))
