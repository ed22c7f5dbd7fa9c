"""Finds out which capabilities were split, merged or renamed, by their tests.

Two capabilities of two guidelines are related if they share a test. A capability that only the later guideline has is
*regrouped* rather than new if at least half of its tests (:data:`HALF`) were in capabilities of the earlier one. The
site shows the share with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..record.model import Status
from .facts import Facts

#: The minimum share of a capability's tests that were in other capabilities, for it to count as regrouped.
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Kin:
    """``after`` in guideline ``b`` has ``shared`` tests of ``before`` in guideline ``a``.

    ``of_before`` and ``of_after`` are the numbers of all tests of the two capabilities.
    """

    a: str
    b: str
    before: str
    after: str
    shared: int
    of_before: int
    of_after: int


def kin(a: Facts, b: Facts) -> tuple[Kin, ...]:
    """The capabilities of ``a`` and ``b`` that share tests, one of which is only in ``a`` or only in ``b``."""
    having: dict[str, set[str]] = {}
    for name, tests in a.known_tests.items():
        for test in tests:
            having.setdefault(test, set()).add(name)
    found: dict[tuple[str, str], int] = {}
    for name, tests in b.known_tests.items():
        for test in tests:
            for old in having.get(test, ()):
                if old != name and (name not in a.tests or old not in b.tests):
                    found[old, name] = found.get((old, name), 0) + 1
    return tuple(
        Kin(a.guideline.id, b.guideline.id, old, new, shared, len(a.tests[old]), len(b.tests[new]))
        for (old, new), shared in sorted(found.items())
    )


def regrouped(a: Facts, b: Facts) -> dict[str, frozenset[str]]:
    """The regrouped capabilities of ``b``, each with the capabilities of ``a`` that had its tests.

    Capabilities that ``b`` does not list, or lists only as removed, do not count.
    """
    result = {}
    for name, tests in b.known_tests.items():
        if name in a.tests or not tests or not set(b.statuses(name).values()) - {Status.REMOVED}:
            continue
        known = tests.keys() & a.all_tests
        if Fraction(len(known), len(tests)) >= HALF:
            result[name] = frozenset(origin for origin, own in a.known_tests.items() if own.keys() & known)
    return result
