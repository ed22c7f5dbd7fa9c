"""Rules on scores: required capabilities reach the cutoff, weights do not change, and no administrator is needed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ...record.model import Guideline
from ...record.near import closest
from ..history import History
from .base import Case, rule


@rule("each required capability of a guideline that gives a cutoff", "A4.4")
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


@rule("each weight of a guideline whose draft is archived", "A4.3")
def weights_stay(history: History, guideline: Guideline) -> Iterator[Case]:
    """Weights and cutoff stay as they were when the draft was published.

    The draft of a guideline is the one whose target approval is the date of the guideline.
    """
    for draft in history.record.program(guideline.program):
        if not draft.is_draft or guideline.is_draft or draft.approval_month != guideline.id:
            continue
        keys = sorted(draft.criteria.keys() | guideline.criteria.keys())
        before = draft.weights | {"cutoff": draft.cutoff}
        now = guideline.weights | {"cutoff": guideline.cutoff}
        for key in [*keys, "cutoff"]:
            where = ("metadata", "scoring", "criteria", key) if key != "cutoff" else ("metadata", "scoring")
            if before.get(key) == now.get(key):
                yield Case(where, key)
                continue
            fault = f"{key} is {now.get(key, 'not listed')}; in the draft it was {before.get(key, 'not listed')}"
            yield Case(where, key, fault, "the value in the draft")


@rule("each required capability", criterion="non-admin")
def not_admin(history: History, guideline: Guideline) -> Iterator[Case]:
    """A required capability needs no administrator."""
    for name in filter(guideline.requires, guideline.capabilities):
        where = ("capabilities", name, "admin")
        if guideline.capabilities[name].admin:
            fault = f"{name} is required, but the file marks it as needing administrator access"
            yield Case(where, name, fault, "a capability that regular users can use")
        else:
            yield Case(where, name)
