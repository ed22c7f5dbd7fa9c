"""What documents were read from, and what a build keeps of reading them."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field, fields
from pathlib import Path

from .forecast import ViewKey
from .outputs import Stamp

#: Name of the file in the build folder.
FILE = "documents"


@dataclass
class Document:
    """One document: the digests of its source and of the views that it shows."""

    source: str
    views: dict[ViewKey, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Kept:
    """Sphinx's environment, pickled, and what it is valid for.

    ``common`` is the digest of what all documents depend on; ``doctrees`` are sizes and times of their files; ``views``
    are all views that documents show.
    """

    common: str
    doctrees: dict[str, Stamp]
    environment: bytes
    views: frozenset[ViewKey]

    def save(self, file: Path) -> None:
        """Write to ``file`` in one step."""
        new = file.with_name(f"{file.name}.new")
        new.write_bytes(pickle.dumps(self))
        new.replace(file)


def load(file: Path) -> Kept | None:
    """What was kept in ``file``; None if it is missing or damaged."""
    try:
        found = pickle.loads(file.read_bytes())
    except Exception:  # Whatever is in the file: all documents are read.
        return None
    whole = isinstance(found, Kept) and vars(found).keys() == {item.name for item in fields(Kept)}
    return found if whole else None
