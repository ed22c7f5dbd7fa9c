"""What a verdict is, on small records whose tests are written out; the expected verdicts were written by hand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from interop.analysis import verdict_format, verdict_texts
from interop.analysis.analysis import Analysis
from interop.analysis.results import Outcome, Result, result
from interop.analysis.score import Scorer, Verdict
from interop.analysis.verdict_format import Answer, unlinked
from interop.record.record import Record

from ..small_record import COMPUTE, ID, STORAGE, both, changed, define, flag, listed, load, only, put, rename, take

B = "2016.08"
ONE, TWO, THREE, FOUR = (ID.format(number) for number in (1, 2, 3, 4))
AUTH = ("capabilities", "compute-auth", "tests")
PASSED, FAILED, ERRORED, SKIPPED, MISSING = Outcome
Change = Callable[[dict[str, Any]], None]
#: A run: tests as runners write them, with their outcomes, in order.
Given = list[tuple[str, Outcome]]


def line(number: int) -> str:
    return f"tempest.test_{number}[id-{ID.format(number)}]"


ALL: Given = [(line(1), PASSED), (line(2), PASSED)]


def scored(record: Record, run: Given, key: str = f"powered/{B}", target: str = "compute") -> Answer:
    scorer = Scorer(Analysis(record))
    read = scorer.run()
    for name, outcome in run:
        read.add(result(name, outcome))
    return verdict_format.answer(scorer, read, record.guidelines[key], target)


@pytest.fixture
def verdict(tmp_path: Path) -> Callable[..., Verdict]:
    """The verdict on a run for 2016.08 after changes of it; its component requires tests 1 and 2 and flags none."""

    number = count()

    def score(run: Given, *changes: Change) -> Verdict:
        return scored(load(changed(only("2016.01", B), *changes), tmp_path / str(next(number))), run).verdict

    return score


def numbers(given: Verdict) -> dict[str, int]:
    """The numbers that are not 0."""
    data = {outcome.value: number for outcome, number in given.tests.outcomes.items()}
    data |= {"required": given.tests.required, "flagged": given.tests.flagged, "outside": given.tests.outside}
    return {name: number for name, number in data.items() if number}


ALIAS = put(B, *AUTH, "tempest.test_1", "aliases", ["tempest.alias"])
NO_ID = both(*(take(id, *AUTH, "tempest.test_1", "idempotent_id") for id in ("2016.01", B)))
ALIAS_OF_TWO = put(B, *AUTH, "tempest.test_2", "aliases", ["tempest.old"])
FLAGGED = flag(B)
QUOTAS = both(define(B, "compute-quotas", 1), listed(B, required="compute-auth compute-quotas"))

#: What is told about the run, the run, the changes of 2016.08, whether it meets it, and the numbers of tests.
VERDICTS: list[tuple[str, Given, Change, bool, dict[str, int]]] = [
    ("all passed", ALL, both(), True, {"required": 2, "passed": 2}),
    ("one failed", [ALL[0], (line(2), FAILED)], both(), False, {"required": 2, "passed": 1, "failed": 1}),
    ("one with an error", [ALL[0], (line(2), ERRORED)], both(), False, {"required": 2, "passed": 1, "errored": 1}),
    ("skipped is not passed", [ALL[0], (line(2), SKIPPED)], both(), False, {"required": 2, "passed": 1, "skipped": 1}),
    ("without a result", [ALL[0]], both(), False, {"required": 2, "passed": 1, "missing": 1}),
    ("flagged and failed", [(line(1), FAILED), ALL[1]], FLAGGED, True, {"required": 1, "passed": 1, "flagged": 1}),
    ("flagged and absent", [ALL[1]], FLAGGED, True, {"required": 1, "passed": 1, "flagged": 1}),
    (
        "flagged in one of two required capabilities",
        [(line(1), FAILED), ALL[1]],
        both(QUOTAS, FLAGGED),
        False,
        {"required": 2, "passed": 1, "failed": 1},
    ),
    (
        "flagged in both required capabilities",
        [ALL[1]],
        both(QUOTAS, FLAGGED, flag(B, capability="compute-quotas")),
        True,
        {"required": 1, "passed": 1, "flagged": 1},
    ),
    ("another name", [(f"x.y[id-{ONE},smoke]", PASSED), ALL[1]], both(), True, {"required": 2, "passed": 2}),
    ("only ids", [(ONE.upper(), PASSED), (f"id-{TWO}", PASSED)], both(), True, {"required": 2, "passed": 2}),
    ("two ids", [(f"x.y[id-{ONE},id-{TWO}]", PASSED)], both(), True, {"required": 2, "passed": 2}),
    (
        "only names",
        [("tempest.test_1", PASSED), ("tempest.test_2", PASSED)],
        both(),
        True,
        {"required": 2, "passed": 2},
    ),
    (
        "attributes without an id",
        [("tempest.test_1[smoke]", PASSED), ALL[1]],
        both(),
        True,
        {"required": 2, "passed": 2},
    ),
    ("an alias", [("tempest.alias", PASSED), ALL[1]], ALIAS, True, {"required": 2, "passed": 2}),
    (
        "the name with another id",
        [(f"tempest.test_1[id-{FOUR}]", PASSED), ALL[1]],
        both(),
        False,
        {"required": 2, "passed": 1, "missing": 1, "outside": 1},
    ),
    (
        "the name with another id, where the guideline has none",
        [(f"tempest.test_1[id-{FOUR}]", PASSED), ALL[1]],
        NO_ID,
        True,
        {"required": 2, "passed": 2},
    ),
    ("the id that another guideline gives to the name", ALL, NO_ID, True, {"required": 2, "passed": 2}),
    (
        "a test that is only advisory, and one that no guideline has",
        [*ALL, (line(3), FAILED), ("x.y.z", FAILED), ("x.y.z", PASSED)],
        both(),
        True,
        {"required": 2, "passed": 2, "outside": 2},
    ),
    (
        "a test that is only advisory, under two names",
        [*ALL, (line(3), FAILED), (f"x.y[id-{THREE}]", FAILED), (f"tempest.test_3[id-{THREE},smoke]", PASSED)],
        both(),
        True,
        {"required": 2, "passed": 2, "outside": 1},
    ),
    ("one pass is enough", [*ALL, (line(1), FAILED), (line(2), SKIPPED)], both(), True, {"required": 2, "passed": 2}),
    (
        "of several results without a pass, a failure counts",
        [(line(1), SKIPPED), (line(1), FAILED), (line(1), MISSING), ALL[1]],
        both(),
        False,
        {"required": 2, "passed": 1, "failed": 1},
    ),
]


@pytest.mark.by_hand
@pytest.mark.parametrize(
    ("run", "change", "met", "expected"), [each[1:] for each in VERDICTS], ids=[v[0] for v in VERDICTS]
)
def test_verdicts(run, change, met, expected, verdict):
    given = verdict(run, change)
    assert (given.met, numbers(given)) == (met, expected)
    assert sum(given.tests.outcomes.values()) == given.tests.required


def test_a_name_of_another_guideline_counts_unless_this_one_gives_it_to_another_test(verdict):
    renamed = rename("2016.01", "compute-auth", 1, "tempest.old")
    old = [("tempest.old", PASSED), ALL[1]]
    assert verdict(old, renamed).met is True
    taken = both(renamed, define(B, "compute-auth", 1, 2, 4), rename(B, "compute-auth", 4, "tempest.old"))
    given = verdict(old, taken)
    assert {key: tally.outcome for key, tally in given.results.items()} == {ONE: MISSING, TWO: PASSED, FOUR: PASSED}


def test_an_alias_here_is_not_the_test_that_had_this_name_before(verdict):
    given = verdict([("tempest.old", PASSED)], rename("2016.01", "compute-auth", 1, "tempest.old"), ALIAS_OF_TWO)
    assert {key: tally.outcome for key, tally in given.results.items()} == {ONE: MISSING, TWO: PASSED}


def test_a_name_that_two_tests_had_elsewhere_is_neither(tmp_path):
    twice = both(*(rename(id, "compute-auth", n, "tempest.old") for id, n in (("2016.01", 1), ("next", 2))))
    given = scored(load(changed(twice), tmp_path), [("tempest.old", PASSED), ("tempest.test_1", PASSED)]).verdict
    assert {key: tally.outcome for key, tally in given.results.items()} == {ONE: PASSED, TWO: MISSING}


def test_capabilities_are_counted_each_apart(verdict):
    given = verdict([ALL[1]], QUOTAS, flag(B, capability="compute-quotas"))
    parts = {name: (part.met, part.tests.required, part.tests.flagged) for name, part in given.capabilities.items()}
    assert parts == {"compute-auth": (False, 2, 0), "compute-quotas": (True, 0, 1)}


def test_results_of_one_test_that_differ_are_told(verdict):
    given = verdict([*ALL, ALL[0], (f"x.y[id-{TWO}]", FAILED)])
    assert (given.met, given.repeated, given.differing) == (True, (ONE, TWO), (TWO,))


def test_tests_with_several_results_are_named(tmp_path):
    """Test 2 has one id under two names, one of which passed."""
    record = load(changed(only("2016.01", B)), tmp_path)
    answer = scored(record, [*ALL, ALL[0], (f"x.y[id-{TWO}]", FAILED)])
    text = "\n".join(verdict_texts.to_text(answer, unlinked))
    same, differ = "the same results: passed", "different results: passed and failed"
    assert f"Several results:\n  tempest.test_1: {same}\n  tempest.test_2: {differ}\n" in text
    markdown = "\n".join(verdict_texts.to_markdown(answer, unlinked)).replace("\\", "")
    assert f"| tempest.test_1 | {same} |\n| tempest.test_2 | {differ} |\n" in markdown
    told = "Required tests with several results: 2, of which 1 with different ones; one pass is enough"
    assert told in text and told in markdown
    assert 'value="tempest.test_2: different results: passed and failed"' in verdict_texts.to_junit(answer)


CLASS = both(*(rename(B, "compute-auth", number, f"tempest.api.Test.test_{number}") for number in (1, 2)))


@pytest.mark.parametrize(
    "fixture", ["setUpClass (tempest.api.Test)", "tearDownClass (tempest.api.Test)", "setUpModule (tempest.api)"]
)
@pytest.mark.parametrize("outcome", [FAILED, SKIPPED, ERRORED])
def test_a_class_stands_for_its_tests_that_have_no_result(fixture, outcome, verdict):
    given = verdict([(fixture, outcome), (f"tempest.api.Test.test_1[id-{ONE}]", PASSED)], CLASS)
    assert numbers(given) == {"required": 2, "passed": 1, "missing": 1}
    assert given.results[TWO].reason == f"{fixture.partition(' ')[0]} {outcome}"
    alone = verdict([(fixture, outcome)], CLASS)
    assert (alone.told, alone.met, numbers(alone)) == (True, False, {"required": 2, "missing": 2})


TORN: Given = [(f"tempest.api.Test.test_{number}[id-{ID.format(number)}]", PASSED) for number in (1, 2)]


def test_a_tear_down_that_failed_after_all_tests_passed_changes_nothing_and_is_told(tmp_path):
    record = load(changed(only("2016.01", B), CLASS), tmp_path)
    scorer = Scorer(Analysis(record))
    run = scorer.run()
    for name, outcome in TORN:
        run.add(result(name, outcome))
    for name in ("tearDownClass (tempest.api.Test)", "tearDownClass (tempest.api.Other)"):
        run.add(result(name, FAILED, "a server is left"))
    answer = verdict_format.answer(scorer, run, record.guidelines[f"powered/{B}"], "compute")
    assert answer.verdict.met is True
    label = "tearDownClass (tempest.api.Test)"
    assert verdict_format.to_data(answer)["fixtures"] == {label: {"outcome": "failed", "reason": "a server is left"}}
    text = "\n".join(verdict_texts.to_text(answer, unlinked))
    assert f"Set-ups and tear-downs:\n  {label}: failed: a server is left\n" in text
    markdown = "\n".join(verdict_texts.to_markdown(answer, unlinked)).replace("\\", "")
    assert f"| {label} | failed: a server is left |" in markdown
    for written in (text, markdown):
        assert "Set-ups and tear-downs that did not pass, and change nothing: 1\n" in written
    assert f"{label}: failed: a server is left" in verdict_texts.to_junit(answer)


def test_a_class_that_is_the_reason_of_a_missing_test_is_told_there_only(verdict):
    given = verdict([("setUpClass (tempest.api.Test)", FAILED), TORN[0]], CLASS)
    assert (list(given.fixtures), given.apart) == (["setUpClass (tempest.api.Test)"], ())


def test_a_module_that_cannot_be_imported_is_the_reason_of_its_tests(verdict):
    given = verdict([("unittest.loader._FailedTest.tempest.api", FAILED)], CLASS)
    assert (given.met, numbers(given)) == (False, {"required": 2, "missing": 2})
    assert given.results[ONE].reason == "import failed"


def test_a_class_of_other_tests_tells_nothing(verdict):
    assert not verdict([("setUpClass (tempest.api.Tes)", FAILED)], CLASS).told


@pytest.mark.parametrize("run", [[], [(line(3), PASSED)], [("x.y.z", PASSED)], [(line(1), PASSED)]])
def test_without_a_result_of_a_required_test_there_is_no_verdict(run, verdict):
    assert not verdict(run, flag(B)).told


def test_a_target_without_required_tests_has_no_verdict(verdict):
    assert not verdict(ALL, listed(B, required="")).told


def test_the_platform_needs_the_tests_of_all_its_components(tmp_path):
    names = [{"name": COMPUTE}, {"name": STORAGE}]
    more = both(
        put(B, "platforms", "OpenStack Powered Platform", {"components": names}),
        listed(B, STORAGE, required="compute-quotas"),
        define(B, "compute-quotas", 4),
    )
    record = load(changed(only("2016.01", B), more), tmp_path)
    answer = scored(record, ALL, target="platform")
    assert answer.verdict.met is False
    assert answer.verdict.lacking == [FOUR]
    assert {one.wanted.target: one.met for one in answer.targets} == {"compute": True, "object": False}


def test_other_guidelines_and_what_they_need(tmp_path):
    record = load(changed(define(B, "compute-auth", 1, 2, 4)), tmp_path)
    given = verdict_format.to_data(scored(record, ALL, "powered/2016.01"))
    assert given["also_meets"] == []
    assert given["others"] == {f"powered/{B}": {"met": False, "lacks": [FOUR], "undecided": []}}
    text = "\n".join(verdict_texts.to_text(scored(record, ALL, "powered/2016.01"), str))
    assert f"Lacks for others: powered/{B} 1" in text
    next_one = f"Tests to pass for powered/{B}, the next guideline: 1, of which 0 are above"
    assert f"{next_one}\nmissing:\n  tempest.test_4  {FOUR}\n" in text
    back = verdict_format.to_data(scored(record, [*ALL, (line(4), PASSED)]))
    assert back["also_meets"] == ["powered/2016.01"]


@pytest.mark.parametrize(
    ("key", "target", "number"), [("shared-file-system/2022.11", "shared_file_system", 12), ("dns/2022.11", "dns", 18)]
)
def test_tests_of_unknown_status_leave_the_verdict_open(key, target, number, real_record):
    wanted = Scorer(Analysis(real_record)).wanted(real_record.guidelines[key], target)
    required, unknown = sorted(wanted.required), sorted(wanted.undecided)
    assert len(required) + len(unknown) == number
    run = [(id, PASSED) for id in (*required, *unknown)]
    # A run without a result of a required test is never a success.
    assert scored(real_record, run, key, target).verdict.met is (True if required else None)
    assert scored(real_record, [*run[:-1], (unknown[-1], SKIPPED)], key, target).verdict.met is None
    answer = scored(real_record, run[:-1], key, target)
    assert (answer.verdict.met, answer.verdict.undecided) == (None, [unknown[-1]])
    assert list(verdict_format.to_data(answer)["evidence"]["undecided"]) == [unknown[-1]]
    assert_open(verdict_texts.to_junit(answer), f"[id-{unknown[-1]}]", len(required))
    if required:
        assert scored(real_record, run[1:-1], key, target).verdict.met is False


def assert_open(junit: str, undecided: str, required: int) -> None:
    """No reader of JUnit takes an open verdict for a success."""
    suites = {suite.get("name"): suite for suite in ElementTree.fromstring(junit)}
    assert [one.get("type") for one in suites["verdict"].iter("error")] == ["open"]
    assert suites["verdict"].get("errors") == "1"
    (skipped,) = suites["tests of unknown status"].iter("skipped")
    assert skipped.get("message") == "status unknown: missing"
    names = [case.get("name") for case in suites["tests of unknown status"].iter("testcase")]
    assert [name for name in names if undecided in name]
    assert len(list(ElementTree.fromstring(junit).iter("testcase"))) >= 1 + len(names) + required


def test_only_results_of_tests_of_unknown_status_are_no_verdict_if_some_are_required(real_record):
    wanted = Scorer(Analysis(real_record)).wanted(real_record.guidelines["dns/2022.11"], "dns")
    run = [(id, PASSED) for id in wanted.undecided]
    assert not scored(real_record, run, "dns/2022.11", "dns").verdict.told


def test_a_reconstructed_guideline_gives_its_grade(real_record):
    """267 required tests of compute, counted by hand in the evidence of its file."""
    wanted = Scorer(Analysis(real_record)).wanted(real_record.guidelines["powered/2022.11"], "compute")
    answer = scored(real_record, [(id, PASSED) for id in wanted.required], "powered/2022.11")
    evidence = verdict_format.to_data(answer)["evidence"]
    assert (answer.verdict.met, evidence["grade"], evidence["undecided"]) == (True, "stated", {})
    assert sum(evidence["tests"].values()) == len(wanted.required) == 267
    text = "\n".join(verdict_texts.to_text(answer, unlinked))
    number = evidence["tests"]["inferred"]
    assert 'Grade of evidence of the guideline: "stated", and of where its required tests belong: ' in text
    assert f'{number} "inferred"' in text and 'explains them under "Grade of evidence"' in text


def test_the_state_of_the_guideline_is_that_of_its_export(real_record, interop, guidelines, tmp_path):
    exported = interop(guidelines, "export", "dns/2020.06").stdout.encode()
    answer = scored(real_record, [], "dns/2020.06", "dns")
    assert answer.sha256 == hashlib.sha256(exported).hexdigest()
    assert answer.as_of == real_record.as_of() != ""


@pytest.mark.by_hand
def test_the_digest_of_the_official_file_is_told_where_it_is_recorded(real_record):
    """That of 2020.06 was made by hand with sha256sum; of 2022.11 no official file is available."""
    digest = "c0105bc9de1ad0bd1c75062017e4cd808cfbb1bb4fdaef5476623c9ea2f51887"
    answer = scored(real_record, [], "powered/2020.06", "platform")
    assert verdict_format.to_data(answer)["state"]["official_sha256"] == digest != answer.sha256
    (told,) = (line for line in verdict_format.basis(answer) if "SHA-256" in line)
    assert told.endswith(f"as this record exports it: {answer.sha256}; of its official file: {digest}")
    none = scored(real_record, [], "powered/2022.11", "platform")
    assert verdict_format.to_data(none)["state"]["official_sha256"] is None
    assert any(line.endswith("of its official file: not recorded") for line in verdict_format.basis(none))


SHOWN = "</a> <script>x</script> | `y` [z](javascript:0) \\x1b[31m \\x00"
REASON = "</a> <script>x</script> | `y` [z](javascript:0) \x1b[31m \x00"


@pytest.fixture
def hostile(tmp_path: Path) -> Answer:
    """A run whose reasons are markup and control characters."""
    record = load(changed(only("2016.01", B)), tmp_path)
    scorer = Scorer(Analysis(record))
    run = scorer.run()
    run.add(result(line(1), FAILED, REASON))
    run.add(result("tempest.<script>\x1b[0m[id-x]", FAILED, REASON))
    return verdict_format.answer(scorer, run, record.guidelines[f"powered/{B}"], "compute")


def test_text_and_markdown_show_markup_as_it_is(hostile):
    text = "\n".join(verdict_texts.to_text(hostile, lambda id: f"tests/{id}.html"))
    assert "\x1b" not in text and "\x00" not in text
    assert "<script>x</script> | `y` [z](javascript:0) \\x1b[31m \\x00" in text
    assert f"tests/{ONE}.html" in text
    markdown = "\n".join(verdict_texts.to_markdown(hostile, lambda id: f"tests/{id}.html"))
    assert r"\<script\>x\</script\> \| \`y\` \[z\]\(javascript:0\)" in markdown
    assert f"](<tests/{ONE}.html>)" in markdown
    for written in (text, markdown.replace("\\", "")):
        assert "It is not a certificate" in written


def test_junit_is_xml_in_which_what_did_not_pass_failed(hostile):
    root = ElementTree.fromstring(verdict_texts.to_junit(hostile))
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in root] == [
        ("verdict", "1", "1"),
        ("compute-auth", "2", "2"),
    ]
    cases = {case.get("name"): case.find("failure").get("type") for case in root.iter("testcase")}
    assert any("not a certificate" in str(one.get("value")) for one in root.iter("property"))
    assert cases == {"verdict": "not met", f"test_1[id-{ONE}]": "failed", f"test_2[id-{TWO}]": "missing"}


def test_data_is_json_with_the_keys_of_the_definition(hostile):
    data = json.loads(json.dumps(verdict_format.to_data(hostile)))
    first = ["guideline", "target", "met", "tests", "capabilities", "missing", "also_meets"]
    assert list(data)[:7] == first
    outcomes = {"required": 2, "passed": 0, "failed": 1, "errored": 0, "skipped": 0, "missing": 1, "flagged": 0}
    assert data["tests"] == outcomes | {"outside": 1}
    assert data["capabilities"] == {"compute-auth": {"met": False, "tests": outcomes}}
    assert data["missing"] == [TWO]
    failed = {"outcome": "failed", "reason": SHOWN, "name": "tempest.test_1", "url": None}
    assert data["not_passed"][ONE] == failed
    assert data["not_passed"][TWO] == {"outcome": "missing", "reason": "", "name": "tempest.test_2", "url": None}
    linked = verdict_format.to_data(hostile, lambda id: f"https://x/tests/{id}.html")
    assert linked["not_passed"][ONE] == failed | {"url": f"https://x/tests/{ONE}.html"}
    assert "not a certificate" in data["notice"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a.b.test_x[id-" + ONE.upper() + ",smoke]", Result("a.b.test_x", frozenset({ONE}), PASSED)),
        ("a.b.test_x(v2)", Result("a.b.test_x", frozenset(), PASSED)),
        ("setUpClass(a.b.C)", Result("a.b.C", frozenset(), PASSED, "", "setUpClass")),
        ("tearDownClass (a.b.C)", Result("a.b.C", frozenset(), PASSED, "", "tearDownClass")),
        ("unittest.loader._FailedTest.a.b", Result("a.b", frozenset(), PASSED, "", "import")),
        (ONE, Result("", frozenset({ONE}), PASSED)),
    ],
)
def test_how_runners_write_tests(written, expected):
    assert result(written, PASSED) == expected


def test_a_long_reason_is_cut():
    assert len(result("a.b", FAILED, "x " * 10**6).reason) == 300
