"""Validates a guideline file by its schema and upgrades any official schema, 1.0 to 2.0, to the record form.

The record form is schema 2.0 with a ``record`` block. ``record.notes`` lists what an upgrade renames, corrects or
leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial as partial_of
from typing import Any

from . import exported, fields, partial, remains, schema_1, schemas, scoring
from .fields import ListOf, MapOf, OneOf, Struct
from .ids import hyphenated, official_id
from .normalise import Notes, has_prefix, tidy_capability
from .problems import Finding, KeyPath, Problem, errors, show, to_problems
from .remains import Remains
from .source import Source

#: Where official files may have underscores in the name of a program: ``shared_file_system.2022.11``.
_IDS: tuple[KeyPath, ...] = (("metadata", "id"), ("metadata", "os_trademark_approval", "replaces"))


def version_of(data: Any) -> str | None:
    """The schema version in a file, or None: 1.x has it at the top level, 2.0 under metadata."""
    head = _head(data)
    version = head.get("schema") if isinstance(head, dict) else None
    return version if isinstance(version, str) else None


def _head(data: Any) -> Any:
    """The mapping with the id and the schema version: the file in 1.x, ``metadata`` in 2.0."""
    return data.get("metadata", data) if isinstance(data, dict) else None


def written_id(read: Source) -> str:
    """The id in a file, whatever its name gives; empty if it has none."""
    head = _head(read.data)
    id = head.get("id") if isinstance(head, dict) else None
    return id if isinstance(id, str) else ""


def is_export(read: Source) -> bool:
    """Whether official JSON is an export, which has a block ``record``, and no official file."""
    head = _head(read.data)
    return isinstance(head, dict) and "record" in head


def to_record_form(
    read: Source, program: str, id: str, new_keys: bool = False
) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The data of ``read`` in the record form, or None if it has errors, and all its problems.

    ``program`` and ``id`` are those according to the file's folder and name. With ``new_keys``, keys that the schema
    does not have are observations and left out; ``record.notes`` lists them. By default they are errors.
    """
    version = version_of(read.data)
    findings = list(_findings(read, version, program, id))
    if new_keys and read.is_json:
        findings = [replace(found, is_error=found.is_error and found.code != "unknown-key") for found in findings]
    problems = list(to_problems(findings, read.shown, read.line))
    if errors(problems) or version not in schemas.VERSIONS:
        return None, problems
    if not read.is_json and version == "2.0":
        return read.data, problems
    notes = Notes()
    data = upgrade(read.data, version, official_id(program, id), notes)
    return data, [*problems, *to_problems(notes.findings(), read.shown, partial_of(line_of, read))]


def what_remains(read: Source, program: str, id: str) -> tuple[dict[str, Any], Remains, list[Problem]] | None:
    """What a file with errors still tells: its data in the record form, what was replaced, and what was normalised.

    None if it is no mapping, or if its schema is not known.
    """
    if not isinstance(read.data, dict):
        return None
    version = _known_version(read.data)
    if not version:
        return None
    left = remains.of(read.data, _form(read, version), strict=not read.is_json)
    if not read.is_json and version == "2.0":
        return left.data, left, []
    notes = Notes()
    data = upgrade(left.data, version, official_id(program, id), notes)
    return data, left, list(to_problems(notes.findings(), read.shown, partial_of(line_of, read)))


def _known_version(data: Any) -> str:
    """The schema version of a file, also if it is missing or wrong: only 2.0 has metadata. Empty if it is not known."""
    version = version_of(data)
    if version in schemas.VERSIONS:
        return version
    return "2.0" if isinstance(data, dict) and "metadata" in data else ""


def _findings(read: Source, version: str | None, program: str, id: str) -> Iterator[Finding]:
    data, head = read.data, _head(read.data)
    if not isinstance(head, dict):
        yield from fields.check(read.data, _form(read, "2.0"), strict=not read.is_json)
        return
    if not schemas.ID.matches(id):
        yield Finding((), "wrong-id", "", f"the file name gives the id {show(id)}, which is invalid", schemas.ID.what)
    if version not in schemas.VERSIONS:
        where = ("metadata", "schema") if "metadata" in read.data else ("schema",)
        given = head.get("schema")
        message = "has no schema version" if given is None else f"the schema version is {show(str(given))}"
        yield fields.fault(where, "schema-version", message, "one of " + ", ".join(schemas.VERSIONS) + ", in quotes")
        version = _known_version(read.data)
        if not version:
            return
        data = {**read.data, "metadata": {**head, "schema": version}}
    faults = fields.check(data, _form(read, version), strict=not read.is_json)
    if read.is_json:
        faults = [fault for fault in faults if not (fault.where in _IDS and _is_id(read.data, fault))]
    yield from faults
    key, right = ("release", id) if version == "1.0" else ("id", official_id(program, id))
    at: KeyPath = ("metadata", key) if version == "2.0" else (key,)
    if schemas.ID.matches(id) and at not in {fault.where for fault in faults}:
        yield from _wrong_id(head.get(key), right, at, is_error=not read.is_json)


def _is_id(data: Any, fault: Finding) -> bool:
    """Whether the value that does not have the form of an id is one with underscores."""
    for key in fault.where if fault.code == "bad-value" else ():
        data = data[key]
    return isinstance(data, str) and schemas.ID.matches(hyphenated(data))


def _form(read: Source, version: str) -> Struct:
    if version == "2.0" and partial.is_partial(read.data):
        return partial.EXPORTED if read.is_json else partial.PARTIAL
    return schemas.RECORD if version == "2.0" and not read.is_json else schemas.FORMS[version]


def _wrong_id(given: Any, right: str, where: KeyPath, is_error: bool) -> Iterator[Finding]:
    if isinstance(given, str) and given != right and (is_error or hyphenated(given) != right):
        message = f"the id is {show(given)}, but the file name gives {right!r}"
        yield Finding(where, "wrong-id", given, message, f"id: {right!r}, or another file name", is_error)


def line_of(read: Source, place: KeyPath) -> int:
    """The line in a file of any schema of what is at ``place`` in the record form."""
    return read.line(place_in(read, place))


def place_in(read: Source, place: KeyPath) -> KeyPath:
    """The place in a file of any schema of what is at ``place`` in the record form."""
    if _known_version(read.data) not in ("", "2.0"):
        return schema_1.place_in(place)
    # An export, which is JSON, has its block in the metadata.
    return ("metadata", *place) if place[:1] == ("record",) and read.is_json and is_export(read) else place


def upgrade(data: dict[str, Any], version: str, official_id: str, notes: Notes) -> dict[str, Any]:
    """Upgrade data of schema ``version`` to the record form; ``official_id`` is the id according to the file name.

    Returns new data. ``notes`` and ``record.notes`` list what was renamed, corrected or left out.
    """
    form = partial.EXPORTED if version == "2.0" and partial.is_partial(data) else schemas.FORMS[version]
    data = _respell(data, form, notes, ())
    if version == "1.0":
        data = scoring.to_1_2(data, notes)
    result = data if version == "2.0" else schema_1.to_2_0(data, notes)
    metadata = result["metadata"]
    if metadata.setdefault("id", official_id) != official_id:
        notes.add(f"metadata.id read '{metadata['id']}'; the id of the file, '{official_id}', stands instead", "")
        metadata["id"] = official_id
    approval = metadata.get("os_trademark_approval", {})
    if "_" in approval.get("replaces", ""):
        notes.add(f"replaces read '{approval['replaces']}'; programs have hyphens here", "")
        approval["replaces"] = hyphenated(approval["replaces"])
    if "record" in metadata:
        exported.undo(result, metadata["record"].get("origin_schema", ""))
    block = metadata.pop("record", None) or {"completeness": "complete", "origin_schema": version, "sources": []}
    metadata["schema"] = "2.0"
    capabilities = (*result["capabilities"].items(), *result.get("groups", {}).items())
    prefixed = any(has_prefix(capability["tests"]) for _, capability in capabilities)
    for name, capability in capabilities:
        tidy_capability(name, capability, block, notes, prefixed)
    if lines := notes.lines():
        block["notes"] = [*block.get("notes", ()), *lines]
    result["record"] = block
    return result


def _respell(data: Any, form: Any, notes: Notes, path: KeyPath, about: str = "") -> Any:
    """Copy ``data``, with other spellings of keys and words replaced by the schema's; ``about`` is what has them."""
    if isinstance(form, MapOf):
        if not isinstance(data, dict):
            return {}
        return {key: _respell(value, form.value, notes, (*path, key), str(key)) for key, value in data.items()}
    if isinstance(form, ListOf):
        return [_respell(value, form.item, notes, (*path, number), about) for number, value in enumerate(data)]
    if isinstance(form, Struct):
        return _respell_struct(data, form, notes, path, about)
    if isinstance(form, OneOf) and (word := form.word(data)) != data:
        notes.add(f"'{data}' is read as '{word}'", about, path, f"the word '{word}'")
        return word
    return data


def _respell_struct(data: dict[str, Any], form: Struct, notes: Notes, path: KeyPath, about: str) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for field in form.fields:
        for key in (field.name, *field.also):
            if key not in data:
                continue
            # Official files use hyphens and underscores for the same key. Without idempotent_id, RefStack saw no id.
            same = key.replace("-", "_") == field.name.replace("-", "_") and field.name != "idempotent_id"
            if key != field.name:
                note = notes.remark if same else notes.add
                note(f"the key '{key}' is read as '{field.name}'", about, (*path, key), f"the key '{field.name}'")
            value = _respell(data[key], field.type, notes, (*path, key), about or field.name)
            if field.name in result and result[field.name] != value:
                both = f"both spellings of '{field.name}' stood there; the second is left out"
                notes.add(both, about, (*path, key), f"the key '{field.name}' alone")
                continue
            result[field.name] = value
    known = {key for field in form.fields for key in (field.name, *field.also)}
    for key in (key for key in data if key not in known):
        shown = show(key).encode("ascii", "backslashreplace").decode()
        notes.add(f"the key {shown} is not in the schema and is left out", about)
    return result


def form_of(read: Source) -> Struct:
    """The form of a guideline file by its schema version; that of schema 2.0 if it gives none."""
    version = version_of(read.data)
    return _form(read, version if version in schemas.VERSIONS else "2.0")
