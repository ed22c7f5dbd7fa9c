"""What is reconstructed is marked wherever it is shown, and nothing of it is shown as more than it is."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from ..official import load_yaml
from .html import Element, article
from .test_pages import FILES

PARTIAL = [path for path in FILES if path.stem == "2022.11"]
COMPUTE, STORAGE = "os_powered_compute", "os_powered_storage"
each_file = pytest.mark.parametrize("path", PARTIAL, ids=lambda path: path.parent.name)


def worded(evidence: dict[str, Any]) -> str:
    return f"Evidence: {evidence['grade']}, from {', '.join(evidence['sources'])}"


@each_file
def test_a_note_at_the_top_says_what_it_means(path: Path, site: Path) -> None:
    page = article(site / f"guidelines/{path.parent.name}/2022.11.html")
    (banner,) = page.all("p", class_="banner")
    assert [badge.text() for badge in banner.all("a", class_="reconstructed")] == ["reconstructed"]
    (note,) = page.all("div", id="reconstructed")
    assert "The official file of this guideline is not available." in note.text()
    assert "If you rely on this guideline" in note.text()


@each_file
def test_nothing_claims_approval_or_a_score(path: Path, site: Path) -> None:
    page = article(site / f"guidelines/{path.parent.name}/2022.11.html")
    assert "Approved under" not in page.text()
    assert not [span for span in page.all("span") if span.attributes.get("data-standing") == "approved"]
    for table in page.all("table", class_="capabilities"):
        assert [head.text() for head in table.all("thead")[0].all("th")] == [
            "Capability",
            "Project",
            "Evidence",
            "Tests",
        ]
    for id in ("designated-sections", "criteria"):
        (block,) = page.all("section", id=id)
        assert "Not available" in block.text()
        assert not block.all("table")
    (rules,) = page.all("section", id="findings")
    assert "Not checked" in rules.text()


@each_file
def test_what_no_source_states_of_the_approval_is_marked(path: Path, site: Path) -> None:
    """The releases and what it replaces: those of Powered have sources, those of add-ons follow from Powered."""
    approval = load_yaml(path)["metadata"]["os_trademark_approval"]
    inferred = path.parent.name != "powered"
    assert (approval.get("evidence", {}).get("grade") == "inferred") == inferred
    assert approval["releases"] == ["xena", "yoga", "zed", "antelope"]
    page = article(site / f"guidelines/{path.parent.name}/2022.11.html")
    shown = {row.all("dt")[0].text(): row.all("dd")[0].text() for row in page.all("dl", class_="facts")[0].all("div")}
    names = ["Releases", "Replaces"] if "replaces" in approval else ["Releases"]
    assert all(("(inferred)" in shown[name]) == inferred for name in names)
    if "replaces" in approval:
        before = article(site / f"guidelines/{path.parent.name}/2022.06.html").text()
        assert ("2022.11 (inferred)" in before) == inferred


def test_names_of_which_the_alias_is_not_known_are_no_aliases(site: Path) -> None:
    """The list has six names for one id of the Shared File System, one for each protocol."""
    page = article(site / "tests/21ad41fb-04cf-493c-bc2f-66c80220898b.html")
    (table,) = page.all("section", id="names")[0].all("table")
    rows = [[cell.text() for cell in row.all("td")] for row in table.all("tr") if row.all("td")]
    assert [row[-1] for row in rows] == ["Shared File System 2022.11"] * 6
    assert not any(text for row in rows for text in row[:-1])


@each_file
def test_every_capability_and_test_has_its_grade_and_sources(path: Path, site: Path) -> None:
    """A test has them where they differ from those of its capability."""
    data = load_yaml(path)
    page = article(site / f"guidelines/{path.parent.name}/2022.11.html")
    whole = data["record"]["evidence"]
    for prefix, parts in (("", data["capabilities"]), ("group:", data.get("groups", {}))):
        for name, part in parts.items():
            (row,) = page.all("tr", id=prefix + name)
            own = part.get("evidence", whole)
            assert own["grade"] in row.all("td")[1].text()
            assert worded(own) in [text.text() for text in row.all("p", class_="small")]
            shown = {test.all("code")[0].text(): test for test in row.all("ul", class_="tests")[0].all("li")}
            for test, entry in part["tests"].items():
                given = entry.get("evidence", own)
                expected = [worded(given)] if given != own else []
                assert [text.text() for text in shown[test].all("p", class_="small")] == expected
    (block,) = page.all("section", id="evidence")
    for key, source in data["record"]["evidence_sources"].items():
        assert key in block.text() and source["title"] in block.text()


def lead(page: Element) -> str:
    return page.all("p", class_="lead")[0].text()


def numbers(page: Element) -> dict[str, list[int]]:
    """The table of numbers of a comparison: component by component, and together."""
    (table,) = page.all("table", class_="sums")
    rows = (row for row in table.all("tr") if row.all("td"))
    return {row.all("th")[0].text(): [int(cell.text().replace("−", "-")) for cell in row.all("td")] for row in rows}


@pytest.mark.by_hand
def test_the_comparison_says_what_it_cannot_say(site: Path) -> None:
    """Counted in capability-evidence.json with jq."""
    page = article(site / "diff/powered/2020.06..2022.11.html")
    (note,) = page.all("div", id="reconstructed")
    text = note.text()
    rows = numbers(page)
    # 58 required tests of 2022.11 are not in 2020.06, one of them flagged; 8 of 2020.06 not in 2022.11, two flagged.
    assert rows["not in 2020.06"][-1] == 58 - 1
    assert rows["in 2020.06, but flagged or not required there"][-1] == 4
    assert rows["not in the known tests of 2022.11"][-1] == 8 - 2
    assert rows["Newly required"] == [53 - 1 + 4, 5, 61] and rows["No longer required"][-1] == -6
    assert rows["Must pass for 2020.06"][-1] + 61 - 6 == rows["Must pass for 2022.11"][-1]
    assert lead(page) == (
        "As far as known, a cloud that passes 2020.06 must pass 61 more tests for 2022.11; "
        "6 tests are no longer required."
    )
    assert (58 - 1 + 4, 8 - 2) == (61, 6)
    assert "designated sections, criteria, weights, scores and marks are not compared." in text
    for name in ("delete", "get", "list", "set", "update"):
        assert f"compute-servers-metadata-{name}" in text
    assert not [section for section in page.all("section") if section.attributes.get("id") in ("criteria", "marks")]
    data = json.loads((site / "api/v1/diffs/powered/2020.06..2022.11.json").read_text(encoding="utf-8"))
    assert data["reconstructed"] == ["powered/2022.11"]


def test_complete_guidelines_are_compared_as_before(site: Path) -> None:
    page = article(site / "diff/powered/2019.11..2020.06.html")
    assert not page.all("div", id="reconstructed")
    data = json.loads((site / "api/v1/diffs/powered/2019.11..2020.06.json").read_text(encoding="utf-8"))
    assert data["reconstructed"] == []


@pytest.mark.parametrize(
    "page",
    [
        "capabilities/networks-l3-CRUD",
        "capabilities/index",
        "tests/96522edf-b4b5-45d9-8443-fa11c26e6eff",
        "tests/index",
        "matrix/powered",
        "matrix/load-balancer",
        "diff/index",
        "diff/powered/2022.11..next",
        "guidelines/index",
        "index",
    ],
)
def test_pages_mark_it(page: str, site: Path) -> None:
    """By a badge with the word, or by a sign with the word for screen readers and a legend."""
    found = article(site / f"{page}.html")
    badges, signs = found.all("a", class_="reconstructed"), found.all("span", class_="reconstructed-sign")
    assert badges or signs
    assert all("reconstructed" in badge.text() for badge in badges)
    assert all("reconstructed" in sign.text() for sign in signs if "aria-hidden" not in sign.attributes)


def test_a_group_is_no_capability(site: Path) -> None:
    """No page, no short URL, no entry in the list; the test says that its capability is not known."""
    groups = {name for path in PARTIAL for name in load_yaml(path).get("groups", {})}
    groups.remove("compute-security-groups")  # The scorings have a capability of this name.
    pages = {path.stem for path in (site / "capabilities").glob("*.html")}
    assert not groups & {name.removeprefix("group:") for name in pages}
    assert not [name for name in groups if (site / "c" / name).exists() or (site / "c" / f"{name}.html").exists()]
    assert not groups & json.loads((site / "api/v1/capabilities.json").read_text(encoding="utf-8")).keys()
    page = article(site / "tests/96522edf-b4b5-45d9-8443-fa11c26e6eff.html")
    (strip,) = page.all("table", class_="strip")
    (row,) = [row for row in strip.all("tr") if "(capability not known)" in row.text()]
    links = [row.all("a")[0].attributes["href"]]
    assert links == ["../guidelines/powered/2022.11.html#group:router-port-update"]


def test_anchors_that_an_official_file_may_replace_are_not_promised(guidelines: Path) -> None:
    lines = (guidelines / "addresses.txt").read_text(encoding="utf-8").splitlines()
    for page in (f"guidelines/{path.parent.name}/2022.11" for path in PARTIAL):
        place = lines.index(page)
        assert not lines[place + 1].startswith(" "), page
    assert not [line for line in lines if "group:" in line]


def test_scores_are_not_available_in_data(site: Path) -> None:
    text = (site / "api/v1/guidelines/2022.11.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {(row["score"], row["admin"]) for row in rows} == {("", "")}
    assert {row["evidence"] for row in rows} == {"order-verified", "id-carried", "stated", "near-certain", "inferred"}
    unknown = {row["capability"] for row in rows if row["evidence"] == "inferred"}
    assert all(name.startswith("not known: ") for name in unknown)
    data = json.loads((site / "api/v1/guidelines/2022.11.json").read_text(encoding="utf-8"))
    assert data["metadata"]["record"]["completeness"] == "partial"
    assert "scoring" not in data["metadata"] and "designated_sections" not in data
    assert len(data["groups"]) == 11


def test_the_page_lists_what_was_made_from_it(site: Path) -> None:
    """The anchor of each list, which was that of a section before, and its numbers."""
    (block,) = article(site / "guidelines/powered/2022.11.html").all("section", id="adopters")
    (row,) = block.all("tr", id="scs-0128")
    assert [cell.text() for cell in row.all("td")] == ["2026-08-06", "258", "18", "0"]
    rows = [row for row in block.all("tr") if row.attributes.get("id")]
    assert len(rows) == len(list((PARTIAL[0].parents[1] / "adopters").glob("*.yaml")))


def test_complete_guidelines_have_no_mark(site: Path) -> None:
    page = article(site / "guidelines/powered/2020.06.html")
    assert not page.all("a", class_="reconstructed")
    assert not page.all("section", id="evidence")
    text = (site / "api/v1/guidelines/2020.06.csv").read_bytes().decode("utf-8-sig")
    assert {row["evidence"] for row in csv.DictReader(io.StringIO(text, newline=""))} == {""}
