"""Pages of what changed, of tests and of findings, held against sets worked out from the files with PyYAML alone."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from interop.analysis import diff
from interop.analysis.facts import Facts
from interop.record.record import Record
from interop.site import api
from interop.site.site import Site

from ..conftest import ROOT
from .html import Element, article, statuses
from .test_pages import FILES, OLD_NAMES, STATUSES, load

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PROGRAMS: dict[str, list[str]] = defaultdict(list)
for _path in FILES:
    PROGRAMS[_path.parent.name].append(_path.stem)


def moves(key_a: str, key_b: str) -> dict[str, dict[str, tuple[str, str]]]:
    """component -> capability -> status before and after, where they differ."""
    sides = []
    for key in (key_a, key_b):
        program, _, id = key.partition("/")
        data = load(next(p for p in FILES if p.parent.name == program and p.stem == id))
        sides.append(
            {
                OLD_NAMES.get(name, name): {
                    capability: status
                    for status in STATUSES
                    for capability in component["capabilities"].get(status, [])
                }
                for name, component in data["components"].items()
            }
        )
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for component in sides[0].keys() | sides[1].keys():
        a, b = sides[0].get(component, {}), sides[1].get(component, {})
        changed = {n: (a.get(n, ""), b.get(n, "")) for n in a.keys() | b.keys() if a.get(n) != b.get(n)}
        if changed:
            found[component] = changed
    return found


@pytest.mark.by_hand
def test_every_pair_has_its_page(site: Path) -> None:
    expected = {
        f"{program}/{a}..{b}.html"
        for program, ids in PROGRAMS.items()
        for a, b in itertools.combinations(sorted(ids), 2)  # Dates sort before "next".
    }
    found = {path.relative_to(site / "diff").as_posix() for path in (site / "diff").glob("*/*.html")}
    assert {name for name in found if "-as-approved.." not in name} == expected
    assert len(expected) == 150
    links = {link.attributes["href"] for link in article(site / "diff/index.html").all("a")}
    assert expected <= links


@pytest.mark.parametrize(
    "program, a, b",
    [
        ("powered", "2015.05", "2015.07"),
        ("powered", "2016.01", "2016.08"),
        ("powered", "2015.03", "2020.06"),
        ("powered", "2020.06", "next"),
        ("orchestration", "2018.02", "next"),
    ],
)
def test_status_moves_are_shown(site: Path, program: str, a: str, b: str) -> None:
    page = article(site / f"diff/{program}/{a}..{b}.html")
    shown: dict[str, dict[str, tuple[str, str]]] = {}
    for section in page.all("section", class_="block"):
        for row in [row for table in section.all("table", class_="moves") for row in table.all("tr") if row.all("td")]:
            before, after = ("".join(statuses(cell)) for cell in row.all("td"))
            shown.setdefault(section.attributes["id"], {})[row.all("a")[0].text()] = (before, after)
    assert shown == moves(f"{program}/{a}", f"{program}/{b}")


def lead(page: Element) -> str:
    return page.all("p", class_="lead")[0].text()


@pytest.mark.by_hand
def test_the_sentence_comes_first_and_has_numbers(site: Path) -> None:
    page = article(site / "diff/powered/2016.01..2016.08.html")
    assert (
        lead(page)
        == "A cloud that passes 2016.01 must pass 123 more tests for 2016.08; 8 tests are no longer required."
    )
    (asked,), (gone,) = page.all("section", id="must-pass"), page.all("section", id="may-fail")
    assert [len([row for row in part.all("tr") if row.all("td")]) for part in (asked, gone)] == [123, 8]


@pytest.mark.by_hand
def test_hand_counted_changes(site: Path) -> None:
    """Counted in the official files: 21 of 2016.08 were advisory, 9 of them deprecated; 14 of 2018.11 deprecated."""
    page = article(site / "diff/powered/2016.01..2016.08.html").text()
    assert "Became required 21 capabilities" in page
    page = article(site / "diff/powered/2018.02..2018.11.html").text()
    assert "Deprecated 14 capabilities" in page


@pytest.mark.by_hand
def test_a_regrouping_is_told_from_novelty(site: Path) -> None:
    page = article(site / "diff/powered/2015.05..2015.07.html")
    assert "Regrouped: 46 capabilities from 10;" in page.text()
    assert "at least half of its tests" in page.text()
    (row,) = page.all("tr", id="os_powered_compute-compute-servers-list")
    assert "regrouped, tests from compute-servers (27 of 27)" in row.text()


def test_the_regrouped_are_as_many_as_the_drawing_says(site: Path) -> None:
    """The number that the headings of a component tell, and the rows of the table below the drawing.

    A reconstructed guideline drops nothing for certain: its comparisons name what is regrouped at their top.
    """
    told = 0
    for path in sorted((site / "diff/powered").glob("*..*.html")):
        page = article(path)
        if page.all("div", id="reconstructed"):
            continue
        drawn: Counter[str] = Counter()
        for row in [row for one in page.all("figure", class_="flows") for row in one.all("tr") if row.all("td")]:
            component, before, after, number = (cell.text() for cell in row.all("td"))
            drawn[component] += int(number) * (before.startswith("regrouped") or after.startswith("regrouped"))
        for component, number in drawn.items():
            blocks = [(one, one.all("h2")) for one in page.all("section", class_="block")]
            named = [one for one, heads in blocks if heads and heads[0].text().startswith(f"{component} ")]
            heads = [head.text() for block in named for head in block.all("h3")]
            found = [re.search(r"(\d+) capabilit(?:y|ies), (all|\d+)(?: of them)? regrouped", head) for head in heads]
            assert sum(int(one[1] if one[2] == "all" else one[2]) for one in found if one) == number, path
            told += number
    assert told > 100
    page = article(site / "diff/powered/2018.02..2020.06.html").text()
    assert "Dropped 16 capabilities, 12 of them regrouped" in page and "12 regrouped, 4 dropped" in page


@pytest.mark.by_hand
def test_lineage_on_capability_pages(site: Path) -> None:
    """27 of the tests of compute-servers, 70 in 2015.05, became those of compute-servers-list."""
    (old,) = article(site / "capabilities/compute-servers.html").all("section", id="lineage")
    assert "compute-servers-list 27 of 70 tests, in 2015.07" in old.text()
    (new,) = article(site / "capabilities/compute-servers-list.html").all("section", id="lineage")
    assert "compute-servers 27 of 27 tests, in 2015.07" in new.text()
    (v3,) = article(site / "capabilities/volumes-v3-list.html").all("section", id="lineage")
    assert "volumes-v2-list 19 of 19 tests, in 2017.01" in v3.text()


def named() -> dict[str, set[str]]:
    """Every id in the files, with every name and alias that stands beside it."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in FILES:
        data = load(path)
        for capability in (*data["capabilities"].values(), *data.get("groups", {}).values()):
            for name, test in capability["tests"].items():
                if "idempotent_id" in test:
                    found[test["idempotent_id"]] |= {name, *test.get("aliases", [])}
    return found


def test_every_test_has_its_page_with_all_its_names(site: Path) -> None:
    names = named()
    pages = {path.stem for path in (site / "tests").glob("*.html")} - {"index", "names", "ids"}
    assert pages == set(names)
    for id, known in names.items():
        page = article(site / f"tests/{id}.html")
        (shown,) = page.all("section", id="names")
        # The only name of a test is at the top, and not repeated.
        assert known <= {code.text() for code in (shown if shown.all("table") else page).all("code")}


def test_every_test_is_in_the_lists_under_all_its_names(site: Path) -> None:
    """Without JavaScript: by its id, and by every name it had."""

    def rows(page: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for row in article(site / f"tests/{page}.html").all("li"):
            (link, *_) = row.all("a")
            found[link.attributes["href"]] = f"{found.get(link.attributes['href'], '')} {row.text()}"
        return found

    ids, names, index = rows("ids"), rows("names"), rows("index")
    assert {f"{id}.html" for id in named()} == {href for href in ids if "#" not in href}
    for id, known in named().items():
        assert id in ids[f"{id}.html"] and f"{id}.html" in index
        for module, _, method in (name.rpartition(".") for name in known):
            assert module in names[f"{id}.html"] and method in names[f"{id}.html"]


@pytest.mark.by_hand
def test_one_test_over_time(site: Path) -> None:
    """volumes-v2-update and volumes-v3-update share it; read off the files by hand."""
    page = article(site / "tests/0186422c-999a-480e-a026-6a665744c30c.html")
    strip = {
        row.all("a")[0].text(): statuses(row) for row in page.all("table", class_="strip")[0].all("tr") if row.all("td")
    }
    assert strip == {
        # Newest first; the draft of 2018 is the last.
        "volumes-v2-update": ["removed", "deprecated"] + ["required"] * 4 + ["advisory"],
        "volumes-v3-update": ["required"] * 6 + ["advisory"] * 2 + ["required"],
    }
    assert "Required in 10 guidelines: 2016.08 to 2022.11, next (2018 draft); 1 of them reconstructed" in page.text()
    assert "The newest known guideline, 2022.11, requires it." in page.text()


@pytest.mark.by_hand
def test_a_test_flagged_in_the_newest_guideline_is_not_said_to_be_required_there(site: Path) -> None:
    """test_resize_server_confirm is flagged in the list of 2022.11."""
    text = article(site / "tests/1499262a-9328-4eda-9068-db1ac57498d2.html").text()
    assert "The newest known guideline, 2022.11, lists it with a ⚑ flag: it does not have to pass." in text


def test_flags_of_a_test(site: Path) -> None:
    for path in FILES:
        for capability in load(path)["capabilities"].values():
            for test in capability["tests"].values():
                date = (test.get("flagged") or {}).get("date")
                if date and "idempotent_id" in test:
                    (flags,) = article(site / f"tests/{test['idempotent_id']}.html").all("section", id="flags")
                    assert date in [time.attributes["datetime"] for time in flags.all("time")]


@pytest.mark.by_hand
def test_findings_stand_on_their_pages(site: Path) -> None:
    page = article(site / "findings.html")
    (rule,) = page.all("section", id="advisory-first")
    assert "objectstore-info-request is required for os_powered_storage and was not listed in 2016.08" in rule.text()
    (mine,) = article(site / "guidelines/powered/2017.01.html").all("section", id="findings")
    assert "objectstore-info-request is required for os_powered_storage" in mine.text()
    assert [link.text() for link in mine.all("a", class_="clause")][:1] == ["A4.6"]
    (pair,) = article(site / "diff/powered/2016.08..2017.01.html").all("section", id="findings")
    assert "objectstore-info-request is required for os_powered_storage" in pair.text()
    (draft,) = article(site / "guidelines/orchestration/next.html").all("section", id="findings")
    (same,) = [item for item in draft.all("li") if "stack-event" in [link.text() for link in item.all("a")]]
    assert same.text().startswith("was required for os_powered_orchestration in 2020.06 and is not listed")


def test_findings_add_up(site: Path) -> None:
    """Each row of the summary says as many findings as the section of the rule lists."""
    page = article(site / "findings.html")
    (summary,) = page.all("table", class_="rules")
    total = 0
    for row in [row for row in summary.all("tr") if row.all("td")]:
        numbers = [int(cell.text().replace("–", "0")) for cell in row.all("td")[-2:]]
        (section,) = page.all("section", id=row.all("a")[0].attributes["href"].removeprefix("#"))
        findings = [one for one in section.all("li") + section.all("a") if "id" in one.attributes]
        assert len(findings) == sum(numbers)
        total += numbers[0]
    assert f"{total} findings" in lead(page)


def test_clauses_have_their_anchors(site: Path) -> None:
    for document, clause, words in (
        ("2017A", "A4.5", "deprecated in the guideline before"),
        ("2015A", "C3.4", "all"),
        ("flagging", "D312", "flag"),
    ):
        (shown,) = article(site / f"process/{document}.html").all("div", id=clause)
        assert words in shown.text()


def test_a_guideline_links_its_comparison_with_every_other(site: Path) -> None:
    """The others are the other files of the folder, the newest first, the draft last."""
    ids = sorted(path.stem for path in (ROOT / "guidelines/powered").glob("*.yaml"))
    page = article(site / "guidelines/powered/2017.01.html")
    links = [a for a in page.all("a") if "diff/" in a.attributes.get("href", "")]
    links = [link for link in links if "-as-approved.." not in link.attributes["href"]]
    others = [*sorted(set(ids) - {"2017.01", "next"}, reverse=True), "next"]
    assert [link.text() for link in links] == [*others[:-1], "next (2018 draft)"]
    pairs = ["..".join(sorted((other, "2017.01"))) for other in others]
    assert [link.attributes["href"] for link in links] == [f"../../diff/powered/{pair}.html" for pair in pairs]


def test_each_pair_is_compared_once(real_record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages, data files and rules share one comparison of each pair."""
    compared: Counter[tuple[str, str]] = Counter()
    compare = diff.compare

    def count(before: Facts, after: Facts) -> diff.Diff:
        compared[before.guideline.key, after.guideline.key] += 1
        return compare(before, after)

    monkeypatch.setattr(diff, "compare", count)
    whole = Site(real_record)
    for page in whole.pages:
        whole.view(page.kind, page.key)
    assert sum(1 for part in api.parts(whole.analysis, (ROOT / "_templates",)) for _ in part.files()) > 900
    # Besides, ten guidelines as they were approved are compared with the same as they are archived.
    assert len([pair for pair in compared if "as approved" not in pair[0]]) == 150 == len(compared) - 10
    assert set(compared.values()) == {1}
