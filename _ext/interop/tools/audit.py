"""Everything that ``check`` reports, and what is new in it: not known yet, or not in the committed state.

*Known* is an observation or finding that ``observations.yaml`` lists with a reason, a finding that its rule explains,
and, in a draft, one that the previous guideline has too. Findings of dated guidelines are history: they are never new,
but those that the commit does not have are told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ..analysis.analysis import Analysis
from ..record.kept import Kept
from ..record.observations import Key
from ..record.problems import Problem, errors
from ..record.record import Record
from . import committed
from .checkout import Unreadable


@dataclass(frozen=True)
class Skipped:
    """The programs on whose guidelines the process rules are not evaluated because of errors: some, or all of them."""

    programs: Collection[str] = ()
    everything: bool = False

    def __contains__(self, program: str) -> bool:
        return self.everything or program in self.programs

    def __str__(self) -> str:
        """What is said of them; empty if there are none."""
        which = "" if self.everything else f" for {', '.join(self.programs)}"
        return f"the process rules are evaluated{which} when the errors are corrected" if which != " for " else ""


@dataclass(frozen=True)
class Commit:
    """What the committed state has: the keys of its problems, and of its findings.

    ``skipped`` are the programs whose findings errors hide. ``guidelines`` are the keys of its guidelines: a new one
    may have what the previous one has.
    """

    problems: Collection[Key]
    findings: Collection[Key]
    skipped: Skipped
    guidelines: Collection[str]


@dataclass(frozen=True)
class Item:
    """A problem or a finding. ``is_new``: it has to be put right or listed; ``since``: the commit does not have it."""

    problem: Problem
    is_new: bool
    since: bool
    #: Whether a process rule found it, and whether ``observations.yaml`` lists such a finding.
    is_finding: bool = False
    is_listed: bool = False

    @property
    def is_told(self) -> bool:
        """Whether it is reported even if not everything is."""
        return self.is_new or (self.since and not self.problem.known)


def run(record: Record, problems: Iterable[Problem], commit: Commit | None) -> list[Item]:
    """All problems and findings: first those that the commit does not have, then other new ones, then the rest.

    ``commit`` is the committed state; None if that is not known, or the same.
    """
    problems = list(problems)
    found = [*_problems(record, problems, commit), *_findings(record, problems, commit)]
    return sorted(found, key=lambda item: (not item.is_told, not item.since, item.problem))


def _problems(record: Record, problems: Iterable[Problem], commit: Commit | None) -> Iterator[Item]:
    for problem in problems:
        yield Item(problem, not problem.known, _is_since(record, problem, commit.problems if commit else None))


def _findings(record: Record, problems: list[Problem], commit: Commit | None) -> Iterator[Item]:
    """The findings of the programs that can be evaluated, and listed findings that are stale if all can."""
    skipped = unevaluated(record, problems)
    if skipped.everything:
        return
    analysis = Analysis(record)
    for key, findings in analysis.report.findings.items():
        guideline = record.guidelines[key]
        if guideline.program in skipped:
            continue
        committed_ones = commit.findings if commit and guideline.program not in commit.skipped else None
        is_added = commit is not None and key not in commit.guidelines
        before = record.before(guideline) if guideline.in_preparation or is_added else None
        new = analysis.report.new_in(key, before.key if before else "")
        for found in findings:
            since = _is_since(record, found, committed_ones)
            if before and not found.known and (is_added or not since) and found not in new:
                found = replace(found, known=f"{before.id} has the same")
            is_listed = record.known_findings.key(found) in record.known_findings.entries
            yield Item(found, guideline.in_preparation and not found.known, since, True, is_listed)
    # The file of a listed finding may be replaced by one outside the record, or may not be evaluated.
    if not record.known_findings.places and not _wrong(problems):
        yield from _problems(record, analysis.report.stale, commit)


def unevaluated(record: Record, problems: list[Problem]) -> Skipped:
    """The programs whose guidelines cannot be evaluated, by name.

    A guideline is compared with the others of its program, as they are and as they were approved: if one of these files
    could not be read, the findings would be others. All need the catalogue and the list of what is known.
    """
    read = {source.shown for source in record.sources.values()}
    places = [record.known_findings.place(one.path) for one in _wrong(problems) if one.path not in read]
    if record.catalogue.broken or "observations" in places:
        return Skipped(everything=True)
    folders = {place.removeprefix("amendments/").partition("/")[0] for place in places}
    return Skipped(sorted(folders & {*record.catalogue.data["programs"], *record.programs()}))


def _wrong(problems: list[Problem]) -> list[Problem]:
    """The errors but for stale entries of what is known, which hide nothing."""
    return [problem for problem in errors(problems) if problem.code != "stale-known"]


def _is_since(record: Record, problem: Problem, commit: Collection[Key] | None) -> bool:
    return commit is not None and key_of(record, problem) not in commit


def key_of(record: Record, problem: Problem) -> Key:
    """The key of a problem in all states of a record, in which lines change."""
    return record.known_findings.key(problem)


def in_commit(root: Path, has_more: bool, kept: Kept) -> Commit | None:
    """The problems and findings in the commit that is checked out; None if they cannot differ.

    ``has_more``: there are files outside the record; ``kept`` has what was read from the record. Without git or a
    commit nothing is known to differ.
    """
    try:
        snapshot = committed.at(root)
        if not has_more and not snapshot.changed():
            return None
        record, problems = snapshot.load(kept)
    except (Unreadable, OSError):
        return None
    return commit_of(record, problems)


def commit_of(record: Record, problems: list[Problem]) -> Commit:
    """What the record of a commit has; ``problems`` are those that the loader returned."""
    found = {is_finding: set[Key]() for is_finding in (False, True)}
    for item in run(record, problems, None):
        found[item.is_finding].add(key_of(record, item.problem))
    return Commit(found[False], found[True], unevaluated(record, problems), record.guidelines.keys())
