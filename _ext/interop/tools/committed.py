"""The guidelines folder as a commit has it. Nothing that the checkout names is run: see :mod:`.checkout`."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..record import loader
from ..record.discovery import DATA
from ..record.kept import Kept
from ..record.problems import Problem
from ..record.record import Record
from . import checkout
from .checkout import Checkout, Unreadable

#: A name or an id, and steps to parents of it, as in ``HEAD~2``.
_REVISION = re.compile(r"([^~^:\s]+)((?:[~^][0-9]*)*)")
_ABBREVIATED = re.compile(r"[0-9a-f]{4,64}")


@dataclass(frozen=True)
class Snapshot:
    """The guidelines folder ``root`` in the commit ``commit``: the ids of its files by their paths in the folder."""

    root: Path
    commit: str
    objects: Path
    files: dict[str, str]

    def changed(self) -> list[str]:
        """The paths of the files that the folder and the commit do not have alike, sorted."""
        paths = {path.relative_to(self.root).as_posix(): path for path in self.root.rglob("*") if path.is_file()}
        present = {
            name: checkout.blob(path.read_bytes(), self.commit) for name, path in paths.items() if _is_data(name)
        }
        names = present.keys() | self.files.keys()
        return sorted(name for name in names if present.get(name) != self.files.get(name))

    def load(self, kept: Kept) -> tuple[Record, list[Problem]]:
        """The record of the commit and its problems, as :func:`.loader.load` returns them. Raises Unreadable."""
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / self.root.name
            root.mkdir()
            contents = checkout.contents(self.objects, self.commit, self.files.values())
            for name, content in zip(self.files, contents, strict=True):
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            return loader.load(root, kept=kept)


def at(root: Path, revision: str = "HEAD") -> Snapshot:
    """The guidelines folder ``root`` in a commit: its id, a branch, a tag, or a parent of these, such as ``HEAD~1``.

    Raises Unreadable if there is no checkout, no git, no such commit, or no file of the folder in it.
    """
    root = root.resolve()
    found = checkout.around(root)
    if found is None:
        raise Unreadable(root, "is in no git checkout")
    commit = _commit(found, revision)
    name = root.relative_to(found.top).as_posix()
    listed = checkout.run(found.objects, commit, "ls-tree", "-r", "-z", "--full-tree", f"{commit}:{name}")
    files = {}
    for entry in listed.decode(errors="surrogateescape").split("\0"):
        mode, _, rest = entry.partition(" ")  # MODE TYPE ID TAB PATH
        id, _, path = rest.partition(" ")[2].partition("\t")
        if mode in ("100644", "100755") and _is_data(path):
            files[path] = id
    return Snapshot(root, commit, found.objects, files)


def _is_data(name: str) -> bool:
    """Whether a file can be one of the record. A name that leads out of the folder is none."""
    path = PurePosixPath(name)
    return path.suffix in (*DATA, ".txt") and not any(part.startswith(".") for part in path.parts)


def _commit(found: Checkout, revision: str) -> str:
    match = _REVISION.fullmatch(revision)
    head = found.head()
    if match and head:
        name, steps = match.groups()
        id = found.reference(name) or (name if _ABBREVIATED.fullmatch(name) else "")
        if id:
            command = ("rev-parse", "--verify", "--quiet", f"{id}{steps}^{{commit}}")
            return checkout.run(found.objects, head, *command).decode().strip()
    raise Unreadable(found.top, f"has no commit {revision!r}")
