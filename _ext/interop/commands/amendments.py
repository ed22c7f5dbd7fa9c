"""``amendments``: write the revisions of the official files, or print those of a guideline."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..analysis import amendments as reading
from ..record import loader, writer
from ..record.problems import errors
from ..tools import amendments
from .wanted import guidelines

if TYPE_CHECKING:
    from .wanted import Commands


def add_to(commands: Commands) -> None:
    """Add ``amendments``."""
    adding = commands.add_parser("amendments", help="write the revisions of the official files, or print those of one")
    adding.set_defaults(run=_amendments)
    what = "a git checkout of the official files, whose history is read; or a guideline, whose revisions are printed"
    adding.add_argument("what", metavar="CHECKOUT or PROGRAM/ID", help=what)
    adding.add_argument("--format", choices=("text", "json"), default="text", help="of what is printed")


def _amendments(options: argparse.Namespace) -> int:
    if Path(options.what).is_dir():
        return _write(options)
    loaded, found = guidelines(options, options.what)
    if not found:
        return 2
    revisions = loaded.amendments.of(found[0].key)
    if revisions is None:
        print(f"interop: the history of {found[0].key} is not archived", file=sys.stderr)
        return 2
    if options.format == "json":
        sys.stdout.write(writer.to_json(reading.to_data(revisions)))
    else:
        print(*reading.to_lines(revisions), sep="\n")
    return 0


def _write(options: argparse.Namespace) -> int:
    loaded, problems = loader.load(options.root)
    results = list(amendments.run(Path(options.what), loaded, options.root.resolve()))
    for result in results:
        print(result.text)
    found = [problem for result in results for problem in result.problems]
    # Files that could not be read are why a guideline is missing.
    read = {source.shown for source in loaded.sources.values()}
    programs = loaded.catalogue.data["programs"]
    wrong = [
        one
        for one in errors(problems)
        if one.path not in read and one.path.rpartition("/")[0].rpartition("/")[2] in programs
    ]
    for problem in dict.fromkeys([*wrong, *found]):
        print(problem, file=sys.stderr)
    return 1 if found or wrong else 0
