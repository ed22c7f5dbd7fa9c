"""Upgrades data of schema 1.2 to 1.6 to 2.0: top-level keys move under metadata, sections are by project."""

from __future__ import annotations

from typing import Any

from .normalise import Notes
from .problems import KeyPath


def place_in(place: KeyPath) -> KeyPath:
    """The place in schema 1.x of what is at ``place`` in the record form."""
    match place:
        case ("metadata", "scoring" | "os_trademark_approval", *rest) | ("metadata", *rest):
            return tuple(rest)
        case ("components", name, "capabilities", *rest):
            return ("components", name, *rest)
        case ("designated_sections", project, status, *rest):
            return ("designated-sections", status, project, *rest)
        case ("designated_sections",):
            return ("designated-sections",)
        case ("platforms", _):
            return ("platform", "required")
    return place


def to_2_0(data: dict[str, Any], notes: Notes) -> dict[str, Any]:
    """The data in the form of schema 2.0; ``notes`` gets what has no place there."""
    platform = data.get("platform")
    for status in ("advisory", "deprecated", "removed"):
        for name in (platform or {}).get(status, ()):
            notes.add(f"schema 2.0 has no place for a platform's {status} components", name)
    sections: dict[str, Any] = {}
    for status, projects in data["designated-sections"].items():
        for project, section in projects.items():
            sections.setdefault(project, {})[status] = section
    return {
        "metadata": _metadata_1(data),
        "platforms": {}
        if platform is None  # A scoring has none.
        else {"platform": {"components": [{"name": name} for name in platform.get("required", [])]}},
        "components": {
            name: {"capabilities": statuses, "designated_sections": {}} for name, statuses in data["components"].items()
        },
        "capabilities": {
            name: _capability_1(name, capability, notes) for name, capability in data["capabilities"].items()
        },
        "designated_sections": sections,
        "test_repositories": {
            name: {"repository": repository["url"]}
            | ({"reference": repository["git-sha"]} if "git-sha" in repository else {})
            for name, repository in data.get("test-repositories", {}).items()
        },
    }


def _metadata_1(data: dict[str, Any]) -> dict[str, Any]:
    scoring: dict[str, Any] = {}
    if "cutoff_score" in data:
        scoring["cutoff_score"] = int(data["cutoff_score"])
    scoring["criteria"] = {
        key: {"description" if name == "Description" else name: value for name, value in criterion.items()}
        for key, criterion in data["criteria"].items()
    }
    approval = {k: data[k] for k in ("target_approval", "replaces", "releases", "status") if k in data}
    metadata: dict[str, Any] = {k: data[k] for k in ("id", "schema", "reference", "source") if k in data}
    return metadata | {"scoring": scoring, "os_trademark_approval": approval}


def _capability_1(name: str, capability: dict[str, Any], notes: Notes) -> dict[str, Any]:
    result = {k: v for k, v in capability.items() if k not in ("flagged", "tests", "required-since")}
    if "required-since" in capability:
        result["required_since"] = capability["required-since"]
    if isinstance(capability["tests"], dict):
        result["tests"] = capability["tests"]
    else:
        flagged = set(capability.get("flagged", ()))
        result["tests"] = {test: {"flagged": {}} if test in flagged else {} for test in capability["tests"]}
        for test in sorted(flagged - set(capability["tests"])):
            note, right = f"a flag on {test}, which is none of its tests, is left out", "the name of one of its tests"
            notes.add(note, name, ("capabilities", name, "flagged"), f"{right}, or no flag")
    return result
