"""The data of the page that checks a run: the tests of all guidelines, and what each guideline requires.

They are scripts that assign one value, since a browser loads no data file from a folder on disk. The page loads those
that it needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..analysis import test_lists, verdict_format
from ..analysis.analysis import Analysis
from ..analysis.score import Scorer, Wanted
from ..record.model import Guideline
from . import urls


def files(analysis: Analysis) -> Iterator[tuple[str, str]]:
    """Path and text of each file."""
    scorer = Scorer(analysis)
    keys = sorted(scorer.names.names)
    names = {key: sorted(scorer.names.names[key]) for key in keys}
    yield urls.CHECK_TESTS, f"interopTests = {_json(_tests(analysis, names))};\n"
    numbers = {key: number for number, key in enumerate(keys)}
    for guideline in analysis.record.guidelines.values():
        if targets := list(test_lists.targets(analysis.record, guideline)):
            wanted = [scorer.wanted(guideline, target) for target in targets]
            data = _Guideline(wanted, numbers, names).data()
            data |= {"sha256": verdict_format.digest(analysis.record, guideline)} | _evidence(guideline)
            text = _json(data)
            yield urls.check_guideline(guideline.key), f"interopGuidelines[{_json(guideline.key)}] = {text};\n"


def _tests(analysis: Analysis, names: dict[str, list[str]]) -> dict[str, Any]:
    """All tests, with these fields:

    - ``as_of``, the day of the record; ``notice``, what a verdict is and is not;
    - ``prefixes`` of names, each with its dot;
    - ``tests``, by number: the id, or the name if there is none; each name as the number of its prefix, and the rest.
    """
    prefixes: dict[str, int] = {}
    tests = []
    for key, every in names.items():
        parts: list[int | str] = []
        for name in every:
            owner, dot, method = name.rpartition(".")
            parts += (prefixes.setdefault(owner + dot, len(prefixes)), method)
        tests.append([key, *parts])
    notice = verdict_format.NOTICE
    return {"as_of": analysis.record.as_of(), "notice": notice, "prefixes": list(prefixes), "tests": tests}


def _evidence(guideline: Guideline) -> dict[str, str]:
    return {"evidence": guideline.evidence.grade} if guideline.evidence else {}


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


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("],[", "],\n[")
