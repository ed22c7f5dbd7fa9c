"""``make live``: serves the site, builds again after each save, and reloads the pages in browsers.

``python -m interop.sphinx_ext.live BUILD``. While a file does not check, the pages are those of the last good build and
show the errors. What is watched is what a build is made from. sphinx-autobuild cannot do this: it runs ``sphinx-build``
into the folder that it serves, where a build of this site is a new folder that replaces the old one if it succeeded.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from watchfiles import Change, DefaultFilter, watch

from . import inputs, outputs
from .live_builder import Builder
from .live_pages import Pages

_HOST = "127.0.0.1"


def main(arguments: list[str] | None = None) -> int:
    """Serve the project in the working folder until Ctrl-C. Returns the exit status: 0, or 1 if the port is in use."""
    parser = argparse.ArgumentParser(prog="live", description="Serve the site and build it again after each save.")
    parser.add_argument("build", type=Path, metavar="BUILD", help="the build folder")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args(arguments)
    try:
        pages = Pages(options.build / "html", _HOST, options.port)
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        print(f"Port {options.port}: {reason}. To use another: make live PORT={options.port + 1}", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    builder = Builder(options.build)
    try:
        print(f"Serving http://localhost:{pages.port}/ until Ctrl-C.", flush=True)
        for changed in _changes(Path()):
            _build(builder, pages, options.build, changed)
    except KeyboardInterrupt:
        print("\nStopped.")
    except EOFError:
        return 1
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # This ends soon; a second Ctrl-C would leave processes behind.
        pages.close()
        builder.close()
    return 0


def _build(builder: Builder, pages: Pages, folder: Path, changed: list[str]) -> None:
    known = folder / outputs.FILE
    before, started = _stamp(known), time.monotonic()
    print(f"{', '.join(changed)}: building ..." if changed else "Building ...", flush=True)
    done = builder.build()
    text = "" if done.good else "\n".join(done.lines).replace(f"{Path.cwd()}{os.sep}", "")
    pages.show(text, is_new=_stamp(known) != before)
    built = f"Built in {time.monotonic() - started:.1f} s."
    print(built if done.good else "Pages show these errors until the next build.", flush=True)


def _stamp(path: Path) -> outputs.Stamp | None:
    return outputs.stamp(path.stat()) if path.exists() else None


class _Filter(DefaultFilter):
    """The inputs of a build in the folder ``root``, without what editors and systems put beside them."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root

    def __call__(self, change: Change, path: str) -> bool:
        return super().__call__(change, path) and inputs.has(self._root, Path(path))


def _changes(root: Path) -> Iterator[list[str]]:
    """Yields the files that were saved at a time, without those that are gone; first nothing, for the first build."""
    root = root.resolve()
    found = SimpleQueue[set[tuple[Change, str]]]()

    def follow(folders: list[Path], deep: bool) -> None:
        for changes in watch(*folders, watch_filter=_Filter(root), recursive=deep, raise_interrupt=False):
            found.put(changes)

    # A watched file is lost when an editor replaces it: of files in the root, the folder is watched.
    for folders, deep in ((inputs.folders(root), True), ([root], False)):
        Thread(target=follow, args=(folders, deep), daemon=True).start()
    changed: set[str] = set()
    while True:
        yield sorted(os.path.relpath(path, root) for path in changed if os.path.lexists(path))
        changed = {path for _, path in found.get()}
        while True:
            try:
                changed |= {path for _, path in found.get_nowait()}
            except Empty:
                break


if __name__ == "__main__":
    sys.exit(main())
