"""``check``: problems of guideline files and findings of the process rules."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..analysis.analysis import Analysis
from ..analysis.rules import REGISTRY
from ..record import loader, selection
from ..record.problems import Problem, errors
from ..record.record import Record

if TYPE_CHECKING:
    from .wanted import Commands


def add_to(commands: Commands) -> None:
    """Add ``check``."""
    check = commands.add_parser(
        "check", help="check all guideline files, or FILES as if they were in the guidelines folder"
    )
    check.set_defaults(run=_check)
    check.add_argument("files", nargs="*", type=Path, metavar="FILES", help="files, or folders of files")
    check.add_argument("--findings", action="store_true", help="all findings, not only new ones in drafts")
    check.add_argument("--format", choices=("text", "json"), default="text")


def _check(options: argparse.Namespace) -> int:
    given = selection.select(options.root, options.files)
    loaded, problems = loader.load(options.root, given.outside)
    if faults := (*given.faults, *given.unread(options.root, problems)):
        print(*(f"interop: {fault}" for fault in faults), sep="\n", file=sys.stderr)
        return 2
    every = errors(problems)
    if options.files:
        problems = [problem for problem in problems if given.has(problem.path)]
        if elsewhere := len(every) - len(errors(problems)):
            print(f"interop: errors in other files, which may hide some in these: {elsewhere}", file=sys.stderr)
    # With errors, guidelines are missing, and comparisons with the previous guideline would be wrong.
    findings = [] if every else _findings(loaded, options.findings)
    if options.files:
        findings = [found for found in findings if given.has(found.path)]
    if options.format == "json":
        print(json.dumps([dataclasses.asdict(problem) for problem in (*problems, *findings)], indent=2))
    else:
        _print(problems, findings)
    return 1 if errors(problems) else 0


def _findings(record: Record, every: bool) -> list[Problem]:
    """All findings of the process rules if ``every``, or else the new ones in the drafts."""
    analysis = Analysis(record)
    if every:
        return sorted(found for some in analysis.report.findings.values() for found in some)
    drafts = [guideline for guideline in record.guidelines.values() if guideline.is_draft]
    return [found for guideline in drafts for found in analysis.new_findings(guideline)]


def _print(problems: list[Problem], findings: list[Problem]) -> None:
    for problem in problems:
        print(problem)
    for found in findings:
        rule = REGISTRY.get(found.code)
        print(f"{found} [{rule.clause}]" if rule and rule.clause else found)
    wrong = len(errors(problems))
    summary = f"{wrong} error{'s' * (wrong != 1)}, {_count(len(problems) - wrong, 'observation', problems, 'known')}"
    if findings:
        summary += f"; {_count(len(findings), 'finding', findings, 'explained')} of the process rules"
    print(summary)


def _count(number: int, noun: str, problems: list[Problem], word: str) -> str:
    known = sum(bool(problem.known) for problem in problems)
    return f"{number} {noun}{'s' * (number != 1)} ({known} {word})"
