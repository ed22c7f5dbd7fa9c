"""Time the build beside a control, in one run on one machine: ``make bench`` (``ARGS="--rounds 5"`` for more rounds).

The control is plain Sphinx with the same theme and as many stub pages carrying the same bytes of ready HTML. Three
builds are timed for each: cold, nothing changed, and one change (one test of Powered 2020.06, or one control page).
Rounds alternate, and the medians are compared.
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
GOALS = {"cold": 1.25, "no change": 1.25, "one edit": 2.0}


def build(folder: Path, jobs: str) -> tuple[float, float]:
    """Build the project in ``folder``; returns seconds and the peak memory of the process in MB."""
    command = [sys.executable, "-m", "sphinx", "-n", "-W", "-q", "-j", jobs, "-c", ".", "-b", "html"]
    command += ["-d", "_build/doctrees", "source", "_build/stage"]
    started = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        os.chdir(folder)
        os.execv(sys.executable, command)
    _, status, usage = os.wait4(pid, 0)
    seconds = time.perf_counter() - started
    if status:
        raise SystemExit(f"the build of {folder.name} failed")
    return seconds, usage.ru_maxrss / 1024


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
        fields = ":orphan:\n:hide-toc:\n" + (":no-search:\n" if ".." in path.name else "")  # As our stubs of pairs.
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


def main() -> int:
    """Run and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", default="auto")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        ours, control = Path(temporary) / "ours", Path(temporary) / "control"
        ignore = shutil.ignore_patterns(".git", ".venv", "_build", "__pycache__", "tests", "*.rst")
        shutil.copytree(ROOT, ours, ignore=ignore)
        build(ours, options.jobs)
        pages = make_control(control, ours / "_build/stage")
        figures: dict[tuple[str, str], list[tuple[float, float]]] = {}
        for number in range(options.rounds):
            for name, folder, edit in (("ours", ours, edit_ours), ("control", control, edit_control)):
                shutil.rmtree(folder / "_build", ignore_errors=True)
                for path in folder.rglob("*.rst") if name == "ours" else ():
                    path.unlink()
                figures.setdefault((name, "cold"), []).append(build(folder, options.jobs))
                figures.setdefault((name, "no change"), []).append(build(folder, options.jobs))
                edit(folder, number)
                figures.setdefault((name, "one edit"), []).append(build(folder, options.jobs))
    print(f"{pages} pages, {options.rounds} rounds, -j {options.jobs}; medians (seconds), peak memory (MB)")
    print(
        f"{'build':<10} {'ours':>7} {'control':>8} {'ratio':>6} {'goal':>6} {'pages/s':>8} {'MB':>5} {'control MB':>11}"
    )
    met = True
    for kind, goal in GOALS.items():
        mine, theirs = ([s for s, _ in figures[who, kind]] for who in ("ours", "control"))
        peak, control_peak = (max(mb for _, mb in figures[who, kind]) for who in ("ours", "control"))
        seconds, control_seconds = statistics.median(mine), statistics.median(theirs)
        ratio = seconds / control_seconds
        met = met and ratio <= goal
        print(
            f"{kind:<10} {seconds:>7.2f} {control_seconds:>8.2f} {ratio:>6.2f} {goal:>6.2f}"
            f" {pages / seconds:>8.0f} {peak:>5.0f} {control_peak:>11.0f}"
        )
    print("every goal is met" if met else "a goal is missed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
