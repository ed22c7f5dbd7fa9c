"""Every internal link and anchor leads somewhere, and no page asks another host for anything."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urldefrag

from .html import scan


def pages(site: Path) -> list[Path]:
    """Every page but that for what is not found, which is shown under any address, and but redirects."""
    found = (page for page in sorted(site.rglob("*.html")) if page != site / "404.html")
    return [page for page in found if b'http-equiv="refresh"' not in page.read_bytes()[:600]]


def hrefs(page: Path) -> list[str]:
    return [str(href) for href in scan(page).xpath("//a/@href")]


def target_of(page: Path, href: str) -> str:
    """The path of the file to which a link without an anchor leads."""
    return os.path.normpath(page.parent / unquote(href))


def test_every_link_and_anchor_resolves(site: Path) -> None:
    ids = {str(page): set(map(str, scan(page).xpath("//@id"))) for page in pages(site)}
    broken = []
    links = 0
    for page in pages(site):
        for href in hrefs(page):
            if not href or "://" in href or href.startswith("mailto:"):
                continue
            links += 1
            path, anchor = urldefrag(href)
            target = target_of(page, path) if path else str(page)
            is_floating = target.endswith("/latest.html")  # Only these redirects are offered as links.
            if is_floating or not target.endswith(".html"):
                broken += [] if Path(target).is_file() else [f"{page.relative_to(site)}: {href}"]
            elif target not in ids or (anchor and unquote(anchor) not in ids[target]):
                broken.append(f"{page.relative_to(site)}: {href}")
    assert links > 10_000
    assert not broken


def test_no_id_stands_twice_on_a_page(site: Path) -> None:
    twice = []
    for page in pages(site):
        counted = Counter(map(str, scan(page).xpath("//@id")))
        twice += [f"{page.relative_to(site)}: {id}" for id, number in counted.items() if number > 1]
    assert not twice


def test_links_are_relative_and_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    wrong = []
    for page in pages(site):
        loaded = scan(page).xpath("//script/@src | //img/@src | //iframe/@src | //source/@src | //link/@href")
        wrong += [f"{page.relative_to(site)}: {address}" for address in loaded if "//" in address]
        wrong += [f"{page.relative_to(site)}: {href}" for href in hrefs(page) if href.startswith("/")]
    assert not wrong


def test_every_page_can_be_reached_from_home(site: Path) -> None:
    there = set(map(str, site.rglob("*.html")))
    seen = {str(site / "index.html")}
    waiting = list(seen)
    while waiting:
        page = Path(waiting.pop())
        for href in hrefs(page):
            target = target_of(page, urldefrag(href)[0])
            if "://" not in href and target in there and target not in seen:
                seen.add(target)
                waiting.append(target)
    # Sphinx's own index is empty: nothing here is an index entry.
    lonely = {str(page.relative_to(site)) for page in pages(site) if str(page) not in seen}
    assert lonely <= {"genindex.html", "search.html"}
