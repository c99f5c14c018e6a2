"""Recorded outputs: what pages gave when they were reviewed, compared with what they give now.

Numbers that are not whole may differ in the last places that are printed; on another architecture
than the recorded one they may differ by more, and what trains is not compared number by number.
"""

from __future__ import annotations

import difflib
import itertools
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.prove.closeness import Comparison, close, words
from unrolled.prove.record import ENTRY, Entry, from_text, to_text
from unrolled.read import conflicts

LOCAL = ".venv/bin/unrolled"
"""The command in the environment that `make` sets up, beneath the checkout."""
CHECKOUT = Path(__file__).resolve().parents[3]
"""The folder that holds this package's sources."""


def updated(before: str, now: list[Entry]) -> str:
    """Return the record of a run that is right.

    What was recorded stays as it is within what may differ.
    """
    kept: list[Entry] = []
    for old, new in _pairs(from_text(before), now):
        if new:
            same = old is not None and old.name == new.name and close(old.body, new.body)
            kept.append(Entry(new.name, old.body if old and same else new.body, new.code))
    return to_text(kept)


def read(record: Path) -> str:
    """Return the text of a record, empty when there is none, or none that can be read."""
    try:
        return record.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def misplaced(record: Path, root: Path) -> Problem | None:
    """Return the problem that something else is where a record belongs, or its folder."""
    if record.is_dir():
        fact = "this is a folder, where the record of a page belongs"
        return _unfit(record, root, fact, "Move it, or delete it")
    around = next((folder for folder in record.parents if folder.exists()), root)
    if not around.is_dir():
        fact = "this is a file, where the folder of records belongs"
        return _unfit(around, root, fact, "Move it, or delete it")
    return None


def unwritten(record: Path, root: Path, error: OSError) -> Problem:
    """Return the problem that a record could not be written."""
    fact = f"this record cannot be written: {error.strerror}"
    return _unfit(record, root, fact, "See who may write it and its folder")


def unread(page: Page, record: Path, root: Path) -> Problem | None:
    """Return the problem that a record cannot be read as one."""
    if not record.exists():
        return misplaced(record, root)
    remedy = f"Take back what changed it, or run `{_command()} accept {shlex.quote(page.path)}`"
    try:
        text = record.read_text("utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return _unfit(record, root, "this record is not UTF-8", remedy, line)
    except OSError as error:
        fact = f"this record cannot be read: {error.strerror}"
        return misplaced(record, root) or _unfit(record, root, fact, "See who may read it")
    first = ENTRY.search(text)
    before = text[: first.start() if first else None]
    stray = re.search(r"\S", before)
    if not stray:
        return None
    merged = conflicts.MARK.match(before[stray.start() :].split("\n", 1)[0])
    fact = "a merge is not finished here" if merged else "this line belongs to no cell's output"
    return _unfit(record, root, fact, remedy, before.count("\n", 0, stray.start()) + 1)


def _unfit(file: Path, root: Path, fact: str, remedy: str, line: int = 1) -> Problem:
    return Problem(_relative(file, root), line, fact, remedy, code=Code.RECORD)


def compare(
    page: Page, now: list[Entry], record: str, shown: str, comparison: Comparison = Comparison.SAME
) -> list[Problem]:
    """Compare a page's outputs with its record.

    Args:
        page: The page.
        now: What it gives now.
        record: The text of its record, empty when it has none.
        shown: What problems call the file.
        comparison: How strictly numbers are compared.
    """

    def problem(line: int, fact: str, body: str = "") -> Problem:
        return Problem(page.path, line, fact, _remedy(page), body, code=Code.RECORD)

    if not record:
        fact = "the outputs of this page are not recorded"
        return [problem(now[0].line, fact)] if now else []
    before = from_text(record)
    problems: list[Problem] = []
    line = 1
    for old, new in _pairs(before, now):
        line = new.line if new else line
        if old and new:
            problems += _differs(page, old, new, shown, comparison)
        elif new:
            problems.append(problem(line, "the output of this cell is not recorded", new.body))
        elif old:
            fact = f"{shown} holds the output of a cell that is gone: {old.name}"
            problems.append(problem(line, fact, old.body))
    return problems


Pairs = Iterator[tuple[Entry | None, Entry | None]]
SAMENESS: tuple[Callable[[Entry], object], ...] = (
    lambda entry: (entry.code, entry.name),
    lambda entry: (entry.name, entry.body),
    lambda entry: entry.name,
)
"""What makes a recorded cell the one of a run, the surest first: its code, else its output, else
its name."""


def _pairs(
    before: Sequence[Entry],
    now: Sequence[Entry],
    sameness: Sequence[Callable[[Entry], object]] = SAMENESS,
) -> Pairs:
    """Pair the entries of a record with a run's; at last in order, one left over with nothing."""
    if not sameness:
        yield from itertools.zip_longest(before, now)
        return
    key, *rest = sameness
    matcher = difflib.SequenceMatcher(
        None, [key(e) for e in before], [key(e) for e in now], autojunk=False
    )
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(before[a1:a2], now[b1:b2], strict=True)
        else:
            yield from _pairs(before[a1:a2], now[b1:b2], rest)


def _differs(
    page: Page, old: Entry, new: Entry, shown: str, comparison: Comparison
) -> list[Problem]:
    same = close(old.body, new.body, comparison, trained=new.trained)
    if same and old.name == new.name:
        return []
    if same:
        fact = "the cell has the recorded output, and another name than recorded"
        return [
            Problem(
                page.path,
                new.line,
                fact,
                _remedy(page),
                f"-{old.name}\n+{new.name}",
                code=Code.RECORD,
            )
        ]
    diff = difflib.unified_diff(
        old.body.split("\n"), new.body.split("\n"), shown, "this run", lineterm="", n=2
    )
    if old.code == new.code and words(old.body) == words(new.body):
        fact = (
            "the numbers of this cell differ from the record, and its code does not: this machine"
            " may compute otherwise, or somebody edited the record"
        )
        remedy = (
            f"If {shown} was edited, take the edit back. Else, if you changed neither the libraries"
            " nor a data file, do not record these numbers: see what `make processors` says and"
            " report it"
        )
        return [Problem(page.path, new.line, fact, remedy, "\n".join(diff), code=Code.RECORD)]
    fact = "the output of this cell differs from what is recorded"
    return [Problem(page.path, new.line, fact, _remedy(page), "\n".join(diff), code=Code.RECORD)]


def left_over(folder: Path, pages: Sequence[Page], docs: str, root: Path) -> list[Problem]:
    """Return a problem for each record whose page is gone or has no outputs."""
    kept = {path_of(folder, page, docs) for page in pages}
    return [
        Problem(
            _relative(file, root),
            1,
            "this record belongs to no page",
            f"Run `{_command()} accept`, or delete it",
            code=Code.RECORD,
        )
        for file in sorted(folder.rglob("*.txt"))
        if file not in kept and file.is_file()
    ]


def path_of(folder: Path, page: Page, docs: str) -> Path:
    """Return the file that holds a page's record.

    `docs` is the pages' folder as problems call it.
    """
    return folder / (page.path.removeprefix(docs + "/").rpartition(".")[0] + ".txt")


def _remedy(page: Page) -> str:
    command = f"{_command()} accept {shlex.quote(page.path)}"
    return f"If the new output is right, run `{command}` and commit the difference"


def _command() -> str:
    """Return the command `unrolled` as it can be typed in the site's folder.

    Few have it on their PATH. Where the environment lies elsewhere, its path is of this machine
    alone, and means nothing to whoever reads a log.
    """
    own = Path(sys.executable).with_name("unrolled")
    if not own.exists() or _is_same(shutil.which("unrolled"), own):
        return "unrolled"
    is_near = any(_is_same(folder / LOCAL, own) for folder in (Path.cwd(), CHECKOUT))
    return LOCAL if is_near else "unrolled"


def _is_same(file: str | Path | None, other: Path) -> bool:
    return file is not None and Path(file).exists() and other.samefile(file)


def _relative(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()
