"""A list beside a guideline: small lists by hand, the lists that others keep by sets of ids."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from interop.analysis import list_comparison, list_format, listed, test_lists
from interop.analysis.analysis import Analysis
from interop.record import loader
from interop.record.model import OFFICIAL

from .. import command_line
from ..official import load_yaml
from ..small_record import COMPUTE, ID, STORAGE, Change, both, changed, define, flag, put, write
from ..small_record import listed as lists

A, B = "2016.01", "2016.08"
ONE, TWO, THREE, FOUR = (ID.format(number) for number in (1, 2, 3, 4))
Compare = Callable[..., dict[str, Any]]
GUIDELINES = Path(__file__).parents[2] / "guidelines"


def full(number: int, name: str = "", tags: str = "") -> str:
    return f"{name or f'tempest.test_{number}'}[id-{ID.format(number)}{tags}]"


def drift(folder: Path, **names: str) -> None:
    """Today's suites: name and tags by number of the test, ``_1="tempest.test_1 smoke"``."""
    tests = "".join(
        f"  {ID.format(key[1:])}: {{suite: tempest, name: {name}, attributes: [{', '.join(tags)}]}}\n"
        for key, (name, *tags) in ((key, value.split()) for key, value in names.items())
    )
    text = f"date: '2026-01-02'\nsuites: {{tempest: '47.0.0'}}\ntests:\n{tests}"
    (folder / "guidelines" / "drift.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def compared(tmp_path: Path) -> Compare:
    """Compares a text with 2016.08 of the small record after changes of it, and with today's suites."""

    def run(text: str, *changes: Change, target: str = "compute", **today: str) -> dict[str, Any]:
        root = write(changed(*changes), tmp_path)
        if today:
            drift(tmp_path, **today)
        record, _ = loader.load(root)
        lines, problems = listed.parse(text, "a.lst")
        assert not problems
        return list_comparison.compare(Analysis(record), lines, record.guidelines[f"powered/{B}"], target)

    return run


def test_both_and_only_one(compared: Compare) -> None:
    data = compared(f"# mine\n{full(1)}\ntempest.test_3\n{ONE}\ntempest.own.test", flag(B, test=2))
    assert data["numbers"] == {
        "lines": 5, "tests": 3, "both": 1, "only_guideline": 1, "only_guideline_flagged": 1, "only_list": 2,
        "unknown": 1, "repeated": 1,
    }  # fmt: skip
    assert [(one["line"], one["id"]) for one in data["both"]] == [(2, ONE), (4, ONE)]
    assert data["only_guideline"] == [
        {"id": TWO, "name": "tempest.test_2", "capabilities": ["compute-auth"], "flagged": True}
    ]  # fmt: skip
    assert [(one["line"], one["what"]) for one in data["only_list"]] == [(3, "advisory"), (5, "unknown")]


@pytest.mark.parametrize("status", ["advisory", "deprecated", "removed"])
def test_status_in_the_guideline(compared: Compare, status: str) -> None:
    data = compared(full(4), define(B, "compute-quotas", 4), lists(B, **{status: "compute-quotas"}))
    assert [one["what"] for one in data["only_list"]] == [status]


def test_another_target_and_other_guidelines(compared: Compare) -> None:
    change = both(
        define(B, "object-get", 4), lists(B, STORAGE, required="object-get"),
        define(A, "compute-quotas", 5), lists(A, required="compute-auth compute-quotas"),
        flag(A, capability="compute-quotas", test=5),
    )  # fmt: skip
    first, second = compared(f"{full(4)}\n{full(5, 'tempest.old.name')}", change)["only_list"]
    assert (first["what"], first["required_in"]) == ("other target", [f"powered/{B}"])
    assert (second["what"], second["required_in"], second["flagged_in"]) == (
        "other guideline",
        [f"powered/{A}"],
        [f"powered/{A}"],
    )
    assert (second["name"], second["renamed"]) == ("tempest.test_5", True)
    assert second["last"] == {
        "guideline": f"powered/{A}", "capability": "compute-quotas", "status": "required", "flagged": True
    }  # fmt: skip


def test_the_last_guideline_that_required_a_test_is_a_dated_one(compared: Compare) -> None:
    """A draft, which is the last of its program, does not come after it."""
    change = both(*(
        both(define(id, "compute-quotas", 5), lists(id, required="compute-auth compute-quotas")) for id in (A, "next")
    ))  # fmt: skip
    data = compared(full(5), change)
    assert data["only_list"][0]["required_in"] == ["powered/next", f"powered/{A}"]
    told = [line for line in list_format.compared(data) if "last required" in line]
    assert told == [f"  1: {full(5)}; last required in powered/{A}"]


def test_the_last_guideline_that_required_a_test_is_no_scoring(real_analysis: Analysis) -> None:
    """No guideline of another kind is named for what 2020.06 requires and 2022.11 does not."""
    record = real_analysis.record
    given = record.guidelines["powered/2020.06"]
    entries = test_lists.entries(record, given, "platform", OFFICIAL, aliases=False, flagged=True)
    lines, _ = listed.parse("\n".join(entry.line for entry in entries), "a.lst")
    data = list_comparison.compare(real_analysis, lines, record.guidelines["powered/2022.11"], "platform")
    found = [one["required_in"] for one in data["only_list"] if one["what"] == "other guideline"]
    assert found and {one[-1] for one in found} == {"powered/2020.06"}
    assert any(one[0].startswith("scoring/") for one in found) and any("powered/next" in one for one in found)


def test_what_load_list_needs(compared: Compare) -> None:
    """Tempest reads names literally: brackets with all tags, and the name of today."""
    text = "\n".join([
        full(1, tags=",smoke"), full(1), "tempest.test_1", ONE, f"{full(1, tags=',smoke')} # why",
        full(2), full(2, "tempest.new.test"), full(3), "tempest.own.test",
    ])  # fmt: skip
    data = compared(text, _1="tempest.test_1 smoke", _2="tempest.new.test")
    run = data["run"]
    assert [(one["line"], one["what"], one["today"]) for one in run["lines"]] == [
        (2, "tags", full(1, tags=",smoke")),
        (3, "tags", full(1, tags=",smoke")),
        (4, "form", full(1, tags=",smoke")),
        (5, "form", full(1, tags=",smoke")),
        (6, "renamed", full(2, "tempest.new.test")),
        (8, "gone", None),
        (9, "unknown", None),
    ]
    assert (run["ready"], run["date"], run["suites"]) == (2, "2026-01-02", {"tempest": "47.0.0"})
    assert run["numbers"] == {"renamed": 1, "tags": 2, "form": 2, "gone": 1, "unknown": 1}
    assert [(one["line"], one["today"]) for one in data["names_today"]] == [(7, full(2, "tempest.new.test"))]


def test_an_alias_in_the_guideline_is_no_name_of_today_alone(compared: Compare) -> None:
    alias = put(B, "capabilities", "compute-auth", "tests", "tempest.test_2", "aliases", ["tempest.new.test"])
    assert compared(full(2, "tempest.new.test"), alias, _2="tempest.new.test")["names_today"] == []


def test_suites_that_were_never_read(compared: Compare) -> None:
    run = compared(full(1))["run"]
    assert (run["date"], run["suites"]) == (None, {})


# --- the lists that others keep ---------------------------------------------------------------------------------------


def required(target: str) -> tuple[set[str], set[str]]:
    """The ids that 2022.11 requires of a component, and the flagged ones among them."""
    data = load_yaml(GUIDELINES / "powered/2022.11.yaml")
    given = data["components"][target]
    names = [data["capabilities"][one] for one in given["capabilities"]["required"]]
    names += [data["groups"][one] for one in given.get("groups", {}).get("required", [])]
    tests = [test for one in names for test in one["tests"].values()]
    ids = {test["idempotent_id"] for test in tests}
    return ids, {test["idempotent_id"] for test in tests if "flagged" in test}


@pytest.mark.parametrize(
    "file, numbers",
    [
        ("2022.11/scs-0128.258-with-ids.lst", (258, 258, 18, 0)),
        ("test-lists/platform.2022.11-test-list.txt", (432, 267, 9, 61)),
        ("2022.11/canonical-snap-tempest.refstack-2022.11.txt", (612, 276, 0, 223)),
    ],
)
def test_lists_of_others(file: str, numbers: tuple[int, ...], upstream: Path, real_analysis: Analysis) -> None:
    text = (upstream / file).read_text(encoding="utf-8")
    ids = set(re.findall(r"id-([0-9a-f-]{36})", text))
    compute, flagged = required(COMPUTE)
    lines, _ = listed.parse(text, file)
    data = list_comparison.compare(real_analysis, lines, real_analysis.record.guidelines["powered/2022.11"], "compute")
    found = data["numbers"]
    assert (found["lines"], found["both"], found["only_guideline"], found["only_list"]) == numbers
    assert {one["id"] for one in data["both"]} == ids & compute
    assert {one["id"] for one in data["only_guideline"]} == compute - ids
    assert {one["id"] for one in data["only_guideline"] if one["flagged"]} == flagged - ids
    assert {one["id"] for one in data["only_list"]} == ids - compute
    assert found["unknown"] == 0


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = write(changed(), tmp_path)
    drift(tmp_path, _1="tempest.test_1 smoke", _2="tempest.test_2", _3="tempest.test_3")
    return made


def test_command(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "my.lst"
    file.write_text(f"{full(1)}\n{full(3)}\ntempest.own.test\n", encoding="utf-8")
    command = ("compare-list", file, f"powered/{B}", "--target", "compute")
    done = command_line.run(root, *command)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"powered/{B}, target compute: 3 tests in the list",
        "  1 in both",
        "  1 only in the guideline",
        "  2 only in the list (1 of them unknown)",
        "  1 line ready for tempest run --load-list, by tempest 47.0.0 of 2026-01-02",
        "only in the guideline:",
        "  tempest.test_2 (compute-auth)",
        "only in the list, advisory in this guideline:",
        f"  2: {full(3)}",
        "only in the list, not known to any guideline:",
        "  3: tempest.own.test",
        "tempest run --load-list does not take lines that lack tags or the id in their brackets:",
        f"  1: {full(1)} -> {full(1, tags=',smoke')}",
        "tempest run --load-list does not take lines with tests of no guideline, which were not looked up:",
        "  3: tempest.own.test",
    ]
    data = json.loads(command_line.run(root, *command, "--format", "json").stdout)
    assert (data["guideline"], data["target"], data["numbers"]["both"]) == (f"powered/{B}", "compute", 1)


def test_markdown_cannot_be_broken_by_a_list(root: Path, tmp_path: Path) -> None:
    """Lines of the list are in blocks of code."""
    file = tmp_path / "my.lst"
    file.write_text(f"{full(3)}  # </script>[x](javascript:1)\n", encoding="utf-8")
    done = command_line.run(root, "compare-list", file, f"powered/{B}", "--format", "markdown")
    assert done.stdout.splitlines()[0] == f"## The list and powered/{B}, target compute"
    assert [line for line in done.stdout.splitlines() if "script" in line and not line.startswith("    ")] == []
    assert f"    1: {full(3)}  # </script>[x](javascript:1)" in done.stdout


def test_wrong_use(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "my.lst"
    file.write_text(full(1), encoding="utf-8")
    for options in ((f"powered/{B}", "--target", "moon"), ("powered/1999.01",)):
        done = command_line.run(root, "compare-list", file, *options)
        assert (done.returncode, done.stdout) == (2, "")


def test_the_json_of_refstack_is_no_list(root: Path, tmp_path: Path) -> None:
    """Told once, in place of a fault for each line."""
    file = tmp_path / "result.json"
    file.write_text(json.dumps({"cpid": "00", "results": [{"name": "a.b"}]}, indent=1), encoding="utf-8")
    done = command_line.run(root, "compare-list", file, f"powered/{B}")
    message = f"interop: {file} has the results of a run (JSON of RefStack), which `score` reads, and is no list\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)
    file.write_text('{"tests": ["a.b"]}', encoding="utf-8")
    other = command_line.run(root, "compare-list", file, f"powered/{B}")
    assert (other.returncode, other.stderr.count("not-a-test")) == (2, 1)
