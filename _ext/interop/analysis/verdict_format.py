"""A verdict as data, and the sentences about it that all of its texts have."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..record import writer
from ..record.model import Guideline
from ..record.record import Record
from . import test_lists
from .history import is_id
from .results import LIST, REFSTACK, Outcome, Run, Tally
from .score import Counts, Part, Scorer, Verdict
from .verdict_tests import said

#: What a verdict is and is not.
NOTICE = (
    "This compares test results with a guideline. It is not a certificate, and says nothing about the designated "
    "sections or who may use a mark."
)
#: What is lost in a form of results, by form.
NOTES = {
    REFSTACK: f"{REFSTACK} has passed tests only: those that failed or were skipped count as missing",
    LIST: f"each line of a {LIST} counts as a pass: a list of tests to run, or of those that failed, looks the same",
}
#: What a failure without a test means.
PROCESSES = "a worker process failed, and tests that it did not get to are missing"
WORDS = {True: "met", False: "not met", None: "open"}
#: Gives the URL of the page of a test by its id; empty if the URL of the site is not known.
Link = Callable[[str], str]


def unlinked(_: str) -> str:
    """A link where the URL of the site is not known."""
    return ""


@dataclass(frozen=True)
class Answer:
    """A verdict with what it rests on and leads to.

    ``others`` are the verdicts on other guidelines of the program, ``targets`` those on other targets of this one.
    ``forms`` are those of the files of the run, ``number`` that of its results, and ``processes`` that of the worker
    processes that failed. ``as_of`` is the day of the record,
    ``sha256`` the digest of the guideline as ``interop export`` prints it, so that the verdict can be repeated, and
    ``official`` the digest of the official file, or empty if it is not recorded.
    """

    verdict: Verdict
    forms: Sequence[str]
    number: int
    processes: int
    others: Sequence[Verdict]
    targets: Sequence[Verdict]
    as_of: str
    sha256: str
    official: str

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
        tuple(dict.fromkeys(run.forms)),
        run.number,
        run.processes,
        scorer.others(run, guideline, target),
        [scorer.score(run, guideline, name) for name in targets],
        record.as_of(),
        digest(record, guideline),
        official_digest(guideline),
    )


def digest(record: Record, guideline: Guideline) -> str:
    """The SHA-256 digest of a guideline as ``interop export`` prints it, which has all facts of it."""
    return hashlib.sha256(writer.to_json(writer.official(guideline, record.catalogue)).encode()).hexdigest()


def official_digest(guideline: Guideline) -> str:
    """The SHA-256 digest of the official file that a guideline was read from; empty if it is not recorded."""
    return next((source.sha256 for source in guideline.sources if source.sha256), "")


def to_data(answer: Answer, link: Link = unlinked) -> dict[str, Any]:
    """The verdict as data. Tests are idempotent ids, or names if they have none."""
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
        "draft": given.wanted.guideline.in_preparation,
        "not_passed": _not_passed(given, given.lacking, given.results, link),
        "repeated": list(given.repeated),
        "differing": list(given.differing),
        "fixtures": {name: {"outcome": one.outcome, "reason": said(one)} for name, one in given.fixtures.items()},
        "targets": {other.wanted.target: other.met for other in answer.targets},
        "others": {
            other.wanted.guideline.key: {
                "met": other.met,
                "lacks": other.lacking,
                "undecided": other.undecided,
            }
            for other in answer.others
        },
        "evidence": _evidence(given, link),
        "input": {"forms": list(answer.forms), "results": answer.number, "notes": notes(answer)},
        "state": {"as_of": answer.as_of, "sha256": answer.sha256, "official_sha256": answer.official or None},
        "notice": NOTICE,
    }


def _not_passed(given: Verdict, keys: Iterable[str], results: dict[str, Tally], link: Link) -> dict[str, Any]:
    """Tests that did not pass, with the outcome, the reason, the name in the guideline and the URL of their page."""
    return {
        key: {
            "outcome": results[key].outcome.value,
            "reason": said(results[key]),
            "name": given.wanted.titles[key],
            "url": (is_id(key) and link(key)) or None,
        }
        for key in keys
    }


def notes(answer: Answer) -> list[str]:
    """What is lost in the forms of a run, and in worker processes that failed."""
    lost = [NOTES[form] for form in answer.forms if form in NOTES]
    number = answer.processes
    words = f"{number} failure{' has' if number == 1 else 's have'} no test: {PROCESSES}"
    return lost + [words] * bool(number)


def _counts(counts: Counts) -> dict[str, int]:
    outcomes = {outcome.value: number for outcome, number in counts.outcomes.items()}
    return {"required": counts.required} | outcomes | {"flagged": counts.flagged}


def _evidence(given: Verdict, link: Link) -> dict[str, Any] | None:
    """For a partial guideline: the grade of its evidence, how many required tests have which, and what is undecided."""
    evidence = given.wanted.guideline.evidence
    if evidence is None:
        return None
    undecided = _not_passed(given, given.undecided, given.unknown, link)
    return {"grade": evidence.grade, "tests": _grades(given), "undecided": undecided}


def _grades(given: Verdict) -> dict[str, int]:
    return dict(sorted(Counter(given.wanted.grades[key] for key in given.results).items()))


def headline(given: Verdict) -> str:
    """The verdict in one sentence."""
    guideline = given.wanted.guideline
    draft = " (draft)" if guideline.in_preparation else ""
    name = f"{guideline.key}{draft}, target {given.wanted.target}: {WORDS[given.met]}"
    if not given.tests.required:
        passed = len(given.unknown) - len(given.undecided)
        known = "no test is known to be required"
        return f"{name}: {passed} of {len(given.unknown)} tests of unknown status passed, {known}"
    passed_of = f"{given.tests.outcomes[Outcome.PASSED]} of {given.tests.required} required tests passed"
    open_end = f", {len(given.undecided)} of unknown status did not" if given.undecided else ""
    return f"{name}: {passed_of}{open_end}"


def part_words(part: Part) -> str:
    """The verdict on a capability; one whose tests all have a flag has nothing to pass."""
    return WORDS[part.met] if part.tests.required else "nothing to pass"


def numbers(counts: Counts) -> str:
    """The numbers of tests, each apart: ``261 passed, 6 failed, 0 errored, 6 skipped, 0 missing, 11 flagged``."""
    outcomes = [f"{number} {outcome}" for outcome, number in counts.outcomes.items()]
    return ", ".join([*outcomes, f"{counts.flagged} flagged"])


def remarks(answer: Answer) -> Iterator[str]:
    """What the verdict rests on, what is told beside it, and the verdicts on other targets and guidelines."""
    yield from basis(answer)
    given = answer.verdict
    yield f"Tests in the run that are not required: {given.tests.outside}"
    if given.repeated:
        yield (
            f"Required tests with several results: {len(given.repeated)}, of which {len(given.differing)} with "
            "different ones; one pass is enough"
        )
    if given.apart:
        yield f"Set-ups and tear-downs that did not pass, and change nothing: {len(given.apart)}"
    if answer.targets:
        yield f"Other targets: {', '.join(f'{one.wanted.target} {WORDS[one.met]}' for one in answer.targets)}"
    also = [one.wanted.guideline.key for one in answer.others if one.met]
    yield f"Also meets: {', '.join(also) or 'no other dated guideline of the program'}"
    if others := [_lack(one) for one in answer.others if not one.met]:
        yield f"Lacks for others: {', '.join(others)}"


def basis(answer: Answer) -> Iterator[str]:
    """What the verdict rests on: the form of the results, and the state and evidence of the guideline."""
    read = f", read as {' and '.join(answer.forms)}" if answer.forms else ""
    yield "; ".join([f"Results in the run: {answer.number}{read}", *notes(answer)])
    exported = f"SHA-256 of the guideline as this record exports it: {answer.sha256}"
    official = f"of its official file: {answer.official or 'not recorded'}"
    yield f"State of the source data: {answer.as_of}; {exported}; {official}"
    if evidence := answer.verdict.wanted.guideline.evidence:
        grades = ", ".join(f'{number} "{grade}"' for grade, number in _grades(answer.verdict).items())
        where = f", and of where its required tests belong: {grades}" if grades else ""
        told = f'Grade of evidence of the guideline: "{evidence.grade}"{where}'
        yield f'The guideline is reconstructed. {told}. The glossary explains them under "Grade of evidence"'


def _lack(other: Verdict) -> str:
    open_end = f" and {len(other.undecided)} of unknown status" if other.undecided else ""
    return f"{other.wanted.guideline.key} {len(other.lacking)}{open_end}"
