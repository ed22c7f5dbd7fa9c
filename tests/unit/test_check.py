"""``check`` of some files: what is looked at, what is said about the rest, and what is no file of the record."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from .. import command_line
from .conftest import MINI

SUMMARY = "0 errors, 0 observations (0 known)\n"
#: One fault in each file, with a word of what is said about it.
FAULTS = {
    "powered/next.yaml": ("status: draft", "status: drafty", "drafty"),
    "powered/2031.01.yaml": ("admin: false", "admin: maybe", "maybe"),
    "dns/2031.01.yaml": ("admin: false", "admin: perhaps", "perhaps"),
    "catalogue/programs.yaml": ("kind: platform", "kind: plattform", "plattform"),
    "catalogue/releases.yaml": ("aster:", "Aster:", "Aster"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small record."""
    return shutil.copytree(MINI, tmp_path / "guidelines")


@pytest.fixture
def faulty(root: Path) -> Path:
    """The small record with a fault in each of several files."""
    for name, (right, wrong, _) in FAULTS.items():
        text = (root / name).read_text(encoding="utf-8")
        assert right in text
        (root / name).write_text(text.replace(right, wrong, 1), encoding="utf-8")
    (root / "addresses.txt").write_text("../x\n", encoding="utf-8")
    (root / "powered" / "folder").mkdir()
    return root


def files(done: subprocess.CompletedProcess[str]) -> list[str]:
    """The files that problems were told about."""
    return sorted({line.partition(":")[0].removeprefix("guidelines/") for line in done.stdout.splitlines()[:-1]})


@pytest.mark.parametrize(
    "given, told",
    [
        ("powered", ["powered/2031.01.yaml", "powered/folder", "powered/next.yaml"]),
        ("powered/", ["powered/2031.01.yaml", "powered/folder", "powered/next.yaml"]),
        ("dns/../powered/next.yaml", ["powered/next.yaml"]),
        ("catalogue", ["catalogue/programs.yaml", "catalogue/releases.yaml"]),
        ("catalogue/releases.yaml", ["catalogue/releases.yaml"]),
        ("powered/next.yaml", ["powered/next.yaml"]),
        ("addresses.txt", ["addresses.txt"]),
        ("powered/folder", ["powered/folder"]),
        ("", ["addresses.txt", *sorted(FAULTS), "powered/folder"]),
        ("dns/..", ["addresses.txt", *sorted(FAULTS), "powered/folder"]),
    ],
)
def test_files_and_folders_of_the_record(given: str, told: list[str], faulty: Path) -> None:
    done = command_line.run(faulty, "check", f"{faulty}/{given}")
    assert (files(done), done.returncode) == (sorted(told), 1)
    for name in set(told) & FAULTS.keys():
        assert FAULTS[name][2] in done.stdout
    more = command_line.run(faulty, "check").stdout.count(": error ") - done.stdout.count(": error ")
    note = f"interop: errors in other files, which may hide some in these: {more}\n"
    assert done.stderr == (note if more else "")


def test_several_paths(faulty: Path) -> None:
    done = command_line.run(faulty, "check", faulty / "dns", faulty / "addresses.txt", faulty / "powered/next.yaml")
    assert files(done) == ["addresses.txt", "dns/2031.01.yaml", "powered/next.yaml"]


def test_a_folder_named_like_the_beginning_of_another(root: Path) -> None:
    """``guidelines/dns`` is not a part of ``guidelines/dns2``."""
    (root / "dns2").mkdir()
    assert command_line.run(root, "check", root / "dns").returncode == 0
    assert files(command_line.run(root, "check", root / "dns2")) == ["dns2"]


def test_findings_are_those_of_the_folder(root: Path) -> None:
    def found(*arguments: object) -> set[str]:
        done = command_line.run(root, "check", "--all", *arguments)
        return {line.partition(":")[0] for line in done.stdout.splitlines()[:-1]}

    every = {"guidelines/powered/2031.01.yaml", "guidelines/powered/next.yaml"}
    assert found() == found(root / "powered") == every
    assert found(root / "powered" / "next.yaml") == {"guidelines/powered/next.yaml"}
    assert found(root / "dns") == found(root / "catalogue") == set()


@pytest.mark.parametrize(
    "name", ["addresses.txt", "drift.yaml", "observations.yaml", "catalogue", "catalogue/known.yaml"]
)
def test_a_file_without_fault_is_looked_at(name: str, root: Path) -> None:
    (root / "addresses.txt").write_text("about\n", encoding="utf-8")
    (root / "drift.yaml").write_text("date: '2031-01-01'\nsuites: {}\ntests: {}\n", encoding="utf-8")
    (root / "observations.yaml").write_text("[]\n", encoding="utf-8")
    done = command_line.run(root, "check", root / name)
    assert (done.stdout, done.stderr, done.returncode) == (SUMMARY, "", 0)


def test_a_file_in_place_of_one_that_uses_an_entry(guidelines: Path, tmp_path: Path) -> None:
    """The official form of 2020.06 has no guidance, of which the catalogue has one that only this guideline uses."""
    official = tmp_path / "2020.06.json"
    official.write_text(command_line.run(guidelines, "export", "powered/2020.06").stdout, encoding="utf-8")
    done = command_line.run(guidelines, "check", "--all", official)
    assert done.stderr == "" and "of the process rules" in done.stdout


def test_no_findings_if_another_file_cannot_be_read(root: Path) -> None:
    """Comparisons with guidelines that are missing would be wrong."""
    assert "finding" in command_line.run(root, "check", "--all", root / "powered/next.yaml").stdout
    (root / "catalogue" / "components.yaml").unlink()
    done = command_line.run(root, "check", "--all", root / "powered/next.yaml")
    note = "; the process rules are evaluated when the errors are corrected\n"
    assert (done.stdout, done.returncode) == (SUMMARY.replace("\n", note), 0)
    assert done.stderr == "interop: errors in other files, which may hide some in these: 1\n"


@pytest.mark.parametrize(
    "given, fault",
    [
        ("README.md", "guidelines/README.md: no file of the record\n"),
        ("guideline.schema.json", "guidelines/guideline.schema.json: no file of the record\n"),
        ("powered/notes.txt", "guidelines/powered/notes.txt: no file of the record\n"),
        ("empty", "guidelines/empty: no file of the record is in this folder\n"),
        ("..", "guidelines/..: contains the guidelines folder; give guidelines, or a folder in it\n"),
        ("../other", "guidelines/../other: no YAML or JSON file is in this folder\n"),
        ("../record/guidelines", "belongs to another record; use: --root {}/record/guidelines check\n"),
        ("../record/guidelines/powered", "belongs to another record; use: --root {}/record/guidelines check\n"),
        ("../nowhere", "no such file or folder: {}/guidelines/../nowhere\n"),
        ("nowhere.yaml", "no such file or folder: {}/guidelines/nowhere.yaml\n"),
    ],
)
def test_what_cannot_be_checked_is_told(given: str, fault: str, root: Path, tmp_path: Path) -> None:
    for name in ("README.md", "guideline.schema.json", "powered/notes.txt"):
        (root / name).write_text("{}\n", encoding="utf-8")
    (root / "empty").mkdir()
    (tmp_path / "other" / ".hidden").mkdir(parents=True)
    (tmp_path / "other" / ".hidden" / "2031.06.yaml").write_text("{}\n", encoding="utf-8")
    (tmp_path / "other" / ".2031.06.yaml").write_text("{}\n", encoding="utf-8")
    shutil.copytree(MINI, tmp_path / "record" / "guidelines")
    if given == "empty":
        (root / "powered" / "empty").mkdir()
        given = "powered/empty/../../powered/.empty"
        (root / "powered" / ".empty").mkdir()
        fault = "powered/.empty: no file of the record is in this folder\n"
    done = command_line.run(root, "check", f"{root}/{given}", root / "powered/next.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("interop: ") and done.stderr.count("\n") == 1
    assert done.stderr.endswith(fault.format(tmp_path))


def test_a_folder_outside_the_record_is_checked_as_if_it_were_in_it(root: Path, tmp_path: Path) -> None:
    drafts = tmp_path / "drafts"
    (drafts / "dns").mkdir(parents=True)
    text = (root / "powered" / "next.yaml").read_text(encoding="utf-8")
    (drafts / "2031.06.yaml").write_text(text.replace("id: 'next'", "id: '2031.06'"), encoding="utf-8")
    (drafts / "2031.07.yaml").write_text(text.replace("id: 'next'", "id: '2031.08'"), encoding="utf-8")
    (drafts / "dns" / "2031.06.json").write_text("[]", encoding="utf-8")
    (drafts / "notes.txt").write_text("[]", encoding="utf-8")
    (drafts / "folder.yaml").mkdir()
    done = command_line.run(root, "check", drafts)
    told = {line.partition(": ")[0] for line in done.stdout.splitlines() if ": error " in line}
    assert (told, done.returncode) == ({f"{drafts}/2031.07.yaml:2", f"{drafts}/dns/2031.06.json:1"}, 1)


def test_a_file_outside_stands_for_the_one_in_the_record(root: Path, tmp_path: Path) -> None:
    text = (root / "powered" / "next.yaml").read_text(encoding="utf-8")
    (tmp_path / "next.yaml").write_text(text.replace("status: draft", "status: drafty"), encoding="utf-8")
    done = command_line.run(root, "check", tmp_path / "next.yaml")
    assert f"{tmp_path / 'next.yaml'}:16: error bad-value: " in done.stdout


def test_two_files_outside_for_one_guideline(root: Path, tmp_path: Path) -> None:
    text = (root / "powered" / "next.yaml").read_text(encoding="utf-8")
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "next.yaml").write_text(text, encoding="utf-8")
    a, b = tmp_path / "a" / "next.yaml", tmp_path / "b" / "next.yaml"
    done = command_line.run(root, "check", a, b)
    assert done.stdout.startswith(f"{b}:1: error duplicate-guideline: defines powered/next, which {a} defines too; ")
    assert command_line.run(root, "check", a, a).stdout == SUMMARY


def test_a_link_in_the_record_is_a_file_of_the_record(root: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (root / "powered" / "2031.06.yaml").symlink_to(root / "powered" / "next.yaml")
    (root / "telephony").symlink_to(tmp_path / "outside")
    assert files(command_line.run(root, "check", root / "powered/2031.06.yaml")) == ["powered/2031.06.yaml"]
    assert files(command_line.run(root, "check", root / "telephony")) == ["telephony"]


def test_the_record_through_a_link(faulty: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(faulty)
    for root, given in (
        (faulty, tmp_path / "link"),
        (tmp_path / "link", faulty),
        (tmp_path / "link", tmp_path / "link"),
    ):
        assert files(command_line.run(root, "check", given / "powered/next.yaml")) == ["powered/next.yaml"]


@pytest.mark.parametrize(
    "right, wrong, said",
    [
        ("        flagged:\n", "        flag:\n", "; did you mean 'flagged'?\n"),
        ("tools: {weight: 25}", "tools: {weight: 15}", "the weights add up to 90; 100 in all\n"),
    ],
)
def test_suggestions_are_those_of_the_schema(right: str, wrong: str, said: str, root: Path) -> None:
    path = root / "powered" / "next.yaml"
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    assert said in command_line.run(root, "check", path).stdout
