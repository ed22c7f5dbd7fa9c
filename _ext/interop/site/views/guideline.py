"""One guideline: its requirements by component, and the sources of its facts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict

from ...analysis.analysis import Analysis
from ...record import process
from ...record.model import Guideline, Mark, Reference, Status
from ...record.record import Record
from .. import pages, targets, urls
from . import adopters, answers, drafts, findings, history, numbers, reconstruction, requirements, standings
from .common import View, cite, component, guideline_link, test_page


def view(analysis: Analysis, key: str) -> View:
    """The view of the guideline ``program/id``."""
    guideline = analysis.record.guidelines[key]
    view = (
        guideline_link(analysis.record, guideline)
        | _head(analysis, guideline)
        | requirements.content(analysis, guideline)
        | _sources(analysis, guideline)
        | {
            "preparation": drafts.of_guideline(analysis, guideline),
            "today": _today(analysis, guideline),
            "lists": _lists(analysis, guideline),
            "findings": findings.of_guideline(analysis, guideline),
            "document": _document(analysis.record, guideline),
            "reconstruction": reconstruction.of_guideline(analysis, guideline),
            "adopters": adopters.of_guideline(analysis, guideline),
            "answer": answers.answer(analysis, guideline),
            "history": history.of_guideline(analysis, guideline),
            "flagged_tests": answers.flagged(analysis, guideline),
            "comparisons": answers.comparisons(analysis.record, guideline),
        }
    )
    return view | {"contents": answers.contents(view)}


def _head(analysis: Analysis, guideline: Guideline) -> View:
    """The facts about the guideline as a whole, and links to the previous and the next one."""
    record = analysis.record
    return {
        "data": {"json": urls.data(guideline), "csv": urls.table(guideline)},
        "cite": cite(targets.of_guideline(record, guideline)) | _pinned(analysis, guideline),
        "program": pages.program_title(record, guideline.program),
        "program_to": urls.guidelines_of(guideline.program),
        "draft": guideline.in_preparation,
        "overtaken": guideline_link(record, later) if (later := record.overtaken_by(guideline)) else None,
        "official_id": guideline.official_id,
        "counts": numbers.of_guideline(analysis, guideline),
        "standing": standings.of(record, guideline.key),
        "events": standings.history(record, guideline.key),
        "replaces": guideline.replaces_id,
        "replaces_to": _replaced(record, guideline),
        "replaces_archived": guideline.replaces_key in record.guidelines,
        "scoring": guideline.is_scoring,
        "scorings": _scorings(record, guideline),
        "approval_inferred": guideline.approval_inferred,
        "replaced_by": standings.replaced_by(record, guideline.key),
        "newest": standings.newest(record, guideline.key),
        "approval": guideline.approval,
        "releases": [_release(record, name) for name in guideline.releases],
        "cutoff": guideline.cutoff,
        "marks": [
            _mark(record, guideline, item, kind)
            for kind, items in (("Platform", guideline.platforms), ("Add-on", guideline.add_ons))
            for item in items
        ],
    } | standings.neighbours(record, guideline.key)


def _replaced(record: Record, guideline: Guideline) -> str:
    """The target of the guideline that this one replaces: its page, or its row in the list of all guidelines."""
    key = guideline.replaces_key
    if key in record.guidelines:
        return urls.guideline(key)
    known = record.catalogue.entry("known", key) is not None
    return urls.known_guideline(guideline.program, guideline.replaces_id) if known else ""


def _scorings(record: Record, guideline: Guideline) -> list[View]:
    """The scorings that the first guideline of the platform was made from; empty for other guidelines."""
    if guideline.program != "powered" or record.previous(guideline):
        return []
    return [guideline_link(record, other) for other in record.guidelines.values() if other.is_scoring]


def _sources(analysis: Analysis, guideline: Guideline) -> View:
    """The sources of the facts, and the observations about the file."""
    return {
        "repositories": [
            {"name": item.name, "address": item.address, "reference": item.reference} for item in guideline.repositories
        ],
        "schema": guideline.origin_schema,
        "sources": [asdict(source) | {"swhid": source.swhid} for source in guideline.sources],
        "notes": list(guideline.notes),
        "path": guideline.path,
        "problems": [{"message": p.message, "known": p.known} for p in analysis.observations(guideline)],
    }


def _pinned(analysis: Analysis, guideline: Guideline) -> dict[str, str]:
    """What a citation has besides the page: the official file, the guideline as approved, and the floating URL."""
    first = next(iter(analysis.moments(guideline.key).values()), None)
    newest = analysis.record.latest_known(guideline.program)
    return {
        "official": _official(guideline),
        "approved": urls.state(guideline.key, first.name) if first else "",
        "floating": urls.latest(guideline.program) if newest is guideline else "",
    }


def _official(guideline: Guideline) -> str:
    """What a citation has of the official file, which outlives any host: path, commit, digest, id; or an empty text."""
    for one in guideline.sources[:1]:
        commit = f" at commit {one.commit}" if one.commit else ""
        ids = ", ".join(filter(None, (f"SHA-256 {one.sha256}", one.swhid)))
        return f"{one.path} of {one.repository}{commit}, {ids}"
    return ""


def _release(record: Record, name: str) -> View:
    entry = record.catalogue.entry("releases", name) or {}
    return {"name": name.capitalize(), "series": entry.get("series", ""), "date": entry.get("date", "")}


def _mark(record: Record, guideline: Guideline, item: Mark, kind: str) -> View:
    return {
        "name": item.name,
        "kind": kind,
        "components": _references(record, guideline, item.components),
        "required": _references(record, guideline, item.required),
        "optional": _references(record, guideline, item.optional),
    }


def _references(record: Record, guideline: Guideline, items: Iterable[Reference]) -> list[View]:
    result = []
    for reference in items:
        key = reference.source_key
        own = reference.name in guideline.components
        other = None if own else record.guidelines.get(key)
        anchor = reference.name if other and reference.name in other.components else ""  # 2017.09 says "compute".
        to = f"#{reference.name}" if own else urls.guideline(key, anchor) if other else ""
        title = "" if own else pages.title(record, other) if other else key
        result.append(component(record.catalogue, reference.name) | {"to": to, "from": title})
    return result


def _today(analysis: Analysis, guideline: Guideline) -> View:
    """How many tests of required capabilities today's suites have, and those they lack; empty if none was read."""
    drift = analysis.record.drift
    if not drift.date:
        return {}
    required = analysis.facts(guideline).required()
    there = {key: test for key in required if (test := drift.tests.get(key))}
    gone = sorted(required.keys() - there.keys())
    projects = {_project(name) for test in required.values() for name in test.names}
    return {
        "date": drift.date,
        "suites": [f"{name} {version}" for name, version in drift.suites.items() if _project(name) in projects],
        "required": len(required),
        "flagged": sum(test.flagged for test in required.values()),
        "there": len(there),
        "renamed": sum(test.name not in required[key].names for key, test in there.items()),
        "gone": [{"name": min(required[key].names), "to": test_page(analysis, key)} for key in gone],
    }


def _project(name: str) -> str:
    """The project of a suite or of a test: the first word of its name."""
    return re.split(r"[-_.]", name, maxsplit=1)[0]


def _lists(analysis: Analysis, guideline: Guideline) -> list[View]:
    """The published test lists by target and statuses, each with its up to four forms and their numbers of lines."""
    found: dict[tuple[str, tuple[Status, ...]], list[View]] = {}
    for one in analysis.published(guideline):
        form = {
            "aliases": one.aliases,
            "flagged": one.flagged,
            "number": len(one.lines),
            "path": urls.test_list(guideline, one),
        }
        found.setdefault((one.target, one.types), []).append(form)
    return [{"target": target, "types": "+".join(types), "forms": forms} for (target, types), forms in found.items()]


def _document(record: Record, guideline: Guideline) -> View:
    key = process.document_of(record.catalogue, guideline)
    return {"key": key, "to": urls.document(record, key)} if key else {}
