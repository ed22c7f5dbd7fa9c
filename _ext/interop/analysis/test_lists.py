"""Test lists in the form of RefStack's server: the tests of a target's capabilities, one name per line.

A line is ``name[id-<uuid>]``, or only the name in schema 1.2, which has no ids. An alias has its own line with the same
id. Lines are sorted and unique.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from ..record.model import OFFICIAL, Capability, Guideline, Status, Test
from ..record.record import Record

#: RefStack's targets, with the current name of the component of each; ``platform`` has the components of its mark.
TARGETS = {
    "platform": "",
    "compute": "os_powered_compute",
    "object": "os_powered_storage",
    "dns": "os_powered_dns",
    "orchestration": "os_powered_orchestration",
    "shared_file_system": "os_powered_shared_file_system",
    "load_balancer": "os_powered_load_balancer",
    "key_manager": "os_powered_key_manager",
}
#: The mark of the target ``platform``: in schema 1.x, and in 2.0.
_PLATFORM = ("platform", "OpenStack Powered Platform")
#: The combinations of statuses that are published for each target. ``unknown`` has lists of its own: a list of required
#: tests, or of those of all official statuses, has no test of which the sources do not tell the status.
PUBLISHED = (*((status,) for status in Status), (Status.REQUIRED, Status.ADVISORY), OFFICIAL)


def targets(record: Record, guideline: Guideline) -> dict[str, list[str]]:
    """The targets of a guideline, each with its components by their names in the file."""
    found = {}
    for mark in guideline.platforms:
        if mark.name in _PLATFORM:
            found["platform"] = [item.name for item in mark.components if item.name in guideline.components]
    for target, component in TARGETS.items():
        mine = [name for name in guideline.components if record.catalogue.component(name) == component]
        if mine and guideline.program != "nfv":
            found[target] = mine
    return found


def statuses(text: str) -> tuple[Status, ...]:
    """Parse ``required+advisory`` or ``advisory,required``: statuses, strongest first. ValueError for other words."""
    given = {Status(word) for word in text.replace(",", "+").split("+")}
    return tuple(status for status in Status if status in given)


def capabilities(guideline: Guideline, components: Iterable[str], wanted: Iterable[Status]) -> list[Capability]:
    """The capabilities that ``components`` list under the ``wanted`` statuses and the file defines, sorted by name."""
    names = {
        name
        for component, status in product(components, wanted)
        for name in guideline.components[component].capabilities[status]
    }
    return [guideline.capabilities[name] for name in sorted(names) if name in guideline.capabilities]


@dataclass(frozen=True)
class Entry:
    """One name in a test list; ``brackets`` is False for schema 1.2, which has no ids."""

    name: str
    id: str | None
    brackets: bool

    @cached_property
    def line(self) -> str:
        """The line in RefStack's form: ``name[id-<uuid>]``, with empty brackets if the id is missing."""
        if not self.brackets:
            return self.name
        return f"{self.name}[id-{self.id}]" if self.id else f"{self.name}[]"


def entries(
    record: Record,
    guideline: Guideline,
    target: str,
    wanted: Iterable[Status],
    *,
    aliases: bool,
    flagged: bool,
    admin: bool = True,
) -> list[Entry]:
    """The entries of a test list, sorted by line.

    ``aliases``, ``flagged`` and ``admin`` include aliases, flagged tests, and tests of capabilities that need an
    administrator. Raises KeyError for a target that the guideline does not have.
    """
    tests = _tests(guideline, targets(record, guideline)[target], wanted, admin)
    found = _chosen(_entries(guideline), tests, aliases, flagged)
    return [found[line] for line in sorted(found)]


def _entries(guideline: Guideline) -> dict[int, list[Entry]]:
    """The entries of each test, by the test's identity: its own, then those of its aliases."""
    brackets = guideline.origin_schema != "1.2"
    return {
        id(test): [Entry(name, test.id, brackets) for name in (test.name, *test.aliases)]
        for capability in guideline.capabilities.values()
        for test in capability.tests
    }


def _tests(guideline: Guideline, components: Iterable[str], wanted: Iterable[Status], admin: bool = True) -> list[Test]:
    found = capabilities(guideline, components, tuple(wanted))
    return [test for one in found if admin or not one.admin for test in one.tests]


def _chosen(every: dict[int, list[Entry]], tests: list[Test], aliases: bool, flagged: bool) -> dict[str, Entry]:
    """The entries of some tests by line."""
    return {
        entry.line: entry
        for test in tests
        if flagged or test.flag is None
        for entry in every[id(test)][: None if aliases else 1]
    }


@dataclass(frozen=True)
class Published:
    """A test list that the site publishes: its options and its lines."""

    target: str
    types: tuple[Status, ...]
    aliases: bool
    flagged: bool
    lines: tuple[str, ...]


def published(record: Record, guideline: Guideline) -> Iterator[Published]:
    """Every published list of a guideline: those that are not empty. Their lines are those of :func:`entries`."""
    every = _entries(guideline)
    for (target, components), types in product(targets(record, guideline).items(), PUBLISHED):
        tests = _tests(guideline, components, types)
        for aliases, flagged in product((True, False), (True, False)):
            if found := _chosen(every, tests, aliases, flagged):
                yield Published(target, types, aliases, flagged, tuple(sorted(found)))
