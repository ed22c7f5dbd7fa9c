"""The page that checks a run or a list, in Chromium: what its tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from interop.analysis.analysis import Analysis
from interop.analysis.score import Scorer
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from ..toy_runs import ToyRun
from .test_accessibility import AXE, LEVELS
from .test_browser import CONTRAST, browser, look  # noqa: F401  (a fixture)
from .test_policy import complaints, guarded  # noqa: F401  (a fixture)

KEY, TARGET = "powered/2020.06", "platform"
#: Keeps what a button would save.
CATCH = "URL.createObjectURL = (blob) => { blob.text().then((text) => { globalThis.saved = text; }); return '#'; };"
#: Drops files, each a name and a text, on an element; returns false if the page takes them.
DROP = """
  const [selector, files] = arguments;
  const dataTransfer = new DataTransfer();
  for (const [name, text] of files) dataTransfer.items.add(new File([text], name));
  const made = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
  return document.querySelector(selector).dispatchEvent(made);
"""
#: A text that would run a script if it were put into the page as markup.
HOSTILE = '<img src=x onerror="globalThis.hacked=1"><script>globalThis.hacked=1</script>'


@pytest.fixture(scope="module")
def run(interop: Callable[..., Any], guidelines: Path) -> ToyRun:
    """Of the required tests of 2020.06, the first six by name are skipped, and the next six fail."""
    lines = interop(guidelines, "tests", KEY, "--no-flagged", "--no-aliases").stdout.split()
    outcomes = ["skip"] * 6 + ["fail"] * 6 + ["success"] * (len(lines) - 12)
    return dict(zip(lines, outcomes, strict=True)) | {"my.Test.test_b": "fail"}


@pytest.fixture(scope="module")
def scorer(real_analysis: Analysis) -> Scorer:
    return Scorer(real_analysis)


@pytest.fixture
def page(browser: webdriver.Chrome, guarded: str) -> Iterator[webdriver.Chrome]:  # noqa: F811
    """The page under the policy, in which what is saved is kept; there are no complaints in the end."""
    browser.get_log("browser")
    look(browser, 1280, "light")
    browser.get(f"{guarded}check.html")
    browser.execute_script(CATCH)
    yield browser
    # Chromium describes a fault in XML with styles of its own, which the policy refuses.
    assert [line for line in complaints(browser) if "inline style" not in line or "/check-junit.js" not in line] == []


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


def faults_of_looks(page: webdriver.Chrome) -> list[Any]:
    """What is too wide, has too little contrast, or breaks a rule of axe, wide and on phones, light and dark."""
    faults: list[Any] = []
    for width, scheme in ((1280, "dark"), (390, "light"), (320, "light")):
        look(page, width, scheme)
        if page.execute_script("return document.documentElement.scrollWidth") > width:
            faults.append(f"wider than {width}")
        faults += page.execute_script(CONTRAST)
    look(page, 1280, "light")
    page.execute_script(AXE)
    found = page.execute_async_script(
        "axe.run({runOnly: arguments[0]}).then((r) => arguments[1](r.violations))", LEVELS
    )
    return faults + [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
