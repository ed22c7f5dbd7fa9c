"""Official files of every schema as the model: what is respelled, moved, tidied and noted, and on which line it stands.

Each test changes a fixture in one place and says what the guideline must be then, written by hand.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from interop.record import builder, fields, loader, schemas, upgrade
from interop.record.model import Flag, Guideline, Part, Reference, Status
from interop.record.normalise import Notes
from interop.record.problems import Problem, Severity

Json = dict[str, Any]
Edit = Callable[[Json], None]
CREATE = "tempest.api.compute.servers.test_create_server.ServersTestJSON."
HOST, LIST = CREATE + "test_host_name_is_same_as_server_name", CREATE + "test_list_servers"
VOLUME = "tempest.api.volume.test_volumes_get.VolumesV2GetTest.test_volume_create_get_update_delete"
UUID = "27fb0e9f-fb64-41dd-8bdb-1ffa762f0d51"


class Loaded:
    """A guideline that was read from JSON, its problems, and the text of its file."""

    def __init__(self, guideline: Guideline | None, problems: list[Problem], text: str) -> None:
        self.problems = problems
        self.lines = text.splitlines()
        self._guideline = guideline

    @property
    def guideline(self) -> Guideline:
        assert self._guideline, self.problems
        return self._guideline

    def at(self, code: str) -> list[str]:
        """What stands on the lines of the problems with this code."""
        return [self.lines[problem.line - 1].strip() for problem in self.problems if problem.code == code]


@pytest.fixture
def read(small_root: Path, official_fixtures: Path) -> Callable[..., Loaded]:
    """Reads an official fixture (``1.2`` to ``1.6``, ``2.0``) after edits, as it stands in the guidelines folder."""

    def run(schema: str, *edits: Edit) -> Loaded:
        id = {
            "1.2": "2031.02",
            "1.3": "2031.03",
            "1.4": "2031.04",
            "1.5": "2031.05",
            "1.6": "2031.06",
            "2.0": "2031.07",
        }
        name = f"powered/{id[schema]}"
        data = json.loads((official_fixtures / f"{name}.json").read_text(encoding="utf-8"))
        for edit in edits:
            edit(data)
        path = small_root / f"{name}.json"
        path.parent.mkdir()
        text = json.dumps(data, indent=1)
        path.write_text(text, encoding="utf-8")
        loaded, problems = loader.load(small_root)
        found = [problem for problem in problems if problem.path == f"guidelines/{name}.json"]
        return Loaded(loaded.guidelines.get(name), found, text)

    return run


def put(*path: Any) -> Edit:
    """One value: the last item of ``path`` goes where the others lead."""

    def edit(data: Json) -> None:
        for step in path[:-2]:
            data = data[step]
        data[path[-2]] = path[-1]

    return edit


def take(*path: str) -> Edit:
    def edit(data: Json) -> None:
        for step in path[:-1]:
            data = data[step]
        del data[path[-1]]

    return edit


# --- ids of tests -----------------------------------------------------------------------------------------------------

PREFIX = "'id-' is taken off the idempotent ids"
ATTRIBUTE = "a test attribute after the idempotent id is taken off, such as ',negative'"


@pytest.mark.parametrize(
    "written, id, notes",
    [
        (UUID, UUID, []),
        (f"id-{UUID}", UUID, [PREFIX]),
        (f"ID-{UUID.upper()}", UUID, [PREFIX]),
        (f" {UUID}\n", UUID, []),
        (f"{UUID},negative", UUID, [ATTRIBUTE]),
        (f"id-{UUID},negative,smoke", UUID, [PREFIX, ATTRIBUTE]),
        ("", None, ["an empty idempotent id is left out"]),
        # What is no UUID stays as it is, and is an error.
        (f"{UUID}0", f"{UUID}0", []),
        (f"{UUID}, negative", f"{UUID}, negative", []),
        (f"{UUID} negative", f"{UUID} negative", []),
        (f"the-{UUID}", f"the-{UUID}", []),
        ("none", "none", []),
    ],
)
def test_the_id_of_a_test(written: str, id: str | None, notes: list[str], read: Callable[..., Loaded]) -> None:
    loaded = read(
        "1.5",
        put("capabilities", "compute-servers-host", "tests", {HOST: {"idempotent_id": written}}),
        put("capabilities", "compute-servers-list", "tests", {}),
        put("capabilities", "volumes-list-api-versions", {"achievements": [], "admin": False, "project": "cinder"}),
        put("capabilities", "volumes-list-api-versions", "tests", {}),
    )
    (test,) = loaded.guideline.capabilities["compute-servers-host"].tests
    assert test.id == id
    assert list(loaded.guideline.notes) == [f"{note}: compute-servers-host" for note in notes]
    faults = [problem.severity for problem in loaded.problems if problem.code == "not-a-uuid"]
    wrong = [Severity.OBSERVATION] if id is None else [Severity.ERROR] if id != UUID else []
    assert faults == wrong


def several(number: int, twice: bool = False) -> Edit:
    """So many capabilities, each with one test whose id has a prefix, or two in the first."""

    def edit(data: Json) -> None:
        id = f"id-{UUID[:-1]}"
        one = {"achievements": [], "admin": False, "project": "nova"}
        data["capabilities"] = {
            f"c-{place}": one | {"tests": {f"tempest.t{place}": {"idempotent_id": f"{id}{place}"}}}
            for place in range(number)
        }
        if twice:
            data["capabilities"]["c-0"]["tests"]["tempest.more"] = {"idempotent_id": f"{id}f"}
        data["components"] = {"compute": {"required": list(data["capabilities"])}}

    return edit


@pytest.mark.parametrize(
    "edit, about",
    [
        (several(1), "c-0"),
        (several(1, twice=True), "c-0"),
        (several(4), "c-0, c-1, c-2, c-3"),
        (several(3, twice=True), "c-0, c-1, c-2"),
        (several(5), "5 times"),
        (several(4, twice=True), "5 times"),
        (several(6), "6 times"),
    ],
)
def test_a_note_names_up_to_four_things(edit: Edit, about: str, read: Callable[..., Loaded]) -> None:
    assert list(read("1.5", edit).guideline.notes) == [f"{PREFIX}: {about}"]


# --- keys and values --------------------------------------------------------------------------------------------------

#: The notes on the fixtures as they are.
NOTES = {
    "1.2": ["an empty achievement is left out: compute-auth"],
    "1.3": [f"{PREFIX}: compute-auth"],
    "1.6": [
        "the key 'depricated' is read as 'deprecated': compute",
        "the key 'acheivements' is read as 'achievements': compute-servers-host",
        f"{PREFIX}: compute-servers-host, compute-servers-list, compute-servers-lock",
    ],
    "2.0": [
        "the key 'acheivements' is read as 'achievements': compute-servers-host",
        "the key 'descriptin' is read as 'description': compute-servers-list",
        "an idempotent id has no 'id-', which the others have: compute-servers-list",
        f"{PREFIX}: compute-servers-host, objectstore-object-get",
        "an empty achievement is left out: objectstore-object-get",
    ],
}
UNAUTHORIZED = "tempest.api.compute.test_authorization.AuthorizationTestJSON.test_create_server_with_unauthorized_image"
GET_METADATA = (
    "tempest.api.compute.test_authorization.AuthorizationTestJSON.test_get_metadata_of_alt_account_server_fails"
)
ID = "3a1f5e0c-8d27-4b6e-9c41-07d2e8b5a690"
REPOSITORY = {"url": "https://git.example.org/tempest", "git-sha": "4d63b16de86cedeb9f4ee2d4daf7cb18c0fbc4a6"}


def nothing(data: Json) -> None:
    """The fixture as it is."""


def wrong_id(given: str, right: str) -> str:
    return f"metadata.id read '{given}'; the id of the file, '{right}', stands instead"


#: What differs from the fixture, its schema, the edit, and the notes beside those on the fixture.
EDITS: list[tuple[str, str, Edit, list[str]]] = [
    *((f"nothing, schema {schema}", schema, nothing, []) for schema in NOTES),
    ("another id", "1.2", put("id", "2031.01"), [wrong_id("2031.01", "2031.02")]),
    ("a part of the id", "1.2", put("id", "2031"), [wrong_id("2031", "2031.02")]),
    ("another id under metadata", "2.0", put("metadata", "id", "next"), [wrong_id("next", "2031.07")]),
    *(
        (
            f"{status} components of the platform",
            "1.2",
            put("platform", status, ["network"]),
            [f"schema 2.0 has no place for a platform's {status} components: network"],
        )
        for status in ("advisory", "deprecated", "removed")
    ),
    (
        "flags on tests that are not there",
        "1.2",
        put("capabilities", "compute-auth", "flagged", ["tempest.b", UNAUTHORIZED, "tempest.a"]),
        [
            "a flag on tempest.a, which is none of its tests, is left out: compute-auth",
            "a flag on tempest.b, which is none of its tests, is left out: compute-auth",
        ],
    ),
    (
        "the same value with a hyphen and an underscore",
        "1.3",
        put("capabilities", "compute-auth", "required_since", "2031.02"),
        [],
    ),
    (
        "the same mapping with a hyphen and an underscore",
        "1.6",
        put("test-repositories", {"tempest": REPOSITORY}),
        [],
    ),
    (
        "two mappings, one with a hyphen and one with an underscore",
        "1.6",
        put("test-repositories", {}),
        ["both spellings of 'test-repositories' stood there; the second is left out"],
    ),
    (
        "an id of a test that RefStack did not see",
        "2.0",
        put(
            "capabilities", "compute-servers-list", "tests", "tempest.api.compute.x.XTest.test_x", {"idempotent-id": ID}
        ),
        ["the key 'idempotent-id' is read as 'idempotent_id': tempest.api.compute.x.XTest.test_x"],
    ),
    (
        "a misspelled key inside a component",
        "2.0",
        put("components", "os_powered_compute", "capabilities", "depricated", []),
        ["the key 'depricated' is read as 'deprecated': os_powered_compute"],
    ),
    (
        "two values, one misspelled",
        "2.0",
        put("capabilities", "compute-servers-host", "achievements", ["tools"]),
        ["both spellings of 'achievements' stood there; the second is left out: compute-servers-host"],
    ),
]


@pytest.mark.parametrize("name, schema, edit, notes", EDITS, ids=[name for name, *_ in EDITS])
def test_notes(name: str, schema: str, edit: Edit, notes: list[str], read: Callable[..., Loaded]) -> None:
    assert sorted(read(schema, edit).guideline.notes) == sorted(NOTES[schema] + notes)


def test_the_first_of_two_spellings_stays(read: Callable[..., Loaded]) -> None:
    loaded = read("2.0", put("capabilities", "compute-servers-host", "achievements", ["tools"]))
    assert loaded.guideline.capabilities["compute-servers-host"].achievements == ("tools",)


def test_notes_are_added_to_those_that_an_exported_file_has(read: Callable[..., Loaded]) -> None:
    block = {
        "completeness": "complete",
        "origin_schema": "1.6",
        "sources": [],
        "notes": ["An old note."],
        "capabilities": {"compute-servers-host": {"status": "required"}},
    }
    found = read("2.0", put("metadata", "record", block)).guideline
    assert found.notes[0] == "An old note."
    assert sorted(found.notes[1:]) == sorted(NOTES["2.0"])
    assert (found.completeness, found.origin_schema) == ("complete", "1.6")
    carried = {name: capability.carried for name, capability in found.capabilities.items() if capability.carried}
    assert carried == {"compute-servers-host": {"status": "required"}}


def test_a_file_without_a_record_block_is_complete_and_of_its_own_schema(read: Callable[..., Loaded]) -> None:
    found = read("1.6").guideline
    assert (found.completeness, found.origin_schema, found.sources) == ("complete", "1.6", ())


@pytest.mark.parametrize("name", [f"powered/2031.0{number}" for number in range(2, 8)] + ["dns/2031.07", "nfv/next"])
def test_the_record_form_fits_the_form_of_the_records_files(name: str, official_fixtures: Path) -> None:
    data = json.loads((official_fixtures / f"{name}.json").read_text(encoding="utf-8"))
    given, version = copy.deepcopy(data), upgrade.version_of(data)
    assert version
    result = upgrade.upgrade(data, version, "2031.11", Notes())
    assert fields.check(result, schemas.RECORD) == []
    assert (result["metadata"]["id"], result["metadata"]["schema"]) == ("2031.11", "2.0")
    assert result["record"]["origin_schema"] == version
    assert data == given


# --- what schema 2.0 keeps elsewhere ----------------------------------------------------------------------------------


def test_schema_1_2(read: Callable[..., Loaded]) -> None:
    found = read("1.2").guideline
    auth, flavors, floating, identity = found.capabilities.values()
    assert [(test.name, test.id, test.flag) for test in auth.tests] == [
        (UNAUTHORIZED, None, Flag()),
        (GET_METADATA, None, None),
    ]
    assert (auth.achievements, auth.required_since) == (("tools", "stable"), "")
    # Its name, status and guidelines have no place in schema 2.0; a name that is the key is not kept.
    assert auth.carried == {"status": "required", "guidelines": ["2030.11", "2031.02"]}
    assert floating.carried == {"name": "Compute Floating IPs", "status": "removed"}
    assert (flavors.admin, flavors.carried) == (True, {"status": "required", "guidelines": []})
    assert identity.carried["guidelines"] == ["2031.02"]
    assert found.components["compute"].capabilities == {
        Status.REQUIRED: ("compute-auth", "compute-flavors"),
        Status.ADVISORY: ("identity-auth",),
        Status.DEPRECATED: (),
        Status.REMOVED: ("compute-floating-ips",),
        Status.UNKNOWN: (),
    }
    assert (found.status, found.replaces, found.releases) == ("superseded", "2030.11", ("havana", "icehouse"))
    assert (found.source, found.reference, found.target_approval) == ("https://interop.example.org/", "", "")
    assert found.cutoff is None
    assert [mark.name for mark in found.platforms] == ["platform"]
    assert found.platforms[0].components == (Reference("compute"), Reference("object"))
    assert found.criteria["stable"].description == "Invented: stays as it is."
    (nova,) = found.section("nova")
    assert (nova.status, nova.required, nova.guidance) == ("required", True, "Invented guidance for nova.")
    assert nova.parts == (
        Part("scheduler driver", False, "Invented."),
        Part("rest api", True, "Invented. Invented remark."),
    )
    (keystone,) = found.section("keystone")
    assert (keystone.guidance, keystone.required) == ("Invented guidance for keystone. Invented remark.", None)
    (horizon,) = found.section("horizon")
    assert (horizon.guidance, horizon.required, horizon.parts) == ("", False, ())


def test_schema_1_4(read: Callable[..., Loaded]) -> None:
    found = read("1.4").guideline
    assert (found.cutoff, found.target_approval) == (74, "2031-04-28")
    assert found.reference == "https://interop.example.org/schema/1.4.json"
    assert [(section.project, section.status) for section in found.sections] == [
        ("nova", "required"),
        ("nova", "deprecated"),
        ("cinder", "required"),
    ]
    (repository,) = found.repositories
    assert (repository.address, repository.reference) == (
        "https://git.example.org/tempest",
        "4d63b16de86cedeb9f4ee2d4daf7cb18c0fbc4a6",
    )
    listed, volumes = found.capabilities.values()
    assert (listed.required_since, volumes.required_since) == ("2031.03", "")
    assert listed.description == "Invented: which servers there are."
    (test,) = listed.tests
    assert [alias.split(".")[-2] for alias in test.aliases] == ["ServersTestManualDisk", "ServersTestBootFromVolume"]


def test_a_repository_without_a_commit(read: Callable[..., Loaded]) -> None:
    (repository,) = read("1.3", take("test-repositories", "tempest", "git-sha")).guideline.repositories
    assert repository.reference == ""


def test_schema_2_0(read: Callable[..., Loaded]) -> None:
    found = read("2.0", put("components", "os_powered_storage", "designated_sections", "removed", [])).guideline
    assert found.components["os_powered_storage"].sections == {"required": ("keystone",), "advisory": ("swift",)}
    host, listed, get = found.capabilities.values()
    assert (host.required_since, listed.required_since, get.required_since) == ("2031.05", "2031.03", "")
    assert (host.achievements, get.achievements) == (("stable", "tools"), ("tools",))
    assert listed.tests[0].flag == Flag(
        "2031-07-01", "D400", "Invented, the test looks inside.", "Invented: look from outside."
    )
    assert get.tests[0].flag == Flag("2031-07-02", "", "Invented: works nowhere.", "Invented: ask less.")
    assert found.add_ons == ()
    assert [mark.description for mark in found.platforms] == ["Invented: all of it.", "Invented: some of it."]


def test_an_add_on(small_root: Path, official_fixtures: Path) -> None:
    path = small_root / "dns" / "2031.07.json"
    path.parent.mkdir()
    path.write_bytes((official_fixtures / "dns" / "2031.07.json").read_bytes())
    loaded, _ = loader.load(small_root)
    found = loaded.guidelines["dns/2031.07"]
    source = "https://interop.example.org/2031.07.json"
    (mark,) = found.add_ons
    assert mark.components == (Reference("os_powered_dns"),)
    assert mark.required == (Reference("os_powered_compute", source),)
    assert mark.optional == (Reference("os_powered_storage", source),)
    assert (found.platforms, found.cutoff, found.official_id) == ((), None, "dns.2031.07")


@pytest.mark.parametrize(
    "reason, expected",
    [
        ("[D401] asks-too-much", ("D401", "asks-too-much")),
        ("D401: asks-too-much", ("D401", "asks-too-much")),
        ("D401 asks-too-much", ("D401", "asks-too-much")),
        ("[D401]: asks-too-much ", ("D401", "asks-too-much")),
        ("[D401]asks-too-much", ("D401", "asks-too-much")),
        (" \nD401 asks-too-much", ("D401", "asks-too-much")),
        ("D401", ("D401", "")),
        ("", ("", "")),
        (" asks-too-much ", ("", "asks-too-much")),
        ("D4011 asks-too-much", ("", "D4011 asks-too-much")),
        ("[D4011] asks-too-much", ("", "[D4011] asks-too-much")),
        ("D40 asks-too-much", ("", "D40 asks-too-much")),
        ("D401st", ("", "D401st")),
        ("[D401 asks-too-much", ("", "[D401 asks-too-much")),
        ("asks-too-much D401", ("", "asks-too-much D401")),
    ],
)
def test_the_code_of_a_flag(reason: str, expected: tuple[str, str]) -> None:
    assert builder.split_code(reason) == expected


# --- faults, and where they stand -------------------------------------------------------------------------------------

#: Schema, edit, code of a problem, and what stands on its line.
LINES: list[tuple[str, Edit, str, str]] = [
    ("1.6", put("components", "compute", "advisory", ["compute-x"]), "listed-not-defined", '"compute-x"'),
    ("1.6", put("replaces", "2030.01"), "unknown-guideline", '"replaces": "2030.01",'),
    ("1.6", put("cutoff_score", "101"), "weights", '"cutoff_score": "101",'),
    ("1.6", put("criteria", "tools", "weight", 41), "weights", '"criteria": {'),
    ("1.6", put("platform", "required", ["compute", "network"]), "unknown-component", '"required": ['),
    ("1.6", put("id", "2031.05"), "wrong-id", '"id": "2031.05",'),
    (
        "1.6",
        put("capabilities", "compute-servers-list", "tests", LIST, "idempotent_id", "none"),
        "not-a-uuid",
        '"idempotent_id": "none",',
    ),
    ("2.0", put("metadata", "id", "2031.05"), "wrong-id", '"id": "2031.05",'),
    (
        "2.0",
        put("metadata", "os_trademark_approval", "replaces", "2030.01"),
        "unknown-guideline",
        '"replaces": "2030.01",',
    ),
    ("2.0", put("metadata", "scoring", "cutoff_score", 101), "weights", '"cutoff_score": 101,'),
    (
        "2.0",
        put("platforms", "OpenStack Powered Storage", "components", [{"name": "network"}]),
        "unknown-component",
        '"OpenStack Powered Storage": {',
    ),
]


@pytest.mark.parametrize("schema, edit, code, line", LINES)
def test_the_line_of_a_problem(schema: str, edit: Edit, code: str, line: str, read: Callable[..., Loaded]) -> None:
    assert read(schema, edit).at(code) == [line]


def test_the_line_of_a_section(read: Callable[..., Loaded]) -> None:
    """The empty catalogue of these tests has no project and no part: the problems are told where they stand."""
    loaded = read(
        "1.6", put("designated-sections", {"deprecated": {"swift": {"sections": {"proxy": {"designated": True}}}}})
    )
    messages = {problem.about: problem.line for problem in loaded.problems if problem.code == "no-entry"}
    assert loaded.lines[messages["swift"] - 1].strip() == '"swift": {'
    assert loaded.lines[messages["swift/proxy"] - 1].strip() == '"proxy": {'


def test_a_wrong_id_is_an_error_only_in_the_records_own_files(read: Callable[..., Loaded]) -> None:
    """Official files copy it wrongly: see ``wrong-id`` of ``tests/corpus`` for a file of the record."""
    loaded = read("2.0", put("metadata", "id", "2031.05"))
    assert [problem.severity for problem in loaded.problems if problem.code == "wrong-id"] == [Severity.OBSERVATION]
    assert loaded.guideline.id == "2031.07"


@pytest.mark.parametrize("schema", ["1.2", "1.3", "1.4", "1.5", "1.6", "2.0"])
def test_superseded_as_the_schemas_spelled_it_until_2017(schema: str, read: Callable[..., Loaded]) -> None:
    """See upstream's change 02698b5; in a file of the record it stays an error."""
    path = ("metadata", "os_trademark_approval", "status") if schema == "2.0" else ("status",)
    loaded = read(schema, put(*path, "superceded"))
    assert loaded.guideline.status == "superseded"
    assert "'superceded' is read as 'superseded'" in " ".join(loaded.guideline.notes)
    assert [line.rstrip(",") for line in loaded.at("normalised") if "superceded" in line] == ['"status": "superceded"']


def test_a_file_with_faults_is_no_guideline(read: Callable[..., Loaded]) -> None:
    loaded = read("1.6", put("status", "daft"))
    assert loaded.at("bad-value") == ['"status": "daft",']
    with pytest.raises(AssertionError):
        loaded.guideline  # noqa: B018
