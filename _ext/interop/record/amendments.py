"""The revisions of the official file of a guideline: ``guidelines/amendments/<program>/<id>.yaml``, one for each.

Each revision has the facts that it changed; the first that can be read, all of its facts. ``python -m interop
amendments CHECKOUT`` writes the files.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from . import checked, discovery, states
from .catalogue_schemas import DAY, DIGEST
from .fields import Field, ListOf, OneOf, Struct, Text
from .kept import Kept
from .kinds import Misfits
from .problems import Finding, Problem, to_problems
from .schemas import ADDRESS, FILE

#: The first revision that can be read, one that changes facts, one that changes none, one that cannot be read.
KINDS = ("added", "changed", "same", "unreadable")
_COMMIT = Text(r"[0-9a-f]{40}|[0-9a-f]{64}", "all digits of a commit or another git object")
_CHANGE = Text(r"I[0-9a-f]{40}", "a Change-Id of Gerrit")
_LATEST = "The latest possible day of its merge, if the commit was merged as it is and the day can be a later one."
_REVISION = Struct(
    Field("commit", _COMMIT, "The commit on the main line of the branch: the merge, if it has one.", required=True),
    Field("date", DAY, "The day of that commit in UTC.", required=True),
    Field("latest", DAY, _LATEST),
    Field("change_id", _CHANGE, "The Change-Id of its review, if it has one."),
    Field("path", FILE, "The path of the file then, if it is another."),
    Field("blob", _COMMIT, "The git blob id of the file.", required=True),
    Field("sha256", Text(r"[0-9a-f]{64}", "all digits of a SHA-256"), "The SHA-256 of the file."),
    Field("kind", OneOf(KINDS), "Whether it is the first that can be read, or changes facts.", required=True),
    Field("schema", Text(r"[0-9.]+", "a schema version, in quotes"), "The schema version, if it is a new one."),
    Field("facts", DIGEST, "Digest of the facts of the guideline after it, unless they are the same."),
    Field("changes", states.FACTS.change, "The facts that it changed; of the first that can be read, all facts."),
)
#: Form of a file in ``amendments/``.
FORM = Struct(
    Field("repository", ADDRESS, "URL of the repository of the official file.", required=True),
    Field("path", FILE, "Path in it.", required=True),
    Field("commit", _COMMIT, "The newest commit whose history was read.", required=True),
    Field("revisions", ListOf(_REVISION), "The revisions, oldest first.", required=True),
)


@dataclass(frozen=True)
class Revision:
    """A revision of the official file: fields as in the form. ``changes`` is a change of :data:`.states.FACTS`."""

    commit: str
    date: str
    blob: str
    kind: str
    latest: str = ""
    change_id: str = ""
    path: str = ""
    sha256: str = ""
    schema: str = ""
    facts: str = ""
    changes: dict[str, Any] | None = None

    @property
    def day(self) -> str:
        """Its day in words; a range where only the day of the commit is known, and the merge may be later."""
        return f"{self.date} to {self.latest}" if self.latest else self.date

    @property
    def swhid(self) -> str:
        """The Software Heritage id of the file."""
        return f"swh:1:cnt:{self.blob}"

    @property
    def review(self) -> str:
        """The URL of its review, or an empty text."""
        return f"https://review.opendev.org/q/{self.change_id}" if self.change_id else ""


@dataclass(frozen=True)
class Amendments:
    """The revisions of the official file of a guideline, oldest first."""

    repository: str
    path: str
    commit: str
    revisions: tuple[Revision, ...]


class Archive:
    """The revisions of the guidelines of a record, each made into the model when it is first needed."""

    def __init__(self) -> None:
        self._stored: dict[str, bytes] = {}
        self._found: dict[str, Amendments] = {}

    def add(self, key: str, stored: bytes) -> None:
        """Add the pickled revisions of the guideline ``key``."""
        self._stored[key] = stored

    def of(self, key: str) -> Amendments | None:
        """The revisions of the guideline ``key``; None if they are not archived."""
        if key not in self._found and key in self._stored:
            self._found[key] = pickle.loads(self._stored[key])
        return self._found.get(key)


#: A revision and the facts of the guideline in it; None if it cannot be read.
State = tuple[Revision, dict[str, Any] | None]


def digest(facts: dict[str, Any]) -> str:
    """The first 12 digits of the SHA-256 of facts."""
    return hashlib.sha256(orjson.dumps(facts, option=orjson.OPT_SORT_KEYS)).hexdigest()[:12]


def replay(amendments: Amendments) -> Iterator[tuple[State, Misfits]]:
    """The state of each revision, oldest first, and what in its changes does not fit the one before it."""
    facts: dict[str, Any] = {}
    for revision in amendments.revisions:
        misfits: Misfits = []
        if revision.changes:
            facts = states.FACTS.apply(facts, revision.changes, ("changes",), misfits)
        yield (revision, None if revision.kind == "unreadable" else facts), misfits


def to_model(data: dict[str, Any]) -> Amendments:
    """The amendments in a file of the form."""
    revisions = tuple(Revision(**revision) for revision in data["revisions"])
    return Amendments(data["repository"], data["path"], data["commit"], revisions)


def load(root: Path, known: Collection[str], kept: Kept | None) -> tuple[Archive, list[Problem]]:
    """The revisions in all files of ``amendments/`` in the record in ``root``, and the problems of these files.

    ``known`` are the keys of the guidelines that have a file.
    """
    archive = Archive()
    problems: list[Problem] = []
    for path, key in discovery.amendments(root, problems):
        shown = discovery.shown_as(root, path)
        if key not in known:
            message = f"{key} is not an archived guideline"
            problems.append(Problem(shown, 1, "unknown-guideline", message, "the file of a guideline"))
        load_file = partial(_load, root, path)
        stored, found = kept.result(path, shown, load_file) if kept else load_file()
        problems += found
        if stored:
            archive.add(key, stored)
    return archive, problems


def _load(root: Path, path: Path) -> tuple[bytes, list[Problem]]:
    """The pickled revisions in a file, empty if it has errors, and its problems."""
    found, problems = checked.read(root, path, FORM)
    if found is None:
        return b"", problems
    amendments = to_model(found.data)
    findings = [*_order(amendments), *_kinds(amendments)] or _replay(amendments)
    problems += to_problems(findings, found.shown, found.line)
    return b"" if problems else pickle.dumps(amendments), problems


def _order(amendments: Amendments) -> Iterator[Finding]:
    before = ""
    for number, revision in enumerate(amendments.revisions):
        if revision.date < before:
            yield _fault(number, "date", f"{revision.date} is before the day of the revision before it, {before}")
        if revision.latest and revision.latest <= revision.date:
            yield _fault(number, "latest", f"{revision.latest} is not later than the day of the commit")
        before = revision.date


def _kinds(amendments: Amendments) -> Iterator[Finding]:
    readable = [number for number, one in enumerate(amendments.revisions) if one.kind != "unreadable"]
    for number, revision in enumerate(amendments.revisions):
        has_facts = revision.kind in ("added", "changed")
        if (revision.kind == "added") is not (number in readable[:1]):
            yield _fault(number, "kind", f"it is {revision.kind}; the first revision that can be read is added")
        elif bool(revision.changes) is not has_facts:
            yield _fault(number, "kind", f"it is {revision.kind} and has {'no ' if has_facts else ''}changes")


def _replay(amendments: Amendments) -> list[Finding]:
    """What is wrong with the first revision whose facts are not those of the official file: all others follow."""
    for number, ((revision, facts), misfits) in enumerate(replay(amendments)):
        if misfits:
            places = ((("revisions", number, *where), message) for where, message in misfits)
            return [Finding(where, "not-replayed", str(where[-1]), message, _HINT) for where, message in places]
        if revision.facts and facts is not None and digest(facts) != revision.facts:
            message = "its facts are not those of the official file, according to their digest"
            return [_fault(number, "facts", message)]
    return []


_HINT = "the revisions that python -m interop amendments CHECKOUT writes"


def _fault(number: int, key: str, message: str) -> Finding:
    return Finding(("revisions", number, key), "not-replayed", key, message, _HINT)
