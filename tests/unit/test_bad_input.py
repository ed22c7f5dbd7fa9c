"""Bad input: each folder of ``tests/corpus`` is laid over a copy of the small record, checked, and compared.

``expected.txt`` is all that ``python -m interop check`` prints; ``make accept`` rewrites it. What cannot stand in a
repository (a file of 50 MB, a symbolic link that leads out, a pipe) is made by the function of the case's name in
``MAKE``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from interop.analysis.rules import REGISTRY
from interop.record.problems import CODES

from .. import command_line

TESTS = Path(__file__).parents[1]
CORPUS = TESTS / "corpus"
MINI = TESTS / "fixtures" / "mini" / "guidelines"
EXTENSION = TESTS.parent / "_ext"
CASES = sorted(folder.name for folder in CORPUS.iterdir() if folder.is_dir())
NOBODY = 65534


def _powered(root: Path, name: str) -> Path:
    return root / "powered" / name


def _as(root: Path, name: str) -> str:
    """The valid draft of the small record under another id, as text."""
    return _powered(root, "next.yaml").read_text().replace("id: 'next'", f"id: '{name}'")


def _too_large(root: Path) -> None:
    for name in ("2031.06.yaml", "2031.07.json"):
        with _powered(root, name).open("wb") as file:
            file.write(b"metadata:\n")
            file.truncate(50_000_000)


def _too_deep(root: Path) -> None:
    deep = 10_000
    _powered(root, "2031.06.yaml").write_text("[" * deep + "]" * deep)
    _powered(root, "2031.07.yaml").write_text("".join(" " * level + "a:\n" for level in range(1500)))
    _powered(root, "2031.08.yaml").write_text("a:\n" + "- " * deep + "b\n")
    _powered(root, "2031.09.yaml").write_text("? " * deep + "a\n")
    _powered(root, "2031.10.json").write_text("[" * deep + "]" * deep)
    _powered(root, "2031.11.json").write_text('{"a":' * deep + "1" + "}" * deep)
    _powered(root, "2031.12.json").write_text('{"a":\n' * 60 + "1" + "}" * 60)
    _powered(root, "2032.01.json").write_text("[" * deep)


def _not_utf_8(root: Path) -> None:
    _powered(root, "2031.06.yaml").write_bytes("metadata:\n  id: '2031.06'\n  source: caf\u00e9\n".encode("latin-1"))
    _powered(root, "2031.07.json").write_bytes('{"metadata": {}}'.encode("utf-16"))
    _powered(root, "2031.08.json").write_bytes(b'{\n"metadata": "\xed\xa0\x80"}')
    _powered(root, "2031.09.yaml").write_bytes(bytes(range(256)))


def _line_ends(root: Path) -> None:
    _powered(root, "2031.06.yaml").write_bytes(_as(root, "2031.06").replace("\n", "\r\n").encode())
    _powered(root, "2031.07.yaml").write_bytes(b"\xef\xbb\xbf" + _as(root, "2031.07").encode())
    wrong = _as(root, "2031.08").replace("status: draft", "status: drafty")
    _powered(root, "2031.08.yaml").write_bytes(b"\xef\xbb\xbf" + wrong.replace("\n", "\r\n").encode())
    _powered(root, "2031.10.yaml").write_bytes(b"metadata:\n  id: '2031.10'\nrecord")
    _powered(root, "2031.09.json").write_bytes(b'\xef\xbb\xbf{\r\n"metadata": 7,\r\n\t"id": "2031.09"\r\n}')


def _raw_controls(root: Path) -> None:
    _powered(root, "2031.06.yaml").write_bytes("metadata:\n  id: '\u00e9\u00e9\u00e9\u00e9'\n  source: \a\n".encode())
    _powered(root, "2031.07.yaml").write_bytes(b"metadata:\n  id: '2031.07\x00'\n")
    _powered(root, "2031.08.yaml").write_bytes(b"\x1b[2J\n")
    _powered(root, "2031.09.json").write_bytes(b'{\n"id": "2031.09\x07"}')
    _powered(root, "2031.10.yaml").write_bytes("metadata:\n  id: '2031.10\u0085'\n  source: \x7f\n".encode())


def _link_out(root: Path) -> None:
    outside = root.parent / "outside"
    outside.mkdir()
    (outside / "2031.06.yaml").write_text(_as(root, "2031.06"))
    _powered(root, "2031.06.yaml").symlink_to(outside / "2031.06.yaml")
    _powered(root, "2031.07.json").symlink_to("/etc/passwd")
    _powered(root, "2031.08.json").symlink_to("/dev/zero")
    shutil.rmtree(root / "dns")
    (root / "dns").symlink_to(outside)
    (root / "catalogue" / "known.yaml").rename(root.parent / "known.yaml")
    (root / "catalogue" / "known.yaml").symlink_to("../../known.yaml")


def _link_inside(root: Path) -> None:
    _powered(root, "draft.txt").write_text(_as(root, "2031.06"))
    _powered(root, "2031.06.yaml").symlink_to("draft.txt")


def _no_file(root: Path) -> None:
    _powered(root, "2031.06.yaml").mkdir()
    _powered(root, "2031.07.json").mkdir()
    os.mkfifo(_powered(root, "2031.08.yaml"))
    _powered(root, "2031.09.yaml").symlink_to("2031.09.yaml")
    _powered(root, "2031.10.yaml").symlink_to("2031.11.yaml.gone")
    (root / "catalogue" / "known.yaml").unlink()
    (root / "catalogue" / "known.yaml").mkdir()


def _unreadable(root: Path) -> None:
    _powered(root, "2031.06.yaml").write_text(_as(root, "2031.06"))
    _powered(root, "2031.06.yaml").chmod(0)
    (root / "dns").chmod(0)
    (root / "catalogue" / "releases.yaml").chmod(0)


def _unreadable_root(root: Path) -> None:
    root.chmod(0)


def _unreadable_catalogue(root: Path) -> None:
    (root / "catalogue").chmod(0)


def _no_folder(root: Path) -> None:
    shutil.rmtree(root)


def _file_names(root: Path) -> None:
    for name in (
        b"\xff.yaml",
        b"a\nb.yaml",
        b"2031.06 copy.yaml",
        b"..2031.yaml",
        b"UP.yaml",
        b"\x1b[2J.yaml",
        b"<img src=x>.yaml",
    ):
        Path(os.fsdecode(os.fsencode(root / "powered") + b"/" + name)).write_text(_as(root, "2031.06"))
    # Locks and swap files of editors, and hidden files, are nobody's guideline.
    _powered(root, ".#2031.01.yaml").symlink_to("me@host.1234")
    _powered(root, ".2031.01.yaml.swp").write_text("")
    (root / ".git").mkdir()
    (root / "<b>").mkdir()


def _names_of_files(root: Path) -> None:
    for name in ("index", "con", "2031.html", "2031.06.", "a" * 101):  # "con" cannot be a file of the repository.
        _powered(root, f"{name}.yaml").write_text(_as(root, name))


#: What makes the cases that have no files of their own.
MAKE: dict[str, Callable[[Path], None]] = {
    "file-names": _file_names,
    "line-ends": _line_ends,
    "link-inside": _link_inside,
    "link-out": _link_out,
    "names-of-files": _names_of_files,
    "no-file": _no_file,
    "no-folder": _no_folder,
    "not-utf-8": _not_utf_8,
    "raw-control-characters": _raw_controls,
    "too-deep": _too_deep,
    "too-large": _too_large,
    "unreadable": _unreadable,
    "unreadable-catalogue": _unreadable_catalogue,
    "unreadable-root": _unreadable_root,
}


#: Runs the check as nobody, for whom file modes count; once before as root, as nobody may not reach Python to import.
AS_NOBODY = f"""
import contextlib, io, os, sys
from interop.__main__ import main
with contextlib.redirect_stdout(io.StringIO()):
    main(["check"])
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid({NOBODY})
    os.setuid({NOBODY})
sys.exit(main(["check"]))
"""


def _lay(case: str, into: Path) -> Path:
    """A copy of the small record under ``into`` with the files of ``case`` over it."""
    root = into / "guidelines"
    shutil.copytree(MINI, root)
    if (CORPUS / case / "guidelines").is_dir():
        shutil.copytree(CORPUS / case / "guidelines", root, dirs_exist_ok=True)
    if case in MAKE:
        MAKE[case](root)
    return root


def _check(folder: Path, as_nobody: bool = False) -> subprocess.CompletedProcess[str]:
    if not as_nobody:
        return command_line.run(folder / "guidelines", "check")
    # An environment of its own: nobody may not write what a coverage measurement would.
    return subprocess.run(
        [sys.executable, "-c", AS_NOBODY],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(EXTENSION), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=command_line.LIMIT,
    )


def _expected(case: str) -> str:
    path = CORPUS / case / "expected.txt"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def check_case(case: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What the check says about ``case``, laid out in ``folder``, which the user nobody reads too."""
    folder.chmod(0o755)
    root = _lay(case, folder)
    try:
        return _check(folder, as_nobody=case.startswith("unreadable"))
    finally:  # The modes are put right, so that the folder can be removed.
        for path in (root, root / "dns", root / "catalogue"):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)


@pytest.mark.parametrize("case", CASES)
def test_says_all_that_is_wrong(case: str) -> None:
    # Not in tmp_path: other runs of pytest close its parents to the user nobody.
    with tempfile.TemporaryDirectory() as folder:
        done = check_case(case, Path(folder))
    assert done.stderr == ""
    expected = _expected(case)
    assert done.stdout == expected, "if this change is intended, run: make accept"
    assert done.returncode == (1 if expected.count("\n") > 1 else 0)  # Only what is new is told.


@pytest.mark.parametrize("case", CASES)
def test_every_line_says_where_what_and_what_would_be_right(case: str) -> None:
    assert _expected(case), f"{case} has no expected.txt; run: make accept"
    *lines, last = _expected(case).splitlines()
    found = {"error": 0, "observation": 0}
    for line in lines:
        match = re.fullmatch(r"guidelines[^:]*:[1-9]\d*: (error|observation) ([a-z-]+): (.+?); (.+)", line)
        assert match, line
        assert match[2] in CODES or match[2] in REGISTRY, line
        assert line.isprintable(), line
        assert len(line) < 500, line
        found[match[1]] += match[2] in CODES
    findings = r"(?:; \d+ findings? \(\d+ known\) of the process rules)?"
    hidden = r"(?:; the process rules are evaluated(?: for [a-z, -]+)? when the errors are corrected)?"
    advice = rf"{findings}(; correct what is new, .*)?{hidden}"
    numbers = re.fullmatch(rf"(\d+) errors?, (\d+) observations? \((\d+) known\){advice}", last)
    assert numbers
    wrong, all, known = map(int, numbers.groups()[:3])
    assert [wrong, all - known] == list(found.values())
    assert bool(numbers[4]) == (not wrong and all > known)


def test_small_record_is_clean(tmp_path: Path) -> None:
    shutil.copytree(MINI, tmp_path / "guidelines")
    done = _check(tmp_path)
    assert (done.stdout, done.stderr, done.returncode) == ("0 errors, 0 observations (0 known)\n", "", 0)


def test_every_code_has_a_case() -> None:
    said = {code for case in CASES for code in re.findall(r": (?:error|observation) ([a-z-]+): ", _expected(case))}
    # No file can make a rule crash; test_rules.py has one that does. Lists that somebody keeps are in test_listed.py.
    assert sorted(said - REGISTRY.keys()) == sorted(CODES.keys() - {"rule-crashed", "not-a-test"})


def test_every_made_case_has_a_folder() -> None:
    assert set(MAKE) <= set(CASES)
    bare = {case for case in CASES if not (CORPUS / case / "guidelines").is_dir()}
    assert bare <= set(MAKE)


def test_nothing_of_a_python_tag_is_run(tmp_path: Path) -> None:
    _lay("python-tags", tmp_path)
    _check(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["guidelines"]
