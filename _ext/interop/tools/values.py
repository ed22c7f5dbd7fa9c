"""Types of command-line options, for argparse: a value that cannot be used is wrong use, and not a crash later."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Callable
from pathlib import Path

from ..record.fields import Text


def of(form: Text) -> Callable[[str], str]:
    """For a value that is written to a guideline file, where it must have this form; it may be empty."""

    def checked(text: str) -> str:
        if text and not form.matches(text):
            raise ArgumentTypeError(f"{text!a} is not {form.what}")
        return text

    return checked


def folder(text: str) -> Path:
    """For a folder, which need not exist. Raises ArgumentTypeError for a symbolic link to itself."""
    try:
        Path(text).resolve()
    except (OSError, RuntimeError, ValueError):  # From Python 3.13 on, a loop is found when the folder is read.
        raise ArgumentTypeError(f"{text!a} is not a folder, or a symbolic link to itself") from None
    return Path(text)
