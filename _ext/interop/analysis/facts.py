"""One guideline in the form that comparisons need: statuses, tests by key, required tests, sections, marks.

The key of a test is its idempotent id. If the file has none (schemas 1.0 and 1.2), it is the id that other files give
for its name, or else the name. Components have their current names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..record.catalogue import Catalogue
from ..record.model import Guideline, Status, Test, is_capability


def test_key(test: Test, ids: Mapping[str, str]) -> str:
    """The key of a test: its id, the id that other files give for its name (``ids``), or the name."""
    return test.id or ids.get(test.name) or test.name


@dataclass(frozen=True)
class Required:
    """One required test of a guideline: its names, its required capabilities, and whether it is flagged.

    In place of a capability that is not known, there is the group of the test.
    A test in several required capabilities counts as flagged only if each of them flags it.
    """

    names: frozenset[str]
    capabilities: frozenset[str]
    flagged: bool


class Facts:
    """Facts of one guideline for comparisons, cached. ``ids`` maps names of tests to their idempotent ids."""

    def __init__(self, guideline: Guideline, catalogue: Catalogue, ids: Mapping[str, str]) -> None:
        self.guideline = guideline
        self._catalogue = catalogue
        self._ids = ids
        self._required: dict[str, dict[str, Required]] = {}
        self._must_pass: dict[str, frozenset[str]] = {}
        self._undecided: dict[str, dict[str, str]] = {}

    def key(self, test: Test) -> str:
        """The key of a test: see :func:`test_key`."""
        return test_key(test, self._ids)

    def statuses(self, capability: str) -> dict[str, Status]:
        """The status of a capability in each component that lists it; empty if none does."""
        return {name: listed[capability] for name, listed in self.components.items() if capability in listed}

    @cached_property
    def components(self) -> dict[str, dict[str, Status]]:
        """Status of each capability by component; the strongest if a component lists it twice."""
        found: dict[str, dict[str, Status]] = {}
        for component in self.guideline.components.values():
            statuses = found.setdefault(self._catalogue.component(component.name), {})
            for status in Status:
                for name in component.capabilities[status]:
                    statuses.setdefault(name, status)
        return found

    @cached_property
    def tests(self) -> dict[str, dict[str, Test]]:
        """The tests of each capability, and of each group, by their key."""
        return {
            name: {self.key(test): test for test in capability.tests}
            for name, capability in self.guideline.capabilities.items()
        }

    @cached_property
    def known_tests(self) -> dict[str, dict[str, Test]]:
        """The tests of each capability, without the groups of tests whose capability is not known."""
        return {name: tests for name, tests in self.tests.items() if is_capability(name)}

    @cached_property
    def ids(self) -> frozenset[str | None]:
        """The ids of all its tests that have one in its file."""
        return frozenset(test.id for capability in self.guideline.capabilities.values() for test in capability.tests)

    @cached_property
    def all_tests(self) -> frozenset[str]:
        """The keys of all tests of all capabilities."""
        return frozenset(key for tests in self.tests.values() for key in tests)

    def required(self, component: str = "") -> dict[str, Required]:
        """The tests of the capabilities that ``component`` (by default any component) requires, by key."""
        if component not in self._required:
            self._required[component] = self._required_by(component)
        return self._required[component]

    def _listed(self, wanted: Status, component: str) -> Iterator[tuple[str, str, Test]]:
        """The tests that ``component`` (or any) lists under a status: key, capability or group, and the test."""
        for name, capability in self.guideline.capabilities.items():
            statuses = self.statuses(name)
            if wanted in ([statuses.get(component)] if component else statuses.values()):
                yield from ((self.key(test), name, test) for test in capability.tests)

    def _required_by(self, component: str) -> dict[str, Required]:
        found: dict[str, list[tuple[str, Test]]] = {}
        for key, name, test in self._listed(Status.REQUIRED, component):
            found.setdefault(key, []).append((name, test))
        return {
            key: Required(
                frozenset(test.name for _, test in places),
                frozenset(capability for capability, _ in places),
                all(test.flag is not None for _, test in places),
            )
            for key, places in found.items()
        }

    def must_pass(self, component: str = "") -> frozenset[str]:
        """The keys of the required tests that are not flagged."""
        if component not in self._must_pass:
            required = self.required(component).items()
            self._must_pass[component] = frozenset(key for key, test in required if not test.flagged)
        return self._must_pass[component]

    def undecided(self, component: str = "") -> dict[str, str]:
        """The tests of which no source tells whether ``component`` (or any) requires them: name by key."""
        if component not in self._undecided:
            found = {key: test.name for key, _, test in self._listed(Status.UNKNOWN, component)}
            known = self.required(component)
            self._undecided[component] = {key: found[key] for key in sorted(found) if key not in known}
        return self._undecided[component]

    @cached_property
    def sections(self) -> dict[str, tuple[str, ...]]:
        """By project, the statuses of its sections; by ``project/section``, whether it is designated and its status."""
        found: dict[str, tuple[str, ...]] = {}
        for section in self.guideline.sections:
            found[section.project] = (*found.get(section.project, ()), section.status)
            for part in section.parts:
                designated = "designated" if part.designated else "not designated"
                found[f"{section.project}/{part.name}"] = (designated, section.status)
        return found

    @cached_property
    def marks(self) -> dict[str, tuple[str, ...]]:
        """The components of each mark."""
        return {
            mark.name: tuple(
                self._catalogue.component(item.name) for item in (*mark.components, *mark.required, *mark.optional)
            )
            for mark in (*self.guideline.platforms, *self.guideline.add_ons)
        }
