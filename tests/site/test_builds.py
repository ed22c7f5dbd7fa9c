"""Builds are reproducible, incremental, and stop without harm on bad files."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ..conftest import ROOT, Project
from .html import article, read

Make = Callable[[Path], Project]


@pytest.mark.by_hand
def test_builds_are_the_same_everywhere_and_an_edit_changes_what_shows_it(
    tmp_path: Path, project_at: Make, site: Path
) -> None:
    """Two builds in different folders give the same bytes. After an edit, all other files keep their time."""
    project = project_at(tmp_path / "elsewhere").build("--jobs", "2")
    one = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    two = project.files()
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []

    def stamps() -> dict[str, int]:
        found = (path for path in project.html.rglob("*") if path.is_file())
        return {path.relative_to(project.html).as_posix(): path.stat().st_mtime_ns for path in found}

    before = stamps()
    project.build()
    assert stamps() == before
    path = project.folder / "guidelines/powered/2022.11.yaml"
    name = "test_get_availability_zone_list_with_non_admin_user"
    text = path.read_text(encoding="utf-8")
    assert text.count(name) == 1
    path.write_text(text.replace(name, f"{name}_again"), encoding="utf-8")
    project.build("--jobs", "2")
    changed = {file for file, stamp in stamps().items() if stamp != before.get(file)}
    # The guideline, its comparisons, the capability, the test and the lists of tests.
    ids = [path.stem for path in path.parent.glob("*.yaml")]
    pairs = {f"powered/{id}..2022.11" for id in ids if id < "2022.11"} | {"powered/2022.11..next"}
    test, capability = "tests/a8333aa2-205c-449f-a828-d38c2489bf25", "capabilities/compute-availability-zones-list"
    lists = {f"tests/{name}" for name in ("index", "names", "ids")}
    pages = {"guidelines/powered/2022.11", capability, test, *lists, *(f"diff/{pair}" for pair in pairs)}
    # The page on linking shows the test as an example; the index of the box and that of links have the new name.
    shown = {f"{page}.html" for page in pages} | {"linking.html", "find-index.js", "objects.inv"}
    shown |= {f"check-data/{name}.js" for name in ("tests", "powered/2022.11", "lists/powered/2022.11")}
    shown |= {
        f"api/v1/{file}"
        for file in ("guidelines/2022.11.json", "guidelines/2022.11.csv", "all.csv", "tests.json", "SHA256SUMS")
    }
    # The redirects to the test's page, which name it, and one for the new name.
    old = f"tempest.api.compute.servers.test_availability_zone.AZV2TestJSON.{name}"
    shown |= {f"t/{known}{end}" for known in (test[6:], old, f"{old}_again") for end in (".html", "/index.html")}
    data = {f"api/v1/diffs/{pair}.json" for pair in pairs}
    lists = {file for file in changed if file.startswith("api/v1/guidelines/2022.11/tests/")}
    assert lists
    assert changed - data - lists == shown
    assert f"{name}_again" in article(project.html / "guidelines/powered/2022.11.html").text()


def test_a_guideline_that_goes_takes_its_page_along(mini: Project) -> None:
    folder = mini.folder / "guidelines/powered"
    text = (folder / "next.yaml").read_text(encoding="utf-8")
    (folder / "2031.09.yaml").write_text(text.replace("id: 'next'", "id: '2031.09'"), encoding="utf-8")
    mini.build()
    assert (mini.html / "guidelines/powered/2031.09.html").exists()
    assert "2031.09" in article(mini.html / "guidelines/index.html").text()
    (folder / "2031.09.yaml").unlink()
    mini.build()
    assert not [file for file in mini.files() if "2031.09" in file]
    assert "2031.09" not in article(mini.html / "guidelines/index.html").text()


def test_a_page_written_by_hand_wins(mini: Project) -> None:
    page = mini.folder / "source/sections/index.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text("---\norphan: true\n---\n# By hand\n\n```{interop-view} sections\n```\n", encoding="utf-8")
    mini.build()
    shown = article(mini.html / "sections/index.html")
    assert shown.all("h1")[0].text().startswith("By hand")
    assert shown.all("table")


#: A generated page and one written by hand.
SIDES = ("diff/index.html", "about.html")


def entries(mini: Project, page: str) -> list[tuple[str, str, bool]]:
    """The entries of the sidebar of a page: title, page, whether it is indented."""
    (nav,) = read(mini.html / page).all("nav", class_="interop-nav")
    found = []
    for item in nav.all("li"):
        (link,) = item.all("a")
        to = page if link.attributes["href"] == "#" else link.attributes["href"].removeprefix("../")
        found.append((link.text(), to.removeprefix("../"), item.attributes.get("class") == "under"))
    return found


def navigation(mini: Project) -> list[tuple[str, str, bool]]:
    """The entries that both pages must show, since nothing is under either."""
    one, other = (entries(mini, side) for side in SIDES)
    assert one == other
    return one


def test_the_toctrees_make_the_navigation(mini: Project) -> None:
    """A page put into a toctree of the root document is in the sidebar of every page, in an incremental build too."""
    index, page = mini.folder / "source/index.md", mini.folder / "source/extra.md"
    listed = index.read_text(encoding="utf-8")
    before = navigation(mini)
    assert ("How to test a cloud", "testing.html", False) in before

    page.write_text("# An *extra* page & more\n", encoding="utf-8")
    index.write_text(listed.replace("\napi\n", "\napi\nextra\n"), encoding="utf-8")
    extra = ("An extra page & more", "extra.html", False)
    with_extra = navigation(mini.build("--jobs", "2"))
    assert with_extra[with_extra.index(extra) - 1][1] == "api.html"
    assert [entry for entry in with_extra if entry != extra] == before

    page.write_text("# Renamed\n", encoding="utf-8")
    assert ("Renamed", "extra.html", False) in navigation(mini.build())

    index.write_text(listed.replace("\napi\n", "\napi\nGiven here <extra>\n"), encoding="utf-8")
    assert ("Given here", "extra.html", False) in navigation(mini.build())

    page.unlink()
    index.write_text(listed, encoding="utf-8")
    assert navigation(mini.build()) == before


def test_a_toctree_with_a_caption_is_a_group(mini: Project) -> None:
    """Its first page bears the caption, the others are shown under it there; a page of another site may be listed."""
    (mini.folder / "source/extra.md").write_text("# Extra\n", encoding="utf-8")
    with (mini.folder / "source/index.md").open("a", encoding="utf-8") as index:
        index.write(
            "\n:::{toctree}\n:hidden:\n:caption: A group\n\nextra\nElsewhere <https://example.org/>\ngenindex\n:::\n"
        )
    mini.build()
    assert navigation(mini)[-1] == ("A group", "extra.html", False)
    elsewhere = ("Elsewhere", "https://example.org/", True)
    assert entries(mini, "extra.html")[-2:] == [("A group", "extra.html", False), elsewhere]


def test_the_navigation_shows_what_is_under_the_entry_in_view(mini: Project) -> None:
    assert [title for title, _, indented in navigation(mini) if not indented] == [
        "Guidelines",
        "Capabilities",
        "Compare guidelines",
        "Tests",
        "Process and governance",
        "How to test a cloud",
        "API and downloads",
    ]
    assert not any(indented for *_, indented in navigation(mini))
    for page, under in {
        "tests/index.html": ["Ids", "Lists of others"],
        "scoring.html": ["Check a run or a list", "How a run is scored"],
        "glossary.html": ["Findings", "Glossary"],
        "process/2017A.html": ["Findings", "Glossary"],
        "capabilities/servers-start.html": ["Designated sections"],
        "sections/index.html": ["Designated sections"],
    }.items():
        assert [title for title, _, indented in entries(mini, page) if indented][-len(under) :] == under, page
    (footer,) = read(mini.html / "about.html").all("footer")
    links = [link.text() for nav in footer.all("nav") for link in nav.all("a")]
    assert links == ["About this site", "How to link", "Publish and preview", "Source data", "Contributing"]


def test_a_newer_guideline_is_in_the_navigation_of_all_guidelines(mini: Project) -> None:
    folder, page = mini.folder / "guidelines/powered", "guidelines/index.html"

    def listed() -> set[str]:
        return {to for _, to, indented in entries(mini, page) if indented}

    assert "powered/2031.01.html" in listed()
    text = (folder / "2031.01.yaml").read_text(encoding="utf-8")
    (folder / "2031.09.yaml").write_text(text.replace("id: '2031.01'", "id: '2031.09'"), encoding="utf-8")
    mini.build()
    assert "powered/2031.09.html" in listed()
    assert "powered/2031.01.html" not in listed()


def test_mistakes_in_views_are_warnings_with_their_places(mini: Project) -> None:
    """All in one build: the page that shows the view, and the line of the template that failed."""
    views = ("guideline powered/1999.01", "flags nova", "unheard-of", "weights")
    blocks = "\n".join(f"```{{interop-view}} {view}\n```\n" for view in views)
    (mini.folder / "source/extra.md").write_text(f"---\norphan: true\n---\n# Extra\n\n{blocks}", encoding="utf-8")
    template = mini.folder / "_templates/interop/weights.html.jinja"
    lines = template.read_text(encoding="utf-8").splitlines()
    template.write_text("\n".join([*lines, "{{ v.projekt }}"]), encoding="utf-8")
    done = mini.run()
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    for line, message in (
        (6, "no generated page of the kind 'guideline' has the key 'powered/1999.01'"),
        (9, "the view 'flags' takes no key, and was given 'nova'"),
        (12, "there is no view 'unheard-of'"),
        (15, f"the view 'weights' failed at interop/weights.html.jinja:{len(lines) + 1}: UndefinedError: "),
    ):
        assert f"extra.md:{line}: WARNING: {message}" in done.stderr


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_mistakes_in_generated_pages_are_warnings(mini: Project, jobs: str) -> None:
    """Every page is named whose view or template fails, or that links to a page that does not exist."""
    with (mini.folder / "_templates/interop/section.html.jinja").open("a", encoding="utf-8") as template:
        template.write("{{ v.projekt }}\n")
    with (mini.folder / "_templates/interop/test.html.jinja").open("a", encoding="utf-8") as template:
        template.write("{{ url('nowhere') }}\n")
    done = mini.run("--jobs", jobs)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    failed = r"^WARNING: sections/\w+\.html: the view 'section' failed at interop/section.html.jinja:\d+: "
    assert re.search(failed, done.stderr, re.MULTILINE)
    linked = r"^WARNING: tests/[-\w]+\.html: link to the document 'nowhere', which does not exist"
    assert re.search(linked, done.stderr, re.MULTILINE)


def test_bad_files_stop_the_build_with_every_fault(unbuilt: Project) -> None:
    (unbuilt.folder / "guidelines/powered/2031.06.yaml").write_text("", encoding="utf-8")
    (unbuilt.folder / "guidelines/powered/2031.07.yaml").write_text("- a list\n", encoding="utf-8")
    done = unbuilt.run()
    assert done.returncode != 0
    assert "guidelines/powered/2031.06.yaml:1: error empty:" in done.stderr
    assert "guidelines/powered/2031.07.yaml:1: error wrong-type:" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (unbuilt.html / "index.html").exists()


def test_official_json_is_previewed_as_it_is(mini: Project) -> None:
    """Official files of old and new schemas, put into the folder of their program, get their pages."""
    case = ROOT / "tests/corpus/official-json/guidelines"
    files = sorted(case.rglob("*.json"))
    assert files
    shutil.copytree(case, mini.folder / "guidelines", dirs_exist_ok=True)
    mini.build()
    for file in files:
        data = json.loads(file.read_text(encoding="utf-8"))
        page = article(mini.html / "guidelines" / file.relative_to(case).with_suffix(".html")).text()
        for name, capability in data["capabilities"].items():
            assert name in page
            for test in capability["tests"]:
                assert test in page


def test_hostile_text_stays_text(mini: Project) -> None:
    """Whatever a file says, no page gets an element, an attribute or an address from it."""
    case = ROOT / "tests/corpus/hostile-text/guidelines"
    shutil.copytree(case, mini.folder / "guidelines", dirs_exist_ok=True)
    mini.build()
    shown = 0
    for path in mini.html.rglob("*.html"):
        tree = read(path)
        page = path.relative_to(mini.html).as_posix()
        for element in tree.all():
            handlers = [name for name in element.attributes if name.startswith("on")]
            assert not handlers, (page, element.tag, handlers)
            for name in ("href", "src", "action", "formaction"):
                address = element.attributes.get(name, "").strip().lower()
                assert not address.startswith(("javascript:", "data:text")), (page, address)
        for script in tree.all("script"):
            if script.attributes.get("type") == "application/ld+json":
                json.loads(script.text())  # The element has not ended before its data.
            else:
                assert "alert(1)" not in script.text(), page
        assert not [image for image in tree.all("img") if image.attributes.get("src") == "x"], page
        if "<article" in path.read_text(encoding="utf-8") and page not in ("search.html", "genindex.html"):
            text = article(path).text()
            shown += text.count("<script>alert(1)</script>")
            assert "49" not in text.split("{{7*7}}")[0][-3:]
    assert shown > 20


LOADED = """
import sys
from pathlib import Path
from interop.site.views import answers
from interop.sphinx_ext import build, inputs
code, path = inputs.of_code(Path()), Path(answers.__file__)
text = path.read_text(encoding="utf-8")
path.write_text(text.replace('"Designated sections"', '"Sections of code"'), encoding="utf-8")
sys.orig_argv = [sys.executable, "-m", build.__name__, "_build", "--jobs", "1"]
sys.exit(build.main(sys.orig_argv[3:], code))
"""


def test_compiled_code_is_not_taken_for_code_of_the_same_size_and_time(mini: Project) -> None:
    """Such as of an archive in which all files have one time. The other tests compile nothing."""
    path = mini.folder / "_ext/interop/site/views/answers.py"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    known, text = path.stat(), path.read_text(encoding="utf-8")
    for title in ("Designated SECTIONS", "DESIGNATED sections"):
        path.write_text(text.replace('"Designated sections"', f'"{title}"'), encoding="utf-8")
        os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))
        subprocess.run(mini.command(), cwd=mini.folder, env=environment | {"PYTHONPATH": "_ext"}, check=True)
        page = (mini.html / "guidelines/powered/next.html").read_text(encoding="utf-8")
        assert f">{title}</a>" in page


def test_code_that_was_saved_after_it_was_loaded_counts(mini: Project) -> None:
    """A build of ``make live`` begins with code loaded before; it must not take the new files for what it runs."""
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": "_ext", "NO_COLOR": "1"}
    subprocess.run([sys.executable, "-c", LOADED], cwd=mini.folder, env=environment, check=True)
    assert "Sections of code" in article(mini.html / "guidelines/powered/next.html").text()
