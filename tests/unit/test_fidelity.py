"""The record is faithful: every fact of an official file stands in its YAML file and in the model, and no prose does.

Both sides are read by ``tests/official.py``, which shares nothing with the importer.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from interop.record import loader

from ..official import difference, facts_of_json, facts_of_model, facts_of_yaml, load_yaml

#: The guidelines that were taken from upstream; a later one has no official file to be compared with.
FROM_UPSTREAM = {
    "powered": "2015.03 2015.04 2015.05 2015.07 2016.01 2016.08 2017.01 2017.09 2018.02 2018.11 2019.06 2019.11 "
    "2020.06 next",
    "dns": "2018.02 2018.11 2019.06 2019.11 2020.06 next",
    "orchestration": "2018.02 2018.11 2019.06 2019.11 2020.06 next",
    "nfv": "next",
    "scoring": "havana icehouse juno",
}
KEYS = [f"{program}/{id}" for program, ids in FROM_UPSTREAM.items() for id in ids.split()]
FIXTURES = [
    *(f"powered/2031.0{number}" for number in range(2, 8)),
    "dns/2031.07",
    "nfv/next",
    "scoring/jade",
]

each_guideline = pytest.mark.parametrize("key", KEYS)
#: Tests that compare with official files; the end of a run tells how many ran.
fidelity = pytest.mark.fidelity
each_fixture = pytest.mark.parametrize("key", FIXTURES)


def official_id(key: str) -> str:
    program, _, id = key.partition("/")
    return id if program == "powered" else f"{program}.{id}"


def official_file(key: str) -> str:
    """The path of an official file in the folder of official files."""
    program, _, id = key.partition("/")
    return f"pre-guideline/{id}core.json" if program == "scoring" else f"{key}.json"


# --- the real files ---------------------------------------------------------------------------------------------------


@fidelity
@each_guideline
def test_yaml_file_has_the_facts_of_the_official_file(key, upstream, guidelines):
    expected = facts_of_json(upstream / official_file(key), official_id(key))
    assert difference(expected, facts_of_yaml(guidelines / f"{key}.yaml")) == {}


@fidelity
@each_guideline
def test_model_has_the_facts_of_the_official_file(key, upstream, real_record):
    expected = facts_of_json(upstream / official_file(key), official_id(key))
    assert difference(expected, facts_of_model(real_record.guidelines[key])) == {}


@fidelity
@each_guideline
def test_source_names_the_official_file(key, upstream, guidelines):
    content = (upstream / official_file(key)).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    (source,) = load_yaml(guidelines / f"{key}.yaml")["record"]["sources"]
    assert source["sha256"] == digest
    assert source["blob"] == hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
    name = official_file(key).rpartition("/")[2] if key.startswith("scoring/") else f"{official_id(key)}.json"
    assert source["path"].endswith(name)
    assert re.fullmatch(r"[0-9a-f]{40}", source["commit"])


def texts(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text of plain data, keys left out, with its place."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from texts(value, (*path, key))
    elif isinstance(node, list):
        for value in node:
            yield from texts(value, path)
    elif isinstance(node, str):
        yield path, node


@each_guideline
def test_no_prose(key, guidelines):
    said = [item for item in texts(load_yaml(guidelines / f"{key}.yaml")) if item[0] != ("record", "notes")]  # ours
    # A readable name is a fact. The longest has five words.
    assert [text for path, text in said if len(text.split()) >= 5 + (path[-1] == "name")] == []
    assert [path for path, _ in said if path[-1] in ("description", "descriptin", "comment")] == []


@each_guideline
def test_wordings_are_single_keys_of_the_catalogue(key, guidelines):
    said = list(texts(load_yaml(guidelines / f"{key}.yaml")))
    used = {"guidance": set(), "flag-reasons": set(), "flag-actions": set()}
    for path, text in said:
        if path[-1] == "guidance":
            used["guidance"].add(text)
        elif path[-2:] == ("flagged", "reason"):
            code, _, reason = text.rpartition(" ")
            assert re.fullmatch(r"(D40[0-6])?", code), text
            used["flag-reasons"].add(reason)
        elif path[-2:] == ("flagged", "action"):
            used["flag-actions"].add(text)
    for file, keys in used.items():
        assert keys <= load_yaml(guidelines / "catalogue" / f"{file}.yaml").keys(), file


# --- every schema version, in small -----------------------------------------------------------------------------------


@each_fixture
def test_import_keeps_every_fact(key, interop, small_root, official_fixtures):
    official = official_fixtures / f"{key}.json"
    done = interop(small_root, "import", official)
    assert (done.returncode, done.stdout.partition("\n")[0]) == (0, f"{key}: written"), done.stderr
    expected = facts_of_json(official, official_id(key))
    assert difference(expected, facts_of_yaml(small_root / f"{key}.yaml")) == {}
    loaded, _ = loader.load(small_root)
    assert difference(expected, facts_of_model(loaded.guidelines[key])) == {}


@each_fixture
def test_official_file_in_place_gives_the_same_facts(key, small_root, official_fixtures):
    official = official_fixtures / f"{key}.json"
    target = small_root / f"{key}.json"
    target.parent.mkdir()
    shutil.copy(official, target)
    loaded, _ = loader.load(small_root)
    assert difference(facts_of_json(official, official_id(key)), facts_of_model(loaded.guidelines[key])) == {}


CREATE = "tempest.api.compute.servers.test_create_server.ServersTestJSON."
MANUAL = "tempest.api.compute.servers.test_create_server.ServersTestManualDisk."
VERSIONS = "tempest.api.volume.test_versions.VersionsTest."
UNAUTHORIZED = "tempest.api.compute.test_authorization.AuthorizationTestJSON.test_create_server_with_unauthorized_image"
INVALID_SIZE = "tempest.api.volume.test_volumes_negative.VolumesV2NegativeTest.test_create_volume_with_invalid_size"
LIST_ID, HOST_ID = "9a438d88-10c6-4bcd-8b5b-5b6e25e1346f", "ac1ad47f-984b-4441-9274-c9079b7a0666"

#: Read off the fixtures by eye: the reader itself must get the oddities right.
BY_EYE = [
    ("powered/2031.02", ("test", "compute-auth", UNAUTHORIZED), (None, (), True, "", "")),
    ("powered/2031.02", ("achievements", "compute-auth"), {"tools", "stable"}),
    ("powered/2031.02", ("own name", "compute-floating-ips"), "Compute Floating IPs"),
    ("powered/2031.02", ("component", "compute", "advisory"), {"identity-auth"}),
    ("powered/2031.02", ("section", "keystone", "advisory"), {}),
    ("powered/2031.02", ("guidance", "horizon", "informational"), (False, False)),
    (
        "powered/2031.03",
        ("test", "compute-auth", UNAUTHORIZED),
        ("95d445f6-babc-4f2e-aea3-aa24ec5e7f0d", (), True, "2031-03-06", "D401"),
    ),
    ("powered/2031.03", ("own guidelines", "compute-auth"), ("2031.02", "2031.03")),
    (
        "powered/2031.04",
        ("test", "volumes-v2-create-delete", INVALID_SIZE),
        ("1ed83a8a-682d-4dfb-a30e-ee63ffd6c049", (), True, "2031-04-01", "D400"),
    ),
    ("powered/2031.04", ("cutoff",), 74),
    ("powered/2031.04", ("required since", "volumes-v2-create-delete"), ""),
    (
        "powered/2031.05",
        ("test", "compute-servers-host", CREATE + "test_host_name_is_same_as_server_name"),
        (HOST_ID, (), True, "2031-05-01", ""),
    ),
    ("powered/2031.05", ("test", "compute-servers-list", CREATE + "test_list_servers"), (LIST_ID, (), False, "", "")),
    ("powered/2031.05", ("test", "compute-servers-list", MANUAL + "test_list_servers"), (LIST_ID, (), False, "", "")),
    (
        "powered/2031.05",
        ("test", "volumes-list-api-versions", VERSIONS + "test_list_versions"),
        (None, (), False, "", ""),
    ),
    ("powered/2031.05", ("achievements", "volumes-list-api-versions"), set()),
    ("powered/2031.06", ("component", "compute", "deprecated"), {"compute-servers-list"}),
    ("powered/2031.06", ("achievements", "compute-servers-host"), {"stable", "tools"}),
    (
        "powered/2031.06",
        ("test", "compute-servers-list", CREATE + "test_list_servers"),
        (LIST_ID, (), True, "2031-06-02", "D405"),
    ),
    ("powered/2031.07", ("component sections", "os_powered_storage", "advisory"), {"swift"}),
    ("powered/2031.07", ("section", "swift", "advisory"), {"proxy server": True, "diskfile": False}),
    ("dns/2031.07", ("id",), "dns.2031.07"),
    (
        "dns/2031.07",
        ("add-ons", "DNS"),
        (
            (("os_powered_dns", ""),),
            (("os_powered_compute", "https://interop.example.org/2031.07.json"),),
            (("os_powered_storage", "https://interop.example.org/2031.07.json"),),
        ),
    ),
    ("dns/2031.07", ("cutoff",), None),
    ("nfv/next", ("repository", "neutron"), ("https://git.example.org/neutron", "e971f0c317")),
    ("scoring/jade", ("component", "core", "required"), {"compute-auth"}),
    ("scoring/jade", ("status",), "draft"),
    ("scoring/jade", ("own name", "data-proc-jobs"), "Data Processing Jobs"),
    ("scoring/jade", ("project", "data-proc-jobs"), "sahara"),
    (
        "scoring/jade",
        ("test", "compute-auth", "tempest.api.compute.test_authorization.AuthorizationTestJSON.test_get_image"),
        (None, (), True, "", ""),
    ),
]


@pytest.mark.parametrize("key, fact, value", BY_EYE)
def test_reader_gives_what_the_eye_sees(key, fact, value, official_fixtures):
    assert facts_of_json(official_fixtures / f"{key}.json", official_id(key))[fact] == value


def put(*path: str | int) -> Any:
    """A change of one value of a guideline: the last item of ``path`` goes where the others lead."""

    def change(data: Any) -> None:
        for step in path[:-2]:
            data = data[step]
        data[path[-2]] = path[-1]

    return change


HOST_TEST = ("capabilities", "compute-servers-host", "tests", CREATE + "test_host_name_is_same_as_server_name")
LIST_TEST = ("capabilities", "compute-servers-list", "tests", CREATE + "test_list_servers")
CHANGES = [
    (put("metadata", "os_trademark_approval", "status", "draft"), ("status",)),
    (put("metadata", "os_trademark_approval", "releases", 1, "ocata"), ("releases",)),
    (put("metadata", "scoring", "cutoff_score", 75), ("cutoff",)),
    (put("metadata", "scoring", "criteria", "tools", "weight", 41), ("weight", "tools")),
    (put(*HOST_TEST, "idempotent_id", LIST_ID), ("test", *HOST_TEST[1::2])),
    (put(*HOST_TEST, "aliases", []), ("test", *HOST_TEST[1::2])),
    (put(*HOST_TEST, "flagged", {}), ("test", *HOST_TEST[1::2])),
    (put(*LIST_TEST, "flagged", "date", "2031-07-11"), ("test", *LIST_TEST[1::2])),
    (put(*LIST_TEST, "flagged", "reason", "D406 x"), ("test", *LIST_TEST[1::2])),
    (put("capabilities", "compute-servers-host", "required-since", ""), ("required since", "compute-servers-host")),
    (put("capabilities", "compute-servers-host", "admin", True), ("admin", "compute-servers-host")),
    (
        put("components", "os_powered_storage", "capabilities", "advisory", []),
        ("component", "os_powered_storage", "advisory"),
    ),
    (
        put("designated_sections", "swift", "advisory", "sections", "diskfile", "designated", True),
        ("section", "swift", "advisory"),
    ),
    (put("test_repositories", "tempest", "reference", "master"), ("repository", "tempest")),
]


@pytest.mark.parametrize("change, fact", CHANGES)
def test_comparison_sees_a_changed_fact(change, fact, tmp_path, official_fixtures):
    official = official_fixtures / "powered" / "2031.07.json"
    data = json.loads(official.read_text(encoding="utf-8"))
    change(data)
    changed = tmp_path / "2031.07.json"
    changed.write_text(json.dumps(data), encoding="utf-8")
    assert list(difference(facts_of_json(official, "2031.07"), facts_of_json(changed, "2031.07"))) == [fact]


# --- worksheets -------------------------------------------------------------------------------------------------------


def worksheet(path: Path) -> dict[str, int]:
    """The totals of a worksheet of the working group; rows without a score for each criterion have none."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Total"]]
    return {row["Capability"]: int(row["Total"].rstrip("*")) for row in rows}


@pytest.mark.parametrize(
    "program, name, number", [("powered", "tabulated_scores.csv", 91), ("nfv", "tabulated_scores_nfv.csv", 5)]
)
def test_totals_are_those_of_the_worksheet(program: str, name: str, number: int, upstream, guidelines) -> None:
    """Of all capabilities that a file of the program defines."""
    totals = worksheet(upstream / "worksheets" / name)
    files = [json.loads(path.read_text(encoding="utf-8")) for path in (upstream / program).glob("*.json")]
    defined = {capability for file in files for capability in file["capabilities"]}
    sheet = load_yaml(guidelines / "catalogue" / "worksheets.yaml")[program]
    assert sheet["path"] == f"working_materials/{name}"
    assert sheet["totals"] == {name: total for name, total in totals.items() if name in defined}
    assert len(sheet["totals"]) == number


@pytest.mark.by_hand
def test_totals_differ_from_the_scores_of_2020_06(upstream, real_record) -> None:
    """34 of the 74 capabilities of 2020.06 that the worksheet has; the other five are not in it."""
    totals = worksheet(upstream / "worksheets" / "tabulated_scores.csv")
    guideline = real_record.guidelines["powered/2020.06"]
    both = {name: guideline.score(name) for name in guideline.capabilities if name in totals}
    assert (len(guideline.capabilities), len(both)) == (79, 74)
    assert sum(score != totals[name] for name, score in both.items()) == 34
    assert (both["compute-list-api-versions"], totals["compute-list-api-versions"]) == (67, 76)
