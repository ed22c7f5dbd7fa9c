"""The matrix of a program: a row for each capability, a column for each guideline, by component."""

from __future__ import annotations

from typing import Any

from ...analysis.analysis import Analysis
from ...analysis.history import strongest
from ...record.model import Guideline, Status
from .. import pages, urls
from .common import View, capability, column, component, mark, project


def view(analysis: Analysis, key: str) -> View:
    """The view of the matrix of program ``key``."""
    record = analysis.record
    family, components = record.program(key), analysis.components(key)
    names = [name for name in analysis.capability_names if analysis.knows(key, name)]
    by_project: dict[str, list[str]] = {}
    for name in names:
        home = next((g.capabilities[name].project for g in reversed(family) if name in g.capabilities), "")
        by_project.setdefault(home, []).append(name)
    return {
        "title": pages.program_title(record, key),
        "data": urls.matrix_data(key),
        "guidelines": [column(guideline) for guideline in family],
        "components": [component(record.catalogue, name) for name in components],
        "number": len(names),
        "scoring": family[-1].is_scoring,
        "unlisted": "not core" if family[-1].is_scoring else "defined, but not listed by any component",
        "others": [
            {"title": pages.program_title(record, name), "to": urls.matrix(name), "here": name == key}
            for name in record.programs()
        ],
        "groups": _groups(analysis, family, components),
        "unknown": any(c.capabilities[Status.UNKNOWN] for guideline in family for c in guideline.components.values()),
        "projects": [
            project(record.catalogue, home)
            | {"rows": [_row(analysis, family, components, name) for name in by_project[home]]}
            for home in analysis.in_catalogue_order(by_project)
        ],
    }


def _groups(analysis: Analysis, family: list[Guideline], components: list[str]) -> list[View]:
    """A row for each group of tests whose capability is not known; it belongs to one guideline."""
    return [
        _row(analysis, family, components, name, guideline)
        for guideline in family
        for name, one in guideline.capabilities.items()
        if not one.known
    ]


def _row(
    analysis: Analysis, family: list[Guideline], components: list[str], name: str, only: Guideline | None = None
) -> View:
    cells = [_cell(analysis, guideline, components, name) for guideline in family]
    return capability(only or family[0], name) | {
        "anchor": name,
        "in": sorted({number for cell in cells for one in cell["shown"] for number in one["for"] if number != "all"}),
        "cells": cells,
    }


def _cell(analysis: Analysis, guideline: Guideline, components: list[str], name: str) -> View:
    """A cell: each status with the choices of component (a number, or ``all``) for which it is shown."""
    found = analysis.statuses(guideline, name)
    defined = name in guideline.capabilities
    shown: dict[Status, list[Any]] = {}
    for number, key in enumerate(components):
        if key in found:
            shown.setdefault(found[key], []).append(number)
    if strong := strongest(found):
        shown[strong].insert(0, "all")
    return {
        "id": guideline.id,
        "to": urls.guideline(guideline.key, name),
        "defined": defined,
        "partial": guideline.is_partial,
        "mixed": len(shown) > 1,
        "shown": [{"mark": mark(status), "for": choices} for status, choices in shown.items()],
        "says": "; ".join(
            f"{component(analysis.record.catalogue, key)['title']} {status}" for key, status in found.items()
        ),
    }
