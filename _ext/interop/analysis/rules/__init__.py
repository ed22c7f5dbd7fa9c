"""The process rules: rules of the working group's process, evaluated on the guidelines. Findings are observations.

A rule is a check with the decorator :func:`.base.rule` in the module of its topic. The code of a finding is the rule's
id; ``known`` has the explanation of a finding with a known cause, or the reason in ``observations.yaml`` for which it
is kept.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import partial

from ...record import process, upgrade
from ...record.problems import Finding, Problem, raised, to_problems
from ..as_approved import AsApproved
from ..history import History
from . import amended, capabilities, chain, flags, scores, sections
from .base import Case, Rule

__all__ = ["CRASHED", "REGISTRY", "Case", "Report", "Rule", "run"]

#: Every rule by its id, in the order findings are shown.
REGISTRY: dict[str, Rule] = {
    found.id: found
    for module in (capabilities, sections, scores, flags, amended, chain)
    for found in vars(module).values()
    if isinstance(found, Rule)
}

#: Code of the finding for a rule that raised an exception.
CRASHED = "rule-crashed"


@dataclass
class Report:
    """The result of a run: findings by ``program/id`` of the guideline, and the number of cases of each rule.

    ``stale`` has an error for each listed finding that no rule reports, or that a rule explains itself, and for each
    listed code that is none.
    """

    findings: dict[str, list[Problem]] = field(default_factory=dict)
    stale: list[Problem] = field(default_factory=list)
    examined: Counter[str] = field(default_factory=Counter)

    def of(self, rule: str) -> list[tuple[str, Problem]]:
        """The findings of one rule, with the key of the guideline."""
        return [(key, found) for key, all in self.findings.items() for found in all if found.code == rule]

    def new_in(self, key: str, before: str) -> list[Problem]:
        """The findings of one guideline that another does not have, by rule and subject; ``before`` may be empty.

        A rule that failed is new in every guideline.
        """
        old = {(found.code, found.about) for found in self.findings.get(before, ()) if found.code != CRASHED}
        return [found for found in self.findings[key] if (found.code, found.about) not in old]


def run(history: History, registry: dict[str, Rule] | None = None, approved: AsApproved | None = None) -> Report:
    """Evaluate each rule on the guidelines for which it was in force. A rule that raises becomes a finding.

    What a guideline requires is looked at as it was approved, if the history of its file is archived: ``approved``, if
    that is known.

    A scoring, which is older than the process, has no findings, and a partial guideline has none: what it breaks might
    be what is not known of it.
    """
    report, approved = Report(), approved or AsApproved(history)
    for guideline in history.record.guidelines.values():
        report.findings[guideline.key] = []
        if guideline.is_scoring or guideline.is_partial:
            continue
        for rule in (REGISTRY if registry is None else registry).values():
            always = not rule.clause or rule.moment == "amended"
            if always or process.applies(history.record.catalogue, rule.clause, guideline):
                _evaluate(approved if rule.moment == "approved" else history, guideline.key, rule, report)
    listed = history.record.known_findings
    unexplained = {listed.key(found) for some in report.findings.values() for found in some if not found.known}
    report.findings = {key: listed.mark(found) for key, found in report.findings.items()}
    report.stale = listed.unknown(REGISTRY) + listed.stale(unexplained, REGISTRY)
    return report


def _evaluate(history: History, key: str, rule: Rule, report: Report) -> None:
    guideline, source, found = history.record.guidelines[key], history.record.sources[key], report.findings[key]
    line_of = partial(upgrade.line_of, source)
    try:
        cases = list(rule.check(history, guideline))
    except Exception as error:
        message = f"the rule {rule.id} failed {raised(error)}"
        crash = Finding((), CRASHED, rule.id, message, "fix the rule", is_error=False)
        found += to_problems([crash], source.shown, line_of)
        return
    report.examined[rule.id] += len(cases)
    for case in cases:
        if case.fault:
            finding = Finding(case.where, rule.id, case.about, case.fault, case.hint, is_error=False)
            found += to_problems([finding], source.shown, line_of, case.explained)
