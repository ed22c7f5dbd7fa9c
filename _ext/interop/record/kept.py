"""What was read from guideline files, kept in a file from one build to the next.

Reading and checking a guideline file takes longer than everything else that loading does. A result depends on the
file's name and content, and on the code; these are its key.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from .source import MAX_BYTES

T = TypeVar("T")


class Kept:
    """Results in the file ``path``; ``code`` is a digest of the code. A file that is missing or damaged is empty."""

    def __init__(self, path: Path, code: str) -> None:
        self._path = path
        self._code = code
        self._used: dict[str, bytes] = {}
        try:
            self._known: dict[str, bytes] = dict(pickle.loads(path.read_bytes()))
        except Exception:  # Whatever is in the file: it is written anew.
            self._known = {}

    def result(self, path: Path, name: str, read: Callable[[], T]) -> T:
        """What ``read`` returns for the file ``path``: the result that was kept for this name and content, if any."""
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            return read()
        content = path.read_bytes()
        key = hashlib.sha256(f"{self._code}\0{name}\0".encode() + content).hexdigest()
        if key in self._known:
            self._used[key] = self._known[key]
            found: T = pickle.loads(self._known[key])
            return found
        made = read()
        if path.is_file() and path.read_bytes() == content:  # Else it was saved in between.
            self._used[key] = pickle.dumps(made)
        return made

    def save(self) -> None:
        """Write the results that were used to the file, in one step, if they are others than before."""
        if self._used.keys() != self._known.keys():
            new = self._path.with_name(f"{self._path.name}.new")
            new.write_bytes(pickle.dumps(self._used))
            new.replace(self._path)
