"""What unit tests share: the official fixtures, a small record to read, an empty one to write to, comparisons."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from interop.analysis.analysis import Analysis
from interop.analysis.diff import Diff
from interop.record import catalogue_schemas

from .. import small_record
from ..conftest import ROOT

OFFICIAL_FIXTURES = ROOT / "tests" / "fixtures" / "official"
MINI = ROOT / "tests" / "fixtures" / "mini" / "guidelines"


@pytest.fixture(scope="session")
def official_fixtures() -> Path:
    """The folder of small guidelines in the official forms."""
    return OFFICIAL_FIXTURES


@pytest.fixture(scope="session")
def mini_root() -> Path:
    """The folder of a small record without faults: two dated guidelines and a draft. Tests only read it."""
    return MINI


@pytest.fixture
def small_root(tmp_path: Path) -> Path:
    """A guidelines folder without guidelines, whose catalogue knows the wordings of the official fixtures."""
    root = tmp_path / "guidelines"
    shutil.copytree(OFFICIAL_FIXTURES / "catalogue", root / "catalogue")
    for name in catalogue_schemas.FORMS:
        path = root / "catalogue" / f"{name}.yaml"
        if not path.exists():
            path.write_text("{}\n", encoding="utf-8")
    return root


@pytest.fixture
def compare(tmp_path: Path) -> Callable[..., Diff]:
    """Compares 2016.01 with 2016.08 of the small record after changes of both."""

    def run(*changes: small_record.Change) -> Diff:
        files = small_record.changed(small_record.only("2016.01", "2016.08"), *changes)
        loaded = small_record.load(files, tmp_path)
        return Analysis(loaded).compare(*(loaded.guidelines[f"powered/{id}"] for id in ("2016.01", "2016.08")))

    return run
