"""A row of a matrix in words: the runs of guidelines in which a capability has one status, for narrow screens."""

from __future__ import annotations

from itertools import groupby

from ...record.model import Guideline, Status
from .common import View, note


def of(columns: list[Guideline], found: dict[str, dict[str, Status]], components: dict[str, str]) -> list[View]:
    """The runs of a row by component, in the order of the ``columns``.

    ``found`` has the status by component for each guideline id, ``components`` the titles of all components in order.
    Components with the same runs are shown together, without a title if there are no others.
    """
    by_runs: dict[tuple[tuple[Status, str, bool], ...], list[str]] = {}
    for key in components:
        if runs := _runs(columns, {id: statuses.get(key) for id, statuses in found.items()}):
            by_runs.setdefault(tuple(runs), []).append(key)
    places = list(components)
    return [
        {
            "for": [components[key] for key in keys] if len(components) > 1 else [],
            "in": [places.index(key) for key in keys],
            "runs": [{"mark": str(status), "when": when, "partial": partial} for status, when, partial in runs],
        }
        for runs, keys in by_runs.items()
    ]


def _runs(columns: list[Guideline], statuses: dict[str, Status | None]) -> list[tuple[Status, str, bool]]:
    """Each run: the status, the guidelines as ``2016.08 to 2020.06``, and whether the newest is reconstructed."""
    runs = []
    # A draft is no part of a run: it was never approved.
    for (status, draft), within in groupby(columns, lambda one: (statuses[one.id], note(one))):
        if status:
            last, *rest = within
            when = f"{rest[-1].id} to {last.id}" if rest else last.id
            runs.append((status, f"{when} ({draft})" if draft else when, last.is_partial))
    return runs
