"""Rules on what may be changed in a guideline after its approval: its tests stay, and so do flags."""

from __future__ import annotations

from collections.abc import Iterator

from ...record import process
from ...record.model import Guideline
from ...record.problems import KeyPath
from .. import amendments
from ..amendments import Entry, State, Step
from ..history import History
from .base import Case, rule


def _since_approval(history: History, guideline: Guideline) -> list[State]:
    """The states of a dated guideline from its approval on; none if they are not known."""
    return [] if guideline.is_draft else amendments.since_approval(history.states(guideline.key))


def _steps(history: History, guideline: Guideline, clause: str) -> Iterator[Step]:
    """The changes of a dated guideline since it was approved that were made when a clause was in force."""
    since = process.since(history.record.catalogue, clause)
    steps = amendments.steps(_since_approval(history, guideline))
    return (step for step in steps if since < step.revision.date)


def _place(entry: Entry) -> KeyPath:
    return ("capabilities", entry[0], "tests", entry[1])


def _about(entry: Entry, facts: amendments.TestFacts) -> str:
    return str(facts.get("idempotent_id") or entry[1])


def _when(step: Step) -> str:
    return f"on {step.revision.date} (commit {step.revision.commit[:7]})"


@rule("each test of a guideline as it was approved", "D301", moment="amended")
def tests_stay(history: History, guideline: Guideline) -> Iterator[Case]:
    """A test stays in an approved guideline."""
    for state in _since_approval(history, guideline)[:1]:
        yield from (Case(_place(entry), _about(entry, facts)) for entry, facts in state.tests.items())
    for step in _steps(history, guideline, "D301"):
        for entry, facts in step.old.items():
            if entry not in step.new:
                fault = f"{entry[1]} was taken out of {entry[0]} {_when(step)}"
                yield Case(_place(entry), _about(entry, facts), fault, "a flag instead", _stays(step, entry, facts))


def _stays(step: Step, entry: Entry, facts: amendments.TestFacts) -> str:
    """The explanation for an entry whose test stays under another name, or an empty text."""
    if entry in step.renamed:
        return f"renamed: the test is {step.renamed[entry][1]}"
    id = facts.get("idempotent_id")
    same = [other for other, one in step.new.items() if id and one.get("idempotent_id") == id]
    return f"a second entry: the test stays as {same[0][1]}" if same else ""


@rule("each test of a guideline that was approved", "D2.2", moment="amended")
def no_tests_added(history: History, guideline: Guideline) -> Iterator[Case]:
    """No test is added to an approved guideline."""
    for state in _since_approval(history, guideline)[-1:]:
        yield from (Case(_place(entry), _about(entry, facts)) for entry, facts in state.tests.items())
    for step in _steps(history, guideline, "D2.2"):
        renamed = set(step.renamed.values())
        for entry, facts in step.new.items():
            if entry not in step.old and entry not in renamed:
                fault = f"{entry[1]} was added to {entry[0]} {_when(step)}"
                yield Case(_place(entry), _about(entry, facts), fault, "only the tests that it had when approved")


@rule("each flag of an approved guideline", "D311", moment="amended")
def flag_stays(history: History, guideline: Guideline) -> Iterator[Case]:
    """A test that is flagged in a guideline stays flagged in it."""
    for state in _since_approval(history, guideline)[-1:]:
        flags = ((entry, facts) for entry, facts in state.tests.items() if "flagged" in facts)
        yield from (Case((*_place(entry), "flagged"), _about(entry, facts)) for entry, facts in flags)
    for step in _steps(history, guideline, "D311"):
        for entry, facts in step.old.items():
            now = step.new.get(step.renamed.get(entry, entry))
            if "flagged" in facts and now is not None and "flagged" not in now:
                fault = f"the flag of {entry[1]} was taken away {_when(step)}"
                yield Case(_place(entry), _about(entry, facts), fault, "the flag")
