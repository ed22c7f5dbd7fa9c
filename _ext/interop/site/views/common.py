"""Parts that several views share: links, statuses, flags, tests, counts."""

from __future__ import annotations

from typing import Any

from ...analysis.analysis import Analysis
from ...analysis.history import is_id, latest, strongest
from ...record.catalogue import Catalogue
from ...record.model import GROUP, Evidence, Flag, Guideline, Status, Test, is_capability
from ...record.record import Record
from .. import pages, urls
from ..targets import Target

#: Plain data with everything that a template shows.
View = dict[str, Any]


class NoViewError(LookupError):
    """Raised if there is no view of this kind and key."""


def mark(status: str | None) -> str | None:
    """A status as a word, or None."""
    return str(status) if status else None


def column(guideline: Guideline) -> View:
    """A guideline for the head of a narrow column: id, target, whether it is reconstructed."""
    return {"id": guideline.id, "to": urls.guideline(guideline.key), "partial": guideline.is_partial}


def guideline_link(record: Record, guideline: Guideline) -> View:
    """A guideline for a list or a header: id, title, status, target, whether it is reconstructed."""
    return {
        "id": guideline.id,
        "title": pages.title(record, guideline),
        "status": guideline.status,
        "to": urls.guideline(guideline.key),
        "partial": guideline.is_partial,
    }


def capability(guideline: Guideline, name: str) -> View:
    """A capability and its page, or a group of tests whose capability is not known and its place in the guideline."""
    known = is_capability(name)
    to = urls.capability(name) if known else urls.guideline(guideline.key, name)
    return {"name": name.removeprefix(GROUP), "known": known, "to": to}


def cite(target: Target) -> dict[str, str]:
    """The data for the links to copy on a page."""
    return {"title": target.title, "to": target.to, "label": target.label}


def component(catalogue: Catalogue, name: str) -> dict[str, str]:
    """A component by its name in a file: that name, the current name and the title."""
    key = catalogue.component(name)
    return {"name": name, "key": key, "title": (catalogue.entry("components", key) or {}).get("title", name)}


def project(catalogue: Catalogue, name: str) -> dict[str, str]:
    """A project: its name and its service."""
    return {"name": name, "service": (catalogue.entry("projects", name) or {}).get("service", name)}


def flag(catalogue: Catalogue, given: Flag | None) -> View | None:
    """A flag in our words, with the URLs that the reason refers to, or None."""
    if given is None:
        return None
    code = catalogue.entry("flag-codes", given.code)
    reason = catalogue.entry("flag-reasons", given.reason)
    return {
        "date": given.date,
        "code": given.code,
        "code_title": code["title"] if code else "",
        "reason": catalogue.wording("flag-reasons", given.reason),
        "references": list(reason.get("references", ())) if reason else [],
        "action": catalogue.wording("flag-actions", given.action),
        "told": bool(given.date or given.code or given.reason),
    }


def evidence(given: Evidence | None) -> View:
    """The grade and the keys of the sources; empty in a complete guideline."""
    return {"grade": given.grade, "sources": list(given.sources)} if given else {}


def test(catalogue: Catalogue, given: Test) -> View:
    """A test as a guideline lists it."""
    return {
        "name": given.name,
        "id": given.id or "",
        "aliases": list(given.aliases),
        "flag": flag(catalogue, given.flag),
        "evidence": evidence(given.evidence),
    }


def test_page(analysis: Analysis, key: str) -> str:
    """The page of a test by its key: its own, or that of its capability if the test has no id."""
    if is_id(key):
        return urls.test(key)
    return urls.capability(latest(analysis.test_places[key]).capability)


def counts(guideline: Guideline) -> dict[str, int]:
    """The numbers of capabilities by status (each by the strongest of any component), of tests, ids and flags.

    A group of tests whose capability is not known is no capability; its tests count.
    """
    result = dict.fromkeys(Status, 0)
    listed = {name for c in guideline.components.values() for names in c.capabilities.values() for name in names}
    for name in filter(is_capability, listed):
        if status := strongest(guideline.statuses(name)):
            result[status] += 1
    tests = [test for capability in guideline.capabilities.values() for test in capability.tests]
    return {
        **{status.value: number for status, number in result.items()},
        "tests": len(tests),
        "ids": len({test.id or test.name for test in tests}),
        "flagged": sum(test.flag is not None for test in tests),
    }
