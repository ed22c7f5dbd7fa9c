"""The results of a test run, whatever file they were read from, and which tests they are of.

A result has an outcome, the name of its test and the test's idempotent ids, as far as the file has them.
``setUpClass (<class>)`` and ``tearDownClass (<class>)`` are results of a class, not of a test, and
``unittest.loader._FailedTest.<module>`` is that of a module that could not be imported.
"""

from __future__ import annotations

import re
from collections.abc import Container, Set
from dataclasses import dataclass
from enum import StrEnum

from ..record.schemas import UUID


class Outcome(StrEnum):
    """What became of a required test, from the best to the worst. ``missing`` means that it has no result."""

    PASSED = "passed"
    FAILED = "failed"
    ERRORED = "errored"
    SKIPPED = "skipped"
    MISSING = "missing"


#: If a test has several results, the first of these counts.
_ORDER = {outcome: place for place, outcome in enumerate(Outcome)}
#: The most characters of a reason that are kept.
REASON = 300
_ID = re.compile(rf"\b(?:id-)?({UUID.form})\b", re.IGNORECASE)
_FIXTURE = re.compile(r"(?:setUpClass|tearDownClass|setUpModule|tearDownModule) ?\(([\w.]+)\)")
_IMPORT = re.compile(r"unittest\.loader\._FailedTest\.([\w.]+)")
#: The forms that have passed tests only: what RefStack took, and lists.
REFSTACK, LIST = "JSON of RefStack", "list of passed tests"
#: What stestr calls the result of a worker process that failed: no test.
PROCESS = "process-returncode"
#: The reasons of results that count as failed although nothing broke, by the status in subunit.
EXPECTED = {"xfail": "expected failure", "uxsuccess": "unexpected success"}


@dataclass(frozen=True)
class Result:
    """One result: the name of the test without brackets, its ids in lower case, the outcome, and the reason if given.

    The name is empty if the file has only ids. For a fixture it is the name of the class or module, and ``fixture`` is
    that of the method, such as ``setUpClass``, or ``import``.
    """

    name: str
    ids: frozenset[str]
    outcome: Outcome
    reason: str = ""
    fixture: str = ""


def result(test: str, outcome: Outcome, reason: str = "") -> Result:
    """The result of a test as runners write it: ``name[id-<uuid>,smoke]``, a name, or only an id."""
    said = " ".join(reason[: 2 * REASON].split())[:REASON]
    if fixture := _FIXTURE.fullmatch(test.strip()):
        return Result(fixture[1], frozenset(), outcome, said, test.strip().partition("(")[0].rstrip())
    if module := _IMPORT.fullmatch(test.strip()):
        return Result(module[1], frozenset(), outcome, said, "import")
    name, bracket, attributes = test.strip().partition("[")
    if bracket:
        return Result(name.rstrip(), ids_in(attributes), outcome, said)
    if alone := _ID.fullmatch(name):
        return Result("", frozenset({alone[1].lower()}), outcome, said)
    return Result(name.partition("(")[0].rstrip(), frozenset(), outcome, said)


def ids_in(text: str) -> frozenset[str]:
    """The idempotent ids in a text, in lower case and without ``id-``."""
    return frozenset(id.lower() for id in _ID.findall(text))


@dataclass
class Tally:
    """All results of one test, under whatever names: the best outcome, how many there are, and the other outcomes."""

    outcome: Outcome
    reason: str
    number: int = 1
    others: frozenset[Outcome] = frozenset()

    @property
    def outcomes(self) -> list[Outcome]:
        """All outcomes, the best first."""
        return sorted({self.outcome, *self.others}, key=_ORDER.__getitem__)

    def merge(self, other: Tally) -> None:
        """Add other results of the test."""
        self.number += other.number
        self.others |= {self.outcome, *other.outcomes}
        if _ORDER[other.outcome] < _ORDER[self.outcome]:
            self.outcome, self.reason = other.outcome, other.reason
        self.others -= {self.outcome}


class Run:
    """The results of a run, of which only those of known tests and of their classes are kept.

    ``names``, ``ids`` and ``classes`` are the known ones; memory depends on their number, not on that of results.
    ``tests`` are by the name of the test, its ids, as far as they are known, and whether the file gives it any.
    ``fixtures`` has, by class or module, what did not pass of its set-up and tear-down. ``others`` are the hashes of
    the names and ids of all other tests, ``number`` is that of all results, and ``forms`` are those of the files.
    ``processes`` is the number of worker processes that failed.
    """

    def __init__(self, names: Container[str], ids: Set[str], classes: Container[str]) -> None:
        self._names, self._ids, self._classes = names, ids, classes
        self.tests: dict[tuple[str, frozenset[str], bool], Tally] = {}
        self.fixtures: dict[str, dict[str, Tally]] = {}
        self.others = set[int]()
        self.number = 0
        self.processes = 0
        self.forms: list[str] = []

    def add(self, one: Result) -> None:
        """Add a result."""
        self.number += 1
        if one.fixture:
            self._add_fixture(one)
        elif one.name == PROCESS:
            self.processes += one.outcome is not Outcome.PASSED
        elif one.name in self._names or one.ids & self._ids:
            key = (one.name if one.name in self._names else "", one.ids & self._ids, bool(one.ids))
            if tally := self.tests.get(key):
                tally.merge(Tally(one.outcome, one.reason))
            else:
                self.tests[key] = Tally(one.outcome, one.reason)
        else:
            self.others.add(hash((one.name, one.ids)))

    def _add_fixture(self, one: Result) -> None:
        if one.name in self._classes and one.outcome is not Outcome.PASSED:
            self.fixtures.setdefault(one.name, {}).setdefault(one.fixture, Tally(one.outcome, one.reason))


def owners(name: str) -> tuple[str, str]:
    """The class of a test, and the module of the class: the names that fixtures have."""
    owner = name.rpartition(".")[0]
    return owner, owner.rpartition(".")[0]
