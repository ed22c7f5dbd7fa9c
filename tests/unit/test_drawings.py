"""Drawings: where the numbers and days in a drawing are, against what the guideline files and the catalogue say."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
import yaml
from interop.site.site import Site
from interop.site.views.drawings import bars, time_line

from ..conftest import ROOT

CATALOGUE = ROOT / "guidelines" / "catalogue"


@pytest.fixture(scope="module")
def site(real_record) -> Site:
    return Site(real_record)


def _catalogue(name: str) -> dict[str, Any]:
    return yaml.safe_load((CATALOGUE / f"{name}.yaml").read_text(encoding="utf-8"))


# --- time line --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def powered(real_record):
    return time_line.of_program(real_record, "powered")


def _day(x: float) -> date:
    """The day at a place: 0 is the day of Havana, 86 that of Bobcat, which follows the last release covered."""
    first, last = date(2013, 10, 17), date(2023, 10, 4)
    return first + x / 86 * (last - first)


def _near(x: float, day: str) -> bool:
    # A place is rounded to a tenth of a percent, which is four days.
    return abs((_day(x) - date.fromisoformat(day)).days) <= 4


def test_a_bar_lasts_from_its_first_release_to_the_one_after_its_last(powered):
    dates = {name: entry["date"] for name, entry in _catalogue("releases").items() if "date" in entry}
    order = sorted(dates, key=dates.__getitem__)
    files = {path.stem: yaml.safe_load(path.read_text()) for path in (ROOT / "guidelines" / "powered").glob("20*.yaml")}
    rows = {row["id"]: row for row in powered["rows"]}
    for id, file in files.items():
        releases = file["metadata"]["os_trademark_approval"]["releases"]
        after = order[order.index(releases[-1]) + 1]
        assert _near(rows[id]["x"], dates[releases[0]]), id
        assert _near(rows[id]["x"] + rows[id]["width"], dates[after]), id
    assert len(files) == 14


def test_a_line_lasts_from_approval_to_the_day_superseded(powered):
    # By hand, from guidelines/catalogue/events.yaml: 2015.05 has no event "superseded", so by clause C6 it is the
    # approval of 2016.01; the two latest approved guidelines are not superseded; 2022.06 was never approved.
    lines = {row["id"]: row["line"] for row in powered["rows"]}
    expected = {"2015.05": ("2015-05-17", "2016-01-26"), "2020.06": ("2020-06-11", "2022-07-14")}
    for id, (approved, superseded) in expected.items():
        assert _near(lines[id]["x"], approved), id
        assert _near(lines[id]["end"], superseded), id
    assert [id for id, line in lines.items() if line and line["open"]] == ["2021.11", "2020.11"]
    assert [id for id, line in lines.items() if not line] == ["2022.11", "2022.06"]


def test_what_is_hatched_is_not_archived_completely(powered):
    kinds = {row["id"]: row["kind"] for row in powered["rows"]}
    assert [id for id, kind in kinds.items() if kind == "not archived"] == ["2022.06", "2021.11", "2020.11"]
    assert [id for id, kind in kinds.items() if kind == "reconstructed"] == ["2022.11"]
    assert list(kinds.values()).count("archived") == 13


def test_nothing_of_the_time_line_is_outside_it(powered):
    for row in powered["rows"]:
        assert 0 <= row["x"] < row["x"] + row["width"] <= 86.1
        assert row["x"] + row["width"] < row["label"] <= 87
        assert powered["top"] <= row["y"] < powered["bottom"]


def test_a_program_without_releases_has_no_time_line(real_record):
    # nfv has only a draft.
    assert time_line.of_program(real_record, "nfv") is None


# --- capabilities and tests, flags ------------------------------------------------------------------------------------


def _counted(path) -> tuple[dict[str, int], int]:
    """From an official file: capabilities by their strongest status, and the number of its required tests."""
    data = json.loads(path.read_text(encoding="utf-8"))
    lists = [component.get("capabilities", component) for component in data["components"].values()]
    order = ["required", "advisory", "deprecated", "removed"]
    found: dict[str, str] = {}
    for status in reversed(order):
        for one in lists:
            found |= dict.fromkeys(one.get(status, ()), status)
    ids = set()
    for name, status in found.items():
        tests = data["capabilities"][name]["tests"] if status == "required" else {}
        ids |= {re.sub(".*id-", "", test["idempotent_id"].lower())[:36] for test in tests.values()}
    return {status: list(found.values()).count(status) for status in order}, len(ids)


@pytest.mark.parametrize("id", ["2016.08", "2018.02", "2019.06", "2020.06"])
def test_a_bar_is_as_long_as_the_numbers_of_the_official_file(site, upstream, id):
    drawn = bars.sizes(site.analysis, "powered")
    rows = {row["id"]: row for row in drawn["rows"]}
    statuses, tests = _counted(upstream / "powered" / f"{id}.json")
    # By hand: no guideline has more capabilities than 2017.01 (96) or more required tests than 2022.11 (337); the
    # longest bar takes 60 percent of a panel, and a panel half of what the 15 percent of the ids leave.
    for bar, parts, longest in zip(rows[id]["bars"], (statuses, {"all": tests}), (96, 337), strict=True):
        widths = {part["kind"]: part["width"] for part in bar["parts"]}
        assert sum(widths.values()) == pytest.approx(42.5 * 0.6 * sum(parts.values()) / longest, abs=0.2)
    capabilities = {part["kind"]: part["width"] for part in rows[id]["bars"][0]["parts"]}
    assert capabilities.keys() == {status for status, number in statuses.items() if number}
    others = sum(statuses.values()) - statuses["required"]
    assert rows[id]["bars"][0]["text"] == f"{statuses['required']}" + f" + {others}" * bool(others)


def test_guidelines_that_are_not_archived_have_no_bars(site):
    rows = bars.sizes(site.analysis, "powered")["rows"]
    assert [row["id"] for row in rows if not row["bars"]] == ["2022.06", "2021.11", "2020.11"]
    assert [row["id"] for row in rows if row["partial"]] == ["2022.11"]


def test_numbers_that_never_change_are_not_drawn(site):
    # jq '.capabilities|length, [.capabilities[].tests|length]|add' dns/20*.json: 2 and 10 in each.
    assert bars.sizes(site.analysis, "dns") is None
    assert bars.sizes(site.analysis, "orchestration") is not None


@pytest.mark.parametrize("id", ["2016.08", "2017.09", "2020.06"])
def test_flags_by_code_are_those_of_the_official_file(site, upstream, id):
    drawing = site.view("flags", "")["drawing"]
    data = json.loads((upstream / "powered" / f"{id}.json").read_text(encoding="utf-8"))
    found: dict[str, set[str]] = {}
    for capability in data["capabilities"].values():
        for test in capability["tests"].values():
            if flag := test.get("flagged"):
                code = re.search(r"D4\d\d", flag["reason"])
                found.setdefault(code[0] if code else "no code", set()).add(test["idempotent_id"])
    row = next(row for row in drawing["rows"] if row["id"] == id)
    shown = {panel["title"]: bar["text"] for panel, bar in zip(drawing["panels"], row["bars"], strict=True)}
    assert {code: int(text) for code, text in shown.items() if text} == {code: len(ids) for code, ids in found.items()}
    for panel, bar in zip(drawing["panels"], row["bars"], strict=True):
        for part in bar["parts"]:
            # 49 tests of 2015.04 without a code are the longest; 6 panels share 85 percent.
            assert part["width"] == pytest.approx(85 / 6 * 0.6 * len(found[panel["title"]]) / 49, abs=0.06)


# --- from one guideline to another ------------------------------------------------------------------------------------


SHORT = {"os_powered_compute": "compute", "os_powered_storage": "object"}


def _statuses(data: dict[str, Any], component: str) -> dict[str, str]:
    # Schemas before 2.0 call the components compute and object.
    given = data["components"].get(component) or data["components"][SHORT[component]]
    lists = given.get("capabilities", given)
    return {name: status for status in ("removed", "deprecated", "advisory", "required") for name in lists[status]}


def _ids(data: dict[str, Any]) -> dict[str, set[str]]:
    """The ids of the tests of each capability."""
    capabilities = data["capabilities"].items()
    return {name: {t["idempotent_id"].lower()[-36:] for t in one["tests"].values()} for name, one in capabilities}


def _mostly_in_others(name: str, here: dict[str, set[str]], there: dict[str, set[str]]) -> bool:
    mine, elsewhere = here.get(name, set()), set().union(*there.values())
    return bool(mine) and name not in there and 2 * len(mine & elsewhere) >= len(mine)


@pytest.mark.parametrize("pair", [("2018.02", "2020.06"), ("2017.09", "2018.02"), ("2018.11", "2019.06")])
def test_bands_are_the_changes_between_the_official_files(site, upstream, pair):
    before, after = (json.loads((upstream / "powered" / f"{id}.json").read_text(encoding="utf-8")) for id in pair)
    old_ids, new_ids = _ids(before), _ids(after)
    drawn = {each["key"]: each for each in site.view("diff", f"powered/{pair[0]}..{pair[1]}")["flow"]["components"]}
    for component in SHORT:
        old, new = (_statuses(data, component) for data in (before, after))
        expected: dict[tuple[str, str], int] = {}
        for name in old.keys() | new.keys():
            came = "regrouped" if name not in old and _mostly_in_others(name, new_ids, old_ids) else "added"
            went = "regrouped" if name not in new and _mostly_in_others(name, old_ids, new_ids) else "dropped"
            key = old.get(name, came), new.get(name, went)
            expected[key] = expected.get(key, 0) + 1
        if old == new:
            assert component not in drawn
            continue
        bands = drawn[component]["bands"]
        assert {(band["before"], band["after"]): band["number"] for band in bands} == expected
        for band in bands:
            assert band["width"] == pytest.approx(130 * band["number"] / sum(expected.values()), abs=0.05)


def test_bands_fill_their_nodes_and_labels_do_not_overlap(site, real_record):
    family = [guideline.id for guideline in real_record.program("powered")]
    drawn = 0
    for place, a in enumerate(family):
        for b in family[place + 1 :]:
            for each in (site.view("diff", f"powered/{a}..{b}")["flow"] or {"components": ()})["components"]:
                drawn += 1
                for side, end, word in (("left", "start", "before"), ("right", "end", "after")):
                    for node in each[side]:
                        mine = [band for band in each["bands"] if band[word] == node["word"]]
                        assert sum(band["number"] for band in mine) == node["number"]
                        assert sum(band["width"] for band in mine) == pytest.approx(node["height"], abs=0.5)
                        assert all(node["y"] < band[end] < node["y"] + node["height"] for band in mine)
                    tops = [node["middle"] for node in each[side]]
                    assert all(low - high >= 14 for high, low in pairwise(tops))
    assert drawn > 100


def test_what_a_reconstructed_guideline_does_not_list_is_not_known(site):
    drawn = site.view("diff", "powered/2020.06..2022.11")["flow"]
    assert {node["word"] for each in drawn["components"] for node in each["right"]} == {"required", "not known"}


def test_guidelines_with_the_same_statuses_have_no_drawing(site):
    # diff <(jq -S .components powered/2019.11.json) <(jq -S .components powered/2020.06.json): no difference.
    assert site.view("diff", "powered/2019.11..2020.06")["flow"] is None


# --- lineage ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["compute-servers", "identity-v2-tokens-create", "objectstore-dlo-support"])
def test_a_row_of_the_lineage_has_the_statuses_of_the_official_files(site, upstream, name):
    (drawing,) = site.view("capability", name)["lineage"]
    columns = [column["id"] for column in drawing["columns"]]
    assert len(columns) == 15
    (row,) = [row for row in drawing["rows"] if row["name"] == name]
    shown = {}
    for bar in row["bars"]:
        run = columns[columns.index(bar["first"]) : columns.index(bar["last"]) + 1]
        shown |= dict.fromkeys(run, bar["kind"])
        assert bar["x"] == pytest.approx(columns.index(bar["first"]) / 15 * 100, abs=0.06)
        assert bar["width"] == pytest.approx(len(run) / 15 * 100, abs=0.06)
    for id in columns:
        if id == "2022.11":
            continue
        data = json.loads((upstream / "powered" / f"{id}.json").read_text(encoding="utf-8"))
        lists = [component.get("capabilities", component) for component in data["components"].values()]
        found = [
            s for s in ("required", "advisory", "deprecated", "removed") if any(name in one.get(s, ()) for one in lists)
        ]
        assert shown.get(id) == (found[0] if found else "unlisted" if name in data["capabilities"] else None), id


def test_lines_lead_from_the_capability_that_had_the_tests_to_that_which_got_them(site):
    # By hand, from the ids in 2015.05, 2015.07, 2016.08, 2017.01, 2017.09 and 2018.02: objectstore-object-create got a
    # test of each of two others, and gave one to a third; 2015.07 is the fourth of 15 columns, 2017.01 the seventh.
    (drawing,) = site.view("capability", "objectstore-object-create")["lineage"]
    here = next(row for row in drawing["rows"] if not row["move"])
    lines = {row["name"]: (row["line"], row) for row in drawing["rows"] if row["line"]}
    assert {name: line["x"] for name, (line, _) in lines.items()} == {
        "objectstore-object": 20.0,
        "objectstore-object-upload": 40.0,
        "objectstore-dlo-support": 53.3,
    }
    for name, (line, row) in lines.items():
        ends = (here, row) if name == "objectstore-dlo-support" else (row, here)
        assert [line["start"] - ends[0]["y"], line["end"] - ends[1]["y"]] == [drawing["bar"] + drawing["thick"] / 2] * 2


def test_what_was_gone_before_a_reconstructed_guideline_is_not_called_unknown_there(site):
    (drawing,) = site.view("capability", "compute-servers-metadata-delete")["lineage"]
    unknown = {
        row["name"]: [bar["first"] for bar in row["bars"] if bar["kind"] == "not known"] for row in drawing["rows"]
    }
    assert unknown == {"compute-servers": [], "compute-servers-metadata-delete": ["2022.11"]}


def test_a_capability_that_was_never_split_merged_or_renamed_has_no_lineage(site):
    # jq -c '[.capabilities|keys[]]' dns/*.json: the same two names in each, with the same ten tests.
    assert site.view("capability", "dns-record-crud")["lineage"] == []
