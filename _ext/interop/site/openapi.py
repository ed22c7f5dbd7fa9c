"""The description of ``api/v1/`` in OpenAPI 3.1, and the JSON Schemas of what it answers.

Both are written in the template ``interop/openapi.yaml.jinja``; this module gives it the lists that the code has.
"""

from __future__ import annotations

from typing import Any

import yaml

from ..analysis.test_lists import PUBLISHED, TARGETS
from ..record import json_schema, schemas
from ..record.model import Status
from . import rendering

#: The keys of the template that make up the description; the others are the schemas, and parts that both share.
_DESCRIPTION = ("openapi", "info", "servers", "paths")


def description(templates: rendering.Folders) -> dict[str, Any]:
    """The whole description, as plain data in the order in which it is written.

    Raises jinja2.TemplateNotFound and jinja2.UndefinedError as :func:`.rendering.text` does, yaml.YAMLError if the
    template gives no YAML, and KeyError if a part of the description is missing.
    """
    frame = _read(templates)
    return {key: frame[key] for key in _DESCRIPTION}


def schema_files(templates: rendering.Folders) -> dict[str, dict[str, Any]]:
    """The JSON Schema of each kind of answer, a file each, by name. Raises what :func:`description` does."""
    return {name: _schema_file(name, schema) for name, schema in _read(templates)["schemas"].items()}


def _schema_file(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    id = f"{name}.json"
    if name == "guideline":
        return json_schema.json_schema(schemas.V2_0, schema["title"], id)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": id} | schema


def _read(templates: rendering.Folders) -> dict[str, Any]:
    values = {
        "statuses": [*map(str, Status)],
        "section_statuses": [*schemas.SECTION_STATUSES],
        "guideline_statuses": [*schemas.GUIDELINE_STATUSES],
        "targets": [*TARGETS],
        "combinations": ["+".join(wanted) for wanted in PUBLISHED],
    }
    frame: dict[str, Any] = yaml.safe_load(rendering.text(templates, "interop/openapi.yaml.jinja", values))
    return frame
