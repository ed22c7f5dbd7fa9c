"""The Sphinx extension: a stub document for each generated page, filled with a view when the page is made.

The only room that imports Sphinx; it may import every other room. The record is loaded only when something needs it, so
that a build in which nothing changed does without.

``state``
    The site of one build, and the digests that tell what changed.
``stubs``, ``directives``
    A stub document for each page, and ``interop-view``, the directive in it.
``domain``
    References to everything in the record.
``templating``, ``navigation``, ``matrix``, ``meta``
    What a page is rendered with: ``url()``, the sidebar, the stylesheet of the matrices, descriptions for previews.
``addresses``, ``files``
    The check that no public URL is lost, and the extra output files: redirects, server rules, data.
``publish``
    Puts a finished build in the place of the last one; a command of its own.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

from .. import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Register configuration values, the directive and the event handlers."""
    from . import addresses, directives, domain, files, matrix, meta, navigation, state, stubs

    # The record is hundreds of thousands of small objects that live as long as the build: walking them again and again
    # in search of garbage cost a tenth of it.
    gc.set_threshold(100_000, 20, 100)
    app.add_config_value("interop_guidelines", "guidelines", "env", str)
    for part in (state, stubs, directives, domain, navigation, matrix, meta, addresses, files):
        part.setup(app)
    return {"version": __version__, "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
