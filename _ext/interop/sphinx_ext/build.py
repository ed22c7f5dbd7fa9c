"""Builds the site and publishes it: ``python -m interop.sphinx_ext.build BUILD``, which ``make html`` runs.

A build reads the inputs, writes a new folder beside the published site, takes over the files of the published site that
would be the same, and replaces the published site in one step. One build at a time runs in a folder; others wait. A
build that fails or is stopped changes nothing that the next one uses.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import fcntl
import gc
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

from ..record import stored
from ..record.kept import Kept
from ..site import moment
from . import compiled, forecast, inputs, loading, outputs, preview, publish, reading
from .forecast import Forecast
from .origins import Origins
from .outputs import Outputs, Stock, told
from .run import Run

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def main(arguments: list[str] | None = None, code: str = "", kept: Kept | None = None) -> int:
    """Build and publish the project in the working folder.

    ``code`` is :func:`.inputs.of_code` of the code that this process has loaded, if it may be older than the files.
    ``kept`` has what it has read of the record, if anything; else that is kept in a file.
    Returns the exit status: 0, or 1 if the published site is still the previous one.
    """
    # The record has hundreds of thousands of small objects that are needed until the build ends. With the default
    # thresholds, garbage collection took a tenth of the build time.
    gc.set_threshold(100_000, 20, 100)
    parser = argparse.ArgumentParser(prog="build", description="Build the site into BUILD/html.")
    parser.add_argument("build", type=Path, metavar="BUILD", help="the build folder")
    parser.add_argument("--jobs", default="auto", type=_jobs, help="the number of processes, or auto: one a processor")
    parser.add_argument("--add-addresses", action="store_true", help="add new URLs to the list of permanent URLs")
    options = parser.parse_args(arguments)
    try:
        moment.day()  # Packages that Sphinx imports would stop with a traceback.
    except ValueError as error:
        print(error, file=sys.stderr)
        return _failed(options.build / "html")
    try:
        with _alone(options.build):
            return _build(options.build, options.jobs, "add" if options.add_addresses else "check", code, kept)
    except OSError as error:
        print(told(error, options.build), file=sys.stderr)
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
    return 1


def _jobs(text: str) -> int:
    number = (os.cpu_count() or 1) if text == "auto" else int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is neither a number of at least 1 nor auto")
    return number


@contextmanager
def _alone(build: Path) -> Iterator[None]:
    """Hold the lock of the build folder, and make the folder. Child processes inherit it: it outlives a killed parent.

    The lock is beside the folder, so that it stays if somebody deletes the folder during a build.
    """
    build.parent.mkdir(parents=True, exist_ok=True)
    with build.with_name(f".{build.name}.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"Waiting for process {_holder(lock)}, which builds in {build} ...", file=sys.stderr)
            fcntl.flock(lock, fcntl.LOCK_EX)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        if not build.is_dir():
            build.mkdir()
            build.chmod(publish.FOLDER)
        yield


def _holder(lock: TextIO) -> str:
    """The id of the process that holds the lock, which writes it into the file a moment after it has the lock."""
    for _ in range(100):
        lock.seek(0)
        if holder := lock.read():
            return holder
        time.sleep(0.01)
    return "?"


def _build(build: Path, jobs: int, addresses: str, code: str, kept: Kept | None) -> int:
    site, new, old = build / "html", build / "html.new", build / "html.old"
    known, known_old, doctrees = build / outputs.FILE, build / outputs.FILE_BEFORE, build / "doctrees"
    if site.is_symlink():
        raise OSError(errno.ELOOP, "is a link, which cannot be exchanged; make its folder a link", str(site))
    publish.recover(site, new, old)
    doctrees.mkdir(exist_ok=True)
    written = Path("guidelines/addresses.txt") if addresses == "add" else None
    times, shown = inputs.times(Path(), written), preview.text(Path())
    made_from = inputs.of_texts(inputs.of_site(Path()), shown)
    if compiled.forget(Path("_ext")) or (code and inputs.of_code(Path()) != code):
        _start_again()
    frame, published, before = inputs.of_frame(Path()), outputs.load(known, site), outputs.load(known_old, old)
    loaded, ahead = None, Forecast()
    same = published.inputs == made_from and addresses == "check"
    if same and published.is_whole:
        publish.remove(new)
        print("Nothing changed since the last build.")
        return 0
    checked = outputs.check(published, before)
    if not same:
        try:
            loaded = loading.site(Path("guidelines"), kept or Kept(build / "parsed", frame))
        except SystemExit as stop:
            print(stop.code, file=sys.stderr)
            return _failed(site)
        if published.units and jobs > 1:
            read = stored.load(build / reading.FILE, frame, reading.Kept)
            origins = Origins(Path("guidelines"), loaded)
            contents = {name: unit.content for name, unit in published.units.items()}
            ahead = forecast.start(origins, read.views if read else (), contents, doctrees, frame)
    published, before = checked()
    publish.remove(new)
    versions = inputs.versions(Path())
    stock = Stock(published, publish.reuse(before, new), versions)
    run = Run(jobs, frame, stock, build, ahead, adds_addresses=addresses == "add", preview=shown, site=loaded)
    folder = new.stat()
    app = _sphinx(new, doctrees, run)
    if app is None:
        if stock.untouched and any(new.iterdir()):
            new.rename(old)
        return _failed(site)
    from . import documents, state  # They import Sphinx, which a build without changes does not need.

    if inputs.times(Path(), written) != times:
        print("Files were saved during the build; building again.", file=sys.stderr)
        _start_again()  # They may be code.
    if not (new.exists() and os.path.samestat(new.stat(), folder)):
        raise OSError(errno.ENOENT, "was deleted during the build", str(build))
    documents.keep(app)
    built = Outputs(new, units=state.of(app).units, versions=versions)
    built.inputs, built.files = made_from, publish.prepare(new, published)
    if known.exists():
        known.replace(known_old)
    publish.replace(site, new, old)
    built.save(known)
    if not old.exists():
        with contextlib.suppress(OSError):  # The site is published; the next build does without.
            publish.twin(site, old)
            built.save(known_old)
    return 0


def _failed(site: Path) -> int:
    print(f"The build failed{f'; {site} is unchanged' if site.exists() else ''}.", file=sys.stderr)
    return 1


def _start_again() -> NoReturn:
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def _sphinx(new: Path, doctrees: Path, run: Run) -> Sphinx | None:
    """Run Sphinx; returns it, or None after errors and warnings, which are printed.

    Sphinx itself starts no processes: its own would wait for ever, and keep the lock, if this one is killed.
    """
    from sphinx.application import Sphinx
    from sphinx.errors import SphinxError
    from sphinx.util.console import color_terminal, nocolor
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    settings = {"interop_run": run}
    if not color_terminal():
        nocolor()
    try:
        with patch_docutils("."), docutils_namespace():
            app = Sphinx("source", ".", new, doctrees, "html", settings, None, warningiserror=True)
            app.build()
    except SphinxError as error:
        print(error, file=sys.stderr)
        return None
    except SystemExit as stop:  # Errors in guideline files, or lost URLs.
        print(stop.code, file=sys.stderr)
        return None
    return None if app.statuscode else app


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # Without freeing hundreds of thousands of objects one by one.
