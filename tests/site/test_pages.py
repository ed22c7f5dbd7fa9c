"""The pages say what the files say. The files are read here with PyYAML alone, the pages as HTML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ..conftest import ROOT
from ..official import load_yaml as load
from .html import Element, article, read, statuses

FILES = sorted(
    path for path in (ROOT / "guidelines").glob("*/*.yaml") if path.parent.name not in ("catalogue", "adopters")
)
STATUSES = ("required", "advisory", "deprecated", "removed")
OLD_NAMES = {"compute": "os_powered_compute", "object": "os_powered_storage"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_guideline_page(site: Path, path: Path) -> None:
    data = load(path)
    page = article(site / "guidelines" / path.parent.name / f"{path.stem}.html")
    for component, given in data["components"].items():
        (section,) = page.all("section", id=component)
        for status in STATUSES:
            shown = [
                row.all("a", class_="name")[0].text()
                for table in section.all("table", class_="capabilities", data_status=status)
                for row in table.all("tr")
                if row.all("a", class_="name")
            ]
            assert shown == sorted(given["capabilities"].get(status, []))
    for name, capability in data["capabilities"].items():
        (row,) = page.all("tr", id=name)
        tests = row.all("ul", class_="tests")[0].all("li") if capability["tests"] else []
        assert [test.all("code")[0].text() for test in tests] == sorted(capability["tests"])
        for test in tests:
            _check_test(test, capability["tests"][test.all("code")[0].text()])
        assert capability["project"] in [cell.text() for cell in row.all("td")]
    for key, group in data.get("groups", {}).items():
        (row,) = page.all("tr", id=f"group:{key}")
        assert f"{key} capability not known" in row.text()
        tests = row.all("ul", class_="tests")[0].all("li")
        assert [test.all("code")[0].text() for test in tests] == sorted(group["tests"])
        for test in tests:
            _check_test(test, group["tests"][test.all("code")[0].text()])
    designated = {row.all("th")[0].text(): row.all("td")[0].text() for row in _parts(page)}
    for project in data.get("designated_sections", {}).values():
        for section in project.values():
            for name, part in (section.get("sections") or {}).items():
                assert designated[name] in (("● yes", "○ no") if _ambiguous(data, name) else (_yes(part),))


def _check_test(shown: Element, given: dict[str, Any]) -> None:
    text = shown.text()
    assert (given.get("idempotent_id") or "no id in the file") in text
    for alias in given.get("aliases", []):
        assert alias in [code.text() for code in shown.all("code")]
    assert bool(shown.all("div", class_="flag")) == ("flagged" in given)
    for value in (given.get("flagged") or {}).get("date", ""), (given.get("flagged") or {}).get("reason", "")[:4]:
        assert value in text or not value.startswith(("2", "D4"))


def _parts(page: Element) -> list[Element]:
    return [row for table in page.all("table", class_="parts") for row in table.all("tr") if row.all("td")]


def _yes(part: dict[str, Any]) -> str:
    return "● yes" if part["designated"] else "○ no"


def _ambiguous(data: dict[str, Any], name: str) -> bool:
    """Whether two projects of the guideline have a section of this name and disagree."""
    values = {
        part["designated"]
        for project in data.get("designated_sections", {}).values()
        for section in project.values()
        for other, part in (section.get("sections") or {}).items()
        if other == name
    }
    return len(values) > 1


@pytest.mark.by_hand
def test_hand_counted(site: Path) -> None:
    """Counted in the official files: jq '.components|map_values(.capabilities.required|length)' 2020.06.json."""
    page = article(site / "guidelines/powered/2020.06.html")
    for component, number in (("os_powered_compute", 60), ("os_powered_storage", 20)):
        (section,) = page.all("section", id=component)
        (table,) = section.all("table", data_status="required")
        assert len(table.all("a", class_="name")) == number
    old = article(site / "guidelines/powered/2015.05.html")
    for component, status in (("compute", "required"), ("object", "advisory")):
        (section,) = old.all("section", id=component)
        (table,) = section.all("table", data_status=status)
        assert "identity-auth" in [name.text() for name in table.all("a", class_="name")]


@pytest.mark.by_hand
def test_upstream_slips_are_shown(site: Path) -> None:
    """2018.02 lists two capabilities that it does not define, the draft fourteen."""
    for id, number in (("2018.02", 2), ("next", 14)):
        page = article(site / f"guidelines/powered/{id}.html")
        assert page.text().count("Listed, but not defined in this file") == number


def test_a_status_is_a_word_a_letter_and_a_shape(site: Path) -> None:
    """The page has the word; the stylesheet adds the letter, hidden from screen readers, and the shape."""
    style = (site / "_static/interop.css").read_text(encoding="utf-8")
    found = set()
    for name in ("capabilities/compute-volume-get", "capabilities/compute-flavors-list", "guidelines/powered/2018.11"):
        found |= set(statuses(article(site / f"{name}.html")))
    assert found == {*STATUSES, "informational"}
    for status in found:
        letter = {"required": "R", "advisory": "A", "deprecated": "D", "removed": "X", "informational": "I"}[status]
        rule = f""":is(span, .strip a)[data-status="{status}"]::before {{ content: "{letter}"; """
        assert f"""{rule}content: "{letter}" / ""; }}""" in style


#: The programs of which only 2022.11 is known.
NEW = ("Shared File System", "Load Balancer", "Key Manager")
#: The releases after Bobcat in data/series_status.yaml of openstack/releases.
AFTER = ("caracal", "dalmatian", "epoxy", "flamingo", "gazpacho")


@pytest.mark.parametrize(
    "page, text",
    [
        ("guidelines/scoring/icehouse", "“Draft” means a proposal based on the scoring"),
        ("guidelines/scoring/havana", "The status is that of the file."),
        ("guidelines/powered/next", "draft of the OpenStack Powered guideline for 2018.08, older than 2018.11:"),
        ("guidelines/index", "draft for 2018.08"),
        ("index", "only a draft: next for 2018.02"),
        ("guidelines/powered/2015.03", "for Havana and Icehouse: 10 required capabilities and 115 must-pass tests."),
        ("guidelines/dns/next", "2 advisory capabilities, none required."),
    ],
)
def test_sentences_fit_the_file(site: Path, page: str, text: str) -> None:
    assert text in article(site / f"{page}.html").text()


@pytest.mark.by_hand
def test_home_says_where_each_program_stands(site: Path) -> None:
    (table,) = article(site / "index.html").all("table", class_="home")
    rows = {
        row.all("th")[0].all("a")[0].text(): " ".join(row.text().split()) for row in table.all("tr") if row.all("td")
    }
    assert set(rows) == {"OpenStack Powered", "DNS", "Orchestration", "NFV", *NEW}
    stated, inferred = "2021.11, 2020.11 not archived 2022.11 draft", "2021.11, 2020.11 not archived, inferred 2022.11"
    for title, approved in (("OpenStack Powered", stated), ("DNS", inferred), ("Orchestration", inferred)):
        assert all(id in rows[title] for id in (approved, "2020.06"))
    assert "2020.06 78 273" in rows["OpenStack Powered"]
    assert all(text in rows["Shared File System"] for text in (inferred, "none ––"))
    assert all(rows[title].endswith("none ––") for title in ("Load Balancer", "Key Manager"))
    assert all("reconstructed" in text for title, text in rows.items() if title != "NFV")
    assert rows["NFV"] == "NFV none only a draft: next for 2018.02 none ––"
    assert "by sources up to 2023-05-13" in table.all("caption")[0].text()


@pytest.mark.by_hand
def test_a_status_has_its_day_and_its_file_s_own_is_visible(site: Path) -> None:
    page = article(site / "guidelines/powered/2019.06.html")
    (banner,) = page.all("p", class_="banner")
    assert "superseded since 2020-06-11. The file still has the status approved" in banner.text()
    assert "The newest OpenStack Powered guideline is 2022.11 (draft, reconstructed)." in banner.text()
    assert "Approved: 2020.11 and 2021.11 (not archived)." in banner.text()
    (status,) = page.all("section", id="status")
    assert "are 2020.11 and 2021.11" in status.text()
    assert "when 2020.06 was approved: 2020-06-11" in status.text()


@pytest.mark.by_hand
@pytest.mark.parametrize("id, used", [("2020.11", "2021-05-18"), ("2021.11", "2021-12-15"), ("2022.06", "2022-05-26")])
def test_a_guideline_that_is_not_archived_has_a_page(site: Path, id: str, used: str) -> None:
    page = article(site / f"guidelines/powered/{id}.html")
    (row,) = [row for row in page.all("tr") if "first public use found" in row.text()]
    assert used in row.text() and row.all("a", class_="external")
    assert "make import SRC=https://opendev.org/openinfra/interop COMMIT=2a71585700b4" in page.text()
    for program in ("dns", "orchestration", "shared-file-system"):
        assert "Not archived" in article(site / f"guidelines/{program}/{id}.html").text()


@pytest.mark.by_hand
def test_coverage_answers_for_every_release(site: Path) -> None:
    """The releases of 2020.06 and 2022.11 are those of upstream's file and page; none of later ones is covered."""
    page = article(site / "coverage.html")
    (table,) = page.all("table", class_="coverage")
    cells = {row.attributes["id"]: row.all("td")[0].text() for row in table.all("tr") if "id" in row.attributes}
    names = (
        "havana icehouse juno kilo liberty mitaka newton ocata pike queens rocky stein train ussuri victoria wallaby"
    )
    assert list(cells)[::-1] == [*names.split(), "xena", "yoga", "zed", "antelope", "bobcat", "later"]
    assert [name for name, text in cells.items() if "2020.06" in text] == ["victoria", "ussuri", "train", "stein"]
    assert [name for name, text in cells.items() if "2022.11" in text] == ["antelope", "zed", "yoga", "xena"]
    (later,) = [row for row in table.all("tr") if row.attributes.get("id") == "later"]
    inside = [part.attributes["id"] for part in later.all("span") if "id" in part.attributes]
    assert inside[::-1] == [*AFTER]
    assert cells["later"].startswith("no guideline known for Gazpacho 2026.1 2026-04-01, Flamingo")
    assert cells["bobcat"] == "no guideline known"
    (antelope,) = [row for row in table.all("tr") if row.attributes.get("id") == "antelope"]
    powered, *add_ons = [cell.text() for cell in antelope.all("td")[:-1]]
    assert powered == "2022.11 reconstructed"
    assert [head.text() for head in table.all("th")[1:7]] == ["OpenStack Powered", "DNS", "Orchestration", *NEW]
    assert add_ons == ["2022.11 reconstructed inferred"] * 5
    assert "No known guideline covers a release after Antelope (2023.1)" in page.text()
    assert "the newest OpenStack Powered guideline known is 2022.11 (Xena to Antelope)." in page.text()


@pytest.mark.parametrize(
    ("page", "entry"),
    [
        ("guidelines/powered/2018.02.html", "Guidelines"),
        ("guidelines/powered/next.html", "Guidelines"),
        ("capabilities/compute-servers-create.html", "Capabilities"),
        ("matrix/nfv.html", "Capabilities"),
        ("sections/swift.html", "Capabilities"),
        ("diff/powered/2018.02..2020.06.html", "Compare guidelines"),
        ("tests/5de47127-9977-400a-936f-abcfbec1218f.html", "Tests"),
        ("process/2017A.html", "Process and governance"),
        ("reports/fall-2016.html", "Process and governance"),
        ("schema/2.0.html", "API and downloads"),
    ],
)
def test_the_entry_of_a_page_is_marked(site: Path, page: str, entry: str) -> None:
    (navigation,) = read(site / page).all("nav", class_="interop-nav")
    marked = [link for link in navigation.all("a") if "aria-current" in link.attributes]
    assert [(link.text(), link.attributes["aria-current"]) for link in marked] == [(entry, "true")]
