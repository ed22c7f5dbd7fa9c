"""A server for the built site, for what a browser does not allow or do in a folder."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files and logs nothing.

    ``prefix`` is the path of the site on the server, ``sent`` are more headers, ``missing`` is its page for a 404.
    """

    def __init__(
        self, *arguments: object, prefix: str, sent: dict[str, str], missing: str | None, directory: str
    ) -> None:
        self.prefix, self.sent, self.missing = prefix, sent, missing
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(self.prefix))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404 or not self.missing:
            return super().send_error(code, message, explain)
        self.send_response(code, message)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(Path(self.directory, self.missing).read_bytes())

    def end_headers(self) -> None:
        for name, value in self.sent.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *arguments: object) -> None:
        pass


@contextmanager
def served(site: Path, prefix: str = "", missing: str | None = None, **sent: str) -> Iterator[str]:
    """The URL of ``site`` on a server, under the path ``prefix``; names in ``sent`` have ``_`` for ``-``."""
    headers = {name.replace("_", "-"): value for name, value in sent.items()}
    handler = partial(Handler, prefix=prefix, sent=headers, missing=missing, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{prefix}/"
    server.shutdown()
