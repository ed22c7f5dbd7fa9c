"""The stems of words in the search index, kept in a file from build to build: stemming a word takes long."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..record import stored


class Stems(dict[str, str]):
    """Stems by word, those in the file ``path``, if it is given, to begin with; ``stem`` makes the others.

    ``code`` is a digest that differs if another version of the stemmer may have made those in the file.
    """

    def __init__(self, path: Path | None, code: str, stem: Callable[[str], str]) -> None:
        super().__init__((path and stored.load(path, code, dict)) or {})
        self._path, self._code, self._stem = path, code, stem
        self._known = len(self)

    def __missing__(self, word: str) -> str:
        """The stem of a new word."""
        self[word] = self._stem(word)
        return self[word]

    def save(self) -> None:
        """Write the file, if there are new words."""
        if self._path and len(self) != self._known:
            stored.save(self._path, self._code, dict(self))
