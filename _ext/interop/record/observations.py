"""Known observations with the reason why each is kept: ``guidelines/observations.yaml``."""

from __future__ import annotations

from dataclasses import replace

from .catalogue_schemas import KEY
from .fields import Field, ListOf, Struct, Text
from .problems import Problem, Severity, show
from .schemas import PROSE
from .source import Source

#: Form of ``observations.yaml``.
FORM = ListOf(
    Struct(
        Field("code", KEY, "Code of the observation.", required=True),
        Field("files", ListOf(Text()), "The files that have it, as program/file.", required=True),
        Field("about", ListOf(Text()), "The subjects of the observation.", required=True),
        Field("reason", PROSE, "Why it is kept.", required=True),
    )
)


def mark(problems: list[Problem], listed: Source, folder: str, complete: bool) -> list[Problem]:
    """Add the reasons in ``listed`` to the observations among ``problems``; a stale entry becomes an error.

    ``folder`` is the name of the guidelines folder in problems. Stale entries are reported only if ``complete``, that
    is, if every file was checked.
    """
    reasons: dict[tuple[str, str, str], tuple[str, int]] = {}
    for number, entry in enumerate(listed.data):
        for file in entry["files"]:
            for about in entry["about"]:
                reasons[f"{folder}/{file}", entry["code"], about] = entry["reason"], listed.line((number,))
    used = set()
    marked = []
    for problem in problems:
        key = problem.path, problem.code, problem.about
        used.add(key)
        if problem.severity is Severity.OBSERVATION and key in reasons:
            problem = replace(problem, known=reasons[key][0])
        marked.append(problem)
    if complete:
        for (file, code, about), (_, line) in reasons.items():
            if (file, code, about) not in used:
                message = f"{code} about {show(about)} no longer applies to {show(file, quote=False)}"
                hint = "remove it from the list"
                marked.append(Problem(listed.shown, line, "stale-known", message, hint, about=about))
    return marked
