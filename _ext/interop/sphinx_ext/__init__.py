"""The Sphinx extension: reads the record, writes a stub for each generated page, and fills the pages from views.

Data flows one way: file, model, view, page. Each part has its own ``setup``; this module only composes them.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from . import directives, navigation, state, stubs


def setup(app: Sphinx) -> dict[str, Any]:
    """Register configuration values, the directive and the event handlers."""
    app.add_config_value("interop_guidelines", "guidelines", "env", str)
    for part in (state, stubs, directives, navigation):
        part.setup(app)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
