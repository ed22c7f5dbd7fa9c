"""A guideline as it was approved, compared with the same as it is archived: tests by their names in each file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...analysis import amendments
from ...analysis import diff as comparison
from ...analysis.amendments import Entry, State, Step
from ...analysis.analysis import Analysis
from ...analysis.facts import Facts
from ...record.model import Guideline
from .. import pages, urls
from . import diff, revised
from .common import View, guideline_link


def view(analysis: Analysis, key: str) -> View:
    """The comparison of the guideline ``key`` as it was approved with the same as it is archived."""
    guideline = analysis.record.guidelines[key]
    approved = analysis.as_approved.record.guidelines[key]
    ids, catalogue = analysis.as_approved.test_ids, analysis.record.catalogue
    a, b = (
        Facts(replace(given, id=f"{guideline.id} {word}"), catalogue, ids)
        for given, word in ((_with_ids(approved, guideline), "as approved"), (guideline, "as archived"))
    )
    first = next(iter(analysis.moments(key).values()))
    link = guideline_link(analysis.record, guideline)
    title = pages.title(analysis.record, guideline)
    links = (
        link
        | {"id": a.guideline.id, "title": f"{title} as approved, {first.label}"}
        | {"to": urls.state(key, first.name), "status": approved.status},
        link | {"id": b.guideline.id, "title": f"{title} as archived", "to": urls.guideline(key)},
    )
    shown = diff.content(catalogue, comparison.compare(a, b), links, analysis.latest_names) | {
        "program": pages.program_title(analysis.record, guideline.program),
        "a": links[0],
        "b": links[1],
        "inside": _inside(analysis, first.state, analysis.states(key)[-1]),
        "data": urls.amendments_data(key),
        "findings": {"groups": [], "number": 0, "explained": 0},
        "previous": None,
        "next": None,
    }
    for side, groups in ((guideline, shown["no_longer_asked"]), (approved, shown["newly_asked"])):
        for row in (row for group in groups for row in group["tests"]):
            if row["why"] in ("added", "dropped") and revised.has_test(side, row["test"]):
                row["why"] = "id changed"
    return shown | {"contents": diff.contents(shown)}


def _with_ids(approved: Guideline, archived: Guideline) -> Guideline:
    """The guideline as approved, with the ids that were put right later: those that no test had as approved."""
    tests = [test for one in approved.capabilities.values() for test in one.tests]
    old = {test.id for test in tests}
    right = {
        (name, test.name): test.id
        for name, one in archived.capabilities.items()
        for test in one.tests
        if test.id not in old
    }
    capabilities = {
        name: replace(one, tests=tuple(replace(test, id=right.get((name, test.name)) or test.id) for test in one.tests))
        for name, one in approved.capabilities.items()
    }
    return replace(approved, capabilities=capabilities)


def _inside(analysis: Analysis, first: State, last: State) -> list[View]:
    """The changes of tests in capabilities that both files define."""
    both = first.facts.get("capabilities", {}).keys() & last.facts.get("capabilities", {}).keys()
    found: dict[str, list[View]] = {}
    for step in amendments.steps([first, last]):
        for (capability, name), what, says, note in _changes(step):
            if capability in both:
                known = step.new.get((capability, name), step.old.get((capability, name), {}))
                id = revised.page_of(analysis, name, known)
                row = {"test": name, "id": id, "to": "", "what": what, "says": says, "note": note}
                found.setdefault(capability, []).append(row)
    return [{"name": name, "changes": sorted(found[name], key=lambda row: row["test"])} for name in sorted(found)]


def _changes(step: Step) -> Iterator[tuple[Entry, str, str, str]]:
    """The entries of tests that changed, by their names in the file that has them: what happened, short and in full."""
    kept = {(entry[0], facts.get("idempotent_id")): entry[1] for entry, facts in step.new.items() if entry in step.old}
    for entry, before in step.old.items():
        now, id = step.renamed.get(entry, entry), before.get("idempotent_id")
        if now not in step.new:
            stays = kept.get((entry[0], id)) if id else None
            says = "second entry dropped" if stays else "dropped"
            says = f"{says} (was flagged)" if "flagged" in before else says
            yield entry, "dropped", says, f"stays as {stays}" if stays else ""
            continue
        after = step.new[now]
        if now != entry:
            yield now, "renamed", "renamed", f"from {entry[1]}"
        if id != after.get("idempotent_id"):
            yield now, "id changed", "id changed", f"from {id or 'none'} to {after.get('idempotent_id') or 'none'}"
        if ("flagged" in before) is not ("flagged" in after):
            what = "flagged" if "flagged" in after else "no longer flagged"
            yield now, what, what, ""
    for entry in step.new.keys() - step.old.keys() - set(step.renamed.values()):
        yield entry, "added", "added", ""
