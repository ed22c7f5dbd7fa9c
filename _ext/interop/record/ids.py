"""The ids of guidelines: within a program, as the working group writes them, in addresses and in dates."""

from __future__ import annotations

import re


def official_id(program: str, id: str) -> str:
    """The id as the working group writes it: ``2020.06``, ``dns.2020.06``."""
    return id if program == "powered" else f"{program}.{id}"


def without_program(program: str, id: str) -> str:
    """The id within its program: ``2020.06`` of ``dns.2020.06``, which the working group writes both ways."""
    return id.removeprefix(f"{program}.")


def source_key(address: str) -> str:
    """``program/id`` of the guideline whose official file has this address, or an empty text."""
    match = re.search(r"/(?:([a-z-]+)\.)?(\d{4}\.\d{2}|next)\.json$", address)
    return f"{match[1] or 'powered'}/{match[2]}" if match else ""


def month(date: str) -> str:
    """The month of a date as guidelines are named by it: ``2016-08-23`` and ``2016.08`` give ``2016.08``."""
    return date.replace("-", ".")[:7]
