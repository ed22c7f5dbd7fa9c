"""Known observations and findings with the reason why each is kept: ``guidelines/observations.yaml``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import PurePosixPath

from . import near
from .catalogue_schemas import KEY
from .fields import Field, ListOf, Struct, Text
from .ids import without_program
from .problems import CODES, Problem, Severity, show
from .schemas import PROSE
from .source import Source

#: Form of ``observations.yaml``.
FORM = ListOf(
    Struct(
        Field("code", KEY, "Code of the observation, or the id of the rule of a finding.", required=True),
        Field("files", ListOf(Text()), "The files that have it, as program/file.", required=True),
        Field("about", ListOf(Text()), "The subjects of the observation.", required=True),
        Field("reason", PROSE, "Why it is kept.", required=True),
    )
)

#: A file without its ending (``powered/next``), a code, and a subject.
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Entry:
    """One subject of an entry in the list: its file, the reason, and the line of the entry."""

    file: str
    reason: str
    line: int


@dataclass(frozen=True)
class Listed:
    """Entries of the list, which problems show as ``shown``; ``folder`` is the guidelines folder in problems.

    ``places`` are the keys ``program/id`` of files outside the record, by their paths in problems: a copy of a
    guideline has the known observations of that guideline.
    """

    shown: str = ""
    folder: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    entries: dict[Key, Entry] = field(default_factory=dict)

    def key(self, problem: Problem) -> Key:
        """The key by which the list has a problem."""
        return self.place(problem.path), problem.code, problem.about

    def place(self, path: str) -> str:
        """The file of a problem without folder and ending, or the key of the guideline for which it stands."""
        return self.places.get(path) or _stem(path.removeprefix(f"{self.folder}/"))

    def mark(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems, with the reasons of the list for the observations that have none yet."""
        return [self._marked(problem) for problem in problems]

    def _marked(self, problem: Problem) -> Problem:
        entry = self.entries.get(self.key(problem))
        if entry and problem.severity is Severity.OBSERVATION and not problem.known:
            return replace(problem, known=entry.reason)
        return problem

    def stale(self, found: Collection[Key], codes: Collection[str] = CODES) -> list[Problem]:
        """An error for each entry with one of the ``codes`` that is not among the keys ``found``."""
        missing = {key: entry for key, entry in self.entries.items() if key not in found and key[1] in codes}
        return [self._stale(key, entry) for key, entry in missing.items()]

    def unknown(self, codes: Collection[str]) -> list[Problem]:
        """An error for each code that is neither one of an observation nor among ``codes``."""
        lines = {code: entry.line for (_, code, _), entry in reversed(self.entries.items()) if code not in codes}
        hints = {
            code: near.hint(code, [*CODES, *codes], "a code of guidelines/README.md, or the id of a rule")
            for code in lines
        }
        return [
            Problem(self.shown, line, "bad-value", f"{show(code)} is no code", hints[code], about=code)
            for code, line in lines.items()
        ]

    def _stale(self, key: Key, entry: Entry) -> Problem:
        _, code, about = key
        file = show(f"{self.folder}/{entry.file}", quote=False)
        message = f"{code} about {show(about)} no longer applies to {file}"
        return Problem(self.shown, entry.line, "stale-known", message, "remove it from the list", about=about)


def read(source: Source | None, folder: str, places: Mapping[str, str]) -> tuple[Listed, Listed]:
    """The entries about observations, and those about findings of the process rules, which the rules apply.

    ``source`` is the list, if there is one; ``folder`` is the name of the guidelines folder in problems; ``places`` as
    in :class:`Listed`.
    """
    shown = source.shown if source else ""
    both = Listed(shown, folder, places), Listed(shown, folder, places)
    if source is None:
        return both
    for number, entry in enumerate(source.data):
        entries = both[entry["code"] not in CODES].entries
        for file in entry["files"]:
            for about in entry["about"]:
                given = Entry(file, entry["reason"], source.line((number,)))
                entries[_stem(file), entry["code"], about] = given
    return both


@cache
def _stem(file: str) -> str:
    path = PurePosixPath(file)
    return str(path.parent / without_program(path.parent.name, path.stem))
