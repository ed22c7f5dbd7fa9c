"""Queries with filters, the search page, the list of tests and the 404 page, against the files read by plain YAML."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import yaml
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from ..site.html import read
from ..site.test_questions import DATA
from .serving import served
from .test_browser import browser, look  # noqa: F401  (a fixture)
from .test_policy import complaints, guarded  # noqa: F401  (a fixture)

FIND = "return interopFind.find(arguments[0]).results.map(({ kind, to }) => [kind, to.replace(/.*\\/|\\.html$/g, '')]);"
NOTE = "return interopFind.find(arguments[0]).note;"
UUID = "5de47127-9977-400a-936f-abcfbec1218f"


@pytest.fixture(scope="module")
def page(browser: webdriver.Chrome, site: Path) -> Iterator[webdriver.Chrome]:  # noqa: F811
    """The search page in a folder on disk."""
    look(browser, 1280, "light")
    browser.get((site / "search.html").as_uri())
    yield browser


@pytest.fixture(scope="module")
def powered(guidelines: Path) -> dict[str, Any]:
    """Two complete guidelines as plain data."""
    return {
        id: yaml.safe_load((guidelines / f"powered/{id}.yaml").read_text(encoding="utf-8"))
        for id in ("2018.02", "2020.06")
    }


def listed(data: dict[str, Any], status: str) -> set[str]:
    """The capabilities of a guideline that a component lists under a status."""
    return {name for one in data["components"].values() for name in one["capabilities"].get(status) or ()}


def ids_of(data: dict[str, Any], capabilities: set[str], flagged: bool | None = None) -> set[str]:
    """The ids of the tests of some capabilities."""
    return {
        test["idempotent_id"]
        for name in capabilities
        for test in data["capabilities"][name]["tests"].values()
        if flagged is None or ("flagged" in test) is flagged
    }


def found(page: webdriver.Chrome, query: str, kind: str) -> set[str]:
    results = [name for of, name in page.execute_script(FIND, query) if of == kind]
    assert len(results) == len(set(results))
    return set(results)


def test_status_and_project_and_flags(page: webdriver.Chrome, powered: dict[str, Any]) -> None:
    data = powered["2020.06"]
    required = listed(data, "required")
    nova = {name for name in required if data["capabilities"][name]["project"] == "nova"}
    query = "guideline:powered.2020.06 status:required project:nova"
    assert found(page, query, "capability") == nova
    assert found(page, query, "test") == ids_of(data, nova)
    assert found(page, f"{query} flagged:yes", "test") == ids_of(data, nova, flagged=True)
    assert found(page, f"flagged:no {query}", "test") == ids_of(data, nova, flagged=False)
    assert found(page, f"{query} kind:capability", "test") == set()


def test_several_values_are_alternatives(page: webdriver.Chrome, powered: dict[str, Any]) -> None:
    data = powered["2018.02"]
    advisory, required = listed(data, "advisory"), listed(data, "required")
    assert advisory
    query = "program:powered guideline:2018.02 status:"
    assert found(page, f"{query}advisory kind:capability", "capability") == advisory - required
    assert found(page, f"{query}advisory,required kind:capability", "capability") == advisory | required


def test_changed_between_two_guidelines(page: webdriver.Chrome, powered: dict[str, Any]) -> None:
    old, new = (listed(powered[id], "required") for id in ("2018.02", "2020.06"))
    query = "changed:powered.2018.02..powered.2020.06 status:required"
    assert found(page, f"{query} kind:capability", "capability") == new - old


def test_words_narrow_what_filters_find(page: webdriver.Chrome, powered: dict[str, Any]) -> None:
    every = found(page, "guideline:powered.2020.06 status:required", "capability")
    expected = {name for name in every if "keypairs" in name}
    assert expected < every
    assert found(page, "keypairs guideline:powered.2020.06 status:required", "capability") == expected


def test_faults_of_filters_are_told(page: webdriver.Chrome) -> None:
    note = page.execute_script(NOTE, "status:requird colour:red guideline:2031.01 changed:2018.02")
    assert "status has no value requird: required, advisory, deprecated, removed, unknown." in note
    assert "There is no filter colour: there are project, status," in note
    assert "guideline has no value 2031.01" in note
    assert "changed has no value 2018.02: two guidelines of a program, such as" in note


def test_without_a_guideline_the_latest_ones_count_and_are_told(page: webdriver.Chrome) -> None:
    every = page.execute_script(NOTE, "status:required")
    assert every.startswith("Status and flags as in 2022.11 (reconstructed) of OpenStack Powered, DNS, ")
    assert "as in OpenStack Powered 2022.11 (reconstructed)." in page.execute_script(
        NOTE, "status:required project:nova"
    )
    assert page.execute_script(NOTE, "project:nova") == ""


def test_only_guidelines_with_results_are_told_and_what_they_leave_open(
    page: webdriver.Chrome, powered: dict[str, Any]
) -> None:
    """2022.11 is reconstructed: it may require capabilities of 2020.06 that no source names."""
    query = "project:nova status:required"
    note = page.execute_script(NOTE, query)
    data = powered["2020.06"]
    nova = {name for name in listed(data, "required") if data["capabilities"][name]["project"] == "nova"}
    assert "DNS" not in note
    lost = nova - found(page, query, "capability")
    assert f"Not known there: the status of {len(lost)} capabilities and {len(ids_of(data, lost))} tests." in note
    assert page.execute_script(FIND, query)[0][0] == "filter"
    assert found(page, f"{query} guideline:2020.06", "capability") == nova


def test_details_tell_the_status_in_the_guideline_that_is_asked_for(page: webdriver.Chrome) -> None:
    details = "return [...new Set(interopFind.find(arguments[0]).results.map(({ detail }) => detail))]"
    for status in ("advisory", "required"):
        told = page.execute_script(details, f"guideline:powered.2018.02 kind:capability status:{status}")
        assert {one.partition(", ")[2] for one in told} == {f"{status} in 2018.02"}


def test_the_search_page_without_a_query_shows_examples(browser: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    look(browser, 1280, "light")
    browser.get(f"{guarded}search.html")
    headings = [one.text for one in browser.find_elements(By.CSS_SELECTOR, "#search-results h2")]
    assert headings == ["Examples", "Filters"]
    links = browser.find_elements(By.CSS_SELECTOR, "#search-results li a")
    for query in [link.text for link in links]:
        assert browser.execute_script("return interopFind.find(arguments[0]).results.length", query), query


def test_words_of_an_earlier_search_are_not_marked(browser: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    for query in ("servers", "advisory"):
        browser.get(f"{guarded}search.html?q={query}")
        WebDriverWait(browser, 10).until(lambda d: d.find_elements(By.CSS_SELECTOR, "#search-results section"))
    assert browser.find_elements(By.CSS_SELECTOR, ".highlighted") == []
    browser.get(f"{guarded}glossary.html")
    assert browser.find_elements(By.CSS_SELECTOR, ".highlighted") == []


def test_an_excerpt_shows_the_rarest_word(browser: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    browser.get(f"{guarded}search.html?q=rename+a+test")
    WebDriverWait(browser, 10).until(lambda d: len(d.find_elements(By.CSS_SELECTOR, ".results .context")) >= 5)
    excerpts = [one.text.lower() for one in browser.find_elements(By.CSS_SELECTOR, ".results .context")]
    assert all("renam" in excerpt for excerpt in excerpts)


def test_an_excerpt_begins_and_ends_with_a_whole_word(browser: webdriver.Chrome, guarded: str, site: Path) -> None:  # noqa: F811
    browser.get(f"{guarded}search.html?q=trademark")
    WebDriverWait(browser, 10).until(lambda d: len(d.find_elements(By.CSS_SELECTOR, ".results .context")) >= 2)
    for row in browser.find_elements(By.XPATH, "//li[p[@class='context']]"):
        name = str(row.find_element(By.TAG_NAME, "a").get_attribute("href")).removeprefix(guarded).partition("#")[0]
        words = set(read(site / name).text().replace("¶", " ").split())
        shown = row.find_element(By.CSS_SELECTOR, ".context").text.strip("… ").split()
        assert {shown[0], shown[-1]} <= words, name


def test_a_line_of_a_log_is_no_filter(page: webdriver.Chrome) -> None:
    line = "test_verify_server_details (tempest.api.compute.servers.test_create_server.ServersTestJSON) ... ok:"
    assert page.execute_script(FIND, line)[0] == ["test", UUID]
    assert page.execute_script(FIND, f"host:8774 {line}")[0] == ["test", UUID]


def test_the_search_page_lists_results_by_kind_and_texts(browser: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    look(browser, 1280, "light")
    browser.get(f"{guarded}search.html?q=advisory")
    complaints(browser)
    WebDriverWait(browser, 10).until(lambda driver: driver.find_elements(By.CSS_SELECTOR, ".results .context"))
    headings = [one.text for one in browser.find_elements(By.CSS_SELECTOR, "#search-results h2")]
    assert headings[0].startswith("Glossary") and headings[-1].startswith("Text of pages")
    texts = browser.find_elements(By.CSS_SELECTOR, "#search-results section:last-child li")
    assert 1 < len(texts) <= 10
    assert browser.title.startswith("advisory - ")
    fetched = browser.execute_script(
        "return performance.getEntriesByType('resource').map((one) => one.name).filter((name) => /\\.html/.test(name))"
    )
    assert len(fetched) <= 10
    assert complaints(browser) == []


def test_excerpts_are_around_the_word_and_have_no_titles(browser: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    """Sphinx looks for the stem of the word, which no text has: advisori."""
    look(browser, 1280, "light")
    for query, stem in (("advisory", "advisor"), ("testing a cloud", "cloud"), ("categorised", "categoris")):
        browser.get(f"{guarded}search.html?{urlencode({'q': query})}")
        rows = WebDriverWait(browser, 10).until(lambda d: d.find_elements(By.CSS_SELECTOR, ".results li:has(.context)"))
        for row in rows:
            text = row.find_element(By.CSS_SELECTOR, ".context").text
            assert row.find_element(By.CSS_SELECTOR, ".context b").text.lower().startswith(stem)
            assert "Archive of OpenStack" not in text and not text.startswith(row.find_element(By.TAG_NAME, "a").text)
        assert 1 <= len(rows) <= 10


def test_with_few_results_there_is_more_to_try(browser: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    look(browser, 1280, "light")
    for query in ("servers migration", "xylophone"):
        browser.get(f"{guarded}search.html?{urlencode({'q': query})}")
        last = WebDriverWait(browser, 10).until(
            lambda d: d.find_elements(By.CSS_SELECTOR, "#search-results section:last-child")
        )[0]
        assert last.find_element(By.TAG_NAME, "h2").text == "Also try"
        tried = [link.text for link in last.find_elements(By.TAG_NAME, "a")]
        assert {"Tests", "Glossary", "Examples and filters"} <= set(tried)
        assert ("servers" in tried) is query.startswith("servers")


def test_the_search_page_shows_all_of_a_kind(browser: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    look(browser, 1280, "light")
    browser.get(f"{guarded}search.html?q=project%3Anova%20kind%3Acapability")
    (section,) = WebDriverWait(browser, 10).until(lambda d: d.find_elements(By.CSS_SELECTOR, "#search-results section"))
    assert len(section.find_elements(By.TAG_NAME, "li")) == 20
    number = section.find_element(By.TAG_NAME, "small").text.strip("()")
    button = section.find_element(By.TAG_NAME, "button")
    browser.execute_script("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", button)
    button.click()
    assert len(section.find_elements(By.TAG_NAME, "li")) == int(number)
    assert browser.switch_to.active_element == section.find_elements(By.CSS_SELECTOR, "li a")[20]


def shown(browser: webdriver.Chrome) -> list[str]:  # noqa: F811
    rows = browser.find_elements(By.CSS_SELECTOR, "#all-tests li:not([hidden]) > a")
    return [str(row.get_attribute("href")).rpartition("/")[2] for row in rows if row.is_displayed()]


def test_the_list_of_tests_keeps_its_query_in_the_url(browser: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    look(browser, 1280, "light")
    browser.get(f"{guarded}tests/index.html")
    field = browser.find_element(By.ID, "find-test")
    field.send_keys("VolumesV2NegativeTest nonexistent_volume_id update")
    expected = ["0186422c-999a-480e-a026-6a665744c30c.html"]  # It has another name now.
    WebDriverWait(browser, 10).until(lambda _: shown(browser) == expected)
    assert browser.find_element(By.CSS_SELECTOR, ".find output").text.startswith("Showing 1 of ")
    browser.get(browser.current_url)
    WebDriverWait(browser, 10).until(lambda _: shown(browser) == expected)
    browser.find_element(By.ID, "find-test").send_keys(Keys.ENTER)
    WebDriverWait(browser, 10).until(lambda driver: driver.current_url == f"{guarded}tests/{expected[0]}")


def test_the_list_of_tests_and_the_box_find_the_same(browser: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    browser.get(f"{guarded}tests/index.html?q=resize")
    WebDriverWait(browser, 10).until(lambda driver: driver.find_element(By.CSS_SELECTOR, ".find output").text)
    of_box = browser.execute_script(FIND, "resize")
    rows = shown(browser)
    assert len(rows) == sum(kind == "test" for kind, _ in of_box)
    assert f"Compute · {len(rows)} of " in browser.find_element(By.ID, "nova").text
    browser.find_element(By.ID, "find-test").send_keys(Keys.ENTER)  # Of several, none is opened.
    assert browser.switch_to.active_element.get_attribute("href").endswith(f"/{rows[0]}")
    assert browser.current_url.endswith("tests/index.html?q=resize")


def test_the_list_of_tests_tells_what_it_does_not_know_in_its_url(browser: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    browser.get(f"{guarded}tests/index.html?project=nova&q=resize")
    said = WebDriverWait(browser, 10).until(lambda driver: driver.find_element(By.CSS_SELECTOR, ".find output").text)
    assert "Not known in this URL: project. Filters are words of the query" in said and "Showing" in said


def test_two_guidelines_to_compare_are_put_in_order(browser: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    browser.get(f"{guarded}diff/index.html")
    form = browser.find_element(By.CSS_SELECTOR, "#powered form.choose-two")
    for name, id in (("from", "2020.06"), ("to", "2018.02")):
        Select(form.find_element(By.NAME, name)).select_by_value(id)
    assert "the older one first: 2018.02 to 2020.06" in form.find_element(By.TAG_NAME, "output").text
    form.find_element(By.TAG_NAME, "button").click()
    WebDriverWait(browser, 10).until(lambda d: d.current_url == f"{guarded}diff/powered/2018.02..2020.06.html")


def test_the_list_of_tests_has_filters(
    browser: webdriver.Chrome,  # noqa: F811
    guarded: str,  # noqa: F811
    powered: dict[str, Any],
) -> None:
    browser.get(f"{guarded}tests/index.html?q=guideline%3Apowered.2020.06%20flagged%3Ayes%20kind%3Atest")
    data = powered["2020.06"]
    expected = {f"{id}.html" for id in ids_of(data, set(data["capabilities"]), flagged=True)}
    WebDriverWait(browser, 10).until(lambda _: set(shown(browser)) == expected)


def test_the_list_of_tests_shows_the_status_in_the_guideline_that_is_asked_for(
    browser: webdriver.Chrome,  # noqa: F811
    guarded: str,  # noqa: F811
    powered: dict[str, Any],
) -> None:
    look(browser, 1280, "light")
    browser.get(f"{guarded}tests/index.html?{urlencode({'q': 'guideline:powered.2020.06 project:nova'})}")
    WebDriverWait(browser, 10).until(lambda _: 0 < len(shown(browser)) < 200)
    rows = [row for row in browser.find_elements(By.CSS_SELECTOR, "#all-tests li:not([hidden])") if row.is_displayed()]
    told = {}
    for row in rows:
        place, *signs = row.find_element(By.CSS_SELECTOR, "span:last-of-type").text.split()
        assert place == "2020.06"
        told[str(row.find_element(By.TAG_NAME, "a").get_attribute("href")).rpartition("/")[2]] = signs
    data = powered["2020.06"]
    flagged = {f"{id}.html" for id in ids_of(data, set(data["capabilities"]), flagged=True)}
    required = {f"{id}.html" for id in ids_of(data, listed(data, "required"))}
    marked = {
        str(row.find_element(By.TAG_NAME, "a").get_attribute("href")).rpartition("/")[2]
        for row in rows
        if row.find_elements(By.CSS_SELECTOR, ".flagged-sign")
    }
    assert marked == flagged & told.keys() and marked
    letters = {
        str(row.find_element(By.TAG_NAME, "a").get_attribute("href")).rpartition("/")[2]
        for row in rows
        if row.find_elements(By.CSS_SELECTOR, "[data-status=required]")
    }
    assert letters == required & told.keys() and letters
    field = browser.find_element(By.ID, "find-test")
    field.clear()
    field.send_keys("test_resize_server_confirm")
    WebDriverWait(browser, 10).until(lambda _: len(shown(browser)) == 1)
    (row,) = browser.find_elements(By.CSS_SELECTOR, "#all-tests li:not([hidden])")
    assert "2022.11" in row.text  # The newest guideline again.


@pytest.mark.parametrize("query", ["zzzzz", "Epoxy", "guideline:2021.11"])
def test_the_list_of_tests_leads_on_where_it_has_nothing(
    browser: webdriver.Chrome,  # noqa: F811
    guarded: str,  # noqa: F811
    query: str,
) -> None:
    look(browser, 390, "light")
    browser.get(f"{guarded}tests/index.html?{urlencode({'q': query})}")
    said = WebDriverWait(browser, 10).until(lambda driver: driver.find_element(By.CSS_SELECTOR, ".find output a"))
    output = browser.find_element(By.CSS_SELECTOR, ".find output")
    assert output.text.startswith("No test is found.") and not shown(browser)
    links = {link.text: str(link.get_attribute("href")) for link in output.find_elements(By.TAG_NAME, "a")}
    assert links[f"Search everything for “{query}”"] == f"{guarded}search.html?{urlencode({'q': query})}"
    if query == "Epoxy":
        assert links["Epoxy"] == f"{guarded}coverage.html#epoxy"
    if query == "guideline:2021.11":
        assert "Guideline 2021.11 is not archived" in output.text
        assert links["OpenStack Powered 2021.11"] == f"{guarded}guidelines/powered/2021.11.html"
    assert said.is_displayed()


def test_an_exact_capability_lists_its_own_tests(browser: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    look(browser, 1280, "light")
    browser.get(f"{guarded}tests/index.html?q=compute-servers-create")
    said = "return document.querySelector('.find output').textContent"
    having = [data["capabilities"].get("compute-servers-create", {"tests": {}})["tests"] for data in DATA.values()]
    ids = {test["idempotent_id"] for tests in having for test in tests.values() if "idempotent_id" in test}
    WebDriverWait(browser, 10).until(lambda driver: f"Showing {len(ids)} of" in driver.execute_script(said))


def test_the_list_of_tests_shows_all_for_what_all_have(browser: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    """While the name of a test is typed, the list is not empty; a misspelled name does not find all."""
    look(browser, 1280, "light")
    browser.get(f"{guarded}tests/index.html?q=test_")
    said = "return document.querySelector('.find output').textContent"
    WebDriverWait(browser, 10).until(lambda driver: "Showing 1081 of" in driver.execute_script(said))
    browser.get(f"{guarded}tests/index.html?q=test_rezise")
    WebDriverWait(browser, 10).until(lambda driver: "shown for “test resize”" in driver.execute_script(said))
    assert 0 < len(shown(browser)) < 20


@pytest.mark.parametrize(
    ("lost", "to"),
    [
        (f"tests/id-{UUID}", f"tests/{UUID}.html"),
        ("capabilities/Compute_Servers_Create", "capabilities/compute-servers-create.html"),
        ("guidelines/dns.2020.06", "guidelines/dns/2020.06.html"),
        (f"t/id-{UUID}", f"tests/{UUID}.html"),
        (f"t/{UUID.upper()}", f"tests/{UUID}.html"),
        ("g/DNS.2020.06.json", "guidelines/dns/2020.06.html"),
        ("g/powered/2020.06", "guidelines/powered/2020.06.html"),
        ("g/DNS", "guidelines/index.html#dns"),
        ("g/powered", "guidelines/index.html#powered"),
        ("g/2018.02..2020.06", "diff/powered/2018.02..2020.06.html"),
        ("g/Zed", "coverage.html#zed"),
        ("diff/powered/2020.06..2018.02.html", "diff/powered/2018.02..2020.06.html"),
        ("diff/2018.02..2020.06.html", "diff/powered/2018.02..2020.06.html"),
        ("compare/2018.02/2020.06", "diff/powered/2018.02..2020.06.html"),
        ("process/2017A/A4.5", "process/2017A.html#A4.5"),
    ],
)
def test_a_url_in_another_form_is_opened(browser: webdriver.Chrome, site: Path, lost: str, to: str) -> None:  # noqa: F811
    with served(site, missing="404.html") as address:
        browser.get(address + lost)
        WebDriverWait(browser, 10).until(lambda driver: driver.current_url == address + to)


@pytest.mark.parametrize(
    ("old", "to"),
    [
        ("#/guidelines", "guidelines/index.html"),
        ("#/about", "about.html"),
        ("#/results/d6e1b5a4-6a5c-4a2f-9f0e-3a1c0f1b2c3d", "about.html#refstack"),
        ("#/public_products", "about.html#refstack"),
    ],
)
def test_a_page_of_refstack_leads_to_what_became_of_it(
    browser: webdriver.Chrome,  # noqa: F811
    guarded: str,  # noqa: F811
    old: str,
    to: str,
) -> None:
    browser.get("about:blank")
    browser.get(f"{guarded}index.html{old}")
    WebDriverWait(browser, 10).until(lambda driver: driver.current_url == guarded + to)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_404_page_lists_what_the_url_is_like(browser: webdriver.Chrome, site: Path, width: int) -> None:  # noqa: F811
    look(browser, width, "light")
    with served(site, missing="404.html") as address:
        browser.get(f"{address}some/folder/live-migration.html")
        first = WebDriverWait(browser, 10).until(
            lambda driver: driver.find_element(By.CSS_SELECTOR, "article .results a")
        )
        assert first.get_attribute("href") == f"{address}capabilities/compute-live-migration.html"
        assert not browser.find_element(By.CSS_SELECTOR, "article .found").is_displayed()
        last = browser.find_element(By.CSS_SELECTOR, "article a[href$='linking.html']")
        assert last.rect["y"] + last.rect["height"] < first.rect["y"]
        browser.get(f"{address}nope")
        WebDriverWait(browser, 10).until(
            lambda driver: driver.find_element(By.CSS_SELECTOR, "article input").get_attribute("value") == "nope"
        )
        assert browser.find_elements(By.CSS_SELECTOR, "article .results") == []
