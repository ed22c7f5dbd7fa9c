"""Where readers of upstream's wiki page and documents find the same things here, against lists written by hand."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from ..conftest import ROOT
from .html import Element, article

WIKI_PAGE = ROOT / "tests/wiki_page.txt"
DOCUMENTS = ROOT / "tests/upstream_documents.txt"
#: Documents whose page names the file that it restates.
RESTATED = ("doc/source/process/", "doc/source/periodic_reports/", "working_materials/")


def rows(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def wiki_page() -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split(" | ")) for line in rows(WIKI_PAGE)]


def documents() -> dict[str, str]:
    return dict(line.split() for line in rows(DOCUMENTS))


def linked(site: Path, page: str, addresses: Iterable[str]) -> set[tuple[str, str]]:
    """The pages and anchors of this site to which links of ``page`` with these addresses lead."""
    found = set()
    for address in addresses:
        to, anchor = urldefrag(address)
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(to))) if to else page
        if path.endswith(".html") and (site / path).is_file():
            found.add((path, anchor))
    return found


def place(site: Path, target: str) -> Element:
    """The article, or the element of it that has the anchor."""
    path, anchor = urldefrag(target)
    page = article(site / path)
    if not anchor:
        return page
    found = [element for element in page.all() if element.attributes.get("id") == anchor]
    assert len(found) == 1, f"{target}: {len(found)} elements have the anchor"
    if found[0].text():
        return found[0]
    # A second label of a section is an empty element in it.
    return next(section for section in reversed(page.all("section")) if found[0] in section.all())


@pytest.fixture(scope="module")
def clicks(site: Path) -> dict[str, int]:
    """The pages that are at most two clicks from the home page, with the number of clicks."""
    near = {"index.html": 0}
    for number in (1, 2):
        for page in [page for page, distance in near.items() if distance == number - 1]:
            addresses = re.findall(r'<a [^>]*?href="([^"]*)"', (site / page).read_text(encoding="utf-8"))
            for path, _ in linked(site, page, map(html.unescape, addresses)):
                near.setdefault(path, number)
    return near


@pytest.mark.by_hand(WIKI_PAGE.relative_to(ROOT))
@pytest.mark.parametrize("wanted, target, text", wiki_page())
def test_the_wiki_page_is_answered_two_clicks_from_home(
    site: Path, clicks: dict[str, int], wanted: str, target: str, text: str
) -> None:
    assert urldefrag(target).url in clicks, f"{wanted}: more than two clicks"
    assert text.lower() in place(site, target).text().lower(), wanted


@pytest.mark.by_hand(DOCUMENTS.relative_to(ROOT))
def test_every_document_of_upstream_has_an_answer_or_a_reason(site: Path) -> None:
    page = "upstream-documents.html"
    expected, shown = documents(), {}
    assert len(expected) == 49
    for part in ("documents-published", "documents-working"):
        for row in place(site, f"{page}#{part}").all("tr"):
            if cells := row.all("td"):
                shown[cells[0].text()] = cells[1]
    assert shown.keys() == expected.keys()
    for path, target in expected.items():
        if target == "-":
            assert shown[path].text().startswith("Not restated: "), path
            continue
        addresses = [a.attributes["href"] for a in shown[path].all("a")]
        assert tuple(urldefrag(target)) in linked(site, page, addresses), path
        assert place(site, target).text(), path
        if path.startswith(RESTATED):
            assert posixpath.basename(path) in article(site / urldefrag(target).url).text(), path
