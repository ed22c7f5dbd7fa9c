"""Addresses that lead elsewhere: short ones for commit messages, and those that upstream and RefStack had.

One table for everything made from it: the pages that send a reader on without a server's help, and the rules for
servers. A redirect's ``new`` is a target (``document#anchor``) or, for data, a path under ``api/``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..analysis import history
from ..record.loader import Record
from . import pages, targets

#: Upstream's documents, by the address they had, and the page that restates each.
DOCUMENTS = {
    "process/CoreCriteria": "process/criteria",
    "process/CoreDefinition": "process/principles",
    "process/DesignatedSections": "process/designated-sections",
    "process/GovernanceProcess": "process/governance",
    "process/Lexicon": "glossary",
    "process/PlatformCap": "process/platform",
    "process/ProcessCycles": "process/cycles",
}

#: RefStack's pages were fragments of its home page, which no server sees: a script on our home page knows them.
FRAGMENTS = {
    "#/guidelines": "guidelines/index",
    "#/about": "about",
    "#/community_results": "about",
}


@dataclass(frozen=True)
class Redirect:
    """``old`` is a path without its ending; ``page`` says whether a page can stand there, which data cannot."""

    old: str
    new: str
    title: str
    page: bool = True


def short(record: Record) -> Iterator[Redirect]:
    """``g/<id>``, ``g/<program>.<id>``, ``c/<capability>``, and ``t/`` with the id or any name of a test."""
    for thing in targets.things(record):
        if thing.kind == "guideline":
            program, _, id = thing.name.partition("/")
            for name in dict.fromkeys((f"{program}.{id}", *thing.others)):
                yield Redirect(f"g/{name}", thing.to, thing.title)
        elif thing.kind in ("capability", "test"):
            for name in (thing.name, *thing.others):
                yield Redirect(f"{thing.kind[0]}/{name}", thing.to, thing.title)
    for name in _untied(record):
        yield Redirect(f"t/{name}", "tests/index", "Tests")


def _untied(record: Record) -> list[str]:
    """Names of tests that say nothing of which test is meant: several had it, or none with an id."""
    known = {name for thing in targets.things(record) if thing.kind == "test" for name in thing.others}
    names = set()
    for places in history.test_places(record).values():
        names |= {name for place in places for name in (place.test.name, *place.test.aliases)}
    return sorted(names - known)


def old(record: Record) -> Iterator[Redirect]:
    """Addresses of upstream's site and repository."""
    for key, guideline in record.guidelines.items():
        title, page = pages.title(record, guideline), pages.guideline(key)
        yield Redirect(f"guidelines/{guideline.official_id}", page, title)
        if guideline.program == "powered":
            yield Redirect(f"guidelines/all.{guideline.id}", page, title)
        data = pages.data(guideline)
        for path in _raw(guideline.program, guideline.official_id):
            yield Redirect(path, data, title, page=False)
    for key in record.catalogue.data["known"]:
        if key not in record.guidelines:
            program, _, id = key.partition("/")
            for name in [id, f"all.{id}"] if program == "powered" else [f"{program}.{id}"]:
                yield Redirect(f"guidelines/{name}", f"guidelines/index#{program}-{id}", f"{program} {id}")
    for path, page in DOCUMENTS.items():
        yield Redirect(path, page, page.rpartition("/")[2].replace("-", " ").capitalize())


def _raw(program: str, official_id: str) -> tuple[str, ...]:
    """Where the official file lay: in the first layout of the repository, and in the later one."""
    if program == "powered":
        return f"{official_id}.json", f"guidelines/{official_id}.json"
    if program == "nfv":
        return (f"verticals/{official_id}.json",)
    return f"add-ons/{official_id}.json", f"add-ons/guidelines/{official_id}.json"


def address(target: str) -> str:
    """The address of a target, from the root of the site: ``document#anchor`` is a page, ``api/`` a file."""
    document, mark, anchor = target.partition("#")
    return document + ("" if document.startswith("api/") else ".html") + mark + anchor
