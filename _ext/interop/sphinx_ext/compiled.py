"""Compiled code of changed sources, which Python takes if size and time, to the second, are the same."""

from __future__ import annotations

import json
from pathlib import Path

from . import inputs

#: What the sources were, by path, beside what Python compiles.
_KNOWN = "__pycache__/sources.json"


def forget(code: Path) -> bool:
    """Remove what is compiled of sources in ``code`` that changed since the last call; whether there was any.

    Where the folder cannot be written to, Python compiles nothing either.
    """
    known = code / _KNOWN
    try:
        before = json.loads(known.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        before = {}  # Nothing was built with this code, so that all of it is compiled by this process.
    now = {path.relative_to(code).as_posix(): inputs.of_file(path) for path in sorted(code.rglob("*.py"))}
    changed = [code / name for name, digest in now.items() if before.get(name, digest) != digest]
    compiled = [one for path in changed for one in path.parent.glob(f"__pycache__/{path.stem}.*.pyc")]
    try:
        for one in compiled:
            one.unlink(missing_ok=True)
        if before != before | now:
            known.parent.mkdir(exist_ok=True)
            known.write_text(json.dumps(before | now), encoding="utf-8")
    except OSError:
        return False
    return bool(compiled)
