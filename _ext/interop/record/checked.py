"""Reads one file of the record and validates it by its form."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from . import discovery, fields, source
from .kept import Kept
from .problems import Problem, to_problems
from .source import Source


def read(root: Path, path: Path, form: Any, kept: Kept | None = None) -> tuple[Source | None, list[Problem]]:
    """The file ``path`` of the record in ``root``, or None if it cannot be read or is not valid, and its problems.

    ``kept`` has results of files that did not change.
    """
    shown = discovery.shown_as(root, path)
    if discovery.leads_out(root, path):
        return None, [discovery.outside(shown)]
    parse = partial(_parse, path, shown, form)
    return kept.result(path, shown, parse) if kept else parse()


def _parse(path: Path, shown: str, form: Any) -> tuple[Source | None, list[Problem]]:
    found, problems = source.read(path, shown)
    if found is None:
        return None, problems
    problems += to_problems(fields.check(found.data, form), shown, found.line)
    return (None if problems else found), problems
