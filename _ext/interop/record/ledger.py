"""The ledger, ``guidelines/addresses.txt``: the list of permanent URLs, of every page and anchor.

Each page is a line, with its anchors indented below it. ``old -> new`` records that something moved: the old URL stays
and links to the new one. The anchors of drafts are not permanent, since drafts change; nor are those on pages about
reconstructed guidelines, which official files may replace, and those of groups of tests, whose names are ours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from . import paths
from .problems import Problem, show

FILE = "addresses.txt"
_HEAD = """\
# The permanent URLs of the site: pages, and indented below each page its anchors. `make addresses` adds new ones.
# A build that would lose one fails. To remove a page or an anchor, add its new URL to its line: old -> new
"""


@dataclass
class Ledger:
    """Pages with their anchors, and moves: old target -> new target, each ``page`` or ``page#anchor``."""

    pages: dict[str, set[str]] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)

    @cached_property
    def moved_anchors(self) -> dict[str, list[tuple[str, str]]]:
        """By page, the anchors that moved away from it, each with its new target; of a ledger that is complete."""
        found: dict[str, list[tuple[str, str]]] = {}
        for old, new in self.moved.items():
            page, mark, anchor = old.partition("#")
            if mark:
                found.setdefault(page, []).append((anchor, new))
        return found


def parse(text: str, shown: str) -> tuple[Ledger, list[Problem]]:
    """Read a ledger; ``shown`` is the name of the file in problems."""
    reader = _Reader()
    for number, line in enumerate(text.split("\n"), 1):
        line = line.removesuffix("\r").rstrip(" ")
        if line and not line.startswith("#"):
            reader.read(line, number)
    return reader.ledger, [Problem(shown, *fault) for fault in reader.faults]


class _Reader:
    """Reads lines into a ledger; ``faults`` are the number, code, message and hint of those that are wrong."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.faults: list[tuple[int, str, str, str]] = []
        self._page = ""
        #: Where each page is listed first, by its name without regard to case.
        self._first: dict[str, tuple[str, int]] = {}

    def read(self, line: str, number: int) -> None:
        """Read one line that is neither empty nor a remark."""
        entry, arrow, new = (part.strip(" ") for part in line.partition(" -> "))
        inside = line[0] == " "
        is_anchor = self._page and entry.startswith("#") and paths.is_anchor(entry[1:])
        if not (is_anchor if inside else paths.is_page(entry)):
            hint = "a page whose parts can be names of files, or two spaces and #anchor below a page"
            self._fault(number, "syntax", f"{show(line.strip())} is not a page or an anchor below one", hint)
            return
        if inside:
            self.ledger.pages[self._page].add(entry[1:])
        else:
            self._add_page(entry, number)
        if arrow:
            self._add_move(self._page + entry if inside else entry, new, number)

    def _add_move(self, old: str, new: str, number: int) -> None:
        if not paths.is_target(new):
            self._fault(number, "syntax", f"{show(old)} moved to {show(new)}", "the new page, or page#anchor")
            return
        self.ledger.moved[old] = new
        if paths.clashes((self._page, new.partition("#")[0])):
            message = f"{show(old)} moved to {show(new)}, which differs only in case"
            self._fault(number, "name-clash", message, "a new URL, as a file system may ignore case")

    def _add_page(self, page: str, number: int) -> None:
        self._page = page
        self.ledger.pages.setdefault(page, set())
        same, first = self._first.setdefault(paths.folded(page), (page, number))
        if same != page:
            message = f"{show(page)} differs from {show(same)} on line {first} only in case"
            self._fault(number, "name-clash", message, "one page, as a file system may ignore case")

    def _fault(self, number: int, code: str, message: str, hint: str) -> None:
        self.faults.append((number, code, message, hint))


def form(ledger: Ledger) -> str:
    """The text of a ledger, with pages and anchors sorted, so that diffs are small."""
    lines = [_HEAD]
    for page in sorted(ledger.pages):
        lines.append(page + (f" -> {ledger.moved[page]}" if page in ledger.moved else "") + "\n")
        for anchor in sorted(ledger.pages[page]):
            new = ledger.moved.get(f"{page}#{anchor}")
            lines.append(f"  #{anchor}" + (f" -> {new}" if new else "") + "\n")
    return "".join(lines)


def is_draft(page: str) -> bool:
    """Whether a page shows a draft; its anchors are then not permanent."""
    return page.endswith(("/next", "..next"))


def promised(pages: Mapping[str, Iterable[str]], unsettled: Collection[str] = ()) -> dict[str, set[str]]:
    """The permanent ones of the site's pages and anchors; ``unsettled`` are pages without permanent anchors."""
    return {
        page: set() if is_draft(page) or page in unsettled else set(filter(paths.is_anchor, anchors))
        for page, anchors in pages.items()
    }


def lost(ledger: Ledger, site: Mapping[str, Iterable[str]]) -> list[str]:
    """The URLs in the ledger that the site does not have, pages first; those that moved are not lost."""
    pages = {page: set(anchors) for page, anchors in site.items()}
    gone = [page for page in sorted(ledger.pages) if page not in pages and page not in ledger.moved]
    for page in sorted(ledger.pages.keys() & pages.keys()):
        missing = ledger.pages[page] - pages[page]
        gone += [f"{page}#{anchor}" for anchor in sorted(missing) if f"{page}#{anchor}" not in ledger.moved]
    return gone


def wrong_moves(ledger: Ledger, site: Mapping[str, Iterable[str]]) -> list[str]:
    """Moves to a page or an anchor that the site does not have, or that moved itself."""
    wrong = []
    for old, new in sorted(ledger.moved.items()):
        page, _, anchor = new.partition("#")
        if page not in site or (anchor and anchor not in site[page]) or {page, new} & ledger.moved.keys():
            wrong.append(f"{old} -> {new}")
    return wrong


def clashes(site: Iterable[str]) -> list[str]:
    """Pairs of the site's pages that differ only in case, such as a page and one that moved away from there."""
    return [f"{page} and {other}" for page, other in paths.clashes(site)]


def extended(ledger: Ledger, site: Mapping[str, Iterable[str]], unsettled: Collection[str] = ()) -> Ledger:
    """The ledger with the site's new pages and anchors added; ``unsettled`` are pages without permanent anchors."""
    pages = {page: set(anchors) for page, anchors in ledger.pages.items()}
    for page, anchors in promised(site, unsettled).items():
        pages.setdefault(page, set()).update(anchors)
    return Ledger(pages, dict(ledger.moved))
