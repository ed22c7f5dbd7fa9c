"""The guidelines and the target that a command names."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from ..analysis import test_lists
from ..record import loader, near
from ..record.model import Guideline
from ..record.problems import errors
from ..record.record import Record

#: What ``add_to`` of each module is given.
if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def guidelines(options: argparse.Namespace, *keys: str) -> tuple[Record, list[Guideline]]:
    """The record and the guidelines with these keys; if one does not exist, no guidelines and a message on stderr."""
    loaded, problems = loader.load(options.root)
    missing = [key for key in keys if key not in loaded.guidelines]
    if not missing:
        return loaded, [loaded.guidelines[key] for key in keys]
    for key in missing:
        print(unknown_guideline(loaded, key), file=sys.stderr)
    for problem in errors(problems):
        print(problem, file=sys.stderr)
    return loaded, []


def unknown_guideline(record: Record, key: str) -> str:
    """The message about a guideline that is not in the record: whether it is known, and what there is."""
    program = key.partition("/")[0]
    family = [one.key for one in record.program(program)]
    others = f"one of: {', '.join(family)}" if family else f"a guideline of: {', '.join(record.programs())}"
    if any(one.key == key for one in record.catalogue.known):
        return f"interop: the guideline {key} is known and not archived; {others}"
    return f"interop: no guideline {key!r}; {near.hint(key, record.guidelines, others)}"


def target_of(record: Record, guideline: Guideline, given: str) -> str | None:
    """A target of a guideline, by default its first; None, and a message on stderr, if it has no such target."""
    targets = list(test_lists.targets(record, guideline))
    target = given or next(iter(targets), "")
    if target in targets:
        return target
    if targets:
        message = (
            f"{guideline.key} has no target {target!r}; {near.hint(target, targets, 'one of: ' + ', '.join(targets))}"
        )
    else:
        official = f"python -m interop export {guideline.key}"
        message = f"{guideline.key} has no targets: its components are none of RefStack's; its tests are in: {official}"
    print(f"interop: {message}", file=sys.stderr)
    return None
