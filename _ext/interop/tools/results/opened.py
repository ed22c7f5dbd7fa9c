"""A file of results: its beginning, and its lines up to a limit. The errors of all readers."""

from __future__ import annotations

import codecs
import io
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ...analysis.results import Result

#: How much of a file is looked at to recognise its form, in bytes.
HEAD = 1 << 16
#: The longest line that is read, in characters.
LINE = 1 << 20
#: The most results that are read. A run of all tests of Tempest and its plugins has some ten thousand.
RESULTS = 500_000
#: How much of the end of a traceback is kept to find its last line, in bytes.
TRACEBACK = 4096
#: What readers pass results to.
Emit = Callable[[Result], None]

#: The codes of errors, with their meanings.
CODES = {
    "unreadable": "the file cannot be opened or read",
    "empty": "the file is empty",
    "unknown-form": "the file has none of the forms of results",
    "damaged": "the file is cut off, or not well-formed",
    "ambiguous": "the file does not tell which tests passed",
    "too-large": "something in the file is larger than in any run of tests",
    "unsafe-xml": "the XML has a document type declaration, which can define entities",
}


class BadResults(Exception):
    """A file that cannot be read as results: a code of :data:`CODES`, a message, what would be right, and the line."""

    def __init__(self, code: str, message: str, hint: str = "", line: int = 1) -> None:
        super().__init__(message)
        self.code, self.message, self.hint, self.line = code, message, hint, line


def too_many() -> BadResults:
    """The error of a file with more results than :data:`RESULTS`."""
    return BadResults("too-large", f"the file has more than {RESULTS} results")


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """The file at a path, or the standard input for ``-``, at its beginning."""
    try:
        with sys.stdin.buffer if path == "-" else Path(path).open("rb") as file:
            if file.seekable():
                yield file
                return
            with tempfile.TemporaryFile() as copy:
                shutil.copyfileobj(file, copy)
                copy.seek(0)
                yield copy
    except IsADirectoryError:
        hint = "a file in it, such as .stestr/0"
        raise BadResults("unreadable", "this is a folder", hint) from None
    except OSError as error:
        raise BadResults("unreadable", f"the file cannot be read: {error.strerror or error}") from None


def error_in(traceback: str) -> str:
    """The last line of a traceback, where the error is; of another text too."""
    found = traceback.strip().splitlines()
    return found[-1].strip() if found else ""


def encoding(head: bytes) -> str:
    """The encoding of a text by its beginning: UTF-8, or UTF-16 with a byte order mark, as Windows writes."""
    return "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"


def lines(file: BinaryIO) -> Iterator[tuple[int, str]]:
    """The lines of a text with their numbers, from 1. A line longer than :data:`LINE` is an error."""
    head = file.read(2)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding(head), errors="replace", newline=None)
    number = 0
    while line := text.readline(LINE):
        number += 1
        if len(line) == LINE:
            raise BadResults("too-large", f"the line has more than {LINE} characters", line=number)
        yield number, line
    text.detach()
