"""Generated pages: a view rendered through the theme's page template, without a source document.

A page is made again only if its view, its place in the site or the frame of all pages changed: otherwise its file is
taken over from the published site.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils.nodes import make_id
from markupsafe import escape

from ..record import paths
from ..record.problems import raised
from ..site import urls
from ..site.rendering import wrapped
from . import addresses, edition, inputs, state, templating
from .outputs import Unit

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ..site.pages import Page


#: In one line at the top of each page, for readers who come from a search engine.
_SUBJECT = "what a product had to pass to carry an OpenStack mark"


def frame(app: Sphinx) -> str:
    """The digest of what all pages share besides their views: code, configuration, navigation, names of documents."""
    current, config = state.of(app), app.config
    shared = [current.navigation, sorted(current.written), edition.of(app)]
    settings = [config.html_baseurl, config.html_context, *shared]
    return inputs.of_texts(current.frame, json.dumps(settings))


def make(app: Sphinx, page: Page, frame: str) -> dict[str, Unit]:
    """Write a page, or take it over, and return its unit; nothing if its view or template fails, which is a warning."""
    current = state.of(app)
    try:
        content = current.run.forecast.of_page(current.origins, page)
        key = inputs.of_texts(frame, content)
        if current.keeps_all and (taken := current.stock.take(page.docname, key)):
            return {page.docname: taken}
        view = current.run.forecast.view(current.site, page)
        html = templating.body(app, page.docname, page.kind, view)
    except Exception as error:  # A mistake in a view or a template: name it, and make the other pages too.
        templating.warn(app, page.docname, f"the view {page.kind!r} failed {raised(error)}")
        return {}
    path = urls.address(page.docname)
    paths.inside(Path(app.outdir), path)
    app.builder.handle_page(page.docname, _context(app, page, view, html))  # type: ignore[attr-defined]
    anchors = tuple(sorted(addresses.of_html(html)))
    return {page.docname: Unit(key, (path,), anchors, page=True, content=content)}


def site_line(app: Sphinx, name: str) -> str:
    """The line below the title of the page ``name`` that says what this site is."""
    home = app.builder.get_relative_uri(name, app.config.root_doc)
    archive = f'Archive of <a href="{home}">OpenStack’s interoperability guidelines</a>: {_SUBJECT}'
    return f'<p class="site-line">{archive}</p>'


def _context(app: Sphinx, page: Page, view: dict[str, Any], html: str) -> dict[str, Any]:
    """The values for the theme's template, as Sphinx gives them for a document."""
    title, anchor = escape(page.title), make_id(page.title)
    link = f'<a class="headerlink" href="#{anchor}" title="Link to this heading">{app.config.html_permalinks_icon}</a>'
    head = f"<h1>{wrapped(page.title)}{link}</h1>\n{site_line(app, page.docname)}"
    return {
        "title": title,
        "meta": {"hide-toc": "", "interop_summary": view["summary"], "interop_kinds": [page.kind]},
        "interop_draft": bool(view.get("preparation")),
        "metatags": '<meta name="viewport" content="width=device-width, initial-scale=1" />\n',
        "body": f'<section id="{anchor}">\n{head}\n{html}</section>\n',
        "toc": "",
        "display_toc": False,
        "parents": [],
        "sourcename": "",
        "page_source_suffix": "",
    }
