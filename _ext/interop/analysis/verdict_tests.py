"""The tests that a verdict names, and the set-ups and tear-downs of classes, with their outcomes and reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..record.problems import show
from .results import REASON, Outcome, Tally
from .score import Verdict


def said(tally: Tally) -> str:
    """The reason of a result for people: what cannot be seen is escaped."""
    return show(tally.reason, REASON, quote=False)


@dataclass(frozen=True)
class Row:
    """A test that did not pass: the outcome in words, its name in the guideline, its key, and the reason or nothing."""

    outcome: str
    name: str
    key: str
    reason: str


def rows(given: Verdict) -> Iterator[Row]:
    """Each required test that did not pass, then those of unknown status, by outcome and name."""
    for results, words in ((given.results, "{}"), (given.unknown, "unknown status, {}")):
        for outcome in list(Outcome)[1:]:
            found = [key for key, tally in results.items() if tally.outcome is outcome]
            for key in sorted(found, key=given.wanted.titles.__getitem__):
                yield Row(words.format(outcome), given.wanted.titles[key], key, said(results[key]))


def several(given: Verdict) -> Iterator[tuple[str, str]]:
    """Each required test with several results: its name in the guideline, and which it has."""
    for key in sorted(given.repeated, key=given.wanted.titles.__getitem__):
        outcomes = given.results[key].outcomes
        words = "different results" if len(outcomes) > 1 else "the same results"
        yield given.wanted.titles[key], f"{words}: {' and '.join(outcomes)}"


def apart(given: Verdict) -> Iterator[tuple[str, str]]:
    """Each set-up or tear-down that did not pass and is no reason of a missing test: its name, outcome and reason."""
    for name in given.apart:
        tally = given.fixtures[name]
        yield name, f"{tally.outcome}: {said(tally)}" if tally.reason else tally.outcome.value
