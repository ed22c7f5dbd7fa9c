"""The matrices without JavaScript: what each cell says, and where each row and column stands."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from ..conftest import ROOT, Project
from ..official import load_yaml as load
from .html import Element, article

STATUSES = ("required", "advisory", "deprecated", "removed", "unknown")
PROGRAMS = ("powered", "dns", "orchestration", "load-balancer", "nfv", "scoring")


def guidelines(program: str) -> dict[str, dict[str, Any]]:
    """The files of a program by id, the oldest first, then the draft."""
    return {path.stem: load(path) for path in sorted((ROOT / "guidelines" / program).glob("*.yaml"))}


def given(data: dict[str, Any]) -> dict[str, set[str]]:
    """The statuses of each capability and group of tests in a file."""
    found: dict[str, set[str]] = {}
    for component in data["components"].values():
        for status, names in component["capabilities"].items():
            for name in names:
                found.setdefault(name, set()).add(status)
        for status, names in component.get("groups", {}).items():
            for name in names:
                found.setdefault(f"group:{name}", set()).add(status)
    return found


def table(site: Path, program: str) -> Element:
    (found,) = article(site / "matrix" / f"{program}.html").all("table", class_="matrix")
    return found


def columns(matrix: Element) -> list[str]:
    """The ids in the head; the first and the last head are no guidelines."""
    return [head.attributes["data-id"] for head in matrix.all("thead")[0].all("th")[1:-1]]


def rows(matrix: Element) -> dict[str, dict[str, Element]]:
    """The cells of each row by guideline."""
    ids = columns(matrix)
    found = [row for row in matrix.all("tr") if "id" in row.attributes]
    return {row.attributes["id"]: dict(zip(ids, row.all("td")[:-1], strict=True)) for row in found}


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_cell_says_status_and_guideline(site: Path, program: str) -> None:
    """The first link has the strongest status, and is marked and says all if the components differ."""
    files = guidelines(program)
    expected = {(name, id): several for id, data in files.items() for name, several in given(data).items()}
    shown = {}
    for name, cells in rows(table(site, program)).items():
        for id, cell in cells.items():
            links = [link for link in cell.all("a") if link.attributes["data-status"] != "none"]
            if not links:
                assert cell.text(), (name, id)
                continue
            (first,) = [link for link in links if "hidden" not in link.attributes]
            statuses = {link.attributes["data-status"] for link in links}
            shown[name, id] = statuses
            strongest = min(statuses, key=STATUSES.index)
            assert first.attributes["data-status"] == strongest
            assert f" in {id}" in first.text()
            assert all(status in first.text() for status in statuses - {"unknown"})
            assert ("mixed" in first.attributes.get("class", "")) == (len(statuses) > 1)
            flagged = any(
                "flagged" in test
                for test in files[id]["capabilities"].get(name, {"tests": {}})["tests"].values()
                if name in files[id]["capabilities"]
            )
            assert name.startswith("group:") or flagged == ("with flagged tests" in first.text()), (name, id)
    assert shown == expected


@pytest.mark.by_hand
@pytest.mark.parametrize(
    "name, id, text",
    [
        ("compute-servers-create", "2020.06", "required in 2020.06"),
        ("compute-servers-list", "2020.06", "required in 2020.06, with flagged tests"),
        ("compute-floating-ips", "2015.04", "defined, not listed in 2015.04"),
        ("compute-auth", "2020.06", "not listed"),
        ("compute-auth", "2022.11", "not known"),
        ("volumes-v2-attach-detach", "2018.02", "removed in 2018.02, not defined there"),
        ("group:dhcpv6", "2020.06", "does not apply"),
    ],
)
def test_texts_of_cells(site: Path, name: str, id: str, text: str) -> None:
    assert rows(table(site, "powered"))[name][id].text() == text


@pytest.mark.by_hand
def test_the_newest_guideline_is_first_and_an_old_draft_last(site: Path) -> None:
    assert columns(table(site, "powered"))[:3] == ["2022.11", "2020.06", "2019.11"]
    assert columns(table(site, "powered"))[-3:] == ["2015.04", "2015.03", "next"]
    (head,) = table(site, "powered").all("th", data_id="next")
    assert head.text() == "next 2018 draft"
    assert columns(table(site, "scoring")) == ["juno", "icehouse", "havana"]


def test_a_draft_of_today_is_first(mini: Project) -> None:
    path = mini.folder / "guidelines/powered/next.yaml"
    assert columns(table(mini.html, "powered")) == ["next", "2031.01"]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("target_approval: '2031-07'", "target_approval: '2030-07'"), encoding="utf-8")
    mini.build()
    assert columns(table(mini.html, "powered")) == ["2031.01", "next"]


def test_what_only_older_guidelines_have_is_below(site: Path) -> None:
    """2020.06 is the newest complete guideline."""
    files = guidelines("powered")
    defined = {id: {*data["capabilities"], *given(data)} for id, data in files.items()}
    capabilities = {name for names in defined.values() for name in names if not name.startswith("group:")}
    recent = capabilities & (defined["2020.06"] | defined["2022.11"])
    matrix = table(site, "powered")
    found: dict[str, set[str]] = {}
    for body in matrix.all("tbody"):
        names = {row.attributes["id"] for row in body.all("tr") if "id" in row.attributes}
        found.setdefault(body.attributes.get("class", ""), set()).update(names)
    assert found.keys() == {"", "fold", "older"}
    assert {name for name in found[""] if not name.startswith("group:")} == recent
    assert found["older"] == capabilities - recent
    (fold,) = matrix.all("tbody", class_="fold")
    assert f"{len(found['older'])} capabilities" in fold.text()
    classes = [body.attributes.get("class", "") for body in matrix.all("tbody")]
    assert [kind for kind, _ in groupby(classes)] == ["", "fold", "older"]


@pytest.mark.by_hand
@pytest.mark.parametrize(
    "name, text",
    [
        ("compute-servers-create", "Compute required 2015.07 to 2022.11◇ required next (2018 draft)"),
        (
            "compute-volume-get",
            "Compute removed 2017.01 deprecated 2016.08 required 2015.07 to 2016.01 "
            "⚑ flagged tests 2016.01 to 2017.01 ? not known 2022.11◇",
        ),
        ("identity-auth", "Compute required 2015.05 Object storage advisory 2015.05 ? not known 2022.11◇"),
        ("images-v2-import", "Compute required 2022.11◇"),
        (
            "compute-servers-list",
            "Compute required 2015.07 to 2022.11◇ required next (2018 draft) "
            "⚑ flagged tests 2015.07 to 2022.11◇, next (2018 draft)",
        ),
    ],
)
def test_a_row_in_words(site: Path, name: str, text: str) -> None:
    """What phones show instead of the cells."""
    (row,) = table(site, "powered").all("tr", id=name)
    assert row.all("td", class_="runs")[0].text() == text
