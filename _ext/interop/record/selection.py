"""Which files of the record, and which others, the command ``check`` was given: by name, or by a folder of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from . import discovery
from .problems import Problem


@dataclass(frozen=True)
class Selection:
    """The files that were given: ``outside`` the record, and in the record.

    ``names`` are all of them, files and folders, as problems show them; ``faults`` are the paths that name no file that
    can be checked, with the reason.
    """

    outside: tuple[Path, ...]
    names: dict[str, Path]
    faults: tuple[str, ...]

    def has(self, shown: str) -> bool:
        """Whether the file that problems show as ``shown`` was given, by its name or by that of a folder above it."""
        return any(_is_in(name, shown) for name in self.names)

    def unread(self, root: Path, problems: Iterable[Problem]) -> list[str]:
        """What was given in the record and names nothing that was looked at: no file that is read or reported."""
        seen = {*discovery.read_files(root.resolve()), *(problem.path for problem in problems)}
        return [
            f"{path}: no file of the record" + (" is in this folder" if path.is_dir() else "")
            for name, path in self.names.items()
            if path not in self.outside and not any(_is_in(name, shown) for shown in seen)
        ]


def _is_in(name: str, shown: str) -> bool:
    return shown == name or shown.startswith(f"{name}/")


def select(root: Path, given: Iterable[Path]) -> Selection:
    """Look up the paths in ``given``, of files and of folders; ``root`` is the guidelines folder."""
    root = root.resolve()
    outside: list[Path] = []
    names: dict[str, Path] = {}
    faults: list[str] = []
    for path in given:
        place = _place(root, path)
        if not path.exists():
            faults.append(f"no such file or folder: {path}")
        elif place.is_relative_to(root):
            names[discovery.shown_as(root, place).removesuffix("/.")] = path
        elif not path.is_dir():
            outside.append(path)
        elif fault := _fault(root, path, place):
            faults.append(fault)
        else:
            outside += _data_files(path)
    names.update((str(path), path) for path in outside)
    return Selection(tuple(outside), names, tuple(faults))


def _place(root: Path, path: Path) -> Path:
    """Where a path is. A link in the record counts as being there, wherever it leads."""
    place = path.parent.resolve() / path.name
    return place if path.name not in ("", "..") and place.is_relative_to(root) else path.resolve()


def _fault(root: Path, path: Path, place: Path) -> str:
    """Why the files of a folder outside the record cannot be checked with it; an empty text if they can."""
    if root.is_relative_to(place):
        return f"{path}: contains the guidelines folder; give {root.name}, or a folder in it"
    own = next((folder for folder in (place, *place.parents) if (folder / "catalogue/programs.yaml").is_file()), None)
    if own:
        return f"{path}: belongs to another record; use: --root {own} check"
    return "" if _data_files(path) else f"{path}: no YAML or JSON file is in this folder"


def _data_files(folder: Path) -> list[Path]:
    """The data files in a folder and the folders below it, without hidden ones."""
    files = (path for path in sorted(folder.rglob("*")) if path.suffix in discovery.DATA and path.is_file())
    return [path for path in files if not any(name.startswith(".") for name in path.relative_to(folder).parts)]
