"""Reads one file, YAML or JSON, strictly into plain data: mappings, lists, texts, whole numbers, true and false."""

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

from .problems import KeyPath, Problem, show
from .yaml_reader import MAX_DEPTH, Stop, UnquotedNumber, YamlReader, whole

#: Size limit of a file. The largest official file has 175 kB.
MAX_BYTES = 4_000_000
_TRAILING_COMMA = re.compile(r",\s*[}\]]")
#: What JSON allows and YAML does not: tabs, a few characters, escaped surrogates. JSON is read as YAML for its lines.
_NOT_IN_YAML = re.compile(r"[\t\x7f-\x9f\ufffe\uffff]|\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


_ALONE = "well-formed {}, without which not everything in the file can be checked"


@dataclass
class Source:
    """A file that was read: its plain data, its SHA-256, and the line of everything in it."""

    shown: str
    text: str
    data: Any
    digest: str
    is_json: bool
    _lines: dict[KeyPath, int] | None = field(default=None, repr=False)

    @cached_property
    def lines(self) -> dict[KeyPath, int]:
        """Line (from 1) of every key and item; for JSON computed when first needed."""
        if self._lines is not None:
            return self._lines
        builder = YamlReader()
        with contextlib.suppress(yaml.YAMLError, Stop):
            builder.build(_NOT_IN_YAML.sub(" ", self.text))
        return builder.lines

    def line(self, path: KeyPath) -> int:
        """The line of ``path``, or of the nearest enclosing key or item that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read(path: Path, shown: str) -> tuple[Source | None, list[Problem]]:
    """Read ``path`` (``shown`` in problems): the source, or None if it cannot be parsed, and its problems.

    With a problem ``syntax``, the source is only what can be guessed, for further checks.
    """
    builder = YamlReader()
    problems: list[Problem] = []
    found = None
    try:
        found = _parse(_bytes(path), shown, builder)
    except Stop as stop:
        problems.append(Problem(shown, *stop.fault))
        found = _with_commas_too_many(path, shown) if stop.fault[1] == "syntax" else None
    for line, key, before in builder.duplicates:
        message = f"the key {show(key)} is already on line {before}"
        problems.append(Problem(shown, line, "duplicate-key", message, "keep one of them"))
    return found, problems


def _with_commas_too_many(path: Path, shown: str) -> Source | None:
    """What JSON has that is not well-formed only because of a comma before a closing bracket, as YAML allows it."""
    if not shown.endswith(".json"):
        return None
    builder, raw = YamlReader(), _bytes(path)
    try:
        data = builder.build(_NOT_IN_YAML.sub(" ", _decoded(raw)))
    except (yaml.YAMLError, Stop):
        return None
    is_json = isinstance(data, dict) and _decoded(raw).lstrip().startswith("{")
    return Source(shown, _decoded(raw), data, hashlib.sha256(raw).hexdigest(), True, builder.lines) if is_json else None


def text(path: Path, shown: str) -> tuple[str | None, list[Problem]]:
    """The text of a file that is neither YAML nor JSON, or None and the problem if it cannot be read."""
    try:
        return _decoded(_bytes(path)), []
    except Stop as stop:
        return None, [Problem(shown, *stop.fault)]


def _bytes(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) and not path.is_dir():
            raise Stop(1, "unreadable", "is not a regular file", "a regular file")  # Reading a pipe would never end.
        if status.st_size > MAX_BYTES:
            raise Stop(1, "too-large", f"has {status.st_size:,} bytes", f"at most {MAX_BYTES:,} bytes")
        return path.read_bytes()
    except OSError as error:
        raise Stop(1, "unreadable", f"cannot be read: {error.strerror}", "a readable file") from None


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Stop(line, "encoding", f"byte {raw[error.start]:#04x} is not UTF-8", "save the file as UTF-8") from None


def _parse(raw: bytes, shown: str, builder: YamlReader) -> Source:
    text = _decoded(raw)
    is_json = shown.endswith(".json")
    data = None
    if text.strip():
        data = _parse_json(text, builder) if is_json else _parse_yaml(text, builder)
    if data is None:
        raise Stop(1, "empty", "the file is empty", "add the content, or remove the file")
    digest = hashlib.sha256(raw).hexdigest()
    return Source(shown, text, data, digest, is_json, None if is_json else builder.lines)


def _parse_yaml(text: str, builder: YamlReader) -> Any:
    try:
        return builder.build(text)
    except yaml.reader.ReaderError as error:
        # libyaml counts bytes, and gives the character as its number.
        line = text.encode()[: error.position].count(b"\n") + 1
        message = f"contains U+{error.character:04X}, which is not allowed"
        raise Stop(line, "control-character", message, "remove it") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        what = getattr(error, "problem", None) or "cannot be read"
        # Libyaml counts one line too many at the end of a file that does not end with a line feed.
        line = min(mark.line, text.count("\n")) + 1 if mark else 1
        tab = any(re.match(r" *\t", there) for there in text.split("\n")[line - 1 : line])
        hint = "spaces instead of tabs" if tab else _ALONE.format("YAML")
        raise Stop(line, "syntax", f"not YAML: {what}", hint) from None


def _parse_json(text: str, builder: YamlReader) -> Any:
    repeated: list[str] = []

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(pairs)
        if len(result) < len(pairs):
            repeated.extend(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        return result

    try:
        number = UnquotedNumber
        data = json.loads(text, object_pairs_hook=mapping, parse_int=whole, parse_float=number, parse_constant=number)
    except json.JSONDecodeError as error:
        place, what = error.pos, error.msg.removesuffix(" at")
        before = len(text[:place].rstrip())
        for comma in (place, before - 1):  # Where Python finds it since 3.13, and before.
            if _TRAILING_COMMA.match(text, max(comma, 0)):
                place, what = comma, "Comma before a closing bracket"
        line, column = text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)
        raise Stop(line, "syntax", f"not JSON: {what} at column {column}", _ALONE.format("JSON")) from None
    except RecursionError:
        raise _too_deep(text) from None
    if _depth_exceeds(data, MAX_DEPTH):
        raise _too_deep(text)
    if repeated:
        try:
            builder.build(_NOT_IN_YAML.sub(" ", text))
        except (yaml.YAMLError, Stop):
            builder.duplicates[:] = [(1, key, 1) for key in repeated]
    return data


def _too_deep(text: str) -> Stop:
    """The error for JSON that is nested too deep, with the line where it exceeds the limit."""
    try:
        YamlReader().build(_NOT_IN_YAML.sub(" ", text))
    except Stop as stop:
        return stop
    except yaml.YAMLError:
        pass
    return Stop(1, "too-deep", "is nested too deep", f"at most {MAX_DEPTH} levels")


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
