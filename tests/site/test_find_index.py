"""The index of the box that finds anything, as it is built: it is small, and what it leads to is there."""

from __future__ import annotations

import gzip
import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from .html import read


@pytest.fixture(scope="module")
def index(site: Path) -> dict[str, Any]:
    text = (site / "find-index.js").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text.removeprefix("interopIndex = ").removesuffix(";\n"))
    return data


def test_it_is_small(site: Path) -> None:
    assert len(gzip.compress((site / "find-index.js").read_bytes())) <= 40_000


def test_it_leads_to_what_is_there(site: Path, index: dict[str, Any]) -> None:
    anchors: dict[str, set[str]] = {}
    lost = []
    comparisons = [
        ["", f"{a} to {b}", "", index["comparison"].replace("*", f"{program}/{a}..{b}")]
        for program, _, *ids in index["programs"]
        for a, b in combinations(ids, 2)
    ]
    clauses = [
        ["", id, "", page + id]
        for _, page, *some in index["clauses"]
        for id, _, _ in (one.partition(" ") for one in some)
    ]
    every = [*index["entries"], *comparisons, *clauses]
    for _, title, _, address, *_ in every:
        # Of a capability, there is the number of its states instead.
        page = index["capability"].replace("*", title) if isinstance(address, int) else address
        path, _, anchor = page.partition("#")
        if path not in anchors:
            found = read(site / path).all() if (site / path).is_file() else []
            anchors[path] = {element.attributes.get("id", "") for element in found}
        if not anchors[path] or (anchor and anchor not in anchors[path]):
            lost.append(f"{title}: {address}")
    assert len(every) > 1000
    assert lost == []


def test_it_has_the_glossary_and_the_pages_written_by_hand(index: dict[str, Any]) -> None:
    kinds = [kind for kind, _ in index["kinds"]]
    listed = {(kinds[number], address) for number, _, _, address, *_ in index["entries"]}
    assert {("term", "glossary.html#term-Advisory"), ("page", "testing.html"), ("page", "index.html")} <= listed
    assert not any(str(address).startswith("404") for _, address in listed)


def test_the_forms_work_without_javascript(site: Path) -> None:
    for page, action in (("index.html", "search.html"), ("404.html", "/search.html")):
        forms = read(site / page).all("form", role="search")
        assert [form.attributes["action"] for form in forms] == [action, action]
    assert (site / "search.html").is_file()
