"""A guideline as it was at the end of a day on which it was approved or amended, and as approved beside as archived."""

from __future__ import annotations

from dataclasses import replace

from ...analysis import amendments, changed, counts
from ...analysis import diff as comparison
from ...analysis.amendments import State
from ...analysis.analysis import Analysis
from ...analysis.facts import Facts
from ...record.amendments import Amendments
from ...record.model import Guideline, Status, is_capability
from .. import pages, urls
from . import diff, revised
from .common import View, component, guideline_link, mark
from .history import DIGITS, revision


def view(analysis: Analysis, key: str) -> View:
    """The view of the state ``program/id/day``. Nothing in it depends on what happens later, but the next amendment."""
    name, _, day = key.rpartition("/")
    guideline = analysis.record.guidelines[name]
    days = pages.days(analysis, name)
    place = [one for one, _ in days].index(day)
    states = analysis.states(name)
    state, first, last = days[place][1][-1], days[0][1][0], states[-1]
    revisions = analysis.record.amendments.of(name)
    repository = revisions.repository if revisions else ""
    shown = amendments.restored(guideline, state)
    facts = Facts(shown, analysis.record.catalogue, analysis.as_approved.test_ids)
    return {
        "program": pages.program_title(analysis.record, guideline.program),
        "id": guideline.id,
        "named": pages.named(guideline),
        "guideline_to": urls.guideline(name),
        "history_to": urls.guideline(name, "history"),
        "matrix": urls.matrix(guideline.program),
        "day": day,
        "status": state.status,
        "releases": [release.capitalize() for release in shown.releases],
        "cutoff": shown.cutoff,
        "repository": repository,
        "file": revision(repository, state.revision) | {"swhid": f"swh:1:cnt:{state.revision.blob}"},
        "cite": {
            "title": f"{pages.title(analysis.record, guideline)}, {day}",
            "to": urls.state(name, day),
            "label": "",
            "official": _official(revisions, state),
            "approved": "",
            "floating": "",
        },
        "is_first": place == 0,
        "before": _link(name, days, place - 1),
        "after": _link(name, days, place + 1),
        "number": place,
        "of": len(days) - 1,
        "revisions": [
            revision(repository, one.revision)
            | {"anchor": one.revision.commit[:DIGITS], "rows": _changes(analysis, states, one)}
            for one in days[place][1]
        ],
        "since": _compared(analysis, first, state) if place else None,
        "until": _compared(analysis, state, last),
        "amended": urls.amended(name) if pages.is_amended(analysis, name) else "",
        "components": [_component(analysis, facts, shown, one) for one in shown.components],
        "counts": _counts(facts),
        "flagged": _flagged(facts, shown),
        "previous": _turn(name, days, place - 1),
        "next": _turn(name, days, place + 1),
    }


def _official(revisions: Amendments | None, state: State) -> str:
    """What a citation has of the official file in that revision."""
    if revisions is None:
        return ""
    one = state.revision
    path = one.path or revisions.path
    return f"{path} of {revisions.repository} at commit {one.commit}, swh:1:cnt:{one.blob}"


def _link(name: str, days: list[tuple[str, list[State]]], place: int) -> View:
    """The day and the page of another state; empty if there is none."""
    return {"day": days[place][0], "to": urls.state(name, days[place][0])} if 0 <= place < len(days) else {}


def _turn(name: str, days: list[tuple[str, list[State]]], place: int) -> View | None:
    found = _link(name, days, place)
    return {"title": found["day"], "to": found["to"]} if found else None


def _changes(analysis: Analysis, states: list[State], state: State) -> list[View]:
    """What a revision changed; of the first one, which adds all facts, nothing."""
    return [] if state is states[0] else revised.rows(analysis, changed.of_revision(state.revision))


def _compared(analysis: Analysis, before: State, after: State) -> View:
    """How two states differ: in numbers and fact by fact."""
    found = changed.between(before, after)
    return {"number": len(found), "text": revised.numbers(found), "rows": revised.rows(analysis, found, brief=True)}


def _component(analysis: Analysis, facts: Facts, shown: Guideline, name: str) -> View:
    """The capabilities of a component by status, with their numbers of tests."""
    given = shown.components[name]
    named = component(analysis.record.catalogue, name)
    known = set(analysis.capability_names)
    return named | {
        "tests": len(facts.required(named["key"])),
        "must_pass": len(facts.must_pass(named["key"])),
        "groups": [
            {
                "mark": mark(status),
                "rows": [
                    {
                        "name": one,
                        "to": urls.capability(one) if one in known else "",
                        "tests": len(shown.capabilities[one].tests) if one in shown.capabilities else 0,
                        "flagged": shown.capabilities[one].flagged if one in shown.capabilities else 0,
                    }
                    for one in sorted(filter(is_capability, given.capabilities[status]))
                ],
            }
            for status in Status
            if given.capabilities[status]
        ],
    }


def _counts(facts: Facts) -> View:
    found = counts.of_guideline(facts)
    return {
        "required": found.capabilities[Status.REQUIRED],
        "must_pass": found.must_pass,
        "flagged": found.required.flagged,
        "tests": found.tests,
    }


def _flagged(facts: Facts, shown: Guideline) -> list[View]:
    """The flagged tests by name, each once with its flag."""
    found = {
        test.name: {"name": test.name, "date": test.flag.date, "code": test.flag.code}
        for one in shown.capabilities.values()
        for test in one.tests
        if test.flag is not None
    }
    return [found[name] for name in sorted(found)]


def amended(analysis: Analysis, key: str) -> View:
    """The comparison of the guideline ``key`` as it was approved with the same as it is archived."""
    guideline = analysis.record.guidelines[key]
    approved = analysis.as_approved.record.guidelines[key]
    ids, catalogue = analysis.as_approved.test_ids, analysis.record.catalogue
    a, b = (
        Facts(replace(given, id=f"{guideline.id} {word}"), catalogue, ids)
        for given, word in ((approved, "as approved"), (guideline, "as archived"))
    )
    day = pages.days(analysis, key)[0][0]
    link = guideline_link(analysis.record, guideline)
    title = pages.title(analysis.record, guideline)
    shown = diff.content(analysis, comparison.compare(a, b)) | {
        "a": link
        | {"id": a.guideline.id, "title": f"{title} as approved, {day}"}
        | {"to": urls.state(key, day), "status": approved.status},
        "b": link | {"id": b.guideline.id, "title": f"{title} as archived", "to": urls.guideline(key)},
        "data": urls.amendments_data(key),
        "findings": {"groups": [], "number": 0, "explained": 0},
        "previous": None,
        "next": None,
    }
    return shown | {"contents": diff.contents(shown)}
