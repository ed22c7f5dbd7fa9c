"""Which capability came from which: capabilities were split, merged and renamed, and their tests tell.

Two capabilities of two guidelines are kin if they share a test. A capability that is new in the later guideline is
*regrouped* rather than new if at least half of its tests (:data:`HALF`) stood in capabilities of the earlier one; what
the share is, is always shown with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from ..record.loader import Record
from ..record.model import Guideline, Status
from . import history

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


@lru_cache(maxsize=64)
def test_keys(record: Record, guideline: Guideline) -> dict[str, frozenset[str]]:
    """The tests of each capability of a guideline by key: the id, or what stands for it."""
    ids = history.test_ids(record)
    return {
        name: frozenset(history.test_key(test, ids) for test in capability.tests)
        for name, capability in guideline.capabilities.items()
    }


def kin(record: Record, a: Guideline, b: Guideline) -> list[Kin]:
    """Where the capabilities that only ``b`` has came from, and where those that only ``a`` has went to."""
    before, after = test_keys(record, a), test_keys(record, b)
    homes: dict[str, set[str]] = {}
    for name, tests in before.items():
        for test in tests:
            homes.setdefault(test, set()).add(name)
    found: dict[tuple[str, str], int] = {}
    for name, tests in after.items():
        for test in tests:
            for home in homes.get(test, ()):
                if home != name and (name not in before or home not in after):
                    found[home, name] = found.get((home, name), 0) + 1
    return [
        Kin(a.id, b.id, old, new, shared, len(before[old]), len(after[new]))
        for (old, new), shared in sorted(found.items())
    ]


def regrouped(record: Record, a: Guideline, b: Guideline) -> dict[str, frozenset[str]]:
    """The capabilities that only ``b`` has and that are regrouped, each with those of ``a`` its tests stood in.

    What ``b`` lists as removed only, or not at all, is no capability it asks for, under whatever name.
    """
    before = test_keys(record, a)
    everywhere = frozenset().union(*before.values())
    result = {}
    for name, tests in test_keys(record, b).items():
        old = tests & everywhere
        listed = set(b.statuses(name).values()) - {Status.REMOVED}
        if name not in before and tests and listed and Fraction(len(old), len(tests)) >= HALF:
            result[name] = frozenset(home for home, held in before.items() if held & old)
    return result


@lru_cache(maxsize=8)
def over_time(record: Record, program: str) -> list[Kin]:
    """The kin of each guideline of a program and the next one."""
    family = record.program(program)
    return [item for a, b in pairwise(family) for item in kin(record, a, b)]
