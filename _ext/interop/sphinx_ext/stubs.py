"""Stubs: a small source document for each generated page, so that Sphinx reads, indexes and links it like any other.

A stub is written only if it differs. It is deleted when its page no longer exists. A document written by hand replaces
the stub of the same name.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from . import state

if TYPE_CHECKING:
    from ..site.pages import Page

#: First line of every stub, by which it is distinguished from a page written by hand.
MARK = ".. Generated from the record; not kept in git. Write a page of this name by hand to replace it."


def _stub(page: Page) -> str:
    # All punctuation is escaped: docutils would otherwise read markup in a title, and turn URLs into links.
    title = re.sub(r"([^\w\s])", r"\\\1", page.title)
    argument = f"{page.kind} {page.key}".strip()
    fields = ":orphan:\n:hide-toc:\n" + ("" if page.searched else ":no-search:\n")
    return f"{MARK}\n\n{fields}\n{title}\n{'=' * len(title)}\n\n.. interop-view:: {argument}\n"


def _is_stub(path: Path) -> bool:
    with path.open(encoding="utf-8") as lines:
        return lines.readline().rstrip("\n") == MARK


def _write(app: Sphinx) -> None:
    """Write, update and delete the stubs in the source folder according to the pages of the record."""
    current = state.of(app)
    read = [Path(app.env.doc2path(docname)) for docname in app.env.all_docs]
    replaced = any(path.suffix == ".rst" and path.with_suffix(".md").exists() for path in read)
    same = getattr(app.env, "interop_inputs", "") == current.inputs
    if same and not replaced and all(path.exists() for path in read):
        return  # The last successful build had the same input.
    source = Path(app.srcdir)
    stubs = {source / f"{page.docname}.rst": page for page in current.site.pages}
    for path in source.rglob("*.rst"):
        if path not in stubs and _is_stub(path):
            path.unlink()
    for path, page in stubs.items():
        if path.with_suffix(".md").exists():
            if path.exists() and _is_stub(path):
                path.unlink()  # A page written by hand replaces it.
            continue
        text = _stub(page)
        if path.exists() and (not _is_stub(path) or path.read_text(encoding="utf-8") == text):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """The documents, generated or written by hand, with a view that changed."""
    current = state.of(app)
    if getattr(env, "interop_inputs", "") == current.inputs:
        return []
    env.interop_inputs = current.inputs  # type: ignore[attr-defined]
    return [
        docname
        for docname, metadata in env.metadata.items()
        for (kind, key), digest in metadata.get("interop_shown", {}).items()
        if current.changed(kind, key, digest)
    ]


def setup(app: Sphinx) -> None:
    """Register the event handlers: write stubs before Sphinx looks for documents; return those to read again."""
    app.connect("builder-inited", _write)
    app.connect("env-get-outdated", _outdated)
