"""The changes of revisions fact by fact, held against the numbers that the files give and read by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from interop.analysis import changed
from interop.analysis.analysis import Analysis
from interop.analysis.changed import Fact
from interop.record import loader
from interop.site import pages
from interop.site.views import revised
from interop.site.views.history import Marks

GUIDELINES = Path(__file__).parents[2] / "guidelines"


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return Analysis(loader.load(GUIDELINES)[0])


FLAG = {"date": "2016-03-31", "code": "D401"}
A, B = "tempest.a.A.test_a", "tempest.a.A.test_b"
STATUS = {"from": "advisory", "to": "required"}
CHANGE = {
    "status": {"from": "review", "to": "approved"},
    "releases": {"added": ["mitaka"], "dropped": ["juno"]},
    "components": {
        "changed": {"compute": {"capabilities": {"changed": {"c": {"from": "advisory", "to": "required"}}}}}
    },
    "capabilities": {
        "changed": {
            "c": {
                "tests": {
                    "renamed": {A: B},
                    "flagged": {B: FLAG},
                    "changed": {B: {"flagged": {"from": {}, "to": FLAG}, "aliases": {"added": [A]}}},
                    "dropped": {"x.y": {"idempotent_id": "1"}},
                }
            }
        }
    },
}


def test_a_change_is_told_fact_by_fact() -> None:
    c = ("capabilities", "c", "tests")
    assert list(changed.facts(CHANGE)) == [
        Fact(("status",), "changed", "review", "approved"),
        Fact(("releases",), "added", None, "mitaka"),
        Fact(("releases",), "dropped", "juno", None),
        Fact(("components", "compute", "capabilities", "c"), "changed", "advisory", "required"),
        Fact((*c, B), "renamed", A, B),
        Fact((*c, B), "flagged", None, FLAG),
        Fact((*c, B, "flagged"), "changed", {}, FLAG),
        Fact((*c, B, "aliases"), "added", None, A),
        Fact((*c, "x.y"), "dropped", {"idempotent_id": "1"}, None),
    ]


def test_what_a_fact_is_about() -> None:
    whole, *_, status, renamed, flagged, flag, alias, dropped = changed.facts(CHANGE)
    assert (whole.capability, whole.component, whole.test) == ("", "", "")
    assert (status.capability, status.component, status.test) == ("c", "compute", "")
    assert {(one.capability, one.test) for one in (renamed, flagged, flag, alias)} == {("c", B)}
    assert (dropped.test, dropped.component) == ("x.y", "")


def test_the_words_for_facts() -> None:
    facts = list(changed.facts(CHANGE))
    assert revised.numbers(facts) == (
        "status: review → approved, release added: mitaka, release dropped: juno, 1 status of a capability changed, "
        "1 test renamed, 1 test flagged, 1 flag changed, 1 alias added, 1 test dropped"
    )
    assert revised.beside(facts[4:8]) == "renamed, flagged, flag changed, alias added"
    assert revised.beside(facts[7:8] * 2) == "2 aliases added"


@pytest.mark.by_hand
def test_each_amendment_is_a_moment_with_a_name(analysis: Analysis) -> None:
    """2016.01 was marked approved on 2016-01-26 and amended 25 times later, on 2016-04-21 and 2016-07-06 twice."""
    names = [one.name for one in analysis.moments("powered/2016.01").values()]
    assert (names[0], names[-1], len(names)) == ("2016-01-26", "2017-01-24", 26)
    twice = [name for name in names if name.startswith(("2016-04-21", "2016-07-06"))]
    assert [len(name) for name in twice] == [18, 10, 18, 10] and twice[1::2] == ["2016-04-21", "2016-07-06"]
    assert not analysis.moments("orchestration/2018.02") and not analysis.moments("powered/next")
    assert not pages.is_amended(analysis, "powered/2019.06")


@pytest.mark.by_hand
def test_the_approved_state_has_a_name_where_the_day_has_a_later_one(analysis: Analysis) -> None:
    """Commit ccaebff approved 2018.02 at 20:48 UTC; d64ce6a flagged two more tests at 20:55 UTC."""
    first, second, *_ = analysis.moments("powered/2018.02").values()
    assert (first.name, first.label) == ("2018-03-06-ccaebff", "2018-03-06, commit ccaebff")
    assert (second.name, second.revision.commit[:7]) == ("2018-03-06", "d64ce6a")
    assert second.before == (first.revision,) and first.before == ()


@pytest.mark.by_hand
def test_a_status_that_began_in_the_first_revision_of_a_guideline_is_dated(analysis: Analysis) -> None:
    """Review I7f0152a8 of 2015-10-26 adds 2016.01, the first guideline in which networks-l3-CRUD is advisory."""
    begun = [
        (one.key, one.revision.date, one.revision.change_id[:9], one.fact.after)
        for one in analysis.changes.of_capability["networks-l3-CRUD"]
        if one.key != "powered/next" and one.fact.component and one.fact.what == "added"
    ]
    assert begun[0] == ("powered/2016.01", "2015-10-26", "I7f0152a8", "advisory")
    assert not any(status == "advisory" for *_, status in begun[1:])
    # In the later files it is a status that earlier ones have.
    statuses = {
        name: {one.fact.after for one in found if one.fact.component}
        for name, found in analysis.changes.of_capability.items()
    }
    for guideline in analysis.record.guidelines.values():
        if analysis.states(guideline.key):
            for component in guideline.components.values():
                for status, names in component.capabilities.items():
                    assert all(status in statuses[name] for name in names), (guideline.key, status)


@pytest.mark.by_hand
def test_marks_follow_a_renamed_test(analysis: Analysis) -> None:
    """What is told of a test stands at its last name. Tests of approved guidelines were renamed five times."""
    renamed = [
        one
        for found in analysis.changes.of_guideline.values()
        for one in found
        if one.later and one.fact.what == "renamed"
    ]
    assert len(renamed) == 5
    for one in renamed:
        marks = Marks(analysis, analysis.record.guidelines[one.key])
        assert marks.of("test", one.fact.capability, one.fact.before) == []
        told = marks.of("test", one.fact.capability, one.fact.test)
        assert any("renamed" in mark["text"] and mark["date"] == one.revision.date for mark in told)
