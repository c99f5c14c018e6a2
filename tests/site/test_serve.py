"""`mkdocs serve`: an edit re-runs only what it touched.

Problems are on the page and in the terminal; a page that is fixed recovers.
"""

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

GOOD = (
    "# Page\n\n"
    + cell("import os\nprint('first run by', os.getpid())")
    + "\n"
    + cell("print('second says', 1)")
)


Serving = tuple[Path, Callable[..., str], Path]


@pytest.fixture
def serve(write_site: WriteSite) -> Iterator[Serving]:
    """Serve a site with one page.

    Its file, a function that waits until a page matches a pattern, and the terminal's log.
    """
    root = write_site({"index.md": GOOD})
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = root / "log"
    with log.open("w") as stream:
        command = [
            sys.executable,
            "-m",
            "mkdocs",
            "serve",
            "--livereload",
            "--dev-addr",
            f"127.0.0.1:{port}",
        ]
        process = subprocess.Popen(
            command, cwd=root, stdout=stream, stderr=stream, start_new_session=True
        )

    def until(pattern: str, name: str = "") -> str:
        deadline = time.monotonic() + 90
        page = ""
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(
                    f"http://127.0.0.1:{port}/{name}", timeout=10
                ) as answer:
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


def test_an_edit_reruns_what_it_touched_and_a_mistake_keeps_the_last_good_output(
    serve: Serving,
) -> None:
    """One session: edit, break, fix."""
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
    fixed = until(r"second says 3")
    assert "page-problems" not in fixed
    assert "all pages are as stated again" in log.read_text()


def test_faults_of_links_and_navigation_are_on_pages_and_are_told_once(serve: Serving) -> None:
    """Dead links on their page, the navigation's on the front page, in our words alone.

    Once fixed, they are gone.
    """
    file, until, log = serve
    until("second says 1")
    one, nav = file.with_name("one.md"), file.with_name(".nav.yml")
    one.write_text("# One\n\n[x](gone.md) [y](index.md#none) [z](one/) [w](/one/)\n", "utf-8")
    nav.write_text("nav:\n  - index.md\n  - gone.md\n", "utf-8")
    page = until("page-problems.*no navigation names this page", "one/")
    assert [int(line) for line in re.findall(r"<pre>docs/one\.md:(\d+): ", page)] == [1, 3, 3, 3, 3]
    home = until(r"page-problems.*docs/\.nav\.yml:3: the navigation names", "")
    assert "docs/one.md" not in home
    # Line 3 of the navigation is not line 3 of the page, where a cell is.
    assert "cell-problem" not in home and "Last good output" not in home
    one.write_text("# One\n\n[x](index.md)\n", "utf-8")
    nav.write_text("nav:\n  - index.md\n  - one.md\n", "utf-8")
    assert "page-problems" not in until(r'href="\.\./?">x', "one/")
    assert "page-problems" not in until("second says 1")
    told = log.read_text()
    assert "docs/one.md:3: the link 'gone.md' leads to no page and no file." in told
    assert "all pages are as stated again" in told
    for theirs in ("Doc file", "not included in the", "doesn't match any", "contains a link"):
        assert theirs not in told


def test_a_record_that_differs_is_told_and_is_no_fault(serve: Serving) -> None:
    """While one writes, outputs change; the build and the check hold them to the record."""
    file, until, log = serve
    record = file.parents[1] / "tests/recorded/index.txt"
    record.parent.mkdir(parents=True)
    record.write_text("=== 00000000 print('second says', 1)\nsecond says 1\n", "utf-8")
    file.write_text("# Page\n\n" + cell("print('second says', 1)"), "utf-8")
    until(r"second says 1(?!.*first run)")
    file.write_text("# Page\n\n" + cell("print('second says', 2)"), "utf-8")
    assert "page-problems" not in until(r"second says 2")
    told = log.read_text()
    assert re.search(
        r"INFO .*to be recorded, if they are right, by `unrolled accept`:\s+docs/index\.md:3: ",
        told,
    )
    assert "not as stated" not in told
