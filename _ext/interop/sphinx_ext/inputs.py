"""Digests of what a site is made from: equal digests, equal sites.

Contents count, and times do not, since a file that is put back may have an older time. Of installed packages only names
and versions count.
"""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
import zlib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

_STATIC = "_static"
#: What decides how any page is rendered, besides Python and the installed packages.
_FRAME = ("conf.py", "docutils.conf", "_ext", "_templates", _STATIC)
#: The endings of static files of which pages have nothing but the URL, with a version.
_VERSIONED = (".css", ".js")
#: What of the feed is not in the guidelines.
CHANGELOG = "CHANGELOG.md"
#: What the pages are about.
_CONTENT = ("source", "guidelines", CHANGELOG)


def of_site(root: Path) -> str:
    """The digest of everything from which the project in the folder ``root`` builds its site."""
    return _digest(root, (*_FRAME, *_CONTENT))


def of_frame(root: Path) -> str:
    """The digest of everything but the guideline files, the pages written by hand and what is in versioned files."""
    names = versions(root)
    return of_texts(_digest(root, _FRAME, {root / name for name in names}), *names)


def versions(root: Path) -> dict[str, str]:
    """The version of each stylesheet and script, by path: the checksum that Sphinx puts behind ``?v=`` in its URL.

    An empty file has none.
    """
    found = {}
    for path in _all(root, (_STATIC,)):
        if path.suffix in _VERSIONED and path.is_file() and (content := path.read_bytes().translate(None, b"\r")):
            found[path.relative_to(root).as_posix()] = f"{zlib.crc32(content):08x}"
    return found


def of_code(root: Path) -> str:
    """The digest of the code, with the Python and the packages that run it."""
    return _digest(root, ("_ext",))


def folders(root: Path) -> list[Path]:
    """The folders of the inputs of the project in the folder ``root``; its other inputs are files in ``root``."""
    return [root / part for part in (*_FRAME, *_CONTENT) if (root / part).is_dir()]


def of_folder(folder: Path) -> str:
    """The digest of all files in a folder."""
    return _digest(folder, (".",))


def of_file(path: Path) -> str:
    """The digest of one file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def of_texts(*texts: str) -> str:
    """The digest of several texts in their order."""
    return hashlib.sha256("".join(f"{len(text)}\0{text}" for text in texts).encode()).hexdigest()


def has(root: Path, path: Path) -> bool:
    """Whether a file is an input of the project in the folder ``root``. A link is one, whatever it leads to."""
    return Path(os.path.relpath(path, root)).parts[0] in (*_FRAME, *_CONTENT)


def times(root: Path, written: Path | None = None) -> str:
    """A digest that differs if any input was written to in between, even if its content is the same again.

    ``written`` is a file that the build itself writes.
    """
    found = hashlib.sha256()
    for path in _all(root, (*_FRAME, *_CONTENT)):
        if path == written:
            continue
        known = path.stat() if path.exists() else path.lstat()
        found.update(f"{path}\0{known.st_size} {known.st_mtime_ns} {known.st_ctime_ns} {known.st_ino}\0".encode())
    return found.hexdigest()


def _digest(root: Path, parts: Iterable[str], besides: Collection[Path] = ()) -> str:
    """The digest of settings, packages and files, without the content of those in ``besides``."""
    names = [name for name in os.environ if name.startswith("INTEROP_") or name == "SOURCE_DATE_EPOCH"]
    settings = [f"{name}={os.environ[name]}" for name in sorted(names)]
    packages = sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    found = hashlib.sha256("\0".join([sys.version, *packages, *settings]).encode())
    for path in _all(root, parts):
        if path in besides:
            continue
        content = path.read_bytes() if path.is_file() else b""
        size = len(content) if path.is_file() else "-"
        found.update(f"{path.relative_to(root).as_posix()}\0{size}\0".encode() + content)
    return found.hexdigest()


def _all(root: Path, parts: Iterable[str]) -> Iterator[Path]:
    for part in parts:
        if (root / part).is_file():
            yield root / part
        elif (root / part).is_dir():
            yield from sorted(paths(root / part))


def paths(folder: Path, above: frozenset[str] = frozenset()) -> Iterator[Path]:
    """The files in a folder, in linked folders too, as Sphinx reads them; without compiled code.

    Also folders without any, and links to nothing: some of both are errors.
    """
    here = os.path.realpath(folder)
    if here in above:
        return  # A link to a folder that contains it.
    with os.scandir(folder) as entries:
        inside = [entry for entry in entries if entry.name != "__pycache__"]
    if not inside:
        yield folder
    for entry in inside:
        if entry.is_dir():
            yield from paths(Path(entry.path), above | {here})
        else:
            yield Path(entry.path)
