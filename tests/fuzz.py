"""Read many wrong files, and see that each is either refused in words or gives a safe site: ``make fuzz``.

A mutant is a small valid record, cut out of the real files, with a mutation; one in 200 is the whole record. It is read
as ``check`` reads it, and

- nothing may raise an exception or take longer than :data:`LIMIT` seconds,
- each problem has a path, a line of the file, a known code, and is one printable line,
- if there is no error, each page and file of the site has a path that is safe, stays in its folder, and differs from
  all others if case is ignored; and the views of some pages can be made.

``ARGS="--mutants 50000 --seed 1"`` says how many and which. Mutant N of a seed is always the same:
``ARGS="--seed 1 --only N"`` repeats it and prints what it changes. The exit status is 1 if there is a fault.
"""

from __future__ import annotations

import argparse
import difflib
import functools
import multiprocessing
import os
import random
import secrets
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from itertools import islice
from pathlib import Path
from unittest import mock

from interop.record import ledger, loader, source
from interop.record.problems import Problem, errors
from interop.site.site import Site
from interop.site.views import OVERVIEWS

from . import fuzz_mutations, fuzz_oracle, fuzz_records
from .fuzz_mutations import Changes
from .fuzz_oracle import Fault

#: How many seconds the reading of a mutant may take.
LIMIT = 30
#: How many mutants of one record are read one after the other.
BLOCK = 50
#: Every which mutant is one of the whole record.
WHOLE = 200
#: The function that reads a file, of which the fuzzer remembers what it returned.
READ = source.read
#: How many faults are printed.
SHOWN = 8


class Folder:
    """A record on disk, with changes that are taken back after each mutant."""

    def __init__(self, files: fuzz_records.Files, folder: Path) -> None:
        self.files, self.root = files, folder / "guidelines"
        self.texts = {name: fuzz_records.text_of(name, data).encode() for name, data in files.items()}
        shutil.rmtree(folder, ignore_errors=True)
        fuzz_records.lay(files, self.root)

    def change(self, changes: Changes) -> None:
        """Write changes; those that this system cannot have, as a file in a file, are left out."""
        for name, content in sorted(changes.items(), key=lambda change: change[1] is not None):
            path = self.root / name
            try:
                if content is None:
                    path.unlink(missing_ok=True)
                else:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
            except OSError:
                continue

    def take_back(self, changes: Changes) -> None:
        """Write the files again that changed, and remove the others."""
        for name in changes:
            path = self.root / name
            if name not in self.texts and path.is_file():
                path.unlink()
        for folder in sorted((path for path in self.root.rglob("*") if path.is_dir()), reverse=True):
            if not any(folder.iterdir()):
                folder.rmdir()
        for name in changes.keys() & self.texts.keys():
            (self.root / name).parent.mkdir(exist_ok=True)
            (self.root / name).write_bytes(self.texts[name])


@functools.lru_cache(maxsize=100)
def _parsed(path: Path, shown: str, content: bytes) -> tuple[source.Source | None, list[Problem]]:
    """What is read of a file of this content: most files of a mutant are those of the mutant before."""
    return READ(path, shown)


def _read(path: Path, shown: str) -> tuple[source.Source | None, list[Problem]]:
    if not path.is_file():
        return READ(path, shown)
    found, problems = _parsed(path, shown, path.read_bytes())
    return found, list(problems)


def read(root: Path, rng: random.Random) -> bool:
    """Read the record in ``root`` and return whether it is accepted; raises Fault, or what the code raises."""
    with mock.patch.object(source, "read", _read):
        record, problems = loader.load(root)
    fuzz_oracle.check_problems(problems, root)
    if errors(problems):
        return False
    site = Site(record, problems)
    # Only the build knows all pages; it compares with them what moved.
    moved = {page.docname for page in site.pages if page.kind == "gone"}
    if any(set(pair.split(" and ")) & moved for pair in ledger.clashes(page.docname for page in site.pages)):
        return False
    fuzz_oracle.check_site(site)
    shown = [(page.kind, page.key) for page in site.pages]
    for kind, key in shown if rng.random() < 0.03 else rng.sample(shown, min(3, len(shown))):
        site.view(kind, key)
    site.view(rng.choice(list(OVERVIEWS)), "")
    return True


def _too_long(number: int, frame: object) -> None:
    raise Fault(f"not read within {LIMIT} seconds")


def run(seed: str, numbers: range, folder: Path, tell: bool = False) -> tuple[Counter[str], list[str]]:
    """Read these mutants, of one record: how many are accepted and refused by mutation, and the faults."""
    verdicts, faults = Counter[str](), list[str]()
    is_whole = numbers[0] % WHOLE == WHOLE - 1
    files = (
        fuzz_records.whole() if is_whole else fuzz_records.record(numbers[0] // BLOCK % len(fuzz_records.guidelines()))
    )
    on_disk = Folder(files, folder)
    for number in numbers:
        rng = random.Random(f"{seed}-{number}")
        name, changes = fuzz_mutations.mutant(rng, files)
        on_disk.change(changes)
        if tell:
            print(*_told(on_disk, changes), sep="\n")
        signal.alarm(LIMIT)
        try:
            verdicts[f"{name}: {'accepted' if read(on_disk.root, rng) else 'refused'}"] += 1
        except Exception:
            faults.append(f"--seed {seed} --only {number} ({name}):\n{traceback.format_exc(limit=-6)}")
        finally:
            signal.alarm(0)
        on_disk.take_back(changes)
    return verdicts, faults


def _told(on_disk: Folder, changes: Changes) -> list[str]:
    """What a mutant changes: the names of files, and the lines that differ."""
    lines = []
    for name, content in changes.items():
        before = on_disk.texts.get(name, b"").decode().splitlines()
        after = (content or b"").decode("utf-8", "backslashreplace").splitlines()
        lines.append(f"{name}: {'removed' if content is None else f'{len(content)} bytes'}")
        lines += map(ascii, islice(difflib.unified_diff(before, after, lineterm="", n=0), 40))
    return lines


def _block(task: tuple[str, range]) -> tuple[Counter[str], list[str]]:
    signal.signal(signal.SIGALRM, _too_long)
    with tempfile.TemporaryDirectory() as folder:
        return run(*task, Path(folder) / "record")


def _blocks(seed: str, mutants: int) -> list[tuple[str, range]]:
    """The tasks: blocks of mutants of one record; those of the whole record are alone."""
    tasks = []
    for start in range(0, mutants, BLOCK):
        numbers = range(start, min(start + BLOCK, mutants))
        alone = [n for n in numbers if n % WHOLE == WHOLE - 1]
        tasks += [(seed, range(n, n + 1)) for n in alone]
        tasks.append((seed, range(start, start + len(numbers) - len(alone))))
    return [task for task in tasks if task[1]]


def main(words: list[str]) -> int:
    """Read mutants and print the faults; see the module."""
    parser = argparse.ArgumentParser(description="Read many wrong guideline files.")
    parser.add_argument("--mutants", type=int, default=2000, help="how many (default: %(default)s)")
    parser.add_argument("--seed", default=secrets.token_hex(4), help="which (default: random)")
    parser.add_argument("--only", type=int, metavar="N", help="only mutant N; prints what it changes")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    options = parser.parse_args(words)
    start = time.monotonic()
    print(f"seed {options.seed}", flush=True)
    verdicts, faults = Counter[str](), list[str]()
    if options.only is not None:
        signal.signal(signal.SIGALRM, _too_long)
        with tempfile.TemporaryDirectory() as folder:
            verdicts, faults = run(options.seed, range(options.only, options.only + 1), Path(folder) / "record", True)
    elif options.processes == 1:
        for found, wrong in map(_block, _blocks(options.seed, options.mutants)):
            verdicts, faults = verdicts + found, faults + wrong
    else:
        with multiprocessing.Pool(options.processes) as pool:
            for found, wrong in pool.imap_unordered(_block, _blocks(options.seed, options.mutants)):
                verdicts, faults = verdicts + found, faults + wrong
    print(*faults[:SHOWN], *(f"{name} {number}" for name, number in sorted(verdicts.items())), sep="\n")
    print(f"{verdicts.total() + len(faults)} mutants, {len(faults)} faults, {time.monotonic() - start:.0f} seconds")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
