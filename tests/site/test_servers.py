"""The rules for Apache and Caddy on these servers, where they are installed. Those for nginx: test_publishing.py."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import binary, served
from .test_publishing import DATA, LIST, NAMED, PAGES, headers_of, read, refused

MODULES = "mpm_event authz_core alias headers rewrite deflate filter mime dir"
APACHE = """ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/error.log
{modules}
TypesConfig {folder}/types
<VirtualHost 127.0.0.1:{port}>
DocumentRoot {site}
Include {site}/server/apache.conf
</VirtualHost>
"""
CADDY = """{{
  admin off
  auto_https off
}}
http://127.0.0.1:{port} {{
  root * {site}
  import {site}/server/Caddyfile
}}
"""
TYPES = "text/html html\napplication/json json\ntext/plain txt\ntext/css css\n"
ROOT = Path(os.environ.get("INTEROP_APACHE_MODULES", "/usr/lib/apache2/modules"))


def command(kind: str, folder: Path, site: Path, port: int) -> list[str]:
    """The command that serves the site with the rules, in the foreground."""
    given = {"folder": folder, "site": site, "port": port}
    (folder / "types").write_text(TYPES, encoding="utf-8")
    file = folder / "Caddyfile"
    if kind == "apache":
        modules = "\n".join(f"LoadModule {name}_module {ROOT}/mod_{name}.so" for name in MODULES.split())
        file.write_text(APACHE.format(**given, modules=modules), encoding="utf-8")
        return [binary("apache2", "apache2-bin"), "-X", "-f", str(file)]
    file.write_text(CADDY.format(**given), encoding="utf-8")
    return [binary("caddy", "caddy"), "run", "--config", str(file)]


@pytest.fixture(scope="module", params=["apache", "caddy"])
def server(request: pytest.FixtureRequest, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("server")
    with served(folder, functools.partial(command, request.param, folder, site)) as address:
        yield address


@pytest.mark.parametrize(
    "path, kind, kept",
    [
        ("v1/tests.json", "application/json", DATA),
        ("v1/all.csv", "text/csv; charset=utf-8", DATA),
        ("v1/guidelines", "application/json", DATA),
        ("v1/guidelines/2020.06", "application/json", DATA),
        ("v1/guidelines/dns.2020.06.json", "application/json", DATA),
        (f"api/v1/{LIST}", "text/plain", DATA),
        ("objects.inv", "", DATA),
        ("index.html", "text/html", PAGES),
        ("_static/interop.css?v=0123abcd", "", NAMED),
    ],
)
def test_files_and_headers(path: str, kind: str, kept: str, server: str) -> None:
    status, headers = headers_of(server + path, **{"Accept-Encoding": "gzip"})
    assert status == 200
    assert headers["Access-Control-Allow-Origin"] == ("*" if kept == DATA else None)
    assert headers["Cache-Control"] == kept
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Content-Type"].startswith(kind) if kind else True
    assert (headers["Content-Encoding"] == "gzip") or not kind


@pytest.mark.parametrize(
    "path", ["v1/guidelines/1999.01", "api/v1/guidelines/1999.01.json", "v1/guidelines/1999.01/tests"]
)
def test_there_is_no_such_file(path: str, server: str) -> None:
    status, headers = headers_of(server + path)
    assert (status, headers["Access-Control-Allow-Origin"]) == (404, "*")
    assert headers["Cache-Control"] in (None, PAGES)  # It may be there after the next build.


def test_old_urls(server: str) -> None:
    for old, new in (
        ("2020.06.json", "api/v1/guidelines/2020.06.json"),
        ("guidelines/all.2020.06.html", "guidelines/powered/2020.06.html"),
    ):
        status, headers = headers_of(server + old)
        assert (status, headers["Location"].removeprefix(server).removeprefix("/")) == (301, new)


@pytest.mark.parametrize("path", ["api/v1/tests.json", "2020.06.json", "v1/guidelines/1999.01/tests"])
def test_scripts_may_ask_with_headers_of_their_own(path: str, server: str) -> None:
    status, headers = headers_of(server + path, "OPTIONS", Origin="https://example.org")
    assert status == 204
    assert headers["Access-Control-Allow-Origin"] == headers["Access-Control-Allow-Headers"] == "*"


def test_the_404_page(server: str) -> None:
    assert "There is no page here" in refused(f"{server}guidelines/no.html")


@pytest.mark.parametrize("path", ["v1/guidelines", "v1/guidelines/2020.06"])
def test_a_slash_at_the_end(path: str, server: str) -> None:
    assert read(f"{server}{path}/") == read(server + path)
