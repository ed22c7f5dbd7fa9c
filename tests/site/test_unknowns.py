"""What a file does not tell is shown as such, never as zero, nothing or certain."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from ..official import load_yaml
from .html import Element, article
from .test_pages import FILES

KEYS = {f"{path.parent.name}/{path.stem}": path for path in FILES}
SCORED = [key for key, path in KEYS.items() if load_yaml(path)["record"].get("completeness") != "partial"]


def achievements(key: str) -> dict[str, list[str]]:
    return {name: one["achievements"] for name, one in load_yaml(KEYS[key])["capabilities"].items()}


def table(site: Path, name: str) -> list[dict[str, str]]:
    text = (site / f"api/v1/guidelines/{name}.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def row_of(page: Element, name: str) -> Element:
    (row,) = page.all("tr", id=name)
    return row


# --- scores -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", SCORED)
def test_a_capability_without_achievements_is_not_scored(key: str, site: Path) -> None:
    page = article(site / f"guidelines/{key}.html")
    for name, met in achievements(key).items():
        shown = row_of(page, name).all("td")[1].text()
        assert (shown == "not scored") == (not met), (name, shown)


@pytest.mark.by_hand
def test_the_number_of_capabilities_that_are_not_scored() -> None:
    """jq '[.capabilities[]|select((.achievements//.acheivements)-[""]==[])]|length' for each official file."""
    counted = {key: sum(not met for met in achievements(key).values()) for key in SCORED}
    assert {key: number for key, number in counted.items() if number} == {
        **dict.fromkeys(("powered/2015.03", "powered/2015.04", "powered/2015.05"), 4),
        **dict.fromkeys(("powered/2018.11", "powered/2019.06", "powered/2019.11", "powered/2020.06"), 1),
        "powered/next": 1,
        "scoring/havana": 1,
        "scoring/icehouse": 27,
        "scoring/juno": 36,
    }


def test_not_scored_is_no_zero_on_the_page_of_a_capability(site: Path) -> None:
    page = article(site / "capabilities/identity-v3-tokens-delete.html")
    (scores, *_) = page.all("tr", class_="figures")
    cells = [cell.text() for cell in scores.all("td")]
    assert cells.count("– not scored") + cells.count("–not scored") == 5  # 2018.11 to 2020.06, and next.
    assert not [cell for cell in cells if cell.startswith("0")]
    (criteria,) = page.all("section", id="powered-criteria")
    assert "not scored" in criteria.text()
    assert "– of" not in criteria.text()
    assert "the file gives no score" in criteria.text()
    assert "below the cutoff" not in page.text()
    page = article(site / "capabilities/compute-floating-ips.html")
    assert not [cell for row in page.all("tr", class_="figures")[:1] for cell in row.all("td") if cell.text() == "0"]


@pytest.mark.parametrize(
    "name, capability", [("2020.06", "identity-v3-tokens-delete"), ("scoring.juno", "data-proc-jobs")]
)
def test_a_score_that_is_not_given_is_empty_in_a_table(name: str, capability: str, site: Path) -> None:
    rows = table(site, name)
    assert {row["score"] for row in rows if row["capability"] == capability} == {""}
    assert "0" not in {row["score"] for row in rows}
