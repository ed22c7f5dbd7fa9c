"""The revisions of the official file of a guideline, as data and text, and the guideline as each of them had it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from itertools import pairwise
from typing import Any

from ..record import amendments, model
from ..record.amendments import Amendments, Revision
from ..record.model import Guideline, Status
from ..record.schemas import SECTION_STATUSES

#: The keys of a change whose entries are facts each.
_EACH = ("added", "dropped", "renamed", "flagged", "unflagged")


#: A test in a state: its capability and its name.
Entry = tuple[str, str]
#: The facts of a test in a state: see :data:`..record.states.FACTS`.
TestFacts = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """What a revision did to the tests of a guideline: tests before and after, and the new entries of renamed ones."""

    revision: Revision
    old: dict[Entry, TestFacts]
    new: dict[Entry, TestFacts]
    renamed: dict[Entry, Entry]


@dataclass(frozen=True)
class State:
    """What a readable revision made of a guideline; ``schema`` is the version in which the file is written then."""

    revision: Revision
    facts: dict[str, Any]
    schema: str

    @property
    def status(self) -> str:
        """The status in the file."""
        return str(self.facts.get("status", ""))

    @cached_property
    def tests(self) -> dict[Entry, TestFacts]:
        """Every test, by its capability and its name."""
        capabilities = self.facts.get("capabilities", {}).items()
        return {(name, test): facts for name, one in capabilities for test, facts in one.get("tests", {}).items()}


def replayed(revisions: Amendments) -> list[State]:
    """The states of a guideline, oldest first: what its official file had in each revision that can be read."""
    found, schema = [], ""
    for (revision, facts), _ in amendments.replay(revisions):
        schema = revision.schema or schema
        if facts is not None:
            found.append(State(revision, facts, schema))
    return found


def approved(found: list[State]) -> State | None:
    """The first state whose status is approved, or None."""
    return next((state for state in found if state.status == "approved"), None)


def since_approval(found: list[State]) -> list[State]:
    """The states from the one that was approved on; none if none was."""
    first = approved(found)
    return found[found.index(first) :] if first else []


def at(found: list[State], date: str) -> State | None:
    """The last state of that day or before; None if there is none."""
    return next((state for state in reversed(found) if state.revision.date <= date), None)


def steps(found: list[State]) -> Iterator[Step]:
    """What each state after the first did to the tests of a guideline, if it did anything."""
    for old, new in pairwise(found):
        before, after = old.tests, new.tests
        if before != after:
            yield Step(new.revision, before, after, dict(_renamed(before, after)))


def _renamed(old: dict[Entry, TestFacts], new: dict[Entry, TestFacts]) -> Iterator[tuple[Entry, Entry]]:
    """The entries whose test has another name in the same capability: the same id, or, without ids, a similar name.

    Names are similar if they have the same method, such as before and after a slip in the name of a module is put
    right.
    """
    added = [entry for entry in new if entry not in old]
    for entry in (entry for entry in old if entry not in new):
        id = old[entry].get("idempotent_id")
        here = {
            name: new[capability, name].get("idempotent_id") for capability, name in added if capability == entry[0]
        }
        same = [name for name, other in here.items() if id and other == id]
        if not id:
            method = entry[1].rpartition(".")[2]
            near = [name for name, other in here.items() if not other and name.rpartition(".")[2] == method]
            same = get_close_matches(entry[1], near, n=1)
        if same:
            yield entry, (entry[0], same[0])


def to_data(revisions: Amendments) -> list[dict[str, Any]]:
    """The revisions as data, for ``--format json`` and the API."""
    return [
        {
            "commit": revision.commit,
            "date": revision.date,
            "change_id": revision.change_id or None,
            "kind": revision.kind,
            "changes": revision.changes or {},
        }
        for revision in revisions.revisions
    ]


def to_lines(revisions: Amendments) -> Iterator[str]:
    """The revisions as lines for a terminal."""
    for revision in revisions.revisions:
        changes = revision.changes or {}
        number = count(changes)
        text = f"{revision.day} {revision.commit[:8]} {revision.kind}"
        yield f"{text}: {number} fact{'s' * (number != 1)} ({', '.join(changes)})" if changes else text


def count(change: Any) -> int:
    """The number of facts in a change. What is added or dropped with all its own facts is one."""
    if not isinstance(change, dict):
        return 0
    if change.keys() and change.keys() <= {"from", "to"}:
        return 1
    return sum(len(value) if key in _EACH else count(value) for key, value in change.items())


def restored(guideline: Guideline, state: State) -> Guideline:
    """The guideline as it was in a state.

    Prose and addresses are those of the archived guideline where it has the same thing, and else empty. Lists are
    sorted.
    """
    facts = state.facts
    marks = [_mark(guideline, name, parts) for name, parts in facts.get("marks", {}).items()]
    names = {mark.name for mark in guideline.add_ons}
    is_add_on = [mark.name in names or (bool(names) and not guideline.platforms) for mark in marks]
    revision = state.revision
    origins = tuple(
        replace(one, commit=revision.commit, sha256=revision.sha256, blob=revision.blob)
        for one in guideline.sources[:1]
    )
    return replace(
        guideline,
        status=state.status,
        releases=tuple(facts.get("releases", ())),
        criteria=_criteria(guideline, facts.get("weights", {})),
        components={name: _component(name, parts) for name, parts in facts.get("components", {}).items()},
        capabilities={name: _capability(guideline, name, one) for name, one in facts.get("capabilities", {}).items()},
        sections=tuple(_sections(guideline, facts.get("designated_sections", {}))),
        platforms=tuple(mark for mark, added_on in zip(marks, is_add_on, strict=True) if not added_on),
        add_ons=tuple(mark for mark, added_on in zip(marks, is_add_on, strict=True) if added_on),
        repositories=tuple(_repositories(guideline, facts.get("test_repositories", {}))),
        cutoff=facts.get("cutoff_score"),
        replaces=facts.get("replaces", ""),
        target_approval=facts.get("target_approval", ""),
        origin_schema=state.schema,
        sources=origins,
        notes=(),
    )


def _criteria(guideline: Guideline, weights: dict[str, int]) -> dict[str, model.Criterion]:
    known = guideline.criteria
    return {key: replace(known.get(key, model.Criterion(key, 0)), weight=weight) for key, weight in weights.items()}


def _mark(guideline: Guideline, name: str, parts: dict[str, list[str]]) -> model.Mark:
    keys = ("components", "required_platform_components", "optional_platform_components")
    known = [
        one
        for mark in (*guideline.platforms, *guideline.add_ons)
        for one in (*mark.components, *mark.required, *mark.optional)
    ]

    def reference(text: str) -> model.Reference:
        component, _, key = text.partition(" ")
        same = (one for one in known if (one.name, one.source_key) == (component, key))
        return next(same, model.Reference(component))

    components, required, optional = (tuple(map(reference, parts.get(key, ()))) for key in keys)
    return model.Mark(name, components, required, optional)


def _component(name: str, parts: dict[str, dict[str, str]]) -> model.Component:
    listed, sections = parts.get("capabilities", {}), parts.get("designated_sections", {})
    return model.Component(
        name,
        {status: tuple(sorted(key for key, value in listed.items() if value == status)) for status in Status},
        {
            status: tuple(sorted(key for key, value in sections.items() if value == status))
            for status in SECTION_STATUSES
            if status in sections.values()
        },
    )


def _capability(guideline: Guideline, name: str, facts: dict[str, Any]) -> model.Capability:
    known = guideline.capabilities.get(name)
    flags = {key: test.flag for test in (known.tests if known else ()) for key in (test.name, test.id) if key}
    return model.Capability(
        name=name,
        project=facts.get("project", ""),
        achievements=tuple(facts.get("achievements", ())),
        admin=facts.get("admin", False),
        tests=tuple(_test(test, one, flags) for test, one in facts.get("tests", {}).items()),
        required_since=facts.get("required_since", ""),
        description=known.description if known else "",
        carried=facts.get("own", {}),
    )


def _test(name: str, facts: dict[str, Any], flags: dict[str, model.Flag | None]) -> model.Test:
    id, flagged = facts.get("idempotent_id"), facts.get("flagged")
    flag = None
    if flagged is not None:
        flag = model.Flag(flagged.get("date", ""), flagged.get("code", ""))
        later = flags.get(name) or flags.get(id or "")
        if later and (later.date, later.code) == (flag.date, flag.code):
            flag = later
    return model.Test(name, id, tuple(facts.get("aliases", ())), flag)


def _sections(guideline: Guideline, projects: dict[str, Any]) -> Iterator[model.Section]:
    known = {(one.project, one.status): one for one in guideline.sections}
    for project, statuses in projects.items():
        for status, names in statuses.items():
            parts = tuple(model.Part(name, designated) for name, designated in names.items())
            yield replace(known.get((project, status), model.Section(project, status, ())), parts=parts)


def _repositories(guideline: Guideline, references: dict[str, str]) -> Iterator[model.Repository]:
    known = {one.name: one for one in guideline.repositories}
    for name, reference in references.items():
        yield replace(known.get(name, model.Repository(name, "")), reference=reference)
