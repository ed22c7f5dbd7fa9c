"""The files for hosts and CI systems: valid by the schemas of their makers, and true to the project."""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from ..command_line import ROOT
from ..site.test_clients import NODE

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
FILES = [*WORKFLOWS, ROOT / ".gitlab-ci.yml", ROOT / ".readthedocs.yaml", ROOT / "tox.ini", ROOT / "Containerfile"]
#: The versions that the project supports: Python's own of today, from the oldest in pyproject.toml.
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]


@pytest.mark.parametrize(
    "schema, paths",
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("custom.github-workflows-require-timeout", WORKFLOWS),
        ("vendor.gitlab-ci", [ROOT / ".gitlab-ci.yml"]),
        ("vendor.dependabot", [ROOT / ".github/dependabot.yml"]),
        ("vendor.readthedocs", [ROOT / ".readthedocs.yaml"]),
    ],
)
def test_the_schemas_of_their_makers_hold(schema: str, paths: list[Path]) -> None:
    transform = ["--data-transform", "gitlab-ci"] if "gitlab" in schema else []
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *transform, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_supported_python_is_tested() -> None:
    test = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8"))
    assert test["jobs"]["test"]["strategy"]["matrix"]["python"] == PYTHONS
    gitlab = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    assert gitlab["test"]["parallel"]["matrix"] == [{"PYTHON_VERSION": PYTHONS}]
    assert 'requires-python = ">=3.11"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_they_name_what_there_is(path: Path) -> None:
    """Targets of make, commands, files of the project and variables of the environment; and the page that tells."""
    text = path.read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"(?:^|- |RUN |run: |`)\s*make (\w+)", text, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for name in re.findall(r"source/\w+\.md|constraints/\w+\.txt|\.ci/run|\.container/[\w.]+", text):
        assert (ROOT / name).is_file(), name
    known = {"INTEROP_BASE_ADDRESS", "INTEROP_COMMIT", "INTEROP_NODE"}
    assert set(re.findall(r"INTEROP_[A-Z_]+", text)) <= known
    assert "source/publishing.md" in text
    assert path.name in (ROOT / "source/publishing.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_text_from_outside_becomes_a_command(path: Path) -> None:
    """GitHub puts expressions into scripts as they are: titles, branches and names go through the environment."""
    jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values()
    scripts = [step["run"] for job in jobs for step in job["steps"] if "run" in step]
    assert [script for script in scripts if "${{" in script] == []
    assert all("timeout-minutes" in job for job in jobs)


def test_what_runs_the_code_of_a_pull_request_may_not_write() -> None:
    for path in WORKFLOWS:
        workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
        begins = workflow[True]  # YAML 1.1 reads the key "on" as a boolean.
        assert "pull_request_target" not in begins
        if "pull_request" in begins:
            assert workflow["permissions"] == {"contents": "read"}
        if "workflow_run" in begins:
            steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
            assert not [step for step in steps if "uses" in step]  # It checks nothing out.


def test_the_job_for_clients_installs_what_their_tests_name() -> None:
    assert NODE.removeprefix("npm install") in (ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8")


def test_tox_has_what_openstack_calls() -> None:
    tox = configparser.ConfigParser()
    tox.read(ROOT / "tox.ini", encoding="utf-8")
    assert tox["tox"]["envlist"] == "docs, py3"
    assert {"testenv:docs", "testenv:py3"} <= set(tox.sections())
