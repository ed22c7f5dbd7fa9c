"""The form of a partial file: what is known of a guideline whose official file is not available, with its evidence.

It is the form of the record without what only the official file can tell: scores, criteria and designated sections. A
key that is left out means that the fact is not known. Everything in the file has a grade of evidence and sources: its
own, or those of its capability, or those of the file.
"""

from __future__ import annotations

from typing import Any

from .catalogue_schemas import DAY, GRADE, KEY
from .fields import Field, ListOf, MapOf, Struct
from .schemas import (
    ADDRESS,
    CAPABILITY_STATUSES,
    FILE,
    GUIDELINE_STATUS,
    LINE,
    NAME,
    PROSE,
    RECORD,
    RELEASE,
    SHA,
    TEST,
)

#: The statuses of capabilities and groups; ``unknown`` where the sources do not tell required from advisory.
STATUSES = (*CAPABILITY_STATUSES, "unknown")


def _type(form: Struct, name: str) -> Any:
    return next(field.type for field in form.fields if field.name == name)


_EVIDENCE = Struct(
    Field("grade", GRADE, "How certain it is.", required=True),
    Field("sources", ListOf(KEY), "Keys of record.evidence_sources.", required=True),
)
_SOURCE = Struct(
    Field("title", LINE, "What it is.", required=True),
    Field("address", ADDRESS, "Its page, or the repository that has it.", required=True),
    Field("path", FILE, "Its path in the repository."),
    Field("commit", SHA, "The commit that was read."),
    Field("date", DAY, "The day of that state."),
)
_OWN = Field("evidence", _EVIDENCE, "Its evidence, if it differs from that of what it is part of.")
_REMARK = Field("remark", PROSE, "What is known of it beyond its names and id.")
_TESTS = Field(
    "tests",
    MapOf(TEST, _type(_type(RECORD, "capabilities").value, "tests").value.having(_REMARK, _OWN)),
    "Its tests.",
    required=True,
)
_CAPABILITY = Struct(Field("project", NAME, "The project that provides it.", required=True), _OWN, _TESTS)
_GROUP = _CAPABILITY.having(Field("remark", PROSE, "What is known or likely of their capability."))
_BY_STATUS = Struct(*(Field(status, ListOf(NAME), f"Those that are {status}.") for status in STATUSES))
_COMPONENT = Struct(
    Field("capabilities", _BY_STATUS, "Capabilities by status.", required=True),
    Field("groups", _BY_STATUS, "Groups of tests by the status of their capability, which is not known."),
)
_METADATA = _type(RECORD, "metadata")
_APPROVAL = _type(_METADATA, "os_trademark_approval").having(
    Field("releases", ListOf(RELEASE), "OpenStack releases it applies to, if they are known."),
    Field("status", GUIDELINE_STATUS, "Status of the guideline, if that is known."),
    _OWN,
)
_BLOCK = _type(RECORD, "record").having(
    Field("evidence", _EVIDENCE, "The evidence for everything in the file that has none of its own.", required=True),
    Field("evidence_sources", MapOf(KEY, _SOURCE), "The sources of the evidence.", required=True),
    without=("capabilities",),
)
PARTIAL = RECORD.having(
    Field(
        "metadata",
        _METADATA.having(
            Field("os_trademark_approval", _APPROVAL, "Status, releases and what it replaces, if any is known."),
            without=("scoring",),
        ),
        "What the guideline is.",
        required=True,
    ),
    Field("record", _BLOCK, "Where the facts come from, and how certain they are.", required=True),
    Field("components", MapOf(NAME, _COMPONENT), "Capabilities and groups of each component.", required=True),
    Field("capabilities", MapOf(NAME, _CAPABILITY), "The capabilities that are known.", required=True),
    Field("groups", MapOf(KEY, _GROUP), "Groups of tests whose capability is not known, under names of our own."),
    Field("test_repositories", _type(RECORD, "test_repositories"), "Where the tests are."),
    without=("designated_sections",),
)
#: The form of its export: as the official form, with the record block under metadata.
EXPORTED = PARTIAL.having(
    Field(
        "metadata",
        _type(PARTIAL, "metadata").having(Field("record", _BLOCK, "What our record adds.", required=True)),
        "What the guideline is.",
        required=True,
    ),
    Field(
        "capabilities",
        MapOf(NAME, _CAPABILITY.having(Field("description", PROSE, "What it is."))),
        "The capabilities that are known.",
        required=True,
    ),
    without=("record",),
)


def is_partial(data: Any) -> bool:
    """Whether the data of a file or of an export in schema 2.0 is that of a partial guideline."""
    if not isinstance(data, dict):
        return False
    metadata = data.get("metadata")
    block = data.get("record", metadata.get("record") if isinstance(metadata, dict) else None)
    return isinstance(block, dict) and block.get("completeness") == "partial"
