"""Serving a folder on loopback, for tests and benchmarks in a browser."""

import contextlib
import functools
import http.server
import threading
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a word, and the sitemap with its own address in place of another."""

    def __init__(self, *arguments: object, origin: str = "", **settings: object) -> None:
        """Take the address that the sitemap was built with; empty where it is the server's own."""
        self.origin = origin
        super().__init__(*arguments, **settings)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Serve a file."""
        if not (self.origin and self.path == "/sitemap.xml"):
            super().do_GET()
            return
        text = Path(self.directory, "sitemap.xml").read_text("utf-8")
        here = f"http://{self.headers['Host']}/"
        content = text.replace(self.origin, here).encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@contextlib.contextmanager
def serving(folder: Path, origin: str = "") -> Iterator[str]:
    """Serve a folder, which may be filled later, and give its address.

    Args:
        folder: What is served.
        origin: The address that its sitemap was built with, where that is another.
    """
    handler = functools.partial(Quiet, directory=str(folder), origin=origin)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
