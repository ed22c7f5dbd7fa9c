"""The larger record of ``make bench ARGS=--times=3``, which nobody would miss until they ask how the build grows."""

from __future__ import annotations

import shutil
from pathlib import Path

from interop.record import loader
from interop.record.problems import Severity
from interop.record.record import Record

from ..bench import multiply
from ..conftest import ROOT


def test_a_multiplied_record_is_valid(real_record: Record, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "guidelines", tmp_path / "guidelines")
    multiply(tmp_path, 2)
    record, problems = loader.load(tmp_path / "guidelines")
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == []
    dated = [one for one in real_record.guidelines.values() if one.id[:2] == "20"]
    assert len(record.guidelines) == len(real_record.guidelines) + len(dated)
