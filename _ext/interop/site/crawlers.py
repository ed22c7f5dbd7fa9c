"""Files for search engines: the list of all pages, and the rules for robots, which lead to it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote
from xml.sax.saxutils import escape

from . import urls


def sitemap(base: str, documents: Iterable[str]) -> str:
    """The sitemap, as sitemaps.org describes it, of the pages ``documents`` of a site at the URL ``base``."""
    locations = (escape(base + quote(urls.address(name))) for name in sorted(documents))
    rows = "".join(f"<url><loc>{location}</loc></url>\n" for location in locations)
    start = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{start}{rows}</urlset>\n"


def robots(base: str) -> str:
    """The file ``robots.txt``: all may be read. ``base`` is empty if it is not known."""
    known = f"\nSitemap: {base}{urls.SITEMAP}\n" if base else ""
    return f"User-agent: *\nAllow: /\n{known}"
