"""View models: for each kind of page, plain data with everything the template shows, and nothing it must work out.

A view holds only mappings, lists, texts and numbers, so that its digest tells whether the page changes. Links are
targets (``document#anchor``); the template's ``url()`` makes them addresses.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...record.loader import Record
from ...record.problems import Problem
from . import (
    capability,
    diffs,
    documents,
    figures,
    findings,
    guideline,
    lists,
    matrix,
    reference,
    schemas,
    section,
    test,
)

View = dict[str, Any]

#: Kind of page -> function that makes its view from the record, the key and the problems of the record.
VIEWS: dict[str, Callable[[Record, str, list[Problem]], View]] = {
    "home": lists.home,
    "guidelines": lists.guidelines,
    "capabilities": lists.capabilities,
    "sections": lists.sections,
    "guideline": guideline.view,
    "capability": capability.view,
    "matrix": matrix.view,
    "section": section.view,
    "test": test.view,
    "tests": test.index,
    "diff": diffs.view,
    "diffs": diffs.index,
    "findings": findings.view,
    "process": documents.view,
    "clauses": documents.table,
    "schema": schemas.view,
    "weights": figures.weights,
    "scored": figures.scored,
    "flags": figures.flags,
    "gone": reference.gone,
    "moved": reference.moved,
    "reference": reference.reference,
    "status": reference.status,
}
