"""What the filters of the box ask for: the state of each capability and test in each guideline, as letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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


def of_capability(analysis: Analysis, name: str) -> str:
    """A letter for each guideline of the record, without those at the end in which the capability is not."""
    return _joined(analysis, {one.key: _letter(analysis, one, name) for one in analysis.record.guidelines.values()})


def of_test(analysis: Analysis, places: Iterable[Place]) -> str:
    """The same of a test, from all places where it is; its strongest status counts."""
    found: dict[str, str] = {}
    for place in places:
        key, before = place.guideline.key, found.get(place.guideline.key, ABSENT)
        letters = (before.lower(), _letter(analysis, place.guideline, place.capability, UNLISTED))
        letter = min(letters, key=_ORDER.index)
        found[key] = letter.upper() if before.isupper() or place.test.flag else letter
    return _joined(analysis, found)


def _letter(analysis: Analysis, guideline: Guideline, capability: str, missing: str = ABSENT) -> str:
    if status := strongest(analysis.statuses(guideline, capability)):
        return LETTERS[status]
    return UNLISTED if capability in guideline.capabilities else missing


def _joined(analysis: Analysis, letters: Mapping[str, str]) -> str:
    return "".join(letters.get(key, ABSENT) for key in analysis.record.guidelines).rstrip(ABSENT)
