"""How long a site that is served takes from saving a page to serving it."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
from benchmarks.builds.measured import Took

LONGEST = 300
"""Seconds that a page may take to be served."""

Save = Callable[[str, str, str], Took]
"""Writes a page by its name and text, waits until it holds some words, and tells what that took."""


@contextlib.contextmanager
def serving(root: Path) -> Iterator[Save]:
    """Serve a site, and give what saves one of its pages."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    # Some releases of Click take the option's default for "no".
    command = (sys.executable, "-m", "mkdocs", "serve", "--livereload", "--quiet")
    server = psutil.Popen(
        (*command, "--dev-addr", address),
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def save(name: str, text: str, awaited: str) -> Took:
        before, began = _spent(server), time.perf_counter()
        (root / f"docs/{name}.md").write_text(text, "utf-8")
        _wait(f"http://{address}/{name}/", awaited)
        return Took(_spent(server) - before, time.perf_counter() - began)

    try:
        _wait(f"http://{address}/", "<h1")
        yield save
    finally:
        for each in (*server.children(recursive=True), server):
            with contextlib.suppress(psutil.NoSuchProcess):
                each.terminate()
        server.wait(30)


def _wait(address: str, awaited: str) -> None:
    """Wait until a page holds some words.

    Raises:
        TimeoutError: It did not.
    """
    last = time.monotonic() + LONGEST
    while time.monotonic() < last:
        with (
            contextlib.suppress(urllib.error.URLError, OSError),
            urllib.request.urlopen(address, timeout=LONGEST) as answer,  # noqa: S310 - our own server
        ):
            if awaited in answer.read().decode():
                return
        time.sleep(0.1)
    raise TimeoutError(f"{address} does not say {awaited!r}")


def _spent(server: psutil.Process) -> float:
    """Return the processor seconds of a server and of all processes that it started."""
    total = 0.0
    for each in (server, *server.children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess):
            took = each.cpu_times()
            total += took.user + took.system + took.children_user + took.children_system
    return total
