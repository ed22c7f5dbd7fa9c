"""Counts that the site shows, against counts made here from the official JSON, and against numbers found by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from interop.record import loader
from interop.site.site import Site

from ..small_record import ID, STORAGE, changed, define, flag, listed, only, rename, write


@pytest.fixture(scope="module")
def site(real_record) -> Site:
    return Site(real_record)


# --- counted from the official files, with nothing of the code under test ---------------------------------------------


def _tests(capability: dict[str, Any]) -> list[tuple[str, bool]]:
    """The tests of a capability, each by its id or else its name, and whether it is flagged."""
    tests = capability["tests"]
    if isinstance(tests, list):
        return [(name, name in capability.get("flagged", ())) for name in tests]
    id = re.compile("[0-9a-f]{8}-[0-9a-f-]{27}")
    found = {name: id.search((test.get("idempotent_id") or "").lower()) for name, test in tests.items()}
    return [(found[name][0] if found[name] else name, bool(test.get("flagged"))) for name, test in tests.items()]


def _count(capabilities: dict[str, Any], names: Iterable[str]) -> tuple[int, int]:
    """The different tests of some capabilities: not flagged, and flagged in each capability that has them."""
    flags: dict[str, list[bool]] = {}
    for name in names:
        for test, flagged in _tests(capabilities[name]) if name in capabilities else ():
            flags.setdefault(test, []).append(flagged)
    flagged = sum(map(all, flags.values()))
    return len(flags) - flagged, flagged


def _counted(path: Path) -> dict[str, int]:
    data = json.loads(path.read_text(encoding="utf-8"))
    capabilities = data["capabilities"]
    lists = [component.get("capabilities", component) for component in data["components"].values()]
    required = [name for statuses in lists for name in statuses["required"]]
    listed = {name for statuses in lists for names in statuses.values() if isinstance(names, list) for name in names}
    unflagged, flagged = _count(capabilities, required)
    return {
        "required": len(set(required)),
        "shared": len(required) - len(set(required)),
        "unlisted": len(capabilities.keys() - listed),
        "must_pass": unflagged,
        "flagged": flagged,
        "tests": sum(_count(capabilities, capabilities)),
        "names": len({name for capability in capabilities.values() for name in capability["tests"]}),
        "pairs": sum(len(_tests(capability)) for capability in capabilities.values()),
    }


#: Guidelines whose files have an id for each test, so that no name has to be looked up in another file.
POWERED = ["2016.01", "2016.08", "2017.09", "2018.02", "2018.11", "2019.06", "2019.11", "2020.06", "next"]
ADD_ONS = ["2018.02", "2019.11", "2020.06", "next"]
WITH_IDS = [
    *(f"powered/{id}" for id in POWERED),
    *(f"{program}/{id}" for program in ("dns", "orchestration") for id in ADD_ONS),
    "nfv/next",
]


@pytest.mark.fidelity
@pytest.mark.parametrize("key", WITH_IDS)
def test_counts_of_a_guideline_page(key: str, site: Site, upstream: Path) -> None:
    expected = _counted(upstream / f"{key}.json")
    assert {name: site.view("guideline", key)["counts"][name] for name in expected} == expected


# --- counted by hand --------------------------------------------------------------------------------------------------

#: Key: required capabilities, those that two components require, must-pass tests, flagged required tests, different
#: tests in the file, pairs of capability and test. With jq in a folder of the official files, for powered/2020.06:
#:   jq '[.components[].capabilities.required[]] | length, (unique|length)'          80 and 78, so 2 are shared
#:   jq '[.components[].capabilities.required[]] as $r | [.capabilities|to_entries[]|select(.key|IN($r[]))|
#:     .value.tests[]] | (map(select(.flagged|not).idempotent_id)|unique|length),    273
#:     (map(select(.flagged).idempotent_id)|unique|length)'                          11
#:   jq '[.capabilities[].tests[].idempotent_id] | length, (unique|length)'          289 and 287
BY_HAND = {
    "powered/2020.06": (78, 2, 273, 11, 287, 289),
    "powered/2019.06": (78, 2, 273, 11, 291, 350),
    "powered/2018.02": (84, 1, 263, 16, 290, 350),
    "powered/2016.08": (56, 1, 206, 17, 301, 306),
    "powered/next": (75, 1, 270, 11, 287, 289),
    "dns/2020.06": (2, 0, 10, 0, 10, 10),
    "orchestration/2020.06": (23, 0, 60, 0, 60, 60),
    "orchestration/next": (0, 0, 0, 0, 24, 24),
    "nfv/next": (0, 0, 0, 0, 34, 34),
}


@pytest.mark.by_hand
@pytest.mark.parametrize("key", BY_HAND)
def test_counts_by_hand(key: str, site: Site) -> None:
    counts = site.view("guideline", key)["counts"]
    names = ("required", "shared", "must_pass", "flagged", "tests", "pairs")
    assert tuple(counts[name] for name in names) == BY_HAND[key]


@pytest.mark.by_hand
def test_tests_of_the_components_of_2020_06(site: Site) -> None:
    """images-v2-import, with 3 tests, is in no component; two tests are in two capabilities of storage each."""
    components = site.view("guideline", "powered/2020.06")["components"]
    shown = {one["key"]: [(g["tests"], g["flagged"], g["shared"]) for g in one["groups"]] for one in components}
    assert shown == {"os_powered_compute": [(228, 11, 0)], "os_powered_storage": [(58, 0, 2)]}


@pytest.mark.by_hand
def test_home_shows_what_a_tester_acts_on(site: Site) -> None:
    rows = {row["title"]: row for row in site.view("home", "")["programs"]}
    powered = rows["OpenStack Powered"]
    assert (powered["latest"]["id"], powered["complete"]["id"]) == ("2022.11", "2020.06")
    assert (powered["complete"]["required"], powered["complete"]["must_pass"]) == (78, 273)
    assert [one["id"] for one in powered["approved"]] == ["2020.11", "2021.11"]
    assert rows["Shared File System"]["complete"] is None


@pytest.mark.by_hand
def test_designated_code_of_2020_06(site: Site) -> None:
    """Nova and Neutron: all code but what the file names as not designated; the others: what it names."""
    rows = {row["name"]: row["designations"] for row in site.view("sections", "")["rows"]}
    shown = {name: [(d["rule"], d["designated"], d["other"]) for d in found] for name, found in rows.items()}
    assert shown["nova"] == [("default", 0, 6)]
    assert shown["neutron"] == [("default", 7, 4)]
    assert shown["keystone"] == [("named", 4, 9)]
    assert shown["swift"] == [("named", 11, 17)]
    assert shown["horizon"] == [("none", 0, 0)]


@pytest.mark.by_hand
def test_flagged_tests_by_code(site: Site) -> None:
    """jq '[.capabilities[].tests[]|select(.flagged).idempotent_id]|length, (unique|length)' powered/2018.02.json"""
    view = site.view("flags", "")
    sums = dict(zip([one["official"] for one in view["guidelines"]], view["sums"], strict=True))
    assert (sums["2020.06"], sums["2018.02"]) == (11, 16)


# --- what counts once -------------------------------------------------------------------------------------------------


def _shown(folder: Path, *changes: Any) -> dict[str, int]:
    found, _ = loader.load(write(changed(only("2016.08"), *changes), folder))
    return Site(found).view("guideline", "powered/2016.08")["counts"]


def test_a_test_in_two_components_counts_once(tmp_path: Path) -> None:
    counts = _shown(tmp_path, listed("2016.08", STORAGE, required="compute-auth"))
    assert (counts["required"], counts["shared"], counts["must_pass"]) == (1, 1, 2)


def test_a_test_under_two_names_counts_once(tmp_path: Path) -> None:
    counts = _shown(
        tmp_path,
        define("2016.08", "compute-again", 1),
        rename("2016.08", "compute-again", 1, "tempest.other"),
        listed("2016.08", required="compute-auth compute-again"),
    )
    assert (counts["must_pass"], counts["tests"], counts["pairs"]) == (2, 3, 4)


def test_a_test_is_flagged_only_if_each_required_capability_flags_it(tmp_path: Path) -> None:
    again = (define("2016.08", "compute-again", 1), listed("2016.08", required="compute-auth compute-again"))
    counts = _shown(tmp_path / "one", *again, flag("2016.08"))
    assert (counts["must_pass"], counts["flagged"]) == (2, 0)
    counts = _shown(tmp_path / "both", *again, flag("2016.08"), flag("2016.08", capability="compute-again"))
    assert (counts["must_pass"], counts["flagged"]) == (1, 1)


def test_a_capability_that_no_component_lists_has_no_must_pass_test(tmp_path: Path) -> None:
    counts = _shown(tmp_path, define("2016.08", "compute-nowhere", 4))
    assert (counts["must_pass"], counts["unlisted"], counts["tests"]) == (2, 1, 4)
    assert ID.format(4) not in str(counts)
