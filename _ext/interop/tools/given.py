"""Command-line options for official files: SOURCE, a file, a folder or a URL of a repository, and its commit."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from ..record import schemas
from ..record.problems import errors
from . import remote, values
from .official_files import UPSTREAM, Given, Result


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add SOURCE, ``--commit`` and ``--repository`` to a command."""
    parser.add_argument(
        "source", type=_source, help="a file, a folder by program, an upstream checkout, or a repository's https URL"
    )
    commit = "the commit to fetch (all its digits); or that of the files, if SOURCE is not in a checkout"
    parser.add_argument("--commit", type=values.of(schemas.SHA), default="", help=commit)
    repository = f"the repository to record as the source (default: SOURCE if it is a URL, or else {UPSTREAM})"
    parser.add_argument("--repository", type=values.of(schemas.ADDRESS), default="", help=repository)


def _source(text: str) -> Path | str:
    """A path, or a URL as a text: whatever has ``://``. Raises ArgumentTypeError for one that cannot be fetched."""
    return values.of(remote.ADDRESS)(text) if "://" in text else Path(text)


def each(options: argparse.Namespace, use: Callable[[Given], Iterator[Result]], what: str) -> int:
    """Use each file of what is given, print the results to stdout and the problems to stderr; the exit status.

    ``what`` are the files that are looked for, in words, if there is none.
    """
    results = []
    try:
        with _opened(options) as given:
            for result in use(given):
                print(result.text)
                results.append(result)
            where = f"{options.source}{f' at commit {given.commit}' * bool(given.label)}"
    except (remote.Unreachable, FileNotFoundError) as error:
        print(f"interop: {error}", file=sys.stderr)
        return 2
    problems = [problem for result in results for problem in result.problems]
    for problem in problems:
        print(problem, file=sys.stderr)
    if not any(result.is_taken for result in results):
        print(f"interop: no {what} in {where}", file=sys.stderr)
        return 2
    return 0 if all(result.is_right for result in results) and not errors(problems) else 1


@contextlib.contextmanager
def _opened(options: argparse.Namespace) -> Iterator[Given]:
    """What is given; a URL is fetched. Raises remote.Unreachable, or FileNotFoundError for a path."""
    if isinstance(options.source, str):
        print(f"interop: fetching from {options.source}", file=sys.stderr)
        with remote.fetched(options.source, options.commit, options.repository) as given:
            yield given
        return
    try:
        options.source.lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise FileNotFoundError(f"no such file or folder: {options.source}") from None
    except OSError:
        pass  # Such as a folder that is closed to us: the place is reported when it is read.
    yield Given(options.source, options.commit, options.repository or UPSTREAM)
