"""The commit from which a site is published, and its time (``SOURCE_DATE_EPOCH`` of reproducible-builds.org).

Whoever publishes it sets both: no build reads a clock.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

VARIABLE = "SOURCE_DATE_EPOCH"
#: The environment variable with the commit.
COMMIT = "INTEROP_COMMIT"


def day() -> str:
    """The day of the time in the environment, in UTC; empty if there is none.

    Raises ValueError with one line that names the variable, what is wrong, and an example.
    """
    given = os.environ.get(VARIABLE, "")
    try:
        return datetime.fromtimestamp(int(given), UTC).date().isoformat() if given else ""
    except (ValueError, OverflowError, OSError):
        example = "1767225600 for 1 January 2026"
        raise ValueError(f"{VARIABLE} is {given!r}: it must be seconds since 1970; for example {example}") from None
