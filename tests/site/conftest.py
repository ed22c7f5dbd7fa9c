"""Fixtures of the tests of whole builds."""

from __future__ import annotations

import functools
import os
import shutil
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ..conftest import ROOT, Project
from ..small_project import make_small

Make = Callable[[Path], Project]


@pytest.fixture
def unbuilt(tmp_path: Path, project_at: Make) -> Project:
    """The project with the small record of the fixtures in place of the real one, before its first build."""
    return make_small(project_at(tmp_path / "mini"))


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Path]:
    """The small project, built, and a copy of its folder: a build remembers in which folder it was made."""
    project = make_small(Project(tmp_path_factory.mktemp("once") / "mini")).build()
    return project, Path(shutil.copytree(project.folder, project.folder.with_name("copy"), symlinks=True))


@pytest.fixture
def mini(once: tuple[Project, Path]) -> Project:
    """The small project after its first build."""
    project, copy = once
    shutil.rmtree(project.folder)
    shutil.copytree(copy, project.folder, symlinks=True)
    return project


def add_components(project: Project) -> None:
    """Give the small record's program "powered" four more components: six. Only the sixth lists ``servers-list``."""
    path = project.folder / "guidelines/catalogue/components.yaml"
    text = path.read_text(encoding="utf-8")
    for number in range(3, 7):
        text += f"os_powered_c{number}:\n  title: Component {number}\n  description: What product {number} needs.\n"
    path.write_text(text, encoding="utf-8")
    path = project.folder / "guidelines/powered/2031.01.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("advisory: [servers-list]", "advisory: []", 1)
    added = ""
    for number in range(3, 7):
        listed = "servers-list" if number == 6 else "tokens-issue"
        added += f"  os_powered_c{number}:\n    capabilities:\n      required: []\n      advisory: [{listed}]\n"
        added += "      deprecated: []\n      removed: []\n"
    path.write_text(text.replace("\ncapabilities:\n", f"\n{added}capabilities:\n", 1), encoding="utf-8")


def binary(name: str, package: str) -> str:
    """The path of a server; skips the test, saying how to install it, if it is missing."""
    if not (found := shutil.which(name) or shutil.which(name, path="/usr/sbin")):
        pytest.skip(f"{name} is missing; to try the rules for it: apt-get install {package}")
    return found


@contextmanager
def served(folder: Path, command: Callable[[int], list[str]]) -> Iterator[str]:
    """The URL of a server that runs in the foreground: ``command`` gives its command line for a port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address, environment = f"http://127.0.0.1:{port}/", os.environ | {"HOME": str(folder)}
    with (folder / "log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(command(port), env=environment, stderr=log, stdout=log)
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{address}index.html", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        else:
            pytest.fail((folder / "log").read_text(encoding="utf-8"))
        yield address
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="module")
def nginx(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path, folder = binary("nginx", "nginx-light"), tmp_path_factory.mktemp("nginx")
    folder.chmod(0o755)

    def command(port: int) -> list[str]:
        """With the configuration of the container."""
        text = (ROOT / ".container/nginx.conf").read_text(encoding="utf-8")
        rules = ("/etc/nginx/interop.conf", f"{site}/server/nginx.conf")
        for old, new in (("/tmp/", f"{folder}/"), ("/site", str(site)), rules, (" 8080;", f" 127.0.0.1:{port};")):
            assert old in text
            text = text.replace(old, new)
        (folder / "nginx.conf").write_text(f"daemon off; master_process off;\n{text}", encoding="utf-8")
        return [path, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]

    with served(folder, command) as address:
        yield address


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None: ...


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The URL of the API on a server without any rules."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=site)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/api/v1"
        server.shutdown()
