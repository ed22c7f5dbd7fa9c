"""Renders views in Sphinx: links are relative to the page, and a link to a missing document is a warning."""

from __future__ import annotations

import posixpath
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache
from sphinx.application import Sphinx
from sphinx.util import logging

from ..site import rendering
from . import documents, state

logger = logging.getLogger(__name__)


def warn(app: Sphinx, docname: str, message: str) -> None:
    """Warn of something on a page: at its source file, or by the name of the page if it is generated."""
    if docname in state.of(app).written:
        logger.warning("%s", message, location=docname)
    else:
        logger.warning("%s.html: %s", docname, message)


def folders(app: Sphinx) -> rendering.Folders:
    """The template folders in the configuration."""
    return tuple(Path(app.confdir) / path for path in app.config.templates_path)


def render(app: Sphinx, docname: str, kind: str, view: dict[str, Any]) -> str:
    """The HTML of ``view`` in the document ``docname``."""
    template = rendering.environment(folders(app)).get_template(f"interop/{kind}.html.jinja")
    base = app.config.html_baseurl
    file = partial(posixpath.relpath, start=posixpath.dirname(docname) or ".")
    links = {"url": _resolver(app, docname), "file": file, "absolute": partial(_absolute, app), "relative": not base}
    return template.render(v=view, **links)


def body(app: Sphinx, docname: str, kind: str, view: dict[str, Any]) -> str:
    """The HTML of ``view``, with the anchors that moved away from the page ``docname``."""
    html = render(app, docname, kind, view)
    moved = documents.view(app, docname, "moved", docname)
    return html + render(app, docname, "moved", moved) if moved["moved"] else html


def _absolute(app: Sphinx, target: str) -> str:
    """The absolute URL of a target; relative to the root of the site if ``html_baseurl`` is not set."""
    document, mark, anchor = target.partition("#")
    return f"{app.config.html_baseurl}{app.builder.get_target_uri(document)}{mark}{anchor}"


def page(app: Sphinx, kind: str, view: dict[str, Any]) -> str:
    """A whole page that Sphinx does not write, such as a redirect; ``view`` has complete URLs."""
    return rendering.environment(folders(app)).get_template(f"interop/{kind}.html.jinja").render(v=view)


def _resolver(app: Sphinx, docname: str) -> Callable[[str], str]:
    """The function ``url()`` for the template of a page: the URL of ``document#anchor`` relative to the page."""
    known: dict[str, str] = {}

    def url(target: str) -> str:
        document, _, anchor = target.partition("#")
        if document and document not in known:
            if document not in app.env.found_docs:
                warn(app, docname, f"link to the document {document!r}, which does not exist")
            known[document] = app.builder.get_relative_uri(docname, document)
        base = known[document] if document else ""
        return f"{base}#{anchor}" if anchor else base

    return url


def _keep_compiled(app: Sphinx) -> None:
    """Keep compiled templates, ours and the theme's, from build to build: compiling takes longer than a small page."""
    if kept := state.of(app).kept("templates"):
        folder = kept / state.of(app).frame  # What Jinja compiles depends on its version and on our settings too.
        for other in kept.iterdir() if kept.exists() and not folder.exists() else ():
            shutil.rmtree(other, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        cache = FileSystemBytecodeCache(str(folder))
        rendering.environment(folders(app)).bytecode_cache = cache
        app.builder.templates.environment.bytecode_cache = cache


def setup(app: Sphinx) -> None:
    """Register the event handler."""
    app.connect("builder-inited", _keep_compiled)
