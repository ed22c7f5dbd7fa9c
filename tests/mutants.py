"""Make the mistakes that ``tests/mutants.txt`` lists, and see whether the unit tests notice: ``make mutants``.

Each mistake is made in a copy of the project, in which the test modules of its file then run. ``ARGS`` selects files:
``make mutants ARGS=lineage`` takes those with "lineage" in their path. The exit status is 1 if a mistake survives for
which the list gives no reason.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: A mutant that runs longer is one that never ends.
LIMIT = 300


@dataclass
class Mutant:
    """One mistake: ``old`` in ``file``, which stands there once, becomes ``new``."""

    file: str
    modules: tuple[str, ...]
    old: str
    new: str = ""
    reason: str = ""

    def __str__(self) -> str:
        return " | ".join(re.sub(r"\s*\n\s*", " \u23ce ", part.strip()) for part in (self.file, self.old, self.new))


def listed(text: str) -> Iterator[Mutant]:
    """The mutants of a list, whose first lines say how it is written."""
    kinds = "@-+="
    lines = [(line[:1], line[2:]) for line in text.splitlines() if line[:1] in kinds and line]
    file, modules, place = "", (), 0
    while place < len(lines):
        block: dict[str, list[str]] = {kind: [] for kind in kinds}
        for kind in kinds:
            while place < len(lines) and lines[place][0] == kind:
                block[kind].append(lines[place][1])
                place += 1
        if block["@"]:
            file, _, names = block["@"][-1].partition(": ")
            modules = tuple(names.split())
        yield Mutant(file, modules, "\n".join(block["-"]), "\n".join(block["+"]), " ".join(block["="]))


def first_failure(copy: Path, modules: tuple[str, ...], compile: bool = False) -> str:
    """Run test modules in ``copy``: the first test that fails, or an empty text if none does.

    ``compile`` keeps compiled files for later runs: they are of the right code, as those of a mistake must not stay.
    """
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "--tb=no", "-p", "no:cacheprovider"]
    command += [f"tests/unit/{name}.py" for name in modules]
    environment = os.environ | ({} if compile else {"PYTHONDONTWRITEBYTECODE": "1"})
    try:
        done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return "(no test ended)"
    failed = re.search(r"^(?:FAILED|ERROR) (?:tests/unit/)?(.*?)(?: - .*)?$", done.stdout, re.MULTILINE)
    return "" if done.returncode == 0 else failed[1] if failed else done.stdout[-500:] + done.stderr[-500:]


def main(words: list[str]) -> int:
    """Try the mutants of the files that have one of ``words`` in their path; all, if there are no words."""
    mutants = list(listed((ROOT / "tests/mutants.txt").read_text(encoding="utf-8")))
    mutants = [mutant for mutant in mutants if not words or any(word in mutant.file for word in words)]
    survived = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "_build", "__pycache__"))
        for modules in dict.fromkeys(mutant.modules for mutant in mutants):
            if failed := first_failure(copy, modules, compile=True):
                print(f"without any mistake, this fails: {failed}")
                return 2
        for mutant in mutants:
            path = copy / "_ext/interop" / mutant.file
            right = path.read_text(encoding="utf-8")
            if right.count(mutant.old) != 1:
                print(f"{mutant}: the file must have this once, and has it {right.count(mutant.old)} times")
                return 2
            path.write_text(right.replace(mutant.old, mutant.new), encoding="utf-8")
            failed = first_failure(copy, mutant.modules)
            path.write_text(right, encoding="utf-8")
            survived += not failed and not mutant.reason
            verdict = f"killed by {failed}" if failed else f"survived: {mutant.reason}" if mutant.reason else "SURVIVED"
            print(f"{mutant} | {verdict}", flush=True)
    print(f"{len(mutants)} mutants, {survived} survived without a reason")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
