"""A small record of two dated guidelines and a draft, changes of it, and its loading.

A change is a function that edits the files, so that a test reads as a list of what differs from :func:`base`. The base
is that of the examples on the site, the catalogue is the real one.
"""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from interop.analysis.rules import examples
from interop.analysis.rules.examples import Example
from interop.record import loader
from interop.record.record import Record

ROOT = Path(__file__).resolve().parents[1]
ID = "00000000-0000-4000-8000-00000000000{}"
FLAG = {"date": "2016-09-01", "reason": "D401 removed-271467", "action": "leaves-next-guidelines"}
COMPUTE, STORAGE = "os_powered_compute", "os_powered_storage"
APPROVAL = ("metadata", "os_trademark_approval")
SCORING = ("metadata", "scoring")
#: The small record and the changes of it that the site shows.
EXAMPLES = examples.load()
Files = dict[str, dict[str, Any]]
Change = Callable[[Files], None]


def capability(*tests: int, **more: Any) -> dict[str, Any]:
    """A capability that reaches the cutoff, with tests of these numbers."""
    named = {f"tempest.test_{number}": {"idempotent_id": ID.format(number)} for number in tests}
    return {"project": "nova", "achievements": ["deployed", "tools"], "admin": False, "tests": named} | more


def patched(data: Any, patch: Any) -> Any:
    """``data`` after a merge patch (RFC 7386), which replaces values and removes those for which it has None."""
    if not isinstance(patch, dict):
        return copy.deepcopy(patch)
    merged = dict(data) if isinstance(data, dict) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = patched(merged.get(key), value)
    return merged


def guideline(id: str, status: str, replaces: str, approval: str) -> dict[str, Any]:
    """A guideline whose Compute component requires ``compute-auth`` and has ``compute-flavors`` as advisory."""
    approved = {"target_approval": approval, "replaces": replaces, "status": status}
    made: dict[str, Any] = patched(
        copy.deepcopy(EXAMPLES.guideline), {"metadata": {"id": id, "os_trademark_approval": approved}}
    )
    return made


def base() -> Files:
    """Three guidelines that differ in nothing but their ids, dates and statuses."""
    return {id: patched(copy.deepcopy(EXAMPLES.guideline), patch) for id, patch in EXAMPLES.files.items()}


def _is_history(id: str) -> bool:
    """Whether this is not the id of a guideline, but ``amendments/`` and its id, for the history of its file."""
    return id.startswith("amendments/")


def example(one: Example) -> Change:
    """The change of an example; a guideline that is not there is made from the draft."""

    def change(files: Files) -> None:
        for id, patch in one.change.items():
            files[id] = patched(copy.deepcopy(files.get(id, {} if _is_history(id) else EXAMPLES.guideline)), patch)

    return change


def changed(*changes: Change) -> Files:
    """The base after ``changes``."""
    files = base()
    both(*changes)(files)
    return files


def write(files: Files, folder: Path, program: str = "powered") -> Path:
    """The guidelines folder of these files, in ``folder``; the ids of another program than Powered have its name."""
    root = folder / "guidelines"
    shutil.copytree(ROOT / "guidelines" / "catalogue", root / "catalogue")
    (root / program).mkdir()
    for id, data in files.items():
        if program != "powered" and not _is_history(id):
            data["metadata"]["id"] = f"{program}.{id}"
        text = yaml.dump(data, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), sort_keys=False)
        path = root / (
            f"amendments/{program}/{id.rpartition('/')[2]}.yaml" if _is_history(id) else f"{program}/{id}.yaml"
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def load(files: Files, folder: Path, program: str = "powered") -> Record:
    """The record of these files, which are written to ``folder``."""
    loaded, problems = loader.load(write(files, folder, program))
    ids = [id for id in files if not _is_history(id)]
    refused = {f"guidelines/{program}/{id}.yaml" for id in ids if f"{program}/{id}" not in loaded.guidelines}
    refused |= {problem.path for problem in problems if "/amendments/" in problem.path}
    assert not refused, "\n".join(str(problem) for problem in problems if problem.path in refused)
    return loaded


# --- changes ----------------------------------------------------------------------------------------------------------


def both(*changes: Change) -> Change:
    """Several changes, one after the other."""

    def change(files: Files) -> None:
        for one in changes:
            one(files)

    return change


def only(*ids: str) -> Change:
    """No guidelines but these."""

    def change(files: Files) -> None:
        for id in files.keys() - set(ids):
            del files[id]

    return change


def added(id: str, replaces: str) -> Change:
    """One more approved guideline, after those that are there."""

    def change(files: Files) -> None:
        files[id] = guideline(id, "approved", replaces, id)

    return change


def put(id: str, *path: Any) -> Change:
    """One value of a guideline: the last item of ``path`` goes where the others lead."""

    def change(files: Files) -> None:
        data: Any = files[id]
        for step in path[:-2]:
            data = data[step]
        data[path[-2]] = copy.deepcopy(path[-1])

    return change


def take(id: str, *path: str) -> Change:
    """A guideline without what is at ``path``."""

    def change(files: Files) -> None:
        data: Any = files[id]
        for step in path[:-1]:
            data = data[step]
        del data[path[-1]]

    return change


def define(id: str, name: str, *tests: int, **more: Any) -> Change:
    """A capability with tests of these numbers, new or in place of the one that is there."""
    return put(id, "capabilities", name, capability(*tests, **more))


def listed(id: str, component: str = COMPUTE, **statuses: str) -> Change:
    """What a component lists under these statuses, names separated by spaces; the component may be new."""

    def change(files: Files) -> None:
        given = files[id]["components"].setdefault(component, {"capabilities": {}})
        given["capabilities"] |= {status: names.split() for status, names in statuses.items()}

    return change


def designated(id: str, project: str, **statuses: str) -> Change:
    """The sections of a project by status: names of their parts, those that are not designated with a hyphen before."""

    def change(files: Files) -> None:
        files[id]["designated_sections"][project] = {
            status: {
                "guidance": "no-position",
                "sections": {name.removeprefix("-"): {"designated": name[0] != "-"} for name in names.split()},
            }
            for status, names in statuses.items()
        }

    return change


def flag(*ids: str, capability: str = "compute-auth", test: int = 1, **more: str) -> Change:
    """A flag on a test in these guidelines; ``more`` replaces fields of it, and empty ones are left out."""

    def change(files: Files) -> None:
        for id in ids:
            flagged = files[id]["capabilities"][capability]["tests"][f"tempest.test_{test}"]
            flagged["flagged"] = {key: value for key, value in (FLAG | more).items() if value}

    return change


def rename(id: str, capability: str, test: int, name: str) -> Change:
    """Another name for a test; its id stays."""

    def change(files: Files) -> None:
        tests = files[id]["capabilities"][capability]["tests"]
        tests[name] = tests.pop(f"tempest.test_{test}")

    return change


def history(id: str, *revisions: tuple[str, dict[str, Any]]) -> Change:
    """The history of a guideline's official file: of each revision the day and the facts that it changed."""

    def change(files: Files) -> None:
        numbered = [
            {
                "commit": f"{number:040}",
                "date": day,
                "blob": f"{number:040}",
                "kind": "changed" if number else "added",
                "changes": json.loads(
                    json.dumps(changes)
                ),  # Without parts that are one object: YAML would refer to them.
            }
            for number, (day, changes) in enumerate(revisions)
        ]
        files[f"amendments/{id}"] = {
            "repository": "https://opendev.org/openstack/interop",
            "path": f"{id}.json",
            "commit": numbered[-1]["commit"],
            "revisions": numbered,
        }

    return change


def facts(status: str = "approved", *tests: int, capability: str = "compute-auth", **more: Any) -> dict[str, Any]:
    """A first revision: status, one capability that Compute requires with tests of these numbers, and ``more``."""
    named = {f"tempest.test_{number}": {"idempotent_id": ID.format(number)} for number in tests}
    return {
        "status": {"to": status},
        "weights": {"added": {"deployed": 60, "tools": 40}},
        "cutoff_score": {"to": 74},
        "components": {"added": {COMPUTE: {"capabilities": {capability: "required"}}}},
        "capabilities": {
            "added": {
                capability: {
                    "project": "nova",
                    "admin": False,
                    "achievements": ["deployed", "tools"],
                    "tests": named,
                }
            }
        },
    } | more


def of_tests(capability: str = "compute-auth", **change: Any) -> dict[str, Any]:
    """A later revision: a change of the tests of one capability."""
    return {"capabilities": {"changed": {capability: {"tests": change}}}}
