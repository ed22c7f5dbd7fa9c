"""``preview``: what a draft changes, which rules it breaks and what is stale in it, as at the top of its page."""

from __future__ import annotations

import argparse
import sys
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ..analysis import drafts
from ..analysis.analysis import Analysis
from ..record import loader
from ..record.problems import errors
from .wanted import unknown_guideline

if TYPE_CHECKING:
    from .wanted import Commands


def add_to(commands: Commands) -> None:
    """Add ``preview``."""
    preview = commands.add_parser("preview", help="print what a draft changes, breaks and leaves out of date")
    preview.set_defaults(run=_preview)
    preview.add_argument("guideline", metavar="PROGRAM/ID")
    preview.add_argument("--all", action="store_true", help="known observations too")


def _preview(options: argparse.Namespace) -> int:
    record, problems = loader.load(options.root)
    key = options.guideline
    guideline = record.guidelines.get(key)
    shown = guideline.path if guideline else ""
    mine = [one for one in problems if one.path == shown or _key(one.path) == key]
    if guideline is None:  # A file that cannot be read has errors, but no guideline.
        lines = drafts.problem_lines(mine, options.all) if mine else [unknown_guideline(record, key)]
        print(*lines, sep="\n", file=sys.stderr)
        return 1 if mine else 2
    print(*drafts.to_lines(Analysis(record, problems), guideline), "", sep="\n")
    print(*drafts.problem_lines(mine, options.all), sep="\n")
    if elsewhere := len(errors(problems)) - len(errors(mine)):
        print(f"interop: errors in other files, which may hide some in this one: {elsewhere}", file=sys.stderr)
    return 1 if errors(mine) else 0


def _key(path: str) -> str:
    """``program/id`` according to the path of a file."""
    file = PurePosixPath(path)
    return f"{file.parent.name}/{file.stem}"
