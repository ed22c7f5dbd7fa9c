"""RefStack's unmodified functions over the site's JSON give what they gave over the official files, and our lists."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from .. import refstack

STATUSES = ("required", "advisory", "deprecated", "removed")
#: As a client asks for them; RefStack takes none for all.
TYPES = [*((status,) for status in STATUSES), ("required", "advisory"), None]
TARGETS = {"powered": ("platform", "compute", "object"), "dns": ("dns",), "orchestration": ("orchestration",)}


@pytest.fixture(scope="session")
def server() -> Any:
    return refstack.module()


def published(site: Path) -> list[tuple[str, str, str]]:
    """Program, name and target of every complete guideline that RefStack had."""
    listed = json.loads((site / "api/v1/guidelines.json").read_text(encoding="utf-8"))
    return [
        (program, entry["id"], target)
        for program, targets in TARGETS.items()
        for entry in listed[program]
        for target in targets
        if entry["completeness"] == "complete"
    ]


def lists(server: Any, data: dict[str, Any], target: str) -> dict[tuple[Any, ...], list[str]]:
    """The list of each combination, with ids in one form: RefStack copied them, with or without ``id-``, from the file.

    Without its repetitions, and without the brackets around no id, which only a file of schema 2.0 gets.
    """
    given = server.Guidelines(repo_url="-", raw_url="-", additional_capability_urls="-")
    found = {}
    for types, alias, flagged in itertools.product(TYPES, (True, False), (True, False)):
        capabilities = given.get_target_capabilities(data, types, target)
        lines = given.get_test_list(data, capabilities, alias, flagged)
        found[types, alias, flagged] = sorted({one_form(line) for line in lines})
    return found


def one_form(line: str) -> str:
    name, _, id = line.removesuffix("]").partition("[")
    id = id.removeprefix("id-").partition(",")[0]
    return f"{name}[id-{id}]" if id else name


@pytest.mark.by_hand
def test_its_functions_over_our_json_give_our_lists(site: Path, server: Any) -> None:
    combinations = 0
    for _, id, target in published(site):
        data = json.loads((site / f"api/v1/guidelines/{id}.json").read_text(encoding="utf-8"))
        for (types, alias, flagged), lines in lists(server, data, target).items():
            options = f"{'+'.join(types or STATUSES)}/alias-{alias}/flag-{flagged}".lower()
            path = site / f"api/v1/guidelines/{id}/tests/{target}/{options}.txt"
            ours = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
            assert lines == sorted(map(one_form, ours)), (id, target, types, alias, flagged)
            combinations += 1
    # 14 Powered guidelines with three targets, 6 of DNS, 6 of Orchestration; 6 kinds of types, aliases, flags.
    assert combinations == (14 * 3 + 6 + 6) * 6 * 2 * 2 == 1296


@pytest.mark.fidelity
def test_its_functions_give_the_same_over_the_official_files(site: Path, server: Any, upstream: Path) -> None:
    for program, id, target in published(site):
        ours = json.loads((site / f"api/v1/guidelines/{id}.json").read_text(encoding="utf-8"))
        official = upstream / f"{program}/{id.removeprefix(f'{program}.')}.json"
        theirs = json.loads(official.read_text(encoding="utf-8"))
        assert lists(server, ours, target) == lists(server, theirs, target), (id, target)


def test_it_lists_and_fetches_our_guidelines(server: Any, nginx: str) -> None:
    """Its server, with its two addresses set to ours."""
    given = server.Guidelines(f"{nginx}api/v1/contents.json", nginx, f"{nginx}api/v1/contents.json")
    listed = given.get_guideline_list()
    ours = server.requests.get(f"{nginx}api/v1/guidelines.json").json()
    del ours["nfv"]  # Upstream had it in another folder, which RefStack did not read.
    assert listed == {
        program: [{key: entry[key] for key in ("name", "file")} for entry in entries]
        for program, entries in ours.items()
    }
    for entry in itertools.chain(*listed.values()):
        id = entry["file"].removesuffix(".json")
        assert given.get_guideline_contents(entry["file"])["metadata"]["id"] == id
        assert given.get_guideline_contents(id)["metadata"]["id"] == id
    assert given.get_guideline_contents("1999.01.json") is None
