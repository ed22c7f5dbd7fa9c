"""Formats a comparison as data, as lines for a terminal, and in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .diff import Diff, Move
from .facts import Facts


def shown(value: object) -> str:
    """A value of a comparison as text: several names are joined by commas; None gives an empty text."""
    if isinstance(value, tuple):
        return ", ".join(value)
    return "" if value is None else str(value)


def to_data(diff: Diff) -> dict[str, Any]:
    """The comparison as data, for ``--format json`` and the API."""
    return {
        "from": diff.a.key,
        "to": diff.b.key,
        "reconstructed": [guideline.key for guideline in diff.partial],
        "capabilities": {key: _moves(items, "name") for key, items in sorted(diff.capabilities.items())},
        "tests": {
            "added": list(diff.added),
            "dropped": list(diff.dropped),
            "renamed": _moves(diff.renamed, "id"),
            "flagged": list(diff.flagged),
            "unflagged": list(diff.unflagged),
            "moved": _moves(diff.moved, "id"),
            "unknown": {"from": list(diff.before.undecided()), "to": list(diff.after.undecided())},
        },
    }


def _moves(items: Iterable[Move[Any]], name: str) -> list[dict[str, str | None]]:
    return [{name: item.key, "from": shown(item.before) or None, "to": shown(item.after) or None} for item in items]


def sentence(diff: Diff) -> str:
    """How many more tests ``diff.b`` requires than ``diff.a``, how many it no longer requires, and what is not known.

    One sentence, or two if the status of some tests is not known.
    """
    open_ends = [_undecided(facts) for facts in (diff.before, diff.after) if facts.undecided()]
    new, gone = diff.newly_required(), diff.no_longer_required()
    if open_ends and not new and not gone:
        known = f"The tests known to be required are the same for {diff.a.id} and {diff.b.id}"
        return f"{known}; {' and '.join(open_ends)} is not known."
    text = _change(diff, len(new), len(gone))
    if diff.partial:
        text = f"As far as known, a{text.removeprefix('A')}"
    return " ".join([text, *(f"W{text.removeprefix('w')} is not known." for text in open_ends)])


def _undecided(facts: Facts) -> str:
    number = len(facts.undecided())
    return f"whether {facts.guideline.id} requires {number} more test{'s' * (number != 1)}"


def _change(diff: Diff, new: int, gone: int) -> str:
    if not new and not gone:
        return f"A cloud that passes {diff.a.id} passes {diff.b.id}: both require the same tests."
    must = f"must pass {new} more test{'s' * (new != 1)} for" if new else "passes"
    dropped = f"{gone} test{' is' if gone == 1 else 's are'} no longer required"
    kept = dropped if gone else "all tests that had to pass still have to"
    return f"A cloud that passes {diff.a.id} {must} {diff.b.id}; {kept}."


def regrouping(diff: Diff) -> str:
    """One sentence: how many capabilities are regrouped rather than new; empty if none is."""
    if not diff.regrouped:
        return ""
    number, origins = len(diff.regrouped), len(frozenset().union(*diff.regrouped.values()))
    noun = "capability" if number == 1 else "capabilities"
    return f"Regrouped: {number} {noun} from {origins}; their tests were under other names in {diff.a.id}."


def direction(diff: Diff) -> str:
    """One sentence if the later of the two in order is in fact the older one, which is an archived draft; or empty."""
    if not diff.backwards:
        return ""
    draft = f"{diff.b.id} is the archived draft for {diff.b.approval_month}"
    return f"{draft}, older than {diff.a.id}: this comparison runs backwards in time."


def to_lines(diff: Diff) -> Iterator[str]:
    """The comparison as lines for a terminal."""
    yield f"{diff.a.key} -> {diff.b.key}"
    yield sentence(diff)
    yield from filter(None, (direction(diff), regrouping(diff)))
    for guideline in diff.partial:
        yield f"{guideline.id} is reconstructed: facts that are not known are not compared."
    for component, moves in sorted(diff.capabilities.items()):
        yield from _lines(f"{component}: {len(moves)} {'capability' if len(moves) == 1 else 'capabilities'}", moves)
    sides = (diff.before, diff.after)
    names = {key: name for side in sides for key, name in side.undecided().items()}
    names |= {key: min(test.names) for side in sides for key, test in side.required().items()}
    for title, keys in (
        ("required tests added", diff.added),
        ("required tests dropped", diff.dropped),
        ("flagged", diff.flagged),
        ("no longer flagged", diff.unflagged),
        *((f"not known whether {side.guideline.id} requires them", tuple(side.undecided())) for side in sides),
    ):
        if keys:
            yield f"\n{title}: {len(keys)}"
            yield from (f"  {names[key]} [{key}]" if names[key] != key else f"  {key}" for key in keys)
    groups: tuple[tuple[str, tuple[Move[Any], ...]], ...] = (
        ("renamed", diff.renamed),
        ("moved to another capability", diff.moved),
        ("designated sections", diff.sections),
        ("releases", diff.releases),
        ("marks", diff.marks),
        ("weights", diff.weights),
        ("cutoff", (diff.cutoff,) if diff.cutoff else ()),
    )
    for title, moves in groups:
        if moves:
            yield from _lines(f"{title}: {len(moves)}", moves)


def _lines(title: str, moves: Iterable[Move[Any]]) -> Iterator[str]:
    yield f"\n{title}"
    yield from (f"  {item.key}: {shown(item.before) or 'none'} -> {shown(item.after) or 'none'}" for item in moves)
