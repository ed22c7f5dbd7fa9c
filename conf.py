"""Sphinx configuration. The configuration folder is the root of the repository, the source folder is ``source/``."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).resolve().parent / "_ext"))

from interop.site import base_address  # Needs the path above.

project = "OpenStack interoperability guidelines"
author = "the contributors"
copyright = "the contributors, Apache License 2.0. Not affiliated with the OpenInfra Foundation."
html_title = "OpenStack interoperability guidelines"
html_short_title = "Interop guidelines"

extensions = ["myst_parser", "sphinx_design", "notfound.extension", "interop.sphinx_ext"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
source_suffix = {".md": "markdown"}
root_doc = "index"
exclude_patterns = ["_build"]
templates_path = ["_templates"]
smartquotes = False
nitpicky = True

# The URL of the published site, if it is known. Canonical URLs and links to copy begin with it.
# ``setup`` checks it and derives what depends on it.
html_baseurl = os.environ.get(base_address.VARIABLE, "")

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["interop.css", "drawings.css"]
# In this order: links.js follows list-builder.js. assets.py leaves out what a page does not use.
html_js_files = [
    (name, {"defer": "defer"})
    for name in ("interop.js", "list-builder.js", "choose-two.js", "tests-list.js", "missing.js", "links.js")
]
html_copy_source = False
html_show_sphinx = False
html_last_updated_fmt = None
html_sidebars = {"**": ["interop/navigation.html"]}


def setup(app: "Sphinx") -> None:
    """Check the URL of the published site, from the environment or ``-D html_baseurl=...``."""
    try:
        app.config.html_baseurl = base_address.normalised(app.config.html_baseurl)
    except ValueError as error:
        raise SystemExit(str(error)) from None  # Sphinx would print an error in this file with a traceback.
    app.config.notfound_urls_prefix = base_address.path(app.config.html_baseurl)
