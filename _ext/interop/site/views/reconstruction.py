"""How certain the facts of a reconstructed guideline are, and what a comparison with it cannot tell."""

from __future__ import annotations

from ...analysis.analysis import Analysis
from ...analysis.diff import Diff
from ...record.catalogue_schemas import GRADES
from ...record.model import Guideline, is_capability
from .common import View, capability


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


def of_pair(found: Diff, links: tuple[View, View]) -> View:
    """What a comparison with a reconstructed guideline cannot tell; empty for complete ones.

    ``links`` are those to the two guidelines. ``silent`` are the capabilities of the older one of which it is not known
    whether the newer one lists them; ``regrouped`` are those whose tests it has in other capabilities.
    """
    partial = [link for link in links if link["partial"]]
    if not partial:
        return {}
    into = found.regrouped_into
    silent = _silent(found)
    return {
        "guidelines": partial,
        "silent": [capability(found.a, name) for name in silent if name not in into],
        "regrouped": [capability(found.a, name) for name in silent if name in into],
    }


def _silent(found: Diff) -> list[str]:
    """The capabilities that the older guideline lists and the newer, partial one does not."""
    if not found.b.is_partial:
        return []
    listed = {name for statuses in found.before.components.values() for name in statuses if is_capability(name)}
    return sorted(name for name in listed if not found.b.statuses(name))
