"""Metadata of a page for link previews and search engines: description, Open Graph, schema.org."""

from __future__ import annotations

import html
import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from ..site import structured, urls

#: Where the metadata of a document written by hand has its description.
DESCRIPTION = "interop_description"


def _collect(app: Sphinx, doctree: nodes.document) -> None:
    for found in doctree.findall(nodes.meta):
        if found.get("name") == "description":
            app.env.metadata[app.env.docname][DESCRIPTION] = found["content"]


def _on_page(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    given = re.search(r'<meta content="([^"]*)" name="description"', context.get("metatags") or "")
    summary = (context.get("meta") or {}).get("interop_summary", "")
    description = given[1] if given else html.escape(summary)
    title = html.escape(html.unescape(re.sub(r"<[^>]*>", "", context.get("title") or app.config.html_title)))
    tags = [] if given or not description else [f'<meta name="description" content="{description}">']
    properties = {
        "og:title": title,
        "og:description": description,
        "og:type": "website",
        "og:site_name": html.escape(app.config.html_title),
        "og:url": html.escape(context.get("pageurl") or ""),
        # The URL of a picture must be absolute.
        "og:image": html.escape(app.config.html_baseurl and app.config.html_baseurl + urls.PREVIEW),
    }
    tags += [f'<meta property="{name}" content="{value}">' for name, value in properties.items() if value]
    kinds = tuple((context.get("meta") or {}).get("interop_kinds", ()))
    tags.append(
        structured.script(pagename, kinds, html.unescape(title), html.unescape(description), app.config.html_baseurl)
    )
    context["metatags"] = (context.get("metatags") or "") + "\n".join(tags)


def setup(app: Sphinx) -> None:
    """Register the event handlers, which run for every page."""
    app.connect("doctree-read", _collect)
    app.connect("html-page-context", _on_page)
