"""The generated pages and their titles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from ..analysis.analysis import Analysis
from ..analysis.history import Place, is_id, latest
from ..record import process, schemas
from ..record.catalogue import KnownGuideline
from ..record.model import Guideline
from ..record.record import Record
from ..record.standing import AnyGuideline
from . import urls


@dataclass(frozen=True)
class Page:
    """One generated page: its document, kind and key of its view, and its title."""

    docname: str
    kind: str
    key: str
    title: str


def program_title(record: Record, program: str) -> str:
    """Title of a program, or its name if the catalogue has none."""
    entry = record.catalogue.entry("programs", program)
    return entry["title"] if entry else program


def label(guideline: AnyGuideline) -> str:
    """The id of a guideline, or the name of the release that a scoring is for."""
    return guideline.id.capitalize() if isinstance(guideline, Guideline) and guideline.is_scoring else guideline.id


def note(guideline: AnyGuideline) -> str:
    """What is added to the id of a draft, such as ``2018 draft``; empty for other guidelines."""
    if not isinstance(guideline, Guideline):
        return "draft" if guideline.is_draft else ""
    year = guideline.approval_month[:4] if guideline.is_draft else ""
    return f"{year} draft".strip() if guideline.in_preparation else ""


def named(guideline: AnyGuideline) -> str:
    """The label of a guideline with the note of a draft: ``next (2018 draft)``."""
    return f"{label(guideline)} ({about})" if (about := note(guideline)) else label(guideline)


def title(record: Record, guideline: AnyGuideline) -> str:
    """Title of a guideline's page: the program and the id, with the note of a draft."""
    return f"{program_title(record, guideline.program)} {named(guideline)}"


def standing(record: Record, guideline: AnyGuideline) -> str:
    """The status of a guideline today, and whether it is reconstructed or not archived: ``draft, reconstructed``."""
    missing = "not archived"
    if isinstance(guideline, Guideline):
        missing = "reconstructed" if guideline.is_partial else ""
    return ", ".join(filter(None, (record.standing(guideline.key).status, missing)))


def known(record: Record) -> list[KnownGuideline]:
    """The guidelines that are not archived and have a page with the known facts and how to complete them.

    Those older than every archived guideline are only listed: upstream never had their files.
    """
    archived = [one.id for one in record.guidelines.values() if not (one.is_draft or one.is_scoring)]
    others = [item for item in record.catalogue.known if item.key not in record.guidelines]
    return [item for item in others if item.id >= min(archived, default="")]


def has_page(record: Record, key: str) -> bool:
    """Whether the guideline ``program/id`` has a page, archived or not."""
    return key in record.guidelines or any(item.key == key for item in known(record))


def target(record: Record, key: str) -> str:
    """The target of a guideline: its page, or else its row in the list of all guidelines; empty if it is not known."""
    if has_page(record, key):
        return urls.guideline(key)
    return urls.known_guideline(*key.split("/")) if record.catalogue.entry("known", key) else ""


def test_title(places: list[Place]) -> str:
    """Title of a test's page: class and method, the last two parts of its latest name."""
    return ".".join(latest(places).test.name.rsplit(".", 2)[-2:])


def generated(analysis: Analysis) -> Iterator[Page]:
    """Every page that is generated from the record."""
    record = analysis.record
    pages = [*_lists(), *_guidelines(record), *_states(analysis), *_subjects(analysis), *_documents(record)]
    yield from pages
    taken = {page.docname for page in pages}
    for old in record.addresses.moved:
        if "#" not in old and old not in taken:
            yield Page(old, "gone", old, old.rpartition("/")[2])


def _lists() -> Iterator[Page]:
    yield Page(urls.GUIDELINES, "guidelines", "", "Guidelines")
    yield Page(urls.CAPABILITIES, "capabilities", "", "Capabilities")
    yield Page(urls.SECTIONS, "sections", "", "Designated sections")
    yield Page(urls.TESTS, "tests", "", "Tests")
    yield Page(urls.TEST_NAMES, "test-names", "", "Names of tests from A to Z")
    yield Page(urls.TEST_IDS, "test-ids", "", "Ids of tests")
    yield Page(urls.ADOPTERS, "adopters", "", "Test lists that others maintain")
    yield Page(urls.DIFFS, "diffs", "", "Compare guidelines")
    yield Page(urls.FINDINGS, "findings", "", "Findings")
    yield Page(urls.COVERAGE, "coverage", "", "Which guideline covers my release?")


def _guidelines(record: Record) -> Iterator[Page]:
    for item in record.guidelines.values():
        yield Page(urls.guideline(item.key), "guideline", item.key, title(record, item))
    for missing in known(record):
        yield Page(urls.guideline(missing.key), "known", missing.key, title(record, missing))
    for program in record.programs():
        yield Page(urls.matrix(program), "matrix", program, f"{program_title(record, program)} matrix")
        for a, b in combinations(record.program(program), 2):
            yield Page(urls.diff(a, b), "diff", urls.pair_key(a, b), f"{title(record, a)} to {named(b)}")


def is_amended(analysis: Analysis, key: str) -> bool:
    """Whether facts of a guideline changed after it was marked approved."""
    return len(analysis.moments(key)) > 1


def _states(analysis: Analysis) -> Iterator[Page]:
    for key, item in analysis.record.guidelines.items():
        for one in analysis.moments(key).values():
            named_so = f"{title(analysis.record, item)}: {one.label}"
            yield Page(urls.state(key, one.name), "state", f"{key}/{one.name}", named_so)
        if is_amended(analysis, key):
            named_so = f"{title(analysis.record, item)}: as approved and as archived"
            yield Page(urls.amended(key), "amended", key, named_so)


def _subjects(analysis: Analysis) -> Iterator[Page]:
    for name in analysis.capability_names:
        yield Page(urls.capability(name), "capability", name, name)
    for project in analysis.projects():
        yield Page(urls.section(project), "section", project, f"Designated sections of {project}")
    for key, places in analysis.test_places.items():
        if is_id(key):
            yield Page(urls.test(key), "test", key, test_title(places))
    for key, adopter in analysis.record.adopters.items():
        yield Page(urls.adopter(key), "adopter", key, adopter.title)


def _documents(record: Record) -> Iterator[Page]:
    for key, entry in process.entries(record.catalogue).items():
        yield Page(entry["page"], "process", key, entry["title"])
    for version in schemas.VERSIONS:
        yield Page(urls.schema(version), "schema", version, f"Guideline schema {version}")
