"""One capability over time: status, score, tests and flags in every guideline of every program that knows it."""

from __future__ import annotations

from typing import Any

from ...analysis import history, lineage
from ...record.loader import Record
from ...record.model import Capability, Guideline
from ...record.problems import Problem
from .. import pages
from .common import cite, component, flag, guideline_link, mark, neighbours, program_title, project

View = dict[str, Any]


def view(record: Record, key: str, problems: list[Problem]) -> View:
    """The view of the capability called ``key``."""
    names = history.capability_names(record)
    before, after = neighbours(names, names.index(key))
    ids = history.test_ids(record)
    programs = [_program(record, key, name, ids) for name in record.programs() if _knows(record, name, key)]
    defined = [g.capabilities[key] for g in record.guidelines.values() if key in g.capabilities]
    home = defined[-1].project if defined else ""
    family = _family(record, key, home)
    return {
        "name": key,
        "cite": cite(record, "capability", key),
        "description": record.catalogue.entry("capabilities", key) or (defined[-1].description if defined else ""),
        "project": project(record.catalogue, home) if home else None,
        "documentation": (record.catalogue.entry("projects", home) or {}).get("documentation", ""),
        "admin": any(item.admin for item in defined),
        "programs": programs,
        "came": _kin(record, key, "after"),
        "went": _kin(record, key, "before"),
        "family": family,
        "previous": {"title": before, "to": pages.capability(before)} if before else None,
        "next": {"title": after, "to": pages.capability(after)} if after else None,
    }


def _kin(record: Record, name: str, side: str) -> list[View]:
    """The capabilities that ``name`` took tests from (it being ``after``) or gave tests to, by the first guideline."""
    found: dict[str, View] = {}
    for program in record.programs():
        for kin in lineage.over_time(record, program):
            if getattr(kin, side) == name:
                other = kin.before if side == "after" else kin.after
                a, b = (record.guidelines[f"{program}/{id}"] for id in (kin.a, kin.b))
                row = {
                    "name": other,
                    "to": pages.capability(other),
                    "shared": kin.shared,
                    "of": kin.of_after if side == "after" else kin.of_before,
                    "in": kin.b,
                    "diff": pages.diff(a, b),
                }
                found.setdefault(other, row)
    return list(found.values())


def _knows(record: Record, program: str, name: str) -> bool:
    return any(name in g.capabilities or g.statuses(name) for g in record.program(program))


def _program(record: Record, name: str, program: str, ids: dict[str, str]) -> View:
    family = record.program(program)
    components = [key for key in history.components(record, program) if _in_component(record, family, key, name)]
    defined = history.definitions(record, program, name)
    lines = history.test_lines(defined, ids)
    dated = [guideline for guideline in family if not guideline.is_draft]
    latest = dated[-1] if dated else family[-1]
    return {
        "key": program,
        "title": program_title(record, program),
        "matrix": pages.matrix(program),
        "guidelines": [guideline_link(record, guideline) for guideline in family],
        "now": _now(record, latest, name),
        "latest": guideline_link(record, latest),
        "strips": [
            component(record.catalogue, key) | {"cells": [_cell(record, g, key, name) for g in family]}
            for key in components
        ],
        "figures": [_figures(guideline, defined.get(guideline.id), name) for guideline in family],
        "tests": [_line(record, line, family, name) for line in lines],
        "flags": _flags(record, defined, family),
        "criteria": _criteria(record, family, name),
    }


def _in_component(record: Record, family: list[Guideline], key: str, name: str) -> bool:
    return any(key in history.statuses(record, guideline, name) for guideline in family)


def _now(record: Record, latest: Guideline, name: str) -> list[View]:
    found = history.statuses(record, latest, name)
    return [component(record.catalogue, key) | {"mark": mark(status)} for key, status in found.items()]


def _cell(record: Record, guideline: Guideline, key: str, name: str) -> View:
    status = history.statuses(record, guideline, name).get(key)
    return {"mark": mark(status), "to": pages.guideline(guideline.key, name), "id": guideline.id}


def _figures(guideline: Guideline, given: Capability | None, name: str) -> View:
    if given is None:
        return {"defined": False, "listed": bool(guideline.statuses(name))}
    score = guideline.score(name)
    return {
        "defined": True,
        "score": score,
        "cutoff": guideline.cutoff,
        "below": guideline.cutoff is not None and score < guideline.cutoff,
        "tests": len(given.tests),
        "flagged": given.flagged,
        "listed": bool(guideline.statuses(name)),
    }


def _line(record: Record, line: history.Line, family: list[Guideline], name: str) -> View:
    names = [test.name for tests in line.tests.values() for test in tests]
    cells = []
    for guideline in family:
        tests = line.tests.get(guideline.id, ())
        anchor = (pages.test_anchor(tests[0].id) if tests else "") or name
        cells.append(
            {
                "there": bool(tests),
                "flagged": any(test.flag for test in tests),
                "to": pages.guideline(guideline.key, anchor) if tests else "",
            }
        )
    others = sorted({*names, *(alias for tests in line.tests.values() for t in tests for alias in t.aliases)})
    return {
        "name": line.name,
        "id": line.id or "",
        "to": pages.test(line.id) if line.id else "",
        "others": [other for other in others if other != line.name],
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
            row = found.setdefault(
                (test.id or test.name, test.flag), {"test": test.name, "id": test.id or "", "flag": shown, "in": []}
            )
            row["test"] = test.name
            anchor = pages.test_anchor(test.id) or capability.name
            row["in"].append({"id": id, "to": pages.guideline(keys[id], anchor)})
    return sorted(found.values(), key=lambda row: (row["test"], row["flag"]["date"]))


def _criteria(record: Record, family: list[Guideline], name: str) -> View:
    """The criteria it meets: a column for each run of guidelines in which the score is made up the same way."""
    runs: list[tuple[dict[str, int], dict[str, bool], list[Guideline]]] = []
    for guideline in family:
        given = guideline.capabilities.get(name)
        if given is None:
            continue
        weights = {key: criterion.weight for key, criterion in guideline.criteria.items()}
        met = {key: key in given.achievements for key in weights}
        if runs and runs[-1][:2] == (weights, met):
            runs[-1][2].append(guideline)
        else:
            runs.append((weights, met, [guideline]))
    keys = sorted({key for weights, _, _ in runs for key in weights})
    names = {key: (record.catalogue.entry("criteria", key) or {}).get("name", key) for key in keys}
    return {
        "runs": [
            {"first": within[0].id, "last": within[-1].id, "score": within[0].score(name)} for _, _, within in runs
        ],
        "rows": [
            {
                "name": names[key],
                "cells": [{"weight": weights.get(key), "met": met.get(key, False)} for weights, met, _ in runs],
            }
            for key in keys
        ],
    }


def _family(record: Record, name: str, home: str) -> list[View]:
    """Capabilities of the same project whose names begin alike: what a reader looks for next."""
    names = history.families(record).get((home, name.split("-")[0]), ())
    return [{"name": other, "to": pages.capability(other), "here": other == name} for other in names]
