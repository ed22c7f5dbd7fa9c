"""Reads subunit streams of version 1: lines such as ``test: <name>`` and ``success: <name>``."""

from __future__ import annotations

from typing import Any, BinaryIO

from subunit import DiscardStream, TestProtocolServer  # type: ignore[import-untyped]
from subunit.details import SimpleDetailsParser  # type: ignore[import-untyped]

from ...analysis.results import EXPECTED, Outcome, result
from .opened import LINE, TRACEBACK, BadResults, Emit, error_in

#: The most bytes that may be attached to a test.
_ATTACHED = 1 << 25


class _Brief(SimpleDetailsParser):  # type: ignore[misc]
    """The details of a result, of which only the end is kept: python-subunit's own takes quadratic time."""

    def lineReceived(self, line: bytes) -> None:
        """Take a line."""
        super().lineReceived(line)
        self._message: bytes = self._message[-TRACEBACK:]


class _Client:
    """Takes python-subunit's results."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self.running = ""
        self.since = 0

    def startTest(self, test: Any) -> None:
        """A test begins."""
        self.running, self.since = test.id(), 0

    def stopTest(self, test: Any) -> None:
        """A test has ended."""
        self.running, self.since = "", 0

    def addSuccess(self, test: Any, details: Any = None) -> None:
        """A pass."""
        self._emit(result(test.id(), Outcome.PASSED))

    def addFailure(self, test: Any, error: Any = None, details: Any = None) -> None:
        """A failure."""
        self._emit(result(test.id(), Outcome.FAILED, _reason(details)))

    def addError(self, test: Any, error: Any = None, details: Any = None) -> None:
        """An error."""
        self._emit(result(test.id(), Outcome.ERRORED, _reason(details)))

    def addSkip(self, test: Any, reason: Any = None, details: Any = None) -> None:
        """A skip."""
        self._emit(result(test.id(), Outcome.SKIPPED, _reason(details)))

    def addExpectedFailure(self, test: Any, error: Any = None, details: Any = None) -> None:
        """A failure that was expected."""
        self._emit(result(test.id(), Outcome.FAILED, EXPECTED["xfail"]))

    def addUnexpectedSuccess(self, test: Any, details: Any = None) -> None:
        """A pass that was not expected."""
        self._emit(result(test.id(), Outcome.FAILED, EXPECTED["uxsuccess"]))


def _reason(details: Any) -> str:
    """The reason of a skipped test, or the error in the traceback."""
    for name, content in (details or {}).items():
        text = b"".join(content.iter_bytes())[-TRACEBACK:].decode(errors="replace")
        if name == "reason":
            return text
        if name.startswith("traceback"):
            return error_in(text)
    return ""


def read(file: BinaryIO, emit: Emit) -> None:
    """Pass the results of a stream to ``emit``."""
    client = _Client(emit)
    server = TestProtocolServer(client, DiscardStream())
    for state in vars(server).values():
        if hasattr(state, "set_simple"):
            state.set_simple = lambda state=state: setattr(state, "details_parser", _Brief(state))
    number, line = 0, b"\n"
    try:
        while piece := file.readline(LINE):
            number, line = number + 1, piece
            client.since += len(line)
            if client.since > _ATTACHED or len(line) == LINE:
                message = f"a line of {LINE} bytes, or {_ATTACHED} without a result"
                raise BadResults("too-large", message, line=number)
            server.lineReceived(line)
    except (ValueError, TypeError, IndexError, AssertionError) as error:
        raise BadResults("damaged", f"this is not subunit: {error}", line=number) from None
    if client.running or not line.endswith(b"\n"):
        raise BadResults("damaged", "the stream is cut off", line=number)
