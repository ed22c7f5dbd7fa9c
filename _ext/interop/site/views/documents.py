"""The process documents: each clause with its changes and the findings of the rules that check it."""

from __future__ import annotations

import re
import textwrap

from ...analysis import rules
from ...analysis.analysis import Analysis
from ...record import process
from ...record.process import Clause
from ...record.record import Record
from .. import urls
from . import wording
from .common import View, guideline_link
from .findings import tally

#: The group of a clause, by a pattern of its id: the documents' letters, and the two kinds of editing rules.
_PHASES = ((r"D3\d\d", "flagging-rules"), (r"D4\d\d", "flagging-codes"), *((letter, letter) for letter in "ABCD"))


def view(analysis: Analysis, key: str) -> View:
    """The view of the document called ``key``."""
    record = analysis.record
    catalogue = record.catalogue
    entry = process.entries(catalogue)[key]
    clauses = process.clauses(catalogue, key)
    made = [guideline for guideline in record.guidelines.values() if process.document_of(catalogue, guideline) == key]
    shown = _sections(analysis, key, clauses)
    return shown | {
        "contents": _contents(shown, entry.get("replaces", "")),
        "note": entry["note"],
        "status": entry.get("status", ""),
        "from": entry.get("from", ""),
        "bound": entry.get("bound", ""),
        "evidence": entry["evidence"],
        "replaces": document_link(record, entry.get("replaces", "")),
        "superseded_by": document_link(record, entry.get("superseded_by", "")),
        "source": entry.get("source", ""),
        "url": entry.get("url", ""),
        "guidelines": [guideline_link(record, guideline) | {"official": guideline.official_id} for guideline in made],
        "documents": [document_link(record, name) | {"here": name == key} for name in process.entries(catalogue)],
    }


def _sections(analysis: Analysis, key: str, clauses: list[Clause]) -> View:
    """The sections of a document, in the order of the page."""
    record, catalogue = analysis.record, analysis.record.catalogue
    timeline = _timeline(record, key)
    return {
        "timeline": timeline,
        "milestone": "PTG" if any(step["when"] == "PTG" for step in timeline) else "S",
        "phases": _phases(analysis, clauses),
        "dropped": [
            {"id": gone.id, "text": wording.changes(gone.text, ""), "to": urls.clause(record, gone.id, gone.document)}
            for gone in process.dropped(catalogue, key)
        ],
        "general": [
            {
                "title": item["title"],
                "anchor": item.get("anchor") or _slug(item["title"]),
                "text": _parts(record, item["text"]),
                "steps": _steps(record, item),
            }
            for item in catalogue.data["process"].get("general", ())
            if key in item["in"]
        ],
    }


def _contents(shown: View, replaces: str) -> list[View]:
    """The anchors and titles of these sections."""
    letters = ((f"{one['key']}. " if len(one["key"]) == 1 else "", one) for one in shown["phases"])
    return [
        *([{"anchor": "timeline", "title": "Expected timeline"}] if shown["timeline"] else []),
        *({"anchor": f"phase-{one['key']}", "title": f"{letter}{one['title']}"} for letter, one in letters),
        *([{"anchor": "dropped", "title": f"Removed since {replaces}"}] if shown["dropped"] else []),
        *({"anchor": one["anchor"], "title": one["title"]} for one in shown["general"]),
    ]


def document_link(record: Record, key: str) -> View:
    """A document by its name and page; empty if ``key`` is empty."""
    return {"key": key, "to": urls.document(record, key)} if key else {}


def _timeline(record: Record, key: str) -> list[View]:
    steps: dict[str, list[View]] = {}
    for item in record.catalogue.data["process"].get("timeline", ()):
        if key in item["in"]:
            steps.setdefault(item["when"], []).append({"activity": item["activity"], "lead": item["lead"]})
    return [{"when": when, "items": items} for when, items in steps.items()]


def _phases(analysis: Analysis, clauses: list[Clause]) -> list[View]:
    phases: dict[str, list[View]] = {}
    for clause in clauses:
        phase = next(name for form, name in _PHASES if re.match(form, clause.id))
        phases.setdefault(phase, []).append(_clause(analysis, clause))
    entries = analysis.record.catalogue.data["process"].get("phases", {})
    return [
        {
            "key": key,
            "title": entries.get(key, {}).get("title", key),
            "starts": entries.get(key, {}).get("starts", ""),
            "text": entries.get(key, {}).get("text", ""),
            "clauses": found,
        }
        for key, found in phases.items()
    ]


def _clause(analysis: Analysis, clause: Clause) -> View:
    record, report = analysis.record, analysis.report
    checked = [rule for rule in rules.REGISTRY.values() if rule.clause == clause.id]
    replaced = process.entries(record.catalogue)[clause.document].get("replaces", "")
    before = process.clause(record.catalogue, clause.id, replaced) if clause.change == "reworded" else None
    return {
        "id": clause.id,
        "group": "." not in clause.id and clause.id[1:].isdigit() and len(clause.id) == 2,
        "title": clause.title,
        "text": _parts(record, clause.text, clause.document),
        "steps": [_parts(record, step, clause.document) for step in clause.steps],
        "since": clause.since,
        "bound": clause.bound,
        "change": clause.change,
        "before": before.document if before else "",
        "changes": wording.changes(before.text, clause.text) if before else [],
        "rules": [{"to": urls.finding(rule.id), "title": rule.title} | tally(report, rule) for rule in checked],
    }


def _slug(title: str) -> str:
    return re.sub(r"\W+", "-", title.lower()).strip("-")


def _steps(record: Record, item: View) -> list[list[View]]:
    return [_parts(record, step) for step in item.get("steps", ())]


def _parts(record: Record, text: str, document: str = "") -> list[View]:
    """A text split at its references to clauses: texts and links, the latter to ``document`` if it has the clause."""
    parts = []
    for number, piece in enumerate(re.split(r"\{(\w[\w.]*)\}", text)):
        link = number % 2 == 1
        parts.append({"text": piece, "to": urls.clause(record, piece, document) if link else ""})
    return parts


def _mark(record: Record, clause: Clause) -> str:
    """How a clause differs from the document before: ``new``, ``reworded`` or ``same``; all of the first are new."""
    first = "replaces" not in process.entries(record.catalogue)[clause.document]
    return "new" if first else clause.change or "same"


def table(analysis: Analysis) -> View:
    """The clauses that differ between documents, with the newest document first, and the others."""
    catalogue = analysis.record.catalogue
    available = [name for name in process.entries(catalogue) if process.clauses(catalogue, name) and name[0] == "2"]
    missing = [name for name in process.entries(catalogue) if not process.clauses(catalogue, name)]
    rows = [_row(analysis.record, id, available[::-1]) for id in catalogue.data["process"].get("clauses", {})]
    rows = [row for row in rows if row["to"]]
    return {
        "documents": [document_link(analysis.record, name) for name in available[::-1]],
        "missing": [document_link(analysis.record, name) for name in missing],
        "rows": [row for row in rows if row["differs"]],
        "same": [row for row in rows if not row["differs"]],
    }


def _short(text: str) -> str:
    """The beginning of a clause without the marks of its references."""
    return textwrap.shorten(re.sub(r"[{}]", "", text), 110, placeholder="…")


def _row(record: Record, id: str, documents: list[str]) -> View:
    """A clause in each document; its text and the link are those of the newest one; no link if none has it."""
    found = [process.clause(record.catalogue, id, name) for name in documents]
    newest = next(filter(None, found), None)
    marks = [_mark(record, clause) if clause else "" for clause in found]
    return {
        "id": id,
        "text": _short(newest.title or newest.text) if newest else "",
        "to": urls.clause(record, id, newest.document) if newest else "",
        "differs": marks != ["same"] * (len(marks) - 1) + ["new"],
        "cells": [
            {"change": change, "to": urls.clause(record, id, clause.document) if clause else ""}
            for change, clause in zip(marks, found, strict=True)
        ],
    }
