"""The list of all capabilities, by project: those of today first."""

from __future__ import annotations

from ...analysis.analysis import Analysis
from ...analysis.history import strongest
from ...record.model import Guideline
from ...record.record import Record
from .. import pages, urls
from . import matrix
from .common import View, column, mark, newest_first, project


def view(analysis: Analysis) -> View:
    """Every capability by project, with its last known status in each program.

    Those in the newest complete guideline of a program, or in a newer one, come first; ``older`` are the others.
    """
    record = analysis.record
    having: dict[str, dict[str, list[Guideline]]] = {}
    for program in record.programs():
        for guideline in record.program(program):
            for name, capability in guideline.capabilities.items():
                if capability.known:
                    having.setdefault(name, {}).setdefault(program, []).append(guideline)
    recent = _recent(record)
    projects: dict[str, dict[str, list[View]]] = {}
    for name in sorted(having):
        home = analysis.defining(name)[-1].capabilities[name].project
        today = any(name in guideline.capabilities or guideline.statuses(name) for guideline in recent)
        rows = projects.setdefault(home, {"rows": [], "older": []})["rows" if today else "older"]
        rows.append(_row(analysis, name, having[name]))
    return {
        "projects": [
            project(record.catalogue, name) | projects[name] for name in analysis.in_catalogue_order(projects)
        ],
        "programs": [
            {"title": pages.program_title(record, name), "to": urls.matrix(name), "number": len(record.program(name))}
            for name in record.programs()
        ],
        "recent": [column(record, guideline) for guideline in recent],
        "number": len(having),
        "older": sum(len(found["older"]) for found in projects.values()),
    }


def _recent(record: Record) -> list[Guideline]:
    """The guidelines of each program, drafts aside, from the newest complete one on."""
    return [
        guideline
        for program in record.trademark_programs()
        for guideline in matrix.recent(record, program)
        if not guideline.in_preparation
    ]


def _row(analysis: Analysis, name: str, programs: dict[str, list[Guideline]]) -> View:
    newest = next(iter(programs.values()))[-1]
    return {
        "name": name,
        "to": urls.capability(name),
        "description": analysis.record.catalogue.entry("capabilities", name) or newest.capabilities[name].description,
        "where": [_line(analysis, name, program, having) for program, having in programs.items()],
    }


def _line(analysis: Analysis, name: str, program: str, having: list[Guideline]) -> View:
    """The last status in a program and its guideline, or the last guideline that defines the capability.

    A draft counts only if no other guideline has the capability: it was never approved.
    """
    record = analysis.record
    listing = [g for g in newest_first(record, program) if analysis.statuses(g, name)]
    listing.sort(key=lambda guideline: guideline.in_preparation)
    defining = [guideline for guideline in having if not guideline.in_preparation] or having
    last = listing[0] if listing else defining[-1]
    return {
        "program": pages.program_title(record, program),
        "scoring": last.is_scoring,
        "mark": mark(strongest(analysis.statuses(last, name))),
        "id": last.id,
        "note": pages.note(last),
        "partial": last.is_partial,
        "to": urls.guideline(last.key, name),
        "first": defining[0].id,
    }
