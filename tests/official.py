"""The facts of a guideline, read three ways: from official JSON, from a YAML file of the record, and from a model.

This is the tests' own reading and takes nothing from the code under test. Every reader returns a flat mapping
``(kind, ...) -> value`` that leaves prose out, so that two readings of one guideline must be equal.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from .official_scoring import facts_of_scoring

Facts = dict[tuple[str, ...], Any]

CAPABILITY_STATUSES = ("required", "advisory", "deprecated", "removed")
#: What only schema 1.2 and 1.3 say of a capability; schema 2.0 has no place for it but our record block.
ONLY_IN_THE_RECORD = ("schema", "own name", "own status", "own guidelines")


def without(facts: Facts, *kinds: str) -> Facts:
    """``facts`` less those of some kinds."""
    return {key: value for key, value in facts.items() if key[0] not in kinds}


def difference(left: Facts, right: Facts) -> dict[tuple[str, ...], tuple[Any, Any]]:
    """Where two readings differ: key -> both values, "absent" for none. Empty if they are equal."""
    keys = sorted(left.keys() | right.keys())
    return {
        key: (left.get(key, "absent"), right.get(key, "absent"))
        for key in keys
        if left.get(key, "absent") != right.get(key, "absent")
    }


def load_yaml(path: Path) -> Any:
    """The plain data of a YAML file, by PyYAML's own safe loader. Tests share it: it must not be changed."""
    return parse_yaml(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=128)
def parse_yaml(text: str) -> Any:
    """The plain data of a YAML text, parsed once however many tests read it."""
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


# --- official JSON ----------------------------------------------------------------------------------------------------


def facts_of_json(path: Path, id: str) -> Facts:
    """The facts of an official file of any schema. ``id`` is the official id its name gives: files copy it wrongly."""
    data = json.loads(path.read_text(encoding="utf-8"))
    facts: Facts = {("id",): id}
    if data.get("schema") == "1.0":
        return facts | facts_of_scoring(data)
    if "metadata" in data:
        _json_2(data, facts)
    else:
        _json_1(data, facts)
    for name, capability in data["capabilities"].items():
        _json_capability(name, capability, facts)
    return facts


def _json_1(data: dict[str, Any], facts: Facts) -> None:
    facts["schema",] = data["schema"]
    for key in ("status", "replaces", "target_approval", "source", "reference"):
        facts[key,] = data.get(key, "")
    facts["releases",] = tuple(data["releases"])
    facts["cutoff",] = int(data["cutoff_score"]) if "cutoff_score" in data else None
    facts["platforms", "platform"] = (tuple((name, "") for name in data["platform"]["required"]), (), ())
    for status in CAPABILITY_STATUSES[1:]:
        if names := data["platform"].get(status):
            facts["platform lists", status] = tuple(names)  # no official file has any; schema 2.0 has no place for it
    for key, criterion in data["criteria"].items():
        facts["weight", key] = criterion["weight"]
    for name, statuses in data["components"].items():
        for status in CAPABILITY_STATUSES:
            facts["component", name, status] = frozenset(_by_status(statuses, status))
    for status, projects in data["designated-sections"].items():
        for project, section in projects.items():
            _json_section(project, status, section, facts)
    for name, repository in _either(data, {}, "test-repositories", "test_repositories").items():
        facts["repository", name] = (repository["url"], _either(repository, "", "git-sha", "git_sha"))


def _json_2(data: dict[str, Any], facts: Facts) -> None:
    metadata = data["metadata"]
    approval, scoring = metadata["os_trademark_approval"], metadata["scoring"]
    facts["schema",] = metadata["schema"]
    facts["source",], facts["reference",] = metadata.get("source", ""), metadata.get("reference", "")
    for key in ("status", "replaces", "target_approval"):
        facts[key,] = approval.get(key, "")
    facts["releases",] = tuple(approval["releases"])
    facts["cutoff",] = scoring.get("cutoff_score")
    for key, criterion in scoring["criteria"].items():
        facts["weight", key] = criterion["weight"]
    for kind in ("platforms", "add-ons"):
        for name, mark in data.get(kind, data.get(kind.replace("-", "_"), {})).items():
            facts[kind, name] = _mark(mark)
    for name, component in data["components"].items():
        _component(name, component, facts)
    for project, statuses in data["designated_sections"].items():
        for status, section in statuses.items():
            _json_section(project, status, section, facts)
    for name, repository in data["test_repositories"].items():
        facts["repository", name] = (repository["repository"], repository.get("reference", ""))


def _json_capability(name: str, data: dict[str, Any], facts: Facts) -> None:
    achievements = _either(data, (), "achievements", "acheivements")
    facts["achievements", name] = frozenset(achievements) - {""}
    facts["admin", name], facts["project", name] = data["admin"], data["project"]
    facts["required since", name] = _either(data, "", "required_since", "required-since")
    facts["own name", name] = data.get("name", name)
    facts["own status", name] = data.get("status", "")
    facts["own guidelines", name] = tuple(data.get("guidelines", ()))
    facts["tests", name] = frozenset(data["tests"])
    for test in data["tests"]:
        if isinstance(data["tests"], list):
            facts["test", name, test] = (None, (), test in data.get("flagged", ()), "", "")
            continue
        entry = data["tests"][test]
        flag = _either(entry, None, "flagged", "flag")
        id = _either(entry, "", "idempotent_id", "idempotent-id").lower()
        facts["test", name, test] = (
            id.removeprefix("id-").split(",")[0] or None,
            tuple(entry.get("aliases", ())),
            flag is not None,
            (flag or {}).get("date", ""),
            _code((flag or {}).get("reason", "")),
        )


def _json_section(project: str, status: str, data: dict[str, Any], facts: Facts) -> None:
    parts = data.get("sections") or {}
    guided = bool(data.get("guidance") or data.get("comment"))
    facts["section", project, status] = {name: part["designated"] for name, part in parts.items()}
    facts["guidance", project, status] = (guided, data.get("required"))


def _either(data: dict[str, Any], default: Any, *keys: str) -> Any:
    """The value of the first of ``keys`` that is there."""
    return next((data[key] for key in keys if key in data), default)


def _by_status(statuses: dict[str, Any], status: str) -> Any:
    """What stands under ``status``; old files have "depricated" as well."""
    also = ("depricated",) if status == "deprecated" else ()
    return _either(statuses, (), status, *also)


def _code(reason: str) -> str:
    """The code that a flag's reason begins with: ``[D401] x``, ``D400: x`` and ``D406 x`` are all in use."""
    match = re.match(r"\[?(D4\d\d)\b", reason)
    return match[1] if match else ""


# --- a file of the record ---------------------------------------------------------------------------------------------


def facts_of_yaml(path: Path) -> Facts:
    """The facts of a YAML file in ``guidelines/``. Nothing is normalised here: the file must be clean already."""
    data = load_yaml(path)
    metadata, block = data["metadata"], data["record"]
    approval, scoring = metadata["os_trademark_approval"], metadata["scoring"]
    facts: Facts = {
        ("id",): metadata["id"],
        ("schema",): block["origin_schema"],
        ("source",): metadata.get("source", ""),
        ("reference",): metadata.get("reference", ""),
        ("releases",): tuple(approval["releases"]),
        ("cutoff",): scoring.get("cutoff_score"),
    }
    facts |= {(key,): approval.get(key, "") for key in ("status", "replaces", "target_approval")}
    facts |= {("weight", key): criterion["weight"] for key, criterion in scoring["criteria"].items()}
    for kind in ("platforms", "add-ons"):
        facts |= {(kind, name): _mark(mark) for name, mark in data.get(kind, {}).items()}
    for name, component in data["components"].items():
        _component(name, component, facts)
    for name, capability in data["capabilities"].items():
        _yaml_capability(name, capability, block.get("capabilities", {}).get(name, {}), facts)
    for project, statuses in data["designated_sections"].items():
        for status, section in statuses.items():
            parts = {name: part["designated"] for name, part in section["sections"].items()}
            facts["section", project, status] = parts
            facts["guidance", project, status] = ("guidance" in section, section.get("required"))
    for name, repository in data["test_repositories"].items():
        facts["repository", name] = (repository["repository"], repository.get("reference", ""))
    return facts


def _yaml_capability(name: str, data: dict[str, Any], carried: dict[str, Any], facts: Facts) -> None:
    facts["achievements", name] = frozenset(data["achievements"])
    facts["admin", name], facts["project", name] = data["admin"], data["project"]
    facts["required since", name] = data.get("required_since", "")
    facts["own name", name] = carried.get("name", name)
    facts["own status", name] = carried.get("status", "")
    facts["own guidelines", name] = tuple(carried.get("guidelines", ()))
    facts["tests", name] = frozenset(data["tests"])
    for test, entry in data["tests"].items():
        flag = entry.get("flagged")
        facts["test", name, test] = (
            entry.get("idempotent_id"),
            tuple(entry.get("aliases", ())),
            flag is not None,
            (flag or {}).get("date", ""),
            _code((flag or {}).get("reason", "")),
        )


def _component(name: str, data: dict[str, Any], facts: Facts) -> None:
    for status in CAPABILITY_STATUSES:
        facts["component", name, status] = frozenset(_by_status(data["capabilities"], status))
    for status, projects in data.get("designated_sections", {}).items():
        if projects:
            facts["component sections", name, status] = frozenset(projects)


def _mark(data: dict[str, Any]) -> tuple[tuple[tuple[str, str], ...], ...]:
    keys = ("components", "required_platform_components", "optional_platform_components")
    return tuple(tuple((item["name"], item.get("source", "")) for item in data.get(key, ())) for key in keys)


# --- a model ----------------------------------------------------------------------------------------------------------


def facts_of_model(guideline: Any) -> Facts:
    """The facts of a guideline as pages are made from it: an ``interop.model.Guideline``."""
    powered = guideline.program == "powered"
    facts: Facts = {
        ("id",): guideline.id if powered else f"{guideline.program}.{guideline.id}",
        ("schema",): guideline.origin_schema,
        ("releases",): guideline.releases,
        ("cutoff",): guideline.cutoff,
    }
    for key in ("status", "replaces", "target_approval", "source", "reference"):
        facts[key,] = getattr(guideline, key)
    facts |= {("weight", key): criterion.weight for key, criterion in guideline.criteria.items()}
    for kind, marks in (("platforms", guideline.platforms), ("add-ons", guideline.add_ons)):
        for mark in marks:
            lists = (mark.components, mark.required, mark.optional)
            facts[kind, mark.name] = tuple(tuple((item.name, item.source) for item in items) for items in lists)
    for name, component in guideline.components.items():
        for status in CAPABILITY_STATUSES:
            facts["component", name, status] = frozenset(component.capabilities[status])
        for status, projects in component.sections.items():
            facts["component sections", name, status] = frozenset(projects)
    for name, capability in guideline.capabilities.items():
        _model_capability(name, capability, facts)
    for section in guideline.sections:
        where = section.project, section.status
        facts["section", *where] = {part.name: part.designated for part in section.parts}
        facts["guidance", *where] = (bool(section.guidance), section.required)
    for repository in guideline.repositories:
        facts["repository", repository.name] = (repository.address, repository.reference)
    return facts


def _model_capability(name: str, capability: Any, facts: Facts) -> None:
    facts["achievements", name] = frozenset(capability.achievements)
    facts["admin", name], facts["project", name] = capability.admin, capability.project
    facts["required since", name] = capability.required_since
    facts["own name", name] = capability.carried.get("name", name)
    facts["own status", name] = capability.carried.get("status", "")
    facts["own guidelines", name] = tuple(capability.carried.get("guidelines", ()))
    facts["tests", name] = frozenset(test.name for test in capability.tests)
    for test in capability.tests:
        flag = test.flag
        excuse = (flag is not None, flag.date if flag else "", flag.code if flag else "")
        facts["test", name, test.name] = (test.id, test.aliases, *excuse)
