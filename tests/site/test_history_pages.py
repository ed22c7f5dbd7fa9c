"""The history of guidelines on the site, held against the files of amendments, which only PyYAML reads here."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from ..conftest import ROOT, Project
from ..official import load_yaml
from .html import Element, article, read

AMENDMENTS = ROOT / "guidelines/amendments"
DATED = sorted(path for path in AMENDMENTS.glob("*/*.yaml") if path.stem != "next")
ATOM = "{http://www.w3.org/2005/Atom}"


def since_approval(path: Path) -> list[dict[str, Any]]:
    """The revisions that changed facts, from the one that set the status to approved on."""
    found: list[dict[str, Any]] = []
    for revision in load_yaml(path)["revisions"]:
        status = revision.get("changes", {}).get("status", {}).get("to")
        if found or status == "approved":
            found += [revision] * (revision["kind"] in ("added", "changed"))
    return found


def states(path: Path) -> dict[str, dict[str, Any]]:
    """The revisions since the approval by the last part of their URLs: the day for the last one of a day."""
    days = groupby(since_approval(path), lambda one: str(one["date"]))
    found: dict[str, dict[str, Any]] = {}
    for day, some in days:
        *earlier, last = some
        found |= {f"{day}-{one['commit'][:7]}": one for one in earlier} | {day: last}
    return found


def key(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def block(page: Element, id: str) -> Element:
    (found,) = [one for one in page.all("section") if one.attributes.get("id") == id]
    return found


def texts(table: Element) -> list[list[str]]:
    (body,) = table.all("tbody")
    return [[cell.text() for cell in row.all() if cell.tag in ("th", "td")] for row in body.all("tr")]


each = pytest.mark.parametrize("path", DATED, ids=key)


@pytest.mark.by_hand
def test_each_amendment_has_a_page_and_nothing_else_has_one(site: Path) -> None:
    expected = {f"{key(path)}/{name}.html" for path in DATED for name in states(path)}
    found = {one.relative_to(site / "guidelines").as_posix() for one in (site / "guidelines").glob("*/*/*.html")}
    assert found == expected
    assert len(expected) == 137 and len([one for one in expected if one.startswith("powered/2016.01/")]) == 26


@each
def test_the_history_lists_every_revision_with_its_review(site: Path, path: Path) -> None:
    page = site / f"guidelines/{key(path)}.html"
    history = block(article(page), "history")
    revisions = load_yaml(path)["revisions"][::-1]
    (table,) = history.all("table")
    shown = texts(table)
    assert [(row[0][:10], row[3]) for row in shown] == [(str(one["date"]), one["commit"][:7]) for one in revisions]
    changes = [one.get("change_id", "not known")[:9] for one in revisions]
    assert [row[2] for row in shown] == changes
    links = [one.attributes["href"] for one in history.all("a")]
    for name, one in states(path).items():
        assert f"{path.stem}/{name}.html#{one['commit'][:10]}" in links
    assert f"guidelines/{key(path)}.html".endswith(page.name)


@pytest.mark.parametrize("path", sorted(AMENDMENTS.glob("*/next.yaml")), ids=key)
def test_the_history_of_a_draft_has_an_anchor_for_each_revision(site: Path, path: Path) -> None:
    history = block(article(site / f"guidelines/{key(path)}.html"), "history")
    anchors = [row.attributes["id"] for row in history.all("tr") if "id" in row.attributes]
    assert anchors == [one["commit"][:10] for one in load_yaml(path)["revisions"][::-1]]
    assert "Marked approved" not in history.text()


@pytest.mark.by_hand
def test_a_capability_tells_when_its_status_began(site: Path) -> None:
    """In the draft on 2015-10-18 by commit b66a7bf, in a guideline with the file of 2016.01."""
    changes = block(article(site / "capabilities/networks-l3-CRUD.html"), "status-changes")
    links = [one.attributes["href"] for one in changes.all("a")]
    assert any("guidelines/powered/next.html#b66a7bf" in link for link in links)
    (row,) = [one for one in texts(changes.all("table")[0]) if one[1].startswith("2016.01") and "listed" in one[2]]
    assert row[0].startswith("2015-10-26") and row[2].startswith("listed as advisory") and row[3] == "I7f0152a8"


@pytest.mark.by_hand
def test_the_history_tells_the_earlier_path_of_a_file(site: Path) -> None:
    """Commit 48283e9 of 2017-08-17 moves 2017.08.json to 2017.09.json."""
    history = block(article(site / "guidelines/powered/2017.09.html"), "history").text()
    assert "2017.09.json, 2017.08.json until 2017-08-17" in history


@each
def test_a_state_has_its_revision_and_leads_to_its_neighbours(site: Path, path: Path) -> None:
    found = states(path)
    for place, (name, one) in enumerate(found.items()):
        page = article(site / f"guidelines/{key(path)}/{name}.html")
        anchors = {inner.attributes["id"] for inner in page.all() if "id" in inner.attributes}
        # The day has every revision of that day, as it had before the earlier ones had their own pages.
        same_day = [other for other in found.values() if other["date"] == one["date"]] if len(name) == 10 else [one]
        assert {other["commit"][:10] for other in same_day} <= anchors
        links = {inner.attributes["href"] for inner in page.all("a") if "href" in inner.attributes}
        around = [other for at, other in enumerate(found) if abs(at - place) == 1]
        assert {f"{other}.html" for other in around} <= {link.partition("#")[0] for link in links}
        assert f"../{path.stem}.html" in links
        # Other days are its neighbours and the approved one: nothing on it changes when a later day is archived.
        others = {link.partition("#")[0] for link in links if re.match(r"\d{4}-\d\d-\d\d\.html", link)}
        first = [next(iter(found))] * (place > 0)
        assert others == {f"{other}.html" for other in [*around, *first] if len(other) == 10}
        assert "superseded since" not in page.text() and one["blob"] in page.text()
        amended = f"Amendment {place} of {len(found) - 1}:"
        assert (amended if place else "The guideline as it was marked approved:") in page.text()
        history = block(article(site / f"guidelines/{key(path)}.html"), "history").text()
        assert len(found) < 3 or f"{len(found) - 1} times after that" in history


@each
def test_a_state_whose_merge_has_no_day_has_a_range(site: Path, path: Path) -> None:
    for name, one in states(path).items():
        page = read(site / f"guidelines/{key(path)}/{name}.html")
        (heading,) = page.all("h1")
        (banner,) = article(site / f"guidelines/{key(path)}/{name}.html").all("p", class_="banner")
        if latest := one.get("latest"):
            assert (
                f"{one['date']} to {latest}" in heading.text() and str(latest) in banner.text().partition("Amended")[0]
            )
        else:
            assert " to " not in heading.text() and "only the day of its commit" not in banner.text()


@pytest.mark.by_hand
def test_the_numbers_of_flagged_tests_say_of_which(site: Path) -> None:
    """On 2016-08-10, 2016.01 had flags on 48 tests, of which it required 27."""
    text = article(site / "guidelines/powered/2016.01/2016-08-10.html").text()
    assert "27 required tests flagged" in text and "Flagged tests 48, required or not" in text


@pytest.mark.by_hand
def test_2018_02_as_approved_is_not_what_it_was_at_the_end_of_that_day(site: Path) -> None:
    """Commit ccaebff approved it; d64ce6a flagged two more tests on the same day, seven minutes later."""
    first = "guidelines/powered/2018.02/2018-03-06-ccaebff.html"
    assert "271 must-pass tests" in article(site / first).text()
    later = article(site / "guidelines/powered/2018.02/2018-03-06.html")
    assert "Amendment 1 of 7:" in later.text() and "269 must-pass tests" in later.text()
    assert "2018-03-06-ccaebff.html" in [one.attributes.get("href") for one in later.all("a")]
    guideline = article(site / "guidelines/powered/2018.02.html")
    (cited,) = [row for row in guideline.all("dd") if row.text().endswith("/2018-03-06-ccaebff.html")]
    assert cited.all("code")
    compared = article(site / "diff/powered/2018.02-as-approved..2018.02.html")
    assert f"../../{first}" in [one.attributes.get("href") for one in compared.all("a")]
    assert texts(compared.all("table", class_="sums")[0])[0][-1] == "271"


@pytest.mark.by_hand
def test_what_7b9b53e_flagged_in_2016_01(site: Path) -> None:
    """Commit 7b9b53e gives 14 tests of 2016.01 a flag, on 2016-08-10."""
    page = article(site / "guidelines/powered/2016.01/2016-08-10.html")
    (changes,) = [one for one in page.all("section") if one.attributes.get("id", "").startswith("7b9b53e")]
    items = [one.text() for one in changes.all("li")]
    assert len(items) == 14 and all("flagged (" in one for one in items)
    marks = article(site / "guidelines/powered/2016.01.html").all("a", class_="amended")
    here = [one for one in marks if "2016-08-10.html#7b9b53e" in one.attributes["href"]]
    assert [one.text() for one in here] == ["flagged 2016-08-10"] * 14


@pytest.mark.by_hand
def test_what_8e623b9_dropped_is_told_by_the_capabilities(site: Path) -> None:
    """Commit 8e623b9 of 2018-07-26 takes six entries out of 2017.09 and six out of 2018.02."""
    for guideline in ("2017.09", "2018.02"):
        marks = article(site / f"guidelines/powered/{guideline}.html").all("a", class_="amended")
        dropped = [one.text() for one in marks if "#8e623b9" in one.attributes["href"] and "dropped" in one.text()]
        numbers = [int(found[0]) if (found := re.match(r"\d+", one)) else 1 for one in dropped]
        assert sum(numbers) == 6


@pytest.mark.by_hand
def test_a_test_tells_by_which_review_it_was_flagged(site: Path) -> None:
    page = article(site / "guidelines/powered/2016.01.html")
    (mark, *_) = [one for one in page.all("a", class_="amended") if "#7b9b53e" in one.attributes["href"]]
    (item,) = [one for one in page.all("li") if any(mark is inner for inner in one.all("a"))]
    test = next(one.attributes["href"] for one in item.all("a") if "tests/" in one.attributes["href"])
    (table,) = block(article(site / test.removeprefix("../../")), "changes").all("table")
    (row,) = [one for one in texts(table) if one[0].startswith("2016-08-10") and one[1].startswith("2016.01")]
    change = next(one for one in since_approval(AMENDMENTS / "powered/2016.01.yaml") if one["commit"][:7] == "7b9b53e")
    assert "flagged" in row[2] and row[3] == change["change_id"][:9]


@pytest.mark.by_hand
@pytest.mark.parametrize(
    "guideline, approved, marked",
    [
        ("2015.03", "2015-03-03", "2015-03-13"),
        ("2015.04", "2015-04-02", "2015-04-21"),
        ("2017.09", "2017-09-10", "2017-09-11"),
        ("2018.11", "2018-11-12", "2018-11-19"),
        ("2019.06", "2019-09-10 (inferred)", "2019-06-13"),
    ],
)
def test_the_approval_and_its_mark_in_the_file_are_told_apart(
    site: Path, guideline: str, approved: str, marked: str
) -> None:
    history = block(article(site / f"guidelines/powered/{guideline}.html"), "history")
    rows = {row.all("dt")[0].text(): row.all("dd")[0].text() for row in history.all("div") if row.all("dt")}
    assert rows["Approved"].startswith(approved) and rows["Marked approved"].startswith(f"in the file on {marked}")
    state = article(site / f"guidelines/powered/{guideline}/{marked}.html").text()
    assert f"{approved}; marked approved in the file on {marked}" in state
    assert f"Marked approved in the file on {marked}" in state
    # Commits d93c406 and 1531ee1 are after the vote of the Board on 2015.04.
    assert ("on 2015-04-07 and 2015-04-10: these changes" in history.text()) is (guideline == "2015.04")


@each
def test_a_state_is_cited_with_what_outlives_a_host(site: Path, path: Path) -> None:
    for name, one in states(path).items():
        page = article(site / f"guidelines/{key(path)}/{name}.html")
        (cited,) = [code.text() for code in page.all("code") if " at commit " in code.text()]
        assert cited.endswith(f"at commit {one['commit']}, SHA-256 {one['sha256']}, swh:1:cnt:{one['blob']}")
        links = [link.attributes.get("href") for link in page.all("a")]
        assert f"https://archive.softwareheritage.org/swh:1:cnt:{one['blob']}" in links


def test_as_approved_is_compared_with_as_archived(site: Path) -> None:
    """Of the tests that 2016.01 as approved required, those it lost and flagged since are no longer required."""
    page = article(site / "diff/powered/2016.01-as-approved..2016.01.html")
    links = {one.attributes["href"] for one in page.all("a") if "href" in one.attributes}
    assert {"../../guidelines/powered/2016.01/2016-01-26.html", "../../guidelines/powered/2016.01.html"} <= links
    (sums,) = page.all("table", class_="sums")
    first, last = texts(sums)[0], texts(sums)[-1]
    assert first[0] == "Must pass for 2016.01 as approved" and last[0] == "Must pass for 2016.01 as archived"
    held = article(site / "guidelines/powered/2016.01/2016-01-26.html").text()
    assert f"{first[-1]} must-pass tests" in held


def test_every_comparison_as_approved_is_listed(site: Path) -> None:
    (table,) = block(article(site / "diff/index.html"), "as-approved").all("table")
    shown = {row.all("a")[0].attributes["href"]: texts(table)[at] for at, row in enumerate(table.all("tr")[1:])}
    amended = {path: found for path in DATED if len(found := states(path)) > 1}
    assert shown.keys() == {f"{key(path)}-as-approved..{path.stem}.html" for path in amended}
    for path, found in amended.items():
        row = shown[f"{key(path)}-as-approved..{path.stem}.html"]
        assert row[1][:10] == next(iter(found))[:10] and row[2] == str(len(found) - 1)
    for page in ("index.html", "guidelines/index.html"):
        assert any(
            one.attributes["href"].endswith("diff/index.html#as-approved") for one in article(site / page).all("a")
        )
    index = article(site / "guidelines/index.html")
    assert "25 amendments" in [one.text() for one in index.all("a") if "2016.01.html#history" in one.attributes["href"]]


@pytest.mark.by_hand
@pytest.mark.parametrize(
    "guideline, capability, expected",
    [
        # a7e9c5f of 2016.01 takes "d-" from the front of an id.
        ("2016.01", "volumes-v2-snapshot-create-delete", ["id changed test_snapshot_create_with_volume_in_use"]),
        # 1b377f5 takes this one out, whose id is also that of another test.
        ("2016.01", "images-v2-list", ["dropped test_index_no_params"]),
        # 8e623b9 takes second entries out of 2018.02, and changes an id.
        (
            "2018.02",
            "compute-servers-list",
            ["second entry dropped test_list_servers", "second entry dropped test_list_servers_with_detail"],
        ),
        ("2018.02", "volumes-v3-metadata", ["id changed test_update_volume_metadata"]),
    ],
)
def test_as_approved_has_tests_by_their_names_in_each_file(
    site: Path, guideline: str, capability: str, expected: list[str]
) -> None:
    page = article(site / f"diff/powered/{guideline}-as-approved..{guideline}.html")
    (table,) = block(page, "inside").all("table")
    (row,) = [one for one in table.all("tr") if [link.text() for link in one.all("a")][:1] == [capability]]
    shown = [(item.all("span")[0].text(), item.text()) for item in row.all("li")]
    kinds = [f"{what} {text.replace(' ', '').partition('.test_')[2]}" for what, text in shown if what != "flagged"]
    names = [one.partition(" test_")[2] for one in expected]
    assert [what for what, _ in shown if what != "flagged"] == [one.partition(" test_")[0] for one in expected]
    assert all(name in one for name, one in zip(names, kinds, strict=True))
    assert not any(one.attributes["href"].endswith("tests/index.html") for one in page.all("a"))


@pytest.mark.by_hand
def test_a_state_names_the_tests_whose_effect_changed(site: Path) -> None:
    """From its approval to the end of that day, d64ce6a flagged two required tests of 2018.02."""
    since = block(article(site / "guidelines/powered/2018.02/2018-03-06.html"), "since-approval")
    assert "2 tests no longer required to pass" in since.text()
    shown = [one.text().replace(" ", "").partition(".test_")[2] for one in since.all("ul", class_="tests")[0].all("li")]
    methods = ("update_router_reset_gateway_without_snat", "update_router_unset_gateway")
    assert sorted(one.partition(".test_")[2] for one in shown) == [f"{name}flagged" for name in methods]
    until = block(article(site / "guidelines/powered/2018.02/2018-03-06.html"), "until-archived").text()
    assert "6 tests no longer required to pass" in until and "listed with another id" in until


@pytest.mark.parametrize(
    "program, about", [("powered", "draft, reconstructed"), ("dns", "status not known, reconstructed")]
)
def test_floating_urls_lead_to_the_newest_guideline(site: Path, program: str, about: str) -> None:
    for page, to in (
        (f"guidelines/{program}/latest.html", ""),
        (f"g/{program}.latest.html", f"../guidelines/{program}/"),
    ):
        (refresh,) = [one for one in read(site / page).all("meta") if "http-equiv" in one.attributes]
        assert refresh.attributes["content"] == f"0; url={to}2022.11.html"
        text = read(site / page).text()
        assert "newest known" in text and f"2022.11 ({about})." in text
    assert f"guidelines/{program}/latest.html" in article(site / "guidelines/index.html").text()


def test_the_feed_is_atom_and_has_the_dated_versions(mini: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTEROP_BASE_ADDRESS", "https://interop.example.org/some/place")
    changelog = mini.folder / "CHANGELOG.md"
    text = "# Changelog\n\n## [Unreleased]\n\n- Soon.\n\n## [2] - 2031-02-03\n\n- A & B.\n\n"
    changelog.write_text(text, encoding="utf-8")
    mini.build()
    base = "https://interop.example.org/some/place/"
    feed = ElementTree.parse(mini.html / "feed.atom").getroot()
    assert feed.tag == f"{ATOM}feed" and feed.findtext(f"{ATOM}updated") == "2031-02-03T00:00:00Z"
    first = feed.findall(f"{ATOM}entry")[0]
    assert (first.findtext(f"{ATOM}id"), first.findtext(f"{ATOM}content")) == (f"{base}feed.atom#version-2", "- A & B.")
    assert "Soon" not in (mini.html / "feed.atom").read_text(encoding="utf-8")
    (link,) = [one for one in read(mini.html / "about.html").all("link") if one.attributes.get("rel") == "alternate"]
    assert link.attributes["href"] == "feed.atom"
    # An edited changelog is a changed input.
    changelog.write_text(text.replace("A & B", "C"), encoding="utf-8")
    mini.build()
    assert "C." in (mini.html / "feed.atom").read_text(encoding="utf-8")


def test_a_preview_has_no_feed(site: Path) -> None:
    assert not (site / "feed.atom").exists()
