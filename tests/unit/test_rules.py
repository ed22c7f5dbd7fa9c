"""The rules of the process: for each, the examples that the site shows, which break and keep it, and its boundaries.

The small record is two dated guidelines and a draft: see ``tests/small_record.py``. What a change must lead to is
counted by hand.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from interop.analysis import rules
from interop.analysis.analysis import Analysis
from interop.analysis.rules import Case, Rule
from interop.record import process
from interop.record.catalogue import Catalogue
from interop.record.problems import Severity
from interop.record.record import Record

from ..small_record import (
    APPROVAL,
    COMPUTE,
    EXAMPLES,
    ID,
    SCORING,
    STORAGE,
    Change,
    Files,
    added,
    base,
    both,
    changed,
    define,
    designated,
    example,
    facts,
    flag,
    guideline,
    history,
    listed,
    load,
    of_tests,
    only,
    put,
    rename,
    take,
)

A, B, C, NEXT = "2016.01", "2016.08", "2017.01", "next"


def run(loaded: Record) -> rules.Report:
    return Analysis(loaded).report


def of_compute_auth(key: str, value: Any, *ids: str) -> Change:
    """One value of compute-auth, in 2016.08 or the guidelines named."""
    return both(*(put(id, "capabilities", "compute-auth", key, value) for id in ids or (B,)))


def approval(key: str, value: str, *ids: str) -> Change:
    """One value of a guideline's approval, in 2016.08 or the guidelines named."""
    return both(*(put(id, *APPROVAL, key, value) for id in ids or (B,)))


def draft_weights(deployed: int) -> Change:
    """Other weights in the draft, from which 2016.08 was made."""
    criteria = {"deployed": {"weight": deployed}, "tools": {"weight": 100 - deployed}}
    return both(approval("target_approval", B, NEXT), put(NEXT, *SCORING, "criteria", criteria))


def names_sections(status: str, project: str = "glance") -> Change:
    """What the component of 2016.08 names as designated sections: one project, by this status."""
    return put(B, "components", COMPUTE, "designated_sections", {status: [project]})


def statuses(a: str, b: str, draft: str = "draft") -> Change:
    """The statuses of the three guidelines."""
    return both(approval("status", a, A), approval("status", b, B), approval("status", draft, NEXT))


REQUIRE_NEW = both(define(B, "compute-quotas", 4), listed(B, required="compute-auth compute-quotas"))
REQUIRE_FLAVORS = listed(B, required="compute-auth compute-flavors", advisory="")
REQUIRE_LIMITS = listed(B, required="compute-auth compute-limits", advisory="compute-flavors")
REQUIRED_BEFORE = listed(A, required="compute-auth compute-flavors", advisory="")
DROP = listed(B, advisory="")
GLANCE_GONE = take(B, "designated_sections", "glance")
THREE_APPROVED = both(added(C, B), approval("status", "approved", A))

#: rule -> where the example that breaks it does so: in which guideline, about what, on a line with what.
CASES: dict[str, tuple[str, str, str]] = {
    "advisory-first": (B, "compute-quotas", "- compute-quotas"),
    "deprecated-first": (B, "compute-auth", "compute-auth:"),
    "required-since": (B, "compute-auth", f"required_since: '{B}'"),
    "one-status": (B, "compute-auth", "compute-auth:"),
    "sections-advisory-first": (B, "cinder", "required:"),
    "sections-deprecated-first": (B, "nova", "designated_sections:"),
    "sections-agree": (B, "glance", "- glance"),
    "reaches-cutoff": (B, "compute-auth", "achievements:"),
    "weights-stay": (B, "deployed", "deployed:"),
    "not-admin": (B, "compute-auth", "admin: true"),
    "new-without-flags": (B, ID.format(1), "flagged:"),
    "flag-complete": (B, ID.format(1), "flagged:"),
    "flag-code": (B, ID.format(1), "reason: removed-271467"),
    "flag-carried": (NEXT, ID.format(1), "tempest.test_1:"),
    "tests-stay": (B, ID.format(2), "tests:"),
    "no-tests-added": (B, ID.format(2), "tempest.test_2:"),
    "flag-stays": (B, ID.format(1), "tempest.test_1:"),
    "two-approved": (A, A, "status: approved"),
    "replaces-chain": (B, B, "replaces: '2015.07'"),
    "status-moves": (B, B, "status: superseded"),
    "named-by-date": (B, B, "target_approval: '2016.09'"),
}


def found(report: rules.Report, rule: str) -> list[tuple[str, str, bool]]:
    """The findings of a rule: guideline, what it is about, whether the record explains it."""
    return [(key.removeprefix("powered/"), one.about, bool(one.known)) for key, one in report.of(rule)]


def test_every_rule_has_its_examples() -> None:
    assert set(CASES) == set(EXAMPLES.breaks) == set(EXAMPLES.keeps) == set(rules.REGISTRY)


@pytest.mark.parametrize("rule", CASES)
def test_a_breach_is_found(rule: str, tmp_path: Path) -> None:
    id, about, text = CASES[rule]
    report = run(load(changed(example(EXAMPLES.breaks[rule])), tmp_path))
    assert (id, about, False) in found(report, rule)
    first = next(problem for key, problem in report.of(rule) if key == f"powered/{id}")
    lines = (tmp_path / first.path).read_text(encoding="utf-8").splitlines()
    assert text in lines[first.line - 1]
    assert f"{first.path}:{first.line}: observation {rule}: " in str(first)


@pytest.mark.parametrize("rule", CASES)
def test_what_keeps_a_rule_is_no_finding(rule: str, tmp_path: Path) -> None:
    report = run(load(changed(example(EXAMPLES.keeps[rule])), tmp_path))
    assert found(report, rule) == []
    # A capability with one status is no case of the rule that looks for two.
    assert report.examined[rule] > 0 or rule == "one-status"


def test_the_base_breaks_nothing(tmp_path: Path) -> None:
    report = run(load(base(), tmp_path))
    assert [str(one) for some in report.findings.values() for one in some] == []


# --- the boundaries of each rule --------------------------------------------------------------------------------------


def dated(*changes: Change) -> Change:
    """Changes of a record of the two dated guidelines alone."""
    return both(only(A, B), *changes)


def three(*changes: Change) -> Change:
    """Changes of a record of three dated guidelines: 2016.01, 2016.08 and 2017.01."""
    return both(only(A, B), added(C, B), *changes)


def instead(id: str, name: str, *tests: int, **more: Any) -> Change:
    """A required capability in the place of compute-auth, the only one that is required."""
    return both(take(id, "capabilities", "compute-auth"), define(id, name, *tests, **more), listed(id, required=name))


def regrouped_from(status: str, *tests: int, component: str = COMPUTE) -> Change:
    """2016.08 newly requires a capability with these tests; test 4 stood in one that a component had in 2016.01."""
    return dated(
        define(A, "compute-old", 4),
        listed(A, component, **{status: "compute-old" if status != "advisory" else "compute-flavors compute-old"}),
        define(A, "compute-older", 5),
        define(B, "compute-new", *tests),
        listed(B, required="compute-auth compute-new"),
    )


def moved_on(*tests: int, component: str = COMPUTE, **heir: str) -> Change:
    """compute-flavors, required with these tests, is gone in 2016.08; compute-heir has test 3 and this status."""
    return dated(
        REQUIRED_BEFORE,
        define(A, "compute-flavors", *tests),
        take(B, "capabilities", "compute-flavors"),
        define(B, "compute-heir", 3),
        listed(B, advisory=""),
        listed(B, component, **heir),
    )


def draft_for(target: str) -> Change:
    """A draft made for a month, which requires something new and lacks what 2016.08 has."""
    return both(
        approval("target_approval", target, NEXT) if target else take(NEXT, *APPROVAL, "target_approval"),
        define(NEXT, "compute-quotas", 4),
        listed(NEXT, required="compute-auth compute-quotas"),
        define(B, "compute-limits", 5),
        listed(B, advisory="compute-flavors compute-limits"),
    )


def old_name(id: str) -> Change:
    """The component under the name that it had until 2016."""

    def change(files: Files) -> None:
        files[id]["components"]["compute"] = files[id]["components"].pop(COMPUTE)

    return change


def two_names(files: Files) -> None:
    """The same component twice, under its old name and today's: required under one, advisory under the other."""
    files[B]["components"]["compute"] = {"capabilities": {"advisory": ["compute-auth"]}}


def entry(number: int, **more: Any) -> dict[str, Any]:
    """An entry of a test in a revision."""
    return {f"tempest.test_{number}": {"idempotent_id": ID.format(number)} | more}


AT = ("2016-08-23", facts("approved", 1, 2))
LATER = "2016-10-05"
FLAGGED = {"date": "2016-08-20", "code": "D401"}
WITH_FLAG = facts("approved", 2)
WITH_FLAG["capabilities"]["added"]["compute-auth"]["tests"] |= entry(1, flagged=FLAGGED)
UNFLAG = {"tempest.test_1": FLAGGED}
NAMES = {"tempest.v2.TestsTest.test_x": {}}, {"tempest.v2.test_tests.TestsTest.test_x": {}}

QUOTAS, LIMITS = (NEXT, "compute-quotas"), (NEXT, "compute-limits")


def left_behind(*dropped: str) -> Change:
    """2016.08 required compute-limits when it was added; the draft listed compute-flavors then, and ``dropped``."""

    def listing(*names: str) -> dict[str, Any]:
        statuses = dict.fromkeys(("compute-auth", *names), "required")
        return {"components": {"added": {COMPUTE: {"capabilities": statuses}}}}

    approved = facts("approved", 1, 2) | listing("compute-flavors", "compute-limits")
    draft = facts("draft", 1, 2) | listing("compute-flavors", *dropped)
    histories = history(B, ("2016-08-23", approved)), history(NEXT, ("2016-08-01", draft))
    return both(draft_for("2016.07"), REQUIRE_LIMITS, *histories)


def advisory_in_draft(day: str, status: str = "advisory") -> Change:
    """2016.08 was approved with compute-quotas, which 2016.01 did not list; the draft listed it on a day."""

    def listing(**statuses: str) -> dict[str, Any]:
        named = {name.replace("_", "-"): value for name, value in statuses.items()}
        return {"components": {"added": {COMPUTE: {"capabilities": {"compute-auth": "required"} | named}}}}

    quotas = {"capabilities": {"added": {"compute-quotas": {"tests": entry(4)}}}}
    return both(
        history(A, ("2016-01-26", facts("approved", 1, 2) | listing())),
        history(B, ("2016-08-23", facts("approved", 1, 2) | listing(compute_quotas="required") | quotas)),
        history(NEXT, (day, facts("draft", 1, 2) | listing(compute_quotas=status) | quotas)),
    )


#: rule -> what differs from the base, the change, and all findings of the rule: where, about what, whether explained.
BOUNDARIES: dict[str, list[tuple[str, Change, list[tuple[str, str, bool]]]]] = {
    "advisory-first": [
        ("advisory in the draft between the two", advisory_in_draft("2016-05-01"), [(B, "compute-quotas", True)]),
        ("deprecated there", advisory_in_draft("2016-05-01", "deprecated"), [(B, "compute-quotas", False)]),
        ("advisory in the draft before both", advisory_in_draft("2016-01-25"), [(B, "compute-quotas", False)]),
        ("advisory in the draft after both", advisory_in_draft("2016-08-24"), [(B, "compute-quotas", False)]),
        ("the first guideline of a program", both(only(B), REQUIRE_NEW), []),
        (
            "deprecated before",
            both(listed(A, advisory="", deprecated="compute-flavors"), REQUIRE_FLAVORS),
            [(B, "compute-flavors", False)],
        ),
        (
            "removed before",
            both(listed(A, advisory="", removed="compute-flavors"), REQUIRE_FLAVORS),
            [(B, "compute-flavors", False)],
        ),
        (
            "advisory before for another component",
            both(listed(A, advisory=""), listed(A, STORAGE, advisory="compute-flavors"), REQUIRE_FLAVORS),
            [(B, "compute-flavors", False)],
        ),
        ("advisory before under the component's old name", both(old_name(A), REQUIRE_FLAVORS), []),
        ("new and only advisory", both(define(B, "compute-new", 9), listed(B, advisory="compute-new")), []),
        ("its test stood in one that was advisory", regrouped_from("advisory", 4), [(B, "compute-new", True)]),
        ("its test stood in one that was deprecated", regrouped_from("deprecated", 4), [(B, "compute-new", False)]),
        (
            "its test stood in one of another component",
            regrouped_from("advisory", 4, component=STORAGE),
            [(B, "compute-new", False)],
        ),
        ("half of its tests stood in one held", regrouped_from("advisory", 4, 5), [(B, "compute-new", True)]),
        ("a third of its tests stood in one held", regrouped_from("advisory", 4, 5, 6), [(B, "compute-new", False)]),
        ("a draft for the month before", draft_for("2016.07"), [(*QUOTAS, False)]),
        ("a draft for a later month", draft_for("2016.09"), [(*QUOTAS, False)]),
        (
            "a dated guideline made for a month before",
            both(approval("target_approval", "2015.12"), REQUIRE_NEW),
            [(B, "compute-quotas", False)],
        ),
    ],
    "deprecated-first": [
        ("what the draft lacked already", left_behind(), [(*LIMITS, True)]),
        ("what the draft lost since", left_behind("compute-limits"), [(*LIMITS, False)]),
        ("the first guideline of a program", both(only(B), DROP), []),
        ("required, then deprecated", dated(listed(B, required="", deprecated="compute-auth")), []),
        (
            "advisory, then removed",
            dated(listed(B, advisory="", removed="compute-flavors")),
            [(B, "compute-flavors", True)],
        ),
        (
            "required, then removed",
            dated(listed(B, required="", removed="compute-auth")),
            [(B, "compute-auth", False)],
        ),
        ("advisory, then gone", dated(DROP), [(B, "compute-flavors", True)]),
        ("deprecated, then gone", dated(listed(A, advisory="", deprecated="compute-flavors"), DROP), []),
        ("removed, then gone", dated(listed(A, advisory="", removed="compute-flavors"), DROP), []),
        (
            "left to another component",
            dated(REQUIRED_BEFORE, DROP, listed(B, STORAGE, advisory="compute-flavors")),
            [(B, "compute-flavors", False)],
        ),
        ("all its tests in one advisory", moved_on(3, advisory="compute-heir"), [(B, "compute-flavors", True)]),
        ("half its tests in one advisory", moved_on(3, 4, advisory="compute-heir"), [(B, "compute-flavors", True)]),
        (
            "a third of its tests in one advisory",
            moved_on(3, 4, 5, advisory="compute-heir"),
            [(B, "compute-flavors", False)],
        ),
        ("its tests in one deprecated", moved_on(3, deprecated="compute-heir"), [(B, "compute-flavors", True)]),
        ("its tests in one removed", moved_on(3, removed="compute-heir"), [(B, "compute-flavors", False)]),
        (
            "its tests in one of another component",
            moved_on(3, component=STORAGE, advisory="compute-heir"),
            [(B, "compute-flavors", False)],
        ),
        (
            "listed before, and not defined",
            dated(listed(A, required="compute-auth compute-undefined")),
            [(B, "compute-undefined", False)],
        ),
        ("a draft for the month before", both(draft_for("2016.07"), REQUIRE_LIMITS), [(*LIMITS, False)]),
    ],
    "required-since": [
        ("a draft", of_compute_auth("required_since", "2014.01", NEXT), []),
        ("of a capability that is advisory", put(B, "capabilities", "compute-flavors", "required_since", B), []),
        (
            "earlier than the first guideline",
            of_compute_auth("required_since", "2015.07"),
            [(B, "compute-auth", False)],
        ),
        (
            "under another name before",
            dated(instead(B, "compute-new", 1, 2, required_since=A)),
            [(B, "compute-new", True)],
        ),
        (
            "under another name, older than the first guideline",
            dated(instead(B, "compute-new", 1, 2, required_since="2015.07")),
            [(B, "compute-new", True)],
        ),
        (
            "under two other names, one after the other",
            three(instead(B, "compute-new", 1, 2), instead(C, "compute-newer", 1, 2, required_since=A)),
            [(C, "compute-newer", True)],
        ),
        (
            "under another name, since a later guideline than the first",
            three(instead(B, "compute-new", 4), instead(C, "compute-newer", 4, required_since=B)),
            [(C, "compute-newer", True)],
        ),
        (
            "under another name, earlier than that one, and not older than the first guideline",
            three(instead(B, "compute-new", 4), instead(C, "compute-newer", 4, required_since=A)),
            [(C, "compute-newer", False)],
        ),
        (
            "under another name that was only advisory",
            dated(take(B, "capabilities", "compute-flavors"), DROP, instead(B, "compute-new", 3, required_since=A)),
            [(B, "compute-new", False)],
        ),
    ],
    "one-status": [
        (
            "advisory for another component",
            listed(B, STORAGE, advisory="compute-auth"),
            [(B, "compute-auth", True)],
        ),
        ("required by another component too", listed(B, STORAGE, required="compute-auth"), []),
        ("deprecated for another component", listed(B, STORAGE, deprecated="compute-auth"), []),
        ("advisory under the component's other name", two_names, [(B, "compute-auth", True)]),
        # Twice in one component is an error of the file, and not explained by components.
        (
            "both for one component",
            listed(B, advisory="compute-flavors compute-auth"),
            [(B, "compute-auth", False)],
        ),
        (
            "both for one component, and required by another",
            both(listed(B, advisory="compute-flavors compute-auth"), listed(B, STORAGE, required="compute-auth")),
            [(B, "compute-auth", False)],
        ),
        (
            "required and deprecated for one component, advisory for another",
            both(listed(B, deprecated="compute-auth"), listed(B, STORAGE, advisory="compute-auth")),
            [(B, "compute-auth", False)],
        ),
    ],
    "sections-advisory-first": [
        ("the first guideline of a program", both(only(B), designated(B, "cinder", required="default")), []),
        ("new and only advisory", designated(B, "cinder", advisory="a"), []),
        (
            "informational before",
            both(designated(A, "glance", informational="default"), designated(B, "glance", required="default")),
            [(B, "glance", False)],
        ),
        ("a new project with two parts", designated(B, "cinder", required="a b"), [(B, "cinder", False)]),
        ("a new part", designated(B, "nova", required="default a"), [(B, "nova: a", False)]),
        (
            "two new parts",
            designated(B, "nova", required="default a b"),
            [(B, "nova: a", False), (B, "nova: b", False)],
        ),
        ("a new part that is not designated", designated(B, "nova", required="default -a"), []),
        (
            "a part that was there and not designated",
            both(designated(A, "nova", required="default -a"), designated(B, "nova", required="default a")),
            [(B, "nova: a", False)],
        ),
        (
            "a new project, and a new part of another",
            both(take(A, "designated_sections", "nova"), designated(B, "glance", required="default a")),
            [(B, "nova", False), (B, "glance: a", False)],
        ),
    ],
    "sections-deprecated-first": [
        ("the first guideline of a program", both(only(B), GLANCE_GONE), []),
        ("informational, then gone", dated(designated(A, "glance", informational="default"), GLANCE_GONE), []),
        ("deprecated, then gone", dated(designated(A, "glance", deprecated="default"), GLANCE_GONE), []),
        (
            "advisory, then informational",
            dated(designated(B, "glance", informational="default")),
            [(B, "glance", True)],
        ),
        ("advisory, then removed", dated(designated(B, "glance", removed="default")), [(B, "glance", True)]),
        ("required, then removed", dated(designated(B, "nova", removed="default")), [(B, "nova", False)]),
        (
            "gone with two parts",
            dated(designated(A, "glance", required="a b"), GLANCE_GONE),
            [(B, "glance", False)],
        ),
        ("a part is gone", dated(designated(A, "nova", required="default a")), [(B, "nova: a", False)]),
        (
            "two parts are gone",
            dated(designated(A, "nova", required="default a b")),
            [(B, "nova: a", False), (B, "nova: b", False)],
        ),
        (
            "a part is no longer designated",
            dated(designated(B, "nova", required="-default")),
            [(B, "nova: default", False)],
        ),
        ("a part is gone that was not designated", dated(designated(A, "nova", required="default -a")), []),
        (
            "a part is deprecated",
            dated(
                designated(A, "nova", required="default a"), designated(B, "nova", required="default", deprecated="a")
            ),
            [],
        ),
        (
            "gone, and some of it was deprecated",
            dated(designated(A, "glance", advisory="default", deprecated="a"), GLANCE_GONE),
            [],
        ),
        (
            "a part of another project than the one that is gone",
            dated(
                both(designated(A, "nova", required="default"), designated(A, "glance", advisory="default a")),
                take(B, "designated_sections", "nova"),
            ),
            [(B, "nova", False), (B, "glance: a", True)],
        ),
    ],
    "sections-agree": [
        ("sections that are not defined", names_sections("required", "cinder"), []),
        (
            "the weaker of two statuses",
            both(designated(B, "glance", required="a", advisory="b"), names_sections("advisory")),
            [],
        ),
        (
            "neither of two statuses",
            both(designated(B, "glance", required="a", advisory="b"), names_sections("informational")),
            [(B, "glance", False)],
        ),
        ("informational", both(designated(B, "glance", informational="a"), names_sections("informational")), []),
    ],
    "reaches-cutoff": [
        (
            "the cutoff exactly",
            both(of_compute_auth("achievements", ["deployed"]), put(B, *SCORING, "cutoff_score", 60)),
            [],
        ),
        (
            "one below the cutoff",
            both(of_compute_auth("achievements", ["deployed"]), put(B, *SCORING, "cutoff_score", 61)),
            [(B, "compute-auth", False)],
        ),
        ("no score", of_compute_auth("achievements", []), [(B, "compute-auth", True)]),
        (
            "a misspelling, without which it reaches the cutoff",
            of_compute_auth("achievements", ["deployed", "tool"]),
            [(B, "compute-auth", True)],
        ),
        (
            "a misspelling, without which it has the cutoff exactly",
            both(of_compute_auth("achievements", ["deploy"]), put(B, *SCORING, "cutoff_score", 60)),
            [(B, "compute-auth", True)],
        ),
        (
            "a misspelling, without which it does not reach the cutoff",
            of_compute_auth("achievements", ["tool"]),
            [(B, "compute-auth", False)],
        ),
        (
            "a misspelling of a criterion that it meets anyway",
            of_compute_auth("achievements", ["deployed", "deploy"]),
            [(B, "compute-auth", False)],
        ),
        (
            "a word that is like no criterion",
            of_compute_auth("achievements", ["deployed", "green"]),
            [(B, "compute-auth", False)],
        ),
        (
            "a misspelling, and the cutoff reached without it",
            of_compute_auth("achievements", ["deployed", "tools", "tool"]),
            [],
        ),
        (
            "no cutoff",
            both(of_compute_auth("achievements", []), take(B, *SCORING, "cutoff_score")),
            [],
        ),
        ("advisory below the cutoff", put(B, "capabilities", "compute-flavors", "achievements", []), []),
    ],
    "weights-stay": [
        (
            "from the first revision to the approval",
            history(
                B,
                ("2016-08-01", facts("draft", 1, 2)),
                (
                    "2016-08-23",
                    {
                        "status": {"from": "draft", "to": "approved"},
                        "weights": {"changed": {"tools": {"from": 40, "to": 41}}},
                    },
                ),
            ),
            [(B, "tools", False)],
        ),
        (
            "after the approval",
            history(B, AT, (LATER, {"weights": {"changed": {"tools": {"from": 40, "to": 41}}}})),
            [],
        ),
        (
            "in the draft after it was copied",
            both(
                history(B, AT),
                history(
                    NEXT, ("2016-08-22", facts("draft", 1, 2)), ("2016-08-24", {"cutoff_score": {"from": 74, "to": 75}})
                ),
            ),
            [],
        ),
        (
            "in the draft before it was copied",
            both(
                history(B, AT),
                history(
                    NEXT,
                    ("2016-08-22", facts("draft", 1, 2, cutoff_score={"to": 75})),
                    ("2016-08-24", {"cutoff_score": {"from": 75, "to": 74}}),
                ),
            ),
            [(B, "cutoff", False)],
        ),
        ("a draft for another month", both(draft_weights(61), approval("target_approval", C, NEXT)), []),
        (
            "the cutoff alone",
            both(draft_weights(60), put(NEXT, *SCORING, "cutoff_score", 73)),
            [(B, "cutoff", False)],
        ),
        (
            "a criterion of the draft alone",
            both(draft_weights(60), put(NEXT, *SCORING, "criteria", "stable", {"weight": 0})),
            [(B, "stable", False)],
        ),
        (
            "a criterion of the guideline alone",
            both(draft_weights(60), put(B, *SCORING, "criteria", "stable", {"weight": 0})),
            [(B, "stable", False)],
        ),
        (
            "another dated guideline for the same month",
            both(approval("target_approval", B, A), put(A, *SCORING, "cutoff_score", 73)),
            [],
        ),
    ],
    "not-admin": [
        (
            "deprecated",
            both(of_compute_auth("admin", True), listed(B, required="", deprecated="compute-auth")),
            [],
        ),
        (
            "required by one component, advisory for another",
            both(of_compute_auth("admin", True), listed(B, STORAGE, advisory="compute-auth")),
            [(B, "compute-auth", False)],
        ),
    ],
    "new-without-flags": [
        ("flagged when it was approved", history(B, ("2016-08-23", WITH_FLAG)), [(B, ID.format(1), False)]),
        (
            "flagged later, by a flag of an earlier day",
            both(
                flag(B, date="2016-07-31"),
                history(B, AT, (LATER, of_tests(flagged={"tempest.test_1": {"date": "2016-07-31"}}))),
            ),
            [],
        ),
        ("on the first day of the month", flag(B, date="2016-08-01"), []),
        ("on the last day before", flag(B, date="2016-07-31"), [(B, ID.format(1), False)]),
        ("a draft", flag(NEXT, date="2014-01-01"), []),
        ("without a date", flag(B, date=""), []),
        (
            "on a test without an id",
            both(
                flag(B, date="2016-07-31"),
                take(B, "capabilities", "compute-auth", "tests", "tempest.test_1", "idempotent_id"),
            ),
            [(B, "tempest.test_1", False)],
        ),
    ],
    "flag-complete": [
        (f"without a {field}", flag(B, **{field: ""}), [(B, ID.format(1), False)])
        for field in ("date", "reason", "action")
    ]
    + [
        ("schema 1.2", both(flag(B, date="", reason="", action=""), put(B, "record", "origin_schema", "1.2")), []),
        (
            "schema 1.3",
            both(flag(B, date="", reason="", action=""), put(B, "record", "origin_schema", "1.3")),
            [(B, ID.format(1), False)],
        ),
        ("a draft", flag(NEXT, action=""), [(NEXT, ID.format(1), False)]),
    ],
    "flag-code": [
        ("a code of the catalogue", flag(B, reason="D400 removed-271467"), []),
        ("no such code", flag(B, reason="D499 removed-271467"), [(B, ID.format(1), False)]),
        ("a clause, which is no code", flag(B, reason="D309 removed-271467"), [(B, ID.format(1), False)]),
        ("schema 1.2", both(flag(B, reason=""), put(B, "record", "origin_schema", "1.2")), []),
        (
            "schema 1.3",
            both(flag(B, reason=""), put(B, "record", "origin_schema", "1.3")),
            [(B, ID.format(1), False)],
        ),
    ],
    "flag-carried": [
        ("a flag of a superseded guideline", flag(A), []),
        (
            "a dated guideline after the approved one",
            both(flag(A), approval("status", "approved", A)),
            [(NEXT, ID.format(1), False)],
        ),
        (
            "two approved guidelines, which are one finding",
            both(flag(A), approval("status", "approved", A), flag(B)),
            [(NEXT, ID.format(1), False)],
        ),
        ("a test that the draft has not", both(flag(B), define(NEXT, "compute-auth", 2)), []),
        (
            "a test that the draft has in two capabilities, flagged in one",
            both(flag(B, NEXT), define(NEXT, "compute-quotas", 1), listed(NEXT, advisory="compute-quotas")),
            [],
        ),
        (
            "a test that the draft has under another name",
            both(flag(B), rename(NEXT, "compute-auth", 1, "tempest.test_renamed")),
            [(NEXT, ID.format(1), False)],
        ),
    ],
    "two-approved": [
        (
            "four approved",
            both(THREE_APPROVED, added("2017.09", C)),
            [(A, A, False), (B, B, False)],
        ),
        ("superseded, and two approved after it", added(C, B), []),
    ],
    "replaces-chain": [
        ("a draft", approval("replaces", A, NEXT), []),
        ("says nothing", take(B, *APPROVAL, "replaces"), [(B, B, False)]),
        ("says itself", approval("replaces", B), [(B, B, False)]),
        ("the first guideline says nothing", take(A, *APPROVAL, "replaces"), []),
    ],
    "status-moves": [
        ("the same status", statuses("approved", "approved"), []),
        ("a draft among drafts", statuses("superseded", "draft"), []),
        ("review before approved", statuses("review", "approved"), [(B, B, False)]),
        ("approved before superseded, the next but one to review", statuses("review", "superseded"), [(B, B, False)]),
    ],
    "tests-stay": [
        ("of no history", flag(B), []),
        (
            "before the approval",
            history(
                B,
                ("2016-08-01", facts("draft", 1, 2)),
                ("2016-08-23", of_tests(dropped=entry(2)) | {"status": {"from": "draft", "to": "approved"}}),
            ),
            [],
        ),
        (
            "after it was superseded",
            history(
                B,
                AT,
                ("2017-01-01", {"status": {"from": "approved", "to": "superseded"}}),
                ("2017-01-02", of_tests(dropped=entry(2))),
            ),
            [(B, ID.format(2), False)],
        ),
        (
            "never approved",
            history(B, ("2016-08-23", facts("draft", 1, 2)), (LATER, of_tests(dropped=entry(2)))),
            [],
        ),
        (
            "a draft",
            history(NEXT, ("2016-08-23", facts("approved", 1, 2)), (LATER, of_tests(dropped=entry(2)))),
            [],
        ),
        (
            "with its capability",
            history(B, AT, (LATER, {"capabilities": {"dropped": AT[1]["capabilities"]["added"]}})),
            [(B, ID.format(1), False), (B, ID.format(2), False)],
        ),
        (
            "renamed",
            history(B, AT, (LATER, of_tests(renamed={"tempest.test_2": "tempest.test_9"}))),
            [(B, ID.format(2), True)],
        ),
        (
            "one of two entries",
            history(
                B,
                AT,
                ("2016-09-01", of_tests(added={"tempest.other": {"idempotent_id": ID.format(2)}})),
                (LATER, of_tests(dropped=entry(2))),
            ),
            [(B, ID.format(2), True)],
        ),
        (
            "a slip in a name put right, without ids",
            history(
                B,
                ("2016-08-23", facts() | {"capabilities": {"added": {"compute-auth": {"tests": NAMES[0]}}}}),
                (LATER, of_tests(dropped=NAMES[0], added=NAMES[1])),
            ),
            [(B, "tempest.v2.TestsTest.test_x", True)],
        ),
        (
            "another test in its place, without ids",
            history(
                B,
                ("2016-08-23", facts() | {"capabilities": {"added": {"compute-auth": {"tests": NAMES[0]}}}}),
                (LATER, of_tests(dropped=NAMES[0], added={"tempest.v2.TestsTest.test_y": {}})),
            ),
            [(B, "tempest.v2.TestsTest.test_x", False)],
        ),
        (
            "on the day on which the clause was merged",
            history(B, ("2015-05-01", facts("approved", 1, 2)), ("2015-05-10", of_tests(dropped=entry(2)))),
            [],
        ),
        (
            "on the day after",
            history(B, ("2015-05-01", facts("approved", 1, 2)), ("2015-05-11", of_tests(dropped=entry(2)))),
            [(B, ID.format(2), False)],
        ),
    ],
    "no-tests-added": [
        (
            "before the approval",
            history(
                B,
                ("2016-08-01", facts("draft", 1)),
                ("2016-08-23", of_tests(added=entry(2)) | {"status": {"from": "draft", "to": "approved"}}),
            ),
            [],
        ),
        ("renamed", history(B, AT, (LATER, of_tests(renamed={"tempest.test_2": "tempest.test_9"}))), []),
        (
            "with a capability",
            history(B, AT, (LATER, {"capabilities": {"added": {"compute-new": {"tests": entry(4)}}}})),
            [(B, ID.format(4), False)],
        ),
        (
            "in another capability",
            history(
                B,
                AT,
                ("2016-09-01", {"capabilities": {"added": {"compute-new": {}}}}),
                (LATER, of_tests("compute-new", added=entry(2))),
            ),
            [(B, ID.format(2), False)],
        ),
        ("a draft", history(NEXT, ("2016-08-23", facts("approved", 1)), (LATER, of_tests(added=entry(2)))), []),
    ],
    "flag-stays": [
        (
            "before the approval",
            history(
                B,
                ("2016-08-01", WITH_FLAG | {"status": {"to": "draft"}}),
                ("2016-08-23", of_tests(unflagged=UNFLAG) | {"status": {"from": "draft", "to": "approved"}}),
            ),
            [],
        ),
        (
            "after the approval",
            history(B, ("2016-08-23", WITH_FLAG), (LATER, of_tests(unflagged=UNFLAG))),
            [(B, ID.format(1), False)],
        ),
        (
            "added and taken away",
            history(B, AT, ("2016-09-01", of_tests(flagged=UNFLAG)), (LATER, of_tests(unflagged=UNFLAG))),
            [(B, ID.format(1), False)],
        ),
        (
            "taken out with its test",
            history(B, ("2016-08-23", WITH_FLAG), (LATER, of_tests(dropped=entry(1, flagged=FLAGGED)))),
            [],
        ),
        (
            "of a test that was renamed",
            history(B, ("2016-08-23", WITH_FLAG), (LATER, of_tests(renamed={"tempest.test_1": "tempest.test_9"}))),
            [],
        ),
        (
            "of a test that was renamed at once",
            history(
                B,
                ("2016-08-23", WITH_FLAG),
                (LATER, of_tests(renamed={"tempest.test_1": "tempest.test_9"}, unflagged={"tempest.test_9": FLAGGED})),
            ),
            [(B, ID.format(1), False)],
        ),
        ("before the clause", history(B, ("2015-07-01", WITH_FLAG), ("2015-07-24", of_tests(unflagged=UNFLAG))), []),
        ("a draft", history(NEXT, ("2016-08-23", WITH_FLAG), (LATER, of_tests(unflagged=UNFLAG))), []),
    ],
    "named-by-date": [
        (
            "approved in the month of its name, the target in another",
            both(only(A), approval("target_approval", "2016.02", A)),
            [],
        ),
        ("the first day of the month", approval("target_approval", "2016-08-01"), []),
        ("the last day of the month before", approval("target_approval", "2016-07-31"), [(B, B, False)]),
        ("a draft", approval("target_approval", A, NEXT), []),
        ("does not say", take(B, *APPROVAL, "target_approval"), []),
        (
            "schema 1.2",
            both(approval("target_approval", "2016.09"), put(B, "record", "origin_schema", "1.2")),
            [],
        ),
        (
            "schema 1.3",
            both(approval("target_approval", "2016.09"), put(B, "record", "origin_schema", "1.3")),
            [(B, B, False)],
        ),
        (
            "named after a season",
            both(added("spring", B), only(A, B, "spring")),
            [("spring", "spring", False)],
        ),
    ],
}
BOUNDARY_CASES = [(rule, *case) for rule, cases in BOUNDARIES.items() for case in cases]


def test_every_rule_has_its_boundaries() -> None:
    assert set(BOUNDARIES) == set(rules.REGISTRY)


@pytest.mark.parametrize(
    "rule, name, change, expected", BOUNDARY_CASES, ids=[f"{rule}: {name}" for rule, name, *_ in BOUNDARY_CASES]
)
def test_boundary(rule: str, name: str, change: Change, expected: list[tuple[str, str, bool]], tmp_path: Path) -> None:
    report = run(load(changed(change), tmp_path))
    assert found(report, rule) == expected
    assert [str(one) for _, one in report.of(rules.CRASHED)] == []


def explanations(report: rules.Report, rule: str) -> list[str]:
    return [one.known for _, one in report.of(rule)]


def messages(report: rules.Report, rule: str) -> list[str]:
    return [one.message for _, one in report.of(rule)]


def test_regrouped_is_not_new(tmp_path: Path) -> None:
    split = both(
        instead(B, "compute-auth-get", 1),
        define(B, "compute-auth-set", 2),
        listed(B, required="compute-auth-get compute-auth-set"),
    )
    report = run(load(changed(split), tmp_path))
    assert found(report, "advisory-first") == [
        ("2016.08", "compute-auth-get", True),
        ("2016.08", "compute-auth-set", True),
        # The draft has the old one again, whose tests stood in the two.
        ("next", "compute-auth", True),
    ]
    assert found(report, "deprecated-first") == [
        ("2016.08", "compute-auth", True),
        ("next", "compute-auth-get", True),
        ("next", "compute-auth-set", True),
    ]
    assert "regrouped: its tests were in compute-auth" in explanations(report, "advisory-first")
    known = explanations(report, "deprecated-first")
    assert "regrouped: 2 of its 2 tests are in compute-auth-get, compute-auth-set" in known


@pytest.mark.parametrize(
    "number, said",
    [
        (4, "compute-1, compute-2, compute-3, compute-4"),
        (5, "compute-1, compute-2, compute-3 and 2 more"),
    ],
)
def test_an_explanation_names_a_few_heirs(number: int, said: str, tmp_path: Path) -> None:
    tests = range(1, number + 1)
    heirs = [define(B, f"compute-{test}", test) for test in tests]
    change = dated(define(A, "compute-auth", *tests), take(B, "capabilities", "compute-auth"), *heirs)
    change = both(change, listed(B, required="", advisory=" ".join(f"compute-{test}" for test in tests)))
    report = run(load(changed(change), tmp_path))
    assert f"regrouped: {number} of its {number} tests are in {said}" in explanations(report, "deprecated-first")


def test_half_of_the_tests_elsewhere_is_regrouped_and_less_is_not(tmp_path: Path) -> None:
    for folder, tests, explained in (("half", (1, 8), True), ("third", (1, 7, 8), False)):
        change = both(REQUIRE_NEW, define(B, "compute-quotas", *tests))
        report = run(load(changed(change), tmp_path / folder))
        assert ("2016.08", "compute-quotas", explained) in found(report, "advisory-first")


@pytest.mark.parametrize(
    "rule, change, message, explained",
    [
        (
            "advisory-first",
            REQUIRE_NEW,
            "compute-quotas is required for os_powered_compute and was not listed in 2016.01",
            "",
        ),
        (
            "deprecated-first",
            dated(listed(B, advisory="", removed="compute-flavors")),
            "compute-flavors was advisory for os_powered_compute in 2016.01 and is removed",
            "withdrawn: it was advisory and never required, so it is not removed",
        ),
        (
            "required-since",
            dated(instead(B, "compute-new", 1, 2, required_since="2015.07")),
            "compute-new has required_since 2015.07, but 2016.08 is the first archived guideline that requires it",
            "regrouped: its tests were required in compute-auth since 2016.01, the first archived guideline; "
            "2015.07 is older",
        ),
        (
            "required-since",
            dated(instead(B, "compute-new", 1, 2, required_since=A)),
            "compute-new has required_since 2016.01, but 2016.08 is the first archived guideline that requires it",
            "regrouped: its tests were required in compute-auth since 2016.01",
        ),
        (
            "one-status",
            listed(B, STORAGE, advisory="compute-auth"),
            "compute-auth is both required and advisory",
            "required for os_powered_compute, advisory for os_powered_storage",
        ),
        (
            "sections-advisory-first",
            designated(B, "nova", required="default a"),
            "nova: a is a required designated section and was not designated in 2016.01",
            "",
        ),
        (
            "sections-deprecated-first",
            dated(designated(B, "glance", removed="a", informational="b")),
            "glance was a designated section in 2016.01 and is removed and informational",
            "withdrawn: it was advisory and never required, so it is not removed",
        ),
        (
            "reaches-cutoff",
            of_compute_auth("achievements", []),
            "compute-auth is required with no score recorded; the cutoff is 74",
            "not scored: the file gives no achievements",
        ),
        (
            "reaches-cutoff",
            of_compute_auth("achievements", ["deployed", "tool"]),
            "compute-auth is required with a score of 60; the cutoff is 74",
            "misspelling: with tools for 'tool' the score is 100",
        ),
        (
            "reaches-cutoff",
            of_compute_auth("achievements", ["no criterion"]),
            "compute-auth is required with a score of 0; the cutoff is 74",
            "",
        ),
        (
            "weights-stay",
            both(draft_weights(60), put(NEXT, *SCORING, "criteria", "stable", {"weight": 0})),
            "stable is not listed; in the draft it was 0",
            "",
        ),
        ("replaces-chain", take(B, *APPROVAL, "replaces"), "2016.08 does not name the guideline it replaces", ""),
        (
            "replaces-chain",
            approval("replaces", "2015.07"),
            "2016.08 replaces 2015.07, but the previous guideline is 2016.01",
            "",
        ),
        (
            "flag-complete",
            flag(B, date="", action=""),
            "the flag of tempest.test_1 has no date and no action",
            "",
        ),
        (
            "flag-code",
            flag(B, reason="D499 removed-271467"),
            "the reason of the flag of tempest.test_1 begins with D499",
            "",
        ),
        (
            "flag-code",
            flag(B, reason="removed-271467"),
            "the reason of the flag of tempest.test_1 begins with no code",
            "",
        ),
    ],
)
def test_what_a_finding_says(rule: str, change: Change, message: str, explained: str, tmp_path: Path) -> None:
    report = run(load(changed(change), tmp_path))
    assert messages(report, rule) == [message]
    assert explanations(report, rule) == [explained]


def test_only_some_codes_are_of_flags(tmp_path: Path) -> None:
    """D309 is a clause; no entry of the catalogue makes it the code of a flag."""
    loaded = load(changed(flag(B, reason="D309 removed-271467")), tmp_path)
    loaded.catalogue.data["flag-codes"]["D309"] = loaded.catalogue.data["flag-codes"]["D401"]
    assert found(run(loaded), "flag-code") == [(B, ID.format(1), False)]


@pytest.mark.parametrize("replaced, expected", [("dns.2016.01", []), ("2016.01", [(B, "dns.2016.08", False)])])
def test_an_add_on_replaces_one_of_its_own(replaced: str, expected: list[Any], tmp_path: Path) -> None:
    files = changed(only(A, B), approval("replaces", replaced))
    shown = run(load(files, tmp_path, "dns")).of("replaces-chain")
    assert [(key.removeprefix("dns/"), one.about, bool(one.known)) for key, one in shown] == expected


def test_the_line_of_a_finding_about_sections(tmp_path: Path) -> None:
    change = dated(designated(B, "cinder", required="a"), designated(B, "nova", required="default b"))
    report = run(load(changed(change), tmp_path))
    of_part, of_project = (one for _, one in report.of("sections-advisory-first"))
    lines = (tmp_path / of_part.path).read_text(encoding="utf-8").splitlines()
    assert (of_part.about, of_project.about) == ("nova: b", "cinder")
    assert lines[of_part.line - 1].strip() == "b:"
    assert lines[of_project.line - 2 :][:2] == ["  cinder:", "    required:"]


def test_how_many_cases_a_rule_looked_at(tmp_path: Path) -> None:
    change = both(
        define(B, "compute-quotas", 4),
        listed(B, required="compute-auth compute-quotas"),
        put(B, *SCORING, "cutoff_score", 0),
        take(A, *SCORING, "cutoff_score"),
        designated(A, "glance", deprecated="default"),
    )
    examined = run(load(changed(change), tmp_path)).examined
    assert examined["advisory-first"] == 2 + 1  # compute-auth and compute-quotas, and compute-auth in the draft.
    assert examined["reaches-cutoff"] == 2 + 1  # A cutoff of 0 is one, and 2016.01 has none.
    assert examined["deprecated-first"] == 2 + 3
    # nova and its part; in the draft also glance and its part, which 2016.01 had only as deprecated.
    assert examined["sections-deprecated-first"] == 2 + 4
    assert examined["weights-stay"] == 0


def test_a_rule_is_not_held_before_its_time(tmp_path: Path) -> None:
    # A4.6 is of 2015A, adopted on 17 May 2015; D312 was merged on 30 July 2015.
    files = {
        "2015.04": guideline("2015.04", "superseded", "2015.03", "2015.04"),
        "2015.05": guideline("2015.05", "superseded", "2015.04", "2015.05"),
        "2015.07": guideline("2015.07", "superseded", "2015.05", "2015-07-28"),
        "2016.01": guideline("2016.01", "superseded", "2015.07", "2016.01"),
    }
    for number, id in enumerate(list(files)[1:], 4):
        define(id, f"compute-quotas-{number}", number)(files)
        listed(id, required=f"compute-auth compute-quotas-{number}")(files)
    for id in files:
        flag(id, date="2014-01-01")(files)
    report = run(load(files, tmp_path))
    new = [("2015.07", "compute-quotas-5", False), ("2016.01", "compute-quotas-6", False)]
    assert found(report, "advisory-first") == new
    assert found(report, "new-without-flags") == [("2016.01", ID.format(1), False)]


@pytest.mark.parametrize(
    "clause, expected",
    [
        # 2015A came into force on 17 May 2015. Of a month without a day, the first counts.
        ("A4.6", {"2015.04": False, "2015.05": False, "2015.06": True, "2016.08": True, "next": True}),
        ("A4.6", {"2015-05-16": False, "2015-05-17": False, "2015-05-18": True}),
        ("D312", {"2015.07": False, "2015-07-30": False, "2015-07-31": True, "2015.08": True, "next": True}),
        # A clause ends with the day on which a document without it followed: 2016A, on 26 January 2016.
        ("C3.4", {"2015.05": False, "2015.06": True, "2016.01": True, "2016.02": False, "next": False}),
        ("C3.4", {"2016-01-26": True, "2016-01-27": False}),
        ("X9.9", {"2016.01": False, "next": False}),
    ],
)
def test_whether_a_clause_applies(clause: str, expected: dict[str, bool], real_record: Record, tmp_path: Path) -> None:
    catalogue = Catalogue({**real_record.catalogue.data, "events": {}})
    for number, (approval, applies) in enumerate(expected.items()):
        id = approval.replace("-", ".")[:7]
        loaded = load({id: guideline(id, "approved", "2014.07", approval)}, tmp_path / str(number))
        assert process.applies(catalogue, clause, loaded.guidelines[f"powered/{id}"]) is applies, approval


def test_the_known_day_of_an_approval_counts_before_that_in_the_file(real_record: Record) -> None:
    """The Board approved 2016.01 and 2016A on 26 January 2016; the file has 27 January."""
    guideline = real_record.guidelines["powered/2016.01"]
    assert guideline.approval == "2016-01-27"
    assert process.document_of(real_record.catalogue, guideline) == "2015B"
    assert process.document_of(Catalogue({**real_record.catalogue.data, "events": {}}), guideline) == "2016A"


def test_a_clause_without_a_known_day_applies_to_drafts_alone(tmp_path: Path) -> None:
    """When 2017A was approved is not known: what it alone says may have come before any dated guideline, or after."""
    loaded = load(base(), tmp_path)
    loaded.catalogue.data["process"]["clauses"]["A9.9"] = [{"in": ["2017A"], "text": "Something new."}]
    applied = [process.applies(loaded.catalogue, "A9.9", one) for one in loaded.guidelines.values()]
    assert applied == [False, False, True]


def test_a_rule_that_crashes_is_a_finding(tmp_path: Path) -> None:
    def fall(history: Any, one: Any) -> Any:
        yield Case(("metadata",), "x", "seen before the fall")
        raise ZeroDivisionError("by nought")

    registry = {"falls": Rule("falls", "Falls", "all", "", fall), "not-admin": rules.REGISTRY["not-admin"]}
    report = rules.run(Analysis(load(base(), tmp_path)), registry)
    crashed = report.of("rule-crashed")
    assert [key for key, _ in crashed] == ["powered/2016.01", "powered/2016.08", "powered/next"]
    message = crashed[0][1].message
    assert re.fullmatch(r"the rule falls failed at unit/test_rules\.py:\d+: ZeroDivisionError: by nought", message)
    assert crashed[0][1].severity is Severity.OBSERVATION
    assert report.examined["not-admin"] == 3


#: What differs from the base, the change, the guideline, and its findings that the one before does not have.
NEW_FINDINGS: list[tuple[str, Change, str, list[tuple[str, str]]]] = [
    (
        "a finding of both, and one of the draft",
        both(
            flag(B, NEXT, action=""),
            define(NEXT, "compute-quotas", 4),
            listed(NEXT, required="compute-auth compute-quotas"),
        ),
        NEXT,
        [("advisory-first", "compute-quotas")],
    ),
    (
        "a finding that is explained",
        instead(NEXT, "compute-new", 1, 2),
        NEXT,
        [],
    ),
    (
        "the same finding in other words",
        both(
            of_compute_auth("achievements", ["deployed"], B, NEXT),
            put(NEXT, *SCORING, "cutoff_score", 73),
        ),
        NEXT,
        [],
    ),
    (
        "another finding about the same capability",
        both(of_compute_auth("achievements", ["deployed"], B, NEXT), of_compute_auth("admin", True, NEXT)),
        NEXT,
        [("not-admin", "compute-auth")],
    ),
    (
        "a finding of the guideline before, which the draft has not",
        of_compute_auth("admin", True, B),
        NEXT,
        [],
    ),
    ("a dated guideline", of_compute_auth("admin", True, B, NEXT), B, [("not-admin", "compute-auth")]),
    ("the first guideline", of_compute_auth("admin", True, A, B), A, [("not-admin", "compute-auth")]),
]


@pytest.mark.parametrize("name, change, id, expected", NEW_FINDINGS, ids=[name for name, *_ in NEW_FINDINGS])
def test_new_findings(name: str, change: Change, id: str, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    loaded = load(changed(change), tmp_path)
    new = Analysis(loaded).new_findings(loaded.guidelines[f"powered/{id}"])
    assert [(one.code, one.about) for one in new] == expected


@pytest.mark.by_hand
@pytest.mark.parametrize(
    "id, since, until, holders",
    [
        ("A4.6", "2015-05-17", "", ["2015A", "2015B", "2016A", "2017A"]),
        ("C6.1", "2015-10-26", "", ["2015B", "2016A", "2017A"]),
        ("C3.4", "2015-05-17", "2016-01-26", ["2015A", "2015B"]),
        ("D304", "2015-05-10", "", ["flagging"]),
        ("D307", "2015-06-05", "", ["flagging"]),
        ("D309", "2015-07-17", "", ["flagging"]),
        ("D312", "2015-07-30", "", ["flagging"]),
        ("D406", "2016-04-24", "", ["flagging"]),
    ],
)
def test_when_a_clause_was_in_force(id, since, until, holders, real_record):
    catalogue = real_record.catalogue
    assert process.since(catalogue, id) == since
    assert process.bound(catalogue, id) == {"C6.1": "earliest", "D406": "latest"}.get(id, "")
    assert process.until(catalogue, id) == until
    assert process.holders(catalogue, id) == holders


def test_every_clause_a_rule_names_exists(real_record):
    named = {rule.clause for rule in rules.REGISTRY.values() if rule.clause}
    assert named >= {"A4.6", "A4.5", "A3.1", "A3.2", "A4.4", "A4.3", "D312", "D307", "D309", "D308", "C6.1", "D4.1"}
    assert [clause for clause in named if not process.holders(real_record.catalogue, clause)] == []


@pytest.mark.by_hand
class TestTheRecord:
    """What the rules find in the real files, counted by hand."""

    def findings(self, analysis: Analysis, rule: str, key: str) -> list[tuple[str, bool]]:
        return [(one.about, bool(one.known)) for one in analysis.report.findings[key] if one.code == rule]

    def test_2015_05_was_made_before_2015A(self, real_analysis):
        """It requires identity-auth and five sections of keystone at once, and no rule was in force yet."""
        rules_of_2015_A = ("advisory-first", "sections-advisory-first", "sections-deprecated-first")
        assert [self.findings(real_analysis, rule, "powered/2015.05") for rule in rules_of_2015_A] == [[], [], []]

    def test_what_was_removed_without_being_deprecated(self, real_analysis):
        """One of ten was required: the other nine were advisory, which the lexicon does not call removed."""
        shown = real_analysis.report.of("deprecated-first")
        assert [(key, one.about) for key, one in shown if not one.known] == [("powered/2015.07", "compute-flavors")]
        withdrawn = [(key, one.about) for key, one in shown if one.known.startswith("withdrawn: ")]
        assert len(withdrawn) == 9
        assert ("powered/2017.09", "compute-servers-suspend-resume") in withdrawn

    def test_scores_that_are_misspelt_or_missing(self, real_analysis):
        """objectstore-slo-support is one of the required in 2018.11 to 2020.06 and in the draft, with 68 points."""
        known = [(key, one.about, one.known) for key, one in real_analysis.report.of("reaches-cutoff") if one.known]
        ids = ("2018.11", "2019.06", "2019.11", "2020.06", "next")
        misspelt = "misspelling: with discover for 'discoverable' the score is 76"
        unscored = "not scored: the file gives no achievements"
        assert sorted(known) == sorted(
            [(f"powered/{id}", "objectstore-slo-support", misspelt) for id in ids]
            + [(f"powered/{id}", "identity-v3-tokens-delete", unscored) for id in ids[1:4]]
        )

    def test_two_came_at_once_in_2017_01_and_both_are_regrouped(self, real_analysis):
        shown = self.findings(real_analysis, "advisory-first", "powered/2017.01")
        assert shown == [("objectstore-info-request", True), ("objectstore-temp-url-put", True)]

    def test_2015_07_is_a_regrouping(self, real_analysis):
        shown = self.findings(real_analysis, "advisory-first", "powered/2015.07")
        assert len(shown) == 48  # 37 for compute and 11 for object storage
        assert all(explained for _, explained in shown)

    def test_all_of_2016_08_was_advisory_before(self, real_analysis):
        assert self.findings(real_analysis, "advisory-first", "powered/2016.08") == []

    def test_four_guidelines_are_approved_at_once(self, real_analysis):
        for program in ("powered", "dns", "orchestration"):
            shown = [key for key, one in real_analysis.report.of("two-approved") if key.startswith(f"{program}/")]
            assert shown == [f"{program}/2018.11", f"{program}/2019.06"]

    def test_weights_stayed_from_draft_to_approval(self, real_analysis):
        """Nine of Powered, 12 criteria and the cutoff; five of DNS and five of Orchestration, 9 and the cutoff."""
        assert real_analysis.report.of("weights-stay") == []
        assert real_analysis.report.examined["weights-stay"] == 217

    def test_8e623b9_took_entries_out_of_two_approved_guidelines(self, real_analysis):
        """Six of each, 11 of which were second entries of tests that stay; NEED_TEST was no test."""
        shown = [key for key, _ in real_analysis.report.of("tests-stay")]
        assert (shown.count("powered/2017.09"), shown.count("powered/2018.02")) == (6, 6)
        left = [(key, one.about) for key, one in real_analysis.report.of("tests-stay") if not one.known]
        assert left == [("powered/2017.09", "tempest.api.volume.NEED_TEST")]
        assert real_analysis.report.of("no-tests-added") == real_analysis.report.of("flag-stays") == []

    def test_2016_01_was_approved_with_23_flags(self, real_analysis):
        """Three of those that it has with an older day were added later, and six got a newer day."""
        assert len(self.findings(real_analysis, "new-without-flags", "powered/2016.01")) == 23

    def test_2019_06_was_not_approved_in_june(self, real_analysis):
        shown = [(key, one.message) for key, one in real_analysis.report.of("named-by-date")]
        programs = ("powered", "dns", "orchestration")
        said = "the id is 2019.06, but the approval was 2019-09-10 (inferred)"
        assert shown == [(f"{program}/2019.06", said) for program in programs]

    def test_the_draft_of_orchestration_was_left_behind(self, real_analysis):
        shown = [one.known for key, one in real_analysis.report.of("deprecated-first") if key == "orchestration/next"]
        assert len(shown) == 9
        assert set(shown) == {"left behind: the draft lacked it already when 2020.06 was added, on 2020-05-08"}
