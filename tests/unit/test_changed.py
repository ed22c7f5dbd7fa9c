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
def test_the_days_of_the_states(analysis: Analysis) -> None:
    """2016.01 was approved on 2016-01-26 and amended on 23 later days; nobody marked orchestration/2018.02 approved."""
    days = [day for day, _ in pages.days(analysis, "powered/2016.01")]
    assert (days[0], days[-1], len(days)) == ("2016-01-26", "2017-01-24", 24)
    assert pages.days(analysis, "orchestration/2018.02") == [] == pages.days(analysis, "powered/next")
    assert not pages.is_amended(analysis, "powered/2019.06")


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
