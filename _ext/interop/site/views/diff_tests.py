"""The tests of a comparison, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from ...analysis.diff import Diff, Move
from ...analysis.facts import Facts
from ...analysis.history import is_id
from ...record.catalogue import Catalogue
from .. import urls
from .common import View, capability, component

#: The latest name of a test by its key, and the capability that has it there: :attr:`.History.latest_names`.
LatestNames = Mapping[str, tuple[str, str]]


class Tests:
    """The tests of a comparison as rows: name, page, capabilities, and the change."""

    def __init__(self, catalogue: Catalogue, found: Diff, latest: LatestNames) -> None:
        self.catalogue, self.found, self.latest = catalogue, found, latest
        self.known = {**found.before.required(), **found.after.required()}
        #: What a test is called that only the earlier guideline has.
        self.dropped = "not in the reconstructed list" if found.b.is_partial else "dropped"
        self.changes = {
            **{key: self._new(key) for key in found.added},
            **{key: self._gone(key, "dropped") for key in found.dropped},
            **dict.fromkeys(found.flagged, "flagged"),
            **dict.fromkeys(found.unflagged, "no longer flagged"),
        }

    def short(self, key: str) -> View:
        """Name and id of a test; without an id, its page."""
        known = self.known.get(key)
        if key not in self.latest:  # A test of an earlier revision, with an id or a name that no archived file has.
            return {"test": min(known.names) if known else self._name(key), "id": "", "to": ""}
        latest, having = self.latest[key]
        name = min(known.names) if known else latest
        return {"test": name} | ({"id": key} if is_id(key) else {"id": "", "to": urls.capability(having)})

    def _name(self, key: str) -> str:
        every = (*self.found.before.tests.values(), *self.found.after.tests.values())
        return next(tests[key].name for tests in every if key in tests)

    def _new(self, key: str) -> str:
        """Why a test is newly required: what it was in the earlier guideline."""
        if key not in self.found.before.all_tests:
            return "added"
        return "was flagged" if key in self.found.before.required() else "was not required"

    def _gone(self, key: str, word: str) -> str:
        """``word``, but of a test that a reconstructed guideline lacks altogether, what is known of that."""
        return self.dropped if key not in self.found.after.all_tests else word

    def by_capability(self, keys: tuple[str, ...], facts: Facts) -> list[View]:
        """Tests in groups by the components and the capabilities that require them in one of the guidelines.

        Each test has its change. A group has no components if the guideline has only one.
        """
        tests, guideline = facts.required(), facts.guideline
        names = list(facts.components) if len(facts.components) > 1 else []
        titles = [component(self.catalogue, name)["title"] for name in names]
        rows = []
        for key in keys:
            places = tuple(place for place, name in enumerate(names) if key in facts.required(name))
            row = self.short(key) | {"why": self.changes.get(key, "")}
            rows.append((((len(places), places), tuple(sorted(tests[key].capabilities))), row))
        return [
            {
                "components": [titles[place] for place in places],
                "capabilities": [capability(guideline, name) for name in having],
                "number": len(group),
                "tests": group,
            }
            for ((_, places), having), group in _grouped(rows)
        ]

    def flagged(self) -> list[View]:
        """The required tests that are flagged and were not, those that are newly listed with their flag among them."""
        before, after = self.found.before, self.found.after
        new = [key for key, one in after.required().items() if one.flagged and key not in before.required()]
        rows = [self.short(key) | {"note": ""} for key in self.found.flagged]
        rows += [self.short(key) | {"note": f"not required in {before.guideline.id}"} for key in new]
        return sorted(rows, key=lambda row: row["test"])

    def flagged_gone(self) -> tuple[str, ...]:
        """The flagged tests that are no longer required: they did not have to pass before either."""
        before = self.found.before.required()
        return tuple(key for key in self.found.dropped if before[key].flagged)

    def inside(self, name: str, what: str, key: str) -> View:
        """The change of a test in a capability that both guidelines define."""
        word = self._gone(key, what) if what == "dropped" else what
        was_flagged = what == "dropped" and self.found.before.tests[name][key].flag is not None
        return self.short(key) | {"what": what, "says": f"{word} (was flagged)" if was_flagged else word, "note": ""}

    def undecided(self, facts: Facts) -> View:
        """The tests of which no source tells whether a guideline requires them, in groups by what has them."""
        known = facts.undecided()
        found = ((name, key) for name, tests in facts.tests.items() for key in tests.keys() & known.keys())
        rows = ((name, self.short(key) | {"why": "status not known"}) for name, key in found)
        groups = [
            {
                "components": [],
                "capabilities": [capability(facts.guideline, name)],
                "number": len(group),
                "tests": group,
            }
            for name, group in _grouped(rows)
        ]
        return {"id": facts.guideline.id, "number": len(known), "groups": groups}

    def by_move(self, moves: Iterable[Move[tuple[str, ...]]]) -> list[View]:
        """Tests in groups by the capabilities before and after."""
        rows = (((move.before or (), move.after or ()), self.short(move.key)) for move in moves)
        return [
            {
                "before": [capability(self.found.a, name) for name in before],
                "after": [capability(self.found.b, name) for name in after],
                "number": len(group),
                "tests": group,
            }
            for (before, after), group in _grouped(rows)
        ]


def _grouped(rows: Iterable[tuple[Any, View]]) -> list[tuple[Any, list[View]]]:
    """Tests with the same key together: the keys in order, the tests of each by name."""
    ordered = sorted(rows, key=lambda pair: (pair[0], pair[1]["test"]))
    return [(key, [row for _, row in group]) for key, group in groupby(ordered, itemgetter(0))]
