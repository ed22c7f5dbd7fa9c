"""Converts ids of guidelines: within a program, as the working group writes them, from URLs and from dates."""

from __future__ import annotations

import re


def official_id(program: str, id: str) -> str:
    """The id as the working group writes it: ``2020.06``, ``dns.2020.06``."""
    return id if program == "powered" else f"{program}.{id}"


def without_program(program: str, id: str) -> str:
    """The id within its program: ``2020.06`` for both ``dns.2020.06`` and ``2020.06``; official files have both."""
    return id.removeprefix(f"{program}.").removeprefix(f"{program.replace('-', '_')}.")


def hyphenated(name: str) -> str:
    """An id or a program with hyphens, where official files may have underscores: ``shared_file_system.2022.11``."""
    return name.replace("_", "-")


def short_names(program: str, id: str) -> set[str]:
    """The names under which a guideline has a URL without a folder for its program, upstream's ``all.2020.06`` too."""
    return {official_id(program, id), f"{program}.{id}"} | ({f"all.{id}"} if program == "powered" else set())


def source_key(address: str) -> str:
    """``program/id`` of the guideline whose official file has this URL, or an empty text."""
    match = re.search(r"/(?:([a-z_-]+)\.)?([0-9]{4}\.[0-9]{2}|next)\.json$", address)
    return f"{hyphenated(match[1] or 'powered')}/{match[2]}" if match else ""


def month(date: str) -> str:
    """The month of a date in the form of guideline ids: ``2016-08-23`` and ``2016.08`` give ``2016.08``."""
    return date.replace("-", ".")[:7]
