"""How long builds take, beside plain MkDocs and markdown-exec: medians and ratios of one run.

    make bench
    python -m benchmarks.builds [--runs 3] [--large 600] [NAME…]

Processor seconds of all processes of a build, since clocks of shared machines are noisy. Outputs
are compared first: a build that leaves one out is not quick.
"""

from __future__ import annotations

import argparse
import html
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.builds import sites
from benchmarks.builds.measured import Took, paired, run
from benchmarks.builds.served import Save, serving
from benchmarks.builds.sites import EXEC, OURS, PLAIN, PROJECT
from benchmarks.environment import lent

MARKDOWN_EXEC = "markdown-exec==1.12.6"
BUILD = ("-m", "mkdocs", "build", "--quiet")
PRINTED = re.compile(r"torch\.Size\(\[[\d, ]+\]\) -?\d+\.\d+")
LESSON = "docs/rnn/practice.md"


@dataclass(frozen=True)
class Line:
    """A line of the table."""

    what: str
    ours: Took
    theirs: Took
    against: str
    goal: float
    """The ratio that is asked for."""

    def __str__(self) -> str:
        """Return it as Markdown."""
        ratio = self.ours.processor / self.theirs.processor
        return (
            f"| {self.what} | {self.ours.processor:.2f} s | {self.theirs.processor:.2f} s,"
            f" {self.against} | {ratio:.2f} | {self.goal:.2f} |"
        )


class Bench:
    """Builds sites in a folder of its own."""

    def __init__(self, folder: Path, runs: int, large: int) -> None:
        """Try each way a number of times; the large site has so many pages."""
        self._folder = folder
        self._runs = runs
        self._large = large

    def own(self) -> Iterator[Line]:
        """Yield the project's own site, when nothing has changed; before, it is built cold."""
        ours, plain = (sites.own(self._new(), tool) for tool in (OURS, PLAIN))
        cold = self._build(ours)
        spent = f"{cold.processor:.0f} s of processor time in {cold.clock:.0f} s"
        print(f"<!-- the project's site, cold: {spent}, {os.cpu_count()} cores -->", flush=True)
        yield self._pair("the project's site, nothing changed", ours, plain, 1.2, self._runs)

    def unchanged(self) -> Iterator[Line]:
        """Yield made-up sites when nothing has changed."""
        # The theme's navigation makes 600 pages a matter of minutes: one run of them is enough.
        for pages, runs in ((60, self._runs), (self._large, 1)):
            ours, plain = (sites.made_up(self._new(), tool, pages) for tool in (OURS, PLAIN))
            self._built(ours)
            yield self._pair(f"{pages} pages of 10 cells, nothing changed", ours, plain, 1.12, runs)

    def cold(self) -> Iterator[Line]:
        """Yield a made-up site whose cells were never run, beside who runs them unisolated."""
        python = lent(PROJECT / ".cache", MARKDOWN_EXEC)
        ours, other = (sites.made_up(self._new(), tool, 60) for tool in (OURS, EXEC))
        self._built(ours)
        self._built(other, python)
        told, others = _printed(ours), _printed(other)
        if told != others:
            sys.exit(f"The outputs differ: {len(told - others)} of {len(told)}.")
        print(f"<!-- {len(told)} different outputs, equal in both -->")

        def anew() -> Took:
            shutil.rmtree(ours / ".cache")
            return self._build(ours)

        took = paired([anew, lambda: self._build(other, python)], self._runs)
        yield Line("60 pages of 10 cells, cold", *took, MARKDOWN_EXEC.replace("==", " "), 0.7)

    def edited(self) -> Iterator[Line]:
        """Yield a made-up site with one cell edited, beside plain MkDocs and that page run."""
        ours, plain = (sites.made_up(self._new(), tool, 60) for tool in (OURS, PLAIN))
        self._built(ours)
        page, count = ours / "docs/page-007.md", iter(range(1000))
        text = page.read_text("utf-8")
        program = "\n".join(re.findall(r"```\S*(?: continuation})?\n(.*?)```", text, re.DOTALL))

        def edit() -> Took:
            page.write_text(text.replace("+ 9\n", f"+ 9.{next(count)}\n"), "utf-8")
            return self._build(ours)

        def other() -> Took:
            built, chain = self._build(plain), run(plain, (sys.executable, "-c", program))
            return Took(built.processor + chain.processor, built.clock + chain.clock)

        took = paired([edit, other], self._runs)
        yield Line("one cell edited", *took, "plain MkDocs and its page as a script", 1.0)

    def served(self) -> Iterator[Line]:
        """Yield a made-up site that is served, from saving a page to serving it."""
        ours, plain = (sites.made_up(self._new(), tool, 60) for tool in (OURS, PLAIN))
        self._built(ours)
        text = {root: (root / "docs/page-007.md").read_text("utf-8") for root in (ours, plain)}
        count = iter(range(1000))
        with serving(ours) as save, serving(plain) as save_plain:

            def saved(root: Path, saving: Save, *, cell: bool = False) -> Took:
                number = next(count)
                said = f"Saved {number} times."
                changed = text[root].replace("+ 9\n", f"+ 9.{number}\n") if cell else text[root]
                return saving("page-007", f"{changed}\n{said}\n", said)

            ways = [
                lambda: saved(ours, save),
                lambda: saved(plain, save_plain),
                lambda: saved(ours, save, cell=True),
            ]
            for way in ways:  # The first rebuild of a server imports what later ones have.
                way()
            written, other, run_too = paired(ways, self._runs)
        yield Line("60 pages, served: prose saved", written, other, PLAIN, 1.1)
        yield Line("60 pages, served: a cell saved", run_too, other, f"{PLAIN}, its prose", 1.1)

    def check(self) -> Iterator[Line]:
        """Yield the check of one page when nothing has changed, beside an import of MkDocs."""
        check = (str(Path(sys.executable).parent / "unrolled"), "check", LESSON)
        imports = (sys.executable, "-c", "import mkdocs.commands.build")
        run(PROJECT, check)
        took = paired([lambda: run(PROJECT, check), lambda: run(PROJECT, imports)], self._runs)
        yield Line(f"`unrolled check {LESSON}`, warm", *took, "importing MkDocs", 1.5)

    def _new(self) -> Path:
        return Path(tempfile.mkdtemp(dir=self._folder)) / "site"

    def _build(self, root: Path, python: Path = Path(sys.executable)) -> Took:
        return run(root, (str(python), *BUILD))

    _built = _build
    """The first time, which is not measured."""

    def _pair(self, what: str, ours: Path, plain: Path, goal: float, runs: int) -> Line:
        took = paired([lambda: self._build(ours), lambda: self._build(plain)], runs)
        return Line(what, *took, PLAIN, goal)


def _printed(root: Path) -> set[tuple[str, str]]:
    """Return what cells printed, page by page."""
    return {
        (page.parent.name, said)
        for page in (root / "site").glob("page-*/index.html")
        for said in PRINTED.findall(html.unescape(re.sub(r"<[^>]*>", "", page.read_text("utf-8"))))
    }


def main() -> None:
    """Print the table."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("names", nargs="*", help="check, cold, edited, served, own, unchanged")
    reader.add_argument("--runs", type=int, default=3)
    reader.add_argument("--large", type=int, default=600)
    given = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder).resolve(), given.runs, given.large)
        parts: dict[str, Callable[[], Iterator[Line]]] = {
            "check": bench.check,
            "cold": bench.cold,
            "edited": bench.edited,
            "served": bench.served,
            "own": bench.own,
            "unchanged": bench.unchanged,
        }
        print("| what | ours | beside | ratio | goal |\n| --- | ---: | ---: | ---: | ---: |")
        for name in given.names or parts:
            for line in parts[name]():
                print(line, flush=True)


if __name__ == "__main__":
    main()
