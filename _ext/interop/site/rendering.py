"""The Jinja environment of all templates: pages (``.html.jinja``) and plain files such as server rules and OpenAPI.

Undefined names are errors. Only ``.html.jinja`` is escaped; ``&lt;`` would be wrong in server rules and YAML.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from ..record.model import OFFICIAL
from ..record.schemas import LETTERS
from . import urls

#: The number of characters before a line can break in the long name of a test.
_APART = 12

#: Folders of templates; the first with a template of a name is used. Sphinx configures them.
Folders = tuple[Path, ...]


@cache
def environment(folders: Folders) -> Environment:
    """The environment for the templates in ``folders``, with the filters of this module.

    Its globals are the module ``urls``, the ``statuses`` of capabilities, and the ``letters`` of all statuses.
    Its ``get_template`` raises jinja2.TemplateNotFound if no folder has the template; rendering raises
    jinja2.UndefinedError if the template uses a value that is not passed.
    """
    made = Environment(
        loader=FileSystemLoader(folders),
        autoescape=select_autoescape(enabled_extensions=("html.jinja",), default=False, default_for_string=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"dotted": dotted, "wrapped": wrapped, "web": web, "cited": cited, "linked": linked}
    made.globals |= {"urls": urls, "statuses": OFFICIAL, "letters": LETTERS}
    return made


def text(folders: Folders, name: str, values: dict[str, Any]) -> str:
    """The text file rendered from the template ``name`` with ``values``, ending with a newline.

    Raises jinja2.TemplateNotFound and jinja2.UndefinedError: see :func:`environment`.
    """
    # Jinja removes the newline at the end of a template, but a file needs it.
    return environment(folders).get_template(name).render(values) + "\n"


@cache
def dotted(name: str) -> Markup:
    """``name`` as HTML with optional line breaks after dots, underscores and slashes."""
    return Markup("<wbr>").join(_parts(name))


@cache
def wrapped(text: str) -> Markup:
    """The long name of a test, or a text with such names, as HTML with optional line breaks some characters apart.

    A break after each part of each name, as ``dotted`` has, would be a tenth of the site.
    """
    return Markup(" ").join(_wrapped(word) for word in text.split(" "))


def _wrapped(word: str) -> Markup:
    first, *rest = _parts(word)
    lines = [first]
    for part in rest:
        if len(lines[-1]) < _APART:
            lines[-1] += part
        else:
            lines.append(part)
    return Markup("<wbr>").join(lines)


def _parts(name: str) -> list[str]:
    return re.split(r"(?<=[._/])(?=[^._/])", name)


@cache
def linked(text: str) -> Markup:
    """A text as HTML in which URLs are links, without the punctuation after them."""
    parts = re.split(r"(https?://[^\s()]*[^\s().,;:])", text)
    return Markup("").join(web(part) if place % 2 else part for place, part in enumerate(parts))


def cited(address: str) -> Markup:
    """A source as a link with a short text: the id of a commit, or else the URL without its scheme."""
    commit = re.search(r"/commit/([0-9a-f]{10})[0-9a-f]*$", address)
    short = f"commit {commit[1]}" if commit else re.sub(r"^https?://(www\.)?", "", address)
    return web(address, short)


def web(address: str, text: str = "") -> Markup:
    """A link as HTML if ``address`` begins with http(s), or else its text, since other schemes could run scripts."""
    if re.match(r"https?://", address):
        return Markup('<a class="external" href="{}">{}</a>').format(address, dotted(text or address))
    return dotted(address)
