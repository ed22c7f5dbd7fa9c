"""The tests of the record in today's test suites: ``guidelines/drift.yaml``, written by ``make drift``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .catalogue_schemas import DAY
from .fields import Field, ListOf, MapOf, Struct, Text
from .schemas import NAME, TEST, UUID

FILE = "drift.yaml"

#: Form of ``drift.yaml``.
FORM = Struct(
    Field("date", DAY, "Day on which the suites were read.", required=True),
    Field("suites", MapOf(NAME, Text()), "The suites and their versions.", required=True),
    Field(
        "tests",
        MapOf(
            UUID,
            Struct(
                Field("suite", NAME, "The suite that has the test today.", required=True),
                Field("name", TEST, "Its name there.", required=True),
                Field("attributes", ListOf(Text()), "Attributes that Tempest lists in brackets after the id."),
            ),
        ),
        "The tests of the record that a suite still has, by id.",
        required=True,
    ),
)


@dataclass(frozen=True)
class Today:
    """A test in today's suites: suite, version, name, and its line in a list for ``tempest run --load-list``."""

    suite: str
    version: str
    name: str
    line: str


@dataclass(frozen=True)
class Drift:
    """The result of ``make drift``; ``date`` is empty if it never ran. ``tests`` are by idempotent id."""

    date: str = ""
    suites: dict[str, str] = field(default_factory=dict)
    tests: dict[str, Today] = field(default_factory=dict)


def to_drift(data: dict[str, Any]) -> Drift:
    """Build the model from data that is valid by :data:`FORM`."""
    tests = {}
    for id, entry in data["tests"].items():
        brackets = ",".join(sorted([f"id-{id}", *entry.get("attributes", ())]))
        line = f"{entry['name']}[{brackets}]"
        tests[id] = Today(entry["suite"], data["suites"].get(entry["suite"], ""), entry["name"], line)
    return Drift(data["date"], data["suites"], tests)
