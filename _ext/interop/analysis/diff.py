"""What changed between two guidelines of a program: one comparison for the pages, the command line and the data.

A test is known by its idempotent id; where a file gives none (schema 1.2), by the id that later files tie to its name,
and failing that by the name. Statuses are compared under today's names of the components.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..record.loader import Record
from ..record.model import Guideline, Section, Status
from . import history, lineage

#: The kinds of changes of a capability's status, in the order they are shown, and what they are called.
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
class Required:
    """One required test of a guideline: its names, its required capabilities, and whether it is excused.

    A test that stands in several required capabilities is excused only if each of them flags it.
    """

    names: frozenset[str]
    capabilities: frozenset[str]
    flagged: bool


@dataclass(frozen=True)
class Move:
    """Something that went from one value to another; None where it was not there."""

    key: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Diff:
    """The changes from ``a`` to ``b``. Tests are keys (ids, or names), over the required tests of all components.

    ``inside`` are the changes to the tests of each capability that both define, whatever its status: what and test;
    ``regrouped`` what :func:`interop.analysis.lineage.regrouped` finds.
    """

    a: Guideline
    b: Guideline
    capabilities: dict[str, tuple[Move, ...]]
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    renamed: tuple[Move, ...]
    moved: tuple[Move, ...]
    flagged: tuple[str, ...]
    unflagged: tuple[str, ...]
    newly_asked: tuple[str, ...]
    no_longer_asked: tuple[str, ...]
    inside: dict[str, tuple[tuple[str, str], ...]]
    regrouped: dict[str, frozenset[str]]
    before: dict[str, Required]
    after: dict[str, Required]
    sections: tuple[Move, ...]
    releases: tuple[Move, ...]
    marks: tuple[Move, ...]
    weights: tuple[Move, ...]
    cutoff: Move | None


@lru_cache(maxsize=128)
def required_tests(record: Record, guideline: Guideline, component: str = "") -> dict[str, Required]:
    """The tests of the capabilities that any component of ``guideline`` requires, or this one, by key."""
    ids = history.test_ids(record)
    found: dict[str, list[tuple[str, str, bool]]] = {}
    for name, capability in guideline.capabilities.items():
        statuses = history.statuses(record, guideline, name)
        if Status.REQUIRED in ([statuses.get(component)] if component else statuses.values()):
            for test in capability.tests:
                key = history.test_key(test, ids)
                found.setdefault(key, []).append((test.name, name, test.flag is not None))
    return {
        key: Required(
            frozenset(name for name, _, _ in places),
            frozenset(capability for _, capability, _ in places),
            all(flagged for _, _, flagged in places),
        )
        for key, places in found.items()
    }


def asked(record: Record, a: Guideline, b: Guideline, component: str) -> tuple[int, int]:
    """How many tests a cloud of one component must newly pass for ``b``, and how many it may now fail."""
    before, after = (
        {key for key, test in required_tests(record, side, component).items() if not test.flagged} for side in (a, b)
    )
    return len(after - before), len(before - after)


def compare(record: Record, a: Guideline, b: Guideline) -> Diff:
    """Compare two guidelines of one program, whichever is the older."""
    before, after = required_tests(record, a), required_tests(record, b)
    both = sorted(before.keys() & after.keys())
    asked_before = {key for key, test in before.items() if not test.flagged}
    asked_after = {key for key, test in after.items() if not test.flagged}
    return Diff(
        a=a,
        b=b,
        capabilities=_capabilities(record, a, b),
        added=tuple(sorted(after.keys() - before.keys())),
        dropped=tuple(sorted(before.keys() - after.keys())),
        renamed=tuple(_apart(key, before[key].names, after[key].names) for key in both
                      if not before[key].names & after[key].names),
        moved=tuple(_apart(key, before[key].capabilities, after[key].capabilities) for key in both
                    if not before[key].capabilities & after[key].capabilities),
        flagged=tuple(key for key in both if after[key].flagged and not before[key].flagged),
        unflagged=tuple(key for key in both if before[key].flagged and not after[key].flagged),
        newly_asked=tuple(sorted(asked_after - asked_before)),
        no_longer_asked=tuple(sorted(asked_before - asked_after)),
        inside=_inside(record, a, b),
        regrouped=lineage.regrouped(record, a, b),
        before=before,
        after=after,
        sections=_changes(_section_facts(a), _section_facts(b)),
        releases=_changes(dict.fromkeys(a.releases, "covered"), dict.fromkeys(b.releases, "covered")),
        marks=_changes(_mark_facts(record, a), _mark_facts(record, b)),
        weights=_changes(_weights(a), _weights(b)),
        cutoff=None if a.cutoff == b.cutoff else Move("cutoff", _number(a.cutoff), _number(b.cutoff)),
    )  # fmt: skip


def _apart(key: str, before: Iterable[str], after: Iterable[str]) -> Move:
    return Move(key, ", ".join(sorted(before)), ", ".join(sorted(after)))


def _changes(before: dict[str, str], after: dict[str, str]) -> tuple[Move, ...]:
    keys = sorted(before.keys() | after.keys())
    moves = (Move(key, before.get(key), after.get(key)) for key in keys)
    return tuple(move for move in moves if move.before != move.after)


def _capabilities(record: Record, a: Guideline, b: Guideline) -> dict[str, tuple[Move, ...]]:
    before, after = _by_component(record, a), _by_component(record, b)
    result = {key: _changes(before.get(key, {}), after.get(key, {})) for key in {**before, **after}}
    return {key: moves for key, moves in result.items() if moves}


@lru_cache(maxsize=128)
def _by_component(record: Record, guideline: Guideline) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for component in guideline.components.values():
        statuses = found.setdefault(record.catalogue.component(component.name), {})
        for status in Status:
            for name in component.capabilities[status]:
                statuses.setdefault(name, status.value)
    return found


def _inside(record: Record, a: Guideline, b: Guideline) -> dict[str, tuple[tuple[str, str], ...]]:
    ids = history.test_ids(record)
    found = {}
    for name in sorted(a.capabilities.keys() & b.capabilities.keys()):
        before, after = (
            {history.test_key(test, ids): test for test in side.capabilities[name].tests} for side in (a, b)
        )
        changes = [("added", key) for key in sorted(after.keys() - before.keys())]
        changes += [("dropped", key) for key in sorted(before.keys() - after.keys())]
        for key in sorted(before.keys() & after.keys()):
            old, new = before[key], after[key]
            changes += [("renamed", key)] if old.name != new.name else []
            if (old.flag is None) != (new.flag is None):
                changes.append(("flagged" if new.flag else "no longer flagged", key))
        if changes:
            found[name] = tuple(changes)
    return found


def kind(move: Move) -> str:
    """What a change of a capability's status is called: a key of :data:`KINDS`."""
    if move.after in (None, Status.REMOVED, Status.DEPRECATED):
        return (move.after or "dropped") if move.before else "passed"
    return "restored" if move.before in (Status.DEPRECATED, Status.REMOVED) else move.after


@lru_cache(maxsize=128)
def _section_facts(guideline: Guideline) -> dict[str, str]:
    facts: dict[str, str] = {}
    for section in guideline.sections:
        facts[section.project] = _joined(facts.get(section.project), section.status)
        for part in section.parts:
            facts[f"{section.project}/{part.name}"] = _designation(section, part.designated)
    return facts


def _designation(section: Section, designated: bool) -> str:
    return f"{'designated' if designated else 'not designated'}, {section.status}"


def _joined(text: str | None, more: str) -> str:
    return f"{text}, {more}" if text else more


@lru_cache(maxsize=128)
def _mark_facts(record: Record, guideline: Guideline) -> dict[str, str]:
    return {
        mark.name: ", ".join(
            record.catalogue.component(item.name) for item in (*mark.components, *mark.required, *mark.optional)
        )
        for mark in (*guideline.platforms, *guideline.add_ons)
    }


def _weights(guideline: Guideline) -> dict[str, str]:
    return {key: str(criterion.weight) for key, criterion in guideline.criteria.items()}


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)


def to_json(diff: Diff) -> dict[str, Any]:
    """The comparison as data: the form that the command line and ``api/`` give."""

    def moves(items: Iterable[Move], name: str) -> list[dict[str, Any]]:
        return [{name: item.key, "from": item.before, "to": item.after} for item in items]

    return {
        "from": diff.a.key,
        "to": diff.b.key,
        "capabilities": {key: moves(items, "name") for key, items in sorted(diff.capabilities.items())},
        "tests": {
            "added": list(diff.added),
            "dropped": list(diff.dropped),
            "renamed": moves(diff.renamed, "id"),
            "flagged": list(diff.flagged),
            "unflagged": list(diff.unflagged),
            "moved": moves(diff.moved, "id"),
        },
    }


def sentence(diff: Diff) -> str:
    """What the change means for a cloud that passes ``a``, in one sentence with numbers."""
    new, gone = len(diff.newly_asked), len(diff.no_longer_asked)
    if not new and not gone:
        return f"A cloud that passes {diff.a.id} passes {diff.b.id}: it asks for the same tests."
    must = f"must newly pass {new} test{'s' * (new != 1)}" if new else "has no new test to pass"
    may = f"may now fail {gone} that it had to pass" if gone else "may not fail any that it had to pass"
    return f"A cloud that passes {diff.a.id} {must} for {diff.b.id}, and {may}."


def regrouping(diff: Diff) -> str:
    """How many capabilities are regrouped rather than new, in one sentence; empty if none is."""
    if not diff.regrouped:
        return ""
    number, homes = len(diff.regrouped), len(frozenset().union(*diff.regrouped.values()))
    noun = "capability" if number == 1 else "capabilities"
    return f"Regrouped: {number} {noun} from {homes}; their tests stood under other names in {diff.a.id}."


def to_text(diff: Diff) -> Iterator[str]:
    """The comparison as lines for a terminal."""
    yield f"{diff.a.key} -> {diff.b.key}"
    yield sentence(diff)
    if diff.regrouped:
        yield regrouping(diff)
    for component, moves in sorted(diff.capabilities.items()):
        yield f"\n{component}: {len(moves)} {'capability' if len(moves) == 1 else 'capabilities'}"
        yield from (f"  {item.key}: {item.before or 'none'} -> {item.after or 'none'}" for item in moves)
    names = {key: min(test.names) for key, test in {**diff.before, **diff.after}.items()}
    for title, keys in (
        ("required tests added", diff.added),
        ("required tests dropped", diff.dropped),
        ("flagged", diff.flagged),
        ("no longer flagged", diff.unflagged),
    ):
        if keys:
            yield f"\n{title}: {len(keys)}"
            yield from (f"  {names[key]} [{key}]" if names[key] != key else f"  {key}" for key in keys)
    for title, moves in (
        ("renamed", diff.renamed),
        ("moved to another capability", diff.moved),
        ("designated sections", diff.sections),
        ("releases", diff.releases),
        ("marks", diff.marks),
        ("weights", diff.weights),
        ("cutoff", (diff.cutoff,) if diff.cutoff else ()),
    ):
        if moves:
            yield f"\n{title}: {len(moves)}"
            yield from (f"  {item.key}: {item.before or 'none'} -> {item.after or 'none'}" for item in moves)
