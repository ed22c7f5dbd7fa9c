"""Reads what ``stestr last`` and ``tempest run`` print. Its totals tell whether it is all there.

The totals are those of subunit_trace in stestr, which end every run. It prints ``FAILED`` for an unexpected success,
and ``ok`` for an expected failure, which is not passed: a run with one is refused, since no line tells which test it
is. A worker process that failed is a failure in the totals and has no line. Several outputs may follow one another.
"""

from __future__ import annotations

import re
from typing import BinaryIO

from ...analysis.results import PROCESS, Outcome, result
from .opened import BadResults, Emit, lines
from .texts import COLOURS, STATUSES

#: A result as stestr prints it: ``{0} <name> [1.2s] ... ok``. The name has no brackets, as stestr strips them.
CONSOLE = re.compile(r"^\{(\d+)\} (\S.*?)(?: \[[^\]]*\])? \.\.\. ([A-Za-z]+)(?:: ?(.*))?\s*$", re.MULTILINE)
_TOTALS = ("Passed", "Expected Fail", "Failed", "Unexpected Success", "Skipped")
_TOTAL = re.compile(rf" - ({'|'.join(_TOTALS)}): (\d+)\s*|(Ran): (\d+) tests? in .*\s*")
_CUT = "the output is cut off: it has no totals after the last result"
_HINT = "the whole output, or stestr last --subunit"
_EXPECTED = "stestr last --subunit, which has the status of each test"


class _Block:
    """The lines of one run, which are counted until its totals."""

    def __init__(self) -> None:
        self.printed = dict.fromkeys(Outcome, 0)
        self.totals: dict[str, int] = {}
        self.workers = 1

    def check(self, line: int) -> int:
        """The number of failures without a line, such as that of a worker process.

        Raises :class:`BadResults` if the totals, which end on this line, are not those of the results, or if lines do
        not tell which tests passed.
        """
        totals = [self.totals.get(name, 0) for name in _TOTALS]
        passed, failed, skipped = totals[0] + totals[1], totals[2] + totals[3], totals[4]
        printed = [self.printed[outcome] for outcome in (Outcome.PASSED, Outcome.FAILED, Outcome.SKIPPED)]
        if printed != [passed, min(max(printed[1], failed - self.workers), failed), skipped]:
            given = f"{passed} passed, {failed} failed and {skipped} skipped"
            found = f"{printed[0]}, {printed[1]} and {printed[2]}"
            message = f"the output is cut off or changed: its totals are {given}, its lines {found}"
            raise BadResults("damaged", message, _HINT, line)
        without = failed - printed[1]
        results = sum(self.printed.values()) + without
        ran = self.totals.get("Ran", results)
        if ran != results:
            message = f"the output is cut off or changed: its total is {ran} tests, its lines and failures {results}"
            raise BadResults("damaged", message, _HINT, line)
        if totals[1]:
            message = f"{totals[1]} of {passed} tests that are printed as ok failed as expected, and none is told apart"
            raise BadResults("ambiguous", message, _EXPECTED, line)
        return without


def read(file: BinaryIO, emit: Emit) -> None:
    """Pass the results of a file to ``emit``. Other lines, such as tracebacks, are left out."""
    block, number = _Block(), 0
    for number, given in lines(file):
        line = COLOURS.sub("", given)
        found = CONSOLE.match(line)
        if found and (outcome := STATUSES.get(found[3].lower())):
            block.printed[outcome] += 1
            block.workers = max(block.workers, int(found[1]) + 1)
            emit(result(found[2], outcome, found[4] or ""))
        elif total := _TOTAL.fullmatch(line):
            block.totals[total[1] or total[3]] = int(total[2] or total[4])
            if total[1] == "Failed":
                for _ in range(block.check(number)):
                    emit(result(PROCESS, Outcome.FAILED))
                block = _Block()
    if any(block.printed.values()) or block.totals:
        raise BadResults("damaged", _CUT, _HINT, number)
