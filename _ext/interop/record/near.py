"""Near misses: the known words that are most like one that is not known. All hints and suggestions are made here."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

#: How alike two words are, from 0 to 1, one of which may be meant by the other.
ALIKE = 0.75


def closest(word: str, known: Iterable[str], most: int = 1, alike: float = ALIKE) -> list[str]:
    """Up to ``most`` of the known words that may be meant by ``word``, the most similar first."""
    return get_close_matches(word, sorted({*known}), n=most, cutoff=alike)


def one_typo(word: str, known: Iterable[str]) -> list[str]:
    """The known words that ``word`` is but for one typing error: a character more, less, or other, or two exchanged."""
    return [other for other in sorted({*known}) if other != word and _is_one_typo(word, other)]


def _is_one_typo(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    same = next((place for place, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    rest, other = short[same:], long[same:]
    if len(short) < len(long):
        return rest == other[1:]
    return rest[1:] == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])


def hint(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """What would be right instead of ``word``: the known word that is most like it, if one is, and ``otherwise``.

    Without ``otherwise``, only known words are right: if none is like it, the hint lists them all.
    """
    words = list(known)
    if matches := closest(word, words):
        return f"did you mean {matches[0]!r}?" + (f" Or {otherwise}" if otherwise else "")
    return otherwise or "one of " + ", ".join(words)
