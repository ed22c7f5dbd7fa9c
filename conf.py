"""Sphinx configuration. The configuration folder is the root of the repository, the source folder is ``source/``."""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent / "_ext"))

project = "OpenStack interoperability guidelines"
author = "the contributors"
copyright = "the contributors, Apache License 2.0. Not affiliated with the OpenInfra Foundation."
html_title = "OpenStack interoperability guidelines"
html_short_title = "Interop guidelines"

extensions = ["myst_parser", "sphinx_design", "notfound.extension", "interop.sphinx_ext"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
root_doc = "index"
exclude_patterns = ["_build"]
templates_path = ["_templates"]
smartquotes = False
nitpicky = True

# The URL of the published site, if it is known. Canonical URLs and links to copy begin with it.
html_baseurl = os.environ.get("INTEROP_BASE_ADDRESS", "")
if html_baseurl:
    html_baseurl = html_baseurl.rstrip("/") + "/"
notfound_urls_prefix = urlsplit(html_baseurl).path or "/"

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["interop.css"]
html_js_files = [("interop.js", {"defer": "defer"})]
html_copy_source = False
html_show_sphinx = False
html_last_updated_fmt = None
html_sidebars = {"**": ["interop/navigation.html"]}
