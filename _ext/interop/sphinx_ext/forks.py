"""Starts processes that are copies of this one."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import Any

_INTERRUPTION = {signal.SIGINT}


def fork(target: Callable[..., None], *arguments: Any) -> BaseProcess:
    """Start a process that calls ``target``. Ctrl-C ends it without a word: this process reports it, once."""
    process = multiprocessing.get_context("fork").Process(target=_run, args=(target, *arguments))
    # Python ignores an exception that is raised while it forks, so that Ctrl-C would have no effect.
    signal.pthread_sigmask(signal.SIG_BLOCK, _INTERRUPTION)
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _INTERRUPTION)
    return process


def _run(target: Callable[..., None], *arguments: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _INTERRUPTION)
    target(*arguments)
