"""The domain ``interop``: references to everything in the record, by role from our pages and by label from anybody's.

The objects come from the record, not from what documents declare: a reference is right or wrong whichever page was
read first, and a page is read again when what it refers to changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole
from sphinx.util.nodes import make_refnode

from . import state
from .directives import note_view

logger = logging.getLogger(__name__)

KINDS = ("guideline", "capability", "test", "section", "criterion", "clause")


class InteropRole(XRefRole):
    """``interop:capability`` and its like: a reference by name, shown by the title unless a text is given."""

    def process_link(
        self, env: BuildEnvironment, refnode: nodes.Element, has_explicit_title: bool, title: str, target: str
    ) -> tuple[str, str]:
        """Note what the document refers to."""
        note_view(env, "reference", f"{refnode['reftype']} {target}")
        return title, target


class StatusRole(SphinxRole):
    """``interop:status``: the status of a capability in a guideline, ``program/id capability``, with its mark."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Give the status as HTML, or the text itself and a warning if there is none."""
        from ..site.views.common import NoViewError
        from . import templating

        key = " ".join(self.text.split())
        try:
            view = state.of(self.env.app).view("status", key)
        except NoViewError:
            logger.warning("there is no status %r%s", key, self._near(key), location=self.get_location())
            return [nodes.literal(self.text, self.text)], []
        note_view(self.env, "status", key)
        html = templating.render(self.env.app, self.env.docname, "status", view)
        return [nodes.raw("", " ".join(html.split()), format="html")], []

    def _near(self, key: str) -> str:
        guideline, _, capability = key.partition(" ")
        for kind, name in (("guideline", guideline), ("capability", capability)):
            if missing := _missing(self.env, kind, name):
                return f": {missing}"
        return ""


def _missing(env: BuildEnvironment, kind: str, name: str) -> str:
    """What is wrong with a name, with near misses; empty if there is such a thing."""
    from ..site import targets

    loaded, _ = state.of(env.app).loaded
    if targets.find(loaded, kind, name):
        return ""
    near = targets.near(loaded, kind, name)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    return f"there is no {targets.KINDS[kind]} {name!r}{hint}"


class InteropDomain(Domain):
    """Guidelines, capabilities, tests, sections, criteria and clauses as objects of Sphinx."""

    name = "interop"
    label = "Interoperability guidelines"
    object_types = {kind: ObjType(kind, kind) for kind in KINDS}
    roles = {kind: InteropRole(warn_dangling=True) for kind in KINDS} | {"status": StatusRole()}

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """The link to what ``target`` names, or None if nothing is called so."""
        from ..site import targets

        thing = targets.find(state.of(env.app).loaded[0], typ, target)
        if thing is None:
            return None
        shown = contnode
        if not node["refexplicit"]:
            text = thing.title if typ in ("guideline", "criterion", "section") else target
            shown = nodes.literal(text, text) if typ in ("capability", "test") else nodes.inline(text, text)
        docname, _, anchor = thing.to.partition("#")
        return make_refnode(builder, fromdocname, docname, anchor, shown, thing.title)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """The links that ``any`` can mean."""
        found = []
        for kind in KINDS:
            if link := self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode):
                found.append((f"interop:{kind}", link))
        return found

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Everything in the record; other names of a thing are in ``objects.inv``, but not in the search."""
        from ..site import targets

        for thing in targets.things(state.of(self.env.app).loaded[0]):
            docname, _, anchor = thing.to.partition("#")
            if docname in self.env.found_docs:
                yield thing.name, thing.title, thing.kind, docname, anchor, 1
                for other in thing.others:
                    yield other, thing.title, thing.kind, docname, anchor, -1

    def merge_domaindata(self, docnames: set[str], otherdata: dict[str, Any]) -> None:
        """Nothing to merge: what documents declare is nothing."""


def _warn(app: Sphinx, domain: Domain | None, node: pending_xref) -> bool | None:
    """Say of a reference that leads nowhere what would be near."""
    if domain is None or domain.name != "interop":
        return None
    logger.warning("%s", _missing(app.env, node["reftype"], node["reftarget"]), location=node, type="ref")
    return True


def _label(app: Sphinx, doctree: nodes.document) -> None:
    """Make every thing on the page a plain label, which other projects can refer to without this domain."""
    docname = app.env.docname
    labels = app.env.domains.standard_domain
    for thing in state.of(app).things_of(docname):
        anchor = thing.to.partition("#")[2]
        labels.anonlabels[thing.label] = docname, anchor
        labels.labels[thing.label] = docname, anchor, thing.title


def setup(app: Sphinx) -> None:
    """Register the domain, its labels and its warnings."""
    app.add_domain(InteropDomain)
    app.connect("warn-missing-reference", _warn)
    app.connect("doctree-read", _label)
