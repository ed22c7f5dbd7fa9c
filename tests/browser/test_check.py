"""The page that checks a run: the same answer as the command line, for every form of results, and nothing leaves."""

from __future__ import annotations

import contextlib
import io
import json
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from interop.analysis import test_lists, verdict_format
from interop.analysis.analysis import Analysis
from interop.analysis.results import Outcome, result
from interop.analysis.score import Scorer
from interop.record import writer
from interop.record.record import Record
from interop.site import urls
from interop.tools.results import reading
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait
from subunit.v2 import StreamResultToBytes

from .. import toy_runs
from ..toy_runs import ToyRun
from ..unit.test_score_input import REFUSED, large
from .test_accessibility import AXE, LEVELS
from .test_browser import CONTRAST, browser, chromium, look  # noqa: F401  (a fixture)
from .test_policy import complaints, guarded  # noqa: F401  (a fixture)

KEY, TARGET = "powered/2020.06", "platform"
#: The forms in which the toy run is written; those of stestr are made by a run of it.
FORMS = ("subunit_2", "subunit_1", "junit", "csv", "refstack", "names")
OF_STESTR = ("kept", "last", "colours", "subunit")
#: Keeps what a button would save.
CATCH = "URL.createObjectURL = (blob) => { blob.text().then((text) => { globalThis.saved = text; }); return '#'; };"
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
HOSTILE = '<img src=x onerror="globalThis.hacked=1"><script>globalThis.hacked=1</script>'
#: Files that the command line refuses, without one that a browser reads: it has no limit for the length of a tag.
WRONG = {name: (content, expected) for name, content, expected in REFUSED if name != "a long tag"}


@pytest.fixture(scope="module")
def run(interop: Callable[..., Any], guidelines: Path) -> ToyRun:
    """Of the required tests of 2020.06, the first six by name are skipped, and the next six fail."""
    lines = interop(guidelines, "tests", KEY, "--no-flagged", "--no-aliases").stdout.split()
    outcomes = ["skip"] * 6 + ["fail"] * 6 + ["success"] * (len(lines) - 12)
    return dict(zip(lines, outcomes, strict=True)) | {"my.Test.test_b": "fail"}


@pytest.fixture(scope="module")
def scorer(real_analysis: Analysis) -> Scorer:
    return Scorer(real_analysis)


@pytest.fixture(scope="module")
def of_stestr(run: ToyRun, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return toy_runs.stestr(run, tmp_path_factory.mktemp("toy"))


@pytest.fixture(scope="module")
def without_cloud(run: ToyRun, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return toy_runs.stestr(run, tmp_path_factory.mktemp("toy"), cloud=False)


@pytest.fixture
def page(browser: webdriver.Chrome, guarded: str) -> Iterator[webdriver.Chrome]:  # noqa: F811
    """The page under the policy, in which what is saved is kept; there are no complaints in the end."""
    browser.get_log("browser")
    look(browser, 1280, "light")
    browser.get(f"{guarded}check.html")
    browser.execute_script(CATCH)
    yield browser
    # Chromium describes a fault in XML with styles of its own, which the policy refuses.
    assert [line for line in complaints(browser) if "inline style" not in line or "/check-texts.js" not in line] == []


def status(page: webdriver.Chrome) -> str:
    return str(page.find_element(By.CSS_SELECTOR, "form.check [role=status]").get_attribute("textContent"))


def wait(page: webdriver.Chrome) -> WebDriverWait[webdriver.Chrome]:
    return WebDriverWait(page, 30, poll_frequency=0.02)


def give(page: webdriver.Chrome, *files: Path) -> str:
    """Choose files, and return what is said about them."""
    page.execute_script("document.querySelector('form.check [role=status]').textContent = ''")
    page.execute_script("document.getElementById('check-files').value = ''")
    page.find_element(By.ID, "check-files").send_keys("\n".join(map(str, files)))
    return settled(page)


def settled(page: webdriver.Chrome) -> str:
    wait(page).until(lambda _: status(page) not in ("", "Reading …"))
    return status(page)


def saved(page: webdriver.Chrome, form: str) -> str:
    page.execute_script("globalThis.saved = null")
    page.find_element(By.XPATH, f"//button[.='Save {form}']").send_keys(Keys.ENTER)
    wait(page).until(lambda _: page.execute_script("return globalThis.saved !== null"))
    return str(page.execute_script("return globalThis.saved"))


def assert_same(page: webdriver.Chrome, content: bytes, tmp_path: Path, scorer: Scorer, real_record: Record) -> None:
    """The page saves what the command prints, as JSON and as Markdown, to the letter."""
    path, run = tmp_path / "results", scorer.run()
    path.write_bytes(content)
    reading.read(str(path), run.add)
    found = verdict_format.answer(scorer, run, real_record.guidelines[KEY], TARGET)
    assert give(page, path) == verdict_format.headline(found.verdict)
    assert saved(page, "JSON") == writer.to_json(verdict_format.to_data(found))
    markdown = verdict_format.to_markdown(found, lambda id: f"{urls.test(id)}.html")
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


@pytest.mark.parametrize("form", ["subunit v2", "subunit v1", "console of stestr"])
def test_large_files_are_read_in_pieces(
    form: str, page: webdriver.Chrome, run: ToyRun, tmp_path: Path, scorer: Scorer, real_record: Record
) -> None:
    """Tests whose output is over the ends of pieces: the same results as from one in which nothing is cut."""
    tests = [*run][:40]
    content = large(form, 10_000_000, tests)
    assert len(content) > 2 * (1 << 22)
    assert_same(page, content, tmp_path, scorer, real_record)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the memory of a process is read from /proc")
def test_a_stream_of_200_megabytes_takes_little_memory(page: webdriver.Chrome, run: ToyRun, tmp_path: Path) -> None:
    """Once the data are loaded, the largest process grows by less than the file has."""
    path, log = tmp_path / "results", io.BytesIO()
    StreamResultToBytes(log).status(
        test_id="a.b", file_name="pythonlogging:''", file_bytes=b"0123456789abcde\n" * 65536
    )
    path.write_bytes(toy_runs.subunit_2(run))
    give(page, path)
    before = peak(page)
    with path.open("wb") as file:
        for _ in range(200):
            file.write(log.getvalue())
        file.write(toy_runs.subunit_2(run))
    assert path.stat().st_size > 200_000_000
    assert "261 of 273" in give(page, path)
    assert peak(page) - before < 150_000


def peak(page: webdriver.Chrome) -> int:
    """The most memory that a process of the browser had so far, in kilobytes."""
    found = {}
    for process in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):  # It has ended since.
            fields = dict(line.split(":", 1) for line in process.read_text(encoding="utf-8").splitlines())
            found[fields["Pid"].strip()] = (fields["PPid"].strip(), int(fields.get("VmHWM", "0 kB").split()[0]))
    mine = {str(page.service.process.pid)}
    while more := {one for one, (parent, _) in found.items() if parent in mine} - mine:
        mine |= more
    return max(found[one][1] for one in mine)


@pytest.mark.parametrize("form", OF_STESTR)
def test_a_run_of_stestr_gives_the_answer_of_the_command_line(
    form: str, page: webdriver.Chrome, of_stestr: dict[str, bytes], tmp_path: Path, scorer: Scorer, real_record: Record
) -> None:
    assert_same(page, of_stestr[form], tmp_path, scorer, real_record)


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
    rows = random_run(scorer)
    path = tmp_path / "random.csv"
    lines = [f'"{name}",{outcome},,' for name, outcome in rows]
    path.write_text("\n".join(["test,status,start_time,stop_time", *lines, ""]), encoding="utf-8")
    outcomes = {"success": Outcome.PASSED, "failure": Outcome.FAILED, "skip": Outcome.SKIPPED}
    read = scorer.run()
    for name, outcome in rows:
        read.add(result(name, outcomes[outcome]))
    give(page, path)
    compared = 0
    for guideline in real_record.guidelines.values():
        targets = list(test_lists.targets(real_record, guideline))
        for target, shown in zip(targets, page.execute_async_script(EVERY, guideline.key, targets), strict=True):
            found = verdict_format.answer(scorer, read, guideline, target)
            expected = writer.to_json(verdict_format.to_data(found)) if found.verdict.told else "No verdict."
            assert shown == expected, (guideline.key, target)
            compared += found.verdict.told
    assert compared > 50


def test_several_files_are_one_run_and_what_each_is_read_as_is_told(
    page: webdriver.Chrome, run: ToyRun, tmp_path: Path
) -> None:
    passed = list(dict.fromkeys(run, "success").items())
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_bytes(toy_runs.subunit_2(dict(passed[:100])))
    second.write_bytes(toy_runs.names(dict(passed[100:])))
    assert "met: 273 of 273 required tests passed" in give(page, first, second)
    text = page.find_element(By.ID, "check-result").text
    assert "first: read as subunit v2\nsecond: read as list of passed tests" in text


def test_all_guidelines_at_once(page: webdriver.Chrome, run: ToyRun, tmp_path: Path) -> None:
    path = tmp_path / "results"
    path.write_bytes(toy_runs.subunit_2(dict.fromkeys(run, "success")))
    Select(page.find_element(By.NAME, "guideline")).select_by_value("")
    assert give(page, path).startswith("Met: ")
    rows = [row.text for row in page.find_elements(By.CSS_SELECTOR, "#check-result tbody tr")]
    assert "powered/2020.06 platform met 273 273 0 0 Details" in rows
    assert not any(row.startswith("dns/") for row in rows)
    page.find_element(By.CSS_SELECTOR, "[aria-label='Details of powered/2020.06, compute']").send_keys(Keys.ENTER)
    wait(page).until(lambda _: status(page).startswith("powered/2020.06, target compute: met: "))


def test_all_guidelines_at_once_can_be_saved(
    page: webdriver.Chrome, run: ToyRun, tmp_path: Path, scorer: Scorer, real_record: Record
) -> None:
    """As JSON, with what the JSON of each has; as Markdown, with a row for each."""
    path, read = tmp_path / "results", scorer.run()
    path.write_bytes(toy_runs.subunit_2(run))
    reading.read(str(path), read.add)
    Select(page.find_element(By.NAME, "guideline")).select_by_value("")
    give(page, path)
    found = json.loads(saved(page, "JSON"))
    assert len(found) > 30
    for one in found:
        guideline = real_record.guidelines[one["guideline"]]
        whole = verdict_format.to_data(verdict_format.answer(scorer, read, guideline, one["target"]))
        assert one.keys() == whole.keys() - {"also_meets", "others", "targets"}
        assert one == {name: whole[name] for name in one}
    markdown = saved(page, "Markdown").splitlines()
    met = sum(one["met"] is True for one in found)
    assert markdown[0] == f"## Met: {met} of {len(found)} guidelines and targets"
    assert "| powered/2020.06 | platform | not met | 261 | 273 | 12 | 0 |" in markdown
    assert len([line for line in markdown if line.startswith("| ")]) == 1 + len(found) + 1


DROP = """
  const [selector, files] = arguments;
  const dataTransfer = new DataTransfer();
  for (const [name, text] of files) dataTransfer.items.add(new File([text], name));
  const made = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
  return document.querySelector(selector).dispatchEvent(made);
"""


@pytest.mark.parametrize("where", ["form.check.run .drop", "footer"])
def test_files_that_are_dropped_are_one_run(where: str, page: webdriver.Chrome, run: ToyRun) -> None:
    """Also beside the form, where a browser would open the file in place of the page."""
    lines = [name for name in run if "[" in name]
    files = [["first", "\n".join(lines[:100])], ["second", "\n".join(lines[100:])]]
    assert page.execute_script(DROP, where, files) is False
    assert settled(page).endswith("met: 273 of 273 required tests passed")
    assert "first: read as list of passed tests\nsecond: read as" in page.find_element(By.ID, "check-result").text
    wait(page).until(lambda _: page.switch_to.active_element.tag_name == "h2")


@pytest.mark.parametrize("wrong", WRONG)
def test_what_the_command_line_refuses_is_refused(wrong: str, page: webdriver.Chrome, tmp_path: Path) -> None:
    """With the same code, at the same line."""
    content, expected = WRONG[wrong]
    path = tmp_path / "file"
    path.write_bytes(content)
    assert give(page, path) == "The results cannot be read."
    _, line, code, *_ = expected.split(":")
    fault = page.find_element(By.CSS_SELECTOR, "#check-result .fault").text
    assert fault.startswith(f"file, line {line}:{code.replace(' error', '')}: ")


def test_a_run_without_a_required_test_is_no_success(page: webdriver.Chrome, tmp_path: Path) -> None:
    path = tmp_path / "results"
    path.write_text("my.Test.test_b\n", encoding="utf-8")
    assert give(page, path) == "No verdict."
    assert "No result of a required test among 1 results" in page.find_element(By.ID, "check-result").text


def test_markup_stays_text(page: webdriver.Chrome, run: ToyRun, tmp_path: Path) -> None:
    """In the name of a file, of a test, and in a reason."""
    (name, *_), path = run, tmp_path / "<b>results"
    suite = f"<testsuite><testcase name='{name}'><failure message='{escaped(HOSTILE)}'/></testcase></testsuite>"
    path.write_text(suite, encoding="utf-8")
    assert "0 of 273" in give(page, path)
    text = page.find_element(By.ID, "check-result").text
    assert HOSTILE in text and "<b>results: read as JUnit XML" in text
    path.write_text(HOSTILE, encoding="utf-8")
    assert give(page, path) == "The results cannot be read."
    path.write_text(f"# list\n{HOSTILE}", encoding="utf-8")
    assert give(page, path) == "The results cannot be read."
    assert HOSTILE[:40] in page.find_element(By.CSS_SELECTOR, ".fault").text
    assert page.find_elements(By.CSS_SELECTOR, "#check-result :is(img, script, b)") == []
    assert page.execute_script("return globalThis.hacked") is None


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def test_by_keyboard_text_is_pasted_and_the_answer_is_reached(page: webdriver.Chrome, run: ToyRun) -> None:
    names = "\n".join(name for name in run if "[" in name)
    field = page.find_element(By.ID, "check-text")
    page.execute_script("arguments[0].value = arguments[1]; arguments[0].focus()", field, names)
    field.send_keys(Keys.TAB)
    page.switch_to.active_element.send_keys("all")
    for _ in range(2):  # The target is left out where all are shown.
        if page.switch_to.active_element.tag_name == "select":
            page.switch_to.active_element.send_keys(Keys.TAB)
    page.switch_to.active_element.send_keys(Keys.ENTER)
    assert settled(page).startswith("Met: ")
    wait(page).until(lambda _: page.switch_to.active_element.tag_name == "h2")


def test_ten_thousand_results_take_less_than_a_second(page: webdriver.Chrome, run: ToyRun, tmp_path: Path) -> None:
    path = tmp_path / "results"
    path.write_bytes(
        toy_runs.subunit_2(
            run | {f"my.Test.test_{n}[id-{n:08}-0000-4000-8000-00000000000a]": "fail" for n in range(10_000)}
        )
    )
    give(page, path)  # The data are loaded.
    timed = """
      const done = arguments[0];
      const began = performance.now();
      const out = document.getElementById("check-result");
      const shown = () => out.querySelector("h2") && done(performance.now() - began);
      new MutationObserver(shown).observe(out, { childList: true });
      document.getElementById("check-files").dispatchEvent(new Event("change"));
    """
    assert page.execute_async_script(timed) < 1000
    assert "10001" in page.find_element(By.ID, "check-result").text


def test_the_answer_is_accessible_and_fits_a_phone(page: webdriver.Chrome, run: ToyRun, tmp_path: Path) -> None:
    path = tmp_path / "results"
    path.write_bytes(toy_runs.subunit_2(run))
    give(page, path)
    for width, scheme in ((1280, "dark"), (390, "light"), (320, "light")):
        look(page, width, scheme)
        assert page.execute_script("return document.documentElement.scrollWidth") <= width
        assert page.execute_script(CONTRAST) == []
    look(page, 1280, "light")
    page.execute_script(AXE)
    found = page.execute_async_script(
        "axe.run({runOnly: arguments[0]}).then((r) => arguments[1](r.violations))", LEVELS
    )
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def test_the_answer_is_printed_without_controls(page: webdriver.Chrome, run: ToyRun, tmp_path: Path) -> None:
    path = tmp_path / "results"
    path.write_bytes(toy_runs.subunit_2(run))
    give(page, path)
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        controls = page.find_elements(By.CSS_SELECTOR, "article :is(button, input, select, textarea)")
        assert controls and not any(control.is_displayed() for control in controls)
        assert "261 of 273 required tests passed" in page.find_element(By.TAG_NAME, "article").text
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_no_request_leaves_from_a_folder_on_disk(site: Path, run: ToyRun, tmp_path: Path) -> None:
    """Everything that Chromium asks for is a file of the site, also while an answer is made and saved."""
    driver = chromium(network=True)
    try:
        driver.execute_cdp_cmd(
            "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path / "saved")}
        )
        driver.get((site / "check.html").as_uri())
        path = tmp_path / "results"
        path.write_bytes(toy_runs.subunit_2(run))
        assert "261 of 273" in give(driver, path)
        driver.find_element(By.XPATH, "//button[.='Save JSON']").send_keys(Keys.ENTER)
        made = tmp_path / "saved" / "powered-2020.06-platform.json"
        wait(driver).until(lambda _: made.exists())
        assert json.loads(made.read_text(encoding="utf-8"))["tests"]["passed"] == 261
        events = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
        asked = [one["params"]["request"]["url"] for one in events if one["method"] == "Network.requestWillBeSent"]
        assert any(url.endswith("/check-data/tests.js") for url in asked)
        assert [url for url in asked if not url.startswith((site.as_uri(), "blob:", "data:"))] == []
    finally:
        driver.quit()


def test_without_javascript_the_page_names_the_command(guarded: str) -> None:  # noqa: F811
    plain = chromium(scripts=False)
    try:
        plain.get(f"{guarded}check.html")
        assert not plain.find_element(By.CSS_SELECTOR, "form.check").is_displayed()
        text = plain.find_element(By.TAG_NAME, "article").text
        assert "Without it, use the command line." in text
        assert "-m interop score powered/2020.06" in text
    finally:
        plain.quit()
