"""Accept what ``check`` prints today about bad input: rewrite ``tests/corpus/*/expected.txt`` (``make accept``).

No test does this. Read each change with ``git diff`` before committing it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from .command_line import ROOT
from .unit.test_bad_input import CASES, CORPUS, check_case


def main() -> None:
    """Rewrite the files that differ, and name them."""
    changed = []
    for case in CASES:
        with tempfile.TemporaryDirectory() as folder:
            done = check_case(case, Path(folder))
        if done.stderr:
            raise SystemExit(f"{case}: nothing may be printed on stderr:\n{done.stderr}")
        path = CORPUS / case / "expected.txt"
        if not path.exists() or path.read_text(encoding="utf-8") != done.stdout:
            path.write_text(done.stdout, encoding="utf-8")
            changed.append(path.relative_to(ROOT))
    print(*changed, f"{len(changed)} of {len(CASES)} files changed; see git diff tests/corpus", sep="\n")


if __name__ == "__main__":
    main()
