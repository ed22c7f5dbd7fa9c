"""Test lists as RefStack's server gave them: the tests of a target's capabilities, a line a name.

A line is ``name[id-<uuid>]``; in schema 1.2, which has no ids, it is the bare name. An alias is a line of its own
with the same id. Lines are sorted, and each stands once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from ..record.loader import Record
from ..record.model import Capability, Guideline, Status, Test

#: RefStack's targets, and the component that each means under today's name; ``platform`` means those of its mark.
TARGETS = {
    "platform": "",
    "compute": "os_powered_compute",
    "object": "os_powered_storage",
    "dns": "os_powered_dns",
    "orchestration": "os_powered_orchestration",
}
#: The mark that the target ``platform`` stands for: in schema 1.x, and in 2.0.
_PLATFORM = ("platform", "OpenStack Powered Platform")
#: The combinations of statuses that are published for each target.
PUBLISHED = (*((status,) for status in Status), (Status.REQUIRED, Status.ADVISORY), tuple(Status))


def targets(record: Record, guideline: Guideline) -> dict[str, list[str]]:
    """The targets a guideline has, each with its components as the file names them."""
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
    """Statuses given as ``required+advisory`` or ``advisory,required``, in their order; ValueError for another word."""
    given = {Status(word) for word in text.replace(",", "+").split("+")}
    return tuple(status for status in Status if status in given)


def capabilities(guideline: Guideline, components: Iterable[str], wanted: Iterable[Status]) -> list[Capability]:
    """What ``components`` list under the ``wanted`` statuses and the file defines."""
    names = {
        name
        for component, status in product(components, wanted)
        for name in guideline.components[component].capabilities[status]
    }
    return [guideline.capabilities[name] for name in sorted(names) if name in guideline.capabilities]


def lines(
    record: Record, guideline: Guideline, target: str, wanted: Iterable[Status], *, aliases: bool, flagged: bool
) -> list[str]:
    """The lines of a test list; ``flagged`` says whether flagged tests are in it. KeyError for an unknown target."""
    components = targets(record, guideline)[target]
    found: set[str] = set()
    for capability in capabilities(guideline, components, tuple(wanted)):
        for test in capability.tests:
            if flagged or test.flag is None:
                names = (test.name, *(test.aliases if aliases else ()))
                found.update(name + _brackets(guideline, test) for name in names)
    return sorted(found)


def _brackets(guideline: Guideline, test: Test) -> str:
    """The id as RefStack wrote it: nothing in schema 1.2, which has none, and empty brackets where one is missing."""
    if guideline.origin_schema == "1.2":
        return ""
    return f"[id-{test.id}]" if test.id else "[]"


def include_patterns(given: Iterable[str]) -> list[str]:
    """Regular expressions for ``--include-list`` of Tempest and stestr: by the id, so that a renamed test is found."""
    patterns = set()
    for line in given:
        name, _, id = line.rstrip("]").partition("[")
        patterns.add(id or name.replace(".", r"\.") + r"(\[|$)")
    return sorted(patterns)


def today(record: Record, given: Iterable[str]) -> tuple[list[str], list[str]]:
    """The lines as today's suites have them, for ``tempest run --load-list``; and those that no suite has any more."""
    found, gone = set(), []
    for line in given:
        id = line.rpartition("[id-")[2].rstrip("]")
        if id in record.drift.tests:
            found.add(record.drift.tests[id].line)
        else:
            gone.append(line)
    return sorted(found), gone


def path(guideline: Guideline, target: str, wanted: Iterable[Status], *, aliases: bool, flagged: bool) -> str:
    """Where the list is published, from the root of the site."""
    kinds = "+".join(wanted)
    options = f"alias-{str(aliases).lower()}/flag-{str(flagged).lower()}"
    return f"api/v1/guidelines/{guideline.official_id}/tests/{target}/{kinds}/{options}.txt"


def published(record: Record, guideline: Guideline) -> Iterator[tuple[str, list[str]]]:
    """Every list of a guideline that is published and not empty: its path and its lines."""
    for target in targets(record, guideline):
        for wanted, aliases, flagged in product(PUBLISHED, (True, False), (True, False)):
            if found := lines(record, guideline, target, wanted, aliases=aliases, flagged=flagged):
                yield path(guideline, target, wanted, aliases=aliases, flagged=flagged), found
