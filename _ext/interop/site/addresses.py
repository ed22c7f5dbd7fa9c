"""The URLs of a record, told without a build: pages, and the anchors that facts of guidelines have on their pages."""

from __future__ import annotations

from collections.abc import Iterator

from ..analysis.analysis import Analysis
from ..record.ledger import is_draft
from ..record.model import Guideline
from . import pages, urls


def of_record(analysis: Analysis) -> Iterator[str]:
    """Each URL, without ``.html``: the permanent ones, the generated pages, and anchors of guidelines.

    Those of drafts and of reconstructed guidelines are not permanent, and left out. A build finds more anchors, such as
    those of headings; ``make addresses`` makes all of them permanent.
    """
    for page, anchors in analysis.record.addresses.pages.items():
        yield page
        yield from (f"{page}#{anchor}" for anchor in anchors)
    yield from (page.docname for page in pages.generated(analysis))
    for guideline in analysis.record.guidelines.values():
        if not (guideline.is_partial or is_draft(urls.guideline(guideline.key))):
            yield from (urls.guideline(guideline.key, anchor) for anchor in _anchors(guideline))


def _anchors(guideline: Guideline) -> Iterator[str]:
    for name, capability in guideline.capabilities.items():
        if capability.known:
            yield name
        yield from filter(None, (urls.test_anchor(test.id) for test in capability.tests))
    yield from (urls.section_anchor(section.project) for section in guideline.sections)
