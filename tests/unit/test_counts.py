"""Numbers counted by hand with jq and grep in the official files, never with the code under test.

Each number stands beside the command that gave it; commands run in a folder that holds the official files as
``<program>/<id>.json``. ALL stands for ``powered/*.json dns/*.json orchestration/*.json nfv/*.json``.
"""

from __future__ import annotations

import pytest
from interop.record.model import OFFICIAL, Status

pytestmark = pytest.mark.by_hand
HELD = {"powered": 14, "dns": 6, "orchestration": 6, "nfv": 1}  # ls powered | wc -l; ls dns | wc -l; ...


@pytest.fixture(scope="module")
def held(real_record):
    """The guidelines that were counted: those up to 2020.06, and the drafts."""
    found = {key: each for key, each in real_record.guidelines.items() if each.is_draft or each.id <= "2020.06"}
    assert len(found) == sum(HELD.values())
    return found


def test_guidelines_by_program(held):
    programs = [guideline.program for guideline in held.values()]
    assert {program: programs.count(program) for program in programs} == HELD


def test_distinct_names_of_capabilities(held):
    # jq -r '.capabilities|keys[]' ALL | sort -u | wc -l
    assert len({name for guideline in held.values() for name in guideline.capabilities}) == 163


def test_distinct_names_of_tests(held):
    # jq -r '.capabilities[].tests|if type=="object" then keys[] else .[] end' ALL | sort -u | wc -l
    assert len({test.name for each in held.values() for cap in each.capabilities.values() for test in cap.tests}) == 601


def test_distinct_ids_of_tests(held):
    # jq -r '.capabilities[].tests|if type=="object" then .[].idempotent_id else empty end' ALL |
    #   tr A-Z a-z | grep -oE '[0-9a-f]{8}-[0-9a-f-]{27}' | sort -u | wc -l
    ids = {test.id for each in held.values() for cap in each.capabilities.values() for test in cap.tests}
    assert len(ids - {None}) == 470


def test_statuses_of_guidelines(held):
    # jq -r '.status // .metadata.os_trademark_approval.status' ALL | sort | uniq -c
    statuses = [guideline.status for guideline in held.values()]
    assert {status: statuses.count(status) for status in statuses} == {"superseded": 11, "approved": 12, "draft": 4}


#: Key: capabilities (jq '.capabilities|length'), tests (jq '[.capabilities[].tests|length]|add'), flagged tests
#: (jq '[.capabilities[].tests[]|select(.flagged)]|length'; in 1.2 jq '[.capabilities[].flagged[]]|length').
SIZES = {
    "powered/2015.03": (15, 127, 9),
    "powered/2015.04": (15, 127, 51),
    "powered/2015.05": (16, 128, 33),
    "powered/2015.07": (46, 129, 31),
    "powered/2016.01": (74, 306, 51),
    "powered/2016.08": (78, 306, 49),
    "powered/2017.01": (98, 380, 51),
    "powered/2017.09": (88, 347, 45),
    "powered/2018.02": (91, 350, 20),
    "powered/2018.11": (93, 350, 19),
    "powered/2019.06": (93, 350, 19),
    "powered/2019.11": (79, 289, 11),
    "powered/2020.06": (79, 289, 11),
    "powered/next": (79, 289, 11),
    "dns/2018.02": (2, 10, 0),
    "dns/2020.06": (2, 10, 0),
    "dns/next": (2, 10, 0),
    "orchestration/2018.02": (23, 60, 0),
    "orchestration/2020.06": (23, 60, 0),
    "orchestration/next": (18, 24, 0),
    "nfv/next": (6, 34, 0),
}


@pytest.mark.parametrize("key", SIZES)
def test_size(key, held):
    capabilities = held[key].capabilities.values()
    tests = sum(len(capability.tests) for capability in capabilities)
    assert (len(capabilities), tests, sum(capability.flagged for capability in capabilities)) == SIZES[key]


#: Key and component: how many are required, advisory, deprecated, removed
#: (jq '.components|map_values((.capabilities // .)|map_values(length))').
STATUSES = {
    ("powered/2015.03", "compute"): (9, 2, 0, 3),
    ("powered/2015.05", "object"): (1, 2, 0, 0),
    ("powered/2016.01", "compute"): (35, 28, 2, 0),
    ("powered/2016.08", "compute"): (48, 3, 8, 2),
    ("powered/2018.02", "os_powered_compute"): (68, 3, 0, 2),
    ("powered/2018.11", "os_powered_compute"): (57, 3, 14, 0),
    ("powered/2019.06", "os_powered_compute"): (60, 0, 0, 14),
    ("powered/2020.06", "os_powered_compute"): (60, 0, 0, 0),
    ("powered/2020.06", "os_powered_storage"): (20, 0, 0, 0),
    ("dns/2020.06", "os_powered_dns"): (2, 0, 0, 0),
    ("dns/next", "os_powered_dns"): (0, 2, 0, 0),
    ("orchestration/2018.02", "os_powered_orchestration"): (16, 7, 0, 0),
    ("orchestration/next", "os_powered_orchestration"): (0, 16, 0, 0),
    ("nfv/next", "os_powered_nfv_platform"): (0, 6, 0, 0),
}


@pytest.mark.parametrize("key, component", STATUSES)
def test_capabilities_by_status(key, component, held):
    lists = held[key].components[component].capabilities
    assert tuple(len(lists[status]) for status in OFFICIAL) == STATUSES[key, component]


def test_status_belongs_to_the_component(held):
    # jq '.components|map_values(map_values(index("identity-auth")))' powered/2015.05.json
    statuses = held["powered/2015.05"].statuses("identity-auth")
    assert statuses == {"compute": Status.REQUIRED, "object": Status.ADVISORY}


def test_capabilities_that_both_components_require(held):
    # jq '[.components[].capabilities.required[]]|group_by(.)|map(select(length>1)[0])' powered/2020.06.json
    compute, storage = held["powered/2020.06"].components.values()
    both = set(compute.capabilities[Status.REQUIRED]) & set(storage.capabilities[Status.REQUIRED])
    assert both == {"identity-v3-tokens-create", "identity-v3-tokens-delete"}


def test_flags_of_the_newest_guideline(held):
    # jq -r '.capabilities[].tests[].flagged//empty|[.date,.reason[0:6]]|@tsv' powered/2020.06.json | sort
    tests = [test for capability in held["powered/2020.06"].capabilities.values() for test in capability.tests]
    assert sorted((test.flag.date, test.flag.code) for test in tests if test.flag) == [
        *[("2015-05-07", "")] * 4,
        ("2016-03-31", "D401"),
        ("2016-06-13", "D401"),
        *[("2017-04-27", "D401")] * 2,
        ("2017-08-08", "D400"),
        ("2018-03-02", "D400"),
        ("2018-03-20", "D406"),
    ]


def test_tests_with_other_names(held):
    # jq '[.capabilities[].tests[]|select(.aliases)]|length' powered/2020.06.json powered/2016.01.json
    counted = [
        sum(bool(test.aliases) for capability in held[key].capabilities.values() for test in capability.tests)
        for key in ("powered/2020.06", "powered/2016.01")
    ]
    assert counted == [95, 33]


def test_the_one_test_without_an_id_since_ids_were_given(held):
    # grep -n '"idempotent_id": ""' ALL
    without = [
        (key, capability.name, test.name)
        for key, guideline in held.items()
        if guideline.origin_schema != "1.2"
        for capability in guideline.capabilities.values()
        for test in capability.tests
        if test.id is None
    ]
    assert without == [("powered/2017.01", "volumes-list-api-versions", "tempest.api.volume.NEED_TEST")]


#: Key: cutoff, sum of the weights, number of criteria
#: (jq '.metadata.scoring // . | [.cutoff_score, ([.criteria[].weight]|add), (.criteria|length)]').
WEIGHTS = {
    "powered/2015.03": (None, 100, 12),
    "powered/2016.08": (74, 100, 12),
    "powered/2020.06": (74, 100, 12),
    "dns/2020.06": (60, 75, 9),
}


@pytest.mark.parametrize("key", WEIGHTS)
def test_weights(key, held):
    guideline = held[key]
    weights = [criterion.weight for criterion in guideline.criteria.values()]
    assert (guideline.cutoff, sum(weights), len(weights)) == WEIGHTS[key]


def test_designated_sections_of_the_newest_guideline(held):
    # jq '.designated_sections|map_values(map_values(.sections//{}|[length, (map(select(.designated))|length)]))'
    #   powered/2020.06.json
    counted = {
        (section.project, section.status): (len(section.parts), sum(part.designated for part in section.parts))
        for section in held["powered/2020.06"].sections
    }
    assert counted == {
        ("nova", "required"): (6, 0),
        ("keystone", "required"): (13, 4),
        ("glance", "required"): (5, 2),
        ("cinder", "required"): (4, 1),
        ("swift", "required"): (28, 11),
        ("neutron", "required"): (11, 7),
        ("heat", "informational"): (0, 0),
        ("horizon", "informational"): (0, 0),
    }


def test_capabilities_by_project(held):
    # jq -r '.capabilities[].project' powered/2020.06.json | sort | uniq -c
    projects = [capability.project for capability in held["powered/2020.06"].capabilities.values()]
    counted = {project: projects.count(project) for project in projects}
    assert counted == {"cinder": 13, "glance": 6, "keystone": 6, "neutron": 6, "nova": 30, "swift": 18}


def test_administrators(held):
    # jq '[.capabilities[]|select(.admin)]|length' powered/2019.06.json
    assert sum(capability.admin for capability in held["powered/2019.06"].capabilities.values()) == 2
