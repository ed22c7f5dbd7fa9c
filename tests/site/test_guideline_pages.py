"""What a guideline's page opens with, its flagged tests and its contents, read from the page and from the files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ..conftest import ROOT
from ..official import load_yaml as load
from .html import Element, article
from .test_pages import FILES

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")


def page_of(site: Path, path: Path) -> Element:
    return article(site / "guidelines" / path.parent.name / f"{path.stem}.html")


def rows(page: Element, kind: str) -> list[list[str]]:
    """The texts of the cells of the table of this class, without its head."""
    (table,) = page.all("table", class_=kind)
    (body,) = table.all("tbody")
    return [[cell.text() for cell in row.all() if cell.tag in ("th", "td")] for row in body.all("tr")]


@pytest.mark.by_hand
def test_the_numbers_of_components_add_up(site: Path) -> None:
    """60 + 20 capabilities are 78, since 2 are shared; 228 + 58 tests are 284, and 217 + 58 that must pass are 273.

    See tests/unit/test_numbers.py.
    """
    shown = rows(article(site / "guidelines/powered/2020.06.html"), "answer")
    assert [row[:5] for row in shown] == [
        ["Compute", "60", "228", "11", "217"],
        ["Object storage", "20", "58", "–", "58"],
        ["Together", "78 2 shared", "284 2 shared", "11", "273 2 shared"],
    ]


def test_the_lists_to_download_have_the_lines_that_the_page_tells(site: Path) -> None:
    page = site / "guidelines/powered/2020.06.html"
    cells = [row[5] for row in rows(article(page), "answer")]
    (table,) = article(page).all("table", class_="answer")
    links = [link.attributes["href"] for link in table.all("a") if "download" in link.attributes]
    for cell, target, link in zip(cells, ("compute", "object", "platform"), links, strict=True):
        assert link.endswith(f"/api/v1/guidelines/2020.06/tests/{target}/required/alias-true/flag-false.txt")
        lines = (page.parent / link).resolve().read_text(encoding="utf-8").splitlines()
        assert cell.endswith(f" {len(lines)} lines")


@pytest.mark.by_hand
@pytest.mark.parametrize(
    "guideline, text",
    [
        ("powered/2018.02", "3 advisory, 2 removed"),
        ("powered/2022.11", "1 group of tests: advisory"),
        ("dns/next", "2 advisory"),
    ],
)
def test_what_is_not_required_is_named(site: Path, guideline: str, text: str) -> None:
    assert rows(article(site / f"guidelines/{guideline}.html"), "answer")[0][0].endswith(f"also {text}")


def flags(data: dict[str, Any]) -> set[tuple[str, str]]:
    """The flagged tests of a file: name and date of each flag."""
    return {
        (name, (test["flagged"] or {}).get("date", ""))
        for kind in ("capabilities", "groups")
        for capability in data.get(kind, {}).values()
        for name, test in capability["tests"].items()
        if test and "flagged" in test
    }


@each_file
def test_every_flagged_test_is_in_the_table(site: Path, path: Path) -> None:
    given, page = flags(load(path)), page_of(site, path)
    shown = set()
    for table in page.all("table", class_="flagged-tests"):
        for row in table.all("tbody")[0].all("tr"):
            link, dates = row.all("a")[0], row.all("time")
            # A reconstructed guideline does not know when; the date beside its flag is that of an earlier guideline.
            known = dates and "record" in load(path) and load(path)["record"]["completeness"] == "complete"
            shown.add((link.attributes["title"], dates[0].text() if known else ""))
    assert shown == given


def test_a_flag_without_a_reason_has_the_last_known_one(site: Path) -> None:
    """2022.11 has none; the guidelines before are read here without the project's code."""
    last: dict[str, tuple[str, str]] = {}
    for path in sorted((ROOT / "guidelines/powered").glob("20*.yaml")):
        for capability in load(path)["capabilities"].values():
            for test in capability["tests"].values():
                if path.stem < "2022.11" and (flag := test.get("flagged") or {}).get("reason"):
                    last[test["idempotent_id"]] = (path.stem, flag["date"])
    page = article(site / "guidelines/powered/2022.11.html")
    (table,) = page.all("table", class_="flagged-tests")
    shown = table.all("tbody")[0].all("tr")
    assert len(shown) == 9
    for row in shown:
        id = row.all("a")[0].attributes["href"].rpartition("/")[2].removesuffix(".html#flags")
        cells = [cell.text() for cell in row.all("td")]
        assert (cells[2], cells[1]) == last[id] if id in last else "never flagged before" in cells[0]


@each_file
def test_the_contents_are_the_sections_of_the_page(site: Path, path: Path) -> None:
    page = page_of(site, path)
    (nav,) = page.all("nav", class_="on-page")
    sections = [one.attributes["id"] for one in page.all("section", class_="block") if one.all("h2")]
    assert [link.attributes["href"] for link in nav.all("a")] == [f"#{id}" for id in sections]


def test_flagged_tests_stand_first_and_sections_are_folded(site: Path) -> None:
    """What a reader of a long page asks for before the 80 rows of capabilities, and what few ask for."""
    page = article(site / "guidelines/powered/2020.06.html")
    order = [one.attributes["id"] for one in page.all("section", class_="block")]
    assert order.index("flagged-tests") < order.index("os_powered_compute")
    (row,) = page.all("tr", id="compute-flavors-list")
    assert row.all("summary")[0].text() == "List the flavors on offer, with or without their details. 2 tests"
    parts = page.all("table", class_="parts")
    folded = [table for one in page.all("details") for table in one.all("table", class_="parts")]
    assert len(parts) == len(folded) == 6
    assert page.all("section", id="section-nova")[0].all("summary")[0].text() == "6 named sections"


@pytest.mark.parametrize(
    "page",
    [
        "index",
        "guidelines/index",
        "guidelines/powered/2016.08",
        "guidelines/powered/2022.11",
        "guidelines/powered/2021.11",
        "guidelines/scoring/juno",
        "sections/index",
        "sections/nova",
        "tests/0186422c-999a-480e-a026-6a665744c30c",
        "findings",
        "coverage",
        "schema/2.0",
    ],
)
def test_every_table_has_a_caption(site: Path, page: str) -> None:
    tables = article(site / f"{page}.html").all("table")
    captions = [caption.text() for table in tables for caption in table.all("caption")]
    assert len(captions) == len(tables) and all(captions)


@pytest.mark.by_hand
def test_what_is_not_archived_is_said_once(site: Path) -> None:
    page = article(site / "guidelines/index.html")
    assert page.all("p", class_="lead")[0].text().count("14 more are known but not archived") == 1
    missing = page.all("tr", class_="unheld")
    assert len(missing) == 14
    told = [row.all("td")[-1].text() for row in missing]
    assert sum(text == "not archived" for text in told) == 13
    assert any(text.startswith("not archived. 2015.03 replaces it") for text in told)


@pytest.mark.by_hand
def test_a_capability_names_the_last_guideline_that_lists_it(site: Path) -> None:
    """compute-volume is required in 2015.05 and not in the file of 2015.07."""
    facts = article(site / "capabilities/compute-volume.html").all("dl", class_="facts")[0]
    rows = {row.all("dt")[0].text(): row.all("dd")[0].text() for row in facts.all("div")}
    newest, complete = rows["OpenStack Powered 2022.11 reconstructed"], rows["OpenStack Powered 2020.06"]
    assert newest.startswith("not known to be listed; last listed in 2015.05 The newest known guideline, a draft:")
    assert complete.startswith("not listed; last listed in 2015.05 The newest complete guideline, superseded.")


@pytest.mark.parametrize(
    "page", ["guidelines/powered/2020.06", "capabilities/compute-servers-create", "coverage", "glossary"]
)
def test_a_page_says_what_this_site_is(site: Path, page: str) -> None:
    (line,) = article(site / f"{page}.html").all("p", class_="site-line")
    assert line.text().startswith("Archive of OpenStack’s interoperability guidelines: what a product had to pass")


@pytest.mark.by_hand
@pytest.mark.parametrize(
    "page, says",
    [
        ("scoring/juno", "A scoring of Juno from before the first guideline, committed on 2014-11-21"),
        ("nfv/next", "A draft for 2018.02, committed on 2018-01-17"),
        ("powered/next", "A draft for 2018.08"),
    ],
)
def test_the_banner_says_what_a_page_is_about(site: Path, page: str, says: str) -> None:
    """The days are those of the commits 1109343 and c1588ee of openstack/interop."""
    (banner,) = article(site / f"guidelines/{page}.html").all("p", class_="banner")
    assert says in banner.text()
    newest = [link.attributes["href"] for link in banner.all("a") if "data-same" in link.attributes]
    assert newest == (
        [] if page == "nfv/next" else ["../powered/2022.11.html"] if "scoring" in page else ["2022.11.html"]
    )


def test_a_draft_is_labelled_with_its_year(site: Path) -> None:
    (heading,) = article(site / "guidelines/powered/next.html").all("h1")
    assert heading.text().startswith("OpenStack Powered next (2018 draft)")
    flags = [item.text() for item in article(site / "tests/c3e0fb12-07fc-4d76-a22e-37409887afe8.html").all("li")]
    assert not any("next" in text and "next (2018 draft)" not in text for text in flags)
