"""Digests of what facts and views are made from."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from ..record import discovery
from . import inputs

if TYPE_CHECKING:
    from ..record.model import Guideline
    from ..site.pages import Page
    from ..site.site import Site


class Origins:
    """The digests for a record in the folder ``guidelines`` and its site, each made once."""

    def __init__(self, guidelines: Path, site: Site) -> None:
        self.guidelines = guidelines
        self.site = site
        self._known: dict[str, str] = {}

    @cached_property
    def record(self) -> str:
        """The digest of the whole record."""
        return inputs.of_folder(self.guidelines)

    def of(self, guidelines: Iterable[Guideline]) -> str:
        """The digest of everything in the record that decides the facts of some guidelines and comparisons of them."""
        return inputs.of_texts(self._catalogue, *map(self._facts, guidelines))

    def of_view(self, kind: str, key: str) -> str:
        """The digest of a view; raises what the view raises."""
        return inputs.of_texts(orjson.dumps(self.site.view(kind, key)).decode())

    def of_page(self, page: Page) -> str:
        """The digest of what decides all that a generated page shows inside its frame; raises what its view raises.

        That is its view, or, if that takes long, what the view is made from.
        """
        moved = self.of_view("moved", page.docname)
        if source := self.site.source(page.kind, page.key):
            view = inputs.of_texts(self.of(source.guidelines), orjson.dumps(source.besides).decode())
        else:
            view = self.of_view(page.kind, page.key)
        return inputs.of_texts(page.kind, page.docname, page.key, page.title, view, moved)

    @cached_property
    def _catalogue(self) -> str:
        return inputs.of_folder(self.guidelines / "catalogue")

    def _facts(self, guideline: Guideline) -> str:
        if guideline.key not in self._known:
            file = inputs.of_file(self.guidelines.parent / guideline.path)
            revisions = self.guidelines / discovery.AMENDMENTS / f"{guideline.key}.yaml"
            history = inputs.of_file(revisions) if revisions.is_file() else ""
            self._known[guideline.key] = inputs.of_texts(file, history, *self.site.analysis.resolved(guideline))
        return self._known[guideline.key]
