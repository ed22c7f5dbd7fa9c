"""Reads YAML strictly from the parser's events, without recursion: plain data, and the line of everything in it.

Unquoted values are typed as in YAML 1.2 (section 10.3), without floats: ``2020.10`` is an :class:`UnquotedNumber`,
which no schema accepts, and ``no`` is a text. Anchors, aliases, tags and second documents are errors.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from .problems import KeyPath, show

#: Depth limit of a file. The deepest official file has 7 levels.
MAX_DEPTH = 40

_LOADER = getattr(yaml, "CLoader", yaml.Loader)
_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)$")
#: The plain scalars that are no texts, and the characters with which a number begins.
_WORDS = {"true": True, "false": False, "": None, "~": None, "null": None}
_FIRST_OF_NUMBERS = frozenset("-+.0123456789")
#: What a node without a tag has: nothing, or, if it is quoted, this.
_NO_TAG = (None, "!")
_DECIMAL = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$|[-+]?[0-9]+[eE][-+]?[0-9]+$")


class UnquotedNumber(str):
    """A number that is not read as a whole number, kept as it is written in the file, for messages."""


class Stop(Exception):
    """An error that ends the reading of the file; ``fault`` is its line, code, message and hint."""

    def __init__(self, line: int, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.fault = (line, code, message, hint)


class YamlReader:
    """Builds plain data from the events of one document.

    ``lines`` gets the line of every key and item, ``duplicates`` every repeated key: line, key, line of the first.
    """

    def __init__(self) -> None:
        self.lines: dict[KeyPath, int] = {}
        self.duplicates: list[tuple[int, str, int]] = []
        self._root: list[Any] = []
        self._stack: list[tuple[Any, KeyPath]] = [(self._root, ())]
        self._keys: list[str | None] = [None]
        self._documents = 0

    def build(self, text: str) -> Any:
        """The data of ``text``; raises Stop, or yaml.YAMLError where it is not YAML."""
        loader = _LOADER(text)
        try:
            while not isinstance(event := loader.get_event(), yaml.StreamEndEvent):
                if isinstance(event, yaml.NodeEvent):
                    self._node(event, event.start_mark.line + 1 if event.start_mark else 1)
                elif isinstance(event, yaml.CollectionEndEvent):
                    self._stack.pop()
                    self._keys.pop()
                elif isinstance(event, yaml.DocumentStartEvent):
                    self._document(event)
        finally:
            loader.dispose()
        return self._root[0] if self._root else None

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise Stop(line, "yaml-feature", "contains a second document", "one document in each file")

    def _node(self, event: yaml.NodeEvent, line: int) -> None:
        if event.anchor is not None or getattr(event, "tag", None) not in _NO_TAG or len(self._stack) > MAX_DEPTH:
            _refuse_features(event, line, len(self._stack))
        holder, path = self._stack[-1]
        if isinstance(holder, dict) and self._keys[-1] is None:
            self._key(event, line, holder, path)
            return
        value = _scalar(event) if isinstance(event, yaml.ScalarEvent) else _container(event)
        if isinstance(holder, dict):
            key = self._keys[-1]
            here: KeyPath = (*path, key)  # type: ignore[arg-type]
            holder[key] = value
            self._keys[-1] = None
        else:
            here = (*path, len(holder)) if len(self._stack) > 1 else ()
            self.lines[here] = line
            holder.append(value)
        if not isinstance(event, yaml.ScalarEvent):
            self._stack.append((value, here))
            self._keys.append(None)

    def _key(self, event: yaml.NodeEvent, line: int, holder: dict[str, Any], path: KeyPath) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            raise Stop(line, "syntax", "a mapping has a key that is not a text", "a text as the key")
        here = (*path, event.value)
        if event.value in holder:
            self.duplicates.append((line, event.value, self.lines[here]))
        self.lines[here] = line
        self._keys[-1] = event.value


def ours(text: str) -> Any:
    """The data of YAML that is part of the project, which needs no places in the file; ten times as fast as PyYAML."""
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _container(event: yaml.NodeEvent) -> dict[str, Any] | list[Any]:
    return {} if isinstance(event, yaml.MappingStartEvent) else []


def _refuse_features(event: yaml.NodeEvent, line: int, depth: int) -> None:
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        raise Stop(line, "yaml-feature", f"uses the anchor {event.anchor!r}", "repeat the value instead")
    tag = getattr(event, "tag", None)
    if tag is not None and tag != "!":
        raise Stop(line, "yaml-feature", f"uses the tag {show(tag)}", "remove the tag")
    if depth > MAX_DEPTH:
        raise Stop(line, "too-deep", "is nested too deep", f"at most {MAX_DEPTH} levels")


def whole(text: str) -> int | UnquotedNumber:
    """The whole number ``text``; one of more than 18 characters stays an :class:`UnquotedNumber`."""
    return int(text) if len(text) < 19 else UnquotedNumber(text)


def _scalar(event: yaml.ScalarEvent) -> Any:
    value = event.value
    if event.style:  # Quoted or a block. For plain scalars, libyaml has "" and the Python parser None.
        return value
    if value in _WORDS:
        return _WORDS[value]
    if value[0] not in _FIRST_OF_NUMBERS:
        return value
    if _WHOLE.match(value):
        return whole(value)
    return UnquotedNumber(value) if _DECIMAL.match(value) else value


def is_number(text: str) -> bool:
    """Whether a plain scalar of this text would be read as a number."""
    return bool(_WHOLE.match(text) or _DECIMAL.match(text))
