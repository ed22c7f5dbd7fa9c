"""The record over time: one capability, or one project's designated sections, through all guidelines of a program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..record.loader import Record
from ..record.model import Capability, Guideline, Section, Status, Test
from ..record.upgrade import UUID


@lru_cache(maxsize=1)
def capability_names(record: Record) -> list[str]:
    """Every capability that a guideline defines or lists, sorted."""
    names: set[str] = set()
    for guideline in record.guidelines.values():
        names.update(guideline.capabilities)
        for component in guideline.components.values():
            for listed in component.capabilities.values():
                names.update(listed)
    return sorted(names)


@lru_cache(maxsize=1)
def families(record: Record) -> dict[tuple[str, str], list[str]]:
    """Capabilities by project and the first word of their name, sorted."""
    found: dict[tuple[str, str], set[str]] = {}
    for guideline in record.guidelines.values():
        for name, capability in guideline.capabilities.items():
            found.setdefault((capability.project, name.split("-")[0]), set()).add(name)
    return {key: sorted(names) for key, names in found.items()}


def components(record: Record, program: str) -> list[str]:
    """The components of a program by today's names, in the order they came up."""
    names = (record.catalogue.component(name) for g in record.program(program) for name in g.components)
    return list(dict.fromkeys(names))


def statuses(record: Record, guideline: Guideline, capability: str) -> dict[str, Status]:
    """Status of a capability in a guideline by component, under today's names of the components."""
    found = guideline.statuses(capability)
    return {record.catalogue.component(name): status for name, status in found.items()}


def strongest(found: dict[str, Status]) -> Status | None:
    """The strongest of several statuses: required, advisory, deprecated, removed."""
    return min(found.values(), key=list(Status).index, default=None)


@dataclass(frozen=True)
class Line:
    """One test through the guidelines of a program: its latest name, its id, and by guideline id the test there."""

    name: str
    id: str | None
    tests: dict[str, tuple[Test, ...]]


def definitions(record: Record, program: str, capability: str) -> dict[str, Capability]:
    """The definition of a capability by guideline id, oldest first."""
    return {g.id: g.capabilities[capability] for g in record.program(program) if capability in g.capabilities}


@lru_cache(maxsize=1)
def test_ids(record: Record) -> dict[str, str]:
    """Every test name and alias that a file ties to exactly one idempotent id, with that id.

    Schema 1.2 names tests without ids; this is how they are recognised.
    """
    ids: dict[str, set[str]] = {}
    for guideline in record.guidelines.values():
        for capability in guideline.capabilities.values():
            for test in capability.tests:
                if test.id:
                    for name in (test.name, *test.aliases):
                        ids.setdefault(name, set()).add(test.id)
    return {name: next(iter(found)) for name, found in ids.items() if len(found) == 1}


def test_key(test: Test, ids: dict[str, str]) -> str:
    """What a test is known by: its id, the id that other files tie to its name (:func:`test_ids`), or the name."""
    return test.id or ids.get(test.name) or test.name


@dataclass(frozen=True)
class Place:
    """Where a test stands: a capability of a guideline, as ``test`` says it there."""

    guideline: Guideline
    capability: str
    test: Test


@lru_cache(maxsize=1)
def test_places(record: Record) -> dict[str, list[Place]]:
    """Every test of the record by its key, with all its places, guidelines in the order of the record."""
    ids = test_ids(record)
    found: dict[str, list[Place]] = {}
    for guideline in record.guidelines.values():
        for name, capability in guideline.capabilities.items():
            for test in capability.tests:
                found.setdefault(test_key(test, ids), []).append(Place(guideline, name, test))
    return found


def latest(places: list[Place]) -> Place:
    """Where the newest dated guideline has a test; a draft counts only if no other has it."""
    return max(places, key=lambda place: (not place.guideline.is_draft, place.guideline.id))


def is_id(key: str) -> bool:
    """Whether the key of a test is an idempotent id, and so has a page, rather than a name that no file ties to one."""
    return UUID.fullmatch(key) is not None


def test_lines(defined: dict[str, Capability], ids: dict[str, str]) -> list[Line]:
    """The tests of a capability's ``defined`` versions, one line an idempotent id (or name, where none is known)."""
    seen: dict[str, dict[str, list[Test]]] = {}
    for guideline, capability in defined.items():
        for test in capability.tests:
            key = test_key(test, ids)
            seen.setdefault(key, {}).setdefault(guideline, []).append(test)
    lines = []
    for key, by_guideline in seen.items():
        latest = next(reversed(by_guideline.values()))[0]
        id = key if key != latest.name else None
        lines.append(Line(latest.name, id, {g: tuple(tests) for g, tests in by_guideline.items()}))
    return sorted(lines, key=lambda line: line.name)


def projects(record: Record) -> list[str]:
    """The projects that have designated sections in any guideline, in the catalogue's order."""
    return in_order(record, {section.project for g in record.guidelines.values() for section in g.sections})


def in_order(record: Record, projects: Iterable[str]) -> list[str]:
    """``projects`` in the order of the catalogue, those it does not know last."""
    order = {name: place for place, name in enumerate(record.catalogue.data["projects"])}
    return sorted(projects, key=lambda name: (order.get(name, len(order)), name))


def sections(record: Record, project: str) -> Iterator[tuple[Guideline, tuple[Section, ...]]]:
    """The designated sections of ``project`` in each guideline that has any."""
    for guideline in record.guidelines.values():
        if found := guideline.section(project):
            yield guideline, found
