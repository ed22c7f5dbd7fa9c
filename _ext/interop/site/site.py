"""The entry point to the content of the site: pages, views and link targets."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from ..analysis.analysis import Analysis
from ..record.problems import Problem
from ..record.record import Record
from . import pages, views
from .pages import Page
from .targets import Targets
from .views import summaries
from .views.common import NoViewError, View


class Site:
    """The site of a record. ``problems`` are the observations that the loader returned."""

    def __init__(self, record: Record, problems: Iterable[Problem] = ()) -> None:
        self.record = record
        self.analysis = Analysis(record, problems)
        self.targets = Targets(self.analysis)
        self._views: dict[tuple[str, str], View] = {}

    @cached_property
    def pages(self) -> list[Page]:
        """The generated pages."""
        return list(pages.generated(self.analysis))

    @cached_property
    def _pages_by_kind(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for page in self.pages:
            found.setdefault(page.kind, set()).add(page.key)
        return found

    def view(self, kind: str, key: str) -> View:
        """The view of this kind and key, cached; raises NoViewError if there is none."""
        if (kind, key) not in self._views:
            view = self._make(kind, key)
            self._views[kind, key] = view | {"summary": summaries.of(kind, view)}
        return self._views[kind, key]

    def _make(self, kind: str, key: str) -> View:
        if kind in views.OF_ALL:
            return views.OF_ALL[kind](self.analysis)
        if kind in views.OF_ONE and key in self._pages_by_kind.get(kind, ()):
            return views.OF_ONE[kind](self.analysis, key)
        if kind in views.BY_NAME:
            return views.BY_NAME[kind](self.targets, key)
        if kind in views.OF_URL:
            return views.OF_URL[kind](self.record, key)
        raise NoViewError(f"{kind} {key}".strip())
