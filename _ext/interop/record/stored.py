"""Values that are kept in files from one build to the next. A value counts only if the same code made it."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


def load(path: Path, code: str, kind: type[T]) -> T | None:
    """The value in the file ``path``, or None: if it is missing, damaged, no ``kind``, or of other code."""
    try:
        made_by, value = pickle.loads(path.read_bytes())
    except Exception:  # Whatever is in the file: it is written again.
        return None
    return value if made_by == code and isinstance(value, kind) else None


def save(path: Path, code: str, value: object) -> None:
    """Write a value to ``path``, in one step; ``code`` is a digest of the code that made it."""
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(pickle.dumps((code, value)))
    new.replace(path)
