"""What a form cannot say: references inside a guideline, between guidelines, and to the catalogue."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from .catalogue import Catalogue
from .fields import show
from .model import Guideline, Mark, Status
from .problems import Problem
from .references import Finding, missing_entries, to_problems
from .source import Source
from .upgrade import UUID
from .yaml_reader import KeyPath


def check_guideline(
    guideline: Guideline, others: Mapping[str, Guideline], catalogue: Catalogue, source: Source, known: set[str]
) -> Iterator[Problem]:
    """Every problem of one guideline.

    ``others`` is the record by ``program/id``; ``known`` the keys of all its files, also of those with faults.
    """
    for check in (_lists, _scoring, _tests, _releases, _sources):
        yield from to_problems(check(guideline, catalogue), source)
    yield from to_problems(_replaces(guideline, known, catalogue), source)
    yield from to_problems(_marks(guideline, others, catalogue, known), source)
    yield from to_problems(missing_entries(guideline, catalogue), source)


def _lists(guideline: Guideline, catalogue: Catalogue) -> Iterator[Finding]:
    listed: set[str] = set()
    defined_sections = {section.project for section in guideline.sections}
    for component in guideline.components.values():
        at: dict[str, Status] = {}
        for status in Status:
            for number, name in enumerate(component.capabilities[status]):
                where: KeyPath = ("components", component.name, "capabilities", status.value, number)
                if name in at:
                    message = f"{component.name} lists {name} as {at[name]} and as {status}"
                    yield where, "listed-twice", name, message, "one status for each component", True
                at.setdefault(name, status)
                if name not in guideline.capabilities:
                    message = f"{component.name} lists {name} as {status}, but the file does not define it"
                    yield where, "listed-not-defined", name, message, "an entry under capabilities", False
        listed |= set(at)
        for status, projects in component.sections.items():
            for number, project in enumerate(projects):
                if project not in defined_sections:
                    message = f"{component.name} names the {status} sections of {project}, which are not defined"
                    where = ("components", component.name, "designated_sections", status, number)
                    yield where, "section-not-defined", project, message, "an entry under designated_sections", False
    for name, capability in guideline.capabilities.items():
        where = ("capabilities", name)
        if name not in listed:
            message = f"{name} is defined, but no component lists it"
            yield where, "defined-not-listed", name, message, "a place in a component's list", False
        own, given = capability.carried.get("status"), set(guideline.statuses(name).values())
        if own and given and own not in given:
            message = f"{name} says of itself {own}, its component says {' and '.join(sorted(given))}"
            yield where, "status-disagrees", name, message, "one status", False


def _scoring(guideline: Guideline, catalogue: Catalogue) -> Iterator[Finding]:
    for name, capability in guideline.capabilities.items():
        for number, key in enumerate(capability.achievements):
            if key not in guideline.criteria:
                where: KeyPath = ("capabilities", name, "achievements", number)
                message = f"{name} has the achievement {show(key)}, which is no criterion"
                hint = "one of " + ", ".join(sorted(guideline.criteria))
                yield where, "unknown-criterion", name, message, hint, False
    total = sum(criterion.weight for criterion in guideline.criteria.values())
    where = ("metadata", "scoring", "cutoff_score")
    if guideline.cutoff is not None and guideline.cutoff > total:
        message = f"the cutoff is {guideline.cutoff}, but all weights together are {total}"
        yield where, "weights", "cutoff", message, "a cutoff that can be reached", True
    if total != 100:
        message = f"the weights add up to {total}"
        yield ("metadata", "scoring", "criteria"), "weights", "sum", message, "schema 1.3 asks for 100", False


def _tests(guideline: Guideline, catalogue: Catalogue) -> Iterator[Finding]:
    names: dict[str, set[str]] = defaultdict(set)
    first: dict[str, KeyPath] = {}
    for capability in guideline.capabilities.values():
        for test in capability.tests:
            where: KeyPath = ("capabilities", capability.name, "tests", test.name)
            if test.id is None:
                if guideline.origin_schema != "1.2":
                    message = f"the test {test.name} has no idempotent id"
                    yield where, "not-a-uuid", test.name, message, "idempotent_id: a UUID", False
            elif not UUID.fullmatch(test.id):
                message = f"the idempotent id of {test.name} is {test.id!r}"
                yield (*where, "idempotent_id"), "not-a-uuid", test.name, message, "a UUID in lower case", True
            else:
                names[test.id].add(test.name)
                first.setdefault(test.id, where)
    for id, tests in names.items():
        if len(tests) > 1:
            message = f"the id {id} stands on {len(tests)} names: {', '.join(sorted(tests))}"
            yield first[id], "id-on-two-names", id, message, "one name, the others as aliases", False


def _releases(guideline: Guideline, catalogue: Catalogue) -> Iterator[Finding]:
    for number, name in enumerate(guideline.releases):
        if not catalogue.broken and catalogue.entry("releases", name) is None:
            where = ("metadata", "os_trademark_approval", "releases", number)
            yield where, "unknown-release", name, f"{name} is no known release", "an entry in releases.yaml", True


def _sources(guideline: Guideline, catalogue: Catalogue) -> Iterator[Finding]:
    if not guideline.path.endswith(".json") and not guideline.sources:
        message = "does not say where its facts come from"
        yield ("record", "sources"), "no-source", "record", message, "record.sources", False


def _replaces(guideline: Guideline, known: set[str], catalogue: Catalogue) -> Iterator[Finding]:
    if not guideline.replaces:
        return
    key = f"{guideline.program}/{guideline.replaces.removeprefix(guideline.program + '.')}"
    if key not in known and not catalogue.broken and not catalogue.entry("known", key):
        where = ("metadata", "os_trademark_approval", "replaces")
        message = f"replaces {guideline.replaces}, which nobody knows"
        yield where, "unknown-guideline", guideline.replaces, message, "a guideline, or an entry in known.yaml", True


def _marks(
    guideline: Guideline, others: Mapping[str, Guideline], catalogue: Catalogue, known: set[str]
) -> Iterator[Finding]:
    for kind, marks in (("platforms", guideline.platforms), ("add-ons", guideline.add_ons)):
        for mark in marks:
            for name in _undefined(mark, guideline, others, catalogue, known):
                message = f"{mark.name} needs {name}, which no guideline defines"
                yield (kind, mark.name), "unknown-component", name, message, "an entry under components", True


def _undefined(
    mark: Mark, guideline: Guideline, others: Mapping[str, Guideline], catalogue: Catalogue, known: set[str]
) -> Iterator[str]:
    for reference in (*mark.components, *mark.required, *mark.optional):
        if reference.name in guideline.components:
            continue
        target = others.get(source_key(reference.source))
        if catalogue.broken or (target is None and known - others.keys()):
            continue  # It may be defined where a fault hides it.
        # A mark may name a component as a later guideline calls it: nfv's os_powered_compute is 2017.09's compute.
        names = {catalogue.component(name) for g in ([target] if target else others.values()) for name in g.components}
        if catalogue.component(reference.name) not in names:
            yield reference.name


def source_key(address: str) -> str:
    """``program/id`` of the guideline that the address of an official file names, or an empty text."""
    match = re.search(r"/(?:([a-z-]+)\.)?(\d{4}\.\d{2}|next)\.json$", address)
    return f"{match[1] or 'powered'}/{match[2]}" if match else ""
