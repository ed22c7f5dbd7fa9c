"""Every name that a test ever had, and which test a name or an id is.

A result file may have names only, and names changed over time. A name that a guideline gives to a test is that test for
this guideline; any other name is the test that had it in another guideline or has it in today's suites, if only one
did.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from ..record.model import Guideline
from .history import History, is_id
from .results import owners


class TestNames:
    """The names of all tests of a record, by key (see :func:`.facts.test_key`), and the reverse."""

    def __init__(self, history: History) -> None:
        self._history = history

    @cached_property
    def names(self) -> dict[str, frozenset[str]]:
        """All names of each test: in any guideline, as aliases too, and in today's suites."""
        today = self._history.record.drift.tests
        return {
            key: frozenset(name for place in places for name in place.names)
            | ({today[key].name} if key in today else frozenset())
            for key, places in self._history.test_places.items()
        }

    @cached_property
    def keys(self) -> dict[str, frozenset[str]]:
        """The tests that ever had a name, by this name."""
        found: dict[str, set[str]] = {}
        for key, names in self.names.items():
            for name in names:
                found.setdefault(name, set()).add(key)
        return {name: frozenset(keys) for name, keys in found.items()}

    @cached_property
    def ids(self) -> frozenset[str]:
        """The keys that are idempotent ids."""
        return frozenset(filter(is_id, self.names))

    @cached_property
    def classes(self) -> frozenset[str]:
        """The classes of all tests, and their modules."""
        return frozenset(owner for name in self.keys for owner in owners(name))

    def of_tests(self, guideline: Guideline, wanted: Iterable[str]) -> dict[str, frozenset[str]]:
        """The names that identify each ``wanted`` test, a key, for a guideline."""
        own: dict[str, set[str]] = {}
        for capability in guideline.capabilities.values():
            for test in capability.tests:
                for name in (test.name, *test.aliases):
                    own.setdefault(name, set()).add(self._history.test_key(test))
        return {
            key: frozenset(name for name in self.names[key] if own.get(name, self.keys[name]) == {key})
            for key in wanted
        }
