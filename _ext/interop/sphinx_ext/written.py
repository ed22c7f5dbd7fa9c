"""Pages written by hand, which are units too: the page of a document that would be the same is taken over.

A page depends on what its document depends on, see :mod:`.documents`, on the frame of all pages, on what its references
lead to, and on the headings and terms of all documents.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ..site import urls
from . import generated, inputs, state
from .outputs import Unit
from .references import KINDS

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

    from .reading import Document


#: The domains whose data reach pages otherwise, or not at all.
_OTHERWISE = ("std", "index", "interop")


def units(app: Sphinx, names: Iterable[str]) -> dict[str, Unit]:
    """The units of the documents ``names``, without their files."""
    frame = inputs.of_texts(generated.frame(app), *_shared(app))
    return {name: Unit(_key(app, name, frame), (urls.address(name),), page=True) for name in names}


def missing(app: Sphinx, units: dict[str, Unit]) -> set[str]:
    """The names of those units whose files are to be made; the other files are taken over.

    Sphinx copies an image when it writes the document that shows it: such a document is always written.
    """
    stock, shows_images = state.of(app).stock, {name for names, _ in app.env.images.values() for name in names}
    return {name for name, unit in units.items() if not stock.take(name, unit.key) or name in shows_images}


def _key(app: Sphinx, name: str, frame: str) -> str:
    env = app.env
    document: Document = env.interop_documents[name]  # type: ignore[attr-defined]
    views = sorted((*key, digest) for key, digest in document.views.items())
    listed = [env.titles[one].astext() for one in env.toctree_includes.get(name, ()) if one in env.titles]
    return inputs.of_texts(
        frame, name, json.dumps([sorted(document.files.items()), views, listed]), *_resolved(app, document.references)
    )


def _resolved(app: Sphinx, references: Iterable[str]) -> Iterator[str]:
    """What references of any kind lead to, as far as it is a generated page."""
    labels, targets = app.env.domains.standard_domain.labels, state.of(app).site.targets
    for name in references:
        found = [targets.find(kind, name) for kind in KINDS]
        yield repr([(one.title, one.to) for one in found if one] or labels.get(name) or labels.get(name.lower()))


def _shared(app: Sphinx) -> list[str]:
    """What all documents may refer to in each other: labels, terms, titles and headings."""
    current, env = state.of(app), app.env
    standard = env.domains.standard_domain
    labels = [item for item in sorted(standard.labels.items()) if item[1][0] in current.written]
    documents = [
        (env.titles[name].astext(), env.tocs[name].pformat(), sorted(env.metadata[name].items()))
        for name in sorted(current.written)
    ]
    # Numbers of equations and the like. Standard objects are those above; of the index and the record, no page has any.
    others = [repr(sorted(data.items())) for name, data in sorted(env.domaindata.items()) if name not in _OTHERWISE]
    return [repr(labels), repr(sorted(standard.get_objects())), repr(documents), *others]


def _on_page(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Say below the title what this site is, as on generated pages; home and the 404 page say so themselves."""
    if doctree is not None and pagename not in (app.config.root_doc, app.config.notfound_pagename):
        line = generated.site_line(app, pagename)
        context["body"] = context["body"].replace("</h1>\n", f"</h1>\n{line}\n", 1)


def setup(app: Sphinx) -> None:
    """Register the event handler."""
    app.connect("html-page-context", _on_page)
