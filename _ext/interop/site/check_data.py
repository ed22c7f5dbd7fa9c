"""The data of the page that checks a run: the tests of all guidelines, and what each guideline requires.

They are scripts that assign one value, since a browser loads no data file from a folder on disk. The page loads those
that it needs.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property, partial
from typing import Any

from ..analysis import test_lists, verdict_format
from ..analysis.analysis import Analysis
from ..analysis.score import Scorer, Wanted
from ..record.model import Guideline
from . import urls


def texts(analysis: Analysis, tests: Tests) -> dict[str, Callable[[], str]]:
    """The files by path, each as a function that returns its text."""
    record = analysis.record
    having = (one for one in record.guidelines.values() if test_lists.targets(record, one))
    found: dict[str, Callable[[], str]] = {urls.CHECK_TESTS: tests.text}
    found |= {urls.check_guideline(one.key): partial(_text, tests, one) for one in having}
    return found


class Tests:
    """All tests by number, and the names of each: the oldest first, so that a new name changes no number."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.scorer = Scorer(analysis)

    @cached_property
    def names(self) -> dict[str, list[str]]:
        """The names of each test by its key, sorted by key."""
        every, places = self.scorer.names.names, self.analysis.test_places
        given = {key: [name for place in places[key] for name in place.names] for key in sorted(every)}
        return {key: list(dict.fromkeys((*names, *sorted(every[key])))) for key, names in given.items()}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each test by its key."""
        return {key: number for number, key in enumerate(self.names)}

    def text(self) -> str:
        """The script, with these fields:

        - ``as_of``, the day of the record; ``notice``, what a verdict is and is not; ``notes``, what is lost in a form;
          ``processes``, what a failure without a test means;
        - ``prefixes`` of names, each with its dot;
        - ``tests``, by number: the id, or the name if there is none; each name as a number of a prefix, and the rest.
        """
        prefixes: dict[str, int] = {}
        tests = []
        for key, names in self.names.items():
            parts: list[int | str] = []
            for owner, dot, method in (name.rpartition(".") for name in names):
                parts += (prefixes.setdefault(owner + dot, len(prefixes)), method)
            tests.append([key, *parts])
        told = {
            "as_of": self.analysis.record.as_of(),
            "notice": verdict_format.NOTICE,
            "notes": verdict_format.NOTES,
            "processes": verdict_format.PROCESSES,
        }
        return script("interopTests", told | {"prefixes": list(prefixes), "tests": tests})


def _text(tests: Tests, guideline: Guideline) -> str:
    """The script of a guideline: the fields of :meth:`_Guideline.data`, its digests, evidence and ``draft``."""
    record = tests.analysis.record
    wanted = [tests.scorer.wanted(guideline, target) for target in test_lists.targets(record, guideline)]
    data = _Guideline(wanted, tests.numbers, tests.names).data()
    data |= {"sha256": verdict_format.digest(record, guideline)}
    if official := verdict_format.official_digest(guideline):
        data |= {"official": official}
    if guideline.in_preparation:
        data |= {"draft": True}
    if guideline.evidence:
        data |= {"evidence": guideline.evidence.grade}
    return script(f'interopGuidelines["{guideline.key}"]', data)


class _Guideline:
    """What a guideline requires, with tests by number: the fields of :class:`.score.Wanted` for each target."""

    def __init__(self, wanted: list[Wanted], numbers: dict[str, int], names: dict[str, list[str]]) -> None:
        self._wanted, self._numbers, self._names = wanted, numbers, names

    def data(self) -> dict[str, Any]:
        """The data, with these fields:

        - ``tests``, by number: the number of the name in this guideline among all names of the test, those of the names
          that do not identify it, and ``-1`` if this guideline gives it no id;
        - ``capabilities`` that a target requires: the numbers of the tests, each ``-1 - number`` if it is flagged;
        - ``targets``: the required ``capabilities``, the ``undecided`` tests, and the ``grades`` of evidence.
        """
        return {
            "tests": {self._numbers[key]: self._test(one, key) for one in self._wanted for key in one.titles},
            "capabilities": {
                name: [-1 - self._numbers[key] if flagged else self._numbers[key] for key, flagged in tests.items()]
                for one in self._wanted
                for name, tests in one.capabilities.items()
            },
            "targets": {one.target: self._target(one) for one in self._wanted},
        }

    def _test(self, wanted: Wanted, key: str) -> list[int]:
        every, mine = self._names[key], wanted.names.get(key, frozenset())
        foreign = [number for number, name in enumerate(every) if name not in mine]
        return [every.index(wanted.titles[key]), *foreign, *([-1] if key in wanted.without_id else [])]

    def _target(self, wanted: Wanted) -> dict[str, Any]:
        grades: dict[str, list[int]] = {}
        for key, grade in wanted.grades.items():
            grades.setdefault(grade, []).append(self._numbers[key])
        undecided = [self._numbers[key] for key in sorted(wanted.undecided)]
        return {"capabilities": list(wanted.capabilities), "undecided": undecided, "grades": grades}


def script(name: str, data: object) -> str:
    """A script that assigns data."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("],[", "],\n[")
    return f"{name} = {text};\n"
