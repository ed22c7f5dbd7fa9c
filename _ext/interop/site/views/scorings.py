"""What became of the capabilities that the scorings before the first guideline called core."""

from __future__ import annotations

from ...analysis.analysis import Analysis
from ...analysis.history import strongest
from ...record.model import Guideline
from .. import urls
from .common import View, column, guideline_link, mark


def view(analysis: Analysis) -> View:
    """Each capability that is core in a scoring: core or not and its score in each, and its status in what came next.

    What came next is the first guideline of the platform. Without scorings or such a guideline, there are no rows.
    """
    record = analysis.record
    scorings = [guideline for guideline in record.guidelines.values() if guideline.is_scoring]
    first = next((guideline for guideline in record.program("powered") if not guideline.is_scoring), None)
    names = sorted({name for scoring in scorings for name in scoring.capabilities if scoring.requires(name)})
    return {
        "scorings": [column(record, scoring) for scoring in scorings],
        "first": guideline_link(record, first) if first else None,
        "rows": [_row(analysis, name, scorings, first) for name in names if first],
    }


def _row(analysis: Analysis, name: str, scorings: list[Guideline], first: Guideline) -> View:
    return {
        "name": name,
        "to": urls.capability(name),
        "cells": [_cell(scoring, name) for scoring in scorings],
        "mark": mark(strongest(analysis.statuses(first, name))),
        "first_to": urls.guideline(first.key, name),
    }


def _cell(scoring: Guideline, name: str) -> View | None:
    if name not in scoring.capabilities:
        return None
    to = urls.guideline(scoring.key, name)
    return {
        "core": scoring.requires(name),
        "score": scoring.score(name),
        "tests": len(scoring.capabilities[name].tests),
        "to": to,
    }
