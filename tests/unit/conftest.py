"""What unit tests share: the record, the official fixtures, a small record to write to, the command line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from interop import catalogue

from ..conftest import ROOT

GUIDELINES = ROOT / "guidelines"
OFFICIAL_FIXTURES = ROOT / "tests" / "fixtures" / "official"


@pytest.fixture(scope="session")
def guidelines() -> Path:
    """The folder of the real record."""
    return GUIDELINES


@pytest.fixture(scope="session")
def official_fixtures() -> Path:
    """The folder of small guidelines in the official forms."""
    return OFFICIAL_FIXTURES


@pytest.fixture
def small_root(tmp_path: Path) -> Path:
    """A guidelines folder without guidelines, whose catalogue knows the wordings of the official fixtures."""
    root = tmp_path / "guidelines"
    shutil.copytree(OFFICIAL_FIXTURES / "catalogue", root / "catalogue")
    for name in catalogue.FORMS:
        path = root / "catalogue" / f"{name}.yaml"
        if not path.exists():
            path.write_text("{}\n", encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def interop() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs ``python -m interop --root ROOT ARGUMENTS`` as a process of its own: ``interop(root, *arguments)``."""
    hidden = ("INTEROP_GUIDELINES", "PYTHONPATH")
    environment = {key: value for key, value in os.environ.items() if key not in hidden and not key.startswith("GIT_")}
    environment |= {"PYTHONPATH": str(ROOT / "_ext"), "PYTHONIOENCODING": "utf-8", "COLUMNS": "120"}

    def run(root: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "interop", "--root", str(root), *map(str, arguments)]
        return subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return run
