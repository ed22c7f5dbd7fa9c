"""Plain data of any official schema, made into the record form: schema 2.0 with a ``record`` block.

:func:`upgrade` only moves and respells; it says everything it did as notes. It expects data that its schema accepts.
"""

from __future__ import annotations

import re
from typing import Any

from .fields import ListOf, MapOf, Struct
from .schemas import FORMS

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_DIRTY_ID = re.compile(r"(id-)?(" + UUID.pattern + r")((?:,[a-z]+)*)")
_CARRIED = ("name", "status", "guidelines")


def version_of(data: Any) -> str | None:
    """The schema version that a file claims, or None: 1.x has it at the top, 2.0 under metadata."""
    if not isinstance(data, dict):
        return None
    metadata = data.get("metadata")
    version = metadata.get("schema") if isinstance(metadata, dict) else data.get("schema")
    return str(version) if isinstance(version, str) else None


def upgrade(data: dict[str, Any], version: str, official_id: str) -> dict[str, Any]:
    """Make data of schema ``version`` into the record form; ``official_id`` is the id its file name gives.

    The result shares nothing with ``data``; what was respelled, moved or left out stands in ``record.notes``.
    """
    notes = _Notes()
    data = _respell(data, FORMS[version], notes, "")
    result = data if version == "2.0" else _from_1(data, notes)
    metadata = result["metadata"]
    if metadata["id"] != official_id:
        notes.add(f"metadata.id read '{metadata['id']}'; the id of the file, '{official_id}', stands instead", "")
        metadata["id"] = official_id
    block = metadata.pop("record", None) or {"completeness": "complete", "origin_schema": version, "sources": []}
    metadata["schema"] = "2.0"
    for name, capability in result["capabilities"].items():
        _tidy_capability(name, capability, block, notes)
    if lines := notes.lines():
        block["notes"] = [*block.get("notes", ()), *lines]
    result["record"] = block
    return result


class _Notes:
    """What was normalised: one line for each kind, with the things it happened to."""

    def __init__(self) -> None:
        self._about: dict[str, list[str]] = {}

    def add(self, note: str, about: str) -> None:
        self._about.setdefault(note, []).append(about)

    def lines(self) -> list[str]:
        """The notes, each with what it is about."""
        return [self._line(note, [a for a in about if a]) for note, about in self._about.items()]

    @staticmethod
    def _line(note: str, about: list[str]) -> str:
        if not about:
            return note
        if len(about) > 4:
            return f"{note}: {len(about)} times"
        return f"{note}: " + ", ".join(dict.fromkeys(about))


def _respell(data: Any, form: Any, notes: _Notes, where: str) -> Any:
    """Copy ``data``, giving keys with other spellings the schema's name."""
    if isinstance(form, MapOf):
        if not isinstance(data, dict):
            return {}
        return {key: _respell(value, form.value, notes, str(key)) for key, value in data.items()}
    if isinstance(form, ListOf):
        return [_respell(value, form.item, notes, where) for value in data]
    if not isinstance(form, Struct):
        return data
    result = {}
    for field in form.fields:
        for key in (field.name, *field.also):
            if key not in data:
                continue
            # Hyphen and underscore forms of one key are both in use; only a misspelling deserves naming.
            if key.replace("-", "_") != field.name.replace("-", "_"):
                notes.add(f"the key '{key}' is read as '{field.name}'", where)
            value = _respell(data[key], field.type, notes, where or field.name)
            if field.name in result and result[field.name] != value:
                notes.add(f"both spellings of '{field.name}' stood there; the second is left out", where)
                continue
            result[field.name] = value
    return result


def _from_1(data: dict[str, Any], notes: _Notes) -> dict[str, Any]:
    """Schema 1.2 to 1.6 to schema 2.0: what stood at the top goes under metadata, sections turn project first."""
    scoring: dict[str, Any] = {}
    if "cutoff_score" in data:
        scoring["cutoff_score"] = int(data["cutoff_score"])
    scoring["criteria"] = {
        key: {"description" if name == "Description" else name: value for name, value in criterion.items()}
        for key, criterion in data["criteria"].items()
    }
    approval = {k: data[k] for k in ("target_approval", "replaces", "releases", "status") if k in data}
    metadata = {k: data[k] for k in ("id", "schema", "reference", "source") if k in data}
    metadata |= {"scoring": scoring, "os_trademark_approval": approval}
    marks = {"platform": {"components": [{"name": name} for name in data["platform"].get("required", [])]}}
    for status in ("advisory", "deprecated", "removed"):
        for name in data["platform"].get(status, ()):
            notes.add(f"schema 2.0 has no place for a platform's {status} components", name)
    components = {
        name: {"capabilities": statuses, "designated_sections": {}} for name, statuses in data["components"].items()
    }
    sections: dict[str, Any] = {}
    for status, projects in data["designated-sections"].items():
        for project, section in projects.items():
            sections.setdefault(project, {})[status] = section
    repositories = {
        name: {"repository": repository["url"]}
        | ({"reference": repository["git-sha"]} if "git-sha" in repository else {})
        for name, repository in data.get("test-repositories", {}).items()
    }
    return {
        "metadata": metadata,
        "platforms": marks,
        "components": components,
        "capabilities": {
            name: _capability_1(name, capability, notes) for name, capability in data["capabilities"].items()
        },
        "designated_sections": sections,
        "test_repositories": repositories,
    }


def _capability_1(name: str, capability: dict[str, Any], notes: _Notes) -> dict[str, Any]:
    result = {k: v for k, v in capability.items() if k not in ("flagged", "tests", "required-since")}
    if "required-since" in capability:
        result["required_since"] = capability["required-since"]
    if isinstance(capability["tests"], dict):
        result["tests"] = capability["tests"]
    else:
        flagged = set(capability.get("flagged", ()))
        result["tests"] = {test: {"flagged": {}} if test in flagged else {} for test in capability["tests"]}
        for test in sorted(flagged - set(capability["tests"])):
            notes.add(f"a flag on {test}, which is none of its tests, is left out", name)
    return result


def _tidy_capability(name: str, capability: dict[str, Any], block: dict[str, Any], notes: _Notes) -> None:
    carried = {key: capability.pop(key) for key in _CARRIED if key in capability}
    if carried.get("name") == name:
        del carried["name"]
    if carried:
        block.setdefault("capabilities", {})[name] = carried
    if not capability.get("required_since", True):
        del capability["required_since"]
    if "" in capability["achievements"]:
        notes.add("an empty achievement is left out", name)
        capability["achievements"] = [key for key in capability["achievements"] if key]
    for test in capability["tests"].values():
        if "idempotent_id" in test:
            _tidy_id(name, test, notes)


def _tidy_id(capability: str, test: dict[str, Any], notes: _Notes) -> None:
    written = test["idempotent_id"]
    match = _DIRTY_ID.fullmatch(written.strip().lower())
    if match:
        test["idempotent_id"] = match[2]
        if match[1]:
            notes.add("'id-' is taken off the idempotent ids", capability)
        if match[3]:
            notes.add("a test attribute after the idempotent id is taken off, such as ',negative'", capability)
    elif not written:
        del test["idempotent_id"]
        notes.add("an empty idempotent id is left out", capability)
