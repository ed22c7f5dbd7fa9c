"""Test lists of a small guideline, line by line, as RefStack's server gave them; the lines were written by hand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from interop.analysis import test_lists
from interop.record.model import Status

from ..small_record import (
    COMPUTE,
    ID,
    STORAGE,
    Change,
    both,
    changed,
    define,
    flag,
    listed,
    load,
    only,
    put,
    rename,
    take,
    write,
)

B = "2016.08"
ONE, TWO, THREE, FOUR = (ID.format(number) for number in (1, 2, 3, 4))
L1, L2, L3, L4 = (f"tempest.test_{number}[id-{ID.format(number)}]" for number in (1, 2, 3, 4))
ALIAS, Z = f"tempest.alias[id-{ONE}]", f"tempest.z[id-{ONE}]"
AUTH_TESTS = ("capabilities", "compute-auth", "tests")
REQUIRED, ADVISORY = (Status.REQUIRED,), (Status.ADVISORY,)
PLATFORM = "OpenStack Powered Platform"

NOTHING = both()
ALIASES = put(B, *AUTH_TESTS, "tempest.test_1", "aliases", ["tempest.alias", "tempest.z"])
NO_ID = take(B, *AUTH_TESTS, "tempest.test_2", "idempotent_id")
V1_2, V1_3 = (put(B, "record", "origin_schema", version) for version in ("1.2", "1.3"))
TWO_COMPONENTS = both(
    put(B, "platforms", PLATFORM, {"components": [{"name": COMPUTE}, {"name": STORAGE}, {"name": "os_powered_dns"}]}),
    listed(B, STORAGE, required="compute-quotas"),
    define(B, "compute-quotas", 4, 1),
)
SAME_NAME = both(
    define(B, "compute-quotas", 4),
    rename(B, "compute-quotas", 4, "tempest.test_1"),
    listed(B, required="compute-auth compute-quotas"),
)
SORTED = both(rename(B, "compute-auth", 1, "tempest.a_"), rename(B, "compute-auth", 2, "tempest.a"))

#: What differs from the base, the change, how the list is asked for, and its lines.
LISTS: list[tuple[str, Change, dict[str, Any], list[str]]] = [
    ("required", NOTHING, {}, [L1, L2]),
    ("advisory", NOTHING, {"wanted": ADVISORY}, [L3]),
    ("required and advisory", NOTHING, {"wanted": (*REQUIRED, *ADVISORY)}, [L1, L2, L3]),
    ("removed, of which there are none", NOTHING, {"wanted": (Status.REMOVED,)}, []),
    ("with aliases", ALIASES, {}, [ALIAS, L1, L2, Z]),
    ("without aliases", ALIASES, {"aliases": False}, [L1, L2]),
    ("with flagged tests", flag(B), {}, [L1, L2]),
    ("without flagged tests", flag(B), {"flagged": False}, [L2]),
    ("without flagged tests, of which there are none", NOTHING, {"flagged": False}, [L1, L2]),
    ("without flagged tests and their aliases", both(ALIASES, flag(B)), {"flagged": False}, [L2]),
    ("a test without an id", NO_ID, {}, [L1, "tempest.test_2[]"]),
    ("schema 1.2", V1_2, {}, ["tempest.test_1", "tempest.test_2"]),
    ("schema 1.3", V1_3, {}, [L1, L2]),
    ("a capability that is not defined", listed(B, required="compute-auth compute-undefined"), {}, [L1, L2]),
    ("another component", TWO_COMPONENTS, {"target": "object"}, [L1, L4]),
    ("the platform, each test once", TWO_COMPONENTS, {"target": "platform"}, [L1, L2, L4]),
    ("one name with two ids", SAME_NAME, {}, [L1, f"tempest.test_1[id-{FOUR}]", L2]),
    ("in the order of lines", SORTED, {}, [f"tempest.a[id-{TWO}]", f"tempest.a_[id-{ONE}]"]),
]


@pytest.mark.parametrize("name, change, options, expected", LISTS, ids=[name for name, *_ in LISTS])
def test_lines(name: str, change: Change, options: dict[str, Any], expected: list[str], tmp_path: Path) -> None:
    record = load(changed(only(B), change), tmp_path)
    asked = {"target": "compute", "wanted": REQUIRED, "aliases": True, "flagged": True} | options
    found = test_lists.entries(record, record.guidelines[f"powered/{B}"], **asked)
    assert [entry.line for entry in found] == expected


def rename_component(files: Any) -> None:
    files[B]["components"] = {"compute": files[B]["components"][COMPUTE], STORAGE: {"capabilities": {}}}


@pytest.mark.parametrize(
    "change, program, expected",
    [
        (NOTHING, "powered", {"compute": [COMPUTE]}),
        (TWO_COMPONENTS, "powered", {"platform": [COMPUTE, STORAGE], "compute": [COMPUTE], "object": [STORAGE]}),
        # Schema 1.x calls the mark "platform", and the component by its old name.
        (
            both(rename_component, put(B, "platforms", {"platform": {"components": [{"name": "compute"}]}})),
            "powered",
            {"platform": ["compute"], "compute": ["compute"], "object": [STORAGE]},
        ),
        (
            put(B, "components", "os_powered_dns", {"capabilities": {}}),
            "dns",
            {"compute": [COMPUTE], "dns": ["os_powered_dns"]},
        ),
        (NOTHING, "nfv", {}),
    ],
)
def test_targets(change: Change, program: str, expected: dict[str, list[str]], tmp_path: Path) -> None:
    record = load(changed(only(B), change), tmp_path, program)
    found = test_lists.targets(record, record.guidelines[f"{program}/{B}"])
    assert found == expected
    assert list(found) == list(expected)


@pytest.mark.parametrize(
    "text", ["required+advisory", "advisory+required", "advisory,required", "required,advisory,advisory"]
)
def test_statuses_as_they_are_asked_for(text: str) -> None:
    assert test_lists.statuses(text) == (Status.REQUIRED, Status.ADVISORY)


def test_published_lists(tmp_path: Path) -> None:
    """None that is empty; each with and without aliases and flagged tests."""
    record = load(changed(only(B), ALIASES, flag(B)), tmp_path)
    found = list(test_lists.published(record, record.guidelines[f"powered/{B}"]))
    assert {(one.target, "+".join(one.types)) for one in found} == {
        ("compute", "required"),
        ("compute", "advisory"),
        ("compute", "required+advisory"),
        ("compute", "required+advisory+deprecated+removed"),
    }
    lists = {(one.aliases, one.flagged): list(one.lines) for one in found if one.types == REQUIRED}
    assert lists == {
        (True, True): [ALIAS, L1, L2, Z],
        (True, False): [L2],
        (False, True): [L1, L2],
        (False, False): [L2],
    }
    assert len(found) == 4 * 4


DRIFT = f"""
date: '2026-11-23'
suites:
  tempest: 40.0.0
tests:
  {ONE}:
    suite: tempest
    name: tempest.test_today
    attributes: [smoke]
  {FOUR}:
    suite: tempest
    name: tempest.test_4
"""
TODAY = f"tempest.test_today[id-{ONE},smoke]"


def missing(*lines: str, of: int, same: str = "") -> str:
    head = f"interop: test names of tempest 40.0.0; {len(lines)} of {of} names have no test in these versions\n"
    return head + same + "".join(f"interop: no test: {line}\n" for line in lines)


#: The three names of the first test have one line.
SAME = "interop: 2 more names are of a test that is listed under another name, so the list has 1\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = write(changed(only(B), ALIASES, NO_ID, flag(B)), tmp_path)
    (made / "drift.yaml").write_text(DRIFT, encoding="utf-8")
    return made


@pytest.mark.parametrize(
    "options, expected, said",
    [
        ((), [ALIAS, L1, "tempest.test_2[]", Z], ""),
        (("--no-aliases",), [L1, "tempest.test_2[]"], ""),
        (("--no-flagged",), ["tempest.test_2[]"], ""),
        (("--type", "advisory,required", "--no-aliases"), [L1, "tempest.test_2[]", L3], ""),
        # An alias has the id of its test; a name has its dots escaped, and ends where the brackets begin.
        (("--format", "regex-id"), [r"^tempest\.test_2(\[|$)", f"id-{ONE}"], ""),
        (
            ("--format", "regex"),
            [
                rf"^tempest\.alias\[.*id-{ONE}",
                rf"^tempest\.test_1\[.*id-{ONE}",
                r"^tempest\.test_2(\[|$)",
                rf"^tempest\.test_today\[.*id-{ONE}",
                rf"^tempest\.z\[.*id-{ONE}",
            ],
            "",
        ),
        (("--format", "tempest"), [TODAY], missing("tempest.test_2[]", of=4, same=SAME)),
        (("--format", "tempest", "--no-aliases"), [TODAY], missing("tempest.test_2[]", of=2)),
        # Empty by right.
        (("--type", "removed"), [], f"interop: powered/{B} has no such test for the target compute\n"),
    ],
)
def test_the_command(options: Any, expected: list[str], said: str, interop: Any, root: Path) -> None:
    done = interop(root, "tests", f"powered/{B}", *options)
    assert (done.returncode, done.stderr) == (0, said)
    assert done.stdout.splitlines() == expected


def test_a_list_that_no_suite_has_is_no_success(interop: Any, root: Path) -> None:
    done = interop(root, "tests", f"powered/{B}", "--format", "tempest", "--type", "advisory")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", missing(L3, of=1))


def test_names_of_a_schema_without_ids(interop: Any, tmp_path: Path) -> None:
    """By today's name, and by the id that another guideline gives the name."""
    A = "2016.01"
    bare = both(*(take(A, *AUTH_TESTS, f"tempest.test_{number}", "idempotent_id") for number in (1, 2)))
    more = put(A, *AUTH_TESTS, "tempest.test_4", {})
    of_a = put(A, "record", "origin_schema", "1.2")
    made = write(changed(only(A, B), bare, more, of_a), tmp_path)
    (made / "drift.yaml").write_text(DRIFT, encoding="utf-8")
    done = interop(made, "tests", f"powered/{A}", "--format", "tempest")
    assert done.stdout.splitlines() == [f"tempest.test_4[id-{FOUR}]", TODAY]
    assert (done.returncode, done.stderr) == (0, missing("tempest.test_2", of=3))
    done = interop(made, "tests", f"powered/{A}", "--format", "regex")
    assert r"^tempest\.test_today(\[|$)" in done.stdout.splitlines()


def test_patterns_of_names_leave_out_classes_that_inherit(interop: Any, root: Path) -> None:
    """Tempest gives an inherited test the same id."""
    listed = [
        f"tempest.test_1[id-{ONE},negative]",
        f"tempest.ipv6.tempest.test_1[id-{ONE}]",
        f"tempest.test_11[id-{TWO}]",
    ]

    def selected(form: str) -> list[str]:
        patterns = interop(root, "tests", f"powered/{B}", "--format", form).stdout.splitlines()
        return [line for line in listed if any(re.search(pattern, line) for pattern in patterns)]

    assert selected("regex") == listed[:1]
    assert selected("regex-id") == listed[:2]


def test_without_capabilities_for_administrators(interop: Any, tmp_path: Path) -> None:
    """A test that is in a capability for regular users too stays."""
    admin = both(define(B, "compute-quotas", 4, 1, admin=True), listed(B, required="compute-auth compute-quotas"))
    root = write(changed(only(B), admin), tmp_path)
    assert interop(root, "tests", f"powered/{B}").stdout.splitlines() == [L1, L2, L4]
    assert interop(root, "tests", f"powered/{B}", "--no-admin").stdout.splitlines() == [L1, L2]


def test_a_guideline_without_targets(interop: Any, guidelines: Path) -> None:
    done = interop(guidelines, "tests", "nfv/next")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "interop: nfv/next has no targets: its components are none of RefStack's; its tests are in: "
        "python -m interop export nfv/next\n"
    )


@pytest.mark.by_hand
@pytest.mark.parametrize("id, lines, gone, names", [("2015.03", 112, 10, 127), ("2015.04", 112, 10, 127)])
def test_the_lists_of_2015(id: str, lines: int, gone: int, names: int, interop: Any, guidelines: Path) -> None:
    """Of the 127 names of 2015.04, 107 are names in drift.yaml, and 10 more have an id there in other guidelines."""
    done = interop(guidelines, "tests", f"powered/{id}", "--format", "tempest")
    assert (done.returncode, done.stdout.count("\n")) == (0, lines)
    assert f"; {gone} of {names} names have no test" in done.stderr
    assert done.stderr.count("interop: no test: tempest.") == gone
