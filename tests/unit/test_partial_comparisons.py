"""Comparisons of small guidelines, one of which is partial: what is not known is not said to be the same or changed."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from interop.analysis import diff_format
from interop.analysis.analysis import Analysis
from interop.analysis.diff import Diff
from interop.analysis.diff import compare as compare_facts

from ..small_record import COMPUTE, ID, Change, Files, changed, flag, listed, load, only, put

A, B = "2016.01", "2016.08"
ONE, TWO, FOUR, FIVE = (ID.format(number) for number in (1, 2, 4, 5))
EVIDENCE = {"grade": "stated", "sources": ["list"]}
Compare = Callable[..., Diff]


def partial(id: str, groups: dict[str, list[int]], **statuses: str) -> Change:
    """A guideline as a partial file: with groups of tests of these numbers, listed under these statuses."""

    def change(files: Files) -> None:
        data = files[id]
        del data["metadata"]["scoring"], data["designated_sections"]
        data["record"] |= {
            "completeness": "partial",
            "sources": [],
            "evidence": EVIDENCE,
            "evidence_sources": {"list": {"title": "A list", "address": "https://example.org/list"}},
        }
        data["record"].pop("capabilities", None)
        data["capabilities"] = {
            name: {key: one[key] for key in ("project", "tests")} for name, one in data["capabilities"].items()
        }
        data["groups"] = {
            name: {
                "project": "nova",
                "tests": {f"tempest.test_{n}": {"idempotent_id": ID.format(n)} for n in numbers},
            }
            for name, numbers in groups.items()
        }
        data["components"][COMPUTE].pop("designated_sections", None)
        data["components"][COMPUTE]["groups"] = {status: names.split() for status, names in statuses.items()}

    return change


def data_of(diff: Diff) -> dict[str, Any]:
    found: dict[str, Any] = copy.deepcopy(diff_format.to_data(diff)["tests"])
    return found


def test_the_same_as_far_as_known(compare: Compare) -> None:
    diff = compare(partial(B, {}))
    assert diff_format.sentence(diff) == (
        "As far as known, a cloud that passes 2016.01 passes 2016.08: both require the same tests."
    )
    assert data_of(diff)["unknown"] == {"from": [], "to": []}


def test_tests_whose_status_is_not_known(compare: Compare) -> None:
    diff = compare(partial(B, {"new": [4, 5]}, unknown="new"))
    assert diff_format.sentence(diff) == (
        "The tests known to be required are the same for 2016.01 and 2016.08; "
        "whether 2016.08 requires 2 more tests is not known."
    )
    assert data_of(diff)["unknown"] == {"from": [], "to": [FOUR, FIVE]}
    lines = list(diff_format.to_lines(diff))
    place = lines.index("\nnot known whether 2016.08 requires them: 2")
    assert lines[place + 1 : place + 3] == [f"  tempest.test_4 [{FOUR}]", f"  tempest.test_5 [{FIVE}]"]


def test_the_earlier_guideline_too_can_be_the_partial_one(compare: Compare) -> None:
    diff = compare(partial(A, {"new": [4]}, unknown="new"), flag(B))
    assert diff_format.sentence(diff) == (
        "As far as known, a cloud that passes 2016.01 passes 2016.08; 1 test is no longer required. "
        "Whether 2016.01 requires 1 more test is not known."
    )
    assert data_of(diff)["unknown"] == {"from": [FOUR], "to": []}


def test_a_required_test_whose_status_is_not_known_later_is_not_dropped(compare: Compare) -> None:
    """Test 1 of compute-auth is still there, but may be advisory."""
    diff = compare(partial(B, {"rest": [1]}, unknown="rest"), put(B, "capabilities", "compute-auth", "tests", {}))
    assert diff_format.sentence(diff) == (
        "As far as known, a cloud that passes 2016.01 passes 2016.08; 1 test is no longer required. "
        "Whether 2016.08 requires 1 more test is not known."
    )
    assert (diff.dropped, diff.no_longer_required()) == ((TWO,), (TWO,))
    diff = compare_facts(diff.after, diff.before)
    assert (diff.added, diff.newly_required()) == ((TWO,), (TWO,))
    assert diff.newly_required(COMPUTE) == (TWO,)


def test_a_test_that_is_required_elsewhere_is_not_undecided(compare: Compare) -> None:
    diff = compare(partial(B, {"again": [1]}, unknown="again"))
    assert data_of(diff)["unknown"] == {"from": [], "to": []}


def test_a_status_that_is_not_known_is_no_change(compare: Compare) -> None:
    diff = compare(partial(B, {}), listed(B, required="", unknown="compute-auth"))
    assert diff.capabilities == {}
    assert data_of(diff)["unknown"]["to"] == [ONE, TWO]


@pytest.mark.parametrize("target, says", [("2016.01", False), ("2015.12", True)])
def test_a_draft_that_is_older(target: str, says: bool, tmp_path: Path) -> None:
    draft = put("next", "metadata", "os_trademark_approval", "target_approval", target)
    loaded = load(changed(only(A, "next"), draft), tmp_path)
    diff = Analysis(loaded).compare(loaded.guidelines[f"powered/{A}"], loaded.guidelines["powered/next"])
    sentence = "next is the archived draft for 2015.12, older than 2016.01: this comparison runs backwards in time."
    assert diff_format.direction(diff) == sentence * says
    assert (sentence in diff_format.to_lines(diff)) == says
