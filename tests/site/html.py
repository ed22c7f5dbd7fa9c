"""Reads a built page: as a tree that tests ask what stands in which cell; and fast, for questions to all pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import lxml.html

#: Elements whose end tag may be left out, with the elements that end them and those that they cannot leave.
IMPLIED = {
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tr": ("td", "th", "tr"),
    "tbody": ("td", "th", "tr", "thead", "tbody"),
    "li": ("li",),
}
OUTER = {"li": ("ul", "ol")}
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


@dataclass
class Element:
    """An element: tag, attributes, children (elements and texts)."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def all(self, tag: str = "", **attributes: str) -> list[Element]:
        """Every element below this one with the tag and the attributes (``data_status`` for ``data-status``)."""
        wanted = {key.strip("_").replace("_", "-"): value for key, value in attributes.items()}
        found = []
        for child in self.children:
            if isinstance(child, Element):
                if (not tag or child.tag == tag) and all(
                    value in child.attributes.get(key, "").split() for key, value in wanted.items()
                ):
                    found.append(child)
                found += child.all(tag, **attributes)
        return found

    def text(self) -> str:
        """All text below, white space folded."""
        return " ".join("".join(self._texts()).split())

    def raw(self) -> str:
        """All text below with its white space."""
        return "".join(self._texts())

    def _texts(self) -> list[str]:
        texts: list[str] = []
        for child in self.children:
            texts += [child] if isinstance(child, str) else child._texts()
        return texts


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.stack = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_implied(tag)
        element = Element(tag, {key: value or "" for key, value in attrs})
        self.stack[-1].children.append(element)
        if tag not in VOID:
            self.stack.append(element)

    def _end_implied(self, tag: str) -> None:
        """Close what a start tag closes by the rules of HTML: a cell by the next cell or row, an item by the next."""
        limits = OUTER.get(tag, ("table",))
        for place in range(len(self.stack) - 1, 0, -1):
            open_tag = self.stack[place].tag
            if open_tag in limits:
                return
            if open_tag in IMPLIED.get(tag, ()):
                del self.stack[place:]
                if open_tag == tag or tag in ("td", "th"):
                    return

    def handle_endtag(self, tag: str) -> None:
        if tag in [element.tag for element in self.stack]:
            while self.stack[-1].tag != tag:
                self.stack.pop()
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        self.stack[-1].children.append(data)


def read(path: Path) -> Element:
    """The page at ``path`` as a tree."""
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, changed: int) -> Element:
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    return reader.root


def scan(path: Path) -> lxml.html.HtmlElement:
    """The page at ``path`` as lxml reads it, within a few milliseconds."""
    return lxml.html.document_fromstring(path.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))


def statuses(element: Element) -> list[str]:
    """The statuses marked below an element, each of which has the status as its text too."""
    marks = [mark for tag in ("span", "a") for mark in element.all(tag) if "data-status" in mark.attributes]
    assert all(mark.text() == mark.attributes["data-status"] for mark in marks)
    return [mark.attributes["data-status"] for mark in marks]


def article(path: Path) -> Element:
    """What the page itself says, without the theme's frame."""
    (found,) = read(path).all("article", id="furo-main-content")
    return found
