"""Find, read and link every file of the record. Never raises on data: what is wrong comes back as problems."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import (
    builder,
    checks,
    discovery,
    drift,
    fields,
    ledger,
    observations,
    process,
    references,
    schemas,
    source,
    upgrade,
)
from . import catalogue as catalogue_module
from .catalogue import Catalogue
from .drift import Drift
from .ledger import Ledger
from .model import Guideline
from .problems import Problem, Severity, errors
from .source import Source

_CATALOGUE_FILES = [f"{name}.yaml" for name in catalogue_module.FORMS]


@dataclass(eq=False)
class Record:
    """Everything in ``guidelines/``: guidelines by ``program/id``, in the order programs and dates are shown.

    ``sources`` are the files they were read from, for the line on which something stands; ``addresses`` is the ledger
    of public addresses; ``drift`` is what became of the tests in today's suites.
    """

    catalogue: Catalogue
    guidelines: dict[str, Guideline] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    addresses: Ledger = field(default_factory=Ledger)
    drift: Drift = field(default_factory=Drift)

    def programs(self) -> list[str]:
        """The programs that have a guideline here, in the catalogue's order."""
        return list(dict.fromkeys(guideline.program for guideline in self.guidelines.values()))

    def program(self, name: str) -> list[Guideline]:
        """The guidelines of a program, oldest first, the draft last."""
        return [guideline for guideline in self.guidelines.values() if guideline.program == name]


def load(root: Path, extra: Iterable[Path] = ()) -> tuple[Record, list[Problem]]:
    """Read the record under ``root`` (a ``guidelines`` folder), and ``extra`` files as if they stood in it.

    Returns the record of all files that could be read, and every problem of every file, sorted.
    """
    root = root.resolve()
    if not (root.is_dir() and os.access(root, os.R_OK | os.X_OK)):
        message = "is no folder that can be read"
        return Record(Catalogue()), [Problem(root.name, 1, "unreadable", message, "a guidelines folder")]
    catalogue, sources, problems = load_catalogue(root)
    found_files, found = discovery.find(root, catalogue.data["programs"], _CATALOGUE_FILES, list(extra))
    problems += found
    addresses, found = _load_addresses(root)
    problems += found
    today, found = _load_drift(root)
    problems += found
    guidelines: dict[str, Guideline] = {}
    read: dict[str, Source] = {}
    for file in found_files:
        guideline, file_source, found = _load_guideline(file)
        problems += found
        if guideline and file_source:
            guidelines[guideline.key] = guideline
            read[guideline.key] = file_source
    record = Record(
        catalogue, dict(sorted(guidelines.items(), key=lambda item: _order(catalogue, item[1]))), read, addresses, today
    )
    complete = not errors(problems)  # What nothing uses can only be said if everything could be read.
    named = {f"{file.program}/{file.id}" for file in found_files}
    for key, guideline in record.guidelines.items():
        problems += checks.check_guideline(guideline, record.guidelines, catalogue, read[key], named)
    if complete:
        problems += references.check_catalogue(record.guidelines, catalogue, sources)
        problems += references.to_problems(process.check(catalogue), sources["process"])
    return record, sorted(_mark_known(root, problems, complete=complete and not list(extra)))


def _order(catalogue: Catalogue, guideline: Guideline) -> tuple[int, str, bool, str]:
    programs = list(catalogue.data["programs"])
    place = programs.index(guideline.program) if guideline.program in programs else len(programs)
    return place, guideline.program, guideline.is_draft, guideline.id


def load_catalogue(root: Path) -> tuple[Catalogue, dict[str, Source], list[Problem]]:
    """Read ``catalogue/*.yaml`` under ``root``: the catalogue, its files as read, and what is wrong with them."""
    data: dict[str, Any] = {}
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    for name, form in catalogue_module.FORMS.items():
        path = root / "catalogue" / f"{name}.yaml"
        read, found = _read(root, path, discovery.shown_as(root, path), form)
        problems += found
        if read:
            data[name], sources[name] = read.data, read
    return Catalogue(data), sources, problems


def _read(root: Path, path: Path, shown: str, form: Any) -> tuple[Source | None, list[Problem]]:
    if discovery.leads_out(root, path):
        return None, [discovery.outside(shown)]
    read, problems = source.read(path, shown)
    if read is None:
        return None, problems
    problems += _faults(read, fields.check(read.data, form))
    return (None if problems else read), problems


def _faults(read: Source, faults: Iterable[fields.Fault]) -> list[Problem]:
    return [
        Problem(read.shown, read.line(path), code, message, hint, about=str(path[-1]) if path else "")
        for path, code, message, hint in faults
    ]


def _load_addresses(root: Path) -> tuple[Ledger, list[Problem]]:
    path = root / ledger.FILE
    if not path.exists():
        return Ledger(), []
    shown = discovery.shown_as(root, path)
    try:
        return ledger.parse(path.read_text(encoding="utf-8"), shown)
    except (OSError, UnicodeDecodeError) as error:
        return Ledger(), [Problem(shown, 1, "unreadable", f"cannot be read: {error}", "a readable file")]


def _load_drift(root: Path) -> tuple[Drift, list[Problem]]:
    path = root / drift.FILE
    if not path.exists():
        return Drift(), []
    read, problems = _read(root, path, discovery.shown_as(root, path), drift.FORM)
    return (drift.to_drift(read.data) if read else Drift()), problems


def _load_guideline(file: discovery.File) -> tuple[Guideline | None, Source | None, list[Problem]]:
    read, problems = source.read(file.path, file.shown)
    if read is None:
        return None, None, problems
    data, found = to_record_form(read, file.program, file.id)
    problems += found
    if data is None:
        return None, None, problems
    return builder.to_model(data, file.program, file.id, file.shown), read, problems


def to_record_form(read: Source, program: str, id: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Hold a file's data against its schema, and give it in the record form, or None with what is wrong."""
    official_id = id if program == "powered" else f"{program}.{id}"
    version = upgrade.version_of(read.data)
    if not isinstance(read.data, dict) or not isinstance(read.data.get("metadata", {}), dict):
        form = schemas.V2_0 if read.is_json else schemas.RECORD
        return None, _faults(read, fields.check(read.data, form, strict=not read.is_json))
    faults: list[fields.Fault] = []
    good_name = re.fullmatch(schemas.ID.form, id)
    if not good_name:
        faults.append(((), "wrong-id", f"the file name gives the id {fields.show(id)}", schemas.ID.what))
    if version not in schemas.VERSIONS:
        where = ("metadata", "schema") if "metadata" in read.data else ("schema",)
        given = read.data.get("metadata", read.data).get("schema")
        message = "has no schema version" if given is None else f"the schema version is {fields.show(str(given))}"
        faults.append((where, "schema-version", message, "one of " + ", ".join(schemas.VERSIONS) + ", in quotes"))
        return None, _faults(read, faults)
    if not read.is_json and version == "2.0":
        faults += fields.check(read.data, schemas.RECORD)
    else:
        faults += fields.check(read.data, schemas.FORMS[version], strict=not read.is_json)
    problems = _faults(read, faults)
    given = read.data.get("metadata", read.data)
    given_id = given.get("id") if isinstance(given, dict) else None
    path = ("metadata", "id") if version == "2.0" else ("id",)
    told = any(fault[0] == path for fault in faults)
    if good_name and isinstance(given_id, str) and given_id != official_id and not told:
        severity = Severity.OBSERVATION if read.is_json else Severity.ERROR
        message = f"the id is {fields.show(given_id)}, the file name says {official_id!r}"
        hint = f"id: {official_id!r}, or another file name"
        problems.append(Problem(read.shown, read.line(path), "wrong-id", message, hint, severity, given_id))
    if any(problem.severity is Severity.ERROR for problem in problems):
        return None, problems
    if not read.is_json and version == "2.0":
        return read.data, problems
    return upgrade.upgrade(read.data, version, official_id), problems


def _mark_known(root: Path, problems: list[Problem], complete: bool) -> list[Problem]:
    path = root / "observations.yaml"
    if not path.exists():
        return problems
    listed, found = _read(root, path, discovery.shown_as(root, path), observations.FORM)
    return observations.mark(problems, listed, root.name, complete) if listed else problems + found
