"""Finds official JSON files in a folder by program or an upstream checkout, with the program and id of each."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..record import discovery, scoring, source
from ..record.problems import Problem
from ..record.schemas import ID, RELEASE

_NAME = re.compile(r"(?:(?P<program>[a-z-]+)\.)?(?P<id>\d{4}\.\d{2}|next)\.json")
#: Folders with guidelines, in a folder by program and in the two layouts of the upstream repository.
_FOLDERS = ("", "powered", "guidelines", "add-ons", "add-ons/guidelines", "verticals")
#: The folders of the scorings from before the guidelines, with their names there: in the upstream repository, then and
#: later, and in a folder by program.
_SCORINGS = {folder: re.compile(r"(?P<id>[a-z]{3,})core\.json") for folder in ("", "legacy")}
_SCORINGS[scoring.PROGRAM] = re.compile(r"(?P<id>[a-z]{3,}?)(core)?\.json")


@dataclass(frozen=True)
class Official:
    """An official file, with the program and id of its guideline."""

    path: Path
    program: str
    id: str


def find(path: Path, programs: Collection[str]) -> tuple[list[Official], list[Problem]]:
    """The official files in ``path``, a file or a folder, and the problems of what cannot be read."""
    if os.path.isdir(path):  # noqa: PTH112  # Path.is_dir raises an error if a parent folder is closed to us.
        return _in_folder(path, programs)
    fault = _fault(path, "file")
    return ([], [fault]) if fault else ([Official(path, *_named(path, programs))], [])


def _fault(path: Path, kind: str) -> Problem | None:
    """What prevents opening ``path``, such as a link to nothing or to itself."""
    try:
        path.stat()
    except OSError as error:
        return Problem(str(path), 1, "unreadable", f"cannot be read: {error.strerror}", f"a readable {kind}")
    return None


def _named(path: Path, programs: Collection[str]) -> tuple[str, str]:
    """Program and id of a single file: from its name, or, if the name gives none, from the id in the file."""
    if _NAME.fullmatch(path.name):
        return discovery.place_of(path, programs)
    read, _ = source.read(path, str(path))
    data = read.data if read and isinstance(read.data, dict) else {}
    inner = data.get("metadata", data)
    release = data.get("release")
    if isinstance(release, str) and RELEASE.matches(release):
        return scoring.PROGRAM, release
    id = inner.get("id") if isinstance(inner, dict) else None
    named = isinstance(id, str) and ID.matches(id)
    return discovery.place_of(path.with_name(f"{id}.json") if named else path, programs)


def _in_folder(path: Path, programs: Collection[str]) -> tuple[list[Official], list[Problem]]:
    if not os.access(path, os.R_OK | os.X_OK):
        return [], [Problem(str(path), 1, "unreadable", "cannot be read: Permission denied", "a readable folder")]
    problems: list[Problem] = []
    found: dict[tuple[str, str], Official] = {}
    root = path.resolve()
    for folder in dict.fromkeys((*_FOLDERS, *_SCORINGS, *programs)):
        for file in _listing(root, path / folder, problems):
            if place := _place(folder, file.name, programs):
                if fault := _outside(root, file) or _fault(file, "file"):
                    problems.append(fault)
                else:
                    found.setdefault(place, Official(file, *place))
    return [file for _, file in sorted(found.items())], problems


def _place(folder: str, name: str, programs: Collection[str]) -> tuple[str, str] | None:
    """Program and id of the file ``name`` in a folder of :func:`_in_folder`; None if it is no official file."""
    if match := _NAME.fullmatch(name):
        return match["program"] or (folder if folder in programs else "powered"), match["id"]
    match = _SCORINGS[folder].fullmatch(name) if folder in _SCORINGS else None
    return (scoring.PROGRAM, match["id"]) if match else None


def _listing(root: Path, folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """The entries of ``folder``, sorted; none if it does not exist, or if there is something else in its place."""
    if fault := _outside(root, folder):
        problems.append(fault)
        return
    try:
        yield from sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        if folder.is_symlink() and (fault := _fault(folder, "folder")):
            problems.append(fault)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        problems.append(Problem(str(folder), 1, "unreadable", message, "a readable folder"))


def _outside(root: Path, path: Path) -> Problem | None:
    if not discovery.leads_out(root, path):
        return None
    message = "is, or is below, a symbolic link to a target outside the folder to import"
    return Problem(str(path), 1, "outside", message, "import the target by itself")
