"""How certain the facts of a reconstructed guideline are, and what a comparison with it cannot tell."""

from __future__ import annotations

from ...analysis.analysis import Analysis
from ...analysis.diff import Diff
from ...record.catalogue_schemas import GRADES
from ...record.model import Guideline, is_capability
from .common import View, capability, component, guideline_link


def of_guideline(analysis: Analysis, guideline: Guideline) -> View:
    """The grades with the numbers of their tests, and the sources; empty for a complete guideline."""
    if not guideline.is_partial:
        return {}
    grades: dict[str, str] = {}
    for one in guideline.capabilities.values():
        for test in one.tests:
            if test.id and test.evidence:
                grades.setdefault(test.id, test.evidence.grade)
    numbers = {grade: list(grades.values()).count(grade) for grade in GRADES}
    catalogue = analysis.record.catalogue
    return {
        "ids": len(grades),
        "not_known": len(_not_known(guideline)),
        "grades": [
            {"grade": grade, "number": number, "text": catalogue.wording("evidence", grade)}
            for grade, number in numbers.items()
            if number
        ],
        "sources": [
            {
                "key": key,
                "title": source.title,
                "address": source.address,
                "path": source.path,
                "commit": source.commit,
                "date": source.date,
            }
            for key, source in guideline.evidence_sources.items()
        ],
    }


def _not_known(guideline: Guideline) -> set[str]:
    """The ids of the tests that are only in groups."""
    ids = {known: set[str]() for known in (True, False)}
    for one in guideline.capabilities.values():
        ids[one.known].update(test.id for test in one.tests if test.id)
    return ids[False] - ids[True]


def of_pair(analysis: Analysis, found: Diff) -> View:
    """The new tests, how many of them have no known capability, and what is not compared; empty for complete ones."""
    partial = [guideline for guideline in (found.a, found.b) if guideline.is_partial]
    if not partial:
        return {}
    catalogue = analysis.record.catalogue
    names = [name for name in found.after.components if name in found.before.components]
    return {
        "guidelines": [guideline_link(analysis.record, guideline) for guideline in partial],
        "numbers": _numbers(found, ""),
        "components": [component(catalogue, name) | _numbers(found, name) for name in names],
        "silent": [capability(found.a, name) for name in _silent(found)],
    }


def _numbers(found: Diff, name: str) -> View:
    """The numbers of required tests before and after, of new ones, and of those that are gone.

    Also of the new ones whose capability is not known, of the flagged ones among both, and of the tests that both
    guidelines have and only one of them requires to pass.
    """
    new, gone = found.new_tests(name), found.gone_tests(name)
    before, after = found.before.required(name), found.after.required(name)
    return {
        "before": len(before),
        "after": len(after),
        "new": len(new),
        "not_known": sum(not any(map(is_capability, after[key].capabilities)) for key in new),
        "new_flagged": sum(after[key].flagged for key in new),
        "gone": len(gone),
        "gone_flagged": sum(before[key].flagged for key in gone),
        "now_required": len(set(found.newly_required(name)) - set(new)),
        "now_optional": len(set(found.no_longer_required(name)) - set(gone)),
    }


def _silent(found: Diff) -> list[str]:
    """The capabilities of the older guideline that the newer, partial one does not list."""
    if not found.b.is_partial:
        return []
    return sorted(name for name in found.before.known_tests if found.a.statuses(name) and not found.b.statuses(name))
