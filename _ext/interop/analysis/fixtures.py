"""What a run tells about the set-up and tear-down of classes and modules, and which tests they stand for."""

from __future__ import annotations

from collections.abc import Iterable

from .results import Outcome, Run, Tally, owners

#: A fixture, such as ``setUpClass``, and its class or module.
Fixture = tuple[str, str]


def written(fixture: Fixture) -> str:
    """The fixture as runners write it: ``setUpClass (<class>)``."""
    return f"{fixture[0]} ({fixture[1]})"


def of_tests(run: Run, names: Iterable[str]) -> dict[Fixture, Tally]:
    """What did not pass of the classes and modules of tests, which are given by all their names; sorted by class."""
    given = sorted({owner for name in names for owner in owners(name)} & run.fixtures.keys())
    return {(fixture, owner): tally for owner in given for fixture, tally in run.fixtures[owner].items()}


def cause(run: Run, names: Iterable[str]) -> Fixture | None:
    """The first fixture that did not pass of the classes and modules of a test, which is given by all its names."""
    given = (owner for name in sorted(names) for owner in owners(name) if owner in run.fixtures)
    owner = next(given, None)
    return None if owner is None else (next(iter(run.fixtures[owner])), owner)


def not_run(run: Run, given: Fixture | None) -> Tally:
    """The outcome of a test without a result, with what happened to its class."""
    if given is None:
        return Tally(Outcome.MISSING, "", 0)
    tally = run.fixtures[given[1]][given[0]]
    said = f"{given[0]} {tally.outcome}"
    return Tally(Outcome.MISSING, f"{said}: {tally.reason}" if tally.reason else said, 0)
