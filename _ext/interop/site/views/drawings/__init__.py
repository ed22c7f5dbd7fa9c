"""Drawings as plain data: what is drawn where. ``interop/drawings.html.jinja`` writes them as SVG.

Down, coordinates are pixels. Across, they are percentages of the width, so that a drawing fits every screen and its
text keeps its size; only :mod:`.flow` has paths, for which SVG allows no percentages, and is narrow instead.

Libraries were tried: drawsvg and svg.py write single elements, which templates do as well without 150 to 200 ms for
the import; pygal draws whole charts, with styles and scripts of its own in each, which the site's
Content-Security-Policy forbids, and 28 KB for a chart of 17 rows.
"""
