"""Reads results that are text: CSV, RefStack's JSON, and lists of the tests that passed."""

from __future__ import annotations

import csv
import re
from typing import Any, BinaryIO

import orjson

from ...analysis.results import EXPECTED, Outcome, result
from ...record.problems import show
from ...record.schemas import UUID
from .opened import LINE, BadResults, Emit, lines

#: How the output of subunit2csv begins.
CSV_HEAD = "test,status"
_COLUMNS = ["test", "status", "start_time", "stop_time"]
#: What switches colours of a terminal.
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
#: The largest file of RefStack's that is read, in bytes. A real one has some hundred thousand.
JSON_SIZE = 1 << 26
#: The outcomes of results by the words for them.
STATUSES = {
    "success": Outcome.PASSED,
    "ok": Outcome.PASSED,
    "failure": Outcome.FAILED,
    "failed": Outcome.FAILED,
    "fail": Outcome.FAILED,
    "xfail": Outcome.FAILED,
    "uxsuccess": Outcome.FAILED,
    "error": Outcome.ERRORED,
    "skip": Outcome.SKIPPED,
    "skipped": Outcome.SKIPPED,
    "inprogress": Outcome.MISSING,
    "unknown": Outcome.MISSING,
    "exists": Outcome.MISSING,
}
_TEST = r"[A-Za-z_]\w*(?:\.\w+)+(?:\[[^\[\]\s]*\])?(?:\([^()\s]*\))?"
_LISTED = re.compile(rf"{_TEST}|(?:id-)?{UUID.form}", re.IGNORECASE)
_FORMS = "a subunit stream, JUnit XML, the output of subunit2csv or of stestr last, RefStack's JSON, or a list of tests"


def read_csv(file: BinaryIO, emit: Emit) -> None:
    """The output of ``subunit2csv``."""
    csv.field_size_limit(LINE)
    rows = csv.reader((line for _, line in lines(file)), strict=True)
    try:
        if next(rows) != _COLUMNS:
            raise BadResults("unknown-form", f"the columns are not {', '.join(_COLUMNS)}")
        for row in rows:
            if len(row) != len(_COLUMNS) or row[1] not in STATUSES:
                message = f"{show(','.join(row))} is not a test with a status and two times"
                raise BadResults("damaged", message, line=rows.line_num)
            emit(result(row[0], STATUSES[row[1]], EXPECTED.get(row[1], "")))
    except csv.Error as error:
        raise BadResults("damaged", f"the CSV is not well-formed: {error}", line=rows.line_num) from None


def read_json(file: BinaryIO, emit: Emit) -> None:
    """RefStack's results, which are tests that passed: names, or names with ids, as refstack-client uploads them."""
    text = file.read(JSON_SIZE + 1)
    if len(text) > JSON_SIZE:
        raise BadResults("too-large", f"the JSON has more than {JSON_SIZE} bytes")
    try:
        data = orjson.loads(text.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise BadResults("damaged", f"the JSON is not well-formed: {error}", line=error.lineno) from None
    if not isinstance(data, dict) or not isinstance(data.get("results"), list):
        raise BadResults("unknown-form", "the JSON has no list of results", _FORMS)
    for number, item in enumerate(data["results"]):
        emit(result(_listed(item, number), Outcome.PASSED))


def _listed(item: Any, number: int) -> str:
    """An item of RefStack's results as ``name[id-<uuid>]``."""
    if isinstance(item, str):
        return item
    if isinstance(item, dict) and isinstance(item.get("name"), str):
        id = item.get("uuid")
        if id is None:
            return str(item["name"])
        if isinstance(id, str):
            return f"{item['name'].partition('[')[0]}[id-{id.removeprefix('id-')}]"
    message = f"item {number} of the results is neither a name nor a name with a uuid: {show(repr(item))}"
    raise BadResults("damaged", message)


def read_list(file: BinaryIO, emit: Emit) -> None:
    """A list of the tests that passed: on each line a name, with brackets or without, or an id. ``#`` is a comment."""
    for number, line in lines(file):
        test = COLOURS.sub("", line).partition("#")[0].strip()
        if test and not _LISTED.fullmatch(test):
            message = f"{show(test)} is neither the name nor the id of a test"
            raise BadResults("unknown-form", message, _FORMS, number)
        if test:
            emit(result(test, Outcome.PASSED))
