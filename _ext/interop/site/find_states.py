"""What the filters of the box ask for: the state of each capability and test in each guideline, as letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..analysis.analysis import Analysis
from ..analysis.history import Place, strongest
from ..record.model import Guideline, Status

#: The letter of each status; that of a flagged test is a capital.
LETTERS = {
    Status.REQUIRED: "r",
    Status.ADVISORY: "a",
    Status.DEPRECATED: "d",
    Status.REMOVED: "x",
    Status.UNKNOWN: "u",
}
#: In the guideline, though no component lists it; not in the guideline.
UNLISTED, ABSENT = "-", "."
_ORDER = (*LETTERS.values(), UNLISTED, ABSENT)


class States:
    """The letters of all capabilities and tests of a record."""

    def __init__(self, analysis: Analysis) -> None:
        self._keys = tuple(analysis.record.guidelines)
        self._letters = {
            key: dict(_letters(analysis, guideline)) for key, guideline in analysis.record.guidelines.items()
        }

    def of_capability(self, name: str) -> str:
        """A letter for each guideline of the record, without those at the end in which the capability is not."""
        return "".join(self._letters[key].get(name, ABSENT) for key in self._keys).rstrip(ABSENT)

    def of_test(self, places: Iterable[Place]) -> str:
        """The same of a test, from all places where it is; its strongest status counts."""
        found: dict[str, str] = {}
        for place in places:
            key = place.guideline.key
            before, letter = found.get(key, ABSENT), self._letters[key].get(place.capability, UNLISTED)
            letter = min(before.lower(), letter, key=_ORDER.index)
            found[key] = letter.upper() if before.isupper() or place.test.flag else letter
        return "".join(found.get(key, ABSENT) for key in self._keys).rstrip(ABSENT)


def _letters(analysis: Analysis, guideline: Guideline) -> Iterator[tuple[str, str]]:
    listed = (name for one in guideline.components.values() for names in one.capabilities.values() for name in names)
    for name in dict.fromkeys((*guideline.capabilities, *listed)):
        status = strongest(analysis.statuses(guideline, name))
        yield name, LETTERS[status] if status else UNLISTED
