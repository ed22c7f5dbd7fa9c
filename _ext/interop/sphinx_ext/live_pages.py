"""The server of ``make live``: the site as it is on disk, with a script that reloads a page, and the errors.

They are added to a page when it is served, so that they are never in the published files.
"""

from __future__ import annotations

import html
import http.server
import json
import os
import re
import time
from functools import partial
from http import HTTPStatus
from pathlib import Path
from threading import Condition, Thread
from urllib.parse import urlsplit

#: The URLs of what is not in the site.
_EVENTS, _SCRIPT, _STYLES = "/_live/events", "/_live/live.js", "/_live/live.css"
_FILES = {
    _SCRIPT: ("text/javascript", Path(__file__).with_name("live.js")),
    _STYLES: ("text/css", Path(__file__).with_name("live.css")),
}
_PART = """
<link rel="stylesheet" href="{styles}">
<aside class="live-errors" role="alert"{hidden}><p>This is the last good build. The files now have errors:</p>
<pre>{errors}</pre></aside>
<script defer src="{script}" data-version="{version}"></script>
"""
_NOTHING = b"<!doctype html><html lang=en><title>Building</title><body><p>The site is not built yet.</p></body></html>"
#: Seconds after which a connection that nothing was sent to is tried.
_PAUSE = 15.0


class Pages:
    """Serves the folder ``site``. Raises OSError if the port is in use."""

    def __init__(self, site: Path, host: str, port: int) -> None:
        self._started, self._number = time.time_ns(), 0
        self.errors = ""
        self.closed = False
        self.changed = Condition()
        self._server = _Server((host, port), partial(_Handler, pages=self, directory=os.fspath(site)))
        self.port = self._server.server_port
        Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def version(self) -> str:
        """Differs after each build that changed the site, and for each server."""
        return f"{self._started}-{self._number}"

    def show(self, errors: str, is_new: bool) -> None:
        """Tell all open pages what the last build gave: its errors, if there were some, and whether the site is new."""
        with self.changed:
            self.errors = errors
            self._number += is_new
            self.changed.notify_all()

    def close(self) -> None:
        """End all connections and free the port."""
        with self.changed:
            self.closed = True
            self.changed.notify_all()
        self._server.shutdown()
        self._server.server_close()


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a browser that left a page closed the connection."""


class _Handler(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *arguments: object, pages: Pages, directory: str) -> None:
        self._pages = pages
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == _EVENTS:
            self._follow()
        elif path in _FILES:
            kind, file = _FILES[path]
            self._send(HTTPStatus.OK, kind, file.read_bytes())
        elif found := self._page(path):
            status, page = found
            self._send(status, "text/html; charset=utf-8", self._with_errors(page))
        else:
            super().do_GET()

    def _page(self, path: str) -> tuple[HTTPStatus, bytes] | None:
        """A page, or the one for a missing file; None for other files, and for folders, to which a slash is added."""
        site, file = Path(self.directory), Path(self.translate_path(path))
        if file.is_dir() and path.endswith("/"):
            file /= "index.html"
        if file.is_dir() or (file.is_file() and file.suffix != ".html"):
            return None
        missing = site / "404.html"
        for status, found in ((HTTPStatus.OK, file), (HTTPStatus.NOT_FOUND, missing)):
            if found.is_file():
                return status, found.read_bytes()
        return HTTPStatus.SERVICE_UNAVAILABLE, _NOTHING

    def _with_errors(self, page: bytes) -> bytes:
        known = {"errors": html.escape(self._pages.errors), "hidden": "" if self._pages.errors else " hidden"}
        urls = {"styles": _STYLES, "script": _SCRIPT, "version": self._pages.version}
        part = _PART.format(**known, **urls).encode()
        return re.sub(rb"<body[^>]*>", lambda body: body[0] + part, page, count=1)

    def _follow(self) -> None:
        """Send the state of the site, and again whenever it changes, until the browser leaves the page."""
        self._head(HTTPStatus.OK, "text/event-stream")
        pages, sent = self._pages, None
        while not pages.closed:
            state = {"version": pages.version, "errors": pages.errors}
            self.wfile.write(f"data: {json.dumps(state)}\n\n".encode() if state != sent else b":\n\n")
            with pages.changed:
                sent = state
                pages.changed.wait_for(
                    lambda: pages.closed or {"version": pages.version, "errors": pages.errors} != sent,  # noqa: B023
                    _PAUSE,
                )

    def _send(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self._head(status, kind, len(content))
        self.wfile.write(content)

    def _head(self, status: HTTPStatus, kind: str, size: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if size is not None:
            self.send_header("Content-Length", str(size))
        self.end_headers()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *arguments: object) -> None:
        """Nothing: the terminal is for builds."""
