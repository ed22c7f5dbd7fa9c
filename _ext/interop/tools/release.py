"""Packs a release: the site, the data and the package of the references for Sphinx. ``make dist`` runs it.

All archives are reproducible: their members are sorted, belong to nobody, and have the time ``SOURCE_DATE_EPOCH``, by
default the oldest time that a wheel can have.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .. import __version__

#: 1 January 1980 in UTC, in seconds since 1970.
OLDEST = 315532800
NAME = "interop-guidelines"
#: The files of a release beside the archives.
SUMS = "SHA256SUMS"
#: What the data consists of: the files of the record, their schemas, and what a reader of them must know.
DATA = ("guidelines", "_schemas", "CHANGELOG.md", "LICENSE", "NOTICE")
#: What of the project is in the wheel.
_PACKAGE = ("pyproject.toml", "_ext", "LICENSE", "NOTICE")


def main(arguments: list[str]) -> int:
    """Pack the site in the folder ``arguments[0]`` and the project in this folder into the folder ``arguments[1]``.

    Raises OSError and subprocess.CalledProcessError if an archive cannot be written.
    """
    site, target = map(Path, arguments)
    seconds = max(int(os.environ.get("SOURCE_DATE_EPOCH") or OLDEST), OLDEST)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    name = f"{NAME}-{__version__}"
    _pack(target / f"{name}-site.tar.gz", f"{name}-site", {"": site}, seconds)
    data = {part: Path(part) for part in DATA} | {"api": site / "api"}
    _pack(target / f"{name}.tar.gz", name, data, seconds)
    _wheel(target, seconds)
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(target.iterdir())]
    (target / SUMS).write_text("".join(lines), encoding="utf-8")
    if is_unreleased(Path("CHANGELOG.md").read_text(encoding="utf-8")):
        print(f"There are changes since version {__version__}: see Unreleased in CHANGELOG.md.", file=sys.stderr)
    for path in sorted(target.iterdir()):
        print(f"{path.stat().st_size:12,}  {path}")
    return 0


def is_unreleased(changelog: str) -> bool:
    """Whether a changelog in the form of Keep a Changelog has changes under "Unreleased"."""
    return re.search(r"## \[Unreleased\]\s*(?:\Z|## \[)", changelog) is None


def _pack(target: Path, folder: str, parts: dict[str, Path], seconds: int) -> None:
    """Write an archive with one folder, which has the files and folders ``parts`` under their names."""
    members = sorted(member for name, path in parts.items() for member in _members(name, path))
    with (
        target.open("wb") as file,
        gzip.GzipFile("", "wb", mtime=seconds, fileobj=file) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name, path in members:
            info = tarfile.TarInfo(f"{folder}/{name}")
            info.size, info.mtime, info.mode = path.stat().st_size, seconds, 0o644
            with path.open("rb") as content:
                archive.addfile(info, content)


def _members(name: str, path: Path) -> Iterator[tuple[str, Path]]:
    """The files of a part, with their names in the archive; not what Python or an editor leaves beside them."""
    if path.is_file():
        yield name, path
        return
    for file in path.rglob("*"):
        place = (Path(name) / file.relative_to(path)).as_posix()
        if file.is_file() and "__pycache__" not in place and not file.name.startswith("."):
            yield place, file


def _wheel(target: Path, seconds: int) -> None:
    """Build the wheel in a copy of what it needs: setuptools leaves folders where it works."""
    with tempfile.TemporaryDirectory() as folder:
        for part in map(Path, _PACKAGE):
            if part.is_dir():
                shutil.copytree(part, Path(folder) / part, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
            else:
                shutil.copy(part, folder)
        for path in Path(folder).rglob("*"):  # The wheel has the modes of the files, those it makes too.
            path.chmod(0o755 if path.is_dir() else 0o644)
        command = [sys.executable, "-m", "pip", "wheel", "-qq", "--disable-pip-version-check", "--no-index"]
        command += ["--no-deps", "--no-build-isolation", "--wheel-dir", str(target), folder]
        subprocess.run(command, check=True, env=os.environ | {"SOURCE_DATE_EPOCH": str(seconds)}, umask=0o022)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
