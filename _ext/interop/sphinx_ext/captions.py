"""Captions of tables in pages written by hand: one without a title has that of its section, for screen readers."""

from __future__ import annotations

import html

from docutils import nodes
from sphinx.application import Sphinx


def _add(app: Sphinx, doctree: nodes.document) -> None:
    for table in doctree.findall(nodes.table):
        above = table.parent
        while above and not isinstance(above, nodes.section):
            above = above.parent
        if above and not isinstance(table[0], nodes.title):
            # A title would make it a table with a number, which needs an anchor.
            caption = f'<caption class="vh">{html.escape(above[0].astext())}</caption>'
            table.insert(0, nodes.raw("", caption, format="html"))


def setup(app: Sphinx) -> None:
    """Register the event handler."""
    app.connect("doctree-read", _add)
