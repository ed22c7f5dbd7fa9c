"""Redirects: short URLs for commit messages, and old URLs of upstream and RefStack.

Redirect pages, which need no server, and server rules are generated from this table. ``new`` of a redirect is a target
(``document#anchor``) or, for data, a path under ``api/``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..record import scoring
from ..record.record import Record
from . import pages, urls
from .targets import Targets

#: Upstream's documents: old path -> page that restates the document.
DOCUMENTS = {
    "process/CoreCriteria": urls.CRITERIA,
    "process/CoreDefinition": urls.PRINCIPLES,
    "process/DesignatedSections": urls.DESIGNATED_SECTIONS,
    "process/GovernanceProcess": urls.GOVERNANCE,
    "process/InternalProcessDoc": urls.INTERNAL_PROCESS,
    "process/Lexicon": urls.GLOSSARY,
    "process/PlatformCap": urls.PLATFORM,
    "process/ProcessCycles": urls.CYCLES,
    "process/TrademarkProgram": urls.TRADEMARK_PROGRAM,
    "process/procedure": urls.TESTING,
    "periodic_reports/fall_2016": urls.REPORT_OF_2016,
}

#: RefStack's pages were fragments of its home page, which a server does not receive: see refstack-ui/app/app.js of
#: openstack/refstack, commit 0af3a46e. A script redirects each to the target of the first that it begins with; those of
#: results, vendors and products lead to what became of these.
FRAGMENTS = {
    "#/guidelines": urls.GUIDELINES,
    "#/capabilities": urls.CAPABILITIES,
    "#/about": urls.ABOUT,
    "#/": urls.REFSTACK,
}


@dataclass(frozen=True)
class Redirect:
    """``old`` is a page's path without ``.html``, or, if ``page`` is False, the path of a data file.

    A ``floating`` one leads to another page when a newer guideline is known; ``about`` is the status of that one.
    """

    old: str
    new: str
    title: str
    page: bool = True
    short: bool = False
    floating: bool = False
    about: str = ""


def all_of(targets: Targets) -> list[Redirect]:
    """Every redirect."""
    record = targets.analysis.record
    return [*short(targets), *floating(record), *old(record)]


def floating(record: Record) -> Iterator[Redirect]:
    """``guidelines/<program>/latest`` and ``g/<program>.latest``: the newest known guideline of each program."""
    for program in record.known_programs():
        newest = record.latest_known(program)
        if newest and (to := pages.target(record, newest.key)):
            title, about = pages.title(record, newest), pages.standing(record, newest)
            about = about if record.standing(newest.key).status else f"status not known, {about}"
            short_url = urls.short("guideline", f"{program}.latest")
            yield Redirect(urls.latest(program), to, title, floating=True, about=about)
            yield Redirect(short_url, to, title, short=True, floating=True, about=about)


def short(targets: Targets) -> Iterator[Redirect]:
    """``g/<id>``, ``g/<program>.<id>``, ``c/<capability>``, and ``t/`` with the id or any name of a test."""
    for guideline in targets.analysis.record.guidelines.values():
        target = targets.find("guideline", guideline.key)
        if target:
            for name in dict.fromkeys((f"{guideline.program}.{guideline.id}", *target.others)):
                yield Redirect(urls.short("guideline", name), target.to, target.title, short=True)
    for target in targets.all:
        if target.kind in ("capability", "test"):
            for name in (target.name, *target.others):
                yield Redirect(urls.short(target.kind, name), target.to, target.title, short=True)
    for name in _ambiguous(targets):
        yield Redirect(urls.short("test", name), urls.TESTS, "Tests", short=True)


def _ambiguous(targets: Targets) -> list[str]:
    """Names that do not identify one test with an id: several tests had the name, or only tests without an id."""
    known = {name for target in targets.all if target.kind == "test" for name in target.others}
    names = {name for places in targets.analysis.test_places.values() for place in places for name in place.names}
    return sorted(names - known)


def old(record: Record) -> Iterator[Redirect]:
    """URLs of upstream's site and repository."""
    for key, guideline in record.guidelines.items():
        title, page = pages.title(record, guideline), urls.guideline(key)
        if guideline.is_scoring:  # Upstream's site had no page for it.
            yield Redirect(scoring.upstream_path(guideline.id), urls.data(guideline), title, page=False)
            continue
        yield Redirect(f"guidelines/{guideline.official_id}", page, title)
        if guideline.program == "powered":
            yield Redirect(f"guidelines/all.{guideline.id}", page, title)
        data = urls.data(guideline)
        for path in upstream_paths(guideline.program, guideline.official_id):
            yield Redirect(path, data, title, page=False)
    for known in record.catalogue.known:
        if known.key not in record.guidelines:
            powered = known.program == "powered"
            for name in [known.id, f"all.{known.id}"] if powered else [f"{known.program}.{known.id}"]:
                to = pages.target(record, known.key)
                yield Redirect(f"guidelines/{name}", to, f"{known.program} {known.id}")
    for path, page in DOCUMENTS.items():
        yield Redirect(path, page, page.rpartition("/")[2].replace("-", " ").capitalize())


def upstream_paths(program: str, official_id: str) -> tuple[str, ...]:
    """The paths of the official file in the first layout of the repository and in the later one."""
    if program == "powered":
        return f"{official_id}.json", f"guidelines/{official_id}.json"
    if program == "nfv":
        return (f"verticals/{official_id}.json",)
    return f"add-ons/{official_id}.json", f"add-ons/guidelines/{official_id}.json"
