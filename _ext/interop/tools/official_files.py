"""Finds official JSON files in a folder by program or an upstream checkout, and reads them."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..record import builder, discovery, scoring, source, upgrade
from ..record.ids import hyphenated, official_id
from ..record.model import Guideline
from ..record.problems import Problem, Severity, show
from ..record.schemas import FILE, ID, RELEASE
from ..record.source import Source

#: The repository of the official files.
UPSTREAM = "https://opendev.org/openstack/interop"
_NAME = re.compile(r"(?:(?P<program>[a-z][a-z0-9_-]*)\.)?(?P<id>\d{4}\.\d{2}|next)\.json")
#: How the name of a guideline's file begins, such as the drafts 2015.next.json and 2016.next.json.
_YEAR = re.compile(r"([a-z_-]+\.)?20\d\d\.")
#: The folders with guidelines in upstream's later layout, and in its earlier one, where verticals stayed.
_LATER = ("guidelines", "add-ons/guidelines")
_EARLIER = ("", "add-ons", "verticals")
#: The folders of the scorings from before the guidelines, with their names there: in the upstream repository, then and
#: later, and in a folder by program.
_SCORINGS = {folder: re.compile(r"(?P<id>[a-z]{3,})core\.json") for folder in ("", "legacy")}
_SCORINGS[scoring.PROGRAM] = re.compile(r"(?P<id>[a-z]{3,}?)(core)?\.json")


@dataclass(frozen=True)
class Given:
    """A file or folder to import. All of it is of ``commit``, unless that is empty.

    ``label`` begins the names of files in problems if the folder is a temporary copy of upstream's repository.
    """

    path: Path
    commit: str = ""
    repository: str = UPSTREAM
    label: str = ""

    def shown(self, path: Path) -> str:
        """A file or folder in it, as shown in problems."""
        return f"{self.label}{path.relative_to(self.path).as_posix()}" if self.label else str(path)


@dataclass(frozen=True)
class Official:
    """An official file: program and id of its guideline, and its path in upstream's repository."""

    path: Path
    program: str
    id: str
    upstream: str
    shown: str

    @property
    def key(self) -> str:
        """``program/id`` of its guideline."""
        return f"{self.program}/{self.id}"


@dataclass(frozen=True)
class Result:
    """What a command did with an official file: lines for the user, and problems; ``is_right`` decides its status.

    ``is_taken`` is False for a file that only looks like an official one.
    """

    text: str
    problems: list[Problem]
    is_right: bool = True
    is_taken: bool = True


def is_place(path: str) -> bool:
    """Whether ``path`` in upstream's repository may be an official file, or a file that looks like one."""
    return path.endswith(".json") and FILE.matches(path)


def find(given: Given, programs: Collection[str]) -> tuple[list[Official], list[Problem]]:
    """The official files in what is given, and the problems of what is not taken or cannot be read."""
    if os.path.isdir(given.path):  # noqa: PTH112  # Path.is_dir raises an error if a parent folder is closed to us.
        return _Folder(given, programs).find()
    fault = _fault(given, given.path, "file")
    return ([], [fault]) if fault else ([_official(given, given.path, *_named(given.path, programs))], [])


def read(file: Official) -> tuple[Guideline | None, Source | None, list[Problem]]:
    """The guideline in an official file, None if it has errors; the file, None if it cannot be read; its problems.

    Keys that the schema does not have are observations: later files may have some. What was normalised is in the notes
    of the guideline.
    """
    found, problems = source.read(file.path, file.shown)
    if found is None or problems:
        return None, found, problems
    data, faults = upgrade.to_record_form(found, file.program, file.id, new_keys=True)
    faults = [fault for fault in faults if fault.code != "normalised"]
    if data is None:
        return None, found, faults
    return builder.to_model(data, file.program, file.id, file.shown), found, faults


def _fault(given: Given, path: Path, kind: str) -> Problem | None:
    """What prevents opening ``path``, such as a link to nothing or to itself."""
    try:
        path.stat()
    except OSError as error:
        return _unreadable(given, path, error.strerror, kind)
    return None


def _unreadable(given: Given, path: Path, why: str | None, kind: str) -> Problem:
    return Problem(given.shown(path), 1, "unreadable", f"cannot be read: {why}", f"a readable {kind}")


def _named(path: Path, programs: Collection[str]) -> tuple[str, str]:
    """Program and id of a single file: from its name, or, if the name gives none, from the id in the file."""
    if _NAME.fullmatch(path.name):
        return discovery.place_of(path, programs)
    found, _ = source.read(path, str(path))
    data = found.data if found and isinstance(found.data, dict) else {}
    inner = data.get("metadata", data)
    release = data.get("release")
    if isinstance(release, str) and RELEASE.matches(release):
        return scoring.PROGRAM, release
    id = inner.get("id") if isinstance(inner, dict) else None
    named = isinstance(id, str) and ID.matches(hyphenated(id))
    return discovery.place_of(path.with_name(f"{id}.json") if named else path, programs)


def _official(given: Given, path: Path, program: str, id: str) -> Official:
    return Official(path, program, id, _upstream(given, path, program, id), given.shown(path))


def _upstream(given: Given, path: Path, program: str, id: str) -> str:
    """The path in upstream's repository: in the layout of the file's folder, or else in the earlier layout."""
    if given.label:
        return path.relative_to(given.path).as_posix()
    if program == scoring.PROGRAM:
        return scoring.upstream_path(id)
    match = _NAME.fullmatch(path.name)
    name = path.name if match and match["program"] else f"{official_id(program, id)}.json"
    parent = f"/{path.absolute().parent.as_posix()}"
    later = next((f"{folder}/" for folder in reversed(_LATER) if match and parent.endswith(f"/{folder}")), "")
    return (later or {"powered": "", "nfv": "verticals/"}.get(program, "add-ons/")) + name


def _looks_like_a_guideline(path: Path) -> bool:
    """Whether a file has what all schemas have, or, if it cannot be read, a name that begins with a year."""
    found, _ = source.read(path, path.name)
    if found is None:
        return bool(_YEAR.match(path.name))
    data = found.data if isinstance(found.data, dict) else {}
    beside = (data.get(key) for key in ("metadata", "components", "criteria"))
    return isinstance(data.get("capabilities"), dict) and any(isinstance(part, dict) for part in beside)


class _Folder:
    """A folder with official files: what was found in it, and the problems."""

    def __init__(self, given: Given, programs: Collection[str]) -> None:
        self._given = given
        self._root = given.path.resolve()
        self._programs = programs
        self._found: dict[str, Official] = {}
        self._problems: list[Problem] = []
        self._seen: set[Path] = set()

    def find(self) -> tuple[list[Official], list[Problem]]:
        """The official files in all folders that may have some; of two for a guideline, that in the later layout."""
        if not os.access(self._given.path, os.R_OK | os.X_OK):
            return [], [_unreadable(self._given, self._given.path, "Permission denied", "folder")]
        for folder in dict.fromkeys((*_LATER, "powered", *self._programs, *_EARLIER, *_SCORINGS)):
            for path in self._listing(self._given.path / folder):
                if path.suffix == ".json":
                    self._add(path, folder)
        self._name_others()
        return sorted(self._found.values(), key=lambda file: (file.program, file.id)), self._problems

    def _add(self, path: Path, folder: str) -> None:
        place = self._place(path.name, folder)
        if not place and folder not in (*_LATER, *_EARLIER[1:]):
            return  # There may be other files.
        self._seen.add(path)
        if not place:
            what = "no program" if _NAME.fullmatch(path.name) else "no id of a guideline"
            self._left(path, "misplaced", f"its name gives {what}", "a name such as dns.2020.06.json")
        elif fault := self._outside(path) or _fault(self._given, path, "file"):
            self._problems.append(fault)
        else:
            file = _official(self._given, path, *place)
            first = self._found.setdefault(file.key, file)
            if first is not file:
                later = any(first.path.parent == self._given.path / other for other in _LATER)
                why = "which is in the later layout" if later else "which is found first"
                hint = f"import it by itself if {file.key} is to be this file"
                self._left(path, "duplicate-guideline", f"{file.key} is read from {first.shown}, {why}", hint)

    def _name_others(self) -> None:
        """Report the files that look like guidelines and have another name or are in another folder."""
        for folder, folders, names in os.walk(self._given.path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for path in (Path(folder, name) for name in sorted(names) if name.endswith(".json")):
                if path in self._seen or path.is_symlink() or not _looks_like_a_guideline(path):
                    continue
                if _NAME.fullmatch(path.name) or _SCORINGS[""].fullmatch(path.name):
                    why = "it is in a folder where no guideline is looked for"
                else:
                    why = f"its name, {show(path.name)}, is neither PROGRAM.YYYY.MM.json nor PROGRAM.next.json"
                self._left(path, "misplaced", why, "import it by itself, under a name such as dns.2020.06.json")

    def _place(self, name: str, folder: str) -> tuple[str, str] | None:
        """Program and id of the file ``name`` in a folder; None if it is no official file."""
        if match := _NAME.fullmatch(name):
            by_folder = folder if folder in self._programs else "powered" * (folder in ("", "powered", "guidelines"))
            program = hyphenated(match["program"] or "") or by_folder
            return (program, match["id"]) if program else None
        match = _SCORINGS[folder].fullmatch(name) if folder in _SCORINGS else None
        return (scoring.PROGRAM, match["id"]) if match else None

    def _left(self, path: Path, code: str, why: str, hint: str) -> None:
        shown = self._given.shown(path)
        self._problems.append(Problem(shown, 1, code, f"is not imported: {why}", hint, Severity.OBSERVATION))

    def _listing(self, folder: Path) -> Iterator[Path]:
        """The entries of ``folder``, sorted; none if it does not exist, or if something else is in its place."""
        if fault := self._outside(folder):
            self._problems.append(fault)
            return
        try:
            yield from sorted(folder.iterdir())
        except (FileNotFoundError, NotADirectoryError):
            if folder.is_symlink() and (fault := _fault(self._given, folder, "folder")):
                self._problems.append(fault)
        except OSError as error:
            self._problems.append(_unreadable(self._given, folder, error.strerror, "folder"))

    def _outside(self, path: Path) -> Problem | None:
        if not discovery.leads_out(self._root, path):
            return None
        message = "is, or is below, a symbolic link to a target outside the folder to import"
        return Problem(self._given.shown(path), 1, "outside", message, "import the target by itself")
