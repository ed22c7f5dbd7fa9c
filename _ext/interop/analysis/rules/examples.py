"""The examples of the rules, from ``examples.yaml``: for each rule, a change that breaks it and one that keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...record import yaml_reader

_FILE = Path(__file__).with_name("examples.yaml")


@dataclass(frozen=True)
class Example:
    """A change of the small record: ``text`` describes it, ``change`` has a merge patch (RFC 7386) by guideline id."""

    text: str
    change: dict[str, Any]


@dataclass(frozen=True)
class Examples:
    """A small record, and examples that change it.

    ``guideline`` is a guideline file as data, ``files`` has by id the merge patch that makes each file of the record
    from it. ``breaks`` and ``keeps`` have by rule a change with a finding and one with none.
    """

    guideline: dict[str, Any]
    files: dict[str, Any]
    breaks: dict[str, Example]
    keeps: dict[str, Example]


def load() -> Examples:
    """The examples of all rules."""
    data = yaml_reader.ours(_FILE.read_text(encoding="utf-8"))
    base = data.pop("base")
    breaks, keeps = ({rule: Example(**pair[kind]) for rule, pair in data.items()} for kind in ("breaks", "keeps"))
    return Examples(base["guideline"], base["files"], breaks, keeps)
