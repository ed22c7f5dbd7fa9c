"""Rules on statuses of capabilities: advisory before required, deprecated before removed."""

from __future__ import annotations

from collections.abc import Iterator

from ...record.model import Guideline, Status
from .. import amendments, lineage
from ..amendments import State
from ..facts import Facts
from ..history import History
from .base import Case, Listed, listed, rule, withdrawn

_ACTIVE = (Status.REQUIRED, Status.ADVISORY)


@rule("each required capability of each component, against the guideline before", "A4.6", moment="approved")
def advisory_first(history: History, guideline: Guideline) -> Iterator[Case]:
    """A capability is advisory before it is required."""
    before = history.record.before(guideline)
    if before is None:
        return
    a, b = history.facts(before), history.facts(guideline)
    regrouped = history.regrouped(before, guideline)
    for entry in listed(history.record.catalogue, guideline):
        if entry.status is not Status.REQUIRED:
            continue
        was = a.statuses(entry.capability).get(entry.component)
        if was in _ACTIVE:
            yield Case(entry.where, entry.capability)
            continue
        fault = f"{entry.capability} is required for {entry.component} and was {was or 'not listed'} in {before.id}"
        origins = regrouped.get(entry.capability, frozenset())
        explained = _regrouped_from(a, b, entry, origins) or _advisory_in_draft(history, before, guideline, entry)
        yield Case(entry.where, entry.capability, fault, f"advisory in {before.id}", explained)


def _regrouped_from(a: Facts, b: Facts, entry: Listed, origins: frozenset[str]) -> str:
    """The explanation if at least half of the tests were in active capabilities of the component, or an empty text."""
    active = [origin for origin in sorted(origins) if a.statuses(origin).get(entry.component) in _ACTIVE]
    if not active:
        return ""
    tests = b.tests[entry.capability].keys()
    before = {test for origin in active for test in a.tests[origin]}
    if len(tests & before) < lineage.HALF * len(tests):
        return ""
    return f"regrouped: its tests were in {', '.join(active)}"


def _advisory_in_draft(history: History, before: Guideline, guideline: Guideline, entry: Listed) -> str:
    """The explanation if a draft between two guidelines listed the capability as advisory, or an empty text."""
    first, last = (history.states(one.key)[:1] for one in (before, guideline))
    if not first or not last:
        return ""
    between = (first[0].revision.date, last[0].revision.date)
    drafts = [*history.states(f"{guideline.program}/next"), *history.states(guideline.key)]
    for state in drafts:
        date = state.revision.date
        if between[0] <= date <= between[1] and _status(history, state, entry) is Status.ADVISORY:
            return f"advisory in the draft of {date}"
    return ""


def _status(history: History, state: State, entry: Listed) -> Status | None:
    """The status that a state lists for the capability of an entry in its component."""
    catalogue, components = history.record.catalogue, state.facts.get("components", {})
    mine = (one for name, one in components.items() if catalogue.component(name) == entry.component)
    listed_there = (one.get("capabilities", {}).get(entry.capability) for one in mine)
    given = next(filter(None, listed_there), "")
    return Status(given) if given else None


@rule("each required or advisory capability of each component of the guideline before", "A4.5", moment="approved")
def deprecated_first(history: History, guideline: Guideline) -> Iterator[Case]:
    """A capability is deprecated before it is removed."""
    before = history.record.before(guideline)
    if before is None:
        return
    a, b = history.facts(before), history.facts(guideline)
    for entry in listed(history.record.catalogue, before):
        if entry.status not in _ACTIVE:
            continue
        component, name = entry.component, entry.capability
        now = b.statuses(name).get(component)
        where = ("capabilities", name) if name in guideline.capabilities else ("components",)
        if now in (*_ACTIVE, Status.DEPRECATED):
            yield Case(where, name)
            continue
        fault = f"{name} was {entry.status} for {component} in {before.id} and is {now or 'not listed'}"
        explained = _regrouped_into(a, b, component, name) or withdrawn(entry.status)
        explained = explained or _left_behind(history, before, guideline, entry)
        yield Case(where, name, fault, f"deprecated in {before.id}", explained)


def _regrouped_into(a: Facts, b: Facts, component: str, name: str) -> str:
    """The explanation if at least half of the tests are in other capabilities of the component, or an empty text."""
    tests = a.tests.get(name, {}).keys()
    successors = {
        other: tests & own.keys()
        for other, own in b.tests.items()
        if other != name and tests & own.keys() and b.statuses(other).get(component) in (*_ACTIVE, Status.DEPRECATED)
    }
    kept = frozenset().union(*successors.values())
    if not tests or len(kept) < lineage.HALF * len(tests):
        return ""
    share = "its test is" if len(tests) == 1 else f"{len(kept)} of its {len(tests)} tests are"
    return f"regrouped: {share} in {_few(sorted(successors))}"


def _left_behind(history: History, before: Guideline, guideline: Guideline, entry: Listed) -> str:
    """The explanation for what a draft lacked already when the guideline before it was added, or an empty text."""
    added = history.states(before.key)[:1]
    if not guideline.is_draft or not added:
        return ""
    date = added[0].revision.date
    state = amendments.at(history.states(guideline.key), date)
    if state is None or _status(history, state, entry) in (*_ACTIVE, Status.DEPRECATED):
        return ""
    return f"left behind: the draft lacked it already when {before.id} was added, on {date}"


def _few(names: list[str]) -> str:
    return ", ".join(names) if len(names) < 5 else f"{', '.join(names[:3])} and {len(names) - 3} more"


@rule("each required capability of a dated guideline that gives a required_since", "D304", moment="approved")
def required_since(history: History, guideline: Guideline) -> Iterator[Case]:
    """A capability has the guideline since which it is required, and that is correct."""
    if guideline.is_draft:
        return  # The clause requires the field only when the draft is copied to a dated file.
    family = history.record.program(guideline.program)
    for name in guideline.capabilities:
        said = guideline.required_since(name)
        if not said or not guideline.requires(name):
            continue
        first = next(place for place, other in enumerate(family) if other.requires(name))
        where = ("capabilities", name, "required_since")
        if said == family[first].id:
            yield Case(where, name)
            continue
        actual = family[first].id
        fault = f"{name} has required_since {said}, but {actual} is the first archived guideline that requires it"
        yield Case(where, name, fault, actual, _since_before(history, family, first, name, said))


def _since_before(history: History, family: list[Guideline], first: int, name: str, said: str) -> str:
    """The explanation if the tests were required before, in another capability, or an empty text."""
    while first and (origins := _required_origins(history, family[first - 1], family[first], name)):
        name = origins[0]
        first = next(place for place, other in enumerate(family) if other.requires(name))
        since = family[first].id
        if since == said or (first == 0 and said < since):
            older = "" if since == said else f", the first archived guideline; {said} is older"
            return f"regrouped: its tests were required in {name} since {since}{older}"
    return ""


def _required_origins(history: History, before: Guideline, guideline: Guideline, name: str) -> list[str]:
    """The capabilities required in ``before`` from which ``name`` is regrouped, sorted."""
    origins = history.regrouped(before, guideline).get(name, ())
    return sorted(origin for origin in origins if before.requires(origin))


@rule("each capability that has both statuses", moment="approved")
def one_status(history: History, guideline: Guideline) -> Iterator[Case]:
    """A capability that is required and advisory at once is so for two components."""
    lists: dict[str, dict[str, list[str]]] = {}
    for entry in listed(history.record.catalogue, guideline):
        lists.setdefault(entry.capability, {}).setdefault(entry.as_written, []).append(entry.status)
    for name, found in lists.items():
        if not {Status.REQUIRED, Status.ADVISORY} <= {status for statuses in found.values() for status in statuses}:
            continue
        fault = f"{name} is both required and advisory"
        separate = all(len(statuses) == 1 for statuses in found.values())
        explained = ", ".join(f"{statuses[0]} for {component}" for component, statuses in found.items())
        yield Case(("capabilities", name), name, fault, "one status for each component", explained if separate else "")
