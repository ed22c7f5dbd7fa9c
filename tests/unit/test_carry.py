"""What becomes of a list that is carried to another guideline: small lists by hand, and real ones by official JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from interop.analysis import carry, demands, list_format, listed, test_lists
from interop.analysis.analysis import Analysis
from interop.record.model import OFFICIAL, Status

from .. import command_line
from ..small_record import (
    COMPUTE,
    ID,
    Change,
    added,
    both,
    changed,
    define,
    flag,
    load,
    put,
    rename,
    write,
)
from ..small_record import listed as lists

A, B = "2016.01", "2016.08"
ONE, TWO, THREE, FOUR = (ID.format(number) for number in (1, 2, 3, 4))
AUTH = ("capabilities", "compute-auth", "tests")
Carry = Callable[..., dict[str, Any]]


@pytest.fixture
def carried(tmp_path: Path) -> Carry:
    """Carries a text from 2016.01 to 2016.08 of the small record after changes of it."""

    def run(text: str, *changes: Change, to: str = B, **options: bool) -> dict[str, Any]:
        record = load(changed(*changes), tmp_path)
        lines, problems = listed.parse(text, "a.lst")
        assert not problems
        a, b = record.guidelines[f"powered/{A}"], record.guidelines[f"powered/{to}"]
        return carry.carry(Analysis(record), lines, a, b, "compute", **options)

    return run


def outcomes(data: dict[str, Any]) -> list[tuple[int, str, list[str], str | None]]:
    return [(entry["line"], entry["outcome"], entry["also"], entry["new"]) for entry in data["lines"]]


def full(number: int, name: str = "") -> str:
    return f"{name or f'tempest.test_{number}'}[id-{ID.format(number)}]"


def test_nothing_changes_in_a_list_if_nothing_changed(carried: Carry) -> None:
    """Comments, blank lines, tags, spaces, the order and tests of nobody stay as they are."""
    text = f"# mine\n\n  {full(2)[:-1]},smoke]  # slow\n{ONE}\n\ntempest.own.test\ntempest.test_3\n# end"
    data = carried(text)
    assert data["list"] == text.split("\n")
    assert [(line, outcome) for line, outcome, _, _ in outcomes(data)] == [
        (3, "kept"), (4, "kept"), (6, "outside"), (7, "outside"),
    ]  # fmt: skip
    assert data["numbers"] == {
        "lines": 8, "tests": 4, "kept": 2, "renamed": 0, "moved": 0, "flagged": 0, "dropped": 0, "unknown": 0,
        "outside": 2, "added": 0, "missing": 0, "today": 0,
    }  # fmt: skip


def test_a_renamed_test_gets_the_new_name_and_keeps_the_rest(carried: Carry) -> None:
    change = rename(B, "compute-auth", 1, "tempest.new.test")
    data = carried(f"  tempest.test_1[gate,id-{ONE}] # why\n{full(2)}", change)
    assert outcomes(data) == [
        (1, "renamed", [], f"  tempest.new.test[gate,id-{ONE}] # why"),
        (2, "kept", [], full(2)),
    ]
    assert data["lines"][0]["name"] == "tempest.new.test"


@pytest.mark.parametrize("line", [ONE, f"id-{ONE}", f"^tempest.*id-{ONE}"])
def test_an_id_and_a_pattern_are_never_renamed(carried: Carry, line: str) -> None:
    data = carried(f"{line}\n{full(2)}", rename(B, "compute-auth", 1, "tempest.new.test"))
    assert outcomes(data)[0] == (1, "kept", [], line)


def test_an_alias_of_the_new_guideline_is_a_name(carried: Carry) -> None:
    new = both(
        rename(B, "compute-auth", 1, "tempest.new.test"),
        put(B, *AUTH, "tempest.new.test", "aliases", ["tempest.test_1"]),
    )
    assert outcomes(carried(f"{full(1)}\n{full(2)}", new))[0] == (1, "kept", [], full(1))


def test_old_names_of_one_test_become_one_line(carried: Carry) -> None:
    old = put(A, *AUTH, "tempest.test_1", "aliases", ["tempest.alias"])
    change = both(old, rename(B, "compute-auth", 1, "tempest.new.test"))
    data = carried(f"{full(1)}\n{full(1, 'tempest.alias')}\n{full(2)}", change)
    assert data["list"] == [full(1, "tempest.new.test"), full(2)]
    assert [entry.get("repeats") for entry in data["lines"]] == [None, 1, None]


def test_an_old_name_goes_if_the_list_has_the_new_one(carried: Carry) -> None:
    text = f"{full(1)}\n{full(1, 'tempest.new.test')}\n{full(2)}"
    data = carried(text, rename(B, "compute-auth", 1, "tempest.new.test"))
    assert data["list"] == [full(1, "tempest.new.test"), full(2)]
    assert [entry["outcome"] for entry in data["lines"]] == ["renamed", "kept", "kept"]


def test_a_test_in_another_capability_is_moved(carried: Carry) -> None:
    change = both(
        define(B, "compute-auth", 2), define(B, "compute-login", 1), lists(B, required="compute-auth compute-login")
    )
    data = carried(f"{full(1)}\n{full(2)}", change)
    assert outcomes(data) == [(1, "moved", [], full(1)), (2, "kept", [], full(2))]
    assert data["lines"][0]["capabilities"] == {"from": ["compute-auth"], "to": ["compute-login"]}


def test_a_test_in_one_more_capability_is_not(carried: Carry) -> None:
    change = both(define(B, "compute-login", 1), lists(B, required="compute-auth compute-login"))
    assert outcomes(carried(f"{full(1)}\n{full(2)}", change))[0] == (1, "kept", [], full(1))


@pytest.mark.parametrize(
    "flags, outcome, also",
    [(flag(B), "flagged", []), (flag(A, B), "kept", []), (flag(A), "kept", ["unflagged"])],
)
def test_flags(carried: Carry, flags: Change, outcome: str, also: list[str]) -> None:
    assert outcomes(carried(f"{full(1)}\n{full(2)}", flags))[0] == (1, outcome, also, full(1))


def test_a_flagged_and_renamed_test_is_both(carried: Carry) -> None:
    data = carried(f"{full(1)}\n{full(2)}", flag(B), rename(B, "compute-auth", 1, "tempest.new.test"))
    assert outcomes(data)[0] == (1, "flagged", ["renamed"], full(1, "tempest.new.test"))


# --- dropped ----------------------------------------------------------------------------------------------------------


def test_a_dropped_test_says_since_when_and_what_became_of_it(carried: Carry) -> None:
    """2017.01 stands for what comes between: 2016.08 made the capability advisory, and 2017.01 took the test out."""
    out = both(added("2017.01", B), lists(B, required="", advisory="compute-auth compute-flavors"))
    data = carried(f"{full(1)}\n{full(2)}", out, lists("2017.01", required=""), to="2017.01")
    assert data["list"] == []
    (one, two) = data["lines"]
    assert one["outcome"] == "dropped" and one["new"] is None
    assert one["dropped"] == two["dropped"] == {
        "since": f"powered/{B}",
        "approved": "2016-10-04",
        "before": {"guideline": f"powered/{A}", "capabilities": ["compute-auth"]},
        "not_archived": [],
        "now": [{"capability": "compute-auth", "statuses": ["advisory"]}],
        "flag": None,
        "reviews": [],
        "today": None,
    }  # fmt: skip


def test_since_when_it_is_not_required_for_the_last_time(carried: Carry) -> None:
    """Required by 2016.01, not by 2016.08, again by 2017.01, not by 2017.09."""
    change = both(
        added("2017.01", B), added("2017.09", "2017.01"), lists(B, required=""), define("2017.09", "compute-auth", 2)
    )
    (entry,) = [one for one in carried(full(1), change, to="2017.09")["lines"] if one["outcome"] == "dropped"]
    assert entry["dropped"]["since"] == "powered/2017.09"
    assert entry["dropped"]["before"]["guideline"] == "powered/2017.01"
    assert entry["dropped"]["now"] == []


def test_the_flag_before_it_went_is_the_reason_that_the_record_knows(carried: Carry) -> None:
    reason = flag(A, reason="D401 removed-271467", date="2016-03-02")
    (entry,) = carried(full(1), reason, define(B, "compute-auth", 2))["lines"]
    assert entry["dropped"]["flag"]["guideline"] == f"powered/{A}"
    assert (entry["dropped"]["flag"]["date"], entry["dropped"]["flag"]["code"]) == ("2016-03-02", "D401")
    assert entry["dropped"]["reviews"] == ["https://review.openstack.org/#/c/271467"]


def test_on_the_way_back(carried: Carry, tmp_path: Path) -> None:
    """From the later guideline to the earlier one: what only the later one requires goes."""
    (tmp_path / "back").mkdir()
    record = load(changed(define(B, "compute-auth", 1, 2, 4)), tmp_path / "back")
    lines, _ = listed.parse("\n".join(map(full, (1, 2, 4))), "a.lst")
    a, b = record.guidelines[f"powered/{B}"], record.guidelines[f"powered/{A}"]
    data = carry.carry(Analysis(record), lines, a, b, "compute")
    assert [entry["outcome"] for entry in data["lines"]] == ["kept", "kept", "dropped"]
    assert data["lines"][2]["not_yet"] == {
        "guideline": f"powered/{A}",
        "now": [],
        "required_from": f"powered/{B}",
        "draft": False,
        "not_archived": [],
        "before": None,
        "today": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    "changes, told",
    [
        ([], f"not yet in powered/{B}; required from powered/2017.09"),
        (
            [define(B, "compute-quotas", 4), lists(B, advisory="compute-quotas compute-flavors")],
            f"not yet required in powered/{B}, where compute-quotas is advisory; required from powered/2017.09",
        ),
        (
            [define(A, "compute-quotas", 4), lists(A, required="compute-auth compute-quotas")],
            f"not in powered/{B}; required from powered/2017.09, and before in powered/{A}",
        ),
    ],
)
def test_what_an_earlier_guideline_does_not_require_yet(changes: list[Change], told: str, tmp_path: Path) -> None:
    """Carried from the last to the second of four: the third, which is between them, does not require it either."""
    more = both(define("2017.09", "compute-quotas", 4), lists("2017.09", required="compute-auth compute-quotas"))
    record = load(changed(added("2017.01", B), added("2017.09", "2017.01"), more, flag("2017.09"), *changes), tmp_path)
    lines, _ = listed.parse(full(4), "a.lst")
    a, b = record.guidelines["powered/2017.09"], record.guidelines[f"powered/{B}"]
    data = carry.carry(Analysis(record), lines, a, b, "compute")
    shown = list(list_format.carried(data))
    assert shown[shown.index("dropped:") + 1 :][:2] == [f"  1: {full(4)}", f"    {told}"]


def test_what_only_a_draft_requires_is_not_called_later(tmp_path: Path) -> None:
    """The draft is the last of its program, whatever its date."""
    more = both(define("next", "compute-quotas", 4), lists("next", required="compute-auth compute-quotas"))
    record = load(changed(more), tmp_path)
    lines, _ = listed.parse(full(4), "a.lst")
    a, b = record.guidelines["powered/next"], record.guidelines[f"powered/{B}"]
    text = list(list_format.carried(carry.carry(Analysis(record), lines, a, b, "compute")))
    assert text[text.index("dropped:") + 2].startswith(f"    not in powered/{B}; required from powered/next, a draft")


def test_no_reason_on_the_way_back_is_of_a_later_guideline(real_analysis: Analysis) -> None:
    """What 2022.11 requires and 2018.02 did not: nothing was dropped since a guideline between them."""
    record = real_analysis.record
    a, b = record.guidelines["powered/2022.11"], record.guidelines["powered/2018.02"]
    entries = test_lists.entries(record, a, "platform", OFFICIAL, aliases=False, flagged=True)
    lines, _ = listed.parse("\n".join(entry.line for entry in entries), "a.lst")
    data = carry.carry(real_analysis, lines, a, b, "platform")
    text = "\n".join(list_format.carried(data))
    assert data["numbers"]["dropped"] == text.count("not yet in powered/2018.02") + text.count(
        "not yet required in powered/2018.02"
    )
    assert data["numbers"]["dropped"] and "not required since" not in text and "flagged in" not in text


# --- added and missing ------------------------------------------------------------------------------------------------

MORE = define(B, "compute-auth", 1, 2, 4)


@pytest.mark.parametrize(
    "text, expected",
    [
        (f"{full(1)}\n{full(2)}", full(4)),
        ("tempest.test_1\ntempest.test_2", "tempest.test_4"),
        (f"{ONE}\n{TWO}", FOUR),
        (f"id-{ONE}\n{TWO}", f"id-{FOUR}"),
        (f"^x.*id-{ONE}\n{full(2)}", full(4)),
    ],
)
def test_an_added_test_has_the_form_of_the_list_and_comes_last(carried: Carry, text: str, expected: str) -> None:
    data = carried(text, MORE)
    heading = f"# Added: powered/{B} requires these tests of the target compute, and powered/{A} does not."
    assert data["list"] == [*text.split("\n"), heading, expected]
    assert data["added"] == [
        {"id": FOUR, "name": "tempest.test_4", "capabilities": ["compute-auth"], "line": expected}
    ]  # fmt: skip


def test_what_the_list_left_out_before_stays_out_and_is_told(carried: Carry) -> None:
    data = carried(full(1), MORE)
    assert [one["id"] for one in data["missing"]] == [TWO]
    assert [one["id"] for one in data["added"]] == [FOUR]


def test_flagged_tests_are_added_only_if_asked_for(carried: Carry) -> None:
    text = f"{full(1)}\n{full(2)}"
    assert carried(text, MORE, flag(B, test=4))["added"] == []


def test_flagged_tests_count_if_asked_for(carried: Carry) -> None:
    data = carried(full(1), MORE, flag(B, test=4), flag(A, B, test=2), flagged=True)
    assert ([one["id"] for one in data["added"]], [one["id"] for one in data["missing"]]) == ([FOUR], [TWO])


def test_a_test_that_was_flagged_before_is_added_when_it_no_longer_is(carried: Carry) -> None:
    data = carried(full(1), flag(A, test=2))
    assert ([one["id"] for one in data["added"]], data["missing"]) == ([TWO], [])


# --- real lists, held against official JSON ---------------------------------------------------------------------------


def official(upstream: Path, id: str) -> dict[str, tuple[set[str], bool]]:
    """The required tests of Compute by id: names with aliases, and whether all places flag them."""
    data = json.loads((upstream / "powered" / f"{id}.json").read_text(encoding="utf-8"))
    component = data["components"][COMPUTE]
    required = component.get("capabilities", component)["required"]
    found: dict[str, tuple[set[str], bool]] = {}
    for name in required:
        for test, entry in data["capabilities"][name]["tests"].items():
            id = entry["idempotent_id"].removeprefix("id-")
            names, flagged = found.get(id, (set(), True))
            aliases = {alias.partition("[")[0] for alias in entry.get("aliases", [])}
            found[id] = names | {test} | aliases, flagged and "flagged" in entry
    return found


@pytest.mark.parametrize("a, b", [("2018.02", "2020.06"), ("2018.11", "2019.06"), ("2020.06", "2018.02")])
def test_a_list_of_one_guideline_becomes_that_of_another(
    a: str, b: str, upstream: Path, real_analysis: Analysis
) -> None:
    """The list without aliases and without flagged tests; what A had and B flags stays in it."""
    official_a, official_b = official(upstream, a), official(upstream, b)
    text = "".join(f"{min(names)}[id-{id}]\n" for id, (names, flagged) in official_a.items() if not flagged)
    lines, _ = listed.parse(text, "a.lst")
    given = real_analysis.record.guidelines
    data = carry.carry(real_analysis, lines, given[f"powered/{a}"], given[f"powered/{b}"], "compute")
    new = {line.partition("[id-")[2][:-1] for line in data["list"] if not line.startswith("#")}
    unflagged = {id for id, (_, flagged) in official_b.items() if not flagged}
    before = {id for id, (_, flagged) in official_a.items() if not flagged}
    assert new == unflagged | (before & official_b.keys())
    assert {entry["id"] for entry in data["lines"] if entry["outcome"] == "dropped"} == before - official_b.keys()
    assert {one["id"] for one in data["added"]} == unflagged - before
    names = {line.partition("[")[0]: line.partition("[id-")[2][:-1] for line in data["list"] if line[0] != "#"}
    assert all(name in official_b[id][0] for name, id in names.items())


def test_scs_0128_back_to_2020_06(real_analysis: Analysis, upstream: Path) -> None:
    """What 2020.06 does not require goes, and what its list never had stays out."""
    text = (upstream / "2022.11" / "scs-0128.258-with-ids.lst").read_text(encoding="utf-8")
    lines, _ = listed.parse(text, "scs.lst")
    ids, before = {line.id for line in lines}, official(upstream, "2020.06")
    given = real_analysis.record.guidelines
    data = carry.carry(real_analysis, lines, given["powered/2022.11"], given["powered/2020.06"], "compute")
    assert (len(ids), len(ids & before.keys())) == (258, 204)
    assert {entry["id"] for entry in data["lines"] if entry["outcome"] == "dropped"} == ids - before.keys()
    unflagged = {id for id, (_, flagged) in before.items() if not flagged}
    assert {one["id"] for one in (*data["added"], *data["missing"])} == unflagged - ids


def test_the_target_is_that_of_the_list_that_is_most_like(real_analysis: Analysis) -> None:
    """Each published list of required tests is taken for its own target."""
    record = real_analysis.record
    for key in ("powered/2018.02", "powered/2020.06", "powered/2022.11", "dns/2020.06"):
        for target in test_lists.targets(record, record.guidelines[key]):
            entries = test_lists.entries(
                record, record.guidelines[key], target, (Status.REQUIRED,), aliases=True, flagged=False
            )
            assert demands.closest(real_analysis, record.guidelines[key], {one.id or "" for one in entries}) == target


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(changed(MORE, flag(B), rename(B, "compute-auth", 2, "tempest.new.test")), tmp_path)


def test_command(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "my.lst"
    file.write_text(f"# mine\n{full(1)}\n{full(2)}\n", encoding="utf-8")
    command = ("carry", file, "--from", f"powered/{A}", "--to", f"powered/{B}")
    text = command_line.run(root, *command)
    assert text.returncode == 0
    assert text.stderr == "interop: the list is taken for the target compute; --target for another\n"
    assert text.stdout.splitlines() == [
        f"powered/{A} to powered/{B}, target compute: 2 tests",
        "  lines: 1 renamed, 1 flagged; tests: 1 added",
        "  flagged: the new guideline flags the test, which need not pass; the line stays",
        "  renamed: the new guideline has the test under another name, which the line gets",
        "  added: required by the new guideline only; put at the end of the list",
        "renamed:",
        f"  3: {full(2)} -> tempest.new.test",
        "flagged:",
        f"  2: {full(1)}",
        "added:",
        f"  {full(4)} (compute-auth)",
    ]
    new = command_line.run(root, *command, "--target", "compute", "--format", "list")
    assert (new.returncode, new.stderr) == (0, "")
    assert new.stdout.splitlines()[:3] == ["# mine", full(1), full(2, "tempest.new.test")]
    assert new.stdout.splitlines()[4:] == [full(4)]
    data = json.loads(command_line.run(root, *command, "--format", "json").stdout)
    assert (data["from"], data["to"], data["target"]) == (f"powered/{A}", f"powered/{B}", "compute")
    assert data["list"] == new.stdout.splitlines()


SUITES = f"""date: '2026-01-02'
suites: {{tempest: '47.0.0'}}
tests:
  {ONE}: {{suite: tempest, name: tempest.today.test_1, attributes: [smoke]}}
  {THREE}: {{suite: tempest, name: tempest.test_3}}
  {FOUR}: {{suite: tempest, name: tempest.today.test_4}}
"""


def test_names_that_the_guideline_has_and_todays_suites_have_not(root: Path, tmp_path: Path) -> None:
    """They are told; with --today, the new list has the lines of the suites, each once, and patterns stay."""
    (root / "drift.yaml").write_text(SUITES, encoding="utf-8")
    file = tmp_path / "my.lst"
    lines = [f"  {full(1)}  # mine", "tempest.test_1", f"id-{THREE}", f".*id-{ONE}.*", full(2)]
    file.write_text("\n".join(lines), encoding="utf-8")
    command = ("carry", file, "--from", f"powered/{A}", "--to", f"powered/{B}", "--target", "compute")
    today = f"tempest.today.test_1[id-{ONE},smoke]"
    text = command_line.run(root, *command).stdout
    assert text.partition("another name in today's test suites:\n")[2].splitlines() == [
        f"  1: tempest.test_1 -> {today}",
        f"  2: tempest.test_1 -> {today}",
        f"  added: tempest.test_4 -> tempest.today.test_4[id-{FOUR}]",
    ]
    assert "; names: 3 with another in today's test suites\n" in text
    new = command_line.run(root, *command, "--format", "list", "--today").stdout.splitlines()
    kept = [f"  {today}  # mine", f"tempest.test_3[id-{THREE}]", f".*id-{ONE}.*", full(2, "tempest.new.test")]
    assert (new[:4], new[5:]) == (kept, [f"tempest.today.test_4[id-{FOUR}]"])


def test_help_explains_the_outcomes(root: Path) -> None:
    told = command_line.run(root, "carry", "--help").stdout
    for word in (*carry.OUTCOMES, "added", "missing"):
        assert f"\n  {word:8} " in told


def test_the_results_of_a_run_are_no_list(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "result"
    file.write_bytes((Path(__file__).parents[1] / "fixtures/recipe/result.subunit").read_bytes())
    done = command_line.run(root, "carry", file, "--from", f"powered/{A}", "--to", f"powered/{B}")
    assert (done.returncode, done.stdout) == (2, "")
    said = "has the results of a run (subunit v2), which `score` reads, and is no list"
    assert done.stderr == f"interop: {file} {said}\n"


@pytest.mark.parametrize(
    "options, message",
    [
        (("--from", "powered/1999.01", "--to", f"powered/{B}"), "no guideline 'powered/1999.01'"),
        (("--from", f"powered/{A}", "--to", f"powered/{A}"), "two guidelines of one program"),
        (("--from", f"powered/{A}", "--to", f"powered/{B}", "--target", "moon"), "has no target 'moon'"),
    ],
)
def test_wrong_use(root: Path, tmp_path: Path, options: tuple[str, ...], message: str) -> None:
    file = tmp_path / "my.lst"
    file.write_text(full(1), encoding="utf-8")
    done = command_line.run(root, "carry", file, *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_files_that_are_no_lists(root: Path, tmp_path: Path) -> None:
    """Every wrong line at once; an empty file; one that is missing."""
    file = tmp_path / "my.lst"
    command = ("carry", file, "--from", f"powered/{A}", "--to", f"powered/{B}")
    file.write_text(f"{{}}\n{full(1)}\nno test\n", encoding="utf-8")
    wrong = command_line.run(root, *command)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    places = [line.partition(" error not-a-test: ")[0] for line in wrong.stderr.splitlines()]
    assert places == [f"{file}:1:", f"{file}:3:"]
    file.write_text("# nothing\n", encoding="utf-8")
    assert command_line.run(root, *command).stderr == f"interop: {file} has no test\n"
    file.unlink()
    missing = command_line.run(root, *command)
    assert (missing.returncode, missing.stdout) == (2, "")
    assert missing.stderr.startswith(f"{file}:1: error unreadable: ")
