"""What many guidelines share, in this project's own words: ``guidelines/catalogue/*.yaml``.

Sentences of the official files are not archived. A guideline file refers to a wording by its key. A wording lists the
digests of the official texts that it replaces; the import finds it by them.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Any

from .catalogue_schemas import FORMS
from .ids import without_program
from .model import Part


def squeeze(text: str) -> str:
    """The words of ``text`` in lower case, joined by spaces, without punctuation."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def digest(text: str) -> str:
    """The digest under which a wording lists an official text: 12 hexadecimal digits of SHA-256 of its words."""
    return hashlib.sha256(squeeze(text).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Fact:
    """A fact with the URLs of its sources."""

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Event:
    """A dated event of a guideline, an entry of ``events.yaml``; its kinds are ``catalogue_schemas.EVENTS``.

    ``date`` is a day, or the latest possible one if ``no_later``. If ``inferred``, no source states the event.
    """

    event: str
    date: str
    evidence: str
    sources: tuple[str, ...]
    no_later: bool = False
    inferred: bool = False


@dataclass(frozen=True)
class KnownGuideline:
    """A guideline that is known to exist but is not archived here: an entry of ``known.yaml``.

    ``inferred_releases`` are releases that no source names for it, but that follow from what sources name.
    """

    key: str
    note: str
    status: str = ""
    replaces: str = ""
    releases: tuple[str, ...] = ()
    inferred_releases: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()

    @property
    def program(self) -> str:
        """Its program: the first part of its key ``program/id``."""
        return self.key.partition("/")[0]

    @property
    def id(self) -> str:
        """Its id in the program: the second part of its key."""
        return self.key.partition("/")[2]

    @property
    def is_draft(self) -> bool:
        """Whether this is the draft of the next guideline; its id is ``next``."""
        return self.id == "next"

    @property
    def replaces_key(self) -> str:
        """``program/id`` of the guideline that it replaces."""
        return f"{self.program}/{without_program(self.program, self.replaces)}"


def _known(key: str, entry: dict[str, Any]) -> KnownGuideline:
    lists = {name: tuple(entry.get(name, ())) for name in ("releases", "inferred_releases")}
    facts = tuple(Fact(fact["text"], tuple(fact["sources"])) for fact in entry.get("facts", ()))
    return KnownGuideline(key, **entry | lists | {"facts": facts})


@dataclass
class Catalogue:
    """The catalogue's files as plain data, by file name without ``.yaml``, with lookups."""

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
        self.known = [_known(key, entry) for key, entry in self.data["known"].items()]
        self.events = {
            key: tuple(Event(**event | {"sources": tuple(event["sources"])}) for event in events)
            for key, events in self.data["events"].items()
        }

    def entry(self, file: str, key: str) -> Any:
        """The entry ``key`` of catalogue file ``file``, or None."""
        return self.data[file].get(key)

    def component(self, name: str) -> str:
        """Today's name of a component: ``compute`` of 2015 is ``os_powered_compute``."""
        return self._canonical.get(name, name)

    def component_names(self) -> list[str]:
        """The names of all components, today's and those in older guidelines."""
        return [*self.data["components"], *self._canonical]

    def default_designated(self, guidance: str) -> bool:
        """Whether code that no section names is designated, according to the guidance ``guidance``, a key or a text."""
        return bool((self.data["guidance"].get(guidance) or {}).get("default_designated", False))

    def wording(self, file: str, key: str) -> str:
        """Our text for ``key`` of ``file``; ``key`` itself if it is a text and not a key."""
        entry = self.data[file].get(key)
        return entry["text"] if entry else key

    def part_text(self, project: str, part: Part) -> str:
        """What a designated section is: the file's own text, or ours."""
        entry = self.data["sections"].get(project, {}).get(part.name, {})
        return part.text or str(entry.get("text", ""))

    def key_for(self, file: str, text: str) -> str | None:
        """The key of the wording that replaces the official ``text``, or None."""
        if file not in self._keys:
            keys = {digest(entry["text"]): key for key, entry in self.data[file].items()}
            for key, entry in self.data[file].items():
                keys |= dict.fromkeys(entry.get("upstream", ()), key)
                keys[digest(self.official(file, key))] = key
            self._keys[file] = keys
        return text if text in self.data[file] else self._keys[file].get(digest(text))

    def official(self, file: str, key: str) -> str:
        """The wording with its references, as it is written to exported files."""
        entry = self.data[file].get(key)
        return " ".join((entry["text"], *entry.get("references", ()))) if entry else key
