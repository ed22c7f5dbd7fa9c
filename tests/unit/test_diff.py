"""The comparison of two guidelines, held against sets worked out here from the files with PyYAML alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from interop.analysis import diff_format
from interop.analysis.analysis import Analysis

from ..official import load_yaml

ROOT = Path(__file__).resolve().parents[2]
TODAY = {"compute": "os_powered_compute", "object": "os_powered_storage"}
PAIRS = [
    ("powered/2015.03", "powered/2015.04"),
    ("powered/2015.05", "powered/2015.07"),
    ("powered/2015.07", "powered/2016.01"),
    ("powered/2016.01", "powered/2016.08"),
    ("powered/2016.08", "powered/2017.01"),
    ("powered/2017.01", "powered/2017.09"),
    ("powered/2017.09", "powered/2018.02"),
    ("powered/2018.02", "powered/2018.11"),
    ("powered/2018.11", "powered/next"),
    ("powered/2015.03", "powered/2020.06"),
    ("orchestration/2018.02", "orchestration/2018.11"),
    ("dns/2020.06", "dns/next"),
]
Json = dict[str, Any]
Compare = Callable[[str, str], Json]


def load(key: str) -> dict[str, Any]:
    found: dict[str, Any] = load_yaml(ROOT / f"guidelines/{key}.yaml")
    return found


@cache
def ids_by_name() -> dict[str, set[str]]:
    """The ids that files give a name or an alias."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / "guidelines").glob("*/[n2]*.yaml"):
        for capability in load(f"{path.parent.name}/{path.stem}")["capabilities"].values():
            for name, test in capability["tests"].items():
                for other in (name, *test.get("aliases", [])):
                    if "idempotent_id" in test:
                        found.setdefault(other, set()).add(test["idempotent_id"])
    return found


def key_of(name: str, test: dict[str, Any]) -> str:
    known = ids_by_name().get(name, set())
    return test.get("idempotent_id") or (next(iter(known)) if len(known) == 1 else name)


def required(key: str) -> dict[str, list[tuple[str, str, bool]]]:
    """The required tests: key -> (name, capability, flagged)."""
    data = load(key)
    names = {name for c in data["components"].values() for name in c["capabilities"].get("required", [])}
    found: dict[str, list[tuple[str, str, bool]]] = {}
    for capability in names & data["capabilities"].keys():
        for name, test in data["capabilities"][capability]["tests"].items():
            found.setdefault(key_of(name, test), []).append((name, capability, "flagged" in test))
    return found


def statuses(key: str) -> dict[tuple[str, str], str]:
    return {
        (TODAY.get(component, component), name): status
        for component, given in load(key)["components"].items()
        for status, names in given["capabilities"].items()
        for name in names
    }


@pytest.fixture(scope="module")
def compare(real_analysis: Analysis) -> Compare:
    """Compares two guidelines of the real record, and gives what ``diff --format json`` prints."""

    def run(a: str, b: str) -> Json:
        guidelines = real_analysis.record.guidelines
        return diff_format.to_data(real_analysis.compare(guidelines[a], guidelines[b]))

    return run


@pytest.mark.parametrize(("a", "b"), PAIRS, ids=["..".join(pair) for pair in PAIRS])
def test_json_equals_sets_from_the_files(a: str, b: str, compare: Compare) -> None:
    said = compare(a, b)
    before, after = required(a), required(b)
    both = before.keys() & after.keys()
    tests = said["tests"]
    assert tests["added"] == sorted(after.keys() - before.keys())
    assert tests["dropped"] == sorted(before.keys() - after.keys())

    def excused(found: dict[str, list[tuple[str, str, bool]]]) -> set[str]:
        return {key for key in both if all(flagged for _, _, flagged in found[key])}

    assert tests["flagged"] == sorted(excused(after) - excused(before))
    assert tests["unflagged"] == sorted(excused(before) - excused(after))
    for name, part in (("renamed", 0), ("moved", 1)):
        apart = {key for key in both if not {x[part] for x in before[key]} & {x[part] for x in after[key]}}
        assert [item["id"] for item in tests[name]] == sorted(apart)
        for item in tests[name]:
            assert item["from"].split(", ") == sorted({x[part] for x in before[item["id"]]})
            assert item["to"].split(", ") == sorted({x[part] for x in after[item["id"]]})
    old, new = statuses(a), statuses(b)
    expected: dict[str, list[dict[str, Any]]] = {}
    for component, name in sorted(old.keys() | new.keys()):
        move = old.get((component, name)), new.get((component, name))
        if move[0] != move[1]:
            expected.setdefault(component, []).append({"name": name, "from": move[0], "to": move[1]})
    assert said["capabilities"] == expected
    assert (said["from"], said["to"]) == (a, b)


def test_swapping_swaps(compare: Compare) -> None:
    for a, b in PAIRS:
        there, back = compare(a, b), compare(b, a)
        for one, other in (("added", "dropped"), ("flagged", "unflagged")):
            assert there["tests"][one] == back["tests"][other]
            assert there["tests"][other] == back["tests"][one]
        for name in ("renamed", "moved"):
            turned = [{"id": item["id"], "from": item["to"], "to": item["from"]} for item in back["tests"][name]]
            assert there["tests"][name] == turned


def changes(compared: Json) -> list[tuple[str | None, str | None]]:
    return [(item["from"], item["to"]) for moves in compared["capabilities"].values() for item in moves]


@pytest.mark.by_hand
def test_counted_by_hand(compare: Compare) -> None:
    """Counted in the official files, component by component, with jq."""
    found = changes(compare("powered/2016.01", "powered/2016.08"))
    assert found.count(("advisory", "required")) == sum(to == "required" for _, to in found) == 21
    assert found.count(("required", "deprecated")) == 9
    found = changes(compare("powered/2016.08", "powered/2017.01"))
    assert sum(to == "required" for _, to in found) == 9
    assert sum(to == "required" and before != "advisory" for before, to in found) == 2
    assert changes(compare("powered/2018.02", "powered/2018.11")).count(("required", "deprecated")) == 14


def test_a_rename_is_no_addition(compare: Compare) -> None:
    """2016.08 to 2017.01 renames four required tests and moves two."""
    tests = compare("powered/2016.08", "powered/2017.01")["tests"]
    for item in (*tests["renamed"], *tests["moved"]):
        assert item["id"] not in tests["added"] + tests["dropped"]
    assert tests["renamed"]


def test_the_command_prints_json(interop: Any, guidelines: Path, compare: Compare) -> None:
    done = interop(guidelines, "diff", "powered/2018.02", "powered/2018.11", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == compare("powered/2018.02", "powered/2018.11")


@pytest.mark.by_hand
def test_the_command_prints_text(interop: Any, guidelines: Path) -> None:
    """Read off the two files: both capabilities become advisory, with 10 tests and another list of releases."""
    done = interop(guidelines, "diff", "dns/2020.06", "dns/next")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "dns/2020.06 -> dns/next"
    for title, number, listed in (
        ("os_powered_dns: 2 capabilities", 2, "  dns-zone-crud: required -> advisory"),
        (
            "required tests dropped: 10",
            10,
            "  designate_tempest_plugin.tests.api.v2.test_zones.ZonesTest.test_show_zone"
            " [02ca5d6a-86ce-4f02-9d94-9e5db55c3055]",
        ),
        ("releases: 8", 8, "  pike: none -> covered"),
    ):
        start = lines.index(title)
        below = [*lines[start + 1 :], ""]
        block = below[: below.index("")]
        assert len(block) == number
        assert listed in block


@pytest.mark.parametrize(
    ("a", "b", "says"),
    [
        ("powered/2031.01", "powered/2031.02", "no guideline 'powered/2031.02'"),
        ("powered/2031.01", "dns/2031.01", "are of different programs"),
    ],
)
def test_wrong_use(a: str, b: str, says: str, interop: Any, mini_root: Path) -> None:
    done = interop(mini_root, "diff", a, b)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
