"""Reads JUnit XML. A document type declaration is refused, before an entity can be defined in it."""

from __future__ import annotations

import re
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError, SubElement, XMLParser

from junitparser import Error, Failure, Skipped, TestCase

from ...analysis.results import Outcome, result
from .opened import LINE, TRACEBACK, BadResults, Emit, encoding, error_in

#: The elements of a test case that tell its outcome, from the worst.
_OUTCOMES = {Error: Outcome.ERRORED, Failure: Outcome.FAILED, Skipped: Outcome.SKIPPED}
_TOLD = {"error", "failure", "skipped"}
#: What runners other than Tempest's write of a test that did not run: an attribute ``status``, or an element.
_NOT_RUN, _DISABLED = {"notrun", "disabled", "skipped"}, "disabled"
_ROOTS = ("testsuites", "testsuite")
_PIECE = 1 << 16
_DECLARATION = 200
_DECLARED = re.compile(r"""<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']""")
#: The encodings that are read, by the names that a declaration has for them.
_ENCODINGS = dict.fromkeys(("utf-8", "utf8", "us-ascii", "ascii"), "utf-8")
_ENCODINGS |= dict.fromkeys(("iso-8859-1", "iso8859-1", "latin-1", "latin1"), "iso-8859-1")


class _Cases:
    """The target of the parser: builds one test case at a time, and of it only what tells the outcome."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self._depth = 0
        self._case: Element | None = None
        self._case_depth = 0
        self._told: Element | None = None
        self._not_run = False
        self.calls = 0

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        """A document type declaration."""
        raise BadResults("unsafe-xml", "the file has a document type declaration (DOCTYPE)", "remove it")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """The start of an element."""
        self.calls += 1
        self._depth += 1
        name = tag.rpartition("}")[2]
        if self._depth == 1 and name not in _ROOTS:
            raise BadResults("unknown-form", "the XML is not JUnit XML", f"its root is {' or '.join(_ROOTS)}")
        if self._case is None and name == "testcase":
            self._case, self._case_depth = Element(name, attributes), self._depth
            self._not_run = attributes.get("status", "").lower() in _NOT_RUN
        elif self._case is not None and self._depth == self._case_depth + 1:
            self._told = SubElement(self._case, name, attributes) if name in _TOLD else None
            self._not_run |= name == _DISABLED

    def data(self, text: str) -> None:
        """Text."""
        self.calls += 1
        if self._told is not None:
            self._told.text = ((self._told.text or "") + text)[-TRACEBACK:]

    def end(self, tag: str) -> None:
        """The end of an element."""
        self.calls += 1
        if self._case is not None and self._depth == self._case_depth:
            self._pass_on(TestCase.fromelem(self._case))  # type: ignore[no-untyped-call]
            self._case = None
        if self._depth == self._case_depth + 1:
            self._told = None
        self._depth -= 1

    def _pass_on(self, case: TestCase) -> None:
        owner, name = case.classname or "", case.name or ""
        test = name if not owner or name.startswith(f"{owner}.") else f"{owner}.{name}"
        for kind, outcome in _OUTCOMES.items():
            for found in case.result:
                if isinstance(found, kind):
                    self._emit(result(test, outcome, found.message or error_in(found.text or "")))
                    return
        self._emit(result(test, Outcome.SKIPPED, "it did not run") if self._not_run else result(test, Outcome.PASSED))


def _encoding(head: bytes) -> str:
    """The encoding by a byte order mark or the declaration, whatever else the parser could read.

    Only what a browser reads to the letter in the same way is read.
    """
    given = encoding(head)
    if given == "utf-16":
        return given
    if b"\0" in head:
        raise LookupError(head)
    found = _DECLARED.match(head.decode("utf-8-sig", errors="replace"))
    return _ENCODINGS[found[1].lower() if found else "utf-8"]


def read(file: BinaryIO, emit: Emit) -> None:
    """Pass the results of a file to ``emit``."""
    cases = _Cases(emit)
    calls = fed = 0
    try:
        parser = XMLParser(target=cases, encoding=_encoding(file.read(_DECLARATION)))
        file.seek(0)
        while piece := file.read(_PIECE):
            parser.feed(piece)
            calls, fed = (cases.calls, 0) if cases.calls != calls else (calls, fed + len(piece))
            if fed > LINE:
                raise BadResults("too-large", f"a tag or a comment has more than {LINE} characters")
        parser.close()
    except ParseError as error:
        raise BadResults("damaged", "the XML is not well-formed", line=error.position[0]) from None
    except (ValueError, LookupError):  # An encoding that is not read.
        raise BadResults("damaged", "the XML is not well-formed") from None
