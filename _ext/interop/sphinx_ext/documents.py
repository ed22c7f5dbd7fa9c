"""Leaves documents unread that nothing changed since they were read.

A document depends on its source and the files that it includes, the views that it shows, the names of all pages, the
code and the configuration. Sphinx's environment and its doctrees are kept from a build that succeeded; a build that
reads documents begins by deleting what was kept.
"""

from __future__ import annotations

import os
import pickle
import posixpath
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from ..record import stored
from . import inputs, outputs, reading, state
from .reading import Document

logger = logging.getLogger(__name__)


def view(app: Sphinx, docname: str, kind: str, key: str) -> dict[str, Any]:
    """A view, to be shown in a document; raises what :meth:`..site.site.Site.view` raises."""
    current = state.of(app)
    known = app.env.interop_documents.get(docname)  # type: ignore[attr-defined]
    if known is not None:  # A generated page is no document.
        known.views[kind, key] = current.run.forecast.of_view(current.origins, kind, key)
    return current.site.view(kind, key)


def keep(app: Sphinx) -> None:
    """Keep what was read, after a build without warnings: a document that is not read again does not warn again."""
    current = state.of(app)
    if file := current.kept(reading.FILE):
        documents: dict[str, Document] = app.env.interop_documents  # type: ignore[attr-defined]
        views = frozenset(key for document in documents.values() for key in document.views)
        stored.save(file, current.frame, reading.Kept(current.environment, _doctrees(app), views))


def _doctrees(app: Sphinx) -> dict[str, outputs.Stamp]:
    return {path: stamp for path, stamp in outputs.files(Path(app.doctreedir)).items() if path.endswith(".doctree")}


def _restore(app: Sphinx, config: Config) -> None:
    """Give Sphinx the environment that was kept, or none: what else is there was not kept for it."""
    environment = Path(app.doctreedir) / ENV_PICKLE_FILENAME
    environment.unlink(missing_ok=True)
    current = state.of(app)
    file = current.kept(reading.FILE)
    kept = stored.load(file, current.frame, reading.Kept) if file else None
    if kept and kept.doctrees == _doctrees(app):
        environment.write_bytes(kept.environment)


def _outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterator[str]:
    """The documents to read, besides those that Sphinx finds by their times."""
    current = state.of(app)
    # A document may show the one of several files that is best, or list the documents in a folder.
    beside = (os.path.relpath(path, app.srcdir) for path in inputs.paths(Path(app.srcdir)))
    names = sorted({*env.found_docs, *beside, *(page.docname for page in current.site.pages)})
    same_names = getattr(env, "interop_names", None) == names
    env.interop_names = names  # type: ignore[attr-defined]
    known: dict[str, Document] = getattr(env, "interop_documents", {})
    env.interop_documents = known  # type: ignore[attr-defined]
    for name in env.found_docs:
        document = known.get(name)
        if not (same_names and document and document == _now(app, name, document)):
            yield name
    if env.domains.standard_domain.progoptions:  # Of options with one name, Sphinx keeps only the first that it reads.
        yield from env.found_docs


def _now(app: Sphinx, name: str, document: Document) -> Document:
    """What a document would be read from now; without views that fail: the document is read, and reports them."""
    current = state.of(app)
    now = Document(_digests(app, document.files), references=document.references)
    for kind, key in document.views:
        try:
            now.views[kind, key] = current.run.forecast.of_view(current.origins, kind, key)
        except Exception:
            continue
    return now


def _digests(app: Sphinx, paths: Iterable[str]) -> dict[str, str]:
    """The digests of files, by path relative to the sources; of those that exist."""
    found = {path: Path(app.srcdir, path) for path in paths}
    return {path: inputs.of_file(file) for path, file in found.items() if file.is_file()}


def _before_read(app: Sphinx, env: BuildEnvironment, names: list[str]) -> None:
    if file := state.of(app).kept(reading.FILE):
        file.unlink(missing_ok=True)
    # Sphinx does this document by document: what moves to one that it reads earlier would be there twice.
    for name in names:
        app.events.emit("env-purge-doc", env, name)
        env.clear_doc(name)


def _purge(app: Sphinx, env: BuildEnvironment, name: str) -> None:
    env.interop_documents.pop(name, None)  # type: ignore[attr-defined]


def _begin(app: Sphinx, name: str, content: list[str]) -> None:
    app.env.interop_documents[name] = Document()  # type: ignore[attr-defined]


def _parsed(app: Sphinx, doctree: nodes.document) -> None:
    references = {node["reftarget"] for node in doctree.findall(addnodes.pending_xref)}
    app.env.interop_documents[app.env.docname].references = tuple(sorted(references))  # type: ignore[attr-defined]


def _read(app: Sphinx, env: BuildEnvironment) -> None:
    """Remember the environment as it is before generated pages are added to it."""
    current = state.of(app)
    for name, document in env.interop_documents.items():  # type: ignore[attr-defined]
        files = [os.path.relpath(env.doc2path(name), app.srcdir), *map(str, env.dependencies[name])]
        document.files = _digests(app, files)
        for path in files:
            if not inputs.has(current.root, Path(app.srcdir, path)):
                message = "%s is not among the inputs of a build, which would not notice its changes"
                logger.warning(message, path, location=name)
    for path, (names, given) in env.images.items():
        if given != posixpath.basename(path):
            # Sphinx gives the second a number, in the order in which documents happen to be read.
            message = "%s has the name of another image; another name"
            logger.warning(message, path, location=min(names))
    _sort(env)
    every = env.project.docnames
    env.project.docnames = set(current.written)
    current.environment = pickle.dumps(env)
    env.project.docnames = every


def _sort(env: BuildEnvironment) -> None:
    """Put what depends on the order of reading into that of a clean build, which reads documents by their names."""
    entries = env.domains.index_domain.entries
    for name in sorted(entries):
        entries[name] = entries.pop(name)
    terms = [item for item in env.domains.standard_domain.objects.items() if item[0][0] == "term"]
    # Of terms that differ only in case, references to another spelling lead to the last one.
    for (_, term), place in sorted(terms, key=lambda item: item[1][0]):
        env.domains.standard_domain._terms[term.lower()] = place


def setup(app: Sphinx) -> None:
    """Register the event handlers."""
    app.connect("config-inited", _restore)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-purge-doc", _purge)
    app.connect("env-before-read-docs", _before_read)
    app.connect("source-read", _begin)
    app.connect("doctree-read", _parsed)
    app.connect("env-updated", _read, priority=0)
