"""A comparison in numbers: from the tests that must pass for one guideline to those that must pass for the other."""

from __future__ import annotations

from ...analysis.diff import Diff
from ...record.catalogue import Catalogue
from ...record.model import is_capability
from .common import View, component

#: The signs before what is added and what is subtracted.
_PLUS, _MINUS = "+", "−"


def components(found: Diff) -> list[str]:
    """The components of either guideline, in the order of the earlier one."""
    return list(dict.fromkeys([*found.before.components, *found.after.components]))


def of_pair(catalogue: Catalogue, found: Diff) -> View:
    """A column for each component, and one for all together; the rows add up from the first to the last.

    A row of ``part`` tells of what the row before it consists; such rows, and rows for what is not known, are left out
    if all their numbers are 0. ``to`` is the section that lists the tests. ``ungrouped`` of those that are new have a
    capability that is not known.
    """
    names = components(found)
    columns = [*names, ""] if len(names) > 1 else [""]
    numbers = [_numbers(found, name) for name in columns]
    a, b = found.a.id, found.b.id
    rows = (
        ("before", f"Must pass for {a}", "", "", False),
        ("new", "Newly required", "must-pass", _PLUS, False),
        ("new_ids", f"not in {a}", "", "", True),
        ("new_known", f"in {a}, but flagged or not required there", "", "", True),
        ("opened", f"Not known whether {a} requires them", f"not-known-{a}", _PLUS, False),
        ("gone", "No longer required", "may-fail", _MINUS, False),
        ("gone_ids", _not_in(found), "", "", True),
        ("gone_known", f"in {b}, but flagged or not required there", "", "", True),
        ("closed", f"Not known whether {b} requires them", f"not-known-{b}", _MINUS, False),
        ("after", f"Must pass for {b}", "", "", False),
    )
    optional = ("opened", "closed")
    return {
        "ungrouped": _ungrouped(found),
        "columns": [component(catalogue, name)["title"] for name in names] if len(names) > 1 else [],
        "rows": [
            {"title": title, "to": to, "sign": sign, "part": part, "cells": [one[key] for one in numbers]}
            for key, title, to, sign, part in rows
            if any(one[key] for one in numbers) or not (part or key in optional)
        ],
    }


def _not_in(found: Diff) -> str:
    return f"not in the known tests of {found.b.id}" if found.b.is_partial else f"not in {found.b.id}"


def _ungrouped(found: Diff) -> int:
    """The number of newly required tests with a capability that is not known."""
    required = found.after.required()
    return sum(not any(map(is_capability, required[key].capabilities)) for key in found.newly_required())


def _numbers(found: Diff, name: str) -> dict[str, int]:
    """The numbers of a component, or of all of them if ``name`` is empty."""
    before, after = found.before.must_pass(name), found.after.must_pass(name)
    new, gone = set(found.newly_required(name)), set(found.no_longer_required(name))
    return {
        "before": len(before),
        "new": len(new),
        "new_ids": len(new - found.before.all_tests),
        "new_known": len(new & found.before.all_tests),
        "opened": len(after - before - new),
        "gone": len(gone),
        "gone_ids": len(gone - found.after.all_tests),
        "gone_known": len(gone & found.after.all_tests),
        "closed": len(before - after - gone),
        "after": len(after),
    }
