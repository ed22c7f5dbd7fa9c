"""The entry point to the content of the site: pages, views and link targets."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from ..analysis.analysis import Analysis
from ..record.problems import Problem
from ..record.record import Record
from . import pages
from .pages import Page
from .targets import Targets

if TYPE_CHECKING:
    from .views.common import Source, View


class Site:
    """The site of a record. ``problems`` are the observations that the loader returned."""

    def __init__(self, record: Record, problems: Iterable[Problem] = ()) -> None:
        self.record = record
        self.analysis = Analysis(record, problems)
        self.targets = Targets(self.analysis)
        self._views: dict[tuple[str, str], View] = {}
        self._sources: dict[tuple[str, str], Source] = {}

    @cached_property
    def pages(self) -> list[Page]:
        """The generated pages."""
        return list(pages.generated(self.analysis))

    @cached_property
    def _keys(self) -> set[tuple[str, str]]:
        return {(page.kind, page.key) for page in self.pages}

    def view(self, kind: str, key: str) -> View:
        """The view of this kind and key, cached; raises NoViewError if there is none."""
        from .views import summaries  # Views are imported for a view only: many builds need none.

        if (kind, key) not in self._views:
            view = self._make(kind, key)
            self._views[kind, key] = view | {"summary": summaries.of(kind, view)}
        return self._views[kind, key]

    def source(self, kind: str, key: str) -> Source | None:
        """What the view of this kind and key is made from, if that is known without making the view."""
        from . import views

        if kind not in views.SOURCES:
            return None
        owner_of, make = views.SOURCES[kind]
        if (kind, owner := owner_of(key)) not in self._sources:
            self._sources[kind, owner] = make(self.analysis, owner)
        return self._sources[kind, owner]

    def _make(self, kind: str, key: str) -> View:
        from . import views
        from .views.common import NoViewError

        if kind in views.OVERVIEWS:
            if key:
                raise NoViewError(f"the view {kind!r} takes no key, and was given {key!r}")
            return views.OVERVIEWS[kind](self.analysis)
        if kind in views.OF_PAGES:
            if (kind, key) not in self._keys:
                raise NoViewError(f"no generated page of the kind {kind!r} has the key {key!r}")
            return views.OF_PAGES[kind](self.analysis, key)
        if kind in views.BY_NAME:
            return views.BY_NAME[kind](self.targets, key)
        if kind in views.BY_URL:
            return views.BY_URL[kind](self.record, key)
        raise NoViewError(f"there is no view {kind!r}")
