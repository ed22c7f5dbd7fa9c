"""Which capability came from which: capabilities were split, merged and renamed, and their tests tell.

Two capabilities of two guidelines are related if they share a test. A capability that is new in the later guideline is
*regrouped* rather than new if at least half of its tests (:data:`HALF`) stood in capabilities of the earlier one; the
share is always shown with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..record.model import Status
from .facts import Facts

#: The share of a capability's tests that must have stood elsewhere for it to count as regrouped.
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Kin:
    """``after`` of guideline ``b`` has ``shared`` tests of ``before`` of guideline ``a``; each has so many in all."""

    a: str
    b: str
    before: str
    after: str
    shared: int
    of_before: int
    of_after: int


def kin(a: Facts, b: Facts) -> tuple[Kin, ...]:
    """Where the capabilities that only ``b`` has came from, and where those that only ``a`` has went to."""
    homes: dict[str, set[str]] = {}
    for name, tests in a.tests.items():
        for test in tests:
            homes.setdefault(test, set()).add(name)
    found: dict[tuple[str, str], int] = {}
    for name, tests in b.tests.items():
        for test in tests:
            for home in homes.get(test, ()):
                if home != name and (name not in a.tests or home not in b.tests):
                    found[home, name] = found.get((home, name), 0) + 1
    return tuple(
        Kin(a.guideline.id, b.guideline.id, old, new, shared, len(a.tests[old]), len(b.tests[new]))
        for (old, new), shared in sorted(found.items())
    )


def regrouped(a: Facts, b: Facts) -> dict[str, frozenset[str]]:
    """The capabilities that only ``b`` has and that are regrouped, each with those of ``a`` its tests stood in.

    What ``b`` lists as removed only, or not at all, is no capability it requires, under whatever name.
    """
    result = {}
    for name, tests in b.tests.items():
        old = tests.keys() & a.all_tests
        listed = set(b.statuses(name).values()) - {Status.REMOVED}
        if name not in a.tests and tests and listed and Fraction(len(old), len(tests)) >= HALF:
            result[name] = frozenset(home for home, held in a.tests.items() if held.keys() & old)
    return result
