"""A site without a URL of its own says that it is a preview, and of which commit; drafts are not for search engines."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from ..conftest import Project
from .html import Element, read

DRAFT = "guidelines/powered/next.html"
NOINDEX = {"name": "robots", "content": "noindex"}


def is_hidden(page: Element) -> bool:
    return any(meta.attributes == NOINDEX for meta in page.all("meta"))


def whole_pages(site: Path) -> dict[str, Element]:
    """All pages but redirects, which show nothing."""
    paths = (path for path in site.rglob("*.html") if b"<article" in path.read_bytes())
    return {path.relative_to(site).as_posix(): read(path) for path in paths}


def git(folder: Path, *arguments: str) -> str:
    settings = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_every_page_of_a_preview_says_so(mini: Project) -> None:
    pages = whole_pages(mini.html)
    assert len(pages) > 50
    for name, page in pages.items():
        (line,) = page.all("aside", class_="preview")
        assert line.text() == "Preview, not the published site.", name
        assert is_hidden(page), name
    assert (mini.html / "preview.js").read_text(encoding="utf-8") == ""  # The copy is in no checkout.


def test_a_published_site_hides_only_drafts(mini: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTEROP_BASE_ADDRESS", "https://interop.example.org/")
    pages = whole_pages(mini.build().html)
    assert {name for name, page in pages.items() if is_hidden(page)} == {DRAFT, "search.html"}
    assert not any(page.all("aside", class_="preview") for page in pages.values())
    assert not (mini.html / "preview.js").exists()
    sitemap = (mini.html / "sitemap.xml").read_text(encoding="utf-8")
    assert "guidelines/powered/2031.01.html<" in sitemap
    assert DRAFT not in sitemap


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed: nothing can be committed")
def test_the_commit_is_in_one_file(mini: Project) -> None:
    """With the guideline files that differ from it; a commit changes no page."""
    git(mini.folder, "init", "-q")
    git(mini.folder, "add", ".")
    git(mini.folder, "commit", "-qm", "First")
    first = git(mini.folder, "rev-parse", "HEAD")[:12]

    def said() -> str:
        return (mini.html / "preview.js").read_text(encoding="utf-8")

    before = mini.build().files()
    assert said() == f'document.currentScript.after(" Made from commit {first}.");\n'
    draft = mini.folder / "guidelines/powered/next.yaml"
    draft.write_text(draft.read_text(encoding="utf-8") + "# A remark\n", encoding="utf-8")
    (mini.folder / "guidelines/new.txt").write_text("no guideline", encoding="utf-8")
    mini.build()
    assert ", with changes in guidelines/new.txt, guidelines/powered/next.yaml." in said()
    git(mini.folder, "add", ".")
    git(mini.folder, "commit", "-qm", "Remark")
    after = mini.build().files()
    second = git(mini.folder, "rev-parse", "HEAD")[:12]
    assert second != first
    assert said() == f'document.currentScript.after(" Made from commit {second}.");\n'
    assert {name for name in before if before[name] != after[name]} == {"preview.js"}


def test_a_draft_begins_with_what_an_editor_asks(site: Path) -> None:
    """The sizes are counted by hand in tests/unit/test_drafts.py."""
    page = read(site / DRAFT)
    (part,) = page.all(id="draft")
    text = part.text()
    assert text.startswith("No product can carry a mark by this guideline.")
    assert "A cloud that passes 2018.02 must pass 8 more tests for next; 1 test is no longer required." in text
    assert "Compute: 3 became required, 3 became advisory, 14 removed, 2 dropped; 3 tests added, 1 dropped" in text
    assert "It replaces 2018.02; the newest guideline is 2022.11." in text
    links = {link.attributes["href"] for link in part.all("a")}
    assert "../../diff/powered/2018.02..next.html#os_powered_compute-required" in links
    # Observations with the lines of the file.
    lines = Path("guidelines/powered/next.yaml").read_text(encoding="utf-8").splitlines()
    place = lines.index("      - volumes-v2-clone") + 1
    assert f"line {place}: listed-not-defined os_powered_compute lists volumes-v2-clone" in text


def test_a_draft_names_what_it_newly_breaks(mini: Project) -> None:
    draft = mini.folder / "guidelines/powered/next.yaml"
    text = draft.read_text(encoding="utf-8")
    without = "achievements: [deployed, stable, tools]\n    admin: "
    assert without + "false" in text
    with_fault = without.replace("tools]", "tools, tools]") + "true"
    draft.write_text(text.replace(without + "false", with_fault, 1), encoding="utf-8")
    done = mini.run()
    assert done.returncode == 0
    assert "powered/next.yaml:" in done.stderr and ": observation repeated: " in done.stderr
    (part,) = read(mini.html / "guidelines/powered/next.html").all(id="draft")
    assert "servers-start is required, but the file marks it as needing administrator access" in " ".join(
        part.text().split()
    )


#: The months that the drafts are for (their target_approval), and the first guideline after each that has a file.
@pytest.mark.by_hand
@pytest.mark.parametrize(
    "program, begins",
    [
        ("powered", "An archived draft of the OpenStack Powered guideline for 2018.08, older than 2018.11: "),
        ("dns", "An archived draft of the DNS guideline for 2018.01, older than 2018.02: "),
        ("orchestration", "An archived draft of the Orchestration guideline for 2018.01, older than 2018.02: "),
        ("nfv", "A draft of the NFV guideline for 2018.02: "),  # No guideline of this program followed.
    ],
)
def test_a_draft_that_was_overtaken_is_called_archived(program: str, begins: str, site: Path) -> None:
    (lead, *_) = read(site / f"guidelines/{program}/next.html").all("p", class_="lead")
    assert " ".join(lead.text().split()).startswith(begins)


@pytest.mark.parametrize("month, begins", [("2031-01", "A draft of"), ("2030-12", "An archived draft of")])
def test_a_draft_is_archived_if_a_guideline_is_later(month: str, begins: str, mini: Project) -> None:
    """The guideline of the small project is 2031.01."""
    draft = mini.folder / "guidelines/powered/next.yaml"
    text = draft.read_text(encoding="utf-8")
    assert "target_approval: '2031-07'" in text
    draft.write_text(text.replace("target_approval: '2031-07'", f"target_approval: '{month}'"), encoding="utf-8")
    assert mini.run().returncode == 0
    (lead, *_) = read(mini.html / "guidelines/powered/next.html").all("p", class_="lead")
    assert lead.text().strip().startswith(begins)
    assert (", older than 2031.01: " in lead.text()) == (month < "2031-01")


@pytest.mark.parametrize("key", ["powered/2020.06", "powered/2022.11", "scoring/juno"])
def test_other_guidelines_are_no_drafts(site: Path, key: str) -> None:
    assert not read(site / f"guidelines/{key}.html").all(id="draft")
