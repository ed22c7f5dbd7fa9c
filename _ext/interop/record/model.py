"""The model of a guideline, as frozen data. Field names follow the working group's schema 2.0."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from .capability import (
    GROUP,
    OFFICIAL,
    Capability,
    Component,
    Evidence,
    EvidenceSource,
    Flag,
    Status,
    Test,
    is_capability,
)
from .ids import month, official_id, source_key, without_program
from .schemas import SECTION_STATUSES

__all__ = [
    "GROUP",
    "OFFICIAL",
    "Capability",
    "Component",
    "Criterion",
    "Evidence",
    "EvidenceSource",
    "Flag",
    "Guideline",
    "Mark",
    "Origin",
    "Part",
    "Reference",
    "Repository",
    "Section",
    "Status",
    "Test",
    "is_capability",
]


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
    blob: str = ""

    @property
    def swhid(self) -> str:
        """The Software Heritage id of the content (SWHID, ISO/IEC 18670), or an empty text."""
        return f"swh:1:cnt:{self.blob}" if self.blob else ""


@dataclass(frozen=True, eq=False)
class Guideline:
    """One guideline. ``id`` is without the program: ``2020.06`` or ``next``; ``path`` is the file it was read from.

    ``in_preparation`` is :func:`.standing.in_preparation`, which the loader sets, since events decide it too.
    If it is partial, ``status`` may be empty, ``evidence`` is that of the facts about it as a whole and
    ``approval_evidence`` that of what it replaces and its releases, and there are no criteria, scores and designated
    sections.
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
    approval_evidence: Evidence | None = None
    evidence_sources: dict[str, EvidenceSource] = field(default_factory=dict)
    reference: str = ""
    source: str = ""
    path: str = ""
    in_preparation: bool = False

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
    def is_partial(self) -> bool:
        """Whether it is reconstructed, because its official file is not available."""
        return self.completeness == "partial"

    @property
    def approval_inferred(self) -> bool:
        """Whether no source states what it replaces and its releases, but both follow from other guidelines."""
        return self.approval_evidence is not None and self.approval_evidence.is_inferred

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
        """Sum of the weights of the criteria that the capability meets; None if the file gives no achievements.

        The capability is then not scored, or the guideline is partial. Unknown criteria count 0.
        """
        met = self.capabilities[capability].achievements
        return sum(self.weights.get(key, 0) for key in met) if met else None

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
