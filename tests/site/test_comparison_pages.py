"""Comparison pages show every test that one guideline requires and the other does not, as their files have it."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from .test_questions import POWERED, required_tests

COMPLETE = sorted(
    key for key, data in POWERED.items() if data["record"]["completeness"] == "complete" and key != "powered/next"
)


@pytest.mark.parametrize("pair", list(combinations(COMPLETE, 2)), ids=" ".join)
def test_a_comparison_shows_each_test_that_one_side_requires(site: Path, pair: tuple[str, str]) -> None:
    """Flagged ones too, be they new or dropped."""
    old, new = (required_tests(POWERED[key]) for key in pair)
    name = "..".join(key.removeprefix("powered/") for key in pair)
    shown = (site / f"diff/powered/{name}.html").read_text(encoding="utf-8").replace("<wbr>", "")
    assert old and new
    assert {one for one in old.keys() ^ new.keys() if one.rpartition(".")[2] not in shown} == set()
