"""Writes a guideline as text: YAML in the record form, or official schema-2.0 JSON. The output is deterministic."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import yaml

from . import yaml_reader
from .catalogue import Catalogue
from .model import Capability, Flag, Guideline, Mark, Status, Test

#: First line of each guideline file, for editors that support the YAML language server's modeline.
MODELINE = "# yaml-language-server: $schema=../guideline.schema.json\n"


#: Returns the text to write for a key of a catalogue file (file, key).
Wording = Callable[[str, str], str]


def _key(file: str, key: str) -> str:
    return key


def to_record(guideline: Guideline, wording: Wording = _key) -> dict[str, Any]:
    """The record form of ``guideline``: capabilities, tests and lists sorted by name, without empty optional keys.

    Flags and guidance have keys of the catalogue, or what ``wording`` returns for them.
    """
    data: dict[str, Any] = _less_empty(
        {
            "metadata": _metadata(guideline),
            "record": _record_block(guideline),
            "platforms": _marks(guideline.platforms),
            "add-ons": _marks(guideline.add_ons),
            "components": {
                name: {
                    "capabilities": {status.value: sorted(component.capabilities[status]) for status in Status},
                    "designated_sections": {status: list(names) for status, names in component.sections.items()},
                }
                for name, component in guideline.components.items()
            },
            "capabilities": {
                name: _capability(capability, wording) for name, capability in sorted(guideline.capabilities.items())
            },
            "designated_sections": _sections(guideline, wording),
            "test_repositories": {
                repository.name: {
                    "repository": repository.address,
                    "reference": repository.reference,
                    "description": repository.description,
                }
                for repository in guideline.repositories
            },
        }
    )
    return data


#: Keys that are written even if their value is empty: no sections, no tests, no flag details.
_KEPT_EMPTY = {
    *("capabilities", "tests", "flagged", "achievements", "releases", "sections", "components", "criteria"),
    *("designated_sections", "test_repositories", "sources"),
    *(status.value for status in Status),
}


def _less_empty(data: Any, named: bool = False) -> Any:
    """Leave out keys with empty values, except :data:`_KEPT_EMPTY` and, if ``named``, names chosen by the file."""
    if not isinstance(data, dict):
        return data
    result = {}
    for key, value in data.items():
        inner = _less_empty(value, key in ("tests", "capabilities", "components", "designated_sections"))
        if named or (inner is not None and key in _KEPT_EMPTY) or inner not in ("", None, [], {}, ()):
            result[key] = inner
    return result


def _metadata(guideline: Guideline) -> dict[str, Any]:
    return {
        "id": guideline.official_id,
        "schema": "2.0",
        "reference": guideline.reference,
        "source": guideline.source,
        "scoring": {
            "cutoff_score": guideline.cutoff,
            "criteria": {
                key: {"name": criterion.name, "description": criterion.description, "weight": criterion.weight}
                for key, criterion in sorted(guideline.criteria.items())
            },
        },
        "os_trademark_approval": {
            "target_approval": guideline.target_approval,
            "replaces": guideline.replaces,
            "releases": list(guideline.releases),
            "status": guideline.status,
        },
    }


def _record_block(guideline: Guideline) -> dict[str, Any]:
    return {
        "completeness": guideline.completeness,
        "origin_schema": guideline.origin_schema,
        "sources": [
            _less_empty({"repository": s.repository, "path": s.path, "commit": s.commit, "sha256": s.sha256})
            for s in guideline.sources
        ],
        "notes": list(guideline.notes),
        "capabilities": {
            name: dict(capability.carried)
            for name, capability in sorted(guideline.capabilities.items())
            if capability.carried
        } or None,
    }  # fmt: skip


def _capability(capability: Capability, wording: Wording) -> dict[str, Any]:
    return {
        "project": capability.project,
        "achievements": sorted(capability.achievements),
        "admin": capability.admin,
        "required_since": capability.required_since,
        "description": capability.description,
        "tests": {test.name: _test(test, wording) for test in sorted(capability.tests, key=lambda test: test.name)},
    }


def _test(test: Test, wording: Wording) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if test.id is not None:
        data["idempotent_id"] = test.id
    if test.aliases:
        data["aliases"] = list(test.aliases)
    if test.flag is not None:
        data["flagged"] = _flag(test.flag, wording)
    return data


def _flag(flag: Flag, wording: Wording) -> dict[str, str]:
    reason = wording("flag-reasons", flag.reason) if flag.reason else ""
    action = wording("flag-actions", flag.action) if flag.action else ""
    data = {"date": flag.date, "reason": f"{flag.code} {reason}".strip(), "action": action}
    return {key: value for key, value in data.items() if value}


def _sections(guideline: Guideline, wording: Wording) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for section in guideline.sections:
        entry: dict[str, Any] = {"guidance": wording("guidance", section.guidance) if section.guidance else ""}
        if section.required is not None:
            entry["required"] = section.required
        entry["sections"] = {
            part.name: _less_empty({"description": part.text, "designated": part.designated}) for part in section.parts
        }
        result.setdefault(section.project, {})[section.status] = _less_empty(entry)
    return result


def _marks(marks: tuple[Mark, ...]) -> dict[str, Any]:
    def references(items: Any) -> list[dict[str, str]]:
        return [_less_empty({"name": item.name, "source": item.source}) for item in items]

    return {
        mark.name: {
            "description": mark.description,
            "components": references(mark.components),
            "required_platform_components": references(mark.required),
            "optional_platform_components": references(mark.optional),
        }
        for mark in marks
    }


def official(guideline: Guideline, catalogue: Catalogue) -> dict[str, Any]:
    """``guideline`` as data of the official schema 2.0 with our wording; the record block is under metadata.

    Importing its JSON gives the original file again.
    """
    data = to_record(guideline, catalogue.official)
    data["metadata"]["record"] = data.pop("record")
    for key, entry in data["metadata"]["scoring"]["criteria"].items():
        shared = catalogue.entry("criteria", key) or {}
        entry.setdefault("name", shared.get("name", key))
        entry.setdefault("description", shared.get("description", ""))
    for name, capability in data["capabilities"].items():
        capability.setdefault("description", catalogue.entry("capabilities", name) or "")
    for project, statuses in data["designated_sections"].items():
        parts = catalogue.data["sections"].get(project, {})
        for section in statuses.values():
            for name, part in section["sections"].items():
                part.setdefault("description", parts.get(name, {}).get("text", ""))
    return data


def to_json(data: Any) -> str:
    """Data as the JSON text of a file: indented by two, ending with a newline."""
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes lists of short words, and mappings of one number or boolean, on one line; everything else as a block."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_list(dumper: Any, data: list[Any]) -> Any:
    words = all(isinstance(item, str) and len(item) < 14 and " " not in item for item in data)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=words)


def _represent_mapping(dumper: Any, data: dict[str, Any]) -> Any:
    single = len(data) == 1 and isinstance(next(iter(data.values())), (bool, int))
    return dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=single)


def _represent_text(dumper: Any, data: str) -> Any:
    # PyYAML writes 1234e5 without quotes, but our reader, like YAML 1.2, reads that as a number.
    return dumper.represent_scalar("tag:yaml.org,2002:str", data, style="'" if yaml_reader.is_number(data) else None)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(list, _represent_list)
_Dumper.add_representer(dict, _represent_mapping)


def to_yaml(guideline: Guideline) -> str:
    """The text of the guideline's file in ``guidelines/``."""
    return MODELINE + yaml.dump(
        to_record(guideline), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120, default_flow_style=False
    )
