"""What many guidelines share, in this project's own words: ``guidelines/catalogue/*.yaml``.

Upstream's sentences are not kept. A file of the record names a wording by its key; a wording lists the digests of the
upstream texts it stands for, so that the import finds it again.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Any

from .fields import Field, ListOf, MapOf, OneOf, Struct, Text
from .schemas import GUIDELINE_STATUSES, ID, NAME, PROSE, RELEASE, TITLE

KEY = Text(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "a key of lower-case words joined by hyphens")
DAY = Text(r"\d{4}-\d{2}-\d{2}", "a day as 'YYYY-MM-DD', in quotes")
WEB = Text(r"""https://[^\s<>"']+""", "an https address")
DIGEST = Text(r"[0-9a-f]{12}", "the first 12 digits of a SHA-256")


def _struct(**fields: tuple[Any, str] | tuple[Any, str, bool]) -> Struct:
    return Struct(*(Field(name, *spec) for name, spec in fields.items()))


_WORDING = {
    "text": (PROSE, "What it says, in our words.", True),
    "upstream": (ListOf(DIGEST), "Digests of the official texts it stands for."),
}

DOCUMENT = Text(r"\d{4}[A-Z]|flagging", "a process document such as 2017A, or flagging")
CLAUSE = Text(r"[A-D]\d(\.\d)?|D\d{3}", "a clause such as A4.5 or D307")
_IN = Field("in", ListOf(DOCUMENT), "The documents that say so.", required=True)
_STEPS = Field("steps", ListOf(PROSE), "Steps to be taken in this order.")

#: Form of ``process.yaml``: the working group's process documents, clause by clause.
_PROCESS = _struct(
    documents=(
        MapOf(
            DOCUMENT,
            Struct(
                Field("title", PROSE, "Its title.", required=True),
                Field("page", Text(r"[a-z]+/\w+", "a page"), "The page that restates it.", required=True),
                Field("from", DAY, "The day from which it was in force, where known."),
                Field("evidence", PROSE, "Where that day is known from.", required=True),
                Field("status", OneOf(GUIDELINE_STATUSES), "The status the file itself gives."),
                Field("replaces", DOCUMENT, "The document before it."),
                Field("superseded_by", DOCUMENT, "The document after it."),
                Field("source", Text(r"[\w./]+", "a path"), "Its path in openstack/interop, where it can be had."),
                Field("completeness", OneOf(("complete", "partial")), "Whether all of it is held.", required=True),
                Field("note", PROSE, "What it is.", required=True),
            ),
        ),
        "The documents.",
    ),
    phases=(
        MapOf(Text(), _struct(title=(PROSE, "", True), starts=(PROSE, "When it begins."), text=(PROSE, "", True))),
        "The parts of the documents, by the letter their clauses begin with.",
    ),
    general=(
        ListOf(Struct(_IN, Field("title", PROSE, "", True), Field("text", PROSE, "", True), _STEPS)),
        "What the documents say outside their numbered clauses.",
    ),
    timeline=(
        ListOf(
            Struct(
                Field("when", Text(r"S([+-]\d)?", "months from the summit, such as S-3"), "", required=True),
                Field("activity", PROSE, "What happens.", required=True),
                Field("lead", PROSE, "Who leads.", required=True),
                _IN,
            )
        ),
        "What the time line of the documents says.",
    ),
    clauses=(
        MapOf(
            CLAUSE,
            ListOf(
                Struct(
                    _IN,
                    Field("since", DAY, "The day it was added, for rules that were added one by one."),
                    Field("title", PROSE, "Heading of a group of clauses."),
                    Field("text", PROSE, "What it says, in our words; {A4} refers to a clause."),
                    _STEPS,
                )
            ),
        ),
        "Each clause with its wordings.",
    ),
)

#: Form of every catalogue file: file name without ``.yaml`` -> form.
FORMS = {
    "capabilities": MapOf(NAME, PROSE),
    "projects": MapOf(
        NAME,
        _struct(
            service=(PROSE, "Name of the service.", True),
            description=(PROSE, "What it is.", True),
            documentation=(WEB, "Address of its documentation.", True),
        ),
    ),
    "programs": MapOf(
        NAME,
        _struct(
            title=(PROSE, "Name of the program.", True),
            kind=(OneOf(("platform", "add-on", "vertical")), "What sort of program it is.", True),
            description=(PROSE, "What it is.", True),
        ),
    ),
    "components": MapOf(
        NAME,
        _struct(
            title=(PROSE, "Name of the component.", True),
            names=(ListOf(NAME), "Names of the same component in older guidelines."),
            description=(PROSE, "What it is.", True),
        ),
    ),
    "criteria": MapOf(
        NAME,
        _struct(
            name=(PROSE, "Short name.", True),
            group=(PROSE, "Group of criteria.", True),
            description=(PROSE, "What it asks.", True),
        ),
    ),
    "flag-codes": MapOf(
        Text(r"D\d{3}", "a code such as D400"),
        _struct(title=(PROSE, "A few words.", True), description=(PROSE, "When it is used.", True)),
    ),
    "flag-reasons": MapOf(KEY, _struct(**_WORDING, references=(ListOf(Text()), "Bugs, reviews and commits."))),
    "flag-actions": MapOf(KEY, _struct(**_WORDING)),
    "guidance": MapOf(KEY, _struct(project=(NAME, "The project, if it is about one."), **_WORDING)),
    "sections": MapOf(NAME, MapOf(TITLE, _struct(text=(PROSE, "What the section is.", True)))),
    "process": _PROCESS,
    "releases": MapOf(
        RELEASE, _struct(series=(Text(), "Number of the series, such as '2015.1'."), date=(DAY, "Day of the release."))
    ),
    "known": MapOf(
        Text(r"(?!.*\.\.)[a-z-]+/[a-z0-9.]+", "program/id"),
        _struct(
            status=(OneOf(GUIDELINE_STATUSES), "Its status, where known."),
            replaces=(ID, "What it replaces, where known."),
            releases=(ListOf(RELEASE), "Releases it applies to, where known."),
            note=(PROSE, "What is known, and from where.", True),
        ),
    ),
}


def squeeze(text: str) -> str:
    """The words of ``text``, lower case: what remains when typography does not count."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def digest(text: str) -> str:
    """The digest under which a wording lists an official text: 12 hexadecimal digits of SHA-256 of its words."""
    return hashlib.sha256(squeeze(text).encode()).hexdigest()[:12]


@dataclass
class Catalogue:
    """The catalogue's files as plain data, and the questions that are asked of them."""

    data: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        #: Whether a file of the catalogue could not be read.
        self.broken = set(self.data) != set(FORMS)
        for name in FORMS:
            self.data.setdefault(name, {})
        self._canonical = {
            old: name for name, entry in self.data["components"].items() for old in (name, *entry.get("names", ()))
        }
        self._keys: dict[str, dict[str, str]] = {}

    def entry(self, file: str, key: str) -> Any:
        """The entry ``key`` of catalogue file ``file``, or None."""
        return self.data[file].get(key)

    def component(self, name: str) -> str:
        """Today's name of a component: ``compute`` of 2015 is ``os_powered_compute``."""
        return self._canonical.get(name, name)

    def wording(self, file: str, key: str) -> str:
        """Our text for ``key`` of ``file``; a text that is no key is its own wording."""
        entry = self.data[file].get(key)
        return entry["text"] if entry else key

    def key_for(self, file: str, text: str) -> str | None:
        """The key of the wording that stands for the official ``text``, or None."""
        if file not in self._keys:
            keys = {digest(entry["text"]): key for key, entry in self.data[file].items()}
            for key, entry in self.data[file].items():
                keys |= dict.fromkeys(entry.get("upstream", ()), key)
                keys[digest(self.official(file, key))] = key
            self._keys[file] = keys
        return text if text in self.data[file] else self._keys[file].get(digest(text))

    def official(self, file: str, key: str) -> str:
        """The wording with its references, as an exported file says it."""
        entry = self.data[file].get(key)
        return " ".join((entry["text"], *entry.get("references", ()))) if entry else key
