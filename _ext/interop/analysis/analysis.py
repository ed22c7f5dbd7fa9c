"""The entry point to everything that is computed from a record."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from ..record.model import Guideline
from ..record.problems import Problem
from ..record.record import Record
from . import counts, moments, rules
from .as_approved import AsApproved
from .changed import Changes
from .counts import Counts
from .history import History
from .moments import Moment
from .rules import Report
from .test_names import TestNames


class Analysis(History):
    """A record's history and the findings of the process rules.

    ``problems`` are the observations that the loader returned.
    """

    def __init__(self, record: Record, problems: Iterable[Problem] = ()) -> None:
        super().__init__(record)
        self._problems = tuple(problems)
        self._counts: dict[str, Counts] = {}
        self._moments: dict[str, dict[str, Moment]] = {}

    @cached_property
    def report(self) -> Report:
        """The findings of the process rules in all guidelines."""
        return rules.run(self, approved=self.as_approved)

    @cached_property
    def changes(self) -> Changes:
        """What the revisions of official files changed."""
        return Changes(self)

    @cached_property
    def as_approved(self) -> AsApproved:
        """The guidelines as they were approved."""
        return AsApproved(self)

    def moments(self, key: str) -> dict[str, Moment]:
        """The states of a dated guideline since it was marked approved, by commit, oldest first; of a draft none."""
        if key not in self._moments:
            found = [] if self.record.guidelines[key].is_draft else moments.of(self.states(key))
            self._moments[key] = {moment.revision.commit: moment for moment in found}
        return self._moments[key]

    @cached_property
    def test_names(self) -> TestNames:
        """The names of all tests."""
        return TestNames(self)

    def counts(self, guideline: Guideline) -> Counts:
        """The counts of a guideline, which several pages show."""
        if guideline.key not in self._counts:
            self._counts[guideline.key] = counts.of_guideline(self.facts(guideline))
        return self._counts[guideline.key]

    def new_findings(self, guideline: Guideline) -> list[Problem]:
        """The findings of a guideline that the previous complete one does not have, without explained ones."""
        before = self.record.before(guideline)
        found = self.report.new_in(guideline.key, before.key if before else "")
        return [problem for problem in found if not problem.known]

    def observations(self, guideline: Guideline) -> list[Problem]:
        """The observations about the file of a guideline."""
        return [problem for problem in self._problems if problem.path == guideline.path]
