"""An extension for other Sphinx projects: the roles of this site, for references by its inventory.

With it, ``:external+interop:interop:capability:`` and its like are resolved by intersphinx. It has no objects of its
own, and needs nothing but Sphinx.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.domains import Domain, ObjType
from sphinx.roles import XRefRole

from .. import __version__

#: The kinds of targets.
KINDS = ("guideline", "capability", "test", "section", "criterion", "clause")


class ReferencesDomain(Domain):
    """The domain ``interop`` without objects: its roles lead to those in the inventory of the site."""

    name = "interop"
    label = "Interoperability guidelines"
    object_types = {kind: ObjType(kind, kind) for kind in KINDS}
    roles = {kind: XRefRole() for kind in KINDS}


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the domain."""
    app.add_domain(ReferencesDomain)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
