"""A row of a matrix in words: the runs of guidelines in which a capability has one status, for narrow screens."""

from __future__ import annotations

from collections.abc import Container
from itertools import groupby

from ...record.model import Guideline, Status
from .. import pages
from .common import View

#: A run: its value, the guidelines as ``2016.08 to 2020.06``, and whether the newest of them is reconstructed.
_Run = tuple[str, str, bool]


def of(columns: list[Guideline], found: dict[str, dict[str, Status]], components: dict[str, str]) -> list[View]:
    """The runs of a row by component, in the order of the ``columns``.

    ``found`` has the status by component for each guideline id, ``components`` the titles of all components in order.
    Components with the same runs are shown together, without a title if there are no others.
    """
    by_runs: dict[tuple[_Run, ...], list[str]] = {}
    for key in components:
        if runs := _runs(columns, {id: str(statuses.get(key) or "") for id, statuses in found.items()}):
            by_runs.setdefault(tuple(runs), []).append(key)
    places = list(components)
    return [
        {
            "for": [components[key] for key in keys] if len(components) > 1 else [],
            "in": [places.index(key) for key in keys],
            "runs": [{"mark": status, "when": when, "partial": partial} for status, when, partial in runs],
        }
        for runs, keys in by_runs.items()
    ]


def among(columns: list[Guideline], ids: Container[str]) -> list[View]:
    """The runs of the guidelines ``ids``, in the order of the ``columns``."""
    found = _runs(columns, {one.id: "in" * (one.id in ids) for one in columns})
    return [{"when": when, "partial": partial} for _, when, partial in found]


def _runs(columns: list[Guideline], values: dict[str, str]) -> list[_Run]:
    """The runs of equal values, by guideline id; an empty text is no value."""
    runs = []
    # A draft is no part of a run: it was never approved.
    for (value, draft), within in groupby(columns, lambda one: (values[one.id], pages.note(one))):
        if value:
            last, *rest = within
            when = f"{rest[-1].id} to {last.id}" if rest else last.id
            runs.append((value, f"{when} ({draft})" if draft else when, last.is_partial))
    return runs
