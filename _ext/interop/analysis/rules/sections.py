"""Rules on statuses of designated sections: advisory before required, deprecated before removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...record.model import Guideline
from ...record.problems import KeyPath
from ..history import History
from .base import Case, rule, withdrawn

#: Informational sections are not required and only have a comment, so they do not count.
_ACTIVE = ("required", "advisory")


def _statuses(guideline: Guideline, project: str) -> list[str]:
    return [section.status for section in guideline.section(project)]


@dataclass(frozen=True)
class _Subject:
    """All sections of a project, or one designated section of it."""

    project: str
    part: str = ""

    def __str__(self) -> str:
        return f"{self.project}: {self.part}" if self.part else self.project


def _status(guideline: Guideline, subject: _Subject) -> str:
    return " and ".join(() if subject.part else _statuses(guideline, subject.project)) or "not designated"


def _sections(guideline: Guideline, statuses: tuple[str, ...]) -> dict[_Subject, KeyPath]:
    """The projects with sections of these statuses, and their designated sections, with their places."""
    found: dict[_Subject, KeyPath] = {}
    for section in guideline.sections:
        if section.status not in statuses:
            continue
        where: KeyPath = ("designated_sections", section.project, section.status)
        found.setdefault(_Subject(section.project), where)
        for part in section.parts:
            if part.designated:
                found.setdefault(_Subject(section.project, part.name), (*where, "sections", part.name))
    return found


def _once_per_project(cases: Iterator[tuple[_Subject, Case]]) -> Iterator[Case]:
    """The cases, without faults of sections whose project, which comes before its sections, already has one."""
    reported = set[str]()
    for subject, case in cases:
        if case.fault and not subject.part:
            reported.add(subject.project)
        yield replace(case, fault="") if subject.part and subject.project in reported else case


@rule(
    "each project with required sections and each designated part of them, against the guideline before",
    "A3.2",
    moment="approved",
)
def sections_advisory_first(history: History, guideline: Guideline) -> Iterator[Case]:
    """Designated sections are advisory before they are required."""
    if before := history.record.before(guideline):
        yield from _once_per_project(_now_required(before, guideline))


def _now_required(before: Guideline, guideline: Guideline) -> Iterator[tuple[_Subject, Case]]:
    active = _sections(before, _ACTIVE)
    for subject, where in _sections(guideline, ("required",)).items():
        fault = f"{subject} is a required designated section and was {_status(before, subject)} in {before.id}"
        yield subject, Case(where, str(subject), "" if subject in active else fault, f"advisory in {before.id}")


@rule(
    "each project with required or advisory sections in the guideline before, and each designated part of them",
    "A3.1",
    moment="approved",
)
def sections_deprecated_first(history: History, guideline: Guideline) -> Iterator[Case]:
    """Designated sections are deprecated before they are removed."""
    if before := history.record.before(guideline):
        yield from _once_per_project(_kept(before, guideline))


def _kept(before: Guideline, guideline: Guideline) -> Iterator[tuple[_Subject, Case]]:
    now = _sections(guideline, (*_ACTIVE, "deprecated"))
    required = _sections(before, ("required",))
    for subject in _sections(before, _ACTIVE):
        where: KeyPath = now.get(_Subject(subject.project), ("designated_sections",))
        kept = subject in now or "deprecated" in _statuses(before, subject.project)
        fault = f"{subject} was a designated section in {before.id} and is {_status(guideline, subject)}"
        explained = "" if subject in required else withdrawn("advisory")
        yield subject, Case(where, str(subject), "" if kept else fault, f"deprecated in {before.id}", explained)


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
                fault = f"{component.name} lists the sections of {project} as {status}, but they are {defined[0]}"
                yield Case(where, project, fault, "one status")
