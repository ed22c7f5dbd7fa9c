"""The directive ``interop-view``: shows a view on a page written by hand, as one raw HTML node."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from ..record.problems import raised
from . import documents, templating

logger = logging.getLogger(__name__)


class ViewDirective(SphinxDirective):
    """``.. interop-view:: KIND [KEY]``: shows a view, such as ``guideline powered/2020.06`` or ``home``."""

    required_arguments = 1
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the view as raw HTML; warn and return nothing if there is none or it fails."""
        from ..site.views.common import NoViewError

        kind, key = self.arguments[0], (self.arguments[1].strip() if len(self.arguments) > 1 else "")
        metadata = self.env.metadata[self.env.docname]
        try:
            view = documents.view(self.env.app, self.env.docname, kind, key)
            metadata.setdefault("interop_kinds", []).append(kind)
            if view["summary"]:
                metadata.setdefault("interop_summary", view["summary"])
            return [nodes.raw("", templating.body(self.env.app, self.env.docname, kind, view), format="html")]
        except NoViewError as missing:
            logger.warning("%s", missing, location=self.get_location())
        except Exception as error:  # A mistake in a view or a template: name it, and read the other pages too.
            logger.warning("the view %r failed %s", kind, raised(error), location=self.get_location())
        return []


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("interop-view", ViewDirective)
