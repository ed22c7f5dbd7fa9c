"""Imports official JSON: reads any schema, replaces prose with wording keys, writes YAML, compares partial files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from ..record import builder, source, upgrade, writer
from ..record.catalogue import Catalogue, digest
from ..record.consistency import test_place
from ..record.model import Flag, Guideline, Origin, Section
from ..record.problems import KeyPath, Problem, Severity, errors, show
from ..record.source import Source
from . import checkout, exports, files, official_files, reconstruction
from .official_files import Given, Official, Result

_COMMIT = "give the commit: COMMIT=..., or --commit"


def run(given: Given, root: Path, catalogue: Catalogue, known: Source | None = None) -> Iterator[Result]:
    """Import what is given into the record in ``root``; for each file, lines with the result, and its problems.

    A guideline file made from the same official file (same SHA-256) keeps its sources. Importing again therefore
    changes nothing, wherever the official file is. A partial file is replaced, and the lines compare it with the
    official one. ``known`` is ``catalogue/known.yaml``, where guidelines that have a file must not be listed.
    """
    found, problems = official_files.find(given, catalogue.data["programs"])
    for problem in problems:
        taken = problem.severity is Severity.ERROR
        yield Result(f"{show(problem.path, 500, quote=False)}: not imported", [problem], is_taken=taken)
    for file in found:
        done, problems = _import(file, given, root, catalogue)
        if known and file.key in known.data and (root / f"{file.key}.yaml").is_file():
            message, line = f"{file.key} has a guideline file", known.line((file.key,))
            hint = "remove the entry"
            problems.append(Problem(known.shown, line, "unused-entry", message, hint, Severity.OBSERVATION, file.key))
        yield Result(f"{show(file.key, quote=False)}: {done}", problems)


def _import(file: Official, given: Given, root: Path, catalogue: Catalogue) -> tuple[str, list[Problem]]:
    """Import one file: the result with notes, for the user to read, and the problems."""
    failed, programs = "not imported", catalogue.data["programs"]
    if programs and file.program not in programs:
        return failed, [_unknown_program(file, programs)]
    try:
        origin, remarks = _origin(file, given)
    except checkout.Unreadable as error:
        return failed, [Problem(str(error.where), 1, "unreadable", str(error), f"a whole checkout, or {_COMMIT}")]
    guideline, is_export, problems = _convert(file, catalogue, origin)
    if guideline is None:
        return failed, problems
    target = root / file.program / f"{file.id}.yaml"
    if fault := files.fault(root, target):
        return failed, [*problems, fault]
    old = _old(guideline, target)
    if old and guideline.is_partial and not old.is_partial:
        message = "is partial, and the record has all of the official file"
        return failed, [*problems, Problem(file.shown, 1, "duplicate-guideline", message, "the official file")]
    if is_export:
        problems += exports.check(file, guideline, _reword(old, catalogue)[0] if old else None, target)
        if errors(problems):
            return failed, problems
    kept = _keep_sources(guideline, old)
    try:
        done = files.write(target, writer.to_yaml(kept).encode())
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        return failed, [*problems, Problem(str(target), 1, "unreadable", message, "a folder that can be written to")]
    if is_export or kept.sources != guideline.sources:
        remarks = []  # The commit is known from an earlier import.
    lines = [done, *guideline.notes]
    if old and old.is_partial and not guideline.is_partial:
        lines[0] += ", the official file replaces the partial one"
        lines += reconstruction.to_lines(reconstruction.compare(old, guideline, catalogue))
    return "\n    ".join(lines), problems + remarks


def _unknown_program(file: Official, programs: Iterable[str]) -> Problem:
    message = f"{show(file.program)} is not a program of the catalogue, which has {', '.join(programs)}"
    hint = "if it is one, add it to catalogue/programs.yaml with title, kind and description, and import again"
    return Problem(file.shown, 1, "unknown-program", message, hint)


def _convert(file: Official, catalogue: Catalogue, origin: Origin) -> tuple[Guideline | None, bool, list[Problem]]:
    """Read one official file and replace its prose with wording keys; None and the errors if it is invalid.

    ``origin`` is recorded as the source, with the SHA-256 and git blob id. An export, of which the second value tells,
    has its own.
    """
    guideline, found, problems = official_files.read(file)
    if guideline is None or found is None:
        return None, False, problems
    guideline, unworded = _reword(guideline, catalogue)
    for (name, text), where in unworded.items():
        message = f"catalogue/{name}.yaml has no wording for the text: {text}"
        if upgrade.place_in(found, where) not in found.lines:
            where = (*where[:-1], "comment")  # The text of a section that has no guidance.
        line = upgrade.line_of(found, where)
        problems.append(Problem(file.shown, line, "no-entry", message, f"an entry with upstream: [{digest(text)}]"))
    is_export = upgrade.is_export(found)
    if not is_export:
        blob = checkout.blob(file.path.read_bytes())
        guideline = replace(guideline, sources=(replace(origin, sha256=found.digest, blob=blob),))
    return guideline, is_export, problems


def _reword(guideline: Guideline, catalogue: Catalogue) -> tuple[Guideline, dict[tuple[str, str], KeyPath]]:
    """The guideline with keys in place of texts, and the texts without wording: catalogue file, text, first place."""
    unworded: dict[tuple[str, str], KeyPath] = {}

    def key(file: str, text: str, where: KeyPath) -> str:
        found = catalogue.key_for(file, text) if text else ""
        if found is None:
            unworded.setdefault((file, text), where)
            return f"unworded-{digest(text)}"
        return found

    def flag(given: Flag | None, where: KeyPath) -> Flag | None:
        if given is None:
            return None
        reason = key("flag-reasons", given.reason, (*where, "reason"))
        return replace(given, reason=reason, action=key("flag-actions", given.action, (*where, "action")))

    def section(given: Section) -> Section:
        where = ("designated_sections", given.project, given.status, "guidance")
        return replace(
            given,
            guidance=key("guidance", given.guidance, where),
            parts=tuple(replace(part, text="") for part in given.parts),
        )

    capabilities = {
        name: replace(
            capability,
            description="",
            tests=tuple(
                replace(test, flag=flag(test.flag, (*test_place(capability, test), "flagged")))
                for test in capability.tests
            ),
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


def _origin(file: Official, given: Given) -> tuple[Origin, list[Problem]]:
    """The origin of an official file: commit and path from its git checkout, if it is unchanged there.

    Otherwise, or if the commit is given: that one, and the path in upstream's layout. An observation says why a file
    in a checkout has no commit. Raises checkout.Unreadable.
    """
    found = None if given.commit else checkout.find(file.path.resolve())
    if found and found.commit:
        return Origin(given.repository, found.path, found.commit), []
    remarks = []
    if found:
        message = f"is recorded without a commit: {found.why}"
        remarks = [Problem(file.shown, 1, "no-source", message, _COMMIT, Severity.OBSERVATION)]
    return Origin(given.repository, file.upstream, given.commit), remarks


def _old(new: Guideline, target: Path) -> Guideline | None:
    """The guideline that the record has in ``target``; None if there is no file, or one with errors."""
    if not target.exists():
        return None
    read, _ = source.read(target, str(target))
    data = read and upgrade.to_record_form(read, new.program, new.id)[0]
    return builder.to_model(data, new.program, new.id, "") if data else None


def _keep_sources(new: Guideline, old: Guideline | None) -> Guideline:
    if not old or not old.sources:
        return new
    blobs = {origin.sha256: origin.blob for origin in new.sources}
    if not {origin.sha256 for origin in old.sources} >= blobs.keys():
        return new
    return replace(new, sources=tuple(replace(one, blob=one.blob or blobs.get(one.sha256, "")) for one in old.sources))
