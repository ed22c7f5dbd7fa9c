"""``make live`` in a real Chromium: a save reloads the page where it was; errors are shown until they are fixed."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from ..conftest import Project
from ..live import Live, live
from ..small_project import make_small
from .test_browser import browser, look  # noqa: F401  (a fixture)

PAGE = "guidelines/powered/next.html"
TOP = "return document.getElementById(arguments[0]).getBoundingClientRect().top"
#: Seconds in which another build would have begun.
LATER = 1.5


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, project_at: Callable[[Path], Project]) -> Project:
    return make_small(project_at(tmp_path_factory.mktemp("live") / "project"))


@pytest.fixture(scope="module")
def running(project: Project) -> Iterator[Live]:
    with live(project.folder) as found:
        yield found


@pytest.fixture
def draft(project: Project) -> Iterator[Path]:
    """The file of the draft; it is as before at the end."""
    path = project.folder / "guidelines/powered/next.yaml"
    text = path.read_text(encoding="utf-8")
    yield path
    path.write_text(text, encoding="utf-8")


def edit(path: Path, old: str, new: str) -> None:
    """Save as many editors do: into another file, which then gets the name."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    other = path.with_name(f"{path.name}.tmp4711")
    other.write_text(text.replace(old, new), encoding="utf-8")
    other.replace(path)


def shown(browser: webdriver.Chrome) -> str:  # noqa: F811
    """The errors in sight."""
    panel = browser.find_element(By.CSS_SELECTOR, ".live-errors")
    return panel.text


def wait(browser: webdriver.Chrome, text: str) -> None:  # noqa: F811
    """Wait until a text is on the page, whether in sight or not."""
    script = "return document.body.textContent.includes(arguments[0])"
    WebDriverWait(browser, 20, poll_frequency=0.1).until(lambda driver: driver.execute_script(script, text))


def test_a_save_builds_once_and_reloads_where_the_page_was(
    browser: webdriver.Chrome,  # noqa: F811
    running: Live,
    project: Project,
    draft: Path,
) -> None:
    look(browser, 1280, "light")
    browser.get(f"{running.base}{PAGE}#servers-start")
    browser.execute_script(
        "for (const box of document.querySelectorAll('details')) box.open = false;"
        "document.querySelector('#servers-list details').open = true;"
        "scrollTo({ top: document.getElementById('source').offsetTop + 30, behavior: 'instant' })"
    )
    before, builds = browser.execute_script(TOP, "source"), len(running.printed("Built in"))
    # The page becomes longer above the place.
    edit(draft, "StartTest.test_start_server:\n", "StartTest.test_start_this_server:\n")
    wait(browser, "test_start_this_server")
    WebDriverWait(browser, 5).until(lambda driver: abs(driver.execute_script(TOP, "source") - before) < 2)
    folds = "return [...document.querySelectorAll('article details')].map((box) => [box.closest('[id]').id, box.open])"
    states = browser.execute_script(folds)
    assert ["servers-list", True] in states and ["servers-start", False] in states
    assert browser.current_url.endswith("#servers-start")
    time.sleep(LATER)
    assert len(running.printed("Built in")) == builds + 1
    assert "_live" not in (project.html / PAGE).read_text(encoding="utf-8")


def test_errors_are_shown_until_they_are_fixed(browser: webdriver.Chrome, running: Live, draft: Path) -> None:  # noqa: F811
    browser.get(running.base + PAGE)
    assert shown(browser) == ""
    place = draft.read_text(encoding="utf-8").splitlines().index("    status: draft") + 1
    edit(draft, "    status: draft\n", "    status: <draft>\n")
    WebDriverWait(browser, 20).until(lambda driver: f"guidelines/powered/next.yaml:{place}: error" in shown(driver))
    assert "'<draft>'" in shown(browser)
    assert any(line.startswith(f"guidelines/powered/next.yaml:{place}: error") for line in running.lines)
    # The page is still there, and so are the errors on other pages and after a reload.
    assert browser.find_element(By.ID, "servers-start").is_displayed()
    for page in (PAGE, "index.html", "no-such-page.html"):
        browser.get(running.base + page)
        assert f"next.yaml:{place}" in shown(browser)
    browser.get(running.base + PAGE)
    edit(draft, "    status: <draft>\n", "    status: draft\n")  # The site is as before: nothing reloads.
    WebDriverWait(browser, 20).until(lambda driver: shown(driver) == "")


def test_a_new_guideline_builds_once(running: Live, draft: Path) -> None:
    builds, path = len(running.printed("Built in")), draft.with_name("2031.09.yaml")
    path.write_text(draft.read_text(encoding="utf-8").replace("id: 'next'", "id: '2031.09'"), encoding="utf-8")
    running.wait("Built in", builds + 1)
    time.sleep(LATER)
    path.unlink()
    running.wait("Built in", builds + 2)
    assert len(running.printed("Built in")) == builds + 2


def test_code_templates_and_styles_count(browser: webdriver.Chrome, running: Live, project: Project) -> None:  # noqa: F811
    browser.get(running.base + PAGE)
    edit(project.folder / "_ext/interop/site/views/answers.py", '"Designated sections"', '"Sections of code"')
    wait(browser, "Sections of code")
    edit(project.folder / "_templates/interop/macros.html.jinja", "On this page</p>", "On this long page</p>")
    wait(browser, "On this long page")


def test_the_site_is_that_of_a_clean_build(running: Live, project: Project) -> None:
    assert project.run(folder="_clean").returncode == 0
    assert project.files() == project.files("_clean")


def test_a_port_in_use_is_named(project: Project) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        other = Live(project.folder, port)
        assert other.process.wait(30) == 1
    other.reader.join()
    assert other.lines == [f"Port {port}: Address already in use. To use another: make live PORT={port + 1}"]


def test_it_stops_in_the_middle_of_a_build(project: Project) -> None:
    other = Live(project.folder)
    other.wait("Building")
    assert other.stop() == 0
    other.reader.join()
    assert other.lines[-1] == "Stopped."
    assert not any("Traceback" in line for line in other.lines)
