"""Problems: the diagnostic type that every module uses for what is wrong with a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

#: Where something is in a file: keys of mappings and numbers of list items, from the top down.
KeyPath = tuple[str | int, ...]


class Severity(StrEnum):
    """An error stops a build; an observation is shown and does not."""

    ERROR = "error"
    OBSERVATION = "observation"


#: Every code a problem can have, with one line that says what it means. The findings of rules have the rule's id.
CODES = {
    "unreadable": "the file cannot be opened or read",
    "outside": "a symbolic link leads out of the guidelines folder",
    "too-large": "the file is larger than any guideline can be",
    "too-deep": "the file is nested deeper than any guideline is",
    "empty": "the file holds nothing",
    "encoding": "the file is not UTF-8",
    "syntax": "the file is not well-formed YAML or JSON",
    "yaml-feature": "the file uses anchors, aliases, tags or several documents",
    "duplicate-key": "a mapping has the same key twice",
    "schema-version": "the schema version is missing or not one that is read",
    "unknown-key": "a mapping has a key that its schema does not know",
    "missing-key": "a mapping lacks a key that its schema requires",
    "wrong-type": "a value is of another type than its schema asks for",
    "bad-value": "a text does not have the form its schema asks for",
    "control-character": "a text holds a control character",
    "misplaced": "a file or folder stands where nothing is read",
    "unknown-program": "a folder under guidelines/ is no program of the catalogue",
    "wrong-id": "the id of a guideline is not the one its file name gives",
    "duplicate-guideline": "two files hold the same guideline",
    "not-a-uuid": "an idempotent id is missing or not a UUID",
    "id-on-two-names": "one idempotent id stands on two test names",
    "listed-not-defined": "a component lists a capability that the file does not define",
    "defined-not-listed": "the file defines a capability that no component lists",
    "listed-twice": "a component lists a capability under two statuses",
    "status-disagrees": "a capability's own status is not the one its component gives",
    "unknown-criterion": "an achievement is no criterion of the guideline",
    "weights": "the weights and the cutoff do not fit together",
    "unknown-release": "a release is not in the catalogue",
    "unknown-guideline": "a guideline refers to one that nobody knows",
    "unknown-component": "a platform or add-on names a component that nobody defines",
    "section-not-defined": "a component names designated sections that the file does not define",
    "no-source": "the file does not say where its facts come from",
    "unknown-clause": "a process document refers to a document or clause that nobody knows",
    "rule-crashed": "a rule of the process failed on a guideline: the rule is wrong, not the guideline",
    "no-entry": "something in the record has no entry in the catalogue",
    "unused-entry": "an entry of the catalogue is used by nothing in the record",
    "stale-known": "a known observation is listed that no longer applies",
}


@dataclass(frozen=True, order=True)
class Problem:
    """One fault of one file.

    ``path`` is relative to the folder that was checked, ``line`` counts from 1, ``code`` is a key of
    :data:`CODES`, ``about`` names the thing the fault is about (a capability, a test, a key), ``hint``
    says what would be right, ``known`` why the record keeps an observation as it is.
    """

    path: str
    line: int
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    about: str = ""
    known: str = ""

    def __str__(self) -> str:
        text = f"{self.path}:{self.line}: {self.severity} {self.code}: {self.message}"
        if self.hint:
            text += f"; {self.hint}"
        if self.known:
            text += f" (known: {self.known})"
        return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


@dataclass(frozen=True)
class Finding:
    """A problem before it has a file and a line: ``where`` it is in the data. The other fields are those of Problem."""

    where: KeyPath
    code: str
    about: str
    message: str
    hint: str
    is_error: bool = True


def to_problems(
    findings: Iterable[Finding], path: str, line_of: Callable[[KeyPath], int], known: str = ""
) -> Iterator[Problem]:
    """Findings as problems of the file ``path``; ``line_of`` gives the line of a place in it."""
    for found in findings:
        severity = Severity.ERROR if found.is_error else Severity.OBSERVATION
        line = line_of(found.where)
        yield Problem(path, line, found.code, found.message, found.hint, severity, found.about, known)


def errors(problems: list[Problem]) -> list[Problem]:
    """The problems that stop a build."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def show(text: str, limit: int = 80, quote: bool = True) -> str:
    """``text`` for a message: short, and with everything unprintable spelled out."""
    short = text if len(text) <= limit else text[: limit - 1] + "\u2026"
    plain = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in short)
    return f"'{plain}'" if quote else plain
