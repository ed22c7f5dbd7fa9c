"""Rules on the sequence of guidelines: number of approved ones, what each replaces, status, id by date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...record.ids import month
from ...record.model import Guideline
from ...record.schemas import GUIDELINE_STATUSES
from ..history import History
from .base import Case, rule

_APPROVAL = ("metadata", "os_trademark_approval")


@rule("each approved guideline", "C6.1")
def two_approved(history: History, guideline: Guideline) -> Iterator[Case]:
    """At most two guidelines are approved at a time."""
    if guideline.status != "approved":
        return
    approved = [other for other in history.record.program(guideline.program) if other.status == "approved"]
    newer = approved[approved.index(guideline) + 1 :]
    fault = ""
    if len(newer) >= 2:
        fault = f"{guideline.id} is approved, and so are the later guidelines {', '.join(other.id for other in newer)}"
    yield Case((*_APPROVAL, "status"), guideline.official_id, fault, "superseded")


@rule("each dated guideline but the first of its program", "D304")
def replaces_chain(history: History, guideline: Guideline) -> Iterator[Case]:
    """Each guideline replaces the one before."""
    before = history.record.before(guideline)
    if before is None or guideline.is_draft:
        return  # The clause requires the field only when the draft is copied to a dated file.
    where = (*_APPROVAL, "replaces") if guideline.replaces else _APPROVAL
    fault = ""
    if not guideline.replaces:
        fault = f"{guideline.id} does not name the guideline it replaces"
    elif guideline.replaces != before.official_id:
        fault = f"{guideline.id} replaces {guideline.replaces}, but the previous guideline is {before.official_id}"
    yield Case(where, guideline.official_id, fault, before.official_id)


@rule("each guideline but the first, against the one before", "C6.3")
def status_moves(history: History, guideline: Guideline) -> Iterator[Case]:
    """A status moves from draft over review and approved to superseded.

    In a program, an older guideline never has an earlier status than a newer one: draft, review, approved, superseded.
    """
    before = history.record.before(guideline)
    if before is None:
        return
    fault = ""
    if GUIDELINE_STATUSES.index(before.status) < GUIDELINE_STATUSES.index(guideline.status):
        fault = f"{guideline.id} is {guideline.status}, but the previous guideline {before.id} is {before.status}"
    yield Case((*_APPROVAL, "status"), guideline.official_id, fault, "a status no later than that of older guidelines")


@rule("each dated guideline whose approval or target approval is known", "D4.1")
def named_by_date(history: History, guideline: Guideline) -> Iterator[Case]:
    """A guideline is named after the month of its approval.

    If only the latest possible day of the approval is known, the target approval stands for it.
    """
    if guideline.is_draft:
        return
    approved = history.record.standing(guideline.key).approved
    day = approved.date if approved and not approved.no_later else ""
    if not day and (guideline.origin_schema == "1.2" or not guideline.approval):
        return  # Schema 1.2 has no target approval.
    fault = ""
    if not re.fullmatch(r"\d{4}\.\d{2}", guideline.id) or month(day or guideline.approval) != guideline.id:
        what = "approval" if day else "target approval"
        certain = " (inferred)" if day and approved and approved.inferred else ""
        fault = f"the id is {guideline.id}, but the {what} was {day or guideline.approval}{certain}"
    yield Case((*_APPROVAL, "target_approval"), guideline.official_id, fault, "year and month of the approval")
