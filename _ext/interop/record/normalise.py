"""Normalises official files of every schema: malformed ids, empty values, fields that only schema 1.2 has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .problems import Finding, KeyPath
from .schemas import UUID

_MALFORMED_ID = re.compile(rf"(id-)?({UUID.form})((?:,[a-z]+)*)")
#: So many subjects of a note are named, more are counted.
_FEW = 4
_CARRIED = ("name", "status", "guidelines")


class Notes:
    """Notes of what was normalised: one line for each kind of change, with its subjects."""

    def __init__(self) -> None:
        self._about: dict[str, list[str]] = {}
        self._places: dict[str, list[tuple[str, KeyPath, str]]] = {}

    def add(self, note: str, about: str, where: KeyPath = (), right: str = "") -> None:
        """Add a note; ``about`` is its subject, or empty if it concerns the whole file.

        ``where`` is its place in the file, if an editor should look at it, and ``right`` what would be right there.
        """
        self._about.setdefault(note, []).append(about)
        if where:
            self.remark(note, about, where, right)

    def remark(self, note: str, about: str, where: KeyPath, right: str) -> None:
        """Add what an editor should look at, but which is not worth a line in the record."""
        self._places.setdefault(note, []).append((about, where, right))

    def lines(self) -> list[str]:
        """The notes with their subjects, one text for each."""
        return [self._line(note, [a for a in about if a]) for note, about in self._about.items()]

    def findings(self) -> Iterator[Finding]:
        """The notes with a place as observations; of one that has many places, the first, with their number."""
        for note, places in self._places.items():
            for about, where, right in places[: 1 if len(places) > _FEW else _FEW]:
                often = f" ({len(places)} times in this file)" if len(places) > _FEW else ""
                yield Finding(where, "normalised", about, f"{note}{often}", right, is_error=False)

    @staticmethod
    def _line(note: str, about: list[str]) -> str:
        if not about:
            return note
        if len(about) > _FEW:
            return f"{note}: {len(about)} times"
        return f"{note}: " + ", ".join(dict.fromkeys(about))


def tidy_capability(
    name: str, capability: dict[str, Any], block: dict[str, Any], notes: Notes, prefixed: bool = False
) -> None:
    """Normalise one capability in place. Fields that schema 2.0 lacks move to ``block``, the record block.

    ``prefixed`` is whether idempotent ids in this file begin with ``id-``.
    """
    carried = {key: capability.pop(key) for key in _CARRIED if key in capability}
    if carried.get("name") == name:
        del carried["name"]
    if carried:
        block.setdefault("capabilities", {})[name] = carried
    if not capability.get("required_since", True):
        del capability["required_since"]
    if "" in capability.get("achievements", ()):
        where = ("capabilities", name, "achievements")
        notes.add("an empty achievement is left out", name, where, "a criterion, or no entry")
        capability["achievements"] = [key for key in capability["achievements"] if key]
    for title, test in capability["tests"].items():
        if "idempotent_id" in test:
            _tidy_id(name, test, notes, ("capabilities", name, "tests", title, "idempotent_id"), prefixed)


def has_prefix(tests: dict[str, Any]) -> bool:
    """Whether the idempotent id of one of ``tests`` begins with ``id-``."""
    return any(test.get("idempotent_id", "").startswith("id-") for test in tests.values())


def _tidy_id(capability: str, test: dict[str, Any], notes: Notes, where: KeyPath, prefixed: bool) -> None:
    written = test["idempotent_id"]
    match = _as_written(written)
    if match:
        test["idempotent_id"] = match[2]
        right = f"id-{match[2]}" if prefixed else match[2]
        if match[1]:
            notes.add("'id-' is taken off the idempotent ids", capability)
        elif prefixed:
            notes.add("an idempotent id has no 'id-', which the others have", capability, where, right)
        if match[3]:
            note = "a test attribute after the idempotent id is taken off, such as ',negative'"
            notes.add(note, capability, where, right)
        if written != match[0]:
            notes.remark("an idempotent id has spaces around it or is in upper case", capability, where, right)
    elif not written:
        del test["idempotent_id"]
        notes.add("an empty idempotent id is left out", capability)


def bare_id(written: str) -> str:
    """The UUID in an idempotent id, without what is added to it, in lower case; empty if it has none."""
    match = _as_written(written)
    return match[2] if match else ""


def _as_written(id: str) -> re.Match[str] | None:
    """The parts of an id as files have it: ``id-``, the UUID, attributes."""
    return _MALFORMED_ID.fullmatch(id.strip().lower())
