"""Reads the results of a test run and prints the verdict: what ``score`` does."""

from __future__ import annotations

import argparse
import os
import sys

from ..analysis import verdict_format, verdict_texts
from ..analysis.analysis import Analysis
from ..analysis.results import Run
from ..analysis.score import Scorer
from ..analysis.verdict_format import Answer
from ..record import writer
from ..site import base_address, urls
from ..tools.results import reading
from ..tools.results.opened import BadResults
from .wanted import guidelines, target_of


def score(options: argparse.Namespace) -> int:
    """Score the files that the options name; the exit status of ``score``."""
    loaded, found = guidelines(options, options.guideline)
    target = target_of(loaded, found[0], options.target) if found else None
    if target is None:
        return 2
    try:
        site = base_address.normalised(os.environ.get(base_address.VARIABLE, ""))
    except ValueError as error:
        print(f"interop: {error}", file=sys.stderr)
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
    _print(answer, options.format, site)
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
            run.forms.append(form)
            print(f"interop: {reading.shown(path)}: read as {form}", file=sys.stderr)
    return not faults


def _print(answer: Answer, form: str, site: str) -> None:
    """Print the answer; ``site`` is the URL of the published site, or empty for an answer without links."""

    def link(id: str) -> str:
        return site and f"{site}{urls.test(id)}.html"

    if form == "json":
        sys.stdout.write(writer.to_json(verdict_format.to_data(answer, link)))
    elif form == "junit":
        sys.stdout.write(verdict_texts.to_junit(answer))
    else:
        write = verdict_texts.to_markdown if form == "markdown" else verdict_texts.to_text
        print(*write(answer, link), sep="\n")
