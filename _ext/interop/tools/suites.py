"""Reads the idempotent ids and names of tests from installed test suites, without running or importing the suites.

``make drift`` runs it in a virtual environment with the suites. It and the modules it imports therefore use only the
standard library and PyYAML. A test is a method with a decorator ``idempotent_id``; Heat's API tests are entries of
Gabbi files, whose ``desc`` is the id.
"""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import yaml

from ..record.schemas import UUID

#: The suites to read: distribution -> package that it installs.
SUITES = {
    "tempest": "tempest",
    "designate-tempest-plugin": "designate_tempest_plugin",
    "heat-tempest-plugin": "heat_tempest_plugin",
    "manila-tempest-plugin": "manila_tempest_tests",
    "octavia-tempest-plugin": "octavia_tempest_plugin",
    "barbican-tempest-plugin": "barbican_tempest_plugin",
}
#: The module that creates tests from Heat's Gabbi files; their names begin with it.
_GABBI = "heat_tempest_plugin.tests.api.test_heat_api"

#: A test: its id, its full name, and the other attributes that Tempest lists in brackets after the name.
Found = tuple[str, str, tuple[str, ...]]


def installed() -> dict[str, tuple[str, Path]]:
    """The installed suites: distribution -> version and folder of its package."""
    found = {}
    for name, package in SUITES.items():
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        found[name] = distribution.version, Path(str(distribution.locate_file(package)))
    return found


def tests(package: Path) -> Iterator[Found]:
    """Every test with an id in a package. Its name has the class that defines it, not one that inherits it."""
    for path in sorted(package.rglob("*.py")):
        module = ".".join((package.name, *path.relative_to(package).with_suffix("").parts))
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                yield from _methods(node, module)
    for path in sorted(package.glob("tests/api/gabbits/*.yaml")):
        yield from _gabbi(path)


def _methods(node: ast.ClassDef, module: str) -> Iterator[Found]:
    for method in node.body:
        if isinstance(method, ast.FunctionDef):
            ids, attributes = [], set[str]()
            for decorator in method.decorator_list:
                if isinstance(decorator, ast.Call):
                    name, values = _called(decorator)
                    if name == "idempotent_id":
                        ids += values
                    elif name in ("attr", "services"):
                        attributes.update(values)
            for id in ids:
                yield id, f"{module}.{node.name}.{method.name}", tuple(sorted(attributes))


def _called(call: ast.Call) -> tuple[str, list[str]]:
    """The last part of a decorator's name, and its text arguments, also those in lists and tuples."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    values = []
    for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
        items = argument.elts if isinstance(argument, (ast.List, ast.Tuple)) else [argument]
        values += [item.value for item in items if isinstance(item, ast.Constant) and isinstance(item.value, str)]
    return name, values


def _gabbi(path: Path) -> Iterator[Found]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    for test in data.get("tests", ()):
        if UUID.matches(str(test.get("desc", ""))):
            name = str(test["name"]).lower().replace(" ", "_")
            yield test["desc"], f"{_GABBI}.{path.stem}_{name}.test_request", ()


def read(wanted: set[str], date: str) -> dict[str, Any]:
    """The data of ``drift.yaml``: ``date``, the suites, and suite and name for each ``wanted`` id that one has."""
    suites = installed()
    found: dict[str, dict[str, Any]] = {}
    for name, (_, package) in suites.items():
        for id, test, attributes in tests(package):
            if id in wanted:
                entry = {"suite": name, "name": test} | ({"attributes": list(attributes)} if attributes else {})
                found.setdefault(id, entry)
    return {
        "date": date,
        "suites": {name: version for name, (version, _) in suites.items()},
        "tests": dict(sorted(found.items())),
    }


def main() -> None:
    """Read the suites and write ``drift.yaml``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("guidelines", type=Path, help="the guidelines folder")
    parser.add_argument("date", help="the day of the run, YYYY-MM-DD")
    options = parser.parse_args()
    wanted = set[str]()
    for path in options.guidelines.glob("*/*.yaml"):
        wanted.update(re.findall(rf"idempotent_id: ({UUID.form})", path.read_text(encoding="utf-8")))
    head = "# The tests that today's test suites still have, by idempotent id. Written by `make drift`; do not edit.\n"
    text = yaml.safe_dump(read(wanted, options.date), sort_keys=False, default_flow_style=None, width=10_000)
    (options.guidelines / "drift.yaml").write_text(head + text, encoding="utf-8")


if __name__ == "__main__":
    main()
