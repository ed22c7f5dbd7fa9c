"""What ``make`` and pip say if Python is too old or gone, and whether the pinned packages are for the oldest Python."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from .. import mutants
from ..command_line import ROOT, environment

#: The oldest version that the README promises. Debian 12 has 3.11.2.
OLDEST = "3.11.0"
OLD_PYTHON = '#!/bin/sh\ntest "$1" = -V && echo Python 3.10.13\n'
TARGETS = ["html", "live", "test", "lint", "drift", "check", "import", "addresses", "accept", "bench", "pin"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files that ``make`` needs for its set-up, and ``old``, a Python that says it is 3.10."""
    for path in (ROOT / "Makefile", ROOT / "constraints.txt", *ROOT.glob("requirements*.txt")):
        shutil.copy(path, tmp_path)
    (tmp_path / "old").write_text(OLD_PYTHON, encoding="utf-8")
    (tmp_path / "old").chmod(0o755)
    return tmp_path


def make(folder: Path, *arguments: str) -> tuple[int, str]:
    """The exit status and the first line that make printed on the standard error."""
    done = subprocess.run(["make", *arguments], cwd=folder, env=environment(), capture_output=True, text=True)
    return done.returncode, done.stderr.partition("\n")[0]


@pytest.mark.parametrize("target", TARGETS)
def test_an_old_python_is_named_by_every_command(target: str, folder: Path) -> None:
    status, said = make(folder, target, "PYTHON=./old")
    assert status == 2
    assert said.startswith("This needs Python 3.11 or newer; Python 3.10.13 is too old.")
    assert said.endswith(f"make PYTHON=python3.11 {target}")
    assert not (folder / ".venv").exists()


def test_a_missing_python_is_named(folder: Path) -> None:
    assert make(folder, "html", "PYTHON=no-such-python")[1].startswith("no-such-python is not installed.")


@pytest.mark.parametrize("target", ["html", "lint"])
def test_an_environment_of_an_old_python_is_named(target: str, folder: Path) -> None:
    (folder / ".venv/bin").mkdir(parents=True)
    (folder / ".venv/bin/pip").touch()
    shutil.copy(folder / "old", folder / ".venv/bin/python")
    status, said = make(folder, target)
    assert (status, said) == (
        2,
        "This needs Python 3.11 or newer; Python 3.10.13 made .venv. Remove .venv and try again: rm -r .venv",
    )


@pytest.mark.parametrize("target", ["html", "lint"])
def test_an_environment_whose_python_is_gone_is_named(target: str, folder: Path) -> None:
    (folder / ".venv/bin").mkdir(parents=True)
    (folder / ".venv/bin/python").symlink_to("/no/such/python")
    for name in ("bin/pip", "site", "dev"):
        (folder / ".venv" / name).touch()
    status, said = make(folder, target)
    assert status == 2
    assert said.startswith("The Python that made .venv is not installed any more.")


def test_pip_of_an_old_python_names_the_version() -> None:
    """An older Python, and no other, meets a requirement whose file does not exist: pip shows its name."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    first = Requirement(next(line for line in lines if not line.startswith("#")))
    assert first.url == "file:///This.site.needs.Python.3.11.or.newer"
    assert not Path(first.url.removeprefix("file://")).exists()
    assert first.marker
    assert [first.marker.evaluate({"python_version": version}) for version in ("3.9", "3.10", "3.11", "3.14")] == [
        True,
        True,
        False,
        False,
    ]


def test_pinned_packages_are_for_the_oldest_python() -> None:
    """soupsieve 4.1 needed 3.11.5, so that ``make html`` failed on Debian 12."""
    pins = re.findall(r"^([\w.-]+)==(\S+)$", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(pins) > 50
    needed = {name: metadata.metadata(name)["Requires-Python"] for name, _ in pins}
    assert {name: why for name, why in needed.items() if why and OLDEST not in SpecifierSet(why)} == {}
    # Otherwise the line above would look at other packages than those that are pinned.
    assert {name: metadata.version(name) for name, _ in pins} == dict(pins)


def test_each_mutant_is_a_mistake_that_can_be_made() -> None:
    """``make mutants`` takes long and is run seldom; what its list names has to stand in the code, once."""
    for mutant in mutants.listed((ROOT / "tests/mutants.txt").read_text(encoding="utf-8")):
        text = (ROOT / "_ext/interop" / mutant.file).read_text(encoding="utf-8")
        assert text.count(mutant.old) == 1, str(mutant)
