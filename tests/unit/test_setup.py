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
from packaging.utils import canonicalize_name

from .. import mutants
from ..command_line import ROOT, environment
from ..soak import SWAPS, Soak

#: The oldest version that the README promises. Debian 12 has 3.11.2.
OLDEST = "3.11.0"
OLD_PYTHON = '#!/bin/sh\ntest "$1" = -V && echo Python 3.10.13\n'
TARGETS = [
    "html",
    "live",
    "test",
    "lint",
    "drift",
    "check",
    "import",
    "addresses",
    "accept",
    "bench",
    "upgrade",
    "dist",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files that ``make`` needs for its set-up, and ``old``, a Python that says it is 3.10."""
    for path in (ROOT / "Makefile", *ROOT.glob("requirements*.txt")):
        shutil.copy(path, tmp_path)
    shutil.copytree(ROOT / "constraints", tmp_path / "constraints")
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


def pinned(name: str) -> dict[str, tuple[str, list[str]]]:
    """The packages that a list pins for this system: version and hashes by name."""
    text = (ROOT / f"constraints/{name}.txt").read_text(encoding="utf-8").replace(" \\\n", " ")
    found = {}
    for line in text.splitlines():
        parts = re.split(r"\s+--hash=", line)
        requirement = Requirement(parts[0])
        (version,) = (each.version for each in requirement.specifier if each.operator == "==")
        if not requirement.marker or requirement.marker.evaluate():
            found[canonicalize_name(requirement.name)] = version, parts[1:]
    return found


def test_pinned_packages_are_for_the_oldest_python() -> None:
    """soupsieve 4.1 needed 3.11.5, so that ``make html`` failed on Debian 12."""
    pins = {name: version for name, (version, _) in pinned("dev").items()}
    assert len(pins) > 50
    needed = {name: metadata.metadata(name)["Requires-Python"] for name in pins}
    assert {name: why for name, why in needed.items() if why and OLDEST not in SpecifierSet(why)} == {}
    # Otherwise the line above would look at other packages than those that are pinned.
    assert {name: metadata.version(name) for name in pins} == pins


@pytest.mark.parametrize("name", ["site", "live", "dev"])
def test_the_lists_pin_what_is_required_with_hashes(name: str) -> None:
    pins, everything = pinned(name), pinned("dev")
    assert all(
        hashes and all(re.fullmatch("sha256:[0-9a-f]{64}", one) for one in hashes) for _, hashes in pins.values()
    )
    assert pins.items() <= everything.items()
    path = ROOT / ("requirements.txt" if name == "site" else f"requirements-{name}.txt")
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] not in "#-"]
    for requirement in map(Requirement, lines):
        if not requirement.marker or requirement.marker.evaluate():
            assert pins[canonicalize_name(requirement.name)][0] in requirement.specifier, str(requirement)


def test_the_licence_of_every_package_is_listed() -> None:
    rows = (ROOT / "constraints/licences.md").read_text(encoding="utf-8").splitlines()[2:]
    listed = {
        canonicalize_name(name): (version, licence)
        for _, name, version, licence, _ in (re.split(r"\s*\|\s*", row) for row in rows)
    }
    assert {name: version for name, (version, _) in listed.items()} == {
        name: version for name, (version, _) in pinned("dev").items()
    }
    assert all(licence and licence != "UNKNOWN" for _, licence in listed.values())


def test_each_mutant_is_a_mistake_that_can_be_made() -> None:
    """``make mutants`` takes long and is run seldom; what its list names has to stand in the code, once."""
    for mutant in mutants.listed((ROOT / "tests/mutants.txt").read_text(encoding="utf-8")):
        text = (ROOT / "_ext/interop" / mutant.file).read_text(encoding="utf-8")
        assert text.count(mutant.old) == 1, str(mutant)


def test_random_edits_find_their_texts(tmp_path: Path) -> None:
    """A step that is seldom taken would tell otherwise only by chance."""
    files = Soak(tmp_path / "soak", 0).project.folder
    missing = [
        (path, old) for path, swaps in SWAPS.items() for old, _ in swaps if old not in (files / path).read_text()
    ]
    assert missing == []
