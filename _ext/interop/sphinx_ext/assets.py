"""The stylesheets and scripts of a page: those it uses, of those that Sphinx and extensions add to all pages."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

#: Stylesheets and scripts by what is in the HTML of a page that needs them, such as the start of a class, or None.
_UNUSED = {
    "pygments.css": 'class="highlight',
    "sphinx-design.min.css": 'class="sd-',
    "drawings.css": '<figure class="',
    "design-tabs.js": 'class="sd-tab',
    "list-builder.js": 'class="list-builder',
    "choose-two.js": 'class="choose-two',
    "tests-list.js": "data-tests=",
    "missing.js": "data-missing",
    "styles/furo-extensions.css": None,  # For advertisements, Read the Docs and tabs of other extensions.
    "sphinx_highlight.js": None,  # It would mark the words of the last search on whatever page is opened next.
}
#: The scripts of the page that checks a run, in order.
_CHECK = [
    *(
        f"check-{part}.js"
        for part in ("input", "subunit", "junit", "texts", "run", "score", "answer", "page", "result")
    ),
    "check.js",
    *(f"check-{part}.js" for part in ("lists", "carry", "list-texts", "lists-form")),
]
#: Scripts of Sphinx's search.
_SEARCH = ("documentation_options.js", "doctools.js")


def _on_page(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    kinds = (context.get("meta") or {}).get("interop_kinds", ())
    if "check" in kinds:
        app.add_css_file("check.css", priority=900)
        for number, name in enumerate(_CHECK):
            app.add_js_file(name, priority=700 + number, defer="defer")
    if "matrix" in kinds:
        app.add_css_file("matrix.css", priority=900)  # After interop.css.
        # Before links.js: a row that is folded is shown before the page scrolls to it.
        app.add_js_file("matrix.js", priority=700, defer="defer")
    body = context.get("body") or ""
    unused = {name for name, mark in _UNUSED.items() if not (mark and mark in body)}
    if pagename != "search":
        unused |= {*_SEARCH}
    for files in ("css_files", "script_files"):
        context[files] = [file for file in context[files] if _name(file) not in unused]


def _name(file: Any) -> str:
    return str(file.filename).partition("?")[0].removeprefix("_static/")


def setup(app: Sphinx) -> None:
    """Register the event handler, to run after those that add files."""
    app.connect("html-page-context", _on_page, priority=900)
