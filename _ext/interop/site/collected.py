"""The data files with all objects of a kind, as plain data: guidelines, capabilities, tests, sections, findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from ..analysis import rules, test_lists
from ..analysis.analysis import Analysis
from ..analysis.history import Place, is_id, latest
from ..record import process
from ..record.model import Guideline, is_capability
from ..record.problems import Problem
from ..record.record import Record
from . import redirects, urls


def data(analysis: Analysis) -> dict[str, Any]:
    """The files by path."""
    record = analysis.record
    return {
        urls.GUIDELINES_DATA: {
            program: [_guideline(analysis, guideline) for guideline in record.program(program)]
            for program in filter(record.program, record.trademark_programs())
        },
        urls.CONTENTS_DATA: list(_contents(record)),
        urls.CAPABILITIES_DATA: {name: _capability(analysis, name) for name in analysis.capability_names},
        urls.TESTS_DATA: {key: _test(analysis, key, places) for key, places in sorted(analysis.test_places.items())},
        urls.SECTIONS_DATA: {project: _sections(analysis, project) for project in analysis.projects()},
        urls.PROCESS_DATA: record.catalogue.data["process"],
        urls.FINDINGS_DATA: _findings(analysis),
    }


def _guideline(analysis: Analysis, guideline: Guideline) -> dict[str, Any]:
    """An entry of the list of guidelines: RefStack's ``name`` and ``file``, and our additional keys.

    ``status`` is that of the file, ``standing`` that of today, with the dated ``events``.
    """
    standing = analysis.record.standing(guideline.key)
    return {
        "name": f"{guideline.id}.json",
        "file": f"{guideline.official_id}.json",
        "id": guideline.official_id,
        "status": guideline.status or None,
        "standing": standing.status or None,
        "events": [asdict(event) for event in standing.events],
        "completeness": guideline.completeness,
        "replaces": guideline.replaces or None,
        "approval": guideline.approval or None,
        "releases": list(guideline.releases),
        "approval_inferred": guideline.approval_inferred,
        "targets": list(test_lists.targets(analysis.record, guideline)),
        "page": urls.address(urls.guideline(guideline.key)),
        "json": urls.data(guideline),
        "csv": urls.table(guideline),
    }


def _contents(record: Record) -> Iterator[dict[str, str]]:
    """The official files in the form of GitHub's "get repository content", from which RefStack lists guidelines.

    RefStack did not see upstream's folder of verticals, and would list what is in it as Powered guidelines.
    """
    for program in filter(record.program, record.trademark_programs()):
        for guideline in record.program(program):
            path = redirects.upstream_paths(program, guideline.official_id)[0]
            if not path.startswith("verticals/"):
                yield {"name": f"{guideline.official_id}.json", "path": path, "type": "file"}


def _capability(analysis: Analysis, name: str) -> dict[str, Any]:
    record = analysis.record
    statuses: dict[str, dict[str, str]] = {}
    projects, evidence = [], {}
    for guideline in record.guidelines.values():
        if found := analysis.statuses(guideline, name):
            statuses[guideline.key] = {key: status.value for key, status in found.items()}
        if name in guideline.capabilities:
            given = guideline.capabilities[name]
            projects.append(given.project)
            if given.evidence:
                evidence[guideline.key] = given.evidence.grade
    return {
        "description": record.catalogue.entry("capabilities", name) or "",
        "project": projects[-1] if projects else None,
        "page": urls.address(urls.capability(name)),
        "statuses": statuses,
        "evidence": evidence,
    }


def _test(analysis: Analysis, key: str, places: list[Place]) -> dict[str, Any]:
    return {
        "name": latest(places).test.name,
        "names": sorted({name for place in places for name in place.names}),
        "page": urls.address(urls.test(key)) if is_id(key) else None,
        "guidelines": [
            {
                "guideline": place.guideline.key,
                "capability": place.capability if is_capability(place.capability) else None,
                "statuses": {
                    component: str(status)
                    for component, status in analysis.statuses(place.guideline, place.capability).items()
                },
                "name": place.test.name,
                "flagged": place.test.flag is not None,
                "evidence": place.test.evidence.grade if place.test.evidence else None,
            }
            for place in places
        ],
    }


def _sections(analysis: Analysis, project: str) -> dict[str, Any]:
    catalogue = analysis.record.catalogue
    return {
        "page": urls.address(urls.section(project)),
        "guidelines": [
            {
                "guideline": guideline.key,
                "status": section.status,
                "guidance": catalogue.wording("guidance", section.guidance),
                "sections": [
                    {
                        "name": part.name,
                        "designated": part.designated,
                        "description": catalogue.part_text(project, part),
                    }
                    for part in section.parts
                ],
            }
            for guideline, sections in analysis.sections(project)
            for section in sections
        ],
    }


def _findings(analysis: Analysis) -> dict[str, Any]:
    catalogue, report = analysis.record.catalogue, analysis.report
    return {
        "rules": {
            rule.id: {
                "title": rule.title,
                "clause": rule.clause or None,
                "documents": process.holders(catalogue, rule.clause),
                "since": process.since(catalogue, rule.clause) or None,
                "since_bound": process.bound(catalogue, rule.clause) or None,
                "cases": report.examined[rule.id],
            }
            for rule in rules.REGISTRY.values()
        },
        "findings": [_finding(key, problem) for key, some in report.findings.items() for problem in some],
    }


def _finding(key: str, problem: Problem) -> dict[str, Any]:
    return {
        "guideline": key,
        "rule": problem.code,
        "about": problem.about,
        "message": problem.message,
        "explained": problem.known or None,
        "file": problem.path,
        "line": problem.line,
    }
