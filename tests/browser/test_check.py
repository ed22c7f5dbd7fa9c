"""The page that checks a run: wrong and large files, keyboard, paper, phones, and nothing leaves."""

# ruff: noqa: F811  (fixtures)
from __future__ import annotations

import contextlib
import io
import json
import sys
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select
from subunit.v2 import StreamResultToBytes

from .. import toy_runs
from ..toy_runs import ToyRun
from ..unit.test_score_input import REFUSED
from .check_page import DROP, HOSTILE, faults_of_looks, give, page, run, saved, settled, status, wait  # noqa: F401
from .test_browser import browser, chromium, look  # noqa: F401
from .test_policy import guarded  # noqa: F401

#: Files that the command line refuses.
WRONG = {name: (content, expected) for name, content, expected in REFUSED}


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


def test_the_answer_links_to_pages_of_the_site(page: webdriver.Chrome, run: ToyRun, site: Path, tmp_path: Path) -> None:
    """Each test that did not pass, its capability, and each guideline."""
    path = tmp_path / "results"
    path.write_bytes(toy_runs.subunit_2(run))
    give(page, path)
    links = page.execute_script("return [...document.querySelectorAll('#check-result a')].map((one) => one.pathname)")
    kinds = {link.split("/")[1] for link in links}
    assert kinds == {"tests", "capabilities", "guidelines"}
    assert [link for link in links if not (site / link.lstrip("/")).is_file()] == []
    assert len(page.find_elements(By.CSS_SELECTOR, "#check-result [aria-label^='Required tests'] tbody a")) >= 12


def test_a_file_and_a_pasted_text_are_not_both_there(page: webdriver.Chrome, run: ToyRun, tmp_path: Path) -> None:
    """Whoever pastes a text sees that the file is not chosen any more, and the other way round."""
    path, field = tmp_path / "results", page.find_element(By.ID, "check-text")
    path.write_bytes(toy_runs.subunit_2(run))
    give(page, path)
    field.send_keys("a.b")
    assert page.execute_script("return document.getElementById('check-files').files.length") == 0
    give(page, path)
    assert field.get_attribute("value") == ""


def test_an_answer_without_a_cloud_is_short(page: webdriver.Chrome, run: ToyRun, tmp_path: Path) -> None:
    """A class that could not be set up has one reason for all its tests, also on a phone."""
    path = tmp_path / "results"
    path.write_bytes(toy_runs.stestr(run, tmp_path / "toy", cloud=False)["kept"])
    give(page, path)
    text = page.find_element(By.ID, "check-result").text
    assert text.count("there is no cloud") == 1
    look(page, 390, "light")
    assert page.execute_script("return document.getElementById('check-result').scrollHeight") < 40_000


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
    fault = page.find_element(By.CSS_SELECTOR, "#check-result [role=alert] .fault").text
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
    assert faults_of_looks(page) == []


def test_the_answer_is_printed_without_controls(page: webdriver.Chrome, run: ToyRun, tmp_path: Path) -> None:
    path = tmp_path / "results"
    path.write_bytes(toy_runs.subunit_2(run))
    give(page, path)
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        controls = page.find_elements(By.CSS_SELECTOR, "article :is(button, input, select, textarea)")
        assert controls and not any(control.is_displayed() for control in controls)
        text = page.find_element(By.TAG_NAME, "article").text
        assert "261 of 273 required tests passed" in text
        assert "It is not a certificate" in text
        assert not page.find_element(By.ID, "on-the-command-line").is_displayed()
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_no_request_leaves_from_a_folder_on_disk(site: Path, run: ToyRun, tmp_path: Path) -> None:
    """Everything that Chromium asks for is a file of the site, also while a run and a list are checked."""
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
        driver.find_element(By.ID, "list-text").send_keys("a.b")
        driver.find_element(By.XPATH, "//button[.='Show']").send_keys(Keys.ENTER)
        wait(driver).until(lambda _: driver.find_elements(By.CSS_SELECTOR, "#list-result h3"))
        events = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
        asked = [one["params"]["request"]["url"] for one in events if one["method"] == "Network.requestWillBeSent"]
        for name in ("tests.js", "lists.js"):
            assert any(url.endswith(f"/check-data/{name}") for url in asked)
        assert [url for url in asked if not url.startswith((site.as_uri(), "blob:", "data:"))] == []
    finally:
        driver.quit()


def test_without_javascript_the_page_names_the_command(guarded: str) -> None:
    plain = chromium(scripts=False)
    try:
        plain.get(f"{guarded}check.html")
        assert not plain.find_element(By.CSS_SELECTOR, "form.check").is_displayed()
        text = plain.find_element(By.TAG_NAME, "article").text
        assert "Without it, use the command line." in text
        assert "-m interop score powered/2020.06" in text
    finally:
        plain.quit()
