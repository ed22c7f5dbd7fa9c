"""View models: for each kind of page, plain data with everything that the template shows, ready to be rendered.

A view consists of mappings, lists, texts and numbers; a page is made again when the digest of its view changes.
Links are targets (``document#anchor``), which the template's ``url()`` turns into URLs. To add a view, write a function
in a module of this package, add it to the mapping below with the right arguments, and write
``_templates/interop/<kind>.html.jinja``.
"""

from __future__ import annotations

from collections.abc import Callable

from ...analysis.analysis import Analysis
from ...record.record import Record
from ..targets import Targets
from . import (
    adopters,
    amended,
    capability,
    capability_list,
    check,
    coverage,
    diff,
    diffs,
    documents,
    figures,
    findings,
    guideline,
    indexes,
    matrix,
    reference,
    schemas,
    scorings,
    section,
    standings,
    state,
    test,
    tests,
)
from .common import Source, View

#: Kind -> the view of one object, by its key.
OF_PAGES: dict[str, Callable[[Analysis, str], View]] = {
    "guideline": guideline.view,
    "known": standings.known,
    "capability": capability.view,
    "matrix": matrix.view,
    "section": section.view,
    "test": test.view,
    "adopter": adopters.view,
    "diff": diff.view,
    "state": state.view,
    "amended": amended.view,
    "process": documents.view,
    "schema": schemas.view,
}
#: Kind -> what the view of one object is made from, if that is known before the view is made: the object that views
#: with the same source have in common, by the key of each, and the source by the key of that object.
SOURCES: dict[str, tuple[Callable[[str], str], Callable[[Analysis, str], Source]]] = {
    "diff": (str, diff.source),
    "state": (state.guideline, state.source),
}
#: Kind -> a view of the whole record.
OVERVIEWS: dict[str, Callable[[Analysis], View]] = {
    "home": indexes.home,
    "guidelines": indexes.guidelines,
    "capabilities": capability_list.view,
    "sections": indexes.sections,
    "tests": tests.index,
    "test-names": tests.names,
    "test-ids": tests.ids,
    "adopters": adopters.index,
    "diffs": diffs.view,
    "findings": findings.view,
    "coverage": coverage.view,
    "clauses": documents.table,
    "check": check.run,
    "check-list": check.lists,
    "weights": figures.weights,
    "flags": figures.flags,
    "scorings": scorings.view,
}
#: Kind -> the view of something that a page written by hand names, by that text.
BY_NAME: dict[str, Callable[[Targets, str], View]] = {
    "reference": reference.reference,
    "status": reference.status,
    "scored": figures.scored,
}
#: Kind -> the view of an old URL in the ledger, or of a page with moved anchors.
BY_URL: dict[str, Callable[[Record, str], View]] = {
    "gone": reference.gone,
    "moved": reference.moved,
}
