"""A list that others keep beside guidelines: which tests both have, and which only one has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..record.adopters import Adopter
from ..record.model import Guideline
from ..record.once import once
from . import demands, listed
from .analysis import Analysis
from .demands import Demand
from .listed import Line


@dataclass(frozen=True)
class Beside:
    """A list beside a guideline, with the tests that the guideline requires of the list's components, by key.

    ``undecided`` are tests of the list of which no source tells whether the guideline requires them; they are in
    ``only_list`` too.
    """

    guideline: Guideline
    required: dict[str, Demand]
    both: frozenset[str]
    only_guideline: frozenset[str]
    only_list: frozenset[str]
    undecided: frozenset[str]

    @property
    def flagged(self) -> frozenset[str]:
        """The flagged tests among those that only the guideline has."""
        return frozenset(key for key in self.only_guideline if self.required[key].flagged)


@once
def keys(analysis: Analysis, adopter: Adopter) -> list[tuple[Line, str]]:
    """The lines of a list, each with the key of its test, or its name if nobody knows the test."""
    lines, _ = listed.parse("\n".join(adopter.tests), "")
    guideline = analysis.record.guidelines.get(adopter.guideline)
    known = listed.names(analysis, demands.names(analysis, guideline) if guideline else {})
    return [(line, key or line.name) for line, key in listed.keys(lines, known)]


def every(analysis: Analysis, adopter: Adopter) -> Iterator[Beside]:
    """A list beside each guideline that requires something of its components, or may; in the order of the record."""
    tests = frozenset(key for _, key in keys(analysis, adopter))
    found = (_beside(analysis, adopter, tests, one) for one in analysis.record.guidelines.values())
    return (one for one in found if one)


@once
def own(analysis: Analysis, adopter: Adopter) -> Beside | None:
    """A list beside the guideline that it is made from; None if that requires nothing of its components."""
    tests = frozenset(key for _, key in keys(analysis, adopter))
    return _beside(analysis, adopter, tests, analysis.record.guidelines[adopter.guideline])


@once
def _beside(analysis: Analysis, adopter: Adopter, tests: frozenset[str], guideline: Guideline) -> Beside | None:
    mine = [name for name in guideline.components if analysis.record.catalogue.component(name) in adopter.components]
    if guideline.is_scoring or not mine:
        return None
    required = demands.of_components(analysis, guideline, mine)
    undecided = demands.undecided(analysis, guideline, mine)
    if not required and not undecided:
        return None
    both = tests & required.keys()
    return Beside(guideline, required, both, frozenset(required.keys() - tests), tests - both, tests & undecided)
