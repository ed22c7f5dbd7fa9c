"""What a build needs to know of the place where the site is published, and what a server sends with the pages."""

from __future__ import annotations

import hashlib
import re
import urllib.error
import urllib.request
from base64 import b64encode
from email.message import Message
from pathlib import Path

import pytest
from html5lib import parse

from ..conftest import Project

BAD = "https://interop.example.org/<script>alert(1)</script>"


def test_a_bad_base_address_stops_the_build(unbuilt: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTEROP_BASE_ADDRESS", BAD)
    done = unbuilt.run()
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"INTEROP_BASE_ADDRESS is '{BAD}': '<' is not allowed in the path: letters a to z, digits and - . _ ~ + are; "
        "for example https://interop.example.org/ or https://example.org/interop/",
        "The build failed.",
    ]
    assert unbuilt.files() == {}


def headers_of(address: str, method: str = "GET", **asked: str) -> tuple[int, Message]:
    """The status and the headers of the answer, without following a redirect; ``asked`` are headers of the request."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *arguments: object) -> None:
            return None

    try:
        with urllib.request.build_opener(Stay).open(
            urllib.request.Request(address, headers=asked, method=method), timeout=5
        ) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.headers


@pytest.mark.parametrize(
    "path, status",
    [
        ("index.html", 200),
        ("guidelines/powered/2020.06.html", 200),
        ("no-such-page.html", 404),
        ("2020.06.json", 301),
        ("api/v1/guidelines/2020.06.json", 200),
        ("api/v1/guidelines/2020.06/tests", 200),
        ("api/v1/guidelines/2020.06", 200),
    ],
)
def test_nginx_sends_the_headers(path: str, status: int, nginx: str) -> None:
    found, headers = headers_of(nginx + path)
    assert found == status
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"] and "*" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


def read(address: str) -> bytes:
    """The body of an answer."""
    with urllib.request.urlopen(address, timeout=5) as answer:
        return bytes(answer.read())


def refused(address: str) -> str:
    """The body of an answer with status 404."""
    with pytest.raises(urllib.error.HTTPError) as error:
        read(address)
    assert error.value.code == 404
    return error.value.read().decode()


LIST = "guidelines/2020.06/tests/platform/required/alias-true/flag-false.txt"
DATA, PAGES, NAMED = "public, max-age=600", "no-cache", "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "path, kind, kept",
    [
        ("api/v1/tests.json", "application/json", DATA),
        ("v1/tests.json", "application/json", DATA),
        ("api/v1/all.csv", "text/csv; charset=utf-8", DATA),
        ("v1/guidelines/dns.2020.06.csv", "text/csv; charset=utf-8", DATA),
        (f"api/v1/{LIST}", "text/plain", DATA),
        (f"v1/{LIST}", "text/plain", DATA),
        ("api/v1/SHA256SUMS", "text/plain", DATA),
        ("v1/guidelines/2020.06/tests?type=required", "text/plain", DATA),
        ("objects.inv", "", DATA),
        ("index.html", "text/html", PAGES),
        ("_static/interop.css", "", PAGES),
        ("_static/interop.css?v=0123abcd", "", NAMED),
    ],
)
def test_nginx_sends_data_to_scripts_of_any_site(path: str, kind: str, kept: str, nginx: str) -> None:
    status, headers = headers_of(nginx + path)
    assert status == 200
    assert headers["Access-Control-Allow-Origin"] == ("*" if kept == DATA else None)
    assert headers["Cache-Control"] == kept
    assert not kind or headers["Content-Type"] == kind


def test_nginx_lets_scripts_ask_with_headers_of_their_own(nginx: str) -> None:
    """A browser asks first whether it may."""
    status, headers = headers_of(f"{nginx}v1/guidelines/2020.06", "OPTIONS", Origin="https://example.org")
    assert status == 204
    assert headers["Access-Control-Allow-Origin"] == headers["Access-Control-Allow-Headers"] == "*"
    assert headers_of(f"{nginx}index.html", "OPTIONS")[1]["Access-Control-Allow-Headers"] is None


@pytest.mark.parametrize("path", ["v1/guidelines", "v1/guidelines/2020.06", "v1/guidelines/2020.06/tests"])
def test_nginx_answers_with_a_slash_at_the_end_as_refstack_did(path: str, nginx: str) -> None:
    assert headers_of(f"{nginx}{path}/")[0] == 200
    assert read(f"{nginx}{path}/") == read(nginx + path)


def test_nginx_shows_the_404_page(nginx: str) -> None:
    assert "There is no page here" in refused(f"{nginx}guidelines/no.html")


@pytest.mark.parametrize("path", ["api/v1/tests.json", "v1/all.csv", f"api/v1/{LIST}", "index.html"])
def test_nginx_compresses(path: str, nginx: str) -> None:
    _, plain = headers_of(nginx + path)
    _, packed = headers_of(nginx + path, **{"Accept-Encoding": "gzip"})
    assert (plain["Content-Encoding"], packed["Content-Encoding"]) == (None, "gzip")
    assert "Accept-Encoding" in packed["Vary"]
    assert "Content-Length" in plain


@pytest.mark.parametrize(
    "path",
    ["v1/guidelines/1999.01", "v1/guidelines/1999.01.json", "v1/guidelines/1999.01/tests", "v1/no.json", "v1/no"],
)
@pytest.mark.parametrize("folder", ["", "api/"])
def test_nginx_says_that_there_is_no_such_file(folder: str, path: str, nginx: str) -> None:
    status, headers = headers_of(f"{nginx}{folder}{path}")
    assert (status, headers["Access-Control-Allow-Origin"], headers["X-Content-Type-Options"]) == (404, "*", "nosniff")
    assert headers["Cache-Control"] is None  # It may be there after the next build.


def test_every_inline_script_may_run_and_no_other(site: Path) -> None:
    """html5lib, which parses as browsers do, finds the scripts in all pages."""
    pages = {path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    # Parsing all pages takes minutes. Whatever precedes a script without a src is the same to a parser.
    parts = {part for page in pages for part in re.findall(r"(?is)<script(?![^>]*\ssrc=).*?</script>", page)}
    parts = {part for part in parts if not part.startswith('<script type="application/ld+json">')}  # Data is not run.
    scripts = {element.text for part in parts for element in parse(part, namespaceHTMLElements=False).iter("script")}
    assert scripts
    wanted = {f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in scripts}
    for name in ("nginx.conf", "apache.conf"):
        rules = (site / "server" / name).read_text(encoding="utf-8")
        (allowed,) = re.findall(r"; script-src ([^;]*);", rules)
        assert set(allowed.split()) == {"'self'", *wanted}


def test_the_footer_names_the_commit_if_it_is_known(mini: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """On generated pages and on those written by hand, and in a build that takes over what did not change."""

    def footers() -> set[str]:
        pages = ("index.html", "guidelines/powered/2031.01.html", "about.html")
        found = (parse((mini.html / page).read_text(encoding="utf-8"), namespaceHTMLElements=False) for page in pages)
        texts = ("".join(page.find(".//p[@class='edition']").itertext()) for page in found)
        return {text.partition(". This page")[0] for text in texts}

    name = "OpenStack interoperability guidelines, version 1"
    assert {text.partition(", sources")[0] for text in footers()} == {name}
    monkeypatch.setenv("INTEROP_COMMIT", "<b>0123abc")
    mini.build()
    assert {text.rpartition(", ")[2] for text in footers()} == {"commit <b>0123abc"}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    mini.build()
    assert {text.rpartition(", ")[2] for text in footers()} == {"commit <b>0123abc of 2026-01-01"}


@pytest.mark.parametrize("given", ["yesterday", "1.5", "9" * 30])
def test_a_time_that_is_none_stops_the_build(unbuilt: Project, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    done = unbuilt.run()
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"SOURCE_DATE_EPOCH is {given!r}: it must be seconds since 1970; for example 1767225600 for 1 January 2026",
        "The build failed.",
    ]
