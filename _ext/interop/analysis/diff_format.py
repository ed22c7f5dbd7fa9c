"""Formats a comparison as data, as lines for a terminal, and in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .diff import Diff, Move


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
        "reconstructed": [guideline.key for guideline in (diff.a, diff.b) if guideline.is_partial],
        "capabilities": {key: _moves(items, "name") for key, items in sorted(diff.capabilities.items())},
        "tests": {
            "added": list(diff.added),
            "dropped": list(diff.dropped),
            "renamed": _moves(diff.renamed, "id"),
            "flagged": list(diff.flagged),
            "unflagged": list(diff.unflagged),
            "moved": _moves(diff.moved, "id"),
        },
    }


def _moves(items: Iterable[Move[Any]], name: str) -> list[dict[str, str | None]]:
    return [{name: item.key, "from": shown(item.before) or None, "to": shown(item.after) or None} for item in items]


def sentence(diff: Diff) -> str:
    """One sentence: how many more tests ``diff.b`` requires than ``diff.a``, and how many it no longer requires."""
    new, gone = len(diff.newly_required()), len(diff.no_longer_required())
    if not new and not gone:
        return f"A cloud that passes {diff.a.id} passes {diff.b.id}: both require the same tests."
    must = f"must pass {new} more test{'s' * (new != 1)} for" if new else "passes"
    dropped = f"{gone} test{' is' if gone == 1 else 's are'} no longer required"
    kept = dropped if gone else "all tests required before remain required"
    return f"A cloud that passes {diff.a.id} {must} {diff.b.id}; {kept}."


def regrouping(diff: Diff) -> str:
    """One sentence: how many capabilities are regrouped rather than new; empty if none is."""
    if not diff.regrouped:
        return ""
    number, origins = len(diff.regrouped), len(frozenset().union(*diff.regrouped.values()))
    noun = "capability" if number == 1 else "capabilities"
    return f"Regrouped: {number} {noun} from {origins}; their tests were under other names in {diff.a.id}."


def to_lines(diff: Diff) -> Iterator[str]:
    """The comparison as lines for a terminal."""
    yield f"{diff.a.key} -> {diff.b.key}"
    yield sentence(diff)
    if diff.regrouped:
        yield regrouping(diff)
    for guideline in (diff.a, diff.b):
        if guideline.is_partial:
            yield f"{guideline.id} is reconstructed: facts that are not known are not compared."
    for component, moves in sorted(diff.capabilities.items()):
        yield from _lines(f"{component}: {len(moves)} {'capability' if len(moves) == 1 else 'capabilities'}", moves)
    names = {key: min(test.names) for side in (diff.before, diff.after) for key, test in side.required().items()}
    for title, keys in (
        ("required tests added", diff.added),
        ("required tests dropped", diff.dropped),
        ("flagged", diff.flagged),
        ("no longer flagged", diff.unflagged),
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
