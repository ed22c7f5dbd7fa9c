"""Rules on scores: required capabilities reach the cutoff, weights do not change, and no administrator is needed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ...record.model import Guideline
from ...record.near import closest
from .. import amendments
from ..history import History
from .base import Case, rule


@rule("each required capability of a guideline that gives a cutoff", "A4.4", moment="approved")
def reaches_cutoff(history: History, guideline: Guideline) -> Iterator[Case]:
    """A required capability reaches the cutoff score."""
    if guideline.cutoff is None:
        return
    for name in filter(guideline.requires, guideline.capabilities):
        score, where = guideline.score(name), ("capabilities", name, "achievements")
        if score is not None and score >= guideline.cutoff:
            yield Case(where, name)
            continue
        scored = "no score recorded" if score is None else f"a score of {score}"
        fault = f"{name} is required with {scored}; the cutoff is {guideline.cutoff}"
        explained = _score_unknown(guideline, name, guideline.cutoff)
        yield Case(where, name, fault, "a score that reaches the cutoff", explained)


def _score_unknown(guideline: Guideline, name: str, cutoff: int) -> str:
    """The explanation for a capability that is not scored, or reaches the cutoff but for a misspelling; or empty."""
    achievements = guideline.capabilities[name].achievements
    if not achievements:
        return "not scored: the file gives no achievements"
    near = {key: _near(key, tuple(guideline.criteria)) for key in achievements}
    read = {key: found for key, found in near.items() if found}
    score = sum(guideline.weights[key] for key in set(read.values()))
    if score < cutoff:
        return ""
    instead = ", ".join(f"{key} for {given!r}" for given, key in read.items() if key != given)
    return f"misspelling: with {instead} the score is {score}"


@cache
def _near(key: str, criteria: tuple[str, ...]) -> str:
    return next(iter(closest(key, criteria)), "")


@rule("each weight of a guideline whose draft is known, and the cutoff", "A4.3", moment="approved")
def weights_stay(history: History, guideline: Guideline) -> Iterator[Case]:
    """Weights and cutoff stay as they were when the draft was published.

    The draft of a guideline is its own file before it was approved; if that was approved when it was added, the draft
    of the program on that day; if no history is archived, the archived draft with its month as the target approval.
    """
    if guideline.is_draft or not (published := _published(history, guideline)):
        return
    draft, before = published
    now = guideline.weights | {"cutoff": guideline.cutoff}
    for key in [*sorted((before.keys() | now.keys()) - {"cutoff"}), "cutoff"]:
        where = ("metadata", "scoring", "criteria", key) if key != "cutoff" else ("metadata", "scoring")
        fault = ""
        if before.get(key) != now.get(key):
            is_now, was = (_value(weights.get(key)) for weights in (now, before))
            fault = f"{key} is {is_now}; in {draft} it was {was}"
        yield Case(where, key, fault, "the value in the draft")


def _value(weight: int | None) -> str:
    return "not listed" if weight is None else str(weight)


def _published(history: History, guideline: Guideline) -> tuple[str, dict[str, int | None]] | None:
    """The draft of a dated guideline in words, and its weights and cutoff; None if it is not known."""
    if states := history.states(guideline.key):
        first = states[0]
        if first.status == "approved":
            drafts = history.states(f"{guideline.program}/next")
            first = amendments.at(drafts, first.revision.date) or first
        if first.status == "approved":
            return None
        weights: dict[str, int | None] = dict(first.facts.get("weights", {}))
        return f"the draft of {first.revision.date}", weights | {"cutoff": first.facts.get("cutoff_score")}
    for draft in history.record.program(guideline.program):
        if draft.is_draft and draft.approval_month == guideline.id:
            return "the draft", draft.weights | {"cutoff": draft.cutoff}
    return None


@rule("each required capability", criterion="non-admin", moment="approved")
def not_admin(history: History, guideline: Guideline) -> Iterator[Case]:
    """A required capability needs no administrator."""
    for name in filter(guideline.requires, guideline.capabilities):
        where = ("capabilities", name, "admin")
        if guideline.capabilities[name].admin:
            fault = f"{name} is required, but the file marks it as needing administrator access"
            yield Case(where, name, fault, "a capability that regular users can use")
        else:
            yield Case(where, name)
