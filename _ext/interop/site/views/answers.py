"""The top of a guideline's page: what each component asks for, all flagged tests, comparisons, and the contents."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from ...analysis.analysis import Analysis
from ...analysis.test_lists import TARGETS, Published
from ...record.model import Capability, Component, Guideline, Status, Test, is_capability
from ...record.record import Record
from .. import urls
from . import numbers
from .common import View, capability, component, flag, guideline_link

#: The URL of a bug or a review, or the id of a commit, and what each is called.
_REFERENCES = (
    (re.compile(r"//bugs\.launchpad\.net/.*?(\d+)/?$"), "bug {}"),
    (re.compile(r"//review\.[^/]*/.*?(\d{4,})(?:/\d+)?/?$"), "review {}"),
    (re.compile(r"^([0-9a-f]{10})[0-9a-f]{30}$"), "commit {}"),
)


def answer(analysis: Analysis, guideline: Guideline) -> list[View]:
    """The requirements of each component in numbers, with its test list; last, those of several components together.

    ``shared`` capabilities and tests are required by more than one component: with them, the numbers of the components
    add up to those of the last row. Its name is empty.
    """
    lists = {one.target: one for one in analysis.published(guideline) if _is_must_pass(one)}
    rows = [_component(analysis, guideline, given, lists) for given in guideline.components.values()]
    counts = numbers.of_guideline(analysis, guideline)
    tests = counts["must_pass"] + counts["flagged"]
    together = {
        "name": "",
        "title": "Together",
        "capabilities": counts["required"],
        "shared": sum(row["capabilities"] for row in rows) - counts["required"],
        "groups": 0,
        "tests": tests,
        "shared_tests": sum(row["tests"] for row in rows) - tests,
        "flagged": counts["flagged"],
        "must_pass": counts["must_pass"],
        "shared_must_pass": sum(row["must_pass"] for row in rows) - counts["must_pass"],
        "others": [],
        "list": _list(guideline, lists.get("platform")),
    }
    return [*rows, together] if len(rows) > 1 else rows


def _component(analysis: Analysis, guideline: Guideline, given: Component, lists: dict[str, Published]) -> View:
    named = component(analysis.record.catalogue, given.name)
    names = given.capabilities[Status.REQUIRED]
    counted = numbers.of_capabilities(analysis, guideline, names)
    target = next((name for name, key in TARGETS.items() if key == named["key"]), "")
    return named | {
        **_numbers(names),
        "shared": 0,
        "tests": counted["tests"],
        "shared_tests": 0,
        "flagged": counted["flagged"],
        "must_pass": counted["tests"] - counted["flagged"],
        "shared_must_pass": 0,
        "others": [
            {"status": status.value} | _numbers(others)
            for status, others in given.capabilities.items()
            if others and status is not Status.REQUIRED
        ],
        "list": _list(guideline, lists.get(target)),
    }


def _numbers(names: Collection[str]) -> View:
    """The number of capabilities, and of groups of tests whose capability is not known."""
    known = sum(map(is_capability, names))
    return {"capabilities": known, "groups": len(names) - known}


def _is_must_pass(one: Published) -> bool:
    """Whether it is the list of the required tests that are not flagged, under all their names."""
    return one.types == (Status.REQUIRED,) and one.aliases and not one.flagged


def _list(guideline: Guideline, one: Published | None) -> View | None:
    return {"path": urls.test_list(guideline, one), "number": len(one.lines)} if one else None


def flagged(analysis: Analysis, guideline: Guideline) -> list[View]:
    """Every flagged test of a guideline by its short name, with its capabilities and its flag.

    A test that several capabilities flag for the same reason is one row. ``required`` is whether it would have to
    pass without the flag: whether a component requires one of the capabilities. ``before`` is the last flag of the test
    with a reason in an earlier guideline, if this one's has none.
    """
    found: dict[tuple[Any, ...], View] = {}
    for given in guideline.capabilities.values():
        for test in given.tests:
            if test.flag is not None:
                row = found.setdefault((test.id or test.name, test.flag), _flagged(analysis, guideline, given, test))
                row["capabilities"].append(capability(guideline, given.name))
                row["required"] |= Status.REQUIRED in guideline.statuses(given.name).values()
    return sorted(found.values(), key=lambda row: (not row["required"], row["test"], row["name"]))


def _flagged(analysis: Analysis, guideline: Guideline, given: Capability, test: Test) -> View:
    record = analysis.record
    shown = flag(record.catalogue, test.flag) or {}
    return {
        "test": ".".join(test.name.rsplit(".", 2)[-2:]),
        "name": test.name,
        "to": f"{urls.test(test.id)}#flags" if test.id else urls.guideline(guideline.key, given.name),
        "capabilities": [],
        "required": False,
        "flag": shown,
        "before": None if shown["told"] else flag_before(analysis, guideline, test),
        "references": [_reference(address) for address in shown["references"]],
    }


def flag_before(analysis: Analysis, guideline: Guideline, test: Test) -> View | None:
    """The flag of the same test in the newest dated guideline before that gives a reason, or None."""
    earlier = [
        place
        for place in analysis.test_places[analysis.test_key(test)]
        if place.guideline.program == guideline.program and place.guideline.id < guideline.id and place.test.flag
        if place.test.flag.reason
    ]
    if not earlier:
        return None
    last = max(earlier, key=lambda place: place.guideline.id)
    shown = flag(analysis.record.catalogue, last.test.flag) or {}
    link = guideline_link(analysis.record, last.guideline) | {
        "to": urls.guideline(last.guideline.key, urls.test_anchor(test.id) or last.capability)
    }
    return {"guideline": link, "flag": shown}


def _reference(given: str) -> View:
    """A bug, a review or a commit by its number; without a target if it is not a URL."""
    found = ((pattern.search(given), text) for pattern, text in _REFERENCES)
    name = next((text.format(match[1]) for match, text in found if match), given)
    return {"text": name, "to": given if given.startswith(("http://", "https://")) else ""}


def comparisons(record: Record, guideline: Guideline) -> list[View]:
    """The comparisons with every other archived guideline of the program, the newest first, the draft last."""
    family = record.program(guideline.program)
    others = sorted((one for one in family if one is not guideline), key=lambda one: (not one.in_preparation, one.id))
    pairs = [(other, sorted((other, guideline), key=family.index)) for other in reversed(others)]
    return [guideline_link(record, other) | {"to": urls.diff(a, b)} for other, (a, b) in pairs]


def contents(view: View) -> list[View]:
    """The sections of a guideline's page that its view fills, in order: anchor and title."""
    is_guideline = not view["scoring"]
    blocks = [
        ("flagged-tests", "Flagged tests", view["flagged_tests"]),
        *((one["name"], one["title"], True) for one in view["components"]),
        ("not-listed", "Not listed" if is_guideline else "Scored, not core", view["unlisted"]),
        ("designated-sections", "Designated sections", is_guideline),
        ("criteria", "Criteria and weights", True),
        ("test-lists", "Test lists", view["lists"]),
        ("status", "Status over time", is_guideline),
        ("history", "History of the file", view["history"]),
        ("findings", "Rules of the process", is_guideline),
        ("adopters", "Lists made from it", view["adopters"]),
        ("evidence", "Evidence", view["partial"]),
        ("source", "Source data", True),
    ]
    return [{"anchor": anchor, "title": title} for anchor, title, shown in blocks if shown]
