"""Recorded outputs: each page's outputs as readable text, compared with what a run gives now.

A record is cells in order. Each begins with a line `=== 1a2b3c4d name`: a digest of the code that gave it, and the question's id or the
cell's first telling line. Its output and the values of its claims follow. Numbers that are not whole may differ in the last places that
are printed; on another architecture than the recorded one they may differ by more, and what trains is not compared number by number.
"""

import ast
import difflib
import enum
import hashlib
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from unrolled.blocks import BY_NAME
from unrolled.model.output import Output
from unrolled.model.page import Cell, ClaimKind, Page
from unrolled.model.problem import Code, Problem
from unrolled.model.runs import PageRuns

HEAD = "=== "
ENTRY = re.compile(rf"^{HEAD}(?P<code>[0-9a-f]{{8}}) (?P<name>.*)$", re.MULTILINE)
NUMBER = re.compile(r"-?\d+\.\d*(?:[eE][-+]?\d+)?|-?\d+[eE][-+]?\d+|-?\d+")
SEED = re.compile(r"torch\.manual_seed\(")
"""A statement with which many cells begin."""
LAST_PLACE = 1.001
"""How many units in the last printed place two numbers may differ by: one, as rounding does, and what floats add to it."""


class Comparison(enum.Enum):
    """How strictly numbers are held to the record; the value is what the check says of it."""

    SAME = "numbers compared to the last printed place"
    """The machine gives the recorded bits."""
    PERTURBED = "numbers compared to the last printed place, those of what trains by targets, checks and asserts alone"
    """Something was changed that may change what trains, and nothing else."""
    OTHER = "another processor: numbers compared within 1 %, those of what trains by targets, checks and asserts alone"
    """Another architecture, whose BLAS adds in another order."""

    @property
    def relative(self) -> float:
        """By how much of itself a number that is not whole may differ."""
        return 1e-2 if self is Comparison.OTHER else 1e-4


@dataclass(frozen=True)
class Entry:
    """One cell's recorded output."""

    name: str
    """The question's id and the first telling line of its code: what people find it by."""
    body: str
    code: str = ""
    """Digest of the code that gave it: the cell's, and that of the chain before it."""
    line: int = 0
    """Line of the cell in the page; 0 when read from a record."""
    tolerance: float = 0.0
    """By how much its numbers may differ from those recorded."""
    trained: bool = False
    """Whether an optimiser had taken a step when the cell ended."""


def entries(ran: PageRuns) -> list[Entry]:
    """Return what a run of the page gives, cell by cell; cells without any output are left out."""
    page = ran.page
    of_blocks = _of_blocks(ran)
    found: list[Entry] = []
    for chain in page.chains:
        digest = hashlib.sha256()
        for cell, output in zip(chain.cells, ran.of(chain).outputs, strict=False):
            digest.update(cell.code.encode("utf-8", "surrogatepass") + b"\0")
            body = _body(cell, output, of_blocks.get(cell.line, ""))
            if body and cell.on_page:
                found.append(
                    Entry(
                        name=name(page, cell),
                        body=body,
                        code=digest.hexdigest()[:8],
                        line=cell.line,
                        tolerance=cell.options.tolerance,
                        trained=output.trained,
                    )
                )
    return sorted(found, key=lambda e: e.line)


def _of_blocks(ran: PageRuns) -> dict[int, str]:
    """Return what blocks record of cells, by the cells' lines."""
    found: dict[int, str] = {}
    for item in ran.page.items:
        for cell, part in BY_NAME[item.block.name].record(item, ran):
            found[cell.line] = "\n".join(filter(None, (found.get(cell.line), part)))
    return found


def name(page: Page, cell: Cell) -> str:
    """Return what a person looks for: the item's id, and the first line of the code that is more than preparation."""
    item = page.item_at(cell.line)
    telling = _telling(cell.code)
    return f"{item.id}: {telling}" if item and item.id else telling


def _telling(code: str) -> str:
    """Return the first line of the first statement that tells one cell from another."""
    lines = [line.strip() for line in code.split("\n")]
    try:
        statements = ast.parse(code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        statements = []
    starts = [s.lineno for s in statements if not (isinstance(s, ast.Import | ast.ImportFrom) or SEED.match(ast.unparse(s)))]
    return lines[starts[0] - 1] if starts else next(filter(None, lines), "")


def to_text(found: list[Entry]) -> str:
    """Return the record of a page."""
    return "".join(f"{HEAD}{e.code} {e.name}\n{e.body}\n" for e in found)


def from_text(text: str) -> list[Entry]:
    """Read a record."""
    found: list[Entry] = []
    heads = [*ENTRY.finditer(text)]
    for head, following in itertools.zip_longest(heads, heads[1:]):
        end = following.start() if following else len(text)
        body = text[head.end() : end].removeprefix("\n").rstrip("\n")
        found.append(Entry(head["name"], body, head["code"]))
    return found


def updated(before: str, now: list[Entry]) -> str:
    """Return the record of a run that is right: what was recorded stays as it is within what may differ."""
    kept: list[Entry] = []
    for old, new in _pairs(from_text(before), now):
        if new:
            same = old is not None and old.name == new.name and close(old.body, new.body, new.tolerance)
            kept.append(Entry(new.name, old.body if old and same else new.body, new.code))
    return to_text(kept)


def read(record: Path) -> str:
    """Return the text of a record, empty when there is none."""
    return record.read_text("utf-8") if record.exists() else ""


def compare(page: Page, now: list[Entry], record: str, shown: str, comparison: Comparison = Comparison.SAME) -> list[Problem]:
    """Compare a page's outputs with its record.

    Args:
        page: The page.
        now: What it gives now.
        record: The text of its record, empty when it has none.
        shown: What problems call the file.
        comparison: How strictly numbers are compared.
    """
    if not record:
        return (
            [Problem(page.path, now[0].line, "the outputs of this page are not recorded", _remedy(page), code=Code.RECORD)] if now else []
        )
    before = from_text(record)
    problems: list[Problem] = []
    line = 1
    for old, new in _pairs(before, now):
        line = new.line if new else line
        if old and new:
            problems += _differs(page, old, new, shown, comparison)
        elif new:
            problems.append(Problem(page.path, line, "the output of this cell is not recorded", _remedy(page), new.body, code=Code.RECORD))
        elif old:
            fact = f"{shown} holds the output of a cell that is gone: {old.name}"
            problems.append(Problem(page.path, line, fact, _remedy(page), old.body, code=Code.RECORD))
    return problems


Pairs = Iterator[tuple[Entry | None, Entry | None]]
SAMENESS: tuple[Callable[[Entry], object], ...] = (
    lambda entry: (entry.code, entry.name),
    lambda entry: (entry.name, entry.body),
    lambda entry: entry.name,
)
"""What makes a recorded cell the one of a run, the surest first: its code, else its output, else its name."""


def _pairs(before: Sequence[Entry], now: Sequence[Entry], sameness: Sequence[Callable[[Entry], object]] = SAMENESS) -> Pairs:
    """Pair the entries of a record with a run's; at last in order, one left over with nothing."""
    if not sameness:
        yield from itertools.zip_longest(before, now)
        return
    key, *rest = sameness
    matcher = difflib.SequenceMatcher(None, [key(e) for e in before], [key(e) for e in now], autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(before[a1:a2], now[b1:b2], strict=True)
        else:
            yield from _pairs(before[a1:a2], now[b1:b2], rest)


def _differs(page: Page, old: Entry, new: Entry, shown: str, comparison: Comparison) -> list[Problem]:
    same = close(old.body, new.body, new.tolerance, comparison, trained=new.trained)
    if same and old.name == new.name:
        return []
    if same:
        fact = "the cell has the recorded output, and another name than recorded"
        return [Problem(page.path, new.line, fact, _remedy(page), f"-{old.name}\n+{new.name}", code=Code.RECORD)]
    diff = difflib.unified_diff(old.body.split("\n"), new.body.split("\n"), shown, "this run", lineterm="", n=2)
    if old.code == new.code and _words(old.body) == _words(new.body):
        fact = "the numbers of this cell differ from the record, and its code does not: this machine may compute otherwise"
        remedy = (
            "If you changed neither the libraries nor a data file, do not record these numbers: see what `make processors` says "
            "and report it"
        )
        return [Problem(page.path, new.line, fact, remedy, "\n".join(diff), code=Code.RECORD)]
    fact = "the output of this cell differs from what is recorded"
    return [Problem(page.path, new.line, fact, _remedy(page), "\n".join(diff), code=Code.RECORD)]


def left_over(folder: Path, pages: Sequence[Page], docs: str, root: Path) -> list[Problem]:
    """Return a problem for each record whose page is gone or has no outputs."""
    kept = {path_of(folder, page, docs) for page in pages}
    return [
        Problem(_relative(file, root), 1, "this record belongs to no page", "Run `unrolled accept`, or delete it", code=Code.RECORD)
        for file in sorted(folder.rglob("*.txt"))
        if file not in kept
    ]


def path_of(folder: Path, page: Page, docs: str) -> Path:
    """Return the file that holds a page's record; `docs` is the pages' folder as problems call it."""
    return folder / (page.path.removeprefix(docs + "/").removesuffix(".md") + ".txt")


def close(old: str, new: str, tolerance: float = 0.0, comparison: Comparison = Comparison.SAME, *, trained: bool = False) -> bool:
    """Return whether two outputs are as good as equal.

    Args:
        old: What is recorded.
        new: What a run gave.
        tolerance: By how much all numbers may differ, whole ones too.
        comparison: How strictly numbers that are not whole are compared; elsewhere, those of what trains are not.
        trained: Whether the run had trained something.
    """
    if old == new:
        return True
    if _words(old) != _words(new):
        return False
    if trained and comparison is not Comparison.SAME:
        return True
    pairs = zip(NUMBER.findall(old), NUMBER.findall(new), strict=False)
    return all(_near(a, b, comparison) or abs(float(a) - float(b)) <= tolerance for a, b in pairs)


def _words(text: str) -> str:
    # The minus sign belongs to the number, and -0.0000 is as good as 0.0000; columns may be padded for it.
    return re.sub(r"[ ]+", " ", NUMBER.sub(" # ", text))


def _near(old: str, new: str, comparison: Comparison) -> bool:
    if old == new:
        return True
    if not (_is_float(old) and _is_float(new)):
        return False
    a, b = float(old), float(new)
    return abs(a - b) <= max(LAST_PLACE * min(_unit(old), _unit(new)), comparison.relative * max(abs(a), abs(b)))


def _is_float(number: str) -> bool:
    return any(c in number for c in ".eE")


def _unit(number: str) -> float:
    """Return what one step in the last printed place of a number is worth; nothing for `2.`, which is how torch prints a whole number."""
    mantissa, _, exponent = number.lower().partition("e")
    places = len(mantissa.partition(".")[2])
    return 10.0 ** (int(exponent or 0) - places) if places or exponent else 0.0


def _body(cell: Cell, output: Output, of_blocks: str) -> str:
    parts: list[str] = [output.stdout.rstrip("\n")]
    parts += ["--- stderr\n" + output.stderr.rstrip("\n")] if output.stderr.strip() else []
    parts += ["--- value\n" + output.value] if output.value is not None else []
    parts += [f"--- figure\n{figure.summary}" for figure in output.figures]
    parts += [f"--- warning\n{warning}" for warning in output.warnings]
    parts += [f"--- raises\n{output.exception.text}"] if output.exception else []
    parts += [of_blocks] if of_blocks else []
    verdicts = zip(cell.claims, output.claims, strict=False)
    values = [f"{claim.code} = {verdict.text}" for claim, verdict in verdicts if claim.kind is ClaimKind.VALUE]
    parts += ["--- values in the text\n" + "\n".join(values)] if values else []
    lines = "\n".join(part for part in parts if part).split("\n")
    return "\n".join(" " + line if line.startswith(HEAD.strip()) else line.rstrip() for line in lines)


def _remedy(page: Page) -> str:
    return f"If the new output is right, run `unrolled accept {page.path}` and commit the difference"


def _relative(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()
