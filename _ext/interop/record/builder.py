"""Builds the model from data in the record form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from . import model
from .model import GROUP, Capability, Evidence, Guideline, Status
from .schemas import SECTION_STATUSES

_CODE = re.compile(r"\s*(?:\[(D[0-9]{3})\]|(D[0-9]{3})\b):?\s*")


def split_code(reason: str) -> tuple[str, str]:
    """Split a flag's reason into code and rest, both may be empty: ``[D401] x``, ``D401: x``, ``D401 x``, ``x``."""
    match = _CODE.match(reason)
    return ((match[1] or match[2]), reason[match.end() :].strip()) if match else ("", reason.strip())


def to_model(data: dict[str, Any], program: str, id: str, path: str) -> Guideline:
    """Build a :class:`Guideline` from data in the record form; ``path`` is the file it was read from."""
    metadata = data["metadata"]
    scoring, approval = metadata.get("scoring", {}), metadata.get("os_trademark_approval", {})
    block = data.get("record", {})
    evidence = _evidence(block, None)
    return Guideline(
        program=program,
        id=id,
        status=approval.get("status", ""),
        releases=tuple(approval.get("releases", ())),
        criteria={key: _criterion(key, value) for key, value in scoring.get("criteria", {}).items()},
        components={name: _component(name, value) for name, value in data["components"].items()},
        capabilities=_capabilities(data, block.get("capabilities", {}), evidence),
        sections=tuple(
            _section(project, status, section)
            for project, statuses in data.get("designated_sections", {}).items()
            for status, section in statuses.items()
        ),
        platforms=_marks(data.get("platforms", {})),
        add_ons=_marks(data.get("add-ons", {})),
        repositories=tuple(
            model.Repository(name, value["repository"], value.get("reference", ""), value.get("description", ""))
            for name, value in data.get("test_repositories", {}).items()
        ),
        cutoff=scoring.get("cutoff_score"),
        replaces=approval.get("replaces", ""),
        target_approval=approval.get("target_approval", ""),
        origin_schema=block.get("origin_schema", "2.0"),
        completeness=block.get("completeness", "complete"),
        sources=tuple(model.Origin(**source) for source in block.get("sources", ())),
        notes=tuple(block.get("notes", ())),
        evidence=evidence,
        approval_evidence=_evidence(approval, evidence),
        evidence_sources={
            key: model.EvidenceSource(**value) for key, value in block.get("evidence_sources", {}).items()
        },
        reference=metadata.get("reference", ""),
        source=metadata.get("source", ""),
        path=path,
    )


def _criterion(key: str, data: dict[str, Any]) -> model.Criterion:
    return model.Criterion(key, data["weight"], data.get("name", ""), data.get("description", ""))


def _evidence(data: dict[str, Any], of_the_whole: Evidence | None) -> Evidence | None:
    """The evidence for a part of a file: its own, or that of what it is part of."""
    given = data.get("evidence")
    return Evidence(given["grade"], tuple(given["sources"])) if given else of_the_whole


def _component(name: str, data: dict[str, Any]) -> model.Component:
    capabilities, groups = data["capabilities"], data.get("groups", {})
    sections = data.get("designated_sections", {})
    return model.Component(
        name,
        {
            status: (*capabilities.get(status.value, ()), *(GROUP + key for key in groups.get(status.value, ())))
            for status in Status
        },
        {status: tuple(sections[status]) for status in SECTION_STATUSES if sections.get(status)},
    )


def _capabilities(data: dict[str, Any], carried: dict[str, Any], evidence: Evidence | None) -> dict[str, Capability]:
    """The capabilities by name, and the groups of tests whose capability is not known."""
    found = {
        name: _capability(name, value, carried.get(name, {}), evidence) for name, value in data["capabilities"].items()
    }
    groups = {GROUP + key: value for key, value in data.get("groups", {}).items()}
    return found | {name: _capability(name, value, {}, evidence) for name, value in groups.items()}


def _capability(name: str, data: dict[str, Any], carried: dict[str, Any], of_file: Evidence | None) -> Capability:
    evidence = _evidence(data, of_file)
    return Capability(
        name=name,
        project=data["project"],
        achievements=tuple(data.get("achievements", ())),
        admin=data.get("admin", False),
        tests=tuple(_test(test, value, evidence) for test, value in data["tests"].items()),
        required_since=data.get("required_since", ""),
        description=data.get("description", ""),
        carried=carried,
        evidence=evidence,
        remark=data.get("remark", ""),
    )


def _test(name: str, data: dict[str, Any], of_capability: Evidence | None) -> model.Test:
    flag = None
    if "flagged" in data:
        code, reason = split_code(data["flagged"].get("reason", ""))
        flag = model.Flag(data["flagged"].get("date", ""), code, reason, data["flagged"].get("action", ""))
    aliases = tuple(data.get("aliases", ()))
    evidence = _evidence(data, of_capability)
    return model.Test(name, data.get("idempotent_id"), aliases, flag, evidence, data.get("remark", ""))


def _section(project: str, status: str, data: dict[str, Any]) -> model.Section:
    parts = tuple(
        model.Part(name, value["designated"], _join(value.get("description"), value.get("comment")))
        for name, value in (data.get("sections") or {}).items()
    )
    guidance = _join(data.get("guidance"), data.get("comment"))
    return model.Section(project, status, parts, guidance, data.get("required"))


def _join(*texts: str | None) -> str:
    return " ".join(text for text in texts if text)


def _marks(data: dict[str, Any]) -> tuple[model.Mark, ...]:
    return tuple(
        model.Mark(
            name,
            _references(value["components"]),
            _references(value.get("required_platform_components", ())),
            _references(value.get("optional_platform_components", ())),
            value.get("description", ""),
        )
        for name, value in data.items()
    )


def _references(data: Iterable[dict[str, str]]) -> tuple[model.Reference, ...]:
    return tuple(model.Reference(item["name"], item.get("source", "")) for item in data)
