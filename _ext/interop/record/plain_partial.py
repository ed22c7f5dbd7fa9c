"""A partial guideline as plain data in the form of its file. What is not known is left out."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from . import plain
from .model import GROUP, Capability, Component, Evidence, Guideline, Status, is_capability
from .plain import Wording


def to_record(guideline: Guideline, wording: Wording = plain.own_key) -> dict[str, Any]:
    """The form of a partial file: see :mod:`.partial`. Evidence is written where it differs from that of the whole."""
    metadata, block = plain.metadata(guideline), plain.record_block(guideline)
    del metadata["scoring"], block["capabilities"]
    metadata["os_trademark_approval"]["evidence"] = _evidence(guideline.approval_evidence, guideline.evidence)
    notes = block.pop("notes")
    capabilities = sorted(guideline.capabilities.items())
    data = {
        "metadata": metadata,
        "record": block
        | {
            "evidence": _evidence(guideline.evidence, None),
            "evidence_sources": {key: asdict(source) for key, source in guideline.evidence_sources.items()},
            "notes": notes,
        },
        "platforms": plain.marks(guideline.platforms),
        "add-ons": plain.marks(guideline.add_ons),
        "components": {
            name: {
                "capabilities": {status.value: _names(component, status, True) for status in Status},
                "groups": {status.value: _names(component, status, False) for status in Status},
            }
            for name, component in guideline.components.items()
        },
        "capabilities": {name: _capability(one, guideline, wording) for name, one in capabilities if one.known},
        "groups": {
            name.removeprefix(GROUP): _capability(one, guideline, wording)
            for name, one in capabilities
            if not one.known
        },
        "test_repositories": plain.repositories(guideline),
    }
    known: dict[str, Any] = _less_unknown(data)
    return known


#: Keys that are written even if empty: no known capability or test, a flag of which nothing more is known.
_KEPT_EMPTY = {"capabilities", "flagged", "sources", "tests"}


def _less_unknown(data: Any, named: bool = False) -> Any:
    """Leave out keys with empty values, except :data:`_KEPT_EMPTY` and, if ``named``, names chosen by the file."""
    if not isinstance(data, dict):
        return data
    inner = {key: _less_unknown(value, key in ("tests", "components")) for key, value in data.items()}
    return {
        key: value for key, value in inner.items() if named or key in _KEPT_EMPTY or value not in ("", None, [], {}, ())
    }


def _names(component: Component, status: Status, known: bool) -> list[str]:
    """The capabilities that a component lists under a status, or the groups."""
    names = component.capabilities[status]
    return sorted(name.removeprefix(GROUP) for name in names if is_capability(name) == known)


def _capability(given: Capability, guideline: Guideline, wording: Wording) -> dict[str, Any]:
    return {
        "project": given.project,
        "remark": given.remark,
        "evidence": _evidence(given.evidence, guideline.evidence),
        "tests": {
            test.name: plain.test(test, wording)
            | {"remark": test.remark, "evidence": _evidence(test.evidence, given.evidence)}
            for test in sorted(given.tests, key=lambda test: test.name)
        },
    }


def _evidence(given: Evidence | None, of_the_whole: Evidence | None) -> dict[str, Any]:
    return {} if given is None or given == of_the_whole else {"grade": given.grade, "sources": list(given.sources)}
