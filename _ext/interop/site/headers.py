"""HTTP headers: a browser loads and runs only files of the site; scripts of other sites may read its data.

The server rules set them; the site has no other place for ``frame-ancestors`` and ``nosniff``. Styles are in
stylesheets only. The theme has one inline script, which sets light or dark before the page is drawn; the policy names
it by its hash.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html.parser import HTMLParser

#: The types of scripts that browsers run; others, such as JSON, are data.
_RUN = ("", "text/javascript", "application/javascript", "module")


#: What browsers and proxies may keep, and for how long: pages are asked for again each time, which costs little if they
#: are the same; data for ten minutes; files that have a digest of their content in their URL (``?v=``) for ever.
CACHE = {"pages": "no-cache", "data": "public, max-age=600", "named": "public, max-age=31536000, immutable"}
#: The types of files that servers compress.
COMPRESSED = (
    *("application/atom+xml", "application/javascript", "application/json", "application/xml", "image/svg+xml"),
    *("text/css", "text/csv", "text/javascript", "text/plain", "text/xml"),
)
#: A regular expression for URLs of data, below that of the site: those of the API, with or without ``api/``,
#: upstream's raw files, the inventory, and the guide for assistants.
DATA = r"(?:(?:api/)?v1/|[^?]*\.(?:json|inv|atom)(?:$|\?)|llms\.txt)"


def inline_scripts(pages: Iterable[str]) -> list[str]:
    """The different inline scripts in the HTML of ``pages``, sorted."""
    return sorted({script for page in pages for script in _scripts(page)})


def headers(scripts: Iterable[str]) -> dict[str, str]:
    """The headers, by name, for a site whose pages have these inline ``scripts`` and no inline styles."""
    hashes = [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts]
    policy = {
        "default-src": ["'self'"],
        "script-src": ["'self'", *hashes],
        "img-src": ["'self'", "data:"],  # Sphinx Design and Furo have icons in their stylesheets.
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],  # The search form.
        "frame-ancestors": ["'none'"],
    }
    return {
        "Content-Security-Policy": "; ".join(" ".join([name, *values]) for name, values in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
    }


def _scripts(page: str) -> list[str]:
    reader = _Reader()
    reader.feed(page.replace("\r\n", "\n"))  # As browsers do before they hash a script.
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    """Collects the text of the inline scripts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Notice the start of an inline script."""
        given = dict(attributes)
        self._inside = tag == "script" and "src" not in given and (given.get("type") or "").lower() in _RUN
        if self._inside:
            self.found.append("")

    def handle_data(self, data: str) -> None:
        """Collect a part of the script."""
        if self._inside:
            self.found[-1] += data

    def handle_endtag(self, tag: str) -> None:
        """Notice the end of the script."""
        self._inside = False
