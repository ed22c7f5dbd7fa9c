"""The official schemas: every field of a version, the changes from the previous version, and an example.

All of it is generated from the field tables (:mod:`interop.record.schemas`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ...analysis.analysis import Analysis
from ...record import official, schemas
from ...record.fields import Field, ListOf, MapOf, OneOf, Struct, Text, Whole, YesNo
from .. import urls
from .common import View, guideline_link

#: Values in examples, by field name.
_SAMPLES: dict[str, Any] = {
    "id": "2016.08",
    "replaces": "2016.01",
    "target_approval": "2016-08-23",
    "status": "approved",
    "release": "juno",
    "releases": ["liberty", "mitaka"],
    "cutoff_score": 74,
    "weight": 8,
    "achievements": ["deployed"],
    "project": "nova",
    "idempotent_id": "a8333aa2-205c-449f-a828-d38c2489bf25",
    "date": "2016-06-13",
    "reason": "[D401] ...",
    "required": ["compute-auth"],
    "required-since": "2015.07",
    "required_since": "2015.07",
    "source": "https://opendev.org/openstack/interop",
    "repository": "https://opendev.org/openstack/tempest",
    "url": "https://opendev.org/openstack/tempest",
    "git-sha": "ef8f8e0d6567",
    "guidelines": ["2015.03"],
    "sections": None,
}
#: Values in examples of version 1.0, where they differ: the words of a file whose release is juno.
_SAMPLES_1_0 = {"status": "proposal, icehouse-based"}
#: Names in examples, by the mapping of which they are keys.
_KEYS = {
    "platforms": "OpenStack Powered Compute",
    "add-ons": "OpenStack Powered DNS",
    "components": "os_powered_compute",
    "criteria": "deployed",
    "capabilities": "compute-auth",
    "tests": "tempest.api.compute.test_authorization.AuthorizationTestJSON.test_get_server",
    "sections": "API",
    "test-repositories": "tempest",
    "test_repositories": "tempest",
}
#: Texts as types, one and many.
_TEXTS = {
    "a text": ("string", "strings"),
    "a name": ("name", "names"),
    "a release name in lower case": ("release name", "release names"),
    "the full dotted name of a test": ("full name of a test", "full names of tests"),
    "an id such as '2020.06' or 'dns.2020.06'": ("guideline id", "guideline ids"),
}
#: Where upstream describes the schemas, and where it described version 1.0.
_COMMIT = "5f7a8cf9c43015a27c2ed56cad8501d470807461"
_TEXT_1_0 = {"commit": "9600aaf8841f1041ee95f528acf57a350ec290a2", "path": "README.rst"}

#: What lists by status have in examples, where it is no capability.
_LISTED = {"platform": [_KEYS["components"]], "designated_sections": ["nova"]}


def view(analysis: Analysis, key: str) -> View:
    """The view of schema version ``key``."""
    versions = list(schemas.VERSIONS)
    place = versions.index(key)
    before = versions[place - 1] if place else ""
    rows = _stated(key)
    old = _stated(before) if before else {}
    return {
        "version": key,
        "text": _TEXT_1_0 if key == "1.0" else {"commit": _COMMIT, "path": f"doc/source/schema/{key}.rst"},
        "formal": official.is_formal(key),
        "changes": official.CHANGES.get(key, ""),
        "rows": [
            {"path": path, "change": _change(row, old.get(path)) if before else ""} | row for path, row in rows.items()
        ],
        "before": {"version": before, "to": urls.schema(before)} if before else {},
        # Marks on nearly all fields would tell nothing.
        "new_layout": bool(before) and len(rows.keys() & old.keys()) * 2 < len(rows),
        "gone": [path for path in old if path not in rows],
        "changed": bool(before) and (rows.keys() != old.keys() or any(_change(rows[path], old[path]) for path in rows)),
        "example": json.dumps(example(key), indent=2, ensure_ascii=False),
        "guidelines": [
            guideline_link(analysis.record, guideline) | {"official": guideline.official_id}
            for guideline in analysis.record.guidelines.values()
            if guideline.origin_schema == key and not guideline.is_partial
        ],
        "versions": [{"version": v, "to": urls.schema(v), "here": v == key} for v in versions],
    }


def _stated(version: str) -> dict[str, View]:
    """The fields of a version by path, with what its schema states: statuses, required fields, remarks.

    ``required`` is of the schema if that states it, or else of this site; ``site`` has what the site does otherwise.
    """
    rows = dict(_rows(schemas.FORMS[version]))
    for path, row in rows.items():
        if path in official.STATUS_PATHS and version in official.STATUSES:
            row["type"] = "one of " + ", ".join(official.STATUSES[version])
        here = row["required"]
        row["required"] = official.requires(version, path) if official.is_formal(version) else here
        row["site"] = "" if row["required"] == here else "required here" if here else "optional here"
        row["note"] = official.note(version, path)
    return rows


def _change(row: View, old: View | None) -> str:
    if old is None:
        return "new"
    return "" if all(row[key] == old[key] for key in ("type", "doc")) else "changed"


def _fields(form: Struct) -> Iterator[Field]:
    # The record block of exported files is not part of the official schema.
    return (field for field in form.fields if field.name != "record")


def _rows(form: Any, path: str = "") -> Iterator[tuple[str, View]]:
    """Every field below ``form`` by its path. A name chosen by the author of a file is ``<name>``."""
    for field in _fields(form):
        here = f"{path}.{field.name}" if path else field.name
        yield here, {"type": _kind(field.type), "required": field.required, "doc": field.doc}
        inner, here = field.type, here
        while isinstance(inner, (MapOf, ListOf)):
            inner, here = (inner.value, f"{here}.<name>") if isinstance(inner, MapOf) else (inner.item, f"{here}[]")
        if isinstance(inner, Struct):
            yield from _rows(inner, here)


def _kind(form: Any, many: bool = False) -> str:
    """The type of a field in the words of JSON Schema, or ``many`` of them."""
    match form:
        case ListOf():
            return f"list{'s' * many} of {_kind(form.item, True)}"
        case MapOf():
            return f"map{'s' * many} of {_kind(form.value, True)}"
        case OneOf():
            return form.what
        case YesNo():
            return "booleans" if many else "boolean"
        case Whole():
            return str(form.what).replace("a whole number", "integers" if many else "integer")
        case Text():
            return _TEXTS[form.what.partition(",")[0].partition(" of up to")[0]][many]
    return "objects" if many else "object"


def example(version: str) -> dict[str, Any]:
    """A small file that is valid in this version."""
    found: dict[str, Any] = _example(schemas.FORMS[version], "", version)
    return found


def _example(form: Any, name: str, version: str) -> Any:
    samples = _SAMPLES | {"schema": version} | (_SAMPLES_1_0 if version == "1.0" else {})
    sample = samples.get(name)
    match form:
        case Struct():
            return {
                field.name: _LISTED.get(name)
                if field.name == "required" and name in _LISTED
                else _example(field.type, field.name, version)
                for field in _fields(form)
            }
        case MapOf():
            return {_KEYS.get(name, "nova"): _example(form.value, "", version)}
        case ListOf():
            if isinstance(form.item, Struct):
                return [{"name": _KEYS["components"]}]
            plain = [_KEYS["tests"]] if name in ("tests", "flagged") else []
            return sample if isinstance(sample, list) else plain
        case OneOf():
            return sample if sample in form.words else form.words[0]
        case YesNo():
            return name == "designated"
        case Whole():
            return sample if isinstance(sample, int) else 1
    return sample if isinstance(sample, str) else "..."
