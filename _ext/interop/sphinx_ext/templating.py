"""The Jinja environment of the views: autoescape, no undefined names, and links that warn when they lead nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from sphinx.application import Sphinx
from sphinx.util import logging

from ..record.model import Status
from ..site import urls

logger = logging.getLogger(__name__)


def render(app: Sphinx, docname: str, kind: str, view: dict[str, Any]) -> str:
    """The HTML of ``view`` as it stands in the document ``docname``."""
    environment = _environment(tuple(str(Path(app.confdir) / path) for path in app.config.templates_path))
    template = environment.get_template(f"interop/{kind}.html.jinja")
    base = app.config.html_baseurl
    file = partial(posixpath.relpath, start=posixpath.dirname(docname) or ".")
    links = {"url": _resolver(app, docname), "file": file, "absolute": partial(_absolute, app), "relative": not base}
    return template.render(v=view, **links)


def _absolute(app: Sphinx, target: str) -> str:
    """The address of a target for use elsewhere; from the root of the site, if nobody said where that is."""
    document, mark, anchor = target.partition("#")
    return f"{app.config.html_baseurl}{app.builder.get_target_uri(document)}{mark}{anchor}"


def page(app: Sphinx, kind: str, view: dict[str, Any]) -> str:
    """A whole page that is none of Sphinx's, such as a redirect; its addresses come ready."""
    environment = _environment(tuple(str(Path(app.confdir) / path) for path in app.config.templates_path))
    return environment.get_template(f"interop/{kind}.html.jinja").render(v=view)


@cache
def _environment(paths: tuple[str, ...]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(paths),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"dotted": dotted, "web": web}
    environment.globals |= {"urls": urls, "statuses": tuple(Status)}
    return environment


def _resolver(app: Sphinx, docname: str) -> Callable[[str], str]:
    """The ``url()`` of a page's template: the address of ``document#anchor``, relative to the page."""
    known: dict[str, str] = {}

    def url(target: str) -> str:
        document, _, anchor = target.partition("#")
        if document and document not in known:
            if document not in app.env.found_docs:
                logger.warning("a link leads to %r, which does not exist", document, location=docname)
            known[document] = app.builder.get_relative_uri(docname, document)
        base = known[document] if document else ""
        return f"{base}#{anchor}" if anchor else base

    return url


@cache
def dotted(name: str) -> Markup:
    """A dotted name that may break after its dots and underscores."""
    return Markup(re.sub(r"([._/])(?=[^._/])", r"\1<wbr>", str(escape(name))))


def web(address: str) -> Markup:
    """A link if ``address`` is one of the web, else the text itself: what a file says never becomes a script."""
    shown = dotted(address)
    if re.match(r"https?://", address):
        return Markup('<a class="external" href="{}">{}</a>').format(address, shown)
    return shown
