"""The catalogue of generated pages: their document names, and so their addresses. No other module knows an address."""

from __future__ import annotations

from dataclasses import dataclass

from . import history
from .model import Guideline
from .record import Record


@dataclass(frozen=True)
class Page:
    """One generated page: where it stands, the view that fills it, and its title."""

    docname: str
    kind: str
    key: str
    title: str


def guideline(key: str, anchor: str = "") -> str:
    """Target of a guideline ``program/id``, or of a capability, test or section in it."""
    return f"guidelines/{key}" + (f"#{anchor}" if anchor else "")


def capability(name: str) -> str:
    """Target of the page of a capability over time."""
    return f"capabilities/{name}"


def section(project: str) -> str:
    """Target of the page of a project's designated sections over time."""
    return f"sections/{project}"


def matrix(program: str) -> str:
    """Target of a program's matrix."""
    return f"matrix/{program}"


def title(record: Record, guideline: Guideline) -> str:
    """Title of a guideline's page: the program and the id."""
    program = record.catalogue.entry("programs", guideline.program)
    name = program["title"] if program else guideline.program
    return f"{name} {guideline.id}"


def catalogue(record: Record) -> list[Page]:
    """Every page that is generated from ``record``."""
    result = [
        Page("guidelines/index", "guidelines", "", "Guidelines"),
        Page("capabilities/index", "capabilities", "", "Capabilities"),
        Page("sections/index", "sections", "", "Designated sections"),
    ]
    for item in record.guidelines.values():
        result.append(Page(guideline(item.key), "guideline", item.key, title(record, item)))
    for name in history.capability_names(record):
        result.append(Page(capability(name), "capability", name, name))
    for project in history.projects(record):
        result.append(Page(section(project), "section", project, f"Designated sections of {project}"))
    for program in record.programs():
        entry = record.catalogue.entry("programs", program)
        result.append(Page(matrix(program), "matrix", program, f"{entry['title'] if entry else program} matrix"))
    return result
