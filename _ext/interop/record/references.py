"""What the record asks of the catalogue: entries that are missing, and entries that nothing uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .catalogue import KEY, Catalogue
from .model import Guideline
from .problems import Problem, Severity
from .source import Source
from .upgrade import version_of
from .yaml_reader import KeyPath

#: A finding before it has a file and a line: where, code, what it is about, message, hint, whether it is an error.
Finding = tuple[KeyPath, str, str, str, str, bool]


def to_problems(findings: Iterator[Finding], source: Source, known: str = "") -> Iterator[Problem]:
    """Findings with their file and line, and why they are ``known``, if they are."""
    for path, code, about, message, hint, is_error in findings:
        severity = Severity.ERROR if is_error else Severity.OBSERVATION
        yield Problem(source.shown, source.line(_written(path, source)), code, message, hint, severity, about, known)


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


def uses(guideline: Guideline) -> Iterator[tuple[str, str, KeyPath, bool]]:
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


def missing_entries(guideline: Guideline, catalogue: Catalogue) -> Iterator[Finding]:
    """What a guideline asks of the catalogue in vain."""
    if catalogue.broken:
        return  # Its own faults are reported; the many entries that miss because of them would hide these.
    told = set()
    for file, key, where, own in uses(guideline):
        if (file, key) in told or entry(catalogue, file, key) is not None:
            continue
        told.add((file, key))
        if own and file.startswith(("flag", "guidance")):
            continue
        message = f"{key} has no entry in catalogue/{file}.yaml"
        yield where, "no-entry", key, message, "an entry in our own words", not own


def entry(catalogue: Catalogue, file: str, key: str) -> Any:
    """The entry ``key`` of catalogue file ``file``, by today's name of a component, or None."""
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
        yield from to_problems(_known_references(guidelines, catalogue), sources["known"])
    used = {(file, key) for guideline in guidelines.values() for file, key, _, _ in uses(guideline)}
    used |= {("components", catalogue.component(key)) for file, key in used if file == "components"}
    used |= {("releases", name) for guideline in guidelines.values() for name in guideline.releases}
    for key, entry in catalogue.data["known"].items():
        used.add(("programs", key.partition("/")[0]))
        used |= {("releases", name) for name in entry.get("releases", ())}
        if key not in guidelines:
            used.add(("known", key))
    # These are closed lists and documents, whether or not each part of them was ever used.
    used |= {(file, key) for file in ("flag-codes", "process") for key in catalogue.data[file]}
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
