"""``score``: whether a test run meets a guideline."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .wanted import Commands


def add_to(commands: Commands) -> None:
    """Add ``score``."""
    score = commands.add_parser(
        "score",
        help="tell whether the results of a test run meet a guideline",
        epilog="Exit status 0: the run meets the guideline, 1: it does not, 2: that could not be told.",
    )
    score.set_defaults(run=_score)
    score.add_argument("guideline", metavar="PROGRAM/ID")
    score.add_argument(
        "results",
        nargs="+",
        metavar="RESULT",
        help="a subunit stream, JUnit XML, the output of subunit2csv or stestr last, RefStack's JSON, or a list of "
        "passed tests; - is the standard input. Several files are one run",
    )
    score.add_argument("--target", default="", help="platform, compute, ... (default: the guideline's first)")
    score.add_argument("--format", choices=("text", "json", "markdown", "junit"), default="text")


def _score(options: argparse.Namespace) -> int:
    from .scoring import score  # Other commands, above all ``check``, start faster without it.

    return score(options)
