"""One guideline: what it asks of which component, and where its facts come from."""

from __future__ import annotations

from collections.abc import Iterable

from ...analysis import test_lists
from ...analysis.analysis import Analysis
from ...record import process
from ...record.model import Capability, Criterion, Guideline, Mark, Reference, Section, Status
from ...record.record import Record
from .. import pages, targets, urls
from . import findings
from .common import (
    View,
    cite,
    component,
    counts,
    guideline_link,
    mark,
    marked,
    project,
    test,
    test_page,
)


def view(analysis: Analysis, key: str) -> View:
    """The view of the guideline ``program/id``."""
    guideline = analysis.record.guidelines[key]
    return (
        guideline_link(analysis.record, guideline)
        | _head(analysis, guideline)
        | _content(analysis, guideline)
        | _sources(analysis, guideline)
        | {
            "today": _today(analysis, guideline),
            "lists": _lists(analysis.record, guideline),
            "findings": findings.of_guideline(analysis, guideline),
            "document": _document(analysis.record, guideline),
        }
    )


def _head(analysis: Analysis, guideline: Guideline) -> View:
    """What the guideline is, and what stands before and after it."""
    record, catalogue = analysis.record, analysis.record.catalogue
    before, after = record.previous(guideline), record.following(guideline)
    return {
        "data": {"json": urls.data(guideline), "csv": urls.table(guideline)},
        "cite": cite(targets.of_guideline(record, guideline)),
        "program": pages.program_title(record, guideline.program),
        "about": (catalogue.entry("programs", guideline.program) or {}).get("description", ""),
        "matrix": urls.matrix(guideline.program),
        "official_id": guideline.official_id,
        "counts": counts(guideline),
        "replaces": guideline.replaces,
        "replaces_to": urls.guideline(guideline.replaces_key) if guideline.replaces_key in record.guidelines else "",
        "replaced_by": [
            guideline_link(record, other)
            for other in record.program(guideline.program)
            if other.replaces and other.replaces == guideline.official_id
        ],
        "changes": _changes(record, guideline),
        "approval": guideline.approval,
        "releases": [_release(record, name) for name in guideline.releases],
        "cutoff": guideline.cutoff,
        "marks": [
            _mark(record, guideline, item, kind)
            for kind, items in (("Platform", guideline.platforms), ("Add-on", guideline.add_ons))
            for item in items
        ],
        "previous": guideline_link(record, before) if before else None,
        "next": guideline_link(record, after) if after else None,
    }


def _content(analysis: Analysis, guideline: Guideline) -> View:
    """Capabilities by component, designated sections, criteria."""
    record = analysis.record
    seen: set[str] = set()
    criteria = sorted(guideline.criteria.values(), key=lambda c: (-c.weight, c.key))
    return {
        "components": [_component(record, guideline, name, seen) for name in guideline.components],
        "unlisted": [_capability(record, guideline, name, seen) for name in _unlisted(guideline)],
        "sections": [_section(record, item) for item in _in_order(analysis, guideline)],
        "criteria": [_criterion(record, item) for item in criteria],
        "weights": sum(item.weight for item in guideline.criteria.values()),
    }


def _sources(analysis: Analysis, guideline: Guideline) -> View:
    """Where the facts come from, and what was observed of the file."""
    return {
        "repositories": [
            {"name": item.name, "address": item.address, "reference": item.reference} for item in guideline.repositories
        ],
        "schema": guideline.origin_schema,
        "completeness": guideline.completeness,
        "sources": [
            {"repository": s.repository, "path": s.path, "commit": s.commit, "sha256": s.sha256}
            for s in guideline.sources
        ],
        "notes": list(guideline.notes),
        "path": guideline.path,
        "problems": [
            {"message": p.message, "hint": p.hint, "known": p.known, "about": p.about, "code": p.code}
            for p in analysis.observations(guideline)
        ],
    }


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
        to = f"#{reference.name}" if own else urls.guideline(key) if key in record.guidelines else ""
        result.append(component(record.catalogue, reference.name) | {"to": to, "from": "" if own else key})
    return result


def _component(record: Record, guideline: Guideline, name: str, seen: set[str]) -> View:
    given = guideline.components[name]
    groups = []
    for status in Status:
        names = given.capabilities[status]
        if names:
            rows = [_capability(record, guideline, item, seen) for item in sorted(names)]
            groups.append(
                {
                    "mark": mark(status),
                    "rows": rows,
                    "tests": sum(row["tests_number"] for row in rows),
                    "flagged": sum(row["flagged"] for row in rows),
                }
            )
    return component(record.catalogue, name) | {
        "groups": groups,
        "counts": [marked(s) | {"number": len(given.capabilities[s])} for s in Status],
        "sections": [{"mark": mark(status), "projects": list(projects)} for status, projects in given.sections.items()],
    }


def _capability(record: Record, guideline: Guideline, name: str, seen: set[str]) -> View:
    """A row for ``name``; its tests and its anchor stand only where it is shown first."""
    first = name not in seen
    seen.add(name)
    given = guideline.capabilities.get(name)
    row: View = {
        "name": name,
        "to": urls.capability(name),
        "first": first,
        "defined": given is not None,
        "description": record.catalogue.entry("capabilities", name) or (given.description if given else ""),
        "tests_number": len(given.tests) if given else 0,
        "flagged": given.flagged if given else 0,
    }
    if given is None:
        return row
    return row | {
        "project": project(record.catalogue, given.project),
        "score": guideline.score(name),
        "below": guideline.cutoff is not None and guideline.score(name) < guideline.cutoff,
        "achievements": sorted(given.achievements),
        "admin": given.admin,
        "required_since": given.required_since,
        "carried": given.carried.get("status", ""),
        "tests": _tests(record, given, seen) if first else [],
    }


def _today(analysis: Analysis, guideline: Guideline) -> View:
    """How many of the required tests today's suites still have; empty if they were never read."""
    drift = analysis.record.drift
    if not drift.date:
        return {}
    required = analysis.facts(guideline).required()
    there = {key: test for key in required if (test := drift.tests.get(key))}
    gone = sorted(required.keys() - there.keys())
    return {
        "date": drift.date,
        "suites": [f"{name} {version}" for name, version in drift.suites.items()],
        "required": len(required),
        "there": len(there),
        "renamed": sum(test.name not in required[key].names for key, test in there.items()),
        "gone": [{"name": min(required[key].names), "to": test_page(analysis, key)} for key in gone],
    }


def _lists(record: Record, guideline: Guideline) -> list[View]:
    """The published test lists, by target and statuses, each with its four forms and their numbers of lines."""
    found: dict[tuple[str, tuple[Status, ...]], list[View]] = {}
    for one in test_lists.published(record, guideline):
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


def _changes(record: Record, guideline: Guideline) -> list[View]:
    """The comparisons a reader looks for: with the guideline before, and with the latest dated one."""
    before, latest = record.previous(guideline), record.latest(guideline.program)
    family = record.program(guideline.program)
    found = []
    if before:
        found.append({"word": "since", "id": before.id, "to": urls.diff(before, guideline)})
    if not latest.is_draft and family.index(latest) > family.index(guideline):
        found.append({"word": "until", "id": latest.id, "to": urls.diff(guideline, latest)})
    return found


def _tests(record: Record, given: Capability, seen: set[str]) -> list[View]:
    """The tests by name; an id that stands on several names is an anchor only once."""
    rows = []
    for item in sorted(given.tests, key=lambda item: item.name):
        anchor = urls.test_anchor(item.id)
        anchor = "" if anchor in seen else anchor
        seen.add(anchor)
        rows.append(test(record.catalogue, item) | {"anchor": anchor})
    return rows


def _unlisted(guideline: Guideline) -> list[str]:
    return [name for name in sorted(guideline.capabilities) if not guideline.statuses(name)]


def _in_order(analysis: Analysis, guideline: Guideline) -> list[Section]:
    order = analysis.projects()
    return sorted(guideline.sections, key=lambda section: (order.index(section.project), section.status))


def _section(record: Record, given: Section) -> View:
    texts = record.catalogue.data["sections"].get(given.project, {})
    return project(record.catalogue, given.project) | {
        "to": urls.section(given.project),
        "mark": mark(given.status),
        "guidance": record.catalogue.wording("guidance", given.guidance),
        "parts": [
            {"name": p.name, "designated": p.designated, "text": p.text or texts.get(p.name, {}).get("text", "")}
            for p in given.parts
        ],
    }


def _criterion(record: Record, given: Criterion) -> View:
    entry = record.catalogue.entry("criteria", given.key) or {}
    return {
        "key": given.key,
        "weight": given.weight,
        "name": entry.get("name") or given.name or given.key,
        "group": entry.get("group", ""),
        "description": entry.get("description") or given.description,
    }
