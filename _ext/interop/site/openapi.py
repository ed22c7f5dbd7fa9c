"""The OpenAPI 3.1 description of ``api/v1/``, and the JSON Schemas of its responses.

Both are rendered from the template ``interop/openapi.yaml.jinja`` with lists of values from the code.
"""

from __future__ import annotations

from typing import Any

import yaml

from ..analysis.test_lists import PUBLISHED, TARGETS
from ..record import amendments, catalogue_schemas, json_schema, partial, schemas
from ..record.model import Status
from . import rendering

#: The keys of the template that form the description; the others are the schemas and shared parts.
_DESCRIPTION = ("openapi", "info", "servers", "paths")


def description(templates: rendering.Folders) -> dict[str, Any]:
    """The whole description as plain data, in the order of the template.

    Raises jinja2.TemplateNotFound and jinja2.UndefinedError as :func:`.rendering.text` does, yaml.YAMLError if the
    rendered template is not YAML, and KeyError if a part of the description is missing.
    """
    frame = _read(templates)
    return {key: frame[key] for key in _DESCRIPTION}


def schema_files(templates: rendering.Folders) -> dict[str, dict[str, Any]]:
    """The JSON Schema of each kind of response, by file name without ``.json``. Raises as :func:`description` does."""
    return {name: _schema_file(name, schema) for name, schema in _read(templates)["schemas"].items()}


def _schema_file(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    id = f"{name}.json"
    if name == "guideline":
        place = ("metadata", "record")
        return json_schema.of_guideline(schemas.V2_0, partial.EXPORTED, place, schema["title"], id)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": id} | schema


def _read(templates: rendering.Folders) -> dict[str, Any]:
    values = {
        "statuses": [*map(str, Status)],
        "section_statuses": [*schemas.SECTION_STATUSES],
        "grades": [*catalogue_schemas.GRADES],
        "guideline_statuses": [*schemas.GUIDELINE_STATUSES],
        "events": [*catalogue_schemas.EVENTS],
        "targets": [*TARGETS],
        "kinds": [*amendments.KINDS],
        "combinations": ["+".join(wanted) for wanted in PUBLISHED],
    }
    frame: dict[str, Any] = yaml.safe_load(rendering.text(templates, "interop/openapi.yaml.jinja", values))
    return frame
