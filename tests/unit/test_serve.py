"""The server of ``make serve``: files as they are, and the site's own page for what is missing."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from interop.sphinx_ext.serve import Handler


@pytest.mark.parametrize("path, status, text", [("about.html", 200, "About"), ("t/id-0", 404, "Not found here")])
def test_a_missing_file_gets_the_page_of_the_site(tmp_path: Path, path: str, status: int, text: str) -> None:
    (tmp_path / "about.html").write_text("About", encoding="utf-8")
    (tmp_path / "404.html").write_text("Not found here", encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            answer = urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/{path}")
        except urllib.error.HTTPError as error:
            answer = error
        server.shutdown()
    assert (answer.status, answer.read().decode()) == (status, text)
