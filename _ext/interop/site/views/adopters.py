"""Lists of tests that others keep: beside each guideline, what they leave out and what they have more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from ...analysis import adoption
from ...analysis.adoption import Beside
from ...analysis.analysis import Analysis
from ...analysis.history import is_id, latest, strongest
from ...record.adopters import Adopter
from ...record.drift import Drift
from ...record.model import Guideline
from .. import urls
from .common import View, component, guideline_link, newest_first, test_page


def index(analysis: Analysis) -> View:
    """All lists, each beside the guideline that it is made from."""
    return {"lists": [_row(analysis, one) for one in analysis.record.adopters.values()]}


def of_guideline(analysis: Analysis, guideline: Guideline) -> list[View]:
    """The lists that are made from a guideline."""
    return [_row(analysis, one) for one in analysis.record.adopters.values() if one.guideline == guideline.key]


def _row(analysis: Analysis, adopter: Adopter) -> View:
    beside = adoption.own(analysis, adopter)
    return {
        "key": adopter.key,
        "title": adopter.title,
        "to": urls.adopter(adopter.key),
        "date": adopter.date,
        "lines": len(adopter.tests),
        "guideline": guideline_link(analysis.record, analysis.record.guidelines[adopter.guideline]),
        "numbers": _numbers(beside) if beside else {},
    }


def _numbers(beside: Beside) -> View:
    return {
        "both": len(beside.both),
        "only_guideline": len(beside.only_guideline),
        "flagged": len(beside.flagged),
        "only_list": len(beside.only_list),
        "undecided": len(beside.undecided),
    }


def view(analysis: Analysis, key: str) -> View:
    """The view of the list ``key``."""
    record = analysis.record
    adopter = record.adopters[key]
    found = {one.guideline.key: one for one in adoption.every(analysis, adopter)}
    own = found.get(adopter.guideline)
    order = (one.key for program in record.programs() for one in newest_first(record, program))
    rows = [found[key] for key in order if key in found]
    return _row(analysis, adopter) | {
        "description": adopter.description,
        "source": {name: getattr(adopter, name) for name in ("repository", "path", "commit", "date")},
        "components": [component(record.catalogue, name) for name in adopter.components],
        "tests": len({key for _, key in adoption.keys(analysis, adopter)}),
        "today": _today(analysis, adopter),
        "beside": [guideline_link(record, one.guideline) | _numbers(one) for one in rows],
        "left_out": _left_out(analysis, adopter, own) if own else [],
        "more": _more(analysis, own) if own else [],
        "history": [asdict(state) for state in adopter.history],
        "file": f"guidelines/adopters/{key}.yaml",
    }


def _today(analysis: Analysis, adopter: Adopter) -> View:
    """How many lines are exactly as today's suites list their tests; empty if the suites were never read."""
    drift: Drift = analysis.record.drift
    if not drift.date:
        return {}
    lines = [(line.text, drift.tests.get(key)) for line, key in adoption.keys(analysis, adopter)]
    return {
        "date": drift.date,
        "suites": [f"{name} {version}" for name, version in drift.suites.items()],
        "ready": sum(test is not None and test.line == text for text, test in lines),
        "gone": sum(test is None for _, test in lines),
    }


def _left_out(analysis: Analysis, adopter: Adopter, own: Beside) -> list[View]:
    """The tests that only the guideline has, by reason; those without a reason that a public source gives come last."""
    groups: list[View] = []
    rest = set(own.only_guideline)
    for entry in adopter.left_out:
        mine = rest & set(entry.tests)
        rest -= mine
        groups.append({"reason": entry.reason, "sources": list(entry.sources), "tests": mine})
    groups.append({"reason": "", "flagged": True, "sources": [], "tests": rest & own.flagged})
    groups.append({"reason": "", "flagged": False, "sources": [], "tests": rest - own.flagged})
    return [group | {"tests": _tests(analysis, group["tests"])} for group in groups if group["tests"]]


def _more(analysis: Analysis, own: Beside) -> list[View]:
    """The tests that only the list has, by what this or the newest other guideline that has them says of them."""
    groups: dict[tuple[str, str], set[str]] = {}
    for key in own.only_list:
        groups.setdefault(_known(analysis, key, own.guideline), set()).add(key)
    record = analysis.record
    order = {key: place for place, key in enumerate(("", *record.guidelines))}
    return [
        {
            "guideline": guideline_link(record, record.guidelines[guideline]) if guideline else None,
            "status": status,
            "tests": _tests(analysis, groups[guideline, status]),
        }
        for guideline, status in sorted(groups, key=lambda one: (order[one[0]], one[1]))
    ]


def _known(analysis: Analysis, key: str, guideline: Guideline) -> tuple[str, str]:
    """The guideline that tells something of a test, and the status there; both empty if none has the test."""
    places = analysis.test_places.get(key, [])
    if not places:
        return "", ""
    here = [place for place in places if place.guideline is guideline]
    place = here[0] if here else latest(places)
    status = strongest(analysis.statuses(place.guideline, place.capability))
    return place.guideline.key, status.value if status else ""


def _tests(analysis: Analysis, keys: Iterable[str]) -> list[View]:
    rows = []
    for key in keys:
        places = analysis.test_places.get(key, [])
        rows.append(
            {
                "id": key if is_id(key) else "",
                "name": latest(places).test.name if places else key,
                "to": test_page(analysis, key) if places else "",
            }
        )
    return sorted(rows, key=lambda row: row["name"])
