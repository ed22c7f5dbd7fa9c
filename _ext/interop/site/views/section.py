"""The designated sections of one project over time."""

from __future__ import annotations

from ...analysis.analysis import Analysis
from ...record.model import Guideline, Part, Section
from ...record.record import Record
from .. import pages, urls
from .common import View, column, designation, guideline_link, mark, newest_first, project


def view(analysis: Analysis, key: str) -> View:
    """The view of the designated sections of project ``key``."""
    record = analysis.record
    entry = record.catalogue.entry("projects", key) or {}
    found = list(analysis.sections(key))
    programs = []
    for program in dict.fromkeys(guideline.program for guideline, _ in found):
        order = newest_first(record, program)
        mine = [(guideline, sections) for guideline, sections in found if guideline.program == program]
        mine.sort(key=lambda pair: order.index(pair[0]))
        programs.append(_program(record, key, program, mine))
    return project(record.catalogue, key) | {
        "description": entry.get("description", ""),
        "documentation": entry.get("documentation", ""),
        "programs": programs,
        "projects": [
            project(record.catalogue, name) | {"to": urls.section(name), "here": name == key}
            for name in analysis.projects()
        ],
    }


def _program(record: Record, key: str, program: str, found: list[tuple[Guideline, tuple[Section, ...]]]) -> View:
    names = dict.fromkeys(part.name for _, sections in found for item in sections for part in item.parts)
    by_place = {(g.id, part.name): part for g, sections in found for item in sections for part in item.parts}
    texts = {name: record.catalogue.part_text(key, part) for (_, name), part in reversed(by_place.items())}
    guidance: dict[str, list[View]] = {}
    for guideline, sections in found:
        for item in sections:
            if item.guidance:
                text = record.catalogue.wording("guidance", item.guidance)
                link = guideline_link(record, guideline) | {"to": urls.guideline_section(guideline.key, key)}
                guidance.setdefault(text, []).append(link)
    return {
        "key": program,
        "title": pages.program_title(record, program),
        "guidelines": [
            column(record, guideline)
            | {
                "anchor": urls.guideline_section(guideline.key, key),
                "marks": [mark(s.status) for s in sections],
                "default": any(designation(record.catalogue, s)["rule"] == "default" for s in sections),
            }
            for guideline, sections in found
        ],
        "rows": [
            {
                "name": name,
                "text": texts[name],
                "cells": [_cell(by_place.get((guideline.id, name))) for guideline, _ in found],
            }
            for name in names
        ],
        "guidance": [{"text": text, "in": where} for text, where in guidance.items()],
    }


def _cell(part: Part | None) -> View:
    return {"there": part is not None, "designated": part is not None and part.designated}
