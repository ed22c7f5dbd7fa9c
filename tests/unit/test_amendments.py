"""The history of the official files: counted independently, read by hand, replayed, and refused where it is wrong."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from interop.analysis import amendments
from interop.record import loader, states
from interop.record.problems import Severity
from interop.record.record import Record

from .. import official_history
from ..command_line import run
from ..official import load_yaml

GUIDELINES = Path(__file__).parents[2] / "guidelines"
FOLDER = GUIDELINES / "amendments"
FILES = sorted(FOLDER.glob("*/*.yaml"))
KEYS = [f"{path.parent.name}/{path.stem}" for path in FILES]
SERVERS = "tempest.api.compute.servers.test_create_server."
ROUTERS = "tempest.api.network.{}test_routers.Routers{}Test.test_{}"
VOLUMES = "tempest.api.volume."


@pytest.fixture(scope="module")
def record() -> Record:
    return loader.load(GUIDELINES)[0]


def revision(key: str, commit: str) -> dict[str, Any]:
    """The revision of a guideline whose commit begins so."""
    [found] = [one for one in load_yaml(FOLDER / f"{key}.yaml")["revisions"] if one["commit"].startswith(commit)]
    return found


# --- how many, and of which kind --------------------------------------------------------------------------------------

#: Revisions added, changed, same and unreadable, by tests/official_history.py at commit 5f7a8cf.
COUNTED = {
    "powered/2015.03": (1, 6, 3, 3),
    "powered/2015.04": (1, 15, 5, 0),
    "powered/2015.05": (1, 10, 2, 1),
    "powered/2015.07": (1, 11, 5, 0),
    "powered/2016.01": (1, 31, 5, 0),
    "powered/2016.08": (1, 22, 5, 0),
    "powered/2017.01": (1, 20, 2, 0),
    "powered/2017.09": (1, 9, 2, 0),
    "powered/2018.02": (1, 8, 4, 0),
    "powered/2018.11": (1, 1, 1, 0),
    "powered/2019.06": (1, 0, 0, 0),
    "powered/2019.11": (1, 0, 0, 0),
    "powered/2020.06": (1, 1, 0, 2),
    "powered/next": (1, 85, 8, 7),
    "dns/2018.02": (1, 3, 2, 0),
    "dns/2018.11": (1, 0, 1, 0),
    "dns/2019.06": (1, 0, 0, 0),
    "dns/2019.11": (1, 0, 0, 0),
    "dns/2020.06": (1, 1, 0, 0),
    "dns/next": (1, 1, 1, 0),
    "orchestration/2018.02": (1, 1, 1, 0),
    "orchestration/2018.11": (1, 1, 1, 0),
    "orchestration/2019.06": (1, 0, 0, 0),
    "orchestration/2019.11": (1, 0, 0, 0),
    "orchestration/2020.06": (1, 1, 0, 0),
    "orchestration/next": (1, 1, 1, 0),
    "nfv/next": (1, 1, 1, 0),
}


@pytest.mark.by_hand
def test_the_kinds_are_as_counted() -> None:
    found = {}
    for key in KEYS:
        count = Counter(one["kind"] for one in load_yaml(FOLDER / f"{key}.yaml")["revisions"])
        found[key] = tuple(count[kind] for kind in ("added", "changed", "same", "unreadable"))
    assert found == COUNTED
    assert (sum(COUNTED["powered/2016.01"]), sum(COUNTED["powered/next"])) == (37, 101)


def test_every_revision_is_that_of_the_repository() -> None:
    """Commit, blob id and kind of every revision, by a script that shares no code with ours."""
    checkout = os.environ.get("INTEROP_CHECKOUT")
    if not checkout or not shutil.which("git"):
        pytest.skip("no history to compare with: set INTEROP_CHECKOUT to a git checkout of openstack/interop")
    data = [load_yaml(path) for path in FILES]
    [commit] = {one["commit"] for one in data}
    expected = official_history.kinds(checkout, commit)
    shown = ("commit", "blob", "kind")
    assert {one["path"]: [tuple(each[key] for key in shown) for each in one["revisions"]] for one in data} == expected


def test_the_newest_revision_is_the_official_file(upstream: Path) -> None:
    for key in KEYS:
        content = (upstream / f"{key}.json").read_bytes()
        blob = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
        newest = load_yaml(FOLDER / f"{key}.yaml")["revisions"][-1]
        assert (newest["blob"], newest["sha256"]) == (blob, hashlib.sha256(content).hexdigest()), key


# --- read by hand, each beside the diff of its commit -----------------------------------------------------------------


@pytest.mark.by_hand
def test_8e623b9_took_six_entries_out_of_2017_09() -> None:
    found = revision("powered/2017.09", "8e623b9")
    assert (found["date"], found["change_id"]) == ("2018-08-24", "Ib26ed051f42b8a528e6dd349141ec49f330243f3")
    tests = {name: one["tests"] for name, one in found["changes"]["capabilities"]["changed"].items()}
    disk, json = f"{SERVERS}ServersTestManualDisk.test_", f"{SERVERS}ServersTestJSON.test_"
    ids = {
        "host_name_is_same_as_server_name": "ac1ad47f-984b-4441-9274-c9079b7a0666",
        "list_servers": "9a438d88-10c6-4bcd-8b5b-5b6e25e1346f",
        "list_servers_with_detail": "585e934c-448e-43c4-acbf-d06a9b899997",
        "verify_created_server_vcpus": "cbc0f52f-05aa-492b-bdc1-84b575ca294b",
        "verify_server_details": "5de47127-9977-400a-936f-abcfbec1218f",
    }

    def moved(*names: str) -> dict[str, Any]:
        """The second name of a test becomes an alias of the first."""
        return {
            "dropped": {disk + name: {"idempotent_id": ids[name]} for name in names},
            "changed": {json + name: {"aliases": {"added": [disk + name]}} for name in names},
        }

    def alias(old: str, new: str) -> dict[str, Any]:
        return {old: {"aliases": {"added": [new]}}}

    router = [
        ROUTERS.format("", "", name)
        for name in ("update_router_reset_gateway_without_snat", "update_router_unset_gateway")
    ]
    admin = [
        ROUTERS.format("admin.", "Admin", name.partition(".test_")[2].partition("Test.test_")[2]) for name in router
    ]
    metadata = f"{VOLUMES}test_volume_metadata.VolumesMetadataTest.test_"
    flag = {"date": "2018-08-24"}
    assert found["changes"].keys() == {"capabilities"}
    assert tests == {
        "compute-servers-host": moved("host_name_is_same_as_server_name"),
        "compute-servers-list": moved("list_servers", "list_servers_with_detail"),
        "compute-servers-verify": moved("verify_created_server_vcpus", "verify_server_details"),
        "networks-l3-CRUD": {
            "changed": alias(router[0], admin[0]) | alias(router[1], admin[1]),
            "flagged": {name: flag | {"code": "D400"} for name in router},
        },
        "volumes-list-api-versions": {"dropped": {f"{VOLUMES}NEED_TEST": {}}},
        "volumes-v3-metadata": {
            "changed": alias(f"{metadata}create_get_delete_volume_metadata", f"{metadata}crud_volume_metadata")
            | alias(f"{metadata}update_volume_metadata_item", f"{metadata}update_show_volume_metadata_item"),
            "flagged": {f"{metadata}update_volume_metadata": flag | {"code": "D406"}},
        },
        "volumes-v3-snapshot-create-delete": {
            "flagged": {
                f"{VOLUMES}test_snapshot_metadata.SnapshotMetadataTestJSON.test_update_snapshot_metadata": flag
                | {"code": "D406"}
            }
        },
    }
    assert sum(len(one.get("dropped", ())) for one in tests.values()) == 6


@pytest.mark.by_hand
def test_8e623b9_took_six_entries_out_of_2018_02() -> None:
    changes = revision("powered/2018.02", "8e623b9")["changes"]
    tests = {name: one["tests"] for name, one in changes["capabilities"]["changed"].items()}
    disk = f"{SERVERS}ServersTestManualDisk.test_"
    objects = "tempest.api.object_storage.test_object_services.ObjectTest.test_"
    assert {name: list(one.get("dropped", ())) for name, one in tests.items()} == {
        "compute-servers-host": [f"{disk}host_name_is_same_as_server_name"],
        "compute-servers-list": [f"{disk}list_servers", f"{disk}list_servers_with_detail"],
        "compute-servers-verify": [f"{disk}verify_created_server_vcpus", f"{disk}verify_server_details"],
        "objectstore-dlo-support": [f"{objects}get_object_with_x_object_manifest"],
        "volumes-v3-metadata": [],
    }
    assert tests["volumes-v3-metadata"] == {
        "changed": {
            f"{VOLUMES}test_volume_metadata.VolumesMetadataTest.test_update_volume_metadata": {
                "idempotent_id": {
                    "from": "774d2918-9beb-4f30-b3d1-2a4e8179ec0a",
                    "to": "6f5b125b-f664-44bf-910f-751591fe5769",
                }
            }
        }
    }
    assert not any("flagged" in one for one in tests.values())


@pytest.mark.by_hand
def test_7b9b53e_flagged_14_tests_of_2016_01() -> None:
    """28 facts: the date and the code of each flag."""
    found = revision("powered/2016.01", "7b9b53e")
    assert (found["date"], found["change_id"]) == ("2016-08-10", "If9fcf517e4091559c1dc597cdd60fdc18201b66b")
    [(key, changed)] = found["changes"].items()
    routers = (
        *("create_router_with_default_snat_value", "create_router_with_snat_explicit", "update_router_set_gateway"),
        *("update_router_set_gateway_with_snat_explicit", "update_router_set_gateway_without_snat"),
    )
    qos = (
        *("create_delete_qos_with_back_end_consumer", "create_delete_qos_with_both_consumer"),
        *("create_delete_qos_with_front_end_consumer", "associate_disassociate_qos", "get_qos", "list_qos"),
        "set_unset_qos_key",
    )
    transfers = ("create_get_list_accept_volume_transfer", "create_list_delete_volume_transfer")
    expected = {
        "networks-l3-CRUD": [ROUTERS.format("", "", name) for name in routers],
        "volumes-v2-qos": [f"{VOLUMES}test_qos.QosSpecsV2TestJSON.test_{name}" for name in qos],
        "volumes-v2-transfer": [
            f"{VOLUMES}test_volume_transfers.VolumesV2TransfersTest.test_{name}" for name in transfers
        ],
    }
    flag = {"date": "2016-08-09", "code": "D400"}
    assert key == "capabilities"
    assert changed == {
        "changed": {name: {"tests": {"flagged": dict.fromkeys(tests, flag)}} for name, tests in expected.items()}
    }


@pytest.mark.by_hand
def test_e91213e_gave_46_capabilities_of_2015_07_a_status() -> None:
    """Its other lines write "False" as false, which is the same fact."""
    found = revision("powered/2015.07", "e91213e")
    assert (found["date"], found["latest"]) == ("2015-08-26", "2015-09-08")
    changed = found["changes"]["capabilities"]["changed"]
    assert found["changes"].keys() == {"capabilities"}
    assert len(changed) == 46
    assert all(one.keys() == {"own"} and one["own"]["status"].keys() == {"to"} for one in changed.values())
    assert Counter(one["own"]["status"]["to"] for one in changed.values()) == {"required": 46}


@pytest.mark.by_hand
def test_bc586fd_approved_2016_01_and_1acbbb2_changed_flags() -> None:
    """The first is a merge: its Change-Id is that of 5741466, and its day that of the merge."""
    approved = revision("powered/2016.01", "bc586fd")
    assert (approved["date"], approved["change_id"]) == ("2016-01-26", "Ief68c995ef1cd5498fe3649f55a19a85b21cc4be")
    assert approved["changes"] == {"status": {"from": "review", "to": "approved"}}
    changed = revision("powered/2016.01", "1acbbb2")["changes"]["capabilities"]["changed"]
    create = changed["compute-auth-create"]["tests"]["changed"]
    name = "tempest.api.compute.test_authorization.AuthorizationTestJSON.test_create_server_with_unauthorized_image"
    assert create[name] == {"flagged": {"from": {"date": "2015-05-06"}, "to": {"date": "2016-03-06", "code": "D406"}}}


# --- replayed ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", KEYS)
def test_replaying_all_revisions_gives_the_archived_guideline(key: str, record: Record) -> None:
    guideline, revisions = record.guidelines[key], record.amendments.of(key)
    assert revisions
    states_ = amendments.replayed(revisions)
    assert states_[-1].facts == states.of_guideline(guideline)
    assert states.of_guideline(amendments.restored(guideline, states_[-1])) == states.of_guideline(guideline)
    assert (revisions.path, revisions.commit) in {(one.path, one.commit) for one in guideline.sources}


def test_every_complete_guideline_has_its_history(record: Record) -> None:
    complete = [key for key, one in record.guidelines.items() if not one.is_partial and not one.is_scoring]
    assert sorted(complete) == sorted(KEYS)
    assert len(KEYS) == 27


@pytest.mark.parametrize("key", ["powered/2015.03", "powered/2017.09", "powered/next", "dns/2018.02"])
def test_a_state_can_be_made_into_a_guideline(key: str, record: Record) -> None:
    """And has all facts that it had, and no others."""
    revisions = record.amendments.of(key)
    assert revisions
    for state in amendments.replayed(revisions):
        assert states.of_guideline(amendments.restored(record.guidelines[key], state)) == state.facts


# --- refused ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "old, new, at, message",
    [
        (
            "status: {from: review, to: approved}",
            "status: {from: draft, to: approved}",
            "status: {from: draft",
            "not-replayed: before this revision, it is 'review'",
        ),
        (
            "date: '2016-03-15'",
            "date: '2016-01-15'",
            "date: '2016-01-15'",
            "not-replayed: 2016-01-15 is before the day of the revision before it, 2016-02-23",
        ),
        ("  kind: same\n", "  kind: changed\n", None, "not-replayed: it is changed and has no changes"),
        (
            "  kind: added\n",
            "  kind: same\n",
            "  kind: same\n",
            "not-replayed: it is same; the first revision that can be read is added",
        ),
        # What is wrong in the first revision is noticed there, and only there.
        ("code: D400}", "code: D401}", "facts: 904973f33138", "not-replayed: its facts are not those of the official"),
        ("cutoff_score: {to: 74}", "cut_off: {to: 74}", "cut_off", "unknown-key: 'cut_off' is not a key of"),
        ("change_id: I7f01", "change_id: 7f01", "change_id: 7f01", "bad-value: revisions.0.change_id is"),
    ],
)
def test_a_wrong_history_is_reported_with_its_line(
    old: str, new: str, at: str | None, message: str, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(GUIDELINES, tmp_path / "guidelines"))
    path = root / "amendments/powered/2016.01.yaml"
    text = path.read_text(encoding="utf-8")
    if old not in text:
        pytest.fail(f"there is no {old!r}")
    changed = text.replace(old, new, 1)
    path.write_text(changed, encoding="utf-8")
    line = changed[: changed.index(at) if at else text.index(old)].count("\n") + 1
    loaded, problems = loader.load(root)
    [found] = [str(problem) for problem in problems if problem.severity is Severity.ERROR]
    assert found.startswith(f"guidelines/amendments/powered/2016.01.yaml:{line}: error {message}")
    assert loaded.amendments.of("powered/2016.01") is None
    assert loaded.amendments.of("powered/2016.08") is not None


def test_files_in_wrong_places_are_reported(tmp_path: Path) -> None:
    root = Path(shutil.copytree(GUIDELINES, tmp_path / "guidelines"))
    shutil.copy(FOLDER / "dns/2018.02.yaml", root / "amendments/dns/2031.01.yaml")
    shutil.copy(FOLDER / "dns/2018.02.yaml", root / "amendments/2018.02.yaml")
    (root / "amendments/dns/more").mkdir()
    found = {(p.path, p.code) for p in loader.load(root)[1] if p.severity is Severity.ERROR}
    assert found == {
        ("guidelines/amendments/2018.02.yaml", "misplaced"),
        ("guidelines/amendments/dns/2031.01.yaml", "unknown-guideline"),
        ("guidelines/amendments/dns/more", "misplaced"),
    }


def test_a_draft_can_be_edited_without_its_history(tmp_path: Path) -> None:
    """What an editor changes in a draft does not change what its official file had."""
    root = Path(shutil.copytree(GUIDELINES, tmp_path / "guidelines"))
    path = root / "powered/next.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("- compute-servers-lock\n", "", 1), encoding="utf-8")
    loaded, problems = loader.load(root)
    assert [problem for problem in problems if problem.severity is Severity.ERROR and "amend" in problem.path] == []
    assert loaded.amendments.of("powered/next") is not None


# --- printed ----------------------------------------------------------------------------------------------------------


def test_the_command_prints_what_the_file_has() -> None:
    done = run(GUIDELINES, "amendments", "powered/2016.01", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    printed = json.loads(done.stdout)
    stored = load_yaml(FOLDER / "powered/2016.01.yaml")["revisions"]
    assert [{key: one[key] for key in ("commit", "date", "kind")} for one in stored] == [
        {key: one[key] for key in ("commit", "date", "kind")} for one in printed
    ]
    assert all(one.keys() == {"commit", "date", "change_id", "kind", "changes"} for one in printed)
    assert [one["changes"] for one in printed] == [one.get("changes", {}) for one in stored]
    assert [one["change_id"] for one in printed] == [one.get("change_id") for one in stored]


def test_a_day_that_is_not_certain_is_printed_as_a_range() -> None:
    """Commit e91213e of 2015-08-26 was merged on 2015-09-08 at the latest."""
    done = run(GUIDELINES, "amendments", "powered/2015.07")
    assert "2015-08-26 to 2015-09-08 e91213ef changed: 46 facts (capabilities)" in done.stdout.splitlines()


@pytest.mark.parametrize(
    "key, said",
    [
        ("powered/2022.11", "the history of powered/2022.11 is not archived"),
        ("powered/1999.01", "no guideline 'powered/1999.01'"),
    ],
)
def test_what_has_no_history_is_told(key: str, said: str) -> None:
    done = run(GUIDELINES, "amendments", key)
    assert done.returncode == 2
    assert said in done.stderr
