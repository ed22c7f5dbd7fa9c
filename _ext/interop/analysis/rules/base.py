"""The parts of a rule: the clause of the process, the check that finds breaches of it, and its cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ...record.catalogue import Catalogue
from ...record.model import Guideline, Status
from ...record.problems import KeyPath
from ..history import History


@dataclass(frozen=True)
class Case:
    """One thing that a rule checks in a guideline.

    ``where`` is the place in the file, ``about`` the capability, test, project or guideline. ``fault`` describes the
    breach of the clause and is empty if there is none; ``hint`` describes what would be right. ``explained`` is the
    known cause of a breach, such as a regrouped capability.
    """

    where: KeyPath
    about: str
    fault: str = ""
    hint: str = ""
    explained: str = ""


Check = Callable[[History, Guideline], Iterator[Case]]


@dataclass(frozen=True)
class Rule:
    """A clause and its check. ``id`` is the code of its findings, ``scope`` describes what it checks.

    ``moment`` is what it is evaluated on: ``archived``, the guidelines as they are archived; ``approved``, dated ones
    as they were approved; ``amended``, what was changed afterwards, whenever the guideline was approved.
    ``process.yaml`` in the catalogue has the documents and the dates of ``clause``. A rule without a clause follows
    from ``criterion``, a name in the core criteria, or checks that the record is consistent.
    """

    id: str
    title: str
    scope: str
    clause: str
    check: Check
    criterion: str = ""
    moment: str = "archived"


def rule(scope: str, clause: str = "", criterion: str = "", moment: str = "archived") -> Callable[[Check], Rule]:
    """Turn a check into a rule: its name with hyphens is the id, the first line of its docstring the title.

    Raises ValueError for a check without a docstring.
    """

    def decorate(check: Check) -> Rule:
        if not check.__doc__:
            raise ValueError(f"{check.__name__} has no docstring, whose first line is the title of the rule")
        title = check.__doc__.partition("\n")[0].removesuffix(".")
        return Rule(check.__name__.replace("_", "-"), title, scope, clause, check, criterion, moment)

    return decorate


def withdrawn(status: str) -> str:
    """The explanation for what had ``status`` before and is no longer listed, or an empty text.

    The lexicon and schema 2.0 call removed only what was required.
    """
    return "withdrawn: it was advisory and never required, so it is not removed" if status == "advisory" else ""


@dataclass(frozen=True)
class Listed:
    """An entry of a component's lists; ``component`` is the current name, ``as_written`` the name in the file."""

    component: str
    as_written: str
    capability: str
    status: Status
    where: KeyPath


def listed(catalogue: Catalogue, guideline: Guideline) -> Iterator[Listed]:
    """Every entry of the lists of a guideline's components."""
    for component in guideline.components.values():
        for status, name, where in component.entries():
            yield Listed(catalogue.component(component.name), component.name, name, status, where)
