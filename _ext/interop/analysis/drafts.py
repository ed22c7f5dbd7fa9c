"""What an editor asks of a guideline that is not approved yet: what it changes, what it breaks, what is stale in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..record.model import Guideline
from ..record.problems import Problem, Severity
from ..record.record import Record
from ..record.standing import AnyGuideline
from . import diff_format
from .analysis import Analysis
from .diff import KINDS, Diff, kind
from .rules import REGISTRY


def is_edited(guideline: Guideline) -> bool:
    """Whether a guideline is a draft that an editor may still change: nobody edits a reconstructed one."""
    return guideline.in_preparation and not guideline.is_partial


def follows(record: Record, guideline: Guideline) -> Guideline | None:
    """The newest complete guideline, drafts aside, not later than a draft's target approval, or than a dated one."""
    last = (guideline.approval_month or "9999") if guideline.is_draft else guideline.id
    family = (one for one in record.published(guideline.program) if one is not guideline and not one.is_partial)
    return max((one for one in family if one.id <= last), key=lambda one: one.id, default=None)


@dataclass(frozen=True)
class Size:
    """The changes in one component: capabilities by kind of change (:data:`.diff.KINDS`), tests added and dropped."""

    component: str
    kinds: dict[str, int]
    new: int
    gone: int


def sizes(diff: Diff) -> list[Size]:
    """The sizes of the changes in each component that has some."""
    found = []
    for name, moves in diff.capabilities.items():
        count = Counter(kind(move) for move in moves)
        kinds = {one: count[one] for one in KINDS if count[one]}
        found.append(Size(name, kinds, len(diff.newly_required(name)), len(diff.no_longer_required(name))))
    return found


def others(diff: Diff) -> list[tuple[str, str]]:
    """What else changes, in words, each with its anchor on the page of the comparison."""
    counted = {
        "flagged": ("required test{s} flagged", len(diff.flagged)),
        "unflagged": ("required test{s} no longer flagged", len(diff.unflagged)),
        "renamed": ("required test{s} renamed", len(diff.renamed)),
        "designated-sections": ("change{s} of designated sections", len(diff.sections)),
        "releases": ("change{s} of releases", len(diff.releases)),
        "criteria": ("weight{s} changed", len(diff.weights)),
        "cutoff": ("cutoff changed", int(diff.cutoff is not None)),
    }
    return [
        (anchor, f"{number} {text.format(s='s' * (number != 1))}")
        for anchor, (text, number) in counted.items()
        if number
    ]


def stale(record: Record, guideline: Guideline) -> Iterator[str]:
    """Sentences about what is out of date in a draft. Time is that of the record, whose latest event is its present."""
    target, now = guideline.approval_month, record.as_of()[:7].replace("-", ".")
    if later := record.overtaken_by(guideline):
        yield f"Its target approval was {target}; {later.id} is newer."
    elif target and target < now:
        yield f"Its target approval was {target}, before the latest event in the source data, of {now}, taken as today."
    newest = _newest(record, guideline)
    if newest and not guideline.replaces:
        yield f"It does not name the guideline that it replaces; the newest is {newest.id}."
    elif newest and guideline.replaces_key != newest.key:
        yield f"It replaces {guideline.replaces_id}; the newest guideline is {newest.id}."
    compared, before = follows(record, guideline), record.before(guideline)
    if compared and before and compared is not before:
        yield f"Its changes are those since {compared.id}; the rules compare it with {before.id}."


def _newest(record: Record, guideline: Guideline) -> AnyGuideline | None:
    """The newest other guideline of the program, archived or not."""
    newest = record.latest_known(guideline.program)
    return newest if newest and newest.key != guideline.key else None


def to_lines(analysis: Analysis, guideline: Guideline) -> Iterator[str]:
    """The preview as lines for a terminal, but for the problems of the guideline's file."""
    record = analysis.record
    status = record.standing(guideline.key).status or "status not known"
    yield f"{guideline.key}: {status}{', not approved' if is_edited(guideline) else ''}"
    if before := follows(record, guideline):
        yield f"\nChanges since {before.key}"
        yield from (f"  {line}" for line in _changes(analysis.compare(before, guideline)))
    found = analysis.new_findings(guideline)
    yield f"\nRules newly broken: {len(found)}"
    for finding in found:
        rule = REGISTRY.get(finding.code)
        yield f"  {finding}{f' [{rule.clause}]' if rule and rule.clause else ''}"
    if outdated := list(stale(record, guideline)):
        yield "\nOut of date"
        yield from (f"  {line}" for line in outdated)


def problem_lines(problems: list[Problem], everything: bool) -> Iterator[str]:
    """The problems of a guideline's file as lines: errors, then new observations, then, if ``everything``, known ones.

    The number of each kind comes first.
    """
    wrong = sum(problem.severity is Severity.ERROR for problem in problems)
    known = sum(bool(problem.known) for problem in problems)
    folded = "; for these: --all" if known and not everything else ""
    yield f"Errors: {wrong}; observations: {len(problems) - wrong}, {known} of them known{folded}"
    ordered = sorted(problems, key=lambda one: (one.severity is not Severity.ERROR, bool(one.known), one))
    yield from (f"  {problem}" for problem in ordered if everything or not problem.known)


def _changes(diff: Diff) -> Iterator[str]:
    yield diff_format.sentence(diff)
    for size in sizes(diff):
        kinds = [f"{number} {KINDS[one]}" for one, number in size.kinds.items()]
        yield f"{size.component}: {', '.join(kinds)}; tests: {size.new} added, {size.gone} dropped"
    yield from (text for _, text in others(diff))
