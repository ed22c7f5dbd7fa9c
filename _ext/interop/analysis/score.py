"""The verdict on a test run: whether it meets a guideline, for a target. This is the only definition.

The rules, which the page ``scoring`` explains, with what they follow:

1. A product must pass all required tests: principle 10 (``process/principles``), for the tests of every capability that
   a component of the target requires. RefStack's report counted the same tests
   (``refstack-ui/app/components/results-report/resultsReportController.js`` of openstack/refstack).
2. A flagged test is not required: 2017A.C3.2 and the introduction to D400 to D406; by D301 it stays in the list. A
   test in several required capabilities is flagged if each of them flags it: RefStack's practice, which counted each
   pair of capability and test.
3. Only a pass counts; a skipped test is not passed: 2017A.C4.3.
4. The idempotent id identifies a test from release to release: 2017A.A2.4. So a pass counts under any name, and two
   names with one id are one test; RefStack, which knew only names, asked for a pass of each. A result without an id,
   and a test to which the guideline gives none, are identified by name; aliases are names of the test in schemas 1.3 to
   2.0. That the names of other guidelines and of today's suites count too is our decision: RefStack knew only those of
   the guideline.
5. One pass of several results of a test is enough: our decision, since RefStack's results were a list of passed tests.
6. A class that fails or is skipped as a whole has one result, ``setUpClass (...)``; its tests without a result of their
   own did not run: our decision. RefStack saw no result either. A tear-down that fails after its tests passed changes
   nothing, and is told.
7. A run without any result for a required test gives no verdict: our decision. RefStack showed NO, and YES for a target
   without required tests. So where no test is known to be required, the verdict is open (None), whatever passed.
8. Other tests may pass or fail: 2015A to 2017A ask for the required ones (C1.1).
9. A partial guideline: if the status of a test is not known, the verdict is open (None) unless it is the same either
   way: our decision.

The results are those of the tests alone. Who may use a mark was for the Foundation to decide (2017A.C2.2, 2017A.C1.6).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from ..record.model import Guideline, Status
from . import fixtures, test_lists
from .history import History
from .results import Outcome, Run, Tally
from .test_names import TestNames


@dataclass(frozen=True)
class Wanted:
    """The tests of a target of a guideline by key.

    ``capabilities`` has, for each required capability, whether it flags each of its tests. ``undecided`` are unflagged
    tests of which no source tells whether they are required. ``titles`` has the name of each test in the guideline,
    ``names`` all names that identify it, ``without_id`` the tests to which the guideline gives no id, and ``grades``
    the grades of evidence of the required tests of a partial guideline.
    """

    guideline: Guideline
    target: str
    capabilities: dict[str, dict[str, bool]]
    undecided: frozenset[str]
    titles: dict[str, str]
    names: dict[str, frozenset[str]]
    without_id: frozenset[str]
    grades: dict[str, str]

    @cached_property
    def required(self) -> frozenset[str]:
        """The required tests that are not flagged: a product must pass them."""
        return frozenset(key for tests in self.capabilities.values() for key, flagged in tests.items() if not flagged)

    @cached_property
    def flagged(self) -> frozenset[str]:
        """The required tests that each of their required capabilities flags."""
        return frozenset(key for tests in self.capabilities.values() for key in tests) - self.required

    @cached_property
    def by_name(self) -> dict[str, str]:
        """The key of each name."""
        return {name: key for key, names in self.names.items() for name in names}


@dataclass(frozen=True)
class Counts:
    """Numbers of tests. ``required`` are not flagged, and ``outcomes`` adds up to it; ``outside`` is of a run."""

    required: int
    outcomes: dict[Outcome, int]
    flagged: int
    outside: int = 0


@dataclass(frozen=True)
class Part:
    """One required capability: whether all its tests without a flag passed, and the numbers of its tests."""

    met: bool
    tests: Counts


@dataclass(frozen=True)
class Verdict:
    """Whether a run meets a guideline for a target; ``met`` is None if tests of unknown status decide it.

    ``results`` has the outcome and reason of each required test by key, and ``unknown`` those of the tests of unknown
    status. ``fixtures`` has what did not pass of the set-up and tear-down of classes and modules of required tests, as
    runners name it, and ``apart`` those of them that are not the reason of a missing test. ``repeated`` are required
    tests with several results, under whatever names, and ``differing`` those with different ones. ``told`` is whether
    the run has a result of any required test, or of one of unknown status if none is known to be required: without one
    there is no verdict.
    """

    wanted: Wanted
    met: bool | None
    tests: Counts
    capabilities: dict[str, Part]
    results: dict[str, Tally]
    unknown: dict[str, Tally]
    fixtures: dict[str, Tally]
    apart: tuple[str, ...]
    repeated: tuple[str, ...]
    differing: tuple[str, ...]
    told: bool

    def having(self, *outcomes: Outcome) -> list[str]:
        """The required tests with one of these outcomes, sorted."""
        return sorted(key for key, tally in self.results.items() if tally.outcome in outcomes)

    @property
    def lacking(self) -> list[str]:
        """The required tests that did not pass, sorted."""
        return sorted(key for key, tally in self.results.items() if tally.outcome is not Outcome.PASSED)

    @property
    def undecided(self) -> list[str]:
        """The tests of unknown status that did not pass, sorted."""
        return sorted(key for key, tally in self.unknown.items() if tally.outcome is not Outcome.PASSED)


class Scorer:
    """Scores runs against the guidelines of a record."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.names = TestNames(history)

    def run(self) -> Run:
        """A run without results, to which they are added."""
        return Run(self.names.keys.keys(), self.names.ids, self.names.classes)

    def wanted(self, guideline: Guideline, target: str) -> Wanted:
        """The tests of a target. Raises KeyError for a target that the guideline does not have."""
        components = test_lists.targets(self.history.record, guideline)[target]
        key = self.history.test_key
        required = test_lists.capabilities(guideline, components, [Status.REQUIRED])
        flags = {one.name: {key(test): test.flag is not None for test in one.tests} for one in required}
        known = {test for tests in flags.values() for test in tests}
        unknown = test_lists.capabilities(guideline, components, [Status.UNKNOWN])
        undecided = {key(test) for one in unknown for test in one.tests if test.flag is None} - known
        tests = [test for one in (*unknown, *required) for test in one.tests]
        return Wanted(
            guideline,
            target,
            flags,
            frozenset(undecided),
            {key(test): test.name for test in tests},
            self.names.of_tests(guideline, sorted(known | undecided)),
            frozenset(key(test) for test in tests if not test.id),
            {key(test): test.evidence.grade for one in required for test in one.tests if test.evidence},
        )

    def score(self, run: Run, guideline: Guideline, target: str) -> Verdict:
        """The verdict on a run."""
        return verdict(run, self.wanted(guideline, target))

    def others(self, run: Run, guideline: Guideline, target: str) -> list[Verdict]:
        """The verdicts for the other dated guidelines of the program, drafts aside, that have the target and tests.

        The oldest is first.
        """
        record = self.history.record
        having = (one for one in record.published(guideline.program) if target in test_lists.targets(record, one))
        found = (self.score(run, one, target) for one in having if one is not guideline)
        return [one for one in found if one.wanted.required or one.wanted.undecided]


def verdict(run: Run, wanted: Wanted) -> Verdict:
    """The verdict on a run for the tests of a target."""
    tallies, outside = _matched(run, wanted)
    causes = {key: cause for key in wanted.names if (cause := fixtures.cause(run, wanted.names[key]))}
    results, unknown = (
        {key: tallies.get(key) or fixtures.not_run(run, causes.get(key)) for key in sorted(keys)}
        for keys in (wanted.required, wanted.undecided)
    )
    counts = _counts(results, wanted.required, wanted.flagged, outside)
    parts = {name: _part(results, tests) for name, tests in sorted(wanted.capabilities.items())}
    repeated = [key for key, tally in results.items() if tally.number > 1]
    differing = [key for key, tally in results.items() if tally.others]
    told = any(key in tallies or key in causes for key in wanted.required or wanted.undecided)
    met = True if wanted.required and all(one.outcome is Outcome.PASSED for one in unknown.values()) else None
    if counts.outcomes[Outcome.PASSED] != counts.required:
        met = False
    given = fixtures.of_tests(run, (name for key in results for name in wanted.names[key]))
    used = {causes[key] for key in results if key in causes and key not in tallies}
    return Verdict(
        wanted,
        met,
        counts,
        parts,
        results,
        unknown,
        {fixtures.written(fixture): tally for fixture, tally in given.items()},
        tuple(fixtures.written(fixture) for fixture in given if fixture not in used),
        tuple(repeated),
        tuple(differing),
        told,
    )


def _matched(run: Run, wanted: Wanted) -> tuple[dict[str, Tally], int]:
    """The results of each test of the target, and the number of other tests in the run."""
    tallies: dict[str, Tally] = {}
    outside = set[tuple[str, frozenset[str]]]()
    for (name, ids, has_id), tally in run.tests.items():
        keys = {id for id in ids if id in wanted.names}
        named = wanted.by_name.get(name)
        if named and (not has_id or named in wanted.without_id):
            keys.add(named)
        for key in keys:
            if key in tallies:
                tallies[key].merge(tally)
            else:
                tallies[key] = replace(tally)
        if not keys:
            outside.add(("", ids) if ids else (name, ids))
    return tallies, len(outside) + len(run.others)


def _part(results: dict[str, Tally], tests: dict[str, bool]) -> Part:
    required = [key for key, flagged in tests.items() if not flagged]
    counts = _counts(results, required, [key for key, flagged in tests.items() if flagged])
    return Part(counts.outcomes[Outcome.PASSED] == counts.required, counts)


def _counts(results: dict[str, Tally], required: Iterable[str], flagged: Iterable[str], outside: int = 0) -> Counts:
    found = [results[key].outcome for key in required]
    return Counts(len(found), {outcome: found.count(outcome) for outcome in Outcome}, len(list(flagged)), outside)
