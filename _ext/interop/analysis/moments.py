"""The states of a guideline since it was marked approved, each with the name that its URL has for ever."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from ..record.amendments import Revision
from . import amendments
from .amendments import State

#: The number of digits of a commit in a name and in a text.
DIGITS = 7


@dataclass(frozen=True)
class Moment:
    """What a revision made of a guideline: when it was marked approved, or amended later.

    ``name`` is its day if it is the last state of that day, as in ``2018-03-06``; of an earlier one, the day and the
    commit, as in ``2018-03-06-ccaebff``. ``before`` are the earlier revisions of a day, for its last state only.
    """

    name: str
    state: State
    before: tuple[Revision, ...] = ()

    @property
    def revision(self) -> Revision:
        """The revision that made it."""
        return self.state.revision

    @property
    def is_last_of_day(self) -> bool:
        """Whether the guideline was so at the end of the day."""
        return self.name == self.revision.date

    @property
    def label(self) -> str:
        """The day in words, and the commit of a state that is not the last one of its day."""
        day = self.revision.day
        return day if self.is_last_of_day else f"{day}, commit {self.revision.commit[:DIGITS]}"


def of(found: list[State]) -> Iterator[Moment]:
    """The state that was marked approved and each later one in which facts changed, oldest first."""
    later = [one for one in amendments.since_approval(found) if one.revision.kind in ("added", "changed")]
    for day, group in groupby(later, lambda state: state.revision.date):
        *earlier, last = group
        for state in earlier:
            yield Moment(f"{day}-{state.revision.commit[:DIGITS]}", state)
        yield Moment(day, last, tuple(state.revision for state in earlier))
