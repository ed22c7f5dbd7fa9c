"""The page that checks a run also compares and carries lists: with the data of the command line."""

# ruff: noqa: F811  (fixtures)
from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from interop.analysis import carry, list_comparison, list_format, listed, test_lists
from interop.analysis.analysis import Analysis
from interop.record.model import OFFICIAL
from interop.record.record import Record
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

from .check_page import DROP, HOSTILE, faults_of_looks, page, wait  # noqa: F401
from .test_browser import browser  # noqa: F401
from .test_policy import guarded  # noqa: F401

#: The guideline that a list was made for, the one it is compared with and carried to, and the target.
CASES = (
    ("powered/2015.05", "powered/2016.01", "compute"),
    ("powered/2018.02", "powered/2022.11", "platform"),
    ("powered/2022.11", "powered/2018.02", "platform"),
    ("powered/next", "powered/2020.06", "platform"),
    ("dns/2020.06", "dns/2022.11", "dns"),
)


def choose(page: webdriver.Chrome, name: str, value: str) -> None:
    Select(page.find_element(By.CSS_SELECTOR, f"form.lists [name={name}]")).select_by_value(value)


def give(page: webdriver.Chrome, path: Path) -> str:
    """Choose a file, and return what is said about it."""
    page.execute_script("document.querySelector('form.lists [role=status]').textContent = ''")
    page.execute_script("document.getElementById('list-file').value = ''")
    page.find_element(By.ID, "list-file").send_keys(str(path))
    return settled(page)


def settled(page: webdriver.Chrome) -> str:
    said = page.find_element(By.CSS_SELECTOR, "form.lists [role=status]")
    wait(page).until(lambda _: said.get_attribute("textContent") not in ("", "Reading …"))
    return str(said.get_attribute("textContent"))


def saved(page: webdriver.Chrome, button: str) -> str:
    page.execute_script("globalThis.saved = null")
    page.find_element(By.XPATH, f"//div[@id='list-result']//button[.='{button}']").send_keys(Keys.ENTER)
    wait(page).until(lambda _: page.execute_script("return globalThis.saved !== null"))
    return str(page.execute_script("return globalThis.saved"))


def mixed(record: Record, key: str, target: str) -> str:
    """The tests of a guideline, each in another form, with comments and tests of nobody."""
    lines = ["# A list", ""]
    for number, one in enumerate(
        test_lists.entries(record, record.guidelines[key], target, OFFICIAL, aliases=True, flagged=True)
    ):
        today = record.drift.tests.get(one.id or "")
        forms = [one.line, one.name, f"id-{one.id}", f"  {one.line}  # é", today.line if today else one.line]
        lines.append(forms[number % len(forms)] if one.id else one.name)
    return "\n".join([*lines, *lines[5:9], "my.own.Test.test_x", ""])


@pytest.mark.parametrize(("a", "b", "target"), CASES)
def test_lists_are_compared_and_carried_as_on_the_command_line(
    a: str, b: str, target: str, page: webdriver.Chrome, real_analysis: Analysis, tmp_path: Path
) -> None:
    """The data, and the texts to the letter."""
    path = tmp_path / "my.lst"
    path.write_text(mixed(real_analysis.record, a, target), encoding="utf-8")
    lines, _ = listed.parse(path.read_text(encoding="utf-8"), "my.lst")
    first, last = (real_analysis.record.guidelines[key] for key in (a, b))
    choose(page, "to", b)
    choose(page, "target", target)
    assert give(page, path).startswith(f"{b}, target {target}: ")
    compared = list_comparison.compare(real_analysis, lines, last, target)
    assert json.loads(saved(page, "Save JSON")) == json.loads(json.dumps(compared))
    assert saved(page, "Save Markdown") == text(list_format.markdown(compared))

    choose(page, "from", a)
    wait(page).until(lambda _: settled(page).startswith(f"{a} to {b}, target {target}: "))
    for flagged, today in ((False, False), (True, False), (True, True)):
        carried = carry.carry(real_analysis, lines, first, last, target, flagged=flagged, today=today)
        assert json.loads(saved(page, "Save JSON")) == json.loads(json.dumps(carried))
        assert saved(page, "Save text") == text(list_format.carried(carried))
        assert saved(page, "Save the new list") == text(carried["list"])
        page.find_element(By.NAME, "today" if flagged else "flagged").send_keys(Keys.SPACE)


def text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("target", ["compute", "object", "platform"])
def test_the_target_is_the_one_that_the_list_is_most_like(
    target: str, page: webdriver.Chrome, real_record: Record, tmp_path: Path
) -> None:
    path = tmp_path / "my.lst"
    path.write_text(mixed(real_record, "powered/2019.11", target), encoding="utf-8")
    choose(page, "to", "powered/2020.06")
    assert give(page, path).startswith(f"powered/2020.06, target {target}: ")


def test_a_list_is_dropped_and_pasted(page: webdriver.Chrome) -> None:
    one = ["my.lst", "a.b\n"]
    assert page.execute_script(DROP, "form.lists .drop", [one, one]) is False
    assert settled(page) == "Drop one list at a time."
    assert page.execute_script(DROP, "form.lists .drop", [one]) is False
    wait(page).until(lambda _: "1 only in the list" in settled(page))
    wait(page).until(lambda _: page.switch_to.active_element.tag_name == "h3")
    page.find_element(By.ID, "list-text").send_keys("a.b", Keys.ENTER, "a.c", Keys.TAB)
    page.find_element(By.XPATH, "//button[.='Show']").send_keys(Keys.ENTER)
    wait(page).until(lambda _: "2 only in the list" in settled(page))


def test_the_result_is_printed_without_controls(page: webdriver.Chrome, real_record: Record, tmp_path: Path) -> None:
    """The whole new list, and nothing of the page that has no result."""
    path = tmp_path / "my.lst"
    path.write_text(mixed(real_record, "powered/2018.02", "object"), encoding="utf-8")
    choose(page, "from", "powered/2018.02")
    give(page, path)
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        controls = page.find_elements(By.CSS_SELECTOR, "article :is(button, input, select, textarea)")
        assert controls and not any(control.is_displayed() for control in controls)
        assert not page.find_element(By.ID, "on-the-command-line").is_displayed()
        whole = (
            "const {scrollHeight, clientHeight} = document.querySelector('pre'); return scrollHeight <= clientHeight"
        )
        assert page.find_element(By.CSS_SELECTOR, "#list-result pre").is_displayed()
        assert page.execute_script(whole.replace("'pre'", "'#list-result pre'"))
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_what_is_no_list_is_an_error_and_markup_stays_text(page: webdriver.Chrome, tmp_path: Path) -> None:
    path = tmp_path / "my.lst"
    path.write_text(f"# {HOSTILE}\na.b\n{HOSTILE}\n", encoding="utf-8")
    assert give(page, path) == "The list cannot be read."
    fault = page.find_element(By.CSS_SELECTOR, "#list-result [role=alert] .fault").text
    assert fault.startswith(f"Line 3: {HOSTILE[:40]}")
    path.write_text(f"a.b # {HOSTILE}\n", encoding="utf-8")
    assert "1 only in the list" in give(page, path)
    assert HOSTILE in page.find_element(By.ID, "list-result").text
    assert page.find_elements(By.CSS_SELECTOR, "#list-result :is(img, script)") == []
    path.write_text("# nothing\n", encoding="utf-8")
    assert give(page, path) == "The list has no test."
    assert page.execute_script("return globalThis.hacked") is None


def test_the_results_of_a_run_are_no_list(page: webdriver.Chrome, tmp_path: Path) -> None:
    path = tmp_path / "result"
    path.write_bytes((Path(__file__).parents[1] / "fixtures/recipe/result.subunit").read_bytes())
    assert give(page, path) == "The list cannot be read."
    fault = page.find_element(By.CSS_SELECTOR, "#list-result [role=alert] .fault").text
    assert fault.startswith("result has the results of a run (subunit v2), which the form above reads")
    path.write_text('{"results": [{"name": "a.b"}]}', encoding="utf-8")
    assert give(page, path) == "The list cannot be read."
    fault = page.find_element(By.CSS_SELECTOR, "#list-result [role=alert] .fault").text
    assert fault.startswith("result has the results of a run (JSON of RefStack), which the form above reads")


def test_only_guidelines_of_one_program_can_be_chosen(page: webdriver.Chrome) -> None:
    choose(page, "from", "dns/2018.02")
    options = page.find_elements(By.CSS_SELECTOR, "form.lists [name=to] option:not(:disabled)")
    assert {str(option.get_attribute("value")).partition("/")[0] for option in options} == {"dns"}
    targets = page.find_elements(By.CSS_SELECTOR, "form.lists [name=target] option")
    assert [target.get_attribute("value") for target in targets] == ["dns"]


def test_the_result_is_accessible_and_fits_a_phone(page: webdriver.Chrome, real_record: Record, tmp_path: Path) -> None:
    path = tmp_path / "my.lst"
    path.write_text(mixed(real_record, "powered/2018.02", "object"), encoding="utf-8")
    choose(page, "from", "powered/2018.02")
    choose(page, "to", "powered/2022.11")
    choose(page, "target", "object")
    assert give(page, path).startswith("powered/2018.02 to powered/2022.11, target object: ")
    assert faults_of_looks(page) == []
