"""What changed between two wordings of a text, word by word."""

from __future__ import annotations

import difflib
import re

from .common import View


def changes(before: str, now: str) -> list[View]:
    """``now`` compared with ``before``: pieces with ``text`` and ``kind``, which is ``ins``, ``del`` or empty.

    References such as ``{A4}`` are words without braces. The pieces that are not ``del`` read as ``now``, those that
    are not ``ins`` as ``before``, both with single spaces.
    """
    old, new = (re.sub(r"\{(\w[\w.]*)\}", r"\1", text).split() for text in (before, now))
    pieces: list[View] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append({"kind": "", "text": " ".join(new[c:d])})
            continue
        if a < b:
            pieces.append({"kind": "del", "text": " ".join(old[a:b])})
        if c < d:
            pieces.append({"kind": "ins", "text": " ".join(new[c:d])})
    return pieces
