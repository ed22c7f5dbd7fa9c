"""The matrix in a real Chromium: filters in the URL, keyboard, phones, paper, download, and without JavaScript."""

from __future__ import annotations

import base64
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from ..conftest import Project
from ..site.conftest import add_components, mini, once  # noqa: F401  (fixtures)
from ..site.test_matrix import given, guidelines
from .test_browser import browser, chromium, look  # noqa: F401  (a fixture)
from .test_policy import complaints, guarded  # noqa: F401  (a fixture)

FILES = guidelines("powered")
ALL = {name for data in FILES.values() for name in (*data["capabilities"], *given(data)) if ":" not in name}
PAGE = "matrix/powered.html"
#: The ids of the rows that are displayed, without groups of tests.
SHOWN = """return [...document.querySelectorAll("table.matrix tr[id]")]
  .filter((row) => row.checkVisibility() && !row.id.startsWith("group:")).map((row) => row.id)"""
#: The ids of the guidelines, in the order of the columns.
HEADS = """return [...document.querySelectorAll("table.matrix thead th[data-id]")].map((head) => head.dataset.id)"""
#: The letters or signs in a row, in order.
SIGNS = """return [...document.getElementById(arguments[0]).cells].slice(1, -1).map((cell) => {
  const link = cell.querySelector("a:not([hidden])") || cell;
  return getComputedStyle(link, "::before").content.replace(/^"(.*?)".*$/, "$1");
}).join("")"""


def statuses(id: str, component: str = "") -> dict[str, set[str]]:
    """The statuses of each capability in a file, in one component or all."""
    components = FILES[id]["components"]
    chosen = {name: one for name, one in components.items() if not component or name == component}
    return {name: found for name, found in given({"components": chosen}).items() if ":" not in name}


def changed(a: str, b: str) -> set[str]:
    """The capabilities whose status differs between two complete guidelines with the same names of components."""
    found = set()
    for component in FILES[a]["components"]:
        before, after = statuses(a, component), statuses(b, component)
        found |= {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    return found


def flagged(id: str) -> set[str]:
    given_tests = {name: one["tests"].values() for name, one in FILES[id]["capabilities"].items()}
    return {name for name, tests in given_tests.items() if any("flagged" in test for test in tests)}


def project(name: str) -> str:
    """The project of a capability in the newest guideline that defines it."""
    newest = [id for id in FILES if id != "next" and name in FILES[id]["capabilities"]][-1]
    return str(FILES[newest]["capabilities"][name]["project"])


FILTERS = {
    "": ALL & ({*FILES["2020.06"]["capabilities"]} | statuses("2022.11").keys()),
    "older=shown": ALL,
    "q=volumes+v3": {name for name in ALL if "volumes" in name and "v3" in name},
    "q=block+storage": {name for name in ALL if project(name) == "cinder"},
    "status=advisory&guideline=2018.02": {n for n, found in statuses("2018.02").items() if "advisory" in found},
    "guideline=2015.03": set(statuses("2015.03")),
    "status=removed": {n for id in FILES for n, found in statuses(id).items() if "removed" in found},
    "project=swift": {name for name in ALL if project(name) == "swift"},
    "guideline=2020.06&component=os_powered_storage": set(statuses("2020.06", "os_powered_storage")),
    "admin=yes": {name for data in FILES.values() for name, one in data["capabilities"].items() if one.get("admin")},
    "guideline=2016.01&flagged=yes": flagged("2016.01") & statuses("2016.01").keys(),
    "flagged=no": ALL - {name for id in FILES for name in flagged(id)},
    "changed=2018.02..2020.06": changed("2018.02", "2020.06"),
    "component=os_powered_storage&changed=2018.02..2020.06": {
        name
        for name in ALL
        if statuses("2018.02", "os_powered_storage").get(name) != statuses("2020.06", "os_powered_storage").get(name)
    },
}


def shown(browser: webdriver.Chrome) -> list[str]:  # noqa: F811
    return list(browser.execute_script(SHOWN))


def choose(browser: webdriver.Chrome, name: str, value: str) -> None:  # noqa: F811
    """Choose a value of a filter, which may be folded."""
    control = browser.find_element(By.NAME, name)
    if not control.is_displayed():
        browser.find_element(By.CSS_SELECTOR, ".matrix-filters summary").click()
    options = Select(control).options
    next(option for option in options if option.get_attribute("value") == value).click()


def query(browser: webdriver.Chrome) -> str:  # noqa: F811
    return str(browser.execute_script("return location.search"))


def said(browser: webdriver.Chrome) -> str:  # noqa: F811
    return browser.find_element(By.CSS_SELECTOR, ".matrix-filters output").text


@pytest.fixture
def page(browser: webdriver.Chrome, guarded: str) -> Iterator[webdriver.Chrome]:  # noqa: F811
    """The matrix at 1280 pixels, under the policy; no test may make the console complain."""
    look(browser, 1280, "light")
    browser.get(guarded + PAGE)
    complaints(browser)
    yield browser
    assert complaints(browser) == []


@pytest.mark.parametrize("given_query", FILTERS)
def test_a_url_selects(page: webdriver.Chrome, guarded: str, given_query: str) -> None:  # noqa: F811
    page.get(f"{guarded}{PAGE}?{given_query}")
    assert set(shown(page)) == FILTERS[given_query]
    assert said(page).startswith(f"Showing {len(FILTERS[given_query])} of {len(ALL)} capabilities")
    assert not page.find_element(By.CSS_SELECTOR, ".matrix-filters .unknown").is_displayed()


def test_a_change_of_status_that_is_not_known_is_none(page: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    """2022.11 is reconstructed: what it may list is not known."""
    page.get(f"{guarded}{PAGE}?changed=2020.06..2022.11")
    before, after = statuses("2020.06"), statuses("2022.11")
    assert set(shown(page)) == {name for name in after if before.get(name) != after[name]}


def test_all_columns_are_in_sight(page: webdriver.Chrome) -> None:
    sizes = "const s = document.querySelector('.scroll.tall'); return [s.scrollWidth, s.clientWidth]"
    for width in (1280, 768):
        look(page, width, "light")
        needed, there = page.execute_script(sizes)
        assert needed <= there
    assert page.execute_script(HEADS) == [*[id for id in FILES if id != "next"][::-1], "next"]


def test_the_first_view_is_about_today(page: webdriver.Chrome) -> None:
    row = page.find_element(By.ID, "compute-images-create")
    assert row.rect["y"] + row.rect["height"] < 560
    assert page.execute_script(SIGNS, "compute-images-create") == "RRRRRRRRRRR···R"


@pytest.mark.parametrize("program", ["powered", "dns", "orchestration", "scoring"])
def test_the_number_of_rows_is_in_the_page_from_the_start(
    browser: webdriver.Chrome,  # noqa: F811
    guarded: str,  # noqa: F811
    site: Path,
    program: str,
) -> None:
    """The script says the same, so that nothing below it moves, and what it says is true."""
    browser.get(f"{guarded}matrix/{program}.html")
    source = (site / f"matrix/{program}.html").read_text(encoding="utf-8")
    assert f"<output>{said(browser)}</output>" in source
    assert said(browser).startswith(f"Showing {len(set(shown(browser)))} of ")


def test_each_change_is_in_the_url_in_one_order_and_back_works(page: webdriver.Chrome) -> None:
    choose(page, "to", "2018.02")
    assert query(page) == ""
    choose(page, "from", "2020.06")
    choose(page, "project", "cinder")
    page.find_element(By.CSS_SELECTOR, ".matrix-filters [name=q]").send_keys("volumes v3")
    choose(page, "order", "oldest")
    choose(page, "guideline", "2019.11")
    choose(page, "status", "required")
    steps = [
        "",
        "?changed=2018.02..2020.06",
        "?project=cinder&changed=2018.02..2020.06",
        "?q=volumes+v3&project=cinder&changed=2018.02..2020.06",
        "?q=volumes+v3&project=cinder&changed=2018.02..2020.06&order=oldest",
        "?q=volumes+v3&guideline=2019.11&project=cinder&changed=2018.02..2020.06&order=oldest",
        "?q=volumes+v3&status=required&guideline=2019.11&project=cinder&changed=2018.02..2020.06&order=oldest",
    ]
    link = page.find_element(By.LINK_TEXT, "Compare 2018.02 and 2020.06")
    assert str(link.get_attribute("href")).endswith("/diff/powered/2018.02..2020.06.html")
    seen = []
    for step in reversed(steps):
        assert query(page) == step
        seen.append(shown(page))
        page.back()
        WebDriverWait(page, 5).until(lambda driver, here=step: not here or query(driver) != here)
    page.forward()
    WebDriverWait(page, 5).until(lambda driver: query(driver) == steps[1] or page.forward())
    assert shown(page) == seen[-2]
    assert page.find_element(By.NAME, "to").get_attribute("value") == "2020.06"
    choose(page, "from", "")
    assert query(page) == ""


def test_unknown_filters_and_values_are_told(page: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    page.get(f"{guarded}{PAGE}?colour=<b>red</b>&status=great&changed=2018.02..1999.01&project=cinder")
    told = page.find_element(By.CSS_SELECTOR, ".matrix-filters .unknown").text
    for part in ("no filter “colour”", "“status” has no value “great”", "“changed” has no value “2018.02..1999.01”"):
        assert part in told
    assert set(shown(page)) == FILTERS["q=block+storage"]
    choose(page, "project", "swift")
    assert query(page) == "?project=swift"
    assert not page.find_element(By.CSS_SELECTOR, ".matrix-filters .unknown").is_displayed()


def test_a_guideline_that_is_not_archived_is_told(page: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    """It is known, but the matrix has no column for it."""
    for chosen in ("guideline=2021.11", "changed=2020.06..2021.11"):
        page.get(f"{guarded}{PAGE}?{chosen}")
        told = page.find_element(By.CSS_SELECTOR, ".matrix-filters .unknown")
        assert told.text.startswith("Guideline 2021.11 is not archived: ") and "no value" not in told.text
        link = told.find_element(By.TAG_NAME, "a")
        assert str(link.get_attribute("href")).endswith("/guidelines/powered/2021.11.html")
        assert set(shown(page)) == FILTERS[""]


def test_seldom_used_filters_are_folded_unless_they_are_set(page: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    def folded() -> list[bool]:
        return [
            not page.find_element(By.NAME, name).is_displayed() for name in ("status", "project", "flagged", "order")
        ]

    assert folded() == [False, False, True, True]
    page.get(f"{guarded}{PAGE}?project=nova")
    assert folded() == [False, False, True, True]
    page.get(f"{guarded}{PAGE}?flagged=yes")
    assert folded() == [False, False, False, False]
    look(page, 390, "light")
    page.get(f"{guarded}{PAGE}?project=nova&flagged=yes")
    assert folded() == [True, True, True, True]


def test_a_cell_is_one_tab_stop(page: webdriver.Chrome) -> None:
    """The link to a cell is copied with a key; the row has a button for its own link."""
    page.execute_script("navigator.clipboard.writeText = async (text) => { globalThis.copied = text }")
    link = page.find_element(By.CSS_SELECTOR, "tr[id='compute-images-create'] th a")
    page.execute_script("arguments[0].focus()", link)
    stops = []
    for _ in range(14):
        page.switch_to.active_element.send_keys(Keys.TAB)
        stops.append(page.switch_to.active_element.accessible_name)
    ids = ["2022.11", "2020.06", "2019.11", "2019.06", "2018.11", "2018.02", "2017.09", "2017.01", "2016.08", "2016.01"]
    cells = [f"required in {id}" for id in [*ids, "2015.07", "next"]]
    assert stops == ["Copy link to compute-images-create", *cells, "compute-instance-actions-get"]
    page.find_element(By.CSS_SELECTOR, "td[id='compute-images-create.2018.02'] a").send_keys("c")
    WebDriverWait(page, 5).until(lambda driver: driver.execute_script("return globalThis.copied"))
    assert page.execute_script("return copied").endswith("matrix/powered.html#compute-images-create.2018.02")


def test_no_date_in_the_head_is_broken(page: webdriver.Chrome) -> None:
    """Each is in one line, the sign of a reconstructed guideline beside it; all begin at the same height."""
    boxes = """return [...document.querySelectorAll("table.matrix thead th:not(.apart) .turned a")].map((link) =>
      [link.getClientRects().length, Math.round(link.getBoundingClientRect().bottom)])"""
    found = page.execute_script(boxes)
    assert {lines for lines, _ in found} == {1} and len({bottom for _, bottom in found}) == 1
    date, sign = page.execute_script("""return ["a", ".reconstructed-sign"].map((selector) =>
      document.querySelector(`th[data-id="2022.11"] ${selector}`).getBoundingClientRect())""")
    assert sign["bottom"] <= date["top"] + 1 and abs(sign["left"] - date["left"]) < 8


def test_filters_are_cleared(page: webdriver.Chrome) -> None:
    assert not page.find_element(By.CSS_SELECTOR, ".clear").is_displayed()
    choose(page, "order", "oldest")
    assert not page.find_element(By.CSS_SELECTOR, ".clear").is_displayed()
    page.find_element(By.CSS_SELECTOR, ".matrix-filters [name=q]").send_keys("xylophone")
    assert shown(page) == [] and said(page) == "No capability matches these filters."
    assert not page.find_element(By.CSS_SELECTOR, "table.matrix thead").is_displayed()
    page.find_element(By.CSS_SELECTOR, ".clear").click()
    assert query(page) == "?order=oldest"
    assert set(shown(page)) == FILTERS[""]
    assert page.switch_to.active_element.get_attribute("name") == "q"


def test_the_order_turns_round(page: webdriver.Chrome) -> None:
    before = page.execute_script(SIGNS, "compute-images-create")
    choose(page, "order", "oldest")
    assert page.execute_script(HEADS) == list(FILES)
    assert page.execute_script(SIGNS, "compute-images-create") == before[-2::-1] + before[-1]
    cells = page.find_elements(By.CSS_SELECTOR, "tr[id='compute-images-create'] td[id]")
    assert [cell.get_attribute("id").rpartition(".")[0][-4:] for cell in cells[:2]] == ["2015", "2016"]


def test_older_capabilities_are_folded(page: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    button = page.find_element(By.CSS_SELECTOR, "tbody.fold button")
    assert button.get_attribute("aria-expanded") == "false"
    page.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", button)
    button.click()
    assert button.get_attribute("aria-expanded") == "true" and query(page) == "?older=shown"
    assert set(shown(page)) == ALL
    button.click()
    assert set(shown(page)) == FILTERS[""] and query(page) == ""
    page.get("about:blank")
    page.get(f"{guarded}{PAGE}#compute-auth.2015.03")
    cell = page.find_element(By.ID, "compute-auth.2015.03")
    assert page.switch_to.active_element == cell
    head = page.find_element(By.CSS_SELECTOR, "table.matrix thead th")
    tops = "return [...arguments].map((element) => element.getBoundingClientRect().top)"

    def in_sight(driver: webdriver.Chrome) -> bool:
        head_top, cell_top = driver.execute_script(tops, head, cell)
        return bool(0 <= head_top < cell_top < 880)

    WebDriverWait(page, 5).until(in_sight)


def test_a_component_shows_its_own_statuses(page: webdriver.Chrome) -> None:
    """2015.05 requires identity-auth for compute, and is advisory for object storage (counted in the official file)."""
    choose(page, "guideline", "2015.05")
    places = [page.execute_script(HEADS).index("2015.05")]
    for component, letter in (("", "R"), ("os_powered_storage", "A"), ("os_powered_compute", "R")):
        choose(page, "component", component)
        assert [page.execute_script(SIGNS, "identity-auth")[place] for place in places] == [letter]
    choose(page, "component", "os_powered_storage")
    assert "compute-servers" not in shown(page)


def test_the_choice_knows_every_component(browser: webdriver.Chrome, mini: Project) -> None:  # noqa: F811
    """Six components: the sixth shows what it lists and hides the rest."""
    add_components(mini)
    mini.build()
    look(browser, 1280, "light")
    browser.get((mini.html / PAGE).as_uri())
    assert len(Select(browser.find_element(By.NAME, "component")).options) == 7
    everything = shown(browser)
    choose(browser, "component", "os_powered_c6")
    assert shown(browser) == ["servers-list"] and "A" in browser.execute_script(SIGNS, "servers-list")
    choose(browser, "component", "os_powered_c5")
    assert shown(browser) == ["tokens-issue"] and "A" in browser.execute_script(SIGNS, "tokens-issue")
    choose(browser, "component", "")
    assert shown(browser) == everything


@pytest.mark.parametrize("width", [1280, 800])
def test_no_focused_element_is_covered(page: webdriver.Chrome, width: int) -> None:
    """WCAG 2.2, 2.4.11: backwards, towards the head, and forwards, towards the lower edge."""
    look(page, width, "light")
    # When the key comes up again, the page has scrolled to the element.
    page.execute_script("""globalThis.covered = []; globalThis.stops = new Set()
      addEventListener("keyup", () => {
        const at = document.activeElement; const box = at.getClientRects()[0]
        const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
        stops.add(at)
        if (at !== over && !at.contains(over)) covered.push(`${at.outerHTML} under ${over && over.outerHTML}`)
      })
      document.documentElement.style.scrollBehavior = "auto"
      document.querySelectorAll("table.matrix tbody a")[200].focus()""")
    for keys in (Keys.SHIFT + Keys.TAB * 90, Keys.TAB * 140):
        page.switch_to.active_element.send_keys(keys)
    assert page.execute_script("return covered") == []
    assert page.execute_script("return stops.size") > 80


def test_head_and_first_column_stay(page: webdriver.Chrome) -> None:
    """With more columns than fit into the window."""
    page.execute_script("document.querySelector('table.matrix').style.setProperty('width', '2000px', 'important')")
    WebDriverWait(page, 5).until(lambda driver: not driver.find_elements(By.CSS_SELECTOR, ".scroll.tall.whole"))
    scroller = page.find_element(By.CSS_SELECTOR, ".scroll.tall")
    page.execute_script("arguments[0].scrollTo(300, 800)", scroller)
    box = "return arguments[0].getBoundingClientRect()"
    frame = page.execute_script(box, scroller)
    head = page.execute_script(box, page.find_element(By.CSS_SELECTOR, "table.matrix thead th:nth-child(9)"))
    first = page.execute_script(box, page.find_elements(By.CSS_SELECTOR, "tr[id] th")[30])
    assert abs(head["top"] - frame["top"]) < 3
    assert abs(first["left"] - frame["left"]) < 3


def test_a_table_that_fits_scrolls_with_the_page(page: webdriver.Chrome) -> None:
    """One scroll bar, and the head stays at the top of the window."""
    needed, there = page.execute_script(
        "const s = document.querySelector('.scroll.tall'); return [s.scrollHeight, s.clientHeight]"
    )
    assert needed <= there > 900
    page.execute_script("scrollTo({top: 1500, behavior: 'instant'})")
    top = "return document.querySelector('table.matrix thead th:nth-child(9)').getBoundingClientRect().top"
    assert abs(page.execute_script(top)) < 3


def test_marks_stay_inside_their_cells(page: webdriver.Chrome) -> None:
    """The sign of flagged tests is no higher than its row."""
    above = """return [...document.querySelectorAll("table.matrix td a.flagged")]
      .filter((link) => link.checkVisibility())
      .map((link) => link.getBoundingClientRect().top + parseFloat(getComputedStyle(link, "::after").top)
        - link.closest("tr").getBoundingClientRect().top)"""
    distances = page.execute_script(above)
    assert distances and min(distances) >= 0


def test_phones_have_a_list(page: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    look(page, 390, "light")
    page.refresh()
    row = page.find_element(By.ID, "compute-servers-create")
    text = " ".join(row.text.split())
    assert text == "compute-servers-create Compute required 2015.07 to 2022.11◇ required next (2018 draft)"
    assert not row.find_element(By.CSS_SELECTOR, "td a").is_displayed()
    page.find_element(By.CSS_SELECTOR, ".matrix-filters summary").click()
    choose(page, "component", "os_powered_storage")
    choose(page, "guideline", "2015.05")
    text = " ".join(page.find_element(By.ID, "identity-auth").text.split())
    assert text == "identity-auth Object storage advisory 2015.05 ? not known 2022.11◇"
    page.get(f"{guarded}{PAGE}?project=nova&flagged=yes")
    assert page.find_element(By.CSS_SELECTOR, ".matrix-filters summary").text.endswith("(2 active)")
    assert not page.find_element(By.CSS_SELECTOR, ".matrix-filters select").is_displayed()
    page.get("about:blank")
    page.get(f"{guarded}{PAGE}#volumes-v3-upload.2020.06")
    top = "return document.getElementById('volumes-v3-upload').getBoundingClientRect().top"
    assert 0 < page.execute_script(top) < 880


def test_on_paper_all_is_there_in_landscape(page: webdriver.Chrome) -> None:
    paper = page.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"]
    assert b"/MediaBox [0 0 792 612]" in base64.b64decode(paper)
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    style = "return getComputedStyle(document.querySelector(arguments[0]), arguments[1])[arguments[2]]"
    assert page.execute_script(style, "table.matrix thead", None, "display") == "table-header-group"
    assert page.execute_script(style, "table.matrix thead th", None, "position") == "static"
    assert page.execute_script(style, "table.matrix td a", "::before", "backgroundImage") == "none"
    assert set(shown(page)) == ALL
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_what_is_shown_is_downloaded_from_a_folder_too(
    browser: webdriver.Chrome,  # noqa: F811
    site: Path,
    tmp_path: Path,
) -> None:
    look(browser, 1280, "light")
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    browser.get(f"{(site / PAGE).as_uri()}?guideline=2015.05&project=keystone")
    choose(browser, "order", "oldest")  # A step of the history works in a folder too.
    assert query(browser) == "?guideline=2015.05&project=keystone&order=oldest"
    browser.find_element(By.CSS_SELECTOR, ".csv").click()
    file = tmp_path / "matrix-powered.csv"
    WebDriverWait(browser, 10).until(lambda _: file.exists() and file.stat().st_size)
    head, *rows = csv.reader(file.read_text(encoding="utf-8-sig").splitlines())
    assert head == ["capability", "project", *(f"{id} (reconstructed)" if id == "2022.11" else id for id in FILES)]
    assert [row[0] for row in rows] == shown(browser)
    (row,) = (dict(zip(head, row, strict=True)) for row in rows if row[0] == "identity-auth")
    assert row["project"] == "keystone"
    assert row["2015.05"] == "required for Compute, advisory for Object storage"
    assert (row["2015.07"], row["2022.11 (reconstructed)"]) == ("not listed", "not known")


def test_flags_are_downloaded(browser: webdriver.Chrome, site: Path, tmp_path: Path) -> None:  # noqa: F811
    look(browser, 1280, "light")
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    browser.get(f"{(site / PAGE).as_uri()}?project=nova")
    browser.find_element(By.CSS_SELECTOR, ".matrix-filters summary").click()
    browser.find_element(By.CSS_SELECTOR, ".csv").click()
    file = tmp_path / "matrix-powered.csv"
    WebDriverWait(browser, 10).until(lambda _: file.exists() and file.stat().st_size)
    rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    told = {(row["capability"], id) for row in rows for id in FILES if ", with flagged tests" in row.get(id, "")}
    assert told == {
        (name, id)
        for id, data in FILES.items()
        if id != "2022.11"  # Its column has another head.
        for name in {row["capability"] for row in rows} & data["capabilities"].keys()
        if any("flagged" in (test or {}) for test in data["capabilities"][name]["tests"].values())
    }
    assert told


def test_without_javascript_everything_is_shown(guarded: str) -> None:  # noqa: F811
    plain: Any = chromium(scripts=False)
    try:
        plain.set_window_size(1280, 900)
        plain.get(guarded + PAGE)
        rows = plain.find_elements(By.CSS_SELECTOR, "table.matrix tr[id]")
        visible = {row.get_attribute("id") for row in rows if row.is_displayed()}
        assert {id for id in visible if ":" not in id} == ALL
        assert not plain.find_element(By.CSS_SELECTOR, ".matrix-filters").is_displayed()
        assert "Not in 2020.06 or newer" in plain.find_element(By.CSS_SELECTOR, "tbody.fold").text
        link = plain.find_element(By.CSS_SELECTOR, "td[id='identity-auth.2015.05'] a")
        assert link.accessible_name == "required for Compute, advisory for Object storage in 2015.05"
    finally:
        plain.quit()
