"""The short static navigation of every page, in place of the theme's tree of all documents."""

from __future__ import annotations

import posixpath
import re
from typing import Any
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from . import state

#: For each build, the entries with their addresses as a page in a folder sees them.
_ADDRESSES: WeakKeyDictionary[Sphinx, dict[str, list[dict[str, str]]]] = WeakKeyDictionary()


def _entries(app: Sphinx) -> list[dict[str, str]]:
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
    entries += [
        {"title": "What changed", "to": "diff/index"},
        {"title": "Tests", "to": "tests/index"},
        {"title": "Designated sections", "to": "sections/index"},
        {"title": "Findings", "to": "findings"},
        {"title": "The documents", "to": "process/index"},
        {"title": "Words", "to": "glossary", "under": "1"},
        {"title": "How to test a cloud", "to": "testing"},
        {"title": "Data for machines", "to": "api"},
        {"title": "How to link", "to": "linking"},
        {"title": "How to take part", "to": "taking-part"},
        {"title": "The record", "to": "record"},
        {"title": "About this site", "to": "about"},
    ]
    return entries


def _prepare(app: Sphinx, env: BuildEnvironment, *documents: set[str]) -> list[str]:
    """Keep the entries, a few names, with the environment: a build that changes nothing need not read the record."""
    if getattr(env, "interop_navigation", None) is None or getattr(env, "interop_inputs", "") != state.of(app).inputs:
        env.interop_navigation = _entries(app)  # type: ignore[attr-defined]
    return []


def _address(app: Sphinx, folder: str, target: str) -> str:
    """The address of a page as any page of ``folder`` sees it; ``/`` is the root, from wherever it is seen."""
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
    app.connect("html-page-context", _on_page, priority=100)
