"""What a reference in a text shows: the thing it names, or a status with its mark."""

from __future__ import annotations

from typing import Any

from ...analysis import history
from ...record.loader import Record
from ...record.problems import Problem
from .. import pages, targets
from .common import NoViewError, component, mark

View = dict[str, Any]


def reference(record: Record, key: str, problems: list[Problem]) -> View:
    """The thing that ``kind name`` names."""
    kind, _, name = key.partition(" ")
    thing = targets.find(record, kind, name)
    if thing is None:
        raise NoViewError(key)
    return {"title": thing.title, "to": thing.to, "kind": kind}


def gone(record: Record, key: str, problems: list[Problem]) -> View:
    """What became of a page that is no more."""
    return {"old": key, "to": record.addresses.moved[key]}


def moved(record: Record, key: str, problems: list[Problem]) -> View:
    """What once stood on the page ``key`` and is elsewhere now: the anchor, and the target that replaces it."""
    found = record.addresses.moved.items()
    rows = [{"anchor": old.partition("#")[2], "to": new} for old, new in found if old.startswith(f"{key}#")]
    return {"moved": rows}


def status(record: Record, key: str, problems: list[Problem]) -> View:
    """The status of a capability in a guideline: ``program/id capability``, by component."""
    name, _, capability = key.partition(" ")
    thing = targets.find(record, "guideline", name)
    guideline = record.guidelines[thing.name] if thing else None
    if guideline is None or capability not in history.capability_names(record):
        raise NoViewError(key)
    found = history.statuses(record, guideline, capability)
    return {
        "title": pages.title(record, guideline),
        "capability": capability,
        "to": pages.guideline(guideline.key, capability if guideline.statuses(capability) else ""),
        "marks": [
            {"mark": mark(status), "component": component(record.catalogue, key)["title"]}
            for key, status in found.items()
        ],
        "one": len(set(found.values())) == 1,
    }
