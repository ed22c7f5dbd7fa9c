"""The description of ``api/v1/`` in OpenAPI 3.1, and the JSON Schemas of what it answers."""

from __future__ import annotations

from typing import Any

from ..analysis.test_lists import PUBLISHED, TARGETS
from ..record import json_schema, schemas
from ..record.model import Status

_TEXT = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}
_STATUS = {"enum": [*map(str, Status)]}
_STATUS_OR_NONE = {"enum": [*map(str, Status), None]}


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name.rstrip("_"): form for name, form in properties.items()},
        "required": [name.rstrip("_") for name in properties],
        "additionalProperties": False,
    }


def _list(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


def _map(value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": value}


def _moves(key: str, value: dict[str, Any]) -> dict[str, Any]:
    form = _object(from_=value, to=value)
    form["properties"] = {key: _TEXT, **form["properties"]}
    form["required"] = [key, *form["required"]]
    return _list(form)


#: Every kind of answer: name -> what it is, and its JSON Schema.
SCHEMAS: dict[str, tuple[str, dict[str, Any]]] = {
    "guidelines": (
        "Every guideline by program, with RefStack's name and file and its addresses from the root of the site.",
        _map(
            _list(
                _object(
                    name=_TEXT,
                    file=_TEXT,
                    id=_TEXT,
                    status={"enum": list(schemas.GUIDELINE_STATUSES)},
                    replaces=_MAYBE,
                    approval=_MAYBE,
                    releases=_list(_TEXT),
                    targets=_list({"enum": list(TARGETS)}),
                    page=_TEXT,
                    json=_TEXT,
                    csv=_TEXT,
                )
            )
        ),
    ),
    "guideline": ("One guideline, in the official schema 2.0.", {}),
    "capabilities": (
        "Every capability with its status in each guideline, by component.",
        _map(_object(description=_TEXT, project=_MAYBE, page=_TEXT, statuses=_map(_map(_STATUS)))),
    ),
    "tests": (
        "Every test by its idempotent id, or by its name where no guideline gives it one.",
        _map(
            _object(
                name=_TEXT,
                names=_list(_TEXT),
                page=_MAYBE,
                guidelines=_list(_object(guideline=_TEXT, capability=_TEXT, name=_TEXT, flagged={"type": "boolean"})),
            )
        ),
    ),
    "diff": (
        "What changed from one guideline to another; tests by id, over the required tests of all components.",
        _object(
            from_=_TEXT,
            to=_TEXT,
            capabilities=_map(_moves("name", _STATUS_OR_NONE)),
            tests=_object(
                added=_list(_TEXT),
                dropped=_list(_TEXT),
                renamed=_moves("id", _TEXT),
                flagged=_list(_TEXT),
                unflagged=_list(_TEXT),
                moved=_moves("id", _TEXT),
            ),
        ),
    ),
    "process": (
        "The process documents, clause by clause, in this project's words; `{A4}` in a text refers to a clause.",
        {"type": "object", "required": ["documents", "phases", "general", "timeline", "clauses"]},
    ),
    "findings": (
        "What the rules of the process find; observations, not verdicts.",
        _object(
            rules=_map(
                _object(title=_TEXT, clause=_MAYBE, documents=_list(_TEXT), since=_MAYBE, cases={"type": "integer"})
            ),
            findings=_list(
                _object(
                    guideline=_TEXT,
                    rule=_TEXT,
                    about=_TEXT,
                    message=_TEXT,
                    explained=_MAYBE,
                    file=_TEXT,
                    line={"type": "integer"},
                )
            ),
        ),
    ),
}


def schema_file(name: str, schema: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """The JSON Schema of one kind of answer, as a file of its own."""
    if name == "guideline":
        return json_schema.json_schema(schemas.V2_0, schema[0], f"{name}.json")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{name}.json",
        "title": schema[0],
    } | schema[1]


def _path(name: str, example: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}, "example": example}


def _choice(name: str, values: list[str]) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"enum": values}}


def _answer(description: str, media: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "200": {"description": description, "content": {media: {"schema": schema}}},
        "404": {"description": "There is no such file."},
    }


def _get(id: str, summary: str, media: str, schema: dict[str, Any], *parameters: dict[str, Any]) -> dict[str, Any]:
    operation = {"operationId": id, "summary": summary, "responses": _answer(summary, media, schema)}
    return {"get": operation | ({"parameters": list(parameters)} if parameters else {})}


def description() -> dict[str, Any]:
    """The whole description. Paths are from the root of the site; a static host answers them with files."""
    version, program = _path("version", "2020.06"), _path("program", "powered")
    text: dict[str, Any] = {"type": "string"}

    def file(name: str) -> dict[str, Any]:
        return {"$ref": f"schemas/{name}.json"}

    types = _choice("types", ["+".join(wanted) for wanted in PUBLISHED])
    options = [_choice(name, ["true", "false"]) for name in ("alias", "flag")]
    lists = "The tests of a target, a line a name, sorted; flag says whether flagged tests are in it."
    paths = {
        "/guidelines.json": _get("guidelines", SCHEMAS["guidelines"][0], "application/json", file("guidelines")),
        "/guidelines/{version}.json": _get(
            "guideline", SCHEMAS["guideline"][0], "application/json", file("guideline"), version
        ),
        "/guidelines/{version}.csv": _get(
            "guidelineTable", "Capabilities and tests of one guideline.", "text/csv", text, version
        ),
        "/guidelines/{version}/tests/{target}/{types}/alias-{alias}/flag-{flag}.txt": _get(
            "tests", lists, "text/plain", text, version, _choice("target", list(TARGETS)), types, *options
        ),
        "/matrix/{program}.csv": _get("matrix", "Every capability in every guideline.", "text/csv", text, program),
        "/capabilities.json": _get(
            "capabilities", SCHEMAS["capabilities"][0], "application/json", file("capabilities")
        ),
        "/tests.json": _get("allTests", SCHEMAS["tests"][0], "application/json", file("tests")),
        "/diffs/{program}/{a}..{b}.json": _get(
            "diff",
            SCHEMAS["diff"][0],
            "application/json",
            file("diff"),
            program,
            _path("a", "2019.11"),
            _path("b", "2020.06"),
        ),
        "/process.json": _get("process", SCHEMAS["process"][0], "application/json", file("process")),
        "/findings.json": _get("findings", SCHEMAS["findings"][0], "application/json", file("findings")),
        "/schemas/{name}.json": _get(
            "schema",
            "The JSON Schema of an answer.",
            "application/json",
            {"type": "object"},
            _choice("name", list(SCHEMAS)),
        ),
        "/openapi.json": _get("openapi", "This description.", "application/json", {"type": "object"}),
        "/SHA256SUMS": _get("sums", "The digest of every other file.", "text/plain", text),
    }
    info = {
        "title": "OpenStack interoperability guidelines",
        "version": "1",
        "description": "The record of the guidelines as static files. They change only when the record does.",
        "license": {"name": "Apache License 2.0", "identifier": "Apache-2.0"},
    }
    return {"openapi": "3.1.0", "info": info, "servers": [{"url": "."}], "paths": paths}
