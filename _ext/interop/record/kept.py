"""What was read from guideline files, kept in a file from one build to the next.

Reading and checking a guideline file takes longer than everything else that loading does. A result depends on the
file's name and content, which are its key, and on the code.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from . import stored
from .source import MAX_BYTES

T = TypeVar("T")


class Kept:
    """Results in the file ``path``; ``code`` is a digest of the code."""

    def __init__(self, path: Path, code: str) -> None:
        self._path = path
        self._code = code
        self._used: dict[str, bytes] = {}
        self._known: dict[str, bytes] = stored.load(path, code, dict) or {}

    def result(self, path: Path, name: str, read: Callable[[], T]) -> T:
        """What ``read`` returns for the file ``path``: the result that was kept for this name and content, if any."""
        content = _content(path)
        if content is None:
            return read()
        key = hashlib.sha256(f"{name}\0".encode() + content).hexdigest()
        if key in self._known:
            self._used[key] = self._known[key]
            found: T = pickle.loads(self._known[key])
            return found
        made = read()
        if path.is_file() and path.read_bytes() == content:  # Else it was saved in between.
            self._used[key] = pickle.dumps(made)
        return made

    def save(self) -> None:
        """Write the results that were used to the file, if they are others than before."""
        if self._used.keys() != self._known.keys():
            stored.save(self._path, self._code, self._used)


class Shared(Kept):
    """Results that are kept in memory while several states of one record are read."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, bytes], object] = {}
        self._recent: dict[tuple[str, bytes], object] = {}

    def result(self, path: Path, name: str, read: Callable[[], T]) -> T:
        """What ``read`` returns for the file ``path``: the same object for the same name and content."""
        content = _content(path)
        if content is None:
            return read()
        key = name, content
        if key not in self._found:
            self._found[key] = read()
        self._recent[key] = self._found[key]
        return self._found[key]  # type: ignore[return-value]

    def save(self) -> None:
        """Forget what was not used since this was called before."""
        self._found, self._recent = self._recent, {}


def _content(path: Path) -> bytes | None:
    """The content of a file; None if it cannot be read or is too large, which reading it reports."""
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size <= MAX_BYTES else None
    except OSError:
        return None
