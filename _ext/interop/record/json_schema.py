"""Converts field tables to JSON Schema: draft-07, which the YAML language servers of editors read, or 2020-12.

The schema covers keys, types, allowed words and forms of texts. Only ``python -m interop check`` finds control
characters and references to something that does not exist.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from . import adopters, amendments, catalogue_schemas, drift, observations, schemas
from .fields import Field, ListOf, MapOf, OneOf, Struct, Text, Whole, YesNo
from .partial import PARTIAL

#: The folder of the schemas of files that are no guidelines.
FOLDER = "_schemas"


def json_schema(form: Any, title: str, id: str) -> dict[str, Any]:
    """The JSON Schema for ``form`` with this title and ``$id``.

    Keys have the order of the tables. Spellings in ``Field.also`` are left out, since the record does not allow them.
    Raises TypeError for a type that no field table uses.
    """
    return {"$schema": "http://json-schema.org/draft-07/schema#", "$id": id, "title": title} | _Writer().of(form)


def of_guideline(complete: Struct, partial: Struct, place: tuple[str, ...], title: str, id: str) -> dict[str, Any]:
    """The JSON Schema for a guideline that is either complete or partial; ``place`` leads to its record block."""
    condition: dict[str, Any] = {"properties": {"completeness": {"const": "partial"}}, "required": ["completeness"]}
    for key in reversed(place):
        condition = {"properties": {key: condition}, "required": [key]}
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "$id": id, "title": title}
    return head | {"if": condition, "then": _Writer().of(partial), "else": _Writer().of(complete)}


def text() -> str:
    """The text of ``guidelines/guideline.schema.json``."""
    title = "A guideline of the record"
    return _text_of(of_guideline(schemas.RECORD, PARTIAL, ("record",), title, "guideline.schema.json"))


def files() -> dict[str, str]:
    """The text of the schema of every kind of file in ``guidelines/``, by its path in the project."""
    forms = {f"catalogue/{name}": form for name, form in catalogue_schemas.FORMS.items()}
    forms |= {"observations": observations.FORM, "drift": drift.FORM}
    found = {"guidelines/guideline.schema.json": text()}
    for name, form in forms.items():
        path = f"{FOLDER}/{name}.schema.json"
        found[path] = _text_of(json_schema(form, f"guidelines/{name}.yaml", path.rpartition("/")[2]))
    folders = {"adopter": ("adopters/*", adopters.FORM), "amendments": ("amendments/*/*", amendments.FORM)}
    for name, (place, form) in folders.items():
        path = f"{FOLDER}/{name}.schema.json"
        found[path] = _text_of(json_schema(form, f"guidelines/{place}.yaml", path.rpartition("/")[2]))
    return found


def _text_of(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def component(form: Struct, names: Mapping[Struct, str]) -> dict[str, Any]:
    """The schema of ``form`` as a component of an OpenAPI description, in the dialect 2020-12, without ``$schema``.

    Structs in it that have ``names`` are references to the components of these names.
    """
    return _Writer(names, for_editors=False).struct(form)


@dataclass(frozen=True)
class _Writer:
    """Writes forms. ``names`` are those of structs that are components; only editors know ``patternErrorMessage``."""

    names: Mapping[Struct, str] = field(default_factory=dict)
    for_editors: bool = True

    def of(self, form: Any) -> dict[str, Any]:
        match form:
            case Struct() if form in self.names:
                return {"$ref": f"#/components/schemas/{self.names[form]}"}
            case Struct():
                return self.struct(form)
            case MapOf():
                return {
                    "type": "object",
                    "propertyNames": self.of(form.key),
                    "additionalProperties": self.of(form.value),
                }
            case ListOf():
                return {"type": "array", "items": self.of(form.item)}
            case OneOf():
                return {"type": "string", "enum": list(form.words)}
            case Whole(quoted=False):
                return {"type": "integer", "minimum": 0, "maximum": 1000}
            case YesNo():
                return {"type": "boolean"}
            case Text(form=""):
                return {"type": "string"}
            case Text():
                return self._text(form)
        raise TypeError(f"no JSON Schema for {form!r}")

    def struct(self, form: Struct) -> dict[str, Any]:
        schema: dict[str, Any] = {
            "type": "object",
            "properties": {field.name: self._described(field) for field in form.fields},
            "additionalProperties": False,
        }
        if required := [field.name for field in form.fields if field.required]:
            schema["required"] = required
        return schema

    def _described(self, field: Field) -> dict[str, Any]:
        schema = self.of(field.type)
        of_text = schema.pop("description", "")
        return {"description": f"{field.doc} {of_text}".strip()} | schema

    def _text(self, form: Text) -> dict[str, Any]:
        schema = {
            "type": "string",
            "description": f"{form.what[0].upper()}{form.what[1:]}.",
            "pattern": f"^(?:{form.form})$",
        }
        return schema | ({"patternErrorMessage": f"Not {form.what}."} if self.for_editors else {})
