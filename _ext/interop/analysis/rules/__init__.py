"""The rules the working group bound itself to, held against the record. What they find is observed, never judged.

A rule is a :class:`Rule` in the module of its topic and in :data:`REGISTRY` here. Findings are problems like any other:
their code is the rule's id, and a finding the record can explain says so in ``known``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from ...record import process
from ...record.loader import Record
from ...record.model import Guideline
from ...record.problems import Problem, Severity
from ...record.references import to_problems
from . import capabilities, chain, flags, scores, sections
from .base import Case, Rule, previous

__all__ = ["REGISTRY", "Case", "Report", "Rule", "new_in", "previous", "run"]

#: Every rule by its id, in the order findings are shown.
REGISTRY: dict[str, Rule] = {
    rule.id: rule for module in (capabilities, sections, scores, flags, chain) for rule in module.RULES
}

#: Code of the finding that stands for a rule that failed itself.
CRASHED = "rule-crashed"


@dataclass
class Report:
    """What a run found: findings by guideline, and how many cases each rule looked at."""

    findings: dict[str, list[Problem]] = field(default_factory=dict)
    examined: Counter[str] = field(default_factory=Counter)

    def of(self, rule: str) -> list[tuple[str, Problem]]:
        """The findings of one rule, with the key of the guideline."""
        return [(key, found) for key, all in self.findings.items() for found in all if found.code == rule]


def run(record: Record, registry: dict[str, Rule] | None = None) -> Report:
    """Hold every rule against every guideline in whose time it was in force. A rule that fails becomes a finding."""
    report = Report()
    for guideline in record.guidelines.values():
        report.findings[guideline.key] = []
        for rule in (REGISTRY if registry is None else registry).values():
            if not rule.clause or process.applies(record.catalogue, rule.clause, guideline):
                _hold(record, guideline, rule, report)
    return report


@lru_cache(maxsize=1)
def report(record: Record) -> Report:
    """The run of all rules over ``record``, made once."""
    return run(record)


def _hold(record: Record, guideline: Guideline, rule: Rule, report: Report) -> None:
    source = record.sources[guideline.key]
    try:
        cases = list(rule.check(record, guideline))
    except Exception as error:
        message = f"the rule {rule.id} failed: {type(error).__name__}: {error}"
        found = Problem(source.shown, 1, CRASHED, message, "a rule that holds", Severity.OBSERVATION, rule.id)
        report.findings[guideline.key].append(found)
        return
    report.examined[rule.id] += len(cases)
    for case in cases:
        if case.fault:
            finding = (case.where, rule.id, case.about, case.fault, case.hint, False)
            (problem,) = to_problems(iter([finding]), source, case.explained)
            report.findings[guideline.key].append(problem)


def new_in(record: Record, guideline: Guideline) -> list[Problem]:
    """The findings of a guideline that the one before does not have, without those the record explains."""
    before = previous(record, guideline)
    old = {(found.code, found.about) for found in report(record).findings[before.key]} if before else set()
    return [
        found
        for found in report(record).findings[guideline.key]
        if not found.known and (found.code, found.about) not in old
    ]
