"""Fixtures of the tests of whole builds."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ..conftest import ROOT, Project

Make = Callable[[Path], Project]
MINI = ROOT / "tests/fixtures/mini/guidelines"


@pytest.fixture
def mini(tmp_path: Path, project_at: Make) -> Project:
    """The project with the small record of the fixtures in place of the real one."""
    project = project_at(tmp_path / "mini")
    readme = (project.folder / "guidelines/README.md").read_text(encoding="utf-8")
    shutil.rmtree(project.folder / "guidelines")
    shutil.copytree(MINI, project.folder / "guidelines")
    (project.folder / "guidelines/README.md").write_text(readme, encoding="utf-8")
    # The page on linking refers to the real record.
    page = "---\nmyst:\n  html_meta:\n    description: How to link to what stands here.\n---\n# How to link\n"
    (project.folder / "source/linking.md").write_text(page, encoding="utf-8")
    return project
