"""Near misses: which known word is meant, by pairs written by hand."""

from __future__ import annotations

import pytest
from interop.record import near

KEYS = ["required", "required_since", "admin", "tests", "text"]


@pytest.mark.parametrize(
    "word, meant",
    [
        ("requird", ["required"]),
        ("requiredd", ["required"]),
        ("rquired", ["required"]),
        ("required", []),
        ("admni", ["admin"]),
        ("admim", ["admin"]),
        ("dmain", []),
        ("nimda", []),
        ("adminis", []),
        ("test", ["tests", "text"]),
        ("a", []),
        ("", []),
    ],
)
def test_one_typing_error(word: str, meant: list[str]) -> None:
    assert near.one_typo(word, KEYS) == meant


@pytest.mark.parametrize(
    "word, otherwise, said",
    [
        ("requird_since", "", "did you mean 'required_since'?"),
        ("requird_since", "a key", "did you mean 'required_since'? Or a key"),
        ("volumes", "a key", "a key"),
        ("volumes", "", "one of required, required_since, admin, tests, text"),
    ],
)
def test_hints(word: str, otherwise: str, said: str) -> None:
    assert near.hint(word, KEYS, otherwise) == said
