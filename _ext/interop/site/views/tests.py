"""Lists of all tests: by project and class, by name from A to Z, and by id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ...analysis.analysis import Analysis
from ...analysis.history import Place, is_id, latest, strongest
from .. import pages, urls
from .common import View, capability, mark, marks, project


def index(analysis: Analysis) -> View:
    """All tests, by the project of their capability and by the class of their latest name."""
    classes: dict[str, dict[str, list[View]]] = defaultdict(lambda: defaultdict(list))
    names: set[str] = set()
    for key, places in analysis.test_places.items():
        newest = latest(places)
        of = newest.guideline.capabilities[newest.capability].project
        classes[of][newest.test.name.rpartition(".")[0]].append(_row(key, places))
        names.update(_names(places) if is_id(key) else ())
    rows = [row for tests in classes.values() for of_class in tests.values() for row in of_class]
    return {
        "marks": marks(row["mark"] for row in rows),
        "number": sum(map(is_id, analysis.test_places)),
        "unnamed": sum(not is_id(key) for key in analysis.test_places),
        "names": len(names),
        "projects": [_project(analysis, name, classes[name]) for name in analysis.in_catalogue_order(classes)],
    }


def _project(analysis: Analysis, name: str, classes: dict[str, list[View]]) -> View:
    return {
        **project(analysis.record.catalogue, name),
        "number": sum(map(len, classes.values())),
        "classes": [
            {"name": one, "tests": sorted(tests, key=lambda row: str(row["method"]))}
            for one, tests in sorted(classes.items())
        ],
    }


def _row(key: str, places: list[Place]) -> View:
    newest = latest(places)
    return {
        "to": _page(key, newest),
        "id": is_id(key),
        "method": newest.test.name.rpartition(".")[2],
        "capability": capability(newest.guideline, newest.capability),
        "last": newest.guideline.official_id,
        "partial": newest.guideline.is_partial,
        "mark": mark(strongest(newest.guideline.statuses(newest.capability))),
        "flagged": bool(newest.test.flag),
        "others": len(_names(places)) - 1,
    }


def names(analysis: Analysis) -> View:
    """All names and aliases that tests have had, by the first letter of the method after ``test_``."""
    rows = [
        {"method": method, "class": of, "to": _page(key, latest(places)), "old": name != latest(places).test.name}
        for key, places in analysis.test_places.items()
        for name in _names(places)
        for of, _, method in [name.rpartition(".")]
    ]
    return {"number": len({(row["class"], row["method"]) for row in rows}), "groups": _grouped(rows, "method", "test_")}


def ids(analysis: Analysis) -> View:
    """All idempotent ids with the latest name of the test, by the first digit."""
    rows = [
        {"id": key, "to": urls.test(key), "name": pages.test_title(places)}
        for key, places in analysis.test_places.items()
        if is_id(key)
    ]
    return {"number": len(rows), "groups": _grouped(rows, "id", "")}


def _grouped(rows: Iterable[View], field: str, prefix: str) -> list[View]:
    """Rows by the first letter of a field after ``prefix``, in order; those that begin with no letter come first."""
    groups: dict[str, list[View]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: [str(value) for value in (row[field], *row.values())]):
        groups[str(row[field]).removeprefix(prefix)[:1].lower()].append(row)
    return [{"letter": letter, "rows": groups[letter]} for letter in sorted(groups)]


def _names(places: list[Place]) -> set[str]:
    return {name for place in places for name in place.names}


def _page(key: str, newest: Place) -> str:
    """The page of a test; of one without an id, that of its capability."""
    return urls.test(key) if is_id(key) else urls.capability(newest.capability)
