"""Formats what becomes of a list, and its comparison with a guideline, as lines for a terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from . import carry, list_comparison

Data = dict[str, Any]

#: What a line that only the list has is, in words.
_ONLY_LIST = {
    "advisory": "advisory in this guideline",
    "deprecated": "deprecated in this guideline",
    "removed": "removed in this guideline",
    "not known": "in this guideline, with a status that is not known",
    "other target": "required by this guideline for another target",
    "other guideline": "only in other guidelines",
    "unknown": "not known to any guideline",
}
#: Why ``tempest run --load-list`` would not run a line, in words.
_FAULTS = {
    "renamed": "whose test has another name today",
    "tags": "that lack tags or the id in their brackets",
    "form": "that are an id or a pattern, or have a comment",
    "gone": "whose test was removed from the test suites",
    "unknown": "with tests of no guideline, which were not looked up",
}
_REMOVED = "removed from today's test suites"
#: What the words for the lines of a list that is carried mean: the first that applies is the outcome of a line.
MEANINGS = {
    "outside": "neither guideline requires the test; the line stays",
    "unknown": "no source tells whether the new guideline requires the test; the line stays",
    "dropped": "the new guideline does not require the test; the line goes",
    "flagged": "the new guideline flags the test, which need not pass; the line stays",
    "renamed": "the new guideline has the test under another name, which the line gets",
    "moved": "the test is in another capability",
    "kept": "nothing changes",
    "added": "required by the new guideline only; put at the end of the list",
    "missing": "required by both guidelines and not in the list, where it stays out",
}


def carried(data: Data) -> Iterator[str]:
    """What :func:`.carry.carry` returned, without the new list, as lines."""
    numbers = data["numbers"]
    yield f"{data['from']} to {data['to']}, target {data['target']}: {_number(numbers['tests'], 'test')}"
    yield f"  {_carried_numbers(numbers)}"
    yield from (f"  {one}: {meaning}" for one, meaning in MEANINGS.items() if numbers[one])
    for outcome in carry.OUTCOMES[1:]:
        entries = [entry for entry in data["lines"] if outcome in (entry["outcome"], *entry["also"])]
        yield from _block(outcome, (line for entry in entries for line in _carried_line(entry, outcome)))
    unflagged = [entry for entry in data["lines"] if "unflagged" in entry["also"]]
    yield from _block("no longer flagged", (f"{entry['line']}: {entry['text'].strip()}" for entry in unflagged))
    yield from _block("added", (one["line"] + _of(one) for one in data["added"]))
    yield from _block("missing: required by both and not in the list", (one["name"] for one in data["missing"]))
    yield from _block("another name in today's test suites", map(_renamed_today, data["today"]))


def _carried_numbers(numbers: Data) -> str:
    """Lines of the list, tests that it does not have, and names in the new list, each with their unit."""
    today = f"names: {numbers['today']} with another in today's test suites"
    units = (("lines", carry.OUTCOMES), ("tests", ("added", "missing")))
    found = {unit: [f"{numbers[one]} {one}" for one in names if numbers[one]] for unit, names in units}
    told = [f"{unit}: {', '.join(given)}" for unit, given in found.items() if given]
    return "; ".join(told + [today] * bool(numbers["today"]))


def _renamed_today(one: Data) -> str:
    return f"{one['line'] or 'added'}: {one['name']} -> {one['today']}"


def _carried_line(entry: Data, outcome: str) -> Iterator[str]:
    text = f"{entry['line']}: {entry['text'].strip()}"
    if outcome == "renamed":
        yield f"{text} -> {entry['name']}" + ("" if entry["new"] else ", which the list has")
    elif outcome == "moved":
        yield f"{text}: {' and '.join(entry['capabilities']['from'])} -> {' and '.join(entry['capabilities']['to'])}"
    else:
        yield text
    if outcome == "dropped":
        yield f"  {departure(entry['dropped']) if 'dropped' in entry else not_yet(entry['not_yet'])}"


def departure(given: Data) -> str:
    """In a sentence: since when a test is not required, what became of it, and the flag before."""
    approved = f" (approved {given['approved']})" if given["approved"] else ""
    first = f"not required since {given['since']}{approved}"
    parts = [f"{first}, {_places(given) or 'which does not have the test'}{_or_not_archived(given, 'since')}"]
    if flag := given["flag"]:
        code, date = (f" {flag['code']}" if flag["code"] else ""), (f" {flag['date']}" if flag["date"] else "")
        parts.append(" ".join([f"flagged in {flag['guideline']}{code}{date}: {flag['reason']}", *flag["references"]]))
    if given["today"] is False:
        parts.append(_REMOVED)
    return "; ".join(parts)


def not_yet(given: Data) -> str:
    """In a sentence: why an earlier guideline does not have a test among those that it requires."""
    places = _places(given)
    yet = "" if given["before"] or given["draft"] else " yet"
    draft = ", a draft" if given["draft"] else ""
    first = f"not{yet} required in {given['guideline']}, {places}" if places else f"not{yet} in {given['guideline']}"
    before = f", and before in {given['before']}" if given["before"] else ""
    parts = [first, f"required from {given['required_from']}{draft}{_or_not_archived(given, 'from')}{before}"]
    return "; ".join(parts + [_REMOVED] * (given["today"] is False))


def _places(given: Data) -> str:
    found = (f"where {one['capability']} is {' and '.join(one['statuses']) or 'not listed'}" for one in given["now"])
    return ", ".join(found)


def _or_not_archived(given: Data, word: str) -> str:
    missing = given["not_archived"]
    verb = "is" if len(missing) == 1 else "are"
    return f", or {word} {' or '.join(missing)}, which {verb} not archived" if missing else ""


def compared(data: Data) -> Iterator[str]:
    """What :func:`.list_comparison.compare` returned, as lines."""
    yield f"{data['guideline']}, target {data['target']}: {_number(data['numbers']['tests'], 'test')} in the list"
    yield from (f"  {text}" for text in _numbers(data))
    yield from _block("only in the guideline", map(_only_guideline, data["only_guideline"]))
    for what in list_comparison.KINDS:
        entries = [entry for entry in data["only_list"] if entry["what"] == what]
        yield from _block(f"only in the list, {_ONLY_LIST[what]}", map(_only_list, entries))
    todays = (f"{one['line']}: {one['text'].strip()}" for one in data["names_today"])
    yield from _block("under the name of today's test suites, not the guideline's", todays)
    for what in list_comparison.FAULTS:
        lines = [one for one in data["run"]["lines"] if one["what"] == what]
        yield from _block(f"tempest run --load-list does not take lines {_FAULTS[what]}", map(_fault, lines))


def _numbers(data: Data) -> Iterator[str]:
    numbers, run = data["numbers"], data["run"]
    flagged = f" ({numbers['only_guideline_flagged']} of them flagged)" if numbers["only_guideline_flagged"] else ""
    yield f"{numbers['both']} in both"
    yield f"{numbers['only_guideline']} only in the guideline{flagged}"
    yield f"{numbers['only_list']} only in the list" + (
        f" ({numbers['unknown']} of them unknown)" * bool(numbers["unknown"])
    )
    if numbers["repeated"]:
        yield f"{_number(numbers['repeated'], 'line')} with a test that an earlier line has"
    if run["date"]:
        suites = ", ".join(f"{name} {version}" for name, version in run["suites"].items())
        ready = _number(run["ready"], "line")
        yield f"{ready} ready for tempest run --load-list, by {suites} of {run['date']}"


def _only_guideline(one: Data) -> str:
    return f"{one['name']}{_of(one)}{' flagged' * one['flagged']}"


def _only_list(entry: Data) -> str:
    text = f"{entry['line']}: {entry['text'].strip()}"
    if entry["renamed"]:
        text += f", last called {entry['name']}"
    if entry["what"] == "other guideline":
        last = entry["required_in"][-1:] or [entry["last"]["guideline"]]
        verb = "required" if entry["required_in"] else entry["last"]["status"] or "not listed"
        text += f"; last {verb} in {last[0]}" + (", flagged there" if last[0] in entry["flagged_in"] else "")
    return text


def _fault(one: Data) -> str:
    return f"{one['line']}: {one['text'].strip()}" + (f" -> {one['today']}" if one["today"] else "")


def markdown(data: Data) -> Iterator[str]:
    """A comparison with a guideline as Markdown, for a review or an issue."""
    yield f"## The list and {data['guideline']}, target {data['target']}"
    yield ""
    yield from (f"- {text}" for text in _numbers(data))
    yield from _section("Only in the guideline", map(_only_guideline, data["only_guideline"]))
    for what in list_comparison.KINDS:
        entries = [entry for entry in data["only_list"] if entry["what"] == what]
        yield from _section(f"Only in the list, {_ONLY_LIST[what]}", map(_only_list, entries))
    for what in list_comparison.FAULTS:
        lines = [one for one in data["run"]["lines"] if one["what"] == what]
        yield from _section(f"`tempest run --load-list` does not take lines {_FAULTS[what]}", map(_fault, lines))


def _section(title: str, items: Iterable[str]) -> Iterator[str]:
    if rows := list(items):
        # In a block of code, nothing in a list can be markup.
        yield from ("", f"### {title}: {len(rows)}", "", *(f"    {row}" for row in rows))


def _block(title: str, items: Iterable[str]) -> Iterator[str]:
    if rows := list(items):
        yield from (f"{title}:", *(f"  {row}" for row in rows))


def _of(one: Data) -> str:
    return f" ({', '.join(one['capabilities'])})" if one["capabilities"] else ""


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
