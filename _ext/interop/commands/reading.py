"""``diff`` and ``tests``: what a reader asks of the record."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from ..analysis import diff_format, test_lists
from ..analysis.analysis import Analysis
from ..record.model import Guideline, Status
from ..record.record import Record
from .wanted import guidelines

if TYPE_CHECKING:
    from .wanted import Commands


def add_to(commands: Commands) -> None:
    """Add the two commands."""
    diff = commands.add_parser("diff", help="print the changes from one guideline of a program to another")
    diff.set_defaults(run=_diff)
    diff.add_argument("a", metavar="PROGRAM/A")
    diff.add_argument("b", metavar="PROGRAM/B")
    diff.add_argument("--format", choices=("text", "json"), default="text")
    tests = commands.add_parser("tests", help="print a test list in RefStack's form or for a test runner")
    tests.set_defaults(run=_tests)
    tests.add_argument("guideline", metavar="PROGRAM/ID")
    tests.add_argument("--target", default="", help="platform, compute, ... (default: the guideline's first)")
    tests.add_argument("--type", default="required", help="statuses, joined by + (default: %(default)s)")
    tests.add_argument("--no-aliases", action="store_true", help="leave out other names of the same tests")
    tests.add_argument("--no-flagged", action="store_true", help="leave out flagged tests")
    tests.add_argument("--format", choices=("refstack", "tempest", "regex"), default="refstack")


def _diff(options: argparse.Namespace) -> int:
    loaded, found = guidelines(options, options.a, options.b)
    if not found:
        return 2
    a, b = found
    if a.program != b.program:
        message = f"{a.key} and {b.key} are of different programs; two guidelines of one program"
        print(f"interop: {message}", file=sys.stderr)
        return 2
    compared = Analysis(loaded).compare(a, b)
    if options.format == "json":
        print(json.dumps(diff_format.to_data(compared), indent=2))
    else:
        print("\n".join(diff_format.to_lines(compared)))
    return 0


def _tests(options: argparse.Namespace) -> int:
    loaded, found = guidelines(options, options.guideline)
    if not found:
        return 2
    targets = test_lists.targets(loaded, found[0])
    target = options.target or next(iter(targets), "")
    if target not in targets:
        print(f"interop: {found[0].key} has no target {target!r}; one of: {', '.join(targets)}", file=sys.stderr)
        return 2
    try:
        wanted = test_lists.statuses(options.type)
    except ValueError:
        print(f"interop: unknown status in {options.type!r}; some of: {', '.join(Status)}", file=sys.stderr)
        return 2
    if found[0].is_partial:
        print(f"interop: {found[0].key} is reconstructed: its official file is not available", file=sys.stderr)
        _left_out(loaded, found[0], target, wanted)
    given = test_lists.entries(
        loaded, found[0], target, wanted, aliases=not options.no_aliases, flagged=not options.no_flagged
    )
    sys.stdout.write("".join(f"{line}\n" for line in _formatted(loaded, given, options.format)))
    return 0


def _left_out(record: Record, guideline: Guideline, target: str, wanted: tuple[Status, ...]) -> None:
    """Tell how many tests of the target a list leaves out because their status is not known."""
    given = () if Status.UNKNOWN in wanted else (Status.UNKNOWN,)
    if left_out := test_lists.entries(record, guideline, target, given, aliases=False, flagged=True):
        number = f"{len(left_out)} tests whose status is not known"
        print(f"interop: the list leaves out {number}; for a list of them: --type unknown", file=sys.stderr)


def _formatted(record: Record, given: list[test_lists.Entry], form: str) -> list[str]:
    """The lines of a test list in a form of ``--format``."""
    if form == "regex":
        return test_lists.include_patterns(given)
    if form == "tempest":
        lines, gone = test_lists.today(record, given)
        suites = ", ".join(f"{name} {version}" for name, version in record.drift.suites.items())
        print(f"interop: test names of {suites}; {len(gone)} lines have no test in these versions", file=sys.stderr)
        return lines
    return [entry.line for entry in given]
