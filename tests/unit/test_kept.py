"""What was read from a guideline file is used again only for the same file, content and code."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from interop.record import loader, source, writer
from interop.record.kept import Kept
from interop.record.record import Record

from ..small_project import MINI

Reads = Callable[[], int]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    """How many guideline files were read since the last call."""
    count = 0
    real = source.read

    def read(path: Path, shown: str) -> tuple[source.Source | None, list[source.Problem]]:
        nonlocal count
        count += path.parent.name == "powered"
        return real(path, shown)

    def since() -> int:
        nonlocal count
        now, count = count, 0
        return now

    monkeypatch.setattr(source, "read", read)
    return since


def told(record: Record) -> dict[str, object]:
    """Everything that the files of a record say, and the lines of it."""
    official = {key: writer.official(item, record.catalogue) for key, item in record.guidelines.items()}
    return official | {f"lines of {key}": read.lines for key, read in record.sources.items()}


def test_only_files_that_changed_are_read(tmp_path: Path, reads: Reads) -> None:
    shutil.copytree(MINI, tmp_path / "guidelines")
    folder, file = tmp_path / "guidelines/powered", tmp_path / "parsed"

    def load(code: str = "code") -> Record:
        kept = Kept(file, code)
        record, _ = loader.load(tmp_path / "guidelines", kept=kept)
        kept.save()
        assert told(record) == told(loader.load(tmp_path / "guidelines")[0])
        return record

    number = len(list(folder.glob("*.yaml")))
    load()
    assert reads() == 2 * number  # Once with what is kept, once without.
    load()
    assert reads() == number
    path = folder / "2031.01.yaml"
    before = path.read_text(encoding="utf-8")
    stamp = path.stat().st_mtime_ns
    path.write_text(before.replace("advisory: [servers-list]", "advisory: []"), encoding="utf-8")
    os.utime(path, ns=(stamp, stamp))
    load()
    assert reads() == number + 1
    load("other code")
    assert reads() == 2 * number
    file.write_bytes(file.read_bytes()[:100])
    load("other code")
    assert reads() == 2 * number


def test_faults_are_kept_too(tmp_path: Path) -> None:
    shutil.copytree(MINI, tmp_path / "guidelines")
    (tmp_path / "guidelines/powered/2031.06.yaml").write_text("- a list\n", encoding="utf-8")
    expected = loader.load(tmp_path / "guidelines")[1]
    assert expected
    for _ in range(2):
        kept = Kept(tmp_path / "parsed", "code")
        assert loader.load(tmp_path / "guidelines", kept=kept)[1] == expected
        kept.save()
