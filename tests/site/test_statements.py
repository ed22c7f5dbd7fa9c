"""Numbers and statements in prose, against what PyYAML reads in the files."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from ..official import load_yaml
from .html import Element, article
from .test_pages import FILES

KEYS = {f"{path.parent.name}/{path.stem}": path for path in FILES}
IMAGES = ".compute.images.test_list_image"
SCORINGS = ("havana", "icehouse", "juno")


def words(element: Element) -> str:
    return " ".join(element.text().split())


def parts(key: str) -> dict[str, Any]:
    """The capabilities and groups of a guideline."""
    data = load_yaml(KEYS[key])
    return {**data["capabilities"], **data.get("groups", {})}


def ids_by_name() -> dict[str, set[tuple[str, bool]]]:
    """The ids that guidelines give names and aliases, and whether the guideline is complete."""
    found: dict[str, set[tuple[str, bool]]] = defaultdict(set)
    for key, path in KEYS.items():
        complete = load_yaml(path)["record"].get("completeness") != "partial"
        for one in parts(key).values():
            for name, test in one["tests"].items():
                for each in (name, *test.get("aliases", ())):
                    if test.get("idempotent_id"):
                        found[each].add((test["idempotent_id"], complete))
    return found


# --- scorings ---------------------------------------------------------------------------------------------------------


def test_the_number_of_names_that_are_given_an_id(site: Path) -> None:
    names = {name for id in SCORINGS for one in parts(f"scoring/{id}").values() for name in one["tests"]}
    ids = ids_by_name()
    given = {name: ids[name] for name in names if name in ids}
    assert all(len({id for id, _ in found}) == 1 for found in given.values())
    partial = [name for name, found in given.items() if not any(complete for _, complete in found)]
    text = words(article(site / "process/scorings.html"))
    assert f"That is so for {len(given)} of the {len(names)} names" in text
    assert len(partial) == 3 and "three of them through the reconstructed guideline 2022.11" in text


@pytest.mark.parametrize("key", [*(f"scoring/{id}" for id in SCORINGS), "powered/2015.03", "powered/2015.05"])
def test_counts_of_a_page_say_what_they_count(key: str, site: Path) -> None:
    """Several names can have one id, so there are fewer tests than names; the rows list names."""
    ids, given = ids_by_name(), parts(key)

    def counted(names: set[str]) -> str:
        tests = {min(ids[name])[0] if name in ids else name for name in names}
        return f"{len(tests)} tests" + (f" under {len(names)} names" if len(tests) != len(names) else "")

    page = article(site / f"guidelines/{key}.html")
    if key.startswith("scoring/"):
        every = {name for one in given.values() for name in one["tests"]}
        assert f"{counted(every)}." in words(page.all("p", class_="lead")[0])
    for component, listed in load_yaml(KEYS[key])["components"].items():
        for status, names in listed["capabilities"].items():
            if not names:
                continue
            (heading,) = page.all("h3", id=f"{component}-{status}")
            assert counted({test for name in names if name in given for test in given[name]["tests"]}) in words(heading)


@pytest.mark.by_hand
def test_counts_of_the_core_of_juno(site: Path) -> None:
    page = article(site / "guidelines/scoring/juno.html")
    assert "603 tests under 608 names." in words(page.all("p", class_="lead")[0])
    (heading,) = page.all("h3", id="core-required")
    assert "157 tests under 162 names" in words(heading)
    assert "no idempotent id" not in page.text()
    assert "no id in the file" in page.text()


def test_a_name_without_an_id_is_of_the_schema_of_its_file(site: Path) -> None:
    """Only the scorings have this test; others also have guidelines in schema 1.2."""
    page = words(article(site / "tests/fe4abc0d-83f5-4c50-ad11-57a1127297a2.html"))
    assert "Files in schema 1.0 name their tests without ids" in page
    assert "1.2" not in page.partition("Files in schema")[2].partition("their tests")[0]


# --- the reconstruction -----------------------------------------------------------------------------------------------


def test_groups_by_status_and_flagged_tests(site: Path) -> None:
    data = load_yaml(KEYS["powered/2022.11"])
    groups = {status: len(names) for status, names in data["components"]["os_powered_compute"]["groups"].items()}
    text = words(article(site / "guidelines/powered/2022.11.html"))
    assert groups == {"required": 8, "advisory": 1}
    assert "57 and 8 groups 276 9 267" in text and "also 1 group of tests: advisory" in text
    required: dict[str, list[bool]] = defaultdict(list)
    for component in data["components"].values():
        for kind in ("capabilities", "groups"):
            for name in component.get(kind, {}).get("required", ()):
                for test in data[kind][name]["tests"].values():
                    required[test["idempotent_id"]].append("flagged" in test)
    flagged = sum(map(all, required.values()))
    assert (len(required), flagged) == (337, 9)
    assert "Of the 337 tests of required capabilities (9 of them flagged, so not required), " in text


# --- documents --------------------------------------------------------------------------------------------------------


def test_the_report_dates_flags_and_capabilities_of_images(site: Path) -> None:
    flagged: dict[str, set[str]] = defaultdict(set)
    for key in KEYS:
        for one in parts(key).values() if key.startswith("powered/201") else ():
            flagged[key] |= {n for n, t in one["tests"].items() if "flagged" in t and IMAGES in n}
    assert [key for key, names in flagged.items() if len(names) == 13] == [
        f"powered/{id}" for id in ("2015.04", "2015.05", "2015.07", "2016.01", "2016.08", "2017.01")
    ]
    page = article(site / "reports/fall-2016.html")
    one, two = (words(page.all("section", id=f"issue-{number}")[0]) for number in (1, 2))
    assert "the same 13 tests that list images in each guideline from OpenStack Powered 2015.04 to" in one
    requiring = [
        path.stem
        for key, path in KEYS.items()
        if key.startswith("powered/")
        and any("images-v2" in c["capabilities"].get("required", ()) for c in load_yaml(path)["components"].values())
    ]
    assert requiring == ["2015.03", "2015.04", "2015.05"]
    assert "images-v2, required from OpenStack Powered 2015.03 to OpenStack Powered 2015.05, and flagged" in two


@pytest.mark.by_hand
def test_days_that_are_bounds_are_shown_as_such(site: Path) -> None:
    assert "not before 2015-10-26" in words(article(site / "process/2015B.html").all("dl", class_="facts")[0])
    findings = words(article(site / "findings.html"))
    assert "in force not before 2015-10-26" in findings
    assert "in force since 2015-10-26" not in findings
    assert "since 2016-04-24 at the latest" in words(article(site / "process/flagging.html").all("div", id="D406")[0])


@pytest.mark.by_hand
@pytest.mark.parametrize(
    "page, says",
    [
        ("glossary", "In a draft, the new name takes the place of the listed one, which becomes the alias."),
        ("process/working-materials", "34 have another total there than the score in the file"),
        ("process/2017A", "To correct errors and omissions"),
        ("process/2021A", "To correct errors and omissions"),
        ("api", "It does not list guidelines that are known but not archived"),
    ],
)
def test_statements(page: str, says: str, site: Path) -> None:
    assert says in words(article(site / f"{page}.html"))
