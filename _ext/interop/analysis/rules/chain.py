"""Guidelines follow one another: two approved at a time, each replacing the one before, named after its day."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
        fault = f"{guideline.id} is approved, and so are {', '.join(other.id for other in newer)} after it"
    yield Case((*_APPROVAL, "status"), guideline.official_id, fault, "superseded")


@rule("each dated guideline but the first of its program", "D304")
def replaces_chain(history: History, guideline: Guideline) -> Iterator[Case]:
    """Each guideline replaces the one before."""
    before = history.record.previous(guideline)
    if before is None or guideline.is_draft:
        return  # The clause has the field set when the draft is copied to a dated file.
    where = (*_APPROVAL, "replaces") if guideline.replaces else _APPROVAL
    fault = ""
    if not guideline.replaces:
        fault = f"{guideline.id} does not say what it replaces"
    elif guideline.replaces != before.official_id:
        fault = f"{guideline.id} replaces {guideline.replaces}, but {before.official_id} came before it"
    yield Case(where, guideline.official_id, fault, before.official_id)


@rule("each guideline but the first, against the one before", "C6.3")
def status_moves(history: History, guideline: Guideline) -> Iterator[Case]:
    """A status moves from draft over review and approved to superseded.

    Along a program, from new to old, a status never goes back: draft, review, approved, superseded.
    """
    before = history.record.previous(guideline)
    if before is None:
        return
    fault = ""
    if GUIDELINE_STATUSES.index(before.status) < GUIDELINE_STATUSES.index(guideline.status):
        fault = f"{guideline.id} is {guideline.status}, while {before.id} before it is {before.status}"
    yield Case((*_APPROVAL, "status"), guideline.official_id, fault, "no further than older guidelines")


@rule("each dated guideline that says when it was to be approved", "D4.1")
def named_by_date(history: History, guideline: Guideline) -> Iterator[Case]:
    """A guideline is named after the month of its approval."""
    if guideline.is_draft or guideline.origin_schema == "1.2":
        return  # 1.2 does not say when a guideline was to be approved.
    said = guideline.approval
    if not said:
        return
    fault = ""
    if not re.fullmatch(r"\d{4}\.\d{2}", guideline.id) or guideline.approval_month != guideline.id:
        fault = f"the id is {guideline.id}, the approval was to be {said}"
    yield Case((*_APPROVAL, "target_approval"), guideline.official_id, fault, "year and month of the approval")
