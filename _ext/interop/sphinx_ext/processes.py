"""Does independent jobs in several processes.

Results and warnings come back in files: a process that wrote to a pipe would wait for ever, and keep the build folder
locked, if the build that should read from it is killed.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sphinx.errors import SphinxError
from sphinx.util.logging import LogCollector, convert_serializable, getLogger

from .outputs import Unit

#: Makes some files, and returns their units by name.
Job = Callable[[], dict[str, Unit]]
#: Waits for all jobs, and returns the units by process.
Results = Callable[[], Iterator[dict[str, Unit]]]
#: Bytes of a number in the queue: an atomic read, and all of them fit into a pipe.
_WIDTH = 2


def start(jobs: list[Job], number: int, folder: Path) -> Results:
    """Begin the jobs in ``number`` processes, or do them in this one if it is 1.

    Returns a function that waits for them, logs their warnings, and returns the units by process. It raises SphinxError
    if a process failed. ``folder`` receives temporary files.
    """
    results = [folder / f"result-{place}" for place in range(number)]
    if number == 1:
        _run(jobs, results[0])
        return lambda: map(_read, results)
    gc.freeze()  # Memory that no process collects is not copied into each of them.
    queue = _queue(len(jobs))
    fork = multiprocessing.get_context("fork")
    running = [fork.Process(target=_fork, args=(jobs, queue, result)) for result in results]
    for process in running:
        process.start()
    os.close(queue)

    def finished() -> Iterator[dict[str, Unit]]:
        for process, result in zip(running, results, strict=True):
            process.join()
            if process.exitcode:
                raise SphinxError("not all pages could be written")
            yield _read(result)

    return finished


def _queue(number: int) -> int:
    """A pipe with the numbers below ``number``, which the processes read one by one until it is empty."""
    reading, writing = os.pipe()
    os.write(writing, b"".join(place.to_bytes(_WIDTH, "big") for place in range(number)))
    os.close(writing)
    return reading


def _fork(jobs: list[Job], queue: int, result: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C is reported once, by the build.
    try:
        _run((jobs[int.from_bytes(place, "big")] for place in iter(lambda: os.read(queue, _WIDTH), b"")), result)
    except OSError as error:
        sys.exit(f"{error.filename}: error: {error.strerror}")


def _run(jobs: Iterable[Job], result: Path) -> None:
    collector = LogCollector()
    units: dict[str, Unit] = {}
    with collector.collect():
        for job in jobs:
            units |= job()
    convert_serializable(collector.logs)
    result.write_bytes(pickle.dumps((units, [log for log in collector.logs if log.levelno >= logging.WARNING])))


def _read(result: Path) -> dict[str, Unit]:
    units: dict[str, Unit]
    units, logs = pickle.loads(result.read_bytes())
    for log in logs:
        getLogger(log.name).handle(log)
    return units
