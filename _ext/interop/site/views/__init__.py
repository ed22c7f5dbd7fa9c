"""View models: for each kind of page, plain data with everything the template shows, and nothing it must work out.

A view has only mappings, lists, texts and numbers, so that its digest tells whether the page changes. Links are
targets (``document#anchor``); the template's ``url()`` makes them URLs. To add a view, write a function in a module of
this package, put it into the mapping here that has what it needs, and write ``_templates/interop/<kind>.html.jinja``.
"""

from __future__ import annotations

from collections.abc import Callable

from ...analysis.analysis import Analysis
from ...record.record import Record
from ..targets import Targets
from . import (
    capability,
    diff,
    documents,
    figures,
    findings,
    guideline,
    indexes,
    matrix,
    reference,
    schemas,
    section,
    test,
)
from .common import View

#: Kind -> the view of one thing, by its key.
OF_ONE: dict[str, Callable[[Analysis, str], View]] = {
    "guideline": guideline.view,
    "capability": capability.view,
    "matrix": matrix.view,
    "section": section.view,
    "test": test.view,
    "diff": diff.view,
    "process": documents.view,
    "schema": schemas.view,
}
#: Kind -> the view of everything of a kind.
OF_ALL: dict[str, Callable[[Analysis], View]] = {
    "home": indexes.home,
    "guidelines": indexes.guidelines,
    "capabilities": indexes.capabilities,
    "sections": indexes.sections,
    "tests": test.index,
    "diffs": diff.index,
    "findings": findings.view,
    "clauses": documents.table,
    "weights": figures.weights,
    "flags": figures.flags,
}
#: Kind -> the view of what an author names in a text.
BY_NAME: dict[str, Callable[[Targets, str], View]] = {
    "reference": reference.reference,
    "status": reference.status,
    "scored": figures.scored,
}
#: Kind -> the view of a URL from the ledger.
OF_URL: dict[str, Callable[[Record, str], View]] = {
    "gone": reference.gone,
    "moved": reference.moved,
}
