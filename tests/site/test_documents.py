"""The documents against lists of ids that were counted in upstream's own texts: none missing, none invented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

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
        ("criteria", "criterion-", {*CRITERIA.split(), "non-admin"}),
        ("cycles", "cycle-", {"spider", "elephant", "lighthouse", "scale", "flag", "future"}),
    ],
)
def test_principles_criteria_rules_and_cycles(site: Path, page: str, prefix: str, expected: set[str]) -> None:
    shown = {id.removeprefix(prefix) for id in ids(article(site / f"process/{page}.html")) if id.startswith(prefix)}
    assert shown == expected


@pytest.mark.by_hand
def test_each_issue_of_the_report_has_an_anchor_and_links_to_the_record(site: Path) -> None:
    page = article(site / "reports/fall-2016.html")
    issues = {section.attributes["id"]: section for section in page.all("section")}
    assert [id for id in issues if re.fullmatch(r"issue-\d", id)] == [f"issue-{number}" for number in range(1, 6)]
    for number in range(1, 6):
        links = [a.attributes["href"] for a in issues[f"issue-{number}"].all("a")]
        assert any(re.match(r"\.\./(guidelines/powered|capabilities)/", link) for link in links), number


@pytest.mark.by_hand
def test_the_time_line_of_2021a_follows_the_ptg(site: Path) -> None:
    page = article(site / "process/2021A.html")
    (line,) = page.all("ol", class_="timeline")
    assert [step.all("strong")[0].text() for step in line.all("li")] == ["PTG-1", "PTG", "PTG+1", "PTG+2", "PTG+3"]
    assert line.all("li")[-1].text().endswith("approval committee")
    assert "PTG is the Project Teams Gathering" in page.text()
    assert "S is the summit" in article(site / "process/2017A.html").text()


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
    """C3.4 stands in 2015A and 2015B; A1.2 was reworded in 2015B; C6.1 is new there, B4.7 in 2016A. Newest first."""
    page = article(site / "process/index.html")
    (table,) = page.all("table", class_="wordy")
    rows = {row.all("th")[0].text().split()[0]: row for row in table.all("tr") if row.all("td")}

    def cells(clause: str) -> list[str]:
        return [cell.all("span", class_="vh")[0].text() if cell.all("a") else "" for cell in rows[clause].all("td")]

    assert [head.text().strip() for head in table.all("th")[1:5]] == ["2017A", "2016A", "2015B", "2015A"]
    assert cells("C3.4") == ["", "", "same", "new"]
    assert cells("A1.2") == ["same", "same", "reworded", "new"]
    assert cells("C6.1") == ["same", "same", "new", ""]
    assert cells("B4.7") == ["same", "new", "", ""]
    assert cells("B4.5") == ["reworded", "new", "", ""]
    assert {cells(clause)[-1] for clause in rows} == {"new", ""}  # Nothing came before the first document.
    # Those that never changed are folded.
    assert ["same", "same", "same", "new"] not in [cells(clause) for clause in rows]
    (folded,) = page.all("details")
    assert "A4.5" in [link.text() for link in folded.all("a")]


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
    # Files without ids have some tests twice, under two names that later files give one id.
    ids = {
        each: test["idempotent_id"]
        for path in FILES
        for part in load(path)["capabilities"].values()
        for name, test in part["tests"].items()
        if test.get("idempotent_id")
        for each in (name, *test.get("aliases", ()))
    }
    for place, link in enumerate(heads):
        data = load(ROOT / link.removeprefix("../").replace(".html", ".yaml"))
        parts = (*data["capabilities"].values(), *data.get("groups", {}).values())
        tests = {
            test.get("idempotent_id") or ids.get(name, name): test["flagged"]
            for part in parts
            for name, test in part["tests"].items()
            if "flagged" in test
        }
        flags = list(tests.values())
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


def _kept(paragraph: Element, without: str) -> str:
    """The words of a paragraph of changes, without its label and those in elements of the name ``without``."""

    def words(node: Element | str) -> list[str]:
        if isinstance(node, str):
            return node.split()
        if node.tag == without or node.tag in ("span", "a"):
            return []
        return [word for child in node.children for word in words(child)]

    return " ".join(words(paragraph))


@pytest.mark.parametrize("version, before", [("2015B", "2015A"), ("2016A", "2015B"), ("2017A", "2016A")])
def test_a_reworded_clause_shows_its_change_word_by_word(site: Path, version: str, before: str) -> None:
    """Without the insertions it reads as the old wording in process.yaml, without the deletions as the new one."""
    wordings = load(ROOT / "guidelines/catalogue/process.yaml")["clauses"]

    def wording(clause: str, document: str) -> str | None:
        text = next((one["text"] for one in wordings[clause] if document in one["in"]), None)
        return text and " ".join(text.replace("{", "").replace("}", "").split())

    page = article(site / f"process/{version}.html")
    shown = {}
    for clause in (div for dl in page.all("dl", class_="clauses") for div in dl.children if _has_id(div)):
        for paragraph in clause.all("p", class_="changes"):
            assert paragraph.all("ins") or paragraph.all("del")
            shown[clause.attributes["id"]] = (_kept(paragraph, "ins"), _kept(paragraph, "del"))
    texts = {id: (wording(id, before), wording(id, version)) for id, ones in wordings.items() if "text" in ones[0]}
    assert shown == {id: pair for id, pair in texts.items() if all(pair) and pair[0] != pair[1]}
    assert shown


@pytest.mark.by_hand
def test_what_was_reworded_and_removed(site: Path) -> None:
    b45 = article(site / "process/2017A.html").all("div", id="B4.5")[0].all("p", class_="changes")[0]
    assert [piece.text() for piece in b45.all("del") + b45.all("ins")] == ["must", "will"]
    removed = article(site / "process/2016A.html").all("section", id="dropped")[0]
    assert [a.text() for a in removed.all("p")[0].all("a")] == ["C3.4"]
    assert removed.all("del")[0].text().startswith("Vendors may not ask")


def test_every_rule_shows_the_examples_that_the_unit_tests_apply(site: Path) -> None:
    page = article(site / "findings.html")
    examples = load(ROOT / "_ext/interop/analysis/rules/examples.yaml")
    base = examples.pop("base")
    for rule, pair in examples.items():
        (section,) = page.all("section", id=rule)
        assert pair["breaks"]["text"] in section.text() and pair["keeps"]["text"] in section.text()
        files = [(f.all("code")[0].text(), f.all("pre")[0].raw()) for f in section.all("figure", class_="file")]
        expected = [(f"{id}.yaml", patch) for kind in pair.values() for id, patch in kind["change"].items()]
        assert [(name, yaml.safe_load(text)) for name, text in files] == expected
    (small,) = page.all("section", id="small-record")
    assert yaml.safe_load(small.all("pre")[0].raw()) == base["guideline"]


#: What the schema files of upstream allow as the status of a guideline.
STATUSES = {
    "1.2": "draft, review, approved",
    "1.3": "draft, review, approved, superseded",
    "1.4": "draft, review, approved, superseded",
    "1.5": "draft, advisory, approved, superseded",
    "1.6": "draft, advisory, approved, superseded",
    "2.0": "draft, advisory, approved, superseded",
}
#: Fields below metadata and capabilities that schema 2.0 requires, and those that it does not.
REQUIRED_2_0 = """metadata.reference metadata.source metadata.os_trademark_approval.target_approval
metadata.scoring.criteria.<name>.name metadata.scoring.criteria.<name>.description
metadata.scoring.criteria.<name>.weight
capabilities.<name>.description capabilities.<name>.admin capabilities.<name>.tests.<name>.idempotent_id
platforms.<name>.components[].name designated_sections.<name>.informational.guidance"""
OPTIONAL_2_0 = """metadata.scoring metadata.scoring.cutoff_score metadata.scoring.criteria
metadata.os_trademark_approval metadata.os_trademark_approval.replaces capabilities.<name>.required_since
capabilities.<name>.tests.<name>.aliases
designated_sections.<name>.required.comment add-ons.<name>.components platforms"""


def schema_rows(site: Path, version: str) -> dict[str, Element]:
    rows = article(site / f"schema/{version}.html").all("table")[0].all("tr")[1:]
    return {"".join(row.all("code")[0].text().split()): row for row in rows}


@pytest.mark.by_hand
@pytest.mark.parametrize("version", STATUSES)
def test_the_statuses_of_a_schema(site: Path, version: str) -> None:
    row = schema_rows(site, version)["metadata.os_trademark_approval.status" if version == "2.0" else "status"]
    assert row.all("td")[0].text().startswith(f"one of {STATUSES[version]}")


@pytest.mark.by_hand
def test_the_fields_that_schema_2_0_requires(site: Path) -> None:
    rows = schema_rows(site, "2.0")
    required = {path for path, row in rows.items() if row.all("strong")}
    assert set(REQUIRED_2_0.split()) <= required
    assert set(OPTIONAL_2_0.split()) <= rows.keys() - required
    assert "calls this key flag;" in rows["capabilities.<name>.tests.<name>.flagged"].text()
    date = "capabilities.<name>.tests.<name>.flagged.date"
    assert "added" in rows[date].text() and "proposed" in schema_rows(site, "1.6")[date].text()


@pytest.mark.by_hand
def test_a_capability_page_shows_the_total_of_the_worksheet(site: Path) -> None:
    differs = article(site / "capabilities/compute-list-api-versions.html").text()
    assert "worksheet gives a total of 76, which differs from the score of 67 in the file" in differs
    same = article(site / "capabilities/compute-images-create.html").text()
    assert "worksheet gives a total of 72. Source: working_materials/tabulated_scores.csv of 2019-10-23" in same
    assert "worksheet" not in article(site / "capabilities/dns-zone-crud.html").text()
