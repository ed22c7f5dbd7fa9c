"""The data with which the page carries and compares lists: the tests of every guideline, flags and today's suites.

Scripts as those of :mod:`.check_data`, whose numbers of tests and of names they have.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ..analysis import test_lists
from ..analysis.analysis import Analysis
from ..record.model import Flag, Guideline
from . import urls
from .check_data import Tests, script


def texts(analysis: Analysis, tests: Tests) -> dict[str, Callable[[], str]]:
    """The files by path, each as a function that returns its text."""
    found: dict[str, Callable[[], str]] = {urls.CHECK_LISTS: partial(_shared, tests)}
    found |= {urls.check_list(one.key): partial(_guideline, tests, one) for one in analysis.record.guidelines.values()}
    return found


def _shared(tests: Tests) -> str:
    """The script with these fields:

    - ``guidelines``: key, whether it is a draft, and whether it is a scoring, in order;
    - ``known``: the keys of all known guidelines of each program, in order;
    - ``date`` and ``suites`` of today's suites, and of each test in them the number of its name, and its brackets.
    """
    record = tests.analysis.record
    drift = record.drift
    today = {}
    for key, number in tests.numbers.items():
        if one := drift.tests.get(key):
            today[number] = [tests.names[key].index(one.name), one.line.removeprefix(one.name)]
    data = {
        "guidelines": [[one.key, one.in_preparation, one.is_scoring] for one in record.guidelines.values()],
        "known": {program: [one.key for one in record.known(program)] for program in record.programs()},
        "date": drift.date or None,
        "suites": dict(drift.suites),
        "today": today,
    }
    return script("interopLists", data)


def _guideline(tests: Tests, guideline: Guideline) -> str:
    """The script of a guideline, with these fields:

    - ``targets``: the numbers of the components of each;
    - ``capabilities``: name, and the status for each component or an empty text;
    - ``tests`` of each capability: the numbers of the capability and of the test, whether it is flagged, and those of
      its name and aliases;
    - ``flags`` by number of the test: date, code, reason and references of the last flag;
    - ``approved``: the day, or None.
    """
    record = tests.analysis.record
    components = list(guideline.components)
    events = record.standing(guideline.key).events
    listed, flags = [], {}
    for place, capability in enumerate(guideline.capabilities.values()):
        for test in capability.tests:
            key = tests.analysis.test_key(test)
            names = [tests.names[key].index(name) for name in (test.name, *test.aliases)]
            listed.append([place, tests.numbers[key], int(test.flag is not None), *names])
            if test.flag:
                flags[tests.numbers[key]] = _flag(tests.analysis, test.flag)
    data = {
        "targets": {
            target: [components.index(name) for name in names]
            for target, names in test_lists.targets(record, guideline).items()
        },
        "capabilities": [
            [name, *(str(guideline.statuses(name).get(one, "")) for one in components)]
            for name in guideline.capabilities
        ],
        "tests": listed,
        "flags": flags,
        "approved": next((event.date for event in events if event.event == "approved"), None),
    }
    return script(f'interopPlaces["{guideline.key}"]', data)


def _flag(analysis: Analysis, flag: Flag) -> list[Any]:
    catalogue = analysis.record.catalogue
    reason = catalogue.entry("flag-reasons", flag.reason) or {}
    wording = catalogue.wording("flag-reasons", flag.reason)
    return [flag.date or None, flag.code or None, wording, list(reason.get("references", ()))]
