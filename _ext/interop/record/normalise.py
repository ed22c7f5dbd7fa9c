"""Normalises official files of every schema: malformed ids, empty values, fields that only schema 1.2 has."""

from __future__ import annotations

import re
from typing import Any

from .schemas import UUID

_MALFORMED_ID = re.compile(rf"(id-)?({UUID.form})((?:,[a-z]+)*)")
_CARRIED = ("name", "status", "guidelines")


class Notes:
    """Notes of what was normalised: one line for each kind of change, with its subjects."""

    def __init__(self) -> None:
        self._about: dict[str, list[str]] = {}

    def add(self, note: str, about: str) -> None:
        """Add a note; ``about`` is its subject, or empty if it concerns the whole file."""
        self._about.setdefault(note, []).append(about)

    def lines(self) -> list[str]:
        """The notes with their subjects, one text for each."""
        return [self._line(note, [a for a in about if a]) for note, about in self._about.items()]

    @staticmethod
    def _line(note: str, about: list[str]) -> str:
        if not about:
            return note
        if len(about) > 4:
            return f"{note}: {len(about)} times"
        return f"{note}: " + ", ".join(dict.fromkeys(about))


def tidy_capability(name: str, capability: dict[str, Any], block: dict[str, Any], notes: Notes) -> None:
    """Normalise one capability in place. Fields that schema 2.0 lacks move to ``block``, the record block."""
    carried = {key: capability.pop(key) for key in _CARRIED if key in capability}
    if carried.get("name") == name:
        del carried["name"]
    if carried:
        block.setdefault("capabilities", {})[name] = carried
    if not capability.get("required_since", True):
        del capability["required_since"]
    if "" in capability.get("achievements", ()):
        notes.add("an empty achievement is left out", name)
        capability["achievements"] = [key for key in capability["achievements"] if key]
    for test in capability["tests"].values():
        if "idempotent_id" in test:
            _tidy_id(name, test, notes)


def _tidy_id(capability: str, test: dict[str, Any], notes: Notes) -> None:
    written = test["idempotent_id"]
    match = _MALFORMED_ID.fullmatch(written.strip().lower())
    if match:
        test["idempotent_id"] = match[2]
        if match[1]:
            notes.add("'id-' is taken off the idempotent ids", capability)
        if match[3]:
            notes.add("a test attribute after the idempotent id is taken off, such as ',negative'", capability)
    elif not written:
        del test["idempotent_id"]
        notes.add("an empty idempotent id is left out", capability)


def bare_id(written: str) -> str:
    """The UUID in an idempotent id, without what is added to it, in lower case; empty if it has none."""
    match = _MALFORMED_ID.fullmatch(written.strip().lower())
    return match[2] if match else ""
