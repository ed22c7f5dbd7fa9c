"""Runs the command line, in this process or as a process of its own; both give a ``CompletedProcess``.

Tests run commands in this process: it is faster, since files that are as they were are not parsed again, and a crash
fails the test with its own traceback. A process of its own is for tests of what only a process has: how it starts, its
exit status, its streams, its environment.
"""

from __future__ import annotations

import contextlib
import functools
import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from interop.__main__ import main
from interop.record import loader
from interop.record.kept import Shared

ROOT = Path(__file__).resolve().parent.parent
#: How many seconds a command may take. Bad input must not make it wait forever.
LIMIT = 120
#: What all commands in this process have read.
READ = Shared()


def environment(**more: str) -> dict[str, str]:
    """The environment of a command: this one without what would change the command's results, and ``more``."""
    # With PYTHONUNBUFFERED, Python does not notice that a reader took only a part of what it wrote.
    hidden = ("GIT_", "INTEROP_", "PYTHONIOENCODING", "PYTHONUNBUFFERED")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(hidden)}
    return kept | {"COLUMNS": "120"} | more


def run(root: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """``interop --root ROOT ARGUMENTS`` in this process, in the project's folder. Exceptions are not caught."""
    command = ["--root", str(root), *map(str, arguments)]
    load = functools.partial(_load, loader.load)
    with (
        mock.patch.object(loader, "load", load),
        mock.patch.dict(os.environ, environment(), clear=True),
        contextlib.chdir(ROOT),
        contextlib.redirect_stdout(_stream()) as output,
        contextlib.redirect_stderr(_stream()) as errors,
        _time_limit(LIMIT),
    ):
        try:
            status = main(command)
        except SystemExit as stopped:  # argparse, on wrong use.
            status = stopped.code
    assert isinstance(status, int), f"the exit status is {status!r}"
    return subprocess.CompletedProcess(command, status, _text(output), _text(errors))


def _load(load: Callable[..., Any], root: Path, extra: Iterable[Path] = (), kept: object = None) -> Any:
    return load(root, extra, READ)


def start(folder: Path, *arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    """``python -m interop ARGUMENTS`` as a process of its own, in ``folder``, with ``more`` in its environment."""
    return subprocess.run(
        [sys.executable, "-m", "interop", *map(str, arguments)],
        cwd=folder,
        env=environment(**{"PYTHONPATH": str(ROOT / "_ext"), "PYTHONIOENCODING": "utf-8"} | more),
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT,
        check=False,
    )


def _stream() -> io.TextIOWrapper:
    """A stream as ``python -m interop`` writes to, in UTF-8."""
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace", newline="\n", write_through=True)


def _text(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


@contextlib.contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    """Fail the test if the code takes longer. ``pytest.fail`` raises what no ``except Exception`` catches."""

    def stop(number: int, frame: object) -> None:
        pytest.fail(f"not finished after {seconds} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
