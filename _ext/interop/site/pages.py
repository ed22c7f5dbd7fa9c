"""The catalogue of generated pages: their document names, and so their addresses. No other module knows an address."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from ..analysis import history
from ..record import process, schemas
from ..record.loader import Record
from ..record.model import Guideline


@dataclass(frozen=True)
class Page:
    """One generated page: where it stands, the view that fills it, its title, and whether its text is searched."""

    docname: str
    kind: str
    key: str
    title: str
    searched: bool = True


def guideline(key: str, anchor: str = "") -> str:
    """Target of a guideline ``program/id``, or of a capability, test or section in it."""
    return f"guidelines/{key}" + (f"#{anchor}" if anchor else "")


def capability(name: str) -> str:
    """Target of the page of a capability over time."""
    return f"capabilities/{name}"


def section(project: str) -> str:
    """Target of the page of a project's designated sections over time."""
    return f"sections/{project}"


def matrix(program: str) -> str:
    """Target of a program's matrix."""
    return f"matrix/{program}"


def test(id: str) -> str:
    """Target of the page of a test over time, by its idempotent id."""
    return f"tests/{id}"


def test_title(places: list[history.Place]) -> str:
    """Title of a test's page: the end of its latest name, class and method, which people call it by."""
    return ".".join(history.latest(places).test.name.rsplit(".", 2)[-2:])


def criterion(key: str) -> str:
    """Target of a scoring criterion."""
    return f"process/criteria#criterion-{key}"


def test_anchor(id: str | None) -> str:
    """Anchor of a test on the page of a guideline; none for a test without an id."""
    return f"test-{id}" if id else ""


def diff(a: Guideline, b: Guideline) -> str:
    """Target of the comparison of two guidelines of a program, ``a`` being the older."""
    return f"diff/{a.program}/{a.id}..{b.id}"


def finding(rule: str) -> str:
    """Target of a rule and what it found."""
    return f"findings#{rule}"


def document(record: Record, key: str) -> str:
    """Target of the page that restates a process document."""
    page: str = process.entries(record.catalogue)[key]["page"]
    return page


def clause(record: Record, id: str, document_key: str = "") -> str:
    """Target of a clause, in the document ``document_key`` if that has it, else in the newest one that does."""
    held = process.holders(record.catalogue, id)
    return f"{document(record, document_key if document_key in held else held[-1])}#{id}"


def schema(version: str) -> str:
    """Target of the page of an official schema version."""
    return f"schema/{version}"


def data(guideline: Guideline) -> str:
    """Path of a guideline's official JSON, under RefStack's name for the guideline."""
    return f"api/v1/guidelines/{guideline.official_id}.json"


def table(guideline: Guideline) -> str:
    """Path of a guideline's capabilities and tests as CSV."""
    return f"api/v1/guidelines/{guideline.official_id}.csv"


def diff_data(a: Guideline, b: Guideline) -> str:
    """Path of a comparison as JSON."""
    return f"api/v1/diffs/{a.program}/{a.id}..{b.id}.json"


def title(record: Record, guideline: Guideline) -> str:
    """Title of a guideline's page: the program and the id."""
    program = record.catalogue.entry("programs", guideline.program)
    name = program["title"] if program else guideline.program
    return f"{name} {guideline.id}"


def catalogue(record: Record) -> list[Page]:
    """Every page that is generated from ``record``."""
    result = [
        Page("guidelines/index", "guidelines", "", "Guidelines"),
        Page("capabilities/index", "capabilities", "", "Capabilities"),
        Page("sections/index", "sections", "", "Designated sections"),
        Page("tests/index", "tests", "", "Tests"),
        Page("diff/index", "diffs", "", "What changed"),
        Page("findings", "findings", "", "Findings"),
    ]
    for item in record.guidelines.values():
        result.append(Page(guideline(item.key), "guideline", item.key, title(record, item)))
    for name in history.capability_names(record):
        result.append(Page(capability(name), "capability", name, name))
    for project in history.projects(record):
        result.append(Page(section(project), "section", project, f"Designated sections of {project}"))
    for program in record.programs():
        entry = record.catalogue.entry("programs", program)
        result.append(Page(matrix(program), "matrix", program, f"{entry['title'] if entry else program} matrix"))
        for a, b in combinations(record.program(program), 2):
            key, name = diff(a, b).removeprefix("diff/"), f"{title(record, a)} to {b.id}"
            # Their text is names that other pages are about; a search for a test would find a hundred of them.
            result.append(Page(diff(a, b), "diff", key, name, searched=False))
    for key in process.documents(record.catalogue):
        entry = process.entries(record.catalogue)[key]
        result.append(Page(entry["page"], "process", key, entry["title"]))
    for key, places in history.test_places(record).items():
        if history.is_id(key):
            result.append(Page(test(key), "test", key, test_title(places)))
    for version in schemas.VERSIONS:
        result.append(Page(schema(version), "schema", version, f"Guideline schema {version}"))
    taken = {page.docname for page in result}
    for old in record.addresses.moved:
        if "#" not in old and old not in taken:
            result.append(Page(old, "gone", old, old.rpartition("/")[2]))
    return result
