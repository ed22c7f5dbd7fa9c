"""Server rules: HTTP headers, redirects from old URLs, and responses to RefStack's data URLs, which need a server.

The rules are rendered from the templates in ``interop/server/`` with the values of this module.

RefStack's test lists had a query: ``target`` (default: platform), ``type`` (statuses joined by commas; default: all),
``alias`` and ``flag`` (default: true; true, yes and 1 are true). The rules map it to the published files, with and
without ``api/`` at the beginning of the path, since scripts used both. For an unknown guideline, and for a target that
a guideline does not have, the response is RefStack's text. RefStack sent it with status 200, so that a script took it
for a list of tests; here the status is 404. For an empty list it is 204. For a combination of statuses that is not
published it is 404, since a superset would look like a valid answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from ..analysis import test_lists
from ..record.model import OFFICIAL, Status
from ..record.record import Record
from ..record.schemas import LETTERS
from . import headers, redirects, rendering, urls


def nginx(record: Record, base: str, templates: rendering.Folders, scripts: Iterable[str] = ()) -> str:
    """Rules for nginx, to be included in a ``server`` block; ``base`` is the path of the site on the server.

    ``scripts`` are the inline scripts of the pages (:func:`.headers.inline_scripts`), which browsers are to run.
    Raises jinja2.TemplateNotFound and jinja2.UndefinedError as :func:`.rendering.text` does.
    """
    return rendering.text(templates, "interop/server/nginx.conf.jinja", _values(record, base, scripts))


def apache(record: Record, base: str, templates: rendering.Folders, scripts: Iterable[str] = ()) -> str:
    """Rules for Apache (mod_alias, mod_headers, mod_rewrite), to be included in a virtual host; as :func:`nginx`."""
    return rendering.text(templates, "interop/server/apache.conf.jinja", _values(record, base, scripts))


def caddy(record: Record, base: str, templates: rendering.Folders, scripts: Iterable[str] = ()) -> str:
    """Rules for Caddy, to be imported in a site block; as :func:`nginx`, but without RefStack's queries."""
    return rendering.text(templates, "interop/server/Caddyfile.jinja", _values(record, base, scripts))


def _values(record: Record, base: str, scripts: Iterable[str]) -> dict[str, Any]:
    """The values for the templates. ``*pattern``, ``versions`` and ``targets`` are regular expressions.

    Paths are percent-encoded: no character in them ends a word of the rules or has a meaning there.
    """
    base = _quoted(base)
    return {
        "headers": headers.headers(scripts),
        "cache": headers.CACHE,
        "compressed": headers.COMPRESSED,
        "data": headers.DATA,
        "base": base,
        "base_pattern": re.escape(base),
        "redirects": _redirects(record, base),
        "versions": f"^(?:{_any(_versions(record))})$",
        "targets": _targets(record),
        "statuses": [{"word": str(status), "letter": LETTERS[status]} for status in OFFICIAL],
        "all_letters": _letters(OFFICIAL),
        # The published combinations, by the letters to which the rules reduce the query's statuses.
        "combinations": [
            {"letters": _letters(wanted), "folder": "+".join(wanted)}
            for wanted in test_lists.PUBLISHED
            if {*wanted} <= {*OFFICIAL}
        ],
    }


def _versions(record: Record) -> list[str]:
    """The guidelines that RefStack's URLs can name. It never had the scorings."""
    return [guideline.official_id for guideline in record.guidelines.values() if not guideline.is_scoring]


def _redirects(record: Record, base: str) -> list[dict[str, str]]:
    """The old URLs, each also as a regular expression, and the new ones."""
    found = []
    for item in redirects.old(record):
        before = base + _quoted(urls.address(item.old) if item.page else item.old)
        found.append({"old": before, "pattern": re.escape(before), "new": base + _quoted(urls.address(item.new))})
    return found


def _quoted(path: str) -> str:
    return quote(path, safe="/+~#")


def _targets(record: Record) -> str:
    """A regular expression for every ``target:version`` that exists."""
    by_targets: dict[tuple[str, ...], list[str]] = {}
    for guideline in record.guidelines.values():
        by_targets.setdefault(tuple(test_lists.targets(record, guideline)), []).append(guideline.official_id)
    groups = [f"(?:{'|'.join(names)}):(?:{_any(ids)})" for names, ids in by_targets.items() if names]
    return "^(?:" + "|".join(groups) + ")$"


def _any(texts: Iterable[str]) -> str:
    """A regular expression (alternatives without a group) that matches any of ``texts`` literally."""
    return "|".join(map(re.escape, texts))


def _letters(statuses: Iterable[Status]) -> str:
    return "".join(LETTERS[status] for status in statuses)
