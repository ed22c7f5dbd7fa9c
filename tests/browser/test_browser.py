"""The site in a real Chromium: nothing overflows, links open what they point into, and links are copied."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from .serving import served

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
if not (CHROMIUM and DRIVER):
    reason = "Chromium or its driver is missing; to run the browser tests: apt-get install chromium chromium-driver"
    pytest.skip(reason, allow_module_level=True)

PAGES = (
    "index.html",
    "guidelines/index.html",
    "guidelines/powered/2020.06.html",
    "guidelines/load-balancer/2022.11.html",
    "guidelines/powered/2015.05.html",
    "capabilities/index.html",
    "capabilities/compute-servers-create.html",
    "matrix/powered.html",
    "sections/swift.html",
    "diff/index.html",
    "diff/powered/2015.05..2015.07.html",
    "diff/powered/2020.06..2022.11.html",
    "diff/powered/2020.06..next.html",
    "tests/index.html",
    "tests/0186422c-999a-480e-a026-6a665744c30c.html",
    "findings.html",
    "process/index.html",
    "process/2015B.html",
    "process/flagging.html",
    "process/objective.html",
    "schema/2.0.html",
    "linking.html",
    "api.html",
    "testing.html",
    "check.html",
    "glossary.html",
    "record.html",
    "about.html",
)
STATUSES = ("required", "advisory", "deprecated", "removed")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
)


def chromium(*, scripts: bool = True, network: bool = False) -> webdriver.Chrome:
    """A browser, with or without JavaScript; ``network``: its log has every request."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in FLAGS.split():
        options.add_argument(flag)
    if not scripts:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    logs = {"browser": "ALL"} | ({"performance": "ALL"} if network else {})
    options.set_capability("goog:loggingPrefs", logs)
    return webdriver.Chrome(options=options, service=Service(str(DRIVER)))


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    driver = chromium()
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def base(site: Path) -> Iterator[str]:
    """The site served under a path that is not the root of the host."""
    with served(site, "/some/place") as address:
        yield address


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


def test_colours_follow_the_chosen_theme_and_paper_is_light(browser: webdriver.Chrome, base: str) -> None:
    browser.get(base + "matrix/powered.html")

    def colours(theme: str, prefers: str, medium: str = "screen") -> tuple[str, ...]:
        media = {"media": medium, "features": [{"name": "prefers-color-scheme", "value": prefers}]}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        browser.execute_script("document.body.dataset.theme = arguments[0]", theme)
        marks = [browser.find_element(By.CSS_SELECTOR, f".legend [data-status={status}]") for status in STATUSES]
        colour = "const style = getComputedStyle(arguments[0], '::before'); return [style.color, style.background]"
        return tuple(value for mark in marks for value in browser.execute_script(colour, mark))

    light, dark = colours("auto", "light"), colours("auto", "dark")
    assert not set(light) & set(dark)
    # Browsers print no backgrounds unless they are told to: on paper, letters are black on none.
    paper = colours("auto", "light", "print")
    assert {"rgb(0, 0, 0)"} == set(paper[::2])
    assert all(background.startswith("rgba(0, 0, 0, 0) none") for background in paper[1::2])
    for prefers in ("light", "dark"):
        assert colours("light", prefers) == light
        assert colours("dark", prefers) == dark
        for theme in ("light", "dark", "auto"):
            assert colours(theme, prefers, "print") == paper
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


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


def test_the_link_to_the_newest_guideline_leads_to_the_same_capability(browser: webdriver.Chrome, base: str) -> None:
    look(browser, 1280, "light")
    browser.get(base + "guidelines/powered/2018.02.html#compute-servers-create")
    browser.execute_script("document.querySelector('.banner a').click()")
    assert browser.current_url == base + "guidelines/powered/2022.11.html#compute-servers-create"
    assert browser.find_element(By.ID, "compute-servers-create").is_displayed()


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


def clipboard(browser: webdriver.Chrome) -> str:
    return str(browser.execute_async_script("navigator.clipboard.readText().then(arguments[0])"))


def wait_for_clipboard(browser: webdriver.Chrome, text: str) -> None:
    WebDriverWait(browser, 5).until(lambda driver: clipboard(driver) == text, clipboard(browser))


@pytest.fixture
def may_read(browser: webdriver.Chrome, base: str) -> None:
    """Lets the page read the clipboard, as a person does by pasting."""
    permissions = {"origin": base.partition("/some")[0], "permissions": ["clipboardReadWrite"]}
    browser.execute_cdp_cmd("Browser.grantPermissions", permissions)
    look(browser, 1280, "light")


@pytest.mark.usefixtures("may_read")
@pytest.mark.parametrize(
    "page, fact",
    [
        ("guidelines/powered/2020.06.html", "compute-servers-create"),
        ("matrix/powered.html", "compute-servers-create.2020.06"),
        ("diff/powered/2016.01..2016.08.html", "os_powered_compute-images-v2-get"),
        ("process/2017A.html", "A4.5"),
    ],
)
def test_a_link_is_copied_by_mouse(browser: webdriver.Chrome, base: str, page: str, fact: str) -> None:
    browser.get(base + page)
    item = browser.find_element(By.ID, fact)
    browser.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", item)
    host = item if item.tag_name == "td" else item.find_element(By.CSS_SELECTOR, "a, code, dt")
    ActionChains(browser).move_to_element(host).move_by_offset(2, 2).perform()
    item.find_element(By.CSS_SELECTOR, "button.copy-link").click()
    wait_for_clipboard(browser, f"{base}{page}#{fact}")
    told = "return document.querySelector('[role=status]').textContent"
    WebDriverWait(browser, 5).until(lambda driver: driver.execute_script(told))
    assert browser.execute_script(told) == f"Link copied: {base}{page}#{fact}"


@pytest.mark.usefixtures("may_read")
def test_a_link_is_copied_by_keyboard(browser: webdriver.Chrome, base: str) -> None:
    page = "guidelines/powered/2020.06.html"
    browser.get(base + page)
    link = browser.find_element(By.CSS_SELECTOR, "tr[id='compute-servers-create'] a.name")
    browser.execute_script("arguments[0].focus()", link)
    ActionChains(browser).send_keys(Keys.TAB).perform()
    at = browser.switch_to.active_element
    assert at.get_attribute("aria-label") == "Copy link to compute-servers-create"
    ActionChains(browser).send_keys(Keys.ENTER).perform()
    wait_for_clipboard(browser, f"{base}{page}#compute-servers-create")
    # A heading has a sign of its own, which the space bar presses too.
    sign = browser.find_element(By.CSS_SELECTOR, "#designated-sections > h2 .headerlink")
    browser.execute_script("arguments[0].focus()", sign)
    assert sign.get_attribute("aria-label") == "Copy link to this section"
    ActionChains(browser).send_keys(" ").perform()
    wait_for_clipboard(browser, f"{base}{page}#designated-sections")


@pytest.mark.usefixtures("may_read")
def test_snippets_name_the_address_of_the_site(browser: webdriver.Chrome, base: str) -> None:
    browser.get(base + "capabilities/compute-servers-create.html")
    browser.find_element(By.CSS_SELECTOR, ".copy-as summary").click()
    buttons = browser.find_elements(By.CSS_SELECTOR, ".copy-as button")
    copied = []
    for button in buttons:
        # The theme scrolls smoothly: a click would meet what is moving by.
        browser.execute_script("arguments[0].scrollIntoView({behavior: 'instant', block: 'center'})", button)
        button.click()
        copied.append(clipboard(browser))
    address = f"{base}capabilities/compute-servers-create.html"
    assert copied == [
        address,
        f"[compute-servers-create]({address})",
        f"`compute-servers-create <{address}>`__",
        f"compute-servers-create: {address}",
        ":external+interop:ref:`cap-compute-servers-create`",
    ]


def check_deep_link(browser: webdriver.Chrome, start: str) -> None:
    look(browser, 1280, "light")
    id = "test-a8333aa2-205c-449f-a828-d38c2489bf25"
    browser.get("about:blank")
    browser.get(f"{start}guidelines/powered/2020.06.html#{id}")
    item = browser.find_element(By.ID, id)
    assert item.is_displayed()
    assert browser.switch_to.active_element == item
    box = browser.execute_script("return arguments[0].getBoundingClientRect()", item)
    assert box["top"] >= 0
    assert box["bottom"] <= 900


def test_a_deep_link_opens_shows_and_focuses(browser: webdriver.Chrome, base: str, site: Path) -> None:
    check_deep_link(browser, base)
    check_deep_link(browser, f"{site.as_uri()}/")


def test_short_and_old_addresses_send_on(browser: webdriver.Chrome, base: str, site: Path) -> None:
    for start in (base, f"{site.as_uri()}/"):
        for short, page in (
            ("g/2020.06.html", "guidelines/powered/2020.06.html"),
            ("t/a8333aa2-205c-449f-a828-d38c2489bf25.html", "tests/a8333aa2-205c-449f-a828-d38c2489bf25.html"),
            ("guidelines/all.2018.02.html", "guidelines/powered/2018.02.html"),
            ("index.html#/guidelines", "guidelines/index.html"),
        ):
            browser.get("about:blank")
            browser.get(start + short)
            WebDriverWait(browser, 5).until(lambda driver, to=start + page: driver.current_url == to)
    browser.get(base + "c/compute-servers-create")  # A server needs no ending.
    WebDriverWait(browser, 5).until(lambda d: d.current_url == base + "capabilities/compute-servers-create.html")


@pytest.mark.usefixtures("may_read")
def test_a_list_is_built_and_its_command_copied(browser: webdriver.Chrome, base: str) -> None:
    browser.get(base + "guidelines/powered/2019.11.html#test-lists")
    form = browser.find_element(By.CSS_SELECTOR, ".list-builder")
    form.find_element(By.CSS_SELECTOR, "[name=flag]").click()
    assert form.find_element(By.TAG_NAME, "output").text == "388 lines"
    form.find_element(By.CSS_SELECTOR, "button").click()
    path = "api/v1/guidelines/2019.11/tests/platform/required/alias-true/flag-true.txt"
    wait_for_clipboard(browser, f"curl -fsSO {base}{path}")
    form.find_element(By.CSS_SELECTOR, "select[name=target] option[value=object]").click()
    form.find_element(By.CSS_SELECTOR, "[name=alias]").click()
    path = "api/v1/guidelines/2019.11/tests/object/required/alias-false/flag-true.txt"
    assert form.find_element(By.CSS_SELECTOR, "a[download]").get_attribute("href") == base + path
