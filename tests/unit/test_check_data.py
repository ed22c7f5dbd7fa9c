"""The data of the page that checks a run, read back without the code that wrote them: what score works with."""

from __future__ import annotations

import json
from typing import Any

import pytest
from interop.analysis import test_lists
from interop.analysis.score import Scorer
from interop.site import check_data


@pytest.fixture(scope="module")
def files(real_analysis) -> dict[str, str]:
    return {path: text() for path, text in check_data.texts(real_analysis, check_data.Tests(real_analysis)).items()}


def value(text: str) -> Any:
    """What a script assigns."""
    name, _, data = text.partition(" = ")
    assert name.startswith(("interopTests", "interopGuidelines[")) and data.endswith(";\n")
    return json.loads(data.removesuffix(";\n"))


@pytest.fixture(scope="module")
def tests(files) -> list[tuple[str, list[str]]]:
    """The key and the names of each test."""
    data = value(files["check-data/tests.js"])
    prefixes = data["prefixes"]
    pairs = [(key, list(zip(parts[::2], parts[1::2], strict=True))) for key, *parts in data["tests"]]
    return [(key, [prefixes[number] + rest for number, rest in names]) for key, names in pairs]


def test_all_names_of_all_tests(tests, real_analysis):
    assert {key: frozenset(names) for key, names in tests} == Scorer(real_analysis).names.names


def test_every_guideline_and_target(files, tests, real_analysis):
    """The required, flagged and undecided tests, their titles, the names that identify them, and their grades."""
    scorer, record, compared = Scorer(real_analysis), real_analysis.record, 0
    for guideline in record.guidelines.values():
        for target in test_lists.targets(record, guideline):
            data = value(files[f"check-data/{guideline.key}.js"])
            wanted, found = scorer.wanted(guideline, target), data["targets"][target]
            flags = {
                name: {tests[max(number, -1 - number)][0]: number < 0 for number in data["capabilities"][name]}
                for name in found["capabilities"]
            }
            assert flags == wanted.capabilities
            assert {tests[number][0] for number in found["undecided"]} == wanted.undecided
            grades = {tests[number][0]: grade for grade, numbers in found["grades"].items() for number in numbers}
            assert grades == wanted.grades
            by_key = {tests[int(number)][0]: (tests[int(number)][1], rest) for number, rest in data["tests"].items()}
            for key, mine in wanted.names.items():
                every, (title, *foreign) = by_key[key]
                assert every[title] == wanted.titles[key]
                assert {name for place, name in enumerate(every) if place not in foreign} == mine
                assert (-1 in foreign) == (key in wanted.without_id)
            compared += 1
    assert compared > 50


def test_the_files_are_small(files):
    """What a browser loads for a guideline of OpenStack Powered: all tests, and all guidelines of the program."""
    powered = [text for path, text in files.items() if path.startswith("check-data/powered/")]
    assert max(map(len, powered)) < 20_000
    assert len(files["check-data/tests.js"]) + sum(map(len, powered)) < 300_000
