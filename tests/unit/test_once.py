"""What is computed once for a record does not keep the record from being freed."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

from interop.record import loader
from interop.record.once import once
from interop.site.site import Site

GUIDELINES = Path(__file__).parents[2] / "guidelines"


class Owner:
    """Any object."""


def test_a_result_is_computed_once_for_an_object_and_arguments() -> None:
    calls = []

    @once
    def told(owner: Owner, name: str, *, loud: bool = False) -> str:
        calls.append((owner, name, loud))
        return name.upper() if loud else name

    one, other = Owner(), Owner()
    assert [told(one, "a"), told(one, "a"), told(one, "b"), told(one, "a", loud=True), told(other, "a")] == [*"aabAa"]
    assert calls == [(one, "a", False), (one, "b", False), (one, "a", True), (other, "a", False)]


def test_a_record_is_freed_when_its_site_is() -> None:
    site = Site(*loader.load(GUIDELINES))
    for page in site.pages:
        if page.kind in ("adopter", "capability", "test"):
            site.view(page.kind, page.key)
    known = weakref.ref(site.record), weakref.ref(site.analysis)
    del site
    gc.collect()
    assert [one() for one in known] == [None, None]
