"""The facts that revisions changed, in words: in full, in numbers, and short beside the fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from ...analysis.analysis import Analysis
from ...analysis.changed import Fact
from ...analysis.history import is_id
from ...record.model import Guideline
from .. import urls
from .common import View, component

#: What happened to a fact: beside the fact, and in numbers, of one and of several.
_WORDS = {
    "test added": ("added", "test added", "tests added"),
    "test dropped": ("test dropped", "test dropped", "tests dropped"),
    "test renamed": ("renamed", "test renamed", "tests renamed"),
    "test flagged": ("flagged", "test flagged", "tests flagged"),
    "test unflagged": ("no longer flagged", "test no longer flagged", "tests no longer flagged"),
    "flag changed": ("flag changed", "flag changed", "flags changed"),
    "alias added": ("alias added", "alias added", "aliases added"),
    "alias dropped": ("alias dropped", "alias dropped", "aliases dropped"),
    "id changed": ("id changed", "id of a test changed", "ids of tests changed"),
    "capability added": ("added", "capability added", "capabilities added"),
    "capability dropped": ("dropped", "capability dropped", "capabilities dropped"),
    "status added": ("listed", "capability listed", "capabilities listed"),
    "status dropped": ("no longer listed", "capability no longer listed", "capabilities no longer listed"),
    "status changed": ("status changed", "status of a capability changed", "statuses of capabilities changed"),
    "definition changed": ("definition changed", "fact of a definition changed", "facts of definitions changed"),
    "section changed": ("sections changed", "designated section changed", "designated sections changed"),
    "weight changed": ("weight changed", "weight changed", "weights changed"),
    "mark changed": ("marks changed", "mark changed", "marks changed"),
    "component changed": ("changed", "component changed", "components changed"),
    "repository changed": ("changed", "repository of tests changed", "repositories of tests changed"),
    "changed": ("changed", "other fact changed", "other facts changed"),
}
_OF_GUIDELINE = {
    "weights": "weight changed",
    "marks": "mark changed",
    "components": "component changed",
    "designated_sections": "section changed",
    "test_repositories": "repository changed",
}
_LABELS = {
    "cutoff_score": "cutoff score",
    "target_approval": "target approval",
    "weights": "weight",
    "marks": "mark",
    "components": "component",
    "designated_sections": "designated sections",
    "test_repositories": "repository of tests",
    "required_since": "required since",
    "own": "in its definition",
    "admin": "administrator access",
    "idempotent_id": "id",
    "aliases": "alias",
    "releases": "release",
}


def kind(fact: Fact) -> str:
    """What happened to a fact: a key of the words."""
    if fact.test:
        if len(fact.path) == 4:
            return f"test {fact.what}"
        return {"aliases": f"alias {fact.what}", "flagged": "flag changed"}.get(fact.part, "id changed")
    if fact.capability:
        if fact.component:
            return f"status {fact.what}"
        return f"capability {fact.what}" if len(fact.path) == 2 else "definition changed"
    return _OF_GUIDELINE.get(fact.path[0], "changed")


def beside(facts: Iterable[Fact]) -> str:
    """What happened to a fact, for the place where it stands: ``flagged``, ``2 aliases added``."""
    found = Counter(map(kind, facts))
    return ", ".join(_WORDS[what][0] if number == 1 else _number(what, number) for what, number in found.items())


def numbers(facts: Iterable[Fact]) -> str:
    """What a revision changed, in numbers; changes of the guideline as a whole in full."""
    found = list(facts)
    whole = [_of_guideline(fact) for fact in found if kind(fact) == "changed"]
    counted = Counter(kind(fact) for fact in found if kind(fact) != "changed")
    return ", ".join([*whole, *(_number(what, number) for what, number in counted.items())])


def _number(what: str, number: int) -> str:
    return f"{number} {_WORDS[what][1 if number == 1 else 2]}"


def rows(analysis: Analysis, facts: Iterable[Fact], brief: bool = False) -> list[View]:
    """Facts that changed: a row for the guideline, and one for each capability with its tests.

    In full, or, if it is to be ``brief``, the facts of tests in numbers.
    """
    whole: list[str] = []
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.capability:
            found.setdefault(fact.capability, []).append(fact)
        else:
            whole.append(_of_guideline(fact))
    ordered = [_row(analysis, name, found[name], brief) for name in sorted(found)]
    return ([{"name": "", "to": "", "texts": whole, "tests": []}] if whole else []) + ordered


def _row(analysis: Analysis, name: str, facts: list[Fact], brief: bool) -> View:
    texts = [_of_capability(analysis, fact) for fact in facts if not fact.test]
    tests: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.test:
            tests.setdefault(fact.test, []).append(fact)
    if brief and tests:
        texts.append(numbers(fact for some in tests.values() for fact in some))
    return {
        "name": name,
        "to": urls.capability(name) if name in analysis.capability_names else "",
        "texts": texts,
        "tests": []
        if brief
        else [
            {"name": test, "id": _id(analysis, some[0]), "texts": [_of_test(fact) for fact in some]}
            for test, some in tests.items()
        ],
    }


def _id(analysis: Analysis, fact: Fact) -> str:
    """The id of a test that has a page, or an empty text."""
    given = fact.after or fact.before
    return page_of(analysis, fact.test, given if isinstance(given, dict) else {})


def page_of(analysis: Analysis, name: str, known: dict[str, Any]) -> str:
    """The id of a test that has a page, by its name and its facts in a file, or an empty text."""
    id = known.get("idempotent_id") or analysis.test_ids.get(name, "")
    return id if is_id(id) and id in analysis.test_places else ""


def has_test(guideline: Guideline, name: str) -> bool:
    """Whether a guideline has a test of that name, whatever its id."""
    return any(test.name == name for one in guideline.capabilities.values() for test in one.tests)


def text(analysis: Analysis, fact: Fact) -> str:
    """A fact that changed, in full, without the name of its capability or test."""
    if fact.test:
        return _of_test(fact)
    return _of_capability(analysis, fact) if fact.capability else _of_guideline(fact)


def _of_test(fact: Fact) -> str:
    if fact.what == "renamed":
        return f"renamed from {fact.before}"
    if len(fact.path) == 4:
        flag = fact.after if fact.what == "flagged" else fact.before
        about = f" ({_flag(flag)})" if fact.what in ("flagged", "unflagged") and flag else ""
        return f"{ {'unflagged': 'no longer flagged'}.get(fact.what, fact.what) }{about}"
    if fact.part == "flagged":
        return f"flag changed from {_flag(fact.before)} to {_flag(fact.after)}"
    return _plain(_LABELS.get(fact.part, fact.part), fact)


def _flag(given: Any) -> str:
    return ", ".join(given.values()) if given else "no date"


def _of_capability(analysis: Analysis, fact: Fact) -> str:
    if not fact.component:
        labels = [_LABELS.get(part, part) for part in fact.path[2:]]
        return _plain(", ".join(labels), fact) if labels else fact.what
    where = component(analysis.record.catalogue, fact.component)["title"]
    if fact.what == "changed":
        return f"{fact.before} → {fact.after} in {where}"
    return f"listed as {fact.after} in {where}" if fact.what == "added" else f"no longer {fact.before} in {where}"


def _of_guideline(fact: Fact) -> str:
    label = _LABELS.get(fact.path[0], fact.path[0])
    return _plain(" ".join((label, *fact.path[1:])), fact)


def _plain(label: str, fact: Fact) -> str:
    """A change in words. What was added or dropped with all its own facts is named only."""
    before, after = (_value(value) for value in (fact.before, fact.after))
    if fact.what in ("added", "dropped"):
        named = before or after
        return f"{label} {fact.what}{f': {named}' if named else ''}"
    return f"{label}: {before or 'none'} → {after or 'none'}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None or isinstance(value, dict) else str(value)
