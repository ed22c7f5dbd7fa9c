"""The comparison of two guidelines."""

from __future__ import annotations

from typing import Any

from ...analysis import diff_format
from ...analysis.analysis import Analysis
from ...analysis.diff import KINDS, Diff, Move, kind
from ...analysis.history import is_id
from ...analysis.lineage import Kin
from ...record.catalogue import Catalogue
from ...record.model import Guideline, Status
from .. import pages, urls
from . import diff_numbers, findings, reconstruction
from .common import Source, View, component, guideline_link, mark
from .diff_tests import LatestNames, Tests
from .drawings import flow

#: The links to two guidelines: see :func:`.common.guideline_link`.
Links = tuple[View, View]


def view(analysis: Analysis, key: str) -> View:
    """The view of the pair ``program/a..b``, made from no more than what :func:`source` has."""
    made_from = source(analysis, key)
    (a, b), around = made_from.guidelines, made_from.besides["around"]
    latest = dict.fromkeys(analysis.facts(a).all_tests | analysis.facts(b).all_tests, ("", ""))
    latest |= made_from.besides["latest"]
    found = content(analysis.record.catalogue, analysis.compare(a, b), (around["a"], around["b"]), latest)
    shown: View = around | found
    return shown | {"contents": contents(shown)}


def source(analysis: Analysis, key: str) -> Source:
    """What the view of the pair ``program/a..b`` is made from.

    Of other guidelines, these are their names, the findings, which compare with them, and the latest names of tests
    that neither of the two requires, or that have no id.
    """
    a, b = urls.pair(analysis.record, key)
    return Source((a, b), {"around": _around(analysis, a, b), "latest": _latest(analysis, a) | _latest(analysis, b)})


def _around(analysis: Analysis, a: Guideline, b: Guideline) -> View:
    """What the view of a pair has of more than the two guidelines."""
    record = analysis.record
    before, after = record.previous(a), record.following(b)
    return {
        "program": pages.program_title(record, a.program),
        "a": guideline_link(record, a),
        "b": guideline_link(record, b),
        "data": urls.diff_data(a, b),
        "findings": findings.of_pair(analysis, a, b),
        "previous": _pair(before, a) if before else None,
        "next": _pair(b, after) if after else None,
    }


def _latest(analysis: Analysis, guideline: Guideline) -> dict[str, tuple[str, str]]:
    facts = analysis.facts(guideline)
    required = facts.required()
    others = (key for key in sorted(facts.all_tests) if key not in required or not is_id(key))
    return {key: analysis.latest_names[key] for key in others}


def content(catalogue: Catalogue, found: Diff, links: Links, latest: LatestNames) -> View:
    """What a comparison shows, whichever guidelines it compares; ``links`` are those to them."""
    return {
        "program_to": urls.diffs_of(found.a.program),
        "scoring": found.a.is_scoring,
        "sentence": diff_format.sentence(found),
        "direction": diff_format.direction(found),
        "regrouping": diff_format.regrouping(found),
        "flow": flow.of_pair(catalogue, found),
        "components": [_component(catalogue, found, name) for name in diff_numbers.components(found)],
        "numbers": diff_numbers.of_pair(catalogue, found),
        "facts": [
            {"id": id, "title": title, "rows": [_plain(move) for move in moves]}
            for id, title, moves in _facts(catalogue, found)
            if moves
        ],
        "partial": reconstruction.of_pair(found, links),
    } | _tests(Tests(catalogue, found, latest), found)


def contents(shown: View) -> list[View]:
    """The sections of the page, in order: anchor and title."""
    blocks = [
        *((one["key"], one["title"], one["groups"]) for one in shown["components"]),
        ("must-pass", "Newly required tests", shown["newly_asked"]),
        ("may-fail", "Tests no longer required", shown["no_longer_asked"]),
        ("flagged-gone", "Dropped flagged tests", shown["flagged_gone"]),
        *((f"not-known-{one['id']}", "Tests of unknown status", True) for one in shown["undecided"]),
        ("inside", "Changed tests", shown["inside"]),
        ("flagged", "Newly flagged tests", shown["flagged"]),
        ("unflagged", "Tests no longer flagged", shown["unflagged"]),
        ("renamed", "Renamed tests", shown["renamed"]),
        ("moved", "Moved tests", shown["moved"]),
        *((one["id"], one["title"], True) for one in shown["facts"]),
        ("findings", "Rules of the process", shown["findings"]["groups"]),
    ]
    return [{"anchor": anchor, "title": title} for anchor, title, there in blocks if there]


def _tests(tests: Tests, found: Diff) -> View:
    return {
        "newly_asked": tests.by_capability(found.newly_required(), found.after),
        "no_longer_asked": tests.by_capability(found.no_longer_required(), found.before),
        "flagged_gone": tests.by_capability(tests.flagged_gone(), found.before),
        "undecided": [tests.undecided(facts) for facts in (found.before, found.after) if facts.undecided()],
        "inside": [
            {
                "name": name,
                "changes": [tests.inside(name, what, test) for what, test in changes],
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
        "flagged": tests.flagged(),
        "unflagged": [tests.short(test) | {"note": ""} for test in found.unflagged],
    }


def _facts(catalogue: Catalogue, found: Diff) -> list[tuple[str, str, tuple[Move[Any], ...]]]:
    """Changes other than those of capabilities and tests: anchor, title, changes."""
    criteria = catalogue.data["criteria"]
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


def _component(catalogue: Catalogue, found: Diff, name: str) -> View:
    groups: list[View] = [
        {
            "kind": one,
            "title": title,
            "rows": [_row(found, move) for move in found.capabilities.get(name, ()) if kind(move) == one],
        }
        for one, title in KINDS.items()
    ]
    shown = [group | {"regrouped": sum(row["regrouped"] for row in group["rows"])} for group in groups if group["rows"]]
    return component(catalogue, name) | {"groups": shown}


def _row(found: Diff, move: Move[Status]) -> View:
    came = [kin for kin in found.kin if kin.after == move.key and kin.after not in found.a.capabilities]
    went = [kin for kin in found.kin if kin.before == move.key and kin.before not in found.b.capabilities]
    return {
        "name": move.key,
        "before": mark(move.before),
        "after": mark(move.after),
        "came": [_share(kin, kin.before, kin.of_after) for kin in came] if move.before is None else [],
        "went": [_share(kin, kin.after, kin.of_before) for kin in went] if move.after is None else [],
        "regrouped": move.key in (found.regrouped_into if move.after is None else found.regrouped),
    }


def _share(kin: Kin, name: str, of: int) -> View:
    return {"name": name, "shared": kin.shared, "of": of}
