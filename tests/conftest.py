"""Shared fixtures: the project's folder, and real Sphinx builds of it in a folder of their own."""

from __future__ import annotations

import fcntl
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from interop.analysis.analysis import Analysis
from interop.record import loader
from interop.record.record import Record

from . import command_line
from .command_line import ROOT

PARTS = ("conf.py", "_ext", "_templates", "_static", "source", "guidelines")


class Project:
    """A copy of the project that can be edited and built; ``html`` is the published site."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.html = folder / "_build/html"
        ignore = shutil.ignore_patterns("__pycache__")
        for part in PARTS:
            source, target = ROOT / part, folder / part
            if source.is_dir():
                shutil.copytree(source, target, ignore=ignore)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, target)

    def command(self, *options: str, folder: str = "_build") -> list[str]:
        """The command of ``make html``, with one process unless ``options`` say otherwise."""
        return [sys.executable, "-m", "interop.sphinx_ext.build", folder, "--jobs", "1", *options]

    def start(self, *options: str, folder: str = "_build", **settings: Any) -> subprocess.Popen[str]:
        """Start a build of the published site in ``folder``."""
        # Sphinx colours its messages not only for terminals, but also where CI is set.
        environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": "_ext", "NO_COLOR": "1"}
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        command = self.command(*options, folder=folder)
        return subprocess.Popen(command, cwd=self.folder, env=environment, text=True, **streams, **settings)

    def run(self, *options: str, folder: str = "_build", **settings: Any) -> subprocess.CompletedProcess[str]:
        """Build, whether that succeeds or not."""
        process = self.start(*options, folder=folder, **settings)
        out, err = process.communicate(timeout=300)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def build(self, *options: str) -> Project:
        """Build, and fail the test if that does."""
        done = self.run(*options)
        assert done.returncode == 0, done.stderr
        return self

    def files(self, folder: str = "_build") -> dict[str, bytes]:
        """Every file of the published site in ``folder``."""
        site = self.folder / folder / "html"
        return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


#: Decides which of the sampled tests run; the same in all processes of a run.
SEED = os.environ.get("INTEROP_SEED") or os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(random.random())
#: Tests that take long, each of which finds much the same faults as the others: how many of them each run takes.
SAMPLES = {"rebuilds": 10, "axe": 4}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of sampled tests, take others in each run; all of them where INTEROP_SEED is ``all``."""
    left: set[str] = set()
    for group, number in SAMPLES.items() if SEED != "all" else ():
        marks = ((item.nodeid, item.get_closest_marker("sampled")) for item in items)
        names = [name for name, mark in marks if mark and mark.args == (group,)]
        left.update(random.Random(SEED).sample(names, max(len(names) - number, 0)))
    if left:
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid in left])
        items[:] = [item for item in items if item.nodeid not in left]


def pytest_report_header() -> str:
    """Tell that not all tests run."""
    cases = "all" if SEED == "all" else "some in each run, all with INTEROP_SEED=all"
    return f"builds after edits and stops, and pages for axe: {cases}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """If a test fails that expects what was counted or written by hand, name the file to edit."""
    report = yield
    if report.failed and (marker := item.get_closest_marker("by_hand")):
        file = marker.args[0] if marker.args else item.path.relative_to(ROOT)
        advice = f"What this test expects was counted or written by hand. If the change is intended, edit {file}"
        report.sections.append(("Expected by hand", advice))
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell how many comparisons with official files ran, so that a run without any is noticed."""

    def count(outcome: str) -> int:
        reports = terminalreporter.stats.get(outcome, [])
        return sum("fidelity" in getattr(report, "keywords", ()) for report in reports)

    passed, failed, skipped = count("passed"), count("failed") + count("error"), count("skipped")
    if passed or failed:
        failures = f", {failed} failed" * bool(failed)
        terminalreporter.write_line(f"fidelity: {passed + failed} comparisons with official files{failures}")
    if skipped:
        terminalreporter.write_line(f"fidelity: no official files, {skipped} not run")


@pytest.fixture(scope="session")
def project_at() -> Callable[[Path], Project]:
    """Makes a copy of the project."""
    return Project


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the real record, built once for all processes that run tests; tests only read it."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    site = folder / "site/_build/html"
    with (folder / "site.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not site.exists():
            shutil.rmtree(folder / "site", ignore_errors=True)
            Project(folder / "site").build("--jobs", "auto")
    return site


@pytest.fixture(scope="session")
def real_record() -> Record:
    """The real record, loaded once."""
    loaded, _ = loader.load(ROOT / "guidelines")
    return loaded


@pytest.fixture(scope="session")
def real_analysis(real_record: Record) -> Analysis:
    """What is worked out from the real record, once."""
    return Analysis(real_record)


@pytest.fixture(scope="session")
def guidelines() -> Path:
    """The folder of the real record."""
    return ROOT / "guidelines"


@pytest.fixture(scope="session")
def interop() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs ``interop --root ROOT ARGUMENTS`` in this process: ``interop(root, *arguments)``."""
    return command_line.run


@pytest.fixture(scope="session")
def upstream() -> Path:
    """The folder of the official files: ``<program>/<id>.json``."""
    if given := os.environ.get("INTEROP_UPSTREAM"):
        return Path(given)
    beside = ROOT.parent / "shared" / "upstream"
    if not beside.is_dir():
        pytest.skip("no official files: set INTEROP_UPSTREAM to a folder that holds them as <program>/<id>.json")
    return beside
