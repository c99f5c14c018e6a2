"""`mkdocs serve`: an edit re-runs only what it touched; problems stand on the page and in the terminal; a mended page recovers."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from support.page import cell
from support.sites import WriteSite

GOOD = "# Page\n\n" + cell("import os\nprint('first run by', os.getpid())") + "\n" + cell("print('second says', 1)")


@pytest.fixture
def serve(write_site: WriteSite) -> Iterator[tuple[Path, Callable[[str], str], Path]]:
    """Serve a site with one page: its file, a function that waits until the page matches a pattern, and the terminal's log."""
    root = write_site({"index.md": GOOD})
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = root / "log"
    with log.open("w") as stream:
        command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}"]
        process = subprocess.Popen(command, cwd=root, stdout=stream, stderr=stream, start_new_session=True)

    def until(pattern: str) -> str:
        deadline = time.monotonic() + 90
        page = ""
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
                    page = answer.read().decode()
            except (urllib.error.URLError, OSError):
                page = ""
            if re.search(pattern, page, re.DOTALL):
                return page
            time.sleep(0.2)
        pytest.fail(f"no {pattern!r} in:\n{page}\nlog:\n{log.read_text()}")

    yield root / "docs/index.md", until, log
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(30)


def test_an_edit_reruns_what_it_touched_and_a_mistake_keeps_the_last_good_output(serve: tuple[Path, Callable[[str], str], Path]) -> None:
    """One session: edit, break, mend."""
    file, until, log = serve
    first = re.findall(r"first run by (\d+)", until(r"second says 1"))
    file.write_text(GOOD.replace("says', 1", "says', 2"), "utf-8")
    assert re.findall(r"first run by (\d+)", until(r"second says 2")) == first
    file.write_text(GOOD.replace("says', 1)", "says', 1"), "utf-8")
    broken = until(r"page-problems")
    assert "docs/index.md:9: SyntaxError" in broken
    assert re.search(r"Last good output.*second says 2", broken, re.DOTALL)
    assert "docs/index.md:9: SyntaxError" in log.read_text()
    file.write_text(GOOD.replace("says', 1", "says', 3"), "utf-8")
    mended = until(r"second says 3")
    assert "page-problems" not in mended
    assert "all pages are as stated again" in log.read_text()
