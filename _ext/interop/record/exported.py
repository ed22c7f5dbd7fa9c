"""What an official file of schema 2.0 gives, and a guideline of an older schema does not; added to exports, and taken
off when an export is read.

RefStack looks up marks by the names of schema 2.0, and takes a test for flagged if its flag has any details. Schema 2.0
requires a reference and a target approval, which schema 1.2 does not have.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .catalogue import Catalogue

#: The mark of the platform in schema 1.x, and in 2.0.
_OLD_PLATFORM, _PLATFORM = "platform", "OpenStack Powered Platform"
#: The marks of schema 2.0 that need one component of the platform, by today's name of that component.
_SINGLE = {"os_powered_compute": "OpenStack Powered Compute", "os_powered_storage": "OpenStack Powered Storage"}
_REFERENCE = "https://opendev.org/openstack/interop/raw/branch/master/doc/source/schema/2.0.json"
#: The details of a flag that has none in its source.
_NO_DETAILS = {"reason": "The source of this flag gives no date, reason or action."}


def complete(data: dict[str, Any], catalogue: Catalogue) -> None:
    """Add to ``data``, the official form of a guideline with its block ``record``, what schema 2.0 gives besides."""
    for test in _tests(data):
        if test.get("flagged") == {}:
            test["flagged"] = dict(_NO_DETAILS)
    marks, metadata = data.get("platforms", {}), data["metadata"]
    if platform := marks.pop(_OLD_PLATFORM, None):
        marks[_PLATFORM] = platform
        for item in platform["components"]:
            if name := _SINGLE.get(catalogue.component(item["name"])):
                marks[name] = {"components": [item]}
    if metadata["record"]["origin_schema"] == "1.2":
        # Its id is by definition the date of its approval. Keys have the order of later files.
        metadata["reference"] = _REFERENCE
        approval = metadata["os_trademark_approval"]
        metadata["os_trademark_approval"] = {"target_approval": metadata["id"]} | approval


def undo(data: dict[str, Any], origin_schema: str) -> None:
    """Take off ``data``, the form of schema 2.0 with metadata, what :func:`complete` added."""
    for test in _tests(data):
        if test.get("flagged") == _NO_DETAILS:
            test["flagged"] = {}
    marks, metadata = data.get("platforms", {}), data["metadata"]
    if origin_schema.startswith("1.") and _PLATFORM in marks:
        marks[_OLD_PLATFORM] = marks.pop(_PLATFORM)
        for name in _SINGLE.values():
            marks.pop(name, None)
    if origin_schema == "1.2":
        metadata.pop("reference", None)
        metadata.get("os_trademark_approval", {}).pop("target_approval", None)


def _tests(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for capability in (*data["capabilities"].values(), *data.get("groups", {}).values()):
        yield from capability["tests"].values()
