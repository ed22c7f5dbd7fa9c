"""Checks that the site has all permanent URLs in the ledger. A build that loses one fails and reports it."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.application import Sphinx

from . import state


def _collect(app: Sphinx, doctree: nodes.document) -> None:
    """Store the anchors of a document in its metadata: those of its elements, and those in the HTML of views."""
    # Without the anchor of the page's title: it changes with the title, and the page has a URL without it.
    top = next(doctree.findall(nodes.section), None)
    elements = (node for node in doctree.findall(nodes.Element) if node is not top)
    anchors: set[str] = set()
    for node in elements:
        anchors.update(node.get("ids", ()))
    for raw in doctree.findall(nodes.raw):
        anchors.update(of_html(raw.astext()))
    app.env.metadata[app.env.docname]["interop_anchors"] = sorted(anchors)


def of_html(html: str) -> set[str]:
    """The anchors in HTML."""
    return set(re.findall(r'<[^<>]* id="([^"]+)"', html))


def site(app: Sphinx) -> dict[str, list[str]]:
    """Every page of the site with its anchors, redirects included."""
    from ..site import redirects

    # The 404 page has no permanent URL.
    current = state.of(app)
    names = sorted(current.written - {app.config.notfound_pagename})
    found: dict[str, list[str]] = {name: app.env.metadata[name].get("interop_anchors", []) for name in names}
    found |= {page.docname: list(current.units[page.docname].anchors) for page in current.pages}
    for item in redirects.all_of(current.site.targets):
        if item.page:
            found.setdefault(item.old, [])
    return found


def _unsettled(app: Sphinx) -> set[str]:
    """The pages about reconstructed guidelines."""
    from ..site import urls

    current = state.of(app)
    partial = [guideline for guideline in current.site.record.guidelines.values() if guideline.is_partial]
    about = {guideline.key for guideline in partial}
    return {
        page.docname
        for page in current.site.pages
        if (page.kind == "guideline" and page.key in about)
        or (page.kind == "diff" and about & {one.key for one in urls.pair(current.site.record, page.key)})
    }


def check(app: Sphinx) -> None:
    """Compare the site with the ledger; in ``make addresses``, first add new URLs to the ledger.

    Raises SystemExit if a URL is lost or moved to one that the site does not have.
    """
    from ..record import ledger

    permanent, found = state.of(app).site.record.addresses, site(app)
    if state.of(app).run.adds_addresses:
        path = state.of(app).guidelines / ledger.FILE
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(after := ledger.form(ledger.extended(permanent, found, _unsettled(app))), encoding="utf-8")
        print(f"{len(after.splitlines()) - len(before.splitlines())} new URLs in {path.name}")
    lost, wrong = ledger.lost(permanent, found), ledger.wrong_moves(permanent, found)
    restore = "restore it, or add its new URL to its line: old -> new"
    lines = [f"{ledger.FILE}: error lost: {item} would be lost; {restore}" for item in lost]
    moved = "error moved: the new URL does not exist, or moved itself"
    lines += [f"{ledger.FILE}: {moved}: {item}; the URL of a page or an anchor" for item in wrong]
    same = "error name-clash: the pages differ only in case"
    lines += [f"{ledger.FILE}: {same}: {pair}; another name" for pair in ledger.clashes(found)]
    if lines:
        count = f"{len(lines)} error{'s' * (len(lines) != 1)} in {ledger.FILE}; permanent URLs must not be lost"
        raise SystemExit("\n".join([*lines, count]))


def setup(app: Sphinx) -> None:
    """Register the event handler."""
    app.connect("doctree-read", _collect)
