"""``score``: whether a test run meets a guideline."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from ..analysis import verdict_format
from ..analysis.analysis import Analysis
from ..analysis.results import Run
from ..analysis.score import Scorer
from ..analysis.verdict_format import Answer
from ..record import writer
from ..site import base_address, urls
from ..tools.results import reading
from ..tools.results.opened import BadResults
from .wanted import guidelines, target_of

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
    loaded, found = guidelines(options, options.guideline)
    target = target_of(loaded, found[0], options.target) if found else None
    if target is None:
        return 2
    scorer = Scorer(Analysis(loaded))
    run = scorer.run()
    if not _read(options.results, run):
        return 2
    answer = verdict_format.answer(scorer, run, found[0], target)
    if not answer.verdict.told:
        message = f"no result of a required test among {run.number} results: that is no run of {found[0].key} {target}"
        print(f"interop: {message}", file=sys.stderr)
        return 2
    _print(answer, options.format)
    return {True: 0, False: 1, None: 2}[answer.verdict.met]


def _read(paths: list[str], run: Run) -> bool:
    """Read all files into a run; whether all of them could be read."""
    faults = 0
    for path in paths:
        try:
            form = reading.read(path, run.add)
        except BadResults as fault:
            faults += 1
            print(reading.problem(path, fault), file=sys.stderr)
        else:
            print(f"interop: {reading.shown(path)}: read as {form}", file=sys.stderr)
    return not faults


def _print(answer: Answer, form: str) -> None:
    if form == "json":
        sys.stdout.write(writer.to_json(verdict_format.to_data(answer)))
    elif form == "junit":
        sys.stdout.write(verdict_format.to_junit(answer))
    else:
        write = verdict_format.to_markdown if form == "markdown" else verdict_format.to_text
        print(*write(answer, _link), sep="\n")


def _link(id: str) -> str:
    """The URL of the page of a test on the published site, if its address is known, or its path in the site."""
    return f"{base_address.normalised(os.environ.get(base_address.VARIABLE, ''))}{urls.test(id)}.html"
