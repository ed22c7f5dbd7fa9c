"""The data for machines: test lists against an implementation of RefStack's API that shares no code with ours."""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
import json
import re
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from interop.site import tables
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from .html import article
from .test_pages import FILES, load

STATUSES = ("required", "advisory", "deprecated", "removed")
COMBINATIONS = [c for n in range(1, 5) for c in itertools.combinations(STATUSES, n)] + [("unknown",)]
PUBLISHED = {*itertools.combinations(STATUSES, 1), ("required", "advisory"), STATUSES, ("unknown",)}
TARGETS = {
    "powered": {
        "platform": ("compute", "object", "os_powered_compute", "os_powered_storage"),
        "compute": ("compute", "os_powered_compute"),
        "object": ("object", "os_powered_storage"),
    },
    "dns": {"dns": ("os_powered_dns",)},
    "orchestration": {"orchestration": ("os_powered_orchestration",)},
    "shared-file-system": {"shared_file_system": ("os_powered_shared_file_system",)},
    "load-balancer": {"load_balancer": ("os_powered_load_balancer",)},
    "key-manager": {"key_manager": ("os_powered_key_manager",)},
}


def refstack(
    data: dict[str, Any], components: tuple[str, ...], types: tuple[str, ...], alias: bool, flag: bool
) -> list[str]:
    """What RefStack's ``GET /v1/guidelines/{version}/tests`` says, from its description: a line a test and alias."""
    wanted = [
        data[kind].get(capability, {"tests": {}})["tests"]
        for name in components
        for kind in ("capabilities", "groups")
        for status, listed in data["components"].get(name, {}).get(kind, {}).items()
        if status in types
        for capability in listed
    ]
    found = set()
    for tests in wanted:
        for name, test in tests.items():
            if "flagged" in test and not flag:
                continue
            for shown in [name, *(test.get("aliases", []) if alias else [])]:
                if data["record"]["origin_schema"] == "1.2":
                    found.add(shown)
                else:
                    found.add(f"{shown}[{'id-' + test['idempotent_id'] if 'idempotent_id' in test else ''}]")
    return sorted(found)


def official(path: Path) -> str:
    return path.stem if path.parent.name == "powered" else f"{path.parent.name}.{path.stem}"


@pytest.mark.by_hand
def test_every_list_is_what_refstack_gave(site: Path) -> None:
    """All guidelines, targets, combinations of statuses, aliases and flags; published ones as files, in their bytes."""
    expected: dict[str, str] = {}
    combinations = 0
    for path in FILES:
        data = load(path)
        for target, components in TARGETS.get(path.parent.name, {}).items():
            for types, alias, flag in itertools.product(COMBINATIONS, (True, False), (True, False)):
                combinations += 1
                lines = refstack(data, components, types, alias, flag)
                if types in PUBLISHED and lines:
                    options = f"alias-{str(alias).lower()}/flag-{str(flag).lower()}"
                    name = f"{official(path)}/tests/{target}/{'+'.join(types)}/{options}.txt"
                    expected[name] = "".join(f"{line}\n" for line in lines)
    root = site / "api/v1/guidelines"
    shown = {p.relative_to(root).as_posix(): p.read_text(encoding="utf-8") for p in root.rglob("*.txt")}
    assert shown.keys() == expected.keys()
    assert all(shown[name] == text for name, text in expected.items())
    assert combinations == (15 * 3 + 7 + 7 + 3) * 16 * 4


@pytest.mark.by_hand
@pytest.mark.parametrize(
    "list_, number",
    [
        ("2019.11/tests/platform/required/alias-true/flag-true", 388),
        ("2015.03/tests/platform/required/alias-true/flag-false", 118),
        ("2016.08/tests/compute/required+advisory/alias-false/flag-false", 216),
        ("dns.2020.06/tests/dns/required/alias-true/flag-true", 10),
    ],
)
def test_counted_lists(site: Path, list_: str, number: int) -> None:
    lines = (site / f"api/v1/guidelines/{list_}.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == number
    assert all(bool(re.search(r"\[id-[0-9a-f-]{36}\]$", line)) == (not list_.startswith("2015.03")) for line in lines)


def test_any_other_combination_on_the_command_line(interop: Any, guidelines: Path) -> None:
    data = load(guidelines / "powered/2016.08.yaml")
    for types in COMBINATIONS:
        done = interop(
            guidelines, "tests", "powered/2016.08", "--target", "object", "--type", "+".join(types), "--no-flagged"
        )
        assert done.stdout.splitlines() == refstack(data, TARGETS["powered"]["object"], types, True, False)


@pytest.mark.parametrize(
    "arguments, said",
    [
        (
            ("powered/2020.06", "--target", "dns"),
            "powered/2020.06 has no target 'dns'; one of: platform, compute, object",
        ),
        (
            ("powered/2020.06", "--type", "best"),
            "unknown status in 'best'; some of: required, advisory, deprecated, removed",
        ),
        (("powered/1999.01",), "no guideline 'powered/1999.01'"),
    ],
)
def test_wrong_use_is_said(interop: Any, guidelines: Path, arguments: tuple[str, ...], said: str) -> None:
    done = interop(guidelines, "tests", *arguments)
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.by_hand
def test_patterns_find_tests_by_id(interop: Any, guidelines: Path) -> None:
    done = interop(guidelines, "tests", "powered/2020.06", "--format", "regex-id")
    patterns = done.stdout.splitlines()
    assert len(patterns) == 284  # Required ids, flagged included, counted in the official file.
    one = next(pattern for pattern in patterns if "a8333aa2" in pattern)
    assert re.search(one, "a.new.name.of.the_test[id-a8333aa2-205c-449f-a828-d38c2489bf25,smoke]")


def api(site: Path) -> Path:
    return site / "api/v1"


def schema_of(path: str) -> str:
    kind = path.partition("/")[0].removesuffix(".json")
    return {"guidelines": "guideline" if "/" in path else "guidelines", "diffs": "diff"}.get(kind, kind)


@pytest.mark.by_hand
def test_every_json_file_fits_its_schema(site: Path) -> None:
    """Each schema refers to nothing outside itself, is of one dialect, and has no keyword of editors."""
    schemas = {}
    for path in (api(site) / "schemas").glob("*.json"):
        text = path.read_text(encoding="utf-8")
        schemas[path.stem] = json.loads(text)
        assert schemas[path.stem]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert "patternErrorMessage" not in text
        assert set(re.findall(r'"\$ref": "([^"]*/)', text)) <= {"#/$defs/"}
        Draft202012Validator.check_schema(schemas[path.stem])
    checked = 0
    for path in sorted(api(site).rglob("*.json")):
        name = path.relative_to(api(site)).as_posix()
        if name == "openapi.json" or name.startswith("schemas/"):
            continue
        data = json.loads(path.read_text(encoding="utf-8"))
        faults = list(Draft202012Validator(schemas[schema_of(name)]).iter_errors(data))
        assert not faults, (name, faults[:1])
        checked += 1
    assert checked == 36 + 150 + 7 + 27


def test_the_description_is_openapi_and_names_every_file(site: Path) -> None:
    path = api(site) / "openapi.json"
    description = json.loads(path.read_text(encoding="utf-8"))
    validate(description)  # Without its URL: it refers to nothing outside itself.
    assert set(re.findall(r'"\$ref": "([^"]*/)', path.read_text(encoding="utf-8"))) == {"#/components/schemas/"}
    assert all(len(name) < 20 for name in description["components"]["schemas"])
    forms = []
    for template, item in description["paths"].items():
        form = re.escape(template[1:])
        for parameter in item["get"].get("parameters", []):
            values = parameter["schema"].get("enum")
            if "$ref" in parameter["schema"]:
                values = description["components"]["schemas"][parameter["schema"]["$ref"].rpartition("/")[2]]["enum"]
            value = "|".join(map(re.escape, values)) if values else r"[A-Za-z0-9.-]+?"
            form = form.replace(re.escape("{" + parameter["name"] + "}"), f"(?:{value})")
        forms.append(form)
    files = [path.relative_to(api(site)).as_posix() for path in api(site).rglob("*") if path.is_file()]
    assert [name for name in files if not any(re.fullmatch(form, name) for form in forms)] == []
    assert [form for form in forms if not any(re.fullmatch(form, name) for name in files)] == []
    (name,) = description["paths"]["/schemas/{name}.json"]["get"]["parameters"]
    assert sorted(name["schema"]["enum"]) == sorted(path.stem for path in (api(site) / "schemas").iterdir())


def test_sums(site: Path) -> None:
    lines = (api(site) / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = dict(reversed(line.split("  ", 1)) for line in lines)
    files = {path.relative_to(api(site)).as_posix(): path for path in api(site).rglob("*") if path.is_file()}
    assert listed.keys() == files.keys() - {"SHA256SUMS"}
    assert all(hashlib.sha256(files[name].read_bytes()).hexdigest() == digest for name, digest in listed.items())


@pytest.mark.by_hand
def test_lists_of_everything(site: Path) -> None:
    guidelines = json.loads((api(site) / "guidelines.json").read_text(encoding="utf-8"))
    assert [entry["name"] for entry in guidelines["dns"]] == [
        f"{id}.json" for id in ("2018.02", "2018.11", "2019.06", "2019.11", "2020.06", "2022.11", "next")
    ]
    assert guidelines["dns"][4]["file"] == "dns.2020.06.json"
    powered = {entry["id"]: entry for entry in guidelines["powered"]}
    assert (powered["2020.06"]["status"], powered["2020.06"]["standing"]) == ("approved", "superseded")
    assert ("approved", "2020-06-11") in [(event["event"], event["date"]) for event in powered["2020.06"]["events"]]
    assert all(
        (site / entry[key]).is_file()
        for some in guidelines.values()
        for entry in some
        for key in ("page", "json", "csv")
    )
    capabilities = json.loads((api(site) / "capabilities.json").read_text(encoding="utf-8"))
    assert capabilities["identity-auth"]["statuses"]["powered/2015.05"] == {
        "os_powered_compute": "required",
        "os_powered_storage": "advisory",
    }
    tests = json.loads((api(site) / "tests.json").read_text(encoding="utf-8"))
    # 470 ids; 461 names for which no file gives one id, 459 of them of scorings only (2022.11 gives the id of three);
    # 2022.11: required, advisory, and the add-ons.
    assert len(tests) == 470 + 461 + 58 + 33 + 8 + 12 + 28 + 11
    assert tests["96522edf-b4b5-45d9-8443-fa11c26e6eff"]["guidelines"] == [
        {
            "guideline": "powered/2022.11",
            "capability": None,
            "statuses": {"os_powered_compute": "required"},
            "name": "tempest.api.network.test_routers.RoutersTest.test_router_interface_port_update_with_fixed_ip",
            "flagged": False,
            "evidence": "inferred",
        }
    ]
    assert capabilities["networks-l3-CRUD"]["evidence"] == {"powered/2022.11": "order-verified"}
    partial = {entry["id"] for some in guidelines.values() for entry in some if entry["completeness"] == "partial"}
    assert partial == {official(path) for path in FILES if path.stem == "2022.11"}
    assert [guidelines[program][-1]["status"] for program in ("load-balancer", "key-manager")] == [None, None]


def test_sections_over_time(site: Path) -> None:
    """Every project, status and part of every file, read with PyYAML alone."""
    sections = json.loads((api(site) / "sections.json").read_text(encoding="utf-8"))
    found = {
        (item["guideline"], project, item["status"], part["name"], part["designated"])
        for project, entry in sections.items()
        for item in entry["guidelines"]
        for part in item["sections"] or [{"name": "", "designated": None}]
    }
    expected = {
        (f"{path.parent.name}/{path.stem}", project, status, name, part.get("designated"))
        for path in FILES
        for project, statuses in load(path).get("designated_sections", {}).items()
        for status, section in statuses.items()
        for name, part in (section.get("sections") or {"": {}}).items()
    }
    assert found == expected
    assert ("powered/2020.06", "nova", "required", "scheduler driver", False) in found


def rows(path: Path) -> list[list[str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.by_hand
def test_csv_of_a_matrix(site: Path) -> None:
    head, *found = rows(api(site) / "matrix/powered.csv")
    ids = [path.stem for path in FILES if path.parent.name == "powered"]
    assert head[2:] == [f"{id} (reconstructed)" if id == "2022.11" else id for id in ids]
    assert ["os_powered_compute", "not known: dhcpv6", *[""] * 13, "required", ""] in found
    (row,) = [row for row in found if row[:2] == ["os_powered_storage", "identity-auth"]]
    assert row[2:6] == ["", "", "advisory", ""]


def test_a_cell_is_no_formula() -> None:
    assert tables.csv_text([["=1+1", "+x", "-x", "@x", "plain", "a,b"]]).endswith("'=1+1,'+x,'-x,'@x,plain,\"a,b\"\r\n")


def test_pages_link_their_data(site: Path) -> None:
    for page, data in (
        ("guidelines/dns/2020.06", ("api/v1/guidelines/dns.2020.06.json", "api/v1/guidelines/dns.2020.06.csv")),
        ("diff/powered/2018.02..2018.11", ("api/v1/diffs/powered/2018.02..2018.11.json",)),
        ("findings", ("api/v1/findings.json",)),
        ("matrix/powered", ("api/v1/matrix/powered.csv",)),
        ("capabilities/compute-servers", ("api/v1/capabilities.json",)),
        ("tests/index", ("api/v1/tests.json",)),
        ("guidelines/index", ("api/v1/guidelines.json",)),
        ("sections/nova", ("api/v1/sections.json",)),
        ("sections/index", ("api/v1/sections.json",)),
        ("process/2017A", ("api/v1/process.json",)),
    ):
        path = site / f"{page}.html"
        links = {
            (path.parent / a.attributes["href"]).resolve() for a in article(path).all("a") if "href" in a.attributes
        }
        for file in data:
            assert site / file in links, (page, file)


def ask(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        body = error.read().decode()
        return error.code, "" if body.startswith("<") else body  # A page of the server.


@pytest.mark.parametrize(
    "query, file",
    [
        (
            "2019.11/tests?target=platform&type=required&alias=true&flag=false",
            "2019.11/tests/platform/required/alias-true/flag-false",
        ),
        (
            "2019.11/tests?flag=false&alias=true&type=required&target=platform",
            "2019.11/tests/platform/required/alias-true/flag-false",
        ),
        ("2019.11.json/tests?type=required", "2019.11/tests/platform/required/alias-true/flag-true"),
        ("2019.11/tests", "2019.11/tests/platform/required+advisory+deprecated+removed/alias-true/flag-true"),
        (
            "2016.08/tests?target=compute&type=advisory,required&alias=no&flag=0",
            "2016.08/tests/compute/required+advisory/alias-false/flag-false",
        ),
        (
            "2016.08/tests?target=compute&type=required%2Cadvisory&alias=YES",
            "2016.08/tests/compute/required+advisory/alias-true/flag-true",
        ),
        ("dns.2020.06/tests?target=dns&type=required", "dns.2020.06/tests/dns/required/alias-true/flag-true"),
        # refstack-client's own request, with the target and type it sends by default.
        (
            "2018.02/tests?target=compute&type=required&alias=true&flag=true",
            "2018.02/tests/compute/required/alias-true/flag-true",
        ),
    ],
)
@pytest.mark.parametrize("folder", ["api/v1", "v1"])
def test_nginx_answers_refstacks_queries(folder: str, nginx: str, site: Path, query: str, file: str) -> None:
    expected = (api(site) / f"guidelines/{file}.txt").read_text(encoding="utf-8")
    assert ask(f"{nginx}{folder}/guidelines/{query}") == (200, expected)


@pytest.mark.parametrize(
    "query, status, body",
    [
        ("2019.11/tests?target=dns", 404, "Invalid target: dns"),
        ("dns.2020.06/tests", 404, "Invalid target: platform"),
        ("1999.01/tests", 404, "Error getting JSON content for version: 1999.01"),
        ("2020.11/tests?type=required", 404, "Error getting JSON content for version: 2020.11"),
        ("2019.11/tests?type=removed&target=object", 204, ""),
        ("2019.11/tests?type=required,removed", 404, ""),
        ("2019.11/tests?type=best", 204, ""),
    ],
)
@pytest.mark.parametrize("folder", ["api/v1", "v1"])
def test_nginx_answers_what_is_wrong(folder: str, nginx: str, query: str, status: int, body: str) -> None:
    assert ask(f"{nginx}{folder}/guidelines/{query}") == (status, body)


@pytest.mark.parametrize("folder", ["api/v1", "v1"])
def test_nginx_answers_the_lists_of_guidelines(folder: str, nginx: str, site: Path) -> None:
    for address, file in (
        ("", "guidelines.json"),
        ("/2020.06", "guidelines/2020.06.json"),
        ("/2020.06.json", "guidelines/2020.06.json"),
        ("/dns.next", "guidelines/dns.next.json"),
    ):
        assert ask(f"{nginx}{folder}/guidelines{address}") == (200, (api(site) / file).read_text(encoding="utf-8"))


@pytest.mark.by_hand
def test_hosts_without_rules_have_nothing_that_misleads(site: Path) -> None:
    """What RefStack answered at ``<version>/tests`` is a folder here, without an index: a 404 on any host."""
    folders = list((api(site) / "guidelines").rglob("tests"))
    assert len(folders) == 32
    assert all(path.is_dir() and not (path / "index.html").exists() for path in folders)


def test_pages_say_what_became_of_tests(site: Path) -> None:
    """Compared with drift.yaml and the guideline's file, both read here."""
    drift = load(FILES[0].parents[1] / "drift.yaml")
    data = load(next(path for path in FILES if official(path) == "2020.06"))
    required = {name for c in data["components"].values() for name in c["capabilities"]["required"]}
    names: dict[str, set[str]] = {}
    for capability in required:
        for name, test in data["capabilities"][capability]["tests"].items():
            names.setdefault(test["idempotent_id"], set()).add(name)
    there = names.keys() & drift["tests"].keys()
    renamed = [id for id in there if drift["tests"][id]["name"] not in names[id]]
    said = article(site / "guidelines/powered/2020.06.html").all("p", id="today")[0].text()
    assert said.startswith(
        f"Of the {len(names)} tests of required capabilities (11 of them flagged, so not required), {len(there)} are "
        f"in today’s test suites, {len(renamed)} of them under another name; {len(names) - len(there)} was removed."
    )
    gone = next(id for id in sorted(names) if id not in drift["tests"])
    assert "Not in the test suites checked on" in article(site / f"tests/{gone}.html").text()
    moved = sorted(renamed)[0]
    assert f"renamed to {drift['tests'][moved]['name']}" in article(site / f"tests/{moved}.html").text()
