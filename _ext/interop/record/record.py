"""The record: everything in ``guidelines/`` as a model. The loader returns it."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import standing
from .adopters import Adopter
from .amendments import Archive
from .catalogue import Catalogue
from .drift import Drift
from .ledger import Ledger
from .model import Guideline
from .observations import Listed
from .source import Source
from .standing import AnyGuideline, Standing


@dataclass(eq=False)
class Record:
    """All guidelines by ``program/id``, in the order in which they are shown, with the data they share.

    ``sources`` are the files of the guidelines, for line numbers; ``addresses`` is the ledger of permanent URLs;
    ``drift`` has the tests in today's test suites; ``adopters`` are the lists that others keep, by key;
    ``amendments`` are the revisions of the official files;
    ``known_findings`` are the findings of the process rules that are kept, with their reasons.
    """

    catalogue: Catalogue
    guidelines: dict[str, Guideline] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    addresses: Ledger = field(default_factory=Ledger)
    drift: Drift = field(default_factory=Drift)
    adopters: dict[str, Adopter] = field(default_factory=dict)
    amendments: Archive = field(default_factory=Archive)
    known_findings: Listed = field(default_factory=Listed)
    _standings: dict[str, dict[str, Standing]] = field(default_factory=dict)

    def programs(self) -> list[str]:
        """The programs that have a guideline in the record, in the catalogue's order."""
        return list(dict.fromkeys(guideline.program for guideline in self.guidelines.values()))

    def trademark_programs(self) -> list[str]:
        """The programs that have a guideline, archived or not: all but the scorings from before the first guideline."""
        entries = self.catalogue.data["programs"]
        return [name for name in self.known_programs() if entries.get(name, {}).get("kind") != "scoring"]

    def program(self, name: str) -> list[Guideline]:
        """The guidelines of a program, oldest first, then the draft."""
        return [guideline for guideline in self.guidelines.values() if guideline.program == name]

    def dated(self, program: str) -> list[Guideline]:
        """The guidelines of a program that have a date, oldest first: all but the draft."""
        return [guideline for guideline in self.program(program) if not guideline.is_draft]

    def published(self, program: str) -> list[Guideline]:
        """The dated guidelines of a program that are no drafts, oldest first."""
        return [guideline for guideline in self.program(program) if not guideline.in_preparation]

    def overtaken_by(self, guideline: Guideline) -> Guideline | None:
        """The first guideline of the program, drafts aside, after the target approval of ``next``, or None."""
        target = guideline.approval_month if guideline.is_draft else ""
        return next((one for one in self.published(guideline.program) if one.id > target), None) if target else None

    def latest(self, program: str) -> Guideline:
        """The newest guideline of a program that is archived; a draft only if it has nothing else."""
        return (self.published(program) or self.program(program))[-1]

    def newest_complete(self, program: str) -> Guideline | None:
        """The newest guideline of a program, drafts aside, that is archived completely, or None."""
        return next((one for one in reversed(self.published(program)) if one.completeness == "complete"), None)

    def known_programs(self) -> list[str]:
        """The programs that have a guideline, archived or not, in the catalogue's order."""
        order = list(self.catalogue.data["programs"])
        names = dict.fromkeys([*self.programs(), *(item.program for item in self.catalogue.known)])
        return sorted(names, key=lambda name: order.index(name) if name in order else len(order))

    def known(self, program: str) -> list[AnyGuideline]:
        """Every guideline of a program that is known, archived or not, oldest first, then the draft."""
        others = [item for item in self.catalogue.known if item.program == program and item.key not in self.guidelines]
        found: list[AnyGuideline] = [*self.program(program), *others]
        return sorted(found, key=lambda item: (item.id == "next", item.id))

    def latest_known(self, program: str) -> AnyGuideline | None:
        """The newest guideline of a program, archived or not, or None; never a draft."""
        events = self.catalogue.events
        published = [item for item in self.known(program) if not standing.in_preparation(item, events)]
        return published[-1] if published else None

    def draft(self, program: str) -> AnyGuideline | None:
        """The draft of a program, archived or not: ``next``, or else the latest dated one; None if there is none."""
        events = self.catalogue.events
        return next((item for item in reversed(self.known(program)) if standing.in_preparation(item, events)), None)

    def standing(self, key: str) -> Standing:
        """The status of a known guideline today. Computed once for a program: call it when all files are read."""
        program = key.partition("/")[0]
        if program not in self._standings:
            self._standings[program] = standing.of_program(self.known(program), self.catalogue.events)
        return self._standings[program][key]

    def as_of(self) -> str:
        """The day of the latest event of a guideline, ``YYYY-MM-DD``; empty if there is none."""
        return max((event.date for events in self.catalogue.events.values() for event in events), default="")

    def previous(self, guideline: Guideline) -> Guideline | None:
        """The previous guideline of the program, or None; for the draft, the newest dated one."""
        return self._neighbour(guideline, -1)

    def before(self, guideline: Guideline) -> Guideline | None:
        """The previous guideline that is complete and no draft, with which the process rules compare, or None."""
        family = self.program(guideline.program)
        older = [other for other in family[: family.index(guideline)] if not (other.is_partial or other.in_preparation)]
        return older[-1] if older else None

    def following(self, guideline: Guideline) -> Guideline | None:
        """The next guideline of the program, or None; for the newest dated one, the draft."""
        return self._neighbour(guideline, 1)

    def _neighbour(self, guideline: Guideline, step: int) -> Guideline | None:
        family = self.program(guideline.program)
        place = family.index(guideline) + step
        return family[place] if 0 <= place < len(family) else None
