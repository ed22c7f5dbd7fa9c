"""Compares two guidelines of a program, for the site, the command line and the API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..record.model import Guideline, Status, Test, is_capability
from . import lineage
from .facts import Facts
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
    #: Changes of statuses by component; components without a change are left out.
    capabilities: dict[str, Moves[Status]]
    #: Tests that became required, and tests that are no longer required; not those whose status in the other guideline
    #: is not known.
    added: Names
    dropped: Names
    #: Required tests whose names have nothing in common, and those whose required capabilities have nothing in common.
    renamed: Moves[Names]
    moved: Moves[Names]
    #: Required tests that are flagged and were not, and the reverse.
    flagged: Names
    unflagged: Names
    #: Changes to the tests of each capability that both define, whatever its status: what happened, and the test.
    inside: dict[str, tuple[tuple[str, str], ...]]
    #: Where capabilities came from and went to, and those that are regrouped rather than new: see :mod:`.lineage`.
    kin: tuple[Kin, ...]
    regrouped: dict[str, frozenset[str]]
    #: The other way: capabilities of the earlier guideline that went into those of the later one rather than away.
    regrouped_into: dict[str, frozenset[str]]
    #: Statuses of projects' designated sections; designation and status of their parts.
    sections: Moves[Names]
    releases: Moves[str]
    #: The components that a mark names.
    marks: Moves[Names]
    weights: Moves[int]
    cutoff: Move[int] | None

    @property
    def a(self) -> Guideline:
        """The guideline before the changes."""
        return self.before.guideline

    @property
    def b(self) -> Guideline:
        """The guideline after the changes."""
        return self.after.guideline

    def new_tests(self, component: str) -> Names:
        """Tests that a component of ``after`` requires, flagged or not, and that ``before`` does not have at all."""
        return tuple(sorted(self.after.required(component).keys() - self.before.all_tests))

    def gone_tests(self, component: str) -> Names:
        """Tests that a component of ``before`` requires, flagged or not, and that ``after`` does not have at all."""
        return tuple(sorted(self.before.required(component).keys() - self.after.all_tests))

    @property
    def partial(self) -> tuple[Guideline, ...]:
        """Those of the two that are reconstructed."""
        return tuple(guideline for guideline in (self.a, self.b) if guideline.is_partial)

    @property
    def remarks(self) -> dict[str, str]:
        """What a reconstructed guideline remarks about tests, by their keys."""
        sides = (facts for facts in (self.before, self.after) if facts.guideline.is_partial)
        found = (item for facts in sides for tests in facts.tests.values() for item in tests.items())
        return {key: test.remark for key, test in found if test.remark}

    @property
    def backwards(self) -> bool:
        """Whether ``after`` is an archived draft that is older than ``before``."""
        return self.b.is_draft and "" < self.b.approval_month < self.a.id

    def newly_required(self, component: str = "") -> Names:
        """Tests (of one component) that must pass for ``after`` and were not required to pass for ``before``."""
        return newly_required(self.before, self.after, component)

    def no_longer_required(self, component: str = "") -> Names:
        """Tests (of one component) that had to pass for ``before`` and are not required to pass for ``after``."""
        return newly_required(self.after, self.before, component)


def newly_required(before: Facts, after: Facts, component: str = "") -> Names:
    """See :meth:`Diff.newly_required`, for which the rest of a comparison is not needed."""
    return _less(after.must_pass(component), before.must_pass(component), before, component)


def _less(tests: Set[str], others: Set[str], facts: Facts, component: str = "") -> Names:
    """The tests that are not among ``others``, without those of which ``facts`` do not tell whether they are."""
    return tuple(sorted(tests - others - facts.undecided(component).keys()))


def compare(before: Facts, after: Facts) -> Diff:
    """Compare two guidelines of one program, whichever is the older."""
    a, b = before.guideline, after.guideline
    old, new = before.required(), after.required()
    both = [(key, old[key], new[key]) for key in sorted(old.keys() & new.keys())]
    statuses = {
        component: _status_changes(before, after, component) for component in {**before.components, **after.components}
    }
    # A partial guideline has no facts about these.
    whole = not (a.is_partial or b.is_partial)
    return Diff(
        before,
        after,
        capabilities={component: moves for component, moves in statuses.items() if moves},
        added=_less(new.keys(), old.keys(), before),
        dropped=_less(old.keys(), new.keys(), after),
        renamed=_apart((key, was.names, now.names) for key, was, now in both),
        moved=_apart((key, was.capabilities, now.capabilities) for key, was, now in both),
        flagged=tuple(key for key, was, now in both if now.flagged and not was.flagged),
        unflagged=tuple(key for key, was, now in both if was.flagged and not now.flagged),
        inside=_inside(before, after),
        kin=lineage.kin(before, after),
        regrouped=lineage.regrouped(before, after),
        regrouped_into=lineage.regrouped(after, before),
        sections=_changes(before.sections, after.sections) if whole else (),
        releases=_changes(dict.fromkeys(a.releases, "covered"), dict.fromkeys(b.releases, "covered")),
        marks=_changes(before.marks, after.marks) if whole else (),
        weights=_changes(a.weights, b.weights) if whole else (),
        cutoff=Move("cutoff", a.cutoff, b.cutoff) if whole and a.cutoff != b.cutoff else None,
    )


def _status_changes(before: Facts, after: Facts, component: str) -> Moves[Status]:
    """The changes of statuses in a component. What a partial guideline does not list may be there all the same."""
    old, new = (
        {name: status for name, status in facts.components.get(component, {}).items() if is_capability(name)}
        for facts in (before, after)
    )
    moves = [move for move in _changes(old, new) if Status.UNKNOWN not in (move.before, move.after)]
    if before.guideline.is_partial:
        moves = [move for move in moves if move.before is not None]
    if after.guideline.is_partial:
        moves = [move for move in moves if move.after is not None]
    return tuple(moves)


def _inside(before: Facts, after: Facts) -> dict[str, tuple[tuple[str, str], ...]]:
    both = sorted(before.known_tests.keys() & after.known_tests.keys())
    changes = {name: tuple(_changes_of_tests(before.tests[name], after.tests[name])) for name in both}
    return {name: found for name, found in changes.items() if found}


def _changes_of_tests(before: Mapping[str, Test], after: Mapping[str, Test]) -> Iterator[tuple[str, str]]:
    yield from (("added", key) for key in sorted(after.keys() - before.keys()))
    yield from (("dropped", key) for key in sorted(before.keys() - after.keys()))
    for key in sorted(before.keys() & after.keys()):
        old, new = before[key], after[key]
        if old.name != new.name:
            yield "renamed", key
        if (old.flag is None) != (new.flag is None):
            yield ("flagged" if new.flag else "no longer flagged"), key


def _apart(moves: Iterable[tuple[str, frozenset[str], frozenset[str]]]) -> Moves[Names]:
    """Where two sets have nothing in common."""
    return tuple(Move(key, tuple(sorted(old)), tuple(sorted(new))) for key, old, new in moves if not old & new)


def _changes(before: Mapping[str, T], after: Mapping[str, T]) -> Moves[T]:
    keys = sorted(before.keys() | after.keys())
    moves = (Move(key, before.get(key), after.get(key)) for key in keys)
    return tuple(move for move in moves if move.before != move.after)


def kind(move: Move[Status]) -> str:
    """The kind of a change of a capability's status: a key of :data:`KINDS`."""
    if move.after is None or move.after in (Status.REMOVED, Status.DEPRECATED):
        return (move.after or "dropped") if move.before else "passed"
    return "restored" if move.before in (Status.DEPRECATED, Status.REMOVED) else move.after
