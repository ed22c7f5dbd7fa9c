"""The Sphinx extension: writes a stub document for each generated page and renders a view in it.

The only package that imports Sphinx; it may import all others. The record is loaded only when it is needed: a build in
which nothing changed does not load it.

``state``
    The site of one build, and digests for incremental builds.
``stubs``, ``directives``
    A stub document for each page, and its directive ``interop-view``.
``domain``
    References to everything in the record.
``templating``, ``navigation``, ``matrix``, ``meta``
    Rendering of pages: ``url()``, the sidebar, the stylesheet of the matrices, descriptions for link previews.
``addresses``, ``files``
    The check that no permanent URL is lost, and the extra output files: redirects, server rules, data.
``publish``
    Replaces the published site by a finished build. It is a separate command.
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

    # The record has hundreds of thousands of small objects that are needed until the build ends. With the default
    # thresholds, garbage collection took a tenth of the build time.
    gc.set_threshold(100_000, 20, 100)
    app.add_config_value("interop_guidelines", "guidelines", "env", str)
    for part in (state, stubs, directives, domain, navigation, matrix, meta, addresses, files):
        part.setup(app)
    return {"version": __version__, "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
