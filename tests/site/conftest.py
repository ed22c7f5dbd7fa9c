"""Fixtures of the tests of whole builds."""

from __future__ import annotations

import re
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
    # The documents are the real ones: pages written by hand list them.
    process = "guidelines/catalogue/process.yaml"
    shutil.copy2(ROOT / process, project.folder / process)
    # Pages that refer to the real record say nothing here.
    for page in (project.folder / "source").rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        if "interop-view} scored" in text:
            page.write_text(re.sub("(interop-view}) scored .*", r"\1 weights", text), encoding="utf-8")
        if re.search("{interop:(?!clause)", text):
            head = text[: text.index("\n", text.index("\n# ") + 1)]
            page.write_text(f"{head}\n", encoding="utf-8")
    return project
