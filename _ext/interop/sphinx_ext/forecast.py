"""Digests of all views, made in processes of their own while this one starts Sphinx and reads documents.

With them a build knows what it can take over without making the views. It does not depend on them: if there are none,
because a process failed, the views are made.
"""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Callable, Iterable
from functools import cached_property, partial
from multiprocessing import connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from . import inputs
from .forks import fork

if TYPE_CHECKING:
    from ..site.pages import Page
    from ..site.site import Site

#: Kind and key of a view.
ViewKey = tuple[str, str]
#: A file, and the file descriptor whose end tells that it is complete.
End = tuple[Path, int]


#: The kinds of pages whose views compare guidelines: one process makes these, another one all others.
_COMPARING = frozenset(("amended", "diff", "diffs", "findings", "guideline", "state"))


class Forecast:
    """The digests that processes write to files: those of views to one file, those of pages to several.

    Each file is complete as soon as what is read from its file descriptor has ended. ``processes`` are those that write
    them: without a reference to it, a process that ended closes its descriptor, whose number may then be another one's.
    """

    def __init__(
        self, views: Iterable[End] = (), pages: Iterable[End] = (), processes: Iterable[BaseProcess] = ()
    ) -> None:
        self._files = tuple(views), tuple(pages)
        self._processes = tuple(processes)

    def of_view(self, site: Site, kind: str, key: str) -> str:
        """The digest of a view; raises what the view raises."""
        return self._views.get((kind, key)) or _of_view(site, kind, key)

    def of_page(self, site: Site, page: Page) -> str:
        """The digest of everything that a generated page shows inside its frame; raises what its view raises."""
        return self._pages.get(page.docname) or _of_page(site, page)

    @cached_property
    def _views(self) -> dict[ViewKey, str]:
        return _wait(self._files[0])

    @cached_property
    def _pages(self) -> dict[str, str]:
        return _wait(self._files[1])


def start(site: Site, views: Iterable[ViewKey], folder: Path) -> Forecast:
    """Begin to make the digests for ``site``, those of ``views`` first; ``folder`` receives the files."""
    comparing = [page for page in site.pages if page.kind in _COMPARING]
    other = [page for page in site.pages if page.kind not in _COMPARING]
    files = folder / "views", folder / "pages-0", folder / "pages-1"
    for file in files:
        file.unlink(missing_ok=True)  # Those of an earlier build must not count if a process is killed.
    reading, writing = os.pipe()
    process = fork(_make, site, views, files[0], other, files[1], writing)
    os.close(writing)
    beside = fork(_write_pages, site, comparing, files[2])
    pages = (files[1], process.sentinel), (files[2], beside.sentinel)
    return Forecast([(files[0], reading)], pages, (process, beside))


def _wait(files: Iterable[End]) -> dict[Any, str]:
    found: dict[Any, str] = {}
    for file, ended in files:
        connection.wait([ended])
        if file.exists():
            found |= pickle.loads(file.read_bytes())
    return found


def _make(site: Site, views: Iterable[ViewKey], first: Path, pages: list[Page], second: Path, writing: int) -> None:
    gc.disable()
    _write(first, {key: partial(_of_view, site, *key) for key in views})
    os.close(writing)
    _write_pages(site, pages, second)


def _write_pages(site: Site, pages: list[Page], file: Path) -> None:
    gc.disable()
    _write(file, {page.docname: partial(_of_page, site, page) for page in pages})


def _write(file: Path, digests: dict[Any, Callable[[], str]]) -> None:
    found = {}
    for name, digest in digests.items():
        try:
            found[name] = digest()
        except Exception:  # The build makes the view again, and reports the mistake with its place.
            continue
    new = file.with_name(f"{file.name}.new")
    new.write_bytes(pickle.dumps(found))
    new.replace(file)


def _of_view(site: Site, kind: str, key: str) -> str:
    return inputs.of_texts(orjson.dumps(site.view(kind, key)).decode())


def _of_page(site: Site, page: Page) -> str:
    views = [site.view(page.kind, page.key), site.view("moved", page.docname)]
    return inputs.of_texts(page.kind, page.docname, page.title, orjson.dumps(views).decode())
