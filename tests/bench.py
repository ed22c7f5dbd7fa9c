"""Time ``make html`` beside a control, in one run on one machine: ``make bench`` (``ARGS="--rounds 5"`` for more).

The control is plain Sphinx with the same theme and as many stub pages carrying the same bytes of ready HTML, which it
indexes for its own search. Three builds are timed for each: cold, nothing changed, and one change (one test of Powered
2020.06, or one control page). Rounds alternate; medians and the best of each are compared.

``--saves 10`` measures ``make live`` instead, beside the control under sphinx-autobuild: see :mod:`.bench_live`.
``--times 3`` measures growth: cold builds of the record and of the record with each dated guideline again under
two more years.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONTROL = """
project = "control"
html_theme = "furo"
html_copy_source = False
html_show_sphinx = False
smartquotes = False
"""
GOALS = {"cold": 1.0, "no change": 1.1, "one edit": 1.5}
#: Time per page of the larger record, compared with the real one.
GROWTH = 1.05
OURS = ["-m", "interop.sphinx_ext.build", "_build", "--jobs"]
PLAIN = [
    "-m",
    "sphinx",
    "-n",
    "-W",
    "-q",
    "-c",
    ".",
    "-b",
    "html",
    "-d",
    "_build/doctrees",
    "source",
    "_build/html",
    "-j",
]
PARTS = ("conf.py", "_ext", "_templates", "_static", "source", "guidelines")


def build(folder: Path, command: list[str], jobs: str) -> tuple[float, float]:
    """Build the project in ``folder``; returns seconds and the peak memory of the process in MB."""
    started = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        os.chdir(folder)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.environ["PYTHONPATH"] = "_ext"
        # Python keeps compiled code by default. The control has no code of its own, and its packages are compiled.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.execv(sys.executable, [sys.executable, *command, jobs])
    _, status, usage = os.wait4(pid, 0)
    seconds = time.perf_counter() - started
    if status:
        raise SystemExit(f"the build of {folder.name} failed")
    return seconds, usage.ru_maxrss / 1024


def make_ours(folder: Path) -> None:
    """A copy of the project."""
    for part in PARTS:
        source, target = ROOT / part, folder / part
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)


def make_control(folder: Path, site: Path) -> int:
    """A Sphinx project with the article of each page of ``site`` as raw HTML; returns the number of pages."""
    (folder / "source").mkdir(parents=True)
    (folder / "conf.py").write_text(CONTROL, encoding="utf-8")
    pages = 0
    for path in sorted(site.rglob("*.html")):
        if path.name in ("search.html", "genindex.html"):
            continue
        html = path.read_text(encoding="utf-8")
        article = re.search(r'<article[^>]*id="furo-main-content"[^>]*>(.*?)</article>', html, re.DOTALL)
        if article is None:
            continue  # A redirect: none of Sphinx's pages.
        body = re.sub(r"<h1>.*?</h1>", "", article[1], flags=re.DOTALL)
        target = folder / "source" / path.relative_to(site).with_suffix(".rst")
        target.parent.mkdir(parents=True, exist_ok=True)
        indented = "\n".join("   " + line for line in body.splitlines() if line.strip())
        title = f"Page {pages}"
        # Comparisons have been left out of the search since before it had the titles of generated pages only.
        fields = ":orphan:\n:hide-toc:\n" + (":no-search:\n" if ".." in path.name else "")
        text = f"{fields}\n{title}\n{'=' * 20}\n\n.. raw:: html\n\n{indented}\n"
        target.write_text(text, encoding="utf-8")
        pages += 1
    return pages


def edit_ours(folder: Path, number: int) -> None:
    """Change the name of one test of Powered 2020.06."""
    path = folder / "guidelines/powered/2020.06.yaml"
    text = path.read_text(encoding="utf-8")
    changed = re.sub(r"(test_get_availability_zone_list_with_non_admin_user)(_\d+)?:", rf"\1_{number}:", text)
    if changed == text:
        raise SystemExit("the test to change is not there")
    path.write_text(changed, encoding="utf-8")


def edit_control(folder: Path, number: int) -> None:
    """Change one page of the control."""
    path = folder / "source/guidelines/powered/2020.06.rst"
    path.write_text(path.read_text(encoding="utf-8") + f"\n   <p>{number}</p>\n", encoding="utf-8")


def multiply(folder: Path, times: int) -> None:
    """Add each dated guideline again, ``times - 1`` times, ten years later each time.

    A name that one guideline alone has is then in several, so that reasons given for that would be out of date.
    """
    (folder / "guidelines/observations.yaml").unlink()
    for path in sorted((folder / "guidelines").glob("*/[0-9]*.yaml")):
        text, year = path.read_text(encoding="utf-8"), int(path.stem[:4])
        for number in range(1, times):
            later = f"{year + 10 * number}{path.stem[4:]}"
            changed, count = re.subn(
                rf"^(  id: ['\w.-]*?){re.escape(path.stem)}", rf"\g<1>{later}", text, count=1, flags=re.M
            )
            if not count:
                raise SystemExit(f"{path.name} has no id")
            path.with_name(f"{later}.yaml").write_text(changed, encoding="utf-8")


def compare(rounds: int, jobs: str, temporary: Path) -> bool:
    """Print the table of builds beside the control; returns whether every goal is met."""
    ours, control = temporary / "ours", temporary / "control"
    make_ours(ours)
    build(ours, OURS, jobs)
    pages = make_control(control, ours / "_build/html")
    figures: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for number in range(rounds):
        for name, folder, command, edit in (("ours", ours, OURS, edit_ours), ("control", control, PLAIN, edit_control)):
            shutil.rmtree(folder / "_build", ignore_errors=True)
            figures.setdefault((name, "cold"), []).append(build(folder, command, jobs))
            figures.setdefault((name, "no change"), []).append(build(folder, command, jobs))
            edit(folder, number)
            figures.setdefault((name, "one edit"), []).append(build(folder, command, jobs))
    print(f"{pages} pages, {rounds} rounds, -j {jobs}; median and best of each, in seconds; peak memory in MB")
    print("build         ours  control  ratio    best  control  ratio   goal    MB  control")
    met = True
    for kind, goal in GOALS.items():
        mine, theirs = ([s for s, _ in figures[who, kind]] for who in ("ours", "control"))
        peaks = [max(mb for _, mb in figures[who, kind]) for who in ("ours", "control")]
        middle, best = (statistics.median(mine), statistics.median(theirs)), (min(mine), min(theirs))
        met = met and middle[0] <= goal * middle[1]
        cells = "".join(f"{a:>8.2f} {b:>8.2f} {a / b:>6.2f}" for a, b in (middle, best))
        print(f"{kind:<10}{cells} {goal:>6.2f} {peaks[0]:>5.0f} {peaks[1]:>8.0f}")
    return met


def grow(rounds: int, jobs: str, times: int, temporary: Path) -> bool:
    """Print the time per page of the record and of a larger one; returns whether the goal is met."""
    folders = {name: temporary / name for name in ("real", "larger")}
    for folder in folders.values():
        make_ours(folder)
    multiply(folders["larger"], times)
    seconds: dict[str, list[float]] = {name: [] for name in folders}
    for _ in range(rounds):
        for name, folder in folders.items():
            shutil.rmtree(folder / "_build", ignore_errors=True)
            seconds[name].append(build(folder, OURS, jobs)[0])
    per_page = {}
    for name, folder in folders.items():
        html, middle = list((folder / "_build/html").rglob("*.html")), statistics.median(seconds[name])
        pages = sum("<article" in path.read_text(encoding="utf-8") for path in html)  # Redirects are no pages.
        per_page[name] = middle / pages
        print(f"{name:<7} {middle:>7.2f} s, {len(html)} HTML files, {pages} pages, {1000 * per_page[name]:.2f} ms each")
    growth = per_page["larger"] / per_page["real"]
    print(f"time per page: {growth:.2f} (goal {GROWTH})")
    return growth <= GROWTH


def save(saves: int, jobs: str, temporary: Path) -> bool:
    """Print the time of a save beside the control under sphinx-autobuild; returns whether the goal is met."""
    from . import bench_live  # It needs Chromium.

    ours, control = temporary / "ours", temporary / "control"
    make_ours(ours)
    build(ours, OURS, jobs)
    make_control(control, ours / "_build/html")
    return bench_live.compare(ours, control, saves, jobs)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", default="auto")
    parser.add_argument("--times", type=int, default=1, help="measure growth: the record so many times over")
    parser.add_argument("--saves", type=int, default=0, help="measure so many saves under make live")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if options.saves:
            met = save(options.saves, options.jobs, Path(name))
        elif options.times > 1:
            met = grow(options.rounds, options.jobs, options.times, Path(name))
        else:
            met = compare(options.rounds, options.jobs, Path(name))
    print("every goal is met" if met else "a goal is missed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
