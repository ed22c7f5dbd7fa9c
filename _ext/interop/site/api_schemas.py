"""The schemas of the API that are generated from field tables: those of a guideline, and of the process documents.

Objects have names, so that programs generated from the description have short names for their types.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..record import catalogue_schemas, json_schema, partial, schemas
from ..record.fields import ListOf, MapOf, Struct

#: Names of the objects of each form, by where they are; ``*`` is any key, and any item of a list.
_COMPLETE = {
    "": "CompleteGuideline",
    "metadata": "Metadata",
    "metadata.scoring": "Scoring",
    "metadata.scoring.criteria.*": "Criterion",
    "metadata.os_trademark_approval": "Approval",
    "metadata.record": "Record",
    "metadata.record.sources.*": "Origin",
    "metadata.record.capabilities.*": "Carried",
    "platforms.*": "Mark",
    "platforms.*.components.*": "Reference",
    "add-ons.*": "AddOn",
    "components.*": "Component",
    "components.*.capabilities": "CapabilityNames",
    "components.*.designated_sections": "ProjectNames",
    "capabilities.*": "CompleteCapability",
    "capabilities.*.tests.*": "CompleteTest",
    "capabilities.*.tests.*.flagged": "Flag",
    "designated_sections.*": "StatusSections",
    "designated_sections.*.required": "SectionGroup",
    "designated_sections.*.required.sections.*": "Section",
    "test_repositories.*": "Repository",
}
_PARTIAL = {
    "": "PartialGuideline",
    "metadata": "PartialMetadata",
    "metadata.os_trademark_approval": "PartialApproval",
    "metadata.os_trademark_approval.evidence": "Evidence",
    "metadata.record": "PartialRecord",
    "metadata.record.evidence_sources.*": "EvidenceSource",
    "components.*": "PartialComponent",
    "components.*.capabilities": "PartialNames",
    "capabilities.*": "PartialCapability",
    "capabilities.*.tests.*": "PartialTest",
    "groups.*": "Group",
}
_PROCESS = {
    "": "Process",
    "documents.*": "Document",
    "phases.*": "Phase",
    "general.*": "GeneralClause",
    "timeline.*": "TimelineEntry",
    "clauses.*.*": "Clause",
}
#: Whether a guideline is complete or partial decides its form.
_COMPLETENESS = {"Record": "complete", "PartialRecord": "partial"}


def components() -> dict[str, dict[str, Any]]:
    """The schemas by name. Raises KeyError for an object that has no name here."""
    names: dict[Struct, str] = {}
    for form, table in (
        (schemas.V2_0, _COMPLETE),
        (partial.EXPORTED, _PARTIAL),
        (catalogue_schemas.FORMS["process"], _PROCESS),
    ):
        for place, struct in _objects(form):
            if struct not in names:
                names[struct] = table[place]
    found = {name: json_schema.component(struct, names) for struct, name in names.items()}
    for name, word in _COMPLETENESS.items():
        found[name]["properties"]["completeness"]["enum"] = [word]
    found["Process"]["required"] = [*found["Process"]["properties"]]
    return found


def _objects(form: Any, place: str = "") -> Iterator[tuple[str, Struct]]:
    if isinstance(form, Struct):
        yield place, form
        for field in form.fields:
            yield from _objects(field.type, f"{place}.{field.name}".lstrip("."))
    elif isinstance(form, (MapOf, ListOf)):
        yield from _objects(form.value if isinstance(form, MapOf) else form.item, f"{place}.*")
