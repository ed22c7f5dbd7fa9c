"""Bars side by side, a row for each guideline: its capabilities and tests, or its flags by code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ....analysis.analysis import Analysis
from ....record.model import OFFICIAL, Guideline
from ... import pages
from .. import numbers
from ..common import View

#: Pixels: the titles of the panels above the rows, the height of a row.
_HEAD, _ROW = 24, 16
#: Percent of the width: the ids of the guidelines. The part of a panel that its longest bar takes, without its number.
_IDS, _LONGEST = 15.0, 0.6


@dataclass(frozen=True)
class _Row:
    """A guideline, and for each panel the parts of its bar: the kind, which is a class of the stylesheet, and a number.

    A guideline that is not archived has no bars.
    """

    id: str
    partial: bool
    bars: Sequence[Sequence[tuple[str, int]]]
    note: str = ""


def sizes(analysis: Analysis, program: str) -> View | None:
    """Capabilities and tests of the dated guidelines of a program, newest first; None if all have the same numbers."""
    record, rows = analysis.record, []
    for one in reversed(record.known(program)):
        if one.id == "next" or not pages.has_page(record, one.key):
            continue
        if not isinstance(one, Guideline):
            rows.append(_Row(one.id, partial=False, bars=()))
            continue
        counts = numbers.of_guideline(analysis, one)
        capabilities = [(status.value, counts[status.value]) for status in OFFICIAL]
        tests = [("required", counts["must_pass"]), ("flagged", counts["flagged"])]
        rows.append(_Row(one.id, one.is_partial, (capabilities, tests)))
    archived = [row for row in rows if row.bars]
    if all(row.bars == archived[0].bars for row in archived):
        return None
    title = f"{pages.program_title(record, program)}: capabilities and tests over time"
    longest = [max(sum(number for _, number in row.bars[place]) for row in archived) for place in range(2)]
    return {"id": f"sizes-{program}", "title": title} | _drawn(["Capabilities", "Required tests"], rows, longest)


def flags(codes: Sequence[str], columns: Sequence[tuple[View, Sequence[int]]]) -> View | None:
    """Flagged tests by code: ``columns`` has each guideline, as a link, with its number for each of ``codes``.

    Codes without a test are left out. All bars have one scale. None if nothing is flagged.
    """
    used = [place for place in range(len(codes)) if any(cells[place] for _, cells in columns)]
    if not used:
        return None
    rows = [
        _Row(
            guideline["official"],
            guideline["partial"],
            [[("flagged", cells[place])] for place in used],
            guideline["note"],
        )
        for guideline, cells in columns
    ]
    longest = max(max(cells) for _, cells in columns)
    titles = [codes[place] for place in used]
    return {"id": "flags", "title": "Flagged tests by code over time"} | _drawn(titles, rows, [longest] * len(used))


def _drawn(titles: Sequence[str], rows: Sequence[_Row], longest: Sequence[int]) -> View:
    wide = (100 - _IDS) / len(titles)
    drawn = {kind for row in rows for parts in row.bars for kind, number in parts if number}
    starts = [_IDS + wide * place for place in range(len(titles))]
    return {
        "height": _HEAD + _ROW * len(rows),
        "kinds": [kind for kind in (*map(str, OFFICIAL), "flagged") if kind in drawn],
        "panels": [{"title": title, "x": round(x, 1)} for title, x in zip(titles, starts, strict=True)],
        "rows": [
            {
                "id": row.id,
                "note": row.note,
                "partial": row.partial,
                "y": _HEAD + _ROW * place,
                "bars": [
                    _bar(parts, x, wide * _LONGEST / (most or 1))
                    for parts, x, most in zip(row.bars, starts, longest, strict=False)
                ],
            }
            for place, row in enumerate(rows)
        ],
    }


def _bar(parts: Sequence[tuple[str, int]], x: float, unit: float) -> View:
    """One bar with its number: that of the first part, and that of all others if there are any."""
    drawn, start = [], x
    for kind, number in parts:
        if number:
            drawn.append({"kind": kind, "x": round(start, 1), "width": round(number * unit, 1)})
            start += number * unit
    first, rest = parts[0][1], sum(number for _, number in parts[1:])
    text = f"{first} + {rest}" if rest else str(first or "")
    return {"parts": drawn, "text": text, "label": round(start + 0.7, 1)}
