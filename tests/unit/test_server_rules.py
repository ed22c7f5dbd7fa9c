"""The rules for nginx and Apache: their headers, and that no path can end a rule or begin another."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from interop.record import loader
from interop.record.record import Record
from interop.site import headers, server_rules

from ..command_line import ROOT

TEMPLATES = (ROOT / "_templates",)
SCRIPT = 'document.body.dataset.theme = localStorage.getItem("theme") || "auto";'
# printf '%s' "$SCRIPT" | openssl dgst -sha256 -binary | base64
HASH = "bwroak8+Sf9hWD1fUAme9ef9TwqC939IAqL4R8K4zbo="
POLICY = (
    f"default-src 'self'; script-src 'self' 'sha256-{HASH}'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


@pytest.fixture(scope="module")
def record(mini_root: Path) -> Record:
    return loader.load(mini_root)[0]


def test_rules_set_the_headers(record: Record) -> None:
    nginx = server_rules.nginx(record, "/", TEMPLATES, [SCRIPT])
    assert f'\nadd_header Content-Security-Policy "{POLICY}" always;\n' in nginx
    assert '\nadd_header X-Content-Type-Options "nosniff" always;\n' in nginx
    apache = server_rules.apache(record, "/", TEMPLATES, [SCRIPT])
    assert f'\nHeader always set Content-Security-Policy "{POLICY}"\n' in apache
    assert '\nHeader always set X-Content-Type-Options "nosniff"\n' in apache


def test_without_inline_scripts_only_files_run(record: Record) -> None:
    assert "; script-src 'self'; " in server_rules.nginx(record, "/", TEMPLATES)


@pytest.mark.parametrize(
    "page, scripts",
    [
        (f"<body><script>{SCRIPT}</script>", [SCRIPT]),
        (f"<script>{SCRIPT}</script><SCRIPT>{SCRIPT}</SCRIPT>", [SCRIPT]),
        ("<script>\r\n  a && b < c;\r\n</script>", ["\n  a && b < c;\n"]),
        ("<script>'&amp; is no entity here'</script>", ["'&amp; is no entity here'"]),
        ("<script type='module'>b</script><script defer>a</script>", ["a", "b"]),
        ('<script src="a.js"></script><p>text</p>', []),
        ('<script type="application/json">{}</script>', []),
        ("<p>&lt;script>no&lt;/script></p><!-- <script>no</script> -->", []),
    ],
)
def test_inline_scripts_are_found_as_a_browser_sees_them(page: str, scripts: list[str]) -> None:
    assert headers.inline_scripts([page, page]) == scripts


@pytest.mark.parametrize("base", ["/a b/", "/a{b}/", "/a;b/", '/a"b/', "/a'b/", "/a$b/", "/a\\b/", "/<b>/", "/a\nb/"])
def test_no_base_can_end_a_rule(base: str, record: Record) -> None:
    """The build refuses such a base; if one came through, it must not change the rules."""
    written = "/" + "".join(c if c.isalnum() else f"%{ord(c):02X}" for c in base.strip("/")) + "/"
    plain = server_rules.nginx(record, "/", TEMPLATES)
    rules = server_rules.nginx(record, base, TEMPLATES)
    assert f"location = {written}2031.01.json {{ return 301 {written}api/v1/guidelines/2031.01.json; }}" in rules
    assert len(rules.splitlines()) == len(plain.splitlines())
    assert rules.count("{") == plain.count("{") and rules.count(";") == plain.count(";")
    apache = server_rules.apache(record, base, TEMPLATES)
    assert f'"{written}api/v1/guidelines/2031.01.json"' in apache
    assert all(line.count('"') % 2 == 0 for line in apache.splitlines())


def test_a_base_is_literal_in_patterns(record: Record) -> None:
    rules = server_rules.apache(record, "/v1.0/c++/", TEMPLATES)
    patterns = [line.split('"')[1] for line in rules.splitlines() if line.startswith("RedirectMatch")]
    matched = [pattern for pattern in patterns if re.search(pattern, "/v1.0/c++/guidelines/all.2031.01.html")]
    assert len(matched) == 1
    assert not re.search(matched[0], "/v1x0/c++/guidelines/all.2031.01.html")
