"""Imports of exports, whose block ``record`` may have been edited: the record decides what is believed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from ..official import load_yaml

Interop = Callable[..., CompletedProcess[str]]
KEY = "powered/2031.01"
#: The source in tests/fixtures/mini.
WHERE = ("metadata", "record", "sources", 0)


@pytest.fixture
def root(tmp_path: Path, mini_root: Path) -> Path:
    return shutil.copytree(mini_root, tmp_path / "guidelines")


@pytest.fixture
def export(interop: Interop, root: Path, tmp_path: Path) -> Callable[..., Path]:
    """Writes an export after an edit: the value goes where the path leads."""

    def run(*edits: tuple[tuple[Any, ...], Any]) -> Path:
        data = json.loads(interop(root, "export", KEY).stdout)
        for (*way, key), value in edits:
            place = data
            for step in way:
                place = place[step]
            place[key] = value
        path = tmp_path / "2031.01.json"
        path.write_text(json.dumps(data), encoding="utf-8")
        return path

    return run


@pytest.mark.parametrize("field, value", [("sha256", "f" * 64), ("commit", "f" * 40), ("path", "other.json")])
def test_a_source_that_the_record_does_not_have_is_refused(field, value, interop, root, export) -> None:
    before = (root / f"{KEY}.yaml").read_bytes()
    path = export(((*WHERE, field), value))
    done = interop(root, "import", path)
    assert (done.returncode, done.stdout) == (1, f"{KEY}: not imported\n")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"{path}:1: error no-source: is an export, and ") and value in line
    assert (root / f"{KEY}.yaml").read_bytes() == before


def test_edited_facts_are_told_beside_the_same_sources(interop, root, export) -> None:
    path = export((("capabilities", "servers-list", "admin"), True))
    done = interop(root, "import", path)
    assert (done.returncode, done.stdout) == (0, f"{KEY}: changed\n")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"{path}:1: observation no-source: is an export, and its facts differ")


def test_edited_facts_with_a_note_need_no_word(interop, root, export) -> None:
    edit = (("capabilities", "servers-list", "admin"), True)
    done = interop(root, "import", export(edit, (("metadata", "record", "notes"), ["The official file has false."])))
    assert (done.returncode, done.stdout.splitlines()[0], done.stderr) == (0, f"{KEY}: changed", "")


def test_an_export_as_it_was_printed_needs_no_word(interop, root, export) -> None:
    """That all exports of the real record change nothing is in test_cli.py; descriptions of marks are left out here."""
    before = load_yaml(root / f"{KEY}.yaml")
    done = interop(root, "import", export())
    assert (done.returncode, done.stderr) == (0, "")
    after = load_yaml(root / f"{KEY}.yaml")
    assert (after["record"], after["capabilities"]) == (before["record"], before["capabilities"])


def test_sources_that_nothing_confirms_are_told(interop, root, export) -> None:
    path = export()
    (root / f"{KEY}.yaml").unlink()
    done = interop(root, "import", path)
    assert (done.returncode, done.stdout) == (0, f"{KEY}: written\n")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"{path}:1: observation no-source: is an export, and the record has no guideline")


def test_an_export_without_sources_gets_none(interop, root, export) -> None:
    """Its own SHA-256 is not that of the official file."""
    path = export((("metadata", "record", "sources"), []))
    (root / f"{KEY}.yaml").unlink()
    done = interop(root, "import", path)
    assert done.returncode == 0, done.stderr
    assert load_yaml(root / f"{KEY}.yaml")["record"]["sources"] == []


def test_an_export_cannot_complete_a_partial_guideline(interop, root, export) -> None:
    path = export((("metadata", "record", "sources"), []))
    partial = """\
metadata: {id: '2031.01', schema: '2.0'}
record:
  completeness: partial
  origin_schema: '2.0'
  sources: []
  evidence: {grade: stated, sources: [page]}
  evidence_sources: {page: {title: A page, address: 'https://a.example/'}}
components: {os_powered_compute: {capabilities: {}}}
capabilities: {}
"""
    (root / f"{KEY}.yaml").write_text(partial, encoding="utf-8")
    done = interop(root, "import", path)
    assert (done.returncode, done.stdout) == (1, f"{KEY}: not imported\n")
    assert "is partial: an export cannot complete it" in done.stderr
    assert (root / f"{KEY}.yaml").read_text(encoding="utf-8") == partial
