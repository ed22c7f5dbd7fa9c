"""The command line: ``python -m interop check | import | reconstruction | export | schema | diff | tests``.

Exit status 0: success, 1: errors in files, 2: wrong use.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from .analysis import diff_format, test_lists
from .analysis.analysis import Analysis
from .analysis.rules import REGISTRY
from .record import json_schema, loader, selection, writer
from .record.model import Guideline, Status
from .record.problems import Problem, errors
from .record.record import Record
from .tools import given, importer, reconstruction, values

ROOT = Path(os.environ.get("INTEROP_GUIDELINES", "guidelines"))


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return the exit status."""
    options = _parser().parse_args(arguments)
    return int(options.run(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="interop", description="OpenStack's interoperability guidelines.")
    parser.add_argument(
        "--root", type=values.folder, default=str(ROOT), help="the guidelines folder (default: %(default)s)"
    )
    commands = parser.add_subparsers(dest="command", required=True)

    def command(run: Callable[[argparse.Namespace], int], help: str) -> argparse.ArgumentParser:
        added = commands.add_parser(run.__name__.removeprefix("_"), help=help)
        added.set_defaults(run=run)
        return added

    check = command(_check, "check all guideline files, or FILES as if they were in the guidelines folder")
    check.add_argument("files", nargs="*", type=Path, metavar="FILES", help="files, or folders of files")
    check.add_argument("--findings", action="store_true", help="all findings, not only new ones in drafts")
    check.add_argument("--format", choices=("text", "json"), default="text")
    given.add_to(command(_import, "import official JSON as guideline files"))
    given.add_to(command(_reconstruction, "compare partial guidelines with their official JSON"))
    export = command(_export, "print a guideline as official JSON")
    export.add_argument("guideline", metavar="PROGRAM/ID")
    export.add_argument("--format", choices=("official",), default="official")
    command(_schema, "print the JSON Schema of guideline files, for editors")
    diff = command(_diff, "print the changes from one guideline of a program to another")
    diff.add_argument("a", metavar="PROGRAM/A")
    diff.add_argument("b", metavar="PROGRAM/B")
    diff.add_argument("--format", choices=("text", "json"), default="text")
    tests = command(_tests, "print a test list in RefStack's form or for a test runner")
    tests.add_argument("guideline", metavar="PROGRAM/ID")
    tests.add_argument("--target", default="", help="platform, compute, ... (default: the guideline's first)")
    tests.add_argument("--type", default="required", help="statuses, joined by + (default: %(default)s)")
    tests.add_argument("--no-aliases", action="store_true", help="leave out other names of the same tests")
    tests.add_argument("--no-flagged", action="store_true", help="leave out flagged tests")
    tests.add_argument("--format", choices=("refstack", "tempest", "regex"), default="refstack")
    return parser


def _check(options: argparse.Namespace) -> int:
    given = selection.select(options.root, options.files)
    loaded, problems = loader.load(options.root, given.outside)
    if faults := (*given.faults, *given.unread(options.root, problems)):
        print(*(f"interop: {fault}" for fault in faults), sep="\n", file=sys.stderr)
        return 2
    every = errors(problems)
    if options.files:
        problems = [problem for problem in problems if given.has(problem.path)]
        if elsewhere := len(every) - len(errors(problems)):
            print(f"interop: errors in other files, which may hide some in these: {elsewhere}", file=sys.stderr)
    # With errors, guidelines are missing, and comparisons with the previous guideline would be wrong.
    findings = [] if every else _findings(loaded, options.findings)
    if options.files:
        findings = [found for found in findings if given.has(found.path)]
    if options.format == "json":
        print(json.dumps([dataclasses.asdict(problem) for problem in (*problems, *findings)], indent=2))
    else:
        _print(problems, findings)
    return 1 if errors(problems) else 0


def _findings(record: Record, every: bool) -> list[Problem]:
    """All findings of the process rules if ``every``, or else the new ones in the drafts."""
    analysis = Analysis(record)
    if every:
        return sorted(found for some in analysis.report.findings.values() for found in some)
    drafts = [guideline for guideline in record.guidelines.values() if guideline.is_draft]
    return [found for guideline in drafts for found in analysis.new_findings(guideline)]


def _print(problems: list[Problem], findings: list[Problem]) -> None:
    for problem in problems:
        print(problem)
    for found in findings:
        rule = REGISTRY.get(found.code)
        print(f"{found} [{rule.clause}]" if rule and rule.clause else found)
    wrong = len(errors(problems))
    summary = f"{wrong} error{'s' * (wrong != 1)}, {_count(len(problems) - wrong, 'observation', problems, 'known')}"
    if findings:
        summary += f"; {_count(len(findings), 'finding', findings, 'explained')} of the process rules"
    print(summary)


def _count(number: int, noun: str, problems: list[Problem], word: str) -> str:
    known = sum(bool(problem.known) for problem in problems)
    return f"{number} {noun}{'s' * (number != 1)} ({known} {word})"


def _import(options: argparse.Namespace) -> int:
    catalogue, files, problems = loader.load_catalogue(options.root.resolve())
    if errors(problems):  # Nothing can be compared with a catalogue that cannot be read.
        print(*problems, sep="\n", file=sys.stderr)
        return 1
    known = files.get("known")
    return given.each(options, lambda found: importer.run(found, options.root, catalogue, known), "guideline files")


def _reconstruction(options: argparse.Namespace) -> int:
    loaded, problems = loader.load(options.root)
    what = "official files of partial guidelines"
    status = given.each(options, lambda found: reconstruction.run(found, loaded), what)
    for problem in errors(problems) if status == 2 else ():  # These may be why a guideline is missing.
        print(problem, file=sys.stderr)
    return status


def _guidelines(options: argparse.Namespace, *keys: str) -> tuple[Record, list[Guideline]]:
    """The record and the guidelines with these keys; if one does not exist, no guidelines and a message on stderr."""
    loaded, problems = loader.load(options.root)
    missing = [key for key in keys if key not in loaded.guidelines]
    if not missing:
        return loaded, [loaded.guidelines[key] for key in keys]
    for key in missing:
        print(f"interop: no guideline {key!r}; one of: {', '.join(loaded.guidelines)}", file=sys.stderr)
    for problem in errors(problems):
        print(problem, file=sys.stderr)
    return loaded, []


def _export(options: argparse.Namespace) -> int:
    loaded, found = _guidelines(options, options.guideline)
    if not found:
        return 2
    sys.stdout.write(writer.to_json(writer.official(found[0], loaded.catalogue)))
    return 0


def _diff(options: argparse.Namespace) -> int:
    loaded, found = _guidelines(options, options.a, options.b)
    if not found:
        return 2
    a, b = found
    if a.program != b.program:
        message = f"{a.key} and {b.key} are of different programs; two guidelines of one program"
        print(f"interop: {message}", file=sys.stderr)
        return 2
    compared = Analysis(loaded).compare(a, b)
    if options.format == "json":
        print(json.dumps(diff_format.to_data(compared), indent=2))
    else:
        print("\n".join(diff_format.to_lines(compared)))
    return 0


def _tests(options: argparse.Namespace) -> int:
    loaded, found = _guidelines(options, options.guideline)
    if not found:
        return 2
    targets = test_lists.targets(loaded, found[0])
    target = options.target or next(iter(targets), "")
    if target not in targets:
        print(f"interop: {found[0].key} has no target {target!r}; one of: {', '.join(targets)}", file=sys.stderr)
        return 2
    try:
        wanted = test_lists.statuses(options.type)
    except ValueError:
        print(f"interop: unknown status in {options.type!r}; some of: {', '.join(Status)}", file=sys.stderr)
        return 2
    if found[0].is_partial:
        print(f"interop: {found[0].key} is reconstructed: its official file is not available", file=sys.stderr)
        _left_out(loaded, found[0], target, wanted)
    given = test_lists.entries(
        loaded, found[0], target, wanted, aliases=not options.no_aliases, flagged=not options.no_flagged
    )
    sys.stdout.write("".join(f"{line}\n" for line in _formatted(loaded, given, options.format)))
    return 0


def _left_out(record: Record, guideline: Guideline, target: str, wanted: tuple[Status, ...]) -> None:
    """Tell how many tests of the target a list leaves out because their status is not known."""
    given = () if Status.UNKNOWN in wanted else (Status.UNKNOWN,)
    if left_out := test_lists.entries(record, guideline, target, given, aliases=False, flagged=True):
        number = f"{len(left_out)} tests whose status is not known"
        print(f"interop: the list leaves out {number}; for a list of them: --type unknown", file=sys.stderr)


def _formatted(record: Record, given: list[test_lists.Entry], form: str) -> list[str]:
    """The lines of a test list in a form of ``--format``."""
    if form == "regex":
        return test_lists.include_patterns(given)
    if form == "tempest":
        lines, gone = test_lists.today(record, given)
        suites = ", ".join(f"{name} {version}" for name, version in record.drift.suites.items())
        print(f"interop: test names of {suites}; {len(gone)} lines have no test in these versions", file=sys.stderr)
        return lines
    return [entry.line for entry in given]


def _schema(options: argparse.Namespace) -> int:
    sys.stdout.write(json_schema.text())
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # For terminals that support only ASCII.
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:  # The reader closed the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except KeyboardInterrupt:
        print("interop: interrupted", file=sys.stderr)
        status = 128 + signal.SIGINT
    sys.exit(status)
