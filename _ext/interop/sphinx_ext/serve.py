"""``make serve``: serves the built site, with its page for what is not found.

``python -m interop.sphinx_ext.serve FOLDER``. That page resolves URLs such as ``t/id-...`` by a script; the server of
the standard library would answer without it.
"""

from __future__ import annotations

import argparse
import http.server
import sys
from functools import partial
from http import HTTPStatus
from pathlib import Path

_HOST = "127.0.0.1"


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the files of a folder; for one that is missing, ``404.html`` with the status 404."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """As the base class, but for a missing file."""
        page = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            return super().send_error(code, message, explain)
        content = page.read_bytes()
        self.send_response(code, message)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
        return None


def main(arguments: list[str] | None = None) -> int:
    """Serve a folder until Ctrl-C. Returns the exit status: 0, or 1 if the port is in use."""
    parser = argparse.ArgumentParser(prog="serve", description="Serve the built site.")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the built site")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args(arguments)
    try:
        handler = partial(Handler, directory=str(options.folder))
        server = http.server.ThreadingHTTPServer((_HOST, options.port), handler)
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        print(f"Port {options.port}: {reason}. To use another: make serve PORT={options.port + 1}", file=sys.stderr)
        return 1
    with server:
        print(f"Serving http://localhost:{server.server_port}/ until Ctrl-C.", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("\nStopped.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
