"""A project of somebody else: it knows this site by its objects.inv alone, and loads none of its extensions."""

import os

project = "consumer"
extensions = ["sphinx.ext.intersphinx"]
intersphinx_mapping = {"interop": ("https://interop.example.org/", os.environ["INTEROP_INVENTORY"])}
html_theme = "basic"
