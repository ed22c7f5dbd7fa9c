"""Whatever changes the page of a past state changes what it is said to be made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from interop.record import loader, model
from interop.record.record import Record
from interop.site.site import Site

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
