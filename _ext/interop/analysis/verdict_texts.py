"""A verdict as text, Markdown and JUnit XML. What a result file says is escaped in all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

from .history import is_id
from .results import Outcome, Tally
from .score import Verdict
from .verdict_format import NOTICE, WORDS, Answer, Link, basis, headline, numbers, part_words, remarks
from .verdict_tests import Row, apart, rows, said, several

_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+!|~&-])")


def to_text(answer: Answer, link: Link) -> Iterator[str]:
    """The verdict as lines for a terminal; ``link`` gives the URL of the page of a test by its id."""
    given = answer.verdict
    yield headline(given)
    yield f"Required tests: {numbers(given.tests)}"
    yield from remarks(answer)
    yield ""
    width = max(map(len, given.capabilities), default=0)
    for name, part in given.capabilities.items():
        yield f"{name:{width}}  {part_words(part):15}  {numbers(part.tests)}"
    shown = list(rows(given))
    if shown:
        yield ""
    yield from _grouped(shown, link)
    for title, pairs in (("Several results", several(given)), ("Set-ups and tear-downs", apart(given))):
        if lines := [f"  {name}: {words}" for name, words in pairs]:
            yield from ("", f"{title}:", *lines)
    if answer.next and answer.next.lacking:
        above = {row.key for row in shown}
        more = [Row(row.outcome, row.name, row.key, "") for row in rows(answer.next)]
        more = [row for row in more if row.key in answer.next.results]
        number = f"{len(more)}, of which {sum(row.key in above for row in more)} are above"
        yield from ("", f"Tests to pass for {answer.next.wanted.guideline.key}, the next guideline: {number}")
        yield from _grouped((row for row in more if row.key not in above), link)
    yield from ("", NOTICE)


def _grouped(given: Iterable[Row], link: Link) -> Iterator[str]:
    """Tests by outcome and reason: a class that could not be set up has one reason for all of its tests."""
    groups: dict[str, list[Row]] = {}
    for row in given:
        groups.setdefault(f"{row.outcome}: {row.reason}" if row.reason else row.outcome, []).append(row)
    for title, found in groups.items():
        yield f"{title}:"
        yield from (f"  {row.name}  {_url(row, link)}".rstrip() for row in found)


def _url(row: Row, link: Link) -> str:
    return link(row.key) if is_id(row.key) else ""


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
        yield f"| {_plain(name)} | {part_words(part)} | {found} |"
    not_passed = (_markdown_row(row, _url(row, link)) for row in rows(given))
    yield from _table("| Outcome | Test | Reason |", "| --- | --- | --- |", not_passed)
    for title, pairs in (("Several results", several(given)), ("Set-up or tear-down", apart(given))):
        lines = (f"| {_plain(name)} | {_plain(words)} |" for name, words in pairs)
        yield from _table(f"| {title} | Outcome |", "| --- | --- |", lines)
    yield from ("", _plain(NOTICE))


def _markdown_row(row: Row, url: str) -> str:
    name = f"[{_plain(row.name)}](<{url}>)" if url else _plain(row.name)
    return f"| {row.outcome} | {name} | {_plain(row.reason)} |"


def _table(head: str, rule: str, lines: Iterable[str]) -> Iterator[str]:
    if found := list(lines):
        yield from ("", head, rule, *found)


def _plain(text: str) -> str:
    """A text as Markdown that shows it as it is."""
    return _MARKUP.sub(r"\\\1", text)


def to_junit(answer: Answer) -> str:
    """The verdict as JUnit XML: a suite with the verdict itself, one for each capability, one of unknown statuses.

    The case ``verdict`` fails if the guideline is not met, and is an error if that is open, so that no reader of JUnit
    takes it for a success. A required test without a flag that did not pass is a failure, even if it was skipped: it is
    not passed. ``type`` is its outcome. A test of unknown status that did not pass is skipped.
    """
    given = answer.verdict
    root = ElementTree.Element("testsuites", name=headline(given))
    suite = _suite(root, "verdict", 1, given.met is False, given.met is None)
    properties = ElementTree.SubElement(suite, "properties")
    about = zip(("results", "state", "evidence"), basis(answer), strict=False)
    for name, value in (("notice", NOTICE), *about, *_told(given)):
        ElementTree.SubElement(properties, "property", name=name, value=value)
    owner = f"{given.wanted.guideline.key}, target {given.wanted.target}"
    case = ElementTree.SubElement(suite, "testcase", classname=owner, name="verdict")
    if not given.met:
        kind = "error" if given.met is None else "failure"
        ElementTree.SubElement(case, kind, type=WORDS[given.met], message=headline(given))
    for name, part in given.capabilities.items():
        errors = part.tests.outcomes[Outcome.ERRORED]
        failures = part.tests.required - part.tests.outcomes[Outcome.PASSED] - errors
        suite = _suite(root, name, part.tests.required, failures, errors)
        for key, flagged in given.wanted.capabilities[name].items():
            if not flagged:
                _case(suite, given, key, given.results[key])
    if given.unknown:
        suite = _suite(root, "tests of unknown status", len(given.unknown), 0, 0, len(given.undecided))
        for key, tally in given.unknown.items():
            _case(suite, given, key, tally, unknown=True)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _told(given: Verdict) -> Iterator[tuple[str, str]]:
    yield from ((f"several results: {name}", f"{name}: {words}") for name, words in several(given))
    yield from ((f"did not pass: {name}", f"{name}: {words}") for name, words in apart(given))


def _suite(
    root: ElementTree.Element, name: str, tests: int, failures: int, errors: int, skipped: int = 0
) -> ElementTree.Element:
    numbers = {"tests": tests, "failures": int(failures), "errors": int(errors), "skipped": skipped}
    return ElementTree.SubElement(root, "testsuite", {"name": name} | {key: str(one) for key, one in numbers.items()})


def _case(suite: ElementTree.Element, given: Verdict, key: str, tally: Tally, *, unknown: bool = False) -> None:
    owner, _, method = given.wanted.titles[key].rpartition(".")
    name = f"{method}[id-{key}]" if is_id(key) else method
    case = ElementTree.SubElement(suite, "testcase", classname=owner, name=name)
    if tally.outcome is not Outcome.PASSED:
        kind = "skipped" if unknown else "error" if tally.outcome is Outcome.ERRORED else "failure"
        words = ("status unknown" if unknown else "", tally.outcome, said(tally))
        ElementTree.SubElement(case, kind, type=tally.outcome, message=": ".join(filter(None, words)))
