"""Extra output files: the data, the redirects and the server rules."""

from __future__ import annotations

import hashlib
import os
import posixpath
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..record import paths
from . import inputs, meta, preview, state, templating
from .outputs import Unit, link
from .processes import Job

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ..site.api import Part
    from ..site.find_entries import Entry
    from ..site.redirects import Redirect

#: The name of the unit of the index of the box that finds anything.
_FIND = "find index"


def data(app: Sphinx) -> dict[str, Job]:
    """The jobs that write the data, or take it over, by the names of their units: a part of the API, or a script."""
    from ..site import api, check_data, list_data

    analysis = state.of(app).site.analysis
    parts = api.parts(analysis, templating.folders(app), app.config.html_baseurl)
    tests = check_data.Tests(analysis)
    texts = check_data.texts(analysis, tests) | list_data.texts(analysis, tests)
    jobs: dict[str, Job] = {f"data {part.name}": partial(_part, app, f"data {part.name}", part) for part in parts}
    jobs |= {f"file {path}": partial(_text, app, path, text) for path, text in texts.items()}
    return jobs


def _text(app: Sphinx, path: str, text: Callable[[], str]) -> dict[str, Unit]:
    """Write a file, or take it over if its text is the same."""
    name, content = f"file {path}", text()
    key = inputs.of_texts(content)
    if not (unit := state.of(app).stock.take(name, key)):
        _write(app, path, content)
        unit = Unit(key, (path,))
    return {name: unit}


def find_index(app: Sphinx) -> dict[str, Job]:
    """The job that writes the index of the box that finds anything, by the name of its unit."""
    return {_FIND: partial(_find_index, app)}


def _find_index(app: Sphinx) -> dict[str, Unit]:
    from ..site import find_entries, find_index, urls

    current, written = state.of(app), list(_written(app))
    key = inputs.of_texts(current.made_from(None), *map(repr, written))
    if not (unit := current.stock.take(_FIND, key)):
        site = current.site
        _write(
            app, urls.FIND_INDEX, find_index.script(site, find_entries.entries(site, written), find_index.tests(site))
        )
        unit = Unit(key, (urls.FIND_INDEX,))
    return {_FIND: unit}


def _written(app: Sphinx) -> Iterator[Entry]:
    """What only the pages written by hand have: the terms of the glossary, and these pages themselves."""
    from ..site.find_entries import page_entry, term_entries

    terms = (found for found in app.env.domains.standard_domain.get_objects() if found[2] == "term")
    yield from term_entries((title, f"{document}#{anchor}") for _, title, _, document, anchor, _ in sorted(terms))
    for document in sorted(state.of(app).written - {app.config.notfound_pagename}):
        description = app.env.metadata[document].get(meta.DESCRIPTION, "")
        yield page_entry(app.env.titles[document].astext(), document, description)


def redirects(app: Sphinx) -> dict[str, Redirect]:
    """The redirects that are pages, by the names of their units: no page written by hand has their URL."""
    from ..site import redirects

    every = redirects.all_of(state.of(app).site.targets)
    items = (item for item in every if item.page and item.old not in app.env.found_docs)
    # Units with other files have other names: the file of a page must not be deleted as that of a redirect.
    return {f"redirect {' '.join(_paths(app, item))}": item for item in items}


def _paths(app: Sphinx, item: Redirect) -> tuple[str, ...]:
    """The files of a redirect. The second one is for servers, for which a short URL needs no ending."""
    from ..site import urls

    second = item.short and f"{item.old}/index" not in app.env.found_docs
    return urls.address(item.old), *([f"{item.old}/index.html"] if second else ())


def finish(app: Sphinx) -> None:
    """Write the files that are made from all data, and those for servers and search engines."""
    from ..analysis import drafts
    from ..site import api, assistants, base_address, crawlers, feed, headers, openapi, server_rules, urls

    current, templates = state.of(app), templating.folders(app)
    record = current.site.record
    sums = {path: digest for unit in current.units.values() for path, digest in unit.sums.items()}
    base = base_address.path(app.config.html_baseurl)
    _write(app, urls.SUMS, api.checksums(sums))
    scripts = headers.inline_scripts(_samples(app))
    _write(app, urls.NGINX, server_rules.nginx(record, base, templates, scripts))
    _write(app, urls.ROBOTS, crawlers.robots(app.config.html_baseurl))
    described = openapi.description(templates, app.config.html_baseurl)
    titles = {name: app.env.titles[name].astext() for name in current.written - {app.config.notfound_pagename}}
    guide = assistants.text(record, current.pages, titles, described, app.config.html_baseurl)
    _write(app, urls.ASSISTANTS, guide)
    if app.config.html_baseurl:  # A sitemap and a feed have absolute URLs.
        changelog = current.root / inputs.CHANGELOG
        text = changelog.read_text(encoding="utf-8") if changelog.is_file() else ""
        _write(app, urls.FEED, feed.atom(app.config.html_baseurl, feed.entries(record, text)))
        pages = {name for name, unit in current.units.items() if unit.page} - {app.config.notfound_pagename}
        pages -= {urls.guideline(one.key) for one in record.guidelines.values() if drafts.is_edited(one)}
        _write(app, urls.SITEMAP, crawlers.sitemap(app.config.html_baseurl, pages))
    else:
        _write(app, urls.PREVIEW_SCRIPT, preview.script(current.run.preview or preview.text(current.root)))
    _write(app, urls.APACHE, server_rules.apache(record, base, templates, scripts))
    _write(app, urls.CADDY, server_rules.caddy(record, base, templates, scripts))


def _samples(app: Sphinx) -> Iterator[str]:
    """Pages with all inline scripts: they are in the frame of a page, which is the theme's or Sphinx's."""
    names = (app.config.root_doc, app.config.notfound_pagename, "search", "genindex", state.of(app).pages[0].docname)
    return (Path(app.builder.get_outfilename(name)).read_text(encoding="utf-8") for name in names)  # type: ignore[attr-defined]


def _part(app: Sphinx, name: str, part: Part) -> dict[str, Unit]:
    """Write the data files of ``part``, or take them over if nothing that they are made from changed."""
    current = state.of(app)
    key = inputs.of_texts(current.made_from(part.guidelines), app.config.html_baseurl)
    if taken := current.stock.take(name, key):
        return {name: taken}
    current.run.forecast.give_report(current.site.analysis)
    # Three of four test lists have the same lines as another one.
    written: dict[str, tuple[str, str]] = {}
    sums = {path: _write_or_link(app, path, text, written) for path, text in part.files()}
    return {name: Unit(key, tuple(sums), sums=sums)}


def redirect(app: Sphinx, items: dict[str, Redirect]) -> dict[str, Unit]:
    """Write some redirects, or take them over. Those of all names of a test have the same content."""
    current = state.of(app)
    written: dict[str, tuple[str, str]] = {}
    units = {}
    for name, item in items.items():
        key = inputs.of_texts(current.frame, app.config.html_baseurl, item.new, item.title, item.about)
        if not (unit := current.stock.take(name, key)):
            for path in (paths := _paths(app, item)):
                _write_or_link(app, path, _redirect(app, item, path), written)
            unit = Unit(key, paths)
        units[name] = unit
    return units


def _redirect(app: Sphinx, item: Redirect, path: str) -> str:
    from ..site import urls

    address = urls.address(item.new)
    document, mark, anchor = address.partition("#")
    to = quote(posixpath.relpath(document, posixpath.dirname(path))) + mark + anchor
    canonical = app.config.html_baseurl + quote(document) if app.config.html_baseurl else to
    shown = {"title": item.title, "to": to, "canonical": canonical, "floating": item.floating, "about": item.about}
    return templating.page(app, "redirect", shown)


def _write(app: Sphinx, path: str, text: str) -> str:
    """Write a file of the site, and return the SHA-256 of its content. Raises ValueError for a path out of the site."""
    file, content = paths.inside(Path(app.outdir), path), text.encode()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)  # It may be that of the published site too.
    file.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def _write_or_link(app: Sphinx, path: str, text: str, written: dict[str, tuple[str, str]]) -> str:
    """Write a file of the site, as a link if a file with the same content is among those ``written``; add it to them.

    They are paths and SHA-256 by content. Returns the SHA-256.
    """
    if text not in written:
        written[text] = path, _write(app, path, text)
        return written[text][1]
    other, digest = written[text]
    old, new = (paths.inside(Path(app.outdir), name) for name in (other, path))
    new.unlink(missing_ok=True)
    link(os.fspath(old), os.fspath(new))
    return digest
