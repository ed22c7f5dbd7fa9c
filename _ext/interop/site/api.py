"""The static data files under ``api/v1/``. They depend only on the record and the templates.

``parts`` returns groups of files that are made together. JSON is indented by two and ends with a newline.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any

from ..analysis import amendments, diff_format
from ..analysis.analysis import Analysis
from ..record import writer
from ..record.model import Guideline
from ..record.writer import to_json
from . import collected, openapi, rendering, tables, urls

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


def parts(analysis: Analysis, templates: rendering.Folders, base: str = "") -> Iterator[Part]:
    """All files of the API but the checksums, of a site at the URL ``base``, if that is known.

    Their functions raise as :func:`.openapi.description` does.
    """
    record = analysis.record
    for guideline in record.guidelines.values():
        yield Part(guideline.key, (guideline,), partial(_guideline_files, analysis, guideline))
    for program in record.programs():
        family = tuple(record.program(program))
        yield Part(program, None, partial(_matrix_files, analysis, program))
        for a, b in combinations(family, 2):
            yield Part(urls.pair_key(a, b), (a, b), partial(_diff_files, analysis, a, b))
    yield Part("table", None, partial(_table_files, analysis))
    yield Part("record", None, partial(_collection_files, analysis))
    yield Part("schemas", (), partial(_schema_files, templates, base))


def checksums(sums: dict[str, str]) -> str:
    """``SHA256SUMS`` for files by their paths in the site; those outside the API are left out."""
    listed = {path.removeprefix(urls.API): digest for path, digest in sums.items() if path.startswith(urls.API)}
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(listed.items()))


def _guideline_files(analysis: Analysis, guideline: Guideline) -> Files:
    yield urls.data(guideline), to_json(_official(analysis, guideline))
    yield urls.table(guideline), tables.csv_text(tables.of_guidelines(analysis, [guideline]))
    for one in analysis.published(guideline):
        yield urls.test_list(guideline, one), "".join(f"{line}\n" for line in one.lines)
    if revisions := analysis.record.amendments.of(guideline.key):
        yield urls.amendments_data(guideline.key), to_json(amendments.to_data(revisions))


def _diff_files(analysis: Analysis, a: Guideline, b: Guideline) -> Files:
    yield urls.diff_data(a, b), to_json(diff_format.to_data(analysis.compare(a, b)))


def _matrix_files(analysis: Analysis, program: str) -> Files:
    yield urls.matrix_data(program), tables.csv_text(tables.of_program(analysis, program))


def _table_files(analysis: Analysis) -> Files:
    yield urls.ALL_TABLE, tables.csv_text(tables.of_guidelines(analysis, analysis.record.guidelines.values()))


def _collection_files(analysis: Analysis) -> Files:
    for path, data in collected.data(analysis).items():
        yield path, to_json(data)


def _schema_files(templates: rendering.Folders, base: str) -> Files:
    for name, schema in openapi.schema_files(templates).items():
        yield urls.schema_data(name), to_json(schema)
    yield urls.OPENAPI, to_json(openapi.description(templates, base))


def _official(analysis: Analysis, guideline: Guideline) -> dict[str, Any]:
    """The official form, with ``id-`` before each id, as in the powered files and RefStack's lists."""
    data = writer.official(guideline, analysis.record.catalogue)
    for capability in (*data["capabilities"].values(), *data.get("groups", {}).values()):
        for test in capability["tests"].values():
            if test.get("idempotent_id"):
                test["idempotent_id"] = f"id-{test['idempotent_id']}"
    return data
