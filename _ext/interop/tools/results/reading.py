"""Opens a file of results, recognises its form and passes its results on."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from typing import BinaryIO

from ...analysis.results import LIST, REFSTACK, Result
from ...record.problems import Problem, show
from . import console, opened, texts
from .opened import HEAD, BadResults, Emit, encoding

#: The forms, each with the module that reads it and the name of its function.
FORMS = {
    "subunit v2": ("subunit_2", "read"),
    "subunit v1": ("subunit_1", "read"),
    "JUnit XML": ("junit", "read"),
    "CSV of subunit2csv": ("texts", "read_csv"),
    "console of stestr": ("console", "read"),
    REFSTACK: ("texts", "read_json"),
    LIST: ("texts", "read_list"),
}
_SUBUNIT_2 = re.compile(rb"(?:\A|\n)\xb3[\x20-\x2f]")
_SUBUNIT_1 = re.compile(r"^(?:test|testing): \S.*$", re.MULTILINE)
_COMPRESSED = {
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "zip",
    b"\xfd7zXZ": "xz",
    b"BZh": "bzip2",
    b"\x28\xb5\x2f\xfd": "zstd",
}


def read(path: str, emit: Emit) -> str:
    """Pass all results in a file to ``emit``, and return the form of the file. Raises :class:`BadResults`."""
    number = 0

    def counted(result: Result) -> None:
        nonlocal number
        number += 1
        if number > opened.RESULTS:
            raise opened.too_many()
        emit(result)

    with opened.opened(path) as file:
        form = recognise(_head(file))
        reader(form)(file, counted)
    return form


def reader(form: str) -> Callable[[BinaryIO, Emit], None]:
    """The function that reads a form, a key of :data:`FORMS`."""
    module, function = FORMS[form]
    found: Callable[[BinaryIO, Emit], None] = getattr(import_module(f".{module}", __package__), function)
    return found


def problem(path: str, fault: BadResults) -> Problem:
    """The error of a file, as commands print errors."""
    return Problem(path, fault.line, fault.code, fault.message, fault.hint)


def shown(path: str) -> str:
    """A path as messages have it."""
    return show(path, 200, quote=False)


def _head(file: BinaryIO) -> bytes:
    head = file.read(HEAD)
    file.seek(0)
    return head


def recognise(head: bytes) -> str:
    """The form of a file by its beginning: a key of :data:`FORMS`. Raises :class:`BadResults` if it has none."""
    if not head.strip():
        raise BadResults("empty", "the file is empty", "a file that a test run wrote")
    if found := next((name for magic, name in _COMPRESSED.items() if head.startswith(magic)), ""):
        raise BadResults("unknown-form", f"the file is compressed ({found})", "decompress it first")
    if _SUBUNIT_2.search(head):
        return "subunit v2"
    text = head.decode(encoding(head), errors="replace")
    begin = text.lstrip()
    if begin.startswith("<"):
        return "JUnit XML"
    if begin.startswith(texts.CSV_HEAD):
        return "CSV of subunit2csv"
    if _SUBUNIT_1.search(text):
        return "subunit v1"
    if console.CONSOLE.search(text):
        return "console of stestr"
    return REFSTACK if begin.startswith("{") else LIST
