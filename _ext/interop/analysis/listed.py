"""Reads a list of tests that somebody keeps: names, ``name[id-<uuid>]`` or ids, one per line, with comments.

A line of the list is one of these, whatever spaces are around it:

- nothing, or a comment, which begins with ``#``;
- a name of a test, ``tempest.api.x.test_y.Class.test_z``, which may be followed by brackets with the id and tags, as
  Tempest and RefStack write it, and by the name of a scenario in parentheses;
- an idempotent id, with or without ``id-`` before it;
- any other text without spaces that has an ``id-<uuid>`` in it, such as a regular expression: a *pattern*.

A comment may follow a test. ``tempest run --load-list`` takes no comments, ``--include-list`` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ..record.problems import Problem, show
from .analysis import Analysis

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_LINE = re.compile(r"(?P<before>\s*)(?P<test>[^\s#]*)(?P<after>\s*(?:#.*)?)", re.DOTALL)
_ID = re.compile(rf"(?:id-)?({_UUID})", re.IGNORECASE)
_ID_WITHIN = re.compile(rf"id-({_UUID})", re.IGNORECASE)
_NAME = re.compile(r"(?P<name>[\w:-]+(?:\.[\w:-]+)+)(?P<brackets>\[[^\[\]]*\])?(?P<scenario>\([^()]*\))?", re.ASCII)
_HINT = "a name such as 'tempest.api.x.test_y.Class.test_z', name[id-<uuid>], or an id; '#' begins a comment"


class Form(StrEnum):
    """How a line names its test; ``NONE`` is a blank line or a comment."""

    NONE = "none"
    ID = "id"
    NAME = "name"
    FULL = "name and brackets"
    PATTERN = "pattern"


@dataclass(frozen=True)
class Line:
    """One line of a list. ``text`` is all of it; ``name``, ``id`` and ``brackets`` are empty if it has none.

    ``number`` counts from 1. ``before`` and ``after`` are what is around the test: spaces, a comment.
    """

    number: int
    text: str
    form: Form
    name: str = ""
    id: str = ""
    brackets: str = ""
    scenario: str = ""
    before: str = ""
    after: str = ""

    @property
    def tags(self) -> tuple[str, ...]:
        """What is in the brackets beside the id."""
        return tuple(tag for tag in self.brackets[1:-1].split(",") if tag and not _ID.fullmatch(tag))

    def with_name(self, name: str) -> str:
        """The text of this line with another name and everything else as it is."""
        return f"{self.before}{name}{self.brackets}{self.scenario}{self.after}"


def parse(text: str, shown: str) -> tuple[list[Line], list[Problem]]:
    """The lines of a list, and a problem for each line of the file ``shown`` that is none of the forms."""
    lines, problems = [], []
    for number, given in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if found := _line(number, given):
            lines.append(found)
        else:
            message = f"{show(given.strip())} is no name and no id of a test"
            problems.append(Problem(shown, number, "not-a-test", message, _HINT))
    return lines, problems


def _line(number: int, text: str) -> Line | None:
    match = _LINE.fullmatch(text)
    if match is None:
        return None
    test, around = match["test"], {"before": match["before"], "after": match["after"]}
    if not test:
        return Line(number, text, Form.NONE)
    if id := _ID.fullmatch(test):
        return Line(number, text, Form.ID, id=id[1].lower(), **around)
    within = _ID_WITHIN.search(test)
    if name := _NAME.fullmatch(test):
        brackets, scenario = name["brackets"] or "", name["scenario"] or ""
        form, id_within = Form.FULL if brackets else Form.NAME, within[1].lower() if within else ""
        return Line(number, text, form, name["name"], id_within, brackets, scenario, **around)
    return Line(number, text, Form.PATTERN, id=within[1].lower(), **around) if within else None


def names(analysis: Analysis, *preferred: Mapping[str, str]) -> dict[str, str]:
    """The key of a test by each name that only this test ever had, in guidelines and in today's suites.

    ``preferred`` are names with their keys that count first, those of the guideline that a list is for.
    """
    found = {name: next(iter(keys)) for name, keys in analysis.test_names.keys.items() if len(keys) == 1}
    for mapping in reversed(preferred):
        found |= mapping
    return found


def keys(lines: Iterable[Line], known: Mapping[str, str]) -> Iterator[tuple[Line, str]]:
    """The lines that name a test, each with the key of the test: its id, or else what ``known`` gives for its name.

    The key is empty if the name is not known.
    """
    for line in lines:
        if line.form is not Form.NONE:
            yield line, line.id or known.get(line.name, "")
