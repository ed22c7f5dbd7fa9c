"""The working group's process documents, clause by clause: which document has a clause, and when it was in force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from . import near
from .catalogue import Catalogue
from .model import Guideline
from .problems import Finding, KeyPath, show


@dataclass(frozen=True)
class Clause:
    """One clause as one document words it; ``change`` is ``new`` or ``reworded`` if the previous document differs.

    ``bound`` is ``earliest`` or ``latest`` if ``since`` is not the day itself.
    """

    id: str
    document: str
    title: str = ""
    text: str = ""
    steps: tuple[str, ...] = ()
    since: str = ""
    bound: str = ""
    change: str = ""


def entries(catalogue: Catalogue) -> dict[str, dict[str, Any]]:
    """The catalogue's entry for each document."""
    found: dict[str, dict[str, Any]] = catalogue.data["process"].get("documents", {})
    return found


def clauses(catalogue: Catalogue, document: str) -> list[Clause]:
    """The clauses of ``document``, in order."""
    return [found for id in _wordings(catalogue) if (found := clause(catalogue, id, document))]


def _wordings(catalogue: Catalogue) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = catalogue.data["process"].get("clauses", {})
    return found


def clause(catalogue: Catalogue, id: str, document: str) -> Clause | None:
    """A clause as ``document`` words it, or None if it has no such clause."""
    wordings = _wordings(catalogue).get(id, [])
    wording = next((wording for wording in wordings if document in wording["in"]), None)
    if wording is None:
        return None
    before = entries(catalogue).get(document, {}).get("replaces", "")
    change = ""
    if before and before not in wording["in"]:
        change = "reworded" if any(before in other["in"] for other in wordings) else "new"
    return Clause(
        id,
        document,
        wording.get("title", ""),
        wording.get("text", ""),
        tuple(wording.get("steps", ())),
        wording.get("since", ""),
        wording.get("bound", ""),
        change,
    )


def dropped(catalogue: Catalogue, document: str) -> list[Clause]:
    """The clauses that the previous document had and ``document`` does not, as the previous document words them."""
    before = entries(catalogue).get(document, {}).get("replaces", "")
    mine = {item.id for item in clauses(catalogue, document)}
    return [item for item in clauses(catalogue, before) if mine and item.id not in mine]


def holders(catalogue: Catalogue, id: str) -> list[str]:
    """The documents that have a clause, oldest first."""
    wordings = catalogue.data["process"].get("clauses", {}).get(id, ())
    having = {document for wording in wordings for document in wording["in"]}
    return [document for document in entries(catalogue) if document in having]


def since(catalogue: Catalogue, id: str) -> str:
    """The day from which a clause was in force, as ``YYYY-MM-DD``; empty if it is not known. See :func:`bound`."""
    return _first_day(catalogue, id)[0]


def bound(catalogue: Catalogue, id: str) -> str:
    """Whether the day of :func:`since` is the ``earliest`` or the ``latest`` possible one; empty if it is the day."""
    return _first_day(catalogue, id)[1]


def _first_day(catalogue: Catalogue, id: str) -> tuple[str, str]:
    found = (clause(catalogue, id, document) for document in holders(catalogue, id))
    days = ((one.since, one.bound) if one.since else _day_of(catalogue, one.document) for one in found if one)
    return min((day for day in days if day[0]), default=("", ""))


def _day_of(catalogue: Catalogue, document: str) -> tuple[str, str]:
    entry = entries(catalogue).get(document, {})
    return entry.get("from", ""), entry.get("bound", "")


def until(catalogue: Catalogue, id: str) -> str:
    """The day on which a document without the clause came into force; empty if no such day is known."""
    having = holders(catalogue, id)
    after = entries(catalogue)[having[-1]].get("superseded_by", "") if having else ""
    if after and not any(after in wording["in"] for wordings in _wordings(catalogue).values() for wording in wordings):
        return ""  # The text of that document is not available.
    return str(entries(catalogue).get(after, {}).get("from", ""))


def applies(catalogue: Catalogue, id: str, guideline: Guideline) -> bool:
    """Whether a clause was in force before a guideline's approval; for a draft, whether it still is."""
    first, last = since(catalogue, id), until(catalogue, id)
    if guideline.is_draft:
        return bool(holders(catalogue, id)) and not last
    approval = _approval(catalogue, guideline)
    return bool(first) and first < approval and not (last and last < approval)


def _approval(catalogue: Catalogue, guideline: Guideline) -> str:
    """The day of a dated guideline's approval, if it is known, or as its file gives it, or the first of its month.

    If only the month is known, what came into force in that month does not count: it may be later than the approval.
    """
    events = catalogue.events.get(guideline.key, ())
    known = [event.date for event in events if event.event == "approved" and not event.no_later]
    given = known[0] if known else guideline.approval
    return given if len(given) == len("YYYY-MM-DD") else guideline.id.replace(".", "-") + "-01"


def document_of(catalogue: Catalogue, guideline: Guideline) -> str:
    """The document in force before a dated guideline's approval; empty if none was, or if it is not approved."""
    if guideline.is_scoring or guideline.status not in ("approved", "superseded"):
        return ""
    dated = {name: entry for name, entry in entries(catalogue).items() if name[0] == "2"}
    approval = _approval(catalogue, guideline)
    before = [name for name, entry in dated.items() if entry.get("from", "9") < approval]
    return before[-1] if before else ""


def check(catalogue: Catalogue) -> Iterator[Finding]:
    """Errors in ``process.yaml``: pages of other documents, references to documents and clauses that do not exist."""
    data = catalogue.data["process"]
    known, known_documents = data.get("clauses", {}), data.get("documents", {})
    for key, entry in known_documents.items():
        if entry["page"] != f"process/{key}":
            message = f"the page of the document {key} is {show(entry['page'])}"
            yield Finding(("documents", key, "page"), "bad-value", key, message, f"process/{key}")
    for id, wordings in known.items():
        if not any(wording["in"] for wording in wordings):
            message = f"no document has the clause {id}"
            yield Finding(("clauses", id), "unknown-clause", id, message, "a document under in")
        for number, wording in enumerate(wordings):
            where: KeyPath = ("clauses", id, number)
            for document in wording["in"]:
                if document not in known_documents:
                    message = f"clause {id} refers to the document {document}, which does not exist"
                    yield Finding((*where, "in"), "unknown-clause", id, message, near.hint(document, known_documents))
            for other in re.findall(r"\{(\w[\w.]*)\}", " ".join([wording.get("text", ""), *wording.get("steps", ())])):
                if other not in known:
                    message = f"clause {id} refers to the clause {other}, which does not exist"
                    yield Finding(where, "unknown-clause", id, message, near.hint(other, known, "a key under clauses"))
