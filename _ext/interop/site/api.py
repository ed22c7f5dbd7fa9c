"""Everything under ``api/v1/``: the record for machines, as static files. Pure functions, no clock, no host.

``files`` gives each path with its text. JSON is indented by two and ends with a newline; CSV is UTF-8 with a byte order
mark, which spreadsheets need to read it right, and quotes what a spreadsheet would take for a formula.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from ..analysis import diff, history, rules, test_lists
from ..record import process, writer
from ..record.loader import Record
from ..record.model import Guideline
from ..record.problems import Problem
from . import openapi, pages, redirects, rendering

ROOT = "api/v1/"


def files(record: Record, templates: rendering.Folders) -> Iterator[tuple[str, str]]:
    """Path and text of every file of the API, ``SHA256SUMS`` last. Raises what :func:`.openapi.description` does."""
    sums = []
    for path, text in _files(record, templates):
        sums.append(f"{hashlib.sha256(text.encode()).hexdigest()}  {path.removeprefix(ROOT)}\n")
        yield path, text
    yield f"{ROOT}SHA256SUMS", "".join(sorted(sums, key=lambda line: line.partition("  ")[2]))


def _files(record: Record, templates: rendering.Folders) -> Iterator[tuple[str, str]]:
    for guideline in record.guidelines.values():
        yield pages.data(guideline), _official(record, guideline)
        yield pages.table(guideline), csv_text(_guideline_rows(record, guideline))
        for path, lines in test_lists.published(record, guideline):
            yield path, "".join(f"{line}\n" for line in lines)
    for program in record.programs():
        yield f"{ROOT}matrix/{program}.csv", csv_text(_matrix_rows(record, program))
        for a, b in combinations(record.program(program), 2):
            yield pages.diff_data(a, b), _json(diff.to_json(diff.compare(record, a, b)))
    by_program = {
        program: [_guideline(record, guideline) for guideline in record.program(program)]
        for program in record.programs()
    }
    yield f"{ROOT}guidelines.json", _json(by_program)
    yield (
        f"{ROOT}capabilities.json",
        _json({name: _capability(record, name) for name in history.capability_names(record)}),
    )
    yield f"{ROOT}tests.json", _json(dict(sorted(_tests(record))))
    yield f"{ROOT}process.json", _json(record.catalogue.data["process"])
    yield f"{ROOT}findings.json", _json(_findings(record))
    for name, schema in openapi.schema_files(templates).items():
        yield f"{ROOT}schemas/{name}.json", _json(schema)
    yield f"{ROOT}openapi.json", _json(openapi.description(templates))


def _official(record: Record, guideline: Guideline) -> str:
    """The official form, ids with the ``id-`` in front that the powered files had and RefStack's lists show."""
    data = json.loads(writer.official(guideline, record.catalogue))
    for capability in data["capabilities"].values():
        for test in capability["tests"].values():
            if test.get("idempotent_id"):
                test["idempotent_id"] = f"id-{test['idempotent_id']}"
    return _json(data)


def _json(data: Any) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _guideline(record: Record, guideline: Guideline) -> dict[str, Any]:
    """An entry of the list: RefStack's ``name`` and ``file``, and what ours adds."""
    return {
        "name": f"{guideline.id}.json",
        "file": f"{guideline.official_id}.json",
        "id": guideline.official_id,
        "status": guideline.status,
        "replaces": guideline.replaces or None,
        "approval": guideline.target_approval.removeprefix(f"{guideline.program}.") or None,
        "releases": list(guideline.releases),
        "targets": list(test_lists.targets(record, guideline)),
        "page": redirects.address(pages.guideline(guideline.key)),
        "json": pages.data(guideline),
        "csv": pages.table(guideline),
    }


def _capability(record: Record, name: str) -> dict[str, Any]:
    statuses: dict[str, dict[str, str]] = {}
    projects = []
    for guideline in record.guidelines.values():
        if found := history.statuses(record, guideline, name):
            statuses[guideline.key] = {key: status.value for key, status in found.items()}
        if name in guideline.capabilities:
            projects.append(guideline.capabilities[name].project)
    return {
        "description": record.catalogue.entry("capabilities", name) or "",
        "project": projects[-1] if projects else None,
        "page": redirects.address(pages.capability(name)),
        "statuses": statuses,
    }


def _tests(record: Record) -> Iterator[tuple[str, dict[str, Any]]]:
    for key, places in history.test_places(record).items():
        names = sorted({name for place in places for name in (place.test.name, *place.test.aliases)})
        yield (
            key,
            {
                "name": history.latest(places).test.name,
                "names": names,
                "page": redirects.address(pages.test(key)) if history.is_id(key) else None,
                "guidelines": [
                    {
                        "guideline": place.guideline.key,
                        "capability": place.capability,
                        "name": place.test.name,
                        "flagged": place.test.flag is not None,
                    }
                    for place in places
                ],
            },
        )


def _findings(record: Record) -> dict[str, Any]:
    report = rules.report(record)
    return {
        "rules": {
            rule.id: {
                "title": rule.title,
                "clause": rule.clause or None,
                "documents": process.holders(record.catalogue, rule.clause),
                "since": process.since(record.catalogue, rule.clause) or None,
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


def _guideline_rows(record: Record, guideline: Guideline) -> Iterator[list[str]]:
    """A row a test and component: what the guideline's page says, for a spreadsheet."""
    yield [
        "component",
        "capability",
        "status",
        "project",
        "score",
        "test",
        "id",
        "aliases",
        "flagged",
        "code",
        "reason",
    ]
    for name in sorted(guideline.capabilities):
        capability = guideline.capabilities[name]
        for component, status in history.statuses(record, guideline, name).items() or (("", ""),):
            for test in sorted(capability.tests, key=lambda test: test.name):
                flag = test.flag
                yield [
                    component,
                    name,
                    str(status),
                    capability.project,
                    str(guideline.score(name)),
                    test.name,
                    test.id or "",
                    " ".join(test.aliases),
                    flag.date or "yes" if flag else "",
                    flag.code if flag else "",
                    record.catalogue.wording("flag-reasons", flag.reason) if flag else "",
                ]


def _matrix_rows(record: Record, program: str) -> Iterator[list[str]]:
    family = record.program(program)
    yield ["component", "capability", *(guideline.id for guideline in family)]
    for component in history.components(record, program):
        for name in history.capability_names(record):
            found = [history.statuses(record, guideline, name).get(component, "") for guideline in family]
            if any(found):
                yield [component, name, *map(str, found)]


def csv_text(rows: Iterable[list[str]]) -> str:
    """Rows as CSV that a spreadsheet reads right, and runs nothing of."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet runs: one that begins like a formula gets an apostrophe in front."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
