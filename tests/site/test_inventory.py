"""Projects of others that know this site by its inventory: MkDocs, and Sphinx with the roles of this site installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ..conftest import ROOT
from .html import read

BASE = "https://interop.example.org/"
LINKING = (ROOT / "source/linking.md").read_text(encoding="utf-8")


def run(*command: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, env=os.environ | environment, capture_output=True, text=True
    )


def external(page: Path) -> dict[str, str]:
    """The text of each link to this site."""
    links = [(str(a.attributes.get("href", "")), a.text()) for a in read(page).all("a")]
    return {href.removeprefix(BASE): text for href, text in links if href.startswith(BASE)}


def test_mkdocs_with_the_documented_settings(address: str, tmp_path: Path) -> None:
    """Those of ``linking.md``, with the inventory on the server of this test."""
    (settings,) = re.findall(r"```yaml\n(plugins:.*?)```", LINKING, re.S)
    settings = settings.replace(f"{BASE}objects.inv", f"{address.removesuffix('api/v1')}objects.inv")
    (tmp_path / "mkdocs.yml").write_text(f"site_name: Another project\n{settings}", encoding="utf-8")
    (example,) = re.findall(r"```markdown\n(\[creating.*?)```", LINKING, re.S)
    more = "[flags][clause-2017a-a4.5] [nova][section-nova] [a test][a8333aa2-205c-449f-a828-d38c2489bf25]"
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text(f"# Another project\n\n{example}\n{more}\n", encoding="utf-8")
    done = run("mkdocs", "build", "--strict", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert external(tmp_path / "site/index.html") == {
        "capabilities/compute-servers-create.html": "creating servers",
        "guidelines/powered/2020.06.html": "the guideline",
        "process/2017A.html#A4.5": "flags",
        "sections/nova.html": "nova",
        "tests/a8333aa2-205c-449f-a828-d38c2489bf25.html": "a test",
    }


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but what ``pip install`` makes of a checkout. It leaves files there, so of a copy."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "_ext", folder / "_ext", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    options = ["--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check"]
    done = run("pip", "wheel", *options, "--wheel-dir", folder / "wheels", folder, folder=folder)
    assert done.returncode == 0, done.stderr
    (wheel,) = (folder / "wheels").glob("*.whl")
    done = run("pip", "install", *options, "--target", folder / "installed", wheel, folder=folder)
    assert done.returncode == 0, done.stderr
    return folder / "installed"


ROLES = """Another project
===============

:external+interop:interop:guideline:`powered/2020.06`
:external+interop:interop:capability:`compute-servers-create`
:external+interop:interop:test:`a8333aa2-205c-449f-a828-d38c2489bf25`
:external+interop:interop:section:`nova`
:external+interop:interop:criterion:`deployed`
:external+interop:interop:clause:`2017A.A4.5`
:interop:capability:`without saying from where <volumes-v3-list>`
"""


def test_the_roles_in_another_sphinx_project(site: Path, installed: Path, tmp_path: Path) -> None:
    (settings,) = re.findall(r"```python\n(extensions = \[[^\n]*references\"\]\n.*?)```", LINKING, re.S)
    settings = settings.replace(", None)", f", {str(site / 'objects.inv')!r})")
    (tmp_path / "conf.py").write_text(f"project = 'another'\nhtml_theme = 'basic'\n{settings}", encoding="utf-8")
    (tmp_path / "index.rst").write_text(ROLES, encoding="utf-8")
    command = ("sphinx", "-n", "-W", "-q", "-b", "html", ".", "out")
    done = run(*command, folder=tmp_path, PYTHONPATH=str(installed))
    assert done.returncode == 0, done.stderr
    shown = external(tmp_path / "out/index.html")
    assert list(shown) == [
        "guidelines/powered/2020.06.html",
        "capabilities/compute-servers-create.html",
        "tests/a8333aa2-205c-449f-a828-d38c2489bf25.html",
        "sections/nova.html",
        "process/criteria.html#criterion-deployed",
        "process/2017A.html#A4.5",
        "capabilities/volumes-v3-list.html",
    ]
    assert list(shown.values())[-1] == "without saying from where"
    unknown = ROLES.replace("`compute-servers-create`", "`compute-servers-craete`")
    (tmp_path / "index.rst").write_text(unknown, encoding="utf-8")
    done = run(*command, folder=tmp_path, PYTHONPATH=str(installed))
    assert done.returncode != 0 and "compute-servers-craete" in done.stderr
