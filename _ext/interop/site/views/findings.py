"""The findings of the process rules: all by rule, and those of a guideline or a comparison."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import yaml

from ...analysis import rules
from ...analysis.analysis import Analysis
from ...analysis.rules import Report, Rule, examples
from ...record import process
from ...record.model import Guideline
from ...record.problems import Problem
from ...record.record import Record
from .. import urls
from .common import View, guideline_link


def view(analysis: Analysis) -> View:
    """Every rule with its findings, by guideline."""
    record, report = analysis.record, analysis.report
    small = examples.load()
    shown = [_rule(analysis, rule, report) | _examples(small, rule) for rule in rules.REGISTRY.values()]
    crashed = [str(found) for _, found in report.of(rules.CRASHED)]
    return {
        "rules": shown,
        "contents": [{"anchor": rule["id"], "title": rule["title"]} for rule in shown],
        "crashed": crashed,
        "examined": report.examined.total(),
        "number": sum(rule["number"] for rule in shown),
        "explained": sum(rule["explained"] for rule in shown),
        "small": {"guideline": _yaml(small.guideline), "files": _files(small.files)},
        "drafts": [
            guideline_link(record, guideline)
            | {
                "number": len(analysis.new_findings(guideline)),
                "findings_to": urls.guideline_findings(guideline.key),
            }
            for guideline in record.guidelines.values()
            if guideline.in_preparation
        ],
    }


def _examples(small: examples.Examples, rule: Rule) -> View:
    """The examples of a rule: what breaks it, and what keeps it."""
    pairs = (("Breaks the rule", small.breaks[rule.id]), ("Keeps the rule", small.keeps[rule.id]))
    return {
        "examples": [{"kind": kind, "text": one.text, "files": _files(one.change)} for kind, one in pairs],
    }


def _files(patches: dict[str, Any]) -> list[View]:
    return [{"name": f"{id}.yaml", "text": _yaml(patch)} for id, patch in patches.items() if patch]


def _yaml(data: Any) -> str:
    return str(yaml.safe_dump(data, sort_keys=False, width=88)).rstrip("\n")


def rule_link(record: Record, rule: Rule) -> View:
    """A rule by id, title and clause, or criterion."""
    held = process.holders(record.catalogue, rule.clause)
    return {
        "id": rule.id,
        "title": rule.title,
        "to": urls.finding(rule.id),
        "clause": rule.clause,
        "clause_to": urls.clause(record, rule.clause) if held else "",
        "criterion": rule.criterion,
        "criterion_to": urls.criterion(rule.criterion) if rule.criterion else "",
    }


def _rule(analysis: Analysis, rule: Rule, report: Report) -> View:
    record, found = analysis.record, report.of(rule.id)
    by_guideline: dict[str, list[Problem]] = {}
    for key, problem in found:
        by_guideline.setdefault(key, []).append(problem)
    catalogue = record.catalogue
    return (
        rule_link(record, rule)
        | tally(report, rule)
        | {
            "scope": rule.scope,
            "documents": process.holders(catalogue, rule.clause),
            "since": process.since(catalogue, rule.clause),
            "bound": process.bound(catalogue, rule.clause),
            "until": process.until(catalogue, rule.clause),
            "guidelines": [_group(analysis, record.guidelines[key], rule, some) for key, some in by_guideline.items()],
        }
    )


def tally(report: Report, rule: Rule) -> View:
    """The number of cases that a rule checked, of its findings, and of its explained findings."""
    return {"examined": report.examined[rule.id]} | _numbers([problem for _, problem in report.of(rule.id)])


def _numbers(found: list[Problem]) -> View:
    explained = sum(bool(problem.known) for problem in found)
    return {"number": len(found) - explained, "explained": explained}


def _group(analysis: Analysis, guideline: Guideline, rule: Rule, found: list[Problem]) -> View:
    anchor = f"{rule.id}.{guideline.official_id}"
    return (
        guideline_link(analysis.record, guideline)
        | _numbers(found)
        | {
            "anchor": anchor,
            "rows": rows(analysis, guideline, found, f"{anchor}."),
        }
    )


def rows(analysis: Analysis, guideline: Guideline, found: Iterable[Problem], prefix: str) -> list[View]:
    """Findings as rows, those that say the same in one; anchors are unique and start with ``prefix``."""
    result: dict[tuple[str, str], View] = {}
    seen: Counter[str] = Counter()
    for problem in found:
        anchor = prefix + re.sub(r"[^\w.-]+", "-", problem.about)
        seen[anchor] += 1
        if seen[anchor] > 1:
            anchor = f"{anchor}-{seen[anchor]}"
        said = problem.message.removeprefix(f"{problem.about} ")
        row = result.setdefault(
            (said, problem.known),
            {
                "message": said,
                "starts_with_subject": said != problem.message,
                "explained": problem.known,
                "subjects": list[View](),
            },
        )
        subject = {"about": problem.about, "to": _about(analysis, guideline, problem.about), "anchor": anchor}
        row["subjects"].append(subject)
    return list(result.values())


def _about(analysis: Analysis, guideline: Guideline, about: str) -> str:
    """The target of the subject of a finding, on the page of the guideline if possible."""
    if about in guideline.capabilities:
        return urls.guideline(guideline.key, about)
    for section in guideline.sections:
        if about == section.project or about.startswith(f"{section.project}: "):
            return urls.guideline_section(guideline.key, section.project)
    if about in analysis.capability_names:
        return urls.capability(about)
    has_test = about in analysis.facts(guideline).ids
    return urls.guideline(guideline.key, urls.test_anchor(about) if has_test else "")


def of_guideline(analysis: Analysis, guideline: Guideline) -> View:
    """The findings about one guideline by rule, and the number of new ones."""
    found = analysis.report.findings[guideline.key]
    return _by_rule(analysis, guideline, found) | {"new": len(analysis.new_findings(guideline))}


def new_of(analysis: Analysis, guideline: Guideline) -> View:
    """The findings about a draft that the previous guideline does not have, without those with a known cause."""
    return _by_rule(analysis, guideline, analysis.new_findings(guideline))


def of_pair(analysis: Analysis, a: Guideline, b: Guideline) -> View:
    """The findings about ``b`` that ``a`` does not have."""
    return _by_rule(analysis, b, analysis.report.new_in(b.key, a.key))


def _by_rule(analysis: Analysis, guideline: Guideline, found: list[Problem]) -> View:
    groups = []
    for rule in rules.REGISTRY.values():
        if mine := [problem for problem in found if problem.code == rule.id]:
            shown = {"rows": rows(analysis, guideline, mine, f"finding-{rule.id}-")}
            groups.append(rule_link(analysis.record, rule) | _numbers(mine) | shown)
    # Rules that failed are shown only on the page of all findings.
    return {"groups": groups} | _numbers([problem for problem in found if problem.code in rules.REGISTRY])
