"""Digests of all views, made in a process of its own while this one starts Sphinx and reads documents.

With them a build knows what it can take over without making the views. It does not depend on them: if there are none,
because the record has errors or because the process failed, the views are made.
"""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Callable, Iterable
from functools import cached_property, partial
from multiprocessing import connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from . import inputs
from .forks import fork

if TYPE_CHECKING:
    from ..record.kept import Kept
    from ..site.pages import Page
    from ..site.site import Site

#: Kind and key of a view.
ViewKey = tuple[str, str]


class Forecast:
    """The digests that a process writes to two files; without files, none.

    Each file is complete as soon as what is read from its file descriptor has ended.
    """

    def __init__(self, views: tuple[Path, int] | None = None, pages: tuple[Path, int] | None = None) -> None:
        self._files = views, pages

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


def start(guidelines: Path, kept: Kept, views: Iterable[ViewKey], folder: Path) -> Forecast:
    """Begin to make the digests for the record in the folder ``guidelines``, those of ``views`` first.

    ``folder`` receives the two files.
    """
    reading, writing = os.pipe()
    files = folder / "views", folder / "pages"
    for file in files:
        file.unlink(missing_ok=True)  # Those of an earlier build must not count if the process is killed.
    arguments = guidelines, kept, views, files, writing
    process = fork(_make, *arguments)
    os.close(writing)
    return Forecast((files[0], reading), (files[1], process.sentinel))


def _wait(file: tuple[Path, int] | None) -> dict[Any, str]:
    found: dict[Any, str] = {}
    if file:
        connection.wait([file[1]])
        if file[0].exists():
            found = pickle.loads(file[0].read_bytes())
    return found


def _make(guidelines: Path, kept: Kept, views: Iterable[ViewKey], files: tuple[Path, Path], first: int) -> None:
    gc.disable()
    from ..record import loader
    from ..record.problems import errors
    from ..site.site import Site

    record, problems = loader.load(guidelines, kept=kept)
    if errors(problems):
        return  # The build reports them.
    site = Site(record, problems)
    _write(files[0], {key: partial(_of_view, site, *key) for key in views})
    os.close(first)
    _write(files[1], {page.docname: partial(_of_page, site, page) for page in site.pages})


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
