"""The status of a guideline today, with its dates and sources, and the page of a guideline that is not archived."""

from __future__ import annotations

from ...analysis.analysis import Analysis
from ...record import process
from ...record.catalogue import Event, KnownGuideline
from ...record.catalogue_schemas import EVENTS
from ...record.model import Guideline
from ...record.record import Record
from ...record.standing import AnyGuideline
from .. import pages, urls
from .common import NoViewError, View, guideline_link

#: Where upstream's last files are: the repository, the last commit with content, and the folder by kind of program.
REPOSITORY = "https://opendev.org/openinfra/interop"
COMMIT = "2a71585700b4141910dbd4139805e2c0e9c49a8e"
_FOLDERS = {"platform": "guidelines"}
_ADD_ONS = "add-ons/guidelines"
#: The clause that allows the two latest approved guidelines.
_CLAUSE = "C6.1"


def of(record: Record, key: str) -> View:
    """The status of the guideline ``program/id`` today: the day since when it has it, and why if its file differs."""
    found = record.standing(key)
    return {
        "status": found.status,
        "given": found.given,
        "differs": bool(found.given) and found.given != found.status,
        "since": day(found.since),
        "approved": day(found.approved),
        "proposed": day(found.event("proposed")),
        "once_approved": found.status in ("approved", "superseded"),
        "by_rule": found.by_rule,
        "successor": guideline_link(record, _known(record, found.successor)) if found.successor else None,
        "in_force": [approved(record, _known(record, one)) for one in found.in_force],
        "clause": clause(record),
    }


def approved(record: Record, item: AnyGuideline) -> View:
    """A link to an approved guideline, and whether its approval is inferred."""
    event = record.standing(item.key).approved
    return guideline_link(record, item) | {"inferred": event is not None and event.inferred}


def clause(record: Record) -> str:
    """The target of the clause that allows the two latest approved guidelines; empty if no document has it."""
    return urls.clause(record, _CLAUSE) if process.holders(record.catalogue, _CLAUSE) else ""


def day(event: Event | None) -> View:
    """The date of an event; empty if there is none."""
    if event is None:
        return {}
    return {"date": event.date, "no_later": event.no_later, "inferred": event.inferred}


def history(record: Record, key: str) -> list[View]:
    """The events of a guideline, each with its evidence and sources, by date."""
    events = sorted(record.standing(key).events, key=lambda event: (event.date, EVENTS.index(event.event)))
    return [
        day(event) | {"event": event.event, "evidence": event.evidence, "sources": list(event.sources)}
        for event in events
    ]


def neighbours(record: Record, key: str) -> View:
    """Links to the previous and the next guideline of the program that has a page, archived or not."""
    family = [item for item in record.known(key.partition("/")[0]) if pages.has_page(record, item.key)]
    place = [item.key for item in family].index(key)
    before, _, after = [None, *family, None][place : place + 3]
    return {
        "previous": guideline_link(record, before) if before else None,
        "next": guideline_link(record, after) if after else None,
    }


def newest(record: Record, key: str) -> View | None:
    """The newest dated guideline of the program, archived or not; None if it is ``key``, or if there is none.

    That of the first program for a scoring, which came before it. ``program`` is the title of its program.
    """
    scored = key in record.guidelines and record.guidelines[key].is_scoring
    program = record.trademark_programs()[0] if scored else key.partition("/")[0]
    found = record.latest_known(program)
    if found is None or found.key == key:
        return None
    return guideline_link(record, found) | {"program": pages.program_title(record, program)}


def replaced_by(record: Record, key: str) -> list[View]:
    """The guidelines that replace a guideline, by their files, what is known of them, or inference."""
    family = record.known(key.partition("/")[0])
    return [
        guideline_link(record, item) | {"inferred": isinstance(item, Guideline) and item.approval_inferred}
        for item in family
        if item.replaces and item.replaces_key == key
    ]


def known(analysis: Analysis, key: str) -> View:
    """The view of the guideline ``program/id``, which is not archived: what is known, and how to complete it."""
    record = analysis.record
    item = _known(record, key)
    if not isinstance(item, KnownGuideline):
        raise NoViewError(key)
    program = record.catalogue.entry("programs", item.program) or {}
    return (
        guideline_link(record, item)
        | neighbours(record, key)
        | {
            "program": pages.program_title(record, item.program),
            "draft": item.is_draft,
            "program_to": urls.guidelines_of(item.program),
            "standing": of(record, key),
            "events": history(record, key),
            "newest": newest(record, key),
            "note": item.note,
            "facts": [{"text": fact.text, "sources": list(fact.sources)} for fact in item.facts],
            "replaces": item.replaces,
            "replaces_to": pages.target(record, item.replaces_key) if item.replaces else "",
            "replaced_by": replaced_by(record, key),
            "releases": [name.capitalize() for name in item.releases],
            "inferred_releases": [name.capitalize() for name in item.inferred_releases],
            "complete": _newest_complete(record, item),
            "repository": REPOSITORY,
            "commit": COMMIT,
            "folder": _FOLDERS.get(program.get("kind", ""), _ADD_ONS),
        }
    )


def _newest_complete(record: Record, item: KnownGuideline) -> View | None:
    found = record.newest_complete(item.program)
    return guideline_link(record, found) if found else None


def _known(record: Record, key: str) -> AnyGuideline:
    return next(item for item in record.known(key.partition("/")[0]) if item.key == key)
