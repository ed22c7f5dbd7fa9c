"""The forms of a guideline file, as field tables.

The official forms are the working group's schemas 1.0, 1.2 to 1.6 (prose, later JSON Schema) and 2.0. ``RECORD`` is
the form of the files in ``guidelines/``: schema 2.0 with a ``record`` block. Files are validated with these tables; the
JSON Schema for editors and the schema pages of the site are generated from them.
"""

from __future__ import annotations

from typing import Any

from . import official, paths
from .fields import Field, ListOf, MapOf, OneOf, Struct, Text, Whole, YesNo

CAPABILITY_STATUSES = ("required", "advisory", "deprecated", "removed")
SECTION_STATUSES = (*CAPABILITY_STATUSES, "informational")
#: Each status in one letter; R is required, so removed is X.
LETTERS = {"required": "R", "advisory": "A", "deprecated": "D", "removed": "X", "unknown": "?", "informational": "I"}
GUIDELINE_STATUSES = ("draft", "review", "advisory", "approved", "superseded")
#: The working group's schemas had the second word so until September 2017 (02698b5).
GUIDELINE_STATUS = OneOf(GUIDELINE_STATUSES, also=(("superceded", "superseded"),))
VERSIONS = ("1.0", "1.2", "1.3", "1.4", "1.5", "1.6", "2.0")
COMPLETENESS = ("complete", "partial")

_NO_FILE = "and no file name such as 'index', 'con' or 'x.html'"
ID = Text(paths.ID, "an id such as '2020.06' or 'dns.2020.06', in quotes")
#: A name of a capability, a project and so on, most of which become names of files.
NAME = Text(paths.NAME, f"a name of up to {paths.NAME_LENGTH} letters, digits, '-', '_' and '.', {_NO_FILE}")
TITLE = Text(r"(?!\.)[^/\\\n]+", "a name on one line, without slashes")
#: The name of a thing, as people write it. Sphinx reads some as the title of a page, which must be one line.
LINE = Text(r"\S([^\n]*\S)?", "a text on one line")
TEST = Text(
    paths.TEST,
    f"the full dotted name of a test, of up to {paths.TEST_LENGTH} letters, digits, '-', '_' and '.', {_NO_FILE}",
)
FILE = Text(paths.FILE, "a path inside a repository")
PROSE = Text()
UUID = Text(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "a UUID in lower case")
RELEASE = Text(r"[a-z]+", "a release name in lower case")
SHA = Text(r"[0-9a-f]{7,64}", "a commit or digest in hexadecimal")
ADDRESS = Text(r"""https?://[^\s<>"']+""", "an http or https address")


def _by_status(item: Any, statuses: tuple[str, ...], also: tuple[str, ...] = ()) -> Struct:
    return Struct(
        *(
            Field(status, item, official.MEANINGS[status], also=also if status == "deprecated" else ())
            for status in statuses
        )
    )


_NAMES_BY_STATUS = _by_status(ListOf(NAME), CAPABILITY_STATUSES, also=("depricated",))

# --- schema 1.2 to 1.6 ------------------------------------------------------------------------------------------------

_CRITERION_1 = Struct(
    Field("name", PROSE, "Readable name of the criterion."),
    Field("Description", PROSE, "Description of the criterion.", also=("description",)),
    Field("weight", Whole(), "Points a capability gets for meeting it.", required=True),
)
_PART = Struct(
    Field("designated", YesNo(), "Whether the code of this section must be used.", required=True),
    Field("description", PROSE, "What the section is."),
    Field("comment", PROSE, "A remark."),
)
_SECTION = Struct(
    Field("guidance", PROSE, "What is designated in this project, in general."),
    Field("comment", PROSE, "The reason, or a remark."),
    Field("required", YesNo(), "Whether the project's sections are required at all."),
    Field("sections", MapOf(TITLE, _PART), "The project's sections by name."),
)
_CAPABILITY_1_2 = Struct(
    Field("name", PROSE, "Readable name; the same as the key but for one capability."),
    Field("project", NAME, "The project that provides it.", required=True),
    Field("achievements", ListOf(PROSE), "Criteria it meets.", required=True, also=("acheivements",)),
    Field("admin", YesNo(), "Whether the capability requires administrator access.", required=True),
    Field("status", OneOf(CAPABILITY_STATUSES), "Its status, repeated from the components."),
    Field("guidelines", ListOf(ID), "Guidelines that had it."),
    Field("description", PROSE, "What it is.", also=("descriptin",)),
    Field("tests", ListOf(TEST), "Names of its tests.", required=True),
    Field("flagged", ListOf(TEST), "Names of the tests that are flagged, so not required."),
)
V1_2 = Struct(
    Field("id", ID, "Id of the guideline, the date of its approval.", required=True),
    Field("schema", Text(), "Version of this schema.", required=True),
    Field("source", Text(), "URL of the repository."),
    Field("status", GUIDELINE_STATUS, "Status of the guideline.", required=True),
    Field("replaces", ID, "Id of the guideline before."),
    Field("releases", ListOf(RELEASE), "OpenStack releases it applies to.", required=True),
    Field("platform", _NAMES_BY_STATUS, "Components of the platform by status.", required=True),
    Field("components", MapOf(NAME, _NAMES_BY_STATUS), "Capabilities of each component by status.", required=True),
    Field("criteria", MapOf(NAME, _CRITERION_1), "The criteria and their weights.", required=True),
    Field("capabilities", MapOf(NAME, _CAPABILITY_1_2), "The capabilities.", required=True),
    Field(
        "designated-sections",
        _by_status(MapOf(NAME, _SECTION), SECTION_STATUSES),
        "Designated sections: status, project, section.",
        required=True,
    ),
)
# Schema 1.0, of the scorings before the guidelines.
_CAPABILITY_1_0 = _CAPABILITY_1_2.having(
    Field("name", PROSE, "Readable name, often the same as the key."),
    Field("core", YesNo(), "Whether it is required; the Board sets this.", required=True),
    without=("project", "status", "guidelines"),
)
V1_0 = Struct(
    Field("release", RELEASE, "The OpenStack release whose capabilities are scored.", required=True),
    Field("schema", Text(), "Version of this schema.", required=True),
    Field("status", Text(), "Advisory, or a proposal, with the release whose scoring it began as.", required=True),
    Field("criteria", MapOf(NAME, _CRITERION_1), "The criteria and their weights.", required=True),
    Field("capabilities", MapOf(NAME, _CAPABILITY_1_0), "The capabilities.", required=True),
)
_FLAG = Struct(
    Field("date", Text(), "Day on which the flag was proposed, YYYY-MM-DD."),
    Field("reason", PROSE, "Code of the reason (D400 to D406) and the reason."),
    Field("action", PROSE, "What would lift the flag."),
)
_FLAGGED = "Present if the test is flagged, so not required."
_TEST_1_3 = Struct(
    Field("idempotent_id", Text(), "The id that stays when the test is renamed.", also=("idempotent-id",)),
    Field("flagged", _FLAG, _FLAGGED, also=("flag",)),
)
_REPOSITORY_1 = Struct(
    Field("url", Text(), "URL of the repository of the tests.", required=True),
    Field("git-sha", Text(), "Commit with which the tests were tried.", also=("git_sha",)),
)
_CAPABILITY_1_3 = _CAPABILITY_1_2.having(
    Field("required-since", Text(), "First guideline that required it, empty if none.", also=("required_since",)),
    Field("tests", MapOf(TEST, _TEST_1_3), "Its tests by name.", required=True),
    Field("flagged", ListOf(TEST), "No longer used."),
)
V1_3 = V1_2.having(
    Field("criteria", MapOf(NAME, _CRITERION_1), "The criteria and their weights, which add up to 100.", required=True),
    Field("reference", Text(), "URL of the schema."),
    Field("capabilities", MapOf(NAME, _CAPABILITY_1_3), "The capabilities.", required=True),
    Field("test-repositories", MapOf(NAME, _REPOSITORY_1), "Where the tests are.", also=("test_repositories",)),
)
_ALIASES = (
    "Other names of the same test. In a draft, the new name of a test is its key, and the old one is here; "
    "in an approved guideline, the key stays, and the new name is here."
)
_TEST_1_4 = _TEST_1_3.having(Field("aliases", ListOf(TEST), _ALIASES))
_CAPABILITY_1_4 = _CAPABILITY_1_3.having(
    Field("tests", MapOf(TEST, _TEST_1_4), "Its tests by name.", required=True), without=("status",)
)
V1_4 = V1_3.having(
    Field("cutoff_score", Whole(quoted=True), "Score from which a capability may be required."),
    Field("target_approval", Text(), "Day on which approval is sought."),
    Field("capabilities", MapOf(NAME, _CAPABILITY_1_4), "The capabilities.", required=True),
)
V1_5 = V1_4.having(
    Field(
        "capabilities",
        MapOf(NAME, _CAPABILITY_1_4.having(without=("guidelines", "flagged"))),
        "The capabilities.",
        required=True,
    )
)
V1_6 = V1_5

# --- schema 2.0 -------------------------------------------------------------------------------------------------------

_TEST = _TEST_1_4.having(
    Field(
        "flagged",
        _FLAG.having(Field("date", Text(), "Day on which the flag was added, YYYY-MM-DD.")),
        _FLAGGED,
        also=("flag",),
    )
)
_CRITERION = _CRITERION_1.having(Field("description", PROSE, "Description of the criterion."), without=("Description",))
_SCORING = Struct(
    Field("cutoff_score", Whole(), "Score from which a capability may be required."),
    Field("criteria", MapOf(NAME, _CRITERION), "The criteria and their weights.", required=True),
)
_APPROVAL = Struct(
    Field("target_approval", Text(), "When approval is sought: year and month, or the day."),
    Field("replaces", ID, "Id of the guideline before."),
    Field("releases", ListOf(RELEASE), "OpenStack releases it applies to, in lower case.", required=True),
    Field("status", GUIDELINE_STATUS, "Status of the guideline.", required=True),
)
_METADATA = Struct(
    Field("id", ID, "Id of the guideline: its date or 'next', after the name of an add-on.", required=True),
    Field("schema", Text(), "Version of this schema.", required=True),
    Field("reference", Text(), "URL of the schema."),
    Field("source", Text(), "URL of the guideline."),
    Field("scoring", _SCORING, "Criteria, weights and cutoff.", required=True),
    Field("os_trademark_approval", _APPROVAL, "Status, releases and what it replaces.", required=True),
)
_REFERENCE = Struct(
    Field("name", NAME, "Name of a component.", required=True),
    Field("source", Text(), "URL of the guideline that defines it, if it is another one."),
)
_PLATFORM = Struct(
    Field("description", PROSE, "What the mark is."),
    Field("components", ListOf(_REFERENCE), "Components a product must satisfy.", required=True),
)
_ADD_ON = _PLATFORM.having(
    Field("required_platform_components", ListOf(_REFERENCE), "Platform components it builds on."),
    Field("optional_platform_components", ListOf(_REFERENCE), "Platform components it can build on."),
)
_COMPONENT = Struct(
    Field("capabilities", _NAMES_BY_STATUS, "Capabilities by status.", required=True),
    Field("designated_sections", _by_status(ListOf(NAME), SECTION_STATUSES), "Projects with designated sections."),
)
_CAPABILITY = Struct(
    Field("project", NAME, "The project that provides it.", required=True),
    Field("achievements", ListOf(PROSE), "Criteria it meets.", required=True, also=("acheivements",)),
    Field("admin", YesNo(), "Whether the capability requires administrator access.", required=True),
    Field("required_since", Text(), "First guideline that required it.", also=("required-since",)),
    Field("description", PROSE, "What it is.", also=("descriptin",)),
    Field("tests", MapOf(TEST, _TEST), "Its tests by name.", required=True),
)
_REPOSITORY = Struct(
    Field("repository", Text(), "URL of the repository of the tests.", required=True),
    Field("reference", Text(), "Commit or branch with which the tests were tried."),
    Field("description", PROSE, "What it is."),
)
V2_0 = Struct(
    Field("metadata", _METADATA, "What the guideline is.", required=True),
    Field("platforms", MapOf(TITLE, _PLATFORM), "Marks of the platform and their components."),
    Field("add-ons", MapOf(TITLE, _ADD_ON), "Marks of an add-on and their components.", also=("add_ons",)),
    Field("components", MapOf(NAME, _COMPONENT), "Capabilities and sections of each component.", required=True),
    Field("capabilities", MapOf(NAME, _CAPABILITY), "The capabilities.", required=True),
    Field(
        "designated_sections",
        MapOf(NAME, _by_status(_SECTION, SECTION_STATUSES)),
        "Designated sections: project, status, section.",
        required=True,
    ),
    Field("test_repositories", MapOf(NAME, _REPOSITORY), "Where the tests are.", required=True),
)

# --- the record -------------------------------------------------------------------------------------------------------

_ORIGIN = Struct(
    Field("repository", ADDRESS, "URL of the repository of the official file.", required=True),
    Field("path", FILE, "Path in it.", required=True),
    Field("commit", SHA, "Commit that was read."),
    Field("sha256", SHA, "SHA-256 of the official file.", required=True),
    Field("blob", SHA, "Git blob id (SHA-1) of the official file, which Software Heritage uses as well."),
)
_CARRIED = Struct(
    Field("name", PROSE, "Readable name, where it is not the key."),
    Field("status", OneOf(CAPABILITY_STATUSES), "The capability's own status in schema 1.2."),
    Field("guidelines", ListOf(ID), "The capability's list of guidelines in schema 1.2."),
)
_RECORD_BLOCK = Struct(
    Field("completeness", OneOf(COMPLETENESS), "Whether all of the official file is here.", required=True),
    Field("origin_schema", OneOf(VERSIONS), "Schema version of the official file.", required=True),
    Field("sources", ListOf(_ORIGIN), "Where the facts come from.", required=True),
    Field("notes", ListOf(PROSE), "What was normalised."),
    Field("capabilities", MapOf(NAME, _CARRIED), "Facts of schemas 1.0 and 1.2 that schema 2.0 has no place for."),
)
RECORD = V2_0.having(Field("record", _RECORD_BLOCK, "Where the facts come from, and what was normalised."))
#: ``export`` prints official 2.0 with the record block under metadata, where the schema allows additional keys.
V2_0 = V2_0.having(
    Field(
        "metadata",
        _METADATA.having(Field("record", _RECORD_BLOCK, "What our record adds.")),
        "What the guideline is.",
        True,
    )
)

FORMS = {"1.0": V1_0, "1.2": V1_2, "1.3": V1_3, "1.4": V1_4, "1.5": V1_5, "1.6": V1_6, "2.0": V2_0}
