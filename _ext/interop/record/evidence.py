"""The evidence for the facts of a partial file: its place in the file, and whether its sources are listed."""

from __future__ import annotations

from collections.abc import Iterator

from . import near
from .model import Evidence, Guideline
from .problems import Finding, KeyPath


def places(guideline: Guideline) -> Iterator[tuple[Evidence, KeyPath]]:
    """Each different evidence in a file with its first place: the file, its approval, a capability, a group, a test."""
    found: dict[Evidence, KeyPath] = {}
    if guideline.evidence:
        found[guideline.evidence] = ("record", "evidence")
    if guideline.approval_evidence:
        found.setdefault(guideline.approval_evidence, ("metadata", "os_trademark_approval", "evidence"))
    for capability in guideline.capabilities.values():
        if capability.evidence:
            found.setdefault(capability.evidence, (*capability.place, "evidence"))
        for test in capability.tests:
            if test.evidence:
                found.setdefault(test.evidence, (*capability.place, "tests", test.name, "evidence"))
    yield from found.items()


def check(guideline: Guideline) -> Iterator[Finding]:
    """Evidence without a source, sources that it names and the file does not list, and the reverse."""
    listed, used = guideline.evidence_sources, set[str]()
    for evidence, where in places(guideline):
        used.update(evidence.sources)
        if not evidence.sources:
            message = f"the evidence of {where[-2]} has no source"
            yield Finding((*where, "sources"), "no-source", str(where[-2]), message, "one of " + ", ".join(listed))
        for number, key in enumerate(evidence.sources):
            if key not in listed:
                message = f"the evidence of {where[-2]} refers to the source {key}, which the file does not list"
                yield Finding((*where, "sources", number), "unknown-source", key, message, near.hint(key, listed))
    for key in listed:
        if key not in used:
            message = f"no evidence refers to the source {key}"
            yield Finding(("record", "evidence_sources", key), "unused-source", key, message, "remove it")
