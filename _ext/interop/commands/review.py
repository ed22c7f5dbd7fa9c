"""``review``: what a change does to the record, as Markdown for a comment on the change."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from ..analysis.analysis import Analysis
from ..record import loader
from ..record.kept import Shared
from ..record.problems import errors
from ..site import addresses
from ..tools import audit, changes, committed
from ..tools.checkout import Unreadable

if TYPE_CHECKING:
    from .wanted import Commands


def add_to(commands: Commands) -> None:
    """Add ``review``."""
    review = commands.add_parser("review", help="print as Markdown what the change since a commit does to the record")
    review.set_defaults(run=_review)
    review.add_argument("base", metavar="BASE", help="a commit, branch or tag, or a parent of one, such as HEAD~1")


def _review(options: argparse.Namespace) -> int:
    kept = Shared()
    try:
        snapshot = committed.at(options.root, options.base)
        before, old_problems = snapshot.load(kept)
    except Unreadable as fault:
        print(f"interop: {fault.where}: {fault}", file=sys.stderr)
        return 2
    after, new_problems = loader.load(options.root, kept=kept)
    print(f"## The record since {snapshot.commit[:12]}")
    for name, problems in (("The commit", errors(old_problems)), ("The change", errors(new_problems))):
        if problems:  # Guidelines may be missing.
            print(f"\n{name} has errors, so that facts cannot be compared:\n")
            print(*(f"- {changes.code(str(problem))}" for problem in problems), sep="\n")
    if not errors(old_problems) and not errors(new_problems):
        commit = audit.commit_of(before, old_problems)
        items = audit.run(before, old_problems, None), audit.run(after, new_problems, commit)
        sides = Analysis(before), Analysis(after)
        old_urls, new_urls = (set(addresses.of_record(side)) for side in sides)
        print(*changes.report(*sides, items, (old_urls, new_urls), snapshot.changed()), sep="\n")
    return 1 if errors(new_problems) else 0
