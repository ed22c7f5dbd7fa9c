"""One sentence or two for each generated page, shown in link previews and by search engines."""

from __future__ import annotations

from collections.abc import Callable

from .common import View


def _guideline(v: View) -> str:
    counts, standing = v["counts"], v["standing"]
    releases = ", ".join(release["name"] for release in v["releases"])
    if v["scoring"]:
        scored = _plural(counts["required"] + len(v["unlisted"]), "capability", "capabilities")
        core, tests = counts["required"], _plural(counts["tests"], "test")
        return f"The scoring of {releases}, from before the first guideline: {scored}, {core} of them core, {tests}."
    if v["partial"]:
        ids = f"{_plural(counts['tests'], 'known test')}, with the evidence for each"
        return f"{v['program']} guideline {v['id']}, reconstructed, since its official file is not available: {ids}."
    required = _plural(counts["required"], "required capability", "required capabilities")
    asks = f"{required}, {counts['advisory']} advisory, {_plural(counts['must_pass'], 'must-pass test')}"
    since = f" {_day(standing['since'])}" if standing["since"] else ""
    what = f"{v['program']} guideline {v['id']} ({v['status']}{since}): {asks}"
    return what + (f"; for {releases}." if releases else ".")


def _plural(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def _day(when: View) -> str:
    return f"{when['date']}{' or earlier' * when['no_later']}{', inferred' * when['inferred']}"


def _known(v: View) -> str:
    releases = ", ".join([*v["releases"], *v["inferred_releases"]])
    covers = f" It covers {releases}." if releases else ""
    return f"{v['program']} guideline {v['id']}, which is not archived: its status, dates and sources.{covers}"


def _capability(v: View) -> str:
    project = f" A capability of {v['project']['name']}." if v["project"] else ""
    return f"{v['description']}{project} Its status, tests and flags in every interoperability guideline."


def _test(v: View) -> str:
    spans = []
    for program in v["programs"]:
        runs = ", ".join(
            r["first"] if r["first"] == r["last"] else f"{r['first']} to {r['last']}" for r in program["required"]
        )
        spans.append(f"{program['title']}: " + (f"required in {runs}" if runs else "never required"))
    return f"{v['name']}, id {v['id']}. {'; '.join(spans)}."


def _diff(v: View) -> str:
    return f"{v['a']['title']} and {v['b']['id']} compared. {v['sentence']}"


def _state(v: View) -> str:
    counts = v["counts"]
    asks = f"{_plural(counts['required'], 'required capability', 'required capabilities')}, {counts['must_pass']}"
    return f"{v['program']} guideline {v['id']} as it was {v['then']}: {asks} must-pass tests."


#: Kind of page -> its sentence, from its view.
SUMMARIES: dict[str, Callable[[View], str]] = {
    "guideline": _guideline,
    "known": _known,
    "capability": _capability,
    "test": _test,
    "diff": _diff,
    "state": _state,
    "amended": lambda v: f"{v['a']['title']} and as archived compared. {v['sentence']}",
    "process": lambda v: v["note"],
    "schema": lambda v: f"Every field of version {v['version']} of the interoperability guidelines' schema.",
    "gone": lambda v: "This page was removed; it links to the page that replaces it.",
    "matrix": lambda v: f"Every capability of {v['title']} in every guideline, with its status, at a glance.",
    "adopter": lambda v: f"{v['description']} Compared with every interoperability guideline, test by test.",
    "adopters": lambda v: "Test lists that public projects made from a guideline, and what each of them changed.",
    "section": lambda v: f"Which parts of {v['name']}'s code a product must run, guideline by guideline.",
    "guidelines": lambda v: (
        f"Every known OpenStack interoperability guideline: {v['complete']} archived completely, {v['partial']} "
        f"reconstructed from other sources, {v['known']} not archived."
    ),
    "coverage": lambda v: "The interoperability guidelines that cover each OpenStack release, from Havana on.",
    "capabilities": lambda v: (
        f"The {v['number']} capabilities of OpenStack's interoperability guidelines, with their status over time."
    ),
    "sections": lambda v: "The code that a product must run: designated sections by project.",
    "tests": lambda v: f"{v['number']} interoperability tests by project, with their capabilities and guidelines.",
    "test-names": lambda v: f"The {v['number']} names and aliases that interoperability tests have had, from A to Z.",
    "test-ids": lambda v: f"The idempotent ids of {v['number']} interoperability tests, with their latest names.",
    "diffs": lambda v: "Compare any two guidelines of a program.",
    "findings": lambda v: (
        f"The guidelines checked against the rules of their own process: {_plural(v['examined'], 'case')}, "
        f"{_plural(v['number'], 'finding')}."
    ),
    "home": lambda v: (
        "What OpenStack's Interop Working Group required of products that carry an OpenStack mark: guidelines, "
        "capabilities, tests and code, from 2015 on."
    ),
}


def of(kind: str, view: View) -> str:
    """The summary for a view of this kind; empty for views that are not pages."""
    return SUMMARIES[kind](view) if kind in SUMMARIES else ""
