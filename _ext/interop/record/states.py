"""The facts of a guideline as plain data, as the revisions of its file change them.

Facts are names, ids, statuses, dates, numbers: everything that a guideline file has but prose, addresses, the order of
lists and the schema version, whose changes are of form. The name of a component or a capability is that in the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .fields import Field, OneOf, Struct, Text, Whole, YesNo
from .kinds import Named, One, Parts, Some
from .model import OFFICIAL, Capability, Component, Guideline, Mark, Reference, Section, Test
from .schemas import CAPABILITY_STATUSES, GUIDELINE_STATUSES, NAME, SECTION_STATUSES, TITLE
from .test_changes import NamedTests

_TEXT = Text(r"[^\n]*", "a text on one line")
#: A name of a test as the revision has it, which can break the rules for names.
_TEST = Text(r"[^\n]+", "the name of a test")
#: A component, and the guideline that defines it if another one does: ``os_powered_compute powered/2020.06``.
_COMPONENT = Text(
    r"\S+( \S+/\S+)?", "a component, and after it program/id of the guideline that defines it, if that is another"
)
_STATUS = One(OneOf(CAPABILITY_STATUSES))
_SECTION_STATUS = One(OneOf(SECTION_STATUSES))
_SECTION_WORD = Text("|".join(SECTION_STATUSES), "a status of sections")
_FLAG = Struct(
    Field("date", _TEXT, "Day of the flag, as the file has it."),
    Field("code", _TEXT, "Code of the reason, D400 to D406."),
)

_TEST_FACTS = Parts(
    {
        "idempotent_id": (One(_TEXT), "Its id, as the revision has it but for `id-` before it."),
        "aliases": (Some(_TEST), "Its other names."),
        "flagged": (One(_FLAG), "Its flag: date and code. What the reason and the action say is prose."),
    }
)
_OWN = Parts(
    {
        "name": (One(_TEXT), "Its readable name, if that is not the key."),
        "status": (_STATUS, "Its own status."),
        "guidelines": (Some(_TEXT), "Its own list of guidelines."),
    }
)
_CAPABILITY = Parts(
    {
        "project": (One(_TEXT), "The project that provides it."),
        "admin": (One(YesNo()), "Whether it requires administrator access."),
        "required_since": (One(_TEXT), "The first guideline that required it."),
        "achievements": (Some(_TEXT), "The criteria it meets."),
        "own": (_OWN, "Facts that only schemas before 1.5 have."),
        "tests": (NamedTests(_TEST, _TEST_FACTS), "Its tests."),
    }
)
_MARK = Parts(
    {
        "components": (Some(_COMPONENT), "The components a product must satisfy."),
        "required_platform_components": (Some(_COMPONENT), "The components of the platform it needs."),
        "optional_platform_components": (Some(_COMPONENT), "The components of the platform it can use."),
    }
)
_OF_COMPONENT = Parts(
    {
        "capabilities": (Named(NAME, _STATUS), "The status of each capability it lists, the strongest of several."),
        "designated_sections": (Named(NAME, _SECTION_STATUS), "The status of the sections of each project it lists."),
    }
)
#: The facts of a guideline.
FACTS = Parts(
    {
        "status": (One(OneOf(GUIDELINE_STATUSES)), "Status of the guideline."),
        "target_approval": (One(_TEXT), "When approval was sought."),
        "replaces": (One(_TEXT), "The guideline that it replaces."),
        "releases": (Some(_TEXT), "OpenStack releases it applies to."),
        "cutoff_score": (One(Whole()), "The score from which a capability may be required."),
        "weights": (Named(NAME, One(Whole())), "The weight of each criterion."),
        "marks": (Named(TITLE, _MARK), "The marks of the platform, or of the add-on."),
        "components": (Named(NAME, _OF_COMPONENT), "The components."),
        "capabilities": (Named(NAME, _CAPABILITY), "The capabilities."),
        "designated_sections": (
            Named(NAME, Named(_SECTION_WORD, Named(TITLE, One(YesNo())))),
            "By project, status and section, whether its code is designated.",
        ),
        "test_repositories": (Named(NAME, One(_TEXT)), "The commit or branch of each repository of tests."),
    }
)


def of_guideline(guideline: Guideline) -> dict[str, Any]:
    """The facts of a guideline."""
    return FACTS.without_empty(
        {
            "status": guideline.status or None,
            "target_approval": guideline.target_approval or None,
            "replaces": guideline.replaces or None,
            "releases": _set(guideline.releases),
            "cutoff_score": guideline.cutoff,
            "weights": guideline.weights,
            "marks": {mark.name: _mark(mark) for mark in (*guideline.platforms, *guideline.add_ons)},
            "components": {name: _component(one) for name, one in guideline.components.items()},
            "capabilities": {name: _capability(one) for name, one in guideline.capabilities.items()},
            "designated_sections": _sections(guideline.sections),
            "test_repositories": {one.name: one.reference for one in guideline.repositories},
        }
    )


def _set(texts: Iterable[str]) -> list[str]:
    return sorted(set(texts))


def _mark(mark: Mark) -> dict[str, Any]:
    parts = (mark.components, mark.required, mark.optional)
    return _MARK.without_empty(dict(zip(_MARK.parts, (_set(map(_reference, some)) for some in parts), strict=True)))


def _reference(given: Reference) -> str:
    return f"{given.name} {given.source_key}".rstrip()


def _component(component: Component) -> dict[str, Any]:
    listed = ((name, status.value) for status in reversed(OFFICIAL) for name in component.capabilities[status])
    sections = component.sections
    projects = ((name, status) for status in reversed(SECTION_STATUSES) for name in sections.get(status, ()))
    return _OF_COMPONENT.without_empty({"capabilities": dict(listed), "designated_sections": dict(projects)})


def _capability(capability: Capability) -> dict[str, Any]:
    own = dict(capability.carried)
    if "guidelines" in own:
        own["guidelines"] = _set(own["guidelines"])
    return _CAPABILITY.without_empty(
        {
            "project": capability.project or None,
            "admin": capability.admin,
            "required_since": capability.required_since or None,
            "achievements": _set(capability.achievements),
            "own": _OWN.without_empty(own),
            "tests": {test.name: _test(test) for test in capability.tests},
        }
    )


def _test(test: Test) -> dict[str, Any]:
    flag = test.flag and {key: value for key, value in (("date", test.flag.date), ("code", test.flag.code)) if value}
    return _TEST_FACTS.without_empty({"idempotent_id": test.id, "aliases": _set(test.aliases), "flagged": flag})


def _sections(sections: Iterable[Section]) -> dict[str, Any]:
    found: dict[str, dict[str, dict[str, bool]]] = {}
    for section in sections:
        parts = {part.name: part.designated for part in section.parts}
        found.setdefault(section.project, {})[section.status] = parts
    return found
