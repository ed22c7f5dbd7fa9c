"""Problems: the diagnostic type used everywhere for errors and observations in files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from sysconfig import get_paths
from traceback import extract_tb

#: A place in a file: keys of mappings and numbers of list items, from the top down.
KeyPath = tuple[str | int, ...]


class Severity(StrEnum):
    """An error stops a build; an observation is only shown."""

    ERROR = "error"
    OBSERVATION = "observation"


#: Every code of a problem, with its meaning. The code of a finding is the id of its rule.
CODES = {
    "unreadable": "the file cannot be opened or read",
    "outside": "the target of a symbolic link is outside the guidelines folder",
    "too-large": "the file is larger than a guideline can be",
    "too-deep": "the file is nested deeper than a guideline can be",
    "empty": "the file is empty",
    "encoding": "the file is not UTF-8",
    "syntax": "the file is not well-formed YAML or JSON",
    "yaml-feature": "the file uses anchors, aliases, tags or several documents",
    "duplicate-key": "a mapping has the same key twice",
    "schema-version": "the schema version is missing or not supported",
    "unknown-key": "a mapping has a key that its schema does not have",
    "missing-key": "a mapping lacks a key that its schema requires",
    "wrong-type": "a value does not have the type that its schema requires",
    "bad-value": "a text does not have the form that its schema requires",
    "control-character": "a text contains a control character, one without width or one that changes the direction",
    "misplaced": "a file or folder is in a place where no file is read",
    "unknown-program": "a folder under guidelines/ is not a program of the catalogue",
    "wrong-id": "the id of a guideline differs from the one in its file name",
    "duplicate-guideline": "two files define the same guideline",
    "name-clash": "two names would have the same file or URL, where case is ignored or in the list of short names",
    "not-a-uuid": "an idempotent id is missing or not a UUID",
    "id-on-two-names": "two test names have the same idempotent id",
    "listed-not-defined": "a component lists a capability that the file does not define",
    "defined-not-listed": "the file defines a capability that no component lists",
    "listed-twice": "a component lists a capability under two statuses",
    "status-disagrees": "a capability's own status is not one under which a component lists it",
    "unknown-criterion": "an achievement is not a criterion of the guideline",
    "weights": "the weights do not add up to 100, or do not reach the cutoff",
    "unknown-release": "a release is not in the catalogue",
    "unknown-guideline": "a guideline replaces one that is not known",
    "unknown-component": "a platform or add-on needs a component that no guideline defines",
    "section-not-defined": "a component lists designated sections that the file does not define",
    "no-source": "the file, or the evidence for something in it, has no source, or one that nothing confirms",
    "unknown-source": "the evidence refers to a source that the file does not list",
    "unused-source": "no evidence in the file refers to a source that it lists",
    "not-checked": "the file has errors, because of which something in it is not checked",
    "normalised": "official JSON has something in another form than its schema, and is read as if it had that form",
    "repeated": "a list has the same entry twice",
    "two-capabilities": "a test is in two capabilities, and flagged in neither or in one of them only",
    "two-statuses": "the designated sections of a project have two statuses",
    "no-tests": "a required or advisory capability has no test",
    "alias-clash": "an alias is the name of the test itself, or a name of another test",
    "not-a-date": "the date of a flag, of the target approval or of required_since is no date",
    "future-date": "the date of a flag is later than the guideline is in use, or required_since than the guideline",
    "since-not-required": "a capability that is only advisory says since when it is required",
    "replaces-later": "a guideline replaces itself or a later one, or a draft one later than its target approval",
    "test-name": "the name of a test has no module, no class or no test method",
    "unknown-name": "a name of a test is unknown to the test suites and other guidelines, which know its id",
    "other-id": "a test has another idempotent id than everywhere else",
    "other-project": "a capability has another project than in other guidelines",
    "flag-lost": "a test is flagged in the guideline before and not in this one",
    "taken-id": "the id in the file is that of another guideline",
    "unknown-clause": "a clause is in no document, or refers to a document or clause that does not exist",
    "not-a-test": "a line of a list of tests is no name and no id of a test",
    "not-left-out": "a reason for leaving out a test is given for one that the list has or that is not required",
    "not-replayed": "a revision of an official file does not fit the others, or the guideline that they lead to",
    "rule-crashed": "a process rule failed on a guideline: the rule is wrong, not the guideline",
    "no-entry": "something in a guideline has no entry in the catalogue",
    "unused-entry": "no guideline uses an entry of the catalogue",
    "stale-known": "a known observation no longer applies",
}


@dataclass(frozen=True, order=True)
class Problem:
    """One problem of one file.

    ``path`` is relative to the parent of the folder that was checked. ``line`` counts from 1. ``code`` is a key of
    :data:`CODES` or the id of a rule. ``about`` is the subject (a capability, a test, a key). ``hint`` describes what
    would be right. ``known`` is the reason why an observation is kept, or the explanation of a finding.
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
    """A problem without file and line: ``where`` is its place in the data. The other fields are those of Problem."""

    where: KeyPath
    code: str
    about: str
    message: str
    hint: str
    is_error: bool = True


def to_problems(
    findings: Iterable[Finding], path: str, line_of: Callable[[KeyPath], int], known: str = ""
) -> Iterator[Problem]:
    """Findings as problems of the file ``path``; ``line_of`` returns the line of a place in it."""
    for found in findings:
        severity = Severity.ERROR if found.is_error else Severity.OBSERVATION
        line = line_of(found.where)
        yield Problem(path, line, found.code, found.message, found.hint, severity, found.about, known)


def errors(problems: list[Problem]) -> list[Problem]:
    """The problems that stop a build."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def show(text: str, limit: int = 80, quote: bool = True) -> str:
    """``text`` for a message: cut to ``limit`` characters, in quotes if ``quote``, unprintable ones escaped."""
    short = text if len(text) <= limit else text[: limit - 1] + "\u2026"
    plain = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in short)
    return f"'{plain}'" if quote else plain


def raised(error: Exception) -> str:
    """Where code or a template of this project raised an error, and the error: ``at folder/file:line: Type: text``."""
    foreign = tuple(get_paths()[name] for name in ("stdlib", "purelib"))
    at = [frame for frame in extract_tb(error.__traceback__) if not frame.filename.startswith(foreign)][-1]
    return f"at {'/'.join(Path(at.filename).parts[-2:])}:{at.lineno}: {type(error).__name__}: {error}"
