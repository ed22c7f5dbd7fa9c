"""Reads subunit streams of version 2, as stestr keeps them in ``.stestr`` and prints with ``stestr last --subunit``."""

from __future__ import annotations

import struct
from os import SEEK_CUR
from typing import Any, BinaryIO

from subunit.v2 import ByteStreamToStreamResult  # type: ignore[import-untyped]

from ...analysis.results import EXPECTED, Outcome, result
from . import opened
from .opened import TRACEBACK, BadResults, Emit, error_in

_OUTCOMES = {
    "success": Outcome.PASSED,
    "fail": Outcome.FAILED,
    "xfail": Outcome.FAILED,
    "uxsuccess": Outcome.FAILED,
    "skip": Outcome.SKIPPED,
}
#: The most tests that may run at a time, and the longest name of a test.
_AT_A_TIME, _NAME = 10_000, 4096
#: The most bytes in a stream that are not subunit, such as what a runner printed before it.
_FOREIGN = 1 << 16
#: The numbers of the statuses that end a test: success, uxsuccess, skip, fail, xfail.
_FINAL = (3, 4, 5, 6, 7)
#: The byte with which a packet begins.
_SIGNATURE = b"\xb3"
_DAMAGED = "the stream is cut off or damaged"


class _Source:
    """A stream without a file descriptor, so that python-subunit does not wait for it; no read has a negative size."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int) -> bytes:
        if size < 0:
            raise BadResults("damaged", f"{_DAMAGED}: a packet is shorter than its header")
        return self._file.read(size)


class _Events:
    """Takes python-subunit's events: the status of a test, or a piece of a file that is attached to it."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self._running: dict[str, bytes] = {}

    def status(
        self,
        test_id: str | None = None,
        test_status: str | None = None,
        file_name: str | None = None,
        file_bytes: Any = None,
        **_: Any,
    ) -> None:
        """A piece of a stream; the names are those of testtools."""
        if test_id == "subunit.parser" and test_status == "fail":
            raise BadResults("damaged", f"{_DAMAGED}: {bytes(file_bytes or b'').decode(errors='replace')}")
        if test_id is None:
            return
        test = test_id[:_NAME]
        if file_name and file_bytes is not None:
            self._attach(test, file_name, bytes(file_bytes))
        if test_status in _OUTCOMES:
            said = self._running.pop(test, b"").decode(errors="replace")
            outcome = _OUTCOMES[test_status]
            reason = EXPECTED.get(test_status or "") or (said if outcome is Outcome.SKIPPED else error_in(said))
            self._emit(result(test, outcome, reason))
        elif test_status == "inprogress":
            self._begin(test)

    def _begin(self, test: str) -> None:
        self._running.setdefault(test, b"")
        if len(self._running) > _AT_A_TIME:
            raise BadResults("too-large", f"more than {_AT_A_TIME} tests run at a time")

    def _attach(self, test: str, name: str, content: bytes) -> None:
        """Keep the reason of a skipped test, or the end of a traceback, where the error is."""
        if name == "reason" or name.startswith("traceback"):
            self._begin(test)
            self._running[test] = (self._running[test] + content)[-TRACEBACK:]

    def end(self) -> None:
        """The tests that began and did not end have no outcome."""
        for test in self._running:
            self._emit(result(test, Outcome.MISSING, "it began and did not end"))


class _Stream(ByteStreamToStreamResult):  # type: ignore[misc]
    """A stream in which text may stand between packets.

    Where its source has no file descriptor, python-subunit takes the last byte of a character such as "ó" (C3 B3) for
    the begin of a packet.
    """

    def run(self, result: _Events) -> None:
        """Pass all events to ``result``."""
        foreign, inside = 0, False
        while byte := self.source.read(1):
            if byte == _SIGNATURE and not inside:
                self._parse_packet(result)
                continue
            inside = self._inside(byte)
            foreign += 1
            if foreign > _FOREIGN:
                raise BadResults("damaged", f"the stream has more than {_FOREIGN} bytes that are not subunit")

    def _inside(self, byte: bytes) -> bool:
        """Whether the character that ``byte`` belongs to goes on."""
        try:
            return not self.codec.decode(byte)
        except UnicodeDecodeError:
            self.codec.reset()
            return False


def _refuse_too_many(file: BinaryIO) -> None:
    """Count the results by the headers of packets, up to the first that is none: reading a million takes a minute."""
    found = 0
    while len(head := file.read(6)) == 6 and head.startswith(_SIGNATURE):
        more = head[3] >> 6  # How many bytes the length has after the first.
        length = int.from_bytes(bytes([head[3] & 0x3F]) + head[4 : 4 + more])
        if more > 2 or length < len(head):
            break
        found += bool(head[1] & 8 and head[2] & 7 in _FINAL)  # Of a test: a packet without a name has no result.
        if found > opened.RESULTS:
            raise opened.too_many()
        file.seek(length - len(head), SEEK_CUR)
    file.seek(0)


def read(file: BinaryIO, emit: Emit) -> None:
    """Pass the results of a stream to ``emit``."""
    _refuse_too_many(file)
    events = _Events(emit)
    try:
        _Stream(_Source(file)).run(events)
    except (struct.error, ValueError, IndexError, OverflowError, TypeError) as error:  # A packet that is no packet.
        raise BadResults("damaged", f"{_DAMAGED}: {error}") from None
    events.end()
