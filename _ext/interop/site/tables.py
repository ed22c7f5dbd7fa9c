"""Tables as CSV: UTF-8 with a byte order mark, by which spreadsheets detect the encoding.

Cells are escaped so that a spreadsheet reads none as a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from ..analysis.analysis import Analysis
from ..record.model import GROUP, Guideline, is_capability

_COLUMNS = [
    "guideline",
    "program",
    "component",
    "status",
    "capability",
    "project",
    "admin",
    "score",
    "test_id",
    "name",
    "aliases",
    "flagged",
    "flag_date",
    "code",
    "reason",
    "evidence",
]


def of_guidelines(analysis: Analysis, guidelines: Iterable[Guideline]) -> Iterator[list[str]]:
    """The guidelines as a table: a row for each test, component and guideline.

    ``guideline`` is ``program/id``, a text that no program takes for a number. ``admin`` is whether the capability
    needs an administrator. ``admin`` and ``score`` are empty if they are not known, as of a partial guideline;
    ``evidence`` is empty for a complete one.
    """
    yield _COLUMNS
    for guideline in guidelines:
        yield from _rows(analysis, guideline)


def _rows(analysis: Analysis, guideline: Guideline) -> Iterator[list[str]]:
    catalogue = analysis.record.catalogue
    for name, capability in sorted(guideline.capabilities.items()):
        admin = "" if guideline.is_partial else _yes(capability.admin)
        score = guideline.score(name)
        about = [_capability(name), capability.project, admin, "" if score is None else str(score)]
        tests = sorted(capability.tests, key=lambda test: test.name)
        for component, status in analysis.statuses(guideline, name).items() or (("", ""),):
            for test in tests:
                flag = test.flag
                yield [
                    guideline.key,
                    guideline.program,
                    component,
                    str(status),
                    *about,
                    test.id or "",
                    test.name,
                    " ".join(test.aliases),
                    _yes(flag is not None),
                    flag.date if flag else "",
                    flag.code if flag else "",
                    catalogue.wording("flag-reasons", flag.reason) if flag else "",
                    test.evidence.grade if test.evidence else "",
                ]


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _capability(name: str) -> str:
    return name if is_capability(name) else f"not known: {name.removeprefix(GROUP)}"


def of_program(analysis: Analysis, program: str) -> Iterator[list[str]]:
    """The matrix of a program as a table: a row for each component and capability, a column for each guideline."""
    family = analysis.record.program(program)
    groups = [name for guideline in family for name in guideline.capabilities if not is_capability(name)]
    yield ["component", "capability", *(f"{g.id} (reconstructed)" if g.is_partial else g.id for g in family)]
    for component in analysis.components(program):
        for name in (*analysis.capability_names, *dict.fromkeys(groups)):
            found = [analysis.statuses(guideline, name).get(component, "") for guideline in family]
            if any(found):
                yield [component, _capability(name), *map(str, found)]


def csv_text(rows: Iterable[list[str]]) -> str:
    """Rows as CSV for spreadsheets: with a byte order mark and escaped formulas."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_escaped(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _escaped(cell: str) -> str:
    """A cell that no spreadsheet evaluates: one that begins like a formula gets a leading apostrophe."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
