"""Finds the files of the record, and reports files and folders in places where no file is read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from . import ledger, near, paths
from .catalogue_schemas import FORMS
from .ids import hyphenated, without_program
from .problems import Problem, show

#: The data files in the guidelines folder itself; the last is not read, but generated.
_TOP_FILES = ("observations.yaml", "drift.yaml", "guideline.schema.json")
#: The folder of the lists that others keep.
ADOPTERS = "adopters"
#: The folder of the revisions of official files, by program.
AMENDMENTS = "amendments"
#: The endings of data files.
DATA = (".yaml", ".yml", ".json")
_CATALOGUE = [f"{name}.yaml" for name in FORMS]


@dataclass(frozen=True)
class File:
    """A guideline file: its path, its path as shown in problems, and program and id according to its name."""

    path: Path
    shown: str
    program: str
    id: str


def leads_out(root: Path, path: Path) -> bool:
    """Whether ``path`` is, or is below, a symbolic link to a target outside ``root``."""
    try:
        return not path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):
        return False  # A link to itself: reading it reports the error.


def outside(shown: str) -> Problem:
    """The problem of a file that :func:`leads_out`."""
    message = "is, or is below, a symbolic link to a target outside the guidelines folder"
    return Problem(shown, 1, "outside", message, "a regular file")


def shown_as(root: Path, path: Path) -> str:
    """``path`` as shown in problems: relative to the parent of ``root``, or as given if it is outside ``root``."""
    text = f"{root.name}/{path.relative_to(root).as_posix()}" if path.is_relative_to(root) else str(path)
    return show(text, limit=len(text), quote=False)


def _listing(root: Path, folder: Path, problems: list[Problem]) -> list[Path]:
    """The entries of ``folder``, sorted, without hidden files such as an editor's locks."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        problems.append(Problem(shown_as(root, folder), 1, "unreadable", message, "a readable folder"))
        return []


def find(root: Path, programs: Collection[str], extra: Collection[Path]) -> tuple[list[File], list[Problem]]:
    """Every guideline file under ``root``, with ``extra`` ones as if they were there, and the problems found.

    Problems are unreadable folders, links out of ``root``, duplicates, and files in places where no file is read. Any
    folder name is accepted if ``programs`` is empty.
    """
    problems: list[Problem] = []
    files: dict[str, File] = {}
    for path, program in _candidates(root, programs, problems):
        file = File(path, shown_as(root, path), program, without_program(program, path.stem))
        if leads_out(root, path):
            problems.append(outside(file.shown))
        elif before := files.get(f"{program}/{file.id}"):
            problems.append(_duplicate(file, before))
        else:
            files[f"{program}/{file.id}"] = file
    given: dict[str, File] = {}
    for path in extra:
        file = File(path, str(path), *place_of(path, programs))
        first = given.setdefault(f"{file.program}/{file.id}", file)
        if first.path != path:
            problems.append(_duplicate(file, first))
    return list((files | given).values()), problems


def _duplicate(file: File, first: File) -> Problem:
    message = f"defines {file.program}/{file.id}, which {first.shown} defines too"
    return Problem(file.shown, 1, "duplicate-guideline", message, "keep one of them")


def adopters(root: Path, problems: list[Problem]) -> list[Path]:
    """The files in ``adopters/`` under ``root``, sorted; adds problems of the folder and of other files in it."""
    found = []
    folders = [entry for entry in _listing(root, root, []) if entry.name == ADOPTERS and entry.is_dir()]
    for path in (path for folder in folders for path in _listing(root, folder, problems)):
        if path.suffix == ".yaml" and re.fullmatch(paths.ID, path.stem):
            found.append(path)
        elif path.suffix in DATA or path.is_dir():
            message, hint = (
                "is in a place where no file is read",
                f"{root.name}/{ADOPTERS}/KEY.yaml, a key in lower case",
            )
            problems.append(Problem(shown_as(root, path), 1, "misplaced", message, hint))
    return found


def amendments(root: Path, problems: list[Problem]) -> list[tuple[Path, str]]:
    """The files in ``amendments/`` under ``root``, each with ``program/id``; adds problems of other files there."""
    found = []
    for folder in (entry for entry in _listing(root, root, []) if entry.name == AMENDMENTS and entry.is_dir()):
        for path in _listing(root, folder, problems):
            inner = _listing(root, path, problems) if path.is_dir() else [path]
            for file in inner:
                if file is not path and file.suffix == ".yaml" and re.fullmatch(paths.ID, file.stem):
                    found.append((file, f"{path.name}/{file.stem}"))
                elif file.suffix in DATA or file.is_dir():
                    message, hint = "is in a place where no file is read", f"{root.name}/{AMENDMENTS}/PROGRAM/ID.yaml"
                    problems.append(Problem(shown_as(root, file), 1, "misplaced", message, hint))
    return found


def read_files(root: Path) -> list[str]:
    """The files of the record in ``root`` that are read, as shown in problems, wherever there can be some."""
    files = [path for path, _ in _candidates(root, (), [])]
    files += [root / "catalogue" / name for name in _CATALOGUE]
    files += [*adopters(root, []), *(path for path, _ in amendments(root, []))]
    files += [root / name for name in (ledger.FILE, *_TOP_FILES[:-1])]
    return [shown_as(root, path) for path in files]


def _candidates(root: Path, programs: Collection[str], problems: list[Problem]) -> Iterator[tuple[Path, str]]:
    def misplaced(path: Path, hint: str) -> None:
        problems.append(Problem(shown_as(root, path), 1, "misplaced", "is in a place where no file is read", hint))

    for entry in _listing(root, root, problems):
        if not entry.is_dir():
            if entry.suffix in DATA and entry.name not in _TOP_FILES:
                misplaced(entry, f"move it to {root.name}/PROGRAM/{show(entry.name, quote=False)}")
        elif entry.name in (ADOPTERS, AMENDMENTS):
            continue
        elif entry.name == "catalogue":
            for path in _listing(root, entry, []):  # If it cannot be read, an error for each of its files follows.
                if path.suffix in DATA and path.name not in _CATALOGUE:
                    misplaced(path, near.hint(path.name, _CATALOGUE))
        elif programs and entry.name not in programs:
            message = f"{show(entry.name)} is not a program of the catalogue"
            hint = near.hint(entry.name, programs)
            problems.append(Problem(shown_as(root, entry), 1, "unknown-program", message, hint))
        else:
            for path in _listing(root, entry, problems):
                if path.suffix in DATA:
                    yield path, entry.name
                elif path.is_dir():
                    misplaced(path, f"move its files to {root.name}/{show(entry.name, quote=False)}")


def place_of(path: Path, programs: Collection[str]) -> tuple[str, str]:
    """Program and id from the name of a file: ``dns.2020.06.json``, ``dns/2020.06.json``, ``2020.06.json``."""
    head, _, rest = path.stem.partition(".")
    if rest and not head.isdigit():
        return hyphenated(head), rest
    folder = path.resolve().parent.name
    return (folder if folder in programs else "powered"), path.stem
