"""Reading in a real Chromium: contents that follow, heads that stay, tables that are not cut, home in one screen."""

from __future__ import annotations

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from .test_browser import base, browser, chromium, look  # noqa: F401  (fixtures)

GUIDELINE = "guidelines/powered/2020.06.html"


@pytest.mark.parametrize("width", [1280, 390])
def test_the_contents_mark_the_section_in_view(browser: webdriver.Chrome, base: str, width: int) -> None:  # noqa: F811
    look(browser, width, "light")
    browser.get(base + GUIDELINE)
    for id in ("flagged-tests", "test-lists", "os_powered_compute"):
        browser.execute_script("document.getElementById(arguments[0]).scrollIntoView({behavior: 'instant'})", id)
        found = WebDriverWait(browser, 10).until(
            lambda driver: driver.find_elements(By.CSS_SELECTOR, f".on-page a[aria-current][href='#{id}']")  # noqa: B023
        )
        assert len(found) == len(browser.find_elements(By.CSS_SELECTOR, ".on-page a[aria-current]")) == 1
        # Beside the text, the mark is in sight; above it, on a phone, the list stays where it is.
        assert found[0].rect["y"] > 0
        in_sight = browser.execute_script(IN_SIGHT, found[0])
        assert in_sight == (width == 1280)


IN_SIGHT = "const box = arguments[0].getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight"


def test_the_contents_need_no_script(base: str) -> None:  # noqa: F811
    plain = chromium(scripts=False)
    try:
        plain.get(base + GUIDELINE)
        links = plain.find_elements(By.CSS_SELECTOR, ".on-page a")
        assert [link.text for link in links][:2] == ["Flagged tests", "Compute"]
        links[-1].send_keys(Keys.ENTER)
        assert plain.current_url.endswith("#source")
    finally:
        plain.quit()


def test_the_head_of_a_long_table_stays(browser: webdriver.Chrome, base: str) -> None:  # noqa: F811
    look(browser, 1280, "light")
    for page, row in ((GUIDELINE, "compute-servers-update"), ("guidelines/index.html", "powered-2016.01")):
        browser.get(f"{base}{page}#{row}")
        head, below = browser.execute_script(
            "const row = document.getElementById(arguments[0]);"
            "const head = row.closest('table').tHead.getBoundingClientRect();"
            "return [head.top, row.getBoundingClientRect().top - head.bottom]",
            row,
        )
        assert head == 0 and below >= 0, page


def test_home_is_one_screen(browser: webdriver.Chrome, base: str) -> None:  # noqa: F811
    look(browser, 1280, "light")
    browser.get(base + "index.html")
    assert browser.find_element(By.CSS_SELECTOR, ".ways").rect["y"] < 900
    assert browser.execute_script("return document.querySelector('.ways').getBoundingClientRect().bottom") <= 900


OVERPRINTED = """
const boxes = [...document.querySelectorAll(".lineage svg > text:not(.id)")].map((one) => one.getBoundingClientRect());
const shown = boxes.filter(({ width }) => width);
return [shown.length, shown.filter((a) => shown.some((b) => a !== b && a.left < b.right && b.left < a.right &&
  a.top + 1 < b.bottom && b.top + 1 < a.bottom)).length];
"""


@pytest.mark.parametrize("width", [1280, 900, 390])
def test_no_label_of_the_lineage_is_over_another(browser: webdriver.Chrome, base: str, width: int) -> None:  # noqa: F811
    look(browser, width, "light")
    browser.get(base + "capabilities/volumes-v3-get.html")
    shown, overprinted = browser.execute_script(OVERPRINTED)
    # 15 guidelines, and that the last is a draft; on a phone, the first and the last.
    assert [shown, overprinted] == [3 if width == 390 else 16, 0]


CUT = """
return [...document.querySelectorAll("article .scroll")]
  .filter((box) => box.checkVisibility({ contentVisibilityAuto: true }) && box.scrollWidth > box.clientWidth + 1)
  .map((box) => box.textContent.trim().slice(0, 60))
"""


@pytest.mark.parametrize(
    "page, widths",
    [
        ("index.html", (1265, 1280, 390, 320)),
        ("guidelines/index.html", (1265, 1280, 390, 320)),
        (GUIDELINE, (1265, 1280)),
        ("guidelines/powered/2016.08.html", (1265, 1280)),
    ],
)
def test_no_table_is_cut(browser: webdriver.Chrome, base: str, page: str, widths: tuple[int, ...]) -> None:  # noqa: F811
    for width in widths:
        look(browser, width, "light")
        browser.get(base + page)
        assert browser.execute_script(CUT) == [], width
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width


def test_on_phones_a_number_of_tests_is_said_once(browser: webdriver.Chrome, base: str) -> None:  # noqa: F811
    look(browser, 390, "light")
    browser.get(base + GUIDELINE)
    row = browser.find_element(By.ID, "compute-servers-get")
    assert "1 test" in row.text and "1 tests" not in row.text
    content = "return getComputedStyle(arguments[0], arguments[1]).content"
    shown = [cell for cell in row.find_elements(By.TAG_NAME, "td") if cell.is_displayed()]
    assert shown and not any("tests" in browser.execute_script(content, cell, "::after") for cell in shown)


def test_on_phones_drawings_are_legible(browser: webdriver.Chrome, base: str) -> None:  # noqa: F811
    """They keep their size in a scroller that the keyboard reaches and that has a name."""
    look(browser, 390, "light")
    browser.get(f"{base}process/platform.html")
    sizes = """return [...document.querySelectorAll(".drawing text")]
      .map((text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""
    assert min(browser.execute_script(sizes)) >= 10
    scroller = browser.find_element(By.CSS_SELECTOR, ".drawing > .scroll")
    assert scroller.get_attribute("tabindex") == "0" and scroller.accessible_name
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 390


def test_on_phones_a_group_of_tests_begins_with_its_capability(browser: webdriver.Chrome, base: str) -> None:  # noqa: F811
    look(browser, 390, "light")
    browser.get(f"{base}diff/powered/2018.02..2020.06.html")
    group = browser.find_element(By.XPATH, "//section[@id='must-pass']//tbody[.//td[@rowspan]]")
    capability = group.find_element(By.CSS_SELECTOR, "td[rowspan] a")
    assert capability.rect["y"] < group.find_element(By.CSS_SELECTOR, "tr:not(.group) th a").rect["y"]


@pytest.mark.parametrize(
    "page", ["capabilities/compute-servers-create.html", "tests/1499262a-9328-4eda-9068-db1ac57498d2.html"]
)
def test_on_phones_the_status_over_time_is_in_sight(browser: webdriver.Chrome, base: str, page: str) -> None:  # noqa: F811
    """A row for each guideline, with its date and its status beside each other."""
    look(browser, 390, "light")
    browser.get(base + page)
    rows = browser.execute_script("""const [head, first] = document.querySelector("table.over-time").rows;
      const box = (cell) => ["left", "right", "top"].map((side) => cell.getBoundingClientRect()[side]);
      return [...head.cells].map((cell, at) => [box(cell), box(first.cells[at])])""")
    assert len(rows) == 16
    for (_, date_right, date_top), (left, right, top) in rows:
        assert date_right <= left + 1 and right <= 390 and abs(date_top - top) <= 1
    tops = [date[2] for date, _ in rows]
    assert tops == sorted(tops)


SIGNS = """return [...document.querySelectorAll("article :is(.scroll, .table-wrapper, pre)")]
  .filter((box) => box.checkVisibility() && box.scrollWidth > box.clientWidth + 1)
  .map((box) => getComputedStyle(box).backgroundAttachment.startsWith("local, local, scroll, scroll"))"""


@pytest.mark.parametrize(
    "page", ["index.html", "testing.html", "process/criteria.html", "process/flagging.html", "record.html"]
)
def test_what_scrolls_sideways_shows_it(browser: webdriver.Chrome, base: str, page: str) -> None:  # noqa: F811
    """With shadows at its edges, which covers hide where it ends."""
    look(browser, 390, "light")
    browser.get(base + page)
    browser.execute_script("document.querySelectorAll('article details').forEach((one) => (one.open = true))")
    signs = browser.execute_script(SIGNS)
    assert signs and all(signs)


def test_an_open_drawer_has_the_focus(browser: webdriver.Chrome, base: str) -> None:  # noqa: F811
    """What it covers cannot be reached; where there is no drawer, all can."""
    look(browser, 390, "light")
    browser.get(base + GUIDELINE)
    sign = browser.find_element(By.CSS_SELECTOR, "button.nav-overlay-icon")
    sign.send_keys(Keys.ENTER)
    focused = "return document.activeElement.className"
    assert browser.execute_script(focused) == "sidebar-brand"
    inert = "return [...document.querySelectorAll('.mobile-header, .main, .sidebar-drawer')].map((one) => one.inert)"
    assert browser.execute_script(inert) == [True, False, True]
    look(browser, 1280, "light")
    WebDriverWait(browser, 5).until(lambda driver: driver.execute_script(inert) == [False, False, False])
    look(browser, 390, "light")
    WebDriverWait(browser, 5).until(lambda driver: driver.execute_script(inert) == [True, False, True])
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert browser.execute_script(focused) == "nav-overlay-icon"
    assert browser.execute_script(inert) == [False, False, False]


@pytest.mark.parametrize("width", [1280, 390])
def test_who_arrives_in_the_middle_sees_which_guideline_it_is(browser: webdriver.Chrome, base: str, width: int) -> None:  # noqa: F811
    look(browser, width, "light")
    browser.get("about:blank")
    browser.get(f"{base}guidelines/powered/2018.02.html#compute-servers-create")
    line = browser.find_element(By.CSS_SELECTOR, ".which")
    program = "OpenStack Powered " if width == 1280 else ""
    assert line.text == f"{program}2018.02, superseded. Newest: 2022.11"
    assert browser.execute_script(IN_SIGHT, line)
    link = str(line.find_element(By.TAG_NAME, "a").get_attribute("href"))
    assert link.endswith("/guidelines/powered/2022.11.html#compute-servers-create")
    browser.get(f"{base}guidelines/powered/2022.11.html#compute-servers-create")
    assert not browser.find_elements(By.CSS_SELECTOR, ".which")


def test_only_rules_with_findings_are_left(browser: webdriver.Chrome, base: str) -> None:  # noqa: F811
    look(browser, 1280, "light")
    browser.get(base + "findings.html")
    rows = lambda: [row for row in browser.find_elements(By.CSS_SELECTOR, "table.rules tbody tr") if row.is_displayed()]  # noqa: E731
    every = len(rows())
    browser.find_element(By.CSS_SELECTOR, ".only input").click()
    assert 0 < len(rows()) < every
    assert all(row.find_element(By.CSS_SELECTOR, "td:nth-child(4)").text != "–" for row in rows())


def test_names_are_folded_by_letter_and_found_by_anchor(browser: webdriver.Chrome, base: str) -> None:  # noqa: F811
    look(browser, 390, "light")
    browser.get(f"{base}tests/names.html#q")
    assert browser.find_element(By.CSS_SELECTOR, "#q a").is_displayed()
    assert not browser.find_element(By.CSS_SELECTOR, "#a a").is_displayed()
    assert browser.execute_script("return document.documentElement.scrollHeight") < 3000


@pytest.mark.parametrize(
    "page, table",
    [
        ("diff/powered/2016.08..2022.11.html", "#must-pass table"),
        ("sections/swift.html", "table.strip"),
        ("process/objective.html", "table.docutils"),
    ],
)
def test_the_head_of_a_long_table_stays_in_sight(browser: webdriver.Chrome, base: str, page: str, table: str) -> None:  # noqa: F811
    look(browser, 1280, "light")
    browser.get(base + page)
    tops = """const table = [...document.querySelectorAll(arguments[0])].find((one) => one.offsetHeight > 900);
      scrollBy({ top: table.getBoundingClientRect().top + 600, behavior: "instant" });
      return [table.getBoundingClientRect().top, table.tHead.rows[0].cells[0].getBoundingClientRect().top];"""
    top, head = browser.execute_script(tops, table)
    assert top < -100 and -2 <= head < 100


def test_phones_say_what_a_cell_of_flagged_tests_is(browser: webdriver.Chrome, base: str) -> None:  # noqa: F811
    """A guideline whose flags are known tells what to do, the other where a flag was last known."""
    look(browser, 390, "light")
    read = "return [...arguments[0]].map((cell) => getComputedStyle(cell, '::before').content)"
    for page, label in ((GUIDELINE, '"Action: "'), ("guidelines/powered/2022.11.html", '"In "')):
        browser.get(base + page)
        cells = browser.find_elements(By.CSS_SELECTOR, "table.flagged-tests td:nth-child(4)")
        assert set(browser.execute_script(read, [one for one in cells if one.is_displayed()])) == {label}


def test_names_in_the_list_of_tests_have_room(browser: webdriver.Chrome, base: str) -> None:  # noqa: F811
    look(browser, 320, "light")
    browser.get(base + "tests/index.html")
    high = """document.querySelectorAll("#all-tests details").forEach((one) => (one.open = true));
      const links = [...document.querySelectorAll(".tests-of a")];
      return links.filter((link) => link.offsetHeight > 80).map((link) => link.text)"""
    assert browser.execute_script(high) == []


def test_a_change_of_status_says_which_guideline(browser: webdriver.Chrome, base: str) -> None:  # noqa: F811
    look(browser, 1280, "light")
    browser.get(base + "diff/powered/2018.02..2020.06.html")
    heads = browser.find_elements(By.CSS_SELECTOR, "table.moves thead")
    assert {head.text for head in heads} == {"Capability 2018.02 2020.06"}
