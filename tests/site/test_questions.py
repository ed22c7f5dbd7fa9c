"""The commands of ``api.md`` give the answers that the guideline files have."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ..conftest import ROOT
from .test_pages import FILES, load

QUESTIONS = re.findall(
    r"^(\S[^\n]*\?)\n: ```bash\n(.*?)^  ```$", (ROOT / "source/api.md").read_text(encoding="utf-8"), re.M | re.S
)
DATA = {f"{path.parent.name}/{path.stem}": load(path) for path in FILES}
POWERED = {key: data for key, data in DATA.items() if key.startswith("powered/")}
COMPUTE = {"compute", "os_powered_compute"}


def capabilities(data: dict[str, Any], status: str = "required", of: set[str] | None = None) -> set[str]:
    """The capabilities, or groups of tests, with a status."""
    return {
        capability
        for name, component in data["components"].items()
        if of is None or name in of
        for kind in ("capabilities", "groups")
        for capability in component.get(kind, {}).get(status, ())
    }


def required_tests(data: dict[str, Any], of: set[str] | None = None) -> dict[str, dict[str, Any]]:
    """The required tests by id, or by name if they have none."""
    defined = data["capabilities"] | data.get("groups", {})
    return {
        entry.get("idempotent_id", name): {"name": name, **entry}
        for capability in capabilities(data, of=of) & defined.keys()
        for name, entry in defined[capability]["tests"].items()
    }


def lines(*cells: Any) -> str:
    return ",".join(map(str, cells))


def flagged(data: dict[str, Any]) -> set[str]:
    return {
        lines(name, entry["flagged"].get("date", ""))
        for capability in data["capabilities"].values()
        for name, entry in capability["tests"].items()
        if "flagged" in entry
    }


def since_2018(answer: list[str]) -> bool:
    new, old = required_tests(DATA["powered/2020.06"]), required_tests(DATA["powered/2018.02"])
    names = {name for data in DATA.values() for c in data["capabilities"].values() for name in c["tests"]}
    return len(answer) == len(new.keys() - old.keys()) and set(answer) <= names


def changed(answer: list[str]) -> bool:
    new, old = required_tests(DATA["powered/2020.06"]), required_tests(DATA["powered/2018.02"])
    return answer[0].startswith(f'{{"added":{len(new.keys() - old)},"dropped":{len(old.keys() - new)},')


def required_flags(answer: list[str]) -> bool:
    rows = list(csv.reader(io.StringIO("\n".join(answer))))
    return {lines(*row[:2]) for row in rows[1:]} == flagged(DATA["powered/2020.06"]) and all(row[3] for row in rows)


#: Whether the lines of each answer are right.
ANSWERS: dict[str, Callable[[list[str]], bool]] = {
    "Which guidelines are there": lambda answer: (
        len(answer) == sum(not key.startswith("scoring/") for key in DATA) and "2020.06 superseded" in answer
    ),
    "Which tests must pass": lambda answer: (
        answer
        == sorted(
            f"{test['name']}[id-{id}]"
            for id, test in required_tests(DATA["powered/2020.06"], COMPUTE).items()
            if "flagged" not in test
        )
    ),
    "Which capabilities does it require": lambda answer: (
        answer == sorted(capabilities(DATA["powered/2020.06"], of=COMPUTE))
    ),
    "Which tests does 2020.06 require": since_2018,
    "Which guidelines require a capability": lambda answer: (
        answer == [key for key, data in DATA.items() if "compute-servers-create" in capabilities(data)]
    ),
    "Which names did a test have": lambda answer: (
        set(answer)
        == {
            shown
            for data in DATA.values()
            for capability in data["capabilities"].values()
            for name, entry in capability["tests"].items()
            if entry.get("idempotent_id") == "a8333aa2-205c-449f-a828-d38c2489bf25"
            for shown in (name, *entry.get("aliases", ()))
        }
    ),
    "How much changed": changed,
    "Which tests are flagged": required_flags,
    "How many tests": lambda answer: (
        answer == ["guideline,tests", *sorted(lines(key, len(required_tests(data))) for key, data in POWERED.items())]
    ),
    "Which required capabilities need": lambda answer: (
        answer
        == [
            "guideline,capability",
            *sorted(
                lines(key, name)
                for key, data in DATA.items()
                for name in capabilities(data) & data["capabilities"].keys()
                if data["capabilities"][name].get("admin") and data["capabilities"][name]["tests"]
            ),
        ]
    ),
}


def test_there_are_ten_questions() -> None:
    assert len(QUESTIONS) == len(ANSWERS) == 10
    assert [sum(question.startswith(start) for start in ANSWERS) for question, _ in QUESTIONS] == [1] * 10


def ask_duckdb(query: str, folder: Path) -> str:
    """What the command line of DuckDB prints with ``-csv``; the library is the same without its command."""
    with duckdb.connect() as database:
        database.execute(f"set file_search_path = '{folder}'")
        found = database.execute(query)
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([[one[0] for one in found.description], *found.fetchall()])
        return out.getvalue()


@pytest.mark.parametrize("question, commands", QUESTIONS, ids=[question for question, _ in QUESTIONS])
def test_the_answer(question: str, commands: str, site: Path, address: str, tmp_path: Path) -> None:
    for name in ("curl", "jq"):
        if f"{name} " in commands and not shutil.which(name):
            pytest.skip(f"{name} is missing; to run this command: apt-get install {name}")
    shutil.copy(site / "api/v1/all.csv", tmp_path)
    answer = ""
    for command in commands.replace("https://interop.example.org/api/v1", address).strip().split("\n"):
        if query := re.fullmatch(r'\s*duckdb -csv -c "(.*)"', command):
            answer = ask_duckdb(query[1], tmp_path)
        else:
            done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], cwd=tmp_path, capture_output=True)
            assert done.returncode == 0, done.stderr.decode()
            answer = done.stdout.decode()
    assert answer
    (right,) = [right for start, right in ANSWERS.items() if question.startswith(start)]
    assert right(answer.splitlines()), answer[:2000]
