"""The model of a guideline, as frozen data. Field names follow the working group's schema 2.0."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from .ids import month, official_id, source_key, without_program
from .schemas import SECTION_STATUSES


class Status(StrEnum):
    """Status of a capability in a component, from the strongest to the weakest."""

    REQUIRED = "required"
    ADVISORY = "advisory"
    DEPRECATED = "deprecated"
    REMOVED = "removed"


@dataclass(frozen=True)
class Flag:
    """The flag of a test, which is then not required to pass. ``code`` is D400 to D406 or empty.

    ``reason`` and ``action`` are catalogue keys or free text. All four fields are empty in schema 1.2, which only lists
    the flagged tests.
    """

    date: str = ""
    code: str = ""
    reason: str = ""
    action: str = ""


@dataclass(frozen=True)
class Test:
    """A must-pass test: its name in this guideline, and its idempotent id (a UUID) if the file has one."""

    name: str
    id: str | None = None
    aliases: tuple[str, ...] = ()
    flag: Flag | None = None


@dataclass(frozen=True)
class Capability:
    """A capability as one guideline defines it; ``carried`` has the fields that only schemas 1.0 and 1.2 have."""

    name: str
    project: str
    achievements: tuple[str, ...]
    admin: bool
    tests: tuple[Test, ...]
    required_since: str = ""
    description: str = ""
    carried: dict[str, Any] = field(default_factory=dict)

    @property
    def flagged(self) -> int:
        """The number of its tests that are flagged."""
        return sum(test.flag is not None for test in self.tests)


@dataclass(frozen=True)
class Component:
    """A component: its capabilities by status, and the projects whose designated sections apply to it."""

    name: str
    capabilities: dict[Status, tuple[str, ...]]
    sections: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Reference:
    """A component that a mark requires; ``source`` is the URL of the guideline that defines it, if another does."""

    name: str
    source: str = ""

    @property
    def source_key(self) -> str:
        """``program/id`` of that guideline, or an empty text."""
        return source_key(self.source)


@dataclass(frozen=True)
class Mark:
    """A mark of the platform or of an add-on: its name, and the components that a product must satisfy."""

    name: str
    components: tuple[Reference, ...]
    required: tuple[Reference, ...] = ()
    optional: tuple[Reference, ...] = ()
    description: str = ""


@dataclass(frozen=True)
class Part:
    """One named section of a project's code, and whether it is designated."""

    name: str
    designated: bool
    text: str = ""


@dataclass(frozen=True)
class Section:
    """The designated sections of a project under one status. ``guidance`` is a catalogue key or free text."""

    project: str
    status: str
    parts: tuple[Part, ...]
    guidance: str = ""
    required: bool | None = None


@dataclass(frozen=True)
class Criterion:
    """A scoring criterion and the points a capability gets for meeting it."""

    key: str
    weight: int
    name: str = ""
    description: str = ""


@dataclass(frozen=True)
class Repository:
    """A repository of tests: its URL, and the commit or branch with which the tests were tried."""

    name: str
    address: str
    reference: str = ""
    description: str = ""


@dataclass(frozen=True)
class Origin:
    """The official file that facts were read from."""

    repository: str
    path: str
    commit: str = ""
    sha256: str = ""


@dataclass(frozen=True, eq=False)
class Guideline:
    """One guideline. ``id`` is without the program: ``2020.06`` or ``next``; ``path`` is the file it was read from."""

    program: str
    id: str
    status: str
    releases: tuple[str, ...]
    criteria: dict[str, Criterion]
    components: dict[str, Component]
    capabilities: dict[str, Capability]
    sections: tuple[Section, ...]
    platforms: tuple[Mark, ...] = ()
    add_ons: tuple[Mark, ...] = ()
    repositories: tuple[Repository, ...] = ()
    cutoff: int | None = None
    replaces: str = ""
    target_approval: str = ""
    origin_schema: str = "2.0"
    completeness: str = "complete"
    sources: tuple[Origin, ...] = ()
    notes: tuple[str, ...] = ()
    reference: str = ""
    source: str = ""
    path: str = ""

    @property
    def key(self) -> str:
        """``program/id``, the name of the guideline in commands and URLs."""
        return f"{self.program}/{self.id}"

    @property
    def official_id(self) -> str:
        """The id as the working group writes it: ``2020.06``, ``dns.2020.06``."""
        return official_id(self.program, self.id)

    @property
    def is_draft(self) -> bool:
        """Whether this is the draft of the next guideline; its id is ``next``."""
        return self.id == "next"

    @property
    def is_scoring(self) -> bool:
        """Whether this is a scoring from before the first guideline; its id is a release, such as ``havana``."""
        return self.origin_schema == "1.0"

    @property
    def replaces_id(self) -> str:
        """The id of the guideline that this one replaces, without the program; empty if the file does not give it."""
        return without_program(self.program, self.replaces)

    @property
    def replaces_key(self) -> str:
        """``program/id`` of the guideline that this one replaces."""
        return f"{self.program}/{self.replaces_id}"

    @property
    def approval(self) -> str:
        """The target approval as the file gives it: a month or a day; empty if the file does not give it."""
        return without_program(self.program, self.target_approval)

    @property
    def approval_month(self) -> str:
        """The month of the target approval, such as ``2016.08``; empty if the file does not give it."""
        return month(self.approval)

    def required_since(self, capability: str) -> str:
        """The id of the first guideline to require ``capability`` according to the file, or an empty text."""
        return without_program(self.program, self.capabilities[capability].required_since)

    @cached_property
    def weights(self) -> dict[str, int]:
        """The weight of each criterion."""
        return {key: criterion.weight for key, criterion in self.criteria.items()}

    def score(self, capability: str) -> int:
        """Sum of the weights of the criteria that the capability meets. Unknown criteria count 0."""
        return sum(self.weights.get(key, 0) for key in self.capabilities[capability].achievements)

    def statuses(self, capability: str) -> dict[str, Status]:
        """Status of ``capability`` by component, the strongest if a component lists it twice."""
        return self._statuses.get(capability, {})

    def requires(self, capability: str) -> bool:
        """Whether any component requires ``capability``."""
        return Status.REQUIRED in self.statuses(capability).values()

    @cached_property
    def _statuses(self) -> dict[str, dict[str, Status]]:
        found: dict[str, dict[str, Status]] = {}
        for component in self.components.values():
            for status in Status:
                for name in component.capabilities[status]:
                    found.setdefault(name, {}).setdefault(component.name, status)
        return found

    def section(self, project: str) -> tuple[Section, ...]:
        """The designated sections of ``project``, strongest status first."""
        mine = [section for section in self.sections if section.project == project]
        return tuple(sorted(mine, key=lambda section: SECTION_STATUSES.index(section.status)))
