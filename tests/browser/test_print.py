"""Pages on paper: all tests in sight, nothing that is of use only on a screen, and what a citation needs."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from interop.sphinx_ext import preview
from selenium import webdriver
from selenium.webdriver.common.by import By

from .test_browser import base, browser, look  # noqa: F401  (fixtures)


@pytest.fixture
def paper(browser: webdriver.Chrome) -> Iterator[webdriver.Chrome]:  # noqa: F811
    """The browser with the styles for paper: A4, portrait, in a dark theme."""
    look(browser, 700, "light")
    media = {"media": "print", "features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    yield browser
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})


def printed(paper: webdriver.Chrome) -> str:
    """The line at the foot of each sheet."""
    return paper.execute_script("return getComputedStyle(document.documentElement).getPropertyValue('--printed')")


def test_all_tests_of_a_guideline_are_printed(paper: webdriver.Chrome, base: str) -> None:  # noqa: F811
    paper.get(base + "guidelines/powered/2020.06.html")
    items = paper.find_elements(By.CSS_SELECTOR, "ul.tests > li")
    assert len(items) >= 273
    heights = paper.execute_script("return arguments[0].map((item) => item.getBoundingClientRect().height)", items)
    assert min(heights) > 5
    # Each in its own place: no two of them overlap.
    tops = paper.execute_script("return arguments[0].map((item) => item.getBoundingClientRect().top)", items)
    assert all(top + height <= below + 1 for top, height, below in zip(tops, heights, tops[1:], strict=False))


@pytest.mark.parametrize("page", ["index.html", "guidelines/powered/2020.06.html", "matrix/powered.html", "about.html"])
def test_paper_has_what_a_citation_needs_and_no_controls(paper: webdriver.Chrome, base: str, page: str) -> None:  # noqa: F811
    paper.get(base + page)
    assert base + page in printed(paper)
    assert "version 1, sources up to 2023-05-13" in printed(
        paper
    )  # The last event of guidelines/catalogue/events.yaml.
    assert not paper.find_element(By.TAG_NAME, "footer").is_displayed()  # Else the last sheet would have both.
    for selector in (".skip-to-content", ".sidebar-drawer", ".mobile-header", ".theme-toggle", ".back-to-top"):
        assert not any(item.is_displayed() for item in paper.find_elements(By.CSS_SELECTOR, selector)), selector
    controls = paper.find_elements(By.CSS_SELECTOR, "button:not(.fold button), input, select")
    assert [item.get_attribute("outerHTML") for item in controls if item.is_displayed()] == []
    first = paper.find_element(By.TAG_NAME, "h1")
    assert first.rect["y"] < 120
    assert paper.execute_script("return document.documentElement.scrollWidth") <= 700


@pytest.mark.parametrize("page", ["guidelines/powered/2020.06.html", "about.html"])
def test_each_sheet_has_the_address_and_the_edition(paper: webdriver.Chrome, base: str, page: str) -> None:  # noqa: F811
    """What stands at the foot of each sheet is in no element: the stylesheet takes it from this property."""
    paper.get(base + page)
    edition = paper.find_element(By.CSS_SELECTOR, ".edition").get_attribute("textContent").strip()
    assert printed(paper) == f'"{edition}"' and base + page in edition and "sources up to 2023-05-13" in edition


def test_each_sheet_of_a_preview_has_the_commit(paper: webdriver.Chrome, site: Path, tmp_path: Path) -> None:
    shutil.copy(site / "about.html", tmp_path)
    (tmp_path / "_static").symlink_to(site / "_static")
    known = "Made from commit 0123456789ab (Some words), with changes in guidelines/dns/2020.06.yaml."
    (tmp_path / "preview.js").write_text(preview.script(known), encoding="utf-8")
    paper.get((tmp_path / "about.html").as_uri())
    assert "sources up to 2023-05-13, commit 0123456789ab with changes. This page: file:" in printed(paper)


def test_no_heading_is_alone_at_the_foot_of_a_sheet(paper: webdriver.Chrome, base: str) -> None:  # noqa: F811
    """On the sheet of this page where "Criteria and weights" begins is also what follows, and so for a long row."""
    sheets = _sheets(paper, base + "guidelines/powered/2020.06.html")
    (criteria,) = [sheet for sheet in sheets if re.search(r"^ *Criteria and weights$", sheet, re.M)]
    assert "A capability scores" in criteria
    (listing,) = [sheet for sheet in sheets if re.search(r"^compute-servers-list +nova", sheet, re.M)]
    assert "List servers, with or without details" in listing and "test_list_servers" in listing


def test_no_cell_of_a_table_is_left_out(paper: webdriver.Chrome, base: str) -> None:  # noqa: F811
    """A class that hides a control must not be one of a cell, which would leave a column empty."""
    for page in ("diff/powered/2018.02..2020.06.html", "guidelines/powered/2020.06.html", "tests/index.html"):
        paper.get(base + page)
        hidden = (
            "return [...document.querySelectorAll('article :is(td, th)')].filter((cell) => !cell.checkVisibility())"
        )
        assert [cell.get_attribute("outerHTML") for cell in paper.execute_script(hidden)] == [], page


def test_no_head_of_a_table_is_alone_at_the_foot_of_a_sheet(paper: webdriver.Chrome, base: str) -> None:  # noqa: F811
    for page, head, row in (
        ("capabilities/compute-servers-create.html", r"^ *Test +Guidelines$", "b92d5ec7-b1dd-44a2-87e4-45e888c46ef0"),
        ("diff/powered/2018.02..2020.06.html", r"^ *Releases$", "Newton"),
    ):
        (sheet,) = [sheet for sheet in _sheets(paper, base + page) if re.search(head, sheet, re.M)]
        assert row in sheet, page


def test_no_head_of_a_short_table_is_alone_at_the_foot_of_a_sheet(paper: webdriver.Chrome, base: str) -> None:  # noqa: F811
    sheets = _sheets(paper, base + "guidelines/powered/2022.11.html")
    (listing,) = [sheet for sheet in sheets if re.search(r"^compute-servers-list +nova", sheet, re.M)]
    assert "test_list_servers" in listing
    (marks,) = [sheet for sheet in sheets if "Marks, and the components that each requires" in sheet]
    assert "OpenStack Powered Storage" in marks


def test_a_name_and_its_aliases_have_one_size(paper: webdriver.Chrome, base: str) -> None:  # noqa: F811
    paper.get(base + "guidelines/powered/2020.06.html")
    kinds = ("ul.tests code", "ul.tests .aliases", "ul.tests .aliases code")
    read = "return arguments[0].map((one) => getComputedStyle(document.querySelector(one)).fontSize)"
    assert len(set(paper.execute_script(read, kinds))) == 1


def _sheets(paper: webdriver.Chrome, url: str) -> list[str]:
    """The text of each sheet of a page."""
    paper.get(url)
    size = {"paperWidth": 8.5, "paperHeight": 11, "preferCSSPageSize": True}
    pdf = base64.b64decode(paper.execute_cdp_cmd("Page.printToPDF", size)["data"])
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is missing; to read what is printed: apt-get install poppler-utils")
    text = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    return text.split("\f")


@pytest.mark.parametrize(
    "page, selector",
    [
        ("guidelines/powered/2020.06.html", "article span[data-status]"),
        ("matrix/powered.html", "table.matrix td a[data-status]:not([data-status=none])"),
        ("capabilities/compute-servers-create.html", ".strip a[data-status]"),
        ("diff/powered/2018.02..2020.06.html", "article span[data-status]"),
    ],
)
def test_statuses_need_no_background(paper: webdriver.Chrome, base: str, page: str, selector: str) -> None:  # noqa: F811
    """Browsers print no backgrounds by default: a white letter would be lost."""
    paper.get(base + page)
    marks = paper.find_elements(By.CSS_SELECTOR, selector)
    colours = (
        "const s = getComputedStyle(arguments[0], '::before'); return [s.color, s.backgroundColor, s.backgroundImage]"
    )
    seen = {tuple(paper.execute_script(colours, mark)) for mark in marks[:60]}
    assert seen == {("rgb(0, 0, 0)", "rgba(0, 0, 0, 0)", "none")}


def test_a_matrix_is_printed_whole(paper: webdriver.Chrome, base: str) -> None:  # noqa: F811
    paper.get(base + "matrix/powered.html")
    rows = paper.find_elements(By.CSS_SELECTOR, "table.matrix tbody tr[id]")
    assert all(row.is_displayed() for row in rows)
    assert (
        paper.find_element(By.CSS_SELECTOR, "table.matrix thead").value_of_css_property("display")
        == "table-header-group"
    )


def test_a_row_is_not_glued_to_the_next(paper: webdriver.Chrome, base: str) -> None:  # noqa: F811
    """If the end of each row avoids a break, no place for one is left: rows were split, and pages left empty."""
    paper.get(base + "guidelines/powered/2020.06.html")
    glued = """return [...document.querySelectorAll("table.capabilities > tbody > tr")].filter((row) => {
      for (let at = row.cells[0]; at; at = at.lastElementChild)
        if (getComputedStyle(at).breakAfter === "avoid") return true;
    }).map((row) => row.id)"""
    assert paper.execute_script(glued) == []


def test_a_small_matrix_is_one_page(paper: webdriver.Chrome, base: str) -> None:  # noqa: F811
    paper.get(base + "matrix/dns.html")
    pages = base64.b64decode(paper.execute_cdp_cmd("Page.printToPDF", {"landscape": True})["data"])
    assert len(re.findall(rb"/Type\s*/Page\b", pages)) == 1
