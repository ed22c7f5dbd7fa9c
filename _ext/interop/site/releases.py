"""Which OpenStack releases guidelines cover, by their files, by other sources or by inference."""

from __future__ import annotations

from ..record.catalogue import KnownGuideline
from ..record.record import Record
from ..record.standing import AnyGuideline


def inferred(item: AnyGuideline) -> tuple[str, ...]:
    """The releases that no source names for a guideline, but that follow from what sources name."""
    if isinstance(item, KnownGuideline):
        return item.inferred_releases
    return item.releases if item.approval_inferred else ()


def covered(item: AnyGuideline) -> tuple[str, ...]:
    """The releases that a guideline covers, by its file, other sources or inference."""
    return tuple(dict.fromkeys((*item.releases, *inferred(item))))


def dates(record: Record) -> dict[str, str]:
    """The days of the releases, oldest first; those whose day is not known come first, with an empty text."""
    found = {name: entry.get("date", "") for name, entry in record.catalogue.data["releases"].items()}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def newest_covering(record: Record, program: str) -> tuple[AnyGuideline, list[str]] | None:
    """The guideline of a program that covers the newest release, and all that it covers, oldest first; or None."""
    days = dates(record)
    having = [(names[-1], one) for one in record.known(program) if (names := [n for n in days if n in covered(one)])]
    if not having:
        return None
    newest = max(having, key=lambda pair: (list(days).index(pair[0]), pair[1].id))[1]
    return newest, [name for name in days if name in covered(newest)]


def span(names: list[str]) -> str:
    """Releases from the first to the last: ``Xena to Antelope``."""
    return " to ".join(dict.fromkeys(name.capitalize() for name in (names[0], names[-1])))
