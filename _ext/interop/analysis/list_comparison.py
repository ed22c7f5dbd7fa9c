"""Compares a list of tests with a guideline: what both have, what only one has, what a test runner would make of it.

The definition, for a list, a guideline and a target. ``both`` are the tests of the list that the guideline requires of
the target, flagged or not; ``only_guideline`` are the required tests that the list does not have, ``only_list`` the
lines with other tests. A test is identified by its id, under whatever name, and one that nobody knows by its name.

Of a line in ``only_list``, ``what`` is the first that applies: ``advisory``, ``deprecated``, ``removed`` (its status in
this guideline), ``not known`` (no source tells its status), ``other target`` (this guideline requires it of another
one), ``other guideline`` (the record has the test), ``unknown``. ``names_today`` are the lines with a name that today's
suites have and the guideline does not.

``run`` is about ``tempest run --load-list``, which reads names literally: a line is ready if it is exactly what today's
suites list. Of others, ``what`` is ``gone`` (no suite has the test), ``renamed``, ``tags`` (the brackets lack tags or
the id, or have others), ``form`` (an id, a pattern, or a comment after the test, which a list for ``--load-list``
cannot have) or ``unknown`` (no guideline has the test, and only tests of guidelines were looked up in the suites).

The result is plain data, the same for the command line and for a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from typing import Any

from ..record.drift import Drift
from ..record.model import Guideline, Status
from . import demands, listed, test_lists
from .analysis import Analysis
from .demands import Demand
from .history import Place, age, is_id, latest, strongest
from .listed import Form, Line

#: What a line that only the list has can be, in the order in which they are told.
KINDS = ("advisory", "deprecated", "removed", "not known", "other target", "other guideline", "unknown")
#: Why ``tempest run --load-list`` would not run a line, in the order in which they are told.
FAULTS = ("renamed", "tags", "form", "gone", "unknown")


def compare(analysis: Analysis, lines: Sequence[Line], guideline: Guideline, target: str) -> dict[str, Any]:
    """The comparison as JSON data. Raises KeyError for a target that the guideline does not have."""
    required = demands.required(analysis, guideline, target)
    known = listed.names(analysis, demands.names(analysis, guideline))
    pairs = list(listed.keys(lines, known))
    having = {key or line.name for line, key in pairs}
    both = [_both(line, required[key]) for line, key in pairs if key in required]
    missing = [one for key, one in required.items() if key not in having]
    others = [_other(analysis, line, key, guideline, target) for line, key in pairs if key not in required]
    drift = analysis.record.drift
    today = [_today(line, drift, key) for line, key in pairs if _is_todays(line, key, drift, required.get(key))]
    return {
        "guideline": guideline.key,
        "target": target,
        "numbers": {
            "lines": len(lines),
            "tests": len(having),
            "both": len(having & required.keys()),
            "only_guideline": len(missing),
            "only_guideline_flagged": sum(one.flagged for one in missing),
            "only_list": len(having - required.keys()),
            "unknown": len({key or line.name for line, key in pairs if key not in analysis.test_places}),
            "repeated": len(pairs) - len(having),
        },
        "both": both,
        "only_guideline": [_demand(one) for one in missing],
        "only_list": others,
        "names_today": today,
        "run": _run(drift, pairs, analysis.test_places),
    }


def _demand(one: Demand) -> dict[str, Any]:
    id = one.key if is_id(one.key) else None
    return {"id": id, "name": one.name, "capabilities": list(one.capabilities), "flagged": one.flagged}


def _both(line: Line, one: Demand) -> dict[str, Any]:
    return {"line": line.number, "text": line.text} | _demand(one)


def _other(analysis: Analysis, line: Line, key: str, guideline: Guideline, target: str) -> dict[str, Any]:
    """A line that only the list has, with what the record knows of its test."""
    places = analysis.test_places.get(key, [])
    newest = latest(places) if places else None
    return {
        "line": line.number,
        "text": line.text,
        "id": key if is_id(key) else None,
        "name": newest.test.name if newest else line.name or None,
        "what": _what(analysis, places, key, guideline, target),
        "renamed": bool(newest and line.name and newest.test.name != line.name),
        "last": _last(analysis, newest) if newest else None,
        "required_in": _required_in(places),
        "flagged_in": list(dict.fromkeys(place.guideline.key for place in places if place.test.flag)),
    }


def _what(analysis: Analysis, places: list[Place], key: str, guideline: Guideline, target: str) -> str:
    targets = test_lists.targets(analysis.record, guideline)
    here = [place.capability for place in places if place.guideline is guideline]
    statuses = {name: status for one in here for name, status in guideline.statuses(one).items()}
    mine = strongest({name: status for name, status in statuses.items() if name in targets[target]})
    if mine:
        return "not known" if mine is Status.UNKNOWN else mine.value
    if any(key in demands.required(analysis, guideline, other) for other in targets):
        return "other target"
    return "other guideline" if places else "unknown"


def _last(analysis: Analysis, place: Place) -> dict[str, Any]:
    """The newest guideline that has the test: its capability there, the status, and whether it is flagged."""
    status = strongest(analysis.statuses(place.guideline, place.capability))
    return {
        "guideline": place.guideline.key,
        "capability": place.capability,
        "status": status.value if status else None,
        "flagged": place.test.flag is not None,
    }


def _required_in(places: list[Place]) -> list[str]:
    """The guidelines of all programs that require the test, the newest last; scorings and drafts come first."""
    having = (place.guideline for place in places if place.guideline.requires(place.capability))
    return list(dict.fromkeys(guideline.key for guideline in sorted(having, key=age)))


def _is_todays(line: Line, key: str, drift: Drift, one: Demand | None) -> bool:
    """Whether the line has the name of today's suites, and the guideline has another."""
    today = drift.tests.get(key)
    return bool(today and one and today.name == line.name and line.name not in one.names)


def _today(line: Line, drift: Drift, key: str) -> dict[str, Any]:
    today = drift.tests.get(key)
    return {"line": line.number, "text": line.text, "today": today.line if today else None}


def _run(drift: Drift, pairs: Sequence[tuple[Line, str]], places: Container[str]) -> dict[str, Any]:
    """What ``tempest run --load-list`` would make of the lines, according to today's suites."""
    faults = [
        _today(line, drift, key) | {"what": what}
        for line, key in pairs
        if (what := _fault(line, key, drift) if key in places else "unknown")
    ]
    numbers = Counter(fault["what"] for fault in faults)
    return {
        "date": drift.date or None,
        "suites": dict(drift.suites),
        "ready": len(pairs) - len(faults),
        "numbers": {what: numbers[what] for what in FAULTS},
        "lines": faults,
    }


def _fault(line: Line, key: str, drift: Drift) -> str:
    today = drift.tests.get(key)
    if today is None:
        return "gone"
    if line.form in (Form.ID, Form.PATTERN) or line.after.strip():
        return "form"
    if line.name != today.name:
        return "renamed"
    return "" if line.text.strip() == today.line else "tags"
