"""The stylesheet and the script of the matrices, which only their pages load."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx


def _on_page(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if "matrix" in (context.get("meta") or {}).get("interop_kinds", ()):
        app.add_css_file("matrix.css", priority=900)  # After interop.css.
        # Before interop.js: a row that is folded is shown before the page scrolls to it.
        app.add_js_file("matrix.js", priority=700, defer="defer")


def setup(app: Sphinx) -> None:
    """Register the event handler."""
    app.connect("html-page-context", _on_page)
