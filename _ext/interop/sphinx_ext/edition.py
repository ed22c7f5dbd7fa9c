"""The date, version and commit in the footer of each page, by which a printed page can be cited.

The commit is that of ``INTEROP_COMMIT``, and its day that of ``SOURCE_DATE_EPOCH``, set by whoever publishes the site.
Git is asked only for the line of a preview: pages from an archive and from a checkout of the same commit are the same,
and a commit that changes no facts leaves all pages unchanged.
"""

from __future__ import annotations

import os
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from .. import __version__
from ..site import moment
from . import state


def of(app: Sphinx) -> dict[str, str]:
    """``as_of``, ``version``, ``commit`` and ``day``.

    They are the day of the latest event in the record, the version of this project, the commit and its day; the last
    two are empty if they are not known.
    """
    record = state.of(app).site.record
    return {
        "as_of": record.as_of(),
        "version": __version__,
        "commit": os.environ.get(moment.COMMIT, ""),
        "day": moment.day(),
    }


def _on_page(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    context["interop_edition"] = of(app)


def setup(app: Sphinx) -> None:
    """Register the event handler."""
    app.connect("html-page-context", _on_page)
