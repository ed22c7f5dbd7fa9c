"""Import from a URL: what is fetched and recorded, that nothing of the repository is run, and that nothing is left.

There is no network: repositories are local ones, and a program in place of git stands for servers that are old or slow.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from interop.tools import remote

from ..command_line import LIMIT, ROOT, environment, start
from .test_import_checkout import FILE, HOSTILE, KEY, booby_trap, git, make, source

GIT = shutil.which("git")
pytestmark = pytest.mark.skipif(not GIT, reason="git is not installed: no repository can be made")
UPSTREAM = "https://opendev.org/openstack/interop"


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder for temporary files, in which every test must leave nothing."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


@pytest.fixture
def work(tmp_path: Path, official_fixtures: Path) -> Path:
    """A checkout with one official file in one commit, for what is committed later."""
    return make(tmp_path / "work", official_fixtures)


def head(work: Path) -> str:
    return git(work, "rev-parse", "HEAD")


def commit(work: Path, message: str = "Another") -> str:
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "--allow-empty", "--message", message)
    return head(work)


def bare(work: Path, *options: str) -> str:
    """The URL of a bare repository with what is committed in ``work``."""
    folder = work.parent / "upstream.git"
    git(work.parent, "clone", "--quiet", "--bare", *options, str(work), str(folder))
    return folder.as_uri()


def printed(text: str) -> list[str]:
    """The messages, without the one that tells from where is fetched."""
    first, *others = text.splitlines()
    assert first.startswith("interop: fetching from ")
    return others


# --- what is fetched --------------------------------------------------------------------------------------------------


def test_the_newest_commit_is_fetched_and_recorded(work, interop, small_root) -> None:
    commit(work)
    done = interop(small_root, "import", bare(work))
    assert (done.returncode, done.stdout.splitlines()[0], printed(done.stderr)) == (0, f"{KEY}: written", [])
    found = source(small_root)
    assert (found["repository"], found["path"], found["commit"]) == (UPSTREAM, FILE, head(work))


def test_a_commit_that_is_not_the_newest_is_fetched(work, interop, small_root) -> None:
    """As upstream's repository is retired: its newest commit has no guidelines."""
    before = head(work)
    git(work, "rm", "--quiet", "-r", ".")
    (work / "README").write_text("Retired.\n", encoding="utf-8")
    after = commit(work)
    address = bare(work)
    empty = interop(small_root, "import", address)
    assert (empty.returncode, empty.stdout) == (2, "")
    assert printed(empty.stderr) == [f"interop: no guideline files in {address} at commit {after}"]
    done = interop(small_root, "import", address, "--commit", before)
    assert (done.returncode, printed(done.stderr)) == (0, [])
    assert source(small_root)["commit"] == before


def test_it_gives_what_an_import_from_a_checkout_gives(work, interop, small_root, tmp_path, official_fixtures) -> None:
    for path, key in (("add-ons/guidelines/dns.2031.07.json", "dns/2031.07"), ("verticals/nfv.next.json", "nfv/next")):
        (work / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(official_fixtures / f"{key}.json", work / path)
    (work / "doc").mkdir()
    shutil.copy(work / FILE, work / "doc/2099.01.json")
    commit(work)
    other = Path(shutil.copytree(small_root, tmp_path / "other"))
    assert interop(small_root, "import", bare(work)).returncode == 0
    assert interop(other, "import", work).returncode == 0
    for key in (KEY, "dns/2031.07", "nfv/next"):
        assert (small_root / f"{key}.yaml").read_bytes() == (other / f"{key}.yaml").read_bytes()
    assert len(list(small_root.glob("*/*.yaml"))) == len(list(other.glob("*/*.yaml")))


def test_the_repository_to_record_can_be_given(work, interop, small_root) -> None:
    done = interop(small_root, "import", bare(work), "--repository", "https://git.example.org/interop")
    assert done.returncode == 0
    assert source(small_root)["repository"] == "https://git.example.org/interop"


def test_problems_name_commit_and_path(work, interop, small_root) -> None:
    (work / FILE).write_text('{\n "metadata": 1,\n}', encoding="utf-8")
    (work / "guidelines/draft.json").write_text("{}", encoding="utf-8")
    id = commit(work)[:12]
    done = interop(small_root, "import", bare(work))
    assert done.returncode == 1
    assert done.stdout.splitlines() == [f"{id}:guidelines/draft.json: not imported", f"{KEY}: not imported"]
    misplaced, syntax = printed(done.stderr)
    assert misplaced.startswith(f"{id}:guidelines/draft.json:1: observation misplaced: ")
    assert syntax.startswith(f"{id}:{FILE}:2: error syntax: ")


def test_a_repository_with_sha_256(interop, small_root, tmp_path, official_fixtures) -> None:
    work = make(tmp_path / "work", official_fixtures, "--object-format=sha256")
    for options in ([], ["--commit", head(work)]):
        done = interop(small_root, "import", f"file://{work}/.git", *options)
        assert (done.returncode, printed(done.stderr)) == (0, [])
        assert len(source(small_root)["commit"]) == 64


def test_the_reconstruction_is_compared_with_a_fetched_file(work, interop, guidelines) -> None:
    data = json.loads((work / FILE).read_text(encoding="utf-8"))
    data["metadata"]["id"] = "2022.11"
    (work / "guidelines/2022.11.json").write_text(json.dumps(data), encoding="utf-8")
    id = commit(work)[:12]
    done = interop(guidelines, "reconstruction", bare(work))
    assert done.returncode == 1
    assert done.stdout.startswith(f"powered/2022.11: the partial file, compared with {id}:guidelines/2022.11.json\n")


# --- nothing is run, and nothing but the official files is read -------------------------------------------------------


@pytest.mark.parametrize("kind", HOSTILE)
def test_nothing_of_a_repository_is_run(kind, work, interop, small_root, tmp_path) -> None:
    id = head(work)
    mark = booby_trap(work, tmp_path, kind)
    done = interop(small_root, "import", f"file://{work}/.git", "--commit", id)
    assert not mark.exists()
    assert done.returncode == (2 if kind == "a helper for missing objects" else 0), done.stderr
    assert len(printed(done.stderr)) == done.returncode // 2
    # Plain git does run it: the trap works.
    (work / FILE).write_bytes((work / FILE).read_bytes()[:-1] + b" ")
    git(work, *HOSTILE[kind][1], check=False)
    assert mark.exists(), f"git {HOSTILE[kind][1]} ran nothing"


def test_nothing_of_a_tree_is_run_or_followed(work, interop, small_root, tmp_path) -> None:
    (tmp_path / "secret").write_text('{"secret": 1}', encoding="utf-8")
    (work / "guidelines/2031.01.json").symlink_to(tmp_path / "secret")
    (work / ".gitattributes").write_text("* filter=x text eol=crlf export-ignore\n", encoding="utf-8")
    (work / ".gitmodules").write_text(
        f'[submodule "x"]\n\tpath = add-ons\n\turl = ext::touch {tmp_path}/mark\n', encoding="utf-8"
    )
    git(work, "update-index", "--add", "--cacheinfo", f"160000,{head(work)},add-ons")
    git(work, "add", ".gitattributes", ".gitmodules", "guidelines")
    git(work, "commit", "--quiet", "--message", "Traps")
    done = interop(small_root, "import", bare(work))
    assert done.returncode == 1
    assert [line for line in done.stdout.splitlines() if line[0] != " "] == [
        "powered/2031.01: not imported",
        f"{KEY}: written",
    ]
    (line,) = printed(done.stderr)
    assert ":guidelines/2031.01.json:1: error syntax: not JSON: " in line and "secret" not in line
    assert not (tmp_path / "mark").exists()


@pytest.mark.parametrize("name", ["..", ".git", "a b.json", "x\\2031.01.json", "-f.json"])
def test_a_name_in_a_tree_leads_nowhere(name, work, interop, small_root, tmp_path, temporary) -> None:
    blob = git(work, "hash-object", "-w", FILE)
    inner = git_with_input(work, f"100644 blob {blob}\t2031.01.json\n", "mktree")
    good = git(work, "rev-parse", "HEAD:guidelines/2031.07.json")
    entry = f"40000 tree {inner}\t{name}\n" if "json" not in name else f"100644 blob {blob}\t{name}\n"
    tree = git_with_input(work, entry + f"100644 blob {good}\t2031.07.json\n", "mktree")
    root = git_with_input(work, f"40000 tree {tree}\tguidelines\n", "mktree")
    id = git(work, "commit-tree", "-m", "Strange", root)
    git(work, "update-ref", "refs/heads/main", id)
    done = interop(small_root, "import", f"file://{work}/.git")
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, f"{KEY}: written"), done.stderr
    assert not list(tmp_path.glob("2031.01.json"))


def git_with_input(folder: Path, text: str, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, input=text, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize(
    "address",
    [
        "http://opendev.org/openinfra/interop",
        "ssh://opendev.org/openinfra/interop",
        "git://opendev.org/openinfra/interop",
        "ext://sh -c touch% mark",
        "https://user:secret@opendev.org/openinfra/interop",
        "https://opendev.org/openinfra/interop?x=1",
        "https://opendev.org/a b",
        "https://",
        "https://--upload-pack=x/y",
        "file://host/x",
        "https://opendev.org/\x1b[1m",
    ],
)
def test_another_address_is_wrong_use(address, interop, small_root) -> None:
    done = interop(small_root, "import", address)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"argument source: {address!a} is not an https:// address of a repository" in done.stderr


@pytest.mark.parametrize("path", ["git@opendev.org:openinfra/interop", "ext::sh -c x", "opendev.org/openinfra/interop"])
def test_without_a_scheme_it_is_a_path(path, interop, small_root) -> None:
    done = interop(small_root, "import", path)
    assert (done.returncode, done.stderr) == (2, f"interop: no such file or folder: {path}\n")


# --- what cannot be fetched -------------------------------------------------------------------------------------------


def test_without_a_network_it_is_one_line(interop, small_root) -> None:
    done = interop(small_root, "import", "https://127.0.0.1:1/openinfra/interop", "--commit", "0" * 40)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = printed(done.stderr)
    assert line.startswith("interop: https://127.0.0.1:1/openinfra/interop cannot be fetched: unable to access ")


def _empty(work: Path) -> str:
    (work.parent / "empty").mkdir()
    git(work.parent / "empty", "init", "--quiet", "--bare")
    return (work.parent / "empty").as_uri()


@pytest.mark.parametrize(
    "address, id, why",
    [
        (bare, "0" * 39 + "1", "does not have the commit " + "0" * 39 + "1"),
        (bare, "0123456", "cannot be asked for 0123456: give all 40 digits of the commit"),
        (bare, "HEAD:guidelines", "a tree"),
        (_empty, "", "has no commit yet"),
        (lambda work: (work.parent / "nowhere").as_uri(), "", "cannot be fetched: '"),
        (lambda work: (work / FILE).as_uri(), "", "cannot be fetched: "),
    ],
)
def test_what_cannot_be_fetched_is_one_line(address, id, why, work, interop, small_root) -> None:
    url = address(work)
    if ":" in id:
        id = git(work, "rev-parse", id)
        git(work.parent / "upstream.git", "config", "uploadpack.allowAnySHA1InWant", "true")
        why = f"has a tree {id}, and no such commit"
    done = interop(small_root, "import", url, *(["--commit", id] if id else []))
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = printed(done.stderr)
    assert line.startswith(f"interop: {url} {why}")


def test_a_server_that_gives_no_single_commits_is_asked_for_all(
    work, interop, small_root, tmp_path, monkeypatch
) -> None:
    before = head(work)
    commit(work)
    address = bare(work)
    instead_of_git(tmp_path, monkeypatch, f'exec {GIT} -c protocol.version=0 "$@"')
    refused = subprocess.run(
        ["git", "fetch", "--quiet", "--depth=1", address, before], cwd=work, capture_output=True, text=True
    )
    assert "unadvertised object" in refused.stderr
    done = interop(small_root, "import", address, "--commit", before)
    assert (done.returncode, printed(done.stderr)) == (0, [])
    assert source(small_root)["commit"] == before
    missing = interop(small_root, "import", address, "--commit", "0" * 39 + "1")
    assert printed(missing.stderr) == [f"interop: {address} does not have the commit {'0' * 39}1"]


def instead_of_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program in the place of git."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin/git"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")


def test_git_asks_nobody_and_sees_nothing_of_the_user(work, small_root, tmp_path, temporary, monkeypatch) -> None:
    address = bare(work)
    instead_of_git(tmp_path, monkeypatch, f'env >> {tmp_path}/seen; test -t 0 && exit 1; exec {GIT} "$@"')
    names = (
        "GIT_ASKPASS",
        "SSH_ASKPASS",
        "GIT_SSH_COMMAND",
        "GIT_PROXY_COMMAND",
        "GIT_EXEC_PATH",
        "GIT_ALLOW_PROTOCOL",
    )
    more = dict.fromkeys(names, "/no/such/program") | {"TMPDIR": str(temporary), "HOME": str(work)}
    done = start(tmp_path, "--root", small_root, "import", address, **more)
    assert (done.returncode, printed(done.stderr)) == (0, [])
    seen = (tmp_path / "seen").read_text(encoding="utf-8").splitlines()
    assert not [line for line in seen if "/no/such/program" in line or line == f"HOME={work}"]
    assert {line for line in seen if line.startswith(("GIT_TERMINAL_PROMPT=", "GIT_ALLOW_PROTOCOL="))} == {
        "GIT_TERMINAL_PROMPT=0",
        "GIT_ALLOW_PROTOCOL=file",
    }


def test_without_git_it_is_one_line(interop, small_root, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = interop(small_root, "import", "https://opendev.org/openinfra/interop")
    assert (done.returncode, printed(done.stderr)) == (
        2,
        ["interop: https://opendev.org/openinfra/interop cannot be fetched: git is not installed"],
    )


# --- a server that does not answer ------------------------------------------------------------------------------------

#: In the place of git: starts a process of its own, as git does, and waits with it.
SLOW = "sleep 60 & echo $! > {mark}.new; mv {mark}.new {mark}; wait"


def is_running(process: int) -> bool:
    """Whether a process runs; one that ended and that nobody waited for does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(") ")[2][0] != "Z"
    except OSError:
        return False


def test_fetching_has_a_limit_of_time(interop, small_root, tmp_path, monkeypatch) -> None:
    instead_of_git(tmp_path, monkeypatch, SLOW.format(mark=tmp_path / "mark"))
    monkeypatch.setattr(remote, "LIMIT", 1)
    done = interop(small_root, "import", "https://opendev.org/openinfra/interop")
    assert (done.returncode, printed(done.stderr)) == (
        2,
        ["interop: https://opendev.org/openinfra/interop cannot be fetched: it took more than 1 seconds"],
    )
    assert ended(int((tmp_path / "mark").read_text(encoding="utf-8")))


def ended(process: int) -> bool:
    """Whether a process ends within some seconds."""
    deadline = time.monotonic() + 10
    while is_running(process) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not is_running(process)


@pytest.mark.parametrize(
    "number, status, message",
    [(signal.SIGINT, 130, "interop: interrupted\n"), (signal.SIGTERM, 143, "")],
    ids=["interrupted", "terminated"],
)
def test_if_it_is_stopped_nothing_is_left(
    number, status, message, small_root, tmp_path, temporary, monkeypatch
) -> None:
    mark = tmp_path / "mark"
    instead_of_git(tmp_path, monkeypatch, SLOW.format(mark=mark))
    command = [sys.executable, "-m", "interop", "--root", small_root, "import", "https://opendev.org/openinfra/interop"]
    environ = environment(PYTHONPATH=str(ROOT / "_ext"), TMPDIR=str(temporary))
    with subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + LIMIT
        while not mark.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert list(temporary.iterdir()) != []
        process.send_signal(number)
        _, errors = process.communicate(timeout=LIMIT)
    assert (process.returncode, errors.partition("\n")[2]) == (status, message)
    assert ended(int(mark.read_text(encoding="utf-8")))
