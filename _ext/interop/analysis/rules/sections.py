"""Designated sections come and go by steps, like capabilities."""

from __future__ import annotations

from collections.abc import Iterator

from ...record.loader import Record
from ...record.model import Guideline
from ...record.yaml_reader import KeyPath
from .base import Case, Rule, previous

#: Required and advisory sections are in a guideline; what is informational takes no position.
_HELD = ("required", "advisory")


def _statuses(guideline: Guideline, project: str) -> list[str]:
    return [section.status for section in guideline.section(project)]


def _sections(guideline: Guideline, statuses: tuple[str, ...]) -> dict[str, KeyPath]:
    """The projects with sections of these statuses, and their designated parts as ``project: part``, with places."""
    found: dict[str, KeyPath] = {}
    for section in guideline.sections:
        if section.status not in statuses:
            continue
        where: KeyPath = ("designated_sections", section.project, section.status)
        found.setdefault(section.project, where)
        for part in section.parts:
            if part.designated:
                found.setdefault(f"{section.project}: {part.name}", (*where, "sections", part.name))
    return found


def _told(faulty: set[str], name: str) -> bool:
    """Whether the project of a part has been told of already."""
    return name.partition(":")[0] in faulty


def _advisory_first(record: Record, guideline: Guideline) -> Iterator[Case]:
    before = previous(record, guideline)
    if before is None:
        return
    held, faulty = _sections(before, _HELD), set[str]()
    for name, where in _sections(guideline, ("required",)).items():
        if name in held or _told(faulty, name):
            yield Case(where, name)
            continue
        faulty.add(name)
        was = " and ".join(_statuses(before, name)) or "not designated"
        fault = f"{name} is a required designated section and was {was} in {before.id}"
        yield Case(where, name, fault, f"advisory in {before.id}")


def _deprecated_first(record: Record, guideline: Guideline) -> Iterator[Case]:
    before = previous(record, guideline)
    if before is None:
        return
    now, faulty = _sections(guideline, (*_HELD, "deprecated")), set[str]()
    for name in _sections(before, _HELD):
        project = name.partition(":")[0]
        where: KeyPath = now.get(project, ("designated_sections",))
        if name in now or _told(faulty, name) or "deprecated" in _statuses(before, project):
            yield Case(where, name)
            continue
        faulty.add(name)
        is_now = " and ".join(_statuses(guideline, name)) or "not designated"
        fault = f"{name} was a designated section in {before.id} and is {is_now}"
        yield Case(where, name, fault, f"deprecated in {before.id}")


def _lists_agree(record: Record, guideline: Guideline) -> Iterator[Case]:
    for component in guideline.components.values():
        for status, projects in component.sections.items():
            for number, project in enumerate(projects):
                defined = _statuses(guideline, project)
                where = ("components", component.name, "designated_sections", status, number)
                if not defined or status in defined:
                    yield Case(where, project)
                    continue
                fault = f"{component.name} names the sections of {project} as {status}, but they are {defined[0]}"
                yield Case(where, project, fault, "one status")


RULES = (
    Rule(
        "sections-advisory-first",
        "Designated sections are advisory before they are required",
        "each project with required sections and each designated part of them, against the guideline before",
        "A3.2",
        _advisory_first,
    ),
    Rule(
        "sections-deprecated-first",
        "Designated sections are deprecated before they go",
        "each project with required or advisory sections in the guideline before, and each designated part of them",
        "A3.1",
        _deprecated_first,
    ),
    Rule(
        "sections-agree",
        "A component names designated sections by the status they have",
        "each project that a component names",
        "D3.3",
        _lists_agree,
    ),
)
