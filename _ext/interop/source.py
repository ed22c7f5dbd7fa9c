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
import stat
from collections import Counter
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
#: What JSON admits and YAML does not, for reading JSON's lines: tabs, a few characters, escaped surrogates.
_FOREIGN = re.compile(r"[\t\x7f-\x9f\ufffe\uffff]|\\u[dD][89a-fA-F][0-9a-fA-F]{2}")

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
                _build(_FOREIGN.sub(" ", self.text) if self.is_json else self.text, lines, [])
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
    duplicates: list[tuple[int, str, int]] = []
    problems: list[Problem] = []
    found = None
    try:
        found = _parse(_bytes(path), shown, duplicates)
    except _Stop as stop:
        problems.append(Problem(shown, *stop.fault))
    for line, key, before in duplicates:
        message = f"{_short(key)} stands here again, as on line {before}"
        problems.append(Problem(shown, line, "duplicate-key", message, "keep one of them"))
    return found, problems


def _bytes(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) and not path.is_dir():
            raise _Stop(1, "unreadable", "is no ordinary file", "a file")  # a pipe would never end
        if status.st_size > MAX_BYTES:
            raise _Stop(1, "too-large", f"has {status.st_size:,} bytes", f"at most {MAX_BYTES:,} bytes")
        return path.read_bytes()
    except OSError as error:
        raise _Stop(1, "unreadable", f"cannot be read: {error.strerror}", "a readable file") from None


def _parse(raw: bytes, shown: str, duplicates: list[tuple[int, str, int]]) -> Source:
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _Stop(line, "encoding", f"byte {raw[error.start]:#04x} is not UTF-8", "save the file as UTF-8") from None
    is_json = shown.endswith(".json")
    lines: dict[KeyPath, int] = {}
    data = None
    if text.strip():
        data = _parse_json(text, lines, duplicates) if is_json else _parse_yaml(text, lines, duplicates)
    if data is None:
        raise _Stop(1, "empty", "the file holds nothing", "fill it, or take it out")
    return Source(shown, text, data, hashlib.sha256(raw).hexdigest(), is_json, lines or None)


def _parse_yaml(text: str, lines: dict[KeyPath, int], duplicates: list[tuple[int, str, int]]) -> Any:
    try:
        return _build(text, lines, duplicates)
    except yaml.reader.ReaderError as error:
        # libyaml counts bytes, and gives the character as its number.
        line = text.encode()[: error.position].count(b"\n") + 1
        raise _Stop(line, "control-character", f"holds U+{error.character:04X}", "leave it out") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        what = getattr(error, "problem", None) or "cannot be read"
        line = mark.line + 1 if mark else 1
        tab = any(re.match(r" *\t", there) for there in text.split("\n")[line - 1 : line])
        hint = "spaces instead of tabs" if tab else "well-formed YAML"
        raise _Stop(line, "syntax", f"not YAML: {what}", hint) from None


def _parse_json(text: str, lines: dict[KeyPath, int], duplicates: list[tuple[int, str, int]]) -> Any:
    repeated: list[str] = []

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(pairs)
        if len(result) < len(pairs):
            repeated.extend(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        return result

    try:
        data = json.loads(
            text, object_pairs_hook=mapping, parse_int=_whole, parse_float=Decimal, parse_constant=Decimal
        )
    except json.JSONDecodeError as error:
        what = f"{error.msg.removesuffix(' at')} at column {error.colno}"
        raise _Stop(error.lineno, "syntax", f"not JSON: {what}", "well-formed JSON") from None
    except RecursionError:
        raise _too_deep(text) from None
    if _depth_exceeds(data, MAX_DEPTH):
        raise _too_deep(text)
    if repeated:
        try:
            _build(_FOREIGN.sub(" ", text), lines, duplicates)
        except (yaml.YAMLError, _Stop):
            duplicates[:] = [(1, key, 1) for key in repeated]
    return data


def _too_deep(text: str) -> _Stop:
    """The fault of JSON that is nested too deep, with the line where it gets so."""
    try:
        _build(_FOREIGN.sub(" ", text), {}, [])
    except _Stop as stop:
        return stop
    except yaml.YAMLError:
        pass
    return _Stop(1, "too-deep", "is nested too deep", f"at most {MAX_DEPTH} levels")


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


def is_number(text: str) -> bool:
    """Whether a plain scalar of this text would be read as a number."""
    return bool(_WHOLE.match(text) or _DECIMAL.match(text))


def _short(text: str, limit: int = 60) -> str:
    return repr(text if len(text) <= limit else text[: limit - 1] + "\u2026")
