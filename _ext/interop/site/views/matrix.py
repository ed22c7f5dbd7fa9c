"""A program's matrix: capability by guideline, for each component and for all of them."""

from __future__ import annotations

from typing import Any

from ...analysis import history
from ...record.loader import Record
from ...record.model import Guideline, Status
from ...record.problems import Problem
from .. import pages
from .common import component, guideline_link, mark, program_title, project

View = dict[str, Any]


def view(record: Record, key: str, problems: list[Problem]) -> View:
    """The view of the matrix of program ``key``."""
    family = record.program(key)
    components = history.components(record, key)
    names = [n for n in history.capability_names(record) if any(n in g.capabilities or g.statuses(n) for g in family)]
    by_project: dict[str, list[str]] = {}
    for name in names:
        home = next((g.capabilities[name].project for g in reversed(family) if name in g.capabilities), "")
        by_project.setdefault(home, []).append(name)
    return {
        "title": program_title(record, key),
        "data": f"api/v1/matrix/{key}.csv",
        "guidelines": [guideline_link(record, guideline) for guideline in family],
        "components": [component(record.catalogue, name) for name in components],
        "statuses": [mark(status) for status in Status],
        "number": len(names),
        "others": [
            {"title": program_title(record, name), "to": pages.matrix(name), "here": name == key}
            for name in record.programs()
        ],
        "projects": [
            project(record.catalogue, home)
            | {"rows": [_row(record, family, components, name) for name in by_project[home]]}
            for home in history.in_order(record, by_project)
        ],
    }


def _row(record: Record, family: list[Guideline], components: list[str], name: str) -> View:
    cells = [_cell(record, guideline, components, name) for guideline in family]
    return {
        "name": name,
        "to": pages.capability(name),
        "in": sorted({number for cell in cells for one in cell["shown"] for number in one["for"] if number != "all"}),
        "cells": cells,
    }


def _cell(record: Record, guideline: Guideline, components: list[str], name: str) -> View:
    """The statuses a cell shows, each with the choices of component (a number, or all) for which it shows."""
    found = history.statuses(record, guideline, name)
    defined = name in guideline.capabilities
    shown: dict[Status, list[Any]] = {}
    for number, key in enumerate(components):
        if key in found:
            shown.setdefault(found[key], []).append(number)
    if found:
        shown[history.strongest(found)].insert(0, "all")  # type: ignore[index]
    return {
        "id": guideline.id,
        "to": pages.guideline(guideline.key, name),
        "defined": defined,
        "mixed": len(shown) > 1,
        "shown": [{"mark": mark(status), "for": choices} for status, choices in shown.items()],
        "says": "; ".join(f"{component(record.catalogue, key)['title']} {status}" for key, status in found.items()),
    }
