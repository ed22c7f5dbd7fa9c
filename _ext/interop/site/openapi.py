"""The OpenAPI 3.1 description of ``api/v1/``, and the JSON Schemas of its responses, in the dialect 2020-12.

Both are rendered from the template ``interop/openapi.yaml.jinja`` with lists of values from the code, and completed
with :mod:`.api_schemas`. Neither refers to anything outside itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..analysis.test_lists import PUBLISHED, TARGETS
from ..record import amendments, catalogue_schemas, schemas, yaml_reader
from ..record.model import Status
from . import api_schemas, rendering, urls

#: The keys of the template that form the description, with the components; the others are shared parts.
_DESCRIPTION = ("openapi", "info", "servers", "security", "tags", "paths")
#: The kinds of files that have a schema. The component of each has its name with a capital letter.
KINDS = (
    "guidelines",
    "contents",
    "guideline",
    "capabilities",
    "tests",
    "sections",
    "diff",
    "amendments",
    "process",
    "findings",
)
_REFERENCE = "#/components/schemas/"


def description(templates: rendering.Folders, base: str = "") -> dict[str, Any]:
    """The whole description as plain data, in the order of the template; ``base`` is the URL of the site, if known.

    Raises jinja2.TemplateNotFound and jinja2.UndefinedError as :func:`.rendering.text` does, yaml.YAMLError if the
    rendered template is not YAML, and KeyError if a part of the description is missing.
    """
    frame = _read(templates, base)
    return {key: frame[key] for key in _DESCRIPTION} | {"components": {"schemas": frame["components"]}}


def schema_files(templates: rendering.Folders) -> dict[str, dict[str, Any]]:
    """The JSON Schema of each kind of response, by file name without ``.json``. Raises as :func:`description` does."""
    every = _read(templates, "")["components"]
    return {name: _schema_file(name, every) for name in KINDS}


def _schema_file(name: str, every: dict[str, Any]) -> dict[str, Any]:
    """A component as a schema of its own: those to which it refers, directly or not, are under ``$defs``.

    Its description is its title: in components, generated programs would name types after titles.
    """
    schema = {"title" if key == "description" else key: value for key, value in every[name.capitalize()].items()}
    needed: dict[str, Any] = {}
    waiting = [schema]
    while waiting:
        for other in _references(waiting.pop()):
            if other not in needed:
                needed[other] = every[other]
                waiting.append(every[other])
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{name}.json"}
    found: dict[str, Any] = head | _moved(schema)
    return found | ({"$defs": {one: _moved(needed[one]) for one in every if one in needed}} if needed else {})


def _references(node: Any) -> Iterator[str]:
    """The names of the components to which a schema refers."""
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"].removeprefix(_REFERENCE)
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from _references(item)


def _moved(node: Any) -> Any:
    """A copy of a schema that refers to ``$defs`` instead of components."""
    if isinstance(node, dict):
        if "$ref" in node:
            node = node | {"$ref": node["$ref"].replace(_REFERENCE, "#/$defs/")}
        return {key: _moved(value) for key, value in node.items()}
    return [_moved(item) for item in node] if isinstance(node, list) else node


def _read(templates: rendering.Folders, base: str) -> dict[str, Any]:
    values = {
        "server": f"{base}{urls.API.rstrip('/')}" if base else ".",
        "statuses": [*map(str, Status)],
        "section_statuses": [*schemas.SECTION_STATUSES],
        "grades": [*catalogue_schemas.GRADES],
        "guideline_statuses": [*schemas.GUIDELINE_STATUSES],
        "events": [*catalogue_schemas.EVENTS],
        "targets": [*TARGETS],
        "revisions": [*amendments.KINDS],
        "combinations": ["+".join(wanted) for wanted in PUBLISHED],
        "kinds": [*KINDS],
    }
    frame: dict[str, Any] = yaml_reader.ours(rendering.text(templates, "interop/openapi.yaml.jinja", values))
    frame["components"] |= api_schemas.components()
    return frame
