"""The answers of Tempest 47.0.0 and stestr 4.2.1 without a cloud to the commands of testing.md, recorded.

Run as ``python recorded_tempest.py NAME ARGUMENT...``. The recordings are in ``tests/fixtures/recipe``: of the tests
that ``tempest run --list-tests`` prints, those of guidelines and twenty more; the results without their tracebacks.
Other commands fail, so that one that is new on the page is noticed.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

RECORDED = Path(__file__).parent / "fixtures" / "recipe"


def _tempest(arguments: list[str]) -> int:
    match arguments:
        case ["--version"]:
            print("tempest 47.0.0")
        case ["list-plugins"]:
            print("+------+------------+\n| Name | EntryPoint |\n+------+------------+\n+------+------------+")
        case ["init", folder]:
            Path(folder, "etc").mkdir(parents=True)
            Path(folder, "etc", "tempest.conf").touch()
        # With --list-tests, a list for --load-list is ignored.
        case ["run", "--list-tests"] | ["run", "--load-list", _, "--list-tests"]:
            sys.stdout.write(_recorded("tests.txt"))
        case ["run", "--include-list", file, "--list-tests"]:
            patterns = [re.compile(line) for line in Path(file).read_text(encoding="utf-8").splitlines() if line]
            found = (line for line in _recorded("tests.txt").splitlines() if any(one.search(line) for one in patterns))
            print(*found, sep="\n")
        case ["run", "--load-list", _, "--concurrency", "2"]:
            sys.stdout.write(_recorded("last.txt"))
            return 1
        case _:
            return _unknown("tempest", arguments)
    return 0


def _stestr(arguments: list[str]) -> int:
    match arguments:
        case ["last", "--subunit"]:
            with (RECORDED / "result.subunit").open("rb") as file:
                shutil.copyfileobj(file, sys.stdout.buffer)
            return 0
        case ["last"]:
            sys.stdout.write(_recorded("last.txt"))
        case ["failing", "--list"]:
            sys.stdout.write(_recorded("failing.txt"))
        case _:
            return _unknown("stestr", arguments)
    return 1


def _recorded(name: str) -> str:
    return (RECORDED / name).read_text(encoding="utf-8")


def _unknown(name: str, arguments: list[str]) -> int:
    print(f"{name} {' '.join(arguments)}: not recorded", file=sys.stderr)
    return 126


if __name__ == "__main__":
    command, *rest = sys.argv[1:]
    sys.exit({"tempest": _tempest, "stestr": _stestr}[command](rest))
