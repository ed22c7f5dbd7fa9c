"""The index of the box that finds anything, against the guideline files read without our loader."""

from __future__ import annotations

import base64
import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from interop.record.record import Record
from interop.site import find_entries, find_index, urls
from interop.site.find_entries import Entry
from interop.site.site import Site


@pytest.fixture(scope="module")
def site(real_record: Record) -> Site:
    return Site(real_record)


@pytest.fixture(scope="module")
def entries(site: Site) -> list[Entry]:
    return list(find_entries.entries(site))


def by_name(entries: list[Entry], name: str) -> list[Entry]:
    return [one for one in entries if name in (one.title, *one.names)]


@pytest.fixture(scope="module")
def files(guidelines: Path) -> dict[str, Any]:
    """The guideline files by ``program/id``, as plain data."""
    paths = [path for path in guidelines.glob("*/*.yaml") if path.parent.name not in ("catalogue", "adopters")]
    return {f"{path.parent.name}/{path.stem}": yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths}


def official_tests(files: dict[str, Any]) -> dict[str, set[str]]:
    """The names and aliases of each idempotent id in the official form of tests."""
    found: dict[str, set[str]] = {}
    for data in files.values():
        for capability in [*data.get("capabilities", {}).values(), *data.get("groups", {}).values()]:
            tests = capability.get("tests", {})
            for name, test in tests.items() if isinstance(tests, dict) else ():
                if isinstance(test, dict) and test.get("idempotent_id"):
                    id = re.sub(r"^id-", "", test["idempotent_id"])[:36]
                    found.setdefault(id, set()).update({name, *test.get("aliases", ())})
    return found


def test_every_id_in_the_files_has_its_names(site: Site, files: dict[str, Any]) -> None:
    listed = {test.id: set(test.names) for test in find_index.tests(site) if test.id}
    official = official_tests(files)
    assert len(official) > 500
    assert official.keys() <= listed.keys()
    assert {id: names - listed[id] for id, names in official.items() if names - listed[id]} == {}


def test_every_capability_in_the_files_is_listed(entries: list[Entry], files: dict[str, Any]) -> None:
    names = {name for data in files.values() for name in data.get("capabilities", {})}
    assert names == {one.title for one in entries if one.kind == "capability"}


def test_the_script_gives_back_what_went_in(site: Site, entries: list[Entry]) -> None:
    """Decoded here by the format that the docstring tells."""
    tests = find_index.tests(site)
    text = find_index.script(site, entries, tests)
    assert text.startswith("interopIndex = {") and text.endswith("};\n")
    data = json.loads(text.removeprefix("interopIndex = ").removesuffix(";\n"))
    decoded, capability = [], ""
    for line in data["tests"]:
        packed, states, *parts = line.split(" ")
        if not re.match(r"\d+(:|$)", parts[0]):
            capability = parts.pop(0)
        names, method = [], ""
        for part in parts:
            number, _, given = part.partition(":")
            method = given or method
            names.append(f"{data['prefixes'][int(number)]}.{method}")
        id = "" if packed == "-" else base64.b64decode(packed + "==").hex()
        found = data["states"][int(states)]
        decoded.append((id, capability, tuple(names), found))
    assert decoded == [
        (one.id.replace("-", ""), one.capability or f"-{one.project}", one.names, one.states) for one in tests
    ]
    clauses = [one for one in entries if one.kind == "clause"]
    assert [line[1] for line in data["entries"]] == [one.title for one in entries if one.kind != "clause"]
    assert len(clauses) > 400
    assert [
        (f"{document} {id}".strip(), title, page + id)
        for document, page, *some in data["clauses"]
        for id, _, title in (one.partition(" ") for one in some)
    ] == [(one.title, one.detail, urls.address(one.to)) for one in clauses]
    assert {key for key, _ in data["kinds"]} >= {one.kind for one in entries}


def test_the_script_is_small(site: Site, entries: list[Entry]) -> None:
    """At most 40 KB, of which the glossary and the pages written by hand need one."""
    text = find_index.script(site, entries, find_index.tests(site))
    assert len(gzip.compress(text.encode())) <= 39_000


def test_a_guideline_is_found_under_its_ids(entries: list[Entry]) -> None:
    found = by_name(entries, "2020.06")
    assert [(one.kind, one.to, one.detail) for one in found] == [
        ("guideline", "guidelines/powered/2020.06", "superseded")
    ]
    assert [one.to for one in by_name(entries, "dns/2020.06")] == ["guidelines/dns/2020.06"]
    (missing,) = by_name(entries, "2020.11")
    assert missing.detail.endswith("not archived")


@pytest.mark.by_hand
def test_a_release_has_its_guidelines(entries: list[Entry]) -> None:
    (zed,) = by_name(entries, "Zed")
    assert zed == Entry("release", "Zed", "guidelines 2022.06, 2022.11", "coverage#zed")
    (antelope,) = by_name(entries, "2023.1")
    assert antelope.title == "Antelope"
    (caracal,) = by_name(entries, "2024.1")
    assert (caracal.title, caracal.to) == ("Caracal", "coverage#caracal")
    assert caracal.detail == "no known guideline covers it; the newest covers Xena to Antelope: 2022.11"


def test_a_component_has_the_capabilities_that_it_requires(entries: list[Entry], files: dict[str, Any]) -> None:
    given = files["powered/2020.06"]["components"]["os_powered_compute"]["capabilities"]["required"]
    (found,) = by_name(entries, "OpenStack Powered 2020.06, Compute")
    assert found.detail == f"{len(given)} required capabilities"
    assert found.to == "guidelines/powered/2020.06#os_powered_compute"
    assert not [one for one in entries if one.kind == "component" and "DNS" in one.title]  # It has one component.


def test_a_project_is_found_by_its_service(entries: list[Entry]) -> None:
    assert [one.title for one in by_name(entries, "DNS") if one.kind == "project"] == ["designate"]
    (manila,) = by_name(entries, "manila")
    # No file gives the names of its capabilities, so it leads to the guideline with its tests.
    assert (manila.detail, manila.to) == ("Shared File Systems", "guidelines/shared-file-system/2022.11")


def test_a_clause_without_its_document_is_that_of_the_newest(entries: list[Entry]) -> None:
    assert [one.to for one in by_name(entries, "A4.5")] == ["process/2017A#A4.5"]
    assert [one.to for one in by_name(entries, "2015A A4.5")] == ["process/2015A#A4.5"]
    (code,) = by_name(entries, "D404")
    assert (code.kind, code.to) == ("code", "process/flagging#D404")


def test_the_programs_have_all_their_guidelines(site: Site, entries: list[Entry], files: dict[str, Any]) -> None:
    """In the order of the letters of the states; every two of a program have a comparison."""
    text = find_index.script(site, entries, find_index.tests(site))
    data = json.loads(text.removeprefix("interopIndex = ").removesuffix(";\n"))
    keys = [f"{name}/{id}" for name, _, *ids in data["programs"] for id in ids]
    assert sorted(keys) == sorted(files)
    partial = {key for key in files if files[key]["record"]["completeness"] == "partial"}
    assert set(data["partial"]) == partial
    at = keys.index("powered/2018.02")
    letters = {
        one[1]: data["states"][abs(one[3]) - 1][at : at + 1] for one in data["entries"] if isinstance(one[3], int)
    }
    listed = {
        status: {
            name
            for component in files["powered/2018.02"]["components"].values()
            for name in component["capabilities"].get(status) or ()
        }
        for status in ("required", "advisory")
    }
    assert {name for name, letter in letters.items() if letter == "r"} == listed["required"]
    assert {name for name, letter in letters.items() if letter == "a"} == listed["advisory"] - listed["required"]


def test_a_test_without_a_capability_has_its_project(site: Site, files: dict[str, Any]) -> None:
    groups = files["shared-file-system/2022.11"]["groups"]
    names = {name for group in groups.values() for name in group["tests"]}
    of_manila = {test.names[0] for test in find_index.tests(site) if test.project == "manila"}
    assert names == of_manila


def test_a_page_is_found_by_its_description_and_a_term_by_its_plural() -> None:
    (page,) = [find_entries.page_entry("How to test a cloud", "testing", "How to run the tests of a cloud today.")]
    assert page.names == ("testing", "run tests today")
    terms = find_entries.term_entries([("Flag", "g#f"), ("Flags", "g#fs"), ("Criteria", "g#c")])
    assert [(one.title, one.names) for one in terms] == [("Flag", ("Flags",)), ("Criteria", ())]


def test_words_of_a_description_find_a_capability(entries: list[Entry]) -> None:
    """But not those that every description has, nor those of the name."""
    (found,) = by_name(entries, "compute-live-migration")
    assert found.names == ("move running server another host",)
