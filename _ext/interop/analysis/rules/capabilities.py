"""Capabilities come and go by steps: advisory before required, deprecated before gone."""

from __future__ import annotations

from collections.abc import Iterator

from ...record.loader import Record
from ...record.model import Guideline, Status
from .. import history, lineage
from .base import Case, Rule, left_behind, listed, previous

_HELD = (Status.REQUIRED, Status.ADVISORY)


def _advisory_first(record: Record, guideline: Guideline) -> Iterator[Case]:
    before = previous(record, guideline)
    if before is None:
        return
    regrouped = lineage.regrouped(record, before, guideline)
    for component, _, name, status, where in listed(record, guideline):
        if status is not Status.REQUIRED:
            continue
        was = history.statuses(record, before, name).get(component)
        if was in _HELD:
            yield Case(where, name)
            continue
        fault = f"{name} is required for {component} and was {was or 'not there'} in {before.id}"
        explained = _stood(record, before, guideline, component, name, regrouped) or left_behind(guideline, before)
        yield Case(where, name, fault, f"advisory in {before.id}", explained)


def _stood(
    record: Record,
    before: Guideline,
    guideline: Guideline,
    component: str,
    name: str,
    regrouped: dict[str, frozenset[str]],
) -> str:
    """Why a capability is new in name only: half of its tests, or more, stood in others that the component held."""
    homes = [
        home
        for home in sorted(regrouped.get(name, ()))
        if history.statuses(record, before, home).get(component) in _HELD
    ]
    tests = lineage.test_keys(record, guideline)[name] if homes else frozenset()
    held = frozenset().union(*(lineage.test_keys(record, before)[home] for home in homes))
    if not homes or len(tests & held) < lineage.HALF * len(tests):
        return ""
    return f"regrouped: its tests stood in {', '.join(homes)}"


def _deprecated_first(record: Record, guideline: Guideline) -> Iterator[Case]:
    before = previous(record, guideline)
    if before is None:
        return
    for component, name, was in _held_before(record, before):
        now = history.statuses(record, guideline, name).get(component)
        where = ("capabilities", name) if name in guideline.capabilities else ("components",)
        if now in (*_HELD, Status.DEPRECATED):
            yield Case(where, name)
            continue
        fault = f"{name} was {was} for {component} in {before.id} and is {now or 'not there'}"
        explained = _moved_on(record, before, guideline, component, name) or left_behind(guideline, before)
        yield Case(where, name, fault, f"deprecated in {before.id}", explained)


def _held_before(record: Record, before: Guideline) -> Iterator[tuple[str, str, Status]]:
    for component, _, name, status, _ in listed(record, before):
        if status in _HELD:
            yield component, name, status


def _moved_on(record: Record, before: Guideline, guideline: Guideline, component: str, name: str) -> str:
    """Why a capability that is gone is not lost: half of its tests, or more, stand in others of the guideline."""
    tests = lineage.test_keys(record, before).get(name, frozenset())
    heirs = {
        heir: tests & held
        for heir, held in lineage.test_keys(record, guideline).items()
        if heir != name
        and tests & held
        and history.statuses(record, guideline, heir).get(component) in (*_HELD, Status.DEPRECATED)
    }
    kept = frozenset().union(*heirs.values())
    if not tests or len(kept) < lineage.HALF * len(tests):
        return ""
    return f"regrouped: {len(kept)} of its {len(tests)} tests stand in {_few(sorted(heirs))}"


def _few(names: list[str]) -> str:
    return ", ".join(names) if len(names) < 5 else f"{', '.join(names[:3])} and {len(names) - 3} more"


def _required_since(record: Record, guideline: Guideline) -> Iterator[Case]:
    if guideline.is_draft:
        return  # The clause has the field set when the draft is copied to a dated file.
    family = record.program(guideline.program)
    for name, capability in guideline.capabilities.items():
        said = capability.required_since.removeprefix(f"{guideline.program}.")
        if not said or Status.REQUIRED not in guideline.statuses(name).values():
            continue
        first = next(place for place, other in enumerate(family) if _required(other, name))
        where = ("capabilities", name, "required_since")
        if said == family[first].id:
            yield Case(where, name)
            continue
        fault = f"{name} says required since {said}; the record has it required first in {family[first].id}"
        yield Case(where, name, fault, family[first].id, _since_before(record, family, first, name, said))


def _required(guideline: Guideline, name: str) -> bool:
    return Status.REQUIRED in guideline.statuses(name).values()


def _since_before(record: Record, family: list[Guideline], first: int, name: str, said: str) -> str:
    """Why a capability counts from before its first guideline: its tests were required under another name."""
    while first and (homes := _homes(record, family[first - 1], family[first], name)):
        name = homes[0]
        first = next(place for place, other in enumerate(family) if _required(other, name))
        since = family[first].id
        if since == said or (first == 0 and said < since):
            held = "" if since == said else f", the first guideline held; {said} is older"
            return f"regrouped: its tests were required in {name} since {since}{held}"
    return ""


def _homes(record: Record, before: Guideline, guideline: Guideline, name: str) -> list[str]:
    homes = lineage.regrouped(record, before, guideline).get(name, ())
    return sorted(home for home in homes if _required(before, home))


def _two_statuses(record: Record, guideline: Guideline) -> Iterator[Case]:
    lists: dict[str, dict[str, list[str]]] = {}
    for _, component, name, status, _ in listed(record, guideline):
        lists.setdefault(name, {}).setdefault(component, []).append(status)
    for name, found in lists.items():
        if not {Status.REQUIRED, Status.ADVISORY} <= {status for statuses in found.values() for status in statuses}:
            continue
        fault = f"{name} is required and advisory at once"
        apart = all(len(statuses) == 1 for statuses in found.values())
        said = ", ".join(f"{statuses[0]} for {component}" for component, statuses in found.items())
        yield Case(("capabilities", name), name, fault, "one status for each component", said if apart else "")


RULES = (
    Rule(
        "advisory-first",
        "A capability is advisory before it is required",
        "each required capability of each component, against the guideline before",
        "A4.6",
        _advisory_first,
    ),
    Rule(
        "deprecated-first",
        "A capability is deprecated before it goes",
        "each required or advisory capability of each component of the guideline before",
        "A4.5",
        _deprecated_first,
    ),
    Rule(
        "required-since",
        "A capability says since when it is required, and the record agrees",
        "each required capability of a dated guideline that gives a required_since",
        "D304",
        _required_since,
    ),
    Rule(
        "one-status",
        "A capability that is required and advisory at once is so for two components",
        "each capability that has both statuses",
        "",
        _two_statuses,
    ),
)
