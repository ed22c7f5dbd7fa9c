"""Does independent jobs in several processes.

Results and warnings come back in files: a process that wrote to a pipe would wait for ever, and keep the build folder
locked, if the build that should read from it is killed.
"""

from __future__ import annotations

import gc
import logging
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from sphinx.errors import SphinxError
from sphinx.util.logging import LogCollector, convert_serializable, getLogger

from .forks import fork
from .outputs import Unit, told

#: Makes some files, and returns their units by name.
Job = Callable[[], dict[str, Unit]]
#: Does what is left of the jobs, waits for the others, and returns the units by process.
Results = Callable[[], Iterator[dict[str, Unit]]]
#: Bytes of a number in the queue, and how many there are at most: they fit into the smallest pipe of 4,096 bytes.
_WIDTH, _NUMBERS = 2, 2000


def start(jobs: list[Job], number: int, folder: Path) -> Results:
    """Begin the jobs in ``number - 1`` processes.

    Returns a function that helps this process to finish them, logs their warnings, and returns the units by process. It
    raises SphinxError if a process failed. ``folder`` receives temporary files.
    """
    gc.freeze()  # Memory that no process collects is not copied into each of them.
    size = len(jobs) // _NUMBERS + 1
    shares = [jobs[place : place + size] for place in range(0, len(jobs), size)]
    queue = _queue(len(shares))
    results = [folder / f"result-{place}" for place in range(number)]
    running = [fork(_help, shares, queue, result) for result in results[1:]]

    def finished() -> Iterator[dict[str, Unit]]:
        _run(shares, queue, results[0])
        os.close(queue)
        for process in running:
            process.join()
            if process.exitcode:
                raise SphinxError("not all pages could be written")
        return map(_read, results)

    return finished


def _queue(number: int) -> int:
    """A pipe with the numbers below ``number``, which the processes read one by one until it is empty."""
    reading, writing = os.pipe()
    os.write(writing, b"".join(place.to_bytes(_WIDTH, "big") for place in range(number)))
    os.close(writing)
    return reading


def _help(shares: list[list[Job]], queue: int, result: Path) -> None:
    try:
        _run(shares, queue, result)
    except OSError as error:
        sys.exit(told(error, result.parent))


def _run(shares: list[list[Job]], queue: int, result: Path) -> None:
    """Do jobs until the queue is empty, and write their units and warnings to a file."""
    collector = LogCollector()
    units: dict[str, Unit] = {}
    with collector.collect():
        while number := os.read(queue, _WIDTH):
            for job in shares[int.from_bytes(number, "big")]:
                units |= job()
    convert_serializable(collector.logs)
    result.write_bytes(pickle.dumps((units, [log for log in collector.logs if log.levelno >= logging.WARNING])))


def _read(result: Path) -> dict[str, Unit]:
    units: dict[str, Unit]
    units, logs = pickle.loads(result.read_bytes())
    for log in logs:
        getLogger(log.name).handle(log)
    return units
