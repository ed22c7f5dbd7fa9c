"""The record: everything in ``guidelines/`` as a model. The loader returns it."""

from __future__ import annotations

from dataclasses import dataclass, field

from .catalogue import Catalogue
from .drift import Drift
from .ledger import Ledger
from .model import Guideline
from .source import Source


@dataclass(eq=False)
class Record:
    """All guidelines by ``program/id``, in the order in which they are shown, with the data they share.

    ``sources`` are the files of the guidelines, for line numbers; ``addresses`` is the ledger of permanent URLs;
    ``drift`` has the tests in today's test suites.
    """

    catalogue: Catalogue
    guidelines: dict[str, Guideline] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    addresses: Ledger = field(default_factory=Ledger)
    drift: Drift = field(default_factory=Drift)

    def programs(self) -> list[str]:
        """The programs that have a guideline in the record, in the catalogue's order."""
        return list(dict.fromkeys(guideline.program for guideline in self.guidelines.values()))

    def program(self, name: str) -> list[Guideline]:
        """The guidelines of a program, oldest first, then the draft."""
        return [guideline for guideline in self.guidelines.values() if guideline.program == name]

    def dated(self, program: str) -> list[Guideline]:
        """The guidelines of a program that have a date, oldest first: all but the draft."""
        return [guideline for guideline in self.program(program) if not guideline.is_draft]

    def latest(self, program: str) -> Guideline:
        """The newest dated guideline of a program, or its draft if it has no dated one."""
        return (self.dated(program) or self.program(program))[-1]

    def previous(self, guideline: Guideline) -> Guideline | None:
        """The previous guideline of the program, or None; for the draft, the newest dated one."""
        return self._neighbour(guideline, -1)

    def before(self, guideline: Guideline) -> Guideline | None:
        """The previous guideline that is complete, with which the process rules compare, or None."""
        family = self.program(guideline.program)
        older = [other for other in family[: family.index(guideline)] if not other.is_partial]
        return older[-1] if older else None

    def following(self, guideline: Guideline) -> Guideline | None:
        """The next guideline of the program, or None; for the newest dated one, the draft."""
        return self._neighbour(guideline, 1)

    def _neighbour(self, guideline: Guideline, step: int) -> Guideline | None:
        family = self.program(guideline.program)
        place = family.index(guideline) + step
        return family[place] if 0 <= place < len(family) else None
