"""Every page works under a strict Content-Security-Policy: one inline script, nothing from elsewhere, a small frame."""

from __future__ import annotations

import re
from pathlib import Path

from .html import scan

#: Elements and their attributes that load something.
LOADS = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "link": "href",
    "use": "href",
    "object": "data",
}


def pages(site: Path) -> list[Path]:
    """Every page, redirects and the 404 page included."""
    return sorted(site.rglob("*.html"))


def inline_scripts(site: Path) -> set[str]:
    """The texts of all inline scripts of the site; data is no script."""
    inline = "//script[not(@src) and not(@type = 'application/ld+json')]"
    return {script.text_content() for page in pages(site) for script in scan(page).xpath(inline)}


def test_no_page_has_inline_styles_or_handlers(site: Path) -> None:
    wrong = []
    for page in pages(site):
        for element in scan(page).iter("*"):
            found = [name for name in element.attrib if name == "style" or name.startswith("on")]
            found += [value for value in element.attrib.values() if value.lower().startswith("javascript:")]
            if element.tag == "style" or found:
                wrong.append(f"{page.relative_to(site)}: {element.tag} {found}")
    assert not wrong


def test_there_is_one_inline_script(site: Path) -> None:
    """The one of the theme, the same on every page, so that its hash can be in the policy."""
    (script,) = inline_scripts(site)
    assert "document.body.dataset.theme" in script


def test_the_frame_of_a_page_is_small(site: Path) -> None:
    """What stands around the article is on hundreds of pages: the site was once a third frame."""
    text = (site / "tests/0186422c-999a-480e-a026-6a665744c30c.html").read_text(encoding="utf-8")
    before, _, rest = text.partition("<article")
    assert len(before) + len(rest.partition("</article>")[2]) < 6500


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    """Neither by a page nor by a stylesheet; ``data:`` counts as elsewhere."""
    wrong = []
    for page in pages(site):
        for element in scan(page).iter(*LOADS):
            address = element.get(LOADS[element.tag], "")
            if element.get("rel") != "canonical" and re.match(r"[a-z]+:|//", address):
                wrong.append(f"{page.relative_to(site)}: {element.tag} {address}")
    for name in ("interop.css", "matrix.css"):
        text = (site / "_static" / name).read_text(encoding="utf-8")
        wrong += [f"{name}: {address}" for address in re.findall(r"url\(\W*([a-z]+:[^)]*)|@import", text)]
    assert not wrong
