"""Why a test is no longer required: since when, what became of it, and what the record has about the reason.

On the way back to an earlier guideline nothing was dropped: such a test is not yet required there.
"""

from __future__ import annotations

from typing import Any

from ..record.model import Flag, Guideline
from ..record.record import Record
from . import demands, test_lists
from .analysis import Analysis
from .demands import Demand
from .history import Place

#: The guidelines from one to another, each with what it requires of a target.
Way = list[tuple[Guideline, dict[str, Demand]]]


def way(analysis: Analysis, a: Guideline, b: Guideline, target: str) -> Way:
    """The guidelines from ``a`` to ``b`` that have the target, in the order of the program or against it."""
    family = analysis.record.program(a.program)
    first, last = sorted((family.index(a), family.index(b)))
    between = [one for one in family[first : last + 1] if target in test_lists.targets(analysis.record, one)]
    ordered = between if between[0] is a else between[::-1]
    return [(one, demands.required(analysis, one, target)) for one in ordered]


def is_back(record: Record, steps: Way) -> bool:
    """Whether the way leads to an earlier guideline."""
    family = record.program(steps[0][0].program)
    return family.index(steps[-1][0]) < family.index(steps[0][0])


def not_yet(analysis: Analysis, key: str, steps: Way, target: str) -> dict[str, Any]:
    """What the last guideline of ``steps``, the earliest, has of a test that only the first one, a later one, requires.

    ``now`` is as for :func:`of_test`, and ``required_from`` the first guideline after it that requires the test, or one
    of ``not_archived`` before that; ``draft`` is whether that is a draft, which may be the older one. ``before`` is the
    last guideline before it that requires the test, or None.
    """
    guideline, record = steps[-1][0], analysis.record
    place = max(number for number, (_, required) in enumerate(steps) if key in required)
    family = [one for one in record.program(guideline.program) if target in test_lists.targets(record, one)]
    earlier = family[: family.index(guideline)]
    before = [one.key for one in earlier if key in demands.required(analysis, one, target)]
    return {
        "guideline": guideline.key,
        "now": _now(analysis, key, guideline, target),
        "required_from": steps[place][0].key,
        "draft": steps[place][0].in_preparation,
        "not_archived": _not_archived(record, steps[place][0], steps[place + 1][0]),
        "before": before[-1] if before else None,
        "today": _today(record, key),
    }


def _today(record: Record, key: str) -> bool | None:
    return key in record.drift.tests if record.drift.date else None


def of_test(analysis: Analysis, key: str, steps: Way, target: str) -> dict[str, Any]:
    """How the test ``key``, which the first guideline of ``steps`` requires and the last does not, went.

    ``since`` is the first guideline from which on none requires it, ``before`` the one before that; ``not_archived``
    are those between the two that are not archived, which may have required it or not. ``now`` are its capabilities in
    ``since`` with the statuses they have in the target's components; empty if it does not have the test. ``today`` is
    whether today's suites have it, None if they were never read.
    """
    place = max(number for number, (_, required) in enumerate(steps) if key in required)
    (before, required), (since, _) = steps[place], steps[place + 1]
    record = analysis.record
    approved = next((event for event in record.standing(since.key).events if event.event == "approved"), None)
    flag = _flag(analysis, key, [one for one, _ in steps[: place + 1]])
    return {
        "since": since.key,
        "approved": approved.date if approved else None,
        "before": {"guideline": before.key, "capabilities": list(required[key].capabilities)},
        "not_archived": _not_archived(record, before, since),
        "now": _now(analysis, key, since, target),
        "flag": flag,
        "reviews": _reviews(flag),
        "today": _today(record, key),
    }


def _not_archived(record: Record, before: Guideline, since: Guideline) -> list[str]:
    keys = [one.key for one in record.known(since.program)]
    first, last = sorted((keys.index(before.key), keys.index(since.key)))
    return [key for key in keys[first + 1 : last] if key not in record.guidelines]


def _now(analysis: Analysis, key: str, guideline: Guideline, target: str) -> list[dict[str, Any]]:
    components = test_lists.targets(analysis.record, guideline)[target]
    found = []
    for place in analysis.test_places.get(key, []):
        if place.guideline is guideline:
            statuses = guideline.statuses(place.capability)
            mine = sorted({statuses[name].value for name in components if name in statuses})
            found.append({"capability": place.capability, "statuses": mine})
    return found


def _flag(analysis: Analysis, key: str, guidelines: list[Guideline]) -> dict[str, Any] | None:
    """The flag of the test in the last of some guidelines that flags it, in our words, or None."""
    places = [place for one in guidelines for place in _flagged(analysis, key, one)]
    if not places:
        return None
    flag = places[-1].test.flag or Flag()
    catalogue = analysis.record.catalogue
    reason = catalogue.entry("flag-reasons", flag.reason) or {}
    return {
        "guideline": places[-1].guideline.key,
        "date": flag.date or None,
        "code": flag.code or None,
        "reason": catalogue.wording("flag-reasons", flag.reason),
        "references": list(reason.get("references", ())),
    }


def _flagged(analysis: Analysis, key: str, guideline: Guideline) -> list[Place]:
    places = analysis.test_places.get(key, [])
    return [place for place in places if place.guideline is guideline and place.test.flag]


def _reviews(flag: dict[str, Any] | None) -> list[str]:
    """The reviews that the record knows for it: those that the reason of the flag before it refers to."""
    return [one for one in flag["references"] if "://review." in one] if flag else []
