"""The data of the page that checks runs and lists, read back by other code: they are the facts of the record."""

from __future__ import annotations

import json
from typing import Any

import pytest
from interop.analysis import test_lists
from interop.analysis.score import Scorer
from interop.site import check_data, list_data


@pytest.fixture(scope="module")
def files(real_analysis) -> dict[str, str]:
    tests = check_data.Tests(real_analysis)
    texts = check_data.texts(real_analysis, tests) | list_data.texts(real_analysis, tests)
    return {path: text() for path, text in texts.items()}


def value(text: str) -> Any:
    """What a script assigns."""
    name, _, data = text.partition(" = ")
    assert name.startswith("interop") and data.endswith(";\n")
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


def test_every_place_of_every_test(files, tests, real_analysis):
    """The guideline, the capability with its statuses, the flag, and the names there."""
    found, expected = [], []
    for guideline in real_analysis.record.guidelines.values():
        data = value(files[f"check-data/lists/{guideline.key}.js"])
        for at, number, flagged, *names in data["tests"]:
            capability, *statuses = data["capabilities"][at]
            key, every = tests[number]
            found.append((guideline.key, capability, key, bool(flagged), [every[one] for one in names]))
            by_component = dict(zip(guideline.components, statuses, strict=True))
            assert {one: status for one, status in by_component.items() if status} == guideline.statuses(capability)
    for key, places in real_analysis.test_places.items():
        expected += [(p.guideline.key, p.capability, key, p.test.flag is not None, list(p.names)) for p in places]
    assert sorted(found) == sorted(expected)


def test_todays_suites(files, tests, real_analysis):
    data, drift = value(files["check-data/lists.js"]), real_analysis.record.drift
    found = {
        tests[int(number)][0]: tests[int(number)][1][name] + rest for number, (name, rest) in data["today"].items()
    }
    assert found == {key: one.line for key, one in drift.tests.items()}
    assert (data["date"], data["suites"]) == (drift.date, drift.suites)


def test_the_files_are_small(files):
    """What a browser loads for a guideline of OpenStack Powered: all tests, and all guidelines of the program."""
    powered = [text for path, text in files.items() if path.startswith("check-data/powered/")]
    assert max(map(len, powered)) < 20_000
    assert len(files["check-data/tests.js"]) + sum(map(len, powered)) < 300_000
