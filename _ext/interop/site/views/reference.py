"""What a reference in a text shows: the thing it names, or a status with its mark."""

from __future__ import annotations

from ...record.record import Record
from .. import pages, urls
from ..targets import Targets
from .common import NoViewError, View, component, mark


def reference(targets: Targets, key: str) -> View:
    """The target that ``kind name`` names."""
    kind, _, name = key.partition(" ")
    target = targets.find(kind, name)
    if target is None:
        raise NoViewError(key)
    return {"title": target.title, "to": target.to, "kind": kind}


def status(targets: Targets, key: str) -> View:
    """The status of a capability in a guideline: ``program/id capability``, by component."""
    analysis = targets.analysis
    name, _, capability = key.partition(" ")
    guideline = targets.guideline(name)
    if guideline is None or capability not in analysis.capability_names:
        raise NoViewError(key)
    found = analysis.statuses(guideline, capability)
    return {
        "title": pages.title(analysis.record, guideline),
        "capability": capability,
        "to": urls.guideline(guideline.key, capability if found else ""),
        "marks": [
            {"mark": mark(status), "component": component(analysis.record.catalogue, key)["title"]}
            for key, status in found.items()
        ],
        "one": len(set(found.values())) == 1,
    }


def gone(record: Record, key: str) -> View:
    """What became of a page that no longer exists."""
    return {"old": key, "to": record.addresses.moved[key]}


def moved(record: Record, key: str) -> View:
    """What was once on the page ``key`` and is elsewhere now: the anchor, and the target that replaces it."""
    found = record.addresses.moved.items()
    rows = [{"anchor": old.partition("#")[2], "to": new} for old, new in found if old.startswith(f"{key}#")]
    return {"moved": rows}
