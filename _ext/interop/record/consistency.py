"""Checks inside one guideline beyond its form: repetitions, contradictions, dates. All of them are observations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from .capability import Capability, Status, Test
from .model import Guideline
from .problems import Finding, KeyPath, show

_APPROVAL: KeyPath = ("metadata", "os_trademark_approval")
_COUNTED = {Status.REQUIRED, Status.ADVISORY, Status.DEPRECATED, Status.UNKNOWN}
#: The code of a flag of a test that another capability has too.
_DUPLICATE = "D404"
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
#: A month or a day, as ids and target approvals give it.
MONTH_OR_DAY = re.compile(r"(\d{4})[.-](\d\d)(?:[.-](\d\d))?")


def check(guideline: Guideline) -> Iterator[Finding]:
    """Every contradiction and repetition in one guideline, as observations."""
    yield from _empty_capabilities(guideline)
    yield from _in_two_capabilities(guideline)
    yield from _aliases(guideline)
    yield from _sections(guideline)
    yield from _repeated(guideline)
    yield from _dates(guideline)
    yield from _since(guideline)
    yield from _replaces(guideline)


def _remark(where: KeyPath, code: str, about: str, message: str, hint: str) -> Finding:
    return Finding(where, code, about, message, hint, is_error=False)


def test_place(capability: Capability, test: Test) -> KeyPath:
    """The place of a test in the file."""
    return (*capability.place, "tests", test.name)


def aliases(test: Test) -> Iterator[tuple[int, str]]:
    """The aliases of a test with their numbers; one that is repeated only once, since that is a fault of its own."""
    return ((number, alias) for number, alias in enumerate(test.aliases) if alias not in test.aliases[:number])


def _empty_capabilities(guideline: Guideline) -> Iterator[Finding]:
    if guideline.is_scoring:
        return  # A scoring lists capabilities before their tests are chosen.
    for name, capability in guideline.capabilities.items():
        status = min(guideline.statuses(name).values(), key=list(Status).index, default=None)
        if capability.tests or status not in (Status.REQUIRED, Status.ADVISORY):
            continue
        meaning = "anyone can meet it" if status is Status.REQUIRED else "it cannot become required"
        yield _remark(
            (*capability.place, "tests"),
            "no-tests",
            name,
            f"{name} is {status} and has no test, so {meaning}",
            "its tests, or no such capability",
        )


def _in_two_capabilities(guideline: Guideline) -> Iterator[Finding]:
    """Tests that are in two capabilities, and neither flagged as duplicates in one of them nor flagged in both."""
    keys = {
        name: {test.id or test.name: test for test in capability.tests if not _is_duplicate(test)}
        for name, capability in guideline.capabilities.items()
        if not _COUNTED.isdisjoint(guideline.statuses(name).values())
    }
    sizes = {name: sum(test.flag is None for test in tests.values()) for name, tests in keys.items()}
    first: dict[str, str] = {}
    shared: dict[tuple[str, str, str], list[Test]] = {}
    for name, tests in keys.items():
        for key, test in tests.items():
            other = first.setdefault(key, name)
            flags = [one.flag.code for one in (keys[other][key], test) if one.flag is not None]
            if other != name and len(flags) < 2:
                shared.setdefault((other, name, flags[0] or "no code" if flags else ""), []).append(test)
    for (one, other, code), tests_of_both in shared.items():
        name = min((other, one), key=sizes.__getitem__)
        capability = guideline.capabilities[name]
        hint = f"one capability, or a flag with the code {_DUPLICATE} in one of them"
        if len(tests_of_both) == sizes[name] > 1:
            whole = f"all {len(tests_of_both)} tests of {name}"
            message = f"{whole} are in {one if name == other else other} too, {_outcome(code, 'they count', 'them')}"
            yield _remark(capability.place, "two-capabilities", name, message, hint)
            continue
        for test in tests_of_both:
            written = f"{test.name}{f' [id-{test.id}]' if test.id else ''}"
            message = f"{written} is in {one} and in {other}, {_outcome(code, 'it counts', 'it')}"
            where = test_place(guideline.capabilities[other], test)
            yield _remark(where, "two-capabilities", test.id or test.name, message, hint)


def _is_duplicate(test: Test) -> bool:
    return test.flag is not None and test.flag.code == _DUPLICATE


def _outcome(code: str, counts: str, it: str) -> str:
    """What comes of a test in two capabilities; ``code`` is that of its flag if it is flagged in one of them."""
    if code:
        return f"flagged in one of them only, with {code}, so a product must still pass {it}"
    return f"so {counts} twice"


def _aliases(guideline: Guideline) -> Iterator[Finding]:
    """Aliases that are the name of the test itself or of another test: RefStack would count one for the other."""
    tests = [(capability, test) for capability in guideline.capabilities.values() for test in capability.tests]
    names = {test.name: test.id or test.name for _, test in tests}
    seen: dict[str, str] = {}
    for capability, test in tests:
        key = test.id or test.name
        for number, alias in aliases(test):
            if alias not in names and alias not in seen:
                seen[alias] = key
                continue
            where = (*test_place(capability, test), "aliases", number)
            if alias == test.name:
                message = f"{show(alias, 200)} is an alias of itself"
            elif names.get(alias, key) != key:
                message = f"the alias {show(alias, 200)} of {test.name} is the name of another test"
            elif seen.get(alias, key) != key:
                message = f"the alias {show(alias, 200)} of {test.name} is also an alias of another test"
            else:
                continue
            yield _remark(where, "alias-clash", alias, message, "another name of this test, or no alias")


def _sections(guideline: Guideline) -> Iterator[Finding]:
    """Projects whose designated sections have two statuses, where they are defined or in the list of a component."""
    seen: dict[str, str] = {}
    for section in guideline.sections:
        before = seen.setdefault(section.project, section.status)
        if before != section.status:
            where: KeyPath = ("designated_sections", section.project, section.status)
            yield _two_statuses(where, section.project, f"are {before} and {section.status}")
    for component in guideline.components.values():
        listed: dict[str, str] = {}
        for status, projects in component.sections.items():
            for number, project in enumerate(projects):
                before = listed.setdefault(project, status)
                if before != status:
                    where = ("components", component.name, "designated_sections", status, number)
                    yield _two_statuses(where, project, f"are listed by {component.name} as {before} and as {status}")


def _two_statuses(where: KeyPath, project: str, what: str) -> Finding:
    return _remark(where, "two-statuses", project, f"the sections of {project} {what}", "one status for a project")


def _repeated(guideline: Guideline) -> Iterator[Finding]:
    yield from _twice("the releases", guideline.releases, (*_APPROVAL, "releases"))
    for capability in guideline.capabilities.values():
        yield from _twice(
            f"the achievements of {capability.name}", capability.achievements, (*capability.place, "achievements")
        )
        for test in (one for one in capability.tests if len(one.aliases) > 1):
            yield from _twice(f"the aliases of {test.name}", test.aliases, (*test_place(capability, test), "aliases"))
    for component in guideline.components.values():
        for status, projects in component.sections.items():
            where = ("components", component.name, "designated_sections", status)
            yield from _twice(f"the {status} sections of {component.name}", projects, where)
    for kind, marks in (("platforms", guideline.platforms), ("add-ons", guideline.add_ons)):
        for mark in marks:
            names = [reference.name for reference in mark.components]
            yield from _twice(f"the components of {mark.name}", names, (kind, mark.name, "components"))


def _twice(what: str, items: Sequence[str], where: KeyPath) -> Iterator[Finding]:
    """What is in a list more than once, with the place where it is repeated first."""
    seen: Counter[str] = Counter()
    for number, item in enumerate(items):
        seen[item] += 1
        if seen[item] == 2:
            often = f"{times} times" if (times := items.count(item)) > 2 else "twice"
            message = f"{what} have {show(item, 200)} {often}"
            yield _remark((*where, number), "repeated", item, message, "each of them once")


def is_date(text: str, form: re.Pattern[str] = _DAY) -> bool:
    """Whether ``text`` is a day that exists, ``YYYY-MM-DD``."""
    match = form.fullmatch(text)
    try:
        return bool(match and date(int(match[1]), int(match[2]), int(match[3] or 1)))
    except ValueError:
        return False


def _dates(guideline: Guideline) -> Iterator[Finding]:
    if guideline.approval and not is_date(guideline.approval, MONTH_OR_DAY):
        message = f"the target approval is {show(guideline.target_approval)}, which is no date"
        where = (*_APPROVAL, "target_approval")
        yield _remark(
            where, "not-a-date", guideline.target_approval, message, "year and month, such as 2020.06, or a day"
        )
    for capability in guideline.capabilities.values():
        for test in capability.tests:
            if test.flag and test.flag.date and not is_date(test.flag.date):
                where = (*test_place(capability, test), "flagged", "date")
                message = f"the date of the flag of {test.name} is {show(test.flag.date)}"
                yield _remark(where, "not-a-date", test.id or test.name, message, "a day as YYYY-MM-DD")


def _since(guideline: Guideline) -> Iterator[Finding]:
    last = guideline.approval_month if guideline.is_draft else guideline.id
    for name, capability in guideline.capabilities.items():
        if not capability.required_since:
            continue
        since, where = guideline.required_since(name), (*capability.place, "required_since")
        message = f"{name} has required_since {show(capability.required_since)}"
        hint = "the id of the first guideline that required it"
        if set(guideline.statuses(name).values()) == {Status.ADVISORY}:
            unless = "no required_since until it is required"
            yield _remark(where, "since-not-required", name, f"{message}, but is only advisory", unless)
        if since == guideline.id:
            continue
        if not is_date(since, MONTH_OR_DAY):
            yield _remark(where, "not-a-date", name, f"{message}, which is no date of a guideline", hint)
        elif is_date(last, MONTH_OR_DAY) and since > last:
            yield _remark(where, "future-date", name, f"{message}, which is later than this guideline", hint)


def _replaces(guideline: Guideline) -> Iterator[Finding]:
    id, hint = guideline.replaces_id, "the guideline before it"
    own = guideline.approval_month if guideline.is_draft else guideline.id
    if id == guideline.id:
        message = f"{guideline.official_id} replaces itself"
    elif is_date(own, MONTH_OR_DAY) and id > own:
        message = f"{guideline.official_id} replaces {guideline.replaces}, which is later"
        if guideline.is_draft:
            message += f" than its target approval, {own}"
            hint = "a guideline before that, or a later target approval"
    else:
        return
    yield _remark((*_APPROVAL, "replaces"), "replaces-later", guideline.replaces, message, hint)
