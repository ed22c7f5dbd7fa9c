"""The guidelines of a program over time: the releases that each covers, and when it was approved and superseded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle

from ....record.catalogue import Event
from ....record.model import Guideline
from ....record.record import Record
from ....record.standing import AnyGuideline
from ... import pages, releases
from .. import standings
from ..common import View, guideline_link

#: Pixels: the names of the releases above the rows, which stand in two lines, the height of a row, the years below.
_HEAD, _ROW, _FOOT = 34, 18, 20
_LINES = (12, 26)
#: The part of the width, in percent, that the time takes; the rest is for the ids of the last rows.
_WIDE = 86.0
#: How long a release is taken to last if no later one is known.
_HALF_YEAR = timedelta(days=182)
#: First and last day of each release, oldest first.
_Spans = dict[str, tuple[date, date]]


@dataclass(frozen=True)
class _Scale:
    """Days as percentages of the width."""

    first: date
    last: date

    def x(self, day: date) -> float:
        return round((day - self.first) / max(self.last - self.first, timedelta(days=1)) * _WIDE, 1)


def of_program(record: Record, program: str) -> View | None:
    """The dated guidelines of a program, archived or not, newest first; None if no dated release is covered.

    A release lasts from its date to that of the next one. The right edge is the end of the last release that is
    covered, or the last event if that is later.
    """
    spans = _spans(record)
    family = [one for one in record.known(program) if one.id != "next" and spans.keys() & set(releases.covered(one))]
    covered = [name for name in spans if any(name in releases.covered(one) for one in family)]
    if not covered:
        return None
    days = [day for one in family for day in _in_force(record, one) if day]
    scale = _Scale(min([spans[covered[0]][0], *days]), max([spans[covered[-1]][1], *days]))
    bottom = _HEAD + _ROW * len(family)
    return {
        "title": f"{pages.program_title(record, program)} guidelines over time",
        "height": bottom + _FOOT,
        "top": _HEAD,
        "bottom": bottom,
        "end": _WIDE,
        "releases": [
            {"name": name.capitalize(), "x": scale.x(start), "middle": scale.x(start + (end - start) / 2), "y": y}
            for (name, (start, end)), y in zip(((name, spans[name]) for name in covered), cycle(_LINES), strict=False)
        ],
        "years": [
            {"year": year, "x": scale.x(date(year, 1, 1))} for year in range(scale.first.year + 1, scale.last.year + 1)
        ],
        "rows": [_row(record, one, _HEAD + _ROW * place, scale, spans) for place, one in enumerate(reversed(family))],
    }


def _spans(record: Record) -> _Spans:
    entries = record.catalogue.data["releases"]
    dates = sorted((date.fromisoformat(entry["date"]), name) for name, entry in entries.items() if entry.get("date"))
    ends = [*(start for start, _ in dates[1:]), *(start + _HALF_YEAR for start, _ in dates[-1:])]
    return {name: (start, end) for (start, name), end in zip(dates, ends, strict=True)}


def _in_force(record: Record, item: AnyGuideline) -> tuple[date | None, date | None]:
    """The days on which a guideline was approved and superseded; None for what is not known or did not happen."""
    found = record.standing(item.key)
    return _day(found.approved), _day(found.since) if found.status == "superseded" else None


def _day(event: Event | None) -> date | None:
    return date.fromisoformat(event.date) if event else None


def _row(record: Record, item: AnyGuideline, y: int, scale: _Scale, spans: _Spans) -> View:
    covered, inferred = releases.covered(item), releases.inferred(item)
    covers = [span for name, span in spans.items() if name in covered]
    start, end = scale.x(covers[0][0]), scale.x(covers[-1][1])
    approved, superseded = _in_force(record, item)
    line = {"x": scale.x(approved), "end": scale.x(superseded or scale.last)} if approved else None
    standing = standings.of(record, item.key)
    return guideline_link(record, item) | {
        "y": y,
        "kind": _kind(item),
        "x": start,
        "width": round(end - start, 1),
        "line": line | {"open": superseded is None} if line else None,
        "label": round(max(end, line["end"] if line else 0) + 1, 1),
        "named": [name.capitalize() for name in covered if name not in inferred],
        "inferred": [name.capitalize() for name in covered if name in inferred],
        "approved": standing["approved"],
        "superseded": standing["since"] if standing["status"] == "superseded" else {},
    }


def _kind(item: AnyGuideline) -> str:
    if not isinstance(item, Guideline):
        return "not archived"
    return "reconstructed" if item.is_partial else "archived"
