"""The site in a real Chromium: nothing overflows, links open what they point into, the matrix needs no script."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
if not (CHROMIUM and DRIVER):
    pytest.skip("Chromium and its driver are not installed: the browser tests do not run", allow_module_level=True)

PAGES = (
    "index.html",
    "guidelines/index.html",
    "guidelines/powered/2020.06.html",
    "guidelines/powered/2015.05.html",
    "capabilities/index.html",
    "capabilities/compute-servers-create.html",
    "matrix/powered.html",
    "sections/swift.html",
    "record.html",
    "about.html",
)
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
)


def chromium(*, scripts: bool = True) -> webdriver.Chrome:
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in FLAGS.split():
        options.add_argument(flag)
    if not scripts:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service(str(DRIVER)))


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    driver = chromium()
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def base(site: Path) -> Iterator[str]:
    """The site served under a path that is not the root of the host."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            return super().translate_path(path.removeprefix("/some/place"))

        def log_message(self, *arguments: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/some/place/"
    server.shutdown()


def look(browser: webdriver.Chrome, width: int, scheme: str) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)


@pytest.mark.parametrize("page", PAGES)
def test_nothing_overflows_at_any_width(browser: webdriver.Chrome, base: str, page: str) -> None:
    browser.get(base + page)
    for width in (320, 390, 768, 1280, 2560):
        look(browser, width, "light")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width, width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_text_has_contrast(browser: webdriver.Chrome, base: str, page: str, scheme: str) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1 for text, worked out from what the browser computed."""
    look(browser, 1280, scheme)
    browser.get(base + page)
    assert browser.execute_script(CONTRAST) == []


CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")


def test_a_link_to_a_test_opens_its_details(browser: webdriver.Chrome, base: str) -> None:
    look(browser, 1280, "light")
    browser.get(base + "guidelines/powered/2020.06.html")
    item = browser.find_elements(By.CSS_SELECTOR, "li[id^=test-]")[40]
    assert not item.is_displayed()
    id = item.get_attribute("id")
    browser.get("about:blank")
    browser.get(base + f"guidelines/powered/2020.06.html#{id}")
    item = browser.find_element(By.ID, str(id))
    assert item.is_displayed()
    top = browser.execute_script("return arguments[0].getBoundingClientRect().top", item)
    assert 0 <= top < 900


def test_the_choice_of_component_needs_no_script(base: str) -> None:
    driver = chromium(scripts=False)
    try:
        driver.get(base + "matrix/powered.html")

        def letters(row: str) -> str:
            cells = driver.find_elements(By.CSS_SELECTOR, f"tr[id='{row}'] td a")
            return "".join(cell.text for cell in cells if cell.is_displayed())

        # identity-auth: 2015.05 requires it for compute, and is advisory for object (counted in the official file).
        assert letters("identity-auth") == "R"
        driver.find_element(By.CSS_SELECTOR, "input[name=component][value='1']").click()
        assert letters("identity-auth") == "A"
        assert not driver.find_element(By.ID, "compute-servers-create").is_displayed()
        driver.find_element(By.CSS_SELECTOR, "input[name=component][value='0']").click()
        assert letters("identity-auth") == "R"
        assert driver.find_element(By.ID, "compute-servers-create").is_displayed()
    finally:
        driver.quit()


def test_head_and_first_column_of_the_matrix_stay(browser: webdriver.Chrome, base: str) -> None:
    look(browser, 390, "light")
    browser.get(base + "matrix/powered.html")
    scroller = browser.find_element(By.CSS_SELECTOR, ".scroll.tall")
    browser.execute_script("arguments[0].scrollTo(300, 800)", scroller)
    box = "return arguments[0].getBoundingClientRect()"
    frame = browser.execute_script(box, scroller)
    head = browser.execute_script(box, browser.find_element(By.CSS_SELECTOR, "table.grid thead th:nth-child(9)"))
    first = browser.execute_script(box, browser.find_elements(By.CSS_SELECTOR, "tr[id] th[scope=row]")[30])
    assert abs(head["top"] - frame["top"]) < 3
    assert abs(first["left"] - frame["left"]) < 3


def test_nothing_is_asked_of_another_host_and_nothing_fails(browser: webdriver.Chrome, base: str) -> None:
    browser.get_log("browser")
    for page in PAGES:
        browser.get(base + page)
        names = browser.execute_script("return performance.getEntriesByType('resource').map((e) => e.name)")
        assert all(name.startswith((base, "data:")) for name in names), names
    assert browser.get_log("browser") == []


def test_search_finds_a_capability_and_a_test(browser: webdriver.Chrome, base: str) -> None:
    look(browser, 1280, "light")
    for word, page in (("compute-servers-create", "capabilities/compute-servers-create.html"),):
        browser.get(base + f"search.html?q={word}")
        browser.implicitly_wait(10)
        links = browser.find_elements(By.CSS_SELECTOR, "#search-results li a")
        browser.implicitly_wait(0)
        assert any(page in str(link.get_attribute("href")) for link in links)


def test_it_works_from_a_folder(browser: webdriver.Chrome, site: Path) -> None:
    look(browser, 1280, "light")
    browser.get((site / "index.html").as_uri())
    browser.find_element(By.LINK_TEXT, "2020.06").click()
    assert browser.title.startswith("OpenStack Powered 2020.06")
