"""The reconstructed guidelines of 2022.11, held against the lists and pages that they are worked out from.

Files are read here with PyYAML, json and regular expressions alone, and the sources from the folder of the official
files. Only the test lists and the comparison are those of the code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from interop.analysis import test_lists
from interop.analysis.analysis import Analysis
from interop.record.model import Status
from interop.record.record import Record

from ..official import load_yaml

GUIDELINES = Path(__file__).parents[2] / "guidelines"
ADD_ONS = {
    "dns": "dns",
    "orchestration": "orchestration",
    "shared-file-system": "shared_file_system",
    "load-balancer": "load_balancer",
    "key-manager": "key_manager",
}
COMPUTE, STORAGE = "os_powered_compute", "os_powered_storage"
GRADES = ["order-verified", "id-carried", "stated", "near-certain", "inferred"]
fidelity = pytest.mark.fidelity
each_program = pytest.mark.parametrize("program", ["powered", *ADD_ONS])
Json = dict[str, Any]
Lines = Callable[..., list[str]]


# --- reading ----------------------------------------------------------------------------------------------------------


def partial(program: str) -> Json:
    found: Json = load_yaml(GUIDELINES / program / "2022.11.yaml")
    return found


def listed(program: str, *components: str, status: str = "") -> Iterator[tuple[str, str, Json, str]]:
    """The tests of a file: capability or group, name, entry, grade. Of all statuses and components unless told."""
    data = partial(program)
    whole = data["record"]["evidence"]
    wanted = set()
    for name, component in data["components"].items():
        for kind in ("capabilities", "groups"):
            for given, names in component.get(kind, {}).items():
                if (not components or name in components) and status in ("", given):
                    wanted |= {(kind, each) for each in names}
    for kind in ("capabilities", "groups"):
        for name, part in data.get(kind, {}).items():
            if (kind, name) in wanted:
                for test, entry in part["tests"].items():
                    evidence = entry.get("evidence", part.get("evidence", whole))
                    yield f"{kind}/{name}", test, entry, evidence["grade"]


def ids(program: str, *components: str, status: str = "") -> set[str]:
    return {entry["idempotent_id"] for _, _, entry, _ in listed(program, *components, status=status)}


def names(program: str) -> dict[str, set[str]]:
    """The names and aliases of each id of a file."""
    found: dict[str, set[str]] = {}
    for _, name, entry, _ in listed(program):
        found.setdefault(entry["idempotent_id"], set()).update([name, *entry.get("aliases", [])])
    return found


@cache
def text(path: Path) -> list[str]:
    """The lines of a list, without remarks."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def id_of(line: str) -> str:
    match = re.search(r"\[id-([0-9a-f-]{36})[],]", line)
    assert match, line
    return match[1]


@pytest.fixture(scope="module")
def sources(upstream: Path) -> Path:
    """The folder of the lists that are of 2022.11."""
    folder = upstream / "2022.11"
    if not folder.is_dir():
        pytest.skip(f"no sources of 2022.11: {folder} is missing")
    return folder


@pytest.fixture(scope="module")
def evidence(sources: Path) -> Json:
    found: Json = json.loads((sources / "capability-evidence.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def others(sources: Path) -> Json:
    found: Json = json.loads((sources / "add-ons-and-advisory.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def canonical(sources: Path) -> list[str]:
    return text(sources / "canonical-snap-tempest.refstack-2022.11.txt")


@pytest.fixture(scope="module")
def refstack(upstream: Path) -> list[str]:
    """The list that RefStack served for the platform."""
    path = upstream / "test-lists" / "platform.2022.11-test-list.txt"
    if not path.is_file():
        pytest.skip(f"no list of RefStack: {path} is missing")
    return text(path)


@pytest.fixture(scope="module")
def lines(real_record: Record) -> Lines:
    """The lines of a test list of the code: those of required tests with aliases and without flags, unless told."""

    def run(target: str, *statuses: Status, program: str = "powered", flagged: bool = False) -> list[str]:
        guideline = real_record.guidelines[f"{program}/2022.11"]
        wanted = statuses or (Status.REQUIRED,)
        found = test_lists.entries(real_record, guideline, target, wanted, aliases=True, flagged=flagged)
        return [entry.line for entry in found]

    return run


# --- Powered ----------------------------------------------------------------------------------------------------------


@fidelity
def test_the_platform_list_is_the_one_of_refstack(lines: Lines, refstack: list[str]) -> None:
    assert len(refstack) == 432
    assert lines("platform") == sorted(set(refstack))
    assert len(lines("platform")) == 430


@fidelity
def test_the_two_lines_that_refstack_has_twice_stand_in_two_capabilities(refstack: list[str]) -> None:
    twice = sorted({line for line in refstack if refstack.count(line) > 1})
    assert [line.rpartition(".")[2].partition("[")[0] for line in twice] == [
        "test_list_extensions",
        "test_object_upload_in_segments",
    ]
    for line in twice:
        places = [place for place, _, entry, _ in listed("powered") if entry["idempotent_id"] == id_of(line)]
        assert len(places) == 2


@fidelity
def test_the_lists_of_compute_and_of_object_storage(lines: Lines, others: Json) -> None:
    compute, storage = lines("compute"), lines("object")
    assert (len(compute), len({id_of(line) for line in compute})) == (368, 267)
    assert (len(storage), len({id_of(line) for line in storage})) == (64, 63)
    served = others["targets_opnfv"]
    assert (served["compute"]["lines"], served["compute"]["ids"]) == (368, 267)
    assert (served["object"]["unique_lines"], served["object"]["ids"]) == (64, 63)
    shared = {line.rpartition(".")[2].partition("[")[0] for line in set(compute) & set(storage)}
    assert shared == {"test_create_token", "test_token_auth_creation_existence_deletion"}


@fidelity
def test_every_id_of_the_evidence_is_there_once_with_its_grade(evidence: Json) -> None:
    expected: dict[tuple[str, str], str] = {}
    for name, part in evidence["carried_capabilities"].items():
        expected |= {(f"capabilities/{name}", test["id"]): part["grade"] for test in part["tests"]}
    for name, part in evidence["new_tests_by_family"].items():
        # A family whose capability is a guess or null is a group.
        place = f"groups/{name}" if part["grade"] == "inferred" else f"capabilities/{part['capability']}"
        expected |= {(place, test["id"]): part["grade"] for test in part["tests"]}
    found = {(place, entry["idempotent_id"]): grade for place, _, entry, grade in listed("powered", status="required")}
    assert found == expected
    assert len({id for _, id in expected}) == evidence["counts"]["universe"] == 337
    assert len(ids("powered", COMPUTE, status="required")) == 276
    assert len(ids("powered", STORAGE, status="required") - ids("powered", COMPUTE)) == 61


@fidelity
def test_names_are_those_of_the_evidence(evidence: Json) -> None:
    parts = [*evidence["carried_capabilities"].values(), *evidence["new_tests_by_family"].values()]
    expected: dict[str, set[str]] = {}
    for test in (test for part in parts for test in part["tests"]):
        expected.setdefault(test["id"], set()).update(test["names"])
    required = ids("powered", status="required")
    assert {id: found for id, found in names("powered").items() if id in required} == expected


@fidelity
def test_nine_tests_are_flagged(evidence: Json, sources: Path, refstack: list[str]) -> None:
    flagged = {entry["idempotent_id"] for _, _, entry, _ in listed("powered") if "flagged" in entry}
    assert flagged == {test["id"] for test in evidence["flagged_in_2022_11"]}
    assert len(flagged) == 9
    assert not flagged & {id_of(line) for line in refstack}
    # They are what another list of the compute tests has besides RefStack's.
    having = set(text(sources / "osism-testbed.2022.11-compute.275.lst"))
    more = having - {line.partition("[")[0] for line in refstack}
    assert {name for _, name, entry, _ in listed("powered") if "flagged" in entry} == more
    # What is known of the flags is only that they are there.
    assert [entry["flagged"] for _, _, entry, _ in listed("powered") if entry.get("flagged")] == []


@fidelity
def test_tests_of_networks_are_advisory_by_exclusion(others: Json, canonical: list[str], refstack: list[str]) -> None:
    advisory = ids("powered", status="advisory")
    assert advisory == {test["id"] for test in others["powered_not_required"]["tests"]}
    assert len(advisory) == 33
    tempest = {id_of(line) for line in canonical if line.startswith("tempest.")}
    flagged = {entry["idempotent_id"] for _, _, entry, _ in listed("powered") if "flagged" in entry}
    assert advisory == tempest - {id_of(line) for line in refstack} - flagged
    assert {grade for _, _, _, grade in listed("powered", status="advisory")} == {"inferred"}


@fidelity
def test_order_verified_capabilities_are_runs_of_the_list_in_the_order_of_the_file(sources: Path) -> None:
    """Each stands there in one run of lines: 40 capabilities, 148 ids."""
    order = text(sources / "osism-testbed.2022.11-compute.202-json-order.lst")[:162]
    places: dict[str, list[int]] = {}
    for place, name, _, grade in listed("powered"):
        if grade == "order-verified":
            places.setdefault(place, []).append(order.index(name))
    assert len(places) == 40
    assert sum(map(len, places.values())) == 148
    for place, found in places.items():
        assert sorted(found) == list(range(min(found), max(found) + 1)), place


@fidelity
def test_what_is_known_of_2020_06_stands_where_2020_06_has_it(upstream: Path) -> None:
    official = json.loads((upstream / "powered" / "2020.06.json").read_text(encoding="utf-8"))
    carried = ("order-verified", "id-carried")
    for place, name, entry, grade in listed("powered"):
        if grade not in carried:
            continue
        kind, _, capability = place.partition("/")
        assert kind == "capabilities"
        there = {test["idempotent_id"]: key for key, test in official["capabilities"][capability]["tests"].items()}
        assert there[f"id-{entry['idempotent_id']}"] == name


@fidelity
def test_what_changed_since_2020_06(upstream: Path, evidence: Json, real_analysis: Analysis) -> None:
    official = json.loads((upstream / "powered" / "2020.06.json").read_text(encoding="utf-8"))
    before = {
        test["idempotent_id"].removeprefix("id-")
        for capability in official["capabilities"].values()
        for test in capability["tests"].values()
    }
    new = {part: ids("powered", part, status="required") - before for part in (COMPUTE, STORAGE)}
    assert {part: len(found) for part, found in new.items()} == {COMPUTE: 53, STORAGE: 5}
    gone = before - ids("powered")
    assert gone == {test["id"] for test in evidence["gone_since_2020_06"]}
    assert len(gone) == 8
    known = {entry["idempotent_id"] for place, _, entry, _ in listed("powered") if place.startswith("capabilities/")}
    assert {part: len(found - known) for part, found in new.items()} == {COMPUTE: 48, STORAGE: 5}
    guidelines = real_analysis.record.guidelines
    compared = real_analysis.compare(guidelines["powered/2020.06"], guidelines["powered/2022.11"])
    for part, found in new.items():
        assert set(compared.new_tests(part)) == found
    assert set(compared.new_tests("")) == new[COMPUTE] | new[STORAGE]
    assert set(compared.gone_tests("")) == gone


@fidelity
def test_scs_0128_carries_on_all_compute_tests_but_18(sources: Path) -> None:
    carried = {id_of(line) for line in text(sources / "scs-0128.258-with-ids.lst")}
    compute = ids("powered", COMPUTE, status="required")
    assert len(carried) == 258
    assert carried <= compute
    given = load_yaml(GUIDELINES / "adopters" / "scs-0128.yaml")["left_out"]
    left_out = [id for entry in given for id in entry["tests"]]
    assert set(left_out) == compute - carried
    assert len(left_out) == 18


# --- all of them ------------------------------------------------------------------------------------------------------


@fidelity
def test_everything_in_the_canonical_list_is_somewhere_under_the_same_names(canonical: list[str]) -> None:
    given: dict[str, set[str]] = {}
    for line in canonical:
        given.setdefault(id_of(line), set()).add(line.partition("[")[0])
    assert (len(canonical), len(set(canonical)), len(given)) == (610, 606, 499)
    found: dict[str, set[str]] = {}
    for program in ("powered", *ADD_ONS):
        found |= names(program)
    assert found == given


@fidelity
@pytest.mark.parametrize(
    "program, number, spelt",
    [
        ("dns", 18, 18),
        ("orchestration", 60, 60),
        ("shared-file-system", 12, 17),
        ("load-balancer", 28, 28),
        ("key-manager", 11, 11),
    ],
)
def test_add_ons_have_the_tests_of_the_list(program: str, number: int, spelt: int, others: Json) -> None:
    given = others["addons"][ADD_ONS[program]]["tests"]
    assert names(program) == {test["id"]: set(test["names"]) for test in given}
    assert len(ids(program)) == number
    assert sum(map(len, names(program).values())) == spelt


@fidelity
@pytest.mark.parametrize("program", ["dns", "orchestration"])
def test_capabilities_and_statuses_of_add_ons_are_those_of_2020_06(program: str, upstream: Path) -> None:
    official = json.loads((upstream / program / "2020.06.json").read_text(encoding="utf-8"))
    where = {
        test["idempotent_id"].removeprefix("id-"): f"capabilities/{name}"
        for name, capability in official["capabilities"].items()
        for test in capability["tests"].values()
    }
    names = {name for one in official["components"].values() for name in one["capabilities"]["required"]}
    required = {id for id, place in where.items() if place.removeprefix("capabilities/") in names}
    found = {entry["idempotent_id"]: (place, grade) for place, _, entry, grade in listed(program)}
    assert {id: found[id][0] for id in where} == where
    assert {found[id][1] for id in where} == {"id-carried"}
    assert {found[id] for id in found.keys() - where.keys()} <= {("groups/recordset-types", "inferred")}
    assert ids(program, status="required") == required & where.keys()
    assert ids(program, status="unknown") == found.keys() - where.keys()
    (component,) = official["components"].values()
    (here,) = partial(program)["components"].values()
    assert {status: sorted(names) for status, names in component["capabilities"].items() if names} == {
        status: sorted(names) for status, names in here["capabilities"].items()
    }


@pytest.mark.parametrize("program", ["shared-file-system", "load-balancer", "key-manager"])
def test_lists_do_not_call_required_what_is_not_known_to_be(program: str, lines: Lines) -> None:
    target = ADD_ONS[program]
    official = [status for status in Status if status is not Status.UNKNOWN]
    assert lines(target, *official, program=program, flagged=True) == []
    assert {id_of(line) for line in lines(target, Status.UNKNOWN, program=program)} == ids(program)
    assert {place.partition("/")[0] for place, _, _, _ in listed(program)} == {"groups"}


@each_program
def test_every_fact_has_a_grade_and_listed_sources(program: str) -> None:
    block = partial(program)["record"]
    assert (block["completeness"], block["sources"]) == ("partial", [])
    assert {grade for _, _, _, grade in listed(program)} <= set(GRADES)
    used = set(re.findall(r"[a-z0-9-]+", " ".join(_named(partial(program)))))
    assert used == set(block["evidence_sources"])


def _named(node: Any) -> Iterator[str]:
    """The keys of sources in every evidence of plain data."""
    if isinstance(node, dict):
        if "grade" in node:
            yield from node["sources"]
        for value in node.values():
            yield from _named(value)


@each_program
def test_nothing_is_there_that_no_source_tells(program: str) -> None:
    data = partial(program)
    assert "scoring" not in data["metadata"]
    assert "designated_sections" not in data
    for capability in (*data["capabilities"].values(), *data.get("groups", {}).values()):
        assert capability.keys() <= {"project", "remark", "evidence", "tests"}


def test_what_upstream_said_of_the_guideline_itself() -> None:
    approval = partial("powered")["metadata"]["os_trademark_approval"]
    assert approval == {"replaces": "2022.06", "releases": ["xena", "yoga", "zed", "antelope"], "status": "draft"}


def test_rules_are_not_evaluated_on_it_and_the_draft_is_compared_with_the_complete_one(real_analysis: Analysis) -> None:
    report = real_analysis.report
    assert [key for key in report.findings if key.endswith("/2022.11") and report.findings[key]] == []
    record = real_analysis.record
    before = record.before(record.guidelines["powered/next"])
    assert before is record.guidelines["powered/2020.06"]


def test_groups_are_no_capabilities(real_analysis: Analysis) -> None:
    """No name of ours becomes one of a capability: no page, no kin, no place in the history."""
    groups = {name for program in ("powered", *ADD_ONS) for name in partial(program).get("groups", {})}
    assert len(groups) > 20
    known = {name for name in real_analysis.capability_names if name.removeprefix("group:") in groups}
    assert known == {"compute-security-groups"}  # The scorings have a capability of this name.
    assert real_analysis.record.guidelines["scoring/juno"].capabilities.keys() >= known
    assert [name for name in real_analysis.capability_names if name.startswith("group:")] == []
    guidelines = real_analysis.record.guidelines
    compared = real_analysis.compare(guidelines["powered/2020.06"], guidelines["powered/2022.11"])
    moves = {move.key for found in compared.capabilities.values() for move in found}
    # images-v2-import had no status, and the tags of servers are new; nothing else is known to have changed.
    assert moves == {"images-v2-import", "compute-servers-tags-CRUD"}
    assert compared.kin == ()
    assert (compared.sections, compared.weights, compared.marks, compared.cutoff) == ((), (), (), None)


def test_what_a_partial_guideline_does_not_list_is_not_said_to_be_new_or_dropped(real_analysis: Analysis) -> None:
    """Whether 2022.11 lists the capabilities without a test is not known: no change of their status is claimed."""
    guidelines = real_analysis.record.guidelines
    names = {move.key for move in _moves(real_analysis, "powered/2022.11", "powered/next")}
    lists = load_yaml(GUIDELINES / "powered" / "next.yaml")["components"][COMPUTE]["capabilities"]
    assert "compute-servers-metadata-list" in lists["required"]
    assert "compute-servers-metadata-list" not in names
    for key in ("powered/2020.06", "powered/next"):
        for a, b in ((key, "powered/2022.11"), ("powered/2022.11", key)):
            for move in _moves(real_analysis, a, b):
                assert move.key in guidelines["powered/2022.11"].capabilities


def test_the_commands_say_that_it_is_reconstructed(interop: Any, guidelines: Path) -> None:
    done = interop(guidelines, "tests", "key-manager/2022.11", "--type", "unknown")
    assert len(done.stdout.splitlines()) == 11
    assert done.stderr == "interop: key-manager/2022.11 is reconstructed: its official file is not available\n"
    done = interop(guidelines, "tests", "load-balancer/2022.11")
    assert done.stdout == ""
    assert "leaves out 28 tests whose status is not known; for a list of them: --type unknown" in done.stderr
    assert "leaves out" not in interop(guidelines, "tests", "orchestration/2022.11").stderr
    assert interop(guidelines, "tests", "dns/2020.06").stderr == ""
    note = "2022.11 is reconstructed: facts that are not known are not compared."
    assert note in interop(guidelines, "diff", "powered/2020.06", "powered/2022.11").stdout.splitlines()
    assert "reconstructed" not in interop(guidelines, "diff", "powered/2019.11", "powered/2020.06").stdout


def _moves(analysis: Analysis, a: str, b: str) -> list[Any]:
    compared = analysis.compare(analysis.record.guidelines[a], analysis.record.guidelines[b])
    return [move for found in compared.capabilities.values() for move in found]
