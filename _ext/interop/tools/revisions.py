"""The revisions of files in a git checkout, on the main line of its history: each commit and its first parent.

Git runs in a repository of our own and reads objects only: see :mod:`.checkout`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from . import checkout
from .checkout import Unreadable

#: The last line of this form in a message counts.
_CHANGE_ID = re.compile(r"^Change-Id: (I[0-9a-f]{40})\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """A file that a commit changed: its blob id, its path and the path before, which is empty if it is new."""

    blob: str
    path: str
    before: str


@dataclass(frozen=True)
class Commit:
    """A commit of the main line: its day in UTC, the latest possible day of its merge, and its files.

    ``change_id`` is that of the change: of the commit itself, or of what it merges. ``latest`` is empty if the commit
    is a merge, whose day is its own, and if it is not known.
    """

    id: str
    date: str
    latest: str
    change_id: str
    entries: tuple[Entry, ...]


class History:
    """The main line of a checkout that ends with the commit ``id``."""

    def __init__(self, path: Path, id: str) -> None:
        """Raises Unreadable if ``path`` is no checkout."""
        found = checkout.around(path.resolve() / "any")
        if found is None:
            raise Unreadable(path, "is in no git checkout")
        self._objects = found.objects
        self._id = id

    @cached_property
    def commits(self) -> list[Commit]:
        """The commits, newest first. Raises Unreadable, also if a part of the history is missing."""
        options = ("--first-parent", "-m", "--raw", "-M", "--no-abbrev", "--format=%x00%H %ct %P")
        blocks = self._git("log", *options, self._id).decode(errors="surrogateescape").split("\0")[1:]
        found: list[Commit] = []
        merged = ""
        for block in blocks:
            head, _, lines = block.partition("\n")
            id, seconds, *parents = head.split(" ")
            date = datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
            is_merge = len(parents) > 1
            latest = merged if not is_merge and merged > date else ""
            merged = date if is_merge else merged
            change = self._change_ids.get(parents[1] if is_merge else id, "")
            found.append(Commit(id, date, latest, change, tuple(_entries(lines))))
        return found

    @cached_property
    def _change_ids(self) -> dict[str, str]:
        """The Change-Id of each commit, on the main line or not, that has one."""
        texts = self._git("log", "--format=%x00%H%n%B", self._id).decode(errors="replace").split("\0")[1:]
        found = {text.partition("\n")[0]: _CHANGE_ID.findall(text) for text in texts}
        return {id: ids[-1] for id, ids in found.items() if ids}

    def of_file(self, path: str) -> list[tuple[Commit, Entry]]:
        """The revisions of the file that is at ``path`` in the end, oldest first, also those under earlier paths."""
        found = []
        for commit in self.commits:
            entry = next((entry for entry in commit.entries if entry.path == path), None)
            if entry:
                found.append((commit, entry))
                if not entry.before:
                    break
                path = entry.before
        return found[::-1]

    def contents(self, revisions: list[tuple[Commit, Entry]]) -> list[bytes]:
        """The content of the file in each revision. Raises Unreadable."""
        return checkout.contents(self._objects, self._id, [entry.blob for _, entry in revisions])

    def _git(self, *command: str) -> bytes:
        return checkout.run(self._objects, self._id, *command)


def _entries(lines: str) -> Iterator[Entry]:
    """The files in git's raw format, ``:MODE MODE ID ID STATUS``, a tab, one path or two; without deleted ones."""
    for line in lines.strip().splitlines():
        meta, *paths = line.split("\t")
        mode, id, status = (meta.split(" ")[number] for number in (1, 3, 4))
        if mode in ("100644", "100755"):
            yield Entry(id, paths[-1], "" if status[0] in "AC" else paths[0])
