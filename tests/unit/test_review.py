"""``review``: what is printed about a change, each kind of it, and which commits can be named."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from .. import command_line
from .conftest import MINI
from .test_import_checkout import git

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed: nothing can be committed")

TEST = "tempest.api.compute.test_list.ListTest.test_list_servers"
LINE = f"{TEST}[id-3a1f5e0c-8d27-4b6e-9c41-07d2e8b5a690]"
NOTHING = "\nThe change does nothing to the record.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small record, in a commit of the branch main."""
    root = shutil.copytree(MINI, tmp_path / "project" / "guidelines")
    (root / "addresses.txt").write_text("about\n  #one\n", encoding="utf-8")
    git(root.parent, "init", "--quiet", "--initial-branch=main")
    commit(root)
    return root


def commit(root: Path) -> None:
    git(root.parent, "add", ".")
    git(root.parent, "commit", "--quiet", "--message", "Guidelines")


def edit(path: Path, right: str, wrong: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")


def review(root: Path, base: str = "HEAD") -> subprocess.CompletedProcess[str]:
    return command_line.run(root, "review", base)


def section(done: subprocess.CompletedProcess[str], title: str) -> list[str]:
    """The lines below a heading that are not empty."""
    assert done.returncode == 0, done.stderr
    _, found, rest = done.stdout.partition(f"\n### {title}\n")
    assert found, done.stdout
    return [line for line in rest.partition("\n### ")[0].splitlines() if line]


def test_nothing_changed(root: Path) -> None:
    edit(root / "powered" / "next.yaml", "metadata:", "# Of no effect.\nmetadata:")
    done = review(root)
    head = git(root.parent, "rev-parse", "HEAD")
    assert (done.returncode, done.stdout) == (0, f"## The record since {head[:12]}\n{NOTHING}")


def test_facts_lists_and_findings(root: Path) -> None:
    draft = root / "powered" / "next.yaml"
    edit(draft, "required: [servers-list, servers-start, tokens-issue]", "required: [servers-start, tokens-issue]")
    edit(draft, "removed: []", "removed: [servers-list]")
    edit(draft, "tools: {weight: 25}", "tools: {weight: 15}")
    edit(draft, "target_approval: '2031-07'", "target_approval: '2031-08'")
    done = review(root)
    assert section(done, "`powered/next`: changed") == [
        "1 test no longer required.",
        "| Fact | Before | After |",
        "| --- | --- | --- |",
        "| `metadata.scoring.criteria.tools.weight` | `25` | `15` |",
        "| `metadata.os_trademark_approval.target_approval` | `2031-07` | `2031-08` |",
        "| `components.os_powered_compute.capabilities.required` | `servers-list` | none |",
        "| `components.os_powered_compute.capabilities.removed` | none | `servers-list` |",
        "Test lists, with aliases and flagged tests:",
        *(
            line
            for target in ("compute", "platform")
            for status, what in (("removed", "added"), ("required", "dropped"))
            for line in (
                f"- `{target}` `{status}`: {2 * (what == 'added')} added, {2 * (what == 'dropped')} dropped",
                f"  - {what}: `{LINE}`",
                f"  - {what}: `{LINE.replace('test_list.', 'test_listing.')}`",
            )
        ),
    ]
    (new,) = [line for line in section(done, "Findings and observations") if "weights" in line]
    assert new.startswith("- new: `guidelines/powered/next.yaml:8: observation weights: the weights add up to 90; ")
    commit(root)
    edit(draft, "tools: {weight: 15}", "tools: {weight: 25}")
    (gone,) = [line for line in section(review(root), "Findings and observations") if "weights" in line]
    assert gone == f"- gone: {new.removeprefix('- new: ')}"


def test_kinds_of_findings_and_observations_are_apart(root: Path) -> None:
    """A draft that adds to 91: new; the same in a dated guideline, listed with a reason: known."""
    for id in ("next", "2031.01"):
        edit(root / "powered" / f"{id}.yaml", "tools: {weight: 25}", "tools: {weight: 16}")
    entry = "- code: weights\n  files: [powered/2031.01.yaml]\n  about: [sum]\n  reason: As in the official file.\n"
    (root / "observations.yaml").write_text(entry, encoding="utf-8")
    lines = section(review(root), "Findings and observations")
    assert [line for line in lines if not line.startswith("- ")] == [
        "To be corrected, or listed in `observations.yaml` with the reason:",
        "Known: listed, explained by the rule, or as in the guideline before:",
    ]
    assert [line.partition(":")[0] for line in lines if "the weights add up to 91" in line] == ["- new", "- known"]
    assert [line for line in lines if "(known: As in the official file.)" in line] == lines[-1:]


def test_a_flag_that_goes(root: Path) -> None:
    edit(root / "powered" / "next.yaml", "date: '2031-02-03'", "date: '2031-02-04'")
    fact = (
        "capabilities.servers-start.tests.tempest.api.compute.test_start.StartTest.test_start_on_two_networks.flagged"
    )
    lines = section(review(root), "`powered/next`: changed")
    assert lines[-1] == f"| `{fact}.date` | `2031-02-03` | `2031-02-04` |"


def test_guidelines_that_come_and_go(root: Path) -> None:
    text = (root / "powered" / "next.yaml").read_text(encoding="utf-8").replace("id: 'next'", "id: '2031.06'")
    (root / "powered" / "2031.06.yaml").write_text(text, encoding="utf-8")
    done = review(root)
    lines = section(done, "`powered/2031.06`: added")
    assert lines[:2] == ["Against `powered/2031.01`:", "```text"]
    assert "  servers-list: advisory -> required" in lines and lines[-1] == "```"
    # Its page, two comparisons, three capabilities, four tests and one project with designated sections.
    urls = section(done, "URLs: 11 added, 0 removed")
    assert urls[:3] == [
        "- added: `diff/powered/2031.01..2031.06`",
        "- added: `diff/powered/2031.06..next`",
        "- added: `guidelines/powered/2031.06`",
    ]
    assert "- added: `guidelines/powered/2031.06#servers-list`" in urls
    assert "- added: `guidelines/powered/2031.06#test-3a1f5e0c-8d27-4b6e-9c41-07d2e8b5a690`" in urls
    assert urls[-1] == "Not in `addresses.txt`: 11. Run `make addresses`."
    commit(root)
    (root / "powered" / "2031.06.yaml").unlink()
    assert section(review(root), "`powered/2031.06`: removed") == []


def test_urls_and_other_files(root: Path) -> None:
    (root / "addresses.txt").write_text("about\n  #two\nnew\n", encoding="utf-8")
    edit(root / "catalogue" / "capabilities.yaml", "servers-start: ", "servers-start: Now ")
    done = review(root)
    assert section(done, "URLs: 2 added, 1 removed") == [
        "- added: `new`",
        "- added: `about#two`",
        "- removed: `about#one`",
    ]
    assert section(done, "Other files") == ["- `catalogue/capabilities.yaml`"]


def test_texts_of_files_have_no_meaning_in_markdown(root: Path) -> None:
    edit(root / "powered" / "next.yaml", "Runs servers.", "A `b` | <c> ]\u00b7*d*")
    (row,) = [line for line in section(review(root), "`powered/next`: changed") if "Runs" in line]
    assert row.endswith(" | `Runs servers.` | `A 'b' \\| <c> ]\u00b7*d*` |")


def test_only_so_many_are_listed(root: Path) -> None:
    (root / "addresses.txt").write_text("".join(f"page-{n:02}\n" for n in range(50)), encoding="utf-8")
    lines = section(review(root), "URLs: 50 added, 2 removed")
    assert lines[39:41] == ["- added: `page-39`", "- 10 more added"]


def test_errors_are_told_and_nothing_is_compared(root: Path) -> None:
    edit(root / "powered" / "next.yaml", "status: draft", "status: drafty")
    done = review(root)
    assert done.returncode == 1
    assert (
        "\nThe change has errors, so that facts cannot be compared:\n\n- `guidelines/powered/next.yaml:" in done.stdout
    )
    assert "###" not in done.stdout
    commit(root)
    edit(root / "powered" / "next.yaml", "status: drafty", "status: draft")
    done = review(root)
    assert (done.returncode, "\nThe commit has errors, so" in done.stdout) == (0, True)


def test_how_a_commit_is_named(root: Path) -> None:
    git(root.parent, "tag", "one")
    git(root.parent, "tag", "--annotate", "--message", "One", "first")
    first = git(root.parent, "rev-parse", "HEAD")
    git(root.parent, "checkout", "--quiet", "-b", "topic/x")
    edit(root / "powered" / "next.yaml", "target_approval: '2031-07'", "target_approval: '2031-08'")
    commit(root)
    assert NOTHING in review(root, "HEAD").stdout and NOTHING in review(root, "topic/x").stdout
    git(root.parent, "pack-refs", "--all")
    names = ("main", "HEAD~1", "HEAD^", "topic/x~", "one", "first", "refs/heads/main", first, first[:9])
    for name in names:
        done = review(root, name)
        assert done.stdout.startswith(f"## The record since {first[:12]}\n"), name
        assert NOTHING not in done.stdout, name


@pytest.mark.parametrize(
    "base", ["nowhere", "HEAD~7", "0123abc", "--all", "-x", "main:guidelines", "../x", "", "HEAD^{tree}"]
)
def test_what_names_no_commit(base: str, root: Path) -> None:
    done = command_line.run(root, "review", "--", base)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("interop: ") and done.stderr.count("\n") == 1


def test_without_a_checkout(tmp_path: Path) -> None:
    done = command_line.run(shutil.copytree(MINI, tmp_path / "guidelines"), "review", "HEAD")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"interop: {tmp_path}/guidelines: is in no git checkout\n"
