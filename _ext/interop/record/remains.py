"""What a file with errors still tells, so that an error in one place does not hide those in others.

A value that does not have its form is replaced by an empty one; everything else stays where it is. The model of the
result is only for checks: it is in no record and on no page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from . import fields, near
from .fields import ListOf, MapOf, OneOf, Struct, Text, Whole, YesNo
from .model import Guideline
from .problems import Finding, KeyPath

#: What cannot be told if a part of the file is replaced: the code, the part, and whether parts of it count as well.
_NEEDS: tuple[tuple[str, KeyPath, bool], ...] = (
    ("listed-not-defined", ("capabilities",), False),
    ("listed-not-defined", ("groups",), False),
    ("defined-not-listed", ("components",), True),
    ("no-tests", ("components",), True),
    ("status-disagrees", ("components",), True),
    ("since-not-required", ("components",), True),
    ("unknown-criterion", ("metadata", "scoring", "criteria"), False),
    ("weights", ("metadata", "scoring", "criteria"), True),
    ("weights", ("metadata", "scoring", "cutoff_score"), True),
    ("section-not-defined", ("designated_sections",), False),
    ("unknown-component", ("components",), False),
    ("unknown-component", ("platforms",), True),
    ("unknown-component", ("add-ons",), True),
    ("not-a-uuid", ("record", "origin_schema"), False),
    ("flag-lost", ("metadata", "os_trademark_approval", "status"), False),
    ("no-source", ("record",), True),
)
#: What is only checked in files without errors.
_NEVER = ("name-clash", "the process rules")
#: Codes about a name itself: an error in its form has been reported.
_OF_NAMES = {"no-entry", "test-name", "unknown-name", "not-a-uuid", "defined-not-listed"}


@dataclass
class Remains:
    """Data that fits its form but for the texts in it. Places are those in the file.

    ``replaced`` are the places of values that have an error, ``misnamed`` those of entries whose name has one.
    """

    data: Any = None
    replaced: set[KeyPath] = field(default_factory=set)
    misnamed: set[KeyPath] = field(default_factory=set)


def of(data: Any, form: Struct, strict: bool) -> Remains:
    """What remains of ``data`` by ``form``; ``strict`` as in :func:`.fields.check`."""
    found = Remains()
    found.data = _kept(data, form, (), strict, found)
    return found


def _kept(data: Any, form: Any, path: KeyPath, strict: bool, found: Remains) -> Any:
    if isinstance(form, Struct) and isinstance(data, dict):
        return _kept_struct(data, form, path, strict, found)
    if isinstance(form, MapOf) and isinstance(data, dict):
        found.misnamed.update((*path, key) for key in data if fields.check(key, form.key))
        return {key: _kept(value, form.value, (*path, key), strict, found) for key, value in data.items()}
    if isinstance(form, ListOf) and isinstance(data, list):
        return [_kept(value, form.item, (*path, number), strict, found) for number, value in enumerate(data)]
    if isinstance(form, Struct) or fields.check(data, form, strict):
        found.replaced.add(path)
        # A text of the wrong form, or a number in place of a text, is still what the editor means.
        return str(data) if isinstance(form, Text) and isinstance(data, str | int) else _empty(form)
    return {} if isinstance(form, MapOf) else data


def _kept_struct(data: dict[str, Any], form: Struct, path: KeyPath, strict: bool, found: Remains) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for one in form.fields:
        spelled = [key for key in (one.name, *(() if strict else one.also)) if key in data]
        for key in spelled:
            value = _kept(data[key], one.type, (*path, one.name), strict, found)
            if one.required or (*path, one.name) not in found.replaced or isinstance(value, str):
                result[key] = value
        if one.required and not spelled:
            found.replaced.add((*path, one.name))
            result[one.name] = _empty(one.type)
    return result


def _empty(form: Any) -> Any:
    match form:
        case Struct():
            return {one.name: _empty(one.type) for one in form.fields if one.required}
        case MapOf():
            return {}
        case ListOf():
            return []
        case YesNo():
            return False
        case Whole():
            return 0
        case OneOf():
            return ""
    return ""


@dataclass(frozen=True)
class Flawed:
    """A guideline whose file has errors, for checks only, and what remains of the file."""

    guideline: Guideline
    remains: Remains

    def findings(self, found: Iterable[Finding], in_file: Callable[[KeyPath], KeyPath]) -> Iterator[Finding]:
        """The findings that do not follow from the errors in the file, and one that tells what was not looked at.

        ``in_file`` returns the place in the file of a place in the record form.
        """
        lost = {code for code, part, inner in _NEEDS if self._is_lost(in_file(part), inner)}
        if self.guideline.is_draft:
            lost.discard("flag-lost")  # It is not for drafts.
        misnamed = [str(place[-1]) for place in self.remains.misnamed]
        for one in found:
            where = in_file(one.where)
            beside = any(where[:length] in self.remains.replaced for length in range(len(where) + 1))
            of_name = one.code in _OF_NAMES and where in self.remains.misnamed
            of_name |= any(not str(part).strip() for part in where)  # A message could not say what it is about.
            of_name |= one.code == "listed-not-defined" and bool(near.closest(one.about, misnamed))
            if not (one.code in lost or beside or of_name):
                yield one
        message = "because of the errors in this file, it is not checked for " + ", ".join([*sorted(lost), *_NEVER])
        yield Finding((), "not-checked", "", message, "correct the errors and check again", is_error=False)

    def _is_lost(self, part: KeyPath, inner: bool) -> bool:
        replaced = self.remains.replaced
        above = any(part[:length] in replaced for length in range(len(part) + 1))
        return above or (inner and any(place[: len(part)] == part for place in replaced))
