"""``fix``: put right what needs no judgement in guideline files, and name what does."""

from __future__ import annotations

import argparse
import difflib
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from ..record import discovery, loader, source, upgrade
from ..record.problems import Problem
from ..record.source import Source
from ..tools import tidy

if TYPE_CHECKING:
    from .wanted import Commands


def add_to(commands: Commands) -> None:
    """Add ``fix``."""
    fix = commands.add_parser(
        "fix", help="show what can be put right in guideline files without judgement: spelling, order, repetitions"
    )
    fix.set_defaults(run=_fix)
    fix.add_argument("files", nargs="+", type=Path, metavar="FILES", help="guideline files, or folders of them")
    fix.add_argument("--write", action="store_true", help="write the changes to the files, too")


@dataclass(frozen=True)
class _Fixed:
    path: Path
    before: str
    after: str


def _fix(options: argparse.Namespace) -> int:
    fixed: list[_Fixed] = []
    problems: list[Problem] = []
    for path in _files(options.files):
        read, found = source.read(path, str(path))
        problems += found
        if read is not None and (one := _fixed(path, read)):
            fixed.append(one)
        elif read is not None and path in options.files:
            print(f"interop: {path}: no guideline file", file=sys.stderr)
            return 2
    changed = [one for one in fixed if one.after != one.before]
    for one in changed:
        _print_diff(one)
        if options.write:
            one.path.write_bytes(one.path.read_bytes().replace(one.before.encode(), one.after.encode()))
    problems += _left(options.root, fixed)
    for problem in problems:
        print(problem)
    left = sum(problem.code != "not-checked" for problem in problems)  # That one goes with the errors.
    print(_summary(len(changed), left, options.write))
    return 1 if problems or (changed and not options.write) else 0


def _files(given: list[Path]) -> Iterator[Path]:
    for path in given:
        inside = (one for one in sorted(path.rglob("*")) if one.suffix in discovery.DATA and one.is_file())
        yield from inside if path.is_dir() else (path,)


def _fixed(path: Path, read: Source) -> _Fixed | None:
    """The text of a guideline file before and after; None if the file is no guideline."""
    if not isinstance(read.data, dict) or upgrade.version_of(read.data) is None:
        return None
    try:
        return _Fixed(path, read.text, tidy.tidied(read))
    except yaml.YAMLError:  # JSON with characters that YAML does not have.
        return _Fixed(path, read.text, read.text)


def _print_diff(one: _Fixed) -> None:
    before, after = (text.splitlines() for text in (one.before, one.after))
    for line in difflib.unified_diff(before, after, str(one.path), str(one.path), lineterm=""):
        print("".join(char if char.isprintable() or char == "\t" else ascii(char)[1:-1] for char in line))


def _left(root: Path, fixed: list[_Fixed]) -> list[Problem]:
    """What the files still have, with its lines in the changed text: errors, and observations that are not known."""
    programs = loader.load_catalogue(root.resolve())[0].data.get("programs", {})
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for number, one in enumerate(fixed):
            program, id = discovery.place_of(one.path, programs)
            copy = Path(folder) / str(number) / f"{program}.{id}{one.path.suffix}"
            copy.parent.mkdir()
            copy.write_text(one.after, encoding="utf-8")
            paths[copy] = str(one.path)
        _, problems = loader.load(root, paths)
    shown = {str(copy): path for copy, path in paths.items()}
    mine = (problem for problem in problems if problem.path in shown and not problem.known)
    return [replace(problem, path=shown[problem.path]) for problem in mine]


def _summary(changed: int, left: int, written: bool) -> str:
    files = f"{changed} file{'s' * (changed != 1)}"
    text = f"{files} changed" if written else f"{files} to change; to write it, add --write" if changed else ""
    rest = f"{left} {'needs' if left == 1 else 'need'} your judgement" if left else ""
    return "; ".join(filter(None, (text, rest))) or "nothing to put right"
