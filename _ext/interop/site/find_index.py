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
from . import urls
from .find_entries import KINDS, Entry
from .site import Site


@dataclass(frozen=True)
class TestEntry:
    """One test: its id, or an empty text if no file gives one; a capability that has it; its names, the latest first.

    A test without an id has no page: it leads to that of the capability.
    """

    id: str
    capability: str
    names: tuple[str, ...]


def tests(site: Site) -> list[TestEntry]:
    """Every test, by its latest name; those without an id only if a capability has them."""
    found = []
    for key, places in site.analysis.test_places.items():
        inside = [place for place in places if is_capability(place.capability)]
        capability = latest(inside).capability if inside else ""
        if is_id(key) or capability:
            found.append(TestEntry(key if is_id(key) else "", capability, _names(places)))
    return sorted(found, key=lambda test: (test.capability, test.names, test.id))


def _names(places: list[Place]) -> tuple[str, ...]:
    newest = latest(places).test
    older = {name: None for place in reversed(places) for name in place.names}
    return tuple(dict.fromkeys((newest.name, *newest.aliases, *older)))


def script(entries: Iterable[Entry], tests: Iterable[TestEntry]) -> str:
    """The file: ``kinds``, ``entries`` as lists, ``prefixes`` of the names of tests, and ``tests`` as lines.

    An entry is the number of its kind, title, detail, URL and other names; the page of a capability is left out. A line
    is the id in Base64 or ``-``, the capability or ``-``, which is left out if it is that of the line before, and names
    as ``number of the prefix:method``, without a method that is that of the name before.
    """
    kinds = list(KINDS)
    prefixes: dict[str, int] = {}
    lines, capability = [], ""
    for test in tests:
        names, before = [], ""
        for prefix, _, method in (name.rpartition(".") for name in test.names):
            number = prefixes.setdefault(prefix, len(prefixes))
            names.append(f"{number}:{method}" if method != before else str(number))
            before = method
        changed = [test.capability or "-"] if test.capability != capability else []
        lines.append(" ".join((_packed(test.id), *changed, *names)))
        capability = test.capability
    listed = [[kinds.index(one.kind), one.title, one.detail, _address(one), *one.names] for one in entries]
    data = {
        "kinds": list(KINDS.items()),
        "test": urls.address(urls.test("*")),
        "capability": urls.address(urls.capability("*")),
        "entries": listed,
        "prefixes": list(prefixes),
        "tests": lines,
    }
    fields = (f"{json.dumps(key)}:{_compact(value)}" for key, value in data.items())
    return "interopIndex = {" + ",\n".join(fields) + "};\n"


def _address(entry: Entry) -> str:
    return "" if entry.kind == "capability" else urls.address(entry.to)


def _packed(id: str) -> str:
    """An id in Base64: its hexadecimal digits would be an eighth of the file."""
    return base64.b64encode(bytes.fromhex(id.replace("-", ""))).decode().rstrip("=") or "-"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("],[", "],\n[")
