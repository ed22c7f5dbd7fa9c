"""One capability over time: status, score, tests and flags in every guideline of every program that has it."""

from __future__ import annotations

from ...analysis.analysis import Analysis
from ...analysis.history import Line, strongest
from ...record.model import Capability, Flag, Guideline
from ...record.record import Record
from .. import pages, targets, urls
from . import history, numbers
from .answers import flag_before
from .common import View, cite, columns, component, flag, guideline_link, mark, marks, newest_first, project, runs
from .drawings import lineage


def view(analysis: Analysis, key: str) -> View:
    """The view of the capability called ``key``."""
    record, names = analysis.record, analysis.capability_names
    before, _, after = [None, *names, None][names.index(key) :][:3]
    defined = [guideline.capabilities[key] for guideline in analysis.defining(key)]
    home = defined[-1].project if defined else ""
    programs = [_program(analysis, key, name) for name in record.programs() if analysis.knows(name, key)]
    related = _related(analysis, key, home)
    cells = [cell for one in programs for strip in one["strips"] for cell in strip["cells"] if cell]
    return {
        "cite": cite(targets.of_capability(key)),
        "description": record.catalogue.entry("capabilities", key) or (defined[-1].description if defined else ""),
        "project": project(record.catalogue, home) if home else None,
        "project_to": urls.capabilities_of(home) if home else "",
        "documentation": (record.catalogue.entry("projects", home) or {}).get("documentation", ""),
        "admin": any(item.admin for item in defined),
        # What is not known of it where it is only in reconstructed guidelines.
        "scored": any(key in g.capabilities and not g.is_partial for g in record.guidelines.values()),
        "programs": programs,
        "marks": marks(one["mark"] for one in (*cells, *related)),
        "changes": history.changes(analysis, analysis.changes.of_capability.get(key, [])),
        "lineage": lineage.of_capability(analysis, key),
        "related": related,
        "previous": {"title": before, "to": urls.capability(before)} if before else None,
        "next": {"title": after, "to": urls.capability(after)} if after else None,
    }


def _program(analysis: Analysis, name: str, program: str) -> View:
    record = analysis.record
    family, latest = newest_first(record, program), record.latest(program)
    complete = record.newest_complete(program)
    components = [c for c in analysis.components(program) if any(c in analysis.statuses(g, name) for g in family)]
    defined = analysis.definitions(program, name)
    return {
        "key": program,
        "title": pages.program_title(record, program),
        "matrix": urls.matrix(program, name) if len(family) > 1 else "",
        "guidelines": columns(record, program),
        "now": [_now(analysis, one, name) for one in dict.fromkeys((latest, complete)) if one],
        "last": _last(analysis, family, name),
        "strips": [
            component(record.catalogue, key) | {"cells": [_cell(analysis, g, key, name) for g in family]}
            for key in components
        ],
        "figures": [_figures(analysis, guideline, name) for guideline in family],
        "tests": [_line(line, family, name) for line in analysis.test_lines(defined)],
        "flags": _flags(analysis, defined, family),
        "criteria": _criteria(record, family, name),
        "graded": [
            {"id": g.id, "to": urls.guideline(g.key, "evidence"), "grade": evidence.grade}
            for g in family
            if name in g.capabilities and (evidence := g.capabilities[name].evidence)
        ],
    }


def _now(analysis: Analysis, guideline: Guideline, name: str) -> View:
    """The newest guideline of a program, or the newest complete one: the statuses of the capability by component."""
    record = analysis.record
    return guideline_link(record, guideline) | {
        "to": urls.guideline(guideline.key, name if _has_row(analysis, guideline, name) else ""),
        "scoring": guideline.is_scoring,
        "complete": guideline is record.newest_complete(guideline.program),
        "newest": guideline is record.latest(guideline.program),
        "statuses": [
            {"title": component(record.catalogue, key)["title"], "mark": mark(status)}
            for key, status in analysis.statuses(guideline, name).items()
        ],
        "unlisted": "not core" if guideline.is_scoring and name in guideline.capabilities else "not listed",
    }


def _has_row(analysis: Analysis, guideline: Guideline, name: str) -> bool:
    """Whether the page of a guideline has a row for a capability."""
    return name in guideline.capabilities or bool(analysis.statuses(guideline, name))


def _last(analysis: Analysis, family: list[Guideline], name: str) -> View | None:
    """The last guideline, rather another one than a draft, in which a component lists a capability, or None."""
    having = sorted(
        (one for one in family if analysis.statuses(one, name)), key=lambda one: (not one.in_preparation, one.id)
    )
    return {"id": pages.named(having[-1]), "to": urls.guideline(having[-1].key, name)} if having else None


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
    """A test of the capability: the guidelines in which it is a test of it, and those in which it is flagged there."""
    names = [test.name for tests in line.tests.values() for test in tests]
    others = sorted({*names, *(alias for tests in line.tests.values() for t in tests for alias in t.aliases)})
    having = [guideline for guideline in family if guideline.id in line.tests]
    newest = having[0]
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
        "newest": urls.guideline(newest.key, urls.test_anchor(line.tests[newest.id][0].id) or name),
        "in": runs(family, having),
        "flagged": runs(family, [one for one in having if any(test.flag for test in line.tests[one.id])]),
    }


def _flags(analysis: Analysis, defined: dict[str, Capability], family: list[Guideline]) -> list[View]:
    """Its different flags: of each the tests that have it, and in which guidelines.

    ``before`` is the last flag with a reason before one of which nothing is known, if there is one.
    """
    record = analysis.record
    found: dict[tuple[Flag, str], View] = {}
    keys = {guideline.id: guideline.key for guideline in family}
    for id, capability in defined.items():
        for test in capability.tests:
            if test.flag is None:
                continue
            guideline = record.guidelines[keys[id]]
            shown = flag(record.catalogue, test.flag) or {}
            before = None if shown["told"] else flag_before(analysis, guideline, test)
            same = repr((before["guideline"]["id"], before["flag"])) if before else ""
            group = found.setdefault((test.flag, same), {"flag": shown, "before": before, "tests": {}})
            row = group["tests"].setdefault(test.id or test.name, {"in": []})
            row["name"] = test.name
            anchor = urls.test_anchor(test.id) or capability.name
            to = urls.guideline(guideline.key, anchor)
            link = {"id": pages.named(guideline), "to": to, "partial": guideline.is_partial}
            row["in"].append(link)
    rows = [
        group | {"tests": sorted(group["tests"].values(), key=lambda row: str(row["name"]))} for group in found.values()
    ]
    return sorted(rows, key=lambda row: (row["flag"]["date"], row["tests"][0]["name"]))


def _criteria(record: Record, family: list[Guideline], name: str) -> View:
    """The criteria that it meets: a column for the guidelines with the same weights and criteria met, newest first."""

    def scoring(guideline: Guideline) -> tuple[dict[str, int], set[str]]:
        met = guideline.capabilities[name].achievements
        return guideline.weights if met else {}, guideline.weights.keys() & set(met)

    having = [guideline for guideline in family if name in guideline.capabilities and not guideline.is_partial]
    scored = [scoring(guideline) for guideline in having]
    columns = [column for place, column in enumerate(scored) if column not in scored[:place]]
    within = [[guideline for guideline in having if scoring(guideline) == column] for column in columns]
    sheet = record.catalogue.entry("worksheets", family[0].program) or {}
    return {
        "worksheet": sheet | {"total": sheet["totals"][name]} if name in sheet.get("totals", {}) else {},
        "score": having[0].score(name) if having else None,
        "columns": [{"in": runs(having, alike), "score": alike[0].score(name)} for alike in within],
        "rows": [
            {
                "name": (record.catalogue.entry("criteria", key) or {}).get("name", key),
                "cells": [{"weight": weights.get(key), "met": key in met} for weights, met in columns],
            }
            for key in sorted({key for weights, _ in columns for key in weights})
        ],
    }


def _related(analysis: Analysis, name: str, home: str) -> list[View]:
    """Capabilities that share tests with it, and those of its project whose names begin with the same two words.

    Those that a newest guideline lists come first, with their strongest status there; ``last`` is the last guideline
    that lists one of the others.
    """
    stem = name.split("-")[:2]
    names = {other for other in analysis.families.get((home, stem[0]), ()) if other.split("-")[:2] == stem}
    names |= analysis.sharing.get(name, frozenset())
    rows = [_relative(analysis, other) for other in sorted(names - {name})]
    return sorted(rows, key=lambda row: row["mark"] is None)


def _relative(analysis: Analysis, name: str) -> View:
    """A related capability: ``mark`` is its status in the last guideline that lists it, if no newer one is archived."""
    last = analysis.last_listing.get(name)
    if last is None:
        return {"name": name, "to": urls.capability(name), "mark": None, "last": ""}
    newest = not last.is_scoring and analysis.record.latest(last.program) is last
    return {
        "name": name,
        "to": urls.capability(name),
        "mark": mark(strongest(analysis.statuses(last, name))) if newest else None,
        "last": pages.named(last),
    }
