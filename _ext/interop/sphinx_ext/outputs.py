"""What the published site was made from, so that the next build takes over the files that would be the same.

A *unit* is one or more files that are made together: a page, or the data of a guideline. Its key is a digest of
everything from which it is made. A unit with the key that it had before is linked from the published site into the new
one. The published site is never written to: a build that is stopped leaves nothing behind that counts.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

#: Name of the file in the build folder that tells what the published site was made from.
FILE = "outputs.json"


#: Size in bytes, and time of the last change in nanoseconds.
Stamp = tuple[int, int]


@dataclass(frozen=True)
class Unit:
    """A unit as it was built: its key, and the paths of its files in the site.

    Of a page also its anchors; of data files the SHA-256 by path.
    """

    key: str
    paths: tuple[str, ...]
    anchors: tuple[str, ...] = ()
    sums: dict[str, str] = field(default_factory=dict)
    page: bool = False


@dataclass
class Outputs:
    """A site with its units by name; ``inputs`` is the digest of all inputs, ``files`` are sizes and times."""

    site: Path
    inputs: str = ""
    units: dict[str, Unit] = field(default_factory=dict)
    files: dict[str, Stamp] = field(default_factory=dict)

    def save(self, path: Path) -> None:
        """Write to ``path`` in one step."""
        data = {"inputs": self.inputs, "units": {name: vars(unit) for name, unit in self.units.items()}}
        new = path.with_name(f"{path.name}.new")
        new.write_text(json.dumps(data | {"files": self.files}), encoding="utf-8")
        new.replace(path)

    def take(self, name: str, key: str, new: Path) -> Unit | None:
        """Link the files of a unit into the folder ``new`` if it has this key, and return it; otherwise None."""
        unit = self.units.get(name)
        if unit is None or unit.key != key:
            return None
        for path in unit.paths:
            link(f"{self.site}/{path}", f"{new}/{path}")
        return unit


def load(path: Path, site: Path) -> Outputs:
    """What ``path`` tells of the folder ``site``: nothing if it is missing, or if the folder is no longer as built."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        units = {name: _unit(unit) for name, unit in data["units"].items()}
        stamps = {name: (size, time) for name, (size, time) in data["files"].items()}
        found = Outputs(site, data["inputs"], units, stamps)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Outputs(site)
    return found if found.files == files(site) else Outputs(site)


def _unit(data: dict[str, Any]) -> Unit:
    return Unit(data["key"], tuple(data["paths"]), tuple(data["anchors"]), data["sums"], data["page"])


def files(folder: Path) -> dict[str, Stamp]:
    """Size and time of every file in a folder by its path there."""
    return {path: stamp(entry.stat()) for path, entry in walk(folder)}


def stamp(known: os.stat_result) -> Stamp:
    """Size and time of a file."""
    return known.st_size, known.st_mtime_ns


def walk(folder: Path, prefix: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file in a folder with its path there."""
    with os.scandir(folder / prefix) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from walk(folder, f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name, entry


def link(old: str, new: str) -> None:
    """Give the file ``old`` a second name; copy it where the file system has no links."""
    try:
        os.link(old, new)
    except FileNotFoundError:
        Path(new).parent.mkdir(parents=True, exist_ok=True)
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)
