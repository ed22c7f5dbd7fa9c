"""One guideline: what it asks of which component, and where its facts come from."""

from __future__ import annotations

from itertools import product
from typing import Any

from ...analysis import diff, history, test_lists
from ...record import process
from ...record.checks import source_key
from ...record.loader import Record
from ...record.model import Capability, Guideline, Mark, Section, Status
from ...record.problems import Problem
from .. import pages
from . import findings
from .common import cite, component, counts, guideline_link, mark, neighbours, program_title, project, test, test_page

View = dict[str, Any]


def view(record: Record, key: str, problems: list[Problem]) -> View:
    """The view of the guideline ``program/id``."""
    guideline = record.guidelines[key]
    family = record.program(guideline.program)
    before, after = neighbours(family, family.index(guideline))
    replaced = f"{guideline.program}/{guideline.replaces.removeprefix(guideline.program + '.')}"
    seen: set[str] = set()
    entry = record.catalogue.entry("programs", guideline.program) or {}
    return guideline_link(record, guideline) | {
        "data": {"json": pages.data(guideline), "csv": pages.table(guideline)},
        "today": _today(record, guideline),
        "lists": _lists(record, guideline),
        "cite": cite(record, "guideline", key),
        "program": program_title(record, guideline.program),
        "about": entry.get("description", ""),
        "matrix": pages.matrix(guideline.program),
        "official_id": guideline.official_id,
        "counts": counts(guideline),
        "replaces": guideline.replaces,
        "replaces_to": pages.guideline(replaced) if replaced in record.guidelines else "",
        "replaced_by": [
            guideline_link(record, other)
            for other in family
            if other.replaces and other.replaces == guideline.official_id
        ],
        "findings": findings.of_guideline(record, guideline),
        "document": _document(record, guideline),
        "changes": _changes(record, guideline, family),
        "approval": guideline.target_approval.removeprefix(f"{guideline.program}."),
        "releases": [_release(record, name) for name in guideline.releases],
        "cutoff": guideline.cutoff,
        "marks": [
            _mark(record, guideline, item, kind)
            for kind, items in (("Platform", guideline.platforms), ("Add-on", guideline.add_ons))
            for item in items
        ],
        "components": [_component(record, guideline, name, seen) for name in guideline.components],
        "unlisted": [_capability(record, guideline, name, seen) for name in _unlisted(guideline)],
        "sections": [_section(record, item) for item in _in_order(record, guideline)],
        "criteria": [
            _criterion(record, item) for item in sorted(guideline.criteria.values(), key=lambda c: (-c.weight, c.key))
        ],
        "weights": sum(item.weight for item in guideline.criteria.values()),
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
            for p in problems
            if p.path == guideline.path
        ],
        "previous": guideline_link(record, before) if before else None,
        "next": guideline_link(record, after) if after else None,
    }


def _release(record: Record, name: str) -> View:
    entry = record.catalogue.entry("releases", name) or {}
    return {"name": name.capitalize(), "series": entry.get("series", ""), "date": entry.get("date", "")}


def _mark(record: Record, guideline: Guideline, item: Mark, kind: str) -> View:
    def references(items: Any) -> list[View]:
        result = []
        for reference in items:
            key = source_key(reference.source)
            own = reference.name in guideline.components
            shown = component(record.catalogue, reference.name)
            shown["to"] = f"#{reference.name}" if own else pages.guideline(key) if key in record.guidelines else ""
            shown["from"] = "" if own else key
            result.append(shown)
        return result

    return {
        "name": item.name,
        "kind": kind,
        "components": references(item.components),
        "required": references(item.required),
        "optional": references(item.optional),
    }


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
        "counts": [mark(s) | {"number": len(given.capabilities[s])} for s in Status],  # type: ignore[operator]
        "sections": [{"mark": mark(status), "projects": list(projects)} for status, projects in given.sections.items()],
    }


def _capability(record: Record, guideline: Guideline, name: str, seen: set[str]) -> View:
    """A row for ``name``; its tests and its anchor stand only where it is shown first."""
    first = name not in seen
    seen.add(name)
    given = guideline.capabilities.get(name)
    row: View = {
        "name": name,
        "to": pages.capability(name),
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


def _today(record: Record, guideline: Guideline) -> View:
    """How many of the required tests today's suites still have; empty if they were never read."""
    if not record.drift.date:
        return {}
    required = diff.required_tests(record, guideline)
    there = {key: test for key in required if (test := record.drift.tests.get(key))}
    gone = sorted(required.keys() - there.keys())
    return {
        "date": record.drift.date,
        "suites": [f"{name} {version}" for name, version in record.drift.suites.items()],
        "required": len(required),
        "there": len(there),
        "renamed": sum(test.name not in required[key].names for key, test in there.items()),
        "gone": [{"name": min(required[key].names), "to": test_page(record, key)} for key in gone],
    }


def _lists(record: Record, guideline: Guideline) -> list[View]:
    """The published test lists, by target and statuses, each with its four forms and their numbers of lines."""
    found: dict[tuple[str, str], list[View]] = {}
    for target in test_lists.targets(record, guideline):
        for wanted, aliases, flagged in product(test_lists.PUBLISHED, (True, False), (True, False)):
            lines = test_lists.lines(record, guideline, target, wanted, aliases=aliases, flagged=flagged)
            path = test_lists.path(guideline, target, wanted, aliases=aliases, flagged=flagged)
            if lines:
                form = {"aliases": aliases, "flagged": flagged, "number": len(lines), "path": path}
                found.setdefault((target, "+".join(wanted)), []).append(form)
    return [{"target": target, "types": types, "forms": forms} for (target, types), forms in found.items()]


def _document(record: Record, guideline: Guideline) -> View:
    key = process.document_of(record.catalogue, guideline)
    return {"key": key, "to": pages.document(record, key)} if key else {}


def _changes(record: Record, guideline: Guideline, family: list[Guideline]) -> list[View]:
    """The comparisons a reader looks for: with the guideline before, and with the latest dated one."""
    before, _ = neighbours(family, family.index(guideline))
    dated = [other for other in family if not other.is_draft]
    pairs = [("since", before, guideline)] if before else []
    if dated and family.index(dated[-1]) > family.index(guideline):
        pairs.append(("until", guideline, dated[-1]))
    return [{"word": word, "id": a.id if word == "since" else b.id, "to": pages.diff(a, b)} for word, a, b in pairs]


def _tests(record: Record, given: Capability, seen: set[str]) -> list[View]:
    """The tests by name; an id that stands on several names is an anchor only once."""
    rows = []
    for item in sorted(given.tests, key=lambda item: item.name):
        anchor = pages.test_anchor(item.id)
        anchor = "" if anchor in seen else anchor
        seen.add(anchor)
        rows.append(test(record.catalogue, item) | {"anchor": anchor})
    return rows


def _unlisted(guideline: Guideline) -> list[str]:
    return [name for name in sorted(guideline.capabilities) if not guideline.statuses(name)]


def _in_order(record: Record, guideline: Guideline) -> list[Section]:
    order = history.projects(record)
    return sorted(guideline.sections, key=lambda section: (order.index(section.project), section.status))


def _section(record: Record, given: Section) -> View:
    texts = record.catalogue.data["sections"].get(given.project, {})
    return project(record.catalogue, given.project) | {
        "to": pages.section(given.project),
        "mark": mark(given.status),
        "guidance": record.catalogue.wording("guidance", given.guidance),
        "parts": [
            {"name": p.name, "designated": p.designated, "text": p.text or texts.get(p.name, {}).get("text", "")}
            for p in given.parts
        ],
    }


def _criterion(record: Record, given: Any) -> View:
    entry = record.catalogue.entry("criteria", given.key) or {}
    return {
        "key": given.key,
        "weight": given.weight,
        "name": entry.get("name") or given.name or given.key,
        "group": entry.get("group", ""),
        "description": entry.get("description") or given.description,
    }
