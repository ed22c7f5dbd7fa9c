"""The tests of a capability as a kind of facts: they are renamed, flagged and no longer flagged as well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .fields import Field, MapOf, Struct
from .kinds import Misfits, Named, Parts, filled, less, misfit
from .problems import KeyPath


@dataclass(frozen=True)
class NamedTests(Named):
    """The tests of a capability by name. ``kind`` has the parts ``idempotent_id`` and ``flagged``."""

    kind: Parts

    @property
    def change(self) -> Struct:
        """The form of a change: in addition, tests renamed, flagged and no longer flagged."""
        flags = MapOf(self.key, self.kind.parts["flagged"][0].value)
        return super().change.having(
            Field("renamed", MapOf(self.key, self.key), "The new name of each test with a new one, by the old name."),
            Field("flagged", flags, "The flags of tests that had none, by the new name."),
            Field("unflagged", flags, "The flags of tests that have none any more, by the new name."),
        )

    def differ(self, old: Any, new: Any) -> dict[str, Any]:
        """As of things by name; a test with another name and the same id is renamed."""
        before, after = dict(old or {}), new or {}
        renamed = dict(_renamed(less(before, after), less(after, before)))
        for name, other in renamed.items():
            before[other] = before.pop(name)
        change = super().differ(before, after)
        moved: dict[str, dict[str, Any]] = {"flagged": {}, "unflagged": {}}
        for name, facts in change.get("changed", {}).items():
            flag = facts.get("flagged", {})
            if len(flag) == 1:  # Else it is another flag.
                del facts["flagged"]
                moved["flagged" if "to" in flag else "unflagged"][name] = flag.get("to", flag.get("from"))
        return filled({"renamed": renamed, **change, "changed": filled(change.get("changed", {})), **moved})

    def apply(self, value: Any, change: Any, where: KeyPath, misfits: Misfits) -> Any:
        """See :class:`Kind`. Renamed tests have their new names in the other parts of the change."""
        found = dict(value or {})
        for before, after in change.get("renamed", {}).items():
            if before not in found or after in found:
                misfits.append(((*where, "renamed", before), misfit(before, "renamed")))
            found[after] = found.pop(before, {})
        found = super().apply(found, change, where, misfits)
        for key, side in (("flagged", "to"), ("unflagged", "from")):
            for name, flag in change.get(key, {}).items():
                if name not in found:
                    misfits.append(((*where, key, name), misfit(name, key)))
                facts = {"flagged": {side: flag}}
                found[name] = self.kind.apply(found.get(name), facts, (*where, key, name), misfits)
        return found


def _renamed(gone: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The old and the new name of each test whose id only these two have."""
    ids = [Counter(facts.get("idempotent_id") for facts in tests.values()) for tests in (gone, new)]
    names = {facts.get("idempotent_id"): name for name, facts in new.items()}
    for name, facts in sorted(gone.items()):
        id = facts.get("idempotent_id")
        if id and ids[0][id] == ids[1][id] == 1:
            yield name, names[id]
