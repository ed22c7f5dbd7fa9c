"""What a change does to the record: facts, test lists, findings and URLs before and after, as Markdown.

Names and values are in code spans, so that nothing in a guideline file has a meaning in Markdown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..analysis import diff, diff_format, drafts
from ..analysis.analysis import Analysis
from ..record import discovery, ledger, writer
from ..record.model import Guideline
from . import audit
from .audit import Item

#: How many facts, lines and URLs of one kind are listed.
LIMIT = 40
#: What is done with problems and findings of each kind.
_KINDS = {
    "new": "To be corrected, or listed in `observations.yaml` with the reason",
    "known": "Known: listed, explained by the rule, or as in the guideline before",
    "history": "In dated guidelines, whose findings are history",
    "gone": "No longer there",
}


def report(
    before: Analysis,
    after: Analysis,
    items: tuple[list[Item], list[Item]],
    urls: tuple[set[str], set[str]],
    files: Iterable[str],
) -> Iterator[str]:
    """The lines of the report.

    ``items`` are all problems and findings before and after, the latter beside the commit; ``urls`` are all URLs before
    and after; ``files`` are the files that differ.
    """
    old, new = before.record.guidelines, after.record.guidelines
    parts = [list(_added(after, new[key])) for key in new.keys() - old.keys()]
    parts += [[f"### {code(key)}: removed"] for key in old.keys() - new.keys()]
    parts += [list(_changed(before, after, key)) for key in new if key in old]
    parts += [list(_problems(after, items)), list(_addresses(after, *urls)), list(_others(files))]
    if not any(parts):
        yield from ("", "The change does nothing to the record.")
    for part in parts:
        if part:
            yield from ("", *part)


def _added(after: Analysis, guideline: Guideline) -> Iterator[str]:
    yield f"### {code(guideline.key)}: added"
    if previous := drafts.follows(after.record, guideline):
        yield from ("", f"Against {code(previous.key)}:", "", *_compared(after.compare(previous, guideline)))


def _changed(before: Analysis, after: Analysis, key: str) -> Iterator[str]:
    old, new = before.record.guidelines[key], after.record.guidelines[key]
    facts = list(_facts(writer.to_record(old), writer.to_record(new)))
    lists = list(_lists(before, after, key))
    if not facts and not lists:
        return
    yield f"### {code(key)}: changed"
    compared = diff.compare(before.facts(old), after.facts(new))
    yield ""
    counts = {"more to pass": compared.newly_required(), "no longer required": compared.no_longer_required()}
    parts = [f"{_tests(len(tests))} {text}" for text, tests in counts.items() if tests]
    yield f"{', '.join(parts)}." if parts else "The same tests are required."
    if facts:
        yield from ("", "| Fact | Before | After |", "| --- | --- | --- |")
        yield from _limited([f"| {' | '.join(map(_cell, fact))} |" for fact in facts], "| {} more | | |")
    if lists:
        yield from ("", "Test lists, with aliases and flagged tests:", "", *lists)


def _compared(compared: diff.Diff) -> Iterator[str]:
    yield "```text"
    lines = "\n".join(list(diff_format.to_lines(compared))[1:]).splitlines()
    yield from (_plain(line).replace("```", "'''") for line in lines)
    yield "```"


def _facts(old: Any, new: Any, path: str = "") -> Iterator[tuple[str, str, str]]:
    """Each fact that differs: its place, and its values before and after. Of lists, what was taken out and put in."""
    if old == new:
        return
    if isinstance(old, dict) or isinstance(new, dict):
        old, new = old or {}, new or {}
        for key in [*old, *(key for key in new if key not in old)]:
            yield from _facts(old.get(key), new.get(key), f"{path}.{key}" if path else str(key))
    elif isinstance(old, list) or isinstance(new, list):
        old, new = [str(one) for one in old or ()], [str(one) for one in new or ()]
        gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
        yield path, ", ".join(gone), ", ".join(come)
    else:
        yield path, "" if old is None else str(old), "" if new is None else str(new)


def _lists(before: Analysis, after: Analysis, key: str) -> Iterator[str]:
    old, new = (
        {
            (one.target, "+".join(one.types)): set(one.lines)
            for one in side.published(side.record.guidelines[key])
            if one.aliases and one.flagged and len(one.types) == 1
        }
        for side in (before, after)
    )
    for name in sorted(old.keys() | new.keys()):
        come, gone = new.get(name, set()) - old.get(name, set()), old.get(name, set()) - new.get(name, set())
        if come or gone:
            yield f"- {' '.join(map(code, name))}: {len(come)} added, {len(gone)} dropped"
            yield from _limited([f"  - added: {code(line)}" for line in sorted(come)], "  - {} more added")
            yield from _limited([f"  - dropped: {code(line)}" for line in sorted(gone)], "  - {} more dropped")


def _problems(after: Analysis, items: tuple[list[Item], list[Item]]) -> Iterator[str]:
    old, new = ({audit.key_of(after.record, item.problem): item for item in side} for side in items)
    kinds: dict[str, list[Item]] = {kind: [] for kind in _KINDS}
    for key, item in new.items():
        if key not in old:
            kinds[_kind(item)].append(item)
    kinds["gone"] = [item for key, item in old.items() if key not in new]
    if any(kinds.values()):
        yield "### Findings and observations"
    for kind, found in kinds.items():
        if found:
            yield from ("", f"{_KINDS[kind]}:", "")
            yield from _limited([f"- {kind}: {code(str(item.problem))}" for item in found], f"- {{}} more {kind}")


def _kind(item: Item) -> str:
    return "new" if item.is_new else "known" if item.problem.known else "history"


def _addresses(after: Analysis, old: set[str], new: set[str]) -> Iterator[str]:
    if old != new:
        yield f"### URLs: {len(new - old)} added, {len(old - new)} removed"
        yield ""
        yield from _limited([f"- added: {code(url)}" for url in _pages_first(new - old)], "- {} more added")
        yield from _limited([f"- removed: {code(url)}" for url in _pages_first(old - new)], "- {} more removed")
        listed = after.record.addresses.pages
        missing = [url for url in new - old if url.partition("#")[0] not in listed]
        if missing:
            yield from ("", f"Not in {code(ledger.FILE)}: {len(missing)}. Run {code('make addresses')}.")


def _others(files: Iterable[str]) -> Iterator[str]:
    """The files that are no guidelines, such as the catalogue."""
    shared = [name for name in files if "/" not in name or name.startswith(("catalogue/", f"{discovery.ADOPTERS}/"))]
    if shared := [name for name in shared if name != ledger.FILE]:
        yield from ("### Other files", "", *(f"- {code(name)}" for name in shared))


def _pages_first(urls: set[str]) -> list[str]:
    return sorted(urls, key=lambda url: ("#" in url, url))


def _limited(lines: list[str], more: str) -> Iterable[str]:
    rest = len(lines) - LIMIT
    return lines if rest <= 0 else [*lines[:LIMIT], more.format(rest)]


def _tests(number: int) -> str:
    return f"{number} test{'s' * (number != 1)}"


def _plain(text: str) -> str:
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def code(text: str) -> str:
    """A text as code. In it, only backticks have a meaning."""
    return f"`{_plain(text).replace('`', chr(39))}`" if text else ""


def _cell(text: str) -> str:
    return code(text).replace("|", r"\|") or "none"
