"""One front door for everything that is worked out from a record: each answer is worked out once, whoever asks."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from ..record.model import Guideline
from ..record.problems import Problem
from ..record.record import Record
from . import rules
from .history import History
from .rules import Report


class Analysis(History):
    """A record's history and the findings of the process rules.

    ``problems`` are the observations that reading the record gave.
    """

    def __init__(self, record: Record, problems: Iterable[Problem] = ()) -> None:
        super().__init__(record)
        self._problems = tuple(problems)

    @cached_property
    def report(self) -> Report:
        """What the process rules find in all guidelines."""
        return rules.run(self)

    def new_findings(self, guideline: Guideline) -> list[Problem]:
        """The findings of a guideline that the one before does not have, without those that are explained."""
        before = self.record.previous(guideline)
        found = self.report.new_in(guideline.key, before.key if before else "")
        return [problem for problem in found if not problem.known]

    def observations(self, guideline: Guideline) -> list[Problem]:
        """What reading the file of a guideline observed."""
        return [problem for problem in self._problems if problem.path == guideline.path]
