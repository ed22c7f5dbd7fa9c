"""Every internal link and anchor leads somewhere, and no page asks another host for anything."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urldefrag

from .html import Element, read


def pages(site: Path) -> list[Path]:
    """Every page but that for what is not found, which is shown under any address, and but redirects."""
    found = (page for page in sorted(site.rglob("*.html")) if page != site / "404.html")
    return [page for page in found if b'http-equiv="refresh"' not in page.read_bytes()[:600]]


def test_every_link_and_anchor_resolves(site: Path) -> None:
    ids = {page: {e.attributes["id"] for e in read(page).all() if "id" in e.attributes} for page in pages(site)}
    broken = []
    links = 0
    for page in pages(site):
        for link in read(page).all("a"):
            href = link.attributes.get("href", "")
            if not href or "://" in href or href.startswith("mailto:"):
                continue
            links += 1
            path, anchor = urldefrag(href)
            target = (page.parent / unquote(path)).resolve() if path else page
            if target.suffix != ".html":
                broken += [] if target.is_file() else [f"{page.relative_to(site)}: {href}"]
            elif target not in ids or (anchor and unquote(anchor) not in ids[target]):
                broken.append(f"{page.relative_to(site)}: {href}")
    assert links > 10_000
    assert not broken


def test_no_id_stands_twice_on_a_page(site: Path) -> None:
    twice = []
    for page in pages(site):
        counted = Counter(e.attributes["id"] for e in read(page).all() if "id" in e.attributes)
        twice += [f"{page.relative_to(site)}: {id}" for id, number in counted.items() if number > 1]
    assert not twice


def test_links_are_relative_and_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    wrong = []
    for page in pages(site):
        tree = read(page)
        loaded = [(e, "src") for tag in ("script", "img", "iframe", "source") for e in tree.all(tag)]
        loaded += [(e, "href") for e in tree.all("link")]
        for element, name in loaded:
            address = element.attributes.get(name, "")
            if "//" in address:
                wrong.append(f"{page.relative_to(site)}: {element.tag} {address}")
        wrong += [f"{page.relative_to(site)}: {h}" for h in _hrefs(tree) if h.startswith("/")]
    assert not wrong


def _hrefs(tree: Element) -> list[str]:
    return [link.attributes.get("href", "") for link in tree.all("a")]


def test_every_page_can_be_reached_from_home(site: Path) -> None:
    seen = {site / "index.html"}
    waiting = list(seen)
    while waiting:
        page = waiting.pop()
        for href in _hrefs(read(page)):
            target = (page.parent / unquote(urldefrag(href)[0])).resolve()
            if "://" not in href and target.suffix == ".html" and target.exists() and target not in seen:
                seen.add(target)
                waiting.append(target)
    # Sphinx's own index is empty: nothing here is an index entry.
    lonely = {page.relative_to(site).as_posix() for page in set(pages(site)) - seen}
    assert lonely <= {"genindex.html", "search.html"}
