"""What a form cannot say: references inside a guideline, between guidelines, and to the catalogue."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from .catalogue import KEY, Catalogue
from .dialects import UUID, version_of
from .model import Guideline, Mark, Status
from .problems import Problem, Severity
from .schema import show
from .source import KeyPath, Source

#: A finding before it has a file and a line: where, code, what it is about, message, hint, whether it is an error.
Finding = tuple[KeyPath, str, str, str, str, bool]


def check_guideline(
    guideline: Guideline, others: Mapping[str, Guideline], catalogue: Catalogue, source: Source, known: set[str]
) -> Iterator[Problem]:
    """Every problem of one guideline.

    ``others`` is the record by ``program/id``; ``known`` the keys of all its files, also of those with faults.
    """
    for check in (_lists, _scoring, _tests, _releases, _sources):
        yield from _problems(check(guideline, catalogue), source)
    yield from _problems(_replaces(guideline, known, catalogue), source)
    yield from _problems(_marks(guideline, others, catalogue, known), source)
    yield from _problems(_entries(guideline, catalogue), source)


def _problems(findings: Iterator[Finding], source: Source) -> Iterator[Problem]:
    for path, code, about, message, hint, is_error in findings:
        severity = Severity.ERROR if is_error else Severity.OBSERVATION
        yield Problem(source.shown, source.line(_written(path, source)), code, message, hint, severity, about)


def _written(path: KeyPath, source: Source) -> KeyPath:
    """Where the file itself has what the record form has at ``path``: schema 1.x keeps things in other places."""
    if version_of(source.data) in (None, "2.0"):
        return path
    match path:
        case ("metadata", "scoring" | "os_trademark_approval", *rest) | ("metadata", *rest):
            return tuple(rest)
        case ("components", name, "capabilities", *rest):
            return ("components", name, *rest)
        case ("designated_sections", project, status, *rest):
            return ("designated-sections", status, project, *rest)
        case ("platforms", _):
            return ("platform", "required")
    return path


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


# --- the catalogue ----------------------------------------------------------------------------------------------------


def _uses(guideline: Guideline) -> Iterator[tuple[str, str, KeyPath, bool]]:
    """What a guideline asks of the catalogue: file, key, where, and whether the file has a text of its own."""
    yield "programs", guideline.program, (), False
    for name in guideline.components:
        yield "components", name, ("components", name), False
    for key, criterion in guideline.criteria.items():
        own = bool(criterion.name and criterion.description)
        yield "criteria", key, ("metadata", "scoring", "criteria", key), own
    for capability in guideline.capabilities.values():
        where: KeyPath = ("capabilities", capability.name)
        yield "capabilities", capability.name, where, bool(capability.description)
        yield "projects", capability.project, (*where, "project"), False
        for test in capability.tests:
            at = (*where, "tests", test.name, "flagged")
            if test.flag and test.flag.code:
                yield "flag-codes", test.flag.code, (*at, "reason"), False
            if test.flag and test.flag.reason:
                yield "flag-reasons", test.flag.reason, (*at, "reason"), not re.fullmatch(KEY.form, test.flag.reason)
            if test.flag and test.flag.action:
                yield "flag-actions", test.flag.action, (*at, "action"), not re.fullmatch(KEY.form, test.flag.action)
    for section in guideline.sections:
        at = ("designated_sections", section.project, section.status)
        yield "projects", section.project, at, False
        if section.guidance:
            yield "guidance", section.guidance, (*at, "guidance"), not re.fullmatch(KEY.form, section.guidance)
        for part in section.parts:
            yield "sections", f"{section.project}/{part.name}", (*at, "sections", part.name), bool(part.text)


def _entries(guideline: Guideline, catalogue: Catalogue) -> Iterator[Finding]:
    if catalogue.broken:
        return  # Its own faults are reported; the many entries that miss because of them would hide these.
    told = set()
    for file, key, where, own in _uses(guideline):
        if (file, key) in told or _entry(catalogue, file, key) is not None:
            continue
        told.add((file, key))
        if own and file.startswith(("flag", "guidance")):
            continue
        message = f"{key} has no entry in catalogue/{file}.yaml"
        yield where, "no-entry", key, message, "an entry in our own words", not own


def _entry(catalogue: Catalogue, file: str, key: str) -> Any:
    if file == "sections":
        project, _, part = key.partition("/")
        return catalogue.data[file].get(project, {}).get(part)
    if file == "components":
        key = catalogue.component(key)
    return catalogue.entry(file, key)


def check_catalogue(
    guidelines: Mapping[str, Guideline], catalogue: Catalogue, sources: Mapping[str, Source]
) -> Iterator[Problem]:
    """Entries of the catalogue that nothing in the record uses, and what known guidelines refer to in vain."""
    if "known" in sources:
        yield from _problems(_known_references(guidelines, catalogue), sources["known"])
    used = {(file, key) for guideline in guidelines.values() for file, key, _, _ in _uses(guideline)}
    used |= {("components", catalogue.component(key)) for file, key in used if file == "components"}
    used |= {("releases", name) for guideline in guidelines.values() for name in guideline.releases}
    for key, entry in catalogue.data["known"].items():
        used.add(("programs", key.partition("/")[0]))
        used |= {("releases", name) for name in entry.get("releases", ())}
        if key not in guidelines:
            used.add(("known", key))
    # A project's flag codes are a closed list, whether or not each was ever used.
    used |= {("flag-codes", code) for code in catalogue.data["flag-codes"]}
    for file, source in sources.items():
        for path in _entry_paths(file, catalogue.data[file]):
            key = "/".join(path)
            if (file, key) not in used:
                # Somebody previews a guideline that was only known of: no reason to stop the build.
                held = file == "known"
                message = f"the record holds {key} itself" if held else f"nothing in the record uses {key}"
                severity = Severity.OBSERVATION if held else Severity.ERROR
                yield Problem(source.shown, source.line(path), "unused-entry", message, "take it out", severity, key)


def _known_references(guidelines: Mapping[str, Guideline], catalogue: Catalogue) -> Iterator[Finding]:
    for key, entry in catalogue.data["known"].items():
        for number, name in enumerate(entry.get("releases", ())):
            if catalogue.entry("releases", name) is None:
                where: KeyPath = (key, "releases", number)
                yield where, "unknown-release", name, f"{name} is no known release", "an entry in releases.yaml", True
        program, before = key.partition("/")[0], entry.get("replaces", "")
        target = f"{program}/{before.removeprefix(program + '.')}"
        if before and target not in guidelines and not catalogue.entry("known", target):
            message = f"replaces {before}, which nobody knows"
            hint = "a guideline, or an entry in known.yaml"
            yield (key, "replaces"), "unknown-guideline", before, message, hint, True


def _entry_paths(file: str, data: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for key, entry in data.items():
        if file == "sections":
            yield from ((key, part) for part in entry)
        else:
            yield (key,)
