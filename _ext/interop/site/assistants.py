"""The file ``llms.txt``, in the form of llmstxt.org: leads assistants to the data and the documents of the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..record.record import Record
from . import urls
from .pages import Page

#: What the site is, for a reader who knows nothing else of it.
_SUMMARY = (
    "The archived interoperability guidelines of OpenStack: which capabilities, code and tests a product needed to "
    "carry an OpenStack mark, from 2015 to 2022, with the process by which they were made."
)
_ADVICE = (
    "The working group has ended: no newer guideline is to be expected. For facts, read the data rather than the "
    "pages, which have the same facts. A guideline with the completeness `partial` is reconstructed, and each of its "
    "facts has a grade of evidence. A status belongs to a capability in a component of a guideline, not to the "
    "capability alone. A test is identified by its idempotent id; its names changed."
)
#: The kinds of generated pages that are listed, by the heading under which they are. The others have lists among these.
_GUIDELINES = ("guidelines", "coverage", "guideline", "known")
_HISTORY = ("matrix", "capabilities", "sections", "tests", "adopters", "diffs", "findings")
_OPTIONAL = ("test-names", "test-ids", "schema")


def text(record: Record, pages: Iterable[Page], written: dict[str, str], description: dict[str, Any], base: str) -> str:
    """The text of the file.

    ``pages`` are the generated ones, ``written`` are titles of those written by hand, by document. ``description`` is
    that of the data (:func:`.openapi.description`). Links are below the URL ``base``, or relative if it is empty.
    """
    by_kind: dict[str, list[Page]] = {}
    for page in pages:
        by_kind.setdefault(page.kind, []).append(page)

    def generated(kinds: tuple[str, ...]) -> Iterator[str]:
        for kind in kinds:
            for page in by_kind.get(kind, ()):
                yield _link(page.title, base + urls.address(page.docname), _notes(record, page))

    process = {name: title for name, title in written.items() if name.startswith(("process/", "reports/"))}
    others = {name: title for name, title in written.items() if name not in process}
    sections = {
        "Data": _data(description, base),
        "Guidelines": generated(_GUIDELINES),
        "History": generated(_HISTORY),
        "Process and governance": [*generated(("process",)), *_written(process, base)],
        "About this site": _written(others, base),
        "Optional": generated(_OPTIONAL),
    }
    blocks = ["# OpenStack interoperability guidelines", f"> {_SUMMARY}", _ADVICE]
    for heading, links in sections.items():
        if listed := list(links):
            blocks += [f"## {heading}", "\n".join(listed)]
    return "\n\n".join(blocks) + "\n"


def _link(title: str, url: str, notes: str = "") -> str:
    return f"- [{title}]({url})" + (f": {notes}" if notes else "")


def _written(titles: dict[str, str], base: str) -> Iterator[str]:
    for name, title in sorted(titles.items()):
        yield _link(title, base + urls.address(name))


def _data(description: dict[str, Any], base: str) -> Iterator[str]:
    """A link for each path of the description; for one with parameters, to the page that explains them."""
    for template, item in description["paths"].items():
        operation, path = item["get"], f"{urls.API}{template[1:]}"
        if "parameters" in operation:
            notes = f"{operation['description']} `{base}{path}`"
            yield _link(operation["summary"], base + urls.address(urls.ABOUT_DATA), notes)
        else:
            yield _link(operation["summary"], base + path, operation["description"])


def _notes(record: Record, page: Page) -> str:
    """Of a guideline: its status today, and whether it is archived."""
    if page.kind not in ("guideline", "known"):
        return ""
    guideline = record.guidelines.get(page.key)
    archived = "not archived" if guideline is None else "reconstructed" if guideline.is_partial else ""
    return ", ".join(filter(None, (record.standing(page.key).status, archived)))
