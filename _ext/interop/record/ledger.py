"""The ledger of addresses, ``guidelines/addresses.txt``: every public page and anchor, none of which may be lost.

A page stands on a line of its own, its anchors indented below it. ``old -> new`` says that something is now elsewhere:
the old address stays, and says so. Drafts are promised as pages only; what is in them changes by nature.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .problems import Problem, show

FILE = "addresses.txt"
_HEAD = """\
# Every public address of the site: pages, and indented below them their anchors. `make addresses` adds new ones.
# A build that would lose one fails. What is gone for good keeps its line, with where to look instead: old -> new
"""


@dataclass
class Ledger:
    """Pages with their anchors, and what moved: old address -> new target, as ``page#anchor``."""

    pages: dict[str, set[str]] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)


def parse(text: str, shown: str) -> tuple[Ledger, list[Problem]]:
    """Read a ledger; ``shown`` names the file in what is wrong with it."""
    ledger, page, problems = Ledger(), "", list[Problem]()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        entry, _, new = (part.strip() for part in line.partition(" -> "))
        inside = line[0] == " "
        if " " in entry or inside != entry.startswith("#") or (inside and not page):
            message = f"is neither a page nor an anchor of one: {show(line.strip())}"
            problems.append(Problem(shown, number, "syntax", message, "page, or two spaces and #anchor below it"))
            continue
        if inside:
            ledger.pages[page].add(entry[1:])
        else:
            page = entry
            ledger.pages.setdefault(page, set())
        if new:
            ledger.moved[page + entry if inside else page] = new
    return ledger, problems


def form(ledger: Ledger) -> str:
    """The text of a ledger: pages and anchors sorted, so that a change shows what it changes."""
    lines = [_HEAD]
    for page in sorted(ledger.pages):
        lines.append(page + (f" -> {ledger.moved[page]}" if page in ledger.moved else "") + "\n")
        for anchor in sorted(ledger.pages[page]):
            new = ledger.moved.get(f"{page}#{anchor}")
            lines.append(f"  #{anchor}" + (f" -> {new}" if new else "") + "\n")
    return "".join(lines)


def is_draft(page: str) -> bool:
    """Whether a page shows a draft, so that its anchors are not promised."""
    return page.endswith(("/next", "..next"))


def promised(pages: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """What of the site's pages and anchors is promised."""
    return {page: set() if is_draft(page) else set(anchors) for page, anchors in pages.items()}


def lost(ledger: Ledger, site: Mapping[str, Iterable[str]]) -> list[str]:
    """The addresses of the ledger that the site does not have, pages first; what moved is not lost."""
    pages = {page: set(anchors) for page, anchors in site.items()}
    gone = [page for page in sorted(ledger.pages) if page not in pages and page not in ledger.moved]
    for page in sorted(ledger.pages.keys() & pages.keys()):
        missing = ledger.pages[page] - pages[page]
        gone += [f"{page}#{anchor}" for anchor in sorted(missing) if f"{page}#{anchor}" not in ledger.moved]
    return gone


def wrong_moves(ledger: Ledger, site: Mapping[str, Iterable[str]]) -> list[str]:
    """Moves that lead nowhere, or to something that moved itself."""
    wrong = []
    for old, new in sorted(ledger.moved.items()):
        page, _, anchor = new.partition("#")
        if page not in site or (anchor and anchor not in site[page]) or {page, new} & ledger.moved.keys():
            wrong.append(f"{old} -> {new}")
    return wrong


def extended(ledger: Ledger, site: Mapping[str, Iterable[str]]) -> Ledger:
    """The ledger with everything new that the site has."""
    pages = {page: set(anchors) for page, anchors in ledger.pages.items()}
    for page, anchors in promised(site).items():
        pages.setdefault(page, set()).update(anchors)
    return Ledger(pages, dict(ledger.moved))
