"""Marks each page as a preview if the site has no URL of its own: only the published site is built with one.

Which commit it is made from is in one file, ``preview.js``, so that a commit does not change every page.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from ..site import base_address, moment

#: How many digits of a commit, and how many changed files, are named.
_DIGITS, _FILES = 12, 3


def text(root: Path) -> str:
    """What the project in the folder ``root`` is made from: its commit, and the guideline files that differ from it.

    Empty for the published site, and if nothing is known: in an archive of the project, or without git.
    """
    if os.environ.get(base_address.VARIABLE):
        return ""
    if not (commit := os.environ.get(moment.COMMIT) or _git(root, "rev-parse", "--verify", "-q", "HEAD").strip()):
        return ""
    changed = [entry[3:] for entry in _git(root, "status", "--porcelain", "--no-renames", "-z", "-uall").split("\0")]
    named = _named([path for path in changed if path.startswith("guidelines/")])
    return f"Made from commit {commit[:_DIGITS]}{named}."


def _named(changed: list[str]) -> str:
    if not changed:
        return ""
    more = f" and {len(changed) - _FILES} more files" if len(changed) > _FILES else ""
    return f", with changes in {', '.join(sorted(changed)[:_FILES])}{more}"


def _git(root: Path, *arguments: str) -> str:
    """What git prints about the checkout ``root``; nothing if that is none, or if git fails. Git writes nothing."""
    if not (root / ".git").exists():
        return ""
    environment = os.environ | {"GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(["git", *arguments], cwd=root, env=environment, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.decode(errors="replace")


def script(known: str) -> str:
    """The script that adds what :func:`text` returned to the line on each page."""
    shown = json.dumps(f" {known}").replace("<", r"\u003c")
    return f"document.currentScript.after({shown});\n" if known else ""
