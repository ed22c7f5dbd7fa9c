"""Small valid records for :mod:`tests.fuzz`, cut out of the real files so that a mutant is read in milliseconds.

Each has three real guidelines with some of their capabilities, tests and sections, and what these need of the
catalogue, of the ledger and of the other files. Some guidelines are official JSON, of any schema.
"""

from __future__ import annotations

import functools
import json
import random
import tempfile
from pathlib import Path
from typing import Any

import yaml
from interop.record import loader, writer
from interop.record.problems import Problem, Severity, errors
from interop.record.record import Record
from interop.site.site import Site

ROOT = Path(__file__).resolve().parents[1]
GUIDELINES = ROOT / "guidelines"
OFFICIAL = ROOT / "tests" / "fixtures" / "official"
#: The files of a record by path: plain data of YAML and JSON files, the text of others.
Files = dict[str, Any]
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def text_of(path: str, data: Any) -> str:
    """The text of a file; JSON is YAML too, where YAML cannot write the data, as a half of a surrogate."""
    if isinstance(data, str) and path.endswith(".txt"):
        return data
    if not path.endswith(".json"):
        try:
            return str(yaml.dump(data, Dumper=_DUMPER, sort_keys=False, allow_unicode=True))
        except (UnicodeEncodeError, yaml.YAMLError):
            pass
    return json.dumps(data, indent=1)


def lay(files: Files, root: Path) -> None:
    """Write all files of a record."""
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_of(name, data), encoding="utf-8")


@functools.cache
def _real() -> Files:
    """The real files, and the official fixtures of the schemas before 2.0."""
    real = {path.relative_to(GUIDELINES).as_posix(): path for path in GUIDELINES.rglob("*.yaml")}
    official = {path.relative_to(OFFICIAL).as_posix(): path for path in (OFFICIAL / "powered").glob("*.json")}
    return {name: yaml.load(path.read_bytes(), Loader=_LOADER) for name, path in sorted((real | official).items())}


@functools.cache
def whole() -> Files:
    """The whole record."""
    real = {name: data for name, data in _real().items() if (GUIDELINES / name).exists()}
    return real | {"addresses.txt": (GUIDELINES / "addresses.txt").read_text(encoding="utf-8")}


def guidelines() -> list[str]:
    """The paths of all guideline files that records are cut out of."""
    return [name for name in _real() if name.count("/") == 1 and not name.startswith(("catalogue/", "adopters/"))]


@functools.cache
def record(number: int) -> Files:
    """The record of this number, of guideline ``number`` and two that follow it."""
    rng, names = random.Random(number), guidelines()
    chosen = [names[(number + step) % len(names)] for step in (0, 1, 7)]
    files = {name: _cut(_real()[name], rng) for name in chosen}
    files |= {name: data for name, data in _real().items() if name.startswith("catalogue/")}
    process = _real()["catalogue/process.yaml"]
    clauses = dict(rng.sample(sorted(process["clauses"].items()), 6))
    text = json.dumps({**process, "clauses": clauses, "general": process["general"][:1]})
    for id in process["clauses"].keys() - clauses.keys():
        text = text.replace(f"{{{id}}}", id)
    files["catalogue/process.yaml"] = json.loads(text)
    loaded = _settled(files)
    for name in chosen[:1]:
        if number % 3 == 1 and name.endswith(".yaml"):
            data = writer.official(loaded.guidelines[name.removesuffix(".yaml")], loaded.catalogue)
            del files[name]
            files[name.replace(".yaml", ".json")] = data
    _settled(files)
    return files


def _cut(data: Any, rng: random.Random) -> Any:
    """A guideline with three of its capabilities and a few of everything else."""
    data = json.loads(json.dumps(data))
    kept = {}
    for name, capability in rng.sample(sorted(data["capabilities"].items()), min(3, len(data["capabilities"]))):
        tests = capability["tests"]
        kept[name] = capability | {"tests": tests[:2] if isinstance(tests, list) else dict(list(tests.items())[:2])}
    data["capabilities"] = kept
    groups = {name: data["groups"][name] for name in sorted(data.get("groups", {}))[:2]}
    if groups:
        data["groups"] = groups
    for component in data["components"].values():
        lists = component.get("capabilities", component)
        for status, names in lists.items():
            lists[status] = [name for name in names if name in kept]
        for status, names in component.get("groups", {}).items():
            component["groups"][status] = [name for name in names if name in groups]
    if "designated_sections" in data:
        data["designated_sections"] = dict(list(data["designated_sections"].items())[:2])
        for mark in ("platforms", "add-ons"):
            data.get(mark, {}).clear()
    if "record" in data:
        data["record"].pop("capabilities", None)
        data["record"]["notes"] = data["record"].get("notes", [])[:2]
    return data


def _settled(files: Files) -> Record:
    """Complete ``files`` and take away what is too much, until the record has no fault; then return it."""
    files |= {"addresses.txt": "index\n", "observations.yaml": [], "drift.yaml": _drift(files)}
    for _ in range(6):
        loaded, problems = _load(files)
        files["observations.yaml"] = [
            {"code": found.code, "files": [found.path.partition("/")[2]], "about": [found.about], "reason": "Official."}
            for found in problems
            if found.severity is Severity.OBSERVATION
        ]
        if not errors(problems):
            break
        for problem in errors(problems):
            _mend(files, problem)
    files["addresses.txt"] = _ledger(loaded)
    loaded, problems = _load(files)
    assert not errors(problems), "\n".join(map(str, errors(problems)))
    return loaded


def _load(files: Files) -> tuple[Record, list[Problem]]:
    with tempfile.TemporaryDirectory() as folder:
        lay(files, Path(folder) / "guidelines")
        return loader.load(Path(folder) / "guidelines")


def _mend(files: Files, problem: Problem) -> None:
    """Add to the catalogue what is missing, and remove what nothing uses."""
    file = f"catalogue/{problem.message.rpartition('catalogue/')[2].removesuffix('.yaml')}.yaml"
    catalogue = {name: data for name, data in files.items() if name.startswith("catalogue/")}
    match problem.code:
        case "unused-entry":
            name, *part = problem.about.split("/", problem.path.endswith("/sections.yaml"))
            files[problem.path.partition("/")[2]] = entries = dict(catalogue[problem.path.partition("/")[2]])
            if part:
                entries[name] = {key: value for key, value in entries[name].items() if key != part[0]}
            if not part or not entries[name]:
                del entries[name]
        case "no-entry":
            name, *part = problem.about.split("/", file.endswith("/sections.yaml"))
            entry = catalogue[file].get(name, {}) | {part[0]: {"text": "A text."}} if part else _entry(file)
            files[file] = catalogue[file] | {name: entry}
        case "unused-source":
            del files[problem.path.partition("/")[2]]["record"]["evidence_sources"][problem.about]
        case "unknown-release":
            files["catalogue/releases.yaml"] = catalogue["catalogue/releases.yaml"] | {problem.about: {}}
        case "unknown-guideline":
            program = problem.path.split("/")[1]
            key = problem.about if "/" in problem.about else f"{program}/{problem.about.removeprefix(f'{program}.')}"
            files["catalogue/known.yaml"] = catalogue["catalogue/known.yaml"] | {key: {"note": "Known."}}


def _entry(file: str) -> Any:
    text = "A text."
    keys = {
        "catalogue/projects.yaml": {"service": text, "description": text, "documentation": "https://docs.example.org"},
        "catalogue/components.yaml": {"title": text, "description": text},
        "catalogue/criteria.yaml": {"name": text, "group": text, "description": text},
        "catalogue/capabilities.yaml": text,
    }
    return keys.get(file, {"text": text})


def _drift(files: Files) -> Any:
    drift, used = _real()["drift.yaml"], json.dumps(files)
    tests = {id: entry for id, entry in drift["tests"].items() if id in used}
    return {**drift, "tests": dict(list(tests.items())[:5])}


def _ledger(loaded: Record) -> str:
    """The pages of the record, one that moved, and one whose anchor did."""
    pages = sorted(page.docname for page in Site(loaded).pages)
    lines = [*pages[:15], *pages[-10:], "about", "  #top", "  #gone -> about#top", "old/page -> about#top"]
    return "\n".join(lines) + "\n"
