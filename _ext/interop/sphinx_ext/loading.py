"""Loads the record for a build, which stops if the record has errors."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..record import loader
from ..record.problems import errors

if TYPE_CHECKING:
    from ..record.kept import Kept
    from ..site.site import Site


def site(guidelines: Path, kept: Kept | None) -> Site:
    """The site of the record in the folder ``guidelines``. Observations that are not known are printed.

    ``kept`` has what was read before. Raises SystemExit with all errors if the record has any; Sphinx would show other
    exceptions with a traceback.
    """
    from ..site.site import Site

    record, problems = loader.load(guidelines, kept=kept)
    if kept:
        kept.save()
    if wrong := errors(problems):
        count = f"{len(wrong)} error{'s' * (len(wrong) != 1)} in the guideline files; nothing was built"
        raise SystemExit("\n".join([*map(str, wrong), count]))
    for problem in problems:
        if not problem.known:  # An observation, which does not stop the build.
            print(problem, file=sys.stderr)
    return Site(record, problems)
