"""Compares two guidelines of a program, for the site, the command line and the API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from ..record.model import Guideline, Status
from . import lineage
from .facts import Facts, Required
from .lineage import Kin

T = TypeVar("T")

#: The kinds of changes of a capability's status, in the order they are shown, with their titles.
KINDS = {
    "required": "became required",
    "advisory": "became advisory",
    "restored": "restored",
    "deprecated": "deprecated",
    "removed": "removed",
    "dropped": "dropped",
    "passed": "listed as deprecated or removed without having been there",
}


@dataclass(frozen=True)
class Move(Generic[T]):
    """A change from one value to another; None where ``key`` was not listed."""

    key: str
    before: T | None
    after: T | None


Moves = tuple[Move[T], ...]
#: A value that consists of several names or words, in the order in which they are shown.
Names = tuple[str, ...]


@dataclass(frozen=True)
class Diff:
    """The changes from ``before`` to ``after``. Unless noted, tests are keys of required tests of any component."""

    before: Facts
    after: Facts

    @property
    def a(self) -> Guideline:
        """The guideline before the changes."""
        return self.before.guideline

    @property
    def b(self) -> Guideline:
        """The guideline after the changes."""
        return self.after.guideline

    @cached_property
    def capabilities(self) -> dict[str, Moves[Status]]:
        """Changes of statuses by component; components without a change are left out."""
        before, after = self.before.components, self.after.components
        found = {key: _changes(before.get(key, {}), after.get(key, {})) for key in {**before, **after}}
        return {key: moves for key, moves in found.items() if moves}

    @cached_property
    def added(self) -> Names:
        """Required tests that were not required before."""
        return tuple(sorted(self.after.required().keys() - self.before.required().keys()))

    @cached_property
    def dropped(self) -> Names:
        """Tests that are no longer required."""
        return tuple(sorted(self.before.required().keys() - self.after.required().keys()))

    @cached_property
    def _both(self) -> list[tuple[str, Required, Required]]:
        before, after = self.before.required(), self.after.required()
        return [(key, before[key], after[key]) for key in sorted(before.keys() & after.keys())]

    @cached_property
    def renamed(self) -> Moves[Names]:
        """Required tests that have no name in common in the two guidelines, with their names."""
        return tuple(_move(key, old.names, new.names) for key, old, new in self._both if not old.names & new.names)

    @cached_property
    def moved(self) -> Moves[Names]:
        """Required tests that have no required capability in common in the two guidelines, with their capabilities."""
        return tuple(
            _move(key, old.capabilities, new.capabilities)
            for key, old, new in self._both
            if not old.capabilities & new.capabilities
        )

    @cached_property
    def flagged(self) -> Names:
        """Required tests that are flagged and were not."""
        return tuple(key for key, old, new in self._both if new.flagged and not old.flagged)

    @cached_property
    def unflagged(self) -> Names:
        """Required tests that were flagged and are not."""
        return tuple(key for key, old, new in self._both if old.flagged and not new.flagged)

    def newly_required(self, component: str = "") -> Names:
        """Tests (of one component) that must pass for ``after`` and were not required to pass for ``before``."""
        return tuple(sorted(self.after.must_pass(component) - self.before.must_pass(component)))

    def no_longer_required(self, component: str = "") -> Names:
        """Tests (of one component) that had to pass for ``before`` and are not required to pass for ``after``."""
        return tuple(sorted(self.before.must_pass(component) - self.after.must_pass(component)))

    @cached_property
    def inside(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """Changes to the tests of capabilities of any status in both guidelines: pairs of change and test key."""
        found = {}
        for name in sorted(self.before.tests.keys() & self.after.tests.keys()):
            if changes := tuple(self._changes_inside(name)):
                found[name] = changes
        return found

    def _changes_inside(self, capability: str) -> Iterable[tuple[str, str]]:
        before, after = self.before.tests[capability], self.after.tests[capability]
        yield from (("added", key) for key in sorted(after.keys() - before.keys()))
        yield from (("dropped", key) for key in sorted(before.keys() - after.keys()))
        for key in sorted(before.keys() & after.keys()):
            old, new = before[key], after[key]
            if old.name != new.name:
                yield "renamed", key
            if (old.flag is None) != (new.flag is None):
                yield ("flagged" if new.flag else "no longer flagged"), key

    @cached_property
    def kin(self) -> tuple[Kin, ...]:
        """Related capabilities of the two guidelines: see :func:`.lineage.kin`."""
        return lineage.kin(self.before, self.after)

    @cached_property
    def regrouped(self) -> dict[str, frozenset[str]]:
        """Capabilities that are regrouped rather than new: see :func:`.lineage.regrouped`."""
        return lineage.regrouped(self.before, self.after)

    @cached_property
    def sections(self) -> Moves[Names]:
        """Changes of designated sections: the statuses of projects, and designation and status of each section."""
        return _changes(self.before.sections, self.after.sections)

    @cached_property
    def releases(self) -> Moves[str]:
        """Releases that were added or dropped."""
        before, after = (dict.fromkeys(side.releases, "covered") for side in (self.a, self.b))
        return _changes(before, after)

    @cached_property
    def marks(self) -> Moves[Names]:
        """Changes of the components of each mark."""
        return _changes(self.before.marks, self.after.marks)

    @cached_property
    def weights(self) -> Moves[int]:
        """Changes of the weights of criteria."""
        return _changes(self.a.weights, self.b.weights)

    @property
    def cutoff(self) -> Move[int] | None:
        """The change of the cutoff score, if it changed."""
        return None if self.a.cutoff == self.b.cutoff else Move("cutoff", self.a.cutoff, self.b.cutoff)


def _move(key: str, before: Iterable[str], after: Iterable[str]) -> Move[Names]:
    return Move(key, tuple(sorted(before)), tuple(sorted(after)))


def _changes(before: Mapping[str, T], after: Mapping[str, T]) -> Moves[T]:
    keys = sorted(before.keys() | after.keys())
    moves = (Move(key, before.get(key), after.get(key)) for key in keys)
    return tuple(move for move in moves if move.before != move.after)


def kind(move: Move[Status]) -> str:
    """The kind of a change of a capability's status: a key of :data:`KINDS`."""
    if move.after in (None, Status.REMOVED, Status.DEPRECATED):
        return (move.after or "dropped") if move.before else "passed"
    assert move.after is not None
    return "restored" if move.before in (Status.DEPRECATED, Status.REMOVED) else move.after
