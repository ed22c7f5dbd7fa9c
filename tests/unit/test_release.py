"""``make dist``: what is in a release, and that it is the same whoever packs it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from interop import __version__
from interop.tools import release

from ..command_line import ROOT


def pack(site: Path, target: Path, umask: int, **environment: str) -> Path:
    known = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
    subprocess.run(
        [sys.executable, "-m", "interop.tools.release", str(site), str(target)],
        cwd=ROOT,
        env=known | {"PYTHONPATH": "_ext"} | environment,
        check=True,
        capture_output=True,
        umask=umask,
    )
    return target


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "html/api/v1").mkdir(parents=True)
    (tmp_path / "html/index.html").write_text("<title>Home</title>", encoding="utf-8")
    (tmp_path / "html/api/v1/all.csv").write_text("guideline\n", encoding="utf-8")
    return tmp_path / "html"


def test_a_release_has_site_data_and_package(site: Path, tmp_path: Path) -> None:
    one = pack(site, tmp_path / "one", 0o022, SOURCE_DATE_EPOCH="1767225600")
    other = pack(site, tmp_path / "other", 0o077, SOURCE_DATE_EPOCH="1767225600")
    files = {path.name: path.read_bytes() for path in one.iterdir()}
    assert files == {path.name: path.read_bytes() for path in other.iterdir()}
    name = f"interop-guidelines-{__version__}"
    package = f"interop_guidelines-{__version__}-py3-none-any.whl"
    archives = {f"{name}-site.tar.gz", f"{name}.tar.gz", package}
    assert files.keys() == archives | {"SHA256SUMS"}
    sums = "".join(f"{hashlib.sha256(files[each]).hexdigest()}  {each}\n" for each in sorted(archives))
    assert files["SHA256SUMS"].decode() == sums
    with tarfile.open(one / f"{name}-site.tar.gz") as packed:
        assert packed.getnames() == [f"{name}-site/{path}" for path in ("api/v1/all.csv", "index.html")]
        assert {(member.mtime, member.mode, member.uid) for member in packed} == {(1767225600, 0o644, 0)}
    with tarfile.open(one / f"{name}.tar.gz") as packed:
        listed = {path.removeprefix(f"{name}/") for path in packed.getnames()}
    record = {path.relative_to(ROOT).as_posix() for path in (ROOT / "guidelines").rglob("*.yaml")}
    assert record | {"api/v1/all.csv", "LICENSE", "NOTICE", "CHANGELOG.md"} <= listed
    assert not [path for path in listed if "__pycache__" in path]
    with zipfile.ZipFile(one / package) as packed:
        assert "interop/sphinx_ext/references.py" in packed.namelist()


def test_without_a_time_files_are_of_1980(site: Path, tmp_path: Path) -> None:
    pack(site, tmp_path / "out", 0o022)
    with tarfile.open(tmp_path / f"out/interop-guidelines-{__version__}-site.tar.gz") as packed:
        assert {member.mtime for member in packed} == {315532800}


@pytest.mark.parametrize(
    ("changes", "told"), [("### Added\n\n- A page.\n\n", True), ("- A page.\n", True), ("", False), ("\n", False)]
)
def test_changes_without_a_version_are_told(changes: str, told: bool) -> None:
    text = f"# Changelog\n\n## [Unreleased]\n\n{changes}"
    assert release.is_unreleased(f"{text}## [1] - 2026-01-01\n\n### Added\n") is told
    assert release.is_unreleased(text) is told
