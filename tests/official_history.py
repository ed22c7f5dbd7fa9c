"""Counts the revisions of the official files by kind, with git and the standard library only.

    python tests/official_history.py CHECKOUT [COMMIT]

It shares nothing with ``_ext/interop``: it compares the ids of a file in one commit of the main line and the next,
and what it takes for facts in the JSON. The output has a line for each file: its path, and how many revisions were
added, changed, same and unreadable.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from typing import Any

FILE = re.compile(r"(?:add-ons/|verticals/)?(?:[a-z-]+\.)?(?:\d{4}\.\d\d|next)\.json")
#: The one file that was renamed: the guideline was to be 2017.08.
EARLIER = {"2017.09.json": "2017.08.json"}
ID = re.compile(r"(?:id-)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:,[a-z]+)*")
CODE = re.compile(r"\s*\[?(D\d\d\d)\b")
STATUSES = ("removed", "deprecated", "advisory", "required")
SECTION_STATUSES = ("informational", *STATUSES)


def git(checkout: str, *command: str) -> str:
    return subprocess.run(["git", "-C", checkout, *command], capture_output=True, check=True, text=True).stdout


def trees(checkout: str, commit: str) -> list[tuple[str, dict[str, str]]]:
    """Each commit of the main line, oldest first, with the blob ids of its official files by path."""
    found = []
    for id in git(checkout, "rev-list", "--first-parent", "--reverse", commit).split():
        lines = [line.split(None, 3) for line in git(checkout, "ls-tree", "-r", id).splitlines()]
        found.append((id, {path: blob for _, _, blob, path in lines if FILE.fullmatch(path)}))
    return found


def revisions(states: list[tuple[str, dict[str, str]]], path: str) -> list[tuple[str, str]]:
    """The commits that wrote the file which is at ``path`` in the end, oldest first, with its blob ids."""
    found: list[tuple[str, str]] = []
    before = ("", "")
    for commit, files in states:
        name = next((name for name in (path, EARLIER.get(path, path)) if name in files), "")
        if name and (name, files[name]) != before:
            found.append((commit, files[name]))
        before = (name, files.get(name, ""))
    return found


def kinds(checkout: str, commit: str = "HEAD") -> dict[str, list[tuple[str, str, str]]]:
    """For each official file of a commit, its revisions: commit, blob id and kind."""
    states = trees(checkout, commit)
    result = {}
    for path in sorted(states[-1][1]):
        known: Any = None
        result[path] = []
        for id, blob in revisions(states, path):
            try:
                now = facts(json.loads(git(checkout, "cat-file", "blob", blob)))
            except json.JSONDecodeError:
                result[path].append((id, blob, "unreadable"))
                continue
            kind = "added" if known is None else "same" if now == known else "changed"
            result[path].append((id, blob, kind))
            known = now
    return result


def facts(data: dict[str, Any]) -> dict[str, Any]:
    """What counts as a fact in official JSON of any version: no prose, no addresses, no order, no spelling."""
    head = data.get("metadata", data)
    approval = head.get("os_trademark_approval", head)
    scoring = head.get("scoring", data)
    cutoff = scoring.get("cutoff_score")
    return {
        "status": approval["status"].replace("superceded", "superseded"),
        "target": approval.get("target_approval") or None,
        "replaces": approval.get("replaces") or None,
        "releases": set(approval["releases"]),
        "weights": {key: one["weight"] for key, one in scoring["criteria"].items()},
        "cutoff": None if cutoff is None else int(cutoff),
        "marks": marks(data),
        "components": {name: component(one) for name, one in data["components"].items()},
        "capabilities": {name: capability(name, one) for name, one in data["capabilities"].items()},
        "sections": sections(data),
        "repositories": {
            name: one.get("reference") or one.get("git-sha") or one.get("git_sha")
            for name, one in (data.get("test_repositories") or data.get("test-repositories") or {}).items()
        },
    }


def marks(data: dict[str, Any]) -> Any:
    if "platform" in data:
        return set(data["platform"].get("required", ()))
    found = {}
    for name, mark in {**data.get("platforms", {}), **data.get("add-ons", {})}.items():
        for key, items in mark.items():
            if isinstance(items, list):
                found[name, key] = {(item["name"], item.get("source", "").rpartition("/")[2]) for item in items}
    return found


def component(data: dict[str, Any]) -> Any:
    listed = data.get("capabilities", data)
    named = data.get("designated_sections", {})
    spelled = {"deprecated": ("deprecated", "depricated")}
    return (
        {name: status for status in STATUSES for key in spelled.get(status, (status,)) for name in listed.get(key, ())},
        {name: status for status in SECTION_STATUSES for name in named.get(status, ())},
    )


def capability(name: str, data: dict[str, Any]) -> Any:
    tests = data["tests"]
    if isinstance(tests, list):
        tests = {test: {"flagged": {}} if test in data.get("flagged", ()) else {} for test in tests}
    return {
        "project": data.get("project") or None,
        "admin": str(data["admin"]).lower() == "true",
        "since": data.get("required_since") or data.get("required-since") or None,
        "achievements": set(data.get("achievements", data.get("acheivements", ()))) - {""},
        "own": (data.get("name", name), data.get("status"), set(data.get("guidelines", ()))),
        "tests": {test: of_test(one) for test, one in tests.items()},
    }


def of_test(data: dict[str, Any]) -> Any:
    id = (data.get("idempotent_id") or data.get("idempotent-id") or "").strip()
    match = ID.fullmatch(id.lower())
    flag = data.get("flagged", data.get("flag"))
    code = CODE.match(flag.get("reason", "")) if flag else None
    return (
        match[1] if match else id,
        set(data.get("aliases", ())),
        None if flag is None else (flag.get("date", ""), code[1] if code else ""),
    )


def sections(data: dict[str, Any]) -> Any:
    found = {}
    for status, projects in (data.get("designated-sections") or {}).items():
        found |= {(project, status): one for project, one in (projects or {}).items()}
    for project, statuses in (data.get("designated_sections") or {}).items():
        found |= {(project, status): one for status, one in statuses.items()}
    return {
        key: {name: part["designated"] for name, part in (one.get("sections") or {}).items()}
        for key, one in found.items()
    }


if __name__ == "__main__":
    for path, found in kinds(*sys.argv[1:]).items():
        count = Counter(kind for _, _, kind in found)
        words = ", ".join(f"{count[kind]} {kind}" for kind in ("added", "changed", "same", "unreadable") if count[kind])
        print(f"{path}: {len(found)} revisions: {words}")
