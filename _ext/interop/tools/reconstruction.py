"""Compares a partial guideline with its official file: where the reconstruction was right, and where wrong.

A fact is *right* or *wrong* if both have it, *missing* if only the official file has it, *too many* if only the partial
one has it, and *not known* if the partial file leaves it open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from ..analysis.facts import Facts
from ..record.catalogue import Catalogue
from ..record.model import GROUP, Guideline, Status, Test, is_capability
from ..record.problems import errors, show
from ..record.record import Record
from . import official_files
from .official_files import Given, Result

#: The columns of the table.
COLUMNS = ("right", "wrong", "missing", "too many", "not known")


@dataclass
class Row:
    """A row of the table: its title, the number of facts by column, and a line for each that is not right."""

    title: str
    counts: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)

    def add(self, column: str, line: str = "", number: int = 1) -> None:
        """Count a fact, or a ``number`` of them; ``line`` describes it."""
        self.counts[column] += number
        if line and column != "right":
            self.lines.append(f"{column}: {line}")


@dataclass(frozen=True)
class Comparison:
    """The rows of a comparison, and the guideline that is compared."""

    guideline: Guideline
    rows: list[Row]

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong, missing or too many."""
        return not any(row.counts[column] for row in self.rows for column in ("wrong", "missing", "too many"))


def run(given: Given, record: Record) -> Iterator[Result]:
    """Compare the partial guidelines of the record with their official files in what is given, one after the other."""
    files, problems = official_files.find(given, record.catalogue.data["programs"])
    for problem in errors(problems):
        yield Result(f"{show(problem.path, 500, quote=False)}: not compared", [problem])
    for file in files:
        partial = record.guidelines.get(file.key)
        if partial and partial.is_partial:
            official, _, problems = official_files.read(file)
            if official is None or official.is_partial:
                yield Result(f"{file.key}: not compared", problems)
                continue
            compared = compare(partial, official, record.catalogue)
            text = "\n".join((f"{file.key}: the partial file, compared with {file.shown}", *to_lines(compared)))
            yield Result(text, problems, compared.is_right)


def compare(partial: Guideline, official: Guideline, catalogue: Catalogue) -> Comparison:
    """Compare a partial guideline with the guideline in its official file. Tests are compared by their ids."""
    ours, theirs = _Side(partial, catalogue), _Side(official, catalogue)
    rows = [
        _tests(ours, theirs),
        *_tests_by_status(ours, theirs),
        _names(ours, theirs),
        _flags(ours, theirs),
        *_capabilities(ours, theirs, list(catalogue.data["evidence"])),
        *_statuses(ours, theirs),
        _guideline(ours, theirs),
    ]
    return Comparison(partial, [row for row in rows if row.counts])


class _Side:
    """One of the two guidelines, by the keys of its tests."""

    def __init__(self, guideline: Guideline, catalogue: Catalogue) -> None:
        self.guideline = guideline
        self.facts = Facts(guideline, catalogue, {})
        #: The places of each test, by capability or group.
        self.places: dict[str, dict[str, Test]] = {}
        for capability, tests in self.facts.tests.items():
            for key, test in tests.items():
                self.places.setdefault(key, {})[capability] = test
        #: Tests that are in a group, because their capability is not known.
        self.open = {key for key, places in self.places.items() if not all(map(is_capability, places))}

    def listed(self, component: str, status: Status) -> set[str]:
        """The tests that a component has under a status."""
        statuses = self.facts.components.get(component, {})
        return {key for key, places in self.places.items() if any(statuses.get(name) is status for name in places)}

    def names(self, key: str) -> set[str]:
        """The names and aliases of a test."""
        return {name for test in self.places[key].values() for name in (test.name, *test.aliases)}

    def is_flagged(self, key: str) -> bool:
        """Whether a test is flagged in any place."""
        return any(test.flag is not None for test in self.places[key].values())

    def shown(self, key: str) -> str:
        """A test for a line: its first name and its key."""
        name = min(test.name for test in self.places[key].values())
        return f"{name} [{key}]" if name != key else name


def _tests(ours: _Side, theirs: _Side) -> Row:
    row = Row("tests")
    _sets(row, ours, theirs, set(ours.places), set(theirs.places))
    return row


def _sets(row: Row, ours: _Side, theirs: _Side, mine: set[str], other: set[str], untold: Collection[str] = ()) -> None:
    """Compare two sets of tests; the partial guideline does not tell whether those in ``untold`` belong to its set."""
    for key in sorted(mine | other):
        column = "right" if key in mine & other else "too many" if key in mine else "missing"
        if column == "missing" and key in untold:
            column = "not known"
        row.add(column, (ours if key in mine else theirs).shown(key))


def _tests_by_status(ours: _Side, theirs: _Side) -> Iterator[Row]:
    for component in {**ours.facts.components, **theirs.facts.components}:
        untold = ours.listed(component, Status.UNKNOWN)
        for status in Status:
            if status is not Status.UNKNOWN:
                row = Row(f"{status} in {component}")
                _sets(row, ours, theirs, ours.listed(component, status), theirs.listed(component, status), untold)
                yield row


def _names(ours: _Side, theirs: _Side) -> Row:
    row = Row("names of tests")
    for key in sorted(ours.places.keys() & theirs.places.keys()):
        mine, other = ours.names(key), theirs.names(key)
        only = [f"only {where}: {', '.join(sorted(names))}" for where, names in (
            ("here", mine - other), ("in the official file", other - mine)
        ) if names]  # fmt: skip
        row.add("wrong" if only else "right", f"{key}: {'; '.join(only)}")
    return row


def _flags(ours: _Side, theirs: _Side) -> Row:
    row = Row("flags")
    for key in sorted(ours.places.keys() & theirs.places.keys()):
        mine, other = ours.is_flagged(key), theirs.is_flagged(key)
        if mine or other:
            row.add("right" if mine and other else "too many" if mine else "missing", ours.shown(key))
    return row


def _capabilities(ours: _Side, theirs: _Side, grades: list[str]) -> Iterator[Row]:
    """The capabilities of the tests that both have, by the grade of their evidence; a test may be in several."""
    rows = {grade: Row(f"capabilities, {grade}") for grade in grades}
    grouped: Counter[tuple[str, str, str]] = Counter()
    for key in sorted(ours.places.keys() & theirs.places.keys()):
        mine, other = ours.places[key], set(theirs.places[key])
        official = ", ".join(sorted(other))
        for name, test in mine.items():
            grade = test.evidence.grade if test.evidence else ""
            row = rows.setdefault(grade, Row(f"capabilities, {grade}"))
            if is_capability(name):
                row.add("right" if name in other else "wrong", f"{ours.shown(key)}: {name}; official: {official}")
            else:
                grouped[grade, name, official] += 1
        if key not in ours.open and mine.keys() <= other:
            for name in sorted(other - mine.keys()):
                row.add("missing", f"{ours.shown(key)}: {name}")
    for (grade, name, official), number in sorted(grouped.items()):
        rows[grade].add("not known", f"{number} of the group {name.removeprefix(GROUP)}; official: {official}", number)
    yield from rows.values()


def _statuses(ours: _Side, theirs: _Side) -> Iterator[Row]:
    for component in {**ours.facts.components, **theirs.facts.components}:
        row = Row(f"statuses in {component}")
        mine, other = ours.facts.components.get(component, {}), theirs.facts.components.get(component, {})
        for name in sorted(mine.keys() | other.keys()):
            if is_capability(name):
                before, after = mine.get(name), other.get(name)
                row.add(_column(ours, theirs, name, before, after), f"{name}: {_pair(before, after)}")
        yield row


def _column(ours: _Side, theirs: _Side, name: str, before: Status | None, after: Status | None) -> str:
    """The column of the status of a capability."""
    if before is None:
        # The partial file cannot list a capability of which it has no test under its name.
        tests = theirs.facts.tests.get(name, {}).keys()
        return "not known" if not tests or tests & ours.open else "missing"
    if before is Status.UNKNOWN:
        return "not known"
    return "right" if before is after else "wrong" if after else "too many"


def _pair(before: object, after: object) -> str:
    return f"{before or 'not listed'}; official: {after or 'not listed'}"


def _guideline(ours: _Side, theirs: _Side) -> Row:
    row = Row("guideline")
    mine, other = _facts(ours), _facts(theirs)
    for name in {**mine, **other}:
        before, after = mine.get(name, ""), other.get(name, "")
        if before or after:
            column = "not known" if not before else "right" if before == after else "wrong" if after else "too many"
            row.add(column, f"{name}: {_pair(before, after)}")
    return row


def _facts(side: _Side) -> Mapping[str, str]:
    """The facts of a file about the guideline as a whole; facts that it does not have are empty."""
    guideline = side.guideline
    facts = {
        "status": guideline.status,
        "replaces": guideline.replaces_id,
        "target approval": guideline.approval,
        "releases": ", ".join(guideline.releases),
    }
    marks = (*guideline.platforms, *guideline.add_ons)
    return facts | {mark.name: ", ".join(sorted(item.name for item in mark.components)) for mark in marks}


def to_lines(comparison: Comparison) -> Iterator[str]:
    """The comparison as lines for a terminal: a table, and below it everything that is not right."""
    width = max(len(row.title) for row in comparison.rows)
    yield f"{'':{width}}" + "".join(f"{column:>10}" for column in COLUMNS)
    for row in comparison.rows:
        yield f"{row.title:{width}}" + "".join(f"{row.counts[column] or '-':>10}" for column in COLUMNS)
    for row in comparison.rows:
        if row.lines:
            yield f"{row.title}:"
            yield from (f"  {line}" for line in row.lines)
