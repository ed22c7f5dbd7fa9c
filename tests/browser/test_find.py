"""The box that finds anything: what queries find first, by keyboard, under the policy, and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from ..site.html import article
from ..site.test_questions import DATA
from .serving import served
from .test_browser import browser, chromium, look  # noqa: F401  (a fixture)
from .test_policy import complaints, guarded  # noqa: F401  (a fixture)

ID = "5de47127-9977-400a-936f-abcfbec1218f"
MODULE = "tempest.api.compute.servers.test_create_server"
NAME = f"{MODULE}.ServersTestJSON.test_verify_server_details"
#: The URL that each query is expected to find first.
FIRST = {
    ID: f"tests/{ID}.html",
    f"id-{ID}": f"tests/{ID}.html",
    ID.upper().replace("-", ""): f"tests/{ID}.html",
    ID[:8]: f"tests/{ID}.html",
    f"{NAME}[id-{ID},smoke]": f"tests/{ID}.html",
    NAME: f"tests/{ID}.html",
    f"{MODULE}.ServersTestXML.test_verify_server_details": f"tests/{ID}.html",  # Its name in 2015.
    "test_verify_server_details": f"tests/{ID}.html",
    f"{{1}} {NAME} [0.512s] ... FAILED": f"tests/{ID}.html",
    f'File "/opt/stack/{MODULE.replace(".", "/")}.py", line 95, in test_verify_server_details': f"tests/{ID}.html",
    f"test_verify_server_details ({MODULE}.ServersTestJSON)": f"tests/{ID}.html",
    f"{MODULE.replace('.', '/')}.py::ServersTestJSON::test_verify_server_details": f"tests/{ID}.html",
    "compute-servers-create": "capabilities/compute-servers-create.html",
    "compute servers create": "capabilities/compute-servers-create.html",
    "live migration": "capabilities/compute-live-migration.html",
    "volumes v3 list": "capabilities/volumes-v3-list.html",
    "admin_password": "tests/b92d5ec7-b1dd-44a2-87e4-45e888c46ef0.html",
    "keypiar type": "capabilities/compute-keypairs-create-type.html",
    "2020.06": "guidelines/powered/2020.06.html",
    "dns.2020.06.json": "guidelines/dns/2020.06.html",
    "2018.02 2020.06": "diff/powered/2018.02..2020.06.html",
    "2020.06..2018.02": "diff/powered/2018.02..2020.06.html",
    "dns 2018.02 to 2020.06": "diff/dns/2018.02..2020.06.html",
    "Zed": "coverage.html#zed",
    "2023.1": "coverage.html#antelope",
    "2024.1": "coverage.html#caracal",
    "Epoxy": "coverage.html#epoxy",
    "2029.2": "coverage.html#later",
    "A4.5": "process/2017A.html#A4.5",
    "2015A.A4.5": "process/2015A.html#A4.5",
    "D404": "process/flagging.html#D404",
    "advisory": "glossary.html#term-Advisory",
    "DNS": "guidelines/index.html#dns",
    "Block Storage": "capabilities/index.html#cinder",
    "Manila": "guidelines/shared-file-system/2022.11.html",
    "advisory-first": "findings.html#advisory-first",
    "matrix": "matrix/powered.html",
    "compute 2020.06": "guidelines/powered/2020.06.html#os_powered_compute",
    "os_powered_compute": "guidelines/powered/2022.11.html#os_powered_compute",
    "quota": "capabilities/compute-quotas-get.html",  # Required in 2022.11; compute-admin-quota never was.
    "serverz update": "capabilities/compute-servers-update.html",
    "federated identity": "capabilities/identity-v3-catalog.html",  # Nothing is federated.
    "what is flagged in 2020.06": "search.html?q=flagged%3Ayes%20guideline%3A2020.06",
    "which guideline has volumes v3": "capabilities/volumes-v3-get.html",
    "does this cloud have to support live migration": "capabilities/compute-live-migration.html",
    "nova 2020.06": "search.html?q=project%3Anova%20guideline%3A2020.06",
    "swift tests": "search.html?q=project%3Aswift%20kind%3Atest",
    "test_servers.py": "tests/f9e15296-d7f9-4e62-b53f-a04e89160833.html",
    "clause D3.2": "process/2017A.html#D3.2",
    "release Zed": "coverage.html#zed",
    "compute": "capabilities/index.html#nova",
    # Misspelled, and called otherwise.
    "test_rezise": "tests/1499262a-9328-4eda-9068-db1ac57498d2.html",
    "ListServersFiltersTest": "tests/80c574cc-0925-44ba-8602-299028357dd9.html",
    "test_lst_servers": "tests/9a438d88-10c6-4bcd-8b5b-5b6e25e1346f.html",
    "comptue-servers-create": "capabilities/compute-servers-create.html",
    "obejct storage": "capabilities/index.html#swift",
    "guidlines": "guidelines/index.html",
    "netzwerk": "capabilities/networks-l2-CRUD.html",
    "kezpair": "capabilities/compute-keypairs-create.html",
    "quantum": "capabilities/index.html#neutron",
    "license": "process/trademark-program.html",
    "subunit": "check.html",
    "status:requird": "search.html?q=status%3Arequired",
    "projct:nova": "search.html?q=project%3Anova",
    # Pasted.
    "2020-06": "guidelines/powered/2020.06.html",
    "2020.6": "guidelines/powered/2020.06.html",
    "“2020.06”,": "guidelines/powered/2020.06.html",
    '"compute-servers-create".': "capabilities/compute-servers-create.html",
    "https://refstack.openstack.org/#/guidelines": "guidelines/index.html",
    "https://refstack.openstack.org/": "glossary.html#term-RefStack",
    "https://opendev.org/openinfra/interop/src/branch/master/guidelines/2020.06.json": (
        "guidelines/powered/2020.06.html"
    ),
    "https://example.org/x/capabilities/compute-servers-create.html#y": "capabilities/compute-servers-create.html",
    "c/compute-servers-create": "capabilities/compute-servers-create.html",
    "tempest.api.compute.keypairs": "tests/89d59d43-f735-441a-abcf-0601727f47b6.html",
    "https://example.org/search.html?q=project%3Anova": "capabilities/compute-availability-zones-list.html",
    f"{MODULE}.ServersTestJSON.test_verify_server_detials": f"tests/{ID}.html",
    # Asked.
    "what changed since 2018.02": "diff/powered/2018.02..2020.06.html",
    "what is new in 2020.06": "diff/powered/2019.11..2020.06.html",
    "how do I test my cloud": "testing.html",
    "how to test my cloud": "testing.html",
    "which guideline covers yoga": "coverage.html#yoga",
    "openstack antelope": "coverage.html#antelope",
    "what is advisory?": "glossary.html#term-Advisory",
    "section A4.5": "process/2017A.html#A4.5",
    "dns guideline": "guidelines/index.html#dns",
    "latest guideline": "guidelines/powered/2022.11.html",
    "newest": "guidelines/powered/2022.11.html",
    "what must compute pass": "guidelines/powered/2022.11.html#os_powered_compute",
    "what must compute pass in 2020.06": "guidelines/powered/2020.06.html#os_powered_compute",
    "what must storage pass": "guidelines/powered/2022.11.html#os_powered_storage",
    "what must dns pass": "guidelines/dns/2022.11.html",
    "what must designate pass": "search.html?q=status%3Arequired%20project%3Adesignate",
    "2023.1 compute": "guidelines/powered/2022.11.html#os_powered_compute",
    "Zed compute": "guidelines/powered/2022.11.html#os_powered_compute",
    "ussuri what must compute pass": "guidelines/powered/2020.06.html#os_powered_compute",
    "yoga orchestration": "guidelines/orchestration/2022.11.html",
    "we run 2023.1, what must compute pass": "guidelines/powered/2022.11.html#os_powered_compute",
    "what changed since Train": "diff/powered/2020.06..2022.11.html",
    "Queens to Train": "diff/powered/2019.06..2020.06.html",
    "2018.02 to Zed": "diff/powered/2018.02..2022.11.html",
    "Xena to Yoga": "coverage.html#xena",
    "2020.06 latest": "diff/powered/2020.06..2022.11.html",
    "dns latest": "guidelines/dns/2022.11.html",
    "compute latest": "guidelines/powered/2022.11.html#os_powered_compute",
    "powered latest": "guidelines/powered/2022.11.html",
    "Yoga heat": "guidelines/orchestration/2022.11.html",
    "what does openstack powered mean": "guidelines/index.html#powered",
    "DefCore committee": "glossary.html#term-DefCore",
    "correct a mistake": "taking-part.html",
    "openapi": "api.html",
    "powered 2020.06 flagged": "search.html?q=program%3Apowered%20guideline%3A2020.06%20flagged%3Ayes",
    "not flagged": "search.html?q=flagged%3Ano",
    "-flagged": "search.html?q=flagged%3Ano",
    "nova not required 2018.11": (
        "search.html?q=project%3Anova%20status%3Aadvisory%2Cdeprecated%2Cremoved%20guideline%3A2018.11"
    ),
    "what is flagged in Bobcat": "coverage.html#bobcat",
    "is octavia required": "search.html?q=project%3Aoctavia%20status%3Aunknown",
    "when was volumes v2 removed": "search.html?q=volumes%20v2%20status%3Aremoved%20guideline%3A2019.06",
    "flagged tests compute 2020.06": "guidelines/powered/2020.06.html#os_powered_compute",
    "tests added in 2020.06": "diff/powered/2019.11..2020.06.html",
    "what changed since 2018.02 for heat": "diff/orchestration/2018.02..2020.06.html",
    "what changed": "diff/index.html",
    "what changed since 201": "diff/index.html",
    "20": "guidelines/powered/2022.11.html",
    "since when is compute-servers-resize required": "capabilities/compute-servers-resize.html",
    "what does flagged mean": "glossary.html#term-Flagged-test",
    "which tests need admin": "search.html?q=kind%3Atest%20admin%3Ayes",
    "newest complete guideline": "guidelines/powered/2022.11.html",
    "changed:dns.2018.02..dns.2020.06": "diff/dns/2018.02..2020.06.html",
    "must-pass list": "search.html?q=status%3Arequired",
    "can I use OpenStack logo": "process/trademark-program.html",
    # Other forms of words.
    "object versioning": "capabilities/objectstore-object-versioned.html",
    "live migrate": "capabilities/compute-live-migration.html",
    "volums v3 list": "capabilities/volumes-v3-list.html",
    "nova boot": "capabilities/compute-servers-create.html",
    "test_create_server_with_admin_passwrd": "tests/b92d5ec7-b1dd-44a2-87e4-45e888c46ef0.html",
    "colour:red nova": "capabilities/index.html#nova",
    "C5.6": "process/2017A.html#C5",
    "cutoff score": "glossary.html#term-Cutoff",
    "DefCore 2015.07": "guidelines/powered/2015.07.html",
    "flagged": "search.html?q=flagged%3Ayes",
    "flagged tests": "search.html?q=flagged%3Ayes%20kind%3Atest",
    "nova flagged 2020.06": "search.html?q=project%3Anova%20flagged%3Ayes%20guideline%3A2020.06",
    "what does nova require in 2020.06": "search.html?q=project%3Anova%20status%3Arequired%20guideline%3A2020.06",
    "required in zed": "search.html?q=status%3Arequired%20guideline%3A2022.11",
    "test list 2020.06": "search.html?q=kind%3Atest%20guideline%3A2020.06",
    "Is live migration required?": "capabilities/compute-live-migration.html",
    "admin": "search.html?q=admin%3Ayes",
    "swift": "capabilities/index.html#swift",
    "guideline:2021.11": "guidelines/powered/2021.11.html",
    "component:compute": "capabilities/index.html#nova",
    "project:": "search.html?q=project%3Anova",
    "status:required project:ke": "search.html?q=status%3Arequired%20project%3Akeystone",
}
#: The number of tests for a load balancer; for none is it known whether the guideline requires it.
OCTAVIA = sum(len(group["tests"]) for group in DATA["load-balancer/2022.11"]["groups"].values())
#: Answers a query in the first box of the article, or else of the page: milliseconds, URLs, headings.
ASK = """
const input = document.querySelector("article input[name=q]") || document.querySelector("input[name=q]");
input.value = arguments[0];
let taken = Infinity; // The best of three, since other processes may be busy.
for (let time = 0; time < 3; time++) {
  const from = performance.now();
  input.dispatchEvent(new Event("input", { bubbles: true }));
  taken = Math.min(taken, performance.now() - from);
}
const list = document.getElementById(input.getAttribute("aria-controls"));
return [taken, [...list.querySelectorAll("[role=option]")].map((one) => one.href), list.innerText];
"""


def box(browser: webdriver.Chrome, where: str = "article") -> WebElement:  # noqa: F811
    """A box, ready to be used."""
    found = browser.find_element(By.CSS_SELECTOR, f"{where} input[name=q]")
    found.click()
    WebDriverWait(browser, 10).until(lambda _: found.get_attribute("aria-controls"))
    return found


@pytest.fixture(scope="module")
def home(browser: webdriver.Chrome, site: Path) -> Iterator[webdriver.Chrome]:  # noqa: F811
    """The home page in a folder on disk, with its box ready."""
    look(browser, 1280, "light")
    browser.get((site / "index.html").as_uri())
    box(browser)
    yield browser


@pytest.mark.by_hand
@pytest.mark.parametrize("query", FIRST)
def test_a_query_finds(home: webdriver.Chrome, site: Path, query: str) -> None:
    taken, found, _ = home.execute_script(ASK, query)
    assert found[0].removeprefix(f"{site.as_uri()}/") == FIRST[query]
    assert taken < 50


def test_a_word_is_not_found_inside_another(home: webdriver.Chrome) -> None:
    """Zed is a release; the search of Sphinx finds unauthorized."""
    _, found, text = home.execute_script(ASK, "zed")
    assert len(found) == 2 and "OpenStack releases (1)" in text


def test_an_unknown_id_is_told(home: webdriver.Chrome) -> None:
    home.execute_script(ASK, "id-00000000-0000-4000-8000-000000000000")
    assert "No guideline has a test with the id" in home.find_element(By.CSS_SELECTOR, "article .note").text


@pytest.mark.parametrize(
    "query, note, first",
    [
        (f"{MODULE}.ServersTestJSON.test_nothing", "No guideline has a test named", None),
        ("project: nova", "no blank after its colon: project:nova", "project:nova"),
        ("status:required -project:nova", "No filter excludes", "status:required"),
        ("changed:2020.06", "changed takes two guidelines", "changed:2020.06..2022.11"),
        ("2018.02 2019.03", "There is no guideline 2019.03.", None),
        ("project:nova project:cinder", "Nothing meets all of this", "project:nova,cinder"),
        ("kind:capability flagged:yes", "Nothing meets all of this", "flagged:yes"),
        ("status:removed", "Nothing meets all of this in the latest guidelines", "status:removed guideline:2019.06"),
        ("guideline:2021.11", "Guideline 2021.11 is not archived", None),
        ("changed:2018.02..2021.11", "Guideline 2021.11 is not archived", None),
        ("changed:dns.2018.02..dns.2020.06", "No status of a capability or test differs.", None),
        ("what must compute pass for Bobcat", "No known guideline covers Bobcat.", None),
        ("Wallaby required", "The guidelines that cover Wallaby are not archived.", None),
        ("is octavia required", f"The statuses of {OCTAVIA} are not known.", "project:octavia status:unknown"),
        ("tempest.scenario.test_minimum_basic", "No guideline has a test or module named tempest.scenario.", None),
        ("component:compute", "Only a matrix has the filter component", None),
        ("test_create_server_with_admin_passwrd", "No test has this name; shown for", None),
        ("test_foo_bar", "No test has this name.", None),
        ("2022.06 2022.11", "There is no comparison: 2022.06 is not archived.", None),
        ("A4.99", "There is no clause A4.99.", None),
        ("D9999", "There is no code D9999.", None),
        (
            "tempest.api.volume.foo",
            "No guideline has tests of tempest.api.volume.foo; shown is tempest.api.volume.",
            None,
        ),
        ("Zed compute", "Shown for “2022.11 compute”.", None),
    ],
)
def test_what_is_wrong_in_a_query_is_told(home: webdriver.Chrome, query: str, note: str, first: str | None) -> None:
    found = home.execute_script(ASK, query)[1]
    assert note in home.find_element(By.CSS_SELECTOR, "article .note").text
    if first:
        assert found[0].partition("?")[2] == urlencode({"q": first}, quote_via=quote)


FIND = "return interopFind.find(arguments[0])"
STATUS = """
const { things, standing } = interopThings;
return interopFind.find(arguments[0]).results.filter(({ kind }) => kind === arguments[1])
  .map((one) => [one.title, standing(one).text]);
"""
BY_KIND = f"{FIND}.results.filter(({{ kind }}) => kind === arguments[1]).map(({{ title, detail }}) => [title, detail])"


def test_a_question_that_means_filters_shows_their_results(home: webdriver.Chrome) -> None:
    for question, filters in (
        ("flagged", "flagged:yes"),
        ("neutron flagged", "project:neutron flagged:yes"),
        ("admin", "admin:yes"),
        ("nova flagged 2020.06", "project:nova flagged:yes guideline:2020.06"),
    ):
        (line, *_), tests = (home.execute_script(BY_KIND, question, kind) for kind in ("filter", "test"))
        assert line[0] == filters
        assert line[1].endswith(f"{len(tests)} tests") and tests == home.execute_script(BY_KIND, filters, "test")


@pytest.mark.parametrize(
    "query, filters",
    [
        ("flagged project:nova", "project:nova flagged:yes"),
        ("neutron flagged guideline:2020.06", "project:neutron flagged:yes guideline:2020.06"),
        ("2020.06 project:nova", "guideline:2020.06 project:nova"),
        ("Zed project:nova", "guideline:2022.11 project:nova"),  # Nothing unauthorized.
        ("2023.1 status:required project:nova", "status:required project:nova guideline:2022.11"),
        ("object storage guideline:2020.06", "project:swift guideline:2020.06"),
    ],
)
def test_words_beside_filters_may_mean_filters(home: webdriver.Chrome, query: str, filters: str) -> None:
    for kind in ("capability", "test"):
        found, expected = (home.execute_script(BY_KIND, one, kind) for one in (query, filters))
        assert sorted(found) == sorted(expected)
    assert expected


@pytest.mark.parametrize("project", ["swift", "keystone", "manila", "Object Storage"])
def test_a_project_has_its_own_tests_and_no_others(home: webdriver.Chrome, project: str) -> None:
    name = "swift" if project == "Object Storage" else project
    tests = home.execute_script(BY_KIND, project, "test")
    assert [f"project:{name} kind:test", f"{len(tests)} tests"] in home.execute_script(BY_KIND, project, "filter")
    of_filter = home.execute_script(BY_KIND, f"project:{name}", "test")
    assert len(tests) > 5 and sorted(tests) == sorted(of_filter)


def test_a_word_that_most_tests_have_lists_them_behind_a_filter(home: webdriver.Chrome, site: Path) -> None:
    assert home.execute_script(BY_KIND, "tempest", "test") == []
    ((title, detail),) = home.execute_script(BY_KIND, "tempest", "filter")
    assert title == "tempest kind:test" and int(detail.removesuffix(" tests")) > 1000
    resize = [title for title, _ in home.execute_script(BY_KIND, "test_rezise", "test")]
    assert resize and all("resize" in title for title in resize)


def test_a_package_has_all_its_tests(home: webdriver.Chrome, site: Path) -> None:
    """Also one of which a name with one part more is known."""
    named = article(site / "tests/names.html").text()
    for package in ("tempest.api.volume", "tempest.api.identity"):
        tests = home.execute_script(BY_KIND, package, "test")
        assert 50 < len(tests) <= named.count(f"{package}.")


def test_of_an_unknown_name_of_a_test_nothing_is_guessed(home: webdriver.Chrome) -> None:
    assert home.execute_script(FIND, "test_foo_bar")["results"] == []


def test_a_test_tells_its_status(home: webdriver.Chrome) -> None:
    """That of a test without a capability, and of one with, in whose detail it follows."""
    (barbican, *_) = home.execute_script(BY_KIND, "project:barbican", "test")
    ((_, verify),) = home.execute_script(BY_KIND, "test_verify_server_details", "test")
    assert barbican[1].startswith("status not known in key-manager.2022.11")
    assert verify == "compute-servers-verify, required in 2022.11 (reconstructed)"


def test_changes_since_a_guideline_are_those_to_the_newest_complete_one_and_to_the_newest(
    home: webdriver.Chrome,
) -> None:
    powered = [title for title, _ in home.execute_script(BY_KIND, "what changed since 2018.02", "comparison")][:2]
    assert powered == ["OpenStack Powered 2018.02 to 2020.06", "OpenStack Powered 2018.02 to 2022.11"]


def test_the_beginning_of_a_name_is_not_the_module_of_that_name(home: webdriver.Chrome, site: Path) -> None:
    """Some tests begin with these words, and modules are called so too: typing on must not change what is found."""
    names = re.findall(r"test_delete_server_\w+", article(site / "tests/names.html").text())
    found = {title.partition(".")[2] for title, _ in home.execute_script(BY_KIND, "test_delete_server", "test")}
    assert names and set(names) <= found
    assert home.execute_script(f"{FIND}.certain.length", "test_delete_server") == 0


@pytest.mark.parametrize(
    "typed",
    [
        "tempest.api.network.test_rou",
        "tempest.api.netw",
        "tempest.api.identity.v3.test_tokens.Tokens",
        "tempest.api.compute.servers.test_servers.ServersTestJSON.test_cre",
    ],
)
def test_a_name_that_is_being_typed_finds_the_tests_that_begin_so(home: webdriver.Chrome, typed: str) -> None:
    defined = [one for data in DATA.values() for one in (data["capabilities"] | data.get("groups", {})).values()]
    tests = [item for one in defined for item in one["tests"].items()]
    named = {name for first, test in tests for name in (first, *test.get("aliases", ())) if name.startswith(typed)}
    found = home.execute_script(FIND, typed)
    of_name = "return [...(interopThings.byName.get(arguments[0]) || [])].map(({ to }) => to)"
    expected = {to for name in named for to in home.execute_script(of_name, name)}
    assert expected and {one["to"] for one in found["results"]} == expected
    assert found["certain"] == [] and found["note"] == ""


def test_what_is_half_typed_names_nothing(home: webdriver.Chrome) -> None:
    assert home.execute_script(f"{FIND}.certain.length", "compute-s") == 0


def test_a_narrower_filter_is_offered_only_with_results(home: webdriver.Chrome) -> None:
    assert home.execute_script(BY_KIND, "status:advisory", "filter") == []
    ((_, detail),) = home.execute_script(BY_KIND, "status:required", "filter")
    assert re.fullmatch(r"\d+ capabilities and \d+ tests, the newest complete guideline", detail)


def test_a_date_is_one_word(home: webdriver.Chrome) -> None:
    """No comparison is about 2020.11, which is not archived; 2020.06 and 2022.11 have the same numbers."""
    assert home.execute_script(BY_KIND, "2020.11", "comparison") == []


def test_the_same_is_listed_once(home: webdriver.Chrome) -> None:
    for query in ("flagging", "designated sections", "board", "which guideline covers yoga", "guidelines"):
        found = home.execute_script(f"{FIND}.results.map(({{ to }}) => to)", query)
        assert len(found) == len(set(found)), query
    clauses = home.execute_script(BY_KIND, "board", "clause")
    assert len(clauses) == len({detail for _, detail in clauses})
    assert clauses[0][1].endswith("(also in 2016A, 2015B, 2015A)")
    assert [title for title, _ in home.execute_script(BY_KIND, "designated sections", "term")] == ["Designated section"]


def test_a_short_word_is_not_corrected(home: webdriver.Chrome) -> None:
    assert home.execute_script(f"{FIND}.results.length", "nope") == 0


@pytest.mark.parametrize(
    "query",
    ["colour:red", "tempest.api.compute.foo.test_bar.FooTest.test_bar", "a", "é", "xyzzy plugh", "'; DROP TABLE"],
)
def test_nothing_is_found_by_chance(home: webdriver.Chrome, query: str) -> None:
    assert home.execute_script(f"{FIND}.results.length", query) == 0


def test_a_pair_without_a_comparison_opens_nothing(home: webdriver.Chrome) -> None:
    assert home.execute_script(f"{FIND}.certain.length", "2022.06 2022.11") == 0


def test_the_tests_of_a_capability_come_before_others(home: webdriver.Chrome) -> None:
    groups = [detail.partition(",")[0] for _, detail in home.execute_script(BY_KIND, "compute-servers-create", "test")]
    own = groups.count("compute-servers-create")
    assert own > 5 and set(groups[:own]) == {"compute-servers-create"}


def test_results_of_filters_begin_with_what_is_required(home: webdriver.Chrome) -> None:
    for kind in ("capability", "test"):
        required = ["required" in detail for _, detail in home.execute_script(STATUS, "project:nova", kind)]
        assert required[0] and required == sorted(required, reverse=True)


def test_other_names_of_filters(home: webdriver.Chrome) -> None:
    for other, known in (
        ("access:administrator", "admin:yes"),
        ("access:regular", "admin:no"),
        ("project:compute", "project:nova"),
        ("service:object-storage", "project:swift"),
    ):
        for kind in ("capability", "test"):
            assert home.execute_script(BY_KIND, other, kind) == home.execute_script(BY_KIND, known, kind), other


def test_results_are_counted_by_kind(home: webdriver.Chrome) -> None:
    text = home.execute_script(ASK, "nova")[2]
    assert "Projects (1)" in text and "Capabilities (5 of 82)" in text


def test_of_comparisons_the_newest_neighbours_come_first(home: webdriver.Chrome) -> None:
    """Those of 2020.06 with the next archived guideline, then with the one before."""
    found = [to for to in home.execute_script(ASK, "2020.06")[1] if "/diff/powered/" in to]
    assert [to.rpartition("/")[2] for to in found[:2]] == ["2020.06..2022.11.html", "2019.11..2020.06.html"]


def test_a_corrected_word_is_told(home: webdriver.Chrome) -> None:
    home.execute_script(ASK, "serverz")
    assert "shown for “servers”" in home.find_element(By.CSS_SELECTOR, "article .note").text
    home.execute_script(ASK, "federated identity")
    assert "Nothing has all these words" in home.find_element(By.CSS_SELECTOR, "article .note").text


def test_all_values_of_a_filter_are_offered(home: webdriver.Chrome) -> None:
    _, found, text = home.execute_script(ASK, "admin:")
    assert [to.rpartition("=")[2] for to in found[:2]] == ["admin%3Ayes", "admin%3Ano"]
    assert "Filters (2)" in text


def test_the_empty_box_lists_the_filters(home: webdriver.Chrome) -> None:
    home.execute_script(ASK, "")
    listed = [one.text for one in home.find_elements(By.CSS_SELECTOR, "article .hint dt")]
    assert {one.partition(":")[0] for one in listed} >= {"project", "status", "flagged", "guideline", "changed", "kind"}


def test_the_keyboard_moves_and_opens(browser: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    look(browser, 1280, "light")
    browser.get(f"{guarded}capabilities/compute-servers-create.html")
    complaints(browser)
    browser.find_element(By.TAG_NAME, "body").send_keys("/")
    field = browser.switch_to.active_element
    assert field.get_attribute("name") == "q" and field.get_attribute("value") == ""
    WebDriverWait(browser, 10).until(lambda _: field.get_attribute("aria-controls"))
    field.send_keys("compute servers")
    assert field.get_attribute("aria-expanded") == "true"
    options = browser.find_elements(By.CSS_SELECTOR, ".found [role=option]")

    def active() -> int:
        (selected,) = browser.find_elements(By.CSS_SELECTOR, "[role=option][aria-selected=true]")
        assert field.get_attribute("aria-activedescendant") == selected.get_attribute("id")
        return options.index(selected)

    places = []
    for key in (Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.END, Keys.ARROW_DOWN, Keys.ARROW_UP, Keys.HOME, Keys.ARROW_DOWN):
        field.send_keys(key)
        places.append(active())
    last = len(options) - 1
    assert places == [0, 1, last, 0, last, 0, 1]
    field.send_keys(Keys.ESCAPE)
    assert field.get_attribute("aria-expanded") == "false" and field.get_attribute("value")
    field.send_keys(Keys.ESCAPE)
    assert field.get_attribute("value") == ""
    field.send_keys("D404", Keys.ENTER)
    WebDriverWait(browser, 10).until(lambda driver: driver.current_url == f"{guarded}process/flagging.html#D404")
    assert complaints(browser) == []


@pytest.mark.parametrize(
    "query", ["volumes v3", "rename a test", "flagged:yes project:nova", "test_created_resources", "flagged"]
)
def test_enter_lists_what_is_not_matched_exactly(browser: webdriver.Chrome, guarded: str, query: str) -> None:  # noqa: F811
    browser.get(f"{guarded}index.html")
    box(browser).send_keys(query, Keys.ENTER)
    wanted = f"{guarded}search.html?{urlencode({'q': query})}"
    WebDriverWait(browser, 10).until(lambda driver: driver.current_url == wanted)


def test_enter_opens_what_a_question_names(browser: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    look(browser, 1280, "light")
    browser.get(f"{guarded}index.html")
    box(browser).send_keys("Which guideline covers Yoga?", Keys.ENTER)
    WebDriverWait(browser, 10).until(lambda driver: driver.current_url == f"{guarded}coverage.html#yoga")


def test_enter_searches_for_what_no_name_has(browser: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    browser.get(f"{guarded}index.html")
    box(browser).send_keys("xylophone", Keys.ENTER)
    WebDriverWait(browser, 10).until(lambda driver: driver.current_url == f"{guarded}search.html?q=xylophone")


def test_the_404_page_finds_from_any_folder(browser: webdriver.Chrome, site: Path) -> None:  # noqa: F811
    with served(site, missing="404.html") as address:
        browser.get(f"{address}lost/page.html")
        field = box(browser)
        field.clear()
        field.send_keys("Zed", Keys.ENTER)
        WebDriverWait(browser, 10).until(lambda driver: driver.current_url == f"{address}coverage.html#zed")


@pytest.mark.parametrize(
    "path, note",
    [
        ("t/id-00000000-0000-0000-0000-000000000000", "No guideline has a test with the id 00000000-"),
        ("t/id-zzz", "No guideline has a test with the id zzz."),
        ("g/2019.01", "There is no guideline 2019.01."),
        ("g/foo", "There is no guideline “foo”."),
        ("c/foo", "There is no capability “foo”."),
        ("diff/powered/2022.06..2022.11.html", "There is no comparison: 2022.06 is not archived."),
    ],
)
def test_the_404_page_tells_what_does_not_exist(browser: webdriver.Chrome, site: Path, path: str, note: str) -> None:  # noqa: F811
    with served(site, missing="404.html") as address:
        browser.get(address + path)
        WebDriverWait(browser, 10).until(lambda driver: note in driver.find_element(By.TAG_NAME, "article").text)


@pytest.mark.parametrize("path", ["nosuch/page", "<script>", "index.php"])
def test_the_404_page_lists_no_parts_of_words(browser: webdriver.Chrome, site: Path, path: str) -> None:  # noqa: F811
    with served(site, missing="404.html") as address:
        browser.get(address + quote(path))
        WebDriverWait(browser, 10).until(lambda driver: box(driver).get_attribute("value"))
        found = browser.find_elements(By.CSS_SELECTOR, "article .results a")
        assert found or not browser.find_elements(By.CSS_SELECTOR, "article section > .quiet")
        words = set(re.findall(r"\w+", path.rpartition("/")[2]))
        assert [one.text for one in found if not words <= set(re.findall(r"[^\W_]+", one.text.lower()))] == []


def test_on_a_phone_the_drawer_opens(browser: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    look(browser, 390, "light")
    browser.get(f"{guarded}capabilities/compute-servers-create.html")
    browser.find_element(By.TAG_NAME, "body").send_keys("/")
    field = browser.switch_to.active_element
    WebDriverWait(browser, 10).until(lambda _: field.get_attribute("aria-controls"))
    field.send_keys("volumes")
    WebDriverWait(browser, 10).until(lambda _: field.rect["x"] >= 0)  # The drawer slides in.
    found = browser.find_element(By.CSS_SELECTOR, ".sidebar-drawer .found").rect
    assert found["x"] >= 0 and found["x"] + found["width"] <= 390


def test_on_a_phone_the_keyboard_opens_and_closes_the_drawer(browser: webdriver.Chrome, guarded: str) -> None:  # noqa: F811
    look(browser, 390, "light")
    browser.get(f"{guarded}capabilities/compute-servers-create.html")
    sign = browser.find_element(By.CSS_SELECTOR, ".nav-overlay-icon")
    link = browser.find_element(By.CSS_SELECTOR, ".sidebar-drawer a[href$='guidelines/index.html']")
    assert not link.is_displayed()
    for key in (Keys.ENTER, Keys.SPACE):
        sign.send_keys(key)
        assert sign.get_attribute("aria-expanded") == "true"
        WebDriverWait(browser, 10).until(lambda _: link.is_displayed() and link.rect["x"] >= 0)
        browser.switch_to.active_element.send_keys(Keys.ESCAPE)
        assert sign.get_attribute("aria-expanded") == "false"
        WebDriverWait(browser, 10).until(lambda _: not link.is_displayed())


@pytest.mark.parametrize("page", ["index.html", "search.html", "404.html", "tests/index.html"])
def test_on_a_phone_the_placeholder_is_not_cut(browser: webdriver.Chrome, guarded: str, page: str) -> None:  # noqa: F811
    look(browser, 390, "light")
    browser.get(guarded + page)
    (field, *_) = browser.find_elements(By.CSS_SELECTOR, "article input[name=q]")
    wide = """
    const [input, pen] = [arguments[0], document.createElement("canvas").getContext("2d")];
    const style = getComputedStyle(input);
    pen.font = style.font;
    const room = input.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return [pen.measureText(input.placeholder).width, room];
    """
    text, room = browser.execute_script(wide, field)
    assert 0 < text <= room


def test_without_javascript_the_form_leads_to_the_search_page(guarded: str) -> None:  # noqa: F811
    plain = chromium(scripts=False)
    try:
        plain.get(f"{guarded}index.html")
        plain.find_element(By.CSS_SELECTOR, "article input[name=q]").send_keys("Zed", Keys.ENTER)
        WebDriverWait(plain, 10).until(lambda driver: driver.current_url == f"{guarded}search.html?q=Zed")
    finally:
        plain.quit()
