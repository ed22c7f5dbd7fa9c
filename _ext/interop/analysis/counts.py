"""Counts of capabilities and tests, each defined once. All numbers that the site shows of a guideline come from here.

A test is counted by its key (see :mod:`.facts`): one test under several names, capabilities or components counts once.
A test is *must-pass* if a component requires a capability of it that does not flag it; a required test that every such
capability flags is *flagged*.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..record.model import Status
from .facts import Facts
from .history import strongest


@dataclass(frozen=True)
class Tests:
    """The number of tests of some capabilities: not flagged, flagged, and in more than one of the capabilities."""

    unflagged: int
    flagged: int
    shared: int

    @property
    def all(self) -> int:
        """The number of tests, flagged or not."""
        return self.unflagged + self.flagged


@dataclass(frozen=True)
class Counts:
    """The counts of a guideline.

    ``capabilities`` has the number of capabilities by status: each counts once, under its strongest status.
    ``shared_capabilities`` is the number of those that more than one component requires, ``unlisted`` the number of
    defined capabilities that no component lists. ``required`` are the tests of all required capabilities; ``tests`` is
    the number of tests of all capabilities that it defines, ``names`` the number of their names, without aliases, and
    ``pairs`` the number of pairs of capability and test, which is what the entries of its file add up to.
    """

    capabilities: dict[Status, int]
    shared_capabilities: int
    unlisted: int
    required: Tests
    tests: int
    names: int
    pairs: int

    @property
    def must_pass(self) -> int:
        """The number of tests that a product with all components must pass."""
        return self.required.unflagged


def of_guideline(facts: Facts) -> Counts:
    """The counts of a guideline."""
    guideline = facts.guideline
    listed = {name: facts.statuses(name) for statuses in facts.components.values() for name in statuses}
    found = [strongest(statuses) for statuses in listed.values()]
    required = {name: list(statuses.values()).count(Status.REQUIRED) for name, statuses in listed.items()}
    return Counts(
        {status: found.count(status) for status in Status},
        sum(number > 1 for number in required.values()),
        sum(name not in listed for name in guideline.capabilities),
        of_capabilities(facts, (name for name, number in required.items() if number)),
        len(facts.all_tests),
        len({test.name for capability in guideline.capabilities.values() for test in capability.tests}),
        sum(len(capability.tests) for capability in guideline.capabilities.values()),
    )


def of_capabilities(facts: Facts, names: Iterable[str]) -> Tests:
    """The counts of the tests of some capabilities of a guideline; those that it does not define have none."""
    places: dict[str, list[bool]] = {}
    for name in set(names) & facts.guideline.capabilities.keys():
        for test in facts.guideline.capabilities[name].tests:
            places.setdefault(facts.key(test), []).append(test.flag is not None)
    flagged = sum(all(flags) for flags in places.values())
    return Tests(len(places) - flagged, flagged, sum(len(flags) > 1 for flags in places.values()))
