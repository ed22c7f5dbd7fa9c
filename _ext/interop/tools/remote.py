"""Fetches the official files of one commit from a repository, and runs nothing that the repository names.

Git fetches into a repository of our own (see :mod:`.git`), by the protocol of the address and no other, without
submodules, hooks, and the user's configuration and passwords. No tree is checked out: the official files, and nothing
else, are written as they are in the commit. All of it is in a temporary folder.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from ..record.fields import Text
from ..record.problems import show
from . import git, official_files
from .official_files import UPSTREAM, Given

#: A repository that can be fetched. Addresses with a user or a query are refused: they would be recorded.
ADDRESS = Text(
    r"https://[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]+)?(/[A-Za-z0-9_.~+-]+)+/?|file:///[A-Za-z0-9/_.~+-]+",
    "an https:// address of a repository, without a user, or a file:/// address",
)
_WHOLE = Text(r"[0-9a-f]{40}|[0-9a-f]{64}")
#: Seconds that everything which is asked of the repository may take.
LIMIT = 300
#: How much of git's messages is looked at.
_MAX_MESSAGES = 20_000
_QUIETLY = ("--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "--no-auto-maintenance")


class Unreachable(Exception):
    """The commit could not be fetched; the text has the URL and the reason."""


class _Failed(Exception):
    """Git ended with an error; the text is its messages."""


@contextlib.contextmanager
def fetched(address: str, commit: str = "", repository: str = "") -> Iterator[Given]:
    """The official files of ``commit``, a whole id, or by default of the newest one, in a temporary folder.

    ``repository`` is what is recorded as their source: by default ``address``, or upstream's if that is a file's.
    Raises Unreachable. The folder is removed at the end, also if the process is interrupted or terminated.
    """
    if commit and not _WHOLE.matches(commit):
        raise Unreachable(f"{address} cannot be asked for {commit}: give all 40 digits of the commit")
    with _terminable(), tempfile.TemporaryDirectory(prefix="interop-") as folder:
        fetching = _Fetching(Path(folder), address)
        commit = commit or fetching.newest()
        fetching.fetch(commit)
        tree = Path(folder) / "tree"
        tree.mkdir()
        fetching.write(commit, tree)
        origin = repository or (address.rstrip("/") if address.startswith("https:") else UPSTREAM)
        yield Given(tree, commit, origin, f"{commit[:12]}:")


@contextlib.contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM raise SystemExit, so that temporary files are removed."""

    def stop(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class _Fetching:
    """The fetching of a commit into a repository in a temporary folder."""

    def __init__(self, folder: Path, address: str) -> None:
        self._folder = folder
        self._address = address
        self._end = time.monotonic() + LIMIT
        self._environment = self._made("")

    def _made(self, commit: str) -> dict[str, str]:
        """Make the repository for objects with ids as long as ``commit``; the environment of git."""
        environment = git.make(self._folder / f"git-{len(commit)}", commit)
        environment.pop("SSH_ASKPASS", None)
        environment |= {"GIT_ALLOW_PROTOCOL": self._address.partition(":")[0], "HOME": str(self._folder)}
        # Git's messages are parsed for the report; git gives up on a stalled connection.
        return environment | {"LC_ALL": "C", "GIT_HTTP_LOW_SPEED_LIMIT": "1", "GIT_HTTP_LOW_SPEED_TIME": "60"}

    def newest(self) -> str:
        """The commit of the repository's main branch."""
        lines = self._asked("ls-remote", "--quiet", "--", self._address, "HEAD").splitlines()
        if not lines:
            raise self._unreachable("has no commit yet")
        return lines[0].partition("\t")[0]

    def fetch(self, commit: str) -> None:
        """Fetch ``commit`` alone, or, if the server does not give single commits, all branches and tags."""
        self._environment = self._made(commit)
        try:
            self._git("fetch", *_QUIETLY, "--depth=1", "--", self._address, commit)
        except _Failed as failed:
            if "unadvertised object" in str(failed):
                every = [f"+refs/{kind}/*:refs/{kind}/*" for kind in ("heads", "tags")]
                self._asked("fetch", *_QUIETLY, "--", self._address, *every)
            elif "not our ref" not in str(failed):
                raise self._unreachable(_reason(str(failed))) from None
        try:
            kind = self._git("cat-file", "-t", commit).strip()
        except _Failed:
            raise self._unreachable(f"does not have the commit {commit}") from None
        if kind != "commit":
            raise self._unreachable(f"has a {kind} {commit}, and no such commit")

    def write(self, commit: str, folder: Path) -> None:
        """Write the official files of the commit into ``folder``. A symbolic link becomes a file with its target."""
        for entry in self._asked("ls-tree", "-r", "-z", "--full-tree", commit).split("\0"):
            head, _, path = entry.partition("\t")
            if " blob " in head and official_files.is_place(path):
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("wb") as file:
                    self._git("cat-file", "blob", head.split(" ")[2], output=file)

    def _unreachable(self, why: str) -> Unreachable:
        return Unreachable(f"{self._address} {why}")

    def _asked(self, *arguments: str) -> str:
        """What a command of git prints. Raises Unreachable if it fails."""
        try:
            return self._git(*arguments)
        except _Failed as failed:
            raise self._unreachable(_reason(str(failed))) from None

    def _git(self, *arguments: str, output: BinaryIO | int = subprocess.PIPE) -> str:
        """What a command of git prints, if not to ``output``. Raises _Failed, or Unreachable if it takes too long."""
        with (self._folder / "messages").open("w+b") as messages:
            try:
                status, printed = self._run(["git", *arguments], output, messages)
            except FileNotFoundError:
                raise self._unreachable("cannot be fetched: git is not installed") from None
            except subprocess.TimeoutExpired:
                raise self._unreachable(f"cannot be fetched: it took more than {LIMIT} seconds") from None
            messages.seek(0)
            if status:
                raise _Failed(messages.read(_MAX_MESSAGES).decode(errors="replace"))
        return printed.decode(errors="surrogateescape")

    def _run(self, command: list[str], output: BinaryIO | int, messages: BinaryIO) -> tuple[int, bytes]:
        """Run a command; its exit status and what it printed. Whatever happens, no process of it goes on."""
        process = None
        # A signal that came between the start of the process and the assignment would leave it running.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
        try:
            process = subprocess.Popen(
                command,
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=messages,
                start_new_session=True,  # Without a terminal to ask, and with all its processes in one group.
            )
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            printed, _ = process.communicate(timeout=max(self._end - time.monotonic(), 1))
            return process.returncode, printed or b""
        finally:
            if process and process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _reason(messages: str) -> str:
    """Why git failed, in one line: its first error."""
    lines = [line.strip() for line in messages.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("fatal: ", "error: "))]
    found = (errors or lines or ["git printed no message"])[0]
    return f"cannot be fetched: {show(found.removeprefix('fatal: ').removeprefix('error: '), 300, quote=False)}"
