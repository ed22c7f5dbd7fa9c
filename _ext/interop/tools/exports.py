"""Checks the claims of a file to import that is no official file: an export, whose block ``record`` names sources.

Whoever edits an export can change its facts and its sources. Nothing in the file shows whether an official file with
that SHA-256 has these facts, so that the record decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..record import writer
from ..record.model import Guideline, Origin
from ..record.problems import Problem, Severity
from .official_files import Official

_OFFICIAL = "import the official file itself"


def check(file: Official, new: Guideline, old: Guideline | None, target: Path) -> Iterator[Problem]:
    """Problems of an export, read as ``new``, of a guideline that the record has as ``old`` in ``target``, or not.

    Errors: a source that the record does not have, and a partial guideline that claims to be complete. Observations:
    facts that differ although the sources and the notes do not, and sources that nothing confirms.
    """

    def problem(message: str, hint: str, severity: Severity = Severity.ERROR) -> Problem:
        return Problem(file.shown, 1, "no-source", f"is an export, and {message}", hint, severity)

    if old is None:
        if new.sources or new.evidence_sources:
            message = "the record has no guideline that confirms the sources in its block record"
            yield problem(message, f"{_OFFICIAL}, if you have it", Severity.OBSERVATION)
        return
    unknown = [origin for origin in new.sources if origin not in old.sources]
    for origin in unknown:
        message = f"{target} does not have its source {_shown(origin)}"
        yield problem(message, f"{_OFFICIAL}, or correct {target.name} by hand")
    if old.is_partial and not new.is_partial:
        yield problem(f"{target} is partial: an export cannot complete it", _OFFICIAL)
    elif not unknown and new.notes == old.notes and _facts(new) != _facts(old):
        message = f"its facts differ from those in {target}, from the same sources"
        yield problem(message, f"{_OFFICIAL}, or explain the difference in record.notes", Severity.OBSERVATION)


def _facts(guideline: Guideline) -> str:
    return writer.to_yaml(replace(guideline, sources=()))


def _shown(origin: Origin) -> str:
    return f"{origin.path} with the SHA-256 {origin.sha256}, commit {origin.commit or 'not known'}"
