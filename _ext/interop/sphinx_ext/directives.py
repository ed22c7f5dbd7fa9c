"""The directive ``interop-view``: renders a view with its Jinja template as one raw HTML node."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from ..record.problems import raised
from . import state

logger = logging.getLogger(__name__)


def note_view(env: BuildEnvironment, kind: str, key: str) -> None:
    """Store the view's digest with the current document, so that Sphinx reads it again when the view changes."""
    shown: dict[tuple[str, str], str] = env.metadata[env.docname].setdefault("interop_shown", {})
    shown[kind, key] = state.of(env.app).digest(kind, key)


class ViewDirective(SphinxDirective):
    """``.. interop-view:: KIND [KEY]``: shows a view, such as ``guideline powered/2020.06`` or ``home``."""

    required_arguments = 1
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the view as raw HTML and store its digest; warn and return nothing if there is none or it fails."""
        from ..site.views.common import NoViewError

        kind, key = self.arguments[0], (self.arguments[1].strip() if len(self.arguments) > 1 else "")
        try:
            return [nodes.raw("", self._html(kind, key), format="html")]
        except NoViewError as missing:
            logger.warning("%s", missing, location=self.get_location())
        except Exception as error:  # A mistake in a view or a template: name it, and read the other pages too.
            logger.warning("the view %r failed %s", kind, raised(error), location=self.get_location())
        return []

    def _html(self, kind: str, key: str) -> str:
        from . import templating

        site = state.of(self.env.app).site
        view = site.view(kind, key)
        note_view(self.env, kind, key)
        if summary := view.get("summary"):
            self.env.metadata[self.env.docname].setdefault("interop_summary", summary)
        html = templating.render(self.env.app, self.env.docname, kind, view)
        # The anchors that moved away from this page.
        note_view(self.env, "moved", self.env.docname)
        if (moved := site.view("moved", self.env.docname))["moved"]:
            html += templating.render(self.env.app, self.env.docname, "moved", moved)
        return html


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("interop-view", ViewDirective)
