"""Writes files of the record, never half of one, and none outside the guidelines folder."""

from __future__ import annotations

import os
from pathlib import Path

from ..record import discovery
from ..record.problems import Problem


def fault(root: Path, target: Path) -> Problem | None:
    """What is wrong with the place ``target`` in the guidelines folder ``root`` to write to; None if nothing is."""
    if discovery.leads_out(root.resolve(), target):
        return discovery.outside(str(target))
    if os.path.lexists(target) and not target.is_file():
        return Problem(str(target), 1, "unreadable", "is not a regular file", "a regular file, or none")
    return None


def write(target: Path, content: bytes) -> str:
    """Write ``target``, if its content is another; whether it is unchanged, written or changed. Never half of it."""
    old = target.read_bytes() if target.exists() else None
    if content != old:
        target = target.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        new = target.with_name(f".{target.name}.new")
        new.write_bytes(content)
        new.replace(target)
    return "unchanged" if content == old else "written" if old is None else "changed"
