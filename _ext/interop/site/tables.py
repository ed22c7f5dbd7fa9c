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
    "evidence",
    "admin",
]


def of_guideline(analysis: Analysis, guideline: Guideline) -> Iterator[list[str]]:
    """The guideline as a table: a row for each test and component.

    ``evidence`` is empty for a complete guideline; ``admin`` is whether the capability needs an administrator.
    """
    catalogue = analysis.record.catalogue
    yield _COLUMNS
    for name, capability in sorted(guideline.capabilities.items()):
        for component, status in analysis.statuses(guideline, name).items() or (("", ""),):
            for test in sorted(capability.tests, key=lambda test: test.name):
                flag = test.flag
                yield [
                    component,
                    _capability(name),
                    str(status),
                    capability.project,
                    _score(guideline, name),
                    test.name,
                    test.id or "",
                    " ".join(test.aliases),
                    flag.date or "yes" if flag else "",
                    flag.code if flag else "",
                    catalogue.wording("flag-reasons", flag.reason) if flag else "",
                    test.evidence.grade if test.evidence else "",
                    "not available" if guideline.is_partial else "yes" if capability.admin else "no",
                ]


def _score(guideline: Guideline, name: str) -> str:
    """The score; empty if the official file gives none."""
    score = guideline.score(name)
    return "not available" if guideline.is_partial else "" if score is None else str(score)


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
