"""Digests of what a site is made from. Equal digests mean equal sites: a build reads nothing else.

Contents count, and times do not, since a file that is put back may have an older time.
"""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

#: What decides how any page is rendered, beside Python and the installed packages.
_FRAME = ("conf.py", "_ext", "_templates", "_static")
#: What the pages are about.
_CONTENT = ("source", "guidelines")


def of_site(root: Path) -> str:
    """The digest of everything from which the project in the folder ``root`` builds its site."""
    return _digest(root, (*_FRAME, *_CONTENT))


def of_frame(root: Path) -> str:
    """The digest of everything but the guideline files and the pages written by hand."""
    return _digest(root, _FRAME)


def of_folder(folder: Path) -> str:
    """The digest of all files in a folder."""
    return _digest(folder, (".",))


def of_file(path: Path) -> str:
    """The digest of one file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def of_texts(*texts: str) -> str:
    """The digest of several texts in their order."""
    return hashlib.sha256("".join(f"{len(text)}\0{text}" for text in texts).encode()).hexdigest()


def _digest(root: Path, parts: Iterable[str]) -> str:
    settings = [f"{name}={value}" for name, value in sorted(os.environ.items()) if name.startswith("INTEROP_")]
    packages = sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    found = hashlib.sha256("\0".join([sys.version, *packages, *settings]).encode())
    for part in parts:
        for path in _files(root / part):
            content = path.read_bytes()
            found.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


def _files(path: Path) -> list[Path]:
    """The files of a folder, or the file itself; without compiled code, which Python makes from the rest."""
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
