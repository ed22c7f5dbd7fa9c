"""Holds a build to the ledger: an address that was public once is not lost, or the build fails and names it."""

from __future__ import annotations

import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from . import state


def _collect(app: Sphinx, doctree: nodes.document) -> None:
    """Note the anchors of a document: those that writers gave, and those in the HTML of views."""
    # That of the page's own title is left out: it changes with the title, and the page has its address.
    whole = next(doctree.findall(nodes.section), None)
    elements = (node for node in doctree.findall(nodes.Element) if node is not whole)
    anchors: set[str] = set()
    for node in elements:
        anchors.update(node.get("ids", ()))
    for raw in doctree.findall(nodes.raw):
        anchors.update(re.findall(r'<[^<>]* id="([^"]+)"', raw.astext()))
    app.env.metadata[app.env.docname]["interop_anchors"] = sorted(anchors)


def site(app: Sphinx) -> dict[str, list[str]]:
    """Every page of the site with its anchors, redirects included."""
    from ..site import redirects

    # The page for what is not found has no address of its own.
    names = sorted(app.env.found_docs - {app.config.notfound_pagename})
    found: dict[str, list[str]] = {name: app.env.metadata[name].get("interop_anchors", []) for name in names}
    for item in redirects.all_of(state.of(app).site.targets):
        if item.page:
            found.setdefault(item.old, [])
    return found


def check(app: Sphinx) -> None:
    """Hold the site to the ledger, or bring the ledger up to date; if something is lost, the build ends here."""
    from ..record import ledger

    held, found = state.of(app).site.record.addresses, site(app)
    if app.config.interop_addresses == "add":
        path = Path(app.confdir) / app.config.interop_guidelines / ledger.FILE
        path.write_text(ledger.form(ledger.extended(held, found)), encoding="utf-8")
    lost, wrong = ledger.lost(held, found), ledger.wrong_moves(held, found)
    lines = [f"{ledger.FILE}: error lost: {item} is public and would be lost" for item in lost]
    lines += [f"{ledger.FILE}: error moved: leads nowhere, or to what moved itself: {item}" for item in wrong]
    if lines:
        hint = "bring them back, or say in the ledger where to look instead: old -> new"
        raise SystemExit("\n".join([*lines, f"{len(lines)} address{'es' * (len(lines) != 1)}: {hint}"]))


def setup(app: Sphinx) -> None:
    """``interop_addresses`` is ``check`` or ``add``."""
    app.add_config_value("interop_addresses", "check", "", str)
    app.connect("doctree-read", _collect)
