"""The static data files under ``api/v1/``. They depend only on the record and the templates.

``parts`` returns groups of files that are made together. JSON is indented by two and ends with a newline.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from itertools import combinations
from typing import Any

from ..analysis import amendments, diff_format, rules, test_lists
from ..analysis.analysis import Analysis
from ..analysis.history import Place, is_id, latest
from ..record import process, writer
from ..record.model import Guideline, is_capability
from ..record.problems import Problem
from ..record.writer import to_json
from . import openapi, rendering, tables, urls

#: Path and text of files.
Files = Iterator[tuple[str, str]]


@dataclass(frozen=True)
class Part:
    """Files that are made together, by a function, from ``guidelines`` and the catalogue, or from the whole record.

    The name of those about the subject of a page is the key of that page.
    """

    name: str
    guidelines: tuple[Guideline, ...] | None
    files: Callable[[], Files]


def parts(analysis: Analysis, templates: rendering.Folders) -> Iterator[Part]:
    """All files of the API but the checksums. Their functions raise as :func:`.openapi.description` does."""
    record = analysis.record
    for guideline in record.guidelines.values():
        yield Part(guideline.key, (guideline,), partial(_guideline_files, analysis, guideline))
    for program in record.programs():
        family = tuple(record.program(program))
        yield Part(program, None, partial(_matrix_files, analysis, program))
        for a, b in combinations(family, 2):
            yield Part(urls.pair_key(a, b), (a, b), partial(_diff_files, analysis, a, b))
    yield Part("record", None, partial(_collection_files, analysis))
    yield Part("schemas", (), partial(_schema_files, templates))


def checksums(sums: dict[str, str]) -> str:
    """``SHA256SUMS`` for files by their paths in the site; those outside the API are left out."""
    listed = {path.removeprefix(urls.API): digest for path, digest in sums.items() if path.startswith(urls.API)}
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(listed.items()))


def _guideline_files(analysis: Analysis, guideline: Guideline) -> Files:
    yield urls.data(guideline), to_json(_official(analysis, guideline))
    yield urls.table(guideline), tables.csv_text(tables.of_guideline(analysis, guideline))
    for one in analysis.published(guideline):
        yield urls.test_list(guideline, one), "".join(f"{line}\n" for line in one.lines)
    if revisions := analysis.record.amendments.of(guideline.key):
        yield urls.amendments_data(guideline.key), to_json(amendments.to_data(revisions))


def _diff_files(analysis: Analysis, a: Guideline, b: Guideline) -> Files:
    yield urls.diff_data(a, b), to_json(diff_format.to_data(analysis.compare(a, b)))


def _matrix_files(analysis: Analysis, program: str) -> Files:
    yield urls.matrix_data(program), tables.csv_text(tables.of_program(analysis, program))


def _collection_files(analysis: Analysis) -> Files:
    for path, data in _collections(analysis).items():
        yield path, to_json(data)


def _schema_files(templates: rendering.Folders) -> Files:
    for name, schema in openapi.schema_files(templates).items():
        yield urls.schema_data(name), to_json(schema)
    yield urls.OPENAPI, to_json(openapi.description(templates))


def _collections(analysis: Analysis) -> dict[str, Any]:
    """The files with all objects of a kind: path -> data."""
    record = analysis.record
    return {
        urls.GUIDELINES_DATA: {
            program: [_guideline(analysis, guideline) for guideline in record.program(program)]
            for program in filter(record.program, record.trademark_programs())
        },
        urls.CAPABILITIES_DATA: {name: _capability(analysis, name) for name in analysis.capability_names},
        urls.TESTS_DATA: {key: _test(key, places) for key, places in sorted(analysis.test_places.items())},
        urls.SECTIONS_DATA: {project: _sections(analysis, project) for project in analysis.projects()},
        urls.PROCESS_DATA: record.catalogue.data["process"],
        urls.FINDINGS_DATA: _findings(analysis),
    }


def _official(analysis: Analysis, guideline: Guideline) -> dict[str, Any]:
    """The official form, with ``id-`` before each id, as in the powered files and RefStack's lists."""
    data = writer.official(guideline, analysis.record.catalogue)
    for capability in (*data["capabilities"].values(), *data.get("groups", {}).values()):
        for test in capability["tests"].values():
            if test.get("idempotent_id"):
                test["idempotent_id"] = f"id-{test['idempotent_id']}"
    return data


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


def _test(key: str, places: list[Place]) -> dict[str, Any]:
    return {
        "name": latest(places).test.name,
        "names": sorted({name for place in places for name in place.names}),
        "page": urls.address(urls.test(key)) if is_id(key) else None,
        "guidelines": [
            {
                "guideline": place.guideline.key,
                "capability": place.capability if is_capability(place.capability) else None,
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
