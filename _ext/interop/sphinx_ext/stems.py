"""The stems of words in the search index, kept in a file from build to build: stemming a word takes long."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path


class Stems(dict[str, str]):
    """Stems by word, those in the file ``path``, if it is given, to begin with; ``stem`` makes the others.

    ``code`` is a digest that differs if another version of the stemmer may have made those in the file. A file that is
    missing or damaged is empty.
    """

    def __init__(self, path: Path | None, code: str, stem: Callable[[str], str]) -> None:
        self._path, self._code, self._stem = path, code, stem
        try:
            made_by, known = pickle.loads(path.read_bytes()) if path else (code, {})
            super().__init__(known if made_by == code else {})
        except Exception:  # Whatever is in the file: it is written anew.
            super().__init__()
        self._known = len(self)

    def __missing__(self, word: str) -> str:
        """The stem of a new word."""
        self[word] = self._stem(word)
        return self[word]

    def save(self) -> None:
        """Write the file, in one step, if there are new words."""
        if self._path and len(self) != self._known:
            new = self._path.with_name(f"{self._path.name}.new")
            new.write_bytes(pickle.dumps((self._code, dict(self))))
            new.replace(self._path)
