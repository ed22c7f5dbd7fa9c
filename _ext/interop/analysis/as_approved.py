"""The record with its dated guidelines as they were approved, where the history of their official files is archived."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from ..record.model import Guideline
from . import amendments
from .history import History


class AsApproved(History):
    """The history of a record in which each dated guideline is as its file was when it was first marked approved.

    A guideline without such a revision, a draft for example, is as it is archived.
    """

    def __init__(self, archived: History) -> None:
        guidelines = {key: _as_approved(archived, guideline) for key, guideline in archived.record.guidelines.items()}
        super().__init__(replace(archived.record, guidelines=guidelines, _standings={}))
        self._archived = archived

    @cached_property
    def test_ids(self) -> dict[str, str]:
        """Those of the archived guidelines, in which aliases were added and slips in names were put right."""
        ids = dict(self._archived.test_ids)
        for key in self.record.guidelines:
            for step in amendments.steps(amendments.since_approval(self._archived.states(key))):
                for (_, old), (_, new) in step.renamed.items():
                    ids.setdefault(old, ids.get(new, new))
        return ids


def _as_approved(archived: History, guideline: Guideline) -> Guideline:
    state = None if guideline.is_draft else amendments.approved(archived.states(guideline.key))
    return amendments.restored(guideline, state) if state else guideline
