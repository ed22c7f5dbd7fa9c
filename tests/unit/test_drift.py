"""Reading test suites, and what the record makes of it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from interop.record import drift, fields
from interop.tools import suites

from ..official import load_yaml

ROOT = Path(__file__).resolve().parents[2]
SUITE = """
from tempest.lib import decorators
from tempest.common import utils

class ServersTest(object):
    @decorators.attr(type=['negative', 'smoke'])
    @decorators.idempotent_id('00000000-0000-4000-8000-000000000001')
    @utils.services('compute', 'image')
    def test_one(self):
        raise RuntimeError("nobody runs me")

    @decorators.idempotent_id('00000000-0000-4000-8000-000000000002')
    def test_two(self):
        pass

    def test_without_an_id(self):
        pass

raise SystemExit("and nobody imports me")
"""
GABBI = """
tests:
- name: create empty stack
  desc: 00000000-0000-4000-8000-000000000003
- name: no id
  desc: says what it does
"""


def test_a_suite_is_read_and_not_run(tmp_path: Path) -> None:
    package = tmp_path / "some_tests"
    (package / "api/v2").mkdir(parents=True)
    (package / "tests/api/gabbits").mkdir(parents=True)
    (package / "api/v2/test_servers.py").write_text(SUITE, encoding="utf-8")
    (package / "tests/api/gabbits/stacks.yaml").write_text(GABBI, encoding="utf-8")
    one, two, three = suites.tests(package)
    assert one == (
        "00000000-0000-4000-8000-000000000001",
        "some_tests.api.v2.test_servers.ServersTest.test_one",
        ("compute", "image", "negative", "smoke"),
    )
    assert two[1:] == ("some_tests.api.v2.test_servers.ServersTest.test_two", ())
    assert three[1] == "heat_tempest_plugin.tests.api.test_heat_api.stacks_create_empty_stack.test_request"


def test_the_result_names_installed_suites_and_tests_of_the_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One suite is installed, with two tests; a guideline asks for one of them and for one that is gone."""
    installed, root = tmp_path / "installed", tmp_path / "guidelines"
    for folder in (installed / "tempest", installed / "tempest-99.1.dist-info", root / "powered"):
        folder.mkdir(parents=True)
    (installed / "tempest/test_servers.py").write_text(SUITE, encoding="utf-8")
    (installed / "tempest-99.1.dist-info/METADATA").write_text("Name: tempest\nVersion: 99.1\n", encoding="utf-8")
    ids = ("00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000009")
    wanted = "".join(f"- idempotent_id: {id}\n" for id in ids)
    (root / "powered/2031.01.yaml").write_text(wanted, encoding="utf-8")
    monkeypatch.syspath_prepend(installed)
    monkeypatch.setattr(suites, "SUITES", {"tempest": "tempest", "no-such-suite": "no_such_suite"})
    monkeypatch.setattr(sys, "argv", ["suites", str(root), "2031-06-01"])
    suites.main()
    assert load_yaml(root / "drift.yaml") == {
        "date": "2031-06-01",
        "suites": {"tempest": "99.1"},
        "tests": {
            ids[0]: {
                "suite": "tempest",
                "name": "tempest.test_servers.ServersTest.test_one",
                "attributes": ["compute", "image", "negative", "smoke"],
            }
        },
    }
    assert fields.check(load_yaml(root / "drift.yaml"), drift.FORM) == []


def data() -> dict[str, Any]:
    found: dict[str, Any] = load_yaml(ROOT / "guidelines/drift.yaml")
    return found


def test_the_committed_result_has_its_form() -> None:
    assert fields.check(data(), drift.FORM) == [], "if this change is intended, run: make drift"
    assert set(data()["suites"]) == set(suites.SUITES), "if this change is intended, run: make drift"


def test_a_line_has_the_id_among_the_attributes() -> None:
    """As ``tempest run --list-tests`` prints it: everything in the brackets sorted."""
    id = "0186422c-999a-480e-a026-6a665744c30c"
    line = drift.to_drift(data()).tests[id].line
    name = "tempest.api.volume.test_volumes_negative.VolumesNegativeTest.test_update_volume_with_nonexistent_volume_id"
    assert line == f"{name}[id-{id},negative]"


def test_names_for_load_list(interop: Any, guidelines: Path) -> None:
    done = interop(guidelines, "tests", "powered/2020.06", "--format", "tempest")
    assert done.returncode == 0
    given = load_yaml(guidelines / "powered/2020.06.yaml")
    required = {name for c in given["components"].values() for name in c["capabilities"]["required"]}
    ids = {t["idempotent_id"] for name in required for t in given["capabilities"][name]["tests"].values()}
    shown = {re.search(r"\[(?:.*,)?id-([0-9a-f-]{36})", line)[1] for line in done.stdout.splitlines()}  # type: ignore[index]
    assert shown == ids & data()["tests"].keys()
    assert "test names of tempest" in done.stderr


@pytest.mark.parametrize("text", ["date: soon\nsuites: {}\ntests: {}\n", "date: '2026-11-23'\nsuites: {}\n"])
def test_a_wrong_file_is_an_error(interop: Any, small_root: Path, text: str) -> None:
    (small_root / "drift.yaml").write_text(text, encoding="utf-8")
    done = interop(small_root, "check")
    assert done.returncode == 1
    assert re.search(r"^guidelines/drift\.yaml:\d+: error ", done.stdout, re.M)
