"""Writes extra output files at the end of a build: redirects, server rules, data. Unchanged files are kept."""

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


def _files(app: Sphinx) -> Iterator[tuple[str, str]]:
    """Path and text of all files to write."""
    from ..site import api, redirects, server_rules, urls

    site, templates = state.of(app).site, templating.folders(app)
    yield from api.files(site.analysis, templates)
    base = urlsplit(app.config.html_baseurl).path or "/"
    yield urls.NGINX, server_rules.nginx(site.record, base, templates)
    yield urls.APACHE, server_rules.apache(site.record, base, templates)
    for item in redirects.all_of(site.targets):
        if item.page and item.old not in app.env.found_docs:
            for path in (urls.address(item.old), *([f"{item.old}/index.html"] if item.short else ())):
                yield path, _redirect(app, item, path)


def _redirect(app: Sphinx, item: Redirect, path: str) -> str:
    from ..site import urls

    address = urls.address(item.new)
    document, mark, anchor = address.partition("#")
    to = quote(posixpath.relpath(document, posixpath.dirname(path))) + mark + anchor
    canonical = app.config.html_baseurl + quote(document) if app.config.html_baseurl else to
    return templating.page(app, "redirect", {"title": item.title, "to": to, "canonical": canonical})


def _made_from(app: Sphinx) -> str:
    """A digest of everything on which the files and the check of permanent URLs depend."""
    pages = {name: app.env.metadata[name].get("interop_anchors", []) for name in sorted(app.env.found_docs)}
    text = json.dumps([state.of(app).inputs, app.config.html_baseurl, app.config.interop_addresses, pages])
    return hashlib.sha256(text.encode()).hexdigest()


def _finish(app: Sphinx, exception: Exception | None) -> None:
    """Check the permanent URLs and write the files, unless this was done before for the same input."""
    if exception is not None or app.builder.format != "html":
        return
    digest, mark, out = _made_from(app), Path(app.doctreedir) / "interop-files", Path(app.outdir)
    if mark.exists() and mark.read_text(encoding="utf-8") == digest and (out / "g").is_dir():
        return
    from ..site import urls

    addresses.check(app)
    written = set()
    for name, text in _files(app):
        path = out / name
        written.add(path)
        if not path.exists() or path.read_bytes() != text.encode():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
    for folder in urls.DATA_FOLDERS:
        for path in (out / folder).rglob("*"):
            if path.is_file() and path not in written:
                path.unlink()
    mark.write_text(digest, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Register the event handler, which runs when all pages are written."""
    app.connect("build-finished", _finish)
