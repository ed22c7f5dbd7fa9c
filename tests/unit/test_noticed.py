"""What ``check`` notices beyond the form of a file: one test for each kind, with what is right beside what is wrong.

The messages are in ``tests/corpus``: contradictions, against-all-others, other-spellings, faults-beside-faults.
"""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from interop.record import loader
from interop.record.problems import Problem

from ..official import load_yaml

Json = dict[str, Any]
Edit = Callable[[dict[str, Json]], None]
LIST, LISTING = (f"tempest.api.compute.test_{word}.ListTest.test_list_servers" for word in ("list", "listing"))
START = "tempest.api.compute.test_start.StartTest.test_start_server"
NETWORKS = "tempest.api.compute.test_start.StartTest.test_start_on_two_networks"
TOKEN = "tempest.api.identity.test_tokens.TokensTest.test_issue_token"
LIST_ID, START_ID = "3a1f5e0c-8d27-4b6e-9c41-07d2e8b5a690", "b7c94d12-60fe-4c3a-8a5d-1e9f7203c4d8"
NETWORKS_ID, TOKEN_ID = "e25d8f73-14ab-4970-b3c6-5f8a0d9162e7", "5c08a9e4-f7b3-4d16-82e0-c96d417ab35f"
FLAG = {"date": "2031-02-03", "reason": "D404 needs-two-networks", "action": "use-one-network"}
OTHER_FLAG = FLAG | {"reason": "D402 needs-two-networks"}
#: Today's suites; they have no test of networks and tokens.
SUITES = {
    "date": "2031-07-01",
    "suites": {"tempest": "99.0.0"},
    "tests": {LIST_ID: {"suite": "tempest", "name": LIST}, START_ID: {"suite": "tempest", "name": START}},
}


@pytest.fixture
def observed(mini_root: Path, tmp_path: Path) -> Callable[..., list[Problem]]:
    """What is noticed in the small record after an edit of its files.

    The edit gets their data by id: ``2031.01``, which is approved, and ``next``; it can add others.
    """

    def run(edit: Edit, suites: Json | None = None, form: str = "yaml") -> list[Problem]:
        root = shutil.copytree(mini_root, tmp_path / "guidelines")
        files = {path.stem: copy.deepcopy(load_yaml(path)) for path in (root / "powered").glob("*.yaml")}
        before = copy.deepcopy(files)
        edit(files)
        for id, data in files.items():
            if data != before.get(id):
                path = root / "powered" / f"{id}.{form if id not in before else 'yaml'}"
                text = json.dumps(data) if path.suffix == ".json" else yaml.safe_dump(data)
                path.write_text(text, encoding="utf-8")
        if suites:
            (root / "drift.yaml").write_text(yaml.safe_dump(suites), encoding="utf-8")
        return loader.load(root)[1]

    return run


@pytest.fixture
def noticed(observed: Callable[..., list[Problem]]) -> Callable[..., set[tuple[str, str, str]]]:
    """The code, the subject and the file of each of these."""

    def run(*given: Any, **more: Any) -> set[tuple[str, str, str]]:
        return {(found.code, found.about, Path(found.path).stem) for found in observed(*given, **more)}

    return run


def capability(files: dict[str, Json], name: str, id: str = "next") -> Json:
    found: Json = files[id]["capabilities"][name]
    return found


def put(id: str, *path: Any) -> Edit:
    """One value: the last item of ``path`` goes where the others lead in the file ``id``."""

    def edit(files: dict[str, Json]) -> None:
        *way, key, value = path
        data = files[id]
        for step in way:
            data = data[step]
        data[key] = value

    return edit


def both(*edits: Edit) -> Edit:
    def edit(files: dict[str, Json]) -> None:
        for one in edits:
            one(files)

    return edit


def a_test(name: str, value: Json | None, of: str = "servers-list", id: str = "next") -> Edit:
    """One test of a capability: its entry, or None to leave it out."""

    def edit(files: dict[str, Json]) -> None:
        tests = capability(files, of, id)["tests"]
        if value is None:
            del tests[name]
        else:
            tests[name] = value

    return edit


def later(id: str, status: str, *edits: Edit) -> Edit:
    """One more guideline, a copy of the draft, after ``edits`` of it under the id ``next``."""

    def edit(files: dict[str, Json]) -> None:
        made = {"next": copy.deepcopy(files["next"])}
        for one in edits:
            one(made)
        made["next"]["metadata"]["id"] = id
        capability(made, "servers-list")["required_since"] = id
        made["next"]["metadata"]["os_trademark_approval"] |= {"status": status, "target_approval": id}
        files[id] = made["next"]

    return edit


APPROVAL = ("next", "metadata", "os_trademark_approval")
SECTIONS = ("next", "components", "os_powered_compute", "designated_sections")
ALIASES = ("next", "capabilities", "servers-list", "tests", LIST, "aliases")
FLAGGED = ("next", "capabilities", "servers-start", "tests", NETWORKS, "flagged")
SINCE = ("next", "capabilities", "servers-list", "required_since")
NOVA = {"guidance": "nova-drivers", "sections": {"Interface": {"designated": True}}}


def nothing(files: dict[str, Json]) -> None:
    """The small record as it is."""


#: What differs from the small record, the edit, and what is noticed: code and subject.
INSIDE: list[tuple[str, Edit, list[tuple[str, str]]]] = [
    ("nothing", nothing, []),
    ("a release twice", put(*APPROVAL, "releases", ["briar", "clover", "briar"]), [("repeated", "briar")]),
    (
        "an achievement twice",
        put("next", "capabilities", "servers-list", "achievements", ["tools", "deployed", "tools"]),
        [("repeated", "tools")],
    ),
    ("an alias twice", put(*ALIASES, [LISTING, LISTING]), [("repeated", LISTING)]),
    ("a project twice", put(*SECTIONS, {"required": ["nova", "nova"]}), [("repeated", "nova")]),
    (
        "a project under two statuses",
        put(*SECTIONS, {"required": ["nova"], "advisory": ["nova"]}),
        [("two-statuses", "nova")],
    ),
    (
        "sections of two statuses",
        put("next", "designated_sections", "nova", "advisory", NOVA),
        [("two-statuses", "nova")],
    ),
    ("an alias of itself", put(*ALIASES, [LIST]), [("alias-clash", LIST)]),
    (
        "an alias that is another test",
        put(*ALIASES, [LISTING, TOKEN]),
        [("alias-clash", TOKEN), ("other-id", TOKEN)],
    ),
    (
        "an alias of two tests",
        both(
            put(*ALIASES, [LISTING]), a_test(START, {"idempotent_id": START_ID, "aliases": [LISTING]}, "servers-start")
        ),
        [("alias-clash", LISTING), ("other-id", LISTING)],
    ),
    ("no test, required", put("next", "capabilities", "servers-list", "tests", {}), [("no-tests", "servers-list")]),
    ("a test of two capabilities", a_test(START, {"idempotent_id": START_ID}), [("two-capabilities", START_ID)]),
    ("a test of two capabilities, flagged in one", a_test(START, {"idempotent_id": START_ID, "flagged": FLAG}), []),
    (
        "a test of two capabilities, flagged in one for another reason",
        a_test(START, {"idempotent_id": START_ID, "flagged": OTHER_FLAG}),
        [("two-capabilities", START_ID)],
    ),
    (
        "a test of two capabilities, flagged in both",
        a_test(NETWORKS, {"idempotent_id": NETWORKS_ID, "flagged": FLAG}),
        [],
    ),
    (
        "a test of two capabilities, flagged in both for another reason",
        both(
            a_test(NETWORKS, {"idempotent_id": NETWORKS_ID, "flagged": OTHER_FLAG}),
            a_test(NETWORKS, {"idempotent_id": NETWORKS_ID, "flagged": {**OTHER_FLAG}}, "servers-start"),
        ),
        [],
    ),
    ("a month that is none", put(*FLAGGED, "date", "2031-13-02"), [("not-a-date", NETWORKS_ID)]),
    ("a day that is none", put(*FLAGGED, "date", "2031-02-29"), [("not-a-date", NETWORKS_ID)]),
    ("a word for a date", put(*FLAGGED, "date", "yesterday"), [("not-a-date", NETWORKS_ID)]),
    ("a flag in the month of the target", put(*FLAGGED, "date", "2031-07-31"), []),
    ("a flag after the target", put(*FLAGGED, "date", "2031-08-01"), [("future-date", NETWORKS_ID)]),
    ("no target", put(*APPROVAL, "target_approval", "soon"), [("not-a-date", "soon")]),
    (
        "since when, though advisory",
        put("2031.01", "capabilities", "servers-list", "required_since", "2031.01"),
        [("since-not-required", "servers-list")],
    ),
    ("a year that is none", put(*SINCE, "92"), [("not-a-date", "servers-list")]),
    ("a year to come", put(*SINCE, "9231.01"), [("future-date", "servers-list")]),
    ("since the draft itself", put(*SINCE, "2031.07"), []),
    ("since the draft by its name", put(*SINCE, "next"), []),
    (
        "a dated guideline since the draft",
        put("2031.01", *SINCE[1:2], "servers-start", "required_since", "next"),
        [("not-a-date", "servers-start")],
    ),
    ("a draft without sources", put("next", "record", "sources", []), []),
    (
        "the draft replaces what is later than its target",
        put(*APPROVAL, "replaces", "2031.08"),
        [("replaces-later", "2031.08"), ("unknown-guideline", "2031.08")],
    ),
    ("the draft replaces the month before its target", put(*APPROVAL, "replaces", "2030.06"), []),
    ("the draft replaces itself", put(*APPROVAL, "replaces", "next"), [("replaces-later", "next")]),
    (
        "a guideline replaces itself",
        put("2031.01", "metadata", "os_trademark_approval", "replaces", "2031.01"),
        [("replaces-later", "2031.01")],
    ),
    (
        "a guideline replaces the draft",
        put("2031.01", "metadata", "os_trademark_approval", "replaces", "next"),
        [("replaces-later", "next")],
    ),
    (
        "a criterion that is nearly one",
        put("next", "capabilities", "servers-list", "achievements", ["deployed", "tool"]),
        [("unknown-criterion", "servers-list")],
    ),
    ("a test without id", a_test(LIST, {}), [("not-a-uuid", LIST)]),
]


@pytest.mark.parametrize("edit, found", [pytest.param(edit, found, id=name) for name, edit, found in INSIDE])
def test_inside_a_guideline(edit: Edit, found: list[tuple[str, str]], noticed: Callable[..., Any]) -> None:
    assert {(code, about) for code, about, _ in noticed(edit)} == set(found)


def renamed(name: str, *aliases: str) -> Edit:
    """The test that lists servers under another name in the draft."""
    return both(a_test(LIST, None), a_test(name, {"idempotent_id": LIST_ID, "aliases": list(aliases)}))


TYPO = LIST.replace("servers", "severs")


@pytest.mark.parametrize(
    "name, code",
    [
        ("tempest.api.compute.ListTest.test_list_servers", "test-name"),
        ("tempest.api.compute.test_list.test_list_servers", "test-name"),
        ("tempest.api.compute.NEED_TEST", "test-name"),
        # Gabbi's tests of heat have classes in lower case.
        ("heat_tempest_plugin.tests.api.test_heat_api.stacks_list.test_request", ""),
    ],
)
def test_the_parts_of_a_name(name: str, code: str, noticed: Callable[..., Any]) -> None:
    expected = {(code, name, "next")} if code else set()
    assert noticed(a_test(name, {"idempotent_id": NETWORKS_ID.replace("e25d", "e25e")})) == expected


def test_a_name_that_nobody_knows(noticed: Callable[..., Any]) -> None:
    """LISTING, a former name, is in too few guidelines of this small record to be known."""
    former = {("unknown-name", LISTING, "2031.01"), ("unknown-name", LISTING, "next")}
    assert noticed(renamed(TYPO, LISTING), SUITES) == {("unknown-name", TYPO, "next"), *former}


def test_a_former_name_that_is_kept_beside_the_name_today(noticed: Callable[..., Any]) -> None:
    assert ("unknown-name", TYPO, "next") not in noticed(renamed(TYPO, LIST), SUITES)


def test_a_wrong_alias_beside_the_name_today(noticed: Callable[..., Any]) -> None:
    assert ("unknown-name", TYPO, "next") in noticed(put(*ALIASES, [TYPO]), SUITES)


@pytest.mark.parametrize("times, often", [(2, "twice"), (3, "3 times")])
@pytest.mark.parametrize("alias, fault", [(TYPO, "unknown-name"), (LIST, "alias-clash")])
def test_what_is_wrong_with_a_repeated_alias_is_told_once(
    alias: str, fault: str, times: int, often: str, observed: Callable[..., list[Problem]]
) -> None:
    found = [one for one in observed(put(*ALIASES, [alias] * times), SUITES) if one.about == alias]
    assert sorted(one.code for one in found) == sorted(["repeated", fault])
    assert [one.message.endswith(f" have '{alias}' {often}") for one in found if one.code == "repeated"] == [True]


@pytest.mark.parametrize("others", [2, 3])
def test_a_name_is_known_if_three_other_guidelines_have_it(others: int, noticed: Callable[..., Any]) -> None:
    copies = [later(f"203{number}.06", "approved") for number in range(2, 1 + others)]
    found = noticed(both(*copies), SUITES)
    assert (("unknown-name", LISTING, "next") in found) == (others < 3)


def test_a_name_of_a_test_that_left_the_suites(noticed: Callable[..., Any]) -> None:
    """Only other guidelines know its id, and none of them this name."""
    wrong = TOKEN.replace("issue", "isue")
    edit = both(a_test(TOKEN, None, "tokens-issue"), a_test(wrong, {"idempotent_id": TOKEN_ID}, "tokens-issue"))
    assert ("unknown-name", wrong, "next") in noticed(edit, SUITES)


def test_without_suites_a_new_name_is_no_fault(noticed: Callable[..., Any]) -> None:
    assert noticed(renamed(TYPO, LISTING)) == set()


def test_ids_that_were_swapped(noticed: Callable[..., Any]) -> None:
    edit = both(
        a_test(START, {"idempotent_id": NETWORKS_ID}, "servers-start"),
        a_test(NETWORKS, {"idempotent_id": START_ID, "flagged": FLAG}, "servers-start"),
        later("2031.07", "review"),
    )
    assert {(code, about) for code, about, _ in noticed(edit)} == {("other-id", START), ("other-id", NETWORKS)}


def test_a_project_that_differs(noticed: Callable[..., Any]) -> None:
    """Of two guidelines, the later one is asked; of more, those that differ from most."""
    edit = put("next", "capabilities", "servers-list", "project", "keystone")
    assert noticed(edit) == {("other-project", "servers-list", "next")}


def test_a_project_that_differs_from_most(noticed: Callable[..., Any]) -> None:
    edit = both(later("2031.07", "review"), put("2031.01", "capabilities", "servers-list", "project", "keystone"))
    assert noticed(edit) == {("other-project", "servers-list", "2031.01")}


@pytest.mark.parametrize(
    "status, told", [("review", False), ("draft", False), ("approved", True), ("superseded", True)]
)
def test_a_flag_that_is_lost(status: str, told: bool, noticed: Callable[..., Any]) -> None:
    """A new guideline is proposed without flags (D312), so only after its approval."""
    edit = later("2031.07", status, a_test(NETWORKS, {"idempotent_id": NETWORKS_ID}, "servers-start"))
    assert noticed(edit) == ({("flag-lost", NETWORKS_ID, "2031.07")} if told else set())


def test_a_flagged_test_that_left(noticed: Callable[..., Any]) -> None:
    assert noticed(later("2031.07", "approved", a_test(NETWORKS, None, "servers-start"))) == set()


@pytest.mark.parametrize("date, told", [("2032-01-31", False), ("2032-02-01", True)])
def test_a_flag_after_the_second_guideline_that_follows(date: str, told: bool, noticed: Callable[..., Any]) -> None:
    flag = put("2031.01", "capabilities", "servers-start", "tests", NETWORKS, "flagged", "date", date)
    found = noticed(both(later("2031.07", "approved"), later("2032.01", "approved"), flag))
    assert found == ({("future-date", NETWORKS_ID, "2031.01")} if told else set())


def test_the_id_of_another_guideline(noticed: Callable[..., Any]) -> None:
    def edit(files: dict[str, Json]) -> None:
        later("2031.07", "review")(files)
        files["2031.07"]["metadata"]["id"] = "2031.01"
        files["2031.07"]["metadata"]["record"] = files["2031.07"].pop("record")

    found = noticed(edit, form="json")
    assert {("taken-id", "2031.01", "2031.07"), ("wrong-id", "2031.01", "2031.07")} <= found


def test_a_file_of_the_record_has_the_right_spelling(noticed: Callable[..., Any]) -> None:
    assert ("bad-value", "status", "next") in noticed(put(*APPROVAL, "status", "superceded"))


def test_what_is_respelled_has_the_right_spelling_as_a_hint(observed: Callable[..., list[Problem]]) -> None:
    """In official JSON, which is read all the same."""

    def edit(files: dict[str, Json]) -> None:
        later("2031.07", "review")(files)
        made = files["2031.07"]
        del made["record"]
        made["metadata"]["os_trademark_approval"]["status"] = "superceded"
        for one in made["capabilities"].values():
            for test in one["tests"].values():
                test["idempotent_id"] = f"id-{test['idempotent_id']}"
                if "flagged" in test:
                    test["flag"] = test.pop("flagged")
        capability(files, "tokens-issue", "2031.07")["tests"][TOKEN]["idempotent_id"] = f"{TOKEN_ID.upper()},gate"
        capability(files, "tokens-issue", "2031.07")["acheivements"] = made["capabilities"]["tokens-issue"].pop(
            "achievements"
        )

    hints = [one.hint for one in observed(edit, form="json") if one.code == "normalised"]
    expected = ["the word 'superseded'", "the key 'flagged'", "the key 'achievements'", *[f"id-{TOKEN_ID}"] * 3]
    assert sorted(hints) == sorted(expected)


# --- errors beside others ---------------------------------------------------------------------------------------------


def test_an_error_does_not_hide_the_rest(noticed: Callable[..., Any]) -> None:
    """Two errors of form, and below them what only a model shows."""
    edit = both(
        put(*APPROVAL, "status", "drafty"),
        put("next", "capabilities", "servers-start", "admin", "no"),
        put(*APPROVAL, "releases", ["briar", "clovr"]),
        put("next", "capabilities", "servers-list", "tests", {}),
        put("next", "components", "os_powered_compute", "capabilities", "required", ["servers-list", "servers-list"]),
    )
    found = {(code, about) for code, about, _ in noticed(edit)}
    assert found == {
        ("bad-value", "status"),
        ("wrong-type", "admin"),
        ("unknown-release", "clovr"),
        ("no-tests", "servers-list"),
        ("listed-twice", "servers-list"),
        ("defined-not-listed", "servers-start"),
        ("not-checked", ""),
    }


def test_what_follows_from_an_error_is_not_told_as_well(noticed: Callable[..., Any]) -> None:
    """Without the weight, the sum is wrong; without the capabilities, nothing that is listed is defined."""

    def edit(files: dict[str, Json]) -> None:
        del files["next"]["capabilities"]
        files["next"]["metadata"]["scoring"]["criteria"]["tools"] = {}

    found = {(code, about) for code, about, _ in noticed(edit)}
    assert found == {("missing-key", ""), ("missing-key", "tools"), ("not-checked", "")}


def test_what_has_an_error_is_not_looked_up(noticed: Callable[..., Any]) -> None:
    """There is no entry in the catalogue for a project whose name is none, nor for such a release."""
    wrong = both(put("next", "capabilities", "servers-list", "project", "no va"), put(*APPROVAL, "releases", ["Briar"]))
    found = {(code, about) for code, about, _ in noticed(wrong)}
    assert found == {("bad-value", "project"), ("bad-value", "0"), ("not-checked", "")}


def test_a_guideline_with_errors_is_not_in_the_record(mini_root: Path, tmp_path: Path) -> None:
    root = shutil.copytree(mini_root, tmp_path / "guidelines")
    text = (root / "powered" / "next.yaml").read_text(encoding="utf-8")
    (root / "powered" / "next.yaml").write_text(text.replace("status: draft", "status: drafty"), encoding="utf-8")
    assert set(loader.load(root)[0].guidelines) == {"powered/2031.01", "dns/2031.01"}


def test_json_with_a_comma_too_many(official_fixtures: Path, small_root: Path) -> None:
    """What follows the comma is checked."""
    text = (official_fixtures / "powered" / "2031.07.json").read_text(encoding="utf-8")
    data = json.loads(text)
    data["metadata"]["os_trademark_approval"]["releases"] = ["nowhere"]
    (small_root / "powered").mkdir()
    broken = json.dumps(data, indent=1).removesuffix("\n}") + ",\n}"
    (small_root / "powered" / "2031.07.json").write_text(broken, encoding="utf-8")
    codes = {problem.code for problem in loader.load(small_root)[1]}
    assert {"syntax", "unknown-release", "not-checked"} <= codes
