"""What the rules of the process found: all of it by rule, and what a guideline or a comparison shows of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ...analysis import history, rules
from ...analysis.rules import Rule
from ...record import process
from ...record.loader import Record
from ...record.model import Guideline
from ...record.problems import Problem
from .. import pages
from .common import guideline_link

View = dict[str, Any]


def view(record: Record, key: str, problems: list[Problem]) -> View:
    """Every rule with its findings, by guideline."""
    report = rules.report(record)
    shown = [_rule(record, rule, report) for rule in rules.REGISTRY.values()]
    crashed = [str(found) for _, found in report.of(rules.CRASHED)]
    return {
        "rules": shown,
        "crashed": crashed,
        "examined": report.examined.total(),
        "number": sum(rule["number"] for rule in shown),
        "explained": sum(rule["explained"] for rule in shown),
        "drafts": [
            guideline_link(record, guideline) | {"number": len(rules.new_in(record, guideline))}
            for guideline in record.guidelines.values()
            if guideline.is_draft
        ],
    }


def rule_link(record: Record, rule: Rule) -> View:
    """A rule by id, title and clause."""
    held = process.holders(record.catalogue, rule.clause)
    return {
        "id": rule.id,
        "title": rule.title,
        "to": pages.finding(rule.id),
        "clause": rule.clause,
        "clause_to": pages.clause(record, rule.clause) if held else "",
    }


def _rule(record: Record, rule: Rule, report: rules.Report) -> View:
    found = report.of(rule.id)
    by_guideline: dict[str, list[Problem]] = {}
    for key, problem in found:
        by_guideline.setdefault(key, []).append(problem)
    catalogue = record.catalogue
    return rule_link(record, rule) | {
        "scope": rule.scope,
        "documents": process.holders(catalogue, rule.clause),
        "since": process.since(catalogue, rule.clause),
        "until": process.until(catalogue, rule.clause),
        "examined": report.examined[rule.id],
        "number": sum(not problem.known for _, problem in found),
        "explained": sum(bool(problem.known) for _, problem in found),
        "guidelines": [
            guideline_link(record, record.guidelines[key])
            | {
                "number": sum(not problem.known for problem in some),
                "explained": sum(bool(problem.known) for problem in some),
                "anchor": f"{rule.id}.{record.guidelines[key].official_id}",
                "rows": rows(record, record.guidelines[key], some, f"{rule.id}.{record.guidelines[key].official_id}."),
            }
            for key, some in by_guideline.items()
        ],
    }


def rows(record: Record, guideline: Guideline, found: Iterable[Problem], prefix: str) -> list[View]:
    """Findings one by one, each with an anchor of its own that starts with ``prefix``."""
    result, seen = [], dict[str, int]()
    for problem in found:
        anchor = prefix + re.sub(r"[^\w.-]+", "-", problem.about)
        seen[anchor] = seen.get(anchor, 0) + 1
        if seen[anchor] > 1:
            anchor = f"{anchor}-{seen[anchor]}"
        result.append(
            {
                "message": problem.message,
                "explained": problem.known,
                "about": problem.about,
                "to": _about(record, guideline, problem.about),
                "anchor": anchor,
            }
        )
    return result


def _about(record: Record, guideline: Guideline, about: str) -> str:
    """Where on a guideline's page the thing stands that a finding is about."""
    if about in guideline.capabilities:
        return pages.guideline(guideline.key, about)
    project = about.partition(":")[0]
    if guideline.section(project):
        return pages.guideline(guideline.key, f"section-{project}")
    if about in history.capability_names(record):
        return pages.capability(about)
    ids = {test.id for capability in guideline.capabilities.values() for test in capability.tests}
    return pages.guideline(guideline.key, pages.test_anchor(about) if about in ids else "")


def of_guideline(record: Record, guideline: Guideline) -> View:
    """The findings about one guideline by rule, and which of them the guideline before does not have."""
    found = rules.report(record).findings[guideline.key]
    return _by_rule(record, guideline, found) | {"new": len(rules.new_in(record, guideline))}


def of_pair(record: Record, a: Guideline, b: Guideline) -> View:
    """The findings about ``b`` that ``a`` does not have."""
    old = {(problem.code, problem.about) for problem in rules.report(record).findings[a.key]}
    found = [p for p in rules.report(record).findings[b.key] if (p.code, p.about) not in old]
    return _by_rule(record, b, found)


def _by_rule(record: Record, guideline: Guideline, found: list[Problem]) -> View:
    groups = []
    for rule in rules.REGISTRY.values():
        mine = [problem for problem in found if problem.code == rule.id]
        if mine:
            number = sum(not problem.known for problem in mine)
            groups.append(
                rule_link(record, rule)
                | {
                    "number": number,
                    "explained": len(mine) - number,
                    "rows": rows(record, guideline, mine, f"finding-{rule.id}-"),
                }
            )
    return {
        "groups": groups,
        "number": sum(group["number"] for group in groups),
        "explained": sum(group["explained"] for group in groups),
    }
