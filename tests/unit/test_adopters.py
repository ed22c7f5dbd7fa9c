"""Lists that others keep: as they are in their repositories, and what is worked out from them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from interop.analysis import adoption
from interop.analysis.analysis import Analysis
from interop.record import loader

from ..official import load_yaml
from ..small_record import ID, changed, flag, write

FOLDER = Path(__file__).parents[2] / "guidelines" / "adopters"
ONE, TWO = ID.format(1), ID.format(2)


def lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def given(key: str) -> Any:
    return load_yaml(FOLDER / f"{key}.yaml")


@pytest.mark.parametrize(
    "key, file",
    [
        ("scs-0128", "2022.11/scs-0128.258-with-ids.lst"),
        ("stackhpc-refstack", "test-lists/platform.2022.11-test-list.txt"),
        ("snap-tempest", "2022.11/canonical-snap-tempest.refstack-2022.11.txt"),
    ],
)
def test_lines_are_those_of_the_source(key: str, file: str, upstream: Path) -> None:
    assert given(key)["tests"] == lines(upstream / file)


def test_osism_follows_from_its_list_of_january(upstream: Path) -> None:
    """Commit 3a4a2aa35df9 takes 16 names out of the list of commit 74c4b31ef965 and puts one in."""
    before = lines(upstream / "2022.11" / "osism-testbed.2022.11-compute.275.lst")
    now = given("osism-testbed")["tests"]
    new = {"tempest.api.identity.v3.test_domains.DefaultDomainTestJSON.test_default_domain_exists"}
    assert (len(now), set(now) - set(before), len(set(before) - set(now))) == (260, new, 16)
    history = {state["lines"] for state in given("osism-testbed")["history"]}
    first = lines(upstream / "2022.11" / "osism-testbed.2022.11-compute.202-json-order.lst")
    assert history == {len(first), len(before), len(now)}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_last_state_is_the_one_that_was_read(path: Path) -> None:
    data = load_yaml(path)
    for state in data.get("history", [])[-1:]:
        assert (state["commit"], state["date"]) == (data["source"]["commit"], data["source"]["date"])
        assert state["lines"] == len(data["tests"])
    days = [state["date"] for state in data.get("history", [])]
    assert days == sorted(days)


#: By an independent count with sets of ids: list, guideline, tests in both, only in the guideline, only in the list.
NUMBERS = [
    ("scs-0128", "powered/2022.11", 258, 18, 0),
    ("scs-0128", "powered/2020.06", 204, 24, 54),
    ("scs-0128", "powered/2015.03", 67, 40, 191),
    ("osism-testbed", "powered/2022.11", 260, 16, 0),
    ("osism-testbed", "powered/2018.02", 200, 28, 60),
    ("stackhpc-refstack", "powered/2022.11", 328, 9, 0),
    ("snap-tempest", "powered/2022.11", 337, 0, 162),
    ("snap-tempest", "orchestration/2020.06", 60, 0, 439),
]


@pytest.mark.by_hand
@pytest.mark.parametrize("key, guideline, both, only_guideline, only_list", NUMBERS)
def test_numbers(
    key: str, guideline: str, both: int, only_guideline: int, only_list: int, real_analysis: Analysis
) -> None:
    adopter = real_analysis.record.adopters[key]
    found = {one.guideline.key: one for one in adoption.every(real_analysis, adopter)}[guideline]
    assert (len(found.both), len(found.only_guideline), len(found.only_list)) == (both, only_guideline, only_list)


def test_what_refstack_left_out_are_the_flagged_tests(real_analysis: Analysis) -> None:
    own = adoption.own(real_analysis, real_analysis.record.adopters["stackhpc-refstack"])
    assert own is not None
    assert own.only_guideline == own.flagged


def test_tests_whose_status_is_not_known_are_told_apart(real_analysis: Analysis) -> None:
    """2022.11 of Shared File System: no source tells which of its 12 tests are required."""
    adopter = real_analysis.record.adopters["snap-tempest"]
    found = {one.guideline.key: one for one in adoption.every(real_analysis, adopter)}
    one = found["shared-file-system/2022.11"]
    assert (len(one.both), len(one.undecided), one.undecided <= one.only_list) == (0, 12, True)


def test_no_scorings_and_no_programs_without_the_components(real_analysis: Analysis) -> None:
    adopter = real_analysis.record.adopters["scs-0128"]
    assert {one.guideline.program for one in adoption.every(real_analysis, adopter)} == {"powered"}


LIST = """\
title: Mine
description: A list.
guideline: powered/2016.08
components: [os_powered_compute]
source: {repository: 'https://git.example.org/x', path: .x/list, commit: 0f1e2d3c4b5a, date: '2031-01-01'}
tests:
"""


@pytest.mark.parametrize(
    "line, both",
    [
        (f"tempest.test_1[id-{ONE},smoke]", {ONE}),
        ("tempest.test_2", {TWO}),
        (f"id-{TWO}", {TWO}),
        (ONE, {ONE}),
        ("tempest.own.test", set()),
    ],
)
def test_lines_of_every_form_count(line: str, both: set[str], tmp_path: Path) -> None:
    root = write(changed(flag("2016.08", test=2)), tmp_path)
    (root / "adopters").mkdir()
    (root / "adopters" / "mine.yaml").write_text(f"{LIST}- {line}\n", encoding="utf-8")
    record, problems = loader.load(root)
    assert [one for one in problems if "adopters" in one.path] == []
    own = adoption.own(Analysis(record), record.adopters["mine"])
    assert own is not None
    assert own.both == both
    assert own.only_guideline == {ONE, TWO} - both
    assert own.flagged == {TWO} - both
    assert own.only_list == (set() if both else {line})


@pytest.mark.parametrize(
    "line, told",
    [(f"tempest.test_1[id-{ONE}]", True), ("tempest.test_1", True), (f"{TWO}", False)],
)
def test_a_reason_for_a_test_that_the_list_has_is_told(line: str, told: bool, tmp_path: Path) -> None:
    """By its id, or by its name."""
    root = write(changed(), tmp_path)
    (root / "adopters").mkdir()
    entry = f"left_out: [{{reason: Why., sources: ['https://git.example.org/y'], tests: [{ONE}]}}]\n"
    (root / "adopters" / "mine.yaml").write_text(entry + LIST + f"- '{line}'\n", encoding="utf-8")
    _, problems = loader.load(root)
    assert ("not-left-out" in {one.code for one in problems}) == told
