"""Addresses and references: everything has one, other projects can refer to it, and none is ever lost."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag
from xml.etree import ElementTree

import pytest
from interop.site import redirects, urls

from ..conftest import ROOT, Project
from .html import Element, article, read, scan, statuses
from .test_changes import PROGRAMS, named
from .test_pages import FILES, load

CONSUMER = ROOT / "tests/consumer"


@pytest.mark.by_hand
def test_another_project_refers_to_everything(site: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-n", "-W", "-q", "-b", "html", str(CONSUMER), str(tmp_path)]
    environment = os.environ | {"INTEROP_INVENTORY": str(site / "objects.inv")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    page = read(tmp_path / "index.html")
    shown = {a.attributes["href"]: a.text() for a in page.all("a", class_="external")}
    base = "https://interop.example.org/"
    expected = {
        "guidelines/powered/2020.06.html": "OpenStack Powered 2020.06",
        "capabilities/compute-servers-create.html": "compute-servers-create",
        "tests/a8333aa2-205c-449f-a828-d38c2489bf25.html": (
            "AZV2TestJSON.test_get_availability_zone_list_with_non_admin_user"
        ),
        "sections/nova.html": "Designated sections of nova",
        "process/criteria.html#criterion-deployed": "Widely Deployed",
        "process/2017A.html#A4.5": "2017A A4.5",
        "capabilities/volumes-v3-list.html": "It need not say from where",
    }
    assert {key.removeprefix(base): text for key, text in shown.items() if key.startswith(base)} == expected


def refresh(page: Path) -> Path:
    """The page that a redirect sends to; its link and its canonical address agree."""
    root = read(page)
    (meta,) = [e for e in root.all("meta") if e.attributes.get("http-equiv") == "refresh"]
    to = meta.attributes["content"].removeprefix("0; url=")
    assert [a.attributes["href"] for a in root.all("a")] == [to]
    (canonical,) = [e.attributes["href"] for e in root.all("link") if e.attributes.get("rel") == "canonical"]
    assert canonical == to
    path, anchor = urldefrag(to)
    target = (page.parent / unquote(path)).resolve()
    assert target.is_file(), f"{page}: {to}"
    assert not anchor or anchor in {e.attributes.get("id") for e in read(target).all()}
    return target


def test_short_addresses(site: Path) -> None:
    """Every id, capability, name and alias in the files, written as the files have it."""
    for program, ids in PROGRAMS.items():
        for id in ids:
            short = [f"g/{program}.{id}"] + ([f"g/{id}"] if program == "powered" else [])
            for name in short:
                for path in (site / f"{name}.html", site / name / "index.html"):
                    assert refresh(path) == site / f"guidelines/{program}/{id}.html"
    capabilities, loose = set(), set()
    for path in FILES:
        data = load(path)
        capabilities |= data["capabilities"].keys()
        for capability in data["capabilities"].values():
            loose |= {name for name, test in capability["tests"].items() if "idempotent_id" not in test}
    for name in capabilities:
        assert refresh(site / f"c/{name}.html") == site / f"capabilities/{name}.html"
    ids = named()
    owners: dict[str, set[str]] = {}
    for id, names in ids.items():
        assert refresh(site / f"t/{id}.html") == site / f"tests/{id}.html"
        for name in names:
            owners.setdefault(name, set()).add(id)
    for name, found in owners.items():
        target = refresh(site / f"t/{name}.html")
        assert target == (site / f"tests/{min(found)}.html" if len(found) == 1 else site / "tests/index.html")
        if len(found) == 1:  # The names of a test lead to it with the same words: their files are one on disk.
            assert (site / f"t/{name}.html").samefile(site / f"t/{min(found)}.html")
    for name in loose:
        assert refresh(site / f"t/{name}.html")


@pytest.mark.by_hand
@pytest.mark.parametrize(
    "old, new",
    [
        ("guidelines/all.2020.06", "guidelines/powered/2020.06"),
        ("guidelines/2017.09", "guidelines/powered/2017.09"),
        ("guidelines/dns.2020.06", "guidelines/dns/2020.06"),
        ("guidelines/all.2021.11", "guidelines/powered/2021.11"),
        ("guidelines/shared-file-system.2020.11", "guidelines/shared-file-system/2020.11"),
        ("guidelines/2014.07", "guidelines/index"),
        ("guidelines/all.2022.11", "guidelines/powered/2022.11"),
        ("guidelines/next", "guidelines/powered/next"),
        ("process/CoreCriteria", "process/criteria"),
        ("process/CoreDefinition", "process/principles"),
        ("process/Lexicon", "glossary"),
        ("process/InternalProcessDoc", "process/internal-process"),
        ("process/procedure", "testing"),
        ("periodic_reports/fall_2016", "reports/fall-2016"),
    ],
)
def test_old_addresses(site: Path, old: str, new: str) -> None:
    assert refresh(site / f"{old}.html") == site / f"{new}.html"


@pytest.mark.parametrize("page", ["process/2021A", "process/2017A", *[f"schema/{v}" for v in ("1.2", "1.6", "2.0")]])
def test_old_addresses_that_are_ours_too(site: Path, page: str) -> None:
    assert article(site / f"{page}.html").all("h1")


def test_every_redirect_ends_on_a_page(site: Path) -> None:
    pages = [page for page in site.rglob("*.html") if b'http-equiv="refresh"' in page.read_bytes()[:600]]
    assert len(pages) > 1500
    for page in pages:
        refresh(page)


def test_every_redirect_of_data_ends_on_a_file(site: Path, real_record: object) -> None:
    data = [item for item in redirects.old(real_record) if not item.page]  # type: ignore[arg-type]
    assert {item.old for item in data} >= {
        "2020.06.json",
        "guidelines/2020.06.json",
        "add-ons/dns.2020.06.json",
        "add-ons/guidelines/dns.2020.06.json",
        "verticals/nfv.next.json",
    }
    for item in data:
        assert (site / item.new).is_file()
        assert not (site / item.old).exists()


def anchors(site: Path) -> Iterator[tuple[str, set[str]]]:
    """Pages of the site with the ids in their article, as a browser would find them."""
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).with_suffix("").as_posix()
        if name in ("search", "genindex", "404") or (
            path.name == "index.html" and path.parts[-3:-2] and path.parts[-3] in "gct"
        ):
            continue
        if b'http-equiv="refresh"' in path.read_bytes()[:600]:
            yield name, set()
        else:
            below = "//article[@id = 'furo-main-content']//*[not(self::section[h1])]/@id"
            yield name, {str(id) for id in scan(path).xpath(below)}


def ledger() -> dict[str, set[str]]:
    """The ledger, read by its description: pages, and below them their anchors."""
    found: dict[str, set[str]] = {}
    for line in (ROOT / "guidelines/addresses.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("  #"):
            found[list(found)[-1]].add(line[3:].partition(" -> ")[0])
        elif line and not line.startswith("#"):
            found[line.partition(" -> ")[0]] = set()
    return found


def test_the_ledger_lists_every_address(site: Path) -> None:
    listed, seen = ledger(), dict(anchors(site))
    assert listed.keys() == seen.keys(), "if this change is intended, run: make addresses"
    for page, ids in seen.items():
        # Anchors about drafts and reconstructed guidelines are not promised, nor are those of groups of tests.
        if page.endswith(("/next", "..next")) or re.fullmatch(r"(guidelines|diff)/.*2022\.11(\.\.next)?", page):
            assert listed[page] == set(), page
        else:
            promised = {id for id in ids if not id.startswith("group:")}
            assert listed[page] == promised, f"{page}: if this change is intended, run: make addresses"


Make = Callable[[Path], Project]


@pytest.fixture
def small(mini: Project) -> Project:
    """The small record, its addresses all in its ledger."""
    return mini.build("--add-addresses")


def test_a_lost_page_or_anchor_fails_the_build_and_is_named(small: Project) -> None:
    path = small.folder / "guidelines/addresses.txt"
    text = path.read_text(encoding="utf-8")
    assert "\ncapabilities/servers-start\n" in text
    small.build()
    changed = text.replace(
        "\ncapabilities/servers-start\n", "\ncapabilities/gone\ncapabilities/servers-start\n  #lost\n"
    )
    path.write_text(changed, encoding="utf-8")
    done = small.run()
    assert done.returncode != 0
    assert "addresses.txt: error lost: capabilities/gone would be lost; restore it" in done.stderr
    assert "addresses.txt: error lost: capabilities/servers-start#lost would be lost" in done.stderr
    assert "2 errors in addresses.txt; permanent URLs must not be lost" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_guideline_taken_away_is_lost(small: Project) -> None:
    (small.folder / "guidelines/dns/2031.01.yaml").unlink()
    done = small.run()
    assert done.returncode != 0
    assert "error lost: guidelines/dns/2031.01 would be lost" in done.stderr or "error" in done.stderr


def test_what_is_gone_for_good_says_where_to_look(small: Project) -> None:
    path = small.folder / "guidelines/addresses.txt"
    text = path.read_text(encoding="utf-8")
    moved = (
        "\ncapabilities/gone -> capabilities/servers-start\ncapabilities/servers-start\n  #lost -> guidelines/index\n"
    )
    path.write_text(text.replace("\ncapabilities/servers-start\n", moved), encoding="utf-8")
    small.build()
    page = article(small.html / "capabilities/gone.html")
    assert "servers-start.html" in [a.attributes["href"] for a in page.all("a")]
    assert "capabilities/gone.html" in page.text()
    (item,) = article(small.html / "capabilities/servers-start.html").all("li", id="lost")
    assert [a.attributes["href"] for a in item.all("a")] == ["../guidelines/index.html"]


def test_a_move_to_nowhere_is_an_error(small: Project) -> None:
    path = small.folder / "guidelines/addresses.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\nabout\n", "\nabout\nabove -> nowhere\n"), encoding="utf-8")
    done = small.run()
    assert done.returncode != 0
    assert "nowhere" in done.stderr


def test_a_moved_page_differs_from_the_others_not_only_in_case(mini: Project) -> None:
    """Where file names have no case, one page would overwrite the other."""
    path = mini.folder / "guidelines/addresses.txt"
    path.write_text("capabilities/Servers-Start -> capabilities/index\ncapabilities/index\n", encoding="utf-8")
    done = mini.run()
    assert done.returncode == 1
    pair = "capabilities/servers-start and capabilities/Servers-Start"
    assert f"addresses.txt: error name-clash: the pages differ only in case: {pair}; another name" in done.stderr


def test_a_short_url_that_moved_has_its_page(small: Project) -> None:
    path = small.folder / "guidelines/addresses.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\ntests/index\n", "\nt/of.old -> tests/index\ntests/index\n"), encoding="utf-8")
    small.build()
    assert "tests/index.html" in (small.html / "t/of.old.html").read_text(encoding="utf-8")


ROLES = """---
orphan: true
---
# Roles

{interop:guideline}`powered/2031.01` {interop:capability}`servers-start` {interop:criterion}`deployed`
{interop:status}`powered/2031.01 servers-start` {interop:capability}`another text <servers-start>`
"""


def test_roles(mini: Project) -> None:
    (mini.folder / "source/roles.md").write_text(ROLES, encoding="utf-8")
    mini.build()
    page = article(mini.html / "roles.html")
    # Without the link sign of the title, and the line below it, which links home.
    _, home, *links = page.all("a")
    assert home.attributes["href"] == "index.html"
    shown = [(a.attributes["href"], a.text()) for a in links]
    assert shown[:3] == [
        ("guidelines/powered/2031.01.html", "OpenStack Powered 2031.01"),
        ("capabilities/servers-start.html", "servers-start"),
        ("process/criteria.html#criterion-deployed", "Widely deployed"),
    ]
    (status,) = page.all("a", class_="status-ref")
    assert statuses(status) == ["required"]
    assert shown[-1] == ("capabilities/servers-start.html", "another text")


def test_unknown_targets_are_warnings_with_their_places(mini: Project) -> None:
    said = {
        "{interop:capability}`servers-strat`": "there is no capability 'servers-strat'; did you mean servers-start",
        "{interop:guideline}`powered/2031.1`": "there is no guideline 'powered/2031.1'; did you mean",
        "{interop:status}`powered/2031.01 servers-strat`": "there is no capability 'servers-strat'; did you mean",
        "{interop:test}`no.such.test`": "there is no test 'no.such.test'",
    }
    page = "\n\n".join(["---\norphan: true\n---\n# Roles", *said])
    (mini.folder / "source/roles.md").write_text(page, encoding="utf-8")
    done = mini.run()
    assert done.returncode != 0
    for line, message in enumerate(said.values(), 3):
        assert re.search(rf"source/roles\.md:{2 * line}: WARNING: .*{re.escape(message)}", done.stderr), done.stderr


def test_a_page_is_read_again_when_what_it_refers_to_goes(mini: Project) -> None:
    (mini.folder / "source/roles.md").write_text(ROLES, encoding="utf-8")
    mini.build()
    for path in (mini.folder / "guidelines").rglob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("servers-start", "servers-begin"), encoding="utf-8")
    done = mini.run()
    assert "there is no capability 'servers-start'" in done.stderr


def metas(page: Path) -> dict[str, str]:
    found = scan(page).iter("meta")
    return {meta.get("name", meta.get("property", "")): meta.get("content") for meta in found if meta.get("content")}


def test_every_page_says_what_it_is(site: Path) -> None:
    for page in site.rglob("*.html"):
        if page.name in ("search.html", "genindex.html") or b'http-equiv="refresh"' in page.read_bytes()[:600]:
            continue
        said = metas(page)
        assert len(said["description"]) > 20, page
        assert said["og:description"] == said["description"]
        assert said["og:title"], page
        assert "og:url" not in said  # Nobody said where the site is published.
    shown = metas(site / "capabilities/compute-servers-create.html")
    assert shown["og:title"] == "compute-servers-create"
    assert shown["description"].startswith("Create a server from an image and a flavor, with an administrator password")
    diff = metas(site / "diff/powered/2016.01..2016.08.html")
    assert "must pass 123 more tests" in diff["description"]


def structured(page: Path) -> dict[str, Any]:
    """The data for search engines in a page."""
    (script,) = [one for one in read(page).all("script") if one.attributes.get("type") == "application/ld+json"]
    found: dict[str, Any] = json.loads(script.text())
    return found


def test_search_engines_are_told_what_a_page_is(site: Path) -> None:
    guideline = site / "guidelines/dns/2020.06.html"
    about = structured(guideline)
    assert (about["@type"], about["name"]) == ("Dataset", "DNS 2020.06")
    for file in about["distribution"]:
        assert (guideline.parent / file["contentUrl"]).is_file()
    assert {file["encodingFormat"] for file in about["distribution"]} == {"application/json", "text/csv"}
    assert structured(site / "process/2017A.html")["@type"] == "TechArticle"
    assert structured(site / "index.html")["@type"] == "WebSite"
    assert (site / "robots.txt").read_text(encoding="utf-8") == "User-agent: *\nAllow: /\n"
    assert not (site / "sitemap.xml").exists()  # Its URLs must be absolute.


def test_assistants_are_led_to_the_data_and_the_documents(site: Path) -> None:
    """The form of llmstxt.org: a title, a quote, paragraphs, and lists of links under headings."""
    text = (site / "llms.txt").read_text(encoding="utf-8")
    title, quote, advice, *sections = text.rstrip("\n").split("\n\n")
    assert title.startswith("# ") and quote.startswith("> ") and advice[0].isupper()
    assert [heading for heading in sections[::2] if not re.fullmatch("## .+", heading)] == []
    found = set()
    for line in "\n".join(sections[1::2]).split("\n"):
        (match,) = re.finditer(r"- \[([^\]]+)\]\(([^)]+)\)(: .+)?", line)
        assert match[0] == line and (site / match[2]).is_file(), line
        found.add(match[2])
    pages = {path.relative_to(site).as_posix() for path in (site / "guidelines").glob("*/*.html")}
    pages |= {path.relative_to(site).as_posix() for path in (site / "process").glob("*.html")}
    old = {page for page in pages if b'http-equiv="refresh"' in (site / page).read_bytes()[:600]}
    data = {path.relative_to(site).as_posix() for path in (site / "api/v1").iterdir() if path.is_file()}
    assert pages - old | data | {"api.html", "index.html"} <= found


def links(page: Element, rel: str) -> list[str]:
    return [e.attributes["href"] for e in page.all("link") if e.attributes.get("rel") == rel]


def test_a_base_address_makes_canonical_ones(mini: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTEROP_BASE_ADDRESS", "https://interop.example.org/some/place")
    mini.build()
    base = "https://interop.example.org/some/place/"
    page = mini.html / "capabilities/servers-start.html"
    assert links(read(page), "canonical") == [f"{base}capabilities/servers-start.html"]
    assert metas(page)["og:url"] == f"{base}capabilities/servers-start.html"
    assert metas(page)["og:image"] == f"{base}_static/preview.png"
    assert (mini.html / "_static/preview.png").read_bytes().startswith(b"\x89PNG")
    assert f"Sitemap: {base}sitemap.xml\n" in (mini.html / "robots.txt").read_text(encoding="utf-8")
    locations = [one.text for one in ElementTree.parse(mini.html / "sitemap.xml").iter() if one.tag.endswith("loc")]
    assert {f"{base}index.html", f"{base}capabilities/servers-start.html"} <= set(locations)
    pages = {str(one).removeprefix(base) for one in locations}
    assert all((mini.html / one).is_file() for one in pages) and "404.html" not in pages
    assert f"[servers-start]({base}capabilities/servers-start.html)" in [c.text() for c in read(page).all("code")]
    assert links(read(mini.html / "c/servers-start.html"), "canonical") == [f"{base}capabilities/servers-start.html"]
    assert "location = /some/place/2031.01.json { return 301 /some/place/api/v1/guidelines/2031.01.json; }" in (
        mini.html / "server/nginx.conf"
    ).read_text(encoding="utf-8")
    assert f"]({base}api/v1/guidelines.json)" in (mini.html / "llms.txt").read_text(encoding="utf-8")
    description = json.loads((mini.html / "api/v1/openapi.json").read_text(encoding="utf-8"))
    assert [server["url"] for server in description["servers"]] == [f"{base}api/v1"]
    missing = read(mini.html / "404.html")
    assert any(a.attributes["href"] == "/some/place/guidelines/index.html" for a in missing.all("a"))


def test_nginx_follows_every_old_address(nginx: str, real_record: object) -> None:
    for item in redirects.old(real_record):  # type: ignore[arg-type]
        old = item.old + (".html" if item.page else "")
        with urllib.request.urlopen(nginx + old, timeout=5) as answer:
            assert answer.status == 200
            assert answer.url == nginx + urls.address(item.new), old
            if not item.page:
                assert answer.headers["Content-Type"] == "application/json"


def test_nginx_leaves_the_rest_alone(nginx: str) -> None:
    with urllib.request.urlopen(f"{nginx}api/v1/guidelines/2020.06.json", timeout=5) as answer:
        assert answer.url.endswith("api/v1/guidelines/2020.06.json")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{nginx}2020.06.jsonx", timeout=5)
