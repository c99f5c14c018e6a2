"""Recorded outputs: each page's outputs as readable text, compared with what a run gives now.

A record is cells in order. Each begins with a line `=== first line of its code` and holds its output and the values of its claims. Numbers
that are not whole may differ in the last places that are printed, since processors differ there; everything else must be equal.
"""

import difflib
import itertools
import json
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from unrolled import trial
from unrolled.engine import Engine
from unrolled.output import Output
from unrolled.page import Cell, Page
from unrolled.problem import Problem

HEAD = "=== "
NUMBER = re.compile(r"-?\d+\.\d*(?:[eE][-+]?\d+)?|-?\d+[eE][-+]?\d+|-?\d+")
RELATIVE = 1e-4
LAST_PLACE = 1.001
"""How many units in the last printed place two numbers may differ by: one, as rounding does, and what floats add to it."""


@dataclass(frozen=True)
class Entry:
    """One cell's recorded output."""

    head: str
    """The first line of its code: what tells cells apart in the file."""
    body: str
    line: int = 0
    """Line of the cell in the page; 0 when read from a record."""
    tolerance: float = 0.0
    """By how much its numbers may differ from those recorded."""


def entries(page: Page, engine: Engine) -> list[Entry]:
    """Return what a run of the page gives, cell by cell; cells without any output are left out."""
    found: list[Entry] = []
    for chain in page.chains:
        for cell, output in zip(chain.cells, engine.result(chain, page).outputs, strict=False):
            body = _body(cell, output)
            if body and cell.index >= 0:
                found.append(Entry(cell.code.strip().split("\n", 1)[0].strip(), body, cell.line, cell.options.tolerance))
    return sorted(found, key=lambda e: e.line)


def to_text(found: list[Entry]) -> str:
    """Return the record of a page."""
    return "".join(f"{HEAD}{e.head}\n{e.body}\n" for e in found)


def from_text(text: str) -> list[Entry]:
    """Read a record."""
    found: list[Entry] = []
    for part in re.split(f"^{HEAD}", text, flags=re.MULTILINE)[1:]:
        head, _, body = part.partition("\n")
        found.append(Entry(head, body.rstrip("\n")))
    return found


def updated(before: str, now: list[Entry]) -> str:
    """Return the record of a run that is right: what was recorded stays where it is within what may differ."""
    kept: list[Entry] = []
    for old, new in _pairs(from_text(before), now):
        if new:
            kept.append(old if old and old.head == new.head and close(old.body, new.body, new.tolerance) else new)
    return to_text(kept)


def read(record: Path) -> str:
    """Return the text of a record, empty when there is none."""
    return record.read_text("utf-8") if record.exists() else ""


def compare(page: Page, now: list[Entry], record: str, shown: str) -> list[Problem]:
    """Compare a page's outputs with its record.

    Args:
        page: The page.
        now: What it gives now.
        record: The text of its record, empty when it has none.
        shown: What problems call the file.
    """
    if not record:
        return [Problem(page.path, now[0].line, "the outputs of this page are not recorded", _remedy(page))] if now else []
    before = from_text(record)
    problems: list[Problem] = []
    line = 1
    for old, new in _pairs(before, now):
        line = new.line if new else line
        if old and new:
            problems += _differs(page, old, new, shown)
        elif new:
            problems.append(Problem(page.path, line, "the output of this cell is not recorded", _remedy(page), new.body))
        elif old:
            fact = f"{shown} holds the output of a cell that is gone: {old.head}"
            problems.append(Problem(page.path, line, fact, _remedy(page), old.body))
    return problems


def _pairs(before: list[Entry], now: list[Entry]) -> Iterator[tuple[Entry | None, Entry | None]]:
    """Pair the entries of a record with a run's: first what is wholly equal, since many cells begin alike, then by head, then in order."""
    for old, new in _aligned(before, now, lambda e: (e.head, e.body)):
        for old_run, new_run in _aligned(old, new, lambda e: e.head):
            yield from itertools.zip_longest(old_run, new_run)


def _aligned(before: list[Entry], now: list[Entry], key: Callable[[Entry], object]) -> Iterator[tuple[list[Entry], list[Entry]]]:
    matcher = difflib.SequenceMatcher(None, [key(e) for e in before], [key(e) for e in now], autojunk=False)
    for _, a1, a2, b1, b2 in matcher.get_opcodes():
        yield before[a1:a2], now[b1:b2]


def _differs(page: Page, old: Entry, new: Entry, shown: str) -> list[Problem]:
    same = close(old.body, new.body, new.tolerance)
    if old.head == new.head and same:
        return []
    if same:
        return [
            Problem(
                page.path,
                new.line,
                "the cell has the recorded output, and begins otherwise than recorded",
                _remedy(page),
                f"-{old.head}\n+{new.head}",
            )
        ]
    diff = difflib.unified_diff(old.body.split("\n"), new.body.split("\n"), shown, "this run", lineterm="", n=2)
    return [Problem(page.path, new.line, "the output of this cell differs from what is recorded", _remedy(page), "\n".join(diff))]


def left_over(folder: Path, pages: list[Page], docs: str, root: Path) -> list[Problem]:
    """Return a problem for each record whose page is gone or has no outputs."""
    kept = {record_path(folder, page, docs) for page in pages}
    return [
        Problem(_relative(file, root), 1, "this record belongs to no page", f"Run `{_unrolled()} accept`, or delete it")
        for file in sorted(folder.rglob("*.txt"))
        if file not in kept
    ]


def record_path(folder: Path, page: Page, docs: str) -> Path:
    """Return the file that holds a page's record; `docs` is the pages' folder as problems call it."""
    return folder / (page.path.removeprefix(docs + "/").removesuffix(".md") + ".txt")


def close(old: str, new: str, tolerance: float = 0.0) -> bool:
    """Return whether two outputs are equal, but for the last places of numbers that are not whole; or for `tolerance`, in all numbers."""
    if old == new:
        return True
    pairs = zip(NUMBER.findall(old), NUMBER.findall(new), strict=False)
    return _words(old) == _words(new) and all(_near(a, b) or abs(float(a) - float(b)) <= tolerance for a, b in pairs)


def _words(text: str) -> str:
    # The minus sign belongs to the number, and -0.0000 is as good as 0.0000; columns may be padded for it.
    return re.sub(r"[ ]+", " ", NUMBER.sub(" # ", text))


def _near(old: str, new: str) -> bool:
    if old == new:
        return True
    if not (_is_float(old) and _is_float(new)):
        return False
    a, b = float(old), float(new)
    return abs(a - b) <= max(LAST_PLACE * min(_unit(old), _unit(new)), RELATIVE * max(abs(a), abs(b)))


def _is_float(number: str) -> bool:
    return any(c in number for c in ".eE")


def _unit(number: str) -> float:
    """Return what one step in the last printed place of a number is worth; nothing for `2.`, which is how torch prints a whole number."""
    mantissa, _, exponent = number.lower().partition("e")
    places = len(mantissa.partition(".")[2])
    return 10.0 ** (int(exponent or 0) - places) if places or exponent else 0.0


def _body(cell: Cell, output: Output) -> str:
    parts: list[str] = [output.stdout.rstrip("\n")]
    parts += ["--- stderr\n" + output.stderr.rstrip("\n")] if output.stderr.strip() else []
    parts += ["--- value\n" + output.value] if output.value is not None else []
    parts += [f"--- figure\n{figure.summary}" for figure in output.figures]
    parts += [f"--- warning\n{warning}" for warning in output.warnings]
    parts += [f"--- raises\n{output.exception.text}"] if output.exception else []
    values = [f"{claim.code} = {verdict.text}" for claim, verdict in zip(cell.claims, output.claims, strict=False) if claim.kind == "value"]
    parts += [f"--- metrics\n{_metrics(v.text)}" for c, v in zip(cell.claims, output.claims, strict=False) if c.kind == "metrics" and v.ok]
    parts += ["--- values in the text\n" + "\n".join(values)] if values else []
    text = "\n".join(part for part in parts if part)
    return "\n".join(" " + line if line.startswith(HEAD.strip()) else line.rstrip() for line in text.split("\n"))


def _metrics(text: str) -> str:
    """Return the metrics of an experiment, a line for each training, seed after seed, large ones in whole numbers."""
    return "\n".join(
        f"{run}: " + "; ".join(" ".join(f"{name}={value:{trial.digits([value])}}" for name, value in seed.items()) for seed in seeds)
        for run, seeds in json.loads(text).items()
    )


def _remedy(page: Page) -> str:
    command = f"{_unrolled()} accept {shlex.quote(page.path)}"
    return f"If the new output is right, run `{command}` and commit the difference"


def _unrolled() -> str:
    """Return the command `unrolled` so that it can be typed here: few have it on their PATH."""
    own = Path(sys.executable).with_name("unrolled")
    on_path = shutil.which("unrolled")
    if on_path and (not own.exists() or Path(on_path).samefile(own)):
        return "unrolled"
    if not own.exists():
        return f"{shlex.quote(sys.executable)} -m unrolled"
    here = Path.cwd()
    return shlex.quote(str(own.relative_to(here) if own.is_relative_to(here) else own))


def _relative(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()
