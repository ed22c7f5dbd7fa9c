"""Files of upstream's repositories, read where a snapshot is at hand; nothing of them is in this project.

A variable of the environment names the snapshot: a checkout, or a Git directory without a work tree.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

#: The variables, and the repositories of which each names a snapshot.
REPOSITORIES = {
    "INTEROP_REFSTACK": "https://opendev.org/openstack/refstack",
    "INTEROP_REPOSITORY": "https://opendev.org/openstack/interop",
}


def text(variable: str, path: str) -> str:
    """The text of a file of the checkout, or of the newest commit; skips the test if there is no snapshot."""
    if not (given := os.environ.get(variable)):
        pytest.skip(f"no snapshot: set {variable} to a checkout or a Git directory of {REPOSITORIES[variable]}")
    if (file := Path(given, path)).is_file():
        return file.read_text(encoding="utf-8")
    command = ["git", f"--git-dir={given}", "show", f"HEAD:{path}"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
