"""The things that the box finds, beside tests: whatever has a place on the site, with the names that lead to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..analysis import rules
from ..record import process
from ..record.model import Guideline, Status, is_capability
from . import pages, releases, urls
from .site import Site

#: The kinds of entries with their headings, in the order in which equally good results are shown.
KINDS = {
    "guideline": "Guidelines",
    "component": "Components of guidelines",
    "comparison": "Comparisons",
    "release": "OpenStack releases",
    "program": "Programs",
    "project": "Projects",
    "capability": "Capabilities",
    "test": "Tests",
    "clause": "Process clauses",
    "code": "Flag codes",
    "term": "Glossary",
    "section": "Designated sections",
    "criterion": "Scoring criteria",
    "rule": "Process rules",
    "page": "Pages",
}
#: Words of descriptions that no reader looks for.
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "and are asked before belongs both cannot came did does each every far first for from had has have how into "
        "its not one only other out returns same see site than that the them there they this those through under was "
        "were what when where whether which while who whose why with without "
        "group guideline guidelines interop interoperability openstack working",
    )
)
#: What the generated lists are, in words that readers use and the titles do not have.
_LISTS = {
    urls.GUIDELINES: "the latest and current ones, and all before",
    urls.SECTIONS: "of each project",
    urls.TESTS: "the list of all",
    urls.DIFFS: "differences and changes between two",
    urls.COVERAGE: "versions of OpenStack",
}
#: The kinds of generated pages that are found as something else than a page.
_SUBJECTS = ("guideline", "known", "diff", "capability", "section", "test", "gone", "state", "amended")


@dataclass(frozen=True)
class Entry:
    """One thing: its kind, title, a detail for the list of results, its target, and other names that lead to it."""

    kind: str
    title: str
    detail: str
    to: str
    names: tuple[str, ...] = ()


def entries(site: Site, written: Iterable[Entry] = ()) -> Iterator[Entry]:
    """All but tests and comparisons, kind by kind; ``written`` are the terms and pages that are written by hand.

    These win over generated ones with the same target, and are the ones that the site has.
    """
    written = list(written)
    taken = {one.to for one in written}
    yield from (one for one in _generated(site) if one.to not in taken)
    yield from written


def _generated(site: Site) -> Iterator[Entry]:
    yield from _guidelines(site)
    yield from _components(site)
    yield from _releases(site)
    yield from _programs(site)
    yield from _projects(site)
    yield from _capabilities(site)
    yield from _clauses(site)
    yield from _others(site)


def _guidelines(site: Site) -> Iterator[Entry]:
    record = site.record
    for program in record.known_programs():
        for item in reversed(record.known(program)):
            if to := pages.target(record, item.key):
                bare = f"{pages.program_title(record, program)} {pages.label(item)}"
                names = [item.key, *([item.id] if program == "powered" else []), *[bare] * item.is_draft]
                yield Entry("guideline", pages.title(record, item), pages.standing(site.record, item), to, tuple(names))


def _components(site: Site) -> Iterator[Entry]:
    """The components of guidelines that have several, with the number of capabilities that each requires."""
    catalogue = site.record.catalogue
    for guideline in reversed(site.record.guidelines.values()):
        for name in guideline.components if len(guideline.components) > 1 else ():
            title = (catalogue.entry("components", catalogue.component(name)) or {}).get("title", name)
            to = urls.guideline(guideline.key, name)
            title = f"{pages.title(site.record, guideline)}, {title}"
            # A component has had other names, which are words of other things too: "compute" is a service.
            names = () if guideline.in_preparation or catalogue.component(name) != name else (name,)
            yield Entry("component", title, _required(guideline, name), to, names)


def _required(guideline: Guideline, component: str) -> str:
    listed = guideline.components[component].capabilities.get(Status.REQUIRED, ())
    number = sum(map(is_capability, listed))
    required = f"{number} required {'capability' if number == 1 else 'capabilities'}" if number else ""
    return f"{required} known, reconstructed" if required and guideline.is_partial else required


def _releases(site: Site) -> Iterator[Entry]:
    record = site.record
    found, days = releases.newest_covering(record, "powered"), releases.dates(record)
    # The search reads a detail up to its semicolon: nobody who searches for Antelope wants the releases after it.
    none, later = "no known guideline covers it", ""
    if found:
        later = f"; the newest covers {releases.span(found[1])}: {found[0].id}"
        yield Entry("release", "Later releases", none + later, urls.release("later"))
    for name, entry in record.catalogue.data["releases"].items():
        covering = [item.id for item in record.known("powered") if name in releases.covered(item)]
        after = found and days[name] > days[found[1][-1]]
        detail = f"guidelines {', '.join(covering)}" if covering else none + later * bool(after)
        names = (entry["series"],) if entry.get("series") else ()
        yield Entry("release", name.capitalize(), detail, urls.release(name), names)


def _programs(site: Site) -> Iterator[Entry]:
    record = site.record
    for program in record.known_programs():
        yield Entry("program", pages.program_title(record, program), "", urls.guidelines_of(program), (program,))


def _projects(site: Site) -> Iterator[Entry]:
    """Every project that has capabilities or designated sections, by its name and that of its service.

    A project whose capabilities are not known, only their tests, leads to the newest guideline that has these.
    """
    analysis = site.analysis
    named = {name for name, _ in analysis.families}
    every = site.record.guidelines.values()
    having = {one.project: guideline for guideline in every for one in guideline.capabilities.values()}
    for project in analysis.in_catalogue_order(having.keys() | set(analysis.projects())):
        entry = site.record.catalogue.entry("projects", project) or {}
        service = str(entry.get("service", ""))
        to = urls.capabilities_of(project) if project in named else urls.section(project)
        if project not in named and project in having:
            to = urls.guideline(having[project].key)
        yield Entry("project", project, service, to, (service,) if service else ())


def _capabilities(site: Site) -> Iterator[Entry]:
    """The capabilities, with their project as the detail: their statuses are those of :mod:`.find_states`."""
    for name in site.analysis.capability_names:
        defining = site.analysis.defining(name)
        project = defining[-1].capabilities[name].project if defining else ""
        words = _words(site.record.catalogue.entry("capabilities", name) or "", name)
        yield Entry("capability", name, project, urls.capability(name), (words,) if words else ())


def _words(description: str, name: str) -> str:
    """The words of a description that tell something and are not in the name: they find a capability too."""
    words = dict.fromkeys(re.findall(r"[a-z0-9]{3,}", description.lower()))
    return " ".join(word for word in words if word not in _COMMON and word not in name.lower().split("-"))


def _clauses(site: Site) -> Iterator[Entry]:
    """The clauses of the newest document that has them first, since the id alone leads there; and the flag codes."""
    catalogue = site.record.catalogue
    codes = catalogue.data["flag-codes"]
    for document in reversed(process.entries(catalogue)):
        for clause in process.clauses(catalogue, document):
            to = urls.clause(site.record, clause.id, document)
            if clause.id in codes:
                yield Entry("code", clause.id, codes[clause.id]["title"], to)
            else:
                newest = process.holders(catalogue, clause.id)[-1] == document
                title = f"{document} {clause.id}" if document[0].isdecimal() else clause.id
                yield Entry("clause", title, clause.title, to, (clause.id,) * newest)


def _others(site: Site) -> Iterator[Entry]:
    for target in site.targets.all:
        if target.kind in ("section", "criterion"):
            yield Entry(target.kind, target.title, "", target.to, (target.name,) * (target.kind == "criterion"))
    for rule in rules.REGISTRY.values():
        yield Entry("rule", rule.title, rule.id, urls.finding(rule.id), (rule.id,))
    for page in site.pages:
        if page.kind not in _SUBJECTS:
            yield page_entry(page.title, page.docname, detail=_LISTS.get(page.docname, ""))


def page_entry(title: str, document: str, description: str = "", detail: str = "") -> Entry:
    """A page as a whole, which is found by the last part of its URL and by the words of its description too."""
    path = "home" if document == "index" else document.removesuffix("/index")
    names = (path.rpartition("/")[2], _words(description, title.lower().replace(" ", "-")))
    return Entry("page", title, detail, document, tuple(filter(None, names)))


def term_entries(terms: Iterable[tuple[str, str]]) -> Iterator[Entry]:
    """The terms of the glossary from their titles and targets; a plural is another name of its singular."""
    found = dict(terms)
    for title, to in found.items():
        if title.removesuffix("s") not in found.keys() - {title}:
            yield Entry("term", title, "", to, tuple(name for name in (f"{title}s",) if name in found))
