"""The model of capabilities: in a component with a status, with tests, flags and evidence, as frozen data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from .problems import KeyPath


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

    @property
    def is_inferred(self) -> bool:
        """Whether no source states the fact: it is worked out or left open."""
        return self.grade == "inferred"


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
    """A must-pass test: its name in this guideline, and its idempotent id (a UUID) if the file has one.

    ``remark`` is only in a partial file: what is known of the test beyond its names and id.
    """

    name: str
    id: str | None = None
    aliases: tuple[str, ...] = ()
    flag: Flag | None = None
    evidence: Evidence | None = None
    remark: str = ""


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
