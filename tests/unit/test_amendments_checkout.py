"""The history of official files is read from a git checkout: what it has, and that nothing in the checkout is run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ..official import load_yaml
from .test_import_checkout import FILE, HOSTILE, KEY, OLD_PATH, booby_trap, git, make

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed: no checkout can be made")

ONE, TWO = (f"I{digit * 40}" for digit in "12")


def commit(folder: Path, day: str, message: str) -> str:
    """Commit everything at noon of a day in UTC; the id."""
    at = f"{day}T12:00:00+00:00"
    git(folder, "add", ".")
    git(folder, "-c", "user.useConfigOnly=true", "commit", "--quiet", "--allow-empty", f"--date={at}", "-m", message)
    return dated(folder, at)


def dated(folder: Path, at: str) -> str:
    """Give the last commit the day of its author as that of the committer."""
    git(folder, "rebase", "--quiet", "--committer-date-is-author-date", "--force-rebase", "HEAD~1")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def history(tmp_path: Path, official_fixtures: Path) -> tuple[Path, list[str]]:
    """A checkout in which a file was added, broken, corrected, changed by a merge, and moved; and its main line."""
    folder = tmp_path / "upstream"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "Nothing")
    text = (official_fixtures / f"{KEY}.json").read_text(encoding="utf-8")
    path = folder / OLD_PATH
    ids = []

    def write(new: str, day: str, message: str) -> str:
        path.write_text(new, encoding="utf-8")
        return commit(folder, day, message)

    draft = text.replace('"status": "approved"', '"status": "draft"')
    ids.append(write(draft, "2031-01-01", f"Add\n\nChange-Id: {TWO}\nChange-Id: {ONE}"))
    ids.append(write(draft.replace("{", "{,", 1), "2031-01-02", "Break"))
    ids.append(write(draft.replace("Invented", "Another text"), "2031-01-03", "Correct"))
    git(folder, "checkout", "--quiet", "-b", "change")
    write(text, "2031-01-04", f"Approve\n\nChange-Id: {TWO}")
    git(folder, "checkout", "--quiet", "main")
    commit(folder, "2031-01-05", "Something else")
    git(folder, "merge", "--quiet", "--no-ff", "change", "-m", "Merge")
    ids.append(git(folder, "rev-parse", "HEAD"))
    (folder / "guidelines").mkdir()
    git(folder, "mv", OLD_PATH, FILE)
    git(folder, "commit", "--quiet", "-m", "Move")
    ids.append(git(folder, "rev-parse", "HEAD"))
    return folder, ids


def read(root: Path) -> Any:
    return load_yaml(root / f"amendments/{KEY}.yaml")


def test_every_revision_of_the_main_line(history: tuple[Path, list[str]], interop: Any, small_root: Path) -> None:
    folder, ids = history
    assert interop(small_root, "import", folder).returncode == 0
    done = interop(small_root, "amendments", folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{KEY}: written, 5 revisions: 1 added, 1 changed, 2 same, 1 unreadable\n"
    found = read(small_root)
    assert (found["path"], found["commit"]) == (FILE, ids[-1])
    revisions = found["revisions"]
    assert [one["commit"] for one in revisions] == ids
    assert [one["kind"] for one in revisions] == ["added", "unreadable", "same", "changed", "same"]
    assert [one.get("path") for one in revisions] == [OLD_PATH, OLD_PATH, OLD_PATH, OLD_PATH, None]
    assert [one.get("change_id") for one in revisions] == [ONE, None, None, TWO, None]
    assert [one["date"] for one in revisions[:3]] == ["2031-01-01", "2031-01-02", "2031-01-03"]
    merged = revisions[3]["date"]  # Git made the merge now, which is before 2031.
    assert [one.get("latest") for one in revisions] == [None] * 5
    assert merged < "2031"
    assert revisions[3]["changes"] == {"status": {"from": "draft", "to": "approved"}}
    assert revisions[0]["changes"]["releases"] == {"added": ["liberty", "mitaka", "newton"]}
    assert revisions[0]["changes"]["weights"] == {"added": {"stable": 60, "tools": 40}}
    assert [one.get("schema") for one in revisions] == ["2.0", None, None, None, None]
    for one in revisions:
        assert one["blob"] == git(folder, "rev-parse", f"{one['commit']}:{one.get('path', FILE)}")
    again = interop(small_root, "amendments", folder)
    assert again.stdout.startswith(f"{KEY}: unchanged, ")


def test_the_history_ends_with_the_commit_that_was_imported(
    history: tuple[Path, list[str]], interop: Any, small_root: Path
) -> None:
    folder, ids = history
    assert interop(small_root, "import", folder).returncode == 0
    path = folder / FILE
    path.write_text(path.read_text(encoding="utf-8").replace('"newton"', '"ocata"'), encoding="utf-8")
    commit(folder, "2031-02-01", "Later")
    assert interop(small_root, "amendments", folder).returncode == 0
    assert [one["commit"] for one in read(small_root)["revisions"]] == ids


@pytest.mark.parametrize("kind", HOSTILE)
def test_nothing_of_a_checkout_is_run(
    kind: str, interop: Any, small_root: Path, tmp_path: Path, official_fixtures: Path
) -> None:
    checkout = make(tmp_path / "upstream", official_fixtures)
    assert interop(small_root, "import", checkout).returncode == 0
    mark = booby_trap(checkout, tmp_path, kind)
    done = interop(small_root, "amendments", checkout)
    assert not mark.exists()
    if kind == "a helper for missing objects":
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert "error unreadable: git log does not find" in done.stderr
        assert not (small_root / "amendments").exists()
    else:
        assert (done.returncode, done.stderr) == (0, "")
    # Plain git does run it: the trap works. Some are for files that differ.
    (checkout / FILE).write_bytes((checkout / FILE).read_bytes()[:-1] + b" ")
    git(checkout, *HOSTILE[kind][1], check=False)
    assert mark.exists(), f"git {HOSTILE[kind][1]} ran nothing"


def _no_checkout(folder: Path, _: Path) -> str:
    shutil.rmtree(folder / ".git")
    return "is in no git checkout"


def _shallow(folder: Path, tmp_path: Path) -> str:
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "Another")
    head = git(folder, "rev-parse", "HEAD")
    git(folder, "clone", "--quiet", "--depth=1", folder.as_uri(), str(tmp_path / "shallow"))
    shutil.rmtree(folder)
    (tmp_path / "shallow").rename(folder)
    return f"git log does not find {head}"


def _other(folder: Path, _: Path) -> str:
    shutil.rmtree(folder / ".git")
    git(folder, "init", "--quiet")
    commit_all(folder)
    return "git log does not find "


def commit_all(folder: Path) -> None:
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "All")


@pytest.mark.parametrize("spoil", [_no_checkout, _shallow, _other], ids=lambda one: one.__name__.strip("_"))
def test_what_cannot_be_read_is_refused(
    spoil: Callable[[Path, Path], str], interop: Any, small_root: Path, tmp_path: Path, official_fixtures: Path
) -> None:
    checkout = make(tmp_path / "upstream", official_fixtures)
    git(checkout, "commit", "--quiet", "--allow-empty", "-m", "Another")
    assert interop(small_root, "import", checkout).returncode == 0
    message = spoil(checkout, tmp_path)
    done = interop(small_root, "amendments", checkout)
    assert done.returncode == 1
    assert (done.stdout, "Traceback" in done.stderr) == (f"{KEY}: not written\n", False)
    if spoil is not _shallow:
        assert message in done.stderr
    assert "error unreadable" in done.stderr
    assert not (small_root / "amendments").exists()


@pytest.mark.parametrize(
    "data, message",
    [
        ({"capabilities": {"a\u202eb": {}}}, "U+202E"),
        ({"capabilities": {"x" * 300: {}}}, "bad-value"),
        ([1, 2], ""),
        ({"metadata": {"schema": "2.0", "os_trademark_approval": {"releases": [["x"]]}}}, ""),
        ({"schema": "1.2", "capabilities": {"x": {"tests": 7}}}, ""),
    ],
)
def test_a_hostile_revision_gives_a_valid_file_or_none(
    data: Any, message: str, interop: Any, small_root: Path, tmp_path: Path, official_fixtures: Path
) -> None:
    checkout = make(tmp_path / "upstream", official_fixtures)
    good = (checkout / FILE).read_text(encoding="utf-8")
    whole = json.loads(good)
    bad = {**whole, **data} if isinstance(data, dict) and "schema" not in data else data
    (checkout / FILE).write_text(json.dumps(bad), encoding="utf-8")
    commit_all(checkout)
    (checkout / FILE).write_text(good, encoding="utf-8")
    commit_all(checkout)
    assert interop(small_root, "import", checkout).returncode == 0
    done = interop(small_root, "amendments", checkout)
    assert "Traceback" not in done.stderr
    if message:
        assert done.returncode == 1
        assert message in done.stderr
        assert not (small_root / "amendments").exists()
    else:
        assert (done.returncode, done.stderr) == (0, "")
        assert interop(small_root, "check", "--format", "json").stdout.count("not-replayed") == 0


def test_a_target_outside_the_folder_is_refused(
    interop: Any, small_root: Path, tmp_path: Path, official_fixtures: Path
) -> None:
    checkout = make(tmp_path / "upstream", official_fixtures)
    assert interop(small_root, "import", checkout).returncode == 0
    (tmp_path / "elsewhere").mkdir()
    (small_root / "amendments").symlink_to(tmp_path / "elsewhere")
    done = interop(small_root, "amendments", checkout)
    assert done.returncode == 1
    assert "error outside" in done.stderr
    assert list((tmp_path / "elsewhere").iterdir()) == []
