"""The stylesheet of the matrices, which has a rule for each component by which a matrix can be filtered."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from . import state


def _prepare(app: Sphinx, env: BuildEnvironment) -> None:
    """Pass the largest number of components in a program to ``_static/matrix.css.jinja``."""
    analysis = state.of(app).site.analysis
    number = max((len(analysis.components(program)) for program in analysis.record.programs()), default=0)
    app.config.html_context = {**app.config.html_context, "interop_components": number}


def _on_page(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if "matrix" in (context.get("meta") or {}).get("interop_kinds", ()):
        app.add_css_file("matrix.css", priority=900)  # After interop.css.


def setup(app: Sphinx) -> None:
    """Register the event handlers; the number is needed before Sphinx copies static files."""
    app.connect("env-updated", _prepare)
    app.connect("html-page-context", _on_page)
