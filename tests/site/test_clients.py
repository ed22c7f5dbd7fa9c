"""Programs that others' generators make from ``openapi.json``: they fetch every file, and parse it to typed values."""

from __future__ import annotations

import importlib
import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

Json = dict[str, Any]


@pytest.fixture(scope="module")
def description(site: Path) -> Json:
    read: Json = json.loads((site / "api/v1/openapi.json").read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="module")
def client(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of the package that openapi-python-client generates from the downloaded description alone."""
    folder = tmp_path_factory.mktemp("generated")
    shutil.copy(site / "api/v1/openapi.json", folder / "downloaded.json")
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none", "--fail-on-warning"]
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [*command, "--path", "downloaded.json", "--output-path", "interop_client"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    sys.path.insert(0, str(folder))
    yield "interop_client"
    sys.path.remove(str(folder))


def module(name: str) -> ModuleType:
    return importlib.import_module(name)


def values(site: Path, parameters: list[Json]) -> Iterator[dict[str, str]]:
    """The values of the parameters of a path for some files: all guidelines, a comparison, some lists."""
    names = [parameter["name"] for parameter in parameters]
    if names == ["version"]:
        yield from ({"version": path.stem} for path in (site / "api/v1/guidelines").glob("*.json"))
    elif "target" in names:
        for types, alias, flag in itertools.product(("required", "required+advisory"), *[("true", "false")] * 2):
            yield {"version": "2020.06", "target": "compute", "types": types, "alias": alias, "flag": flag}
    elif names == ["name"]:
        yield from ({"name": path.stem} for path in (site / "api/v1/schemas").iterdir())
    else:
        given = {"program": "powered", "a": "2018.02", "b": "2022.11", "id": "2016.01"}
        yield {name: given[name] for name in names}


def test_a_generated_client_fetches_and_parses_every_file(
    site: Path, address: str, client: str, description: Json
) -> None:
    """What it parsed is written as JSON again, and is what was published: no value was lost or taken for another."""
    opened = module(client).Client(base_url=address)
    called = fetched = 0
    for template, path in description["paths"].items():
        operation = path["get"]
        tag, name = operation["tags"][0], snake(operation["operationId"])
        call = module(f"{client}.api.{tag}.{name}")
        called += 1
        for given in values(site, operation.get("parameters", [])):
            answer = call.sync_detailed(client=opened, **enums(call, given))
            text = (site / "api/v1" / template[1:].format(**given)).read_bytes().decode()
            assert answer.status_code == 200
            assert plain(answer.parsed) == (json.loads(text) if template.endswith(".json") else text), (template, given)
            fetched += 1
    assert called == 17
    assert fetched > 36 + 36 + 8 + 9


def snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def enums(call: ModuleType, given: dict[str, str]) -> dict[str, Any]:
    """The values as the types of the client: its functions take members of its enumerations."""
    types = {name: kind for name, kind in vars(call).items() if isinstance(kind, type) and hasattr(kind, "__members__")}
    found: dict[str, Any] = {}
    for name, value in given.items():
        suitable = [kind for kind in types.values() if kind.__name__.lower().endswith(name)]
        found[name] = suitable[0](value) if suitable else value
    return found


def plain(value: Any) -> Any:
    return [plain(item) for item in value] if isinstance(value, list) else getattr(value, "to_dict", lambda: value)()


def test_its_values_have_types(address: str, client: str) -> None:
    models, opened = module(f"{client}.models"), module(client).Client(base_url=address)
    get = module(f"{client}.api.guidelines.guideline").sync
    complete, partial = get("2020.06", client=opened), get("2022.11", client=opened)
    assert isinstance(complete, models.CompleteGuideline)
    assert isinstance(partial, models.PartialGuideline)
    assert complete.metadata.scoring.cutoff_score == 74
    assert complete.capabilities["compute-servers-create"].admin is False
    tests = module(f"{client}.api.history.all_tests").sync(client=opened)
    place = tests["a8333aa2-205c-449f-a828-d38c2489bf25"].guidelines[-1]
    assert isinstance(place, models.Place)
    assert place.statuses["os_powered_compute"] is models.Status.REQUIRED


NODE = "npm install @redocly/cli @stoplight/spectral-cli openapi-typescript openapi-fetch typescript@5 ajv"


@pytest.fixture(scope="session")
def node() -> Path:
    """A folder with ``node_modules``."""
    given = os.environ.get("INTEROP_NODE")
    if not (given and shutil.which("node")):
        pytest.skip(f"no Node packages: set INTEROP_NODE to a folder in which this ran: {NODE}")
    return Path(given)


def run(node: Path, *command: str | Path, folder: Path) -> str:
    """What a command prints, which must succeed."""
    done = subprocess.run(
        [node / "node_modules/.bin" / command[0] if command[0] != "node" else "node", *command[1:]],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_linters_of_descriptions_find_nothing(site: Path, node: Path, tmp_path: Path) -> None:
    downloaded = shutil.copy(site / "api/v1/openapi.json", tmp_path)
    said = run(node, "redocly", "lint", "--extends=recommended", "--format=json", downloaded, folder=tmp_path)
    totals = json.loads(said[said.index("{") : said.rindex("}") + 1])["totals"]
    assert totals == {"errors": 0, "warnings": 0, "ignored": 0}
    (tmp_path / ".spectral.yaml").write_text('extends: ["spectral:oas"]\n', encoding="utf-8")
    said = run(node, "spectral", "lint", "--format=json", "--fail-severity=hint", downloaded, folder=tmp_path)
    assert json.loads(said[: said.rindex("]") + 1]) == []


AJV = """
const {readFileSync, readdirSync} = require("fs");
const Ajv = require(process.argv[2] + "/node_modules/ajv/dist/2020.js").default;
const folder = process.argv[3];
const names = readdirSync(folder);
for (const name of names) {
  new Ajv({strict: true, allErrors: true}).compile(JSON.parse(readFileSync(`${folder}/${name}`, "utf8")));
}
console.log(names.length);
"""


def test_ajv_compiles_every_schema_strictly(site: Path, node: Path, tmp_path: Path) -> None:
    (tmp_path / "strict.cjs").write_text(AJV, encoding="utf-8")
    number = len(list((site / "api/v1/schemas").iterdir()))
    assert number >= 10
    assert run(node, "node", "strict.cjs", node, site / "api/v1/schemas", folder=tmp_path) == f"{number}\n"


TYPESCRIPT = """
import createClient from "openapi-fetch";
import type {components, paths} from "./schema";

declare const process: {argv: string[]};
const client = createClient<paths>({baseUrl: process.argv[2]});
const {data: guidelines} = await client.GET("/guidelines.json");
let tests = 0, reconstructed = 0;
for (const entry of Object.values(guidelines!).flat()) {
  const given = await client.GET("/guidelines/{version}.json", {params: {path: {version: entry.id}}});
  const guideline: components["schemas"]["Guideline"] = given.data!;
  for (const capability of Object.values(guideline.capabilities)) tests += Object.keys(capability.tests).length;
  if ("groups" in guideline) reconstructed += 1;
}
for (const path of ["/capabilities.json", "/tests.json", "/sections.json", "/process.json", "/findings.json",
                    "/contents.json", "/openapi.json"] as const) {
  const {data, error} = await client.GET(path);
  if (error || !data) throw new Error(path);
}
const changes = await client.GET("/diffs/{program}/{a}..{b}.json",
                                 {params: {path: {program: "powered", a: "2018.02", b: "2020.06"}}});
const added: string[] = changes.data!.tests.added;
console.log(JSON.stringify({tests, reconstructed, added: added.length}));
"""


def test_a_typescript_client_is_typed_and_fetches(site: Path, address: str, node: Path, tmp_path: Path) -> None:
    (tmp_path / "node_modules").symlink_to(node / "node_modules")
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    (tmp_path / "main.ts").write_text(TYPESCRIPT, encoding="utf-8")
    shutil.copy(site / "api/v1/openapi.json", tmp_path / "downloaded.json")
    run(node, "openapi-typescript", "downloaded.json", "--output", "schema.d.ts", folder=tmp_path)
    options = ["--strict", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler"]
    run(node, "tsc", *options, "main.ts", "schema.d.ts", folder=tmp_path)
    counted = json.loads(run(node, "node", "main.js", address, folder=tmp_path))
    listed = json.loads((site / "api/v1/guidelines.json").read_text(encoding="utf-8"))
    files = [
        json.loads((site / entry["json"]).read_text(encoding="utf-8")) for some in listed.values() for entry in some
    ]
    diff = json.loads((site / "api/v1/diffs/powered/2018.02..2020.06.json").read_text(encoding="utf-8"))
    assert counted == {
        "tests": sum(len(one["tests"]) for file in files for one in file["capabilities"].values()),
        "reconstructed": sum("groups" in file for file in files),
        "added": len(diff["tests"]["added"]),
    }
