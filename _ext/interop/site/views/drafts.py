"""The top of the page of a draft: what it changes, which rules it newly breaks, what is stale, and observations."""

from __future__ import annotations

from ...analysis import diff_format, drafts
from ...analysis.analysis import Analysis
from ...analysis.diff import KINDS, Diff
from ...record.model import Guideline
from .. import urls
from . import findings
from .common import View, component, guideline_link


def of_guideline(analysis: Analysis, guideline: Guideline) -> View:
    """What an editor asks of a draft; empty for other guidelines."""
    record = analysis.record
    if not drafts.is_edited(guideline):
        return {}
    before, against = drafts.follows(record, guideline), record.before(guideline)
    return {
        "changes": _changes(analysis, analysis.compare(before, guideline)) if before else {},
        "against": guideline_link(record, against) if against else None,
        "rules": findings.new_of(analysis, guideline),
        "stale": list(drafts.stale(record, guideline)),
        "observations": [
            {"line": problem.line, "code": problem.code, "message": problem.message, "known": problem.known}
            for problem in analysis.observations(guideline)
        ],
    }


def _changes(analysis: Analysis, found: Diff) -> View:
    to = urls.diff(found.a, found.b)
    return {
        "since": guideline_link(analysis.record, found.a),
        "to": to,
        "sentence": diff_format.sentence(found),
        "components": [
            component(analysis.record.catalogue, size.component)
            | {"new": size.new, "gone": size.gone}
            | {
                "kinds": [
                    {"title": KINDS[one], "number": number, "to": f"{to}#{size.component}-{one}"}
                    for one, number in size.kinds.items()
                ]
            }
            for size in drafts.sizes(found)
        ],
        "others": [{"title": text, "to": f"{to}#{anchor}"} for anchor, text in drafts.others(found)],
    }
