"""Finds different names that would have one file or URL: names that differ only in case, and ids of guidelines.

Where file systems ignore case, the page of a capability ``Compute-auth`` would overwrite that of ``compute-auth``. The
first name stays. Each file with another form of it gets an error, which tells where the first is.
"""

from __future__ import annotations

from collections.abc import Iterator

from . import upgrade
from .ids import short_names
from .model import Guideline
from .paths import folded
from .problems import KeyPath, Problem, show
from .record import Record
from .source import Source

#: A name in a guideline: its kind, the name, its place.
Named = tuple[str, str, KeyPath]


def check(record: Record, known: Source | None) -> Iterator[Problem]:
    """An error for each name in each file that would have the file or URL of another; ``known`` is ``known.yaml``."""
    yield from _names(record)
    yield from _ids(record, known)


def _names(record: Record) -> Iterator[Problem]:
    first: dict[tuple[str, str], tuple[str, Source, KeyPath]] = {}
    for key, guideline in record.guidelines.items():
        read, others = record.sources[key], dict[tuple[str, str], KeyPath]()
        for kind, name, where in _named(guideline):
            if first.setdefault((kind, folded(name)), (name, read, where))[0] != name:
                others.setdefault((kind, name), where)
        for (kind, name), where in others.items():
            before, source, place = first[kind, folded(name)]
            at = f"{source.shown}:{upgrade.line_of(source, place)}"
            message = f"the {kind} {show(name)} differs only in case from {show(before)}, {at}"
            hint = "the same name, or another one"
            yield Problem(read.shown, upgrade.line_of(read, where), "name-clash", message, hint, about=name)


def _named(guideline: Guideline) -> Iterator[Named]:
    """Every name in a guideline that becomes part of a URL."""
    for key in guideline.criteria:
        yield "criterion", key, ("metadata", "scoring", "criteria", key)
    for component in guideline.components.values():
        here: KeyPath = ("components", component.name)
        yield "component", component.name, here
        for status, names in component.capabilities.items():
            for number, name in enumerate(names):
                yield "capability", name, (*here, "capabilities", status.value, number)
        for section_status, projects in component.sections.items():
            for number, project in enumerate(projects):
                yield "project", project, (*here, "designated_sections", section_status, number)
    for capability in guideline.capabilities.values():
        here = ("capabilities", capability.name)
        yield "capability", capability.name, here
        yield "project", capability.project, (*here, "project")
        for test in capability.tests:
            yield "test", test.name, (*here, "tests", test.name)
            for number, alias in enumerate(test.aliases):
                yield "test", alias, (*here, "tests", test.name, "aliases", number)
    for section in guideline.sections:
        yield "project", section.project, ("designated_sections", section.project, section.status)


def _ids(record: Record, known: Source | None) -> Iterator[Problem]:
    ids = [(item.program, item.id, item.path, 1) for item in record.guidelines.values()]
    if known:
        listed = [item for item in record.catalogue.known if item.key not in record.guidelines]
        ids += [(item.program, item.id, known.shown, known.line((item.key,))) for item in listed]
    first: dict[str, tuple[str, str]] = {}
    for program, id, path, line in ids:
        key = f"{program}/{id}"
        for name in sorted(short_names(program, id)):
            other, at = first.setdefault(name, (key, path))
            if other != key:
                message = f"{key} has the short name {show(name)}, which {other} has too, in {at}"
                yield Problem(path, line, "name-clash", message, "another id or program", about=key)
