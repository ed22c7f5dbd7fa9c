"""Designated sections come and go by steps, like capabilities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...record.model import Guideline
from ...record.problems import KeyPath
from ..history import History
from .base import Case, rule

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


def _status(guideline: Guideline, thing: _Thing) -> str:
    return " and ".join(() if thing.part else _statuses(guideline, thing.project)) or "not designated"


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


def _unless_told(cases: Iterator[tuple[_Thing, Case]]) -> Iterator[Case]:
    """The cases; a part is kept where its project, which comes before its parts, is a finding already."""
    told = set[str]()
    for thing, case in cases:
        if case.fault and not thing.part:
            told.add(thing.project)
        yield replace(case, fault="") if thing.part and thing.project in told else case


@rule("each project with required sections and each designated part of them, against the guideline before", "A3.2")
def sections_advisory_first(history: History, guideline: Guideline) -> Iterator[Case]:
    """Designated sections are advisory before they are required."""
    if before := history.record.previous(guideline):
        yield from _unless_told(_now_required(before, guideline))


def _now_required(before: Guideline, guideline: Guideline) -> Iterator[tuple[_Thing, Case]]:
    held = _sections(before, _HELD)
    for thing, where in _sections(guideline, ("required",)).items():
        fault = f"{thing} is a required designated section and was {_status(before, thing)} in {before.id}"
        yield thing, Case(where, str(thing), "" if thing in held else fault, f"advisory in {before.id}")


@rule(
    "each project with required or advisory sections in the guideline before, and each designated part of them", "A3.1"
)
def sections_deprecated_first(history: History, guideline: Guideline) -> Iterator[Case]:
    """Designated sections are deprecated before they go."""
    if before := history.record.previous(guideline):
        yield from _unless_told(_kept(before, guideline))


def _kept(before: Guideline, guideline: Guideline) -> Iterator[tuple[_Thing, Case]]:
    now = _sections(guideline, (*_HELD, "deprecated"))
    for thing in _sections(before, _HELD):
        where: KeyPath = now.get(_Thing(thing.project), ("designated_sections",))
        kept = thing in now or "deprecated" in _statuses(before, thing.project)
        fault = f"{thing} was a designated section in {before.id} and is {_status(guideline, thing)}"
        yield thing, Case(where, str(thing), "" if kept else fault, f"deprecated in {before.id}")


@rule("each project that a component names", "D3.3")
def sections_agree(history: History, guideline: Guideline) -> Iterator[Case]:
    """A component names designated sections by the status they have."""
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
