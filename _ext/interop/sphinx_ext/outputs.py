"""What the published site was made from, so that the next build takes over the files that would be the same.

A *unit* is one or more files that are made together: a page, or the data of a guideline. Its key is a digest of
everything from which it is made. A unit with the key that it had before is linked from the published site into the new
one. The published site is never written to: a build that is stopped leaves nothing behind that counts.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

#: Name of the file in the build folder that tells what the published site was made from.
FILE = "outputs.json"


@dataclass(frozen=True)
class Unit:
    """A unit as it was built: its key, and the paths of its files in the site.

    Of a page also its anchors and its summary; of data files the SHA-256 by path.
    """

    key: str
    paths: tuple[str, ...]
    anchors: tuple[str, ...] = ()
    summary: str = ""
    sums: dict[str, str] = field(default_factory=dict)


@dataclass
class Outputs:
    """A site with its units by name; ``inputs`` is the digest of all inputs, ``files`` are sizes and times."""

    site: Path
    inputs: str = ""
    units: dict[str, Unit] = field(default_factory=dict)
    files: dict[str, tuple[int, int]] = field(default_factory=dict)

    def save(self, path: Path) -> None:
        """Write to ``path`` in one step."""
        data = {
            "inputs": self.inputs,
            "units": {name: asdict(unit) for name, unit in self.units.items()},
            "files": self.files,
        }
        new = path.with_name(f"{path.name}.new")
        new.write_text(json.dumps(data), encoding="utf-8")
        new.replace(path)

    def take(self, name: str, key: str, new: Path) -> Unit | None:
        """Link the files of a unit into the folder ``new`` if it has this key, and return it; otherwise None."""
        unit = self.units.get(name)
        if unit is None or unit.key != key:
            return None
        for path in unit.paths:
            link(self.site / path, new / path)
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
    return Unit(data["key"], tuple(data["paths"]), tuple(data["anchors"]), data["summary"], data["sums"])


def files(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of every file in a folder by its path there."""
    found = {}
    for path in walk(folder):
        known = path.stat()
        found[path.relative_to(folder).as_posix()] = known.st_size, known.st_mtime_ns
    return found


def walk(folder: Path) -> Iterable[Path]:
    """Every file in a folder."""
    return (Path(parent) / name for parent, _, names in os.walk(folder) for name in names)


def link(old: Path, new: Path) -> None:
    """Give a file a second name; copy it where the file system has no links."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)
