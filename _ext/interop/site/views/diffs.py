"""What changed between two guidelines, and the table from which a pair is picked."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from ...analysis import diff, history, lineage
from ...analysis.diff import Diff, Move
from ...record.loader import Record
from ...record.model import Guideline
from ...record.problems import Problem
from .. import pages
from . import findings
from .common import component, guideline_link, mark, neighbours, program_title, test_page

View = dict[str, Any]


@lru_cache(maxsize=256)
def compared(record: Record, a: Guideline, b: Guideline) -> Diff:
    """The comparison of a pair, worked out once for all the views that show something of it."""
    return diff.compare(record, a, b)


def view(record: Record, key: str, problems: list[Problem]) -> View:
    """The view of the pair ``program/a..b``."""
    first, _, last = key.partition("..")
    a, b = record.guidelines[first], record.guidelines[f"{first.partition('/')[0]}/{last}"]
    found = compared(record, a, b)
    family = record.program(a.program)
    before, _ = neighbours(family, family.index(a))
    _, after = neighbours(family, family.index(b))
    tests = _Tests(record, found)
    return {
        "program": program_title(record, a.program),
        "key": a.program,
        "matrix": pages.matrix(a.program),
        "a": guideline_link(record, a),
        "b": guideline_link(record, b),
        "sentence": diff.sentence(found),
        "regrouping": diff.regrouping(found),
        "newly_asked": tests.rows(found.newly_asked, found.after),
        "no_longer_asked": tests.rows(found.no_longer_asked, found.before),
        "components": [_component(record, found, name, moves) for name, moves in found.capabilities.items()],
        "inside": [
            {
                "name": name,
                "to": pages.capability(name),
                "changes": [{"what": what} | tests.short(test) for what, test in changes],
            }
            for name, changes in found.inside.items()
        ],
        "renamed": [tests.short(move.key) | _names(move) for move in found.renamed],
        "moved": [tests.short(move.key) | _capabilities(move) for move in found.moved],
        "flagged": [tests.short(test) for test in found.flagged],
        "unflagged": [tests.short(test) for test in found.unflagged],
        "facts": [
            {"id": id, "title": title, "rows": [_plain(move) for move in moves]}
            for id, title, moves in _facts(record, found)
            if moves
        ],
        "data": pages.diff_data(a, b),
        "findings": findings.of_pair(record, a, b),
        "previous": _pair(record, before, a) if before else None,
        "next": _pair(record, b, after) if after else None,
    }


def _facts(record: Record, found: Diff) -> Iterable[tuple[str, str, tuple[Move, ...]]]:
    yield "designated-sections", "Designated sections", found.sections
    yield "releases", "Releases", tuple(Move(m.key.capitalize(), m.before, m.after) for m in found.releases)
    yield "marks", "What a product can be called, and its components", found.marks
    criteria = record.catalogue.data["criteria"]
    names = tuple(Move(criteria.get(m.key, {}).get("name", m.key), m.before, m.after) for m in found.weights)
    yield "criteria", "Weights of criteria", names
    cutoff = found.cutoff
    yield "cutoff", "Cutoff", (Move("Cutoff score", cutoff.before, cutoff.after),) if cutoff else ()


def _plain(move: Move) -> View:
    return {"name": move.key, "before": move.before or "", "after": move.after or ""}


def _names(move: Move) -> View:
    return {"before": move.before, "after": move.after}


def _capabilities(move: Move) -> View:
    return {
        side: [{"name": name, "to": pages.capability(name)} for name in (value or "").split(", ")]
        for side, value in (("before", move.before), ("after", move.after))
    }


def _pair(record: Record, a: Guideline, b: Guideline) -> View:
    return {"title": f"{a.id} to {b.id}", "to": pages.diff(a, b)}


class _Tests:
    """The tests of a comparison as rows: name, page, capabilities, and what happened."""

    def __init__(self, record: Record, found: Diff) -> None:
        self.record = record
        self.places = history.test_places(record)
        self.found = found
        self.happened = {
            **dict.fromkeys(found.added, "added"),
            **dict.fromkeys(found.dropped, "dropped"),
            **dict.fromkeys(found.flagged, "flagged"),
            **dict.fromkeys(found.unflagged, "no longer flagged"),
        }

    def short(self, key: str) -> View:
        """Name and page of a test."""
        known = self.found.after.get(key) or self.found.before.get(key)
        name = min(known.names) if known else history.latest(self.places[key]).test.name
        return {"test": name, "id": key if history.is_id(key) else "", "to": test_page(self.record, key)}

    def rows(self, keys: tuple[str, ...], tests: dict[str, diff.Required]) -> list[View]:
        """Tests with the capabilities that ask for them, by capability and name."""
        rows = [
            self.short(key)
            | {
                "capabilities": [{"name": n, "to": pages.capability(n)} for n in sorted(tests[key].capabilities)],
                "why": self.happened.get(key, ""),
            }
            for key in keys
        ]
        return sorted(rows, key=lambda row: (row["capabilities"][0]["name"], row["test"]))


def _component(record: Record, found: Diff, name: str, moves: tuple[Move, ...]) -> View:
    origins = _came(record, found.a, found.b)
    groups = [
        {
            "kind": kind,
            "title": title,
            "rows": [
                {
                    "name": move.key,
                    "to": pages.capability(move.key),
                    "before": mark(move.before),
                    "after": mark(move.after),
                    "came": origins.get(move.key, []) if move.before is None else [],
                    "went": _went(record, found.a, found.b).get(move.key, []) if move.after is None else [],
                    "regrouped": move.key in found.regrouped,
                }
                for move in moves
                if diff.kind(move) == kind
            ],
        }
        for kind, title in diff.KINDS.items()
    ]
    new, gone = diff.asked(record, found.a, found.b, name)
    return (
        component(record.catalogue, name)
        | {"new": new, "gone": gone}
        | {"groups": [group for group in groups if group["rows"]]}
    )


@lru_cache(maxsize=512)
def _came(record: Record, a: Guideline, b: Guideline) -> dict[str, list[View]]:
    result: dict[str, list[View]] = {}
    for kin in lineage.kin(record, a, b):
        if kin.after not in a.capabilities:
            row = {"name": kin.before, "to": pages.capability(kin.before), "shared": kin.shared, "of": kin.of_after}
            result.setdefault(kin.after, []).append(row)
    return result


@lru_cache(maxsize=512)
def _went(record: Record, a: Guideline, b: Guideline) -> dict[str, list[View]]:
    result: dict[str, list[View]] = {}
    for kin in lineage.kin(record, a, b):
        if kin.before not in b.capabilities:
            row = {"name": kin.after, "to": pages.capability(kin.after), "shared": kin.shared, "of": kin.of_before}
            result.setdefault(kin.before, []).append(row)
    return result


def index(record: Record, key: str, problems: list[Problem]) -> View:
    """A triangle of all pairs for each program, with the size of each change."""
    return {"programs": [_triangle(record, name) for name in record.programs() if len(record.program(name)) > 1]}


def _triangle(record: Record, program: str) -> View:
    family = record.program(program)
    return {
        "program": program,
        "title": program_title(record, program),
        "columns": [guideline_link(record, guideline) for guideline in family[:-1]],
        "rows": [
            guideline_link(record, b)
            | {"cells": [_size(record, a, b) for a in family[:place]], "blank": len(family) - 1 - place}
            for place, b in enumerate(family)
            if place
        ],
    }


def _size(record: Record, a: Guideline, b: Guideline) -> View:
    found = compared(record, a, b)
    return {
        "to": pages.diff(a, b),
        "a": a.id,
        "new": len(found.newly_asked),
        "gone": len(found.no_longer_asked),
        "step": (len(found.newly_asked) + len(found.no_longer_asked)).bit_length(),
    }
