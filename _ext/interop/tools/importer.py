"""Imports official JSON: finds guideline files, reads any schema, replaces prose with wording keys, writes YAML."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..record import builder, discovery, source, upgrade, writer
from ..record.catalogue import Catalogue, digest
from ..record.model import Flag, Guideline, Origin, Section
from ..record.problems import Problem
from ..record.schemas import ID

#: The repository of the official files.
UPSTREAM = "https://opendev.org/openstack/interop"
_FILE = re.compile(r"(?:(?P<program>[a-z-]+)\.)?(?P<id>\d{4}\.\d{2}|next)\.json")
#: Folders with guidelines, in a folder by program and in the two layouts of the upstream repository.
_FOLDERS = ("", "powered", "guidelines", "add-ons", "add-ons/guidelines", "verticals")


def find(path: Path, catalogue: Catalogue) -> list[tuple[Path, str, str]]:
    """The guideline files in ``path`` (a file, a folder by program, or an upstream checkout), with program and id."""
    if path.is_file():
        return [(path, *_named(path, catalogue))]
    programs = list(catalogue.data["programs"])
    found: dict[tuple[str, str], Path] = {}
    for folder in (*_FOLDERS, *programs):
        for file in sorted((path / folder).glob("*.json")):
            if match := _FILE.fullmatch(file.name):
                program = match["program"] or (folder if folder in programs else "powered")
                found.setdefault((program, match["id"]), file)
    return [(file, program, id) for (program, id), file in sorted(found.items())]


def _named(path: Path, catalogue: Catalogue) -> tuple[str, str]:
    """Program and id of a single file: from its name, or, if the name gives none, from the id in the file."""
    if _FILE.fullmatch(path.name):
        return discovery.place_of(path, catalogue.data["programs"])
    read, _ = source.read(path, str(path))
    data = read.data if read and isinstance(read.data, dict) else {}
    inner = data.get("metadata", data)
    id = inner.get("id") if isinstance(inner, dict) else None
    named = isinstance(id, str) and ID.matches(id)
    return discovery.place_of(path.with_name(f"{id}.json") if named else path, catalogue.data["programs"])


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
    if not guideline.sources:
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


def origin_of(path: Path, program: str, id: str, commit: str, repository: str) -> Origin:
    """The origin of an official file: commit and path from its git checkout, if it is unchanged there.

    Otherwise, or if ``commit`` is given: ``commit`` and the path in upstream's layout.
    """
    if not commit and (head := _git(path, "rev-parse", "HEAD")):
        tracked = _git(path, "ls-files", "--full-name", path.name)
        changed = _git(path, "status", "--porcelain", "--", path.name)
        if tracked and not changed:
            return Origin(repository, tracked, head)
    folder = {"powered": "", "nfv": "verticals/"}.get(program, "add-ons/")
    name = id if program == "powered" else f"{program}.{id}"
    return Origin(repository, f"{folder}{name}.json", commit)


def _git(path: Path, *arguments: str) -> str:
    """The output of git in the folder of ``path``; empty if git fails, is missing, or the folder is not a checkout."""
    try:
        done = subprocess.run(["git", "-C", path.parent, *arguments], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


def run(
    path: Path, root: Path, catalogue: Catalogue, commit: str = "", repository: str = UPSTREAM
) -> Iterator[tuple[str, list[Problem]]]:
    """Import ``path`` into the record in ``root``; for each file, a line with the result and notes, and its problems.

    A guideline file made from the same official file (same SHA-256) keeps its sources. Importing again therefore
    changes nothing, wherever the official file is.
    """
    for file, program, id in find(path, catalogue):
        if catalogue.data["programs"] and program not in catalogue.data["programs"]:
            hint = "one of " + ", ".join(catalogue.data["programs"])
            message = f"{program!r} is not a program of the catalogue"
            yield f"{program}/{id}: not imported", [Problem(str(file), 1, "unknown-program", message, hint)]
            continue
        origin = origin_of(file.resolve(), program, id, commit, repository)
        guideline, problems = convert(file, program, id, catalogue, origin)
        target = root / program / f"{id}.yaml"
        if guideline is None:
            yield f"{program}/{id}: not imported", problems
            continue
        guideline = _keep_sources(guideline, target)
        text = writer.to_yaml(guideline)
        old = target.read_text(encoding="utf-8") if target.exists() else None
        if text != old:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        done = "unchanged" if text == old else "written" if old is None else "changed"
        yield "\n    ".join((f"{program}/{id}: {done}", *guideline.notes)), problems


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
