"""One capability over time: status, score, tests and flags in every guideline of every program that has it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from ...analysis.analysis import Analysis
from ...analysis.history import Line
from ...record.model import Capability, Guideline
from ...record.record import Record
from .. import pages, targets, urls
from . import numbers
from .common import View, cite, column, component, flag, guideline_link, mark, project
from .drawings import lineage


def view(analysis: Analysis, key: str) -> View:
    """The view of the capability called ``key``."""
    record, names = analysis.record, analysis.capability_names
    before, _, after = [None, *names, None][names.index(key) :][:3]
    defined = [guideline.capabilities[key] for guideline in analysis.defining(key)]
    home = defined[-1].project if defined else ""
    return {
        "cite": cite(targets.of_capability(key)),
        "description": record.catalogue.entry("capabilities", key) or (defined[-1].description if defined else ""),
        "project": project(record.catalogue, home) if home else None,
        "project_to": urls.capabilities_of(home) if home else "",
        "documentation": (record.catalogue.entry("projects", home) or {}).get("documentation", ""),
        "admin": any(item.admin for item in defined),
        # What is not known of it where it is only in reconstructed guidelines.
        "scored": any(key in g.capabilities and not g.is_partial for g in record.guidelines.values()),
        "programs": [_program(analysis, key, name) for name in record.programs() if analysis.knows(name, key)],
        "lineage": lineage.of_capability(analysis, key),
        "family": _family(analysis, key, home),
        "previous": {"title": before, "to": urls.capability(before)} if before else None,
        "next": {"title": after, "to": urls.capability(after)} if after else None,
    }


def _program(analysis: Analysis, name: str, program: str) -> View:
    record = analysis.record
    family, latest = record.program(program), record.latest(program)
    components = [c for c in analysis.components(program) if any(c in analysis.statuses(g, name) for g in family)]
    defined = analysis.definitions(program, name)
    return {
        "key": program,
        "title": pages.program_title(record, program),
        "guidelines": [column(guideline) for guideline in family],
        "now": [
            component(record.catalogue, key) | {"mark": mark(status)}
            for key, status in analysis.statuses(latest, name).items()
        ],
        "unlisted": "not core" if latest.is_scoring and latest.id in defined else "not listed",
        "latest": guideline_link(record, latest)
        | {"to": urls.guideline(latest.key, name if _has_row(analysis, latest, name) else "")},
        "last": _last(analysis, family, name),
        "strips": [
            component(record.catalogue, key) | {"cells": [_cell(analysis, g, key, name) for g in family]}
            for key in components
        ],
        "figures": [_figures(analysis, guideline, name) for guideline in family],
        "tests": [_line(line, family, name) for line in analysis.test_lines(defined)],
        "flags": _flags(record, defined, family),
        "criteria": _criteria(record, family, name),
        "graded": [
            {"id": g.id, "to": urls.guideline(g.key, "evidence"), "grade": evidence.grade}
            for g in family
            if name in g.capabilities and (evidence := g.capabilities[name].evidence)
        ],
    }


def _has_row(analysis: Analysis, guideline: Guideline, name: str) -> bool:
    """Whether the page of a guideline has a row for a capability."""
    return name in guideline.capabilities or bool(analysis.statuses(guideline, name))


def _last(analysis: Analysis, family: list[Guideline], name: str) -> View | None:
    """The last guideline, rather a dated one than the draft, in which a component lists a capability, or None."""
    having = sorted((one for one in family if analysis.statuses(one, name)), key=lambda one: (not one.is_draft, one.id))
    return {"id": having[-1].id, "to": urls.guideline(having[-1].key, name)} if having else None


def _cell(analysis: Analysis, guideline: Guideline, key: str, name: str) -> View | None:
    status = analysis.statuses(guideline, name).get(key)
    return {"mark": mark(status), "to": urls.guideline(guideline.key, name)} if status else None


def _figures(analysis: Analysis, guideline: Guideline, name: str) -> View:
    if name not in guideline.capabilities:
        return {"defined": False, "listed": bool(guideline.statuses(name))}
    score = guideline.score(name)
    return {
        "defined": True,
        "partial": guideline.is_partial,
        "score": score,
        "cutoff": guideline.cutoff,
        "below": score is not None and guideline.cutoff is not None and score < guideline.cutoff,
        "listed": bool(guideline.statuses(name)),
    } | numbers.of_capabilities(analysis, guideline, [name])


def _line(line: Line, family: list[Guideline], name: str) -> View:
    names = [test.name for tests in line.tests.values() for test in tests]
    cells: list[View | None] = []
    for guideline in family:
        if tests := line.tests.get(guideline.id, ()):
            to = urls.guideline(guideline.key, urls.test_anchor(tests[0].id) or name)
            cells.append({"flagged": any(test.flag for test in tests), "to": to})
        else:
            cells.append(None)
    others = sorted({*names, *(alias for tests in line.tests.values() for t in tests for alias in t.aliases)})
    return {
        "name": line.name,
        "id": line.id or "",
        "others": [other for other in others if other != line.name],
        "remarks": [
            {"in": guideline, "text": test.remark}
            for guideline, tests in line.tests.items()
            for test in tests
            if test.remark
        ],
        "cells": cells,
    }


def _flags(record: Record, defined: dict[str, Capability], family: list[Guideline]) -> list[View]:
    found: dict[tuple[Any, ...], View] = {}
    keys = {guideline.id: guideline.key for guideline in family}
    for id, capability in defined.items():
        for test in capability.tests:
            if test.flag is None:
                continue
            shown = flag(record.catalogue, test.flag)
            row = found.setdefault((test.id or test.name, test.flag), {"test": test.name, "flag": shown, "in": []})
            row["test"] = test.name
            anchor = urls.test_anchor(test.id) or capability.name
            link = {"id": id, "to": urls.guideline(keys[id], anchor), "partial": record.guidelines[keys[id]].is_partial}
            row["in"].append(link)
    return sorted(found.values(), key=lambda row: (row["test"], row["flag"]["date"]))


def _criteria(record: Record, family: list[Guideline], name: str) -> View:
    """The criteria that it meets: a column for each run of guidelines with the same weights and criteria met."""

    def scoring(guideline: Guideline) -> tuple[dict[str, int], set[str]]:
        met = guideline.capabilities[name].achievements
        return guideline.weights if met else {}, guideline.weights.keys() & set(met)

    having = [guideline for guideline in family if name in guideline.capabilities and not guideline.is_partial]
    runs = [(*key, list(within)) for key, within in groupby(having, scoring)]
    sheet = record.catalogue.entry("worksheets", family[0].program) or {}
    return {
        "worksheet": sheet | {"total": sheet["totals"][name]} if name in sheet.get("totals", {}) else {},
        "score": having[-1].score(name) if having else None,
        "runs": [
            {"first": within[0].id, "last": within[-1].id, "score": within[0].score(name)} for _, _, within in runs
        ],
        "rows": [
            {
                "name": (record.catalogue.entry("criteria", key) or {}).get("name", key),
                "cells": [{"weight": weights.get(key), "met": key in met} for weights, met, _ in runs],
            }
            for key in sorted({key for weights, _, _ in runs for key in weights})
        ],
    }


def _family(analysis: Analysis, name: str, home: str) -> list[View]:
    """Capabilities of the same project whose names begin with the same word."""
    names = analysis.families.get((home, name.split("-")[0]), ())
    return [{"name": other, "to": urls.capability(other), "here": other == name} for other in names]
