"""Parts that several views share: links, statuses, flags, tests."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ...analysis.analysis import Analysis
from ...analysis.history import is_id
from ...record.catalogue import Catalogue
from ...record.model import GROUP, Evidence, Flag, Guideline, Section, Test, is_capability
from ...record.once import once
from ...record.record import Record
from ...record.schemas import LETTERS
from ...record.standing import AnyGuideline
from .. import pages, urls
from ..targets import Target

#: Plain data with everything that a template shows.
View = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """What views are made from besides the catalogue: the files of some guidelines, and plain data of others."""

    guidelines: tuple[Guideline, ...]
    besides: View


class NoViewError(LookupError):
    """Raised if there is no view of this kind and key."""


def mark(status: str | None) -> str | None:
    """A status as a word, or None."""
    return str(status) if status else None


def marks(found: Iterable[str | None]) -> list[str]:
    """The statuses among those ``found``, each once, in the order of a legend."""
    given = set(found)
    return [status for status in LETTERS if status in given]


@once
def newest_first(record: Record, program: str) -> list[Guideline]:
    """The guidelines of a program, newest first; a draft older than a dated guideline is the last."""
    family = record.program(program)[::-1]
    return sorted(family, key=lambda guideline: record.overtaken_by(guideline) is not None)


@once
def columns(record: Record, program: str) -> list[View]:
    """The guidelines of a program for the heads of columns, newest first."""
    return [column(record, guideline) for guideline in newest_first(record, program)]


def column(record: Record, guideline: Guideline) -> View:
    """A guideline for the head of a narrow column.

    ``note`` is that of a draft; ``apart`` is whether the column stands apart, since later guidelines come before it.
    """
    return {
        "id": guideline.id,
        "label": pages.label(guideline),
        "to": urls.guideline(guideline.key),
        "partial": guideline.is_partial,
        "note": pages.note(guideline),
        "apart": record.overtaken_by(guideline) is not None,
    }


def runs(columns: Iterable[Guideline], chosen: Collection[Guideline]) -> list[View]:
    """The runs of consecutive ``chosen`` guidelines among ``columns``, each by its oldest and its newest one.

    The columns are newest first, and so are the runs. A draft is a run of its own, with a note: it was never approved.
    """
    wanted = set(chosen)
    found = []
    for draft, within in groupby(columns, lambda one: pages.note(one) if one in wanted else None):
        if draft is not None:
            last, *rest = within
            first = rest[-1] if rest else last
            found.append({"first": pages.label(first), "last": pages.label(last), "note": draft})
    return found


def guideline_link(record: Record, guideline: AnyGuideline) -> View:
    """A guideline for a list or a header: id, title, status today, target, and what of it is archived."""
    return {
        "id": guideline.id,
        "named": pages.named(guideline),
        "title": pages.title(record, guideline),
        "status": record.standing(guideline.key).status,
        "to": pages.target(record, guideline.key),
        "archived": isinstance(guideline, Guideline),
        "partial": isinstance(guideline, Guideline) and guideline.is_partial,
    }


def capability(guideline: Guideline, name: str) -> View:
    """A capability and its page, or a group of tests whose capability is not known and its place in the guideline."""
    known = is_capability(name)
    to = urls.capability(name) if known else urls.guideline(guideline.key, name)
    return {"name": name.removeprefix(GROUP), "known": known, "to": to}


def cite(target: Target) -> dict[str, str]:
    """The data for the links to copy on a page. Those of a guideline have the ``official`` file too.

    ``approved`` is its page as it was approved, ``floating`` the URL that leads to it as long as it is the newest.
    """
    shown = {"title": target.title, "to": target.to, "label": target.label}
    return shown | {"official": "", "approved": "", "floating": ""}


def component(catalogue: Catalogue, name: str) -> dict[str, str]:
    """A component by its name in a file: that name, the current name and the title."""
    key = catalogue.component(name)
    return {"name": name, "key": key, "title": (catalogue.entry("components", key) or {}).get("title", name)}


def project(catalogue: Catalogue, name: str) -> dict[str, str]:
    """A project: its name and its service."""
    return {"name": name, "service": (catalogue.entry("projects", name) or {}).get("service", name)}


def designation(catalogue: Catalogue, given: Section) -> View:
    """What of a project is designated: the rule for code that no section names, and the numbers of named sections.

    ``rule`` is ``none`` if the status is informational, ``default`` if all code is designated but what is named as not
    designated, ``named`` if only what is named is designated, and ``guidance`` if no section is named.
    """
    designated = sum(part.designated for part in given.parts)
    if given.status == "informational":
        rule = "none"
    elif catalogue.default_designated(given.guidance):
        rule = "default"
    else:
        rule = "named" if given.parts else "guidance"
    return {"rule": rule, "designated": designated, "other": len(given.parts) - designated}


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
        "remark": given.remark,
    }


def test_page(analysis: Analysis, key: str) -> str:
    """The page of a test by its key: its own, or that of its capability if the test has no id."""
    if is_id(key):
        return urls.test(key)
    return urls.capability(analysis.latest_names[key][1])
