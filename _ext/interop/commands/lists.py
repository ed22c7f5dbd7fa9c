"""``carry`` and ``compare-list``: what a list of tests that somebody keeps has to do with guidelines."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..analysis import carry, demands, list_comparison, list_format, listed
from ..analysis.analysis import Analysis
from ..analysis.listed import Line
from ..analysis.results import LIST, REFSTACK
from ..record import source
from ..record.model import Guideline
from .wanted import guidelines, target_of

if TYPE_CHECKING:
    from .wanted import Commands

_TARGET = "platform, compute, ... (default: the target that the list is most like)"


def add_to(commands: Commands) -> None:
    """Add the two commands."""
    carried = commands.add_parser(
        "carry",
        help="carry a list of tests from one guideline to another of its program",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="what becomes of a line, the first that applies:\n"
        + "".join(f"  {name:8} {meaning}\n" for name, meaning in list_format.MEANINGS.items()),
    )
    carried.set_defaults(run=_carry)
    carried.add_argument("file", type=Path, metavar="FILE", help="names, name[id-<uuid>] or ids, with # comments")
    carried.add_argument("--from", required=True, dest="a", metavar="PROGRAM/A")
    carried.add_argument("--to", required=True, dest="b", metavar="PROGRAM/B")
    carried.add_argument("--target", default="", help=_TARGET)
    carried.add_argument("--flagged", action="store_true", help="add flagged tests too")
    carried.add_argument(
        "--today", action="store_true", help="write the lines of today's test suites into the new list"
    )
    carried.add_argument(
        "--format",
        choices=("text", "json", "list"),
        default="text",
        help="text: what becomes of each line; list: the new list (default: %(default)s)",
    )
    compared = commands.add_parser("compare-list", help="compare a list of tests with a guideline")
    compared.set_defaults(run=_compare)
    compared.add_argument("file", type=Path, metavar="FILE", help="names, name[id-<uuid>] or ids, with # comments")
    compared.add_argument("guideline", metavar="PROGRAM/ID")
    compared.add_argument("--target", default="", help=_TARGET)
    compared.add_argument("--format", choices=("text", "json", "markdown"), default="text")


def _carry(options: argparse.Namespace) -> int:
    loaded, found = guidelines(options, options.a, options.b)
    if not found:
        return 2
    a, b = found
    if a.program != b.program or a is b:
        print(f"interop: two guidelines of one program, not {a.key} and {b.key}", file=sys.stderr)
        return 2
    lines = _read(options.file)
    if lines is None:
        return 2
    analysis = Analysis(loaded)
    target = _target(analysis, lines, options.target, a, b)
    if not target:
        return 2
    data = carry.carry(analysis, lines, a, b, target, flagged=options.flagged, today=options.today)
    if options.format == "json":
        print(json.dumps(data, indent=2))
    elif options.format == "list":
        sys.stdout.write("".join(f"{line}\n" for line in data["list"]))
    else:
        print(*list_format.carried(data), sep="\n")
    return 0


def _compare(options: argparse.Namespace) -> int:
    loaded, found = guidelines(options, options.guideline)
    if not found:
        return 2
    lines = _read(options.file)
    if lines is None:
        return 2
    analysis = Analysis(loaded)
    target = _target(analysis, lines, options.target, found[0])
    if not target:
        return 2
    data = list_comparison.compare(analysis, lines, found[0], target)
    if options.format == "json":
        print(json.dumps(data, indent=2))
    else:
        print(*(list_format.markdown if options.format == "markdown" else list_format.compared)(data), sep="\n")
    return 0


def _read(path: Path) -> list[Line] | None:
    """The lines of a list; None, with the problems on stderr, if the file has any, or no test."""
    if form := _results(path):
        print(
            f"interop: {path} has the results of a run ({form}), which `score` reads, and is no list", file=sys.stderr
        )
        return None
    text, problems = source.text(path, str(path))
    lines, faults = listed.parse(text or "", str(path))
    if not problems and not faults and not any(line.name or line.id for line in lines):
        print(f"interop: {path} has no test", file=sys.stderr)
        return None
    for problem in (*problems, *faults):
        print(problem, file=sys.stderr)
    return None if problems or faults else lines


def _results(path: Path) -> str:
    """The form of results of a run that a file has; empty if it has none, or is a list."""
    from ..tools.results import opened, reading  # Other commands, above all ``check``, start faster without it.

    try:
        with path.open("rb") as file:
            head = file.read(opened.HEAD)
            form = reading.recognise(head)
    except (OSError, opened.BadResults):
        return ""
    other = form == REFSTACK and b'"results"' not in head  # Any text that begins with { is taken for its form.
    return "" if form == LIST or other else form


def _target(analysis: Analysis, lines: list[Line], wanted: str, *given: Guideline) -> str:
    """The target that a list is for, which each guideline must have; empty, with a message on stderr, if one has not.

    Told on stderr if it is worked out.
    """
    known = listed.names(analysis, *(demands.names(analysis, guideline) for guideline in given))
    keys = {key for _, key in listed.keys(lines, known)}
    target = wanted or demands.closest(analysis, given[0], keys)
    if any(target_of(analysis.record, guideline, target) != target for guideline in given):
        return ""
    if not wanted:
        print(f"interop: the list is taken for the target {target}; --target for another", file=sys.stderr)
    return target
