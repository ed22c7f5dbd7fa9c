"""One file, YAML or JSON, read strictly into plain data: mappings, lists, texts, whole numbers, true and false.

YAML is read by its own grammar but not by its guesses: ``2020.10`` without quotes is a :class:`Decimal` that no
schema accepts, ``no`` is a text, and anchors, aliases, tags and duplicate keys are faults (YAML 1.2, section 10.3,
less the floats).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from .problems import Problem

#: The largest official file has 175 kB; anything above this is no guideline.
MAX_BYTES = 4_000_000
#: The deepest official file has 7 levels.
MAX_DEPTH = 40

_LOADER = getattr(yaml, "CLoader", yaml.Loader)
_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)$")
_DECIMAL = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$|[-+]?[0-9]+[eE][-+]?[0-9]+$")

KeyPath = tuple[str | int, ...]


class Decimal(str):
    """A number with a point, kept as it was written, so that a fault can quote it."""


@dataclass
class Source:
    """A file that could be read: its plain data, its digest, and the line of everything in it."""

    shown: str
    text: str
    data: Any
    digest: str
    is_json: bool
    _lines: dict[KeyPath, int] | None = field(default=None, repr=False)

    @cached_property
    def lines(self) -> dict[KeyPath, int]:
        """Line (from 1) of every key and item; worked out only when a fault needs one."""
        if self._lines is None:
            lines: dict[KeyPath, int] = {}
            with contextlib.suppress(yaml.YAMLError, _Stop):
                # JSON indented with tabs is no YAML, and tabs in it mean nothing.
                _build(self.text.replace("\t", " ") if self.is_json else self.text, lines, [])
            self._lines = lines
        return self._lines

    def line(self, path: KeyPath) -> int:
        """The line of ``path``, or of the nearest thing around it that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class _Stop(Exception):
    """A fault after which reading on makes no sense."""

    def __init__(self, line: int, code: str, message: str, hint: str = ""):
        super().__init__(message)
        self.fault = (line, code, message, hint)


def read(path: Path, shown: str) -> tuple[Source | None, list[Problem]]:
    """Read ``path`` (``shown`` in faults): the source, or None with the reasons. Never raises on data."""
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        return None, [Problem(shown, 1, "unreadable", f"cannot be read: {error.strerror}", "a readable file")]
    try:
        if size > MAX_BYTES:
            raise _Stop(1, "too-large", f"has {size:,} bytes", f"a guideline has less than {MAX_BYTES:,}")
        return _parse(raw, shown)
    except _Stop as stop:
        return None, [Problem(shown, *stop.fault)]


def _parse(raw: bytes, shown: str) -> tuple[Source | None, list[Problem]]:
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _Stop(line, "encoding", f"byte {raw[error.start]:#04x} is not UTF-8", "save the file as UTF-8") from None
    if not text.strip():
        raise _Stop(1, "empty", "the file is empty", "a guideline file is a mapping")
    is_json = shown.endswith(".json")
    lines: dict[KeyPath, int] = {}
    duplicates: list[tuple[int, str, int]] = []
    data = _parse_json(text, lines, duplicates) if is_json else _parse_yaml(text, lines, duplicates)
    problems = [
        Problem(shown, line, "duplicate-key", f"{_short(key)} stands here again, first on line {first}", "keep one")
        for line, key, first in duplicates
    ]
    digest = hashlib.sha256(raw).hexdigest()
    return Source(shown, text, data, digest, is_json, lines or None), problems


def _parse_yaml(text: str, lines: dict[KeyPath, int], duplicates: list[tuple[int, str, int]]) -> Any:
    try:
        return _build(text, lines, duplicates)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1 if isinstance(error.position, int) else 1
        code = "control-character" if isinstance(error.character, int) else "syntax"
        raise _Stop(line, code, "holds a control character", "leave it out") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        what = getattr(error, "problem", None) or "cannot be read"
        raise _Stop(mark.line + 1 if mark else 1, "syntax", f"not YAML: {what}", "well-formed YAML") from None


def _parse_json(text: str, lines: dict[KeyPath, int], duplicates: list[tuple[int, str, int]]) -> Any:
    repeated = False

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        result = dict(pairs)
        repeated = repeated or len(result) < len(pairs)
        return result

    try:
        data = json.loads(
            text, object_pairs_hook=mapping, parse_int=_whole, parse_float=Decimal, parse_constant=Decimal
        )
    except json.JSONDecodeError as error:
        raise _Stop(error.lineno, "syntax", f"not JSON: {error.msg}", "well-formed JSON") from None
    except RecursionError:
        raise _Stop(1, "too-deep", "is nested too deep", f"at most {MAX_DEPTH} levels") from None
    if _depth_exceeds(data, MAX_DEPTH):
        raise _Stop(1, "too-deep", "is nested too deep", f"at most {MAX_DEPTH} levels")
    if repeated:
        try:
            _build(text.replace("\t", " "), lines, duplicates)
        except (yaml.YAMLError, _Stop):
            duplicates.append((1, "a key", 1))
    return data


def _depth_exceeds(data: Any, limit: int) -> bool:
    level = [data]
    for _ in range(limit):
        level = [child for node in level for child in _children(node)]
        if not level:
            return False
    return True


def _children(node: Any) -> Iterator[Any]:
    if isinstance(node, dict):
        yield from node.values()
    elif isinstance(node, list):
        yield from node


def _build(text: str, lines: dict[KeyPath, int], duplicates: list[tuple[int, str, int]]) -> Any:
    """Build plain data from YAML events, without recursion; fills ``lines`` and ``duplicates``."""
    root: list[Any] = []
    stack: list[tuple[Any, KeyPath]] = [(root, ())]
    keys: list[str | None] = [None]
    documents = 0
    for event in yaml.parse(text, Loader=_LOADER):
        kind = type(event)
        if kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
            stack.pop()
            keys.pop()
            continue
        if kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                raise _Stop(event.start_mark.line + 1, "yaml-feature", "holds a second document", "one per file")
        if not isinstance(event, yaml.NodeEvent):
            continue
        line = event.start_mark.line + 1
        _refuse_features(event, line, len(stack))
        holder, path = stack[-1]
        if isinstance(holder, dict) and keys[-1] is None:
            if kind is not yaml.ScalarEvent:
                raise _Stop(line, "syntax", "a mapping has a key that is no text", "plain keys")
            key = event.value
            if key in holder:
                duplicates.append((line, key, lines[(*path, key)]))
            lines[(*path, key)] = line
            keys[-1] = key
            continue
        here: KeyPath = path
        if kind is yaml.ScalarEvent:
            value: Any = _scalar(event)
        else:
            value = {} if kind is yaml.MappingStartEvent else []
        if isinstance(holder, dict):
            here = (*path, keys[-1])  # type: ignore[assignment]
            holder[keys[-1]] = value
            keys[-1] = None
        else:
            here = (*path, len(holder)) if len(stack) > 1 else ()
            lines[here] = line
            holder.append(value)
        if kind is not yaml.ScalarEvent:
            stack.append((value, here))
            keys.append(None)
    return root[0] if root else None


def _refuse_features(event: yaml.NodeEvent, line: int, depth: int) -> None:
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        raise _Stop(line, "yaml-feature", f"uses the anchor {event.anchor!r}", "write the value out")
    if event.tag is not None and event.tag != "!":
        raise _Stop(line, "yaml-feature", f"uses the tag {_short(event.tag)}", "leave the tag out")
    if depth > MAX_DEPTH:
        raise _Stop(line, "too-deep", "is nested too deep", f"at most {MAX_DEPTH} levels")


def _whole(text: str) -> int | Decimal:
    return int(text) if len(text) < 19 else Decimal(text)


def _scalar(event: yaml.ScalarEvent) -> Any:
    value = event.value
    if event.style:  # quoted or a block; libyaml says "" for plain, the Python parser None
        return value
    if value in ("true", "false"):
        return value == "true"
    if value in ("", "~", "null"):
        return None
    if _WHOLE.match(value):
        return _whole(value)
    return Decimal(value) if _DECIMAL.match(value) else value


def _short(text: str, limit: int = 60) -> str:
    return repr(text if len(text) <= limit else text[: limit - 1] + "\u2026")
