"""One test over time: its names, its capabilities, the guidelines that required it, and its flags."""

from __future__ import annotations

from ...analysis.analysis import Analysis
from ...analysis.history import Place, latest, strongest
from ...record.model import Flag, Guideline, Status
from ...record.record import Record
from .. import pages, targets, urls
from . import history
from .answers import flag_before
from .common import (
    View,
    capability,
    cite,
    column,
    columns,
    flag,
    guideline_link,
    mark,
    marks,
    newest_first,
    project,
    runs,
)


def view(analysis: Analysis, key: str) -> View:
    """The view of the test whose idempotent id is ``key``."""
    record = analysis.record
    places = analysis.test_places[key]
    newest = latest(places)
    projects = dict.fromkeys(place.guideline.capabilities[place.capability].project for place in places)
    names = dict.fromkeys(place.guideline.program for place in places)
    programs = [_program(record, name, [p for p in places if p.guideline.program == name]) for name in names]
    cells = [cell for one in programs for row in one["rows"] for cell in row["cells"] if cell]
    return {
        "id": key,
        "cite": cite(targets.of_test(key, places)),
        "name": newest.test.name,
        "names": _names(record, places, newest.test.name),
        "projects": [project(record.catalogue, name) for name in projects],
        "programs": programs,
        # Which signs need an explanation.
        "marks": marks(cell["mark"] for cell in cells),
        "unlisted": any(not cell["mark"] for cell in cells),
        "flagged": any(cell["flagged"] for cell in cells),
        "flags": _flags(analysis, places),
        "changes": history.changes(analysis, analysis.changes.of_test.get(key, []), of_test=True),
        "today": _today(record, key, newest.test.name),
        "remarks": [
            guideline_link(record, place.guideline) | {"text": place.test.remark}
            for place in places
            if place.test.remark
        ],
        "untied": sorted({place.guideline.origin_schema for place in places if place.test.id is None}),
    }


def _is_flagged(guideline: Guideline, places: list[Place]) -> bool:
    """Whether a test does not have to pass: every required capability of the guideline that has it flags it."""
    asked = [place for place in places if place.guideline is guideline and _status(place) is Status.REQUIRED]
    return bool(asked) and all(place.test.flag is not None for place in asked)


def _today(record: Record, key: str, name: str) -> View:
    """The test in today's suites: whether one has it, and under which name; empty if they were never read."""
    drift = record.drift
    if not drift.date:
        return {}
    found = drift.tests.get(key)
    shown = {"date": drift.date, "gone": found is None, "suite": "", "renamed": ""}
    if found:
        shown |= {"suite": f"{found.suite} {found.version}", "renamed": found.name if found.name != name else ""}
    return shown


def _program(record: Record, program: str, places: list[Place]) -> View:
    family = newest_first(record, program)
    required = [g for g in family if any(p.guideline is g and _status(p) is Status.REQUIRED for p in places)]
    return {
        "key": program,
        "title": pages.program_title(record, program),
        "scoring": family[0].is_scoring,
        "guidelines": columns(record, program),
        "required": runs(family, required),
        "flagged": sum(any(p.guideline is g and p.test.flag for p in places) for g in required),
        "number": len(required),
        "rebuilt": sum(guideline.is_partial for guideline in required),
        "unknown": any(_status(place) is Status.UNKNOWN for place in places),
        "newest": column(record, newest := record.latest(program))
        | {"requires": newest in required, "flagged": _is_flagged(newest, places)},
        "graded": [
            {"id": p.guideline.id, "to": urls.guideline(p.guideline.key, "evidence"), "grade": p.test.evidence.grade}
            for p in {place.guideline: place for place in places}.values()
            if p.test.evidence
        ],
        "rows": [
            capability(guideline, name)
            | {"cells": [_cell(other, [p for p in places if p.capability == name]) for other in family]}
            for name, guideline in {place.capability: place.guideline for place in places}.items()
        ],
    }


def _status(place: Place) -> Status | None:
    return strongest(place.guideline.statuses(place.capability))


def _cell(guideline: Guideline, places: list[Place]) -> View | None:
    here = [place for place in places if place.guideline is guideline]
    if not here:
        return None
    return {
        "mark": mark(_status(here[0])),
        "flagged": any(place.test.flag for place in here),
        "to": urls.guideline(guideline.key, urls.test_anchor(here[0].test.id) or here[0].capability),
    }


def _names(record: Record, places: list[Place], latest_name: str) -> list[View]:
    """All names and aliases of the test, each with the guidelines that use it, ``latest_name`` first.

    If a test with several names is inferred, which of them are aliases is not known: they are in use as ``either``.
    """
    found: dict[str, dict[str, list[Guideline]]] = {}
    for place in places:
        given, aliases = place.test, place.test.aliases
        open_uses = bool(aliases) and given.evidence is not None and given.evidence.is_inferred
        first, others = ("either", "either") if open_uses else ("name", "alias")
        for name, use in ((given.name, first), *((alias, others) for alias in aliases)):
            found.setdefault(name, {"name": [], "alias": [], "either": []})[use].append(place.guideline)
    return [
        {"name": name}
        | {f"{use}_in": _by_program(record, guidelines) for use, guidelines in uses.items()}
        for name, uses in sorted(found.items(), key=lambda item: (item[0] != latest_name, item[0]))
    ]  # fmt: skip


def _by_program(record: Record, guidelines: list[Guideline]) -> list[View]:
    programs = dict.fromkeys(guideline.program for guideline in guidelines)
    return [
        {
            "title": pages.program_title(record, program),
            "runs": runs(newest_first(record, program), [g for g in guidelines if g.program == program]),
        }
        for program in programs
    ]


def _flags(analysis: Analysis, places: list[Place]) -> list[View]:
    """The different flags of the test, the oldest first, each with its guidelines.

    ``before`` is the last flag with a reason before one of which nothing is known, if there is one.
    """
    found: dict[tuple[Flag, str], View] = {}
    for place in places:
        if place.test.flag:
            shown = flag(analysis.record.catalogue, place.test.flag) or {}
            before = None if shown["told"] else flag_before(analysis, place.guideline, place.test)
            key = place.test.flag, before["guideline"]["title"] if before else ""
            row = found.setdefault(key, {"flag": shown, "before": before, "in": []})
            to = urls.guideline(place.guideline.key, urls.test_anchor(place.test.id) or place.capability)
            about = pages.note(place.guideline)
            id = f"{place.guideline.official_id} ({about})" if about else place.guideline.official_id
            row["in"].append({"id": id, "to": to, "partial": place.guideline.is_partial})
    return sorted(found.values(), key=lambda row: row["flag"]["date"])
