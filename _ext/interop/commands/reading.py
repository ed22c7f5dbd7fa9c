"""``diff`` and ``tests``: what a reader asks of the record."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from ..analysis import diff_format, runner_lists, test_lists
from ..analysis.analysis import Analysis
from ..analysis.test_lists import Entry
from ..record.model import Guideline, Status
from ..record.record import Record
from .wanted import guidelines, target_of

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
    tests.add_argument("--no-admin", action="store_true", help="leave out capabilities that need an administrator")
    tests.add_argument(
        "--format",
        choices=("refstack", "tempest", "regex", "regex-id"),
        default="refstack",
        help="tempest: for --load-list, with the names of today's suites; regex: for --include-list, by name; "
        "regex-id: the same by id, which also runs classes that inherit a test (default: %(default)s)",
    )


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
    target = target_of(loaded, found[0], options.target)
    if target is None:
        return 2
    try:
        wanted = test_lists.statuses(options.type)
    except ValueError:
        print(f"interop: unknown status in {options.type!r}; some of: {', '.join(Status)}", file=sys.stderr)
        return 2
    if found[0].is_partial:
        print(f"interop: {found[0].key} is reconstructed: its official file is not available", file=sys.stderr)
        if options.no_admin:
            print("interop: which of its capabilities need an administrator is not known", file=sys.stderr)
        _left_out(loaded, found[0], target, wanted)
    chosen = {"aliases": not options.no_aliases, "flagged": not options.no_flagged, "admin": not options.no_admin}
    given = test_lists.entries(loaded, found[0], target, wanted, **chosen)
    if not given:
        print(f"interop: {found[0].key} has no such test for the target {target}", file=sys.stderr)
        return 0
    lines = _formatted(loaded, given, options.format)
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 0 if lines else 1


def _left_out(record: Record, guideline: Guideline, target: str, wanted: tuple[Status, ...]) -> None:
    """Tell how many tests of the target a list leaves out because their status is not known."""
    given = () if Status.UNKNOWN in wanted else (Status.UNKNOWN,)
    if left_out := test_lists.entries(record, guideline, target, given, aliases=False, flagged=True):
        number = f"{len(left_out)} tests whose status is not known"
        print(f"interop: the list leaves out {number}; for a list of them: --type unknown", file=sys.stderr)


def _formatted(record: Record, given: list[Entry], form: str) -> list[str]:
    """The lines of a test list in a form of ``--format``."""
    if form == "regex-id":
        return runner_lists.id_patterns(given)
    if form == "regex":
        return runner_lists.name_patterns(Analysis(record), given)
    if form == "tempest":
        found = runner_lists.today(Analysis(record), given)
        suites = ", ".join(f"{name} {version}" for name, version in record.drift.suites.items())
        number = f"{len(found.missing)} of {len(given)} names"
        print(f"interop: test names of {suites}; {number} have no test in these versions", file=sys.stderr)
        if more := len(given) - len(found.missing) - len(found.lines):
            names = f"{more} more name{'s are' if more != 1 else ' is'} of a test that is listed under another name"
            print(f"interop: {names}, so the list has {len(found.lines)}", file=sys.stderr)
        for entry in found.missing:
            print(f"interop: no test: {entry.line}", file=sys.stderr)
        return found.lines
    return [entry.line for entry in given]
