"""The Sphinx extension: renders the generated pages, and shows views on pages written by hand.

The only package that imports Sphinx; it may import all others.

``build``
    The command of ``make html``: one build at a time, in a new folder, which then replaces the published site.
``inputs``, ``outputs``, ``publish``
    Digests of what a site is made from; what the published site was made from; replacing the published site.
``run``, ``state``, ``loading``
    What ``make html`` passes to Sphinx; what the parts of one build share; loading the record.
``processes``, ``forks``
    Jobs done in several processes; how a process is started.
``origins``, ``forecast``, ``stems``
    Digests of what facts and views are made from; those of all views, made while Sphinx starts; stems of words.
``documents``, ``reading``, ``written``
    Which pages written by hand are read and written again; what is kept of reading them.
``builder``, ``generated``, ``files``
    The HTML builder; generated pages; the extra output files: data, redirects, server rules.
``directives``, ``domain``, ``captions``
    Views on pages written by hand, references to everything in the record, and captions of tables.
``references``
    The roles alone, as an extension for other projects.
``templating``, ``navigation``, ``assets``, ``meta``, ``edition``
    Rendering of pages: ``url()``, the sidebar, stylesheets and scripts, descriptions for link previews and search
    engines, the date and version in the footer.
``live``, ``live_builder``, ``live_pages``
    The command of ``make live``; the process that builds after each save; the server, and what it adds to pages.
``serve``
    The command of ``make serve``.
``preview``
    The mark of a site that is not the published one.
``addresses``
    The check that no permanent URL is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Register configuration values, the directive and the event handlers."""
    from . import (
        addresses,
        assets,
        builder,
        captions,
        directives,
        documents,
        domain,
        edition,
        meta,
        navigation,
        run,
        state,
        templating,
        written,
    )

    for part in (run, state, documents, builder, directives, domain, captions, templating):
        part.setup(app)
    for part in (navigation, assets, meta, edition, written, addresses):
        part.setup(app)
    return {"version": __version__, "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
