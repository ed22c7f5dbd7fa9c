"""Runs of a toy suite: tests with the names and ids of a guideline and the outcomes that a test gives them.

The same run in each form in which people have results. The streams are written by python-subunit, and the run itself
can be one of stestr.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from subunit import RemotedTestCase, TestProtocolClient
from subunit.v2 import StreamResultToBytes
from testtools import content

#: A run: the outcome of each test by ``name[id-<uuid>]``: success, fail or skip.
ToyRun = dict[str, str]

REASON = "no <b>service</b> & \x07"
_SUITE = """
import json
import pathlib
import unittest

given = json.loads(pathlib.Path(__file__).with_name("run.json").read_text())
classes = {}
for line in given["run"]:
    module, owner, method = line.partition("[")[0].rsplit(".", 2)
    classes.setdefault((module, owner), {})[method] = line

def make(module, owner, tests):
    def body(self):
        outcome = given["run"][tests[self._testMethodName]]
        if outcome == "fail":
            self.fail("it did not work")
        if outcome == "skip":
            self.skipTest("no service")
    def set_up(cls):
        if not given["cloud"]:
            raise RuntimeError("there is no cloud")
    made = {method: (lambda self: body(self)) for method in tests}
    made |= {"id": lambda self: tests[self._testMethodName], "setUpClass": classmethod(set_up)}
    made |= {"__module__": module, "__qualname__": owner}
    return type(owner, (unittest.TestCase,), made)

for number, (key, tests) in enumerate(classes.items()):
    globals()[f"T{number}"] = make(*key, tests)
"""


def subunit_2(run: ToyRun) -> bytes:
    """The run as a stream of version 2."""
    stream = io.BytesIO()
    events = StreamResultToBytes(stream)
    for test, outcome in run.items():
        events.status(test_id=test, test_status="inprogress")
        if outcome != "success":
            name, text = ("reason", REASON) if outcome == "skip" else ("traceback", "AssertionError")
            kind = "text/plain; charset=utf8"
            events.status(test_id=test, file_name=name, file_bytes=text.encode(), eof=True, mime_type=kind)
        events.status(test_id=test, test_status=outcome)
    return stream.getvalue()


def subunit_1(run: ToyRun) -> bytes:
    """The run as a stream of version 1."""
    stream = io.BytesIO()
    client = TestProtocolClient(stream)
    for test, outcome in run.items():
        case = RemotedTestCase(test)
        client.startTest(case)
        if outcome == "success":
            client.addSuccess(case)
        elif outcome == "skip":
            client.addSkip(case, REASON)
        else:
            client.addFailure(case, details={"traceback": content.text_content("AssertionError\n" * 3)})
        client.stopTest(case)
    return stream.getvalue()


def junit(run: ToyRun) -> bytes:
    """The run as subunit2junitxml of python-subunit writes it: a class and the rest of the name."""
    root = ElementTree.Element("testsuite", name="", tests=str(len(run)))
    for test, outcome in run.items():
        name, bracket, ids = test.partition("[")
        owner, _, method = name.rpartition(".")
        case = ElementTree.SubElement(root, "testcase", classname=owner, name=method + bracket + ids, time="0.001")
        if outcome != "success":
            kind = {"fail": "failure", "skip": "skipped"}[outcome]
            ElementTree.SubElement(case, kind).text = REASON.replace("\x07", "")
    return ElementTree.tostring(root)


def csv(run: ToyRun) -> bytes:
    """The run as subunit2csv prints it."""
    command = [sys.executable, "-m", "subunit.filter_scripts.subunit2csv", "--no-passthrough"]
    return subprocess.run(command, input=subunit_2(run), capture_output=True, check=False).stdout


def refstack(run: ToyRun) -> bytes:
    """The run as refstack-client uploads it: tests that passed, with the id without its prefix."""
    passed = [test.partition("[") for test, outcome in run.items() if outcome == "success"]
    results = [{"name": name, "uuid": ids.removeprefix("id-").partition("]")[0]} for name, _, ids in passed]
    return json.dumps({"cpid": "00", "duration_seconds": 12, "results": results}).encode()


def names(run: ToyRun) -> bytes:
    """The tests that passed, by name and id."""
    return "".join(f"{test}\n" for test, outcome in run.items() if outcome == "success").encode()


def stestr(run: ToyRun, folder: Path, *, cloud: bool = True) -> dict[str, bytes]:
    """The same run made with stestr in a folder: what it keeps, and what ``stestr last`` prints. No cloud, no class."""
    tests = folder / "tests"
    tests.mkdir(parents=True)
    (tests / "__init__.py").touch()
    (tests / "test_toy.py").write_text(_SUITE, encoding="utf-8")
    (tests / "run.json").write_text(json.dumps({"run": run, "cloud": cloud}), encoding="utf-8")
    (folder / ".stestr.conf").write_text("[DEFAULT]\ntest_path=./tests\n", encoding="utf-8")
    _stestr(folder, "run", "--serial")
    return {
        "kept": (folder / ".stestr" / "0").read_bytes(),
        "last": _stestr(folder, "last"),
        "colours": _stestr(folder, "last", "--color"),
        "subunit": _stestr(folder, "last", "--subunit"),
    }


def _stestr(folder: Path, *arguments: str) -> bytes:
    command = [sys.executable, "-c", "import sys; from stestr.cli import main; sys.exit(main())", *arguments]
    found = str(Path(sys.executable).parent)  # stestr starts `python`.
    environment = {**os.environ, "PATH": f"{found}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False).stdout
