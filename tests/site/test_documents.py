"""The documents against lists of ids that were counted in upstream's own texts: none missing, none invented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ..conftest import ROOT
from .html import Element, article, read
from .test_pages import FILES, load

#: For each version, its groups of clauses with the number of items in each, as upstream's files count them.
CLAUSES = {
    "2015A": "A1:2 A2:7 A3:8 A4:6 A5:2 A6:3 A7:2 B1:6 B2:4 B3:3 B4:3 C1:6 C2:3 C3:4 C4:4 C5:2 D1:4 D2:3 D3:3 D4:1",
    "2015B": "A1:2 A2:7 A3:8 A4:7 A5:3 A6:3 A7:2 B1:6 B2:4 B3:3 B4:3 C1:6 C2:3 C3:4 C4:6 C5:2 C6:3 D1:4 D2:3 D3:3 D4:1",
    "2016A": "A1:2 A2:7 A3:8 A4:7 A5:3 A6:3 A7:2 B1:6 B2:4 B3:3 B4:7 C1:6 C2:3 C3:3 C4:6 C5:2 C6:3 D1:4 D2:3 D3:3 D4:1",
    "2017A": "A1:2 A2:7 A3:8 A4:7 A5:3 A6:3 A7:2 B1:6 B2:4 B3:3 B4:7 C1:6 C2:3 C3:3 C4:6 C5:2 C6:3 D1:4 D2:3 D3:3 D4:1",
    "2021A": "",
}
#: The terms of upstream's lexicon.
TERMS = """Advisory; Capability; Certify or Accredit; Community; Component; Contributor; Core; DefCore; Deprecated;
Designated sections; Flagged test; Guidelines; Interop Working Group process; OpenStack mark; Participant; Platform;
Removed; Required; Self-test; Technical leadership; Test"""
CRITERIA = "deployed tools clients future stable complete discover doc sticky foundation atomic proximity"


def clause_ids(text: str) -> list[str]:
    ids = []
    for group in text.split():
        name, _, number = group.partition(":")
        ids += [name, *(f"{name}.{item}" for item in range(1, int(number) + 1))]
    return ids


def ids(page: Element) -> set[str]:
    return {element.attributes["id"] for element in page.all() if "id" in element.attributes}


@pytest.mark.by_hand
@pytest.mark.parametrize("version", CLAUSES)
def test_every_clause_has_its_anchor_and_none_is_invented(site: Path, version: str) -> None:
    page = article(site / f"process/{version}.html")
    shown = [div.attributes["id"] for dl in page.all("dl", class_="clauses") for div in dl.children if _has_id(div)]
    assert shown == clause_ids(CLAUSES[version])


def _has_id(element: Element | str) -> bool:
    return isinstance(element, Element) and "id" in element.attributes


@pytest.mark.by_hand
def test_flagging_rules(site: Path) -> None:
    page = article(site / "process/flagging.html")
    shown = [div.attributes["id"] for dl in page.all("dl", class_="clauses") for div in dl.children if _has_id(div)]
    assert shown == [f"D{number}" for number in (*range(300, 313), *range(400, 407))]


@pytest.mark.by_hand
@pytest.mark.parametrize(
    "page, prefix, expected",
    [
        ("principles", "principle-", {str(number) for number in range(1, 11)}),
        ("designated-sections", "section-rule-", {str(number) for number in range(1, 11)}),
        ("criteria", "criterion-", set(CRITERIA.split())),
        ("cycles", "cycle-", {"spider", "elephant", "lighthouse", "scale", "flag", "future"}),
    ],
)
def test_principles_criteria_rules_and_cycles(site: Path, page: str, prefix: str, expected: set[str]) -> None:
    shown = {id.removeprefix(prefix) for id in ids(article(site / f"process/{page}.html")) if id.startswith(prefix)}
    assert shown == expected


@pytest.mark.by_hand
def test_every_term_of_the_lexicon_is_in_the_glossary(site: Path) -> None:
    page = article(site / "glossary.html")
    terms = {" ".join(dt.text().removesuffix("¶").split()) for dt in page.all("dt")}
    assert {" ".join(term.split()) for term in TERMS.split(";")} <= terms
    marked = [dd for dd in page.all("dd") if "(lexicon)" in dd.text()]
    assert len(marked) == len(TERMS.split(";"))


@pytest.mark.parametrize(
    "page",
    [
        "guidelines/index",
        "guidelines/powered/2020.06",
        "capabilities/compute-servers",
        "tests/index",
        "tests/0186422c-999a-480e-a026-6a665744c30c",
        "diff/index",
        "diff/powered/2015.05..2015.07",
        "findings",
        "matrix/powered",
        "sections/nova",
        "process/2017A",
        "process/criteria",
        "testing",
        "about",
    ],
)
def test_first_uses_of_terms_lead_to_the_glossary(site: Path, page: str) -> None:
    links = [a.attributes.get("href", "") for a in article(site / f"{page}.html").all("a")]
    assert any("glossary.html#term-" in link for link in links)


def test_restatements_say_so(site: Path) -> None:
    for path in sorted((site / "process").glob("*.html")):
        if path.stem == "index" or b'http-equiv="refresh"' in path.read_bytes()[:600]:
            continue
        text = article(path).text()
        assert "authoritative text" in text, path
        assert "restates" in text or "could not be had" in text, path


@pytest.mark.by_hand
def test_the_clause_table_says_where_clauses_changed(site: Path) -> None:
    """C3.4 stands in 2015A and 2015B; A1.2 was reworded in 2015B; C6.1 is new there, B4.7 in 2016A."""
    (table,) = article(site / "process/index.html").all("table", class_="wordy")
    rows = {row.all("th")[0].text().split()[0]: row for row in table.all("tr") if row.all("td")}

    def cells(clause: str) -> list[str]:
        return [cell.all("span", class_="vh")[0].text() if cell.all("a") else "" for cell in rows[clause].all("td")]

    assert cells("C3.4") == ["same", "same", "", ""]
    assert cells("A1.2") == ["same", "reworded", "same", "same"]
    assert cells("C6.1") == ["", "new", "same", "same"]
    assert cells("B4.7") == ["", "", "new", "same"]


def test_clauses_and_rules_lead_to_one_another(site: Path) -> None:
    (clause,) = article(site / "process/2017A.html").all("div", id="A4.6")
    assert [a.attributes["href"] for a in clause.all("a")][-1] == "../findings.html#advisory-first"
    (rule,) = article(site / "findings.html").all("section", id="advisory-first")
    assert "process/2017A.html#A4.6" in [a.attributes["href"] for a in rule.all("a")]


def test_weights_are_those_of_the_files(site: Path) -> None:
    (table,) = [t for t in article(site / "process/criteria.html").all("table") if "Weights by guideline" in t.text()]
    heads = [[a.attributes["href"] for a in head.all("a")] for head in table.all("thead")[0].all("th")[1:]]
    names = load(ROOT / "guidelines/catalogue/criteria.yaml")
    for row in table.all("tbody")[0].all("tr")[:12]:
        key = next(key for key, entry in names.items() if row.all("a")[0].text() == entry["name"])
        for links, cell in zip(heads, row.all("td"), strict=True):
            for link in links:
                data = load(ROOT / link.removeprefix("../").replace(".html", ".yaml"))
                weight = data["metadata"]["scoring"]["criteria"].get(key, {}).get("weight")
                assert cell.text() == ("–" if weight is None else str(weight))


def test_a_worked_example_adds_up(site: Path) -> None:
    page = article(site / "process/criteria.html")
    table = page.all("table", class_="criteria")[-1]
    *rows, total = [row for row in table.all("tr") if row.all("td")]
    counted = [int(row.all("td")[1].text()) for row in rows if row.all("strong")]
    assert sum(counted) == int(total.all("td")[1].text())
    assert f"add up to {sum(counted)} of 100" in page.text()


def test_flags_by_code_are_those_of_the_files(site: Path) -> None:
    table = article(site / "process/flagging.html").all("table", class_="strip")[-1]
    heads = [a.attributes["href"] for a in table.all("thead")[0].all("a")]
    shown = {
        row.all("th")[0].text().split()[0]: [c.text() or "0" for c in row.all("td")] for row in table.all("tr")[1:]
    }
    for place, link in enumerate(heads):
        data = load(ROOT / link.removeprefix("../").replace(".html", ".yaml"))
        parts = (*data["capabilities"].values(), *data.get("groups", {}).values())
        flags = [t["flagged"] for c in parts for t in c["tests"].values() if "flagged" in t]
        assert shown["All"][place] == str(len(flags))
        for code in ("D400", "D401", "D405", "D406"):
            given = sum(str((flag or {}).get("reason", "")).startswith(code) for flag in flags)
            assert shown[code][place] == str(given), (link, code)
    assert len(heads) == sum(
        any("flagged" in t for c in load(p)["capabilities"].values() for t in c["tests"].values()) for p in FILES
    )


@pytest.mark.parametrize("page", ["principles", "criteria", "designated-sections", "platform"])
def test_drawings_have_a_text_in_their_place(site: Path, page: str) -> None:
    (svg,) = [svg for svg in read(site / f"process/{page}.html").all("svg") if svg.attributes.get("role") == "img"]
    assert svg.all("title")[0].text()
    assert len(svg.all("desc")[0].text()) > 80
    labelled = svg.attributes["aria-labelledby"].split()
    assert labelled == [svg.all(tag)[0].attributes["id"] for tag in ("title", "desc")]


@pytest.mark.parametrize("version", ["1.2", "1.3", "1.4", "1.5", "1.6", "2.0"])
def test_schema_pages(site: Path, version: str) -> None:
    page = article(site / f"schema/{version}.html")
    fields = {code.text() for table in page.all("table") for row in table.all("tr") for code in row.all("code")[:1]}
    assert ("metadata.os_trademark_approval.status" in fields) == (version == "2.0")
    assert ("status" in fields) == (version != "2.0")
    assert ("capabilities.<name>.tests.<name>.aliases" in fields) == (version >= "1.4")
    assert ("capabilities.<name>.required-since" in fields) == ("1.3" <= version < "2.0")


def test_the_example_of_a_schema_is_one(site: Path) -> None:
    for version in ("1.2", "1.6", "2.0"):
        example = article(site / f"schema/{version}.html").all("pre")[-1].text()
        assert re.search(rf'"schema": "{re.escape(version)}"', example)
