"""What a rule is: one clause the working group bound itself to, and how the record shows whether it was kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ...record.catalogue import Catalogue
from ...record.model import Guideline, Status
from ...record.problems import KeyPath
from ..history import History


@dataclass(frozen=True)
class Case:
    """One thing a rule looked at in a guideline.

    ``where`` is the place in the file, ``about`` names the capability, test, project or guideline it is about.
    ``fault`` says how the clause was not kept, and is empty if it was. ``explained`` says why the record does not take
    a fault for one: the capability was regrouped, its statuses belong to two components.
    """

    where: KeyPath
    about: str
    fault: str = ""
    hint: str = ""
    explained: str = ""


Check = Callable[[History, Guideline], Iterator[Case]]


@dataclass(frozen=True)
class Rule:
    """A clause and its check. ``id`` is the code of its findings, ``scope`` says in words what it looks at.

    When the clause was in force, which documents have it, and its URL follow from ``clause`` and the catalogue's
    ``process.yaml``; a rule without a clause checks that the record agrees with itself.
    """

    id: str
    title: str
    scope: str
    clause: str
    check: Check


def rule(scope: str, clause: str = "") -> Callable[[Check], Rule]:
    """Make a check a rule: its name is the id (with hyphens), the first line of its docstring the title.

    Raises ValueError for a check without a docstring.
    """

    def decorate(check: Check) -> Rule:
        if not check.__doc__:
            raise ValueError(f"{check.__name__} has no docstring, whose first line is the title of the rule")
        title = check.__doc__.partition("\n")[0].removesuffix(".")
        return Rule(check.__name__.replace("_", "-"), title, scope, clause, check)

    return decorate


def left_behind(guideline: Guideline, before: Guideline) -> str:
    """Why a draft lacks what came later: it was made for a day before the guideline it is compared with."""
    target = guideline.approval_month
    if guideline.is_draft and target and target < before.id:
        return f"the draft was left behind: it was made for {target}"
    return ""


@dataclass(frozen=True)
class Listed:
    """An entry of a component's lists; ``component`` is today's name, ``as_written`` the one that the file uses."""

    component: str
    as_written: str
    capability: str
    status: Status
    where: KeyPath


def listed(catalogue: Catalogue, guideline: Guideline) -> Iterator[Listed]:
    """Every entry of the lists of a guideline's components."""
    for component in guideline.components.values():
        for status in Status:
            for number, name in enumerate(component.capabilities[status]):
                where: KeyPath = ("components", component.name, "capabilities", status.value, number)
                yield Listed(catalogue.component(component.name), component.name, name, status, where)
