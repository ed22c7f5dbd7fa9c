"""What ``check`` takes for known: listed observations and findings, and what the commit has."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from .. import command_line
from .conftest import MINI
from .test_import_checkout import git

#: Changes of the draft of the small record, each with the code and the subject of what is then observed or found.
SUM = ("tools: {weight: 25}", "tools: {weight: 15}", "weights", "sum")
START = "achievements: [deployed, stable, tools]\n    admin: "  # Of a capability that each guideline requires.
ADMIN = (f"{START}false", f"{START}true", "not-admin", "servers-start")
LIST = "- code: {}\n  files: [{}]\n  about: [{}]\n  reason: Agreed on.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small record."""
    return shutil.copytree(MINI, tmp_path / "project" / "guidelines")


def edit(path: Path, right: str, wrong: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")


def keep(root: Path, *entries: tuple[str, str, str]) -> None:
    (root / "observations.yaml").write_text("".join(LIST.format(*entry) for entry in entries), encoding="utf-8")


needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed: nothing can be committed")


def commit(root: Path) -> None:
    git(root.parent, "init", "--quiet", "--initial-branch=main")
    git(root.parent, "add", ".")
    git(root.parent, "commit", "--quiet", "--message", "Guidelines")


def told(done: subprocess.CompletedProcess[str]) -> list[str]:
    """The codes of the lines, each with a star if it is new since HEAD."""
    lines = done.stdout.splitlines()[:-1]
    return [line.split()[2].rstrip(":") + "*" * line.endswith(" (new since HEAD)") for line in lines]


# --- the list ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("right, wrong, code, about", [SUM, ADMIN], ids=["an observation", "a finding of a draft"])
def test_only_what_is_listed_is_known(right: str, wrong: str, code: str, about: str, root: Path) -> None:
    edit(root / "powered" / "next.yaml", right, wrong)
    done = command_line.run(root, "check")
    assert (told(done), done.returncode) == ([code], 1)
    assert done.stdout.endswith("; correct what is new, or list it with the reason in observations.yaml\n")
    keep(root, (code, "powered/next.yaml", about))
    done = command_line.run(root, "check")
    assert (told(done), done.returncode) == ([], 0)
    assert f"observation {code}: " in (every := command_line.run(root, "check", "--all").stdout)
    assert "(known: Agreed on.)" in every


@pytest.mark.parametrize(
    "code, file, about",
    [
        ("not-admin", "powered/next.yaml", "servers-start"),  # It breaks no rule.
        ("one-status", "powered/next.yaml", "tokens-issue"),  # The rule explains it itself.
        ("not-admin", "powered/2031.09.yaml", "servers-start"),
    ],
)
def test_a_listed_finding_that_does_not_apply_is_an_error(code: str, file: str, about: str, root: Path) -> None:
    keep(root, (code, file, about))
    done = command_line.run(root, "check")
    assert done.stdout.startswith(
        f"guidelines/observations.yaml:1: error stale-known: {code} about '{about}' no longer applies to "
        f"guidelines/{file}; remove it from the list\n"
    )
    assert done.returncode == 1


@pytest.mark.parametrize(
    "code, hint",
    [
        ("weightss", "did you mean 'weights'? Or a code of guidelines/README.md, or the id of a rule"),
        ("not-admn", "did you mean 'not-admin'? Or a code of guidelines/README.md, or the id of a rule"),
        ("anything", "a code of guidelines/README.md, or the id of a rule"),
    ],
)
def test_a_code_that_is_none_is_one_error(code: str, hint: str, root: Path) -> None:
    """However many files and subjects the entry has."""
    keep(root, *((code, f"powered/{id}.yaml", about) for id in ("2031.01", "next") for about in ("sum", "cutoff")))
    done = command_line.run(root, "check")
    assert (
        done.stdout.splitlines()[0] == f"guidelines/observations.yaml:1: error bad-value: '{code}' is no code; {hint}"
    )
    assert (told(done), done.returncode) == (["bad-value"], 1)


def test_all_stale_entries_are_told_at_once(root: Path) -> None:
    keep(root, ("weights", "powered/next.yaml", "sum"), ("not-admin", "powered/next.yaml", "servers-start"))
    assert told(command_line.run(root, "check")) == ["stale-known", "stale-known"]


def test_a_finding_of_a_dated_guideline_is_history(root: Path) -> None:
    edit(root / "powered" / "2031.01.yaml", *ADMIN[:2])
    done = command_line.run(root, "check")
    assert (told(done), done.returncode) == ([], 0)
    assert "not-admin" in command_line.run(root, "check", "--all").stdout


def test_what_a_draft_has_from_the_guideline_before_is_known(root: Path) -> None:
    edit(root / "powered" / "2031.01.yaml", *ADMIN[:2])
    edit(root / "powered" / "next.yaml", *ADMIN[:2])
    done = command_line.run(root, "check", "--all")
    assert done.returncode == 0
    (line,) = (line for line in done.stdout.splitlines() if "next.yaml" in line and "not-admin" in line)
    assert line.endswith(" (known: 2031.01 has the same)")


def test_a_draft_is_not_excused_by_its_age(guidelines: Path, tmp_path: Path) -> None:
    """The target approval of powered/next was 2018.08; it follows 2020.06."""
    root = shutil.copytree(guidelines, tmp_path / "guidelines")
    lock = "      - compute-servers-lock\n"
    edit(root / "powered" / "next.yaml", lock, "")
    edit(root / "powered" / "next.yaml", "      removed:\n", f"      removed:\n{lock}")
    done = command_line.run(root, "check")
    assert (told(done), done.returncode) == (["deprecated-first"], 1)
    assert ": compute-servers-lock was required for os_powered_compute in 2020.06 and is removed; " in done.stdout


@pytest.mark.parametrize("moved, lines", [(4, 4), (5, 1)])
def test_many_findings_of_a_rule_in_a_file_are_one_line(
    moved: int, lines: int, guidelines: Path, tmp_path: Path
) -> None:
    """The first of them with their number; all of them with ``--all`` and in JSON."""
    root = shutil.copytree(guidelines, tmp_path / "guidelines")
    draft = root / "powered" / "next.yaml"
    component = draft.read_text(encoding="utf-8").partition("  os_powered_compute:\n")[2]
    required = component.partition("      required:\n")[2].splitlines(keepends=True)[:moved]
    edit(draft, f"      required:\n{''.join(required)}", "      required:\n")
    edit(draft, "      removed:\n", f"      removed:\n{''.join(required)}")
    done = command_line.run(root, "check")
    assert (told(done), done.returncode) == (["deprecated-first"] * lines, 1)
    folded = f" [A4.5] ({moved} such findings in this file; all of them: --all, or make check ALL=1)"
    assert done.stdout.splitlines()[0].endswith(folded) == (lines == 1)
    assert f"; {moved + 1} findings (1 known) of the process rules" in done.stdout
    every = told(command_line.run(root, "check", "--all", str(draft)))
    data = json.loads(command_line.run(root, "check", "--format", "json", str(draft)).stdout)
    assert every.count("deprecated-first") == sum(one["new"] for one in data) == moved


def test_a_copy_outside_the_record_has_the_known_observations(root: Path, tmp_path: Path) -> None:
    edit(root / "powered" / "next.yaml", *SUM[:2])
    edit(root / "powered" / "next.yaml", *ADMIN[:2])
    keep(root, *(("weights", "powered/next.yaml", "sum"), ("not-admin", "powered/next.yaml", "servers-start")))
    copy = shutil.copy(root / "powered" / "next.yaml", tmp_path / "next.yaml")
    done = command_line.run(root, "check", copy)
    assert (told(done), done.returncode) == ([], 0)
    edit(Path(copy), "admin: false", "admin: true")  # Of another capability.
    assert told(command_line.run(root, "check", copy)) == ["not-admin"]


# --- the commit -------------------------------------------------------------------------------------------------------


@needs_git
def test_what_the_commit_does_not_have_is_told_first(root: Path) -> None:
    edit(root / "powered" / "next.yaml", *SUM[:2])
    commit(root)
    assert told(command_line.run(root, "check")) == ["weights"]
    edit(root / "powered" / "next.yaml", *ADMIN[:2])
    edit(root / "powered" / "2031.01.yaml", *ADMIN[:2])
    done = command_line.run(root, "check")
    assert (told(done), done.returncode) == (["not-admin*", "not-admin*", "weights"], 1)
    paths = [line.partition(":")[0] for line in done.stdout.splitlines()[:2]]
    assert paths == ["guidelines/powered/2031.01.yaml", "guidelines/powered/next.yaml"]


@needs_git
def test_a_dated_guideline_of_the_change_does_not_fail(root: Path) -> None:
    commit(root)
    edit(root / "powered" / "2031.01.yaml", *ADMIN[:2])
    done = command_line.run(root, "check")
    assert (told(done), done.returncode) == (["not-admin*"], 0)


@needs_git
def test_the_guideline_before_excuses_only_what_the_commit_has(root: Path) -> None:
    edit(root / "powered" / "2031.01.yaml", *ADMIN[:2])
    commit(root)
    edit(root / "powered" / "next.yaml", *ADMIN[:2])
    done = command_line.run(root, "check")
    assert (told(done), done.returncode) == (["not-admin*"], 1)


@needs_git
def test_lines_that_move_are_not_new(root: Path) -> None:
    edit(root / "powered" / "next.yaml", *SUM[:2])
    commit(root)
    edit(root / "powered" / "next.yaml", "metadata:", "# A comment.\n\nmetadata:")
    assert told(command_line.run(root, "check")) == ["weights"]


@needs_git
def test_errors_in_the_commit_are_not_new(root: Path) -> None:
    edit(root / "powered" / "next.yaml", "status: draft", "status: drafty")
    commit(root)
    edit(root / "dns" / "2031.01.yaml", "admin: false", "admin: perhaps")
    errors = [code for code in told(command_line.run(root, "check")) if not code.startswith("not-checked")]
    assert errors == ["wrong-type*", "bad-value"]


@needs_git
def test_findings_that_errors_in_the_commit_hide_are_not_new(root: Path) -> None:
    """The rules are not evaluated while there are errors: nothing is known of the findings of the commit."""
    draft = root / "powered" / "next.yaml"
    edit(root / "powered" / "2031.01.yaml", *ADMIN[:2])
    edit(draft, *ADMIN[:2])
    edit(draft, "status: draft", "status: drafty")
    commit(root)
    edit(draft, "status: drafty", "status: draft")
    done = command_line.run(root, "check")
    assert (told(done), done.returncode) == ([], 0)


@needs_git
def test_a_new_file_is_new(root: Path) -> None:
    commit(root)
    text = (root / "powered" / "next.yaml").read_text(encoding="utf-8")
    text = text.replace("id: 'next'", "id: '2031.06'").replace(*ADMIN[:2])
    (root / "powered" / "2031.06.yaml").write_text(text, encoding="utf-8")
    assert "not-admin*" in told(command_line.run(root, "check"))


@needs_git
def test_a_new_file_may_have_what_the_guideline_before_has(root: Path) -> None:
    before = root / "powered" / "2031.01.yaml"
    edit(before, *ADMIN[:2])
    commit(root)
    text = before.read_text(encoding="utf-8").replace("id: '2031.01'", "id: '2031.06'")
    (root / "powered" / "2031.06.yaml").write_text(text, encoding="utf-8")
    assert not {"not-admin", "not-admin*"} & {*told(command_line.run(root, "check"))}


@needs_git
@pytest.mark.parametrize("state", ["no commit", "other files only", "damaged"])
def test_without_a_commit_nothing_is_said(state: str, root: Path) -> None:
    if state == "damaged":
        commit(root)
        shutil.rmtree(root.parent / ".git" / "objects")
    elif state == "other files only":
        guidelines = root.rename(root.parent / "elsewhere")
        (root.parent / "file").write_text("text\n", encoding="utf-8")
        shutil.move(guidelines, root.parent.parent / "aside")
        commit(root)
        shutil.move(root.parent.parent / "aside", root)
    else:
        git(root.parent, "init", "--quiet")
    edit(root / "powered" / "next.yaml", *ADMIN[:2])
    done = command_line.run(root, "check")
    assert (told(done), done.stderr, done.returncode) == (["not-admin"], "", 1)


@needs_git
def test_nothing_that_the_checkout_names_is_run(root: Path, tmp_path: Path) -> None:
    """Git would run this for ``git status`` or ``git diff`` in the checkout."""
    commit(root)
    ran = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {ran}\ncat\n", encoding="utf-8")
    program.chmod(0o755)
    for key in ("core.fsmonitor", "filter.x.clean", "filter.x.smudge", "diff.external", "core.pager"):
        git(root.parent, "config", key, str(program))
    (root.parent / ".gitattributes").write_text("*.yaml filter=x\n", encoding="utf-8")
    edit(root / "powered" / "next.yaml", *ADMIN[:2])
    assert told(command_line.run(root, "check")) == ["not-admin*"]
    assert not ran.exists()
    git(root.parent, "status")
    assert ran.exists()  # The check above can fail.


# --- what errors hide -------------------------------------------------------------------------------------------------

#: A file with an error, and what is then said of the process rules; a change of the draft of ``powered`` breaks one.
HIDDEN = {
    "dns/2031.01.yaml": "for dns ",
    "dns/next.yaml": "for dns ",
    "powered/2031.01.yaml": "for powered ",
    "amendments/powered/2031.01.yaml": "for powered ",
    "catalogue/programs.yaml": "",
    "observations.yaml": "",
}


@pytest.mark.parametrize("name", HIDDEN)
def test_an_error_hides_the_findings_of_its_program_alone(name: str, root: Path) -> None:
    edit(root / "powered" / "next.yaml", *ADMIN[:2])
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("no: mapping: at all\n", encoding="utf-8")
    done = command_line.run(root, "check")
    is_told = HIDDEN[name] == "for dns "
    assert ("not-admin" in told(done), done.returncode) == (is_told, 1)
    summary = done.stdout.splitlines()[-1]
    assert summary.endswith(f"; the process rules are evaluated {HIDDEN[name]}when the errors are corrected")
    assert ("; 1 finding (0 known) of the process rules" in summary) == is_told


def test_an_error_in_a_file_that_can_be_read_hides_nothing(root: Path) -> None:
    edit(root / "powered" / "next.yaml", *ADMIN[:2])
    edit(root / "powered" / "next.yaml", "[briar, clover]", "[briar, zinnia]")
    done = command_line.run(root, "check")
    assert sorted(told(done)) == ["not-admin", "unknown-release"]
    assert done.stdout.endswith("; 1 finding (0 known) of the process rules\n")


@needs_git
def test_what_the_commit_hid_is_not_since(root: Path) -> None:
    """The committed state has an error in the program; a finding of the draft may have been there before."""
    edit(root / "powered" / "next.yaml", *ADMIN[:2])
    edit(root / "powered" / "2031.01.yaml", "status: approved", "status: aproved")
    commit(root)
    edit(root / "powered" / "2031.01.yaml", "status: aproved", "status: approved")
    assert told(command_line.run(root, "check")) == ["not-admin"]
