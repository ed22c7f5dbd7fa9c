"""A guideline as it was after it was marked approved or amended, and as approved compared with as archived."""

from __future__ import annotations

from ...analysis import amendments, changed, counts
from ...analysis.amendments import State
from ...analysis.analysis import Analysis
from ...analysis.facts import Facts
from ...analysis.history import is_id
from ...analysis.moments import DIGITS as SHORT
from ...analysis.moments import Moment
from ...record.amendments import Amendments, Revision
from ...record.model import Guideline, Status, is_capability
from .. import pages, urls
from . import revised, standings
from .common import Source, View, component, mark
from .history import DIGITS, revision, state_page


def view(analysis: Analysis, key: str) -> View:
    """The view of the state ``program/id/moment``. Only the next amendment, if one is archived later, changes it."""
    key, _, name = key.rpartition("/")
    guideline = analysis.record.guidelines[key]
    moments = list(analysis.moments(key).values())
    place = [one.name for one in moments].index(name)
    moment, first, last = moments[place], moments[0].state, analysis.states(key)[-1]
    state = moment.state
    revisions = analysis.record.amendments.of(key)
    repository = revisions.repository if revisions else ""
    shown = amendments.restored(guideline, state)
    facts = Facts(shown, analysis.record.catalogue, analysis.as_approved.test_ids)
    approved = analysis.as_approved.facts(analysis.as_approved.record.guidelines[key])
    before, after = (_link(key, moments, other) for other in (place - 1, place + 1))
    return {
        "program": pages.program_title(analysis.record, guideline.program),
        "id": guideline.id,
        "named": pages.named(guideline),
        "guideline_to": urls.guideline(key),
        "history_to": urls.guideline(key, "history"),
        "program_to": urls.guidelines_of(guideline.program),
        "label": moment.label,
        "then": _then(moment),
        "status": state.status,
        "releases": [release.capitalize() for release in shown.releases],
        "cutoff": shown.cutoff,
        "repository": repository,
        "file": revision(repository, state.revision) | {"swhid": state.revision.swhid},
        "cite": {
            "title": f"{pages.title(analysis.record, guideline)}, {moment.label}",
            "to": urls.state(key, name),
            "label": "",
            "official": _official(revisions, state),
            "approved": "",
            "floating": "",
        },
        "is_first": place == 0,
        "approved": standings.of(analysis.record, key)["approved"],
        "marked": {"title": moments[0].label, "to": urls.state(key, moments[0].name)},
        "before": before,
        "after": after,
        "number": place,
        "of": len(moments) - 1,
        "earlier": [_earlier(analysis, key, repository, one) for one in moment.before],
        "revision": revision(repository, state.revision)
        | {"anchor": state.revision.commit[:DIGITS], "rows": _changes(analysis, key, state)},
        "since": _compared(analysis, first, state) | _effect(analysis, approved, facts) if place else None,
        "until": _compared(analysis, state, last) | _effect(analysis, facts, analysis.facts(guideline)),
        "amended": urls.amended(key) if pages.is_amended(analysis, key) else "",
        "components": [_component(analysis, facts, shown, one) for one in shown.components],
        "counts": _counts(facts),
        "flagged": _flagged(facts, shown),
        "previous": before or None,
        "next": after or None,
    }


def guideline(key: str) -> str:
    """The key ``program/id`` in the key of a state."""
    return key.rpartition("/")[0]


def source(analysis: Analysis, key: str) -> Source:
    """What the views of the states of the guideline ``program/id`` are made from.

    Other guidelines decide which capabilities and tests have pages, and the ids of tests by their names.
    """
    names: set[str] = set()
    ids: set[str | None] = set()
    for tests in (state.tests for state in analysis.states(key)):
        names |= {name for _, name in tests}
        ids |= {facts.get("idempotent_id") for facts in tests.values()}
    known = [(name, analysis.test_ids.get(name), analysis.as_approved.test_ids.get(name)) for name in sorted(names)]
    ids |= {id for _, *both in known for id in both}
    tested = sorted(analysis.test_places.keys() & ids)
    others = {"known": known, "tests": tested, "capabilities": sorted(analysis.capability_names)}
    return Source((analysis.record.guidelines[key],), others)


def _then(moment: Moment) -> str:
    """When a guideline was so, in words."""
    one = moment.revision
    if not moment.is_last_of_day:
        return f"on {one.day} after commit {one.commit[:SHORT]}, until a later one of that day"
    later = f", or of a later day up to {one.latest}: only the day of its commit is known" if one.latest else ""
    return f"at the end of {one.date}{later}"


def _earlier(analysis: Analysis, key: str, repository: str, one: Revision) -> View:
    """An earlier revision of the same day: what it made of the guideline has its own page."""
    return revision(repository, one) | {"anchor": one.commit[:DIGITS], "to": state_page(analysis, key, one)}


def _official(revisions: Amendments | None, state: State) -> str:
    """What a citation has of the official file in that revision."""
    if revisions is None:
        return ""
    one = state.revision
    path = one.path or revisions.path
    ids = ", ".join(filter(None, (one.sha256 and f"SHA-256 {one.sha256}", one.swhid)))
    return f"{path} of {revisions.repository} at commit {one.commit}, {ids}"


def _link(key: str, moments: list[Moment], place: int) -> View:
    """The title and the page of another state; empty if there is none."""
    if not 0 <= place < len(moments):
        return {}
    return {"title": moments[place].label, "to": urls.state(key, moments[place].name)}


def _changes(analysis: Analysis, key: str, state: State) -> list[View]:
    """What a revision changed; of the first one, which adds all facts, nothing."""
    return [] if state is analysis.states(key)[0] else revised.rows(analysis, changed.of_revision(state.revision))


def _compared(analysis: Analysis, before: State, after: State) -> View:
    """How two states differ: in numbers and fact by fact."""
    found = changed.between(before, after)
    return {"number": len(found), "text": revised.numbers(found), "rows": revised.rows(analysis, found, brief=True)}


def _effect(analysis: Analysis, before: Facts, after: Facts) -> View:
    """The tests that must pass only after, or only before, each with what it is on the other side."""
    old, new = before.must_pass(), after.must_pass()
    return {
        "new": [_passing(analysis, key, after, before) for key in sorted(new - old)],
        "gone": [_passing(analysis, key, before, after) for key in sorted(old - new)],
    }


def _passing(analysis: Analysis, key: str, here: Facts, there: Facts) -> View:
    name = min(here.required()[key].names)
    why = "flagged" if key in there.required() else "not required" if key in there.all_tests else "not listed"
    if why == "not listed" and revised.has_test(there.guideline, name):
        why = "listed with another id"
    return {
        "name": name,
        "id": revised.page_of(analysis, name, {"idempotent_id": key if is_id(key) else ""}),
        "why": why,
    }


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
