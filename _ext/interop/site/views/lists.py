"""Home, and the lists of guidelines, capabilities and projects."""

from __future__ import annotations

from typing import Any

from ...analysis import history, rules
from ...record.loader import Record
from ...record.model import Guideline, Section, Status
from ...record.problems import Problem
from ...record.schemas import SECTION_STATUSES
from .. import pages, redirects
from .common import component, counts, guideline_link, mark, program_title, project

View = dict[str, Any]


def standing(record: Record, program: str) -> View:
    """Where a program stands: the latest dated guideline, the one before, and the draft."""
    dated = [guideline for guideline in record.program(program) if not guideline.is_draft]
    draft = next((guideline for guideline in record.program(program) if guideline.is_draft), None)
    entry = record.catalogue.entry("programs", program) or {}

    def shown(guideline: Guideline | None) -> View | None:
        if guideline is None:
            return None
        return guideline_link(record, guideline) | {"releases": list(guideline.releases)} | counts(guideline)

    return {
        "program": program,
        "title": program_title(record, program),
        "kind": entry.get("kind", ""),
        "description": entry.get("description", ""),
        "matrix": pages.matrix(program),
        "latest": shown(dated[-1] if dated else None),
        "previous": shown(dated[-2] if len(dated) > 1 else None),
        "draft": shown(draft),
        "number": len(dated),
    }


def home(record: Record, key: str, problems: list[Problem]) -> View:
    """Where each program stands today."""
    return {
        "programs": [standing(record, program) for program in record.programs()],
        "fragments": [{"old": old, "to": to} for old, to in redirects.FRAGMENTS.items()],
    }


def guidelines(record: Record, key: str, problems: list[Problem]) -> View:
    """Every guideline that is known, by program: those held, and those of which only the existence is known."""
    programs = []
    known = record.catalogue.data["known"]
    names = [*record.programs(), *(key.partition("/")[0] for key in known)]
    for program in dict.fromkeys(names):
        rows = [_row(record, guideline) for guideline in record.program(program)]
        rows += [
            {"id": key.partition("/")[2], "held": False} | entry
            for key, entry in known.items()
            if key.startswith(f"{program}/") and key not in record.guidelines
        ]
        rows.sort(key=lambda row: (row["id"] != "next", row["id"]), reverse=False)
        rows = [row for row in rows if row["id"] == "next"] + [r for r in reversed(rows) if r["id"] != "next"]
        entry = record.catalogue.entry("programs", program) or {}
        programs.append(
            {
                "program": program,
                "title": program_title(record, program),
                "description": entry.get("description", ""),
                "matrix": pages.matrix(program) if record.program(program) else "",
                "rows": rows,
            }
        )
    held = len(record.guidelines)
    return {"programs": programs, "held": held, "known": len([key for key in known if key not in record.guidelines])}


def _row(record: Record, guideline: Guideline) -> View:
    replaced = guideline.replaces.removeprefix(f"{guideline.program}.")
    key = f"{guideline.program}/{replaced}"
    return (
        guideline_link(record, guideline)
        | counts(guideline)
        | {
            "held": True,
            "replaces": replaced,
            "replaces_to": pages.guideline(key) if key in record.guidelines else "",
            "releases": list(guideline.releases),
            "findings": sum(not found.known for found in rules.report(record).findings[guideline.key]),
            "approval": guideline.target_approval.removeprefix(f"{guideline.program}."),
        }
    )


def capabilities(record: Record, key: str, problems: list[Problem]) -> View:
    """Every capability of every program, by project, with where it stands in the latest dated guideline."""
    having: dict[str, dict[str, list[Guideline]]] = {}
    home: dict[str, str] = {}
    for guideline in record.guidelines.values():
        for name, capability in guideline.capabilities.items():
            having.setdefault(name, {}).setdefault(guideline.program, []).append(guideline)
            home[name] = capability.project
    projects = []
    for owner in history.in_order(record, set(home.values())):
        names = sorted(name for name in home if home[name] == owner)
        rows = [_capability_row(record, name, having[name]) for name in names]
        projects.append(project(record.catalogue, owner) | {"rows": rows})
    programs = [
        {"title": program_title(record, name), "to": pages.matrix(name), "number": len(record.program(name))}
        for name in record.programs()
    ]
    return {
        "projects": projects,
        "programs": programs,
        "number": sum(len(item["rows"]) for item in projects),
        "letters": [mark(status) for status in Status],
    }


def _capability_row(record: Record, name: str, programs: dict[str, list[Guideline]]) -> View:
    where = []
    for program, having in programs.items():
        dated = [guideline for guideline in record.program(program) if not guideline.is_draft]
        latest = dated[-1] if dated else record.program(program)[-1]
        status = history.strongest(history.statuses(record, latest, name))
        where.append(
            {
                "program": program_title(record, program),
                "mark": mark(status),
                "latest": latest.id,
                "first": having[0].id,
                "last": having[-1].id,
                "last_to": pages.guideline(having[-1].key, name),
            }
        )
    return {
        "name": name,
        "to": pages.capability(name),
        "description": record.catalogue.entry("capabilities", name)
        or next(iter(programs.values()))[-1].capabilities[name].description,
        "where": where,
    }


def _telling(found: list[tuple[Guideline, tuple[Section, ...]]]) -> tuple[Guideline, tuple[Section, ...]]:
    """Of each program's latest guideline, dated if there is one, the one where the sections weigh most."""
    latest = {}
    for guideline, items in sorted(found, key=lambda pair: (not pair[0].is_draft, pair[0].id)):
        latest[guideline.program] = guideline, items
    return min(latest.values(), key=lambda pair: SECTION_STATUSES.index(pair[1][0].status))


def sections(record: Record, key: str, problems: list[Problem]) -> View:
    """The projects that have designated sections, and in which guidelines."""
    rows = []
    for name in history.projects(record):
        found = list(history.sections(record, name))
        latest, last_sections = _telling(found)
        entry = record.catalogue.entry("projects", name) or {}
        rows.append(
            project(record.catalogue, name)
            | {
                "to": pages.section(name),
                "description": entry.get("description", ""),
                "number": len(found),
                "latest": guideline_link(record, latest),
                "marks": [mark(item.status) for item in last_sections],
                "parts": sum(len(item.parts) for item in last_sections),
                "designated": sum(part.designated for item in last_sections for part in item.parts),
            }
        )
    return {"rows": rows, "components": [component(record.catalogue, n) for n in record.catalogue.data["components"]]}
