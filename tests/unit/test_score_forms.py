"""One run of a toy suite with the names and ids of 2020.06, in every form: one and the same verdict.

The numbers were written by hand: of the 273 required tests 261 passed, 6 were skipped and 6 failed.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from interop.analysis import verdict_format, verdict_texts
from interop.analysis.score import Scorer
from interop.analysis.verdict_format import Answer
from interop.tools.results import reading

from .. import toy_runs
from ..toy_runs import ToyRun

KEY = "powered/2020.06"
pytestmark = pytest.mark.by_hand
TESTS = {
    "required": 273,
    "passed": 261,
    "failed": 6,
    "errored": 0,
    "skipped": 6,
    "missing": 0,
    "flagged": 11,
    "outside": 2,
}
#: In these forms there are only passed tests; of the two tests that are not required one is in them.
ONLY_PASSED = TESTS | {"failed": 0, "skipped": 0, "missing": 12, "outside": 1}
OUTSIDE = {
    "tempest.api.other.Test.test_a[id-00000000-0000-4000-8000-00000000000a]": "success",
    "my.Test.test_b": "fail",
}


@pytest.fixture(scope="module")
def scorer(real_analysis) -> Scorer:
    return Scorer(real_analysis)


@pytest.fixture(scope="module")
def run(interop, guidelines) -> ToyRun:
    """The first six tests by name are skipped, the next six fail, and every other one passes."""
    lines = interop(guidelines, "tests", KEY, "--no-flagged", "--no-aliases").stdout.split()
    assert len(lines) == 273
    outcomes = ["skip"] * 6 + ["fail"] * 6 + ["success"] * 261
    return dict(zip(lines, outcomes, strict=True)) | OUTSIDE


@pytest.fixture(scope="module")
def of_stestr(run, tmp_path_factory) -> dict[str, bytes]:
    return toy_runs.stestr(run, tmp_path_factory.mktemp("toy"))


@pytest.fixture(scope="module")
def without_cloud(run, tmp_path_factory) -> dict[str, bytes]:
    return toy_runs.stestr(run, tmp_path_factory.mktemp("toy"), cloud=False)


@pytest.fixture
def answer(scorer, tmp_path):
    """The answer on the content of a file for 2020.06, and the form as which the file is read."""

    def run_it(content: bytes) -> tuple[Answer, str]:
        path = tmp_path / "results"
        path.write_bytes(content)
        read = scorer.run()
        form = reading.read(str(path), read.add)
        read.forms.append(form)
        return verdict_format.answer(scorer, read, scorer.history.record.guidelines[KEY], "platform"), form

    return run_it


@pytest.fixture
def score(answer):
    """The verdict on the content of a file for 2020.06, as data."""
    return lambda content: verdict_format.to_data(answer(content)[0])


def same(verdict: dict[str, Any]) -> dict[str, Any]:
    """The data of a verdict without what depends on the form of the file: its name, and reasons, which some lack."""
    not_passed = {key: one["outcome"] for key, one in verdict["not_passed"].items()}
    return verdict | {"input": None, "not_passed": not_passed}


@pytest.mark.parametrize("form", ["subunit_2", "subunit_1", "junit", "csv"])
def test_every_form_gives_the_same_verdict(form, run, score):
    expected = score(toy_runs.subunit_2(run))
    assert expected["tests"] == TESTS
    assert expected["met"] is False
    assert same(score(getattr(toy_runs, form)(run))) == same(expected)


@pytest.mark.parametrize(
    ("part", "form"),
    [
        ("kept", "subunit v1"),
        ("last", "console of stestr"),
        ("colours", "console of stestr"),
        ("subunit", "subunit v2"),
    ],
)
def test_a_run_of_stestr_gives_the_same_verdict(part, form, run, of_stestr, score, answer):
    given, read_as = answer(of_stestr[part])
    assert read_as == form
    assert same(verdict_format.to_data(given)) == same(score(toy_runs.subunit_2(run)))


def test_the_reasons_are_told(of_stestr, score):
    """Skipped tests in every form that has reasons; the toy suite skips for one reason."""
    for part in ("kept", "last", "subunit"):
        given = [one for one in score(of_stestr[part])["not_passed"].values() if one["outcome"] == "skipped"]
        assert [one["reason"] for one in given] == ["no service"] * 6


@pytest.mark.parametrize("form", ["refstack", "names"])
def test_the_answer_tells_what_the_input_was(form, run, answer):
    """In every format, that such a file has passed tests only, or looks like one."""
    given, read_as = answer(getattr(toy_runs, form)(run))
    data = verdict_format.to_data(given)["input"]
    assert (data["forms"], data["results"]) == ([read_as], 262)
    (note,) = data["notes"]
    assert read_as in note
    markdown = "\n".join(verdict_texts.to_markdown(given, str)).replace("\\", "")
    for written in ("\n".join(verdict_texts.to_text(given, str)), markdown, verdict_texts.to_junit(given)):
        assert f"Results in the run: 262, read as {read_as}; {note}" in written


@pytest.mark.parametrize("form", ["refstack", "names"])
def test_forms_with_passed_tests_only_call_the_others_missing(form, run, score):
    verdict = score(getattr(toy_runs, form)(run))
    assert (verdict["met"], verdict["tests"]) == (False, ONLY_PASSED)
    expected = score(toy_runs.subunit_2(run))
    assert set(verdict["missing"]) == set(expected["not_passed"])
    assert verdict["also_meets"] == expected["also_meets"]


def test_a_worker_that_failed_is_told_and_is_no_test(run, score, answer):
    """The console has a failure without a line for it, and a stream a result."""
    passed = dict.fromkeys(run, "success")
    lines = "".join(f"{{0}} {name.partition('[')[0]} [0.1s] ... ok\n" for name in passed)
    totals = "Ran: 276 tests in 1.0 sec.\n - Passed: 275\n - Skipped: 0\n - Failed: 1\n"
    note = "1 failure has no test: a worker process failed, and tests that it did not get to are missing"
    for content in ((lines + totals).encode(), toy_runs.subunit_2(passed | {"process-returncode": "fail"})):
        data = score(content)
        assert (data["met"], data["tests"]["outside"], data["input"]["results"]) == (True, 2, 276)
        assert data["input"]["notes"] == [note]
        text = list(verdict_texts.to_text(answer(content)[0], str))
        assert any(line.startswith("Results in the run: 276") and line.endswith(note) for line in text)


@pytest.mark.parametrize("part", ["kept", "last", "subunit"])
def test_without_a_cloud_no_required_test_ran(part, without_cloud, score):
    verdict = score(without_cloud[part])
    assert verdict["met"] is False
    assert verdict["tests"] == TESTS | {"passed": 0, "failed": 0, "skipped": 0, "missing": 273, "outside": 0}
    assert len(verdict["missing"]) == 273


def test_without_a_cloud_the_reason_is_told(without_cloud, answer):
    """Once for all 273 tests, the names of which follow."""
    text = "\n".join(verdict_texts.to_text(answer(without_cloud["kept"])[0], lambda id: ""))
    reason = "missing: setUpClass failed: RuntimeError: there is no cloud:\n"
    assert text.count("RuntimeError: there is no cloud") == text.count(reason) == 1
    names = text.partition(reason)[2].partition("\n\n")[0].splitlines()
    assert len(names) == 273 and all(name.startswith("  ") for name in names)


def test_all_passed(run, score):
    verdict = score(toy_runs.subunit_2(dict.fromkeys(run, "success")))
    assert (verdict["met"], verdict["missing"], verdict["not_passed"]) == (True, [], {})
    assert set(verdict["targets"].items()) == {("compute", True), ("object", True)}
    assert len(verdict["capabilities"]) == 78
    assert all(part["met"] for part in verdict["capabilities"].values())


def test_a_draft_is_marked_and_met_by_nobody(run, scorer, tmp_path):
    """In each text and in the data; a run that meets it does not have it among those that it also meets."""
    path, read = tmp_path / "results", scorer.run()
    path.write_bytes(toy_runs.names(dict.fromkeys(run, "success")))
    reading.read(str(path), read.add)
    guidelines = scorer.history.record.guidelines
    draft, dated = (
        verdict_format.answer(scorer, read, guidelines[key], "platform") for key in ("powered/next", "powered/2020.06")
    )
    begin = "powered/next (draft), target platform: met: "
    assert verdict_format.headline(draft.verdict).startswith(begin)
    assert next(verdict_texts.to_text(draft, str)).startswith(begin)
    assert next(verdict_texts.to_markdown(draft, str)).replace("\\", "").startswith(f"## {begin}")
    assert begin in verdict_texts.to_junit(draft)
    assert [verdict_format.to_data(one)["draft"] for one in (draft, dated)] == [True, False]
    assert "(draft)" not in verdict_format.headline(dated.verdict)
    assert "powered/next" not in verdict_format.to_data(dated)["also_meets"]


def test_a_capability_whose_tests_are_all_flagged_has_nothing_to_pass(run, answer):
    """Which is no success: it is met, in the data, since nothing of it is required."""
    given, _ = answer(toy_runs.names(dict.fromkeys(run, "success")))
    parts = {name: part for name, part in given.verdict.capabilities.items() if not part.tests.required}
    assert parts
    text, markdown = "\n".join(verdict_texts.to_text(given, str)), "\n".join(verdict_texts.to_markdown(given, str))
    assert text.count("  nothing to pass  ") == markdown.count("| nothing to pass |") == len(parts)
    for name in parts:
        assert re.search(rf"^{name} +nothing to pass  0 passed, ", text, re.MULTILINE)


def test_several_results_are_told(run, answer):
    """One test failed and passed, another failed and was skipped, and a third passed twice."""
    first, second, third, *_ = run
    rows = [(first, "fail"), (first, "success"), (second, "skip"), (second, "fail"), (third, "success")]
    lines = [f'"{name}",{outcome},,' for name, outcome in [*rows, rows[-1]]]
    given, _ = answer("\n".join(["test,status,start_time,stop_time", *lines, ""]).encode())
    text = list(verdict_texts.to_text(given, str))
    names = [name.partition("[")[0] for name in (first, second, third)]
    words = [
        "different results: passed and failed",
        "different results: failed and skipped",
        "the same results: passed",
    ]
    told = text[text.index("Several results:") + 1 :][:3]
    assert sorted(told) == sorted(f"  {name}: {what}" for name, what in zip(names, words, strict=True))
    assert verdict_format.to_data(given)["differing"] == sorted(given.verdict.differing)
    assert len(given.verdict.differing) == 2


def test_the_properties_of_junit_xml_have_names(run, answer):
    """Each one another, so that a reader which keeps one of each loses nothing."""
    (first, *_), tests = run, run
    twice = "".join(f"{name}\n" for name in (first, *tests) if "[" in name)
    root = ElementTree.fromstring(verdict_texts.to_junit(answer(twice.encode())[0]))
    found = [one.get("name") for one in root.iter("property")]
    assert found == ["notice", "results", "state", f"several results: {first.partition('[')[0]}"]


def test_names_without_ids_and_ids_without_names_are_enough(run, score):
    names = "".join(f"{test.partition('[')[0]}\n" for test in run)
    ids = "".join(f"{test.partition('[')[2].strip(']').upper()}\n" for test in run if "[" in test)
    assert all(score(text.encode())["met"] for text in (names, ids, ids.lower(), ids.replace("ID-", "")))


def test_the_command_prints_the_verdict_and_ends_with_its_status(run, score, interop, guidelines, tmp_path):
    """In two parts, which are one run."""
    first, second = tmp_path / "first", tmp_path / "second"
    half = len(run) // 2
    passed = dict.fromkeys(run, "success")
    first.write_bytes(toy_runs.subunit_2(dict(list(passed.items())[:half])))
    second.write_bytes(toy_runs.names(dict(list(passed.items())[half:])))
    one = interop(guidelines, "score", KEY, first, "--format", "json")
    assert (one.returncode, json.loads(one.stdout)["met"]) == (1, False)
    assert one.stderr == f"interop: {first}: read as subunit v2\n"
    both = interop(guidelines, "score", KEY, first, second, "--format", "json")
    assert both.returncode == 0
    assert same(json.loads(both.stdout)) == same(score(toy_runs.subunit_2(passed)))
    assert json.loads(both.stdout)["input"]["forms"] == ["subunit v2", "list of passed tests"]


def test_utf_16_as_windows_writes_it(of_stestr, score):
    windows = of_stestr["last"].decode().replace("\n", "\r\n").encode("utf-16")
    assert score(windows) == score(of_stestr["last"])


def test_text_before_a_stream_is_left_out(run, score):
    assert score(b"running the tests\n" + toy_runs.subunit_2(run))["tests"] == TESTS


def test_the_project_builds_without_the_readers(guidelines):
    """The packages for subunit and JUnit are imported when a file needs them, so that other commands stay fast."""
    code = "import sys, interop.commands.parser; print([m for m in ('subunit', 'junitparser') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(guidelines).parent / "_ext", capture_output=True, text=True
    )
    assert done.stdout == "[]\n", done.stderr
