"""Modules import only downward, and nothing but ``sphinx_ext`` knows Sphinx: the design's map, held against the code.

A module may import what stands before it in ORDER. A package is one layer: its modules may import one another.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "_ext" / "interop"
#: From the bottom up. Names without a module yet are places kept for what the design plans.
ORDER = (
    *("problems", "events", "source", "schema", "forms", "editor_schema", "model", "catalogue", "dialects", "building"),
    *("files", "uses", "process", "checks", "known", "ledger", "drift", "suites", "record"),
    *("export", "importer", "history", "lineage", "diff", "rules"),
    *("pages", "objects", "redirects", "lists", "openapi", "api", "server", "views", "publish", "__main__"),
)
#: Outside the order: the package's own ``__init__``, which imports nothing, and the part that is made of Sphinx.
APART = ("__init__", "sphinx_ext")
FOREIGN = ("sphinx", "docutils", "myst_parser")


def layer(path: Path, package: Path) -> str:
    """The layer that a file belongs to: its name, or that of the package around it."""
    return path.relative_to(package).parts[0].removesuffix(".py")


def modules(package: Path) -> list[Path]:
    return [path for path in sorted(package.rglob("*.py")) if layer(path, package) not in APART]


def imported(path: Path, package: Path) -> Iterator[str]:
    """The dotted names of all modules that ``path`` imports, anywhere in it; relative ones made absolute."""
    inside = ("interop", *path.relative_to(package).with_suffix("").parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join((*inside[: -node.level], node.module or "")).strip(".") if node.level else node.module
            yield from (f"{base}.{alias.name}" for alias in node.names)


def faults(package: Path) -> list[str]:
    found = []
    for path in modules(package):
        mine, shown = layer(path, package), path.relative_to(package).as_posix()
        if mine not in ORDER:
            found.append(f"{shown}: {mine} has no place yet: put it in ORDER of {Path(__file__).name}")
            continue
        below = ORDER[: ORDER.index(mine)]
        for name in imported(path, package):
            first, _, rest = name.partition(".")
            target = rest.partition(".")[0]
            if first in FOREIGN:
                found.append(f"{shown}: imports {name}; only sphinx_ext may")
            elif first == "interop" and target not in (mine, *below):
                found.append(f"{shown}: imports {target}, which does not stand below {mine}")
    return found


def test_imports_go_downward():
    assert len(modules(PACKAGE)) > 10
    assert faults(PACKAGE) == []


@pytest.mark.parametrize(
    "name, text, fault",
    [
        ("source.py", "from . import record\n", "source.py: imports record, which does not stand below source"),
        ("source.py", "from .record import load\n", "source.py: imports record, which does not stand below source"),
        ("source.py", "import interop.record\n", "source.py: imports record, which does not stand below source"),
        ("source.py", "def f():\n    from .record import load\n", "source.py: imports record, which does not"),
        ("source.py", "from .sphinx_ext import state\n", "source.py: imports sphinx_ext, which does not"),
        ("source.py", "from sphinx.util import logging\n", "source.py: imports sphinx.util.logging; only"),
        ("source.py", "import docutils.nodes as nodes\n", "source.py: imports docutils.nodes; only sphinx_ext may"),
        ("rules/scores.py", "from ..views import common\n", "rules/scores.py: imports views, which does not stand"),
        ("colour.py", "", "colour.py: colour has no place yet: put it in ORDER"),
    ],
)
def test_a_wrong_import_is_seen(name, text, fault, tmp_path):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    (found,) = faults(tmp_path)
    assert found.startswith(fault)


@pytest.mark.parametrize(
    "name, text",
    [
        ("record.py", "import json\nfrom . import source\nfrom .problems import Problem\n"),
        ("views/lists.py", "from .. import pages\nfrom ..model import Status\nfrom . import common\n"),
        ("views/__init__.py", "from ..problems import Problem\nfrom . import lists\n"),
        ("sphinx_ext/stubs.py", "from sphinx.util import logging\nfrom .. import record\n"),
    ],
)
def test_a_right_import_is_not(name, text, tmp_path):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    assert faults(tmp_path) == []
