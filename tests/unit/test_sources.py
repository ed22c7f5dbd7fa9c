"""Whatever changes the page of a past state or of a comparison changes what it is said to be made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from interop.record import loader, model
from interop.record.record import Record
from interop.site.site import Site
from interop.sphinx_ext.origins import Origins

GUIDELINES = Path(__file__).parents[2] / "guidelines"
Edit = Callable[[model.Guideline], model.Guideline]


@pytest.fixture(scope="module")
def record() -> Record:
    return loader.load(GUIDELINES)[0]


def of_tests(**change: Callable[[model.Test], object]) -> Edit:
    """An edit of every test."""

    def edit(guideline: model.Guideline) -> model.Guideline:
        capabilities = {
            name: replace(
                one,
                tests=tuple(replace(test, **{key: to(test) for key, to in change.items()}) for test in one.tests),
            )
            for name, one in guideline.capabilities.items()
        }
        return replace(guideline, capabilities=capabilities)

    return edit


def capabilities(guideline: model.Guideline) -> model.Guideline:
    """Every definition gets another name."""
    renamed = {f"{name}-now": replace(one, name=f"{name}-now") for name, one in guideline.capabilities.items()}
    return replace(guideline, capabilities=renamed)


def edited(record: Record, *edits: Edit) -> Record:
    """The record with all guidelines edited."""
    guidelines = record.guidelines
    for edit in edits:
        guidelines = {key: edit(guideline) for key, guideline in guidelines.items()}
    return replace(record, guidelines=guidelines, _standings={})


renamed = of_tests(name=lambda test: f"{test.name}_now")
other_ids = of_tests(id=lambda test: test.id and f"{test.id[:-4]}ffff")


@pytest.mark.parametrize(
    "before, after",
    [
        ((), (other_ids,)),
        ((), (of_tests(id=lambda test: None),)),
        ((), (renamed,)),
        ((renamed,), (renamed, other_ids)),
        ((), (capabilities,)),
    ],
    ids=["other ids", "no ids", "other names", "other ids of tests with other names", "other capabilities"],
)
def test_a_page_that_changes_has_another_source(
    before: tuple[Edit, ...], after: tuple[Edit, ...], record: Record
) -> None:
    old, new = Site(edited(record, *before)), Site(edited(record, *after))
    keys = [page.key for page in old.pages if page.kind == "state"]
    changed = [key for key in keys if old.view("state", key) != new.view("state", key)]
    assert changed
    assert [key for key in changed if others(old, key) == others(new, key)] == []


def others(site: Site, key: str) -> object:
    """What the source of a page has of other guidelines: its own is edited like all."""
    found = site.source("state", key)
    assert found
    return found.besides


def approved(guideline: model.Guideline) -> model.Guideline:
    """Its status is approved, as that of newer ones may be."""
    return replace(guideline, status="approved")


def with_one(record: Record, key: str, edit: Edit | None) -> Record:
    """The record with one guideline edited, or without it."""
    others = {name: guideline for name, guideline in record.guidelines.items() if name != key or edit}
    return replace(record, guidelines=others | ({key: edit(others[key])} if edit else {}), _standings={})


@pytest.mark.parametrize(
    "key, edit, alone",
    [
        ("powered/2018.02", renamed, {"latest"}),
        ("powered/2018.02", None, {"previous", "next", "findings"}),
        ("powered/2022.11", other_ids, {"findings"}),
        ("powered/2022.11", approved, {"findings"}),
    ],
    ids=["other names", "no such guideline", "other ids", "another status"],
)
def test_a_comparison_that_changes_with_another_guideline_has_another_source(
    key: str, edit: Edit | None, alone: set[str], record: Record
) -> None:
    """``alone`` are the parts of the source of which a page has no other part that changed: each is needed."""
    old, new = Site(record), Site(with_one(record, key, edit))
    before, after = Origins(GUIDELINES, old), Origins(GUIDELINES, new)
    pages = [page for page in new.pages if page.kind == "diff" and key not in pair(page.key)]
    changed = [page for page in pages if old.view("diff", page.key) != new.view("diff", page.key)]
    assert [page.key for page in changed if before.of_page(page) == after.of_page(page)] == []
    found = [different(parts(old, page.key), parts(new, page.key)) for page in changed]
    assert {part for several in found if len(several) == 1 for part in several} == alone


def pair(key: str) -> set[str]:
    program, _, ids = key.partition("/")
    return {f"{program}/{id}" for id in ids.split("..")}


def parts(site: Site, key: str) -> dict[str, object]:
    found = site.source("diff", key)
    assert found
    ids = [site.analysis.resolved(guideline) for guideline in found.guidelines]
    return found.besides["around"] | {"latest": found.besides["latest"], "ids": ids}


def different(one: dict[str, object], other: dict[str, object]) -> list[str]:
    return [name for name in one if one[name] != other[name]]
