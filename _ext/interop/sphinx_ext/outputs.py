"""What a site was made from, so that the next build takes over the files that would be the same.

A *unit* is one or more files that are made together: a page, or the data of a guideline. Its key is a digest of
everything from which it is made. The files of a unit that has the key it had before are links to those of the published
site. A file that may have a second name is never written to, but replaced. A build that is stopped leaves nothing that
counts.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from .forks import fork

#: Name of the file in the build folder that lists what the published site was made from.
FILE = "outputs.json"
#: The same for the site before.
FILE_BEFORE = "outputs.old.json"
#: What the process that looks at a site writes if it is still as built.
_WHOLE = b"+"

#: Size in bytes, and time of the last change in nanoseconds.
Stamp = tuple[int, int]


@dataclass(frozen=True)
class Unit:
    """A unit as it was built: its key, and the paths of its files in the site.

    Of a page also its anchors, and of a generated one the digest of what decides its content, see :mod:`.origins`; of
    data files the SHA-256 by path.
    """

    key: str
    paths: tuple[str, ...]
    anchors: tuple[str, ...] = ()
    sums: dict[str, str] = field(default_factory=dict)
    page: bool = False
    content: str = ""


@dataclass
class Outputs:
    """A site with its units by name; ``inputs`` is the digest of all inputs, ``files`` are sizes and times.

    ``versions`` are :func:`.inputs.versions` of the static files that its pages refer to.
    """

    site: Path
    inputs: str = ""
    units: dict[str, Unit] = field(default_factory=dict)
    files: dict[str, Stamp] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether the folder is still as built."""
        try:
            return self.files == files(self.site)
        except OSError:
            return False

    def save(self, path: Path) -> None:
        """Write to ``path`` in one step."""
        data = {"inputs": self.inputs, "units": {name: vars(unit) for name, unit in self.units.items()}}
        new = path.with_name(f"{path.name}.new")
        new.write_bytes(orjson.dumps(data | {"files": self.files, "versions": self.versions}))
        new.replace(path)


class Stock:
    """The units that a build can take over: of the published site, and of the one before it, in whose folder it builds.

    Most files of that folder are the same as in the published site already. In a page that is taken over, the versions
    of static files become those of this build, ``versions``: nothing else on it depends on what is in these files.
    """

    def __init__(self, published: Outputs, before: Outputs, versions: dict[str, str] | None = None) -> None:
        self.published = published
        self._versions = versions or {}
        self._before = before
        self._folder = before.site
        #: Whether the folder is still as it was.
        self.untouched = True

    def pages(self) -> set[str]:
        """The names of the pages of both sites."""
        return {name for one in (self.published, self._before) for name, unit in one.units.items() if unit.page}

    def keep(self, names: set[str]) -> None:
        """Delete all files but those of the units with these names; to be called before anything is written."""
        self.untouched = False
        kept = {path for name in names & self._before.units.keys() for path in self._before.units[name].paths}
        for path in self._before.files.keys() - kept:
            (self._folder / path).unlink()

    def take(self, name: str, key: str) -> Unit | None:
        """The unit with this name if its files are in the folder or could be linked; None if it is to be made."""
        here, there = self._before.units.get(name), self.published.units.get(name)
        if here and here.key == key:
            self._renew(here, self._before.versions)
            return here
        if here:
            self._clear(here)
        if there is None or there.key != key:
            return None
        for path in there.paths:
            link(f"{self.published.site}/{path}", f"{self._folder}/{path}")
        self._renew(there, self.published.versions)
        return there

    def _renew(self, unit: Unit, versions: dict[str, str]) -> None:
        """Put the versions of static files into the files of a page, which has those in ``versions``."""
        changed = [
            (f'{name}?v={old}"'.encode(), f'{name}?v={new}"'.encode())
            for name, old in versions.items()
            if (new := self._versions.get(name, old)) != old
        ]
        for path in unit.paths if unit.page and changed else ():
            file = self._folder / path
            text = content = file.read_bytes()
            for old_url, new_url in changed:
                text = text.replace(old_url, new_url)
            if text != content:
                file.unlink()  # It may be that of the published site too.
                file.write_bytes(text)

    def _clear(self, unit: Unit) -> None:
        for path in unit.paths:
            (self._folder / path).unlink(missing_ok=True)


def load(path: Path, site: Path) -> Outputs:
    """What ``path`` records about the folder ``site`` as it was built; nothing if it is missing or damaged."""
    try:
        data = orjson.loads(path.read_bytes())
        units = {name: _unit(unit) for name, unit in data["units"].items()}
        stamps = {name: (size, time) for name, (size, time) in data["files"].items()}
        return Outputs(site, data["inputs"], units, stamps, data["versions"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Outputs(site)


def check(*known: Outputs) -> Callable[[], list[Outputs]]:
    """Begin to see, in a process, whether sites are still as built.

    Returns a function that waits for the result: for each site these outputs, or, if it is not or the process failed,
    those of a folder of which nothing is known.
    """
    reading, writing = os.pipe()
    fork(_check, known, writing)
    os.close(writing)

    def checked() -> list[Outputs]:
        with os.fdopen(reading, "rb") as pipe:
            answers = pipe.read()
        return [one if answers[place : place + 1] == _WHOLE else Outputs(one.site) for place, one in enumerate(known)]

    return checked


def _check(known: Iterable[Outputs], writing: int) -> None:
    for one in known:
        os.write(writing, _WHOLE if one.is_whole else b"-")


def _unit(data: dict[str, Any]) -> Unit:
    return Unit(data["key"], tuple(data["paths"]), tuple(data["anchors"]), data["sums"], data["page"], data["content"])


def files(folder: Path) -> dict[str, Stamp]:
    """Size and time of every file in a folder by its path there, and of every folder without files, which ends in /."""
    found, left = {}, [""]
    while left:
        inside = left.pop()
        with os.scandir(folder / inside) as entries:
            empty = True
            for entry in entries:
                empty = False
                if entry.is_dir(follow_symlinks=False):
                    left.append(f"{inside}{entry.name}/")
                else:
                    found[inside + entry.name] = stamp(entry.stat())
        if empty and inside:
            found[inside] = stamp((folder / inside).stat())
    return found


def stamp(known: os.stat_result) -> Stamp:
    """Size and time of a file."""
    return known.st_size, known.st_mtime_ns


def link(old: str, new: str) -> None:
    """Give the file ``old`` a second name; copy it where the file system has no links, or no more for this file."""
    try:
        _link(old, new)
    except FileNotFoundError:
        Path(new).parent.mkdir(parents=True, exist_ok=True)
        _link(old, new)


def _link(old: str, new: str) -> None:
    try:
        os.link(old, new)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP):
            raise
        shutil.copy2(old, new)


def told(error: OSError, folder: Path) -> str:
    """A message for an error of the file system, about ``folder`` if the error names no file: a full disk has none."""
    return f"{error.filename or folder}: error: {error.strerror or error}"
