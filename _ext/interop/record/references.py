"""References from guidelines to the catalogue: finds missing entries and unused entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from . import evidence, near
from .catalogue import Catalogue
from .catalogue_schemas import KEY
from .ids import official_id
from .model import Capability, Guideline, Section
from .problems import Finding, KeyPath, Problem, to_problems
from .source import Source

_OWN_WORDS = "an entry in this project's own words"

#: Keys of an entry in a catalogue file: one key, or two in ``sections.yaml``, project and section.
EntryPath = tuple[str, ...]


@dataclass(frozen=True)
class Use:
    """A reference from a place in a guideline to a catalogue entry; ``own``: the guideline has its own text for it."""

    file: str
    entry: EntryPath
    where: KeyPath
    own: bool = False


def uses(guideline: Guideline) -> Iterator[Use]:
    """Every catalogue entry that a guideline refers to."""
    yield Use("programs", (guideline.program,), ())
    for name in guideline.components:
        yield Use("components", (name,), ("components", name))
    for key, criterion in guideline.criteria.items():
        own = bool(criterion.name and criterion.description)
        yield Use("criteria", (key,), ("metadata", "scoring", "criteria", key), own)
    for capability in guideline.capabilities.values():
        yield from _uses_of_capability(capability)
    for section in guideline.sections:
        yield from _uses_of_section(section)
    for given, where in evidence.places(guideline):
        yield Use("evidence", (given.grade,), (*where, "grade"))


def _uses_of_capability(capability: Capability) -> Iterator[Use]:
    where = capability.place
    if capability.known:
        yield Use("capabilities", (capability.name,), where, bool(capability.description))
    yield Use("projects", (capability.project,), (*where, "project"))
    for test in capability.tests:
        at = (*where, "tests", test.name, "flagged")
        if test.flag and test.flag.code:
            yield Use("flag-codes", (test.flag.code,), (*at, "reason"))
        if test.flag and test.flag.reason:
            yield Use("flag-reasons", (test.flag.reason,), (*at, "reason"), not KEY.matches(test.flag.reason))
        if test.flag and test.flag.action:
            yield Use("flag-actions", (test.flag.action,), (*at, "action"), not KEY.matches(test.flag.action))


def _uses_of_section(section: Section) -> Iterator[Use]:
    where: KeyPath = ("designated_sections", section.project, section.status)
    yield Use("projects", (section.project,), where)
    if section.guidance:
        yield Use("guidance", (section.guidance,), (*where, "guidance"), not KEY.matches(section.guidance))
    for part in section.parts:
        yield Use("sections", (section.project, part.name), (*where, "sections", part.name), bool(part.text))


def missing_entries(guideline: Guideline, catalogue: Catalogue) -> Iterator[Finding]:
    """A finding for each catalogue entry that a guideline refers to and the catalogue lacks."""
    if catalogue.broken:
        return  # The many entries that are missing only because of its own errors would hide those errors.
    seen = set()
    for use in uses(guideline):
        if (use.file, use.entry) in seen or _entry(catalogue, use) is not None:
            continue
        seen.add((use.file, use.entry))
        if use.own and use.file.startswith(("flag", "guidance")):
            continue
        name = "/".join(use.entry)
        message = f"{name} has no entry in catalogue/{use.file}.yaml"
        hint = near.hint(use.entry[-1], _like(catalogue, use), _OWN_WORDS)
        yield Finding(use.where, "no-entry", name, message, hint, not use.own)


def _entry(catalogue: Catalogue, use: Use) -> Any:
    key = use.entry[0]
    if use.file == "components":
        key = catalogue.component(key)
    found = catalogue.entry(use.file, key)
    return (found or {}).get(use.entry[1]) if use.file == "sections" else found


def _like(catalogue: Catalogue, use: Use) -> Iterable[str]:
    """The entries that may be meant by one that the catalogue does not have."""
    if use.file == "components":
        return catalogue.component_names()
    entries: dict[str, Any] = catalogue.data[use.file]
    return entries.get(use.entry[0], {}) if use.file == "sections" else entries


def guideline_hint(program: str, id: str, known: Iterable[str], catalogue: Catalogue) -> str:
    """What would be right instead of an unknown guideline of a program; ``known`` are the keys of those with a file."""
    keys = {*known, *(item.key for item in catalogue.known)}
    ids = [key.partition("/")[2] for key in keys if key.startswith(f"{program}/")]
    written = [official_id(program, known_id) for known_id in ids]
    return near.hint(id, written, "a guideline of this program, or an entry in catalogue/known.yaml")


def check_catalogue(
    guidelines: Mapping[str, Guideline], catalogue: Catalogue, sources: Mapping[str, Source]
) -> Iterator[Problem]:
    """Problems of the catalogue: references to releases and guidelines that are not known."""
    known, releases = sources["known"], sources["releases"]
    yield from to_problems(_known_references(guidelines, catalogue), known.shown, known.line)
    yield from to_problems(_release_references(guidelines, catalogue), releases.shown, releases.line)


def unused_entries(
    guidelines: Mapping[str, Guideline], catalogue: Catalogue, sources: Mapping[str, Source]
) -> Iterator[Problem]:
    """The entries of the catalogue that no guideline uses."""
    used = _used(guidelines, catalogue)
    for file, source in sources.items():
        unused = (_unused(file, path) for path in _entries(file, catalogue.data[file]) if (file, path) not in used)
        yield from to_problems(unused, source.shown, source.line)


def _used(guidelines: Mapping[str, Guideline], catalogue: Catalogue) -> set[tuple[str, EntryPath]]:
    found = {(use.file, use.entry) for guideline in guidelines.values() for use in uses(guideline)}
    found |= {(file, (catalogue.component(entry[0]),)) for file, entry in found if file == "components"}
    found |= {("releases", (name,)) for guideline in guidelines.values() for name in guideline.releases}
    for known in catalogue.known:
        found.add(("programs", (known.program,)))
        found |= {("releases", (name,)) for name in (*known.releases, *known.inferred_releases)}
        found.add(("events", (known.key,)))
        if known.key not in guidelines:
            found.add(("known", (known.key,)))
    found |= {("events", (key,)) for key in guidelines}
    covered = {path[0] for file, path in found if file == "releases"}
    found |= {("releases", (name,)) for name in _told_releases(catalogue, covered)}
    found |= {("worksheets", (guideline.program,)) for guideline in guidelines.values()}
    # Flag codes, grades and process documents are complete lists; their entries need not be used.
    return found | {(file, (key,)) for file in ("flag-codes", "evidence", "process") for key in catalogue.data[file]}


def _told_releases(catalogue: Catalogue, covered: set[str]) -> set[str]:
    """The releases that the site says no guideline covers: tested against one, or later than those ``covered``."""
    entries = catalogue.data["releases"]
    last = max((entries[name].get("date", "") for name in covered & entries.keys()), default="")
    return {name for name, entry in entries.items() if "used" in entry or (last and entry.get("date", "") > last)}


def _unused(file: str, path: EntryPath) -> Finding:
    # Only an observation if the guideline exists: a preview of its official file must not stop the build.
    archived = file == "known"
    name = "/".join(path)
    message = f"{name} has a guideline file" if archived else f"no guideline uses {name}"
    return Finding(path, "unused-entry", name, message, "remove the entry", not archived)


def _known_references(guidelines: Mapping[str, Guideline], catalogue: Catalogue) -> Iterator[Finding]:
    for known in catalogue.known:
        for field, names in (("releases", known.releases), ("inferred_releases", known.inferred_releases)):
            for number, name in enumerate(names):
                if catalogue.entry("releases", name) is None:
                    where: KeyPath = (known.key, field, number)
                    message = f"{name} is not a known release"
                    hint = near.hint(name, catalogue.data["releases"], "an entry in catalogue/releases.yaml")
                    yield Finding(where, "unknown-release", name, message, hint)
        target = known.replaces_key
        if known.replaces and target not in guidelines and not catalogue.entry("known", target):
            message = f"{known.key} replaces {known.replaces}, which is not a known guideline"
            hint = guideline_hint(known.program, known.replaces, guidelines, catalogue)
            yield Finding((known.key, "replaces"), "unknown-guideline", known.replaces, message, hint)


def _release_references(guidelines: Mapping[str, Guideline], catalogue: Catalogue) -> Iterator[Finding]:
    for name, entry in catalogue.data["releases"].items():
        for number, used in enumerate(entry.get("used", ())):
            key = used["guideline"]
            if key not in guidelines and not catalogue.entry("known", key):
                where: KeyPath = (name, "used", number, "guideline")
                message = f"{name} was tested against {key}, which is not a known guideline"
                keys = [*guidelines, *catalogue.data["known"]]
                hint = near.hint(key, keys, "a guideline of the record, or an entry in catalogue/known.yaml")
                yield Finding(where, "unknown-guideline", key, message, hint)


def _entries(file: str, data: dict[str, Any]) -> Iterator[EntryPath]:
    for key, entry in data.items():
        if file == "sections":
            yield from ((key, part) for part in entry)
        else:
            yield (key,)
