"""Leaves documents unread that nothing changed since they were read.

A document depends on its source, the views that it shows, the names of all pages, and what all documents depend on:
code, configuration, and files beside the documents. Sphinx's environment and its doctrees are kept from a build that
succeeded; a build that reads documents begins by deleting what was kept.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from . import inputs, outputs, reading, state
from .reading import Document


def view(app: Sphinx, docname: str, kind: str, key: str) -> dict[str, Any]:
    """A view, to be shown in a document; raises what :meth:`..site.site.Site.view` raises."""
    current = state.of(app)
    known = app.env.interop_documents.get(docname)  # type: ignore[attr-defined]
    if known is not None:  # A generated page is no document.
        known.views[kind, key] = current.run.forecast.of_view(current.site, kind, key)
    return current.site.view(kind, key)


def keep(app: Sphinx) -> None:
    """Keep what was read, after a build without warnings: a document that is not read again does not warn again."""
    current = state.of(app)
    if file := current.kept(reading.FILE):
        documents: dict[str, Document] = app.env.interop_documents  # type: ignore[attr-defined]
        views = frozenset(key for document in documents.values() for key in document.views)
        reading.Kept(_common(app), _doctrees(app), current.environment, views).save(file)


def _common(app: Sphinx) -> str:
    others = (path for path in inputs.files(Path(app.srcdir)) if path.suffix not in app.config.source_suffix)
    return inputs.of_texts(state.of(app).frame, *(f"{path} {inputs.of_file(path)}" for path in sorted(others)))


def _doctrees(app: Sphinx) -> dict[str, outputs.Stamp]:
    return {path: stamp for path, stamp in outputs.files(Path(app.doctreedir)).items() if path.endswith(".doctree")}


def _restore(app: Sphinx, config: Config) -> None:
    """Give Sphinx the environment that was kept, or none: what else is there was not kept for it."""
    environment = Path(app.doctreedir) / ENV_PICKLE_FILENAME
    environment.unlink(missing_ok=True)
    file = state.of(app).kept(reading.FILE)
    kept = reading.load(file) if file else None
    if kept and kept.common == _common(app) and kept.doctrees == _doctrees(app):
        environment.write_bytes(kept.environment)


def _outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterator[str]:
    """The documents to read, besides those that Sphinx finds by their times."""
    current = state.of(app)
    names = sorted({*env.found_docs, *(page.docname for page in current.site.pages)})
    same_names = getattr(env, "interop_names", None) == names
    env.interop_names = names  # type: ignore[attr-defined]
    known: dict[str, Document] = getattr(env, "interop_documents", {})
    env.interop_documents = known  # type: ignore[attr-defined]
    for name in env.found_docs:
        document = known.get(name)
        if not (same_names and document and document == _now(app, name, document)):
            yield name


def _now(app: Sphinx, name: str, document: Document) -> Document:
    """What a document would be read from now; without views that fail: the document is read, and reports them."""
    current = state.of(app)
    now = _source(app, name)
    for kind, key in document.views:
        try:
            now.views[kind, key] = current.run.forecast.of_view(current.site, kind, key)
        except Exception:
            continue
    return now


def _before_read(app: Sphinx, env: BuildEnvironment, names: list[str]) -> None:
    if file := state.of(app).kept(reading.FILE):
        file.unlink(missing_ok=True)


def _purge(app: Sphinx, env: BuildEnvironment, name: str) -> None:
    env.interop_documents.pop(name, None)  # type: ignore[attr-defined]


def _begin(app: Sphinx, name: str, content: list[str]) -> None:
    app.env.interop_documents[name] = _source(app, name)  # type: ignore[attr-defined]


def _source(app: Sphinx, name: str) -> Document:
    return Document(inputs.of_file(app.env.doc2path(name)))


def _read(app: Sphinx, env: BuildEnvironment) -> None:
    """Remember the environment as it is before generated pages are added to it."""
    current = state.of(app)
    every = env.project.docnames
    env.project.docnames = set(current.written)
    current.environment = pickle.dumps(env)
    env.project.docnames = every


def setup(app: Sphinx) -> None:
    """Register the event handlers."""
    app.connect("config-inited", _restore)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-purge-doc", _purge)
    app.connect("env-before-read-docs", _before_read)
    app.connect("source-read", _begin)
    app.connect("env-updated", _read, priority=0)
