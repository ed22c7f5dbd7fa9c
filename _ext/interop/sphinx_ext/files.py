"""What stands beside the pages: redirects, rules for servers, data. Written when a build is done, if it differs."""

from __future__ import annotations

import hashlib
import json
import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from sphinx.application import Sphinx

if TYPE_CHECKING:
    from ..site.redirects import Redirect

from . import addresses, state, templating

#: Folders that hold nothing but what this module writes: what is left there from an earlier build goes.
OWN = ("g", "c", "t", "api", "server")


def _files(app: Sphinx) -> Iterator[tuple[str, str]]:
    """Path and text of everything to be written."""
    from ..site import api, redirects, server_rules

    site, templates = state.of(app).site, templating.folders(app)
    yield from api.files(site.analysis, templates)
    base = urlsplit(app.config.html_baseurl).path or "/"
    yield "server/nginx.conf", server_rules.nginx(site.record, base, templates)
    yield "server/apache.conf", server_rules.apache(site.record, base, templates)
    for item in redirects.all_of(site.targets):
        if item.page and item.old not in app.env.found_docs:
            yield f"{item.old}.html", _redirect(app, item, f"{item.old}.html")
            if item.old[1] == "/":  # The short ones work without their ending, too.
                yield f"{item.old}/index.html", _redirect(app, item, f"{item.old}/index.html")


def _redirect(app: Sphinx, item: Redirect, path: str) -> str:
    from ..site import urls

    address = urls.address(item.new)
    document, mark, anchor = address.partition("#")
    to = quote(posixpath.relpath(document, posixpath.dirname(path))) + mark + anchor
    canonical = app.config.html_baseurl + quote(document) if app.config.html_baseurl else to
    return templating.page(app, "redirect", {"title": item.title, "to": to, "canonical": canonical})


def _made_from(app: Sphinx) -> str:
    """A digest of everything that the files, and whether an address is lost, depend on."""
    pages = {name: app.env.metadata[name].get("interop_anchors", []) for name in sorted(app.env.found_docs)}
    text = json.dumps([state.of(app).inputs, app.config.html_baseurl, app.config.interop_addresses, pages])
    return hashlib.sha256(text.encode()).hexdigest()


def _finish(app: Sphinx, exception: Exception | None) -> None:
    """Hold the site to its ledger, then write; nothing of this if it was done for the very same site before."""
    if exception is not None or app.builder.format != "html":
        return
    made, mark, out = _made_from(app), Path(app.doctreedir) / "interop-files", Path(app.outdir)
    if mark.exists() and mark.read_text(encoding="utf-8") == made and (out / "g").is_dir():
        return
    addresses.check(app)
    written = set()
    for name, text in _files(app):
        path = out / name
        written.add(path)
        if not path.exists() or path.read_bytes() != text.encode():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
    for folder in OWN:
        for path in (out / folder).rglob("*"):
            if path.is_file() and path not in written:
                path.unlink()
    mark.write_text(made, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Write once the pages are there."""
    app.connect("build-finished", _finish)
