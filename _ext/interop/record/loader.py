"""Finds, reads and links every file of the record. Invalid data never raises: it is returned as problems."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from . import (
    adopters,
    amendments,
    builder,
    catalogue_schemas,
    checked,
    checks,
    clashes,
    consistency,
    cross_checks,
    discovery,
    drift,
    ledger,
    observations,
    process,
    references,
    source,
    standing,
    upgrade,
)
from .catalogue import Catalogue
from .drift import Drift
from .kept import Kept
from .ledger import Ledger
from .model import Guideline
from .problems import Finding, Problem, errors, to_problems
from .record import Record
from .remains import Flawed
from .source import Source


def load(root: Path, extra: Iterable[Path] = (), kept: Kept | None = None) -> tuple[Record, list[Problem]]:
    """Read the record in ``root`` (a ``guidelines`` folder), with ``extra`` files as if they were in it.

    ``kept`` has results of files that did not change since they were read before.

    Returns the record of all files that could be read, and every problem of every file, sorted.
    """
    root, extra = root.resolve(), list(extra)
    if not (root.is_dir() and os.access(root, os.R_OK | os.X_OK)):
        message = "is not a readable folder"
        return Record(Catalogue()), [Problem(root.name, 1, "unreadable", message, "a guidelines folder")]
    catalogue, catalogue_files, problems = load_catalogue(root, kept)
    files, found = discovery.find(root, catalogue.data["programs"], extra)
    problems += found
    record = Record(catalogue)
    record.addresses, found = _load_addresses(root, kept)
    problems += found
    record.drift, found = _load_drift(root, kept)
    problems += found
    flawed, found = _load_guidelines(record, files, kept)
    problems += found
    lists, found = adopters.load(root, kept)
    problems += found
    record.adopters = {key: adopter for key, (adopter, _) in lists.items()}
    known = {f"{file.program}/{file.id}" for file in files}
    record.amendments, found = amendments.load(root, known, kept)
    problems += found
    complete = not errors(problems)  # Unused entries are looked for only if every file could be read.
    problems += _check_links(record, flawed, known)
    problems += adopters.check(lists, record.guidelines, catalogue, known)
    problems += clashes.check(record, catalogue_files.get("known"))
    if documents := catalogue_files.get("process"):
        problems += to_problems(process.check(catalogue), documents.shown, documents.line)
    if complete:
        problems += references.check_catalogue(record.guidelines, catalogue, catalogue_files)
    if complete and not extra:  # A file outside the record may stand for one that uses an entry.
        problems += references.unused_entries(record.guidelines, catalogue, catalogue_files)
    places = {file.shown: f"{file.program}/{file.id}" for file in files if file.path in extra}
    return record, sorted(_mark_known(root, record, problems, places, kept, complete and not extra))


def _load_guidelines(
    record: Record, files: Iterable[discovery.File], kept: Kept | None
) -> tuple[list[tuple[Flawed, Source]], list[Problem]]:
    """Add the guidelines of ``files`` to the record, in the order in which they are shown.

    Returns what remains of the files with errors, and all problems.
    """
    problems: list[Problem] = []
    guidelines: list[Guideline] = []
    flawed: list[tuple[Flawed, Source]] = []
    for file in files:
        load_file = partial(_load_guideline, file)
        name = f"{file.shown} {file.program}/{file.id}"
        loaded, read, found = kept.result(file.path, name, load_file) if kept else load_file()
        problems += found
        if read and isinstance(loaded, Flawed):
            flawed.append((replace(loaded, guideline=_with_events(loaded.guideline, record.catalogue)), read))
        elif read and isinstance(loaded, Guideline):
            guidelines.append(_with_events(loaded, record.catalogue))
            record.sources[loaded.key] = read
    guidelines.sort(key=lambda guideline: _order(record.catalogue, guideline))
    record.guidelines.update((guideline.key, guideline) for guideline in guidelines)
    return flawed, problems


def _check_links(record: Record, flawed: list[tuple[Flawed, Source]], known: set[str]) -> list[Problem]:
    """The problems that checks beyond the form of a file find; ``known`` are the keys of all files."""
    every = record.guidelines | {one.guideline.key: one.guideline for one, _ in flawed}
    index = cross_checks.Known(every, record.catalogue, record.drift)

    def check(guideline: Guideline, read: Source) -> Iterator[Finding]:
        yield from checks.check_guideline(guideline, every, record.catalogue, known)
        yield from consistency.check(guideline)
        yield from cross_checks.check(guideline, index, upgrade.written_id(read))

    problems: list[Problem] = []
    for key, guideline in record.guidelines.items():
        read = record.sources[key]
        problems += to_problems(check(guideline, read), read.shown, partial(upgrade.line_of, read))
    for one, read in flawed:
        findings = one.findings(check(one.guideline, read), partial(upgrade.place_in, read))
        problems += to_problems(findings, read.shown, partial(upgrade.line_of, read))
    return problems


def _with_events(guideline: Guideline, catalogue: Catalogue) -> Guideline:
    is_open = standing.in_preparation(guideline, catalogue.events)
    return replace(guideline, in_preparation=True) if is_open else guideline


def _order(catalogue: Catalogue, guideline: Guideline) -> tuple[int, str, bool, str]:
    programs = list(catalogue.data["programs"])
    place = programs.index(guideline.program) if guideline.program in programs else len(programs)
    return place, guideline.program, guideline.is_draft, guideline.id


def load_catalogue(root: Path, kept: Kept | None = None) -> tuple[Catalogue, dict[str, Source], list[Problem]]:
    """Read ``catalogue/*.yaml`` in ``root``: the catalogue, its files by name, and their problems."""
    data: dict[str, Any] = {}
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    for name, form in catalogue_schemas.FORMS.items():
        path = root / "catalogue" / f"{name}.yaml"
        read, found = checked.read(root, path, form, kept)
        problems += found
        if read:
            data[name], sources[name] = read.data, read
    return Catalogue(data), sources, problems


def _is_there(path: Path) -> bool:
    """Whether there is anything at ``path``, be it a link to nothing: a file that cannot be read is not left out."""
    return path.exists() or path.is_symlink()


def _load_addresses(root: Path, kept: Kept | None) -> tuple[Ledger, list[Problem]]:
    path = root / ledger.FILE
    if not _is_there(path):
        return Ledger(), []
    shown = discovery.shown_as(root, path)
    if discovery.leads_out(root, path):
        return Ledger(), [discovery.outside(shown)]
    parse = partial(_parse_addresses, path, shown)
    return kept.result(path, shown, parse) if kept else parse()


def _parse_addresses(path: Path, shown: str) -> tuple[Ledger, list[Problem]]:
    text, problems = source.text(path, shown)
    return (Ledger(), problems) if text is None else ledger.parse(text, shown)


def _load_drift(root: Path, kept: Kept | None) -> tuple[Drift, list[Problem]]:
    path = root / drift.FILE
    if not _is_there(path):
        return Drift(), []
    read, problems = checked.read(root, path, drift.FORM, kept)
    return (drift.to_drift(read.data) if read else Drift()), problems


def _load_guideline(file: discovery.File) -> tuple[Guideline | Flawed | None, Source | None, list[Problem]]:
    read, problems = source.read(file.path, file.shown)
    if read is None:
        return None, None, problems
    data, found = upgrade.to_record_form(read, file.program, file.id)
    problems += found
    if data is not None and not any(problem.code == "syntax" for problem in problems):
        return builder.to_model(data, file.program, file.id, file.shown), read, problems
    left = upgrade.what_remains(read, file.program, file.id)
    if left is None:
        return None, None, problems
    data, remains, found = left
    return Flawed(builder.to_model(data, file.program, file.id, file.shown), remains), read, problems + found


def _mark_known(
    root: Path, record: Record, problems: list[Problem], places: dict[str, str], kept: Kept | None, complete: bool
) -> list[Problem]:
    """Add the reasons in ``observations.yaml``; entries that no longer apply are errors if ``complete``."""
    path = root / "observations.yaml"
    listed: Source | None = None
    if _is_there(path):
        listed, found = checked.read(root, path, observations.FORM, kept)
        problems = problems + found
    known, record.known_findings = observations.read(listed, root.name, places)
    stale = known.stale({known.key(problem) for problem in problems}) if complete else []
    return [*known.mark(problems), *stale]
