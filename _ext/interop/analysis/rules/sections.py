"""Designated sections come and go by steps, like capabilities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...record.model import Guideline
from ...record.problems import KeyPath
from ..history import History
from .base import Case, Rule

#: Required and advisory sections are in a guideline; what is informational takes no position.
_HELD = ("required", "advisory")


def _statuses(guideline: Guideline, project: str) -> list[str]:
    return [section.status for section in guideline.section(project)]


@dataclass(frozen=True)
class _Thing:
    """The sections of a project as a whole, or one designated part of them."""

    project: str
    part: str = ""

    def __str__(self) -> str:
        return f"{self.project}: {self.part}" if self.part else self.project


def _sections(guideline: Guideline, statuses: tuple[str, ...]) -> dict[_Thing, KeyPath]:
    """The projects with sections of these statuses, and their designated parts, with their places."""
    found: dict[_Thing, KeyPath] = {}
    for section in guideline.sections:
        if section.status not in statuses:
            continue
        where: KeyPath = ("designated_sections", section.project, section.status)
        found.setdefault(_Thing(section.project), where)
        for part in section.parts:
            if part.designated:
                found.setdefault(_Thing(section.project, part.name), (*where, "sections", part.name))
    return found


def _advisory_first(history: History, guideline: Guideline) -> Iterator[Case]:
    before = history.record.previous(guideline)
    if before is None:
        return
    held, faulty = _sections(before, _HELD), set[str]()
    for thing, where in _sections(guideline, ("required",)).items():
        # A project that is reported stands for its parts, which come after it.
        if thing in held or thing.project in faulty:
            yield Case(where, str(thing))
            continue
        if not thing.part:
            faulty.add(thing.project)
        was = " and ".join(() if thing.part else _statuses(before, thing.project)) or "not designated"
        fault = f"{thing} is a required designated section and was {was} in {before.id}"
        yield Case(where, str(thing), fault, f"advisory in {before.id}")


def _deprecated_first(history: History, guideline: Guideline) -> Iterator[Case]:
    before = history.record.previous(guideline)
    if before is None:
        return
    now, faulty = _sections(guideline, (*_HELD, "deprecated")), set[str]()
    for thing in _sections(before, _HELD):
        where: KeyPath = now.get(_Thing(thing.project), ("designated_sections",))
        if thing in now or thing.project in faulty or "deprecated" in _statuses(before, thing.project):
            yield Case(where, str(thing))
            continue
        if not thing.part:
            faulty.add(thing.project)
        is_now = " and ".join(() if thing.part else _statuses(guideline, thing.project)) or "not designated"
        fault = f"{thing} was a designated section in {before.id} and is {is_now}"
        yield Case(where, str(thing), fault, f"deprecated in {before.id}")


def _lists_agree(history: History, guideline: Guideline) -> Iterator[Case]:
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
