"""Tables for pages written by hand: weights of the criteria, the score of a capability, flags by code."""

from __future__ import annotations

from itertools import groupby

from ...analysis.analysis import Analysis
from ...record.model import Guideline
from .. import pages, urls
from ..targets import Targets
from .common import NoViewError, View, guideline_link, newest_first
from .drawings import bars


def weights(analysis: Analysis) -> View:
    """Weight of each criterion and the cutoff in every guideline, newest first; a run that agrees shares a column."""
    record = analysis.record
    families = (newest_first(record, program) for program in record.programs())
    complete = [guideline for family in families for guideline in family if not guideline.is_partial]
    alike = groupby(complete, lambda guideline: (guideline.program, guideline.weights, guideline.cutoff))
    columns = [(*key, list(within)) for key, within in alike]
    criteria = record.catalogue.data["criteria"]
    return {
        "columns": [
            {
                "program": pages.program_title(record, program),
                "first": guideline_link(record, within[-1]),
                "last": guideline_link(record, within[0]),
                "sum": sum(given.values()),
                "cutoff": cutoff,
            }
            for program, given, cutoff, within in columns
        ],
        "rows": [
            {
                "name": entry["name"],
                "group": entry["group"],
                "to": urls.criterion(name),
                "cells": [given.get(name) for _, given, _, _ in columns],
            }
            for name, entry in criteria.items()
        ],
    }


def scored(targets: Targets, key: str) -> View:
    """The score of a capability in a guideline that scores it; ``key`` is ``program/id capability``."""
    record = targets.analysis.record
    name, _, capability = key.partition(" ")
    guideline = targets.guideline(name)
    if guideline is None or capability not in guideline.capabilities or guideline.score(capability) is None:
        raise NoViewError(key)
    met = guideline.capabilities[capability].achievements
    criteria = record.catalogue.data["criteria"]
    return {
        "guideline": guideline_link(record, guideline),
        "capability": capability,
        "to": urls.guideline(guideline.key, capability),
        "rows": [
            {
                "name": criteria.get(item.key, {}).get("name", item.key),
                "to": urls.criterion(item.key),
                "weight": item.weight,
                "met": item.key in met,
            }
            for item in sorted(guideline.criteria.values(), key=lambda item: (-item.weight, item.key))
        ],
        "score": guideline.score(capability),
        "total": sum(guideline.weights.values()),
        "cutoff": guideline.cutoff,
        "statuses": " and ".join(sorted(set(guideline.statuses(capability).values()))),
    }


def flags(analysis: Analysis) -> View:
    """The number of tests that are flagged with each code in every guideline that has flags; a test counts once."""
    record = analysis.record
    families = [newest_first(record, program) for program in record.programs()]
    found = {guideline.key: _flags(analysis, guideline) for family in families for guideline in family}
    shown = [record.guidelines[key] for key, some in found.items() if some]
    codes = record.catalogue.data["flag-codes"]
    extra = sorted({code for some in found.values() for _, code in some} - codes.keys())
    links = [
        guideline_link(record, guideline) | {"official": guideline.official_id, "note": pages.note(guideline)}
        for guideline in shown
    ]
    rows: list[View] = [
        {
            "code": code or "no code",
            "title": codes[code]["title"] if code in codes else "given, or none that is known",
            "cells": [sum(code == its for _, its in found[guideline.key]) for guideline in shown],
        }
        for code in [*codes, *extra]
    ]
    columns = [(link, [row["cells"][place] for row in rows]) for place, link in enumerate(links)]
    return {
        "guidelines": links,
        "rows": rows,
        "drawing": bars.flags([row["code"] for row in rows], columns),
        "sums": [len({test for test, _ in found[guideline.key]}) for guideline in shown],
    }


def _flags(analysis: Analysis, guideline: Guideline) -> set[tuple[str, str]]:
    """The flagged tests of a guideline by their keys, each with the code of its flag."""
    key = analysis.facts(guideline).key
    tests = [test for capability in guideline.capabilities.values() for test in capability.tests]
    return {(key(test), test.flag.code) for test in tests if test.flag is not None}
