"""The page that checks a run gives the answer of the command line, for every form of results."""

# ruff: noqa: F811  (fixtures)
from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from interop.analysis import test_lists, verdict_format, verdict_texts
from interop.analysis.results import Outcome, result
from interop.analysis.score import Scorer
from interop.record import writer
from interop.record.record import Record
from interop.site import urls
from interop.tools.results import reading
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select

from .. import toy_runs
from ..toy_runs import ToyRun
from ..unit.test_score_input import large
from .check_page import KEY, TARGET, faults_of_looks, give, page, run, saved, scorer, status  # noqa: F401
from .test_browser import browser  # noqa: F401
from .test_policy import guarded  # noqa: F401

#: The forms in which the toy run is written; those of stestr are made by a run of it.
FORMS = ("subunit_2", "subunit_1", "junit", "csv", "refstack", "names")
#: What real Tempest wrote: see tests/unit/test_recipe.py.
RECORDED = Path(__file__).parents[1] / "fixtures" / "recipe" / "result.subunit"
OF_STESTR = ("kept", "last", "colours", "subunit")
#: Chooses targets of a guideline, one after the other, and returns what would be saved for each, or what is said.
EVERY = """
  const [key, targets, done] = arguments;
  const form = document.querySelector("form.check.run");
  const said = form.querySelector("[role=status]");
  const choose = (name, value) => {
    said.textContent = "";
    form.elements[name].value = value;
    form.elements[name].dispatchEvent(new Event("change"));
  };
  const until = async (ready) => {
    while (!ready()) await new Promise((resolve) => setTimeout(resolve));
  };
  (async () => {
    const found = [];
    choose("guideline", key);
    for (const target of targets) {
      await until(() => said.textContent);
      choose("target", target);
      await until(() => said.textContent);
      globalThis.saved = null;
      const buttons = [...document.querySelectorAll("#check-result button")];
      const save = buttons.find((one) => one.textContent === "Save JSON");
      save?.click();
      if (save) await until(() => globalThis.saved !== null);
      found.push(save ? globalThis.saved : said.textContent);
    }
    done(found);
  })();
"""


@pytest.fixture(scope="module")
def of_stestr(run: ToyRun, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return toy_runs.stestr(run, tmp_path_factory.mktemp("toy"))


@pytest.fixture(scope="module")
def without_cloud(run: ToyRun, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return toy_runs.stestr(run, tmp_path_factory.mktemp("toy"), cloud=False)


def link_on(page: webdriver.Chrome) -> verdict_format.Link:
    """The URLs of tests that the page writes: those of the site that it is part of."""
    home = str(page.current_url).rpartition("/")[0]
    return lambda id: f"{home}/{urls.test(id)}.html"


def assert_same(page: webdriver.Chrome, content: bytes, tmp_path: Path, scorer: Scorer, real_record: Record) -> None:
    """The page saves what the command prints, as JSON and as Markdown, to the letter."""
    path, run = tmp_path / "results", scorer.run()
    path.write_bytes(content)
    run.forms.append(reading.read(str(path), run.add))
    found = verdict_format.answer(scorer, run, real_record.guidelines[KEY], TARGET)
    assert give(page, path) == verdict_format.headline(found.verdict)
    assert saved(page, "JSON") == writer.to_json(verdict_format.to_data(found, link_on(page)))
    markdown = verdict_texts.to_markdown(found, link_on(page))
    assert saved(page, "Markdown") == "\n".join([*markdown, ""])


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_answer_of_the_command_line(
    form: str, page: webdriver.Chrome, run: ToyRun, tmp_path: Path, scorer: Scorer, real_record: Record
) -> None:
    assert_same(page, getattr(toy_runs, form)(run), tmp_path, scorer, real_record)


def test_text_before_a_stream_is_passed_over(
    page: webdriver.Chrome, run: ToyRun, tmp_path: Path, scorer: Scorer, real_record: Record
) -> None:
    """Also if a character of it ends in the byte with which a packet begins."""
    assert_same(page, "Autenticaci\u00f3n\n".encode() + toy_runs.subunit_2(run), tmp_path, scorer, real_record)


@pytest.mark.parametrize("name", ["utf-8", "us-ascii", "ISO-8859-1", "latin-1"])
def test_junit_xml_in_encodings_and_with_tests_that_did_not_run(
    name: str, page: webdriver.Chrome, run: ToyRun, tmp_path: Path, scorer: Scorer, real_record: Record
) -> None:
    first, second, third, fourth, *_ = run
    said = "" if "ascii" in name else "caf\u00e9 \u0092 &gt;"
    cases = [
        f"<testcase name='{first}' status='notrun'/>",
        f"<testcase name='{second}'><disabled/></testcase>",
        f"<testcase name='{third}'><failure message='{said}'/></testcase>",
        f"<testcase name='{fourth}' status='run'><system-out><![CDATA[<a '> \"]]></system-out></testcase>",
    ]
    text = f"<?xml version='1.0' encoding='{name}'?>\n<testsuite>{''.join(cases)}</testsuite>"
    content = text.encode("latin-1" if "1" in name else "utf-8")
    assert_same(page, content, tmp_path, scorer, real_record)
    assert "1 of 273 required tests passed" in status(page)
    assert "it did not run" in page.find_element(By.ID, "check-result").text


def test_a_table_with_a_long_field(
    page: webdriver.Chrome, run: ToyRun, tmp_path: Path, scorer: Scorer, real_record: Record
) -> None:
    lines = ["test,status,start_time,stop_time", f'"{"a" * 200_000}",success,,']
    text = "\n".join([*lines, *(f'"{name}",success,,' for name in run), ""])
    assert_same(page, text.encode(), tmp_path, scorer, real_record)


@pytest.mark.parametrize("form", ["subunit v2", "subunit v1", "console of stestr"])
def test_large_files_are_read_in_pieces(
    form: str, page: webdriver.Chrome, run: ToyRun, tmp_path: Path, scorer: Scorer, real_record: Record
) -> None:
    """Tests whose output is over the ends of pieces: the same results as from one in which nothing is cut."""
    tests = [*run][:40]
    content = large(form, 10_000_000, tests)
    assert len(content) > 2 * (1 << 22)
    assert_same(page, content, tmp_path, scorer, real_record)


@pytest.mark.parametrize("form", OF_STESTR)
def test_a_run_of_stestr_gives_the_answer_of_the_command_line(
    form: str, page: webdriver.Chrome, of_stestr: dict[str, bytes], tmp_path: Path, scorer: Scorer, real_record: Record
) -> None:
    assert_same(page, of_stestr[form], tmp_path, scorer, real_record)


def test_a_worker_that_failed_is_told_as_on_the_command_line(
    page: webdriver.Chrome, run: ToyRun, tmp_path: Path, scorer: Scorer, real_record: Record
) -> None:
    """As a failure without a line in the console, and as a result in a stream."""
    tests = [name.partition("[")[0] for name in run]
    lines = "".join(f"{{{number % 3}}} {name} [0.1s] ... ok\n" for number, name in enumerate(tests))
    totals = f"Ran: {len(tests) + 2} tests in 1.0 sec.\n - Passed: {len(tests)}\n - Skipped: 0\n - Failed: 2\n"
    assert_same(page, (lines + totals).encode(), tmp_path, scorer, real_record)
    assert "2 failures have no test: " in page.find_element(By.ID, "check-result").text
    stream = toy_runs.subunit_2(run | {"process-returncode": "fail"})
    assert_same(page, stream, tmp_path, scorer, real_record)
    assert "1 failure has no test: " in page.find_element(By.ID, "check-result").text


@pytest.mark.parametrize("form", OF_STESTR)
def test_without_a_cloud_the_answer_is_that_of_the_command_line(
    form: str,
    page: webdriver.Chrome,
    without_cloud: dict[str, bytes],
    tmp_path: Path,
    scorer: Scorer,
    real_record: Record,
) -> None:
    assert_same(page, without_cloud[form], tmp_path, scorer, real_record)
    assert "0 of 273 required tests passed" in status(page)


def test_a_recorded_run_of_tempest_gives_the_answer_of_the_command_line(
    page: webdriver.Chrome, tmp_path: Path, scorer: Scorer, real_record: Record
) -> None:
    """Against no cloud: each class fails in setUpClass, so nothing passed, and every required test did not run."""
    assert_same(page, RECORDED.read_bytes(), tmp_path, scorer, real_record)
    assert "0 of 273 required tests passed" in status(page)


def test_several_results_and_tear_downs_are_told_as_on_the_command_line(
    page: webdriver.Chrome, run: ToyRun, tmp_path: Path, scorer: Scorer, real_record: Record
) -> None:
    """One test under two names, one of which failed; a class whose tear-down failed after its tests passed."""
    classes = [name.partition("[")[0].rpartition(".")[0] for name in run]
    name, id = next(name.partition("[") for name, owner in zip(run, classes, strict=True) if classes.count(owner) == 1)[
        ::2
    ]
    lines = [f'"{name}[{id}",success,,', f'"x.y[{id}",failure,,', f'"tearDownClass ({name.rpartition(".")[0]})",fail,,']
    text = "\n".join(["test,status,start_time,stop_time", *lines, '"unittest.loader._FailedTest.a.b",fail,,', ""])
    assert_same(page, text.encode(), tmp_path, scorer, real_record)
    shown = page.find_element(By.ID, "check-result").text
    assert f"{name}: different results: passed and failed" in shown
    assert f"tearDownClass ({name.rpartition('.')[0]}): failed" in shown


def random_run(scorer: Scorer) -> list[tuple[str, str]]:
    """Tests of all guidelines with outcomes: old and new names, with the id, without, or with another one."""
    rng, rows = random.Random(15), []
    for key, names in sorted(scorer.names.names.items()):
        for name in rng.sample(sorted(names), rng.randint(0, min(2, len(names)))):
            ids = ["", "", f"[id-{key}]", f"[id-{key},smoke]", "[id-00000000-0000-4000-8000-00000000000a]", "[]"]
            outcome = rng.choice(["success", "success", "success", "failure", "skip"])
            rows += [(name + rng.choice(ids), outcome)] * rng.choice([1, 1, 2])
    teardown = "tearDownClass (tempest.api.identity.v3.test_tokens.TokensV3Test)"
    return [*rows, (teardown, "failure"), ("a.b", "success"), ("é.ü", "skip")]


def test_any_run_gives_the_same_answer_for_every_guideline_and_target(
    page: webdriver.Chrome, scorer: Scorer, real_record: Record, tmp_path: Path
) -> None:
    """For each guideline one target or two: the answer has the verdicts on the others."""
    rows = random_run(scorer)
    path = tmp_path / "random.csv"
    lines = [f'"{name}",{outcome},,' for name, outcome in rows]
    path.write_text("\n".join(["test,status,start_time,stop_time", *lines, ""]), encoding="utf-8")
    outcomes = {"success": Outcome.PASSED, "failure": Outcome.FAILED, "skip": Outcome.SKIPPED}
    read = scorer.run()
    read.forms.append("CSV of subunit2csv")
    for name, outcome in rows:
        read.add(result(name, outcomes[outcome]))
    give(page, path)
    compared = 0
    for guideline in real_record.guidelines.values():
        targets = list(test_lists.targets(real_record, guideline))[::2]
        for target, shown in zip(targets, page.execute_async_script(EVERY, guideline.key, targets), strict=True):
            found = verdict_format.answer(scorer, read, guideline, target)
            expected = (
                writer.to_json(verdict_format.to_data(found, link_on(page))) if found.verdict.told else "No verdict."
            )
            assert shown == expected, (guideline.key, target)
            compared += found.verdict.told
    assert compared > 30


def test_all_guidelines_at_once_can_be_saved(
    page: webdriver.Chrome, run: ToyRun, tmp_path: Path, scorer: Scorer, real_record: Record
) -> None:
    """As JSON, with what the JSON of each has; as Markdown, with a row for each."""
    path, read = tmp_path / "results", scorer.run()
    path.write_bytes(toy_runs.subunit_2(run))
    read.forms.append(reading.read(str(path), read.add))
    Select(page.find_element(By.NAME, "guideline")).select_by_value("")
    give(page, path)
    found = json.loads(saved(page, "JSON"))
    assert len(found) > 30
    for one in found:
        guideline = real_record.guidelines[one["guideline"]]
        answer = verdict_format.answer(scorer, read, guideline, one["target"])
        whole = verdict_format.to_data(answer, link_on(page))
        assert one.keys() == whole.keys() - {"also_meets", "others", "targets"}
        assert one == {name: whole[name] for name in one}
    markdown = saved(page, "Markdown").splitlines()
    drafts = [one["met"] for one in found if one["draft"]]
    others = [one["met"] for one in found if not one["draft"]]
    assert drafts and {one["guideline"] for one in found if one["draft"]} == {"powered/next"}
    apart = f"; drafts, which do not count: {drafts.count(True)} of {len(drafts)}"
    assert markdown[0] == f"## Met: {others.count(True)} of {len(others)} guidelines and targets{apart}"
    rows = [row.replace("\\", "") for row in markdown if row.startswith("| ")]
    verdicts = [row for row in rows if row.startswith("| powered/next | ") and row.count("|") == 8]
    assert verdicts and all("met (draft) |" in row for row in verdicts)
    assert f"- Results in the run: {read.number}, read as subunit v2" in markdown
    assert f"- State of the source data: {real_record.as_of()}" in [line.replace("\\", "") for line in markdown]
    digests = {one["guideline"]: one["state"] for one in found}
    for key, state in digests.items():
        assert f"| {key} | {state['sha256']} | {state['official_sha256'] or 'not recorded'} |" in rows
    shown = page.find_element(By.ID, "check-result").text
    assert f"Results in the run: {read.number}, read as subunit v2" in shown
    assert all(state["sha256"] in shown for state in digests.values())
    assert faults_of_looks(page) == []
    assert "| powered/2020.06 | platform | not met | 261 | 273 | 12 | 0 |" in markdown
    assert len([row for row in rows if "---" not in row]) == 2 + len(found) + len(digests)


def test_what_a_form_lacks_is_told_for_all_guidelines_too(page: webdriver.Chrome, run: ToyRun, tmp_path: Path) -> None:
    path = tmp_path / "results"
    path.write_bytes(toy_runs.names(run))
    Select(page.find_element(By.NAME, "guideline")).select_by_value("")
    give(page, path)
    note = verdict_format.NOTES["list of passed tests"]
    assert note in page.find_element(By.ID, "check-result").text
    assert note in saved(page, "Markdown").replace("\\", "")
