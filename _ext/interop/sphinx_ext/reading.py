"""What documents were read from, and what a build keeps of reading them."""

from __future__ import annotations

from dataclasses import dataclass, field

from .forecast import ViewKey
from .outputs import Stamp

#: Name of the file in the build folder.
FILE = "documents"


@dataclass
class Document:
    """One document: the digests of the files that it was read from, by path, and of the views that it shows.

    ``references`` are the targets of its references, as written.
    """

    files: dict[str, str] = field(default_factory=dict)
    views: dict[ViewKey, str] = field(default_factory=dict)
    references: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kept:
    """Sphinx's environment, pickled, with sizes and times of its doctrees, and all views that documents show."""

    environment: bytes
    doctrees: dict[str, Stamp]
    views: frozenset[ViewKey]
