"""The history of a guideline: its revisions, and where facts stand that changed after it was approved."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import Any

from ...analysis import amendments, changed
from ...analysis.amendments import State
from ...analysis.analysis import Analysis
from ...analysis.changed import Dated
from ...record.amendments import Amendments, Revision
from ...record.model import Guideline
from .. import pages, urls
from . import revised, standings
from .common import View

#: The number of digits of a commit in an anchor.
DIGITS = 10


def of_guideline(analysis: Analysis, guideline: Guideline) -> View:
    """The events and the revisions of a guideline, of a draft only the revisions; empty if they are not archived."""
    revisions = analysis.record.amendments.of(guideline.key)
    if revisions is None:
        return {}
    found = analysis.states(guideline.key)
    first = None if guideline.is_draft else amendments.approved(found)
    since = amendments.since_approval(found)[1:] if first else []
    later = [state for state in since if state.revision.kind == "changed"]
    standing = standings.of(analysis.record, guideline.key)
    superseded = next((state for state in found if state.status == "superseded"), None)
    return {
        "draft": guideline.is_draft,
        "proposed": revision(revisions.repository, revisions.revisions[0]),
        "approved": standing["approved"],
        "marked": revision(revisions.repository, first.revision)
        | {"to": state_page(analysis, guideline.key, first.revision)}
        if first
        else {},
        "between": _between(standing["approved"], found, first) if first else [],
        "amended": len(later),
        "since": later[0].revision.date if later else "",
        "until": later[-1].revision.date if later else "",
        "superseded": revision(revisions.repository, superseded.revision) if superseded else {},
        "by_rule": standing["since"] if not superseded else {},
        "rows": [
            revision(revisions.repository, one)
            | {"kind": one.kind, "text": _what(one), "to": state_page(analysis, guideline.key, one)}
            | {"anchor": one.commit[:DIGITS] if guideline.is_draft else ""}
            for one in reversed(revisions.revisions)
        ],
        "compare": urls.amended(guideline.key) if later else "",
        "data": urls.amendments_data(guideline.key),
        "repository": revisions.repository,
        "path": revisions.path,
        "paths": _paths(revisions),
    }


def _paths(revisions: Amendments) -> list[View]:
    """The earlier paths of the file, each with the day on which it was moved."""
    groups = [list(group) for _, group in groupby(revisions.revisions, lambda one: one.path)]
    return [{"path": old[0].path, "until": new[0].date} for old, new in pairwise(groups) if old[0].path]


def _between(approved: View, found: list[State], first: State) -> list[str]:
    """The days on which facts changed after the approval, before a revision marked the file approved."""
    before = (state.revision for state in found[: found.index(first)])
    return [one.day for one in before if approved and one.kind == "changed" and one.date > approved["date"]]


def revision(repository: str, given: Revision) -> View:
    """A revision: day, commit and review, with their URLs."""
    return {
        "date": given.date,
        "latest": given.latest,
        "commit": given.commit[:DIGITS],
        "commit_to": f"{repository}/commit/{given.commit}",
        "review": given.review,
        "change_id": given.change_id[:9],
    }


def state_page(analysis: Analysis, key: str, one: Revision) -> str:
    """The target of the state that a revision made of a guideline; empty if it has no page."""
    moment = analysis.moments(key).get(one.commit)
    return urls.state(key, moment.name, one.commit[:DIGITS]) if moment else ""


def _what(one: Revision) -> str:
    if one.kind == "added":
        return "first version that can be read"
    if one.kind == "unreadable":
        return "not valid JSON"
    if one.kind == "same":
        return "form only: no fact changed"
    return revised.numbers(changed.of_revision(one))


class Marks:
    """What changed after the approval, by where it stands on the page of a guideline."""

    def __init__(self, analysis: Analysis, guideline: Guideline) -> None:
        dated = analysis.changes.of_guideline.get(guideline.key, ())
        found: dict[tuple[str, ...], list[View]] = {}
        later = (one for one in dated if one.later)
        for one_revision, group in groupby(later, lambda one: one.revision):
            here: dict[tuple[str, ...], list[Dated]] = {}
            for one in group:
                here.setdefault(_place(one), []).append(one)
                if one.fact.what == "renamed":
                    old = ("test", one.fact.capability, one.fact.before)
                    found.setdefault(_place(one), []).extend(found.pop(old, ()))
            for place, several in here.items():
                text = revised.beside(one.fact for one in several)
                to = state_page(analysis, guideline.key, one_revision)
                mark = {"text": text, "date": one_revision.date, "to": to}
                found.setdefault(place, []).append(mark)
        self._found = found

    def of(self, *place: str) -> list[View]:
        """The changes of what stands at a place: ``test``, capability and name, for example."""
        return self._found.get(place, [])

    def of_facts(self) -> dict[str, list[View]]:
        """Those of the facts of the guideline as a whole, by their names."""
        return {place[1]: marks for place, marks in self._found.items() if place[0] == "guideline"}


def _place(one: Dated) -> tuple[str, ...]:
    fact = one.fact
    if fact.test and fact.what != "dropped":
        return ("test", fact.capability, fact.test)
    if fact.test and len(fact.path) > 4:
        return ("test", fact.capability, fact.test)
    if fact.capability:
        return ("capability", fact.capability)
    if fact.path[0] == "designated_sections":
        return ("section", fact.path[1])
    if fact.path[0] == "weights":
        return ("weight", fact.path[1])
    return ("guideline", fact.path[0])


def changes(analysis: Analysis, dated: list[Dated], of_test: bool = False) -> list[View]:
    """What revisions changed in a capability or a test, the newest first: day, guideline, change and review."""
    rows: list[dict[str, Any]] = []
    for (key, one), group in groupby(dated, lambda found: (found.key, found.revision)):
        guideline = analysis.record.guidelines[key]
        revisions = analysis.record.amendments.of(key)
        several = list(group)
        texts = dict.fromkeys(_said(analysis, found, of_test) for found in several)
        to = state_page(analysis, key, one)
        to = to or urls.guideline(key, one.commit[:DIGITS] if guideline.is_draft else "history")
        rows.append(
            revision(revisions.repository if revisions else "", one)
            | {"guideline": pages.label(guideline), "to": to, "texts": list(texts)}
            | {"later": several[0].later and not guideline.is_draft}
        )
    return rows[::-1]


def _said(analysis: Analysis, found: Dated, of_test: bool) -> str:
    said = revised.text(analysis, found.fact)
    return f"{found.fact.capability}: {said}" if of_test and not found.fact.test else said
