"""Compares a guideline with all others and with today's test suites: names, ids, projects, flags, dates.

Everything found is an observation. These are checks of the record and no process rules: they are about what a file
says of a test or a capability, which all other files say differently, and have no clause. As observations they have a
line, a suggestion and, if they are kept, a reason in ``observations.yaml``; rules are evaluated only if all files of
the program can be read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from .capability import Capability, Test
from .catalogue import Catalogue
from .consistency import MONTH_OR_DAY, aliases, is_date, test_place
from .drift import Drift
from .ids import hyphenated, month, official_id
from .model import Guideline
from .near import closest
from .problems import Finding, KeyPath

#: In so many other guidelines, a name is one that the test had. An error in typing is copied once or twice.
_ENOUGH = 3
#: After so many years, a guideline without two successors is no longer in use.
_YEARS = 5
_NAME_FORM = "package.test_module.Class.test_method"


class Known:
    """What the other guidelines and today's suites have: computed once for all checks."""

    def __init__(self, guidelines: Mapping[str, Guideline], catalogue: Catalogue, drift: Drift) -> None:
        self.guidelines = guidelines
        self.drift = drift
        self.today = {test.name: id for id, test in drift.tests.items()}
        #: The guidelines that have a name of a test, and the names of an id.
        self.holders: dict[str, set[str]] = defaultdict(set)
        self.of_id: dict[str, set[str]] = defaultdict(set)
        #: The ids of a name, each with the guidelines that give it.
        self.ids: dict[str, dict[str, set[str]]] = defaultdict(dict)
        self.projects: dict[str, dict[str, str]] = defaultdict(dict)
        for key, guideline in guidelines.items():
            for capability in guideline.capabilities.values():
                if capability.project and not guideline.is_scoring:  # A scoring has no projects of its own.
                    self.projects[capability.name][key] = capability.project
                for test in capability.tests:
                    self._add(test, key)
        ids = {(one.program, one.id) for one in guidelines.values()}
        ids |= {(one.program, one.id) for one in catalogue.known}
        self.files = {official_id(program, id): f"{program}/{id}" for program, id in ids}
        self.dated: dict[str, list[str]] = defaultdict(list)
        for program, id in sorted(ids):
            if id != "next":
                self.dated[program].append(id)
        #: The names with which nothing is wrong in any guideline: nearly all.
        self.settled = {name for name in self.holders if self._is_settled(name)}

    def _add(self, test: Test, key: str) -> None:
        for name in (test.name, *test.aliases):
            self.holders[name].add(key)
            if test.id:
                self.of_id[test.id].add(name)
                self.ids[name].setdefault(test.id, set()).add(key)

    def _is_settled(self, name: str) -> bool:
        ids = {*self.ids[name], self.today.get(name, "")} - {""}
        known = name in self.today or (len(self.holders[name]) > _ENOUGH and not _fault(name))
        return known and len(ids) <= 1

    def ids_elsewhere(self, name: str, besides: str) -> Counter[str]:
        """The ids of a test's name in guidelines other than ``besides`` and in today's suites, with their number."""
        found = Counter({id: len(keys - {besides}) for id, keys in self.ids[name].items()})
        if name in self.today:
            found[self.today[name]] += 1
        return +found

    def key(self, test: Test) -> str:
        """The id of a test; without one, that of its name, if it is the same everywhere; or else the name."""
        ids = [*self.ids[test.name]]
        return test.id or (ids[0] if len(ids) == 1 else test.name)

    def before(self, guideline: Guideline) -> Guideline | None:
        """The complete guideline before this one in its program, or None."""
        older = [
            one
            for one in self.guidelines.values()
            if one.program == guideline.program and not (one.is_partial or one.in_preparation) and one.id < guideline.id
        ]
        return max(older, key=lambda one: one.id, default=None)

    def last_month(self, guideline: Guideline) -> str:
        """The month until which the guideline may be changed: ``2018.11``; empty if that is not known.

        A draft is changed until its target approval, another one until the approval of the second guideline after it.
        """
        if guideline.is_draft:
            return guideline.approval_month
        if not is_date(guideline.id, MONTH_OR_DAY):
            return ""
        later = [id for id in self.dated[guideline.program] if id > guideline.id]
        return later[1] if len(later) > 1 else f"{int(guideline.id[:4]) + _YEARS}{guideline.id[4:]}"


def check(guideline: Guideline, known: Known, written_id: str) -> Iterator[Finding]:
    """What a guideline has that all others have differently; ``written_id`` is the id in its file."""
    for capability in guideline.capabilities.values():
        yield from _project(guideline, capability, known)
        for test in capability.tests:
            if known.settled.issuperset((test.name, *test.aliases)):
                continue
            for name, where in _names(capability, test):
                wrong_id = list(_id(guideline, test, name, where, known))
                # If the id is that of another test, its name today tells nothing about this one.
                yield from wrong_id or _name(guideline, test, name, where, known)
    yield from _lost_flags(guideline, known)
    yield from _future_flags(guideline, known)
    if written_id not in (guideline.official_id, guideline.id) and (key := known.files.get(hyphenated(written_id))):
        message = f"{written_id} is the id of another guideline, {key}"
        hint = f"{guideline.official_id}, which the file name gives"
        yield Finding(("metadata", "id"), "taken-id", written_id, message, hint, is_error=False)


def _names(capability: Capability, test: Test) -> Iterator[tuple[str, KeyPath]]:
    where = test_place(capability, test)
    yield test.name, where
    for number, alias in aliases(test):
        if alias != test.name:
            yield alias, (*where, "aliases", number)


def _name(guideline: Guideline, test: Test, name: str, where: KeyPath, known: Known) -> Iterator[Finding]:
    """A name of the wrong form, or one that the test has nowhere else."""
    if name in known.today:
        return
    today = known.drift.tests.get(test.id or "")
    if today and name == test.name and today.name in test.aliases:
        return  # The test is found by its name today: schema 1.4 lets an approved guideline keep an old name so.
    others = len(known.holders[name] - {guideline.key})
    if fault := _fault(name):
        code, message = "test-name", f"the name {name} has no {fault}"
    elif others >= (_ENOUGH if today else 1):
        return
    elif today or (known.drift.date and known.of_id[test.id or ""] - {test.name, *test.aliases}):
        code = "unknown-name"
        message = f"the name {name} is in no test suite and in {others or 'no'} other guideline{'s' * (others > 1)}"
    else:
        return  # No suite and no other guideline has the test at all.
    names = {today.name} if today else known.of_id[test.id or ""] - {name}
    near = closest(name, names, alike=0) if len(names) > 1 else [*names]
    hint = f"{near[0]}, {'its name today' if today else 'its name elsewhere'}" if near else _NAME_FORM
    yield Finding(where, code, name, message, hint, is_error=False)


def _fault(name: str) -> str:
    """What a name of a test lacks, or an empty text. Tests of heat's plugin have classes in lower case."""
    *_, module, holder, method = ("", "", *name.split("."))
    if not method.startswith("test"):
        return "test method"
    if holder.startswith("test_"):
        return "class"
    if module.startswith("test"):
        return ""
    return "module and no class" if holder.islower() else "module"


def _id(guideline: Guideline, test: Test, name: str, where: KeyPath, known: Known) -> Iterator[Finding]:
    found = known.ids_elsewhere(name, guideline.key) if test.id else Counter[str]()
    if found and test.id not in found:
        right = max(found, key=lambda id: (found[id], id))
        message = f"the id of {name} is {test.id} here and {right} everywhere else"
        holder = next((one.name for all in guideline.capabilities.values() for one in all.tests if one.id == right), "")
        if holder:
            message += f", which is the id of {holder} here"
        yield Finding((*where[:4], "idempotent_id"), "other-id", name, message, right, is_error=False)


def _project(guideline: Guideline, capability: Capability, known: Known) -> Iterator[Finding]:
    if guideline.is_scoring:
        return
    given = {key: project for key, project in known.projects[capability.name].items() if key != guideline.key}
    others = Counter(given.values())
    usual = max(others, key=lambda project: (others[project], project), default="")
    if len(given) == 1 and _age(known.guidelines[next(iter(given))]) > _age(guideline):
        return  # Of two, the later one is asked.
    if capability.project not in ("", usual) and others[usual] > others[capability.project]:
        often = f"{others[usual]} other guideline{'s' * (others[usual] > 1)}"
        message = f"the project of {capability.name} is {capability.project} here and {usual} in {often}"
        where = (*capability.place, "project")
        yield Finding(where, "other-project", capability.name, message, usual, is_error=False)


def _age(guideline: Guideline) -> tuple[bool, str]:
    return guideline.is_draft, guideline.id


def _lost_flags(guideline: Guideline, known: Known) -> Iterator[Finding]:
    """Tests that are flagged in the guideline before and not here.

    A new guideline is proposed without flags (D312), which are added later, so it is not looked at before its approval;
    drafts have a process rule of their own (D308).
    """
    if guideline.in_preparation or guideline.is_partial or guideline.is_scoring:
        return
    before = known.before(guideline)
    if before is None:
        return
    flagged = {known.key(test) for one in before.capabilities.values() for test in one.tests if test.flag}
    kept = {known.key(test) for one in guideline.capabilities.values() for test in one.tests if test.flag}
    lost = flagged - kept
    for capability in guideline.capabilities.values() if lost else ():
        for test in capability.tests:
            if (key := known.key(test)) in lost:
                lost.remove(key)
                message = f"{test.name} is flagged in {before.official_id} and not here"
                hint = "the flag, unless its reason no longer applies"
                where = test_place(capability, test)
                yield Finding(where, "flag-lost", test.id or test.name, message, hint, is_error=False)


def _future_flags(guideline: Guideline, known: Known) -> Iterator[Finding]:
    limit = known.last_month(guideline)
    flagged = [one for one in guideline.capabilities.values() if limit and one.flagged]
    for capability in flagged:
        for test in capability.tests:
            if test.flag and is_date(test.flag.date) and month(test.flag.date) > limit:
                end = f"its target approval is {limit}" if guideline.is_draft else f"it is in use until {limit}"
                message = f"the flag of {test.name} is of {test.flag.date}, but {end}"
                where = (*test_place(capability, test), "flagged", "date")
                hint = "a date before that"
                yield Finding(where, "future-date", test.id or test.name, message, hint, is_error=False)
