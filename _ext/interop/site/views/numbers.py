"""The counts of guidelines as plain data: see :mod:`interop.analysis.counts`."""

from __future__ import annotations

from collections.abc import Iterable

from ...analysis import counts
from ...analysis.analysis import Analysis
from ...record.model import Guideline
from .common import View


def of_guideline(analysis: Analysis, guideline: Guideline) -> View:
    """The counts of a guideline: capabilities by status, tests that are must-pass, flagged, undecided, and all."""
    found = analysis.counts(guideline)
    return {
        **{status.value: number for status, number in found.capabilities.items()},
        "shared": found.shared_capabilities,
        "unlisted": found.unlisted,
        "must_pass": found.must_pass,
        "flagged": found.required.flagged,
        "tests": found.tests,
        "names": found.names,
        "pairs": found.pairs,
        "undecided": found.undecided,
    }


def of_capabilities(analysis: Analysis, guideline: Guideline, names: Iterable[str]) -> View:
    """The tests of some capabilities of a guideline: all, flagged, in several of them; and their names."""
    found = counts.of_capabilities(analysis.facts(guideline), names)
    return {"tests": found.all, "flagged": found.flagged, "shared": found.shared, "names": found.names}
