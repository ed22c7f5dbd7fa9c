"""Carries a list of tests from one guideline to another: what becomes of each line, and the new list.

The definition, for a list, two guidelines A and B, and a target. A test is *required* by a guideline if the guideline
requires it of the target, flagged or not. Each line that names a test has one outcome, the first that applies:

- ``outside``: neither requires the test, or nobody knows it. The line stays.
- ``unknown``: A requires the test, and no source tells whether B does. The line stays.
- ``dropped``: A requires the test, and B does not. The line goes. If B is the earlier one, it does not do so yet.
- ``flagged``: B flags the test, and A does not. The line stays; the test need not pass.
- ``renamed``: B has the test under none of the line's names. The line gets B's name, or goes if the list has that.
- ``moved``: the required capabilities of the test in A and in B have nothing in common.
- ``kept``: nothing of this. A line with an id or a pattern is never renamed.

Beside the lines: ``added`` are the tests that B requires without a flag, that A does not require without a flag, and
that the list does not have; they are put at the end. ``missing`` are those that both require without a flag and the
list does not have: whoever made the list left them out, and they stay out. With ``flagged``, flagged tests count as
required. A test is identified by its id, under whatever name; the target is the same in A and B.

``today`` are the names in the new list, of lines that stay and of added tests, that are others in today's suites: B may
be older than the new name. With ``today``, the new list has the lines of today's suites, each once; patterns stay.

The result is plain data, the same for the command line and for a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..record.model import Guideline
from . import demands, departures, listed, test_lists
from .analysis import Analysis
from .demands import Demand
from .departures import Way
from .history import is_id
from .listed import Form, Line

#: What can become of a line, in the order in which outcomes are told.
OUTCOMES = ("kept", "renamed", "moved", "flagged", "dropped", "unknown", "outside")


@dataclass(frozen=True)
class _Carrier:
    """One run: what both guidelines require of the target, and how the list has its tests."""

    analysis: Analysis
    a: Guideline
    b: Guideline
    target: str
    before: dict[str, Demand]
    after: dict[str, Demand]
    undecided: frozenset[str]
    lines: Sequence[tuple[Line, str]]
    way: Way

    def outcome(self, key: str, line: Line) -> str:
        """What becomes of a line."""
        old, new = self.before.get(key), self.after.get(key)
        if key in self.undecided and old:
            return "unknown"
        if new is None:
            return "dropped" if old else "outside"
        changes = [change for change in self.changes(line, old, new) if change in OUTCOMES]
        return changes[0] if changes else "kept"

    def changes(self, line: Line, old: Demand | None, new: Demand) -> list[str]:
        """All that is different in B, the first of which is the outcome, and ``unflagged``."""
        return [
            *(["flagged"] if new.flagged and not (old and old.flagged) else []),
            *(["renamed"] if line.name and line.name not in new.names else []),
            *(["moved"] if old and _apart(old, new) else []),
            *(["unflagged"] if old and old.flagged and not new.flagged else []),
        ]


def _apart(old: Demand, new: Demand) -> bool:
    """Whether the known capabilities of a test have nothing in common."""
    return bool(old.capabilities and new.capabilities) and not set(old.capabilities) & set(new.capabilities)


def carry(
    analysis: Analysis,
    lines: Sequence[Line],
    a: Guideline,
    b: Guideline,
    target: str,
    *,
    flagged: bool = False,
    today: bool = False,
) -> dict[str, Any]:
    """A list in JSON data: ``numbers``, ``lines``, ``added``, ``missing``, ``today``; the new ``list``.

    Raises KeyError for a target that one of the guidelines does not have.
    """
    known = listed.names(analysis, demands.names(analysis, a), demands.names(analysis, b))
    way = departures.way(analysis, a, b, target)
    undecided = demands.undecided(analysis, b, test_lists.targets(analysis.record, b)[target])
    run = _Carrier(analysis, a, b, target, way[0][1], way[-1][1], undecided, tuple(listed.keys(lines, known)), way)
    entries = _entries(run)
    having = {key for _, key in run.lines}
    wanted = [one for one in run.after.values() if (flagged or not one.flagged) and one.key not in having]
    before = {key for key, one in run.before.items() if flagged or not one.flagged}
    added = [_demand(one) | {"line": _new_line(run, one)} for one in wanted if one.key not in before]
    missing = [_demand(one) for one in wanted if one.key in before]
    renamed = _renamed_today(run, entries, added)
    if today:
        _write_today(run, entries, added)
    return {
        "from": a.key,
        "to": b.key,
        "target": target,
        "numbers": {"lines": len(lines)}
        | _numbers(run, entries)
        | {"added": len(added), "missing": len(missing), "today": len(renamed)},
        "lines": entries,
        "added": added,
        "missing": missing,
        "today": renamed,
        "list": _new_list(run, lines, entries, added),
    }


def _numbers(run: _Carrier, entries: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    outcomes = Counter(str(entry["outcome"]) for entry in entries)
    tests = len({key or line.name for line, key in run.lines})
    return {"tests": tests} | {outcome: outcomes[outcome] for outcome in OUTCOMES}


def _entries(run: _Carrier) -> list[dict[str, Any]]:
    """Every line that names a test, with its outcome, and the ``new`` line or None."""
    there = {(key, line.name) for line, key in run.lines}
    first: dict[str, int] = {}
    found = []
    for line, key in run.lines:
        entry = _entry(run, line, key)
        if key and first.setdefault(key, line.number) != line.number:
            entry["repeats"] = first[key]
        if "renamed" in (entry["outcome"], *entry["also"]):
            name = run.after[key].name
            entry["new"] = None if (key, name) in there else line.with_name(name)
            there.add((key, name))
        found.append(entry)
    return found


def _entry(run: _Carrier, line: Line, key: str) -> dict[str, Any]:
    old, new = run.before.get(key), run.after.get(key)
    outcome = run.outcome(key, line)
    changes = run.changes(line, old, new) if new else []
    entry: dict[str, Any] = {
        "line": line.number,
        "text": line.text,
        "id": key if is_id(key) else None,
        "name": new.name if new else line.name or None,
        "outcome": outcome,
        "also": [change for change in changes if change != outcome],
        "capabilities": {"from": list(old.capabilities) if old else [], "to": list(new.capabilities) if new else []},
        "new": None if outcome == "dropped" else line.text,
    }
    if outcome == "dropped":
        if departures.is_back(run.analysis.record, run.way):
            entry["not_yet"] = departures.not_yet(run.analysis, key, run.way, run.target)
        else:
            entry["dropped"] = departures.of_test(run.analysis, key, run.way, run.target)
    return entry


def _renamed_today(run: _Carrier, entries: list[dict[str, Any]], added: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The names in the new list that are others in today's suites, each with today's line."""
    found, tests = [], run.analysis.record.drift.tests
    for entry, (line, _) in zip(entries, run.lines, strict=True):
        name = entry["name"] if "renamed" in (entry["outcome"], *entry["also"]) else line.name
        if entry["new"] is not None and name and entry["id"] in tests:
            found.append({"line": line.number, "name": name, "today": tests[entry["id"]].line})
    found += [
        {"line": None, "name": one["name"], "today": tests[one["id"]].line} for one in added if one["id"] in tests
    ]
    return [one for one in found if one["name"] != str(one["today"]).partition("[")[0]]


def _write_today(run: _Carrier, entries: list[dict[str, Any]], added: list[dict[str, Any]]) -> None:
    """Put the lines of today's suites into the new list."""
    tests, there = run.analysis.record.drift.tests, set[str]()
    for entry, (line, key) in zip(entries, run.lines, strict=True):
        if entry["new"] is not None and line.form is not Form.PATTERN and key in tests:
            entry["new"] = None if key in there else f"{line.before}{tests[key].line}{line.after}"
            there.add(key)
    for one in added:
        if one["id"] in tests:
            one["line"] = tests[one["id"]].line


def _demand(one: Demand) -> dict[str, Any]:
    return {"id": one.key if is_id(one.key) else None, "name": one.name, "capabilities": list(one.capabilities)}


def _new_line(run: _Carrier, one: Demand) -> str:
    """A line for an added test in the form that most lines of the list have, with tags if the list has some."""
    forms = Counter(line.form for line, _ in run.lines if line.form is not Form.PATTERN)
    form = max(forms, key=lambda form: forms[form], default=Form.FULL)
    if not is_id(one.key) or form is Form.NAME:
        return one.name
    if form is Form.ID:
        prefixed = any(line.text.strip().lower().startswith("id-") for line, _ in run.lines if line.form is Form.ID)
        return f"id-{one.key}" if prefixed else one.key
    today = run.analysis.record.drift.tests.get(one.key)
    tagged = any(line.tags for line, _ in run.lines)
    return today.line if tagged and today and today.name == one.name else f"{one.name}[id-{one.key}]"


def _new_list(
    run: _Carrier, lines: Sequence[Line], entries: Sequence[Mapping[str, Any]], added: Sequence[Mapping[str, Any]]
) -> list[str]:
    """The lines of the list in their order, with comments and blank lines, then those that are added."""
    new = {entry["line"]: entry["new"] for entry in entries}
    kept = [new.get(line.number, line.text) for line in lines]
    heading = f"# Added: {run.b.key} requires these tests of the target {run.target}, and {run.a.key} does not."
    return [
        *(text for text in kept if text is not None),
        *([heading] if added else []),
        *(one["line"] for one in added),
    ]
