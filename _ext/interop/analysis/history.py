"""The record over time: capabilities, tests and designated sections in all guidelines of a program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from ..record.model import Capability, Guideline, Section, Status, Test, is_capability
from ..record.record import Record
from ..record.schemas import UUID
from . import amendments, diff, lineage, test_lists
from .amendments import State
from .diff import Diff
from .facts import Facts, test_key
from .lineage import Kin
from .test_lists import Published


@dataclass(frozen=True)
class Line:
    """One test of a capability over time: its latest name, its id, and the tests with its key by guideline id."""

    name: str
    id: str | None
    tests: dict[str, tuple[Test, ...]]


@dataclass(frozen=True)
class Place:
    """An occurrence of a test: guideline, capability, and the test as that guideline has it."""

    guideline: Guideline
    capability: str
    test: Test

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the aliases of the test in this guideline."""
        return (self.test.name, *self.test.aliases)


class History:
    """What many pages and rules need to know about a record. What is compared or looked up more than once is cached."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self._facts: dict[str, Facts] = {}
        self._diffs: dict[tuple[str, str], Diff] = {}
        self._regrouped: dict[tuple[str, str], dict[str, frozenset[str]]] = {}
        self._published: dict[str, tuple[Published, ...]] = {}
        self._states: dict[str, list[State]] = {}
        self._kin: dict[str, list[Kin]] = {}

    def facts(self, guideline: Guideline) -> Facts:
        """The facts of a guideline of this record, for comparisons."""
        if guideline.key not in self._facts:
            self._facts[guideline.key] = Facts(guideline, self.record.catalogue, self.test_ids)
        return self._facts[guideline.key]

    def compare(self, a: Guideline, b: Guideline) -> Diff:
        """The comparison of two guidelines of one program, whichever is the older."""
        if (a.key, b.key) not in self._diffs:
            self._diffs[a.key, b.key] = diff.compare(self.facts(a), self.facts(b))
        return self._diffs[a.key, b.key]

    def regrouped(self, a: Guideline, b: Guideline) -> dict[str, frozenset[str]]:
        """The regrouped capabilities of ``b``, each with the capabilities of ``a`` that had its tests."""
        if (a.key, b.key) not in self._regrouped:
            self._regrouped[a.key, b.key] = lineage.regrouped(self.facts(a), self.facts(b))
        return self._regrouped[a.key, b.key]

    def published(self, guideline: Guideline) -> tuple[Published, ...]:
        """The published test lists of a guideline."""
        if guideline.key not in self._published:
            self._published[guideline.key] = tuple(test_lists.published(self.record, guideline))
        return self._published[guideline.key]

    def states(self, key: str) -> list[State]:
        """What the official file of the guideline ``key`` had in each readable revision; none if that is not known."""
        if key not in self._states:
            revisions = self.record.amendments.of(key)
            self._states[key] = amendments.replayed(revisions) if revisions else []
        return self._states[key]

    def kin_over_time(self, program: str) -> list[Kin]:
        """Where capabilities came from and went to, from each guideline of a program to the next."""
        if program not in self._kin:
            family = pairwise(self.record.program(program))
            self._kin[program] = [kin for a, b in family for kin in lineage.kin(self.facts(a), self.facts(b))]
        return self._kin[program]

    def statuses(self, guideline: Guideline, capability: str) -> dict[str, Status]:
        """Status of a capability in a guideline by component, by the current name of the component."""
        return self.facts(guideline).statuses(capability)

    @cached_property
    def capability_names(self) -> list[str]:
        """Every capability that a guideline defines or lists, sorted."""
        names: set[str] = set()
        for guideline in self.record.guidelines.values():
            names.update(guideline.capabilities)
            for component in guideline.components.values():
                for listed in component.capabilities.values():
                    names.update(listed)
        return sorted(filter(is_capability, names))

    @cached_property
    def families(self) -> dict[tuple[str, str], list[str]]:
        """Capabilities by project and the first word of their name, sorted."""
        found: dict[tuple[str, str], set[str]] = {}
        for guideline in self.record.guidelines.values():
            for name, capability in guideline.capabilities.items():
                if capability.known:
                    found.setdefault((capability.project, name.split("-")[0]), set()).add(name)
        return {key: sorted(names) for key, names in found.items()}

    @cached_property
    def sharing(self) -> dict[str, set[str]]:
        """The capabilities that share a test with a capability in any guidelines, itself among them."""
        found: dict[str, set[str]] = {}
        for places in self.test_places.values():
            names = {place.capability for place in places if is_capability(place.capability)}
            for name in names:
                found.setdefault(name, set()).update(names)
        return found

    @cached_property
    def last_listing(self) -> dict[str, Guideline]:
        """The newest guideline that lists a capability: a draft only if no other does, and a scoring last of all."""
        return {
            name: guideline
            for guideline in sorted(self.record.guidelines.values(), key=age)
            for statuses in self.facts(guideline).components.values()
            for name in statuses
        }

    def components(self, program: str) -> list[str]:
        """The components of a program by their current names, in the order of their first guideline."""
        catalogue = self.record.catalogue
        names = (catalogue.component(name) for g in self.record.program(program) for name in g.components)
        return list(dict.fromkeys(names))

    def knows(self, program: str, capability: str) -> bool:
        """Whether any guideline of a program defines or lists a capability."""
        return any(capability in g.capabilities or g.statuses(capability) for g in self.record.program(program))

    def defining(self, capability: str) -> list[Guideline]:
        """The guidelines that define a capability, the scorings first, which are the oldest."""
        having = [guideline for guideline in self.record.guidelines.values() if capability in guideline.capabilities]
        return sorted(having, key=lambda guideline: not guideline.is_scoring)

    def definitions(self, program: str, capability: str) -> dict[str, Capability]:
        """The definition of a capability by guideline id, oldest first."""
        family = self.record.program(program)
        return {g.id: g.capabilities[capability] for g in family if capability in g.capabilities}

    @cached_property
    def test_ids(self) -> dict[str, str]:
        """The idempotent id of every test name and alias for which the files give exactly one.

        Schemas 1.0 and 1.2 have no ids; their tests are identified by this mapping.
        """
        ids: dict[str, set[str]] = {}
        for guideline in self.record.guidelines.values():
            for capability in guideline.capabilities.values():
                for test in capability.tests:
                    if test.id:
                        for name in (test.name, *test.aliases):
                            ids.setdefault(name, set()).add(test.id)
        return {name: next(iter(found)) for name, found in ids.items() if len(found) == 1}

    def test_key(self, test: Test) -> str:
        """The key of a test in all guidelines: see :func:`.facts.test_key`."""
        return test_key(test, self.test_ids)

    def resolved(self, guideline: Guideline) -> list[str]:
        """The keys of the tests without an id in a guideline: what its facts take from other guidelines."""
        return [self.test_key(test) for one in guideline.capabilities.values() for test in one.tests if not test.id]

    @cached_property
    def test_places(self) -> dict[str, list[Place]]:
        """All occurrences of every test by its key, in the order of the record's guidelines."""
        found: dict[str, list[Place]] = {}
        for guideline in self.record.guidelines.values():
            for name, capability in guideline.capabilities.items():
                for test in capability.tests:
                    found.setdefault(self.test_key(test), []).append(Place(guideline, name, test))
        return found

    @cached_property
    def latest_names(self) -> dict[str, tuple[str, str]]:
        """The latest name of every test by its key, and the capability that has the test there."""
        newest = {key: latest(places) for key, places in self.test_places.items()}
        return {key: (place.test.name, place.capability) for key, place in newest.items()}

    def test_lines(self, defined: dict[str, Capability]) -> list[Line]:
        """The tests of the definitions ``defined`` of a capability by guideline id, one line for each test."""
        seen: dict[str, dict[str, list[Test]]] = {}
        for guideline, capability in defined.items():
            for test in capability.tests:
                seen.setdefault(self.test_key(test), {}).setdefault(guideline, []).append(test)
        lines = []
        for key, by_guideline in seen.items():
            newest = next(reversed(by_guideline.values()))[0]
            id = key if key != newest.name else None
            lines.append(Line(newest.name, id, {g: tuple(tests) for g, tests in by_guideline.items()}))
        return sorted(lines, key=lambda line: line.name)

    def projects(self) -> list[str]:
        """The projects that have designated sections in any guideline, in the catalogue's order."""
        found = {section.project for g in self.record.guidelines.values() for section in g.sections}
        return self.in_catalogue_order(found)

    def in_catalogue_order(self, projects: Iterable[str]) -> list[str]:
        """``projects`` in the order of the catalogue, unknown ones last."""
        order = {name: place for place, name in enumerate(self.record.catalogue.data["projects"])}
        return sorted(projects, key=lambda name: (order.get(name, len(order)), name))

    def sections(self, project: str) -> Iterator[tuple[Guideline, tuple[Section, ...]]]:
        """The designated sections of ``project`` in each guideline that has any."""
        for guideline in self.record.guidelines.values():
            if found := guideline.section(project):
                yield guideline, found


#: The statuses, strongest first, with their places.
_ORDER = {status: place for place, status in enumerate(Status)}


def strongest(found: dict[str, Status]) -> Status | None:
    """The strongest of several statuses, in the order required, advisory, deprecated, removed, or None."""
    return min(found.values(), key=_ORDER.__getitem__, default=None)


def latest(places: list[Place]) -> Place:
    """The occurrence in the newest guideline; if none has the test, in a draft, or else in a scoring."""
    return max(places, key=lambda place: age(place.guideline))


def age(given: Guideline) -> tuple[bool, bool, str]:
    """What sorts guidelines of all programs from old to new: scorings, then drafts, then the others by date."""
    return not given.is_scoring, not given.in_preparation, given.id


@cache
def is_id(key: str) -> bool:
    """Whether the key of a test is an idempotent id. Only these tests have a page."""
    return UUID.matches(key)
