"""The domain ``interop``: references to everything in the record, by role or, from other projects, by label.

The objects come from the record and not from documents, so that references are resolved in any reading order.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Any

from docutils import nodes
from sphinx.addnodes import compact_paragraph, pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole
from sphinx.util.nodes import make_refnode

from . import state
from .references import KINDS

logger = logging.getLogger(__name__)


class StatusRole(SphinxRole):
    """``interop:status``: shows the status of a capability in a guideline, ``program/id capability``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the status as HTML; if there is none, return the text itself and warn."""
        from ..site.views.common import NoViewError
        from . import documents, templating

        key = " ".join(self.text.split())
        try:
            view = documents.view(self.env.app, self.env.docname, "status", key)
        except NoViewError:
            logger.warning("there is no status %r%s", key, self._near(key), location=self.get_location())
            return [nodes.literal(self.text, self.text)], []
        html = templating.render(self.env.app, self.env.docname, "status", view)
        return [nodes.raw("", " ".join(html.split()), format="html")], []

    def _near(self, key: str) -> str:
        guideline, _, capability = key.partition(" ")
        for kind, name in (("guideline", guideline), ("capability", capability)):
            if missing := _missing(self.env, kind, name):
                return f": {missing}"
        return ""


def _missing(env: BuildEnvironment, kind: str, name: str) -> str:
    """A message for a name that no target has, with similar names; empty if there is one."""
    targets = state.of(env.app).site.targets
    if targets.find(kind, name):
        return ""
    near = targets.near(kind, name)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    return f"there is no {kind} {name!r}{hint}"


class InteropDomain(Domain):
    """Guidelines, capabilities, tests, sections, criteria and clauses as Sphinx objects."""

    name = "interop"
    label = "Interoperability guidelines"
    object_types = {kind: ObjType(kind, kind) for kind in KINDS}
    roles = {kind: XRefRole(warn_dangling=True) for kind in KINDS} | {"status": StatusRole()}

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
        """The link to ``target``, or None if there is no such name."""
        found = state.of(env.app).site.targets.find(typ, target)
        if found is None:
            return None
        shown = contnode
        if not node["refexplicit"]:
            text = found.title if typ in ("guideline", "criterion", "section") else target
            shown = nodes.literal(text, text) if typ in ("capability", "test") else nodes.inline(text, text)
        return make_refnode(builder, fromdocname, found.document, found.anchor, shown, found.title)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """The possible links for the role ``any``."""
        links = ((kind, self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode)) for kind in KINDS)
        return [(f"interop:{kind}", link) for kind, link in links if link]

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """All targets with a page. In the search are those that are not the whole page, which it has by its title."""
        for target in state.of(self.env.app).site.targets.all:
            if target.document in self.env.all_docs:
                for name, priority in (
                    (target.name, 1 if target.anchor else -1),
                    *((other, -1) for other in target.others),
                ):
                    yield name, target.title, target.kind, target.document, target.anchor, priority

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Do nothing: the domain stores no data of documents."""


def _warn(app: Sphinx, domain: Domain | None, node: pending_xref) -> bool | None:
    """Warn of an unresolved reference, with similar names."""
    if domain is None or domain.name != "interop":
        return None
    logger.warning("%s", _missing(app.env, node["reftype"], node["reftarget"]), location=node, type="ref")
    return True


def _complete(app: Sphinx, env: BuildEnvironment) -> None:
    """Make the generated pages known to Sphinx, and add a plain label for each target, for other projects."""
    listed = {name for names in env.toctree_includes.values() for name in names}
    for page in state.of(app).pages:
        name, title = page.docname, page.title
        env.all_docs[name] = 0
        env.titles[name] = env.longtitles[name] = nodes.title(title, title)
        env.metadata[name]["orphan"] = ""
        if name in listed:  # No other page shows a table of its contents.
            link = nodes.reference("", title, internal=True, refuri=name, anchorname="")
            env.tocs[name] = nodes.bullet_list("", nodes.list_item("", compact_paragraph("", "", link)))
    labels = env.domains.standard_domain
    for target in state.of(app).site.targets.all:
        if target.document in env.all_docs:
            labels.anonlabels[target.label] = target.document, target.anchor
            labels.labels[target.label] = target.document, target.anchor, target.title


def setup(app: Sphinx) -> None:
    """Register the domain, its labels and its warnings."""
    app.add_domain(InteropDomain)
    app.connect("warn-missing-reference", _warn)
    app.connect("env-updated", _complete)
