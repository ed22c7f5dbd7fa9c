"""The status of every known guideline today, archived or not, with the dates and sources of its events.

A file keeps the status that it had when it was archived. Clause C6 of the process (2015B to 2017A) allows the two
latest approved guidelines of a program; an older one is superseded, whatever its file has, since the approval of the
second one after it or since an event ``superseded``. When its file was marked (``marked-superseded``) dates nothing:
that was often years later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .catalogue import Event, KnownGuideline
from .model import Guideline

#: A guideline, archived or not.
AnyGuideline = Guideline | KnownGuideline
#: The number of approved guidelines of a program that a product can follow: clause C6.1.
IN_FORCE = 2
_ONCE_APPROVED = ("approved", "superseded")
_BEFORE_APPROVAL = ("draft", "review")
#: The events by which a guideline is more than a draft, whatever the status in its file.
_PUBLISHED = ("approved", "used")


@dataclass(frozen=True)
class Standing:
    """The status of one guideline today.

    ``status`` is draft, review, advisory, approved, superseded, or empty if it is not known. ``given`` is the status in
    its file, or in ``known.yaml``. ``since`` is the event that dates ``status``, if there is one. ``by_rule``: the
    status follows from clause C6 alone, ``since`` being the approval of the guideline called ``successor``.
    ``in_force`` are the keys of the program's two latest approved guidelines, oldest first.
    """

    key: str
    status: str
    given: str
    events: tuple[Event, ...] = ()
    since: Event | None = None
    by_rule: bool = False
    successor: str = ""
    in_force: tuple[str, ...] = ()

    def event(self, kind: str) -> Event | None:
        """The first event of this kind, or None."""
        return _first(self.events, kind)

    @property
    def approved(self) -> Event | None:
        """The approval, if its date is known."""
        return self.event("approved")


def in_preparation(item: AnyGuideline, events: Mapping[str, tuple[Event, ...]]) -> bool:
    """Whether a guideline is a draft, which is never the newest of its program, whatever date is its id.

    This is ``next``, and a dated one whose status is draft or review, unless ``events.yaml`` has an event by which it
    was approved or used: of 2022.11, no other status than draft is known, but vendors were tested against it.
    """
    if item.is_draft:
        return True
    if isinstance(item, Guideline) and item.is_scoring:
        return False
    return item.status in _BEFORE_APPROVAL and not any(_first(events.get(item.key, ()), kind) for kind in _PUBLISHED)


def of_program(family: Iterable[AnyGuideline], events: Mapping[str, tuple[Event, ...]]) -> dict[str, Standing]:
    """The standing of each guideline of a program by key; ``family`` are all known ones, oldest first."""
    known = list(family)
    approved = [
        item.key for item in known if item.status in _ONCE_APPROVED or _first(events.get(item.key, ()), "approved")
    ]
    return {item.key: _standing(item, events, approved) for item in known}


def _standing(item: AnyGuideline, events: Mapping[str, tuple[Event, ...]], approved: list[str]) -> Standing:
    mine, in_force = events.get(item.key, ()), tuple(approved[-IN_FORCE:])
    if item.key not in approved:
        return Standing(item.key, item.status, item.status, mine, in_force=in_force)
    if item.key in in_force and item.status != "superseded":
        return Standing(item.key, "approved", item.status, mine, _first(mine, "approved"), in_force=in_force)
    if since := _first(mine, "superseded"):
        return Standing(item.key, "superseded", item.status, mine, since, in_force=in_force)
    place = approved.index(item.key) + IN_FORCE
    successor = approved[place] if place < len(approved) else ""
    since = _first(events.get(successor, ()), "approved")
    return Standing(item.key, "superseded", item.status, mine, since, bool(successor), successor, in_force)


def _first(events: tuple[Event, ...], kind: str) -> Event | None:
    return next((event for event in events if event.event == kind), None)
