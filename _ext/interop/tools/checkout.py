"""Finds the commit of a file in a git checkout, and runs nothing that the checkout names.

In a checkout, git runs what its configuration and attributes name: hooks, filters, ``core.fsmonitor``, helpers for
remotes. Git is therefore not started there. It reads objects only, with a repository of our own around them that has
no configuration, references or working tree (``GIT_DIR`` and ``GIT_OBJECT_DIRECTORY``). HEAD and branches are small
text files (gitrepository-layout(5)), which are read here. Whether a file is as committed is decided by its blob id,
not by the index, which can claim anything.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from ..record.source import MAX_BYTES
from . import git

#: References are tiny, but a list of packed ones can be long.
_MAX_REFERENCES = 50_000_000
_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_PATH = re.compile(r"(?!.*\.\.)[^\s\\]+")  # What a path in the record may be.
_NAME = re.compile(r"refs/[^\x00-\x20\x7f~^:?*\[\\]+")


class Unreadable(Exception):
    """The checkout cannot be read: ``where``, and why as the text."""

    def __init__(self, where: Path, why: str) -> None:
        super().__init__(why)
        self.where = where


@dataclass(frozen=True)
class Checkout:
    """A checkout: its ``top`` folder, its repository ``folder``, and ``common``, the one that worktrees share."""

    top: Path
    folder: Path
    common: Path

    @property
    def objects(self) -> Path:
        """The folder of git objects."""
        return self.common / "objects"

    def head(self) -> str:
        """The id of the commit that is checked out; empty if there is none yet. Raises Unreadable."""
        return self.commit(_text(self.folder / "HEAD").strip())

    def reference(self, name: str) -> str:
        """The id of the branch, tag or other reference ``name``; empty if there is none. Raises Unreadable."""
        if name == "HEAD":
            return self.head()
        places = (f"{folder}{name}" for folder in ("", "refs/", "refs/heads/", "refs/tags/", "refs/remotes/"))
        named = (place for place in places if _NAME.fullmatch(place) and ".." not in place)
        return next(filter(None, (self.commit(f"ref: {place}") for place in named)), "")

    def commit(self, text: str) -> str:
        """The id that the content ``text`` of a reference leads to; empty if it leads to no file. Raises Unreadable."""
        if (self.common / "reftable").exists():
            raise Unreadable(self.folder, "has its references in a reftable, which is not supported")
        for _ in range(5):  # As deep as git follows references to references.
            if _ID.fullmatch(text):
                return text
            name = text.removeprefix("ref:").strip()
            if name == text or not _NAME.fullmatch(name) or ".." in name:
                break
            text = (_text(self.folder / name) or _text(self.common / name)).strip() or _packed(self.common, name)
            if not text:
                return ""
        raise Unreadable(self.folder / "HEAD", "names no commit or branch")


@dataclass(frozen=True)
class Tracked:
    """A file in a checkout: its path there, and its commit, or, with an empty ``commit``, why it has none."""

    path: str
    commit: str
    why: str = ""


def around(path: Path) -> Checkout | None:
    """The checkout that ``path`` (without symbolic links) is in; None if it is in none. Raises Unreadable."""
    top = next((folder for folder in path.parents if os.path.lexists(folder / ".git")), None)
    if top is None:
        return None
    try:
        folder = _git_folder(top / ".git")
        return Checkout(top, folder, folder / shared.strip() if (shared := _text(folder / "commondir")) else folder)
    except OSError as error:
        raise Unreadable(top / ".git", f"cannot be read: {error.strerror}") from None


def find(path: Path) -> Tracked | None:
    """The file ``path`` (without symbolic links) in its checkout; None if it is in no checkout.

    It has a commit if its content is that of the commit which is checked out. Raises Unreadable.
    """
    found = around(path)
    if found is None:
        return None
    try:
        commit = found.head()
        name = path.relative_to(found.top).as_posix()
        if not commit:
            return Tracked(name, "", "the checkout has no commit yet")
        if not (name.isprintable() and _PATH.fullmatch(name)):
            return Tracked(name, "", "its path in the checkout has a space or another character that is not allowed")
        return Tracked(name, *_compare(path, name, found.objects, commit))
    except OSError as error:
        raise Unreadable(found.top / ".git", f"cannot be read: {error.strerror}") from None


def _git_folder(path: Path) -> Path:
    """The repository of a checkout: ``.git``, or what it refers to, as in worktrees and submodules."""
    if path.is_dir():
        return path
    text = _text(path)
    if not text.startswith("gitdir: "):
        raise Unreadable(path, "is neither a folder nor a file with 'gitdir: '")
    folder = path.parent / text.removeprefix("gitdir: ").rstrip("\n")
    if not folder.is_dir():
        raise Unreadable(path, "refers to a folder that does not exist")
    return folder


def _packed(common: Path, name: str) -> str:
    lines = _text(common / "packed-refs").splitlines()
    return next((line.partition(" ")[0] for line in lines if line.partition(" ")[2] == name), "")


def _text(path: Path) -> str:
    """The text of a file; empty if there is none."""
    if not path.is_file():  # Reading a pipe would never end.
        return ""
    with path.open("rb") as file:
        return file.read(_MAX_REFERENCES).decode(errors="surrogateescape")


def _compare(path: Path, name: str, objects: Path, commit: str) -> tuple[str, str]:
    """The commit if it has the file ``name`` with the content of ``path``; otherwise an empty text and the reason."""
    try:
        entry = _entry(objects, commit, name)
    except FileNotFoundError:
        return "", "git is not installed, which reads the checkout"
    if not entry:
        return "", f"it is not in the commit {commit[:12]}, which is checked out"
    content = path.read_bytes()
    if entry == blob(content, commit):
        return commit, ""
    if entry == blob(content.replace(b"\r\n", b"\n"), commit):
        return "", f"its line ends are not those of the commit {commit[:12]} (core.autocrlf?)"
    return "", f"it differs from the commit {commit[:12]}, which is checked out"


def blob(content: bytes, commit: str = "0" * 40) -> str:
    """The id of a blob with ``content``, by the hash function of ``commit``; by default SHA-1."""
    function = hashlib.sha1 if len(commit) == 40 else hashlib.sha256
    return function(b"blob %d\0" % len(content) + content).hexdigest()


def run(objects: Path, commit: str, *command: str, given: bytes = b"") -> bytes:
    """The output of a git command on the folder ``objects``, as of :func:`.git.read`. Raises Unreadable."""
    try:
        status, output = git.read(objects, commit, *command, given=given)
    except FileNotFoundError:
        raise Unreadable(objects, "git is not installed, which reads the checkout") from None
    except subprocess.TimeoutExpired:
        raise Unreadable(objects, "reading the commit took more than a minute") from None
    if status:
        raise Unreadable(objects, f"git {command[0]} does not find {command[-1]}")
    return output


def contents(objects: Path, commit: str, ids: Collection[str]) -> list[bytes]:
    """The contents of the blobs with these ids, in their order. Raises Unreadable, also for one that is too large."""
    given = "".join(f"{id}\n" for id in ids).encode()
    for line in run(objects, commit, "cat-file", "--batch-check", given=given).decode().splitlines():
        id, kind, *size = line.split(" ")
        if kind != "blob" or int(size[0]) > MAX_BYTES:
            raise Unreadable(objects, f"has no file {id[:12]} of at most {MAX_BYTES:,} bytes")
    output = run(objects, commit, "cat-file", "--batch", given=given)
    found, place = [], 0
    for _ in ids:  # ID, type and size, a line feed, the content, a line feed.
        start = output.index(b"\n", place) + 1
        end = start + int(output[place:start].split()[-1])
        found.append(output[start:end])
        place = end + 1
    return found


def _entry(objects: Path, commit: str, name: str) -> str:
    """The id of the object ``name`` in the tree of ``commit``; empty if it has none."""
    if not objects.is_dir():
        raise Unreadable(objects, "is not a folder of git objects")
    try:
        status, output = git.read(objects, commit, "ls-tree", "-z", "--full-tree", commit, "--", name)
    except subprocess.TimeoutExpired:
        raise Unreadable(objects, "reading the commit took more than a minute") from None
    if status:
        raise Unreadable(objects, f"has no complete commit {commit[:12]}")
    # MODE TYPE ID TAB PATH. Of a folder's name without a slash, ls-tree gives the folder.
    mode, _, rest = output.decode(errors="surrogateescape").partition(" ")
    return rest.split(" ")[1].partition("\t")[0] if mode in ("100644", "100755") else ""
