"""A git repository of our own, in which git reads or fetches objects and runs nothing that is not its own."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

_CONFIG = "[core]\n\tbare = true\n"
#: Without this, git would take an object id of 64 characters for a name.
_SHA256 = f"{_CONFIG}\trepositoryformatversion = 1\n[extensions]\n\tobjectFormat = sha256\n"


def make(folder: Path, commit: str) -> dict[str, str]:
    """Make an empty repository in ``folder``, which need not exist, for objects with ids as long as ``commit``.

    Returns the environment in which git uses it: without the user's configuration and questions for passwords. The
    repository has no hooks, remotes, working tree or configuration that names a program.
    """
    for part in ("objects", "refs"):
        (folder / part).mkdir(parents=True)
    (folder / "HEAD").write_text("ref: refs/heads/none\n", encoding="ascii")
    (folder / "config").write_text(_SHA256 if len(commit) == 64 else _CONFIG, encoding="ascii")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_DIR": str(folder)}
    return environment | {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}


def read(objects: Path, commit: str, *command: str, given: bytes = b"") -> tuple[int, bytes]:
    """Run a git command on the objects in the folder ``objects``, with ``given`` as its input.

    ``commit`` is any id of theirs, or a text as long. Returns the exit status and the output. Raises FileNotFoundError
    if git is not installed, and subprocess.TimeoutExpired after a minute.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment = make(Path(folder), commit) | {"GIT_OBJECT_DIRECTORY": str(objects.absolute())}
        done = subprocess.run(
            ["git", *command], cwd=folder, env=environment, input=given, capture_output=True, timeout=60
        )
    return done.returncode, done.stdout
