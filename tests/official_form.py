"""What the working group's JSON Schema 2.0 asks of a guideline, written out by hand; imports nothing of the project.

The schema is ``doc/source/schema/2.0.json`` of openstack/interop. Its patterns for names (``^\\w+$``) fit no real name
and bind nothing; it says ``flag`` where every file says ``flagged``: what it asks of one is asked here of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

#: Schemas 1.0 and 1.2 gave their tests no ids, and a flag no particulars: neither can be made up. 1.0 has no marks and
#: no source, reference and target approval either.
SINCE_1_3 = ("1.3", "1.4", "1.5", "1.6", "2.0")
_MONTH = r"\d\d\d\d.\d\d"


def faults(data: dict[str, Any], origin: str) -> list[str]:
    """Every way in which ``data`` is not as schema 2.0 asks; ``origin`` is the version its facts come from."""
    found = list(_top(data, origin))
    if not found:
        found += [*_metadata(data["metadata"], origin), *_marks(data), *_components(data["components"])]
        for name, capability in data["capabilities"].items():
            found += _capability(name, capability, origin)
        for project, statuses in data["designated_sections"].items():
            for status, section in statuses.items():
                found += _section(f"{project} {status}", section)
        for name, repository in data["test_repositories"].items():
            found += _keys(name, repository, {"repository"}, {"reference", "description"})
            found += _texts(name, repository)
    return found


def _keys(
    where: str, data: Any, required: set[str], optional: frozenset[str] | set[str] = frozenset()
) -> Iterator[str]:
    if not isinstance(data, dict):
        yield f"{where}: no object"
        return
    yield from (f"{where}: no {key}" for key in sorted(required - data.keys()))
    yield from (f"{where}: unknown {key}" for key in sorted(data.keys() - required - optional))


def _texts(where: str, data: dict[str, Any]) -> Iterator[str]:
    yield from (f"{where}: {key} is no text" for key, value in data.items() if not isinstance(value, str))


def _top(data: dict[str, Any], origin: str) -> Iterator[str]:
    required = {"metadata", "components", "capabilities", "designated_sections", "test_repositories"}
    yield from _keys("file", data, required, {"platforms", "add-ons"})
    if not data.keys() & {"platforms", "add-ons"} and origin != "1.0":
        yield "file: neither platforms nor add-ons"


def _metadata(data: dict[str, Any], origin: str) -> Iterator[str]:
    asked = {"id", "schema"} | ({"reference", "source"} if origin != "1.0" else set())
    yield from (f"metadata: {key} is no text" for key in sorted(asked) if not isinstance(data.get(key), str))
    if data.get("schema") != "2.0":
        yield f"metadata: schema {data.get('schema')!r}"
    scoring = data["scoring"]
    yield from _keys("scoring", scoring, {"criteria"}, {"cutoff_score"})
    if type(scoring.get("cutoff_score", 0)) is not int:
        yield "scoring: cutoff_score is no integer"
    for key, criterion in scoring["criteria"].items():
        yield from _keys(key, criterion, {"name", "description", "weight"})
        if type(criterion["weight"]) is not int or not criterion["name"] or not criterion["description"]:
            yield f"{key}: {criterion}"
    approval = data["os_trademark_approval"]
    dated = {"target_approval"} if origin != "1.0" else set()
    yield from _keys("approval", approval, {"releases", "status"} | dated, {"replaces"})
    releases = approval["releases"]
    if not releases or len(set(releases)) < len(releases):
        yield f"approval: releases {releases}"
    if approval["status"] not in ("draft", "advisory", "approved", "superseded"):
        yield f"approval: status {approval['status']!r}"
    for key in ("target_approval", "replaces"):
        if key in approval and not re.search(_MONTH, approval[key]):
            yield f"approval: {key} {approval[key]!r}"


def _marks(data: dict[str, Any]) -> Iterator[str]:
    more = {"required_platform_components", "optional_platform_components"}
    for kind, optional in (("platforms", set()), ("add-ons", more)):
        for name, mark in data.get(kind, {}).items():
            yield from _keys(name, mark, {"components"}, {"description", *optional})
            for key in mark.keys() & {"components", *more}:
                for reference in mark[key]:
                    yield from _keys(f"{name} {key}", reference, {"name"}, {"source"})
                    yield from _texts(f"{name} {key}", reference)


def _components(data: dict[str, Any]) -> Iterator[str]:
    statuses = {"required", "advisory", "deprecated", "removed"}
    for name, component in data.items():
        yield from _keys(name, component, {"capabilities"}, {"designated_sections"})
        yield from _keys(f"{name} capabilities", component["capabilities"], set(), statuses)
        yield from _keys(f"{name} sections", component.get("designated_sections", {}), set(), statuses)
        for lists in component.values():
            for status, names in lists.items():
                if not isinstance(names, list) or not all(isinstance(item, str) for item in names):
                    yield f"{name} {status}: no list of names"


def _capability(name: str, data: dict[str, Any], origin: str) -> Iterator[str]:
    required = {"achievements", "admin", "description", "project", "tests"}
    yield from _keys(name, data, required, {"required_since"})
    if required - data.keys():
        return
    if len(set(data["achievements"])) < len(data["achievements"]) or "" in data["achievements"]:
        yield f"{name}: achievements {data['achievements']}"
    if not isinstance(data["admin"], bool) or not isinstance(data["description"], str):
        yield f"{name}: admin {data['admin']!r}, description {data['description']!r}"
    if "required_since" in data and not re.search(_MONTH, data["required_since"]):
        yield f"{name}: required_since {data['required_since']!r}"
    for test, entry in data["tests"].items():
        yield from _test(f"{name} {test}", entry, origin)


def _test(where: str, data: dict[str, Any], origin: str) -> Iterator[str]:
    asked = {"idempotent_id"} if origin in SINCE_1_3 and not where.endswith(".NEED_TEST") else set()
    yield from _keys(where, data, asked, {"idempotent_id", "aliases", "flagged"})
    if "idempotent_id" in data and not re.fullmatch(
        r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", data["idempotent_id"]
    ):
        yield f"{where}: {data['idempotent_id']!r}"
    aliases = data.get("aliases", ["one"])
    if not aliases or len(set(aliases)) < len(aliases):
        yield f"{where}: aliases {aliases}"
    if "flagged" in data and not data["flagged"]:
        yield f"{where}: flagged without any detail, which RefStack takes for not flagged"
    if flag := data.get("flagged"):
        details = {"date", "reason", "action"}
        yield from _keys(f"{where} flagged", flag, details if origin in SINCE_1_3 else {"reason"}, details)
        if origin in SINCE_1_3 and not re.search(r"\d{4}-\d{2}-\d{2}", flag.get("date", "")):
            yield f"{where}: flagged on {flag.get('date')!r}"


def _section(where: str, data: dict[str, Any]) -> Iterator[str]:
    yield from _keys(where, data, {"guidance", "sections"}, {"comment", "required"})
    for name, part in data.get("sections", {}).items():
        yield from _keys(f"{where} {name}", part, {"description", "designated"}, {"comment"})
        if not isinstance(part.get("designated"), bool) or not isinstance(part.get("description"), str):
            yield f"{where} {name}: {part}"
