"""The Jinja environment of all templates: pages (``.html.jinja``) and plain files such as server rules and OpenAPI.

An undefined name is an error everywhere. Only ``.html.jinja`` is escaped: in a rule or in YAML ``&lt;`` would be wrong.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from ..record.model import LETTERS, Status
from . import urls

#: Folders of templates; for a name in several, the first wins. The caller gives them, since Sphinx configures its own.
Folders = tuple[Path, ...]


@cache
def environment(folders: Folders) -> Environment:
    """The environment for the templates in ``folders``, with the filters ``dotted`` and ``web``.

    Its globals are the module ``urls``, the ``statuses`` of capabilities, and the ``letters`` of all statuses.
    Its ``get_template`` raises jinja2.TemplateNotFound for a name that is in none of the folders; rendering raises
    jinja2.UndefinedError where a template uses a value that it was not given.
    """
    made = Environment(
        loader=FileSystemLoader(folders),
        autoescape=select_autoescape(enabled_extensions=("html.jinja",), default=False, default_for_string=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"dotted": dotted, "web": web}
    made.globals |= {"urls": urls, "statuses": tuple(Status), "letters": LETTERS}
    return made


def text(folders: Folders, name: str, values: dict[str, Any]) -> str:
    """The text file that the template ``name`` makes of ``values``, ending with a newline.

    Raises jinja2.TemplateNotFound and jinja2.UndefinedError as :func:`environment` says.
    """
    # Jinja drops the newline at the end of a template: right within a page, wrong for a file.
    return environment(folders).get_template(name).render(values) + "\n"


@cache
def dotted(name: str) -> Markup:
    """``name`` as HTML that may break after its dots, underscores and slashes."""
    return Markup(re.sub(r"([._/])(?=[^._/])", r"\1<wbr>", str(escape(name))))


def web(address: str) -> Markup:
    """A link as HTML if ``address`` begins with http(s), else its text: no other scheme, which could be a script."""
    shown = dotted(address)
    if re.match(r"https?://", address):
        return Markup('<a class="external" href="{}">{}</a>').format(address, shown)
    return shown
