"""The requirements of one guideline: capabilities by component, designated sections, criteria."""

from __future__ import annotations

from ...analysis.analysis import Analysis
from ...record.model import Capability, Criterion, Guideline, Section, Status, is_capability
from ...record.record import Record
from .. import urls
from . import numbers
from .common import View, capability, component, designation, evidence, mark, project, test
from .history import Marks


def content(analysis: Analysis, guideline: Guideline) -> View:
    """The capabilities by component, the designated sections and the criteria of a guideline."""
    marks = Marks(analysis, guideline)
    seen: set[str] = set()
    criteria = sorted(guideline.criteria.values(), key=lambda c: (-c.weight, c.key))
    return {
        "components": [_component(analysis, guideline, name, seen, marks) for name in guideline.components],
        "unlisted": [_capability(analysis.record, guideline, name, seen, marks) for name in _unlisted(guideline)],
        "sections": [
            _section(analysis.record, item) | {"marks": marks.of("section", item.project)}
            for item in _in_order(analysis, guideline)
        ],
        "criteria": [_criterion(analysis.record, item) | {"marks": marks.of("weight", item.key)} for item in criteria],
        "weights": sum(guideline.weights.values()),
        "marks_of_facts": marks.of_facts(),
    }


def _component(analysis: Analysis, guideline: Guideline, name: str, seen: set[str], marks: Marks) -> View:
    record, given = analysis.record, guideline.components[name]
    groups = []
    for status in Status:
        names = given.capabilities[status]
        if names:
            known = sorted(filter(is_capability, names))
            rest = sorted(name for name in names if not is_capability(name))
            rows = [_capability(record, guideline, item, seen, marks) for item in (*known, *rest)]
            counted = numbers.of_capabilities(analysis, guideline, names)
            groups.append(counted | {"mark": mark(status), "rows": rows, "known": len(known), "not_known": len(rest)})
    return component(record.catalogue, name) | {
        "groups": groups,
        "counts": [{"status": s.value, "number": sum(map(is_capability, given.capabilities[s]))} for s in Status],
        "sections": [{"mark": mark(status), "projects": list(projects)} for status, projects in given.sections.items()],
    }


def _capability(record: Record, guideline: Guideline, name: str, seen: set[str], marks: Marks) -> View:
    """A row for ``name``; only the first row of a capability on the page (not in ``seen``) has its tests and anchor."""
    first = name not in seen
    seen.add(name)
    given = guideline.capabilities.get(name)
    row: View = capability(guideline, name) | {
        "anchor": name,
        "first": first,
        "marks": marks.of("capability", name) if first else [],
        "defined": given is not None,
        "description": record.catalogue.entry("capabilities", name) or (given.description if given else ""),
        "tests_number": len(given.tests) if given else 0,
        "flagged": given.flagged if given else 0,
    }
    if given is None:
        return row
    score = guideline.score(name)
    return row | {
        "project": project(record.catalogue, given.project),
        "score": score,
        "below": score is not None and guideline.cutoff is not None and score < guideline.cutoff,
        "evidence": evidence(given.evidence),
        "remark": given.remark,
        "admin": given.admin,
        "carried": given.carried.get("status", ""),
        "tests": _tests(record, given, seen, marks) if first else [],
    }


def _tests(record: Record, given: Capability, seen: set[str], marks: Marks) -> list[View]:
    """The tests by name; if several have the same id, only the first has the anchor."""
    rows = []
    for item in sorted(given.tests, key=lambda item: item.name):
        anchored = item.id is not None and item.id not in seen
        changed = marks.of("test", given.name, item.name)
        rows.append(test(record.catalogue, item) | {"anchored": anchored, "marks": changed})
        seen.add(item.id or "")
    return rows


def _unlisted(guideline: Guideline) -> list[str]:
    return [name for name in sorted(guideline.capabilities) if not guideline.statuses(name)]


def _in_order(analysis: Analysis, guideline: Guideline) -> list[Section]:
    order = analysis.projects()
    return sorted(guideline.sections, key=lambda section: (order.index(section.project), section.status))


def _section(record: Record, given: Section) -> View:
    return project(record.catalogue, given.project) | {
        "to": urls.section(given.project),
        "mark": mark(given.status),
        "guidance": record.catalogue.wording("guidance", given.guidance),
        "designation": designation(record.catalogue, given),
        "parts": [
            {"name": p.name, "designated": p.designated, "text": record.catalogue.part_text(given.project, p)}
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
