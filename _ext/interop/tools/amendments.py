"""Writes the revisions of the official files: ``python -m interop amendments CHECKOUT``."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..record import amendments, builder, discovery, fields, source, states, upgrade, writer
from ..record.fields import ListOf, MapOf, Struct, Whole, YesNo
from ..record.model import Guideline, Origin
from ..record.problems import Problem, to_problems
from ..record.record import Record
from . import files
from .checkout import Unreadable
from .official_files import Result
from .revisions import Commit, Entry, History

#: Schema 1.1, of which no text is known, is read as 1.2. Its files have no projects and no designated sections.
_READ_AS = {"1.1": "1.2"}


def run(checkout: Path, record: Record, root: Path) -> Iterator[Result]:
    """Write the revisions of each complete guideline, from the history that ends with the commit it was read from."""
    histories: dict[str, History] = {}
    for guideline in record.guidelines.values():
        if guideline.is_partial or guideline.is_scoring:
            continue
        for origin in guideline.sources[:1]:
            try:
                history = histories.get(origin.commit) or History(checkout, origin.commit)
                data = _data(histories.setdefault(origin.commit, history), guideline, origin)
                yield _result(guideline.key, root, data)
            except Unreadable as error:
                hint = "a whole checkout of the official files"
                problem = Problem(str(error.where), 1, "unreadable", str(error), hint)
                yield Result(f"{guideline.key}: not written", [problem])


def _result(key: str, root: Path, data: dict[str, Any]) -> Result:
    """Write the file of a guideline, if it is valid and there is a place for it."""
    target = root / discovery.AMENDMENTS / f"{key}.yaml"
    shown = discovery.shown_as(root, target)
    problems = list(to_problems(fields.check(data, amendments.FORM), shown, lambda _: 1))
    if fault := files.fault(root, target):
        problems.append(fault)
    if problems:
        return Result(f"{key}: not written", problems)
    kinds = [revision["kind"] for revision in data["revisions"]]
    counted = ", ".join(f"{kinds.count(kind)} {kind}" for kind in amendments.KINDS if kind in kinds)
    done = files.write(target, writer.amendments_yaml(data).encode())
    return Result(f"{key}: {done}, {len(kinds)} revision{'s' * (len(kinds) != 1)}: {counted}", [])


def _data(history: History, guideline: Guideline, origin: Origin) -> dict[str, Any]:
    """The data of the file of a guideline. Raises Unreadable."""
    found = history.of_file(origin.path)
    contents = history.contents(found)
    if not found or hashlib.sha256(contents[-1]).hexdigest() != origin.sha256:
        why = f"is not the official file of {guideline.key} in the history of commit {origin.commit[:12]}"
        raise Unreadable(Path(origin.path), why)
    revisions = list(_revisions(guideline, origin, list(zip(found, contents, strict=True))))
    return {"repository": origin.repository, "path": origin.path, "commit": origin.commit, "revisions": revisions}


def _revisions(
    guideline: Guideline, origin: Origin, found: list[tuple[tuple[Commit, Entry], bytes]]
) -> Iterator[dict[str, Any]]:
    facts: dict[str, Any] | None = None
    schema = ""
    for (commit, entry), content in found:
        read = _facts(content, guideline)
        now, version = read or (None, schema)
        changes = {} if now is None else states.FACTS.differ(facts, now)
        kind = "unreadable" if now is None else "added" if facts is None else "changed" if changes else "same"
        yield _less_empty(
            {
                "commit": commit.id,
                "date": commit.date,
                "latest": commit.latest,
                "change_id": commit.change_id,
                "path": entry.path if entry.path != origin.path else "",
                "blob": entry.blob,
                "sha256": hashlib.sha256(content).hexdigest(),
                "kind": kind,
                "schema": version if version != schema else "",
                "facts": amendments.digest(now) if now is not None and kind in ("added", "changed") else "",
                "changes": changes,
            }
        )
        facts, schema = (facts if now is None else now), version


def _less_empty(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}


def _facts(content: bytes, guideline: Guideline) -> tuple[dict[str, Any], str] | None:
    """The facts of a revision and its schema version; None if it is not well-formed JSON.

    Where a value has an error by its schema, the revision is read as far as it can be.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "revision.json")
        path.write_bytes(content)
        read, problems = source.read(path, path.name)
    if read is None or any(problem.code == "syntax" for problem in problems):
        return None
    version = upgrade.version_of(read.data) or ""
    if version in _READ_AS:
        read.data["schema"] = _READ_AS[version]
    form = upgrade.form_of(read)
    read.data = _typed(read.data, form)
    left = upgrade.what_remains(read, guideline.program, guideline.id)
    if left is None:
        return None
    return states.of_guideline(builder.to_model(left[0], guideline.program, guideline.id, "")), version


def _typed(data: Any, form: Any) -> Any:
    """``data`` with numbers and booleans where the form has them and the file has them as texts."""
    if isinstance(form, Struct) and isinstance(data, dict):
        types = {key: field.type for field in form.fields for key in (field.name, *field.also)}
        return {key: _typed(value, types.get(key)) for key, value in data.items()}
    if isinstance(form, MapOf) and isinstance(data, dict):
        return {key: _typed(value, form.value) for key, value in data.items()}
    if isinstance(form, ListOf) and isinstance(data, list):
        return [_typed(value, form.item) for value in data]
    if isinstance(form, YesNo) and isinstance(data, str):
        return {"true": True, "false": False}.get(data.lower(), data)
    if isinstance(form, Whole) and not form.quoted and isinstance(data, str) and data.isdecimal() and len(data) < 5:
        return int(data)
    return data
