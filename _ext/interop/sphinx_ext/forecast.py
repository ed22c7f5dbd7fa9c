"""Digests of all views, made in processes of their own while this one starts Sphinx and reads documents.

With them a build knows what it can take over without making the views; views that changed come with their digests. It
does not depend on them: if there are none, because a process failed, the views are made.
"""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from multiprocessing import connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..record import stored
from .forks import fork

if TYPE_CHECKING:
    from ..analysis.analysis import Analysis
    from ..analysis.rules import Report
    from ..site.pages import Page
    from ..site.site import Site
    from ..site.views.common import View
    from .origins import Origins

#: Kind and key of a view.
ViewKey = tuple[str, str]
#: A file, and the file descriptor whose end tells that it is complete.
End = tuple[Path, int]

#: The kinds of pages whose views compare guidelines or have findings: one process makes these, with the views that
#: documents show, which have findings too. Another one makes all others.
_COMPARING = frozenset(("amended", "diff", "diffs", "findings", "guideline", "guidelines", "process", "state"))
#: How many changed views each process passes on: if more changed, it is as fast to make them again where they are used.
_PASSED_ON = 100


@dataclass(frozen=True)
class Made:
    """Digests by name; of some pages whose views changed, these views, pickled; and the findings, for the data."""

    digests: dict[Any, str] = field(default_factory=dict)
    views: dict[str, bytes] = field(default_factory=dict)
    report: Report | None = None


class Forecast:
    """What processes write to files: digests of views to one file, those of pages to several.

    Each file is complete as soon as what is read from its file descriptor has ended. ``processes`` are those that write
    them: without a reference to it, a process that ended closes its descriptor, whose number may then be another one's.
    """

    def __init__(
        self,
        code: str = "",
        views: Iterable[End] = (),
        pages: Iterable[End] = (),
        processes: Iterable[BaseProcess] = (),
    ) -> None:
        self._code = code
        self._files = tuple(views), tuple(pages)
        self._processes = tuple(processes)

    def of_view(self, origins: Origins, kind: str, key: str) -> str:
        """The digest of a view; raises what the view raises."""
        return self._views.digests.get((kind, key)) or origins.of_view(kind, key)

    def of_page(self, origins: Origins, page: Page) -> str:
        """The digest of what decides all that a page shows inside its frame; raises what its view raises."""
        return self._pages.digests.get(page.docname) or origins.of_page(page)

    def view(self, site: Site, page: Page) -> View:
        """The view of a page; raises what the view raises."""
        made = self._pages.views.get(page.docname)
        return pickle.loads(made) if made else site.view(page.kind, page.key)

    def give_report(self, analysis: Analysis) -> None:
        """Give an analysis the findings, which take long to make."""
        if self._pages.report:
            analysis.report = self._pages.report

    @cached_property
    def _views(self) -> Made:
        return self._wait(self._files[0])

    @cached_property
    def _pages(self) -> Made:
        return self._wait(self._files[1])

    def _wait(self, files: Iterable[End]) -> Made:
        found = Made()
        for file, ended in files:
            connection.wait([ended])
            made = stored.load(file, self._code, Made) or Made()
            found.digests.update(made.digests)
            found.views.update(made.views)
            found = replace(found, report=found.report or made.report)
        return found


def start(origins: Origins, views: Iterable[ViewKey], before: Mapping[str, str], folder: Path, code: str) -> Forecast:
    """Begin to make the digests, those of ``views`` first.

    ``before`` are the digests of the published pages; ``folder`` receives the files; ``code`` is a digest of the code.
    """
    pages = origins.site.pages
    comparing = [page for page in pages if page.kind in _COMPARING]
    other = [page for page in pages if page.kind not in _COMPARING]
    first, *files = (folder / name for name in ("views", "pages-0", "pages-1"))
    for file in (first, *files):
        file.unlink(missing_ok=True)  # Those of an earlier build must not count if a process is killed.
    reading, writing = os.pipe()
    in_views = partial(_write_views, origins, views, partial(stored.save, first, code), writing)
    of_comparing = partial(
        _write_pages, origins, comparing, before, partial(stored.save, files[0], code), findings=True
    )
    of_other = partial(_write_pages, origins, other, before, partial(stored.save, files[1], code))
    process = fork(_run, in_views, of_comparing)
    os.close(writing)  # The second process would keep it open until it ends.
    processes = process, fork(_run, of_other)
    ends = [(file, process.sentinel) for file, process in zip(files, processes, strict=True)]
    return Forecast(code, [(first, reading)], ends, processes)


def _run(*parts: Callable[[], None]) -> None:
    gc.disable()
    with suppress(OSError):  # A full disk, for example: the build tells it, if it needs the space too.
        for part in parts:
            part()


def _write_views(origins: Origins, views: Iterable[ViewKey], save: Callable[[Made], None], writing: int) -> None:
    save(Made(_digests({key: partial(origins.of_view, *key) for key in views})))
    os.close(writing)


def _write_pages(
    origins: Origins, pages: list[Page], before: Mapping[str, str], save: Callable[[Made], None], findings: bool = False
) -> None:
    digests = _digests({page.docname: partial(origins.of_page, page) for page in pages})
    changed = [page for page in pages if before.get(page.docname) not in (None, digests.get(page.docname))]
    made = Made(digests)
    if findings:
        with suppress(Exception):
            made = Made(digests, report=origins.site.analysis.report)
    for page in changed[:_PASSED_ON]:
        with suppress(Exception):
            made.views[page.docname] = pickle.dumps(origins.site.view(page.kind, page.key))
    save(made)


def _digests(wanted: dict[Any, Callable[[], str]]) -> dict[Any, str]:
    found = {}
    for name, digest in wanted.items():
        with suppress(Exception):  # The build makes the view again, and reports the mistake with its place.
            found[name] = digest()
    return found
