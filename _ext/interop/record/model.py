"""The model of a guideline, as frozen data. Field names follow the working group's schema 2.0."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from .ids import month, official_id, source_key, without_program
from .problems import KeyPath
from .schemas import SECTION_STATUSES


class Status(StrEnum):
    """Status of a capability in a component, from the strongest to the weakest.

    ``unknown`` is not a status of the official schemas: in a partial file, it is one that no source tells.
    """

    REQUIRED = "required"
    ADVISORY = "advisory"
    DEPRECATED = "deprecated"
    REMOVED = "removed"
    UNKNOWN = "unknown"


#: The statuses of the official schemas.
OFFICIAL = (Status.REQUIRED, Status.ADVISORY, Status.DEPRECATED, Status.REMOVED)
#: How the name of a group of tests begins, in the place of the name of their capability, which has no colon.
GROUP = "group:"


@dataclass(frozen=True)
class Evidence:
    """How certain a fact of a partial file is, and the keys of its sources; see ``catalogue/evidence.yaml``."""

    grade: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class EvidenceSource:
    """A source of a partial file: its title and address; path, commit and day (``YYYY-MM-DD``) if it has them."""

    title: str
    address: str
    path: str = ""
    commit: str = ""
    date: str = ""


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
    evidence: Evidence | None = None


def is_capability(name: str) -> bool:
    """Whether this is the name of a capability, and not that of a group of tests."""
    return not name.startswith(GROUP)


@dataclass(frozen=True)
class Capability:
    """A capability as one guideline defines it; ``carried`` has the fields that only schema 1.2 has.

    In a partial file, also a group of tests whose capability is not known: :attr:`known` is False, and ``remark`` tells
    what is likely. A group has no page, no description and no place in comparisons of capabilities.
    """

    name: str
    project: str
    achievements: tuple[str, ...]
    admin: bool
    tests: tuple[Test, ...]
    required_since: str = ""
    description: str = ""
    carried: dict[str, Any] = field(default_factory=dict)
    evidence: Evidence | None = None
    remark: str = ""

    @property
    def known(self) -> bool:
        """Whether this is a capability, and not a group of tests whose capability is not known."""
        return is_capability(self.name)

    @property
    def place(self) -> KeyPath:
        """Its place in the file."""
        return ("capabilities", self.name) if self.known else ("groups", self.name.removeprefix(GROUP))

    @property
    def flagged(self) -> int:
        """The number of its tests that are flagged."""
        return sum(test.flag is not None for test in self.tests)


@dataclass(frozen=True)
class Component:
    """A component: its capabilities by status, and the projects whose designated sections apply to it.

    Groups of tests whose capability is not known follow the capabilities of the same status.
    """

    name: str
    capabilities: dict[Status, tuple[str, ...]]
    sections: dict[str, tuple[str, ...]]

    def entries(self) -> Iterator[tuple[Status, str, KeyPath]]:
        """Every entry of its lists of capabilities and groups: status, name, place in the file."""
        for status, names in self.capabilities.items():
            first = sum(map(is_capability, names))
            for number, name in enumerate(names):
                kind, index = ("capabilities", number) if number < first else ("groups", number - first)
                yield status, name, ("components", self.name, kind, status.value, index)


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
    """One guideline. ``id`` is without the program: ``2020.06`` or ``next``; ``path`` is the file it was read from.

    If it is partial, ``status`` may be empty, ``evidence`` is that of the facts about it as a whole, and there are no
    criteria, scores and designated sections.
    """

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
    evidence: Evidence | None = None
    evidence_sources: dict[str, EvidenceSource] = field(default_factory=dict)
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
    def is_partial(self) -> bool:
        """Whether it is reconstructed, because its official file is not available."""
        return self.completeness == "partial"

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

    def score(self, capability: str) -> int | None:
        """Sum of the weights of the criteria that the capability meets; None if the guideline is partial.

        Unknown criteria count 0.
        """
        if self.is_partial:
            return None
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
