"""Known observations: what the record keeps although a check remarks on it, with the reason (``observations.yaml``)."""

from __future__ import annotations

from dataclasses import replace

from .fields import Field, ListOf, Struct, Text
from .problems import Problem, Severity
from .schemas import PROSE
from .source import Source

#: Form of ``observations.yaml``.
FORM = ListOf(
    Struct(
        Field("code", Text(), "Code of the observation.", required=True),
        Field("files", ListOf(Text()), "program/file it stands in.", required=True),
        Field("about", ListOf(Text()), "What it is about.", required=True),
        Field("reason", PROSE, "Why the record keeps it.", required=True),
    )
)


def mark(problems: list[Problem], listed: Source, folder: str, complete: bool) -> list[Problem]:
    """Give the observations that ``listed`` has their reasons; one that is listed in vain is an error.

    ``folder`` is the name that problems show the record's folder by. Unless ``complete``, files were left out, and
    nothing is said of what is listed in vain.
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
                message = f"{code} about {about} no longer applies to {file}"
                hint = "take it out of the list"
                marked.append(Problem(listed.shown, line, "stale-known", message, hint, about=about))
    return marked
