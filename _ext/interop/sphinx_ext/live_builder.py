"""Builds on request, in a process that keeps Sphinx and the code loaded: a build then starts at once.

Each build runs in a fork of that process and is what ``make html`` runs. After each, the process reads the record, so
that the next build reads only files that changed. It starts anew when the code or the installed packages changed, and
ends with the one that asks.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ..record import loader
from ..record.kept import Shared
from . import build, inputs

_MODULE = "interop.sphinx_ext.live_builder"
#: Begins the line that ends the output of a build; its exit status follows.
_END = b"\0"


@dataclass(frozen=True)
class Result:
    """The end of a build: whether it succeeded, and the lines that it printed."""

    good: bool
    lines: tuple[str, ...]


class Builder:
    """The process that builds in the folder ``build``. What a build prints goes to the terminal at once."""

    def __init__(self, build: Path) -> None:
        command = _command(str(build), inputs.of_code(Path()))
        pipe = subprocess.PIPE
        handler = signal.signal(signal.SIGINT, signal.SIG_IGN)  # The process inherits this: only its build ends by it.
        self._process = subprocess.Popen(command, bufsize=0, process_group=0, stdin=pipe, stdout=pipe)
        signal.signal(signal.SIGINT, handler)

    def build(self) -> Result:
        """Build. Raises EOFError if the process ended, which a mistake in the code does."""
        pipes = self._process.stdin, self._process.stdout
        lines: list[str] = []
        with suppress(BrokenPipeError):
            pipes[0].write(b"\n")  # type: ignore[union-attr]
        for line in iter(pipes[1].readline, b""):  # type: ignore[union-attr]
            if line.startswith(_END):
                return Result(line[1:].strip() == b"0", tuple(lines))
            lines.append(line.decode(errors="replace").rstrip("\n"))
            print(lines[-1], file=sys.stderr, flush=True)
        raise EOFError("\n".join(lines))

    def close(self) -> None:
        """End the process, and its build if one runs."""
        self._process.stdin.close()  # type: ignore[union-attr]
        os.killpg(self._process.pid, signal.SIGINT)
        self._process.wait()


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", _MODULE, *arguments]


def _serve(folder: str, code: str, at_once: bool) -> None:
    """Build at each byte on the standard input. ``code`` is the digest of the code before it was loaded."""
    kept = Shared()
    while at_once or os.read(0, 1):
        at_once = False
        if (now := inputs.of_code(Path())) != code:
            os.execv(sys.executable, _command(folder, now, "at-once"))
        with tempfile.TemporaryFile() as loaded:
            if not (process := os.fork()):
                _build(folder, code, kept, loaded)
            _, status = os.waitpid(process, 0)
            os.write(1, _END + f"{status}\n".encode())
            _prepare(kept, loaded)


def _build(folder: str, code: str, kept: Shared, loaded: IO[bytes]) -> None:
    """Build in this fork, list the loaded modules in a file, and end."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.dup2(1, 2)
    # How a build starts itself again if files were saved while it ran, or code since this process loaded it.
    sys.orig_argv = [sys.executable, "-m", build.__name__, folder]
    status = 1
    try:
        status = build.main([folder], code, kept)
        loaded.write(json.dumps(sorted(sys.modules)).encode())
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        for stream in (sys.stdout, sys.stderr, loaded):
            stream.flush()
        os._exit(status)


def _prepare(kept: Shared, loaded: IO[bytes]) -> None:
    """Load the code that the build loaded, and read the record, for the next one.

    Collecting garbage would copy the memory into each fork.
    """
    loaded.seek(0)
    for name in json.loads(loaded.read() or b"[]"):
        if name not in sys.modules:
            with suppress(Exception):
                importlib.import_module(name)
    with suppress(Exception):  # The next build reports it.
        loader.load(Path("guidelines"), kept=kept)
    kept.save()
    gc.freeze()


if __name__ == "__main__":
    _serve(sys.argv[1], sys.argv[2], at_once=len(sys.argv) > 3)
