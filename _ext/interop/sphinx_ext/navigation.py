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

#: The caption of the toctree of the root document whose pages are linked in the footer.
FOOTER = "Footer"
#: Pages that have no entry, nor one of their folder, by folder: the entry to which they belong.
_BELONGS = {"reports": "process/index", "schema": "api", "upstream-documents": "process/index"}
#: For each build, by folder and section: the entries with URLs relative to the pages of that folder.
_ADDRESSES: WeakKeyDictionary[Sphinx, dict[tuple[str, str], list[dict[str, str]]]] = WeakKeyDictionary()


def _generated(app: Sphinx) -> list[dict[str, str]]:
    """The entries of generated pages."""
    from ..site import pages, urls

    record = state.of(app).site.record
    top = [
        {"title": "Guidelines", "to": urls.GUIDELINES},
        {"title": "Capabilities", "to": urls.CAPABILITIES},
        {"title": "Compare guidelines", "to": urls.DIFFS},
        {"title": "Tests", "to": urls.TESTS},
    ]
    guidelines = [("Guideline for my release", urls.COVERAGE)]
    programs = record.trademark_programs()
    # A matrix of one guideline is the guideline.
    several = [program for program in programs if len(record.program(program)) > 1]
    matrices = [(f"{pages.program_title(record, program)} matrix", urls.matrix(program)) for program in several]
    for program in programs[:1]:  # Those of add-ons would take the place of entries that people look for.
        latest, complete = record.latest_known(program) or record.latest(program), record.newest_complete(program)
        partial = latest.key in record.guidelines and record.guidelines[latest.key].is_partial
        title = pages.title(record, latest) + " (reconstructed)" * partial
        guidelines.append((title, pages.target(record, latest.key)))
        if complete and complete.key != latest.key:
            guidelines.append((f"{pages.title(record, complete)} (newest complete)", urls.guideline(complete.key)))
    tests = [("Names from A to Z", urls.TEST_NAMES), ("Ids", urls.TEST_IDS), ("Lists of others", urls.ADOPTERS)]
    return [
        *top,
        *_under(urls.GUIDELINES, guidelines),
        *_under(urls.CAPABILITIES, [*matrices, ("Designated sections", urls.SECTIONS)]),
        *_under(urls.TESTS, tests),
        *_under(urls.PROCESS, [("Findings", urls.FINDINGS)]),
    ]


def _under(parent: str, entries: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"title": title, "to": to, "under": parent} for title, to in entries]


def _written(env: BuildEnvironment) -> list[dict[str, str]]:
    """The entries of the root document's toctrees: with the title given there, or else the title of the page.

    A toctree with a caption is a group: the caption is the title of its first page, and the others are under it.
    """
    entries = []
    for toctree in env.tocs[env.config.root_doc].findall(addnodes.toctree):
        # Entries without a title are left out: the general index, or a page that was deleted.
        listed = [(given, to) for given, to in toctree["entries"] if to in env.titles or "://" in to]
        caption = toctree["caption"]
        for number, (given, to) in enumerate(listed):
            entry = {"title": given or (env.titles[to].astext() if to in env.titles else to), "to": to}
            if caption == FOOTER:
                entry["under"] = FOOTER
            elif caption:
                entry |= {"under": listed[0][1]} if number else {"title": caption}
            entries.append(entry)
    return entries


def _prepare(app: Sphinx, env: BuildEnvironment) -> None:
    """Collect the entries once all documents are read, each group together."""
    entries = [*_generated(app), *_written(env)]
    of = {
        parent: [one for one in entries if one.get("under") == parent]
        for parent in (one.get("under") for one in entries)
    }
    grouped = [one for top in of.get(None, []) for one in (top, *of.get(top["to"], []))]
    state.of(app).navigation = [*grouped, *of.get(FOOTER, [])]


def _section(entries: list[dict[str, str]], page: str) -> str:
    """The entry to which a page belongs: itself, or that of the first entry in its folder; empty if there is none."""
    folder = page.partition("/")[0] if "/" in page else page
    for entry in (
        *(one for one in entries if one["to"] == page),
        *(one for one in entries if "/" in one["to"] and one["to"].partition("/")[0] == folder),
    ):
        return entry.get("under", entry["to"])
    return _BELONGS.get(folder, "")


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
    entries = state.of(app).navigation
    section = _section(entries, pagename)
    known = _ADDRESSES.setdefault(app, {})
    if (folder, section) not in known:
        shown = [one for one in entries if one.get("under", section) in (section, FOOTER)]
        known[folder, section] = [entry | {"address": _address(app, folder, entry["to"])} for entry in shown]
    context["interop_navigation"] = known[folder, section]
    context["interop_section"] = section
    # The theme would build its tree of all documents with this for every page.
    context["toctree"] = lambda **options: ""
    # Pages that have a previous or a next one link to it in their views.
    context["prev"] = context["next"] = None


def setup(app: Sphinx) -> None:
    """Register the event handlers, to run before the theme's handler."""
    app.connect("env-updated", _prepare)
    app.connect("html-page-context", _on_page, priority=100)
