"""The Sphinx extension: reads the record, writes a stub for each generated page, and fills the pages from views.

Data flows one way: file, model, view, page. Each part has its own ``setup``; this module only composes them, and loads
them only when Sphinx asks, so that publishing a finished build needs no Sphinx.
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
