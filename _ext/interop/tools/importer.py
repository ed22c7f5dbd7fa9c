"""Imports official JSON: reads any schema, replaces prose with wording keys, writes YAML."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..record import builder, discovery, scoring, source, upgrade, writer
from ..record.catalogue import Catalogue, digest
from ..record.model import Flag, Guideline, Origin, Section
from ..record.problems import Problem, Severity, show
from . import checkout, official_files
from .official_files import Official

#: The repository of the official files.
UPSTREAM = "https://opendev.org/openstack/interop"
_COMMIT = "give the commit: COMMIT=..., or --commit"


def convert(
    path: Path, program: str, id: str, catalogue: Catalogue, origin: Origin | None
) -> tuple[Guideline | None, list[Problem]]:
    """Read one official file and replace its prose with wording keys; None and the errors if it is invalid.

    ``origin`` is recorded as the source of a file that names none itself; its SHA-256 is filled in.
    """
    read, problems = source.read(path, str(path))
    if read is None or problems:
        return None, problems
    data, found = upgrade.to_record_form(read, program, id)
    problems += found
    if data is None:
        return None, problems
    guideline = builder.to_model(data, program, id, str(path))
    guideline, unworded = _reword(guideline, catalogue)
    problems += [
        Problem(
            str(path),
            1,
            "no-entry",
            f"catalogue/{file}.yaml has no wording for the text: {text}",
            f"an entry with upstream: [{digest(text)}]",
        )
        for file, text in unworded
    ]
    if not guideline.sources and not guideline.is_partial:
        origin = replace(origin or Origin(UPSTREAM, path.name), sha256=read.digest)
        guideline = replace(guideline, sources=(origin,))
    return guideline, problems


def _reword(guideline: Guideline, catalogue: Catalogue) -> tuple[Guideline, list[tuple[str, str]]]:
    unworded: list[tuple[str, str]] = []

    def key(file: str, text: str) -> str:
        found = catalogue.key_for(file, text) if text else ""
        if found is None:
            unworded.append((file, text))
            return f"unworded-{digest(text)}"
        return found

    def flag(given: Flag | None) -> Flag | None:
        if given is None:
            return None
        return replace(given, reason=key("flag-reasons", given.reason), action=key("flag-actions", given.action))

    def section(given: Section) -> Section:
        return replace(
            given,
            guidance=key("guidance", given.guidance),
            parts=tuple(replace(part, text="") for part in given.parts),
        )

    capabilities = {
        name: replace(
            capability,
            description="",
            tests=tuple(replace(test, flag=flag(test.flag)) for test in capability.tests),
        )
        for name, capability in guideline.capabilities.items()
    }
    return replace(
        guideline,
        capabilities=capabilities,
        criteria={k: replace(c, name="", description="") for k, c in guideline.criteria.items()},
        sections=tuple(section(given) for given in guideline.sections),
        platforms=tuple(replace(mark, description="") for mark in guideline.platforms),
        add_ons=tuple(replace(mark, description="") for mark in guideline.add_ons),
        repositories=tuple(replace(repository, description="") for repository in guideline.repositories),
    ), unworded


def _origin(file: Official, commit: str, repository: str) -> tuple[Origin, list[Problem]]:
    """The origin of an official file: commit and path from its git checkout, if it is unchanged there.

    Otherwise, or if ``commit`` is given: ``commit`` and the path in upstream's layout. An observation says why a file
    in a checkout has no commit. Raises checkout.Unreadable.
    """
    found = None if commit else checkout.find(file.path.resolve())
    if found and found.commit:
        return Origin(repository, found.path, found.commit), []
    remarks = []
    if found:
        message = f"is recorded without a commit: {found.why}"
        remarks = [Problem(str(file.path), 1, "no-source", message, _COMMIT, Severity.OBSERVATION)]
    if file.program == scoring.PROGRAM:
        return Origin(repository, scoring.upstream_path(file.id), commit), remarks
    folder = {"powered": "", "nfv": "verticals/"}.get(file.program, "add-ons/")
    name = file.id if file.program == "powered" else f"{file.program}.{file.id}"
    return Origin(repository, f"{folder}{name}.json", commit), remarks


def run(
    path: Path, root: Path, catalogue: Catalogue, commit: str = "", repository: str = UPSTREAM
) -> Iterator[tuple[str, list[Problem]]]:
    """Import ``path`` into the record in ``root``; for each file, a line with the result and notes, and its problems.

    A guideline file made from the same official file (same SHA-256) keeps its sources. Importing again therefore
    changes nothing, wherever the official file is.
    """
    files, problems = official_files.find(path, catalogue.data["programs"])
    for problem in problems:
        yield f"{show(problem.path, 500, quote=False)}: not imported", [problem]
    for file in files:
        done, problems = _import(file, root, catalogue, commit, repository)
        yield f"{show(f'{file.program}/{file.id}', quote=False)}: {done}", problems


def _import(
    file: Official, root: Path, catalogue: Catalogue, commit: str, repository: str
) -> tuple[str, list[Problem]]:
    """Import one file: the result with notes, for the user to read, and the problems."""
    failed, programs = "not imported", catalogue.data["programs"]
    if programs and file.program not in programs:
        message = f"{show(file.program)} is not a program of the catalogue"
        return failed, [Problem(str(file.path), 1, "unknown-program", message, "one of " + ", ".join(programs))]
    try:
        origin, remarks = _origin(file, commit, repository)
    except checkout.Unreadable as error:
        return failed, [Problem(str(error.where), 1, "unreadable", str(error), f"a whole checkout, or {_COMMIT}")]
    guideline, problems = convert(file.path, file.program, file.id, catalogue, origin)
    if guideline is None:
        return failed, problems
    target = root / file.program / f"{file.id}.yaml"
    if fault := _fault(root, target):
        return failed, [*problems, fault]
    kept = _keep_sources(guideline, target)
    try:
        done = _write(target, writer.to_yaml(kept).encode())
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        return failed, [*problems, Problem(str(target), 1, "unreadable", message, "a folder that can be written to")]
    remarks = [] if kept.sources != guideline.sources else remarks  # The commit is known from an earlier import.
    return "\n    ".join((done, *guideline.notes)), problems + remarks


def _fault(root: Path, target: Path) -> Problem | None:
    """What is wrong with the place to write to."""
    if discovery.leads_out(root.resolve(), target):
        return discovery.outside(str(target))
    if os.path.lexists(target) and not target.is_file():
        return Problem(str(target), 1, "unreadable", "is not a regular file", "a regular file, or none")
    return None


def _write(target: Path, content: bytes) -> str:
    """Write ``target``, if its content is another; whether it is unchanged, written or changed. Never half of it."""
    old = target.read_bytes() if target.exists() else None
    if content != old:
        target = target.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        new = target.with_name(f".{target.name}.new")
        new.write_bytes(content)
        new.replace(target)
    return "unchanged" if content == old else "written" if old is None else "changed"


def _keep_sources(guideline: Guideline, target: Path) -> Guideline:
    if not target.exists():
        return guideline
    read, _ = source.read(target, str(target))
    data = read and upgrade.to_record_form(read, guideline.program, guideline.id)[0]
    if not data:
        return guideline
    old = builder.to_model(data, guideline.program, guideline.id, "")
    same = {origin.sha256 for origin in old.sources} >= {origin.sha256 for origin in guideline.sources}
    return replace(guideline, sources=old.sources) if old.sources and same else guideline
