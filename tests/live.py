"""``make live`` in a copy of the project: started, watched by its lines, and stopped."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread


class Live:
    """A running ``make live``: its URL and what it printed."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": "_ext", "NO_COLOR": "1"}
        command = [sys.executable, "-m", "interop.sphinx_ext.live", "_build", "--port", str(port)]
        out = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        self.process = subprocess.Popen(command, cwd=folder, env=environment, **out)
        self.lines: list[str] = []
        self.reader = Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    @property
    def base(self) -> str:
        """The URL of the site, once it is served."""
        (line,) = self.wait("Serving ")
        found = re.search(r"http://\S+", line)
        assert found
        return found[0]

    def printed(self, start: str) -> list[str]:
        """The lines so far that start with a text."""
        return [line for line in self.lines if line.startswith(start)]

    def wait(self, start: str, number: int = 1, seconds: float = 120) -> list[str]:
        """Wait until so many lines start with a text, and return them."""
        end = time.monotonic() + seconds
        while len(self.printed(start)) < number:
            assert time.monotonic() < end and self.process.poll() is None, self.lines
            time.sleep(0.02)
        return self.printed(start)

    def stop(self) -> int:
        """Stop it as Ctrl-C does, and return the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


@contextmanager
def live(folder: Path) -> Iterator[Live]:
    """``make live`` in ``folder``, once the first build has ended."""
    running = Live(folder)
    try:
        running.wait("Built in")
        yield running
    finally:
        running.stop()
