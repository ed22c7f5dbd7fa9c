"""The index of the box that finds anything: entries and tests as a script.

It is a script that assigns one value, since a browser loads no data file from a folder on disk. Of 1200 names of tests,
a module and a class that many share is written once.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass

from ..analysis.history import Place, is_id, latest
from ..record.model import is_capability
from . import pages, urls
from .find_entries import KINDS, Entry
from .find_states import States
from .site import Site


@dataclass(frozen=True)
class TestEntry:
    """One test: its id, or an empty text if no file gives one; a capability that has it; its names, the latest first.

    A test without a capability is of a group of tests of a ``project``; one without an id has no page and leads to that
    of the capability. ``states`` is :meth:`.States.of_test`.
    """

    id: str
    capability: str
    names: tuple[str, ...]
    states: str
    project: str = ""


def tests(site: Site) -> list[TestEntry]:
    """Every test, by its latest name; those without an id only if a capability has them."""
    found, states = [], States(site.analysis)
    for key, places in site.analysis.test_places.items():
        inside = [place for place in places if is_capability(place.capability)]
        capability = latest(inside).capability if inside else ""
        project = "" if capability else latest(places).guideline.capabilities[latest(places).capability].project
        if is_id(key) or capability:
            id = key if is_id(key) else ""
            found.append(TestEntry(id, capability, _names(places), states.of_test(places), project))
    return sorted(found, key=lambda test: (test.capability, test.project, test.names, test.id))


def _names(places: list[Place]) -> tuple[str, ...]:
    newest = latest(places).test
    older = {name: None for place in reversed(places) for name in place.names}
    return tuple(dict.fromkeys((newest.name, *newest.aliases, *older)))


def script(site: Site, entries: Iterable[Entry], tests: Iterable[TestEntry]) -> str:
    """The file, with these fields:

    - ``kinds`` with their headings; ``programs``: the name, title and guidelines of each, and ``partial``: the keys of
      those that are reconstructed;
    - ``entries``: kind as number, title, detail, URL and other names. A capability has the number of its states instead
      of the URL, negative if it needs an administrator. Comparisons are left out: every two guidelines of a program
      have one.
    - ``clauses``: of each document what stands before an id in the title and in the URL, and the id and title of each
      clause.
    - ``tests`` as lines: the id in Base64 or ``-``, the number of the states, the capability, or ``-`` and the project,
      if it is not that of the line before, and names as ``number of the prefix:method``, without a method that the name
      before has.
    - ``states`` of :mod:`.find_states`, and ``prefixes``, by their numbers.
    """
    kinds, states, prefixes = list(KINDS), _Numbers(), _Numbers()
    given, listed, lines, group = States(site.analysis), [], [], ""
    clauses: dict[tuple[str, str], list[str]] = {}
    for one in entries:
        if one.kind == "clause":
            before, _, id = one.title.rpartition(" ")
            clauses.setdefault((before, urls.address(one.to).removesuffix(id)), []).append(f"{id} {one.detail}".strip())
            continue
        to: str | int = urls.address(one.to)
        if one.kind == "capability":
            to = (states[given.of_capability(one.title)] + 1) * (-1 if _is_admin(site, one.title) else 1)
        listed.append([kinds.index(one.kind), one.title, one.detail, to, *one.names])
    for test in tests:
        names, before, of = [], "", test.capability or f"-{test.project}"
        for prefix, _, method in (name.rpartition(".") for name in test.names):
            names.append(f"{prefixes[prefix]}:{method}" if method != before else str(prefixes[prefix]))
            before = method
        lines.append(" ".join((_packed(test.id), str(states[test.states]), *([of] if of != group else []), *names)))
        group = of
    record = site.record
    data = {
        "kinds": list(KINDS.items()),
        "test": urls.address(urls.test("*")),
        "capability": urls.address(urls.capability("*")),
        "comparison": urls.address("diff/*"),
        "programs": [
            [name, pages.program_title(record, name), *(one.id for one in record.program(name))]
            for name in record.programs()
        ],
        "partial": [guideline.key for guideline in record.guidelines.values() if guideline.is_partial],
        "entries": listed,
        "clauses": [[*of, *some] for of, some in clauses.items()],
        "states": list(states),
        "prefixes": list(prefixes),
        "tests": lines,
    }
    fields = (f"{json.dumps(key)}:{_compact(value)}" for key, value in data.items())
    return "interopIndex = {" + ",\n".join(fields) + "};\n"


class _Numbers(dict[str, int]):
    """Texts with their numbers, in the order in which they are first asked for."""

    def __missing__(self, text: str) -> int:
        self[text] = len(self)
        return self[text]


def _is_admin(site: Site, capability: str) -> bool:
    defining = site.analysis.defining(capability)
    return bool(defining) and defining[-1].capabilities[capability].admin


def _packed(id: str) -> str:
    """An id in Base64: its hexadecimal digits would be an eighth of the file."""
    return base64.b64encode(bytes.fromhex(id.replace("-", ""))).decode().rstrip("=") or "-"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("],[", "],\n[")
