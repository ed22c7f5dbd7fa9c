"""The short static navigation of every page, which replaces the theme's tree of all documents.

The entries of generated pages come from the record, those of pages written by hand from the toctrees of the root
document, in order.
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

#: For each build, by folder: the entries with URLs relative to the pages of that folder.
_ADDRESSES: WeakKeyDictionary[Sphinx, dict[str, list[dict[str, str]]]] = WeakKeyDictionary()


def _generated(app: Sphinx) -> list[dict[str, str]]:
    """The entries of generated pages."""
    from ..site import pages, urls

    record = state.of(app).site.record
    entries = [
        {"title": "Guidelines", "to": urls.GUIDELINES},
        {"title": "Guideline for my release", "to": urls.COVERAGE, "under": "1"},
    ]
    for program in record.trademark_programs():
        latest, complete = record.latest_known(program) or record.latest(program), record.newest_complete(program)
        partial = latest.key in record.guidelines and record.guidelines[latest.key].is_partial
        title = pages.title(record, latest) + " (reconstructed)" * partial
        entries.append({"title": title, "to": pages.target(record, latest.key), "under": "1"})
        if complete and complete.key != latest.key:
            title = f"{pages.title(record, complete)} (newest complete)"
            entries.append({"title": title, "to": urls.guideline(complete.key), "under": "1"})
    entries.append({"title": "Capabilities", "to": urls.CAPABILITIES})
    for program in record.trademark_programs():
        if len(record.program(program)) < 2:
            continue  # A matrix of one guideline is the guideline.
        title = f"{pages.program_title(record, program)} matrix"
        entries.append({"title": title, "to": urls.matrix(program), "under": "1"})
    return [
        *entries,
        {"title": "Compare guidelines", "to": urls.DIFFS},
        {"title": "Tests", "to": urls.TESTS},
        {"title": "Designated sections", "to": urls.SECTIONS},
        {"title": "Findings", "to": urls.FINDINGS},
    ]


def _written(env: BuildEnvironment) -> list[dict[str, str]]:
    """The entries of the root document's toctrees: with the title given there, or else the title of the page.

    A toctree with a caption is a group: the caption is the title of its first page, and the others are indented.
    """
    entries = []
    for toctree in env.tocs[env.config.root_doc].findall(addnodes.toctree):
        # Entries without a title are left out: the general index, or a page that was deleted.
        listed = [(given, to) for given, to in toctree["entries"] if to in env.titles or "://" in to]
        for number, (given, to) in enumerate(listed):
            entry = {"title": given or (env.titles[to].astext() if to in env.titles else to), "to": to}
            if toctree["caption"]:
                entry |= {"under": "1"} if number else {"title": toctree["caption"]}
            entries.append(entry)
    return entries


def _prepare(app: Sphinx, env: BuildEnvironment) -> None:
    """Collect the entries once all documents are read."""
    state.of(app).navigation = [*_generated(app), *_written(env)]


def _address(app: Sphinx, folder: str, target: str) -> str:
    """The URL of a page relative to any page of ``folder``, or from the root of the server if that is ``/``."""
    if "://" in target:  # A toctree may contain pages of other sites.
        return target
    if folder == "/":
        return f"{app.config.notfound_urls_prefix}{app.builder.get_target_uri(target)}"
    # Relative to a page that does not exist, since the URL of a page relative to itself would be "#".
    return app.builder.get_relative_uri(posixpath.join(folder, "-"), target)


def _on_page(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    # Pages of one folder share the URLs; the template marks the current page. The 404 page is shown at any URL, so its
    # links begin at the root.
    not_found = pagename == app.config.notfound_pagename
    folder = "/" if not_found else posixpath.dirname(pagename)
    if not_found and "body" in context:
        prefix = app.config.notfound_urls_prefix
        context["body"] = re.sub(r'(href|action)="(?![a-z]+:|[/#])', rf'\1="{prefix}', context["body"])
    if folder not in _ADDRESSES.setdefault(app, {}):
        entries = state.of(app).navigation
        _ADDRESSES[app][folder] = [entry | {"address": _address(app, folder, entry["to"])} for entry in entries]
    context["interop_navigation"] = _ADDRESSES[app][folder]
    # The theme would build its tree of all documents with this for every page.
    context["toctree"] = lambda **options: ""
    # Pages that have a previous or a next one link to it in their views.
    context["prev"] = context["next"] = None


def setup(app: Sphinx) -> None:
    """Register the event handlers, to run before the theme's handler."""
    app.connect("env-updated", _prepare)
    app.connect("html-page-context", _on_page, priority=100)
