"""The stylesheet of the matrices, which has a rule for each component by which a matrix can be filtered.

Sphinx renders ``_static/matrix.css.jinja`` in every build. The number of components is therefore stored in the
environment, so that a build in which nothing changed does not load the record.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from . import state


def _number(app: Sphinx) -> int:
    """The largest number of components in a program."""
    analysis = state.of(app).site.analysis
    return max((len(analysis.components(program)) for program in analysis.record.programs()), default=0)


def _shows_matrix(env: BuildEnvironment, docname: str) -> bool:
    return any(kind == "matrix" for kind, _ in env.metadata.get(docname, {}).get("interop_shown", {}))


def _prepare(app: Sphinx, env: BuildEnvironment, *documents: set[str]) -> list[str]:
    """Pass the number to the stylesheet; if it changed, return the pages that link to it, since its URL changes."""
    before: int | None = getattr(env, "interop_components", None)
    number = before
    if number is None or getattr(env, "interop_inputs", "") != state.of(app).inputs:
        number = env.interop_components = _number(app)  # type: ignore[attr-defined]
    app.config.html_context = {**app.config.html_context, "interop_components": number}
    return [] if number == before else [docname for docname in env.metadata if _shows_matrix(env, docname)]


def _on_page(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if _shows_matrix(app.env, pagename):
        app.add_css_file("matrix.css", priority=900)  # After interop.css.


def setup(app: Sphinx) -> None:
    """Register the event handlers; the number is needed before the stubs store the digest of their input."""
    app.connect("env-get-outdated", _prepare, priority=100)
    app.connect("html-page-context", _on_page)
