"""Capabilities come and go by steps: advisory before required, deprecated before gone."""

from __future__ import annotations

from collections.abc import Iterator

from ...record.model import Guideline, Status
from .. import lineage
from ..facts import Facts
from ..history import History
from .base import Case, Listed, left_behind, listed, rule

_HELD = (Status.REQUIRED, Status.ADVISORY)


@rule("each required capability of each component, against the guideline before", "A4.6")
def advisory_first(history: History, guideline: Guideline) -> Iterator[Case]:
    """A capability is advisory before it is required."""
    before = history.record.previous(guideline)
    if before is None:
        return
    a, b = history.facts(before), history.facts(guideline)
    regrouped = history.compare(before, guideline).regrouped
    for entry in listed(history.record.catalogue, guideline):
        if entry.status is not Status.REQUIRED:
            continue
        was = a.statuses(entry.capability).get(entry.component)
        if was in _HELD:
            yield Case(entry.where, entry.capability)
            continue
        fault = f"{entry.capability} is required for {entry.component} and was {was or 'not there'} in {before.id}"
        homes = regrouped.get(entry.capability, frozenset())
        explained = _stood(a, b, entry, homes) or left_behind(guideline, before)
        yield Case(entry.where, entry.capability, fault, f"advisory in {before.id}", explained)


def _stood(a: Facts, b: Facts, entry: Listed, regrouped: frozenset[str]) -> str:
    """Why a capability is new in name only: half of its tests, or more, stood in others that the component held."""
    homes = [home for home in sorted(regrouped) if a.statuses(home).get(entry.component) in _HELD]
    if not homes:
        return ""
    tests = b.tests[entry.capability].keys()
    held = {test for home in homes for test in a.tests[home]}
    if len(tests & held) < lineage.HALF * len(tests):
        return ""
    return f"regrouped: its tests stood in {', '.join(homes)}"


@rule("each required or advisory capability of each component of the guideline before", "A4.5")
def deprecated_first(history: History, guideline: Guideline) -> Iterator[Case]:
    """A capability is deprecated before it goes."""
    before = history.record.previous(guideline)
    if before is None:
        return
    a, b = history.facts(before), history.facts(guideline)
    for entry in listed(history.record.catalogue, before):
        if entry.status not in _HELD:
            continue
        component, name = entry.component, entry.capability
        now = b.statuses(name).get(component)
        where = ("capabilities", name) if name in guideline.capabilities else ("components",)
        if now in (*_HELD, Status.DEPRECATED):
            yield Case(where, name)
            continue
        fault = f"{name} was {entry.status} for {component} in {before.id} and is {now or 'not there'}"
        explained = _moved_on(a, b, component, name) or left_behind(guideline, before)
        yield Case(where, name, fault, f"deprecated in {before.id}", explained)


def _moved_on(a: Facts, b: Facts, component: str, name: str) -> str:
    """Why a capability that is gone is not lost: half of its tests, or more, stand in others of the guideline."""
    tests = a.tests.get(name, {}).keys()
    heirs = {
        heir: tests & held.keys()
        for heir, held in b.tests.items()
        if heir != name and tests & held.keys() and b.statuses(heir).get(component) in (*_HELD, Status.DEPRECATED)
    }
    kept = frozenset().union(*heirs.values())
    if not tests or len(kept) < lineage.HALF * len(tests):
        return ""
    return f"regrouped: {len(kept)} of its {len(tests)} tests stand in {_few(sorted(heirs))}"


def _few(names: list[str]) -> str:
    return ", ".join(names) if len(names) < 5 else f"{', '.join(names[:3])} and {len(names) - 3} more"


@rule("each required capability of a dated guideline that gives a required_since", "D304")
def required_since(history: History, guideline: Guideline) -> Iterator[Case]:
    """A capability says since when it is required, and the record agrees."""
    if guideline.is_draft:
        return  # The clause has the field set when the draft is copied to a dated file.
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
        fault = f"{name} says required since {said}; the record has it required first in {family[first].id}"
        yield Case(where, name, fault, family[first].id, _since_before(history, family, first, name, said))


def _since_before(history: History, family: list[Guideline], first: int, name: str, said: str) -> str:
    """Why a capability counts from before its first guideline: its tests were required under another name."""
    while first and (homes := _homes(history, family[first - 1], family[first], name)):
        name = homes[0]
        first = next(place for place, other in enumerate(family) if other.requires(name))
        since = family[first].id
        if since == said or (first == 0 and said < since):
            held = "" if since == said else f", the first guideline held; {said} is older"
            return f"regrouped: its tests were required in {name} since {since}{held}"
    return ""


def _homes(history: History, before: Guideline, guideline: Guideline, name: str) -> list[str]:
    homes = history.compare(before, guideline).regrouped.get(name, ())
    return sorted(home for home in homes if before.requires(home))


@rule("each capability that has both statuses")
def one_status(history: History, guideline: Guideline) -> Iterator[Case]:
    """A capability that is required and advisory at once is so for two components."""
    lists: dict[str, dict[str, list[str]]] = {}
    for entry in listed(history.record.catalogue, guideline):
        lists.setdefault(entry.capability, {}).setdefault(entry.as_written, []).append(entry.status)
    for name, found in lists.items():
        if not {Status.REQUIRED, Status.ADVISORY} <= {status for statuses in found.values() for status in statuses}:
            continue
        fault = f"{name} is required and advisory at once"
        apart = all(len(statuses) == 1 for statuses in found.values())
        said = ", ".join(f"{statuses[0]} for {component}" for component, statuses in found.items())
        yield Case(("capabilities", name), name, fault, "one status for each component", said if apart else "")
