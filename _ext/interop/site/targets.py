"""What can be referred to: guidelines, capabilities, tests, sections, criteria and clauses, under every name they have.

A thing's ``name`` is the one that references and ``objects.inv`` use; ``label`` is the same as a plain label, for
projects that do not load our domain. Names are looked up as they are written; a test goes by its id and by every name
and alias it ever had, a guideline also by its official id, a clause also without its document.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..analysis import history
from ..record import process
from ..record.loader import Record
from . import pages

#: The kinds of things, with what one of them is called.
KINDS = {
    "guideline": "guideline",
    "capability": "capability",
    "test": "test",
    "section": "designated sections",
    "criterion": "criterion",
    "clause": "clause",
}


@dataclass(frozen=True)
class Thing:
    """One thing that can be referred to, with the target of its page."""

    kind: str
    name: str
    title: str
    to: str
    label: str
    others: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def things(record: Record) -> list[Thing]:
    """Everything that can be referred to, kind by kind."""
    return [*_guidelines(record), *_capabilities(record), *_tests(record), *_rest(record), *_clauses(record)]


def _guidelines(record: Record) -> Iterator[Thing]:
    for key, guideline in record.guidelines.items():
        label = f"guideline-{guideline.program}-{guideline.id}"
        others = dict.fromkeys((guideline.official_id, f"{guideline.program}.{guideline.id}"))
        yield Thing("guideline", key, pages.title(record, guideline), pages.guideline(key), label, tuple(others))


def _capabilities(record: Record) -> Iterator[Thing]:
    for name in history.capability_names(record):
        yield Thing("capability", name, name, pages.capability(name), f"cap-{name.lower()}")


def _tests(record: Record) -> Iterator[Thing]:
    places = history.test_places(record)
    owners: dict[str, set[str]] = {}
    for key, found in places.items():
        for place in found:
            for name in (place.test.name, *place.test.aliases):
                owners.setdefault(name, set()).add(key)
    for key, found in places.items():
        if history.is_id(key):
            names = {name for place in found for name in (place.test.name, *place.test.aliases)}
            # A name that two tests had says nothing of which is meant.
            others = tuple(sorted(name for name in names if len(owners[name]) == 1))
            yield Thing("test", key, pages.test_title(found), pages.test(key), f"test-{key}", others)


def _rest(record: Record) -> Iterator[Thing]:
    for project in history.projects(record):
        title = f"Designated sections of {project}"
        yield Thing("section", project, title, pages.section(project), f"section-{project}")
    for key, entry in record.catalogue.data["criteria"].items():
        yield Thing("criterion", key, entry["name"], pages.criterion(key), f"criterion-{key}")


def _clauses(record: Record) -> Iterator[Thing]:
    catalogue = record.catalogue
    newest = {id: process.holders(catalogue, id)[-1] for id in catalogue.data["process"].get("clauses", {})}
    for document in process.documents(catalogue):
        for clause in process.clauses(catalogue, document):
            name = f"{document}.{clause.id}"
            others = (clause.id,) if newest[clause.id] == document else ()
            to = pages.clause(record, clause.id, document)
            yield Thing("clause", name, f"{document} {clause.id}", to, f"clause-{document}-{clause.id}".lower(), others)


@lru_cache(maxsize=1)
def _by_name(record: Record) -> dict[tuple[str, str], Thing]:
    found: dict[tuple[str, str], Thing] = {}
    for thing in things(record):
        for name in (thing.name, *thing.others):
            found.setdefault((thing.kind, name), thing)
    return found


def find(record: Record, kind: str, name: str) -> Thing | None:
    """The thing of this kind that goes by ``name``, or None."""
    return _by_name(record).get((kind, name))


def near(record: Record, kind: str, name: str) -> list[str]:
    """Up to three names of this kind that look like ``name``."""
    known = [other for other_kind, other in _by_name(record) if other_kind == kind]
    return difflib.get_close_matches(name, known, n=3)
