"""What a file does not tell is shown as such, never as zero, nothing or certain."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from ..official import load_yaml
from .html import Element, article
from .test_pages import FILES

KEYS = {f"{path.parent.name}/{path.stem}": path for path in FILES}
SCORED = [key for key, path in KEYS.items() if load_yaml(path)["record"].get("completeness") != "partial"]


def achievements(key: str) -> dict[str, list[str]]:
    return {name: one["achievements"] for name, one in load_yaml(KEYS[key])["capabilities"].items()}


def table(site: Path, name: str) -> list[dict[str, str]]:
    text = (site / f"api/v1/guidelines/{name}.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def row_of(page: Element, name: str) -> Element:
    (row,) = page.all("tr", id=name)
    return row


# --- scores -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", SCORED)
def test_a_capability_without_achievements_is_not_scored(key: str, site: Path) -> None:
    page = article(site / f"guidelines/{key}.html")
    for name, met in achievements(key).items():
        shown = row_of(page, name).all("td")[1].text()
        assert (shown == "not scored") == (not met), (name, shown)


@pytest.mark.by_hand
def test_the_number_of_capabilities_that_are_not_scored() -> None:
    """jq '[.capabilities[]|select((.achievements//.acheivements)-[""]==[])]|length' for each official file."""
    counted = {key: sum(not met for met in achievements(key).values()) for key in SCORED}
    assert {key: number for key, number in counted.items() if number} == {
        **dict.fromkeys(("powered/2015.03", "powered/2015.04", "powered/2015.05"), 4),
        **dict.fromkeys(("powered/2018.11", "powered/2019.06", "powered/2019.11", "powered/2020.06"), 1),
        "powered/next": 1,
        "scoring/havana": 1,
        "scoring/icehouse": 27,
        "scoring/juno": 36,
    }


def test_not_scored_is_no_zero_on_the_page_of_a_capability(site: Path) -> None:
    page = article(site / "capabilities/identity-v3-tokens-delete.html")
    (scores, *_) = page.all("tr", class_="figures")
    cells = [cell.text() for cell in scores.all("td")]
    assert cells.count("– not scored") + cells.count("–not scored") == 5  # 2018.11 to 2020.06, and next.
    assert not [cell for cell in cells if cell.startswith("0")]
    (criteria,) = page.all("section", id="powered-criteria")
    assert "not scored" in criteria.text()
    assert "– of" not in criteria.text()
    assert "the file gives no score" in criteria.text()
    assert "below the cutoff" not in page.text()
    page = article(site / "capabilities/compute-floating-ips.html")
    assert not [cell for row in page.all("tr", class_="figures")[:1] for cell in row.all("td") if cell.text() == "0"]


@pytest.mark.parametrize(
    "name, capability", [("2020.06", "identity-v3-tokens-delete"), ("scoring.juno", "data-proc-jobs")]
)
def test_a_score_that_is_not_given_is_empty_in_a_table(name: str, capability: str, site: Path) -> None:
    rows = table(site, name)
    assert {row["score"] for row in rows if row["capability"] == capability} == {""}
    assert "0" not in {row["score"] for row in rows}


# --- statuses that no source tells ------------------------------------------------------------------------------------

PARTIAL = [path for path in FILES if path.stem == "2022.11"]


def ids(path: Path, status: str) -> set[str]:
    """The ids of the tests of the groups with a status."""
    data = load_yaml(path)
    names = {name for one in data["components"].values() for name in one.get("groups", {}).get(status, ())}
    return {test["idempotent_id"] for name in names for test in data["groups"][name]["tests"].values()}


@pytest.mark.parametrize("path", PARTIAL, ids=lambda path: path.parent.name)
def test_the_list_of_guidelines_shows_no_count_that_is_not_known(path: Path, site: Path) -> None:
    row = row_of(article(site / "guidelines/index.html"), f"{path.parent.name}-2022.11")
    cell = row.all("td", class_="num")[4].text()
    undecided, required = len(ids(path, "unknown")), load_yaml(path)["capabilities"]
    assert ("–" in cell, "n/a" in cell) == (False, not required)
    assert (f"{undecided} not known" in cell) == bool(undecided and required)
    lead = article(site / f"guidelines/{path.parent.name}/2022.11.html").all("p", class_="lead")[0].text()
    more = "more " * bool(required)
    assert (f"Whether {undecided} {more}tests are required is not known." in lead) == bool(undecided)


@pytest.mark.parametrize("program, a, b", [("dns", "2020.06", "2022.11"), ("dns", "2018.02", "2022.11")])
def test_a_comparison_lists_the_tests_whose_status_is_not_known(program: str, a: str, b: str, site: Path) -> None:
    page = article(site / f"diff/{program}/{a}..{b}.html")
    assert page.all("p", class_="lead")[0].text() == (
        f"The tests known to be required are the same for {a} and {b}; whether {b} requires 8 more tests is not known."
    )
    (block,) = page.all("section", id=f"not-known-{b}")
    expected = ids(KEYS[f"{program}/{b}"], "unknown")
    assert len(expected) == 8
    assert {small.text() for small in block.all("small")} == expected
    data = json.loads((site / f"api/v1/diffs/{program}/{a}..{b}.json").read_text(encoding="utf-8"))
    assert data["tests"]["unknown"] == {"from": [], "to": sorted(expected)}
    (link,) = [
        link
        for link in article(site / "diff/index.html").all("a")
        if link.attributes["href"] == f"{program}/{a}..{b}.html"
    ]
    assert "?8 not known" in link.text() and "0" not in link.text().partition(": ")[2]


@pytest.mark.parametrize(
    "path", [path for path in PARTIAL if (path.parent / "2020.06.yaml").exists()], ids=lambda p: p.parent.name
)
def test_no_comparison_with_a_reconstruction_is_certain(path: Path, site: Path) -> None:
    pages = list((site / "diff" / path.parent.name).glob("*2022.11*.html"))
    assert pages
    for page in pages:
        lead = article(page).all("p", class_="lead")[0].text()
        assert lead.startswith(("As far as known, ", "The tests known to be required ")), page


def test_an_id_that_stayed_on_a_changed_test(site: Path) -> None:
    """Of the nine tests that test_create_all_recordset_types became, one has its id."""
    says = "so that it may check less"
    for page in ("diff/dns/2020.06..2022.11", "guidelines/dns/2022.11", "tests/d03b69a5-5052-43bc-a38a-b511b6b34304"):
        assert says in article(site / f"{page}.html").text(), page
    assert says not in article(site / "diff/dns/2018.02..2020.06.html").text()
    (renamed,) = article(site / "diff/dns/2020.06..2022.11.html").all("section", id="renamed")
    assert "so it is the same test" not in renamed.text()


#: The months that the drafts are for, and the last guideline before them (their target_approval).
@pytest.mark.by_hand
@pytest.mark.parametrize("program, month, before", [("powered", "2018.08", "2018.02"), ("dns", "2018.01", "")])
def test_a_comparison_with_an_older_draft_says_so(program: str, month: str, before: str, site: Path) -> None:
    for page in (site / "diff" / program).glob("*..next.html"):
        id = page.name.partition("..")[0]
        note = article(page).all("p", id="direction")
        if id <= before:
            assert not note, page
        else:
            assert note[0].text().startswith(f"next is the archived draft for {month}, older than {id}: "), page
    (block,) = article(site / "diff/index.html").all("section", id=program)
    first = {"powered": "2018.11", "dns": "2018.02"}[program]
    assert f"The archived draft “next” is for {month}, older than {first} and what follows it" in block.text()


def test_what_a_reconstruction_does_not_tell_is_not_drawn_as_not_listed(site: Path) -> None:
    """No known test of 2022.11 belongs to compute-servers-metadata-get; 2015.05 does not list it."""
    page = article(site / "capabilities/compute-servers-metadata-get.html")
    (table,) = [one for one in page.all("table", class_="strip") if one.all("a", data_status="required")]
    heads = [cell.text() for cell in table.all("thead")[0].all("th")]
    (row,) = [row for row in table.all("tbody")[0].all("tr") if row.all("a", data_status="required")]
    cells = dict(zip([head.replace(" ", "")[:7] for head in heads[1:]], row.all("td"), strict=True))
    assert (cells["2022.11"].text(), cells["2015.05"].text()) == ("not known", "not listed")


def test_a_flag_of_several_tests_is_written_once(site: Path) -> None:
    """Since 2015.07, four tests of resizing are flagged for one reason; nobody knows why they are in 2022.11.

    There, the reason as last known is told, with its guideline.
    """
    (section,) = article(site / "capabilities/compute-servers-resize.html").all("section", id="powered-flags")
    rows = section.all("li")
    assert [len(row.all("div", class_="flag")) for row in rows] == [1, 1]
    assert [len({code.text() for code in row.all("code")}) for row in rows] == [4, 4]
    assert "not known; as last known, in 2020.06: 2015-05-07" in rows[0].text()
    assert rows[0].text().partition("2020.06: ")[2].startswith(rows[1].text().partition("Flagged ")[2][:60])


def test_a_flag_is_told_as_it_was_last_known(site: Path) -> None:
    """The test is flagged in 2015.04 and 2015.05 too, in files without reasons and before any other."""
    (section,) = article(site / "tests/1499262a-9328-4eda-9068-db1ac57498d2.html").all("section", id="flags")
    first, newest, last = (row.text() for row in section.all("li"))
    assert first.endswith("Date, reason and action are not known. in 2015.04, 2015.05")
    assert "as last known, in 2020.06: 2015-05-07" in newest and newest.endswith("in 2022.11 reconstructed")
    assert "not known" not in last


@pytest.mark.parametrize("page", ["tests/5de47127-9977-400a-936f-abcfbec1218f", "capabilities/volumes-v3-get"])
def test_no_cell_of_a_strip_is_empty(page: str, site: Path) -> None:
    """The test moved from compute-servers to compute-servers-verify in 2015.07."""
    cells = [cell for table in article(site / f"{page}.html").all("table", class_="strip") for cell in table.all("td")]
    assert len(cells) >= 33 and all(cell.text() for cell in cells)
