"""The forms of the catalogue's files, ``guidelines/catalogue/*.yaml``, as field tables."""

from __future__ import annotations

from . import paths
from .fields import Field, ListOf, MapOf, OneOf, Struct, Text, Whole, YesNo
from .schemas import FILE, GUIDELINE_STATUSES, ID, LINE, NAME, PROSE, RELEASE, SHA, TITLE

PROGRAM = Text(
    paths.PROGRAM, "a program of lower-case words joined by hyphens, not 'catalogue', 'adopters' or 'amendments'"
)
KEY = Text(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "a key of lower-case words joined by hyphens")
DAY = Text(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a day as 'YYYY-MM-DD', in quotes")
WEB = Text(r"""https://[^\s<>"']+""", "an https URL")
DIGEST = Text(r"[0-9a-f]{12}", "the first 12 digits of a SHA-256")
#: The grades of evidence for what is not read from an official file, from the most certain to the least.
GRADES = ("order-verified", "id-carried", "stated", "near-certain", "inferred")
GRADE = OneOf(GRADES)
KNOWN = Text(f"{paths.PROGRAM}/{paths.ID}", "program/id, such as powered/2020.11")


_WORDING = (
    Field("text", PROSE, "The text, in our words.", required=True),
    Field("upstream", ListOf(DIGEST), "Digests of the official texts that it replaces."),
)

DOCUMENT = Text(r"[0-9]{4}[A-Z]|flagging", "a process document such as 2017A, or flagging")
PAGE = Text(rf"process/({DOCUMENT.form})", "process/ and the document")
CLAUSE = Text(r"[A-D][0-9](\.[0-9])?|D[0-9]{3}", "a clause such as A4.5 or D307")
WHEN = Text(r"(S|PTG)([+-][0-9])?", "months from the summit or the PTG, such as S-3 or PTG+1")
_IN = Field("in", ListOf(DOCUMENT), "The documents that contain it.", required=True)
_BOUND_DOC = "Whether that day is the earliest or the latest possible one; by default it is the day itself."
_BOUND = Field("bound", OneOf(("earliest", "latest")), _BOUND_DOC)
_STEPS = Field("steps", ListOf(PROSE), "Steps, in order.")
_ANCHOR = Field("anchor", KEY, "Its permanent anchor, if that is not made from the title.")

#: Form of ``process.yaml``: the working group's process documents, clause by clause.
_PROCESS = Struct(
    Field(
        "documents",
        MapOf(
            DOCUMENT,
            Struct(
                Field("title", LINE, "Its title.", required=True),
                Field("page", PAGE, "The page that restates it.", required=True),
                Field("from", DAY, "The day from which it was in force, if known."),
                _BOUND,
                Field("evidence", PROSE, "The evidence for that day.", required=True),
                Field("status", OneOf(GUIDELINE_STATUSES), "Its status according to its file."),
                Field("replaces", DOCUMENT, "The document before it."),
                Field("superseded_by", DOCUMENT, "The document after it."),
                Field("source", FILE, "Its path in openstack/interop, if it is available."),
                Field("url", WEB, "URL of its text, if that is not in openstack/interop."),
                Field("completeness", OneOf(("complete", "partial")), "Whether all of it is archived.", required=True),
                Field("note", PROSE, "What it is.", required=True),
            ),
        ),
        "The documents.",
    ),
    Field(
        "phases",
        MapOf(
            Text(rf"[A-D]|{KEY.form}", "a letter from A to D, or a key"),
            Struct(
                Field("title", LINE, "", required=True),
                Field("starts", PROSE, "When it begins."),
                Field("text", PROSE, "", required=True),
            ),
        ),
        "The parts of the documents, by the letter their clauses begin with.",
    ),
    Field(
        "general",
        ListOf(Struct(_IN, Field("title", LINE, "", True), _ANCHOR, Field("text", PROSE, "", True), _STEPS)),
        "The text of the documents outside their numbered clauses.",
    ),
    Field(
        "timeline",
        ListOf(
            Struct(
                Field("when", WHEN, "", required=True),
                Field("activity", PROSE, "What happens.", required=True),
                Field("lead", PROSE, "Who leads.", required=True),
                _IN,
            )
        ),
        "The timeline of the documents.",
    ),
    Field(
        "clauses",
        MapOf(
            CLAUSE,
            ListOf(
                Struct(
                    _IN,
                    Field("since", DAY, "The day it was added, for rules that were added one by one."),
                    _BOUND,
                    Field("title", LINE, "Heading of a group of clauses."),
                    Field("text", PROSE, "The text, in our words; {A4} refers to a clause."),
                    _STEPS,
                )
            ),
        ),
        "Each clause with its wordings.",
    ),
)

#: A worksheet of a program: the totals of the working group's own scoring.
_WORKSHEET = Struct(
    Field("path", FILE, "Its path in openstack/interop.", required=True),
    Field("commit", SHA, "The last commit that changed it.", required=True),
    Field("date", DAY, "The day of that commit.", required=True),
    Field("totals", MapOf(NAME, Whole()), "The total of each capability.", required=True),
)

_GUIDELINE = Text(f"{paths.PROGRAM}/{paths.ID}", "program/id, such as powered/2020.11")
_SOURCES = Field("sources", ListOf(WEB), "URLs of the sources.", required=True)
#: A fact about a guideline that is not archived.
_FACT = Struct(Field("text", PROSE, "The fact.", required=True), _SOURCES)
#: The kinds of events, in the order in which they happen.
EVENTS = ("proposed", "approved", "used", "superseded", "marked-superseded")
_EVENT_DOC = "What happened; 'used': the first public use found; 'marked-superseded': in the guideline's file."
#: Form of an event of a guideline in ``events.yaml``.
_EVENT = Struct(
    Field("event", OneOf(EVENTS), _EVENT_DOC, required=True),
    Field("date", DAY, "The day, or the latest possible day.", required=True),
    Field("no_later", YesNo(), "Whether the day is the latest possible one; by default it is the day itself."),
    Field("inferred", YesNo(), "Whether no source states the event; by default one does."),
    Field("evidence", PROSE, "What the sources show.", required=True),
    _SOURCES,
)
#: A guideline that a release was tested against, according to a public repository.
_USED = Struct(
    Field("guideline", _GUIDELINE, "The guideline.", required=True),
    Field("by", LINE, "Who used it.", required=True),
    _SOURCES,
)

#: Texts that are one line; those of :func:`_texts` with another name are prose.
_LINES = ("group", "name", "service", "title")


def _texts(**docs: str) -> tuple[Field, ...]:
    """Required texts: name -> description."""
    return tuple(Field(name, LINE if name in _LINES else PROSE, doc, required=True) for name, doc in docs.items())


#: Form of every catalogue file: file name without ``.yaml`` -> form.
FORMS = {
    "capabilities": MapOf(NAME, PROSE),
    "projects": MapOf(
        NAME,
        Struct(
            *_texts(service="Name of the service.", description="What it is."),
            Field("documentation", WEB, "URL of its documentation.", required=True),
        ),
    ),
    "programs": MapOf(
        PROGRAM,
        Struct(
            Field("title", LINE, "Name of the program.", required=True),
            Field("kind", OneOf(("platform", "add-on", "vertical", "scoring")), "Kind of program.", required=True),
            Field("description", PROSE, "What it is.", required=True),
        ),
    ),
    "components": MapOf(
        NAME,
        Struct(
            Field("title", LINE, "Name of the component.", required=True),
            Field("names", ListOf(NAME), "Names of the same component in older guidelines."),
            Field("description", PROSE, "What it is.", required=True),
        ),
    ),
    "criteria": MapOf(
        NAME, Struct(*_texts(name="Short name.", group="Group of criteria.", description="What it requires."))
    ),
    "flag-codes": MapOf(
        Text(r"D[0-9]{3}", "a code such as D400"), Struct(*_texts(title="A few words.", description="When it is used."))
    ),
    "flag-reasons": MapOf(KEY, Struct(*_WORDING, Field("references", ListOf(Text()), "Bugs, reviews and commits."))),
    "flag-actions": MapOf(KEY, Struct(*_WORDING)),
    "guidance": MapOf(
        KEY,
        Struct(
            Field("project", NAME, "The project, if it is about one."),
            *_WORDING,
            Field("default_designated", YesNo(), "Whether code that no section names is designated; by default not."),
        ),
    ),
    "sections": MapOf(NAME, MapOf(TITLE, Struct(*_texts(text="What the section is.")))),
    "process": _PROCESS,
    "worksheets": MapOf(PROGRAM, _WORKSHEET),
    "evidence": MapOf(Text("|".join(GRADES), GRADE.what), Struct(*_texts(text="What the grade means."))),
    "releases": MapOf(
        RELEASE,
        Struct(
            Field("series", Text(), "Number of the series, such as '2015.1'."),
            Field("date", DAY, "Day of the release."),
            Field("used", ListOf(_USED), "Guidelines that the release is known to have been tested against."),
        ),
    ),
    "known": MapOf(
        KNOWN,
        Struct(
            Field("status", OneOf(GUIDELINE_STATUSES), "Its status, if known."),
            Field("replaces", ID, "The guideline it replaces, if known."),
            Field("releases", ListOf(RELEASE), "Releases it applies to, if known."),
            Field("inferred_releases", ListOf(RELEASE), "Further releases it applies to by inference."),
            Field("note", PROSE, "What is known.", required=True),
            Field("facts", ListOf(_FACT), "What single sources show."),
        ),
    ),
    "events": MapOf(_GUIDELINE, ListOf(_EVENT)),
}
