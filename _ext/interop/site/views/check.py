"""The forms that check a run, and a list, in the browser: the guidelines and targets to compare them with."""

from __future__ import annotations

from ...analysis import test_lists
from ...analysis.analysis import Analysis
from ...record.model import Guideline
from .. import pages, urls
from .common import View


def run(analysis: Analysis) -> View:
    """The guidelines that have targets, by program, and the patterns of the URLs of what an answer links to."""
    return _choice(analysis) | {
        "tests": urls.CHECK_TESTS,
        "data": urls.check_guideline("*"),
        "test": urls.address(urls.test("*")),
        "capability": urls.address(urls.capability("*")),
        "guideline": urls.address(urls.guideline("*")),
    }


def lists(analysis: Analysis) -> View:
    """The guidelines that have targets, by program; the scripts with the data of lists."""
    return _choice(analysis) | {"tests": urls.CHECK_TESTS, "shared": urls.CHECK_LISTS, "data": urls.check_list("*")}


def _choice(analysis: Analysis) -> View:
    """The guidelines that have targets, by program, the newest first; the first one that is complete is ``chosen``."""
    record = analysis.record
    programs = []
    for program in record.programs():
        if found := [one for one in record.program(program) if test_lists.targets(record, one)]:
            guidelines = [_guideline(analysis, one) for one in reversed(found)]
            programs.append({"title": pages.program_title(record, program), "guidelines": guidelines})
    complete = next((one for program in record.programs() if (one := record.newest_complete(program))), None)
    return {"programs": programs, "chosen": complete.key if complete else ""}


def _guideline(analysis: Analysis, guideline: Guideline) -> View:
    return {
        "key": guideline.key,
        "title": pages.title(analysis.record, guideline),
        "targets": list(test_lists.targets(analysis.record, guideline)),
        "dated": not guideline.in_preparation,
        "partial": guideline.is_partial,
    }
