"""What a guideline asks of a target: its required tests, with all their names, over all components of the target."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ..record.model import Guideline, Status, Test, is_capability
from . import test_lists
from .history import History


@dataclass(frozen=True)
class Demand:
    """One required test of a target: its key, its name, all its names and aliases, and its required capabilities,
    without groups of tests whose capability is not known.

    A test in several required capabilities counts as flagged only if each of them flags it.
    """

    key: str
    name: str
    names: frozenset[str]
    capabilities: tuple[str, ...]
    flagged: bool


def required(history: History, guideline: Guideline, target: str) -> dict[str, Demand]:
    """The required tests of a target by key, sorted by name. Raises KeyError for a target it does not have."""
    return of_components(history, guideline, test_lists.targets(history.record, guideline)[target])


def of_components(history: History, guideline: Guideline, components: Iterable[str]) -> dict[str, Demand]:
    """The required tests of some components, by their names in the file, by key, sorted by name."""
    found: dict[str, list[tuple[str, Test]]] = {}
    for capability in test_lists.capabilities(guideline, components, (Status.REQUIRED,)):
        for test in capability.tests:
            found.setdefault(history.test_key(test), []).append((capability.name, test))
    demands = (_demand(key, places) for key, places in found.items())
    return {demand.key: demand for demand in sorted(demands, key=lambda one: one.name)}


def _demand(key: str, places: list[tuple[str, Test]]) -> Demand:
    return Demand(
        key,
        places[0][1].name,
        frozenset(name for _, test in places for name in (test.name, *test.aliases)),
        tuple(sorted({capability for capability, _ in places if is_capability(capability)})),
        all(test.flag is not None for _, test in places),
    )


def undecided(history: History, guideline: Guideline, components: Iterable[str]) -> frozenset[str]:
    """The keys of the tests of some components of which no source tells whether they are required."""
    components = list(components)
    listed = test_lists.capabilities(guideline, components, (Status.UNKNOWN,))
    keys = {history.test_key(test) for capability in listed for test in capability.tests}
    if not keys:
        return frozenset()
    return frozenset(keys - of_components(history, guideline, components).keys())


def names(history: History, guideline: Guideline) -> dict[str, str]:
    """The key of each test of a guideline by its names and aliases there."""
    return {
        name: history.test_key(test)
        for capability in guideline.capabilities.values()
        for test in capability.tests
        for name in (*test.aliases, test.name)
    }


def closest(history: History, guideline: Guideline, keys: Collection[str]) -> str:
    """The target of a guideline whose required tests a list is most like; empty if it has no target.

    Measured by the share of the tests of either that both have; of equal ones, the first of :data:`.TARGETS`.
    """

    def likeness(target: str) -> float:
        mine, given = required(history, guideline, target).keys(), set(keys)
        return len(mine & given) / max(len(mine | given), 1)

    return max(test_lists.targets(history.record, guideline), key=likeness, default="")
