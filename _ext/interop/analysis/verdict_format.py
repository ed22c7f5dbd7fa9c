"""A verdict as data, text, Markdown and JUnit XML. What a result file says is escaped in all of them."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from ..record import writer
from ..record.model import Guideline
from ..record.problems import show
from ..record.record import Record
from . import test_lists
from .history import is_id
from .results import REASON, Outcome, Run
from .score import Counts, Scorer, Verdict

#: What a verdict is and is not.
NOTICE = (
    "This compares test results with a guideline. It is not a certificate, and says nothing about the designated "
    "sections or who may use a mark."
)
_WORDS = {True: "met", False: "not met", None: "open"}
#: Gives the URL of the page of a test by its id.
Link = Callable[[str], str]
_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+!|~&-])")


@dataclass(frozen=True)
class Answer:
    """A verdict with what it rests on and leads to.

    ``others`` are the verdicts on other guidelines of the program, ``targets`` those on other targets of this one.
    ``as_of`` is the day of the record and ``sha256`` the digest of the guideline's official JSON, as
    ``interop export`` prints it, so that the verdict can be repeated.
    """

    verdict: Verdict
    others: Sequence[Verdict]
    targets: Sequence[Verdict]
    as_of: str
    sha256: str

    @property
    def next(self) -> Verdict | None:
        """The verdict on the next dated guideline of the program."""
        return next((one for one in self.others if one.wanted.guideline.id > self.verdict.wanted.guideline.id), None)


def answer(scorer: Scorer, run: Run, guideline: Guideline, target: str) -> Answer:
    """The answer on a run. Raises KeyError for a target that the guideline does not have."""
    record = scorer.history.record
    targets = (name for name in test_lists.targets(record, guideline) if name != target)
    return Answer(
        scorer.score(run, guideline, target),
        scorer.others(run, guideline, target),
        [scorer.score(run, guideline, name) for name in targets],
        record.as_of(),
        digest(record, guideline),
    )


def digest(record: Record, guideline: Guideline) -> str:
    """The SHA-256 digest of a guideline's official JSON, which has all facts of it."""
    return hashlib.sha256(writer.to_json(writer.official(guideline, record.catalogue)).encode()).hexdigest()


def to_data(answer: Answer) -> dict[str, Any]:
    """The verdict as data. Tests are idempotent ids, or names if they have none. Reasons are not part of it."""
    given = answer.verdict
    return {
        "guideline": given.wanted.guideline.key,
        "target": given.wanted.target,
        "met": given.met,
        "tests": _counts(given.tests) | {"outside": given.tests.outside},
        "capabilities": {
            name: {"met": part.met, "tests": _counts(part.tests)} for name, part in given.capabilities.items()
        },
        "missing": given.having(Outcome.MISSING),
        "also_meets": [other.wanted.guideline.key for other in answer.others if other.met],
        "not_passed": {key: given.results[key].outcome.value for key in given.lacking},
        "repeated": list(given.repeated),
        "differing": list(given.differing),
        "targets": {other.wanted.target: other.met for other in answer.targets},
        "others": {
            other.wanted.guideline.key: {
                "met": other.met,
                "lacks": other.lacking,
                "undecided": list(other.undecided),
            }
            for other in answer.others
        },
        "evidence": _evidence(given),
        "state": {"as_of": answer.as_of, "sha256": answer.sha256},
    }


def _counts(counts: Counts) -> dict[str, int]:
    outcomes = {outcome.value: number for outcome, number in counts.outcomes.items()}
    return {"required": counts.required} | outcomes | {"flagged": counts.flagged}


def _evidence(given: Verdict) -> dict[str, Any] | None:
    """For a partial guideline: the grade of its evidence, how many required tests have which, and what is undecided."""
    evidence = given.wanted.guideline.evidence
    if evidence is None:
        return None
    return {
        "grade": evidence.grade,
        "tests": dict(sorted(Counter(given.wanted.grades[key] for key in given.results).items())),
        "undecided": list(given.undecided),
    }


def headline(given: Verdict) -> str:
    """The verdict in one sentence."""
    name = f"{given.wanted.guideline.key}, target {given.wanted.target}"
    if not given.tests.required:
        number = len(given.wanted.undecided)
        return (
            f"{name}: {_WORDS[given.met]}: {number - len(given.undecided)} of {number} tests of unknown status passed"
        )
    passed = f"{given.tests.outcomes[Outcome.PASSED]} of {given.tests.required} required tests passed"
    open_end = f", {len(given.undecided)} of unknown status did not" if given.undecided else ""
    return f"{name}: {_WORDS[given.met]}: {passed}{open_end}"


def numbers(counts: Counts) -> str:
    """The numbers of tests, each apart: ``261 passed, 6 failed, 0 errored, 6 skipped, 0 missing, 11 flagged``."""
    outcomes = [f"{number} {outcome}" for outcome, number in counts.outcomes.items()]
    return ", ".join([*outcomes, f"{counts.flagged} flagged"])


def remarks(answer: Answer) -> Iterator[str]:
    """The state and evidence of the guideline, tests with several results, other targets and guidelines."""
    given = answer.verdict
    yield f"State of the guideline: as of {answer.as_of}, official JSON with SHA-256 {answer.sha256}"
    if evidence := _evidence(given):
        grades = ", ".join(f"{number} {grade}" for grade, number in evidence["tests"].items())
        where = f"; where its required tests belong: {grades}" if grades else ""
        yield f"The guideline is reconstructed, with the grade of evidence {evidence['grade']}{where}"
    yield f"Tests in the run that are not required: {given.tests.outside}"
    if given.repeated or given.differing:
        number = f"{len(given.repeated)}; with different results: {len(given.differing)}"
        yield f"Required tests with several results: {number}; one pass is enough"
    if answer.targets:
        yield f"Other targets: {', '.join(f'{one.wanted.target} {_WORDS[one.met]}' for one in answer.targets)}"
    also = [one.wanted.guideline.key for one in answer.others if one.met]
    yield f"Also meets: {', '.join(also) or 'no other dated guideline of the program'}"
    if others := [_lack(one) for one in answer.others if not one.met]:
        yield f"Lacks for others: {', '.join(others)}"


def _lack(other: Verdict) -> str:
    open_end = f" and {len(other.undecided)} of unknown status" if other.undecided else ""
    return f"{other.wanted.guideline.key} {len(other.lacking)}{open_end}"


def not_passed(given: Verdict, link: Link) -> Iterator[tuple[str, str, str, str]]:
    """Each required test that did not pass: outcome, name in the guideline, URL or an empty text, and reason."""
    for outcome in Outcome:
        found = given.having(outcome) if outcome is not Outcome.PASSED else []
        for key in sorted(found, key=given.wanted.titles.__getitem__):
            said = show(given.results[key].reason, REASON, quote=False)
            yield outcome.value, given.wanted.titles[key], link(key) if is_id(key) else "", said


def to_text(answer: Answer, link: Link) -> Iterator[str]:
    """The verdict as lines for a terminal; ``link`` gives the URL of the page of a test by its id."""
    given = answer.verdict
    yield headline(given)
    yield f"Required tests: {numbers(given.tests)}"
    yield from remarks(answer)
    yield ""
    width = max(map(len, given.capabilities), default=0)
    for name, part in given.capabilities.items():
        yield f"{name:{width}}  {_WORDS[part.met]:7}  {numbers(part.tests)}"
    if given.lacking:
        yield ""
    for outcome, name, address, reason in not_passed(given, link):
        yield f"{outcome:8} {name}"
        yield from (f"         {line}" for line in (address, reason) if line)
    for key in given.undecided:
        yield f"{'unknown':8} {given.wanted.titles[key]}"
    if answer.next and answer.next.lacking:
        yield from ("", f"To pass for {answer.next.wanted.guideline.key}, the next guideline:")
        yield from (f"{outcome:8} {name}" for outcome, name, _, _ in not_passed(answer.next, link))
    yield from ("", NOTICE)


def to_markdown(answer: Answer, link: Link) -> Iterator[str]:
    """The verdict as Markdown."""
    given = answer.verdict
    yield f"## {_plain(headline(given))}"
    yield ""
    yield f"- Required tests: {_plain(numbers(given.tests))}"
    yield from (f"- {_plain(line)}" for line in remarks(answer))
    yield ""
    columns = [*Outcome, "flagged"]
    yield f"| Capability | Verdict | {' | '.join(columns)} |"
    yield f"| --- | --- |{' ---: |' * len(columns)}"
    for name, part in given.capabilities.items():
        found = " | ".join(map(str, (*part.tests.outcomes.values(), part.tests.flagged)))
        yield f"| {_plain(name)} | {_WORDS[part.met]} | {found} |"
    if given.lacking:
        yield from ("", "| Outcome | Test | Reason |", "| --- | --- | --- |")
    for outcome, name, address, reason in not_passed(given, link):
        yield f"| {outcome} | {f'[{_plain(name)}](<{address}>)' if address else _plain(name)} | {_plain(reason)} |"
    yield from ("", _plain(NOTICE))


def _plain(text: str) -> str:
    """A text as Markdown that shows it as it is."""
    return _MARKUP.sub(r"\\\1", text)


def to_junit(answer: Answer) -> str:
    """The verdict as JUnit XML: a suite for each capability, a test case for each required test without a flag.

    A test that did not pass is a failure, even if it was skipped: it is not passed. ``type`` is its outcome.
    """
    given = answer.verdict
    root = ElementTree.Element("testsuites", name=headline(given))
    for name, part in given.capabilities.items():
        errors = part.tests.outcomes[Outcome.ERRORED]
        failures = part.tests.required - part.tests.outcomes[Outcome.PASSED] - errors
        attributes = {"name": name, "tests": part.tests.required, "failures": failures, "errors": errors}
        suite = ElementTree.SubElement(root, "testsuite", {key: str(value) for key, value in attributes.items()})
        for key, flagged in given.wanted.capabilities[name].items():
            if not flagged:
                _case(suite, given, key)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _case(suite: ElementTree.Element, given: Verdict, key: str) -> None:
    owner, _, method = given.wanted.titles[key].rpartition(".")
    name = f"{method}[id-{key}]" if is_id(key) else method
    case = ElementTree.SubElement(suite, "testcase", classname=owner, name=name)
    tally = given.results[key]
    if tally.outcome is not Outcome.PASSED:
        kind = "error" if tally.outcome is Outcome.ERRORED else "failure"
        said = show(tally.reason, REASON, quote=False)
        ElementTree.SubElement(case, kind, type=tally.outcome, message=": ".join(filter(None, (tally.outcome, said))))
