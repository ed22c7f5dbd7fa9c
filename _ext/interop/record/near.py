"""Near misses: the known words that are most like one that is not known. All hints and suggestions are made here."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

#: How alike two words are, from 0 to 1, one of which may be meant by the other.
ALIKE = 0.75


def closest(word: str, known: Iterable[str], most: int = 1, alike: float = ALIKE) -> list[str]:
    """Up to ``most`` of the known words that may be meant by ``word``, the most similar first."""
    return get_close_matches(word, sorted({*known}), n=most, cutoff=alike)


def hint(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """What would be right instead of ``word``: the known word that is most like it, if one is, and ``otherwise``.

    Without ``otherwise``, only known words are right: if none is like it, the hint lists them all.
    """
    words = list(known)
    if matches := closest(word, words):
        return f"did you mean {matches[0]!r}?" + (f" Or {otherwise}" if otherwise else "")
    return otherwise or "one of " + ", ".join(words)
