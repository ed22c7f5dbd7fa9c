"""Which guideline covers which release: the releases, the newest first, with the guidelines of each program."""

from __future__ import annotations

from itertools import takewhile

from ...analysis.analysis import Analysis
from ...record import process
from ...record.record import Record
from ...record.standing import AnyGuideline
from .. import pages, releases, urls
from .common import View, guideline_link

#: The clause that limits a guideline to the releases that it names.
_CLAUSE = "D1.4"


def view(analysis: Analysis) -> View:
    """Every release with the dated guidelines that cover it, by program, and those that it was tested against.

    ``later`` are the newest releases of which nothing is known, which are one row.
    """
    record = analysis.record
    programs = {name: _dated(record, name) for name in record.trademark_programs()}
    programs = {name: family for name, family in programs.items() if any(releases.covered(one) for one in family)}
    rows = [_row(record, name, programs) for name in reversed(releases.dates(record))]
    covered = [row for row in rows if any(row["cells"])]
    later = list(takewhile(lambda row: covered and not (any(row["cells"]) or row["used"]), rows))
    return {
        "programs": [pages.program_title(record, name) for name in programs],
        "later": later,
        "rows": rows[len(later) :],
        "last": covered[0] if covered else None,
        "newest": _newest(record),
        "guidelines": [cell for row in covered for cells in row["cells"] for cell in cells],
        "clause": urls.clause(record, _CLAUSE) if process.holders(record.catalogue, _CLAUSE) else "",
        "unknown": [
            guideline_link(record, one)
            for name in record.trademark_programs()
            for one in _dated(record, name)
            if not releases.covered(one) and pages.has_page(record, one.key)
        ],
    }


def _dated(record: Record, program: str) -> list[AnyGuideline]:
    return [item for item in record.known(program) if item.id != "next"]


def _newest(record: Record) -> View | None:
    """The guideline of the first program that covers the newest release, with the releases it covers."""
    found = releases.newest_covering(record, record.trademark_programs()[0])
    return guideline_link(record, found[0]) | {"covers": releases.span(found[1])} if found else None


def _row(record: Record, name: str, programs: dict[str, list[AnyGuideline]]) -> View:
    entry = record.catalogue.data["releases"][name]
    return {
        "name": name.capitalize(),
        "anchor": name,
        "series": entry.get("series", ""),
        "date": entry.get("date", ""),
        "cells": [
            [
                guideline_link(record, one) | {"inferred": name in releases.inferred(one)}
                for one in reversed(family)
                if name in releases.covered(one)
            ]
            for family in programs.values()
        ],
        "used": [
            {
                "id": used["guideline"].rpartition("/")[2],
                "to": pages.target(record, used["guideline"]),
                "by": used["by"],
                "sources": list(used["sources"]),
            }
            for used in entry.get("used", ())
        ],
    }
