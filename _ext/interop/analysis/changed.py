"""The changes of revisions, fact by fact, and what each revision changed in each capability and test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ..record import states
from ..record.amendments import Revision
from . import amendments
from .amendments import Entry, State
from .history import History

#: What is there once and was not before, or the reverse, and tests with another name or flag.
_WHOLE = ("added", "dropped")
_FLAGS = ("flagged", "unflagged")


@dataclass(frozen=True)
class Fact:
    """A fact that changed. ``path`` leads to it in :data:`..record.states.FACTS`, by names.

    ``what`` is ``added`` or ``dropped``, ``changed``, or of a test ``renamed``, ``flagged`` or ``unflagged``. Of a test
    that was renamed, the path has the new name. ``before`` and ``after`` are values; None where there is none.
    """

    path: tuple[str, ...]
    what: str
    before: Any = None
    after: Any = None

    @property
    def capability(self) -> str:
        """The capability that it is a fact of, or whose status in a component it is; empty for others."""
        if self.path[0] == "capabilities":
            return self.path[1]
        return self.path[3] if self.path[0] == "components" and self.path[2:3] == ("capabilities",) else ""

    @property
    def component(self) -> str:
        """The component in which it is the status of a capability, or to which it belongs otherwise."""
        return self.path[1] if self.path[0] == "components" else ""

    @property
    def test(self) -> str:
        """The name of the test that it is a fact of, or an empty text."""
        return self.path[3] if self.path[2:3] == ("tests",) and self.path[0] == "capabilities" else ""

    @property
    def part(self) -> str:
        """The last part of the path, such as ``aliases`` of a test or ``project`` of a capability."""
        return self.path[-1]


def facts(change: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[Fact]:
    """The facts in a change of :data:`..record.states.FACTS`. What was added or dropped with all its facts is one."""
    if change and change.keys() <= {"from", "to"}:
        yield Fact(path, "changed", change.get("from"), change.get("to"))
        return
    for key, value in change.items():
        if key in _WHOLE or (key in _FLAGS and path[-1:] == ("tests",)):
            yield from _each(key, value, path)
        elif key == "renamed":
            yield from (Fact((*path, new), key, old, new) for old, new in value.items())
        elif key == "changed":
            for name, inner in value.items():
                yield from facts(inner, (*path, name))
        else:
            yield from facts(value, (*path, key))


def _each(key: str, value: Any, path: tuple[str, ...]) -> Iterator[Fact]:
    """What was added, dropped, flagged or is no longer flagged: texts of a list, or things by name with their facts."""
    gone = key in ("dropped", "unflagged")
    items = value.items() if isinstance(value, dict) else ((text, text) for text in value)
    for name, inner in items:
        at = (*path, name) if isinstance(value, dict) else path
        yield Fact(at, key, inner if gone else None, None if gone else inner)


def between(before: State, after: State) -> list[Fact]:
    """The facts in which two states of a guideline differ."""
    return list(facts(states.FACTS.differ(before.facts, after.facts)))


def of_revision(revision: Revision) -> list[Fact]:
    """The facts that a revision changed."""
    return list(facts(revision.changes or {}))


@dataclass(frozen=True)
class Dated:
    """A fact of the guideline ``key`` that a revision changed; ``later`` is whether it was approved before."""

    key: str
    revision: Revision
    fact: Fact
    later: bool


class Changes:
    """What revisions changed in all guidelines. The first revision of each only has the statuses that began in it."""

    def __init__(self, history: History) -> None:
        self._history = history
        #: By guideline, oldest first.
        self.of_guideline: dict[str, list[Dated]] = {}
        #: By the name of a capability: its status and its place in guidelines, oldest first.
        self.of_capability: dict[str, list[Dated]] = {}
        #: By the key of a test: its own facts, and the statuses of the capabilities that had it then, oldest first.
        self.of_test: dict[str, list[Dated]] = {}
        for key in history.record.guidelines:
            self._read(key, history.states(key))
        self._begin()
        for found in (*self.of_capability.values(), *self.of_test.values()):
            found.sort(key=lambda dated: dated.revision.date)

    def _read(self, key: str, found: list[State]) -> None:
        later = False
        for before, state in pairwise(found):
            later = later or before.status == "approved"
            dated = [Dated(key, state.revision, fact, later) for fact in of_revision(state.revision)]
            self.of_guideline.setdefault(key, []).extend(dated)
            tests = {**before.tests, **state.tests}
            for one in dated:
                self._enter(one, tests)

    def _begin(self) -> None:
        """Enter the statuses that began in the first revision of a guideline, in all guidelines or in dated ones."""
        guidelines = self._history.record.guidelines
        dated = [key for key, one in guidelines.items() if not one.is_draft]
        found = self._first(guidelines) | self._first(dated)
        for key, component, capability, status in sorted(found):
            state = self._history.states(key)[0]
            fact = Fact(("components", component, "capabilities", capability), "added", None, status)
            self._enter(Dated(key, state.revision, fact, False), state.tests)

    def _first(self, keys: Iterable[str]) -> set[tuple[str, str, str, str]]:
        """The statuses in the first revision of a guideline that no earlier revision of another guideline has.

        Each is a guideline, a component, a capability and the status.
        """
        canonical = self._history.record.catalogue.component
        began: dict[tuple[str, str, str], tuple[tuple[str, bool], str, str]] = {}
        for key in keys:
            old: set[tuple[str, str, str]] = set()
            for place, state in enumerate(self._history.states(key)):
                new = set(_statuses(state))
                when = state.revision.date, place == 0
                for component, capability, status in new - old:
                    same = canonical(component), capability, status
                    began[same] = min(began.get(same, (when, key, component)), (when, key, component))
                old = new
        return {
            (key, component, capability, status)
            for (_, capability, status), ((_, is_first), key, component) in began.items()
            if is_first
        }

    def _enter(self, one: Dated, tests: dict[Entry, amendments.TestFacts]) -> None:
        fact = one.fact
        if fact.test:
            key = self.test_key(fact.test, tests.get((fact.capability, fact.test), {}))
            self.of_test.setdefault(key, []).append(one)
        elif fact.capability and (fact.component or len(fact.path) == 2):
            self.of_capability.setdefault(fact.capability, []).append(one)
            wanted = fact.capability
            for capability, name in tests:
                if capability == wanted:
                    key = self.test_key(name, tests[capability, name])
                    self.of_test.setdefault(key, []).append(one)

    def test_key(self, name: str, known: amendments.TestFacts) -> str:
        """The key of a test by its name in a state and what that state has of it."""
        ids = self._history.test_ids
        return str(known.get("idempotent_id") or ids.get(name) or name)


def _statuses(state: State) -> Iterator[tuple[str, str, str]]:
    """Each component and capability with its status."""
    for component, parts in state.facts.get("components", {}).items():
        for capability, status in parts.get("capabilities", {}).items():
            yield component, capability, status
