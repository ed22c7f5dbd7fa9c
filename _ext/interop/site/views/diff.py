"""The comparison of two guidelines."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

from ...analysis import diff_format
from ...analysis.analysis import Analysis
from ...analysis.diff import KINDS, Diff, Move, kind
from ...analysis.facts import Facts
from ...analysis.history import is_id, latest
from ...analysis.lineage import Kin
from ...record.model import Guideline, Status
from .. import pages, urls
from . import findings, reconstruction
from .common import View, capability, component, guideline_link, mark, test_page
from .drawings import flow


def view(analysis: Analysis, key: str) -> View:
    """The view of the pair ``program/a..b``."""
    record = analysis.record
    a, b = urls.pair(record, key)
    found = analysis.compare(a, b)
    before, after = record.previous(a), record.following(b)
    return {
        "program": pages.program_title(record, a.program),
        "program_to": urls.diffs_of(a.program),
        "a": guideline_link(record, a),
        "b": guideline_link(record, b),
        "scoring": a.is_scoring,
        "sentence": diff_format.sentence(found),
        "direction": diff_format.direction(found),
        "regrouping": diff_format.regrouping(found),
        "flow": flow.of_pair(record.catalogue, found),
        "components": [_component(analysis, found, name) for name in found.capabilities],
        "facts": [
            {"id": id, "title": title, "rows": [_plain(move) for move in moves]}
            for id, title, moves in _facts(analysis, found)
            if moves
        ],
        "data": urls.diff_data(a, b),
        "partial": reconstruction.of_pair(analysis, found),
        "findings": findings.of_pair(analysis, a, b),
        "previous": _pair(before, a) if before else None,
        "next": _pair(b, after) if after else None,
    } | _tests(analysis, found)


def _tests(analysis: Analysis, found: Diff) -> View:
    tests = _Tests(analysis, found)
    return {
        "newly_asked": tests.by_capability(found.newly_required(), found.after),
        "no_longer_asked": tests.by_capability(found.no_longer_required(), found.before),
        "undecided": [tests.undecided(facts) for facts in (found.before, found.after) if facts.undecided()],
        "inside": [
            {
                "name": name,
                "changes": [{"what": what} | tests.short(test) for what, test in changes],
            }
            for name, changes in found.inside.items()
        ],
        "renamed": [
            tests.short(move.key)
            | {"before": diff_format.shown(move.before), "after": diff_format.shown(move.after)}
            | {"remark": found.remarks.get(move.key, "")}
            for move in found.renamed
        ],
        "moved": tests.by_move(found.moved),
        "flagged": [tests.short(test) for test in found.flagged],
        "unflagged": [tests.short(test) for test in found.unflagged],
    }


def _facts(analysis: Analysis, found: Diff) -> list[tuple[str, str, tuple[Move[Any], ...]]]:
    """Changes other than those of capabilities and tests: anchor, title, changes."""
    criteria = analysis.record.catalogue.data["criteria"]
    cutoff = found.cutoff
    return [
        ("designated-sections", "Designated sections", found.sections),
        ("releases", "Releases", tuple(Move(m.key.capitalize(), m.before, m.after) for m in found.releases)),
        ("marks", "Marks and their components", found.marks),
        (
            "criteria",
            "Weights of criteria",
            tuple(Move(criteria.get(m.key, {}).get("name", m.key), m.before, m.after) for m in found.weights),
        ),
        ("cutoff", "Cutoff", (Move("Cutoff score", cutoff.before, cutoff.after),) if cutoff else ()),
    ]


def _plain(move: Move[Any]) -> View:
    return {"name": move.key, "before": diff_format.shown(move.before), "after": diff_format.shown(move.after)}


def _pair(a: Guideline, b: Guideline) -> View:
    return {"title": f"{a.id} to {b.id}", "to": urls.diff(a, b)}


class _Tests:
    """The tests of a comparison as rows: name, page, capabilities, and the change."""

    def __init__(self, analysis: Analysis, found: Diff) -> None:
        self.analysis, self.found = analysis, found
        self.known = {**found.before.required(), **found.after.required()}
        self.changes = {
            **dict.fromkeys(found.added, "added"),
            **dict.fromkeys(found.dropped, "dropped"),
            **dict.fromkeys(found.flagged, "flagged"),
            **dict.fromkeys(found.unflagged, "no longer flagged"),
        }

    def short(self, key: str) -> View:
        """Name and id of a test; without an id, its page."""
        known = self.known.get(key)
        name = min(known.names) if known else latest(self.analysis.test_places[key]).test.name
        return {"test": name} | ({"id": key} if is_id(key) else {"id": "", "to": test_page(self.analysis, key)})

    def by_capability(self, keys: tuple[str, ...], facts: Facts) -> list[View]:
        """Tests in groups by the capabilities that require them in one of the guidelines, with the change of each."""
        tests, guideline = facts.required(), facts.guideline
        rows = ((tuple(sorted(tests[k].capabilities)), self.short(k) | {"why": self.changes.get(k, "")}) for k in keys)
        return [
            {"capabilities": [capability(guideline, name) for name in names], "number": len(group), "tests": group}
            for names, group in _grouped(rows)
        ]

    def undecided(self, facts: Facts) -> View:
        """The tests of which no source tells whether a guideline requires them, in groups by what has them."""
        known = facts.undecided()
        found = ((name, key) for name, tests in facts.tests.items() for key in tests.keys() & known.keys())
        rows = ((name, self.short(key) | {"why": "status not known"}) for name, key in found)
        groups = [
            {"capabilities": [capability(facts.guideline, name)], "number": len(group), "tests": group}
            for name, group in _grouped(rows)
        ]
        return {"id": facts.guideline.id, "number": len(known), "groups": groups}

    def by_move(self, moves: Iterable[Move[tuple[str, ...]]]) -> list[View]:
        """Tests in groups by the capabilities before and after."""
        rows = (((move.before or (), move.after or ()), self.short(move.key)) for move in moves)
        return [
            {
                "before": [capability(self.found.a, name) for name in before],
                "after": [capability(self.found.b, name) for name in after],
                "number": len(group),
                "tests": group,
            }
            for (before, after), group in _grouped(rows)
        ]


def _grouped(rows: Iterable[tuple[Any, View]]) -> list[tuple[Any, list[View]]]:
    """Tests with the same key together: the keys in order, the tests of each by name."""
    ordered = sorted(rows, key=lambda pair: (pair[0], pair[1]["test"]))
    return [(key, [row for _, row in group]) for key, group in groupby(ordered, itemgetter(0))]


def _component(analysis: Analysis, found: Diff, name: str) -> View:
    groups = [
        {
            "kind": one,
            "title": title,
            "rows": [_row(found, move) for move in found.capabilities[name] if kind(move) == one],
        }
        for one, title in KINDS.items()
    ]
    return (
        component(analysis.record.catalogue, name)
        | {"new": len(found.newly_required(name)), "gone": len(found.no_longer_required(name))}
        | {"groups": [group for group in groups if group["rows"]]}
    )


def _row(found: Diff, move: Move[Status]) -> View:
    came = [kin for kin in found.kin if kin.after == move.key and kin.after not in found.a.capabilities]
    went = [kin for kin in found.kin if kin.before == move.key and kin.before not in found.b.capabilities]
    return {
        "name": move.key,
        "before": mark(move.before),
        "after": mark(move.after),
        "came": [_share(kin, kin.before, kin.of_after) for kin in came] if move.before is None else [],
        "went": [_share(kin, kin.after, kin.of_before) for kin in went] if move.after is None else [],
        "regrouped": move.key in found.regrouped,
    }


def _share(kin: Kin, name: str, of: int) -> View:
    return {"name": name, "shared": kin.shared, "of": of}
