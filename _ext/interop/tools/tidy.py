"""Puts right in the text of a guideline file what needs no judgement, and leaves the rest of the text as it is.

- A key with another spelling of the schema, or with hyphens for underscores, gets the schema's.
- So does a key that is one typing error away from one key of its mapping, which is not there, and from no other.
- An idempotent id loses ``id-`` and attributes, and is in lower case; in JSON it gets ``id-`` if others have it.
- A word with another spelling of the schema (``superceded``) gets the schema's.
- A name without spaces in its form loses those around it.
- The second of two equal items in a list of texts goes.
- In YAML, the keys of a mapping get the order in which the import writes them, with the comments above them.

Comments stay: an item with a comment of its own stays too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ..record import near, normalise, upgrade
from ..record.fields import Field, ListOf, MapOf, OneOf, Struct, Text
from ..record.source import Source

_LOADER = getattr(yaml, "CLoader", yaml.Loader)

#: The order in which the import writes keys, where the schema has another: a file, its record block, a test, a group.
_WRITTEN = (
    ["metadata", "record", "platforms", "add-ons", "components", "capabilities", "groups", "designated_sections"],
    ["completeness", "origin_schema", "sources", "evidence", "evidence_sources", "notes", "capabilities"],
    ["idempotent_id", "aliases", "flagged", "remark", "evidence"],
    ["project", "remark", "evidence", "tests"],
)


class Edit(NamedTuple):
    """The text from ``start`` to ``end`` becomes ``text``."""

    start: int
    end: int
    text: str


def tidied(read: Source) -> str:
    """The text of a file with everything put right. Raises yaml.YAMLError for JSON that cannot be read as YAML."""
    form = upgrade.form_of(read)
    text = read.text
    prefix = "id-" if read.is_json and '"id-' in text else ""
    for edit in sorted(_edits(_composed(text), form, text, prefix), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    if read.is_json or text.strip() == "":
        return text
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += "\n"
    ordered = _ordered(_composed(text), form, lines, 0, len(lines))
    return "".join(ordered) if ordered != lines else text


def _composed(text: str) -> Node | None:
    return yaml.compose(text, Loader=_LOADER)


def _edits(node: Node | None, form: Any, text: str, prefix: str) -> Iterator[Edit]:
    """What is to be changed in a node of this form, but for the order of keys; ``prefix`` is that of ids."""
    if isinstance(form, Struct) and isinstance(node, MappingNode):
        named = {key.value for key, _ in node.value}
        for key, value in node.value:
            field = _field(form, key.value) or _meant(form, key.value)
            if field is None:
                continue
            if key.value != field.name and field.name not in named:
                yield _respelled(key, field.name, text)
            if field.name == "idempotent_id" and isinstance(value, ScalarNode):
                bare = normalise.bare_id(value.value)
                if bare and prefix + bare != value.value:
                    yield _respelled(value, prefix + bare, text)
            else:
                yield from _edits(value, field.type, text, prefix)
    elif isinstance(form, MapOf) and isinstance(node, MappingNode):
        named = {key.value for key, _ in node.value}
        for key, value in node.value:
            if (right := _word(key.value, form.key)) not in named:
                yield _respelled(key, right, text)
            yield from _edits(value, form.value, text, prefix)
    elif isinstance(form, ListOf) and isinstance(node, SequenceNode):
        yield from _repeated(node, text)
        for item in node.value:
            yield from _edits(item, form.item, text, prefix)
    elif isinstance(node, ScalarNode) and (right := _word(node.value, form)) != node.value:
        yield _respelled(node, right, text)


def _word(text: str, form: Any) -> str:
    """The text of this form that is written with another spelling, or with spaces around it; or ``text``."""
    if isinstance(form, OneOf):
        return form.word(text)
    bare = text.strip()
    return bare if isinstance(form, Text) and not form.matches(text) and form.matches(bare) else text


def _field(form: Struct, key: str) -> Field | None:
    """The field of a key with any spelling that leaves no doubt."""
    plain = key.lower().replace("-", "_")
    for field in form.fields:
        if plain in (name.lower().replace("-", "_") for name in (field.name, *field.also)):
            return field
    return None


def _meant(form: Struct, key: str) -> Field | None:
    """The one field of whose name a key is a typing error away."""
    names = near.one_typo(key, (field.name for field in form.fields))
    return next(field for field in form.fields if field.name == names[0]) if len(names) == 1 else None


def _respelled(node: ScalarNode, word: str, text: str) -> Edit:
    start, end = node.start_mark.index, node.end_mark.index
    quote = text[start] if text[start] in "'\"" else ""
    return Edit(start, end, f"{quote}{word}{quote}")


def _repeated(node: SequenceNode, text: str) -> Iterator[Edit]:
    """Removes the second of equal items, but none with a comment."""
    seen: set[tuple[str, str]] = set()
    for before, item in zip([None, *node.value], node.value, strict=False):
        if not isinstance(item, ScalarNode):
            continue
        if (item.tag, item.value) not in seen:
            seen.add((item.tag, item.value))
            continue
        start, end = before.end_mark.index, item.end_mark.index
        if not node.flow_style:  # From the end of the line before.
            start = text.rindex("\n", 0, item.start_mark.index)
            end = len(text) if (stop := text.find("\n", end)) < 0 else stop
        if "#" not in text[start:end]:
            yield Edit(start, end, "")


def _ordered(node: Node | None, form: Any, lines: list[str], start: int, end: int) -> list[str]:
    """The lines from ``start`` to ``end``, which contain the node, with the keys of all mappings in order."""
    if not isinstance(node, MappingNode) or not isinstance(form, (Struct, MapOf)) or not _is_block(node, lines):
        return lines[start:end]
    starts = [_start(key, lines, is_first=place == 0) for place, (key, _) in enumerate(node.value)]
    stops = [*starts[1:], _last_line(node) + 1]
    parts = []
    for (key, value), first, stop in zip(node.value, starts, stops, strict=True):
        field = _field(form, key.value) if isinstance(form, Struct) else None
        kind = form.value if isinstance(form, MapOf) else field.type if field else None
        parts.append((_place(form, field), _ordered(value, kind, lines, first, stop)))
    # What an unknown key is meant to be, and so its place, is for the editor to say.
    moved = parts if any(place < 0 for place, _ in parts) else sorted(parts, key=lambda part: part[0])
    return [*lines[start : starts[0]], *(line for _, part in moved for line in part), *lines[stops[-1] : end]]


def _place(form: Any, field: Field | None) -> int:
    """The place of a key in a mapping; a negative number for an unknown one."""
    if isinstance(form, MapOf):
        return 0
    if field is None:
        return -1
    names = [each.name for each in form.fields]
    order = next((order for order in _WRITTEN if order[0] in names and order[1] in names), names)
    return order.index(field.name) if field.name in order else len(order)


def _is_block(node: MappingNode, lines: list[str]) -> bool:
    """Whether each key of a mapping begins a line."""
    return (
        bool(node.value)
        and not node.flow_style
        and all(not lines[key.start_mark.line][: key.start_mark.column].strip() for key, _ in node.value)
    )


def _start(key: Node, lines: list[str], is_first: bool) -> int:
    """The first line of an entry: that of its key, or of the comments above it. Those at the top belong to the file."""
    line, column = key.start_mark.line, key.start_mark.column
    if is_first and column == 0:
        return int(line)
    while line and lines[line - 1].startswith(" " * column + "#"):
        line -= 1
    return int(line)


def _last_line(node: Node) -> int:
    """The last line of a node. A block ends, for the parser, where the next one begins."""
    if isinstance(node, (MappingNode, SequenceNode)) and not node.flow_style and node.value:
        last = node.value[-1]
        return _last_line(last[1] if isinstance(last, tuple) else last)
    mark = node.end_mark
    return int(mark.line) if mark.column else int(mark.line) - 1
