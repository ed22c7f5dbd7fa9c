"""The list of all comparisons: two guidelines to choose, and the size of each change."""

from __future__ import annotations

from collections.abc import Iterator

from ...analysis.analysis import Analysis
from ...analysis.diff import newly_required
from ...record.model import Guideline
from .. import pages, urls
from .common import View, guideline_link, newest_first

#: The number of shades in the table of all comparisons.
STEPS = 8


def view(analysis: Analysis) -> View:
    """For each program, its guidelines to choose from, and a triangle of all pairs with the size of each change."""
    record = analysis.record
    programs = [_triangle(analysis, name) for name in record.programs() if len(record.program(name)) > 1]
    cells = [cell for program in programs for row in program["rows"] for cell in row["cells"]]
    undecided = any(cell["undecided"] for cell in cells)
    return {"programs": programs, "undecided": undecided, "amended": list(_amended(analysis))}


def _amended(analysis: Analysis) -> Iterator[View]:
    """The guidelines that were amended, newest first: when each was marked approved, and its must-pass tests."""
    for key, guideline in reversed(analysis.record.guidelines.items()):
        if pages.is_amended(analysis, key):
            first, *later = analysis.moments(key).values()
            yield {
                "title": pages.title(analysis.record, guideline),
                "to": urls.amended(key),
                "approved": {"title": first.label, "to": urls.state(key, first.name)},
                "amendments": len(later),
                "before": len(analysis.as_approved.facts(analysis.as_approved.record.guidelines[key]).must_pass()),
                "after": len(analysis.facts(guideline).must_pass()),
            }


def _triangle(analysis: Analysis, program: str) -> View:
    """Newest first, in rows and columns; a draft that is older than a dated guideline is the last."""
    record = analysis.record
    family = record.program(program)
    columns = newest_first(record, program)
    place = {guideline.key: number for number, guideline in enumerate(family)}
    return {
        "program": program,
        "title": pages.program_title(record, program),
        "any": urls.diff(family[0], family[1]),
        "draft": _older_draft(analysis, family),
        "choices": [guideline_link(record, g) | {"note": pages.note(g), "place": place[g.key]} for g in columns],
        "columns": [guideline_link(record, guideline) for guideline in family[-2::-1]],
        "rows": [
            guideline_link(record, b)
            | {"blank": len(family) - 1 - place[b.key]}
            | {"cells": [_size(analysis, a, b) for a in family[: place[b.key]][::-1]]}
            for b in columns
            if place[b.key]
        ],
    }


def _older_draft(analysis: Analysis, family: list[Guideline]) -> View:
    """The draft of a program and the first guideline that is later than it; empty if none is."""
    draft = family[-1]
    later = analysis.record.overtaken_by(draft)
    return {"id": draft.id, "approval": draft.approval_month, "first": later.id} if later else {}


def _size(analysis: Analysis, a: Guideline, b: Guideline) -> View:
    before, after = analysis.facts(a), analysis.facts(b)
    new, gone = len(newly_required(before, after)), len(newly_required(after, before))
    undecided = len(before.undecided() | after.undecided())
    return {
        "to": urls.diff(a, b),
        "a": a.id,
        "new": new,
        "gone": gone,
        "undecided": undecided,
        "step": min((new + gone + undecided).bit_length(), STEPS),
    }
