"""One test over time: its names, its capabilities, where it was required, and why it was excused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...analysis import history
from ...analysis.history import Place
from ...record.loader import Record
from ...record.model import Flag, Guideline, Status
from ...record.problems import Problem
from .. import pages
from .common import cite, flag, guideline_link, mark, program_title, project

View = dict[str, Any]


def view(record: Record, key: str, problems: list[Problem]) -> View:
    """The view of the test whose idempotent id is ``key``."""
    places = history.test_places(record)[key]
    latest = history.latest(places)
    projects = dict.fromkeys(place.guideline.capabilities[place.capability].project for place in places)
    programs = dict.fromkeys(place.guideline.program for place in places)
    return {
        "id": key,
        "cite": cite(record, "test", key),
        "name": latest.test.name,
        "names": _names(record, places),
        "projects": [project(record.catalogue, name) for name in projects],
        "programs": [_program(record, name, [p for p in places if p.guideline.program == name]) for name in programs],
        "flags": _flags(record, places),
        "today": _today(record, key, latest.test.name),
        "untied": any(place.test.id is None for place in places),
    }


def _today(record: Record, key: str, name: str) -> View:
    """What became of the test in today's suites; empty if they were never read."""
    drift = record.drift
    if not drift.date:
        return {}
    found = drift.tests.get(key)
    shown = {"date": drift.date, "gone": found is None, "suite": "", "renamed": ""}
    if found:
        shown |= {"suite": f"{found.suite} {found.version}", "renamed": found.name if found.name != name else ""}
    return shown


def _program(record: Record, program: str, places: list[Place]) -> View:
    family = record.program(program)
    required = [g for g in family if any(p.guideline is g and _status(p) is Status.REQUIRED for p in places)]
    return {
        "key": program,
        "title": program_title(record, program),
        "matrix": pages.matrix(program),
        "guidelines": [guideline_link(record, guideline) for guideline in family],
        "required": runs(family, required),
        "flagged": sum(any(p.guideline is g and p.test.flag for p in places) for g in required),
        "number": len(required),
        "rows": [
            {
                "name": name,
                "to": pages.capability(name),
                "cells": [_cell(guideline, [p for p in places if p.capability == name]) for guideline in family],
            }
            for name in dict.fromkeys(place.capability for place in places)
        ],
    }


def _status(place: Place) -> Status | None:
    return history.strongest(place.guideline.statuses(place.capability))


def _cell(guideline: Guideline, places: list[Place]) -> View:
    here = [place for place in places if place.guideline is guideline]
    if not here:
        return {"there": False, "id": guideline.id}
    return {
        "there": True,
        "id": guideline.id,
        "mark": mark(_status(here[0])),
        "flagged": any(place.test.flag for place in here),
        "to": pages.guideline(guideline.key, pages.test_anchor(here[0].test.id) or here[0].capability),
    }


def runs(family: list[Guideline], held: Iterable[Guideline]) -> list[View]:
    """The unbroken runs of ``held`` guidelines in a ``family``, each by its first and last id."""
    found: list[View] = []
    held, before = list(held), None
    for place, guideline in enumerate(family):
        if not any(other is guideline for other in held):
            continue
        if before == place - 1 and found:
            found[-1]["last"] = guideline.id
        else:
            found.append({"first": guideline.id, "last": guideline.id})
        before = place
    return found


def _names(record: Record, places: list[Place]) -> list[View]:
    """Every name the test had, and every alias, with the guidelines that use it, the latest name first."""
    found: dict[str, dict[str, list[Guideline]]] = {}
    for place in places:
        for name, use in ((place.test.name, "name"), *((alias, "alias") for alias in place.test.aliases)):
            found.setdefault(name, {"name": [], "alias": []})[use].append(place.guideline)
    latest = history.latest(places).test.name
    return [
        {"name": name}
        | {f"{use}_in": _by_program(record, guidelines) for use, guidelines in uses.items()}
        for name, uses in sorted(found.items(), key=lambda item: (item[0] != latest, item[0]))
    ]  # fmt: skip


def _by_program(record: Record, guidelines: list[Guideline]) -> list[View]:
    programs = dict.fromkeys(guideline.program for guideline in guidelines)
    return [
        {
            "title": program_title(record, program),
            "runs": runs(record.program(program), [g for g in guidelines if g.program == program]),
        }
        for program in programs
    ]


def _flags(record: Record, places: list[Place]) -> list[View]:
    found: dict[Flag, View] = {}
    for place in places:
        if place.test.flag:
            row = found.setdefault(place.test.flag, {"flag": flag(record.catalogue, place.test.flag), "in": []})
            to = pages.guideline(place.guideline.key, pages.test_anchor(place.test.id) or place.capability)
            row["in"].append({"id": place.guideline.official_id, "to": to})
    return sorted(found.values(), key=lambda row: row["flag"]["date"])


def index(record: Record, key: str, problems: list[Problem]) -> View:
    """Every test with every name it had, to be found by any of them."""
    rows = []
    for test, places in history.test_places(record).items():
        latest = history.latest(places)
        names = {name for place in places for name in (place.test.name, *place.test.aliases)}
        rows.append(
            {
                "id": test if history.is_id(test) else "",
                "to": pages.test(test) if history.is_id(test) else pages.capability(latest.capability),
                "name": latest.test.name,
                "others": sorted(names - {latest.test.name}),
                "capability": latest.capability,
                "capability_to": pages.capability(latest.capability),
                "last": latest.guideline.official_id,
                "mark": mark(_status(latest)),
                "flagged": bool(latest.test.flag),
            }
        )
    rows.sort(key=lambda row: row["name"])
    named = sum(bool(row["id"]) for row in rows)
    names = sum(1 + len(row["others"]) for row in rows)
    return {"rows": rows, "number": named, "unnamed": len(rows) - named, "names": names}
