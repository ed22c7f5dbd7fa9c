"""Import of upstream's later layout: names of files and programs, keys that are new, what is not taken, and why."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from ..official import load_yaml

Json = dict[str, Any]
SFS = "shared-file-system/2031.07"
UNDERSCORES = "add-ons/guidelines/shared_file_system.2031.07.json"


def written(root: Path) -> list[str]:
    paths = (path for path in root.glob("*/*.yaml") if path.parent.name not in ("catalogue", "adopters"))
    return sorted(path.relative_to(root).as_posix() for path in paths)


def statuses(text: str) -> list[str]:
    """What was printed about each file, without the notes."""
    return [line for line in text.splitlines() if not line.startswith(" ")]


def entry_for(root: Path, file: str, key: str, entry: Json) -> None:
    """Add an entry to a file of the catalogue."""
    path = root / "catalogue" / file
    path.write_text(yaml.safe_dump((load_yaml(path) or {}) | {key: entry}), encoding="utf-8")


@pytest.fixture
def upstream(tmp_path: Path) -> Path:
    """An empty folder for files in the layout of the repository."""
    folder = tmp_path / "upstream"
    folder.mkdir()
    return folder


@pytest.fixture
def place(official_fixtures: Path, upstream: Path) -> Callable[..., Path]:
    """Puts a copy of a fixture at a path of the repository, after a change of its data."""

    def run(path: str, change: Callable[[Json], object] = lambda data: None, fixture: str = "dns/2031.07") -> Path:
        data = json.loads((official_fixtures / f"{fixture}.json").read_text(encoding="utf-8"))
        change(data)
        target = upstream / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(data, indent=1), encoding="utf-8")
        return target

    return run


def of_shared_file_system(data: Json) -> None:
    """The ids as a later official file of the program may write them."""
    data["metadata"]["id"] = "shared_file_system.2031.07"
    data["metadata"]["os_trademark_approval"]["replaces"] = "shared_file_system.2030.11"
    next(iter(data["capabilities"].values()))["required_since"] = "shared_file_system.2030.11"


@pytest.fixture
def root(small_root: Path) -> Path:
    """A record without guidelines, whose catalogue has the program of shared file systems."""
    program = {"title": "Shared File System", "kind": "add-on", "description": "Invented."}
    entry_for(small_root, "programs.yaml", "shared-file-system", program)
    return small_root


# --- programs ---------------------------------------------------------------------------------------------------------


def test_a_program_with_underscores_is_ours_with_hyphens(interop, root, place, upstream) -> None:
    place(UNDERSCORES, of_shared_file_system)
    done = interop(root, "import", upstream, "--commit", "0a1b2c3d4e5f")
    assert (done.returncode, statuses(done.stdout), done.stderr) == (0, [f"{SFS}: written"], "")
    data = load_yaml(root / f"{SFS}.yaml")
    assert data["metadata"]["id"] == "shared-file-system.2031.07"
    assert data["metadata"]["os_trademark_approval"]["replaces"] == "shared-file-system.2030.11"
    assert data["record"]["sources"][0]["path"] == UNDERSCORES
    notes = "\n".join(data["record"]["notes"])
    assert "'shared_file_system.2031.07'" in notes and "'shared_file_system.2030.11'" in notes


@pytest.mark.parametrize("name", ["shared_file_system.2031.07.json", "shared-file-system.2031.07.json", "a-copy.json"])
def test_one_file_is_of_its_program_however_it_is_spelled(name, interop, root, place) -> None:
    file = place(name, of_shared_file_system)
    done = interop(root, "import", file)
    assert (done.returncode, statuses(done.stdout)) == (0, [f"{SFS}: written"]), done.stderr


def test_a_preview_may_have_underscores(interop, root, place) -> None:
    (root / "shared-file-system").mkdir()
    shutil.copy(place("x.json", of_shared_file_system), root / "shared-file-system/shared_file_system.2031.07.json")
    exported = interop(root, "export", SFS)
    assert exported.returncode == 0, exported.stderr
    assert json.loads(exported.stdout)["metadata"]["id"] == "shared-file-system.2031.07"
    assert "wrong-id" not in interop(root, "check").stdout


def test_an_unknown_program_is_reported_with_what_to_add(interop, root, place, upstream) -> None:
    place(UNDERSCORES, of_shared_file_system)
    for id in ("2031.02", "2031.07"):
        place(f"add-ons/guidelines/container_infra.{id}.json")
    done = interop(root, "import", upstream)
    assert done.returncode == 1
    assert statuses(done.stdout) == [
        "container-infra/2031.02: not imported",
        "container-infra/2031.07: not imported",
        f"{SFS}: written",
    ]
    faults = [line for line in done.stderr.splitlines() if " error " in line]
    assert len(faults) == 2
    for line, id in zip(faults, ("2031.02", "2031.07"), strict=True):
        assert line.startswith(f"{upstream}/add-ons/guidelines/container_infra.{id}.json:1: error unknown-program: ")
        assert "'container-infra' is not a program of the catalogue" in line
        assert "add it to catalogue/programs.yaml with title, kind and description" in line
    # It does what it says.
    program = {"title": "Containers", "kind": "add-on", "description": "Invented."}
    entry_for(root, "programs.yaml", "container-infra", program)
    assert interop(root, "import", upstream).returncode == 0
    assert written(root) == ["container-infra/2031.02.yaml", "container-infra/2031.07.yaml", f"{SFS}.yaml"]


# --- both layouts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key, later, earlier",
    [
        ("powered/2031.07", "guidelines/2031.07.json", "2031.07.json"),
        ("dns/2031.07", "add-ons/guidelines/dns.2031.07.json", "add-ons/dns.2031.07.json"),
    ],
)
def test_of_both_layouts_the_later_is_taken_and_that_is_said(
    key, later, earlier, interop, root, place, upstream
) -> None:
    for path, cutoff in ((later, 51), (earlier, 52)):
        place(path, lambda data, cutoff=cutoff: data["metadata"]["scoring"].update(cutoff_score=cutoff), key)
    done = interop(root, "import", upstream, "--commit", "0a1b2c3d4e5f")
    assert done.returncode == 0
    assert sorted(statuses(done.stdout)) == sorted([f"{upstream}/{earlier}: not imported", f"{key}: written"])
    assert (
        f"{upstream}/{earlier}:1: observation duplicate-guideline: is not imported: {key} is read from "
        f"{upstream}/{later}, which is in the later layout; import it by itself if {key} is to be this file\n"
    ) in done.stderr
    data = load_yaml(root / f"{key}.yaml")
    assert (data["metadata"]["scoring"]["cutoff_score"], data["record"]["sources"][0]["path"]) == (51, later)


@pytest.mark.parametrize(
    "path, upstream_path",
    [
        ("2031.07.json", "2031.07.json"),
        ("powered/2031.07.json", "2031.07.json"),
        ("guidelines/2031.07.json", "guidelines/2031.07.json"),
        ("dns.2031.07.json", "add-ons/dns.2031.07.json"),
        ("add-ons/dns.2031.07.json", "add-ons/dns.2031.07.json"),
        ("dns/2031.07.json", "add-ons/dns.2031.07.json"),
        ("add-ons/guidelines/dns.2031.07.json", "add-ons/guidelines/dns.2031.07.json"),
        ("nfv.next.json", "verticals/nfv.next.json"),
    ],
)
@pytest.mark.parametrize("whole", [True, False])
def test_the_recorded_path_is_that_of_the_layout_of_the_folder(
    path, upstream_path, whole, interop, root, place, upstream
) -> None:
    key = "dns/2031.07" if "dns" in path else "nfv/next" if "nfv" in path else "powered/2031.07"
    file = place(path, fixture=key)
    done = interop(root, "import", upstream if whole else file, "--commit", "0a1b2c3d4e5f")
    assert done.returncode == 0, done.stderr
    assert load_yaml(root / f"{key}.yaml")["record"]["sources"][0]["path"] == upstream_path


@pytest.mark.parametrize(
    "path, why",
    [
        ("guidelines/2031-07.json", "no id of a guideline"),
        ("add-ons/guidelines/Shared File System.json", "no id of a guideline"),
        ("add-ons/guidelines/2031.07.json", "no program"),
        ("verticals/next.json", "no program"),
    ],
)
def test_a_file_whose_name_tells_too_little_is_reported(path, why, interop, root, place, upstream) -> None:
    place(UNDERSCORES, of_shared_file_system)
    place(path)
    done = interop(root, "import", upstream)
    assert (done.returncode, written(root)) == (0, [f"{SFS}.yaml"])
    assert f"{upstream}/{path}: not imported" in statuses(done.stdout)
    assert f"{upstream}/{path}:1: observation misplaced: is not imported: its name gives {why}; " in done.stderr


# --- keys that are new ------------------------------------------------------------------------------------------------

NEW_KEYS: dict[str, tuple[Callable[[Json], object], str]] = {
    "the file": (lambda data: data.update(stages={"a": 1}), "stages"),
    "metadata": (lambda data: data["metadata"].update(approvers=["x"]), "approvers"),
    "a capability": (lambda data: next(iter(data["capabilities"].values())).update(microversion="2.1"), "microversion"),
    "a test": (
        lambda data: next(iter(next(iter(data["capabilities"].values()))["tests"].values())).update(since="x"),
        "since",
    ),
    "a hostile name": (lambda data: data.update({"\u115f<b>\x1b[2J'\u202e": None}), "<b>"),
}


@pytest.mark.parametrize("where", NEW_KEYS)
def test_a_key_that_is_new_is_an_observation_and_a_note(where, interop, root, place) -> None:
    change, key = NEW_KEYS[where]
    plain = interop(root, "import", place("dns.2031.07.json"))
    assert plain.returncode == 0
    before = load_yaml(root / "dns/2031.07.yaml")
    file = place("dns.2031.07.json", change)
    done = interop(root, "import", file)
    assert (done.returncode, statuses(done.stdout)) == (0, ["dns/2031.07: changed"]), done.stderr
    (line,) = [line for line in done.stderr.splitlines() if "unknown-key" in line]
    number = next(n for n, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if key in text)
    assert line.startswith(f"{file}:{number}: observation unknown-key: ") and key in line and line.isprintable()
    data = load_yaml(root / "dns/2031.07.yaml")
    (note,) = set(data["record"]["notes"]) - set(before["record"]["notes"])
    assert key in note and "is not in the schema and is left out" in note and note in done.stdout
    # Nothing else has changed, and the file is a valid one.
    assert {**data, "record": 0} == {**before, "record": 0}
    checked = interop(root, "check", root / "dns/2031.07.yaml").stdout
    codes = set(re.findall(r": error ([a-z-]+): ", checked))
    assert codes == {"no-entry", "unknown-guideline", "unknown-component", "unknown-release"}, checked


def test_other_faults_are_errors_beside_keys_that_are_new(interop, root, place) -> None:
    def change(data: Json) -> None:
        data["stages"] = {}
        del data["components"]

    done = interop(root, "import", place("dns.2031.07.json", change))
    assert (done.returncode, statuses(done.stdout)) == (1, ["dns/2031.07: not imported"])
    assert "observation unknown-key: 'stages' " in done.stderr
    assert "error missing-key: the file has no 'components'" in done.stderr
    assert written(root) == []


def test_in_a_preview_an_unknown_key_is_an_error(interop, root, place) -> None:
    """The author of a draft has misspelled it."""
    done = interop(root, "check", place("dns.2031.07.json", lambda data: data.update(stages={})))
    assert done.returncode == 1
    assert "error unknown-key: 'stages' " in done.stdout


# --- guidelines that were known or partial ----------------------------------------------------------------------------


def test_an_entry_of_known_guidelines_is_reported_as_to_be_removed(interop, root, place) -> None:
    known = root / "catalogue/known.yaml"
    known.write_text("dns/2031.02:\n  note: Known.\ndns/2031.07:\n  note: Known.\n", encoding="utf-8")
    done = interop(root, "import", place("dns.2031.07.json"))
    assert done.returncode == 0
    assert [line for line in done.stderr.splitlines() if "known.yaml" in line] == [
        "guidelines/catalogue/known.yaml:3: observation unused-entry: dns/2031.07 has a guideline file; "
        "remove the entry"
    ]


PARTIAL = """\
metadata:
  id: dns.2031.07
  schema: '2.0'
record:
  completeness: partial
  origin_schema: '2.0'
  sources: []
  evidence: {grade: stated, sources: [page]}
  evidence_sources:
    page: {title: A page, address: 'https://example.org/'}
components:
  os_powered_dns:
    capabilities: {}
capabilities: {}
"""


def test_a_partial_file_is_replaced_and_compared_but_never_the_reverse(interop, root, place, tmp_path) -> None:
    target = root / "dns/2031.07.yaml"
    target.parent.mkdir()
    target.write_text(PARTIAL, encoding="utf-8")
    exported = interop(root, "export", "dns/2031.07")
    assert exported.returncode == 0, exported.stderr
    (tmp_path / "dns.2031.07.json").write_text(exported.stdout, encoding="utf-8")
    done = interop(root, "import", tmp_path / "dns.2031.07.json")
    assert (done.returncode, done.stdout) == (0, "dns/2031.07: changed\n"), done.stderr
    done = interop(root, "import", place("dns.2031.07.json"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("dns/2031.07: changed, the official file replaces the partial one\n")
    assert "\n    tests    " in done.stdout
    data = load_yaml(target)
    assert data["record"]["completeness"] == "complete" and "evidence" not in data["record"]

    whole = target.read_bytes()
    done = interop(root, "import", tmp_path / "dns.2031.07.json")
    assert (done.returncode, statuses(done.stdout)) == (1, ["dns/2031.07: not imported"])
    assert "is partial, and the record has all of the official file; the official file" in done.stderr
    assert target.read_bytes() == whole


@pytest.mark.parametrize("text", ["{", "{}"])
def test_a_broken_official_file_leaves_the_partial_one(text, interop, root, tmp_path) -> None:
    target = root / "dns/2031.07.yaml"
    target.parent.mkdir()
    target.write_text(PARTIAL, encoding="utf-8")
    (tmp_path / "dns.2031.07.json").write_text(text, encoding="utf-8")
    assert interop(root, "import", tmp_path / "dns.2031.07.json").returncode == 1
    assert target.read_text(encoding="utf-8") == PARTIAL


# --- what is not taken ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path, why",
    [
        ("2031.next.json", "its name, '2031.next.json', is neither PROGRAM.YYYY.MM.json nor PROGRAM.next.json"),
        ("newcaps.json", "its name, 'newcaps.json', is neither PROGRAM.YYYY.MM.json nor PROGRAM.next.json"),
        ("drafts/dns.2031.07.json", "it is in a folder where no guideline is looked for"),
        ("drafts/old/jadecore.json", "it is in a folder where no guideline is looked for"),
    ],
)
def test_a_file_that_looks_like_a_guideline_is_named(interop, root, place, upstream, path: str, why: str) -> None:
    place("add-ons/dns.2031.07.json")
    place(path)
    done = interop(root, "import", upstream)
    assert f"{upstream}/{path}:1: observation misplaced: is not imported: {why}; " in done.stderr
    assert (done.returncode, written(root)) == (0, ["dns/2031.07.yaml"])


@pytest.mark.parametrize(
    "path, text",
    [
        ("schema/2031.json", '{"properties": {"capabilities": {}, "components": {}}}'),
        ("sections.json", '{"designated-sections": {}}'),
        ("tools/broken.json", "{"),
        ("list.json", "[]"),
        (".git/dns.2031.07.json", '{"capabilities": {}, "components": {}}'),
    ],
)
def test_other_files_pass_in_silence(interop, root, place, upstream, path: str, text: str) -> None:
    place("add-ons/dns.2031.07.json")
    (upstream / path).parent.mkdir(parents=True, exist_ok=True)
    (upstream / path).write_text(text, encoding="utf-8")
    assert "misplaced" not in interop(root, "import", upstream).stderr


def test_a_draft_that_cannot_be_read_is_known_by_its_name(interop, root, place, upstream) -> None:
    place("add-ons/dns.2031.07.json")
    (upstream / "2031.next.json").write_text("{", encoding="utf-8")
    assert "2031.next.json:1: observation misplaced: " in interop(root, "import", upstream).stderr
