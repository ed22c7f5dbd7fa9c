"""``check``: problems of guideline files and findings of the process rules, first what is new."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from ..analysis.rules import REGISTRY
from ..record import loader, selection
from ..record.kept import Shared
from ..record.problems import Severity, errors
from ..tools import audit
from ..tools.audit import Item, Skipped

if TYPE_CHECKING:
    from .wanted import Commands

#: So many findings of a rule in one file are printed; of more, the first with their number.
_FEW = 4


def add_to(commands: Commands) -> None:
    """Add ``check``."""
    check = commands.add_parser(
        "check", help="check all guideline files, or FILES as if they were in the guidelines folder"
    )
    check.set_defaults(run=_check)
    check.add_argument("files", nargs="*", type=Path, metavar="FILES", help="files, or folders of files")
    check.add_argument(
        "--all", action="store_true", help="known observations and all findings of the rules too, each in a line"
    )
    check.add_argument("--format", choices=("text", "json"), default="text", help="json: always all")


def _check(options: argparse.Namespace) -> int:
    given = selection.select(options.root, options.files)
    kept = Shared()
    loaded, problems = loader.load(options.root, given.outside, kept)
    if faults := (*given.faults, *given.unread(options.root, problems)):
        print(*(f"interop: {fault}" for fault in faults), sep="\n", file=sys.stderr)
        return 2
    items = audit.run(loaded, problems, audit.in_commit(options.root, bool(given.outside), kept))
    if options.files:
        items = [item for item in items if given.has(item.problem.path)]
        if elsewhere := len(errors(problems)) - len(errors([item.problem for item in items])):
            print(f"interop: errors in other files, which may hide some in these: {elsewhere}", file=sys.stderr)
    if options.format == "json":
        print(json.dumps([_data(item) for item in items], indent=2))
    else:
        _print(items, options.all, audit.unevaluated(loaded, problems))
    return 1 if any(item.is_new for item in items) else 0


def _data(item: Item) -> dict[str, object]:
    return dataclasses.asdict(item.problem) | {"new": item.is_new, "since_head": item.since}


def _print(items: list[Item], everything: bool, skipped: Skipped) -> None:
    told = [item for item in items if everything or item.is_told]
    times = Counter(_alike(item) for item in told if item.is_finding and not everything)
    folded = set()
    for item in told:
        if (alike := _alike(item)) in folded:
            continue
        number = ""
        if times[alike] > _FEW:
            folded.add(alike)
            number = f" ({times[alike]} such findings in this file; all of them: --all, or make check ALL=1)"
        rule = REGISTRY.get(item.problem.code)
        clause = f" [{rule.clause}]" if rule and rule.clause else ""
        print(f"{item.problem}{clause}{number}{' (new since HEAD)' if item.since else ''}")
    print("; ".join(filter(None, (_summary(items, everything), str(skipped)))))


def _alike(item: Item) -> tuple[str, str, bool]:
    """What findings have in common that are folded into one line."""
    return item.problem.path, item.problem.code, item.since


def _summary(items: list[Item], everything: bool) -> str:
    wrong = sum(_is_error(item) for item in items)
    observations = [item for item in items if not item.is_finding and not _is_error(item)]
    # The others are history, or explained by their rules.
    findings = [item for item in items if item.is_finding and (everything or item.is_told or item.is_listed)]
    text = f"{wrong} error{'s' * (wrong != 1)}, {_count(observations, 'observation')}"
    if findings:
        text += f"; {_count(findings, 'finding')} of the process rules"
    if not wrong and any(item.is_new for item in items):
        text += "; correct what is new, or list it with the reason in observations.yaml"
    return text


def _is_error(item: Item) -> bool:
    return item.problem.severity is Severity.ERROR


def _count(items: list[Item], noun: str) -> str:
    known = sum(bool(item.problem.known) for item in items)
    return f"{len(items)} {noun}{'s' * (len(items) != 1)} ({known} known)"
