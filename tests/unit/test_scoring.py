"""The scorings from before the guidelines: how they are read, and that nothing else takes them for guidelines."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from interop.analysis.history import latest
from interop.record import loader, process
from interop.record.model import Status
from interop.record.problems import Severity
from interop.site import server_rules, views
from interop.site.redirects import old, short
from interop.site.targets import Targets

from ..command_line import ROOT

JADE = "scoring/jade"


@pytest.fixture
def jade(official_fixtures: Path) -> dict[str, Any]:
    """The data of the small scoring."""
    data: dict[str, Any] = json.loads((official_fixtures / f"{JADE}.json").read_text(encoding="utf-8"))
    return data


def load(root: Path, data: dict[str, Any], name: str = JADE) -> tuple[Any, list[tuple[str, str, bool]]]:
    """A scoring in the record ``root``, and the problems of its file: code, subject, whether it is an error.

    Without those of the catalogue, which has none of what the scoring refers to.
    """
    path = root / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")
    loaded, problems = loader.load(root)
    found = [
        p for p in problems if p.path == f"guidelines/{name}.json" and p.code not in ("no-entry", "unknown-release")
    ]
    return loaded.guidelines.get(name), [(p.code, p.about, p.severity is Severity.ERROR) for p in found]


# --- one file ---------------------------------------------------------------------------------------------------------


def test_what_is_not_in_the_file_is_noted(small_root: Path, jade: dict[str, Any]) -> None:
    found, problems = load(small_root, jade)
    assert problems == []  # No component lists data-proc-jobs, and no test has an id: that is as it should be.
    assert found.notes == (
        "schema 1.0 has no components: its core capabilities are required by the component 'core'",
        "schema 1.0 has no projects: they are those of the services that the names begin with",
        "the status reads 'proposal, havana-based', which is recorded as draft",
    )
    assert (found.official_id, found.platforms, found.sections, found.replaces) == ("scoring.jade", (), (), "")
    assert found.status == "draft"
    assert {name: found.statuses(name) for name in found.capabilities} == {
        "compute-auth": {"core": Status.REQUIRED},
        "data-proc-jobs": {},
    }
    assert found.capabilities["data-proc-jobs"].carried == {"name": "Data Processing Jobs"}


def test_a_status_that_guidelines_have_too_is_kept(small_root: Path, jade: dict[str, Any]) -> None:
    found, _ = load(small_root, jade | {"status": "advisory"})
    assert found.status == "advisory"
    assert not any("status" in note for note in found.notes)


def test_an_unknown_service_is_its_own_project(small_root: Path, jade: dict[str, Any]) -> None:
    jade["capabilities"]["billing-invoices"] = jade["capabilities"].pop("data-proc-jobs")
    found, _ = load(small_root, jade)
    assert found.capabilities["billing-invoices"].project == "billing"


def test_the_file_name_is_the_release(small_root: Path, jade: dict[str, Any]) -> None:
    _, problems = load(small_root, jade | {"release": "onyx"})
    assert problems == [("wrong-id", "onyx", False)]


@pytest.mark.parametrize("key", ["release", "status", "criteria", "capabilities"])
def test_keys_that_it_must_have(key: str, small_root: Path, jade: dict[str, Any]) -> None:
    del jade[key]
    none, problems = load(small_root, jade)
    assert none is None and ("missing-key", "", True) in problems


def test_core_is_true_or_false(small_root: Path, jade: dict[str, Any]) -> None:
    jade["capabilities"]["compute-auth"]["core"] = "yes"
    none, problems = load(small_root, jade)
    assert none is None and ("wrong-type", "core", True) in problems


# --- import -----------------------------------------------------------------------------------------------------------


PLACES = ["jadecore.json", "legacy/jadecore.json", "scoring/jadecore.json", "scoring/jade.json"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("alone", [True, False], ids=["the file", "the folder"])
def test_import_finds_it(place, alone, interop, small_root, official_fixtures, tmp_path) -> None:
    file = tmp_path / "upstream" / place
    file.parent.mkdir(parents=True)
    shutil.copy(official_fixtures / f"{JADE}.json", file)
    done = interop(small_root, "import", file if alone else tmp_path / "upstream", "--commit", "5f7a8cf9c430")
    assert (done.returncode, done.stdout.partition("\n")[0]) == (0, f"{JADE}: written"), done.stderr
    (source,) = loader.load(small_root)[0].guidelines[JADE].sources
    assert (source.path, source.commit) == ("legacy/jadecore.json", "5f7a8cf9c430")


@pytest.mark.parametrize("place", ["encore.txt", "core.json", "jade.json", "dns/jadecore.json", "drafts/jadecore.json"])
def test_import_takes_no_other_file_for_one(place, interop, small_root, official_fixtures, tmp_path) -> None:
    file = tmp_path / "upstream" / place
    file.parent.mkdir(parents=True)
    shutil.copy(official_fixtures / f"{JADE}.json", file)
    done = interop(small_root, "import", tmp_path / "upstream")
    assert done.returncode == 2, done.stdout
    assert not (small_root / "scoring").exists()


# --- the record -------------------------------------------------------------------------------------------------------

#: Capabilities, core ones, tests, capabilities without tests (jq '.capabilities|[length, ([.[]|select(.core)]|length),
#: ([.[].tests[]]|length), ([.[]|select(.tests==[])]|length)]' pre-guideline/*.json).
SIZES = {"havana": (69, 14, 366, 20), "icehouse": (96, 17, 537, 22), "juno": (105, 17, 608, 22)}


@pytest.mark.by_hand
@pytest.mark.parametrize("id", SIZES)
def test_sizes(id: str, real_record) -> None:
    found = real_record.guidelines[f"scoring/{id}"]
    tests = [len(capability.tests) for capability in found.capabilities.values()]
    core = found.components["core"].capabilities[Status.REQUIRED]
    assert (len(tests), len(core), sum(tests), tests.count(0)) == SIZES[id]


def test_core_is_what_scores_75_and_needs_no_administrator(real_record) -> None:
    """What the page says of all three files, with its one exception."""
    exceptions = {
        (found.id, name)
        for found in real_record.program("scoring")
        for name, capability in found.capabilities.items()
        if found.requires(name) != ((found.score(name) or 0) >= 75 and not capability.admin)
    }
    assert exceptions == {("icehouse", "volume-admin-quota-delete"), ("juno", "volume-admin-quota-delete")}


def test_no_rule_of_the_process_applies(real_record, real_analysis) -> None:
    for found in real_record.program("scoring"):
        assert real_analysis.report.findings[found.key] == []
        assert process.document_of(real_record.catalogue, found) == ""


def test_it_is_never_the_newest_place_of_a_test(real_analysis) -> None:
    """Their ids come after those of guidelines in the alphabet, but they are older."""
    shared = [places for places in real_analysis.test_places.values() if len({p.guideline.program for p in places}) > 1]
    assert any(place.guideline.is_scoring for places in shared for place in places)
    assert not any(latest(places).guideline.is_scoring for places in shared)


def test_a_scoring_does_not_change_what_guidelines_say_of_a_capability(real_analysis) -> None:
    """The last guideline with images-v2 says that it is of nova; the names of a scoring would make it one of glance."""
    assert views.OF_PAGES["capability"](real_analysis, "images-v2")["project"]["name"] == "nova"
    listed = views.OVERVIEWS["capabilities"](real_analysis)["projects"]
    assert [item["name"] for item in listed for row in item["older"] if row["name"] == "images-v2"] == ["nova"]


def test_refstack_does_not_have_them(real_record) -> None:
    rules = server_rules.nginx(real_record, "/", (ROOT / "_templates",))
    versions = [line for line in rules.splitlines() if "2020" in line and "2015" in line]
    assert versions
    assert "scoring" not in "".join(versions)


def test_only_the_old_urls_that_there_were(real_record, real_analysis) -> None:
    found = {item.old: item.new for item in old(real_record) if "scoring" in item.old + item.new}
    assert found == {f"legacy/{id}core.json": f"api/v1/guidelines/scoring.{id}.json" for id in SIZES}
    names = {item.old for item in short(Targets(real_analysis))}
    assert {"g/scoring.juno", "c/messaging-claims"} <= names


#: Core in Havana, Icehouse and Juno, and the status in 2015.03, read off the official files.
BECAME = {
    "compute-auth": ("core", "core", "core", "required"),
    "compute-floating-ips": ("core", "core", "core", "removed"),
    "compute-security-groups": ("core", "core", "core", None),
    "compute-servers-metadata": (None, "core", "core", "advisory"),
    "objectstore-object": ("core", "core", "core", "required"),
    "volume": ("not core", "core", "core", "removed"),
    "volume-admin-quota-delete": (None, "core", "core", None),
}


@pytest.mark.by_hand
def test_what_became_of_the_core(real_analysis) -> None:
    rows = {row["name"]: row for row in views.OVERVIEWS["scorings"](real_analysis)["rows"]}
    assert len(rows) == 17
    words = {None: None, True: "core", False: "not core"}
    for name, expected in BECAME.items():
        cells = [words[cell and cell["core"]] for cell in rows[name]["cells"]]
        assert (*cells, rows[name]["mark"]) == expected, name
    marks = [row["mark"] for row in rows.values()]
    assert {mark: marks.count(mark) for mark in marks} == {"required": 9, "advisory": 1, "removed": 3, None: 4}


def test_the_first_guideline_leads_to_them(real_analysis) -> None:
    first = views.OF_PAGES["guideline"](real_analysis, "powered/2015.03")
    assert [item["id"] for item in first["scorings"]] == list(SIZES)
    assert first["replaces_to"] == "guidelines/index#powered-2014.07"
    assert views.OF_PAGES["guideline"](real_analysis, "powered/2015.04")["scorings"] == []
    assert views.OF_PAGES["guideline"](real_analysis, "dns/2018.02")["scorings"] == []


def test_the_programs_of_guidelines(real_record, real_analysis) -> None:
    assert "scoring" in real_record.programs()
    assert "scoring" not in real_record.trademark_programs()
    home = views.OVERVIEWS["home"](real_analysis)
    assert not any(re.search("scoring", program["title"]) for program in home["programs"])
