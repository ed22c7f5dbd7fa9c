"""References in pages written by hand, with their targets; and what replaces old URLs."""

from __future__ import annotations

from ...record.record import Record
from .. import pages, urls
from ..targets import Targets
from .common import NoViewError, View, component, mark


def reference(targets: Targets, key: str) -> View:
    """The link target with this kind and name; ``key`` is ``kind name``."""
    kind, _, name = key.partition(" ")
    target = targets.find(kind, name)
    if target is None:
        raise NoViewError(key)
    return {"title": target.title, "to": target.to, "kind": kind}


def status(targets: Targets, key: str) -> View:
    """The status of a capability in a guideline by component; ``key`` is ``program/id capability``."""
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
        "partial": guideline.is_partial,
    }


def gone(record: Record, key: str) -> View:
    """The target that replaces a removed page."""
    return {"old": key, "to": record.addresses.moved[key]}


def moved(record: Record, key: str) -> View:
    """The anchors that moved away from the page ``key``, with the targets that replace them."""
    return {"moved": [{"anchor": old, "to": new} for old, new in record.addresses.moved_anchors.get(key, ())]}
