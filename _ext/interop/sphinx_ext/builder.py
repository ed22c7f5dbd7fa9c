"""The HTML builder: Sphinx writes the pages written by hand, while other processes make all other files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.errors import SphinxError

from . import addresses, files, generated, inputs, processes, state, written
from .outputs import Unit
from .processes import Job
from .stems import Stems

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx

    from ..site.redirects import Redirect

#: Name of the unit of the search index: it depends on what the pages written by hand depend on.
_SEARCH = "search index"


class SiteBuilder(StandaloneHTMLBuilder):
    """Sphinx's HTML builder with generated pages and extra output files."""

    def get_outdated_docs(self) -> Iterator[str]:
        """All documents, whatever the build info in the folder: it is that of another site."""
        self.env.find_files(self.config, self)  # An environment that was kept has those of its time.
        yield from self.env.found_docs

    def load_indexer(self, docnames: AbstractSet[str]) -> None:
        """Begin with an empty search index, since every build fills it: what Sphinx loads again is not what it was."""

    def prepare_writing(self, docnames: AbstractSet[str]) -> None:
        """List the jobs, and delete what is in the folder and not made again, before Sphinx writes anything."""
        super().prepare_writing(docnames)
        app, current = self._app, state.of(self._app)
        self._data, self._redirects = files.data(app) | files.find_index(app), files.redirects(app)
        self._written = written.units(app, docnames)
        pages = (page.docname for page in current.pages)
        current.stock.keep({*self._data, *self._redirects, *self._written, *pages, _SEARCH})
        if self.indexer:
            # Each word is stemmed once; Sphinx would do it once for each page.
            self._stems = Stems(current.kept("stems"), current.frame, self.indexer.lang.stem)
            self.indexer.lang.stem = self._stems.__getitem__  # type: ignore[method-assign,assignment]

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Write all files of the site but static ones and indexes."""
        self.parallel_ok = False  # There are few documents; the processes are needed for the rest.
        current = state.of(self._app)
        finished = processes.start(self._jobs(), current.run.jobs, Path(self.doctreedir))
        super().write_documents(written.missing(self._app, self._written))
        current.units |= self._written
        self._index(docnames)
        for units in finished():
            current.units |= units
        if missing := [page.docname for page in current.pages if page.docname not in current.units]:
            raise SphinxError(f"{len(missing)} page{'s' * (len(missing) != 1)} could not be made")

    def handle_page(self, pagename: str, *arguments: Any, **options: Any) -> None:
        """Write a page as a new file: the old one may be that of the published site too."""
        Path(options.get("outfilename") or self.get_outfilename(pagename)).unlink(missing_ok=True)
        super().handle_page(pagename, *arguments, **options)

    def _jobs(self) -> list[Job]:
        """The jobs: what needs no forecast first. A page and the data about its subject are one job."""
        app, data, frame = self._app, self._data, generated.frame(self._app)
        jobs = []
        for page in state.of(app).pages:
            job, about = partial(generated.make, app, page, frame), data.pop(f"data {page.key}", None)
            jobs.append(_both(job, about) if about else job)
        # Those that lead to the same page are made together: many have the same content.
        leading: dict[str, dict[str, Redirect]] = {}
        for name, item in self._redirects.items():
            leading.setdefault(item.new, {})[name] = item
        short = [partial(files.redirect, app, group) for group in leading.values()]
        ready = [data.pop(name) for name in list(data) if not name.startswith("data ")]
        return [*ready, *short, *data.values(), *jobs]

    def index_page(self, pagename: str, doctree: nodes.document, title: str) -> None:
        """Do nothing for each document that is written: the search index has the others too."""

    def _index(self, docnames: AbstractSet[str]) -> None:
        """Add all documents to the index of Sphinx's search, with references not resolved; or take over the index.

        Generated pages are not in it: the box and the search page find them by their names, and a name is in the text
        of too many.
        """
        key = inputs.of_texts(*(self._written[name].key for name in sorted(docnames)))
        current = state.of(self._app)
        self._indexed = current.stock.take(_SEARCH, key)
        current.units[_SEARCH] = Unit(key, (self.searchindex_filename,))
        for name in () if self._indexed else sorted(docnames):
            super().index_page(name, self.env.get_doctree(name), self.env.longtitles[name].astext())
        if self.indexer:
            self._stems.save()

    def dump_search_index(self) -> None:
        """Write the index of Sphinx's search, unless it is taken over."""
        if not self._indexed:
            super().dump_search_index()

    def finish(self) -> None:
        """Check the permanent URLs, and write what is made from all other files."""
        addresses.check(self._app)
        super().finish()
        files.finish(self._app)


def _both(one: Job, other: Job) -> Job:
    return lambda: one() | other()


def setup(app: Sphinx) -> None:
    """Replace Sphinx's HTML builder."""
    app.add_builder(SiteBuilder, override=True)
