"""Import of what cannot be read or written: one line for each, exit status 1, and nothing written."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ..command_line import LIMIT, ROOT

POWERED, DNS = "powered/2031.07", "dns/2031.07"
NOBODY = 65534


def written(root: Path) -> list[str]:
    """The files of a guidelines folder but its catalogue; other things in it, such as pipes, are not looked at."""
    return sorted(
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and "catalogue" not in path.parts
    )


def _socket(path: Path) -> None:
    folder = os.open(path.parent, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as made:  # The path of a socket may be no longer than 107 bytes.
        made.bind(f"/proc/self/fd/{folder}/{path.name}")
    os.close(folder)


SOURCES: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "a link to nothing": (lambda p: p.symlink_to("nowhere"), "unreadable", "No such file or directory"),
    "a link to itself": (lambda p: p.symlink_to(p.name), "unreadable", "Too many levels of symbolic links"),
    "a link to a device": (lambda p: p.symlink_to("/dev/zero"), "unreadable", "is not a regular file"),
    "a pipe": (os.mkfifo, "unreadable", "is not a regular file"),
    "a socket": (_socket, "unreadable", "is not a regular file"),
    "too large": (lambda p: p.write_bytes(b"[" + b" " * 4_000_000 + b"]"), "too-large", "has 4,000,002 bytes"),
    "not UTF-8": (lambda p: p.write_bytes(b'{"a": "\xff"}'), "encoding", "byte 0xff is not UTF-8"),
    "UTF-16": (lambda p: p.write_text("{}", encoding="utf-16"), "encoding", "is not UTF-8"),
    "not JSON": (lambda p: p.write_bytes(b"{'a': 1}"), "syntax", "not JSON: "),
    "empty": (lambda p: p.write_bytes(b""), "empty", "the file is empty"),
    "too deep": (lambda p: p.write_bytes(b"[" * 100_000 + b"]" * 100_000), "too-deep", "nested"),
}


@pytest.mark.parametrize("name", ["2031.07.json", "draft.json"])
@pytest.mark.parametrize("what", SOURCES)
def test_a_source_that_cannot_be_read_is_one_line(what, name, interop, small_root, tmp_path) -> None:
    source = tmp_path / name
    make, code, message = SOURCES[what]
    make(source)
    done = interop(small_root, "import", source)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"{source}:1: error {code}: ")
    assert message in line
    assert "; " in line, "no word of what would be right"
    assert written(small_root) == []


@pytest.mark.parametrize("what", SOURCES)
def test_in_a_folder_the_other_files_are_imported(what, interop, small_root, official_fixtures, tmp_path) -> None:
    folder = tmp_path / "upstream"
    (folder / "dns").mkdir(parents=True)
    shutil.copy(official_fixtures / f"{DNS}.json", folder / "dns")
    make, code, _ = SOURCES[what]
    code = "outside" if what == "a link to a device" else code
    make(folder / "2031.07.json")
    done = interop(small_root, "import", folder)
    assert done.returncode == 1
    assert [line for line in done.stderr.splitlines() if " error " in line] == [
        line for line in done.stderr.splitlines() if line.startswith(f"{folder}/2031.07.json:1: error {code}: ")
    ]
    assert f"{DNS}: written" in done.stdout
    assert written(small_root) == [f"{DNS}.yaml"]


@pytest.mark.parametrize("target", ["powered", "nowhere", "a device"])
def test_a_folder_may_be_a_link_to_itself_or_to_nothing(target, interop, small_root, tmp_path) -> None:
    folder = tmp_path / "upstream"
    folder.mkdir()
    (folder / "powered").symlink_to("/dev/null" if target == "a device" else target)
    done = interop(small_root, "import", folder)
    if target == "a device":
        assert (done.returncode, done.stdout) == (1, f"{folder}/powered: not imported\n")
        assert done.stderr.startswith(f"{folder}/powered:1: error outside: ")
    else:
        assert (done.returncode, done.stdout) == (1, f"{folder}/powered: not imported\n")
        assert done.stderr.startswith(f"{folder}/powered:1: error unreadable: cannot be read: ")
    assert len(done.stderr.splitlines()) == 1
    assert written(small_root) == []


@pytest.mark.parametrize("of", ["file", "folder"])
def test_a_link_out_of_the_source_is_not_followed(of, interop, small_root, official_fixtures, tmp_path) -> None:
    folder, secret = tmp_path / "upstream", tmp_path / "secret"
    folder.mkdir()
    secret.mkdir()
    shutil.copy(official_fixtures / f"{POWERED}.json", secret)
    link = folder / ("2031.07.json" if of == "file" else "guidelines")
    link.symlink_to(secret / "2031.07.json" if of == "file" else secret)
    done = interop(small_root, "import", folder)
    assert (done.returncode, done.stdout) == (1, f"{link}: not imported\n")
    assert done.stderr == (
        f"{link}:1: error outside: is, or is below, a symbolic link to a target outside the folder to import; "
        "import the target by itself\n"
    )
    assert written(small_root) == []
    # A user who names the link means its target, and a link within the source is as good as a file.
    assert interop(small_root, "import", link).returncode == 0
    shutil.copy(official_fixtures / f"{POWERED}.json", folder / "first.json")
    link.unlink()
    (folder / "2031.07.json").symlink_to("first.json")
    assert interop(small_root, "import", folder).returncode == 0


def test_a_name_cannot_write_to_the_terminal(interop, small_root, tmp_path) -> None:
    source = tmp_path / "\x1b[2Jdraft\n.json"
    source.write_text("{}", encoding="utf-8")
    done = interop(small_root, "import", source)
    assert done.returncode == 1
    assert all(line.isprintable() for line in (done.stdout + done.stderr).splitlines())
    assert len(done.stderr.splitlines()) == len([line for line in done.stderr.splitlines() if " error " in line])


@pytest.mark.parametrize(
    "option, value",
    [
        ("--commit", "main"),
        ("--commit", "\x1b[1m"),
        ("--commit", "a\ud800"),
        ("--repository", "javascript:alert(1)"),
        ("--repository", "https://git.example.org/a b"),
    ],
)
def test_an_option_that_the_record_would_not_accept_is_wrong_use(
    option, value, interop, small_root, official_fixtures
) -> None:
    done = interop(small_root, "import", official_fixtures / f"{POWERED}.json", option, value)
    assert done.returncode == 2
    assert f"argument {option}: {value!a} is not " in done.stderr
    assert written(small_root) == []


def test_a_record_folder_that_is_a_link_to_itself_is_wrong_use(interop, tmp_path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    for command in (["check"], ["export", POWERED], ["import", tmp_path]):
        done = interop(tmp_path / "loop", *command)
        assert done.returncode in (1, 2)
        assert "loop" in done.stderr + done.stdout


# --- the place to write to --------------------------------------------------------------------------------------------


def _out(path: Path) -> None:
    path.symlink_to(path.parents[2] / "elsewhere.yaml")


TARGETS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a folder": (Path.mkdir, "unreadable: is not a regular file"),
    "a pipe": (os.mkfifo, "unreadable: is not a regular file"),
    "a link to itself": (lambda p: p.symlink_to(p.name), "unreadable: is not a regular file"),
    "a link out": (_out, "outside: is, or is below, a symbolic link to a target outside the guidelines folder"),
}


@pytest.mark.parametrize("what", TARGETS)
def test_a_target_that_cannot_be_written_is_one_line(what, interop, small_root, official_fixtures, tmp_path) -> None:
    target = small_root / f"{POWERED}.yaml"
    target.parent.mkdir()
    make, message = TARGETS[what]
    make(target)
    done = interop(small_root, "import", official_fixtures / f"{POWERED}.json", "--commit", "0a1b2c3d4e5f")
    assert (done.returncode, done.stdout) == (1, f"{POWERED}: not imported\n")
    assert done.stderr.startswith(f"{target}:1: error {message}; ")
    assert not (tmp_path / "elsewhere.yaml").exists()


def test_a_file_in_place_of_the_folder_to_write_to(interop, small_root, official_fixtures) -> None:
    (small_root / "powered").write_text("", encoding="utf-8")
    done = interop(small_root, "import", official_fixtures / f"{POWERED}.json", "--commit", "0a1b2c3d4e5f")
    assert (done.returncode, done.stdout) == (1, f"{POWERED}: not imported\n")
    assert done.stderr.startswith(f"{small_root}/{POWERED}.yaml:1: error unreadable: cannot be written: ")


def test_a_file_that_was_cut_off_is_replaced(interop, small_root, official_fixtures) -> None:
    interop(small_root, "import", official_fixtures / f"{POWERED}.json")
    target = small_root / f"{POWERED}.yaml"
    whole = target.read_bytes()
    target.write_bytes(whole[:100] + b"\xff")
    done = interop(small_root, "import", official_fixtures / f"{POWERED}.json")
    assert done.stdout.startswith(f"{POWERED}: changed\n")
    assert target.read_bytes() == whole
    assert written(small_root) == [f"{POWERED}.yaml"]


def test_without_a_catalogue_nothing_is_imported(interop, tmp_path, official_fixtures) -> None:
    done = interop(tmp_path / "nowhere", "import", official_fixtures / f"{POWERED}.json")
    assert (done.returncode, done.stdout) == (1, "")
    assert "nowhere/catalogue/programs.yaml:1: error unreadable: " in done.stderr
    assert not (tmp_path / "nowhere").exists()


# --- file modes, which count for all but root -------------------------------------------------------------------------

AS_NOBODY = f"""
import os, sys
from interop.__main__ import main
main(["--root", sys.argv[1], "import", sys.argv[3]])
sys.stdout.flush()
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid({NOBODY})
    os.setuid({NOBODY})
print("---", flush=True)
print("---", file=sys.stderr, flush=True)
sys.exit(main(["--root", sys.argv[1], "import", sys.argv[2]]))
"""


@pytest.mark.parametrize(
    "closed, source, place",
    [
        ("upstream", "upstream", "upstream"),
        ("upstream", "upstream/2031.07.json", "upstream/2031.07.json"),
        ("upstream/2031.07.json", "upstream", "upstream/2031.07.json"),
        ("upstream/2031.07.json", "upstream/2031.07.json", "upstream/2031.07.json"),
        ("upstream/powered", "upstream", "upstream/powered"),
        ("guidelines/powered", "upstream", "guidelines/powered/2031.07.yaml"),
    ],
)
def test_what_is_closed_to_us_is_one_line(closed, source, place, small_root, official_fixtures) -> None:
    folder = Path(tempfile.mkdtemp())  # Not in tmp_path, whose parents are closed to nobody.
    folder.chmod(0o755)
    shutil.copytree(small_root, folder / "guidelines")
    try:
        for part in ("upstream/powered", "guidelines/powered"):
            (folder / part).mkdir(parents=True)
        shutil.copy(official_fixtures / f"{POWERED}.json", folder / "upstream/2031.07.json")
        (folder / "guidelines/powered").chmod(0o777)
        (folder / closed).chmod(0o555 if closed.startswith("guidelines") else 0)
        command = [sys.executable, "-c", AS_NOBODY, folder / "guidelines", folder / source, "/dev/null"]
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "_ext"), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=LIMIT)
        (line,) = [line for line in done.stderr.partition("---\n")[2].splitlines() if ": error " in line]
        assert done.returncode == 1
        assert line.startswith(f"{folder}/{place}:1: error unreadable: cannot be ")
        assert "Permission denied" in line
        others = [f"{POWERED}.yaml"] if closed == "upstream/powered" else []
        assert written(folder / "guidelines") == others
    finally:
        (folder / closed).chmod(0o755)
        shutil.rmtree(folder)
