"""Lists of tests that others keep, made from a guideline: ``guidelines/adopters/<key>.yaml``, one file for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from . import checked, discovery, near, paths
from .catalogue import Catalogue
from .catalogue_schemas import DAY, KNOWN, WEB
from .fields import Field, ListOf, Struct, Text, Whole, fault
from .kept import Kept
from .model import Guideline, Status, Test
from .problems import Finding, Problem, to_problems
from .schemas import LINE, NAME, PROSE, SHA, UUID
from .source import Source

_ID = re.compile(rf"(?<![0-9a-z]){UUID.form}(?![0-9a-z])")
#: A path in a repository, which may begin with a dot.
_PATH = Text(r"(?!.*\.\.)[A-Za-z0-9_.][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_.][A-Za-z0-9_.-]*)*", "a path inside a repository")
_TEST = Text(
    rf"(?:{paths.TEST})(?:\[[A-Za-z0-9_,.-]*\])?|(?:id-)?{UUID.form}",
    "a line of the list: the name of a test, with or without brackets, or an id",
)
_STATE = (
    Field("commit", SHA, "The commit.", required=True),
    Field("date", DAY, "The day of the commit.", required=True),
)

#: Form of a file in ``adopters/``.
FORM = Struct(
    Field("title", LINE, "What people call the list, and who keeps it.", required=True),
    Field("description", PROSE, "What the list is and what it is for.", required=True),
    Field("guideline", KNOWN, "The guideline that it is made from.", required=True),
    Field("components", ListOf(NAME), "The components whose tests it has, in any program.", required=True),
    Field(
        "source",
        Struct(
            Field("repository", WEB, "The repository that has the list.", required=True),
            Field("path", _PATH, "Its path in the repository.", required=True),
            *_STATE,
        ),
        "Where the list was read.",
        required=True,
    ),
    Field(
        "history",
        ListOf(
            Struct(
                *_STATE,
                Field("lines", Whole(), "Its number of lines with a test.", required=True),
                Field("text", PROSE, "What the commit changed.", required=True),
            )
        ),
        "The commits that changed it, oldest first.",
    ),
    Field(
        "left_out",
        ListOf(
            Struct(
                Field("reason", PROSE, "Why, according to the sources.", required=True),
                Field("sources", ListOf(WEB), "URLs of the sources.", required=True),
                Field("tests", ListOf(UUID), "The tests, by id.", required=True),
            )
        ),
        "Why it leaves out tests of the guideline, where a public source says so.",
    ),
    Field("tests", ListOf(_TEST), "The lines of the list that name a test, as they are in it.", required=True),
)


@dataclass(frozen=True)
class State:
    """A state of a list: commit, day, number of lines, and what the commit changed."""

    commit: str
    date: str
    lines: int
    text: str


@dataclass(frozen=True)
class LeftOut:
    """Tests of the guideline that a list leaves out, by id, with the reason and its sources."""

    reason: str
    sources: tuple[str, ...]
    tests: tuple[str, ...]


@dataclass(frozen=True)
class Adopter:
    """A list of tests that others keep. ``tests`` are its lines; ``components`` have their current names."""

    key: str
    title: str
    description: str
    guideline: str
    components: tuple[str, ...]
    repository: str
    path: str
    commit: str
    date: str
    tests: tuple[str, ...]
    history: tuple[State, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def has(self, test: Test) -> bool:
        """Whether a line has the id of a test, or one of its names and no id."""
        return test.id in self._named or not self._named.isdisjoint((test.name, *test.aliases))

    @cached_property
    def _named(self) -> frozenset[str]:
        """What the lines name their tests by: the id, or else the name."""
        ids = (_ID.search(line) for line in self.tests)
        return frozenset(id[0] if id else line.partition("[")[0] for id, line in zip(ids, self.tests, strict=True))


def _to_model(key: str, data: dict[str, Any]) -> Adopter:
    left_out = (LeftOut(**entry | {name: tuple(entry[name]) for name in ("sources", "tests")}) for entry in
                data.get("left_out", ()))  # fmt: skip
    return Adopter(
        key=key,
        **{name: data[name] for name in ("title", "description", "guideline")},
        **data["source"],
        components=tuple(data["components"]),
        tests=tuple(data["tests"]),
        history=tuple(State(**entry) for entry in data.get("history", ())),
        left_out=tuple(left_out),
    )


#: The adopters by key, each with its file.
Loaded = dict[str, tuple[Adopter, Source]]


def load(root: Path, kept: Kept | None) -> tuple[Loaded, list[Problem]]:
    """Every file in ``adopters/`` of the record in ``root`` that is valid, sorted by key, and the problems of all."""
    loaded: Loaded = {}
    problems: list[Problem] = []
    for path in discovery.adopters(root, problems):
        load_file = partial(_load, root, path)
        found, faults = kept.result(path, f"{discovery.ADOPTERS}/{path.stem}", load_file) if kept else load_file()
        problems += faults
        if found:
            loaded[path.stem] = found
    return loaded, problems


def _load(root: Path, path: Path) -> tuple[tuple[Adopter, Source] | None, list[Problem]]:
    found, problems = checked.read(root, path, FORM)
    return ((_to_model(path.stem, found.data), found) if found else None), problems


def check(
    loaded: Loaded, guidelines: Mapping[str, Guideline], catalogue: Catalogue, known: set[str]
) -> Iterator[Problem]:
    """Problems that the forms do not cover; ``known`` are the keys of all guidelines that have a file."""
    for adopter, source in loaded.values():
        yield from to_problems(_check(adopter, guidelines, catalogue, known), source.shown, source.line)


def _check(
    adopter: Adopter, guidelines: Mapping[str, Guideline], catalogue: Catalogue, known: set[str]
) -> Iterator[Finding]:
    guideline = guidelines.get(adopter.guideline)
    if adopter.guideline not in known:
        message = f"{adopter.guideline} is not an archived guideline"
        hint = near.hint(adopter.guideline, known, "the guideline that the list is made from")
        yield fault(("guideline",), "unknown-guideline", message, hint)
    if not catalogue.broken:
        yield from _components(adopter, guideline, catalogue)
    for first, number in _repeated(adopter.tests):
        line, message = adopter.tests[number], f"{adopter.tests[number]} is already item {first + 1} of the list"
        yield Finding(("tests", number), "repeated", line, message, "once", is_error=False)
    if guideline:
        required = _required(adopter, guideline, catalogue)
        for place, entry in enumerate(adopter.left_out):
            for number, id in enumerate(entry.tests):
                if id not in required or adopter.has(required[id]):
                    why = "the list has it" if id in required else f"{guideline.key} does not require it"
                    message = f"{id} is not left out: {why}"
                    hint = "only required tests of the guideline that the list does not have"
                    yield Finding(
                        ("left_out", place, "tests", number), "not-left-out", id, message, hint, is_error=False
                    )


def _components(adopter: Adopter, guideline: Guideline | None, catalogue: Catalogue) -> Iterator[Finding]:
    for number, name in enumerate(adopter.components):
        if catalogue.entry("components", name) is None:
            message = f"{name} is not a component of the catalogue"
            yield Finding(
                ("components", number),
                "unknown-component",
                name,
                message,
                near.hint(name, catalogue.data["components"]),
            )
    if guideline and not set(adopter.components) & {catalogue.component(name) for name in guideline.components}:
        message = f"{guideline.key} has none of the components"
        hint = "one of " + ", ".join(map(catalogue.component, guideline.components))
        yield fault(("components",), "unknown-component", message, hint)


def _required(adopter: Adopter, guideline: Guideline, catalogue: Catalogue) -> dict[str, Test]:
    """The tests that the guideline requires of the components of a list, by id."""
    components = [one for one in guideline.components.values() if catalogue.component(one.name) in adopter.components]
    names = {name for one in components for name in one.capabilities[Status.REQUIRED]}
    capabilities = (guideline.capabilities[name] for name in names if name in guideline.capabilities)
    return {test.id: test for one in capabilities for test in one.tests if test.id}


def _repeated(lines: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    first: dict[str, int] = {}
    for number, line in enumerate(lines):
        if first.setdefault(line, number) != number:
            yield first[line], number
