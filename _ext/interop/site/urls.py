"""Defines all URLs: the target of every page and the path of every data file. No other module builds them.

A target is ``document#anchor``, the form of links in views, references and redirects. A path is relative to the root of
the site.
"""

from __future__ import annotations

from ..analysis.test_lists import Published
from ..record import process
from ..record.model import Guideline
from ..record.record import Record

GUIDELINES = "guidelines/index"
CAPABILITIES = "capabilities/index"
PROCESS = "process/index"
SECTIONS = "sections/index"
TESTS = "tests/index"
TEST_NAMES = "tests/names"
TEST_IDS = "tests/ids"
ADOPTERS = "adopters/index"
DIFFS = "diff/index"
AS_APPROVED = "diff/index#as-approved"
FINDINGS = "findings"
COVERAGE = "coverage"
#: Pages written by hand that generated pages link to.
GLOSSARY = "glossary"
CRITERIA = "process/criteria"
PRINCIPLES = "process/principles"
DESIGNATED_SECTIONS = "process/designated-sections"
FLAGGING = "process/flagging"
GOVERNANCE = "process/governance"
PLATFORM = "process/platform"
CYCLES = "process/cycles"
TRADEMARK_PROGRAM = "process/trademark-program"
INTERNAL_PROCESS = "process/internal-process"
REPORT_OF_2016 = "reports/fall-2016"
SCORINGS = "process/scorings"
TESTING = "testing"
SCORING = "scoring"
CHECK = "check"
ABOUT_DATA = "api"
ABOUT = "about"
REFSTACK = "about#refstack"

#: Folders of short URLs, by the kind of target.
_SHORT = {"guideline": "g", "capability": "c", "test": "t"}
#: The index of the box that finds anything; the script of the box has the same path.
FIND_INDEX = "find-index.js"
#: All tests, for the page that checks a run.
CHECK_TESTS = "check-data/tests.js"
#: What lists are compared with, beside the guidelines.
CHECK_LISTS = "check-data/lists.js"
#: The script that adds to each page of a preview what it is made from.
PREVIEW_SCRIPT = "preview.js"
SITEMAP, ROBOTS, ASSISTANTS = "sitemap.xml", "robots.txt", "llms.txt"
FEED = "feed.atom"
#: The picture in link previews.
PREVIEW = "_static/preview.png"
NGINX, APACHE, CADDY = "server/nginx.conf", "server/apache.conf", "server/Caddyfile"
API = "api/v1/"
GUIDELINES_DATA = f"{API}guidelines.json"
ALL_TABLE = f"{API}all.csv"
CONTENTS_DATA = f"{API}contents.json"
CAPABILITIES_DATA = f"{API}capabilities.json"
TESTS_DATA = f"{API}tests.json"
SECTIONS_DATA = f"{API}sections.json"
PROCESS_DATA = f"{API}process.json"
FINDINGS_DATA = f"{API}findings.json"
OPENAPI = f"{API}openapi.json"
SUMS = f"{API}SHA256SUMS"


def _target(document: str, anchor: str = "") -> str:
    return f"{document}#{anchor}" if anchor else document


def guideline(key: str, anchor: str = "") -> str:
    """Target of a guideline ``program/id``; ``anchor``: a capability, a test (:func:`test_anchor`) or a block in it."""
    return _target(f"guidelines/{key}", anchor)


def state(key: str, name: str, anchor: str = "") -> str:
    """Target of a past state of a guideline ``program/id``, by the name of its moment; ``anchor``: a revision."""
    return _target(f"guidelines/{key}/{name}", anchor)


def amended(key: str) -> str:
    """Target of the comparison of a guideline ``program/id`` as it was approved with the same as it is archived."""
    return f"diff/{key}-as-approved..{key.partition('/')[2]}"


def latest(program: str) -> str:
    """Document of the floating URL of a program's newest known guideline."""
    return f"guidelines/{program}/latest"


def guideline_section(key: str, project: str) -> str:
    """Target of a project's designated sections in a guideline."""
    return guideline(key, section_anchor(project))


def guideline_findings(key: str) -> str:
    """Target of the findings in a guideline."""
    return guideline(key, "findings")


def known_guideline(program: str, id: str) -> str:
    """Target of a guideline, archived or not, in the list of all guidelines."""
    return _target(GUIDELINES, f"{program}-{id}")


def guidelines_of(program: str) -> str:
    """Target of a program's guidelines in the list of all guidelines."""
    return _target(GUIDELINES, program)


def capability(name: str) -> str:
    """Target of the page of a capability over time."""
    return f"capabilities/{name}"


def capabilities_of(project: str) -> str:
    """Target of a project's capabilities in the list of all capabilities."""
    return _target(CAPABILITIES, project)


def section_anchor(project: str) -> str:
    """Anchor of a project's designated sections on the page of a guideline."""
    return f"section-{project}"


def section(project: str) -> str:
    """Target of the page of a project's designated sections over time."""
    return f"sections/{project}"


def matrix(program: str, row: str = "") -> str:
    """Target of a program's matrix, or of the row of a capability in it."""
    return _target(f"matrix/{program}", row)


def test(id: str) -> str:
    """Target of the page of a test over time, by its idempotent id."""
    return f"tests/{id}"


def adopter(key: str) -> str:
    """Target of the page of a list of tests that others keep."""
    return f"adopters/{key}"


def test_anchor(id: str | None) -> str:
    """Anchor of a test on the page of a guideline; empty for a test without an id."""
    return f"test-{id}" if id else ""


def pair_key(a: Guideline, b: Guideline) -> str:
    """Key of the comparison of two guidelines of a program, ``a`` being the older: ``program/a..b``."""
    return f"{a.key}..{b.id}"


def pair(record: Record, key: str) -> tuple[Guideline, Guideline]:
    """The guidelines of a comparison by its key; raises KeyError for one that does not exist."""
    first, _, last = key.partition("..")
    a = record.guidelines[first]
    return a, record.guidelines[f"{a.program}/{last}"]


def diff(a: Guideline, b: Guideline) -> str:
    """Target of the comparison of two guidelines of a program, ``a`` being the older."""
    return f"diff/{pair_key(a, b)}"


def diffs_of(program: str) -> str:
    """Target of a program's comparisons in the list of all comparisons."""
    return _target(DIFFS, program)


def finding(rule: str) -> str:
    """Target of a rule with its findings."""
    return _target(FINDINGS, rule)


def criterion(key: str) -> str:
    """Target of a scoring criterion."""
    return _target(CRITERIA, f"criterion-{key}")


def term(name: str) -> str:
    """Target of a term of the glossary."""
    return _target(GLOSSARY, f"term-{name}")


def document(record: Record, key: str) -> str:
    """Target of the page that restates a process document."""
    return str(process.entries(record.catalogue)[key]["page"])


def clause(record: Record, id: str, document_key: str = "") -> str:
    """Target of a clause, in the document ``document_key`` if that has it, or else in the newest one that does."""
    having = process.holders(record.catalogue, id)
    return _target(document(record, document_key if document_key in having else having[-1]), id)


def release(name: str) -> str:
    """Target of a release in the table of which guideline covers which release."""
    return _target(COVERAGE, name)


def schema(version: str) -> str:
    """Target of the page of an official schema version."""
    return f"schema/{version}"


def short(kind: str, name: str) -> str:
    """Document of the short URL of a guideline, capability or test, for commit messages."""
    return f"{_SHORT[kind]}/{name}"


def data(guideline: Guideline) -> str:
    """Path of a guideline's official JSON, under RefStack's name for the guideline."""
    return f"{API}guidelines/{guideline.official_id}.json"


def table(guideline: Guideline) -> str:
    """Path of a guideline's capabilities and tests as CSV."""
    return f"{API}guidelines/{guideline.official_id}.csv"


def test_list(guideline: Guideline, published: Published) -> str:
    """Path of a test list."""
    options = f"alias-{str(published.aliases).lower()}/flag-{str(published.flagged).lower()}"
    return f"{API}guidelines/{guideline.official_id}/tests/{published.target}/{'+'.join(published.types)}/{options}.txt"


def matrix_data(program: str) -> str:
    """Path of a program's matrix as CSV."""
    return f"{API}matrix/{program}.csv"


def amendments_data(key: str) -> str:
    """Path of the revisions of a guideline's official file as JSON; ``key`` is program/id."""
    return f"{API}amendments/{key}.json"


def diff_data(a: Guideline, b: Guideline) -> str:
    """Path of a comparison as JSON."""
    return f"{API}diffs/{pair_key(a, b)}.json"


def check_guideline(key: str) -> str:
    """Path of what a guideline ``program/id`` requires, for the page that checks a run."""
    return f"check-data/{key}.js"


def check_list(key: str) -> str:
    """Path of the tests of a guideline ``program/id``, for the page that carries and compares lists."""
    return f"check-data/lists/{key}.js"


def schema_data(name: str) -> str:
    """Path of the JSON Schema of a kind of data file."""
    return f"{API}schemas/{name}.json"


def address(target: str) -> str:
    """The URL of a target relative to the root of the site; the path of a data file is returned unchanged."""
    document, mark, anchor = target.partition("#")
    return document + ("" if document.startswith(API) else ".html") + mark + anchor
