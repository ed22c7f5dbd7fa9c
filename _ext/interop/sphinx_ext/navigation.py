"""The short static navigation of every page, in place of the theme's tree of all documents.

Its entries come from two places: those of generated pages from the source data, those of pages written by hand from the
toctrees of the root document, in their order. Both are kept with the environment, so that a build in which nothing
changed reads neither; when the entries differ from those of the build before, every page is written again.
"""

from __future__ import annotations

import posixpath
import re
from typing import Any
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from . import state

#: For each build, the entries with their addresses as a page in a folder sees them.
_ADDRESSES: WeakKeyDictionary[Sphinx, dict[str, list[dict[str, str]]]] = WeakKeyDictionary()


def _generated(app: Sphinx) -> list[dict[str, str]]:
    """The entries of generated pages."""
    from ..site import pages, urls

    record = state.of(app).site.record
    entries = [{"title": "Guidelines", "to": urls.GUIDELINES}]
    for program in record.programs():
        latest = record.latest(program)
        entries.append({"title": pages.title(record, latest), "to": urls.guideline(latest.key), "under": "1"})
    entries.append({"title": "Capabilities", "to": urls.CAPABILITIES})
    for program in record.programs():
        title = f"{pages.program_title(record, program)} matrix"
        entries.append({"title": title, "to": urls.matrix(program), "under": "1"})
    return [
        *entries,
        {"title": "What changed", "to": urls.DIFFS},
        {"title": "Tests", "to": urls.TESTS},
        {"title": "Designated sections", "to": urls.SECTIONS},
        {"title": "Findings", "to": urls.FINDINGS},
    ]


def _written(env: BuildEnvironment) -> list[dict[str, str]]:
    """The entries of the root document's toctrees: under the title given there, or else the page's own.

    A toctree with a caption is a group: its first page bears the caption, the others are indented beneath it.
    """
    entries = []
    for toctree in env.tocs[env.config.root_doc].findall(addnodes.toctree):
        # What Sphinx lists but has no title for is not a page of ours: the general index, or a page deleted since.
        listed = [(given, to) for given, to in toctree["entries"] if to in env.titles or "://" in to]
        for number, (given, to) in enumerate(listed):
            entry = {"title": given or (env.titles[to].astext() if to in env.titles else to), "to": to}
            if toctree["caption"]:
                entry |= {"under": "1"} if number else {"title": toctree["caption"]}
            entries.append(entry)
    return entries


def _prepare(app: Sphinx, env: BuildEnvironment, *documents: set[str]) -> list[str]:
    """Keep the entries of generated pages: a build in which nothing changed need not load the source data."""
    if getattr(env, "interop_generated", None) is None or getattr(env, "interop_inputs", "") != state.of(app).inputs:
        env.interop_generated = _generated(app)  # type: ignore[attr-defined]
    return []


def _complete(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Put the entries together once all documents are read; if they changed, every page is to be written."""
    entries = env.interop_generated + _written(env)  # type: ignore[attr-defined]
    before, env.interop_navigation = getattr(env, "interop_navigation", None), entries  # type: ignore[attr-defined]
    return [] if entries == before else sorted(env.found_docs)


def _address(app: Sphinx, folder: str, target: str) -> str:
    """The address of a page as any page of ``folder`` sees it; ``/`` is the root, from wherever it is seen."""
    if "://" in target:  # A toctree may name pages of other sites.
        return target
    if folder == "/":
        return f"{app.config.notfound_urls_prefix}{app.builder.get_target_uri(target)}"
    # From a page that does not exist: no page is its own target, which would be "#".
    return app.builder.get_relative_uri(posixpath.join(folder, "-"), target)


def _on_page(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    # Pages of one folder share the addresses; `here` makes the difference. The page for what is not found is shown
    # under any address, so its links begin at the root.
    lost = pagename == app.config.notfound_pagename
    folder = "/" if lost else posixpath.dirname(pagename)
    if lost and "body" in context:
        context["body"] = re.sub(r'href="(?![a-z]+:|[/#])', f'href="{app.config.notfound_urls_prefix}', context["body"])
    if folder not in _ADDRESSES.setdefault(app, {}):
        entries = app.env.interop_navigation  # type: ignore[attr-defined]
        _ADDRESSES[app][folder] = [entry | {"address": _address(app, folder, entry["to"])} for entry in entries]
    context["interop_navigation"] = _ADDRESSES[app][folder]
    # The theme builds a tree of all documents from this for every page; ours has no tree.
    context["toctree"] = lambda **options: ""
    # Where one guideline or capability follows another, its page says so itself.
    context["prev"] = context["next"] = None


def setup(app: Sphinx) -> None:
    """Run before the stubs note what they were made from, and before the theme prepares its page."""
    app.connect("env-get-outdated", _prepare, priority=100)
    app.connect("env-updated", _complete)
    app.connect("html-page-context", _on_page, priority=100)
