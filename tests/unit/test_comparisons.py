"""Comparisons of small guidelines, one kind of change at a time: what each must say was counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from interop.analysis import diff_format
from interop.analysis.analysis import Analysis
from interop.analysis.diff import Diff, Move
from interop.record.model import Status
from interop.record.problems import Problem
from interop.site.site import Site

from ..small_record import (
    COMPUTE,
    ID,
    SCORING,
    STORAGE,
    Change,
    added,
    both,
    changed,
    define,
    designated,
    flag,
    listed,
    load,
    only,
    put,
    rename,
    take,
)

A, B, C = "2016.01", "2016.08", "2017.01"
ONE, TWO, THREE, FOUR = (ID.format(number) for number in (1, 2, 3, 4))
Compare = Callable[..., Diff]


@pytest.fixture
def view(tmp_path: Path) -> Callable[..., Any]:
    """What the page of the comparison of 2016.01 with 2016.08 shows, after changes of both."""

    def run(*changes: Change) -> Any:
        return Site(load(changed(only(A, B), *changes), tmp_path)).view("diff", f"powered/{A}..{B}")

    return run


def text(diff: Diff) -> list[str]:
    """What ``interop diff`` prints below the heading and the sentence."""
    return list(diff_format.to_lines(diff))[2:]


REQUIRE_FLAVORS = listed(B, required="compute-auth compute-flavors", advisory="")
#: compute-quotas is required in both guidelines, and has test 1 as well as compute-auth.
IN_TWO = both(*(define(id, "compute-quotas", 1) for id in (A, B)))
IN_TWO = both(IN_TWO, *(listed(id, required="compute-auth compute-quotas") for id in (A, B)))
IN_BOTH_COMPONENTS = both(*(listed(id, STORAGE, required="compute-auth") for id in (A, B)))


def test_nothing_changed(compare: Compare) -> None:
    diff = compare()
    assert list(diff_format.to_lines(diff)) == [
        "powered/2016.01 -> powered/2016.08",
        "A cloud that passes 2016.01 passes 2016.08: both require the same tests.",
    ]
    assert diff.inside == {}


# --- what a cloud must pass -------------------------------------------------------------------------------------------

#: What differs, the change, and the tests: flagged, no longer flagged, newly required, no longer required.
FLAGS: list[tuple[str, Change, tuple[list[str], list[str], list[str], list[str]]]] = [
    ("a flag is set", flag(B), ([ONE], [], [], [ONE])),
    ("a flag is lifted", flag(A), ([], [ONE], [ONE], [])),
    ("a flag stays", flag(A, B), ([], [], [], [])),
    ("a test of two capabilities, flagged in one", both(IN_TWO, flag(B)), ([], [], [], [])),
    (
        "a test of two capabilities, flagged in both",
        both(IN_TWO, flag(B), flag(B, capability="compute-quotas")),
        ([ONE], [], [], [ONE]),
    ),
    (
        "a test of two capabilities, flagged in both and now in one",
        both(IN_TWO, flag(A, B), flag(A, capability="compute-quotas")),
        ([], [ONE], [ONE], []),
    ),
    (
        "a flag in a capability that is only advisory",
        both(define(B, "compute-flavors", 3, 1), flag(B, capability="compute-flavors")),
        ([], [], [], []),
    ),
    ("newly required with a flag", both(REQUIRE_FLAVORS, flag(B, capability="compute-flavors", test=3)), ([],) * 4),
    ("newly required", REQUIRE_FLAVORS, ([], [], [THREE], [])),
    ("a capability is dropped that had a flag", both(flag(A), listed(B, required="")), ([], [], [], [TWO])),
]


@pytest.mark.parametrize("name, change, expected", FLAGS, ids=[name for name, *_ in FLAGS])
def test_flags(name: str, change: Change, expected: tuple[list[str], ...], compare: Compare) -> None:
    diff = compare(change)
    assert (
        list(diff.flagged),
        list(diff.unflagged),
        list(diff.newly_required()),
        list(diff.no_longer_required()),
    ) == expected


#: Compute newly requires flavors and storage drops auth, whose test 1 has lost its flag.
TWO_WAYS = both(IN_BOTH_COMPONENTS, flag(A), REQUIRE_FLAVORS, listed(B, STORAGE, required="", advisory="compute-auth"))


def test_what_a_cloud_must_pass_by_component(compare: Compare) -> None:
    diff = compare(TWO_WAYS)
    assert (diff.newly_required(), diff.no_longer_required()) == ((ONE, THREE), ())
    assert (diff.newly_required(COMPUTE), diff.no_longer_required(COMPUTE)) == ((ONE, THREE), ())
    assert (diff.newly_required(STORAGE), diff.no_longer_required(STORAGE)) == ((), (TWO,))


def numbers(shown: Any) -> dict[str, list[int]]:
    """The numbers of the page by the title of their row: of each component, and together."""
    return {row["title"]: row["cells"] for row in shown["numbers"]["rows"]}


def test_a_test_that_is_newly_listed_with_its_flag_is_newly_flagged(view: Callable[..., Any]) -> None:
    """Unlike one that was flagged before."""
    both_flag = (flag(A, test=2), flag(B, test=2))
    shown = view(REQUIRE_FLAVORS, flag(B, test=3, capability="compute-flavors"), flag(B), *both_flag)
    assert [(row["test"], row["note"]) for row in shown["flagged"]] == [
        ("tempest.test_1", ""),
        ("tempest.test_3", f"not required in {A}"),
    ]


def test_the_page_says_for_each_component_what_is_new_and_gone(view: Callable[..., Any]) -> None:
    shown = view(TWO_WAYS)
    assert [item["name"] for item in shown["components"]] == [COMPUTE, STORAGE]
    # Compute, storage, and both together, where test 2 is still required by compute.
    assert numbers(shown) == {
        f"Must pass for {A}": [1, 1, 1],
        "Newly required": [2, 0, 2],
        f"in {A}, but flagged or not required there": [2, 0, 2],
        "No longer required": [0, 1, 0],
        f"in {B}, but flagged or not required there": [0, 1, 0],
        f"Must pass for {B}": [3, 0, 3],
    }
    newly = [(row["test"], row["why"]) for group in shown["newly_asked"] for row in group["tests"]]
    assert newly == [("tempest.test_1", "no longer flagged"), ("tempest.test_3", "was not required")]
    assert shown["no_longer_asked"] == []
    assert shown["sentence"].startswith(f"A cloud that passes {A} must pass 2 more tests for {B}; ")


def test_the_page_says_what_is_gone(view: Callable[..., Any]) -> None:
    shown = view(listed(B, required=""), flag(A, test=2))
    assert (numbers(shown)["Newly required"], numbers(shown)["No longer required"]) == ([0], [1])
    assert shown["newly_asked"] == []
    (group,) = shown["no_longer_asked"]
    assert [(row["test"], row["why"]) for row in group["tests"]] == [("tempest.test_1", "dropped")]


@pytest.mark.parametrize(
    "change, says",
    [
        (flag(B, test=3, capability="compute-flavors"), "passes 2016.08: both require the same tests."),
        (REQUIRE_FLAVORS, "must pass 1 more test for 2016.08; all tests that had to pass still have to."),
        (
            both(define(B, "compute-flavors", 3, 4), REQUIRE_FLAVORS),
            "must pass 2 more tests for 2016.08; all tests that had to pass still have to.",
        ),
        (flag(B), "passes 2016.08; 1 test is no longer required."),
        (
            both(REQUIRE_FLAVORS, flag(B), flag(B, test=2)),
            "must pass 1 more test for 2016.08; 2 tests are no longer required.",
        ),
    ],
)
def test_the_sentence(change: Change, says: str, compare: Compare) -> None:
    assert diff_format.sentence(compare(change)) == f"A cloud that passes 2016.01 {says}"


# --- capabilities -----------------------------------------------------------------------------------------------------

#: Status before and after, "" where it is not listed, and what the page calls it.
KINDS = [
    ("", "required", "became required"),
    ("advisory", "required", "became required"),
    ("deprecated", "required", "restored"),
    ("removed", "required", "restored"),
    ("", "advisory", "became advisory"),
    ("required", "advisory", "became advisory"),
    ("deprecated", "advisory", "restored"),
    ("removed", "advisory", "restored"),
    ("required", "deprecated", "deprecated"),
    ("advisory", "deprecated", "deprecated"),
    ("removed", "deprecated", "deprecated"),
    ("", "deprecated", "listed as deprecated or removed without having been there"),
    ("required", "removed", "removed"),
    ("deprecated", "removed", "removed"),
    ("", "removed", "listed as deprecated or removed without having been there"),
    ("required", "", "dropped"),
    ("removed", "", "dropped"),
]


@pytest.mark.parametrize("before, after, title", KINDS)
def test_what_a_change_of_status_is_called(before: str, after: str, title: str, view: Callable[..., Any]) -> None:
    given = [
        both(define(id, "compute-quotas", 4), listed(id, STORAGE, **({status: "compute-quotas"} if status else {})))
        for id, status in ((A, before), (B, after))
    ]
    (component,) = (one for one in view(*given)["components"] if one["groups"])
    assert component["name"] == STORAGE
    shown = [(group["title"], [row["name"] for row in group["rows"]]) for group in component["groups"]]
    assert shown == [(title, ["compute-quotas"])]


def test_components_that_only_one_guideline_has(compare: Compare) -> None:
    diff = compare(listed(A, STORAGE, required="compute-auth"), listed(B, "os_powered_dns", advisory="compute-auth"))
    assert diff_format.to_data(diff)["capabilities"] == {
        "os_powered_dns": [{"name": "compute-auth", "from": None, "to": "advisory"}],
        STORAGE: [{"name": "compute-auth", "from": "required", "to": None}],
    }


def test_a_capability_that_is_listed_twice_has_the_stronger_status(compare: Compare) -> None:
    diff = compare(listed(B, advisory="compute-flavors compute-auth", required="compute-auth"))
    assert diff.capabilities == {}
    assert diff.dropped == ()


def test_the_names_of_a_component_are_one(compare: Compare) -> None:
    old = put(A, "components", {"compute": {"capabilities": {"required": ["compute-auth"]}}})
    mark = put(A, "platforms", {"OpenStack Powered Compute": {"components": [{"name": "compute"}]}})
    diff = compare(old, mark)
    assert diff.capabilities == {COMPUTE: (Move("compute-flavors", None, Status.ADVISORY),)}
    assert diff.marks == ()


# --- tests ------------------------------------------------------------------------------------------------------------


def test_what_happened_inside_capabilities(compare: Compare) -> None:
    """To required and other capabilities alike; a flag whose reason changed is not told."""
    diff = compare(
        define(B, "compute-flavors", 4),
        rename(B, "compute-auth", 2, "tempest.test_renamed"),
        flag(B),
    )
    assert diff.inside == {
        "compute-auth": (("flagged", ONE), ("renamed", TWO)),
        "compute-flavors": (("added", FOUR), ("dropped", THREE)),
    }


@pytest.mark.parametrize(
    "change, expected",
    [
        (flag(A), {"compute-auth": (("no longer flagged", ONE),)}),
        (flag(B), {"compute-auth": (("flagged", ONE),)}),
        (both(flag(A), flag(B, reason="D402 removed-271467")), {}),
        (flag(B, test=3, capability="compute-flavors"), {"compute-flavors": (("flagged", THREE),)}),
        (take(B, "capabilities", "compute-flavors"), {}),
        (listed(B, advisory=""), {}),
    ],
)
def test_flags_inside_capabilities(change: Change, expected: Any, compare: Compare) -> None:
    assert compare(change).inside == expected


def test_renamed_and_moved(compare: Compare) -> None:
    """A test that keeps one of its names or one of its capabilities is neither."""
    diff = compare(
        IN_TWO,
        rename(B, "compute-quotas", 1, "tempest.test_other"),  # Test 1 is still test_1 in compute-auth.
        define(B, "compute-auth", 1),
        define(B, "compute-limits", 2, 1),
        listed(B, required="compute-auth compute-quotas compute-limits"),
        rename(B, "compute-limits", 2, "tempest.test_b"),
    )
    data = diff_format.to_data(diff)["tests"]
    assert data["renamed"] == [{"id": TWO, "from": "tempest.test_2", "to": "tempest.test_b"}]
    assert data["moved"] == [{"id": TWO, "from": "compute-auth", "to": "compute-limits"}]


def test_a_test_without_an_id_has_the_one_that_others_give_its_name(compare: Compare) -> None:
    bare = put(A, "capabilities", "compute-auth", "tests", "tempest.test_1", {})
    diff = compare(bare)
    assert (diff.added, diff.dropped) == ((), ())


def test_an_id_counts_for_more_than_the_name(compare: Compare) -> None:
    """2016.08 gives the name of test 1 to a new test."""
    other = put(B, "capabilities", "compute-auth", "tests", "tempest.test_1", {"idempotent_id": FOUR})
    diff = compare(other, take(A, "capabilities", "compute-auth", "tests", "tempest.test_2"))
    assert diff.added == (TWO, FOUR)
    assert diff.dropped == (ONE,)


def test_a_test_without_an_id_has_the_one_whose_alias_its_name_is(compare: Compare) -> None:
    alias = put(B, "capabilities", "compute-auth", "tests", "tempest.test_1", "aliases", ["tempest.test_9"])
    unnamed = put(A, "capabilities", "compute-auth", "tests", "tempest.test_9", {})
    assert compare(alias, unnamed).dropped == ()


# --- text -------------------------------------------------------------------------------------------------------------


def test_tests_in_the_text(compare: Compare) -> None:
    """The newer guideline names a test that both have; of several names, the first in the alphabet."""
    diff = compare(
        flag(B),
        rename(B, "compute-auth", 1, "tempest.test_renamed"),
        flag(A, test=2),
        put(B, "capabilities", "compute-auth", "tests", "tempest.test_a", {"idempotent_id": TWO}),
        put(B, "capabilities", "compute-auth", "tests", "tempest.test_unknown", {}),
        put(A, "capabilities", "compute-auth", "tests", "tempest.test_gone", {"idempotent_id": FOUR}),
    )
    assert text(diff) == [
        "\nrequired tests added: 1",
        "  tempest.test_unknown",
        "\nrequired tests dropped: 1",
        f"  tempest.test_gone [{FOUR}]",
        "\nflagged: 1",
        f"  tempest.test_renamed [{ONE}]",
        "\nno longer flagged: 1",
        f"  tempest.test_2 [{TWO}]",
        "\nrenamed: 1",
        f"  {ONE}: tempest.test_1 -> tempest.test_renamed",
    ]


#: What differs, the change, and the lines of the text.
TEXTS: list[tuple[str, Change, list[str]]] = [
    (
        "one capability",
        REQUIRE_FLAVORS,
        [
            "\nos_powered_compute: 1 capability",
            "  compute-flavors: advisory -> required",
            "\nrequired tests added: 1",
            f"  tempest.test_3 [{THREE}]",
        ],
    ),
    (
        "no longer required",
        both(listed(B, required="", advisory="compute-flavors compute-auth"), define(A, "compute-auth")),
        [
            "\nos_powered_compute: 1 capability",
            "  compute-auth: required -> advisory",
        ],
    ),
    (
        "two capabilities go",
        both(listed(B, required="", advisory=""), define(A, "compute-auth")),
        [
            "\nos_powered_compute: 2 capabilities",
            "  compute-auth: required -> none",
            "  compute-flavors: advisory -> none",
        ],
    ),
    (
        "a test moves",
        both(define(B, "compute-auth", 2), define(B, "compute-q", 1, 2), listed(B, required="compute-auth compute-q")),
        [
            "Regrouped: 1 capability from 1; their tests were under other names in 2016.01.",
            "\nos_powered_compute: 1 capability",
            "  compute-q: none -> required",
            "\nmoved to another capability: 1",
            f"  {ONE}: compute-auth -> compute-q",
        ],
    ),
    (
        "sections get another status",
        designated(B, "glance", required="default"),
        [
            "\ndesignated sections: 2",
            "  glance: advisory -> required",
            "  glance/default: designated, advisory -> designated, required",
        ],
    ),
    (
        "sections of two statuses, and a part that is not designated",
        designated(B, "nova", required="default -a", deprecated="b"),
        [
            "\ndesignated sections: 3",
            "  nova: required -> required, deprecated",
            "  nova/a: none -> not designated, required",
            "  nova/b: none -> designated, deprecated",
        ],
    ),
    (
        "releases",
        put(B, "metadata", "os_trademark_approval", "releases", ["newton"]),
        ["\nreleases: 2", "  mitaka: covered -> none", "  newton: none -> covered"],
    ),
    (
        "a mark names one more component",
        both(
            *(listed(id, STORAGE) for id in (A, B)),
            put(B, "platforms", "OpenStack Powered Compute", "components", [{"name": COMPUTE}, {"name": STORAGE}]),
        ),
        [
            "\nmarks: 1",
            "  OpenStack Powered Compute: os_powered_compute -> os_powered_compute, os_powered_storage",
        ],
    ),
    (
        "an add-on with what it builds on",
        both(
            listed(B, STORAGE),
            listed(B, "os_powered_dns"),
            put(
                B,
                "add-ons",
                {
                    "OpenStack Powered DNS": {
                        "components": [{"name": "os_powered_dns"}],
                        "required_platform_components": [{"name": COMPUTE}],
                        "optional_platform_components": [{"name": STORAGE}],
                    }
                },
            ),
        ),
        [
            "\nmarks: 1",
            "  OpenStack Powered DNS: none -> os_powered_dns, os_powered_compute, os_powered_storage",
        ],
    ),
    (
        "a weight of nothing, and no weight",
        put(B, *SCORING, "criteria", {"deployed": {"weight": 0}, "stable": {"weight": 100}}),
        ["\nweights: 3", "  deployed: 60 -> 0", "  stable: none -> 100", "  tools: 40 -> none"],
    ),
    ("another cutoff", put(B, *SCORING, "cutoff_score", 80), ["\ncutoff: 1", "  cutoff: 74 -> 80"]),
    ("no cutoff", take(B, *SCORING, "cutoff_score"), ["\ncutoff: 1", "  cutoff: 74 -> none"]),
]


@pytest.mark.parametrize("name, change, expected", TEXTS, ids=[name for name, *_ in TEXTS])
def test_text(name: str, change: Change, expected: list[str], compare: Compare) -> None:
    assert text(compare(change)) == expected


# --- lineage ----------------------------------------------------------------------------------------------------------


def kin(diff: Diff) -> list[tuple[Any, ...]]:
    """From, to, the tests they share, and the tests of each."""
    return [(one.before, one.after, one.shared, one.of_before, one.of_after) for one in diff.kin]


def test_a_split_and_a_merger(compare: Compare) -> None:
    """compute-auth (1, 2, 5) is split into two; compute-flavors takes a test, and is itself neither new nor gone."""
    diff = compare(
        define(A, "compute-auth", 1, 2, 5),
        take(B, "capabilities", "compute-auth"),
        define(B, "compute-get", 1, 2, 6, 7),
        define(B, "compute-set", 2),
        define(B, "compute-flavors", 3, 5),
        listed(B, required="compute-get compute-set"),
    )
    assert kin(diff) == [
        ("compute-auth", "compute-flavors", 1, 3, 2),
        ("compute-auth", "compute-get", 2, 3, 4),
        ("compute-auth", "compute-set", 1, 3, 1),
    ]
    assert {(one.a, one.b) for one in diff.kin} == {(A, B)}
    assert diff.regrouped == {"compute-get": {"compute-auth"}, "compute-set": {"compute-auth"}}
    assert (
        diff_format.regrouping(diff)
        == "Regrouped: 2 capabilities from 1; their tests were under other names in 2016.01."
    )


def test_a_test_that_moves_between_capabilities_that_stay_makes_no_kin(compare: Compare) -> None:
    diff = compare(define(B, "compute-flavors", 3, 1), define(B, "compute-auth", 2))
    assert kin(diff) == []


def test_a_new_capability_beside_the_one_it_came_from(compare: Compare) -> None:
    diff = compare(define(B, "compute-new", 1), listed(B, advisory="compute-flavors compute-new"))
    assert kin(diff) == [("compute-auth", "compute-new", 1, 2, 1)]


@pytest.mark.parametrize(
    "tests, status, homes",
    [
        ((1, 8), "advisory", {"compute-auth"}),
        ((1, 7, 8), "advisory", None),
        ((1, 3, 7, 8), "advisory", {"compute-auth", "compute-flavors"}),
        ((1, 3, 7, 8, 9), "advisory", None),
        ((1,), "deprecated", {"compute-auth"}),
        ((1,), "removed", None),
        ((1,), "", None),
        ((), "advisory", None),
    ],
)
def test_what_counts_as_regrouped(tests: Any, status: str, homes: set[str] | None, compare: Compare) -> None:
    """At least half of the tests stood elsewhere; and the guideline lists it, as anything but removed."""
    diff = compare(define(B, "compute-new", *tests), listed(B, STORAGE, **({status: "compute-new"} if status else {})))
    assert diff.regrouped == ({"compute-new": homes} if homes else {})


def test_lineage_over_time_goes_from_old_to_new(tmp_path: Path) -> None:
    def instead(id: str, name: str) -> Change:
        return both(take(id, "capabilities", "compute-auth"), define(id, name, 1, 2), listed(id, required=name))

    files = changed(only(A, B), added(C, B), instead(B, "compute-b"), instead(C, "compute-c"))
    found = Analysis(load(files, tmp_path)).kin_over_time("powered")
    assert [(one.a, one.before, one.b, one.after) for one in found] == [
        (A, "compute-auth", B, "compute-b"),
        (B, "compute-b", C, "compute-c"),
    ]


# --- the rest of the front door ---------------------------------------------------------------------------------------


def test_a_comparison_against_the_order_of_time(tmp_path: Path) -> None:
    loaded = load(changed(REQUIRE_FLAVORS), tmp_path)
    analysis, a, b = Analysis(loaded), loaded.guidelines[f"powered/{A}"], loaded.guidelines[f"powered/{B}"]
    assert (analysis.compare(a, b).added, analysis.compare(b, a).added) == ((THREE,), ())


def test_observations_are_of_one_guideline(tmp_path: Path) -> None:
    loaded = load(changed(), tmp_path)
    problems = [Problem(one.path, 1, "weights", "") for one in loaded.guidelines.values()]
    analysis = Analysis(loaded, problems)
    (found,) = analysis.observations(loaded.guidelines[f"powered/{B}"])
    assert found.path == f"guidelines/powered/{B}.yaml"


@pytest.mark.parametrize("cutoff, below", [(59, False), (60, False), (61, True), (None, False)])
def test_the_site_marks_scores_below_the_cutoff(cutoff: int | None, below: bool, tmp_path: Path) -> None:
    """compute-auth has the score 60."""
    files = changed(
        put(B, "capabilities", "compute-auth", "achievements", ["deployed"]),
        put(B, *SCORING, "cutoff_score", cutoff) if cutoff is not None else take(B, *SCORING, "cutoff_score"),
    )
    site = Site(load(files, tmp_path))
    (component,) = site.view("guideline", f"powered/{B}")["components"]
    rows = {row["name"]: row for group in component["groups"] for row in group["rows"]}
    assert (rows["compute-auth"]["score"], rows["compute-auth"]["below"]) == (60, below)
    (program,) = site.view("capability", "compute-auth")["programs"]
    assert [one["below"] for one in program["figures"]][1] is below
