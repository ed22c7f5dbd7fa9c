"""The list of all capabilities, against the guideline files read without our loader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from interop.analysis.analysis import Analysis
from interop.site.views import capability_list


@pytest.fixture(scope="module")
def view(real_analysis: Analysis) -> dict[str, Any]:
    return capability_list.view(real_analysis)


@pytest.fixture(scope="module")
def files(guidelines: Path) -> dict[str, Any]:
    paths = [path for path in guidelines.glob("*/*.yaml") if path.parent.name != "catalogue"]
    return {f"{path.parent.name}/{path.stem}": yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths}


def rows(view: dict[str, Any], part: str) -> dict[str, list[dict[str, Any]]]:
    return {row["name"]: row["where"] for project in view["projects"] for row in project[part]}


def test_those_of_2020_06_and_newer_come_first(view: dict[str, Any], files: dict[str, Any]) -> None:
    newest = [data for key, data in files.items() if key.rpartition("/")[2] in ("2020.06", "2022.11")]
    expected = {name for data in newest for name in data.get("capabilities", {})}
    assert set(rows(view, "rows")) == expected
    assert set(rows(view, "older")) == {n for data in files.values() for n in data.get("capabilities", {})} - expected


@pytest.mark.by_hand
def test_each_program_has_a_line_with_the_last_status(view: dict[str, Any]) -> None:
    def told(line: dict[str, Any]) -> tuple[Any, ...]:
        return (line["program"], line["mark"], line["id"], line["partial"], line["first"])

    everything = rows(view, "rows") | rows(view, "older")
    assert [told(line) for line in everything["compute-servers-create"]] == [
        ("OpenStack Powered", "required", "2022.11", True, "2015.07")
    ]
    # Required in 2015.03 to 2015.05, core in the scoring before, and in no draft.
    powered, scoring = everything["compute-auth"]
    assert told(powered)[1:3] == ("required", "2015.05")
    assert scoring["scoring"]


def test_a_draft_counts_only_where_there_is_nothing_else(view: dict[str, Any], files: dict[str, Any]) -> None:
    everything = rows(view, "rows") | rows(view, "older")
    drafts = {name: line for name, lines in everything.items() for line in lines if line["id"] == "next"}
    dated = {
        name
        for key, data in files.items()
        if not key.endswith("/next") and not key.startswith("scoring/")
        for name in data.get("capabilities", {})
    }
    assert drafts
    assert not {name for name, line in drafts.items() if line["program"] == "OpenStack Powered"} & dated
    assert all(line["note"] == "2018 draft" for line in drafts.values())
