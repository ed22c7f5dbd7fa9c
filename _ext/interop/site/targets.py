"""Link targets: guidelines, capabilities, tests, sections, criteria and clauses, under all their names.

References and ``objects.inv`` use a target's ``name``; ``label`` is a plain Sphinx label, for projects that do not load
our domain. Names are case-sensitive. A test has its id, all its names and all its aliases; a guideline also has its
official id; a clause also has its id without the document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..analysis.analysis import Analysis
from ..analysis.history import Place, is_id
from ..record import process
from ..record.model import Guideline
from ..record.near import closest
from ..record.record import Record
from . import pages, urls


@dataclass(frozen=True)
class Target:
    """One link target; ``to`` is its ``document#anchor``, ``others`` are its other names."""

    kind: str
    name: str
    title: str
    to: str
    label: str
    others: tuple[str, ...] = ()

    @property
    def document(self) -> str:
        """The document, without the anchor."""
        return self.to.partition("#")[0]

    @property
    def anchor(self) -> str:
        """The anchor; empty if the target is a whole page."""
        return self.to.partition("#")[2]


def of_guideline(record: Record, guideline: Guideline) -> Target:
    """The target of a guideline."""
    label = f"guideline-{guideline.program}-{guideline.id}"
    others = dict.fromkeys((guideline.official_id, f"{guideline.program}.{guideline.id}"))
    to = urls.guideline(guideline.key)
    return Target("guideline", guideline.key, pages.title(record, guideline), to, label, tuple(others))


def of_capability(name: str) -> Target:
    """The target of a capability."""
    return Target("capability", name, name, urls.capability(name), f"cap-{name.lower()}")


def of_test(key: str, places: list[Place], others: tuple[str, ...] = ()) -> Target:
    """The target of a test with an idempotent id; ``others`` are names that no other test has."""
    return Target("test", key, pages.test_title(places), urls.test(key), f"test-{key}", others)


class Targets:
    """All targets of a record, with lookups by name."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis

    @cached_property
    def all(self) -> list[Target]:
        """Every target, kind by kind."""
        record = self.analysis.record
        return [
            *(of_guideline(record, guideline) for guideline in record.guidelines.values()),
            *(of_capability(name) for name in self.analysis.capability_names),
            *self._tests(),
            *self._sections_and_criteria(),
            *self._clauses(),
        ]

    def _tests(self) -> Iterator[Target]:
        places = self.analysis.test_places
        owners: dict[str, set[str]] = {}
        for key, found in places.items():
            for place in found:
                for name in place.names:
                    owners.setdefault(name, set()).add(key)
        for key, found in places.items():
            if is_id(key):
                names = {name for place in found for name in place.names}
                # Without the names that are ambiguous because several tests had them.
                yield of_test(key, found, tuple(sorted(name for name in names if len(owners[name]) == 1)))

    def _sections_and_criteria(self) -> Iterator[Target]:
        for project in self.analysis.projects():
            title = f"Designated sections of {project}"
            yield Target("section", project, title, urls.section(project), f"section-{project}")
        for key, entry in self.analysis.record.catalogue.data["criteria"].items():
            yield Target("criterion", key, entry["name"], urls.criterion(key), f"criterion-{key}")

    def _clauses(self) -> Iterator[Target]:
        record = self.analysis.record
        catalogue = record.catalogue
        newest = {id: process.holders(catalogue, id)[-1] for id in catalogue.data["process"].get("clauses", {})}
        for document in process.entries(catalogue):
            for clause in process.clauses(catalogue, document):
                name = f"{document}.{clause.id}"
                others = (clause.id,) if newest[clause.id] == document else ()
                to = urls.clause(record, clause.id, document)
                label = f"clause-{document}-{clause.id}".lower()
                yield Target("clause", name, f"{document} {clause.id}", to, label, others)

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], Target]:
        found: dict[tuple[str, str], Target] = {}
        for target in self.all:
            for name in (target.name, *target.others):
                found.setdefault((target.kind, name), target)
        return found

    @cached_property
    def by_document(self) -> dict[str, list[Target]]:
        """The targets on each page."""
        found: dict[str, list[Target]] = {}
        for target in self.all:
            found.setdefault(target.document, []).append(target)
        return found

    def find(self, kind: str, name: str) -> Target | None:
        """The target of this kind with this name, or None."""
        return self._by_name.get((kind, name))

    def guideline(self, name: str) -> Guideline | None:
        """The guideline whose target has this name, or None."""
        found = self.find("guideline", name)
        return self.analysis.record.guidelines[found.name] if found else None

    def near(self, kind: str, name: str) -> list[str]:
        """Up to three names of this kind that are similar to ``name``."""
        known = [other for other_kind, other in self._by_name if other_kind == kind]
        return closest(name, known, most=3)
