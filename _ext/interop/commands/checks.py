"""``check``: problems of guideline files and findings of the process rules, first what is new."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..analysis.rules import REGISTRY
from ..record import loader, selection
from ..record.problems import Severity, errors
from ..tools import audit
from ..tools.audit import Item

if TYPE_CHECKING:
    from .wanted import Commands

_ADVICE = "correct what is new, or list it with the reason in {}/observations.yaml"


def add_to(commands: Commands) -> None:
    """Add ``check``."""
    check = commands.add_parser(
        "check", help="check all guideline files, or FILES as if they were in the guidelines folder"
    )
    check.set_defaults(run=_check)
    check.add_argument("files", nargs="*", type=Path, metavar="FILES", help="files, or folders of files")
    check.add_argument("--all", action="store_true", help="known observations and all findings of the rules too")
    check.add_argument("--format", choices=("text", "json"), default="text", help="json: always all")


def _check(options: argparse.Namespace) -> int:
    given = selection.select(options.root, options.files)
    loaded, problems = loader.load(options.root, given.outside)
    if faults := (*given.faults, *given.unread(options.root, problems)):
        print(*(f"interop: {fault}" for fault in faults), sep="\n", file=sys.stderr)
        return 2
    items = audit.run(loaded, problems, audit.in_commit(options.root, bool(given.outside)))
    if options.files:
        items = [item for item in items if given.has(item.problem.path)]
        if elsewhere := len(errors(problems)) - len(errors([item.problem for item in items])):
            print(f"interop: errors in other files, which may hide some in these: {elsewhere}", file=sys.stderr)
    if options.format == "json":
        print(json.dumps([_data(item) for item in items], indent=2))
    else:
        _print(items, options.all)
        if _has_new(items) and not any(item.problem.severity is Severity.ERROR for item in items):
            print(f"interop: {_ADVICE.format(options.root)}", file=sys.stderr)
    return 1 if _has_new(items) else 0


def _has_new(items: list[Item]) -> bool:
    return any(item.is_new for item in items)


def _data(item: Item) -> dict[str, object]:
    return dataclasses.asdict(item.problem) | {"new": item.is_new, "since_head": item.since}


def _print(items: list[Item], everything: bool) -> None:
    for item in items:
        if not (everything or item.is_told):
            continue
        rule = REGISTRY.get(item.problem.code)
        clause = f" [{rule.clause}]" if rule and rule.clause else ""
        print(f"{item.problem}{clause}{' (new since HEAD)' if item.since else ''}")
    wrong = sum(item.problem.severity is Severity.ERROR for item in items)
    observations = [item for item in items if not item.is_finding and item.problem.severity is not Severity.ERROR]
    # Findings of dated guidelines are history: without --all they do not count either.
    findings = [item for item in items if item.is_finding and (everything or item.is_told or item.of_draft)]
    summary = f"{wrong} error{'s' * (wrong != 1)}, {_count(observations, 'observation')}"
    if findings:
        summary += f"; {_count(findings, 'finding')} of the process rules"
    print(summary)


def _count(items: list[Item], noun: str) -> str:
    known = sum(bool(item.problem.known) for item in items)
    return f"{len(items)} {noun}{'s' * (len(items) != 1)} ({known} known)"
