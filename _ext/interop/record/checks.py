"""Cross-reference checks: inside a guideline, between guidelines, and from a guideline to the catalogue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from . import evidence, near
from .catalogue import Catalogue
from .model import GROUP, Guideline, Mark, Status
from .normalise import bare_id
from .problems import Finding, KeyPath, show
from .references import guideline_hint, missing_entries
from .schemas import UUID


def check_guideline(
    guideline: Guideline, others: Mapping[str, Guideline], catalogue: Catalogue, known: set[str]
) -> Iterator[Finding]:
    """Every finding about one guideline.

    ``others`` are the guidelines by ``program/id``; ``known`` are the keys of all files, including those with errors.
    """
    yield from _component_lists(guideline)
    yield from _capability_lists(guideline)
    yield from _scoring(guideline)
    yield from _tests(guideline)
    yield from _releases(guideline, catalogue)
    yield from _sources(guideline)
    yield from evidence.check(guideline)
    yield from _replaces(guideline, known, catalogue)
    yield from _marks(guideline, others, catalogue, known)
    yield from missing_entries(guideline, catalogue)


def _component_lists(guideline: Guideline) -> Iterator[Finding]:
    defined = {section.project for section in guideline.sections}
    for component in guideline.components.values():
        at: dict[str, Status] = {}
        for status, name, where in component.entries():
            shown = name.removeprefix(GROUP)
            if name in at:
                twice = f"twice as {status}" if at[name] is status else f"as {at[name]} and as {status}"
                message = f"{component.name} lists {shown} {twice}"
                yield Finding(where, "listed-twice", shown, message, "one status for each component")
            at.setdefault(name, status)
            if name not in guideline.capabilities:
                message = f"{component.name} lists {shown} as {status}, but the file does not define it"
                hint = near.hint(name, guideline.capabilities, f"an entry under {where[2]}")
                yield Finding(where, "listed-not-defined", shown, message, hint, is_error=guideline.is_partial)
        for section_status, projects in component.sections.items():
            for number, project in enumerate(projects):
                if project not in defined:
                    named = f"the {section_status} sections of {project}"
                    message = f"{component.name} lists {named}, but the file does not define them"
                    where = ("components", component.name, "designated_sections", section_status, number)
                    hint = near.hint(project, defined, "an entry under designated_sections")
                    yield Finding(where, "section-not-defined", project, message, hint, is_error=False)


def _capability_lists(guideline: Guideline) -> Iterator[Finding]:
    for name, capability in guideline.capabilities.items():
        given = set(guideline.statuses(name).values())
        if not given and not guideline.is_scoring:
            shown = name.removeprefix(GROUP)
            message = f"{shown} is defined, but no component lists it"
            hint = "an entry in the list of a component"
            yield Finding(capability.place, "defined-not-listed", shown, message, hint, is_error=guideline.is_partial)
        own = capability.carried.get("status")
        if own and given and own not in given:
            listed = " and ".join(sorted(given))
            message = f"{name} has the status {own}, but components list it as {listed}"
            yield Finding(
                capability.place, "status-disagrees", name, message, "the same status in both", is_error=False
            )


def _scoring(guideline: Guideline) -> Iterator[Finding]:
    if guideline.is_partial:
        return  # It has no scores.
    for name, capability in guideline.capabilities.items():
        for number, key in enumerate(capability.achievements):
            if key not in guideline.criteria:
                where: KeyPath = ("capabilities", name, "achievements", number)
                message = f"{name} has the achievement {show(key)}, which is not a criterion"
                hint = near.hint(key, sorted(guideline.criteria))
                yield Finding(where, "unknown-criterion", name, message, hint, is_error=False)
    total = sum(guideline.weights.values())
    where = ("metadata", "scoring", "cutoff_score")
    if guideline.cutoff is not None and guideline.cutoff > total:
        message = f"the cutoff is {guideline.cutoff}, but the weights add up to {total}"
        yield Finding(where, "weights", "cutoff", message, "a cutoff that can be reached")
    if total != 100:
        message = f"the weights add up to {total}"
        where = ("metadata", "scoring", "criteria")
        hint = "schema 1.3 requires 100" if guideline.origin_schema == "1.3" else "100 in all"
        yield Finding(where, "weights", "sum", message, hint, is_error=False)


def _tests(guideline: Guideline) -> Iterator[Finding]:
    names: dict[str, set[str]] = defaultdict(set)
    first: dict[str, KeyPath] = {}
    for capability in guideline.capabilities.values():
        for test in capability.tests:
            where: KeyPath = (*capability.place, "tests", test.name)
            if test.id is None:
                if guideline.origin_schema not in ("1.0", "1.2"):
                    message = f"the test {test.name} has no idempotent id"
                    yield Finding(where, "not-a-uuid", test.name, message, "idempotent_id: a UUID", is_error=False)
            elif not UUID.matches(test.id):
                message = f"the idempotent id of {test.name} is {test.id!r}"
                hint = f"did you mean '{bare}'?" if (bare := bare_id(test.id)) else UUID.what
                yield Finding((*where, "idempotent_id"), "not-a-uuid", test.name, message, hint)
            else:
                names[test.id].add(test.name)
                first.setdefault(test.id, where)
    for id, tests in names.items():
        if len(tests) > 1:
            message = f"the id {id} has {len(tests)} names: {', '.join(sorted(tests))}"
            yield Finding(first[id], "id-on-two-names", id, message, "one name, the others as aliases", is_error=False)


def _releases(guideline: Guideline, catalogue: Catalogue) -> Iterator[Finding]:
    for number, name in enumerate(guideline.releases):
        if not catalogue.broken and catalogue.entry("releases", name) is None:
            where = ("metadata", "os_trademark_approval", "releases", number)
            message = f"{name} is not a known release"
            hint = near.hint(name, catalogue.data["releases"], "an entry in catalogue/releases.yaml")
            yield Finding(where, "unknown-release", name, message, hint)


def _sources(guideline: Guideline) -> Iterator[Finding]:
    named = guideline.path.endswith(".json") or guideline.sources or guideline.evidence_sources
    if not named and not guideline.in_preparation:  # A draft that is written by hand has no official file yet.
        message, hint = "has no source for its facts", "an entry under record.sources"
        yield Finding(("record", "sources"), "no-source", "record", message, hint, is_error=False)


def _replaces(guideline: Guideline, known: set[str], catalogue: Catalogue) -> Iterator[Finding]:
    if not guideline.replaces:
        return
    key = guideline.replaces_key
    if key not in known and not catalogue.broken and not catalogue.entry("known", key):
        where = ("metadata", "os_trademark_approval", "replaces")
        message = f"replaces {guideline.replaces}, which is not a known guideline"
        hint = guideline_hint(guideline.program, guideline.replaces, known - {guideline.key}, catalogue)
        yield Finding(where, "unknown-guideline", guideline.replaces, message, hint)


def _marks(
    guideline: Guideline, others: Mapping[str, Guideline], catalogue: Catalogue, known: set[str]
) -> Iterator[Finding]:
    for kind, marks in (("platforms", guideline.platforms), ("add-ons", guideline.add_ons)):
        for mark in marks:
            for name, defined in _undefined(mark, guideline, others, catalogue, known):
                message = f"{mark.name} needs {name}, which no guideline defines"
                hint = near.hint(name, defined, "an entry under components")
                yield Finding((kind, mark.name), "unknown-component", name, message, hint)


def _undefined(
    mark: Mark, guideline: Guideline, others: Mapping[str, Guideline], catalogue: Catalogue, known: set[str]
) -> Iterator[tuple[str, set[str]]]:
    """The components that a mark needs and no guideline defines, with the names of those that are defined."""
    for reference in (*mark.components, *mark.required, *mark.optional):
        if reference.name in guideline.components:
            continue
        target = others.get(reference.source_key)
        if catalogue.broken or (target is None and known - others.keys()):
            continue  # It may be defined in a file that could not be read.
        # A mark may use a later name of a component: os_powered_compute of nfv is compute of 2017.09.
        defined = {name for one in ([target] if target else others.values()) for name in one.components}
        if catalogue.component(reference.name) not in map(catalogue.component, defined):
            yield reference.name, defined | guideline.components.keys()
