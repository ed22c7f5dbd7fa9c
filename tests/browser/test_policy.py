"""The site under a strict Content-Security-Policy: the browser reports no violation, and the scripts work."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from ..site.test_policy import inline_scripts
from .serving import served
from .test_browser import browser, clipboard, look  # noqa: F401  (a fixture)

PAGES = (
    "index.html",
    "guidelines/powered/2020.06.html",
    "capabilities/compute-servers-create.html",
    "matrix/powered.html",
    "diff/powered/2016.01..2016.08.html",
    "tests/0186422c-999a-480e-a026-6a665744c30c.html",
    "process/principles.html",  # With a drawing and notes.
    "process/criteria.html",  # With a drawing and a list of the headings.
    "process/governance.html",
    "linking.html",
    "check.html",
    "search.html?q=compute",
    "genindex.html",
    "404.html",
)


@pytest.fixture(scope="module")
def guarded(site: Path) -> Iterator[str]:
    """The site served with the policy that its one inline script allows."""
    (script,) = inline_scripts(site)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'self'; script-src 'self' 'sha256-{digest}'"
    with served(site, Content_Security_Policy=policy) as address:
        yield address


def complaints(browser: webdriver.Chrome) -> list[str]:  # noqa: F811
    """What the console said since the last call, but for the theme script's note of a change."""
    lines = [str(entry["message"]) for entry in browser.get_log("browser")]
    return [line for line in lines if "Changed to" not in line and "favicon" not in line]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_no_page_breaks_the_policy(browser: webdriver.Chrome, guarded: str, page: str, scheme: str) -> None:  # noqa: F811
    browser.get_log("browser")
    for width in (1280, 390):
        look(browser, width, scheme)
        browser.get(guarded + page)
        browser.execute_script("scrollTo(0, 900); scrollTo(0, 500)")  # Shows the link back to the top.
    assert complaints(browser) == []


def test_the_policy_is_in_force(browser: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    """Otherwise the tests here would prove nothing."""
    browser.get(guarded + "index.html")
    browser.execute_script("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">red</p>')")
    WebDriverWait(browser, 5).until(lambda driver: "Content Security Policy" in "".join(complaints(driver)))


def test_the_scripts_work(browser: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    browser.execute_cdp_cmd("Browser.grantPermissions", {"origin": guarded, "permissions": ["clipboardReadWrite"]})
    look(browser, 1280, "light")
    browser.get(guarded + "matrix/powered.html")
    complaints(browser)
    background = "return getComputedStyle(document.body).backgroundColor"
    icon = "return getComputedStyle(document.querySelector('.theme-toggle-content button'), '::before').backgroundImage"
    seen = []
    for _ in range(3):
        browser.find_element(By.CSS_SELECTOR, ".theme-toggle-content button").click()
        theme = browser.execute_script("return document.body.dataset.theme")
        seen.append((theme, browser.execute_script(background)))
        assert f"theme-{theme}" in browser.execute_script(icon)
    assert [theme for theme, _ in seen] == ["dark", "light", "auto"]
    assert seen[0][1] != seen[1][1] == seen[2][1]

    browser.find_element(By.CSS_SELECTOR, ".matrix-filters summary").click()
    browser.find_element(By.CSS_SELECTOR, "[name=component] [value=os_powered_storage]").click()
    assert not browser.find_element(By.ID, "compute-servers-create").is_displayed()

    browser.get(guarded + "tests/index.html")
    browser.find_element(By.ID, "find-test").send_keys("0186422c-999a-480e-a026-6a665744c30c")
    said = browser.find_element(By.CSS_SELECTOR, ".find output")
    WebDriverWait(browser, 10).until(lambda _: said.text.startswith("Showing 1 of "))

    browser.get(guarded + "search.html?q=compute-servers-create")
    browser.implicitly_wait(10)
    assert browser.find_elements(By.CSS_SELECTOR, "#search-results li a")
    browser.implicitly_wait(0)

    browser.get(guarded + "capabilities/compute-servers-create.html")
    browser.find_element(By.CSS_SELECTOR, ".copy-as summary").click()
    browser.find_element(By.CSS_SELECTOR, ".copy-as button").click()
    address = f"{guarded}capabilities/compute-servers-create.html"
    WebDriverWait(browser, 5).until(lambda driver: clipboard(driver) == address)
    assert complaints(browser) == []
