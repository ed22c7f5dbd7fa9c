"""The comparison of a partial guideline with its official file, by an official 2022.11 that is made up here.

It is made from the partial file, read with PyYAML, and then changed in places that are written by hand; the comparison
must find these and no others. What both have in common was counted by whoever worked out the evidence for 2022.11.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ..official import load_yaml

pytestmark = pytest.mark.by_hand
Json = dict[str, Any]
Table = dict[str, list[int]]
COMPUTE, STORAGE = "os_powered_compute", "os_powered_storage"
SERVERS = "tempest.api.compute.servers."
#: Where the made-up official file has the tests of a group.
HOMES = {"floating-ips": "networks-l3-CRUD", "networks-not-required": "networks-agents"}


def official_of(partial: Json) -> Json:
    """An official file that agrees with a partial one; a group is the capability of its name, or in :data:`HOMES`."""
    capabilities: Json = {}
    for kind in ("capabilities", "groups"):
        for name, given in partial.get(kind, {}).items():
            home = HOMES.get(name, name) if kind == "groups" else name
            empty = {"project": given["project"], "achievements": [], "admin": False, "tests": {}}
            tests = capabilities.setdefault(home, empty)["tests"]
            for test, entry in given["tests"].items():
                tests[test] = {key: value for key, value in entry.items() if key != "evidence"}
    components: Json = {}
    for name, given in partial["components"].items():
        listed: Json = {}
        for status in ("required", "advisory", "deprecated", "removed"):
            groups = given.get("groups", {}).get(status, [])
            names = [*given["capabilities"].get(status, []), *(HOMES.get(group, group) for group in groups)]
            listed[status] = list(dict.fromkeys(names))
        components[name] = {"capabilities": listed, "designated_sections": {}}
    metadata = {"id": partial["metadata"]["id"], "schema": "2.0", "scoring": {"criteria": {}}}
    approval = {"releases": [], "status": "draft"} | partial["metadata"].get("os_trademark_approval", {})
    return {
        "metadata": metadata | {"os_trademark_approval": approval},
        **{key: partial[key] for key in ("platforms", "add-ons") if key in partial},
        "components": components,
        "capabilities": capabilities,
        "designated_sections": {},
        "test_repositories": {},
    }


@pytest.fixture
def official(guidelines: Path) -> Json:
    """An official 2022.11 that agrees with the reconstruction in everything that this states."""
    return official_of(load_yaml(guidelines / "powered/2022.11.yaml"))


@pytest.fixture
def compare(interop, guidelines, tmp_path) -> Callable[..., Any]:
    """Runs the command on an official file; what it did."""

    def run(data: Json, name: str = "2022.11.json") -> Any:
        (tmp_path / name).write_text(json.dumps(data, indent=1), encoding="utf-8")
        return interop(guidelines, "reconstruction", tmp_path / name)

    return run


def table(text: str) -> Table:
    """The numbers of the table by the title of the row: right, wrong, missing, too many, not known."""
    rows = {}
    lines = text.splitlines()
    columns = ["right", "wrong", "missing", "too", "many", "not", "known"]
    head = next(number for number, line in enumerate(lines) if line.split() == columns)
    for line in lines[head + 1 :]:
        if line.endswith(":"):
            break
        *title, right, wrong, missing, many, unknown = line.split()
        numbers = [0 if cell == "-" else int(cell) for cell in (right, wrong, missing, many, unknown)]
        rows[" ".join(title)] = numbers
    return rows


def details(text: str, title: str) -> list[str]:
    """The lines below the table about a row."""
    lines = text.splitlines()
    start = lines.index(f"{title}:") + 1
    end = next((number for number in range(start, len(lines)) if not lines[number].startswith("  ")), len(lines))
    return [line.strip() for line in lines[start:end]]


#: All of it right: 337 ids and 33 more; two of them stand in two capabilities. 53 new ids, of which 4 have a capability
#: that is stated, and 5 of object storage, and the 33, are in groups, less one near-certain.
AGREED: Table = {
    "tests": [370, 0, 0, 0, 0],
    f"required in {COMPUTE}": [276, 0, 0, 0, 0],
    f"advisory in {COMPUTE}": [33, 0, 0, 0, 0],
    f"required in {STORAGE}": [63, 0, 0, 0, 0],
    "names of tests": [370, 0, 0, 0, 0],
    "flags": [9, 0, 0, 0, 0],
    "capabilities, order-verified": [148, 0, 0, 0, 0],
    "capabilities, id-carried": [133, 0, 0, 0, 0],
    "capabilities, stated": [4, 0, 0, 0, 0],
    "capabilities, near-certain": [1, 0, 0, 0, 0],
    "capabilities, inferred": [0, 0, 0, 0, 86],
    f"statuses in {COMPUTE}": [57, 0, 0, 0, 8],
    f"statuses in {STORAGE}": [20, 0, 0, 0, 2],
    "guideline": [6, 0, 0, 0, 0],
}


def test_an_official_file_that_agrees(official, compare) -> None:
    done = compare(official)
    assert (done.returncode, done.stderr) == (0, "")
    assert table(done.stdout) == AGREED
    assert details(done.stdout, "capabilities, inferred")[:2] == [
        "not known: 4 of the group application-credentials; official: application-credentials",
        "not known: 10 of the group compute-security-groups; official: compute-security-groups",
    ]
    assert "not known: 7 of the group floating-ips; official: networks-l3-CRUD" in done.stdout


def move(data: Json, test: str, old: str, new: str) -> None:
    data["capabilities"][new]["tests"][test] = data["capabilities"][old]["tests"].pop(test)


def restatus(data: Json, component: str, name: str, old: str, new: str) -> None:
    lists = data["components"][component]["capabilities"]
    lists[old].remove(name)
    if new:
        lists[new].append(name)


def test_an_official_file_that_deviates(official, compare) -> None:
    capabilities = official["capabilities"]
    # A test that the reconstruction has, and one that it lacks.
    gone = SERVERS + "test_instance_actions.InstanceActionsTestJSON.test_get_instance_action"
    capabilities["compute-instance-actions-get"]["tests"].pop(gone)
    capabilities["compute-flavors-list"]["tests"]["tempest.api.compute.x.X.test_new"] = {
        "idempotent_id": "00000000-0000-4000-8000-000000000001"
    }
    # A test of each grade in another capability, and one in a second one.
    listed = SERVERS + "test_create_server.ServersTestJSON.test_list_servers"
    move(official, listed, "compute-servers-list", "compute-servers-get")
    carried = "tempest.api.network.test_versions.NetworksApiDiscovery.test_api_version_resources"
    move(official, carried, "networks-list-api-versions", "networks-l2-CRUD")
    quotas = "tempest.api.compute.test_quotas.QuotasTestJSON.test_get_quotas"
    capabilities["compute-servers-update"]["tests"][quotas] = capabilities["compute-quotas-get"]["tests"][quotas]
    # One flag less and one more, and a name less.
    resize = next(test for test in capabilities["compute-servers-resize"]["tests"].values() if "flagged" in test)
    del resize["flagged"]
    capabilities["compute-quotas-get"]["tests"][quotas]["flagged"] = {"date": "2022-01-01"}
    host = SERVERS + "test_create_server.ServersTestJSON.test_host_name_is_same_as_server_name"
    alias = capabilities["compute-servers-host"]["tests"][host].pop("aliases")[0]
    # Other statuses of capabilities, a capability that is no longer listed, and one that the reconstruction lacks.
    restatus(official, COMPUTE, "compute-keypairs-create", "required", "advisory")
    restatus(official, STORAGE, "objectstore-container-acl", "required", "")
    capabilities["compute-servers-pause"] = capabilities["compute-flavors-list"] | {
        "tests": {"tempest.api.compute.x.X.test_pause": {"idempotent_id": "00000000-0000-4000-8000-000000000002"}}
    }
    official["components"][COMPUTE]["capabilities"]["deprecated"].append("compute-servers-pause")
    # Other facts of the guideline.
    official["metadata"]["os_trademark_approval"] |= {"status": "approved", "releases": ["xena", "yoga", "zed"]}
    official["metadata"]["os_trademark_approval"]["target_approval"] = "2022.11"

    done = compare(official)
    assert (done.returncode, done.stderr) == (1, "")
    found = table(done.stdout)
    acl = 2  # Ids of objectstore-container-acl, none of which stands elsewhere.
    assert {title: numbers for title, numbers in found.items() if numbers != AGREED.get(title)} == {
        "tests": [369, 0, 2, 1, 0],
        f"required in {COMPUTE}": [276 - 1 - 1, 0, 1, 2, 0],
        f"advisory in {COMPUTE}": [33, 0, 1, 0, 0],
        f"deprecated in {COMPUTE}": [0, 0, 1, 0, 0],
        f"required in {STORAGE}": [63 - acl, 0, 0, acl, 0],
        "names of tests": [368, 1, 0, 0, 0],
        "flags": [8, 0, 1, 1, 0],
        "capabilities, order-verified": [148 - 2, 1, 1, 0, 0],
        "capabilities, id-carried": [133 - 1, 1, 0, 0, 0],
        f"statuses in {COMPUTE}": [56, 1, 1, 0, 8],
        f"statuses in {STORAGE}": [19, 0, 0, 1, 2],
        "guideline": [4, 2, 0, 0, 1],
    }
    both = lambda title: details(done.stdout, title)  # noqa: E731
    assert both("tests") == [
        "missing: tempest.api.compute.x.X.test_new [00000000-0000-4000-8000-000000000001]",
        "missing: tempest.api.compute.x.X.test_pause [00000000-0000-4000-8000-000000000002]",
        f"too many: {gone} [aacc71ca-1d70-4aa5-bbf6-0ff71470e43c]",
    ]
    assert both("names of tests") == [f"wrong: ac1ad47f-984b-4441-9274-c9079b7a0666: only here: {alias}"]
    assert both("capabilities, order-verified") == [
        f"wrong: {listed} [9a438d88-10c6-4bcd-8b5b-5b6e25e1346f]: compute-servers-list; official: compute-servers-get",
        f"missing: {quotas} [f1ef0a97-dbbb-4cca-adc5-c9fbc4f76107]: compute-servers-update",
    ]
    assert [line for line in both(f"statuses in {COMPUTE}") if not line.startswith("not known")] == [
        "wrong: compute-keypairs-create: required; official: advisory",
        "missing: compute-servers-pause: not listed; official: deprecated",
    ]
    assert both(f"statuses in {STORAGE}")[-1] == ("too many: objectstore-container-acl: required; official: not listed")
    assert both("guideline") == [
        "wrong: status: draft; official: approved",
        "not known: target approval: not listed; official: 2022.11",
        "wrong: releases: xena, yoga, zed, antelope; official: xena, yoga, zed",
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["metadata"]["os_trademark_approval"].update(replaces="2021.11"),
        lambda data: data["capabilities"]["compute-flavors-list"]["tests"].popitem(),
        lambda data: restatus(data, COMPUTE, "compute-flavors-list", "required", "removed"),
    ],
)
def test_a_single_deviation_decides_the_status(change, official, compare) -> None:
    assert compare(official).returncode == 0
    change(official)
    assert compare(official).returncode == 1


def test_the_status_that_an_add_on_leaves_open_is_not_known(compare, guidelines) -> None:
    data = official_of(load_yaml(guidelines / "shared-file-system/2022.11.yaml"))
    lists = data["components"]["os_powered_shared_file_system"]["capabilities"]
    lists["required"], lists["advisory"] = ["shares", "share-networks", "microversions"], ["share-actions"]
    data["metadata"]["id"] = "shared_file_system.2022.11"
    done = compare(data, "shared_file_system.2022.11.json")
    assert done.returncode == 0, done.stdout + done.stderr
    found = table(done.stdout)
    assert found["tests"] == [12, 0, 0, 0, 0]
    assert found["required in os_powered_shared_file_system"] == [0, 0, 0, 0, 6]
    assert found["advisory in os_powered_shared_file_system"] == [0, 0, 0, 0, 6]
    assert found["capabilities, inferred"] == [0, 0, 0, 0, 12]


def test_import_prints_the_same_when_it_replaces_the_file(official, compare, interop, guidelines, tmp_path) -> None:
    root = tmp_path / "guidelines"
    shutil.copytree(guidelines, root)
    compared = compare(official).stdout.splitlines()[1:]
    done = interop(root, "import", tmp_path / "2022.11.json")
    first, *lines = done.stdout.splitlines()
    assert first == "powered/2022.11: changed, the official file replaces the partial one"
    assert [line.removeprefix("    ") for line in lines] == compared
    assert load_yaml(root / "powered/2022.11.yaml")["record"]["completeness"] == "complete"
    again = interop(root, "reconstruction", tmp_path / "2022.11.json")
    assert again.returncode == 2
    assert again.stderr.startswith(f"interop: no official files of partial guidelines in {tmp_path / '2022.11.json'}\n")


def test_of_a_folder_only_partial_guidelines_are_compared(official, interop, guidelines, tmp_path) -> None:
    folder = tmp_path / "upstream/guidelines"
    folder.mkdir(parents=True)
    (folder / "2022.11.json").write_text(json.dumps(official), encoding="utf-8")
    (folder / "2020.06.json").write_text("{", encoding="utf-8")
    done = interop(guidelines, "reconstruction", tmp_path / "upstream")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"powered/2022.11: the partial file, compared with {folder / '2022.11.json'}\n")
    (folder / "2022.11.json").write_text("{", encoding="utf-8")
    done = interop(guidelines, "reconstruction", tmp_path / "upstream")
    assert (done.returncode, done.stdout) == (1, "powered/2022.11: not compared\n")
    assert done.stderr.startswith(f"{folder / '2022.11.json'}:1: error syntax: ")
