"""Field tables, which define valid data, and the function that validates data with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from . import near
from .problems import Finding, KeyPath, show
from .yaml_reader import UnquotedNumber

#: Control characters, lone surrogates, line ends of Unicode, and characters that have no width or change the writing
#: direction: with these, a reviewer reads another text than the file contains. The categories Cc (but the line feed),
#: Cs, Zl, Zp and Cf of Unicode, and the fillers that show nothing.
_CONTROL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\U000110bd\U000110cd"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


@dataclass(frozen=True)
class Text:
    """A text; ``form`` is a regular expression that all of it must match, ``what`` describes the form in words."""

    form: str = ""
    what: str = "a text"

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self.form)

    def matches(self, text: str) -> bool:
        """Whether ``text`` has this form."""
        return self._pattern.fullmatch(text) is not None


@dataclass(frozen=True)
class Whole:
    """A whole number from 0 to 1000; ``quoted`` also allows it as a text, as schema 1.4 to 1.6 write the cutoff."""

    quoted: bool = False
    what: str = "a whole number from 0 to 1000"


@dataclass(frozen=True)
class YesNo:
    """A boolean: true or false."""

    what: str = "true or false"


@dataclass(frozen=True)
class OneOf:
    """One of a few words; ``also`` maps other spellings that are read to the words."""

    words: tuple[str, ...]
    also: tuple[tuple[str, str], ...] = ()

    def word(self, text: str) -> str:
        """The word for which ``text`` is another spelling, or ``text``."""
        return dict(self.also).get(text, text)

    @property
    def what(self) -> str:
        """The words as text for a hint."""
        return "one of " + ", ".join(self.words)


@dataclass(frozen=True)
class ListOf:
    """A list of items of one type."""

    item: Any
    what: str = "a list"


@dataclass(frozen=True)
class MapOf:
    """A mapping whose keys are names chosen by the file."""

    key: Text
    value: Any
    what: str = "a mapping"


@dataclass(frozen=True)
class Field:
    """One key of a :class:`Struct`: name, type, meaning, whether it is required, other spellings that are read."""

    name: str
    type: Any
    doc: str
    required: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Struct:
    """A mapping with known keys."""

    fields: tuple[Field, ...]
    what = "a mapping"

    def __init__(self, *fields: Field) -> None:
        object.__setattr__(self, "fields", fields)

    def having(self, *fields: Field, without: tuple[str, ...] = ()) -> Struct:
        """A copy with ``fields`` added or replaced by name, and without those named in ``without``."""
        new = {field.name: field for field in self.fields if field.name not in without}
        new.update({field.name: field for field in fields})
        return Struct(*new.values())


def check(data: Any, form: Any, strict: bool = True) -> list[Finding]:
    """Validate ``data`` by ``form``: every error. ``strict`` rejects the other spellings that are in ``also``."""
    return list(_check(data, form, (), strict))


def fault(path: KeyPath, code: str, message: str, hint: str) -> Finding:
    """An error about the last key of ``path``."""
    return Finding(path, code, str(path[-1]) if path else "", message, hint)


def _check(data: Any, form: Any, path: KeyPath, strict: bool) -> Iterator[Finding]:
    if isinstance(form, Struct):
        yield from _check_struct(data, form, path, strict)
    elif isinstance(form, MapOf):
        # Official 1.2 files have an empty list where there are no sections.
        if data == [] and not strict:
            return
        if not isinstance(data, dict):
            yield _wrong(path, data, form)
            return
        for key, value in data.items():
            yield from _check_text(key, form.key, (*path, key))
            yield from _check(value, form.value, (*path, key), strict)
    elif isinstance(form, ListOf):
        if not isinstance(data, list):
            yield _wrong(path, data, form)
            return
        for number, value in enumerate(data):
            yield from _check(value, form.item, (*path, number), strict)
    else:
        yield from _check_scalar(data, form, path, strict)


def _check_struct(data: Any, form: Struct, path: KeyPath, strict: bool) -> Iterator[Finding]:
    if not isinstance(data, dict):
        yield _wrong(path, data, form)
        return
    known: dict[str, Field] = {}
    names = [field.name for field in form.fields]
    for field in form.fields:
        known[field.name] = field
        if not strict:
            known.update(dict.fromkeys(field.also, field))
    present = set()
    for key, value in data.items():
        if key not in known:
            message = f"{show(key)} is not a key of {_place(path)}"
            # Another spelling is none in strict files, but leaves no doubt what is meant.
            meant = [f"did you mean {field.name!r}?" for field in form.fields if key in field.also]
            yield fault((*path, key), "unknown-key", message, meant[0] if meant else near.hint(key, sorted(names)))
            continue
        present.add(known[key].name)
        yield from _check(value, known[key].type, (*path, key), strict)
    for field in form.fields:
        if field.required and field.name not in present:
            message = f"{_place(path)} has no {field.name!r}"
            yield fault(path, "missing-key", message, f"{field.name}: {field.type.what}")


def _check_scalar(data: Any, form: Any, path: KeyPath, strict: bool) -> Iterator[Finding]:
    if isinstance(form, YesNo):
        right = isinstance(data, bool)
    elif isinstance(form, Whole):
        if form.quoted and isinstance(data, str) and re.fullmatch(r"[0-9]{1,4}", data):
            data = int(data)
        right = isinstance(data, int) and not isinstance(data, bool) and 0 <= data <= 1000
    elif isinstance(data, UnquotedNumber) or not isinstance(data, str):
        right = False
    elif isinstance(form, OneOf):
        if (data if strict else form.word(data)) not in form.words:
            yield fault(path, "bad-value", f"{_place(path)} is {show(data)}", near.hint(data, sorted(form.words)))
        return
    else:
        yield from _check_text(data, form, path)
        return
    if not right:
        yield _wrong(path, data, form)


def _check_text(data: str, form: Text, path: KeyPath) -> Iterator[Finding]:
    if bad := _CONTROL.search(data):
        message = f"{_place(path)} contains U+{ord(bad[0]):04X}, which is not allowed"
        yield fault(path, "control-character", message, "remove it")
    elif form.form and not form.matches(data):
        hint = f"no space around it: {show(data.strip())}" if form.matches(data.strip()) else form.what
        yield fault(path, "bad-value", f"{_place(path)} is {show(data)}", hint)


def _wrong(path: KeyPath, data: Any, form: Any) -> Finding:
    hint = form.what
    if isinstance(form, Text) and isinstance(data, (UnquotedNumber, int)) and not isinstance(data, bool):
        hint = f"{hint}: {show(str(data))}" if "quotes" in hint else f"{hint}, in quotes: {show(str(data))}"
    return fault(path, "wrong-type", f"{_place(path)} is {_kind(data)}", hint)


def _kind(data: Any) -> str:
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, (int, UnquotedNumber)):
        return f"the number {show(str(data), quote=False)}"
    if isinstance(data, (dict, list)):
        return "a mapping" if isinstance(data, dict) else "a list"
    return "empty" if data is None else f"the text {show(data)}"


def _place(path: KeyPath) -> str:
    """A place in words. Keys that would not be seen, or not as they are, are in quotes."""
    parts = map(str, path)
    return ".".join(show(part, quote=part != part.strip() or not part) for part in parts) or "the file"
