"""Time a save under ``make live`` until the page in a browser shows it: ``make bench ARGS="--saves 10"``.

Beside it is the control of ``make bench``, plain Sphinx with the same pages, under sphinx-autobuild. In both, a save
changes one text: the name of a test of ``powered/next``, which 40 pages show, or the one page of the control.
"""

from __future__ import annotations

import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from .live import live

#: Seconds from the save of a draft until its page is reloaded, on a quiet machine with two cores.
GOAL = 2.5
PAGE = "guidelines/powered/next.html"
NAME = "test_get_availability_zone_list_with_non_admin_user"
LOADED = "return document.readyState === 'complete' && document.body.textContent.includes(arguments[0])"


def browser() -> webdriver.Chrome:
    """A Chromium without a window."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(flag)
    return webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))


def seconds(driver: webdriver.Chrome, save: Callable[[str], None], text: str) -> float:
    """Save, and wait until the page has ``text`` and is loaded."""
    started = time.perf_counter()
    save(text)
    while True:
        try:
            if driver.execute_script(LOADED, text):
                return time.perf_counter() - started
        except Exception:  # The page is just being loaded.
            pass
        if time.perf_counter() - started > 60:
            raise SystemExit(f"{text} did not appear")
        time.sleep(0.05)


def measure(driver: webdriver.Chrome, page: str, save: Callable[[str], None], saves: int) -> list[float]:
    """The seconds of each save, after one that is not counted."""
    driver.get(page)
    found = []
    for number in range(saves + 1):
        time.sleep(1)  # The editor looks at the page.
        found.append(seconds(driver, save, f"{NAME}_{number}"))
    return found[1:]


def save_ours(folder: Path) -> Callable[[str], None]:
    path = folder / "guidelines/powered/next.yaml"

    def save(text: str) -> None:
        old = path.read_text(encoding="utf-8")
        path.write_text(re.sub(rf"{NAME}(_\d+)?(?=:)", text, old, count=1), encoding="utf-8")

    return save


def save_control(folder: Path) -> Callable[[str], None]:
    path = folder / "source" / Path(PAGE).with_suffix(".rst")
    before = path.read_text(encoding="utf-8")
    return lambda text: path.write_text(f"{before}\n   <p>{text}</p>\n", encoding="utf-8") and None


def autobuild(folder: Path, driver: webdriver.Chrome, saves: int, jobs: str) -> list[float]:
    """The seconds of saves of the control under sphinx-autobuild."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "sphinx_autobuild", "--port", str(port), "-q", "-c", ".", "-b", "html"]
    command += ["-d", "_build/doctrees", "-j", jobs, "source", "_build/html"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(1200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        return measure(driver, f"http://127.0.0.1:{port}/{PAGE}", save_control(folder), saves)
    finally:
        process.terminate()
        process.wait(30)


def compare(ours: Path, control: Path, saves: int, jobs: str) -> bool:
    """Print the medians of both; returns whether the goal is met. ``ours`` is a built copy of the project."""
    driver = browser()
    try:
        print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        with live(ours) as running:
            mine = measure(driver, running.base + PAGE, save_ours(ours), saves)
        theirs = autobuild(control, driver, saves, jobs)
    finally:
        driver.quit()
    for name, found in (("make live", mine), ("sphinx-autobuild", theirs)):
        every = " ".join(f"{one:.2f}" for one in sorted(found))
        print(f"{name:<17} median {statistics.median(found):.2f} s of {saves} saves: {every}")
    print(f"load after: {os.getloadavg()[0]:.1f}; goal {GOAL} s")
    return statistics.median(mine) <= GOAL
