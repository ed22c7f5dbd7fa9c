"""A guideline as plain data in the record form, as it is written to files. The order of keys is deterministic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .model import OFFICIAL, Capability, Flag, Guideline, Mark, Test

#: Returns the text to write for a key of a catalogue file (file, key).
Wording = Callable[[str, str], str]


def own_key(file: str, key: str) -> str:
    """The wording that a file of the record has: the key itself."""
    return key


def to_record(guideline: Guideline, wording: Wording = own_key) -> dict[str, Any]:
    """The record form of a complete guideline: names sorted, without optional keys that are empty.

    Flags and guidance have keys of the catalogue, or what ``wording`` returns for them.
    """
    data: dict[str, Any] = _less_empty(
        {
            "metadata": metadata(guideline),
            "record": record_block(guideline),
            "platforms": marks(guideline.platforms),
            "add-ons": marks(guideline.add_ons),
            "components": {
                name: {
                    "capabilities": {status.value: sorted(component.capabilities[status]) for status in OFFICIAL},
                    "designated_sections": {status: list(names) for status, names in component.sections.items()},
                }
                for name, component in guideline.components.items()
            },
            "capabilities": {
                name: _capability(capability, wording) for name, capability in sorted(guideline.capabilities.items())
            },
            "designated_sections": _sections(guideline, wording),
            "test_repositories": repositories(guideline),
        }
    )
    return data


#: Keys that are written even if their value is empty: no sections, no tests, no flag details.
_KEPT_EMPTY = {
    *("capabilities", "tests", "flagged", "achievements", "releases", "sections", "components", "criteria"),
    *("designated_sections", "test_repositories", "sources"),
    *(status.value for status in OFFICIAL),
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


def metadata(guideline: Guideline) -> dict[str, Any]:
    """The block ``metadata``; what is not known is empty."""
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


def record_block(guideline: Guideline) -> dict[str, Any]:
    """The block ``record``."""
    return {
        "completeness": guideline.completeness,
        "origin_schema": guideline.origin_schema,
        "sources": [
            _less_empty(
                {"repository": s.repository, "path": s.path, "commit": s.commit, "sha256": s.sha256, "blob": s.blob}
            )
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
        "tests": {one.name: test(one, wording) for one in sorted(capability.tests, key=lambda one: one.name)},
    }


def test(given: Test, wording: Wording) -> dict[str, Any]:
    """The entry of a given."""
    data: dict[str, Any] = {}
    if given.id is not None:
        data["idempotent_id"] = given.id
    if given.aliases:
        data["aliases"] = list(given.aliases)
    if given.flag is not None:
        data["flagged"] = _flag(given.flag, wording)
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


def repositories(guideline: Guideline) -> dict[str, Any]:
    """The block ``test_repositories``."""
    return {
        repository.name: {
            "repository": repository.address,
            "reference": repository.reference,
            "description": repository.description,
        }
        for repository in guideline.repositories
    }


def marks(given: tuple[Mark, ...]) -> dict[str, Any]:
    """A block ``platforms`` or ``add-ons``."""

    def references(items: Any) -> list[dict[str, str]]:
        return [_less_empty({"name": item.name, "source": item.source}) for item in items]

    return {
        mark.name: {
            "description": mark.description,
            "components": references(mark.components),
            "required_platform_components": references(mark.required),
            "optional_platform_components": references(mark.optional),
        }
        for mark in given
    }
