"""However a build was stopped, and whatever was edited before, the next one gives what a clean build gives."""

from __future__ import annotations

import json
import os
import random
import re
import resource
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from interop.sphinx_ext import publish

from ..conftest import Project
from ..soak import Soak

pytestmark = pytest.mark.sampled("rebuilds")
Edit = Callable[[Project], None]


def clean(project: Project) -> dict[str, bytes]:
    """What a build in a folder of its own gives."""
    shutil.rmtree(project.folder / "_clean", ignore_errors=True)
    done = project.run(folder="_clean")
    assert done.returncode == 0, done.stderr
    return project.files("_clean")


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def replace(path: str, old: str, new: str) -> Edit:
    def edit(project: Project) -> None:
        file = project.folder / path
        text = file.read_text(encoding="utf-8")
        assert old in text, path
        file.write_text(text.replace(old, new), encoding="utf-8")

    return edit


def write(path: str, text: str) -> Edit:
    def edit(project: Project) -> None:
        (project.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (project.folder / path).write_text(text, encoding="utf-8")

    return edit


def copy_guideline(project: Project) -> None:
    folder = project.folder / "guidelines/powered"
    text = (folder / "2031.01.yaml").read_text(encoding="utf-8")
    (folder / "2031.09.yaml").write_text(text.replace("id: '2031.01'", "id: '2031.09'"), encoding="utf-8")


def rename_guideline(project: Project) -> None:
    folder = project.folder / "guidelines/powered"
    text = (folder / "2031.09.yaml").read_text(encoding="utf-8")
    (folder / "2031.08.yaml").write_text(text.replace("id: '2031.09'", "id: '2031.08'"), encoding="utf-8")
    (folder / "2031.09.yaml").unlink()


def remove(path: str) -> Edit:
    return lambda project: (project.folder / path).unlink()


def page(name: str, text: str) -> Edit:
    return write(f"source/{name}.md", f"---\norphan: true\n---\n# {name}\n\n{text}\n")


def together(*edits: Edit) -> Edit:
    def edit(project: Project) -> None:
        for one in edits:
            one(project)

    return edit


def equations(*names: str) -> str:
    return "\n".join(f"```{{math}}\n:label: {name}\n{name}\n```\n" for name in names)


SVG = "<svg xmlns='http://www.w3.org/2000/svg'/>"
TITLE = replace("guidelines/catalogue/programs.yaml", "title: OpenStack Powered", "title: OpenStack Powdered")
PAGE = write("source/extra.md", "---\norphan: true\n---\n# Extra\n\n```{index} stray entry\n```\n\nUnusualword.\n")
EDITS = {
    "a guideline is added": [copy_guideline],
    "a guideline is renamed": [copy_guideline, rename_guideline],
    "a guideline is added and removed": [
        copy_guideline,
        remove("guidelines/powered/2031.09.yaml"),
    ],
    "the title of a program": [TITLE],
    "a style": [write("_static/interop.css", "body { color: inherit }\n")],
    "styles and a script": [
        write("_static/interop.css", "body { color: inherit }\n"),
        together(write("_static/matrix.css", "b { color: red }\n"), write("_static/interop.js", "'use strict';\n")),
        write("_static/interop.css", "body { color: red }\n"),
    ],
    "a style is emptied and filled": [write("_static/interop.css", ""), write("_static/interop.css", "b {}\n")],
    "a style and a fact": [
        together(
            write("_static/interop.css", "body { color: inherit }\n"),
            replace("guidelines/powered/2031.01.yaml", "test_start", "test_begin"),
        )
    ],
    "a style is added": [write("_static/more.css", "")],
    "a style is added and removed": [write("_static/more.css", ""), remove("_static/more.css")],
    "a template": [replace("_templates/interop/sections.html.jinja", "<table", "<table data-tried")],
    "the navigation's template": [replace("_templates/interop/navigation.html", "<nav ", "<nav data-tried ")],
    "code": [replace("_ext/interop/site/pages.py", '"Designated sections"', '"Sections"')],
    "the configuration": [replace("conf.py", "Not affiliated", "In no way affiliated")],
    "a page is added": [PAGE],
    "a page is added to the navigation": [
        together(PAGE, replace("source/index.md", "\napi\n", "\napi\nextra\n")),
    ],
    "a page is added and removed": [PAGE, remove("source/extra.md")],
    "the title of a page that others link to": [replace("source/process/criteria.md", "\n# ", "\n# Of the ")],
    "a page replaces a generated one": [write("source/sections/index.md", "---\norphan: true\n---\n# By hand\n")],
    "a page no longer replaces a generated one": [
        write("source/sections/index.md", "---\norphan: true\n---\n# By hand\n"),
        remove("source/sections/index.md"),
    ],
    "the configuration, twice": [
        replace("conf.py", "Not affiliated", "In no way affiliated"),
        replace("conf.py", "html_show_sphinx = False", "html_show_sphinx = True"),
    ],
    "a fact that pages written by hand show": [
        replace("guidelines/powered/2031.01.yaml", "test_start", "test_begin"),
    ],
    # Sphinx reads one page after the other, by their names, and lets the first or the last of two win.
    "a label moves to a page that is read earlier": [
        together(page("xa", "None."), page("xc", "(moved-label)=\n## Here\n")),
        together(page("xa", "(moved-label)=\n## Here\n"), page("xc", "None.")),
    ],
    "a page with a term that another page spells in another way": [
        together(
            page("xa", "```{glossary}\nZebra\n: One.\n```"),
            page("xc", "```{glossary}\nzebra\n: Two.\n```"),
            page("xd", "{term}`ZEBRA`"),
        ),
        together(page("xa", "```{glossary}\nZebra\n: One, edited.\n```"), page("xd", "{term}`ZEBRA` again")),
    ],
    "a page with an index entry that another page has too": [
        together(
            page("xa", "```{index} Zebra\n```\n"),
            page("xc", "```{glossary}\nZebra : A\n: One.\n```"),
        ),
        page("xa", "```{index} Zebra\n```\nEdited."),
    ],
    "a page with an option that another page has too": [
        together(
            page("xa", "```{program} tool\n```\n```{option} --fast\nOne.\n```"),
            page("xc", "```{program} tool\n```\n```{option} --fast\nTwo.\n```"),
        ),
        page("xa", "None."),
    ],
    "the numbers of equations": [
        together(page("xa", equations("e1", "e2")), page("xb", "{eq}`e1`")),
        page("xa", equations("e2", "e1")),
    ],
    "a better form of an image": [
        together(write("source/pic.gif", "GIF89a"), page("xa", "![one](pic.*)")),
        write("source/pic.svg", SVG),
    ],
    "a page where a short URL has a second form": [
        write("source/g/2031.01/index.md", "---\norphan: true\n---\n# Own\n")
    ],
    "a drawing": [replace("source/process/drawings/criteria.html", "<svg ", "<svg data-tried='1' ")],
    "two edits of one page": [
        write("source/extra.md", "---\norphan: true\n---\n# One\n"),
        write("source/extra.md", "---\norphan: true\n---\n# Two\n"),
    ],
}


@pytest.mark.parametrize("edits", EDITS.values(), ids=EDITS)
def test_a_build_after_edits_is_a_clean_build(mini: Project, edits: list[Edit]) -> None:
    for edit in edits:
        edit(mini)
        mini.build()
    assert differing(mini.files(), clean(mini)) == []


def test_no_page_is_made_again_for_a_style(mini: Project) -> None:
    """The pages are made from the same, and only the version in the URL of the style is new."""

    def keys() -> dict[str, str]:
        units = json.loads((mini.folder / "_build/outputs.json").read_text(encoding="utf-8"))["units"]
        return {name: unit["key"] for name, unit in units.items()}

    before, text = keys(), b"body { color: inherit }\n"
    write("_static/interop.css", text.decode())(mini)
    files = mini.build().files()
    assert keys() == before
    for name in ("index.html", "guidelines/powered/2031.01.html"):  # One written by hand, and one generated.
        assert f'_static/interop.css?v={zlib.crc32(text):08x}"'.encode() in files[name]


def test_what_is_no_file_is_noticed(mini: Project) -> None:
    """An empty folder of guidelines is a program that is unknown; a link to nothing is a document that is none."""
    (mini.folder / "guidelines/unknown").mkdir()
    done = mini.run()
    assert done.returncode == 1 and "unknown-program" in done.stderr
    (mini.folder / "guidelines/unknown").rmdir()
    mini.build()
    (mini.folder / "source/gone.md").symlink_to("nothing.md")
    done = mini.run()
    assert done.returncode == 1 and "gone.md" in done.stderr


def test_a_page_comes_before_the_second_form_of_a_short_url(mini: Project) -> None:
    write("source/g/2031.01/index.md", "---\norphan: true\n---\n# Own page\n")(mini)
    assert b"Own page" in mini.build().files()["g/2031.01/index.html"]


def test_what_is_put_back_is_noticed_whatever_its_time(mini: Project) -> None:
    """A version control system or a backup may give a file an older time, and two edits may have the same."""
    first = mini.files()
    paths = [mini.folder / "guidelines/powered/2031.01.yaml", mini.folder / "source/about.md"]
    before = [(path.read_bytes(), path.stat().st_mtime_ns) for path in paths]
    paths[0].write_bytes(before[0][0].replace(b"test_start", b"test_begin"))
    paths[1].write_bytes(before[1][0] + b"\nAnother sentence.\n")
    for path, (_, time_before) in zip(paths, before, strict=True):
        os.utime(path, ns=(time_before, time_before))
    second = mini.build().files()
    assert "about.html" in differing(first, second)
    assert differing(second, clean(mini)) == []
    for path, (text, time_before) in zip(paths, before, strict=True):
        path.write_bytes(text)
        os.utime(path, ns=(time_before - 10**12, time_before - 10**12))
    assert differing(mini.build().files(), first) == []


def test_an_included_file_is_noticed_whatever_its_time(mini: Project) -> None:
    part, page = mini.folder / "source/part.txt", mini.folder / "source/about.md"
    part.write_text("One.\n", encoding="utf-8")
    page.write_text(page.read_text(encoding="utf-8") + "\n```{include} part.txt\n```\n", encoding="utf-8")
    mini.build()
    part.write_text("Two.\n", encoding="utf-8")
    os.utime(part, (0, 0))
    assert b"Two." in mini.build().files()["about.html"]
    assert differing(mini.files(), clean(mini)) == []


def test_what_a_build_would_not_notice_is_a_warning(mini: Project) -> None:
    """A file out of the sources and the record; two images of one name, which Sphinx numbers as it reads them."""
    (mini.folder / "NOTES.md").write_text("Notes.\n", encoding="utf-8")
    write("source/extra.md", "---\norphan: true\n---\n# Extra\n\n```{literalinclude} ../NOTES.md\n```\n")(mini)
    done = mini.run()
    assert done.returncode == 1
    assert "../NOTES.md is not among the inputs of a build" in done.stderr
    for name in ("a", "b"):
        (mini.folder / f"source/{name}").mkdir()
        (mini.folder / f"source/{name}/x.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    write("source/extra.md", "---\norphan: true\n---\n# Extra\n\n![one](a/x.svg)\n![two](b/x.svg)\n")(mini)
    done = mini.run()
    assert done.returncode == 1
    assert "b/x.svg has the name of another image" in done.stderr


def test_a_process_that_is_killed_leaves_nothing_that_counts(mini: Project) -> None:
    """The process that makes digests of views ahead: without it, the build makes the views itself."""
    TITLE(mini)
    mini.build("--jobs", "2")  # Its digests stay in the build folder.
    path = mini.folder / "guidelines/catalogue/components.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("description: What", "description: Whatever"), "utf-8")
    process = mini.start("--jobs", "2")
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while not (child := children.read_text(encoding="utf-8").split()):
        assert process.poll() is None
    os.kill(int(child[0]), signal.SIGKILL)
    assert process.communicate(timeout=120) and process.returncode == 0
    assert differing(mini.files(), clean(mini)) == []


def test_code_that_is_saved_during_a_build_is_read_again(mini: Project) -> None:
    TITLE(mini)
    process = mini.start()
    while not (mini.folder / "_build/html.new/about.html").exists():
        assert process.poll() is None
        time.sleep(0.005)
    replace("_ext/interop/site/pages.py", '"Designated sections"', '"Sections"')(mini)
    errors = process.communicate(timeout=120)[1]
    assert process.returncode == 0, errors
    assert "Files were saved during the build; building again." in errors
    assert differing(mini.files(), clean(mini)) == []


def test_a_folder_that_is_linked_twice(mini: Project) -> None:
    """Sphinx copies it twice: the name of the second link counts too."""
    (mini.folder / "_static/glyphs").mkdir()
    (mini.folder / "_static/glyphs/x.svg").write_text("<svg/>", encoding="utf-8")
    (mini.folder / "_static/aglyphs").symlink_to("glyphs")
    mini.build()
    (mini.folder / "_static/aglyphs").rename(mini.folder / "_static/mglyphs")
    assert differing(mini.build().files(), clean(mini)) == []


def test_settings_of_templates_count(mini: Project) -> None:
    """Jinja keeps compiled templates by their source alone."""
    replace("_ext/interop/site/rendering.py", "trim_blocks=True", "trim_blocks=False")(mini)
    assert differing(mini.build().files(), clean(mini)) == []


def test_a_page_that_warns_is_read_again(mini: Project) -> None:
    """Sphinx warns while it reads: a page that it does not read again would not fail the next build."""
    write("source/extra.md", "---\norphan: true\n---\n# Extra\n\n{nowhere}`x`\n")(mini)
    for _ in range(2):
        done = mini.run()
        assert done.returncode == 1
        assert 'Unknown interpreted text role "nowhere"' in done.stderr


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_mistakes_after_a_good_build_are_told(mini: Project, jobs: str) -> None:
    """Several processes make views at once, and one of them before Sphinx starts."""
    path = mini.folder / "_ext/interop/site/views/section.py"
    good = path.read_text(encoding="utf-8")
    path.write_text(f"{good}\n\ndef view(analysis: Analysis, project: str) -> View:\n    raise KeyError(project)\n")
    done = mini.run("--jobs", jobs)
    assert done.returncode == 1
    assert re.search(
        r"WARNING: sections/\w+\.html: the view 'section' failed at .*section\.py:\d+: KeyError", done.stderr
    )
    path.write_text(good, encoding="utf-8")
    replace("guidelines/powered/2031.01.yaml", "status: approved", "status: aproved")(mini)
    done = mini.run("--jobs", jobs)
    assert done.returncode == 1
    assert re.search(r"^guidelines/powered/2031.01.yaml:\d+: error ", done.stderr, re.MULTILINE)
    assert "Traceback" not in done.stderr


def test_a_page_that_links_to_a_removed_page_is_noticed(mini: Project) -> None:
    """As in a clean build: the page itself did not change."""
    PAGE(mini)
    write("source/linking-to-it.md", "---\norphan: true\n---\n# L\n\n{doc}`extra`\n")(mini)
    good = mini.build().files()
    (mini.folder / "source/extra.md").unlink()
    for _ in range(2):
        done = mini.run()
        assert done.returncode == 1
        assert "linking-to-it.md:6: WARNING: unknown document: 'extra'" in done.stderr
    assert mini.files() == good


def test_a_published_site_that_was_touched_is_not_used(mini: Project) -> None:
    first = mini.files()
    (mini.html / "sections/index.html").write_text("vandalised", encoding="utf-8")
    (mini.html / "tests/index.html").unlink()
    (mini.html / "stray.html").write_text("", encoding="utf-8")
    assert mini.build().files() == first
    (mini.html / "stray/folder").mkdir(parents=True)
    assert mini.build().files() == first
    assert not (mini.html / "stray").exists()


def test_a_site_that_was_deleted_is_not_replaced_by_an_older_one(mini: Project) -> None:
    PAGE(mini)
    mini.build()
    shutil.rmtree(mini.html)
    (mini.folder / "guidelines/powered/2031.06.yaml").write_text("", encoding="utf-8")
    done = mini.run()
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, "The build failed.")
    assert not mini.html.exists()
    (mini.folder / "guidelines/powered/2031.06.yaml").unlink()
    assert differing(mini.build().files(), clean(mini)) == []


@contextmanager
def reader(site: Path, names: list[str]) -> Iterator[list[str]]:
    """Read files of the site again and again, as a server does; the list receives the names that were missing."""
    missing: list[str] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            for name in names:
                try:
                    if not (site / name).read_bytes():
                        missing.append(f"{name} is empty")
                except OSError as error:
                    missing.append(f"{name}: {error}")

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield missing
    finally:
        done.set()
        thread.join()


STOPS = {
    f"{how.name}-{name}": (how, seen)
    for how in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
    for name, seen in (("reads", "doctrees/testing.doctree"), ("writes", "html.new/about.html"))
}


def hears_ctrl_c() -> None:
    """A shell starts what runs in the background so that it ignores Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("how, seen", STOPS.values(), ids=STOPS)
def test_a_build_that_is_stopped(mini: Project, how: signal.Signals, seen: str) -> None:
    """The published site is the previous one, whole; the next build gives what a clean one gives."""
    PAGE(mini)
    good = mini.build("--jobs", "2").files()  # The next build works in the folder of the first one.
    TITLE(mini)
    shutil.rmtree(mini.folder / "_build/doctrees")
    with reader(mini.html, ["index.html", "guidelines/powered/2031.01.html"]) as missing:
        process = mini.start("--jobs", "2", start_new_session=True, preexec_fn=hears_ctrl_c)
        while not (mini.folder / "_build" / seen).exists():
            assert process.poll() is None, "the build ended before it could be stopped"
            time.sleep(0.005)
        # A terminal sends Ctrl-C to all processes; -9 ends only the one that it names.
        (os.kill if how == signal.SIGKILL else os.killpg)(process.pid, how)
        _, errors = process.communicate(timeout=60)
        assert process.returncode != 0
        assert "Traceback" not in errors
        assert mini.files() == good
        assert differing(mini.build("--jobs", "2").files(), clean(mini)) == []
    assert missing == []
    assert mini.build("--jobs", "2").files() == mini.files("_clean")


def test_two_builds_in_one_folder(unbuilt: Project) -> None:
    """The second one waits, says for whom, and both succeed."""
    processes = [unbuilt.start("--jobs", "2") for _ in range(2)]
    said = [process.communicate(timeout=300)[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], said
    waiting = [text for text in said if "Waiting for process" in text]
    assert len(waiting) == 1
    assert any(f"Waiting for process {process.pid}, " in waiting[0] for process in processes)
    assert differing(unbuilt.files(), clean(unbuilt)) == []


def test_a_site_is_published_whatever_the_umask(unbuilt: Project) -> None:
    assert unbuilt.run(preexec_fn=lambda: os.umask(0o077)).returncode == 0
    TITLE(unbuilt)
    assert unbuilt.run(preexec_fn=lambda: os.umask(0o077)).returncode == 0
    for path in (unbuilt.html.parent, unbuilt.html, *unbuilt.html.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644), path


def test_a_disk_that_takes_no_more(mini: Project) -> None:
    """The build fails with a message, and the published site is unchanged."""
    PAGE(mini)
    good = mini.build().files()
    TITLE(mini)
    limit = (20_000, resource.RLIM_INFINITY)
    for jobs in ("1", "2"):
        done = mini.run("--jobs", jobs, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit))
        assert done.returncode == 1
        assert "File too large" in done.stderr
        assert "None" not in done.stderr
        assert "Traceback" not in done.stderr
        assert len(done.stderr.splitlines()) < 10
        assert mini.files() == good
    assert differing(mini.build().files(), clean(mini)) == []


def test_a_build_folder_that_cannot_be_made(unbuilt: Project) -> None:
    (unbuilt.folder / "_build").write_text("a file", encoding="utf-8")
    done = unbuilt.run()
    assert (done.returncode, done.stderr.splitlines()) == (1, ["_build: error: File exists"])


@pytest.mark.parametrize("jobs", ["many", "0", "-2"])
def test_a_number_of_processes_that_is_none(unbuilt: Project, jobs: str) -> None:
    done = unbuilt.run("--jobs", jobs)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith(f"{jobs!r} is neither a number of at least 1 nor auto")


def test_a_file_that_is_saved_during_a_build(mini: Project) -> None:
    """The site is that of the files at the end, also if the file is put back later."""
    path = mini.folder / "guidelines/powered/2031.01.yaml"
    text = path.read_text(encoding="utf-8")
    TITLE(mini)
    shutil.rmtree(mini.folder / "_build/doctrees")
    process = mini.start()
    while not list((mini.folder / "_build/doctrees").glob("*.doctree")):
        assert process.poll() is None, "the build ended before a file could be saved"
        time.sleep(0.005)
    path.write_text(text.replace("test_start", "test_commence"), encoding="utf-8")
    _, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (0, "Files were saved during the build; building again.\n")
    assert differing(mini.files(), clean(mini)) == []
    path.write_text(text, encoding="utf-8")
    assert differing(mini.build().files(), clean(mini)) == []


def test_a_linked_folder_of_pages(mini: Project, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (mini.folder / "source/linked").symlink_to(tmp_path / "elsewhere")
    for number in range(2):
        page = f"---\norphan: true\n---\n# Page {number}\n"
        (tmp_path / "elsewhere/page.md").write_text(page, encoding="utf-8")
        assert f"Page {number}" in mini.build().files()["linked/page.html"].decode()
    (mini.folder / "source/linked").unlink()
    assert "linked/page.html" not in mini.build().files()


def test_the_build_folder_is_deleted_during_a_build(mini: Project) -> None:
    """Whatever becomes of that build, the next one is right, which waits for it."""
    TITLE(mini)
    process = mini.start()
    while not (mini.folder / "_build/html.new").exists():
        assert process.poll() is None
        time.sleep(0.005)
    shutil.rmtree(mini.folder / "_build", ignore_errors=True)
    shutil.rmtree(mini.folder / "_build", ignore_errors=True)
    assert differing(mini.build().files(), clean(mini)) == []
    process.communicate(timeout=120)


def stopping(rename: Callable[[Path, Path], Path], number: int) -> Callable[[Path, Path], Path]:
    """``rename``, which is stopped before the call with this number."""
    calls = iter(range(10))

    def call(path: Path, target: Path) -> Path:
        if next(calls) == number:
            raise KeyboardInterrupt
        return rename(path, target)

    return call


@pytest.mark.parametrize("exchange", [True, False])
def test_publishing_recovers_from_every_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool) -> None:
    """Stopped at any rename, the site is the old or the new one after the next start."""
    if not exchange:
        monkeypatch.setattr(publish, "_exchange", lambda one, other: False)
    for stop_before in range(4):
        folder = tmp_path / str(stop_before)
        site, new, old = (folder / name for name in ("html", "html.new", "html.old"))
        for made, text in ((site, "before"), (new, "after")):
            made.mkdir(parents=True)
            (made / "index.html").write_text(text, encoding="utf-8")
        with monkeypatch.context() as patch:
            patch.setattr(Path, "rename", stopping(Path.rename, stop_before))
            try:
                publish.replace(site, new, old)
            except KeyboardInterrupt:
                assert exchange <= site.exists()
        publish.recover(site, new, old)
        assert (site / "index.html").read_text(encoding="utf-8") in ("before", "after")


def test_the_site_is_whole_at_every_moment(mini: Project) -> None:
    """A reader sees no missing file while one site replaces another."""
    names = ["index.html", "tests/index.html", "api/v1/guidelines.json", "_static/interop.css"]
    with reader(mini.html, names) as missing:
        for number in range(3):
            replace("guidelines/catalogue/programs.yaml", "OpenStack ", f"OpenStack {number} ")(mini)
            mini.build()
    assert missing == []


def test_make_html_says_what_failed(mini: Project) -> None:
    """Through the Makefile: what stops a build is named, and that the site is unchanged."""
    root = Path(__file__).resolve().parents[2]
    shutil.copy2(root / "Makefile", mini.folder / "Makefile")
    environment = Path(sys.executable).parent.parent
    (environment / "site").touch()
    command = ["make", "html", f"VENV={environment}", "--assume-old=constraints/site.txt"]

    def make() -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=mini.folder, capture_output=True, text=True, timeout=300, check=False)

    PAGE(mini)
    done = make()
    assert done.returncode == 0, done.stderr
    assert "The site is in _build/html" in done.stdout
    good = mini.files()
    (mini.folder / "guidelines/powered/2031.06.yaml").write_text("", encoding="utf-8")
    done = make()
    assert done.returncode != 0
    assert "guidelines/powered/2031.06.yaml:1: error empty:" in done.stderr
    assert "The build failed; _build/html is unchanged." in done.stderr
    assert mini.files() == good
    (mini.folder / "guidelines/powered/2031.06.yaml").unlink()
    TITLE(mini)
    assert make().returncode == 0
    assert differing(mini.files(), clean(mini)) == []


def test_random_edits_and_interruptions(tmp_path: Path) -> None:
    """A few steps of ``make soak``."""
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}: make soak ARGS='--steps 3 --seed {seed}'")
    Soak(tmp_path / "soak", seed).run(3)
