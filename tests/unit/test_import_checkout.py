"""Import from a git checkout: which commit is recorded, and that nothing in the checkout is run."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ..official import load_yaml

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed: no checkout can be made")

KEY, FILE = "powered/2031.07", "guidelines/2031.07.json"
OLD_PATH = "2031.07.json"  # Where a file is taken to come from if neither a checkout nor its folder tells it.
ME = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgSign=false")
OPEN = ("-c", "protocol.file.allow=always")


def git(folder: Path, *arguments: str, check: bool = True) -> str:
    """Run git as a user would, with nothing but the configuration of the checkout."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = ["git", *ME, *OPEN, *arguments]
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        check=check,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=20,
    )
    return done.stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path, official_fixtures: Path) -> Path:
    """A checkout with one official file in one commit."""
    return make(tmp_path / "upstream", official_fixtures)


def make(folder: Path, fixtures: Path, *options: str) -> Path:
    (folder / FILE).parent.mkdir(parents=True)
    shutil.copy(fixtures / f"{KEY}.json", folder / FILE)
    git(folder, "init", "--quiet", "--initial-branch=main", *options)
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "A guideline")
    return folder


def source(root: Path) -> dict[str, str]:
    """The source that the imported file names."""
    (found,) = load_yaml(root / f"{KEY}.yaml")["record"]["sources"]
    return found


# --- nothing is run ---------------------------------------------------------------------------------------------------

HOOKS = (
    "applypatch-msg commit-msg fsmonitor-watchman post-applypatch post-checkout post-commit post-index-change "
    "post-merge post-receive post-rewrite post-update pre-applypatch pre-auto-gc pre-commit pre-merge-commit pre-push "
    "pre-rebase pre-receive prepare-commit-msg proc-receive push-to-checkout reference-transaction sendemail-validate "
    "update"
)

#: Ways in which a checkout makes git run a program: the configuration, for a PROGRAM that leaves a mark, and a command
#: of git that runs it.
HOSTILE: dict[str, tuple[str, list[str]]] = {
    "fsmonitor": ("[core]\nfsmonitor = PROGRAM", ["status"]),
    "an included file": ("[include]\npath = hostile", ["status"]),
    "a hook of the checkout": ("", ["add", "."]),
    "a hook elsewhere": ("[core]\nhooksPath = HOOKS", ["add", "."]),
    "a clean filter": ('[filter "x"]\nclean = PROGRAM', ["status"]),
    "a filter process": ('[filter "x"]\nprocess = PROGRAM', ["status"]),
    "a smudge filter": ('[filter "x"]\nsmudge = PROGRAM', ["checkout-index", "--force", "--all"]),
    "an external diff": ("[diff]\nexternal = PROGRAM", ["diff"]),
    "a diff driver": ('[diff "x"]\ncommand = PROGRAM', ["diff"]),
    "a text conversion": ('[diff "x"]\ntextconv = PROGRAM', ["diff"]),
    "an alias": ("[alias]\nlook = !PROGRAM", ["look"]),
    "a signature": ("[gpg]\nprogram = PROGRAM", ["commit", "--allow-empty", "--gpg-sign", "--message", "signed"]),
    "an editor": ("[core]\neditor = PROGRAM", ["commit", "--allow-empty"]),
    "ssh": ('[core]\nsshCommand = PROGRAM\n[remote "origin"]\nurl = ssh://example.org/x', ["fetch"]),
    "a remote helper": (
        '[protocol "ext"]\nallow = always\n[remote "origin"]\nurl = ext::PROGRAM',
        ["fetch"],
    ),
    "a helper for missing objects": (
        '[core]\nrepositoryformatversion = 1\n[extensions]\npartialClone = origin\n[protocol "ext"]\nallow = always\n'
        '[remote "origin"]\nurl = ext::PROGRAM\npromisor = true\npartialclonefilter = tree:0',
        ["ls-tree", "-r", "HEAD"],
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_import_runs_nothing_of_a_checkout(kind, checkout, interop, small_root, tmp_path) -> None:
    head = git(checkout, "rev-parse", "HEAD")
    mark = booby_trap(checkout, tmp_path, kind)
    done = interop(small_root, "import", checkout)
    assert not mark.exists()
    if kind == "a helper for missing objects":
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert "error unreadable: has no complete commit" in done.stderr
    else:
        assert (done.returncode, done.stderr) == (0, "")
        assert source(small_root)["commit"] == head
    # Nor does it if the file differs, with the same size: git would have to run filters and converters to see that.
    content = (checkout / FILE).read_bytes()
    assert content.endswith(b"\n")
    (checkout / FILE).write_bytes(content[:-1] + b" ")
    assert interop(small_root, "import", checkout).returncode == done.returncode
    assert not mark.exists()
    # Plain git does run it: the trap works.
    git(checkout, *HOSTILE[kind][1], check=False)
    assert mark.exists(), f"git {HOSTILE[kind][1]} ran nothing"


def test_import_runs_nothing_of_a_checkout_with_everything(checkout, interop, small_root, tmp_path) -> None:
    head = git(checkout, "rev-parse", "HEAD")
    kinds = [kind for kind in HOSTILE if kind != "a helper for missing objects"]
    mark = booby_trap(checkout, tmp_path, *kinds)
    assert interop(small_root, "import", checkout).returncode == 0
    assert source(small_root)["commit"] == head
    assert not mark.exists()
    git(checkout, "status", check=False)
    assert mark.exists()


def booby_trap(checkout: Path, elsewhere: Path, *kinds: str) -> Path:
    """Lay traps of these kinds; what they leave when they are run."""
    mark, program, hooks = elsewhere / "mark", elsewhere / "program", checkout / ".git/hooks"
    program.write_text(f"#!/bin/sh\ntouch {mark}\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    for folder in [hooks] * ("a hook of the checkout" in kinds) + [elsewhere / "hooks"]:
        folder.mkdir(exist_ok=True)
        for name in HOOKS.split():
            shutil.copy(program, folder / name)
    (checkout / ".git/hostile").write_text(f"[core]\nfsmonitor = {program}\n", encoding="utf-8")
    (checkout / ".git/info").mkdir(exist_ok=True)
    (checkout / ".git/info/attributes").write_text("* filter=x diff=x merge=x\n", encoding="utf-8")
    if "a helper for missing objects" in kinds:
        tree = git(checkout, "rev-parse", "HEAD:guidelines")
        (checkout / ".git/objects" / tree[:2] / tree[2:]).unlink()
    with (checkout / ".git/config").open("a", encoding="utf-8") as config:
        for kind in kinds:
            text = HOSTILE[kind][0].replace("PROGRAM", str(program)).replace("HOOKS", str(elsewhere / "hooks"))
            config.write(f"\n{text}\n")
    os.utime(checkout / FILE, (1, 1))  # Git looks at the content only if the time differs from that in the index.
    return mark


# --- which commit is recorded -----------------------------------------------------------------------------------------


def _branch_packed(folder: Path) -> Path:
    git(folder, "pack-refs", "--all", "--prune")
    assert not (folder / ".git/refs/heads/main").exists()
    return folder


def _objects_packed(folder: Path) -> Path:
    git(folder, "gc", "--quiet")
    assert list((folder / ".git/objects/pack").glob("*.pack"))
    return folder


def _detached(folder: Path) -> Path:
    git(folder, "checkout", "--quiet", "--detach")
    return folder


def _worktree(folder: Path) -> Path:
    git(folder, "worktree", "add", "--quiet", "../worktree")
    assert (folder.parent / "worktree/.git").is_file()
    return folder.parent / "worktree"


def _submodule(folder: Path) -> Path:
    outer = folder.parent / "outer"
    outer.mkdir()
    git(outer, "init", "--quiet")
    git(outer, "submodule", "--quiet", "add", str(folder), "inner")
    assert (outer / "inner/.git").is_file()
    return outer / "inner"


def _shallow(folder: Path) -> Path:
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "Another")
    git(folder, "clone", "--quiet", "--depth=1", folder.as_uri(), "../shallow")
    assert (folder.parent / "shallow/.git/shallow").exists()
    return folder.parent / "shallow"


def _without_blobs(folder: Path) -> Path:
    """A partial clone of which the import's file is the only one that is there."""
    git(folder, "clone", "--quiet", "--filter=blob:none", folder.as_uri(), "../partial")
    return folder.parent / "partial"


def _shared(folder: Path) -> Path:
    git(folder, "clone", "--quiet", "--shared", str(folder), "../shared")
    assert (folder.parent / "shared/.git/objects/info/alternates").exists()
    return folder.parent / "shared"


def _sparse(folder: Path) -> Path:
    (folder / "doc").mkdir()
    (folder / "doc/index").write_text("text\n", encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "A document")
    git(folder, "sparse-checkout", "set", "guidelines")
    assert not (folder / "doc").exists()
    return folder


def _of_another_user(folder: Path) -> Path:
    """Git itself refuses to read the repository of another user."""
    if os.geteuid() == 0:
        for path in (folder, folder / ".git"):
            os.chown(path, 65534, 65534)
    return folder


def _linked(folder: Path) -> Path:
    (folder.parent / "link").symlink_to(folder)
    return folder.parent / "link"


@pytest.mark.parametrize(
    "form",
    [
        _branch_packed,
        _objects_packed,
        _detached,
        _worktree,
        _submodule,
        _shallow,
        _without_blobs,
        _shared,
        _sparse,
        _of_another_user,
        _linked,
    ],
    ids=lambda form: form.__name__.strip("_").replace("_", " "),
)
def test_import_names_the_commit(form: Callable[[Path], Path], checkout, interop, small_root) -> None:
    folder = form(checkout)
    head = git(folder, "-c", "safe.directory=*", "rev-parse", "HEAD")
    assert len(head) == 40
    done = interop(small_root, "import", folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert (source(small_root)["path"], source(small_root)["commit"]) == (FILE, head)


def test_import_names_the_commit_of_a_repository_with_sha_256(interop, small_root, tmp_path, official_fixtures) -> None:
    folder = make(tmp_path / "upstream", official_fixtures, "--object-format=sha256")
    head = git(folder, "rev-parse", "HEAD")
    assert len(head) == 64
    done = interop(small_root, "import", folder / FILE)
    assert (done.returncode, done.stderr) == (0, "")
    assert source(small_root)["commit"] == head


def test_a_replaced_commit_is_not_taken_for_the_real_one(checkout, interop, small_root) -> None:
    head = git(checkout, "rev-parse", "HEAD")
    text = (checkout / FILE).read_text(encoding="utf-8").replace('"cutoff_score": 74', '"cutoff_score": 73')
    (checkout / FILE).write_text(text, encoding="utf-8")
    git(checkout, "commit", "--quiet", "--all", "--message", "Other")
    git(checkout, "replace", head, git(checkout, "rev-parse", "HEAD"))
    git(checkout, "update-ref", "refs/heads/main", head)
    assert git(checkout, "status", "--porcelain") == ""
    done = interop(small_root, "import", checkout)
    assert "is recorded without a commit: it differs from the commit" in done.stderr
    assert "commit" not in source(small_root)


# --- files that are not as committed ----------------------------------------------------------------------------------


def _changed(folder: Path) -> None:
    (folder / FILE).write_bytes((folder / FILE).read_bytes() + b"\n")


def _staged(folder: Path) -> None:
    _changed(folder)
    git(folder, "add", ".")


def _hidden(folder: Path) -> None:
    """A change that git status does not show."""
    git(folder, "update-index", "--assume-unchanged", FILE)
    _changed(folder)
    assert git(folder, "status", "--porcelain") == ""


def _untracked(folder: Path) -> None:
    git(folder, "rm", "--quiet", "--cached", FILE)
    git(folder, "commit", "--quiet", "--message", "Removed")


def _line_ends(folder: Path) -> None:
    git(folder, "config", "core.autocrlf", "true")
    (folder / FILE).unlink()
    git(folder, "checkout", "--quiet", FILE)
    assert b"\r\n" in (folder / FILE).read_bytes()
    assert git(folder, "status", "--porcelain") == ""


def _no_commit(folder: Path) -> None:
    shutil.rmtree(folder / ".git")
    git(folder, "init", "--quiet")
    git(folder, "add", ".")


def _committed_as_a_link(folder: Path) -> None:
    text = (folder / FILE).read_bytes()
    (folder / FILE).unlink()
    (folder / FILE).symlink_to("elsewhere")
    git(folder, "commit", "--quiet", "--all", "--message", "A link")
    (folder / FILE).unlink()
    (folder / FILE).write_bytes(text)


@pytest.mark.parametrize(
    "change, why",
    [
        (_changed, "it differs from the commit {head}, which is checked out"),
        (_staged, "it differs from the commit {head}, which is checked out"),
        (_hidden, "it differs from the commit {head}, which is checked out"),
        (_untracked, "it is not in the commit {head}, which is checked out"),
        (_committed_as_a_link, "it is not in the commit {head}, which is checked out"),
        (_line_ends, "its line ends are not those of the commit {head} (core.autocrlf?)"),
        (_no_commit, "the checkout has no commit yet"),
    ],
    ids=lambda value: value.__name__.strip("_").replace("_", " ") if callable(value) else "",
)
def test_import_says_why_a_file_has_no_commit(change, why, checkout, interop, small_root) -> None:
    change(checkout)
    head = git(checkout, "rev-parse", "--verify", "--quiet", "HEAD", check=False)[:12]
    done = interop(small_root, "import", checkout)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, f"{KEY}: written")
    assert done.stderr == (
        f"{checkout / FILE}:1: observation no-source: is recorded without a commit: {why.format(head=head)}; "
        "give the commit: COMMIT=..., or --commit\n"
    )
    assert "commit" not in source(small_root)
    assert source(small_root)["path"] == FILE


def test_a_path_that_the_record_cannot_have_is_not_written(interop, small_root, tmp_path, official_fixtures) -> None:
    """``make check`` would refuse the file."""
    folder = tmp_path / "upstream"
    (folder / "old drafts").mkdir(parents=True)
    shutil.copy(official_fixtures / f"{KEY}.json", folder / "old drafts/2031.07.json")
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "A draft")
    done = interop(small_root, "import", folder / "old drafts/2031.07.json")
    assert done.returncode == 0
    assert "is recorded without a commit: its path in the checkout has a space " in done.stderr
    assert source(small_root)["path"] == OLD_PATH


def test_a_given_commit_is_taken_without_a_look_at_the_checkout(checkout, interop, small_root) -> None:
    (checkout / ".git/HEAD").write_text("rubbish", encoding="utf-8")
    done = interop(small_root, "import", checkout, "--commit", "0a1b2c3d4e5f")
    assert (done.returncode, done.stderr) == (0, "")
    assert source(small_root)["commit"] == "0a1b2c3d4e5f"


# --- checkouts that cannot be read ------------------------------------------------------------------------------------


def _instead_of_git(text: str | None) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        shutil.rmtree(folder / ".git")
        if text is None:
            os.mkfifo(folder / ".git")
        else:
            (folder / ".git").write_text(text, encoding="utf-8")

    return change


def _head(text: str) -> Callable[[Path], object]:
    return lambda folder: (folder / ".git/HEAD").write_text(text, encoding="utf-8")


def _head_is_a_pipe(folder: Path) -> None:
    (folder / ".git/HEAD").unlink()
    os.mkfifo(folder / ".git/HEAD")


def _loop_of_references(folder: Path) -> None:
    (folder / ".git/refs/heads/main").write_text("ref: refs/heads/main\n", encoding="utf-8")


BROKEN: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "a pipe": (_instead_of_git(None), "", "is neither a folder nor a file with 'gitdir: '"),
    "rubbish": (_instead_of_git("rubbish"), "", "is neither a folder nor a file with 'gitdir: '"),
    "moved": (_instead_of_git("gitdir: /no/such/folder\n"), "", "refers to a folder that does not exist"),
    "head is rubbish": (_head("rubbish"), "/HEAD", "names no commit or branch"),
    "head leads out": (_head("ref: refs/../../../secret"), "/HEAD", "names no commit or branch"),
    "head is an option": (_head("--upload-pack=touch mark"), "/HEAD", "names no commit or branch"),
    "head is a pipe": (_head_is_a_pipe, "/HEAD", "names no commit or branch"),
    "references in a loop": (_loop_of_references, "/HEAD", "names no commit or branch"),
    "head is gone": (lambda folder: (folder / ".git/HEAD").unlink(), "/HEAD", "names no commit or branch"),
    "reftable": (lambda folder: (folder / ".git/reftable").mkdir(), "", "has its references in a reftable"),
    "unknown commit": (_head("0" * 39 + "1"), "/objects", "has no complete commit 000000000000"),
    "no objects": (lambda f: shutil.rmtree(f / ".git/objects"), "/objects", "is not a folder of git objects"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_checkout_that_cannot_be_read_is_one_line(how, checkout, interop, small_root) -> None:
    change, place, what = BROKEN[how]
    change(checkout)
    done = interop(small_root, "import", checkout)
    assert (done.returncode, done.stdout) == (1, f"{KEY}: not imported\n")
    assert done.stderr.startswith(f"{checkout}/.git{place}:1: error unreadable: {what}")
    assert done.stderr.endswith("; a whole checkout, or give the commit: COMMIT=..., or --commit\n")
    assert not (small_root / f"{KEY}.yaml").exists()


def test_without_git_the_commit_is_unknown(checkout, interop, small_root, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(checkout))
    done = interop(small_root, "import", checkout)
    assert done.returncode == 0
    assert "is recorded without a commit: git is not installed, which reads the checkout" in done.stderr
