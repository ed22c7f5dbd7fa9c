"""Writes a guideline as text: YAML in the record form, or official schema-2.0 JSON. The output is deterministic."""

from __future__ import annotations

from typing import Any

import orjson
import yaml

from . import exported, plain, plain_partial, yaml_reader
from .catalogue import Catalogue
from .model import Guideline
from .plain import Wording

#: First line of each guideline file, for editors that support the YAML language server's modeline.
MODELINE = "# yaml-language-server: $schema=../guideline.schema.json\n"


def to_record(guideline: Guideline, wording: Wording = plain.own_key) -> dict[str, Any]:
    """The record form of a guideline. Flags and guidance have keys of the catalogue, or what ``wording`` returns."""
    write = plain_partial.to_record if guideline.is_partial else plain.to_record
    return write(guideline, wording)


def official(guideline: Guideline, catalogue: Catalogue) -> dict[str, Any]:
    """``guideline`` as data of the official schema 2.0 with our wording; the record block is under metadata.

    One of an older schema has what an official file of schema 2.0 would have (:mod:`.exported`). Importing its JSON
    gives the original file again. A partial guideline has what its file has: no scores and no
    designated sections, and its groups of tests under ``groups``, which the official schema does not have.
    """
    data = to_record(guideline, catalogue.official)
    data["metadata"]["record"] = data.pop("record")
    exported.complete(data, catalogue)
    if guideline.is_partial:
        for name, capability in data["capabilities"].items():
            capability["description"] = catalogue.entry("capabilities", name) or ""
        return data
    for key, entry in data["metadata"]["scoring"]["criteria"].items():
        shared = catalogue.entry("criteria", key) or {}
        entry.setdefault("name", shared.get("name", key))
        entry.setdefault("description", shared.get("description", ""))
    for name, capability in data["capabilities"].items():
        capability.setdefault("description", catalogue.entry("capabilities", name) or "")
    for project, statuses in data["designated_sections"].items():
        parts = catalogue.data["sections"].get(project, {})
        for section in statuses.values():
            for name, part in section["sections"].items():
                part.setdefault("description", parts.get(name, {}).get("text", ""))
    return data


def to_json(data: Any) -> str:
    """Data as the JSON text of a file: indented by two, ending with a newline."""
    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes lists of short words, and mappings of one number or boolean, on one line; everything else as a block."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_list(dumper: Any, data: list[Any]) -> Any:
    words = all(isinstance(item, str) and len(item) < 14 and " " not in item for item in data)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=words)


def _represent_mapping(dumper: Any, data: dict[str, Any]) -> Any:
    single = len(data) == 1 and isinstance(next(iter(data.values())), (bool, int))
    return dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=single)


def _represent_text(dumper: Any, data: str) -> Any:
    # PyYAML writes 1234e5 without quotes, but our reader, like YAML 1.2, reads that as a number.
    return dumper.represent_scalar("tag:yaml.org,2002:str", data, style="'" if yaml_reader.is_number(data) else None)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(list, _represent_list)
_Dumper.add_representer(dict, _represent_mapping)


def to_yaml(guideline: Guideline) -> str:
    """The text of the guideline's file in ``guidelines/``."""
    return MODELINE + yaml.dump(
        to_record(guideline), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120, default_flow_style=False
    )
