"""The directive ``interop-view``: one node for a whole page's view, made HTML by Jinja."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from . import state

logger = logging.getLogger(__name__)


class ViewDirective(SphinxDirective):
    """``.. interop-view:: KIND [KEY]``: the view of one thing, such as ``guideline powered/2020.06`` or ``home``."""

    required_arguments = 1
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Give the view as raw HTML, and note its digest with the document."""
        from . import templating

        kind, key = self.arguments[0], (self.arguments[1] if len(self.arguments) > 1 else "")
        current = state.of(self.env.app)
        try:
            view = current.view(kind, key)
        except state.NoViewError as missing:
            logger.warning("there is no view %r", str(missing), location=self.get_location())
            return []
        self.env.metadata[self.env.docname].setdefault("interop_views", {})[f"{kind}\0{key}"] = current.digest(
            kind, key
        )
        html = templating.render(self.env.app, self.env.docname, kind, view)
        return [nodes.raw("", html, format="html")]


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("interop-view", ViewDirective)
