"""Kinds of facts: how two values of a kind differ, and how such a change is applied to a value.

Values and changes are plain data, as they are written to files. A value that is not there is None, or an empty list or
mapping, and is left out of the mapping that would have it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from .fields import Field, ListOf, MapOf, Struct, Text
from .problems import KeyPath, show

#: What does not fit when a change is applied: its place in the change, and why.
Misfit = tuple[KeyPath, str]
Misfits = list[Misfit]


class Kind(Protocol):
    """A kind of facts. ``value`` and ``change`` are the forms of its values and changes."""

    @property
    def value(self) -> Any:
        """The form of a value."""

    @property
    def change(self) -> Any:
        """The form of a change."""

    def differ(self, old: Any, new: Any) -> dict[str, Any]:
        """The change from one value to another, empty if they are the same."""

    def apply(self, value: Any, change: Any, where: KeyPath, misfits: Misfits) -> Any:
        """The value after a change of ``value``.

        ``misfits`` gets what in the change, which is at ``where``, does not fit ``value``.
        """


@dataclass(frozen=True)
class One:
    """One value of the form ``value``."""

    value: Any

    @property
    def change(self) -> Struct:
        """The form of a change: the value before and after, each left out if there is none."""
        return Struct(Field("from", self.value, "The value before."), Field("to", self.value, "The value after."))

    def differ(self, old: Any, new: Any) -> dict[str, Any]:
        """``from`` and ``to``."""
        return {} if old == new else {key: value for key, value in (("from", old), ("to", new)) if value is not None}

    def apply(self, value: Any, change: Any, where: KeyPath, misfits: Misfits) -> Any:
        """See :class:`Kind`."""
        if value != change.get("from"):
            misfits.append(((*where, "from"), f"before this revision, it is {_shown(value)}"))
        return change.get("to")


@dataclass(frozen=True)
class Some:
    """A set of texts of the form ``item``, as a sorted list."""

    item: Text

    @property
    def value(self) -> ListOf:
        """The form of a value."""
        return ListOf(self.item)

    @property
    def change(self) -> Struct:
        """The form of a change: the texts added and dropped."""
        return Struct(Field("added", self.value, "What is new."), Field("dropped", self.value, "What is gone."))

    def differ(self, old: Any, new: Any) -> dict[str, Any]:
        """``added`` and ``dropped``."""
        before, after = set(old or ()), set(new or ())
        return filled({"added": sorted(after - before), "dropped": sorted(before - after)})

    def apply(self, value: Any, change: Any, where: KeyPath, misfits: Misfits) -> Any:
        """See :class:`Kind`."""
        left = set(value or ())
        for name in ("dropped", "added"):
            for number, text in enumerate(change.get(name, ())):
                if (text in left) is (name == "added"):
                    misfits.append(((*where, name, number), misfit(text, name)))
        return sorted(left.difference(change.get("dropped", ())).union(change.get("added", ())))


@dataclass(frozen=True)
class Parts:
    """Facts of several kinds, each under its name, with its meaning."""

    parts: Mapping[str, tuple[Kind, str]]

    @property
    def value(self) -> Struct:
        """The form of a value."""
        return Struct(*(Field(name, kind.value, doc) for name, (kind, doc) in self.parts.items()))

    @property
    def change(self) -> Struct:
        """The form of a change: the changes of the parts that differ."""
        return Struct(*(Field(name, kind.change, doc) for name, (kind, doc) in self.parts.items()))

    def differ(self, old: Any, new: Any) -> dict[str, Any]:
        """The change of each part that differs."""
        before, after = old or {}, new or {}
        pairs = ((key, kind, before.get(key), after.get(key)) for key, (kind, _) in self.parts.items())
        return filled({key: kind.differ(one, other) for key, kind, one, other in pairs if one != other})

    def apply(self, value: Any, change: Any, where: KeyPath, misfits: Misfits) -> Any:
        """See :class:`Kind`."""
        found = dict(value or {})
        for key, (kind, _) in self.parts.items():
            if key in change:
                found[key] = kind.apply(found.get(key), change[key], (*where, key), misfits)
        return self.without_empty(found)

    def without_empty(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """The parts that are there. One value can be empty: of a flag, nothing may be known but that there is one."""
        one = {key for key, (kind, _) in self.parts.items() if isinstance(kind, One)}
        return {key: value for key, value in facts.items() if (value is not None if key in one else value)}


@dataclass(frozen=True)
class Named:
    """Things of one kind, by their names, which have the form ``key``."""

    key: Text
    kind: Kind

    @property
    def value(self) -> MapOf:
        """The form of a value."""
        return MapOf(self.key, self.kind.value)

    @property
    def change(self) -> Struct:
        """The form of a change: what is new, what is gone, and the changes of what stays."""
        return Struct(
            Field("added", self.value, "What is new, with its facts."),
            Field("dropped", self.value, "What is gone, with the facts that it had."),
            Field("changed", MapOf(self.key, self.kind.change), "The changes of what stays."),
        )

    def differ(self, old: Any, new: Any) -> dict[str, Any]:
        """``added``, ``dropped`` and ``changed``."""
        before, after = old or {}, new or {}
        stays = (key for key in sorted(before.keys() & after.keys()) if before[key] != after[key])
        changed = {key: self.kind.differ(before[key], after[key]) for key in stays}
        return filled({"added": less(after, before), "dropped": less(before, after), "changed": filled(changed)})

    def apply(self, value: Any, change: Any, where: KeyPath, misfits: Misfits) -> Any:
        """See :class:`Kind`."""
        found = dict(value or {})
        for key, facts in change.get("dropped", {}).items():
            if key not in found or self.kind.differ(found.pop(key), facts):
                misfits.append(((*where, "dropped", key), misfit(key, "dropped")))
        for key, facts in change.get("added", {}).items():
            if key in found:
                misfits.append(((*where, "added", key), misfit(key, "added")))
            found[key] = facts
        for key, facts in change.get("changed", {}).items():
            if key not in found:
                misfits.append(((*where, "changed", key), misfit(key, "changed")))
            found[key] = self.kind.apply(found.get(key), facts, (*where, "changed", key), misfits)
        return found


def less(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """What is under the keys that the other mapping does not have, sorted."""
    return {key: one[key] for key in sorted(one.keys() - other.keys())}


def filled(data: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is empty."""
    return {key: value for key, value in data.items() if value}


def misfit(name: str, what: str) -> str:
    """Why an entry of a change does not fit."""
    return f"{show(name)} is {what}, which does not fit the revisions before"


def _shown(value: Any) -> str:
    return "not there" if value is None else show(str(value))
