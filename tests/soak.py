"""Random edits and interruptions, each followed by a build that must give what a clean build gives.

``make soak`` runs 200 steps (``ARGS="--steps 50 --seed 7"``); a few are part of the tests. The project has the small
record of the fixtures. A failure prints the seed and the steps.

``--kills 20`` kills builds of the real record at random moments instead, while a reader reads the site. ``--together
10`` runs two and five builds of it at once, 10 times each.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from .conftest import Project
from .small_project import make_small

#: Texts that occur in the project, and others to write in their place; both ways.
SWAPS = {
    "guidelines/powered/2031.01.yaml": [("test_start", "test_begin"), ("advisory: [servers-list]", "advisory: []")],
    "guidelines/powered/next.yaml": [("test_start", "test_commence")],
    "guidelines/catalogue/programs.yaml": [("title: OpenStack Powered", "title: OpenStack Powdered")],
    "guidelines/catalogue/components.yaml": [("description: What", "description: Whatever")],
    "_templates/interop/sections.html.jinja": [("<table", "<table data-tried")],
    "_templates/interop/macros.html.jinja": [("<a ", "<a data-tried ")],
    "_templates/interop/navigation.html": [("<nav ", "<nav data-tried ")],
    "_templates/interop/redirect.html.jinja": [("<body>", "<body data-tried>")],
    "_static/interop.css": [("color:", "color :")],
    "_static/matrix.css": [("fit-content", "max-content")],
    "_ext/interop/site/pages.py": [('"Designated sections"', '"Sections"')],
    "_ext/interop/site/rendering.py": [("trim_blocks=True", "trim_blocks=False")],
    "source/part.txt": [("One.", "Two.")],
    "_ext/interop/site/collected.py": [('"about": problem.about', '"subject": problem.about')],
    "conf.py": [("Not affiliated", "In no way affiliated")],
    "source/about.md": [("\n# ", "\n# All "), ("\n# ", "\n```{include} part.txt\n```\n\n# ")],
    "source/process/criteria.md": [("\n# ", "\n# The ")],
    "source/index.md": [("\ntesting\n", "\ntesting\nextra-0\n"), ("still be read", "yet be read")],
}
#: What a build keeps for the next one, beside the site.
KEPT = ("parsed", "stems", "documents", "doctrees/index.doctree", "doctrees/environment.pickle")
PLACES = ("source/extra-{}.md", "source/sections/index.md", "_static/extra-{}.css", "guidelines/powered/2031.0{}.yaml")


class Soak:
    """A project, its history of states, and the steps taken so far."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.project = make_small(Project(folder))
        (folder / "source/part.txt").write_text("One.\n", encoding="utf-8")
        self.steps: list[str] = []
        self.states: list[dict[str, tuple[bytes, int]]] = [self._state()]

    def run(self, steps: int) -> None:
        """Take steps; AssertionError if a build gives anything else than a clean one."""
        for _ in range(steps):
            self.states.append(self._state())
            step = self.random.choice([self._swap, self._swap, self._swap, self._place, self._revert, self._damage])
            try:
                step()
                if self.random.random() < 0.3:
                    self._stop()
                self._compare()
            except Exception:
                print("\n".join(self.steps))
                raise

    def _file(self, path: str) -> Path:
        return self.project.folder / path

    def _swap(self) -> None:
        path = self.random.choice(sorted(SWAPS))
        old, new = self.random.choice(SWAPS[path])
        text = self._file(path).read_text(encoding="utf-8")
        old, new = (new, old) if new in text else (old, new)
        assert old in text, path
        self.steps.append(f"{path}: {old!r} becomes {new!r}")
        self._file(path).write_text(text.replace(old, new), encoding="utf-8")

    def _place(self) -> None:
        """Add, remove or rename a file."""
        path = self.random.choice(PLACES).format(self.random.randrange(2, 4) if self.random.random() < 0.5 else 0)
        file = self._file(path)
        if file.exists():
            self.steps.append(f"{path} is removed")
            file.unlink()
            return
        self.steps.append(f"{path} is added")
        number = self.random.randrange(100)
        text = f"---\norphan: true\n---\n# {number}\n\n{{doc}}`about`\n" if path.endswith(".md") else ""
        if path.endswith(".yaml"):
            given = self._file("guidelines/powered/2031.01.yaml").read_text(encoding="utf-8")
            text = given.replace("id: '2031.01'", f"id: '{file.stem}'")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def _revert(self) -> None:
        """Go back to an earlier state, with its times, as a restored backup does."""
        number = self.random.randrange(len(self.states))
        self.steps.append(f"back to the state before step {number}")
        state = self.states[number]
        for path in self._state().keys() - state.keys():
            self._file(path).unlink()
        for path, (content, stamp) in state.items():
            file = self._file(path)
            if not file.exists() or file.read_bytes() != content:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
                os.utime(file, ns=(stamp, stamp))

    def _damage(self) -> None:
        """Change something in the build folder."""
        build = self.project.folder / "_build"
        pages = sorted(path for folder in ("html", "html.old") for path in (build / folder).rglob("*.html"))
        build.mkdir(exist_ok=True)
        kept = self.random.choice([name for name in KEPT if (build / name).exists()] or ["parsed"])
        kinds: dict[str, Callable[[], object]] = {
            "outputs.json is removed": lambda: (build / "outputs.json").unlink(missing_ok=True),
            f"{kept} is cut": lambda: (build / kept).write_bytes(b"x"),
            "outputs.old.json is removed": lambda: (build / "outputs.old.json").unlink(missing_ok=True),
            "outputs.json is cut": lambda: (build / "outputs.json").write_text("{", encoding="utf-8"),
            "there is no site": lambda: shutil.rmtree(build / "html", ignore_errors=True),
            "there is a site beside the site": lambda: (build / "html.old/x").mkdir(parents=True, exist_ok=True),
        }
        if pages:
            page = self.random.choice(pages)
            name = page.relative_to(build)
            kinds[f"{name} is removed"] = page.unlink
            kinds[f"{name} is written"] = lambda: page.write_text("not a page", encoding="utf-8")
        what = self.random.choice(sorted(kinds))
        self.steps.append(what)
        kinds[what]()

    def _stop(self) -> None:
        """Stop a build or one of its processes at a random moment, save a file during it, or let two run at once."""
        how = self.random.choice([self._interrupt, self._end_a_child, self._save, self._two])
        options = ["--add-addresses"] if self.random.random() < 0.2 else []
        process = self.project.start("--jobs", self.random.choice("12"), *options, start_new_session=True)
        after = self.random.random() * 3
        self.steps.append(f"{' '.join(['a build', *options])}; after {after:.2f} s:")
        if how is not self._two:
            time.sleep(after)
        how(process)
        process.communicate(timeout=120)

    def _interrupt(self, process: subprocess.Popen[str]) -> None:
        how = self.random.choice([signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
        self.steps.append(how.name)
        if process.poll() is None:
            (os.killpg if how == signal.SIGINT else os.kill)(process.pid, how)

    def _end_a_child(self, process: subprocess.Popen[str]) -> None:
        self.steps.append("one of its processes is killed")
        for child in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="utf-8").split()[:1]:
            os.kill(int(child), signal.SIGKILL)

    def _save(self, process: subprocess.Popen[str]) -> None:
        self._swap()

    def _two(self, process: subprocess.Popen[str]) -> None:
        self.steps.append("two builds at once")
        self.project.run("--jobs", "2")

    def _compare(self) -> None:
        before = self._published()
        done = self.project.run("--jobs", self.random.choice("12"))
        shutil.rmtree(self.project.folder / "_clean", ignore_errors=True)
        clean = self.project.run(folder="_clean")
        assert (done.returncode, clean.returncode) in ((0, 0), (1, 1)), done.stderr + clean.stderr
        if done.returncode:
            assert self._published() == before, "a build that failed changed the site"
        else:
            one, other = self.project.files(), self.project.files("_clean")
            differ = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
            assert not differ, f"{len(differ)} files differ: {differ[:5]}"
        left = {path.name for path in (self.project.folder / "_build").iterdir()}
        assert done.returncode or left <= {
            "html",
            "html.old",
            "doctrees",
            "templates",
            "parsed",
            "stems",
            "documents",
            "outputs.json",
            "outputs.old.json",
        }, left

    def _published(self) -> dict[str, bytes]:
        return self.project.files() if self.project.html.exists() else {}

    def _state(self) -> dict[str, tuple[bytes, int]]:
        found = {}
        for path in self.project.folder.rglob("*"):
            name = path.relative_to(self.project.folder)
            if (
                path.is_file()
                and name.parts[0] not in ("_build", "_clean", "._build.lock", "._clean.lock")
                and "__pycache__" not in name.parts
            ):
                found[name.as_posix()] = path.read_bytes(), path.stat().st_mtime_ns
        return found


class Reader(threading.Thread):
    """Reads pages of a published site again and again. ``faults`` receives what was missing or of two builds."""

    def __init__(self, site: Path) -> None:
        super().__init__(daemon=True)
        self.site, self.faults, self.reads, self.stop = site, list[str](), 0, threading.Event()

    def run(self) -> None:
        """Read until stopped."""
        while not self.stop.is_set():
            self.reads += 1
            time.sleep(0.002)
            try:
                (self.site / "api/v1/SHA256SUMS").read_bytes()
                folder = os.open(self.site, os.O_RDONLY | os.O_DIRECTORY)
                try:
                    titles = {self._title(folder, page) for page in ("index.html", "guidelines/index.html")}
                except OSError:
                    if os.fstat(folder).st_ino == self.site.stat().st_ino:  # Else it was replaced in between.
                        raise
                else:
                    if len(titles) != 1:
                        self.faults.append(f"pages of two builds: {titles}")
                finally:
                    os.close(folder)
            except OSError as error:
                self.faults.append(str(error))

    def _title(self, folder: int, page: str) -> str:
        with os.fdopen(os.open(page, os.O_RDONLY, dir_fd=folder), encoding="utf-8") as file:
            return re.findall(r"Powered \d* ?try", file.read())[0]


def kills(project: Project, number: int, seed: int) -> None:
    """Kill builds at random moments; AssertionError if the next one differs from a clean one, or a reader saw it."""
    choose, programs = random.Random(seed), project.folder / "guidelines/catalogue/programs.yaml"
    given = programs.read_text(encoding="utf-8")

    def edit(number: int) -> None:
        programs.write_text(
            given.replace("title: OpenStack Powered", f"title: OpenStack Powered {number} try"), "utf-8"
        )

    edit(0)
    started = time.perf_counter()
    project.build("--jobs", "2")
    seconds = time.perf_counter() - started
    reader = Reader(project.html)
    reader.start()
    for one in range(1, number + 1):
        edit(one)
        process = project.start("--jobs", "2", start_new_session=True)
        after = choose.uniform(0, seconds)
        time.sleep(after)
        running = process.poll() is None
        process.kill()
        process.communicate(timeout=120)
        project.build("--jobs", "2")
        shutil.rmtree(project.folder / "_clean", ignore_errors=True)
        assert project.run("--jobs", "2", folder="_clean").returncode == 0
        assert project.files() == project.files("_clean"), f"killed after {after:.2f} s"
        print(f"{one}: {'killed' if running else 'ended before'} after {after:.2f} s, then as clean", flush=True)
    reader.stop.set()
    reader.join()
    print(f"a reader read {reader.reads} times: {reader.faults or 'nothing was missing, or of two builds'}")
    assert not reader.faults


def together(project: Project, times: int) -> None:
    """Run two and five builds at once; AssertionError if one fails, or the site differs from that of a clean build."""
    page = project.folder / "source/about.md"
    for number in (2, 5):
        for one in range(times):
            page.write_text(f"{page.read_text(encoding='utf-8')}\nBuild {number} {one}.\n", encoding="utf-8")
            if one % 2:
                shutil.rmtree(project.folder / "_build")
            started = [project.start("--jobs", "2") for _ in range(number)]
            ended = [(process.communicate(timeout=600), process.returncode) for process in started]
            assert not any(status for _, status in ended), ended
            shutil.rmtree(project.folder / "_clean", ignore_errors=True)
            assert project.run("--jobs", "2", folder="_clean").returncode == 0
            assert project.files() == project.files("_clean")
        print(f"{number} builds at once, {times} times: all succeeded, each time as clean", flush=True)


def main() -> int:
    """Run and print the seed and the result."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--together", type=int, default=0)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    seed = random.SystemRandom().randrange(10**6) if options.seed is None else options.seed
    print(f"seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        if options.kills:
            kills(Project(Path(folder) / "kills"), options.kills, seed)
        elif options.together:
            together(Project(Path(folder) / "together"), options.together)
        else:
            Soak(Path(folder) / "soak", seed).run(options.steps)
            print(f"{options.steps} steps: every build gave what a clean build gives")
    return 0


if __name__ == "__main__":
    sys.exit(main())
