"""The home page, and the lists of guidelines and of projects with designated sections."""

from __future__ import annotations

from ...analysis.analysis import Analysis
from ...record.catalogue import KnownGuideline
from ...record.model import Guideline, Section
from ...record.record import Record
from ...record.schemas import SECTION_STATUSES
from ...record.standing import AnyGuideline
from .. import pages, redirects, urls
from . import coverage, numbers, standings
from .common import View, designation, guideline_link, mark, project
from .drawings import bars, time_line


def home(analysis: Analysis) -> View:
    """Where each program stands, the first over time, releases covered last, a comparison, RefStack's fragments.

    ``as_of`` is the day of the latest event of a guideline; empty if there is none. ``compare`` is the comparison of
    the newest complete guideline of a program with a newer one that is reconstructed; ``amended`` is the list of
    comparisons of guidelines as approved with as archived, if there are any.
    """
    record = analysis.record
    covered = [row for row in coverage.view(analysis)["rows"] if any(row["cells"])]
    names = record.trademark_programs()
    programs = [_program(analysis, program) for program in names]
    return {
        "time_line": time_line.of_program(record, names[0]),
        "programs": programs,
        "use": _use(record.program(names[0]), programs[0]),
        "number": sum(len(record.known(program)) for program in names),
        "as_of": record.as_of(),
        "releases": [{"name": row["name"], "to": urls.release(row["anchor"])} for row in covered[:7]],
        "compare": _compare(record),
        "amended": urls.AS_APPROVED if any(pages.is_amended(analysis, key) for key in record.guidelines) else "",
        "fragments": [{"old": old, "to": to} for old, to in redirects.FRAGMENTS.items()],
    }


def _use(guidelines: list[Guideline], program: View) -> View | None:
    """What to use where the newest guideline is reconstructed: ``approved`` are the approved ones if none is archived.

    The newest and the newest complete one have the ``releases`` that they cover, as a text. None if the newest
    guideline is complete, or none is.
    """
    latest, complete = program["latest"], program["complete"]
    if not latest or not complete or not latest["partial"]:
        return None
    approved = program["approved"][::-1]
    archived = any(one["archived"] for one in approved)
    both = {"latest": latest, "complete": complete}
    covered = {one.id: _span(one.releases) for one in guidelines}
    shown = {name: one | {"releases": covered[one["id"]]} for name, one in both.items()}
    return {"program": program["title"], "approved": [] if archived else approved} | shown


def _span(releases: tuple[str, ...]) -> str:
    """The first and the last of some releases."""
    return " to ".join(dict.fromkeys(name.capitalize() for name in (*releases[:1], *releases[-1:])))


def _compare(record: Record) -> View | None:
    for program in record.trademark_programs():
        complete = record.newest_complete(program)
        if complete and complete is not (newest := record.latest(program)):
            return {"first": complete.id, "last": newest.id, "to": urls.diff(complete, newest)}
    return None


def _program(analysis: Analysis, program: str) -> View:
    """The latest guideline of a program, archived or not, the approved ones, the newest complete one, and the draft."""
    record = analysis.record
    known = record.known(program)
    latest, complete = record.latest_known(program), record.newest_complete(program)
    draft = record.draft(program)
    return {
        "title": pages.program_title(record, program),
        "to": urls.matrix(program) if record.program(program) else urls.guidelines_of(program),
        "latest": guideline_link(record, latest) | {"standing": standings.of(record, latest.key)} if latest else None,
        "approved": [standings.approved(record, one) for one in known if record.standing(one.key).status == "approved"],
        "complete": guideline_link(record, complete)
        | {"standing": standings.of(record, complete.key)}
        | numbers.of_guideline(analysis, complete)
        if complete
        else None,
        "draft": guideline_link(record, draft) | {"approval": _target(draft)} if draft else None,
    }


def _target(guideline: AnyGuideline) -> str:
    """The target approval of a draft, which dates it; empty for other guidelines, or if it is not known."""
    return guideline.approval if isinstance(guideline, Guideline) else ""


def guidelines(analysis: Analysis) -> View:
    """Every known guideline by program, archived or not."""
    record = analysis.record
    known = [item for item in record.catalogue.known if item.key not in record.guidelines]
    programs = []
    for program in record.known_programs():
        old_drafts = {one.id for one in record.program(program) if record.overtaken_by(one)}
        rows = [_row(analysis, guideline) for guideline in record.program(program)]
        rows += [_known_row(record, item) for item in known if item.program == program]
        # A draft first, then the newest; last a draft that is older than another guideline.
        rows.sort(key=lambda row: (row["id"] not in old_drafts, row["id"] == "next", row["id"]), reverse=True)
        entry = record.catalogue.entry("programs", program) or {}
        programs.append(
            {
                "program": program,
                "title": pages.program_title(record, program),
                "description": entry.get("description", ""),
                "matrix": urls.matrix(program) if record.program(program) else "",
                "latest": urls.latest(program) if record.latest_known(program) else "",
                "rows": rows,
                "sizes": bars.sizes(analysis, program),
            }
        )
    archived = [guideline for guideline in record.guidelines.values() if not guideline.is_scoring]
    partial = sum(guideline.is_partial for guideline in archived)
    numbers_of_all = {"complete": len(archived) - partial, "partial": partial, "known": len(known)}
    return {"programs": programs, "clause": standings.clause(record)} | numbers_of_all


def _known_row(record: Record, known: KnownGuideline) -> View:
    return guideline_link(record, known) | {
        "page": pages.has_page(record, known.key),
        "standing": standings.of(record, known.key),
        "replaces": known.replaces,
        "replaces_to": pages.target(record, known.replaces_key) if known.replaces else "",
        "releases": list(known.releases),
        "inferred_releases": list(known.inferred_releases),
        "note": known.note,
    }


def _row(analysis: Analysis, guideline: Guideline) -> View:
    record = analysis.record
    return (
        guideline_link(record, guideline)
        | numbers.of_guideline(analysis, guideline)
        | {
            "standing": standings.of(record, guideline.key),
            "target": _target(guideline),
            "replaces": guideline.replaces_id,
            "replaces_to": pages.target(record, guideline.replaces_key) if guideline.replaces else "",
            "releases": list(guideline.releases),
            "approval_inferred": guideline.approval_inferred,
            "findings": sum(not found.known for found in analysis.report.findings[guideline.key]),
            "findings_to": urls.guideline_findings(guideline.key),
            "amended": len(analysis.moments(guideline.key)) - 1,
            "history": urls.guideline(guideline.key, "history"),
        }
    )


def _strongest(found: list[tuple[Guideline, tuple[Section, ...]]]) -> tuple[Guideline, tuple[Section, ...]]:
    """Of the latest guidelines of the programs, rather no drafts, the one with the strongest section status."""
    latest = {}
    for guideline, items in sorted(found, key=lambda pair: (not pair[0].in_preparation, pair[0].id)):
        latest[guideline.program] = guideline, items
    return min(latest.values(), key=lambda pair: SECTION_STATUSES.index(pair[1][0].status))


def sections(analysis: Analysis) -> View:
    """The projects that have designated sections, and in which guidelines."""
    record, rows = analysis.record, []
    for name in analysis.projects():
        found = list(analysis.sections(name))
        latest, last_sections = _strongest(found)
        entry = record.catalogue.entry("projects", name) or {}
        rows.append(
            project(record.catalogue, name)
            | {
                "to": urls.section(name),
                "description": entry.get("description", ""),
                "number": len(found),
                "latest": guideline_link(record, latest) | {"to": urls.guideline_section(latest.key, name)},
                "marks": [mark(item.status) for item in last_sections],
                "designations": [designation(record.catalogue, item) for item in last_sections],
            }
        )
    return {"rows": rows}
