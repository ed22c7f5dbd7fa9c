"""Test lists of a small guideline, line by line, as RefStack's server gave them; the lines were written by hand."""

from __future__ import annotations

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
"""


@pytest.mark.parametrize(
    "options, expected, said",
    [
        ((), [ALIAS, L1, "tempest.test_2[]", Z], ""),
        (("--no-aliases",), [L1, "tempest.test_2[]"], ""),
        (("--no-flagged",), ["tempest.test_2[]"], ""),
        (("--type", "advisory,required", "--no-aliases"), [L1, "tempest.test_2[]", L3], ""),
        # An alias has the id of its test; a name has its dots escaped, and ends where the brackets begin.
        (("--format", "regex"), [f"id-{ONE}", r"tempest\.test_2(\[|$)"], ""),
        (
            ("--format", "tempest"),
            [f"tempest.test_today[id-{ONE},smoke]"],
            "interop: names as in tempest 40.0.0; 1 lines have no test there\n",
        ),
        (
            ("--format", "tempest", "--type", "advisory"),
            [],
            "interop: names as in tempest 40.0.0; 1 lines have no test there\n",
        ),
    ],
)
def test_the_command(options: Any, expected: list[str], said: str, interop: Any, tmp_path: Path) -> None:
    root = write(changed(only(B), ALIASES, NO_ID, flag(B)), tmp_path)
    (root / "drift.yaml").write_text(DRIFT, encoding="utf-8")
    done = interop(root, "tests", f"powered/{B}", *options)
    assert (done.returncode, done.stderr) == (0, said)
    assert done.stdout.splitlines() == expected
