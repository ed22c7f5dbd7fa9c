"""The matrix of a program: a row for each capability, a column for each guideline, the newest first."""

from __future__ import annotations

from ...analysis.analysis import Analysis
from ...analysis.history import strongest
from ...record.model import Guideline, Status
from ...record.record import Record
from .. import pages, urls
from . import matrix_runs
from .common import View, capability, column, component, guideline_link, mark, marks, newest_first, project


def view(analysis: Analysis, key: str) -> View:
    """The view of the matrix of program ``key``."""
    record = analysis.record
    family, columns = record.program(key), newest_first(record, key)
    names = [name for name in analysis.capability_names if analysis.knows(key, name)]
    newest = recent(record, key)
    current = [name for name in names if any(name in g.capabilities or g.statuses(name) for g in newest)]
    older = sorted(set(names) - set(current))
    table = _Table(analysis, key, columns)
    found = {"groups": table.groups(), "projects": table.projects(current), "older": table.projects(older)}
    cells = [
        cell
        for rows in (found["groups"], *(one["rows"] for one in (*found["projects"], *found["older"])))
        for row in rows
        for cell in row["cells"]
    ]
    return found | {
        "program": key,
        "title": pages.program_title(record, key),
        "data": urls.matrix_data(key),
        "guidelines": [column(record, guideline) for guideline in columns],
        "components": [component(record.catalogue, name) for name in table.components],
        "choices": {one["name"]: one["service"] for one in (*found["projects"], *found["older"]) if one["name"]},
        "number": len(names),
        "number_older": len(older),
        "scoring": family[-1].is_scoring,
        "compare": urls.diff(family[0], family[-1]) if len(family) > 1 else "",
        "others": [
            {"title": pages.program_title(record, name), "to": urls.matrix(name), "here": name == key}
            for name in record.programs()
        ],
        "since": newest[0].id,
        "missing": [guideline_link(record, one) for one in pages.known(record) if one.program == key],
        # Which signs need an explanation.
        "marks": marks(one["mark"] for cell in cells for one in cell["statuses"]),
        "unlisted": any(one["mark"] == "none" for cell in cells for one in cell["statuses"]),
        "undefined": any(cell["statuses"] and not cell["defined"] for cell in cells),
        "flagged": any(cell["flagged"] for cell in cells),
        "mixed": any(len(cell["statuses"]) > 1 for cell in cells),
    }


def recent(record: Record, program: str) -> list[Guideline]:
    """The newest complete guideline of a program and what is newer, oldest first; all, if none is complete."""
    family = record.program(program)
    newest = record.newest_complete(program)
    return [g for g in family[family.index(newest) :] if not record.overtaken_by(g)] if newest else family


class _Table:
    """The rows of a matrix with the ``columns`` of a program."""

    def __init__(self, analysis: Analysis, program: str, columns: list[Guideline]) -> None:
        self.analysis = analysis
        self.columns = columns
        self.components = {
            key: component(analysis.record.catalogue, key)["title"] for key in analysis.components(program)
        }

    def projects(self, names: list[str]) -> list[View]:
        """The capabilities ``names`` by their latest project, in the catalogue's order."""
        by_project: dict[str, list[str]] = {}
        for name in names:
            home = next((g.capabilities[name].project for g in self.columns if name in g.capabilities), "")
            by_project.setdefault(home, []).append(name)
        return [
            project(self.analysis.record.catalogue, home) | {"rows": [self._row(name) for name in by_project[home]]}
            for home in self.analysis.in_catalogue_order(by_project)
        ]

    def groups(self) -> list[View]:
        """A row for each group of tests whose capability is not known; it belongs to one guideline."""
        return [
            self._row(name, guideline)
            for guideline in reversed(self.columns)
            for name, one in guideline.capabilities.items()
            if not one.known
        ]

    def _row(self, name: str, only: Guideline | None = None) -> View:
        """A row; ``only`` is the guideline to which a group of tests belongs."""
        found = {guideline.id: self.analysis.statuses(guideline, name) for guideline in self.columns}
        listing = [key for key in self.components if any(key in statuses for statuses in found.values())]
        defined = [g.capabilities[name] for g in self.columns if name in g.capabilities and not g.is_partial]
        cells = [self._cell(guideline, name, listing, only) for guideline in self.columns]
        unknown = {cell["id"] for cell in cells if not cell["statuses"] and cell["none"] == "not known"}
        return capability(only or self.columns[0], name) | {
            "anchor": name,
            "in": self._places(listing),
            "admin": ("yes" if any(one.admin for one in defined) else "no") if defined else "",
            "runs": matrix_runs.of(self.columns, found, self.components),
            "flagged": matrix_runs.among(self.columns, {cell["id"] for cell in cells if cell["flagged"]}),
            "unknown": matrix_runs.among(self.columns, unknown),
            "cells": cells,
        }

    def _cell(self, guideline: Guideline, name: str, listing: list[str], only: Guideline | None) -> View:
        """A cell: its statuses, the strongest first; ``listing`` are the components that list the row anywhere."""
        found, defined = self.analysis.statuses(guideline, name), name in guideline.capabilities
        return {
            "id": guideline.id,
            "to": urls.guideline(guideline.key, name),
            "anchor": (bool(found) or defined) and not guideline.is_partial,
            "defined": defined,
            "flagged": defined and any(test.flag for test in guideline.capabilities[name].tests),
            "statuses": self._statuses(found, listing) or ([{"mark": "none", "says": "", "in": []}] if defined else []),
            "none": "does not apply" if only else "not known" if guideline.is_partial else "not listed",
        }

    def _statuses(self, found: dict[str, Status], listing: list[str]) -> list[View]:
        """The statuses of a cell, each with the components that have it, unless these are all of the row."""
        by_status: dict[Status, list[str]] = {}
        for key in self.components:
            if key in found:
                by_status.setdefault(found[key], []).append(key)
        strong = strongest(found)
        shown = [
            {"mark": mark(status), "says": "", "in": [] if keys == listing else self._places(keys)}
            for status, keys in sorted(by_status.items(), key=lambda item: item[0] != strong)
        ]
        if len(shown) > 1:  # Where statuses differ, the first says them all.
            shown[0]["says"] = ", ".join(f"{status} for {self.components[key]}" for key, status in found.items())
        return shown

    def _places(self, keys: list[str]) -> list[int]:
        """The places of components, by which the filter refers to them."""
        return [place for place, key in enumerate(self.components) if key in keys]
