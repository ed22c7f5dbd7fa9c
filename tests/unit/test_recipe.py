"""Every command of "How to test a cloud", in its order, by bash: with recorded output, and with a real Tempest.

There is no cloud, so that every class of tests fails or is skipped as a whole. The real Tempest is the one in PATH, or
in the folder of INTEROP_TEMPEST; without one, its test is skipped.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from .. import recorded_tempest
from ..command_line import ROOT

PAGE = (ROOT / "source" / "testing.md").read_text(encoding="utf-8")
#: Needs the network, and changes nothing but an environment.
INSTALL = ["python3 -m venv tempest-venv", ". tempest-venv/bin/activate", "pip install tempest"]
#: Where Tempest takes a cloud to be: nothing answers there.
NO_CLOUD = "http://127.0.0.1:9/v3"


def commands() -> list[str]:
    """The lines of the page's blocks for bash, in order."""
    return [line for block in re.findall(r"^```bash\n(.*?)^```", PAGE, re.M | re.S) for line in block.splitlines()]


def block(language: str) -> str:
    """The one block of another language."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.M | re.S)
    return found


@dataclass
class Session:
    """What bash did: the exit status and the output of each command, and the workspace with its files."""

    statuses: dict[str, int]
    outputs: dict[str, str]
    workspace: Path

    def lines(self, name: str) -> list[str]:
        return (self.workspace / name).read_text(encoding="utf-8").splitlines()


def run(folder: Path, binaries: Path) -> Session:
    """Run the commands in one bash, with ``binaries`` first in PATH and this project as the checkout."""
    site = folder / "site"
    lists = site / "api/v1/guidelines/2020.06/tests/platform/required/alias-true"
    lists.mkdir(parents=True)
    script = [f'out() {{ echo "== $1 $2" >&3; }}; cd {folder}; exec 3> {folder / "statuses"}']
    wanted = [line for line in commands() if line not in INSTALL]
    for number, line in enumerate(wanted):
        given = line.replace("/path/to/this/project", str(ROOT)).replace("https://interop.example.org", site.as_uri())
        # Tests may run in another environment than that of the checkout.
        given = given.replace('"$CHECKOUT/.venv/bin/python"', sys.executable)
        script.append(given if line.endswith("}") else f"{{ {given}\n}} > {folder}/{number}.out; out {number} $?")
        if line == "cd mycloud":
            script[-1] = f"{given}; out {number} $?\n{_described(folder)}"
        elif line.endswith('"$@"; }'):
            options = "powered/2020.06 --target platform --no-flagged"
            script.append(f"interop tests {options} > {lists}/flag-false.txt 2> /dev/null")
    environment = _at_home(folder) | {"PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "120"}
    bash = shutil.which("bash") or "bash"
    done = subprocess.run(
        [bash, "-c", "\n".join(script)], cwd=folder, env=environment, capture_output=True, timeout=600
    )
    rows = [line.split()[1:] for line in (folder / "statuses").read_text().splitlines()]
    assert [int(number) for number, _ in rows] == [
        number for number, line in enumerate(wanted) if not line.endswith("}")
    ], done.stderr.decode()  # fmt: skip
    outputs = {line: folder / f"{number}.out" for number, line in enumerate(wanted)}
    return Session(
        {wanted[int(number)]: int(status) for number, status in rows},
        {line: path.read_text(encoding="utf-8") for line, path in outputs.items() if path.exists()},
        folder / "mycloud",
    )


def _at_home(folder: Path) -> dict[str, str]:
    """The environment with a home of its own: Tempest keeps the names of its workspaces there."""
    return os.environ | {"HOME": str(folder)}


def _described(folder: Path) -> str:
    """Bash that writes the files of the page that describe a cloud, for one that does not answer."""
    accounts = folder / "accounts.yaml"
    accounts.write_text(block("yaml"), encoding="utf-8")
    settings = block("ini").replace("/path/to/accounts.yaml", str(accounts))
    settings = re.sub(r"^uri_v3 = .*$", f"uri_v3 = {NO_CLOUD}", settings, flags=re.M)
    # Tempest's own file has the section of logs; those of images and flavors take ids.
    return f"cat >> etc/tempest.conf <<'END'\n{settings}\nEND"


def check(session: Session) -> None:
    """What the page says of its commands holds."""
    failing = {line: status for line, status in session.statuses.items() if status}
    assert failing == {
        # Nothing to print is status 1 of grep; it is what the page says of Tempest 47.0.0.
        "grep -vFxf <(tempest run --list-tests) list.txt": 1,
        "tempest run --load-list list.txt --concurrency 2": 1,
        "interop score powered/2020.06 result.subunit --target platform": 1,
        "interop score powered/2020.06 result.subunit --target platform --format json > verdict.json": 1,
        "stestr last": 1,
        "stestr failing --list": 1,
    }
    ids = {name: _ids(session.lines(name)) for name in ("list.txt", "required.txt", "selected.txt")}
    assert len(session.lines("list.txt")) == len(ids["list.txt"]) == 273
    assert ids["list.txt"] == ids["required.txt"] == ids["selected.txt"]
    assert session.outputs["grep -vFxf <(tempest run --list-tests) list.txt"] == ""
    assert session.outputs["comm -23 <(ids required.txt) <(ids selected.txt)"] == ""
    literally = set(session.lines("required.txt")) & set(session.lines("selected.txt"))
    assert len(_ids(sorted(literally))) == 151
    (found,) = session.outputs["tempest run --list-tests | grep id-6f5b125b-f664-44bf-910f-751591fe5769"].splitlines()
    assert "test_crud_volume_metadata[" in found, "2018.02 calls it test_update_volume_metadata"
    score = session.outputs["interop score powered/2020.06 result.subunit --target platform"]
    assert score.startswith("powered/2020.06, target platform: not met: 0 of 273 required tests passed\n")
    verdict = json.loads((session.workspace / "verdict.json").read_text(encoding="utf-8"))
    assert (verdict["met"], verdict["tests"]["passed"], verdict["tests"]["missing"]) == (False, 0, 273)
    compared = session.outputs["interop compare-list my-list.txt powered/2022.11 --target platform"]
    assert "  328 in both\n" in compared, "all that 2022.11 requires without a flag"


def _ids(lines: list[str]) -> set[str]:
    return {match[0] for line in lines if (match := re.search(r"id-[0-9a-f-]{36}", line))}


def _needs(*names: str) -> None:
    missing = [name for name in names if shutil.which(name) is None]
    if missing:
        pytest.skip(f"the page's commands need {', '.join(missing)}")


def _real() -> Path:
    """The folder of a real Tempest's commands."""
    given, found = os.environ.get("INTEROP_TEMPEST"), shutil.which("tempest")
    if not given and not found:
        pytest.skip(
            "no Tempest: install tempest 47.0.0 in an environment of its own, and set INTEROP_TEMPEST to its bin"
        )
    return Path(given) if given else Path(str(found)).parent


def test_every_command_with_recorded_output(tmp_path: Path) -> None:
    _needs("bash", "curl", "sed", "grep", "comm")
    binaries = tmp_path / "bin"
    binaries.mkdir()
    for name in ("tempest", "stestr"):
        file = binaries / name
        file.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{recorded_tempest.__file__}" {name} "$@"\n')
        file.chmod(0o755)
    check(run(tmp_path, binaries))


def test_every_command_with_a_real_tempest(tmp_path: Path) -> None:
    _needs("bash", "curl", "sed", "grep", "comm")
    check(run(tmp_path, _real()))


def test_load_list_and_list_tests_ignore_the_list(tmp_path: Path) -> None:
    """As the page says; by Tempest's own code, if there is one."""
    tempest = _real() / "tempest"
    home = _at_home(tmp_path)
    subprocess.run([tempest, "init", "cloud"], cwd=tmp_path, env=home, check=True, capture_output=True)
    (tmp_path / "cloud" / "list.txt").write_text("tempest.api.nothing\n")
    options = (["--list-tests"], ["--load-list", "list.txt", "--list-tests"])
    settings = {"cwd": tmp_path / "cloud", "env": home, "check": True, "capture_output": True}
    outputs = [subprocess.run([tempest, "run", *one], **settings).stdout for one in options]
    outputs = [sorted(output.splitlines()) for output in outputs]
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) > 1000
