"""The rules of the process: for each, a change of a small record that breaks it and one that keeps it.

The small record is two dated guidelines and a draft, written here; its catalogue is the real one. What a change must
lead to is counted by hand.
"""

from __future__ import annotations

import copy
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from interop.analysis import rules
from interop.analysis.analysis import Analysis
from interop.analysis.rules import Case, Rule
from interop.record import loader, process
from interop.record.record import Record

ROOT = Path(__file__).resolve().parents[2]
ID = "00000000-0000-4000-8000-00000000000{}"
FLAG = {"date": "2016-09-01", "reason": "D401 removed-271467", "action": "leaves-next-guidelines"}
Files = dict[str, dict[str, Any]]


def capability(*tests: int, **more: Any) -> dict[str, Any]:
    """A capability that reaches the cutoff, with tests of these numbers."""
    named = {f"tempest.test_{number}": {"idempotent_id": ID.format(number)} for number in tests}
    return {"project": "nova", "achievements": ["deployed", "tools"], "admin": False, "tests": named} | more


def guideline(id: str, status: str, replaces: str, approval: str) -> dict[str, Any]:
    approved = {"target_approval": approval, "replaces": replaces, "releases": ["mitaka"], "status": status}
    return {
        "metadata": {
            "id": id,
            "schema": "2.0",
            "scoring": {"cutoff_score": 74, "criteria": {"deployed": {"weight": 60}, "tools": {"weight": 40}}},
            "os_trademark_approval": approved,
        },
        "record": {"completeness": "complete", "origin_schema": "2.0", "sources": []},
        "platforms": {"OpenStack Powered Compute": {"components": [{"name": "os_powered_compute"}]}},
        "components": {
            "os_powered_compute": {
                "capabilities": {"required": ["compute-auth"], "advisory": ["compute-flavors"]},
                "designated_sections": {"required": ["nova"]},
            }
        },
        "capabilities": {"compute-auth": capability(1, 2), "compute-flavors": capability(3)},
        "designated_sections": {
            "nova": {"required": {"guidance": "no-position", "sections": {"default": {"designated": True}}}},
            "glance": {"advisory": {"guidance": "no-position", "sections": {"default": {"designated": True}}}},
        },
        "test_repositories": {"tempest": {"repository": "https://opendev.org/openstack/tempest"}},
    }


def base() -> Files:
    return {
        "2016.01": guideline("2016.01", "superseded", "2015.07", "2016-01-26"),
        "2016.08": guideline("2016.08", "approved", "2016.01", "2016.08"),
        "next": guideline("next", "draft", "2016.08", "2017.01"),
    }


def lists(files: Files, id: str, component: str = "os_powered_compute") -> dict[str, list[str]]:
    found: dict[str, list[str]] = files[id]["components"][component]["capabilities"]
    return found


def load(files: Files, folder: Path) -> Record:
    root = folder / "guidelines"
    shutil.copytree(ROOT / "guidelines" / "catalogue", root / "catalogue")
    (root / "powered").mkdir()
    for id, data in files.items():
        text = yaml.dump(data, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), sort_keys=False)
        (root / "powered" / f"{id}.yaml").write_text(text, encoding="utf-8")
    loaded, problems = loader.load(root)
    refused = {f"guidelines/powered/{id}.yaml" for id in files if f"powered/{id}" not in loaded.guidelines}
    assert not refused, "\n".join(str(problem) for problem in problems if problem.path in refused)
    return loaded


def run(loaded: Record) -> rules.Report:
    return Analysis(loaded).report


def require_new(files: Files) -> None:
    lists(files, "2016.08")["required"].append("compute-quotas")
    files["2016.08"]["capabilities"]["compute-quotas"] = capability(4)


def require_advisory(files: Files) -> None:
    lists(files, "2016.08").update(required=["compute-auth", "compute-flavors"], advisory=[])


def require_regrouped(files: Files) -> None:
    lists(files, "2016.08")["required"] = ["compute-auth-get", "compute-auth-set"]
    del files["2016.08"]["capabilities"]["compute-auth"]
    files["2016.08"]["capabilities"] |= {"compute-auth-get": capability(1), "compute-auth-set": capability(2)}


def drop(files: Files) -> None:
    lists(files, "2016.08")["advisory"] = []


def deprecate(files: Files) -> None:
    lists(files, "2016.08").update(advisory=[], deprecated=["compute-flavors"])


def since(id: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        files["2016.08"]["capabilities"]["compute-auth"]["required_since"] = id

    return change


def two_components(twice: bool) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        other = copy.deepcopy(files["2016.08"]["components"]["os_powered_compute"])
        other["capabilities"] = {"required": ["compute-auth"], "advisory": ["compute-auth"] if not twice else []}
        if not twice:
            other["capabilities"]["required"] = []
        files["2016.08"]["components"]["os_powered_storage"] = other

    return change


def sections(status: str, project: str = "glance", id: str = "2016.08") -> Callable[[Files], None]:
    def change(files: Files) -> None:
        held = files[id]["designated_sections"]
        part = {"guidance": "no-position", "sections": {"default": {"designated": True}}}
        held[project] = {status: part}

    return change


def no_sections(files: Files) -> None:
    del files["2016.08"]["designated_sections"]["glance"]


def names_sections(status: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        files["2016.08"]["components"]["os_powered_compute"]["designated_sections"] = {status: ["glance"]}

    return change


def score(*achievements: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        files["2016.08"]["capabilities"]["compute-auth"]["achievements"] = list(achievements)

    return change


def draft_weights(deployed: int) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        files["next"]["metadata"]["os_trademark_approval"]["target_approval"] = "2016.08"
        criteria = {"deployed": {"weight": deployed}, "tools": {"weight": 100 - deployed}}
        files["next"]["metadata"]["scoring"]["criteria"] = criteria

    return change


def admin(name: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        files["2016.08"]["capabilities"][name]["admin"] = True

    return change


def flag(*ids: str, **more: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        for id in ids:
            test = files[id]["capabilities"]["compute-auth"]["tests"]["tempest.test_1"]
            test["flagged"] = {key: value for key, value in (FLAG | more).items() if value}

    return change


def status(**by_id: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        for id, value in by_id.items():
            files[id.replace("_", ".").removeprefix(".")]["metadata"]["os_trademark_approval"]["status"] = value

    return change


def third(files: Files) -> None:
    files["2017.01"] = guideline("2017.01", "approved", "2016.08", "2017.01")
    status(_2016_01="approved")(files)


def replaces(id: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        files["2016.08"]["metadata"]["os_trademark_approval"]["replaces"] = id

    return change


def approval(day: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        files["2016.08"]["metadata"]["os_trademark_approval"]["target_approval"] = day

    return change


#: rule -> what breaks it, in which guideline, about what; and what keeps it.
CASES: dict[str, tuple[Callable[[Files], None], str, str, Callable[[Files], None]]] = {
    "advisory-first": (require_new, "2016.08", "compute-quotas", require_advisory),
    "deprecated-first": (drop, "2016.08", "compute-flavors", deprecate),
    "required-since": (since("2016.08"), "2016.08", "compute-auth", since("2016.01")),
    "sections-advisory-first": (sections("required", "cinder"), "2016.08", "cinder", sections("required")),
    "sections-deprecated-first": (no_sections, "2016.08", "glance", sections("deprecated")),
    "sections-agree": (names_sections("required"), "2016.08", "glance", names_sections("advisory")),
    "reaches-cutoff": (score("deployed"), "2016.08", "compute-auth", score("tools", "deployed")),
    "weights-stay": (draft_weights(61), "2016.08", "deployed", draft_weights(60)),
    "not-admin": (admin("compute-auth"), "2016.08", "compute-auth", admin("compute-flavors")),
    "new-without-flags": (flag("2016.08", date="2016-07-31"), "2016.08", ID.format(1), flag("2016.08")),
    "flag-complete": (flag("2016.08", action=""), "2016.08", ID.format(1), flag("2016.08")),
    "flag-code": (flag("2016.08", reason="removed-271467"), "2016.08", ID.format(1), flag("2016.08")),
    "flag-carried": (flag("2016.08"), "next", ID.format(1), flag("2016.08", "next")),
    "two-approved": (third, "2016.01", "2016.01", status(_2016_01="approved")),
    "replaces-chain": (replaces("2015.07"), "2016.08", "2016.08", replaces("2016.01")),
    "status-moves": (status(_2016_08="superseded", _2016_01="approved"), "2016.08", "2016.08", status(next="review")),
    "named-by-date": (approval("2016.09"), "2016.08", "2016.08", approval("2016-08-23")),
}


def found(report: rules.Report, rule: str) -> list[tuple[str, str, bool]]:
    """The findings of a rule: guideline, what it is about, whether the record explains it."""
    return [(key.removeprefix("powered/"), one.about, bool(one.known)) for key, one in report.of(rule)]


def test_every_rule_has_its_cases():
    # One status is broken only by a file that is an error already; its cases stand below.
    assert set(CASES) | {"one-status"} == set(rules.REGISTRY)


@pytest.mark.parametrize("rule", CASES)
def test_a_breach_is_found(rule: str, tmp_path: Path) -> None:
    change, id, about, _ = CASES[rule]
    files = base()
    change(files)
    report = run(load(files, tmp_path))
    assert (id, about, False) in found(report, rule)
    first = next(problem for key, problem in report.of(rule) if key == f"powered/{id}")
    lines = (tmp_path / first.path).read_text(encoding="utf-8").splitlines()
    assert 1 <= first.line <= len(lines)
    assert f"{first.path}:{first.line}: observation {rule}: " in str(first)


@pytest.mark.parametrize("rule", CASES)
def test_what_keeps_a_rule_is_no_finding(rule: str, tmp_path: Path) -> None:
    files = base()
    CASES[rule][3](files)
    report = run(load(files, tmp_path))
    assert found(report, rule) == []
    assert report.examined[rule] > 0


def test_the_base_breaks_nothing(tmp_path: Path) -> None:
    report = run(load(base(), tmp_path))
    assert [str(one) for some in report.findings.values() for one in some] == []


def test_regrouped_is_not_new(tmp_path: Path) -> None:
    files = base()
    require_regrouped(files)
    report = run(load(files, tmp_path))
    assert found(report, "advisory-first") == [
        ("2016.08", "compute-auth-get", True),
        ("2016.08", "compute-auth-set", True),
        # The draft has the old one again, whose tests stood in the two.
        ("next", "compute-auth", True),
    ]
    assert found(report, "deprecated-first") == [
        ("2016.08", "compute-auth", True),
        ("next", "compute-auth-get", True),
        ("next", "compute-auth-set", True),
    ]
    known = {one.known for _, one in report.of("deprecated-first")}
    assert "regrouped: 2 of its 2 tests are in compute-auth-get, compute-auth-set" in known


def test_half_of_the_tests_elsewhere_is_regrouped_and_less_is_not(tmp_path: Path) -> None:
    for folder, tests, explained in (("half", (1, 8), True), ("third", (1, 7, 8), False)):
        files = base()
        lists(files, "2016.08")["required"].append("compute-quotas")
        files["2016.08"]["capabilities"]["compute-quotas"] = capability(*tests)
        report = run(load(files, tmp_path / folder))
        assert ("2016.08", "compute-quotas", explained) in found(report, "advisory-first")


def test_one_status(tmp_path: Path) -> None:
    files = base()
    two_components(twice=False)(files)
    report = run(load(files, tmp_path / "explained"))
    assert found(report, "one-status") == [("2016.08", "compute-auth", True)]
    files = base()
    two_components(twice=True)(files)
    assert found(run(load(files, tmp_path / "kept")), "one-status") == []
    # Twice in one component is an error of the file, and not explained by components.
    files = base()
    lists(files, "2016.08")["advisory"].append("compute-auth")
    assert found(run(load(files, tmp_path / "broken")), "one-status") == [("2016.08", "compute-auth", False)]


def test_a_rule_is_not_held_before_its_time(tmp_path: Path) -> None:
    # A4.6 is of 2015A, adopted on 17 May 2015; D312 was added on 28 July 2015.
    files = {
        "2015.03": guideline("2015.03", "superseded", "2014.07", "2015.03"),
        "2015.04": guideline("2015.04", "superseded", "2015.03", "2015.04"),
        "2015.05": guideline("2015.05", "superseded", "2015.04", "2015.05"),
    }
    for number, id in ((4, "2015.04"), (5, "2015.05")):
        lists(files, id)["required"].append(f"compute-quotas-{number}")
        files[id]["capabilities"][f"compute-quotas-{number}"] = capability(number)
    for id in files:
        flag(id, date="2014-01-01")(files)
    report = run(load(files, tmp_path))
    assert found(report, "advisory-first") == [("2015.05", "compute-quotas-5", False)]
    assert found(report, "new-without-flags") == []


def test_a_rule_that_crashes_is_a_finding(tmp_path: Path) -> None:
    def fall(history: Any, one: Any) -> Any:
        yield Case(("metadata",), "x", "seen before the fall")
        raise ZeroDivisionError("by nought")

    registry = {"falls": Rule("falls", "Falls", "all", "", fall), "not-admin": rules.REGISTRY["not-admin"]}
    report = rules.run(Analysis(load(base(), tmp_path)), registry)
    crashed = report.of("rule-crashed")
    assert [key for key, _ in crashed] == ["powered/2016.01", "powered/2016.08", "powered/next"]
    message = crashed[0][1].message
    assert re.fullmatch(r"the rule falls failed at test_rules\.py:\d+: ZeroDivisionError: by nought", message)
    assert report.examined["not-admin"] == 3


def test_new_findings_of_the_draft(tmp_path: Path) -> None:
    files = base()
    flag("2016.08", "next", action="")(files)
    lists(files, "next")["required"].append("compute-quotas")
    files["next"]["capabilities"]["compute-quotas"] = capability(4)
    loaded = load(files, tmp_path)
    new = Analysis(loaded).new_findings(loaded.guidelines["powered/next"])
    assert [(one.code, one.about) for one in new] == [("advisory-first", "compute-quotas")]


@pytest.mark.by_hand
@pytest.mark.parametrize(
    "id, since, until, holders",
    [
        ("A4.6", "2015-05-17", "", ["2015A", "2015B", "2016A", "2017A"]),
        ("C6.1", "2015-10-18", "", ["2015B", "2016A", "2017A"]),
        ("C3.4", "2015-05-17", "2016-01-26", ["2015A", "2015B"]),
        ("D312", "2015-07-28", "", ["flagging"]),
    ],
)
def test_when_a_clause_was_in_force(id, since, until, holders, real_record):
    catalogue = real_record.catalogue
    assert process.since(catalogue, id) == since
    assert process.until(catalogue, id) == until
    assert process.holders(catalogue, id) == holders


def test_every_clause_a_rule_names_exists(real_record):
    named = {rule.clause for rule in rules.REGISTRY.values() if rule.clause}
    assert named >= {"A4.6", "A4.5", "A3.1", "A3.2", "A4.4", "A4.3", "D312", "D307", "D309", "D308", "C6.1", "D4.1"}
    assert [clause for clause in named if not process.holders(real_record.catalogue, clause)] == []


@pytest.mark.by_hand
class TestTheRecord:
    """What the rules find in the real files, counted by hand."""

    def findings(self, analysis: Analysis, rule: str, key: str) -> list[tuple[str, bool]]:
        return [(one.about, bool(one.known)) for one in analysis.report.findings[key] if one.code == rule]

    def test_identity_auth_came_at_once(self, real_analysis):
        assert self.findings(real_analysis, "advisory-first", "powered/2015.05") == [("identity-auth", False)]

    def test_two_came_at_once_in_2017_01_and_both_are_regrouped(self, real_analysis):
        shown = self.findings(real_analysis, "advisory-first", "powered/2017.01")
        assert shown == [("objectstore-info-request", True), ("objectstore-temp-url-put", True)]

    def test_2015_07_is_a_regrouping(self, real_analysis):
        shown = self.findings(real_analysis, "advisory-first", "powered/2015.07")
        assert len(shown) == 48  # 37 for compute and 11 for object storage
        assert all(explained for _, explained in shown)

    def test_all_of_2016_08_was_advisory_before(self, real_analysis):
        assert self.findings(real_analysis, "advisory-first", "powered/2016.08") == []

    def test_four_guidelines_are_approved_at_once(self, real_analysis):
        for program in ("powered", "dns", "orchestration"):
            shown = [key for key, one in real_analysis.report.of("two-approved") if key.startswith(f"{program}/")]
            assert shown == [f"{program}/2018.11", f"{program}/2019.06"]

    def test_weights_cannot_be_held_against_drafts_that_are_not_here(self, real_analysis):
        assert real_analysis.report.examined["weights-stay"] == 0
