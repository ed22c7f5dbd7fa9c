"""Where the tests of a capability came from and went to: a row for each capability, a column for each guideline."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ....analysis.analysis import Analysis
from ....analysis.history import strongest
from ....analysis.lineage import Kin
from ....record.model import Guideline
from ... import pages, urls
from ..common import View

#: Pixels: the ids of the guidelines at the top, a note below them, the height of a row; in a row, the top of the bar,
#: which is below the name, and its height.
_HEAD, _NOTE, _ROW, _BAR, _THICK = 18, 12, 29, 16, 7


def of_capability(analysis: Analysis, name: str) -> list[View]:
    """A drawing for each program in which tests of the capability came from others or went to others.

    Of several moves between the same two capabilities, the first is drawn.
    """
    record = analysis.record
    drawn = []
    for program in record.programs():
        came: dict[str, Kin] = {}
        went: dict[str, Kin] = {}
        for kin in analysis.kin_over_time(program):
            if kin.after == name:
                came.setdefault(kin.before, kin)
            elif kin.before == name:
                went.setdefault(kin.after, kin)
        if came or went:
            drawn.append(_drawn(analysis, name, record.program(program), came, went))
    return drawn


def _drawn(analysis: Analysis, name: str, family: list[Guideline], came: dict[str, Kin], went: dict[str, Kin]) -> View:
    order = [guideline.id for guideline in family]
    wide = 100 / len(family)
    rows = [_row(analysis, family, other) | _move(family, kin, kin.of_after, "from") for other, kin in came.items()]
    rows.append(_row(analysis, family, name) | {"move": None})
    rows += [_row(analysis, family, other) | _move(family, kin, kin.of_before, "to") for other, kin in went.items()]
    here = len(came)
    # A note takes a line of its own: beside its id it would overprint the id before.
    head = _HEAD + _NOTE * any(map(pages.note, family))
    for place, row in enumerate(rows):
        row["y"] = head + _ROW * place
        if row["move"]:
            # A line from the row of the capability that had the tests to that of the one that got them.
            ends = (place, here) if row["move"]["word"] == "from" else (here, place)
            tops = [head + _ROW * end + _BAR + _THICK / 2 for end in ends]
            x = order.index(row["move"]["in"]) * wide
            row["line"] = {"x": round(x, 1), "start": tops[0], "end": tops[1]}
    return {
        "program": family[0].program,
        "height": head + _ROW * len(rows),
        "bar": _BAR,
        "thick": _THICK,
        "kinds": list(dict.fromkeys(bar["kind"] for row in rows for bar in row["bars"])),
        "partial": any(bar["partial"] and bar["kind"] == "required" for row in rows for bar in row["bars"]),
        "columns": [
            {"id": one.id, "note": pages.note(one), "x": round(place * wide, 1)} for place, one in enumerate(family)
        ],
        "rows": rows,
    }


def _row(analysis: Analysis, family: list[Guideline], name: str) -> View:
    """A capability with a bar for each run of guidelines in which its strongest status is the same."""
    wide, bars, place = 100 / len(family), [], 0
    for (kind, partial), run in groupby(_kinds(analysis, family, name), lambda item: item[:2]):
        within = [one for _, _, one in run]
        if kind:
            ends = dict.fromkeys((within[0], within[-1]))
            bars.append(
                {
                    "kind": kind,
                    "partial": partial,
                    "x": round(place * wide, 1),
                    "width": round(len(within) * wide, 1),
                    "first": within[0].id,
                    "last": within[-1].id,
                    "when": " to ".join(map(pages.named, ends)),
                }
            )
        place += len(within)
    return {"name": name, "to": urls.capability(name), "bars": bars, "line": None}


def _kinds(analysis: Analysis, family: list[Guideline], name: str) -> Iterator[tuple[str, bool, Guideline]]:
    """For each guideline, the strongest status, whether the guideline is reconstructed, and itself.

    Without a status, a capability that is defined is ``unlisted``, and one that a reconstructed guideline may have,
    since the guideline before had it, is ``not known``.
    """
    before = ""
    for guideline in family:
        found = strongest(analysis.statuses(guideline, name))
        if found:
            before = found.value
        elif name in guideline.capabilities:
            before = "unlisted"
        else:
            before = "not known" if guideline.is_partial and before else ""
        yield before, guideline.is_partial, guideline


def _move(family: list[Guideline], kin: Kin, of: int, word: str) -> View:
    a, b = (next(guideline for guideline in family if guideline.id == id) for id in (kin.a, kin.b))
    return {
        "move": {
            "word": word,
            "shared": kin.shared,
            "of": of,
            "in": kin.b,
            "named": pages.named(b),
            "diff": urls.diff(a, b),
        }
    }
