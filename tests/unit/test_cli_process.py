"""The command line as a process of its own: how it starts, its exit status, its streams, its environment."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ..command_line import LIMIT, ROOT, environment, start

MINI = ROOT / "tests/fixtures/mini/guidelines"
CORPUS = ROOT / "tests/corpus"
CLEAN = "0 errors, 0 observations (0 known)\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the small record in ``guidelines``."""
    shutil.copytree(MINI, tmp_path / "guidelines")
    return tmp_path


def test_it_checks_the_record_of_the_folder_it_is_started_in(folder: Path) -> None:
    done = start(folder, "check")
    assert (done.returncode, done.stdout, done.stderr) == (0, CLEAN, "")


def test_faults_give_status_1_and_wrong_use_status_2(folder: Path) -> None:
    (folder / "guidelines/powered/2031.06.yaml").write_text("", encoding="utf-8")
    faults, wrong = start(folder, "check"), start(folder, "burn")
    assert (faults.returncode, faults.stderr) == (1, "")
    assert "guidelines/powered/2031.06.yaml:1: error empty:" in faults.stdout
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("usage: interop ")


def test_the_environment_names_the_record_and_an_option_overrides_it(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    named = start(elsewhere, "check", INTEROP_GUIDELINES=str(folder / "guidelines"))
    assert (named.returncode, named.stdout) == (0, CLEAN)
    given = start(elsewhere, "--root", folder / "guidelines", "check", INTEROP_GUIDELINES="nowhere")
    assert (given.returncode, given.stdout) == (0, CLEAN)
    assert start(elsewhere, "check", INTEROP_GUIDELINES="nowhere").returncode == 1


def test_a_reader_that_stops_reading_is_no_crash() -> None:
    """``export`` prints more than a pipe holds, so it is still writing when the reader goes."""
    command = [sys.executable, "-m", "interop", "export", "powered/2020.06"]
    environ = environment(PYTHONPATH=str(ROOT / "_ext"))
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        assert process.stdout.readline() == b"{\n"
        process.stdout.close()
        assert process.wait(LIMIT) == 1
        assert process.stderr.read() == b""


def test_a_terminal_that_knows_ascii_only_gets_escapes(folder: Path) -> None:
    shutil.copytree(CORPUS / "hostile-text/guidelines", folder / "guidelines", dirs_exist_ok=True)
    expected = (CORPUS / "hostile-text/expected.txt").read_text(encoding="utf-8")
    assert not expected.isascii()
    done = start(folder, "check", PYTHONIOENCODING="ascii")
    assert done.stdout == expected.encode("ascii", "backslashreplace").decode()
    assert done.stderr == ""


def test_names_are_printed_in_utf_8(folder: Path) -> None:
    shutil.copytree(CORPUS / "hostile-text/guidelines", folder / "guidelines", dirs_exist_ok=True)
    assert start(folder, "check").stdout == (CORPUS / "hostile-text/expected.txt").read_text(encoding="utf-8")
