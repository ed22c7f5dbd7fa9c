"""Replaces the published site by a new one, in one step."""

from __future__ import annotations

import ctypes
import dataclasses
import filecmp
import os
import shutil
import stat
from collections.abc import Generator
from pathlib import Path

from .outputs import Outputs, Stamp, link, stamp

#: Modes of published files and folders, whatever the umask is: a web server reads them as another user.
_FILE, FOLDER = 0o644, 0o755
#: For Linux's renameat2: paths are relative to the working folder; exchange two names.
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def reuse(before: Outputs, new: Path) -> Outputs:
    """Give the folder of the site ``before`` the name ``new``, or make an empty one if nothing is known of it."""
    if not before.units:
        remove(before.site)
        new.mkdir()
        return Outputs(new)
    before.site.rename(new)
    return dataclasses.replace(before, site=new)


def prepare(new: Path, previous: Outputs) -> dict[str, Stamp]:
    """Make the folder ``new`` ready to be published in the place of ``previous``.

    Files with the same content as before become links, and keep their time. Returns the size and time of each file.
    """
    files = {}
    new.chmod(FOLDER)
    for path, entry in _tidied(new):
        known, before = entry.stat(), previous.files.get(path)
        if before and stamp(known) != before and filecmp.cmp(previous.site / path, entry, shallow=False):
            (new / path).unlink()
            link(f"{previous.site}/{path}", entry.path)
            known = (new / path).stat()
        if stat.S_IMODE(known.st_mode) != _FILE:
            (new / path).chmod(_FILE)
        files[path] = stamp(known)
    return files


def _tidied(folder: Path, prefix: str = "") -> Generator[tuple[str, os.DirEntry[str]], None, bool]:
    """Every file in a folder with its path there. Removes folders without files; returns whether there is a file."""
    found = False
    with os.scandir(folder / prefix) as entries:
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                found = True
                yield prefix + entry.name, entry
            elif (yield from _tidied(folder, f"{prefix}{entry.name}/")):
                found = True
                if stat.S_IMODE(entry.stat().st_mode) != FOLDER:
                    Path(entry.path).chmod(FOLDER)
            else:
                Path(entry.path).rmdir()
    return found


def replace(site: Path, new: Path, old: Path) -> None:
    """Give ``new`` the name ``site``, and the previous site, if there is one, the name ``old``, which must be free."""
    if not site.exists():
        new.rename(site)
    elif _exchange(new, site):
        new.rename(old)
    else:
        site.rename(old)
        new.rename(site)


def twin(site: Path, old: Path) -> None:
    """Make ``old`` a folder with the files of ``site``, after the first build: the next one works in it."""
    shutil.copytree(site, old, copy_function=lambda one, other: link(one, other))


def recover(site: Path, new: Path, old: Path) -> None:
    """Restore the site if a build was stopped between two renames; a site that somebody deleted is not restored."""
    if old.exists() and new.exists() and not site.exists():
        old.rename(site)


def remove(folder: Path) -> None:
    """Delete a folder if it exists; raises OSError if it cannot be deleted."""
    if folder.exists():
        shutil.rmtree(folder)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False where the system cannot."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    paths = _AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE
    return rename is not None and rename(*paths) == 0
