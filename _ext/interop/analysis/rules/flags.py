"""Rules on flags: the fields of each, none in a new guideline, those of approved guidelines in the draft."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...record.ids import month
from ...record.model import Flag, Guideline, Test
from ...record.problems import KeyPath
from .. import amendments
from ..history import History
from .base import Case, rule


def _flagged(guideline: Guideline) -> Iterator[tuple[Test, Flag, KeyPath]]:
    for capability in guideline.capabilities.values():
        for test in capability.tests:
            if test.flag is not None:
                yield test, test.flag, ("capabilities", capability.name, "tests", test.name, "flagged")


@rule("each test of a dated guideline as it was approved", "D312", moment="approved")
def new_without_flags(history: History, guideline: Guideline) -> Iterator[Case]:
    """A new guideline starts without flags."""
    if guideline.is_draft:
        return  # A draft keeps flags by D308 until it is proposed.
    if not amendments.approved(history.states(guideline.key)):
        yield from _older_flags(guideline)
        return
    for capability in guideline.capabilities.values():
        for test in capability.tests:
            since = f", by a flag of {test.flag.date}" if test.flag and test.flag.date else ""
            fault = f"{test.name} was flagged when the guideline was approved{since}" if test.flag else ""
            where = ("capabilities", capability.name, "tests", test.name, *(["flagged"] if test.flag else []))
            yield Case(where, test.id or test.name, fault, "no flag when it is proposed")


def _older_flags(guideline: Guideline) -> Iterator[Case]:
    """Flags that are older than a guideline whose history is not archived."""
    for test, flag, where in _flagged(guideline):
        if not flag.date:
            continue  # Schema 1.2 has no dates.
        older = month(flag.date) < guideline.id
        fault = f"{test.name} was flagged on {flag.date}, before the guideline" if older else ""
        yield Case(where, test.id or test.name, fault, "no flag that is older than the guideline")


@rule("each flag, from schema 1.3 on", "D307")
def flag_complete(history: History, guideline: Guideline) -> Iterator[Case]:
    """A flag has date, reason and action."""
    if guideline.origin_schema == "1.2":
        return  # Schema 1.2 does not have these fields.
    for test, flag, where in _flagged(guideline):
        given = {"date": flag.date, "reason": flag.reason, "action": flag.action}
        missing = [name for name, value in given.items() if not value]
        fault = f"the flag of {test.name} has no {' and no '.join(missing)}" if missing else ""
        yield Case(where, test.id or test.name, fault, "date, reason and action")


@rule("each flag, from schema 1.3 on", "D309")
def flag_code(history: History, guideline: Guideline) -> Iterator[Case]:
    """The reason of a flag begins with its code."""
    if guideline.origin_schema == "1.2":
        return
    codes = history.record.catalogue.data["flag-codes"]
    for test, flag, where in _flagged(guideline):
        good = re.fullmatch(r"D4\d\d", flag.code) and flag.code in codes
        fault = "" if good else f"the reason of the flag of {test.name} begins with {flag.code or 'no code'}"
        yield Case((*where, "reason"), test.id or test.name, fault, "one of " + ", ".join(codes))


@rule("each flagged test of an approved guideline that the draft has too", "D308")
def flag_carried(history: History, guideline: Guideline) -> Iterator[Case]:
    """A flag of an approved guideline is carried into the draft."""
    if not guideline.is_draft:
        return
    here: dict[str, list[tuple[str, Test]]] = {}
    for capability in guideline.capabilities.values():
        for test in capability.tests:
            here.setdefault(history.test_key(test), []).append((capability.name, test))
    flagged: dict[str, list[str]] = {}
    for approved in [other for other in history.record.program(guideline.program) if other.status == "approved"]:
        for key in dict.fromkeys(history.test_key(test) for test, _, _ in _flagged(approved)):
            if key in here:
                flagged.setdefault(key, []).append(approved.id)
    for key, ids in flagged.items():
        name, mine = here[key][0]
        where = ("capabilities", name, "tests", mine.name)
        carried = any(test.flag for _, test in here[key])
        fault = "" if carried else f"{mine.name} is flagged in {' and '.join(ids)} and not in the draft"
        yield Case(where, mine.id or mine.name, fault, "a flag, unless its reason no longer applies")
