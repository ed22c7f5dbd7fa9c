"""How the statuses of capabilities changed from one guideline to another: bands from left to right, by component."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ....analysis.diff import Diff
from ....record.catalogue import Catalogue
from ....record.model import Status, is_capability
from ..common import View, component

#: Pixels: the ids of the guidelines at the top, the height of all capabilities together, the space between two nodes,
#: which their labels need.
_TOP, _HEIGHT, _GAP = 20, 130, 14
#: Pixels from the middle of a label down to its baseline.
_BASELINE = 4
#: The nodes from the top down. The words are also classes of the stylesheet.
_ORDER = [*(status.value for status in Status), "regrouped", "added", "dropped", "not known"]
#: What capabilities were and what they became, with their number.
_Bands = Mapping[tuple[str, str], int]


def of_pair(catalogue: Catalogue, found: Diff) -> View | None:
    """A drawing for each component in which the status of a capability changed; None if there is none.

    ``regrouped`` says whether a drawing has that word.
    """
    bands = {name: _bands(found, name) for name in found.capabilities}
    if not bands:
        return None
    return {
        "before": found.a.id,
        "after": found.b.id,
        "regrouped": any("regrouped" in pair for one in bands.values() for pair in one),
        "components": [component(catalogue, name) | _drawn(one) for name, one in bands.items()],
    }


def _bands(found: Diff, name: str) -> _Bands:
    """Every capability that the component lists in either guideline.

    What only the later guideline lists is regrouped if its tests were in other capabilities, or else added; what only
    the earlier lists is regrouped if its tests went into others, or else dropped. What a reconstructed
    guideline does not list is not known.
    """
    old, new = (
        {key: status.value for key, status in facts.components.get(name, {}).items() if is_capability(key)}
        for facts in (found.before, found.after)
    )
    came = "not known" if found.a.is_partial else "added"
    went = "not known" if found.b.is_partial else "dropped"
    return Counter(
        (
            old.get(key) or ("regrouped" if key in found.regrouped else came),
            new.get(key) or ("regrouped" if key in found.regrouped_into else went),
        )
        for key in {**old, **new}
    )


def _drawn(bands: _Bands) -> View:
    unit = _HEIGHT / sum(bands.values())
    left, right = _nodes(bands, 0, unit), _nodes(bands, 1, unit)
    starts, ends = _middles(bands, left, 0, unit), _middles(bands, right, 1, unit)
    return {
        "height": round(max(nodes[-1]["y"] + nodes[-1]["height"] for nodes in (left, right)) + _GAP / 2),
        "left": left,
        "right": right,
        "bands": [
            {
                "before": pair[0],
                "after": pair[1],
                "number": bands[pair],
                "start": starts[pair],
                "end": ends[pair],
                "width": round(bands[pair] * unit, 1),
            }
            for pair in starts
        ],
    }


def _nodes(bands: _Bands, side: int, unit: float) -> list[View]:
    """The nodes on the left (``side`` 0) or on the right (1), from the top down."""
    numbers: Counter[str] = Counter()
    for pair, number in bands.items():
        numbers[pair[side]] += number
    nodes: list[View] = []
    y = float(_TOP)
    for word in sorted(numbers, key=_ORDER.index):
        height = numbers[word] * unit
        nodes.append({"word": word, "number": numbers[word], "y": round(y, 1), "height": round(height, 1)})
        nodes[-1]["middle"] = round(y + height / 2 + _BASELINE)
        y += height + _GAP
    return nodes


def _middles(bands: _Bands, nodes: list[View], side: int, unit: float) -> dict[tuple[str, str], float]:
    """Where the middle of each band is at its node; bands do not cross at a node."""
    free, found = {node["word"]: node["y"] for node in nodes}, {}
    for pair in sorted(bands, key=lambda pair: (_ORDER.index(pair[side]), _ORDER.index(pair[1 - side]))):
        found[pair] = round(free[pair[side]] + bands[pair] * unit / 2, 1)
        free[pair[side]] += bands[pair] * unit
    return found
