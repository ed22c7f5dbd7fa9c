"""The contracts in ``.importlinter`` can fail: a wrong import in a copy of the package breaks them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "module, line, contract",
    [
        ("record/source.py", "from ..analysis import diff", "Packages import only downward"),
        ("analysis/history.py", "def f():\n    from ..site import pages", "Packages import only downward"),
        ("record/problems.py", "from . import loader", "No import cycles, within a package or between packages"),
        ("site/pages.py", "import sphinx.util.logging", "Only sphinx_ext imports Sphinx"),
        ("tools/importer.py", "from docutils import nodes", "Only sphinx_ext imports Sphinx"),
    ],
)
def test_a_wrong_import_breaks_a_contract(module: str, line: str, contract: str, tmp_path: Path) -> None:
    done = lint(tmp_path, module, line)
    assert done.returncode == 1
    assert f"{contract} BROKEN" in done.stdout


def test_a_module_outside_the_rooms_is_named(tmp_path: Path) -> None:
    done = lint(tmp_path, "colour.py", "")
    assert done.returncode == 1
    assert "interop.colour" in done.stdout


def test_a_build_without_changes_needs_no_sphinx() -> None:
    """Importing it takes as long as all else that such a build does."""
    script = "import sys, interop.sphinx_ext.build; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    environment = os.environ | {"PYTHONPATH": str(ROOT / "_ext")}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert {"interop"} == {"interop", "sphinx", "docutils", "jinja2"} & set(done.stdout.split())


def lint(tmp_path: Path, module: str, line: str) -> subprocess.CompletedProcess[str]:
    """Check the contracts on a copy of the package to which a line of one module was added."""
    shutil.copytree(ROOT / "_ext", tmp_path / "_ext", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "_ext/interop" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--config", ROOT / ".importlinter"]
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "_ext")}
    return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
