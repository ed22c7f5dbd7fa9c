"""The commands as their users meet them: exit status, what they print, what they write."""

from __future__ import annotations

import copy
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from interop.record import writer
from jsonschema import Draft6Validator

from .. import snapshots
from ..official import ONLY_IN_THE_RECORD, difference, facts_of_json, facts_of_yaml, load_yaml, without
from ..official_form import faults

POWERED, DNS, NFV = "powered/2031.07", "dns/2031.07", "nfv/next"


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a guidelines folder but its catalogue: path -> bytes."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    shown = ((path.relative_to(folder), path) for path in files)
    return {name.as_posix(): path.read_bytes() for name, path in shown if name.parts[0] != "catalogue"}


def lay_out(folder: Path, fixtures: Path, places: dict[str, str]) -> Path:
    """Copy official fixtures (key -> path) into a folder of another layout."""
    for key, place in places.items():
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(fixtures / f"{key}.json", target)
    return folder


def sources(root: Path) -> dict[str, dict[str, str]]:
    """The one source that each file of the record names, by key."""
    found = {}
    for name in tree(root):
        (found[name.removesuffix(".yaml")],) = load_yaml(root / name)["record"]["sources"]
    return found


# --- import -----------------------------------------------------------------------------------------------------------

ALL = ["dns/2031.07", "nfv/next", *(f"powered/2031.0{number}" for number in range(2, 8)), "scoring/jade"]


def lines(text: str) -> list[str]:
    """What was printed about guidelines, without the notes below each."""
    return [line for line in text.splitlines() if not line.startswith(" ")]


def test_import_of_a_folder_by_program(interop, small_root, official_fixtures):
    done = interop(small_root, "import", official_fixtures)
    assert done.returncode == 0, done.stderr
    assert lines(done.stdout) == [f"{key}: written" for key in ALL]
    assert list(tree(small_root)) == [f"{key}.yaml" for key in ALL]


def test_import_again_changes_nothing(interop, small_root, official_fixtures):
    interop(small_root, "import", official_fixtures)
    before = tree(small_root)
    days = {name: (small_root / name).stat().st_mtime_ns for name in before}
    done = interop(small_root, "import", official_fixtures)
    assert done.returncode == 0, done.stderr
    assert lines(done.stdout) == [f"{key}: unchanged" for key in ALL]
    assert tree(small_root) == before
    assert {name: (small_root / name).stat().st_mtime_ns for name in before} == days


def test_import_says_what_it_normalised(interop, small_root, official_fixtures):
    done = interop(small_root, "import", official_fixtures / "dns" / "2031.07.json")
    assert "dns.next" in done.stdout and "dns.2031.07" in done.stdout
    (note,) = load_yaml(small_root / "dns" / "2031.07.yaml")["record"]["notes"]
    assert note in done.stdout
    assert ":3: observation wrong-id:" in done.stderr  # "id" stands on line 3 of the fixture


@pytest.mark.parametrize(
    "key, oddity",
    [
        ("powered/2031.02", "empty achievement"),
        ("powered/2031.03", "'id-'"),
        ("powered/2031.04", "',negative'"),
        ("powered/2031.04", "'descriptin'"),
        ("powered/2031.05", "empty idempotent id"),
        ("powered/2031.06", "'acheivements'"),
        ("powered/2031.06", "'depricated'"),
    ],
)
def test_record_notes_what_was_normalised(key, oddity, interop, small_root, official_fixtures):
    interop(small_root, "import", official_fixtures / f"{key}.json")
    assert any(oddity in note for note in load_yaml(small_root / f"{key}.yaml")["record"]["notes"])


def test_import_says_what_it_leaves_out(interop, small_root, official_fixtures, tmp_path):
    official = tmp_path / "2031.02.json"
    given = (official_fixtures / "powered" / "2031.02.json").read_text(encoding="utf-8")
    lists = '"required": ["compute", "object"], "advisory": []'
    assert lists in given
    official.write_text(given.replace(lists, '"required": ["compute"], "advisory": ["object"]'), encoding="utf-8")
    done = interop(small_root, "import", official)
    assert done.returncode == 0
    data = load_yaml(small_root / "powered" / "2031.02.yaml")
    assert data["platforms"]["platform"]["components"] == [{"name": "compute"}]
    assert any("object" in note for note in data["record"]["notes"])


def test_import_after_a_change_says_changed(interop, small_root, official_fixtures, tmp_path):
    official = lay_out(tmp_path / "new", official_fixtures, {POWERED: "2031.07.json"}) / "2031.07.json"
    interop(small_root, "import", official)
    text = official.read_text(encoding="utf-8")
    official.write_text(text.replace('"cutoff_score": 74', '"cutoff_score": 73'), encoding="utf-8")
    done = interop(small_root, "import", official)
    assert lines(done.stdout) == [f"{POWERED}: changed"]
    assert load_yaml(small_root / f"{POWERED}.yaml")["metadata"]["scoring"]["cutoff_score"] == 73


@pytest.mark.parametrize(
    "key, place",
    [
        (POWERED, "2031.07.json"),
        (POWERED, "powered/2031.07.json"),
        (DNS, "dns.2031.07.json"),
        (DNS, "dns/2031.07.json"),
        (NFV, "nfv.next.json"),
        (NFV, "draft.json"),
        (POWERED, "draft-of-may.json"),
    ],
)
def test_import_of_one_file(key, place, interop, small_root, official_fixtures, tmp_path):
    folder = lay_out(tmp_path / "given", official_fixtures, {key: place})
    done = interop(small_root, "import", folder / place)
    assert (done.returncode, lines(done.stdout)) == (0, [f"{key}: written"]), done.stderr
    assert list(tree(small_root)) == [f"{key}.yaml"]


OLD_LAYOUT = {POWERED: "2031.07.json", DNS: "add-ons/dns.2031.07.json", NFV: "verticals/nfv.next.json"}
NEW_LAYOUT = {
    POWERED: "guidelines/2031.07.json",
    DNS: "add-ons/guidelines/dns.2031.07.json",
    NFV: "verticals/nfv.next.json",
}


def test_import_of_the_old_layout(interop, small_root, official_fixtures, tmp_path):
    folder = lay_out(tmp_path / "upstream", official_fixtures, OLD_LAYOUT)
    (folder / "tools.json").write_text("[]", encoding="utf-8")
    (folder / "doc").mkdir()
    shutil.copy(folder / "2031.07.json", folder / "doc" / "2099.01.json")
    done = interop(small_root, "import", folder)
    assert (done.returncode, len(lines(done.stdout))) == (0, 4), done.stderr
    assert "doc/2099.01.json:1: observation misplaced: is not imported: it is in a folder where no" in done.stderr
    assert "tools.json" not in done.stderr
    found = sources(small_root)
    assert {key: source["path"] for key, source in found.items()} == OLD_LAYOUT
    assert not any("commit" in source for source in found.values())


def test_import_takes_the_commit_it_is_told(interop, small_root, official_fixtures, tmp_path):
    folder = lay_out(tmp_path / "upstream", official_fixtures, OLD_LAYOUT)
    address = "https://git.example.org/interop"
    interop(small_root, "import", folder, "--commit", "0a1b2c3d4e5f", "--repository", address)
    assert {(each["commit"], each["repository"]) for each in sources(small_root).values()} == {
        ("0a1b2c3d4e5f", address)
    }


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed: no checkout can be made")
def test_import_of_a_checkout_names_its_commit(interop, small_root, official_fixtures, tmp_path):
    folder = lay_out(tmp_path / "upstream", official_fixtures, NEW_LAYOUT)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}

    def git(*arguments: str) -> str:
        identity = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")
        command = ["git", *identity, *arguments]
        return subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True).stdout

    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message", "Guidelines")
    commit = git("rev-parse", "HEAD").strip()
    done = interop(small_root, "import", folder)
    assert (done.returncode, len(lines(done.stdout))) == (0, 3), done.stderr
    found = sources(small_root)
    assert {key: source["path"] for key, source in found.items()} == NEW_LAYOUT
    assert {source["commit"] for source in found.values()} == {commit}

    # The same files from elsewhere: they are still of that commit.
    plain = lay_out(tmp_path / "plain", official_fixtures, OLD_LAYOUT)
    done = interop(small_root, "import", plain)
    assert [line.partition(": ")[2] for line in lines(done.stdout)] == ["unchanged"] * 3
    assert sources(small_root) == found


def test_import_tells_the_text_that_has_no_wording(interop, small_root, official_fixtures, tmp_path):
    text = "Nobody has worded THIS, yet."
    digest = "831120757b00"  # printf 'nobody has worded this yet' | sha256sum | cut -c1-12
    official = tmp_path / "2031.07.json"
    given = (official_fixtures / f"{POWERED}.json").read_text(encoding="utf-8")
    official.write_text(given.replace("Invented, the test looks inside.", text), encoding="utf-8")
    done = interop(small_root, "import", official)
    assert done.returncode == 1
    (fault,) = [line for line in done.stderr.splitlines() if "error" in line]
    assert "no-entry" in fault and "flag-reasons.yaml" in fault
    assert text in fault and f"upstream: [{digest}]" in fault
    assert text not in (small_root / f"{POWERED}.yaml").read_text(encoding="utf-8")

    with (small_root / "catalogue" / "flag-reasons.yaml").open("a", encoding="utf-8") as reasons:
        reasons.write(f"now-worded:\n  text: In words of our own.\n  upstream: [{digest}]\n")
    done = interop(small_root, "import", official)
    assert (done.returncode, lines(done.stdout)) == (0, [f"{POWERED}: changed"]), done.stderr
    assert "reason: D400 now-worded\n" in (small_root / f"{POWERED}.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name, text",
    [
        (POWERED, "Invented, the test looks inside."),
        ("powered/2031.04", "Invented guidance for nova."),  # Twice: at the first place, with what is missing once.
        ("powered/2031.04", "Invented remark."),
        ("powered/2031.02", "Invented guidance for nova."),
        ("powered/2031.05", "Invented guidance for nova."),
    ],
)
def test_a_text_without_wording_has_its_line(name, text, interop, small_root, official_fixtures, tmp_path):
    official = tmp_path / Path(name).with_suffix(".json").name
    given = (official_fixtures / f"{name}.json").read_text(encoding="utf-8")
    official.write_text(given.replace(text, "Nobody has worded THIS, yet."), encoding="utf-8")
    line = given[: given.index(text)].count("\n") + 1
    faults = [fault for fault in interop(small_root, "import", official).stderr.splitlines() if "no wording" in fault]
    assert [fault.partition(" error ")[0] for fault in faults] == [f"{official}:{line}:"]


@pytest.mark.parametrize(
    "broken", ["{", "[]", "{}", '{"schema": "9.9"}', '{"metadata": {"id": "a/b", "schema": "2.0"}}']
)
@pytest.mark.parametrize("name", ["2031.01.json", "draft.json"])
def test_import_of_a_broken_file(name, broken, interop, small_root, tmp_path):
    official = tmp_path / name
    official.write_text(broken, encoding="utf-8")
    done = interop(small_root, "import", official)
    assert done.returncode == 1
    assert re.search(rf"{name}:\d+: error [a-z-]+: ", done.stderr)
    assert tree(small_root) == {}


def test_import_of_an_unknown_program(interop, small_root, tmp_path):
    (tmp_path / "telephony.2031.01.json").write_text("{}", encoding="utf-8")
    done = interop(small_root, "import", tmp_path / "telephony.2031.01.json")
    assert (done.returncode, lines(done.stdout)) == (1, ["telephony/2031.01: not imported"])
    assert "error unknown-program: 'telephony' " in done.stderr
    assert tree(small_root) == {}


def test_import_of_nothing(interop, small_root, tmp_path):
    missing = interop(small_root, "import", tmp_path / "nowhere")
    assert missing.returncode == 2
    assert "nowhere" in missing.stderr
    (tmp_path / "empty").mkdir()
    empty = interop(small_root, "import", tmp_path / "empty")
    assert empty.returncode == 2
    assert "no guideline files" in empty.stderr
    assert interop(small_root, "import").returncode == 2
    assert tree(small_root) == {}


# --- export -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def keys(guidelines) -> list[str]:
    """Every guideline of the real record, as its files name them."""
    files = (path for path in sorted(guidelines.glob("*/*.yaml")) if path.parent.name not in ("catalogue", "adopters"))
    found = [f"{path.parent.name}/{path.stem}" for path in files]
    assert len(found) >= 27
    return found


@pytest.fixture(scope="module")
def exported(keys, real_record, tmp_path_factory) -> Path:
    """A folder by program with the official form of every guideline of the real record, as ``export`` prints it."""
    folder = tmp_path_factory.mktemp("exported")
    for key in keys:
        (folder / key).parent.mkdir(exist_ok=True)
        text = writer.to_json(writer.official(real_record.guidelines[key], real_record.catalogue))
        (folder / f"{key}.json").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("key", ["powered/2015.05", "powered/2016.08", "powered/next", "dns/2020.06", "nfv/next"])
def test_export_prints_the_official_form(key, exported, interop, guidelines):
    done = interop(guidelines, "export", key, "--format", "official")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (exported / f"{key}.json").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def complete(keys, guidelines) -> list[str]:
    """Those that have all of their official file."""
    return [key for key in keys if load_yaml(guidelines / f"{key}.yaml")["record"]["completeness"] == "complete"]


def test_export_of_a_partial_guideline_has_what_its_file_has(exported, keys, complete, guidelines):
    """No score, no criterion and no section is made up; the descriptions of capabilities are ours."""
    partial = sorted(set(keys) - set(complete))
    assert partial
    for key in partial:
        printed = json.loads((exported / f"{key}.json").read_text(encoding="utf-8"))
        for capability in printed["capabilities"].values():
            assert " " in capability.pop("description"), key
        kept = copy.deepcopy(load_yaml(guidelines / f"{key}.yaml"))
        kept["metadata"]["record"] = kept.pop("record")
        for capability in (*kept["capabilities"].values(), *kept.get("groups", {}).values()):
            for test in capability["tests"].values():
                if "flagged" in test:
                    assert test["flagged"] == {}
                    test["flagged"] = NO_DETAILS
        assert printed == kept, key


#: A flag without details in the record. RefStack takes an empty one for none.
NO_DETAILS = {"reason": "The source of this flag gives no date, reason or action."}


def as_2_0(facts):
    """The facts of a file of the record as an official file of schema 2.0 would have them, such as 2018.02.json."""
    if (platform := facts.pop(("platforms", "platform"), None)) is not None:
        facts["platforms", "OpenStack Powered Platform"] = platform
        facts["platforms", "OpenStack Powered Compute"] = ((("compute", ""),), (), ())
        facts["platforms", "OpenStack Powered Storage"] = ((("object", ""),), (), ())
    if facts["schema",] == "1.2":
        facts["reference",] = "https://opendev.org/openstack/interop/raw/branch/master/doc/source/schema/2.0.json"
        facts["target_approval",] = facts["id",]
    return facts


def test_export_has_the_facts_of_the_record(exported, complete, guidelines):
    for key in complete:
        kept = as_2_0(facts_of_yaml(guidelines / f"{key}.yaml"))
        printed = facts_of_json(exported / f"{key}.json", kept["id",])
        assert difference(without(kept, *ONLY_IN_THE_RECORD), without(printed, *ONLY_IN_THE_RECORD)) == {}, key


def test_export_is_as_the_official_schema_asks(exported, complete):
    for key in complete:
        data = json.loads((exported / f"{key}.json").read_text(encoding="utf-8"))
        assert faults(data, data["metadata"]["record"]["origin_schema"]) == [], key


@pytest.mark.fidelity
def test_export_is_valid_by_the_official_schema_itself(exported, complete):
    """That of upstream's repository, whose patterns of names, ``^\\w+$``, leave most of a guideline unchecked."""
    schema = Draft6Validator(json.loads(snapshots.text("INTEROP_REPOSITORY", "doc/source/schema/2.0.json")))
    checked = [key for key in complete if not key.startswith("scoring/")]
    assert len(checked) >= 27
    for key in checked:
        data = json.loads((exported / f"{key}.json").read_text(encoding="utf-8"))
        assert [f"{fault.json_path}: {fault.message}" for fault in schema.iter_errors(data)] == [], key
        data["metadata"]["os_trademark_approval"].pop("target_approval")
        assert not schema.is_valid(data)


def test_export_says_things_in_words(exported, complete):
    for key in complete:
        data = json.loads((exported / f"{key}.json").read_text(encoding="utf-8"))
        said = [entry["description"] for entry in data["capabilities"].values()]
        for statuses in data["designated_sections"].values():
            said += [section["guidance"] for section in statuses.values() if section.get("guidance")]
        for entry in data["capabilities"].values():
            flags = [test["flagged"] for test in entry["tests"].values() if "flagged" in test]
            for flag in (flag for flag in flags if flag != NO_DETAILS):
                said += [re.sub(r"^D\d{3} ", "", flag["reason"]), flag["action"]]
        assert [text for text in said if " " not in text] == [], key


@pytest.mark.parametrize("present", [True, False], ids=["over its file", "anew"])
def test_import_of_the_exports_gives_the_record(present, exported, keys, interop, guidelines, tmp_path):
    root = tmp_path / "guidelines"
    shutil.copytree(guidelines, root)
    for key in keys if not present else ():
        (root / f"{key}.yaml").unlink()
    done = interop(root, "import", exported)
    assert done.returncode == 0, done.stderr
    said = "unchanged" if present else "written"
    assert sorted(lines(done.stdout)) == [f"{key}: {said}" for key in keys]
    assert tree(root) == tree(guidelines)


def test_export_of_an_unknown_guideline_names_those_that_exist(interop, mini_root):
    done = interop(mini_root, "export", "powered/1999.01")
    assert (done.returncode, done.stdout) == (2, "")
    assert "'powered/1999.01'" in done.stderr
    assert done.stderr.endswith(": powered/2031.01, powered/next\n")


@pytest.mark.parametrize(
    "key, said",
    [
        ("powered/2030.06", "the guideline powered/2030.06 is known and not archived; one of: powered/2031.01, "),
        ("dns/2030.06", "no guideline 'dns/2030.06'; did you mean 'dns/2031.01'? Or one of: dns/2031.01"),
        ("zed/2000.06", "no guideline 'zed/2000.06'; a guideline of: powered, dns"),
    ],
)
def test_a_missing_guideline_is_told_apart(key, said, interop, mini_root):
    """Of a program that has others, known from other sources, or of a program that does not exist."""
    done = interop(mini_root, "tests", key)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"interop: {said}")


def test_export_of_a_reconstructed_capability_without_tests(interop, guidelines, tmp_path):
    root = tmp_path / "guidelines"
    shutil.copytree(guidelines, root)
    path = root / "dns/2022.11.yaml"
    text, number = re.subn(r"    tests:\n(?: {6}.*\n)+", "    tests: {}\n", path.read_text(encoding="utf-8"), count=1)
    path.write_text(text, encoding="utf-8")
    done = interop(root, "export", "dns/2022.11")
    assert (number, done.returncode, done.stderr) == (1, 0, "")
    assert [one["tests"] for one in json.loads(done.stdout)["capabilities"].values()].count({}) == 1


def test_export_of_a_guideline_with_faults_names_them(interop, mini_root, tmp_path):
    root = tmp_path / "guidelines"
    shutil.copytree(mini_root, root)
    (root / "dns/2031.01.yaml").write_text("", encoding="utf-8")
    done = interop(root, "export", "dns/2031.01")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no guideline 'dns/2031.01'" in done.stderr
    assert "\nguidelines/dns/2031.01.yaml:1: error empty: " in done.stderr


def test_schema_prints_the_committed_file(interop, mini_root, guidelines):
    done = interop(mini_root, "schema")
    assert (done.returncode, done.stderr) == (0, "")
    committed = (guidelines / "guideline.schema.json").read_text(encoding="utf-8")
    assert done.stdout == committed, "if this change is intended, run: make schema"


# --- check ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def checked(interop, guidelines):
    """What ``check`` says about the real record."""
    return interop(guidelines, "check")


def test_check_of_the_record(checked):
    assert checked.returncode == 0, checked.stdout
    assert checked.stdout.splitlines()[-1].startswith("0 errors, ")


def test_check_as_json(checked, interop, guidelines):
    as_json = interop(guidelines, "check", "--format", "json")
    assert as_json.returncode == 0
    problems = json.loads(as_json.stdout)
    assert {"sections-agree", "weights"} <= {problem["code"] for problem in problems}
    assert {problem["severity"] for problem in problems} <= {"observation"}
    assert {problem["new"] for problem in problems} == {False}
    every = interop(guidelines, "check", "--all").stdout.splitlines()[:-1]
    assert [f"{problem['path']}:{problem['line']}" for problem in problems] == [
        line.partition(": ")[0] for line in every
    ]
    assert checked.stdout.count("\n") == 1  # All are known.


def test_check_finds_every_fault_at_once(interop, guidelines, tmp_path):
    root = tmp_path / "guidelines"
    shutil.copytree(guidelines, root)
    for key, right, wrong in (
        ("dns/2020.06", "admin: false", "admin: perhaps"),
        ("nfv/next", "status: draft", "status: daft"),
    ):
        path = root / f"{key}.yaml"
        text = path.read_text(encoding="utf-8")
        assert right in text
        path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    done = interop(root, "check")
    assert done.returncode == 1
    assert re.search(r"(?m)^guidelines/dns/2020\.06\.yaml:\d+: error wrong-type: .*admin", done.stdout)
    assert re.search(r"(?m)^guidelines/nfv/next\.yaml:\d+: error bad-value: .*did you mean 'draft'\?", done.stdout)


def test_check_of_a_draft_that_is_not_in_the_record(interop, guidelines, tmp_path, official_fixtures):
    draft = lay_out(tmp_path, official_fixtures, {POWERED: "2031.07.json"}) / "2031.07.json"
    done = interop(guidelines, "check", draft)
    assert done.returncode == 1  # it replaces a guideline that the record does not know
    assert {line.partition(":")[0] for line in done.stdout.splitlines()[:-1]} == {str(draft)}
    assert "error unknown-guideline: replaces 2031.06" in done.stdout


def test_check_of_a_missing_file(interop, guidelines):
    done = interop(guidelines, "check", "nowhere.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert "nowhere.yaml" in done.stderr


def test_wrong_use(interop, guidelines):
    for arguments in ((), ("burn",), ("check", "--format", "xml"), ("export",)):
        done = interop(guidelines, *arguments)
        assert (done.returncode, done.stdout) == (2, ""), arguments
        assert "usage:" in done.stderr


@pytest.mark.by_hand
def test_check_tells_all_if_asked(checked, interop, guidelines):
    every = interop(guidelines, "check", "--all")
    assert checked.returncode == every.returncode == 0
    assert re.search(r"^0 errors, \d+ observations .*; 1 finding \(1 known\) of the process rules$", checked.stdout)
    assert re.search(
        r"^guidelines/dns/next\.yaml:\d+: observation sections-agree: .* \(known: .*\) \[D3\.3\]$", every.stdout, re.M
    )
    assert re.search(
        r"^guidelines/powered/2015\.07\.yaml:\d+: observation deprecated-first: .* \[A4\.5\]$", every.stdout, re.M
    )
    number = re.search(r"; (\d+) findings \((\d+) known\) of the process rules$", every.stdout.strip())
    assert number and int(number[1]) > 700 and int(number[2]) > 400
