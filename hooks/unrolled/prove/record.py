"""A page's record: its outputs as readable text, cell by cell.

Each cell begins with a line `=== 1a2b3c4d name`: a digest of the code that gave it, and the item's
id or the cell's first telling line. Its output and the values of its claims follow.
"""

from __future__ import annotations

import ast
import hashlib
import itertools
import re
from dataclasses import dataclass

from unrolled.blocks import BY_NAME
from unrolled.model.cell import Cell, ClaimKind
from unrolled.model.output import Output
from unrolled.model.page import Page
from unrolled.model.runs import PageRuns

HEAD = "=== "
ENTRY = re.compile(rf"^{HEAD}(?P<code>[0-9a-f]{{8}}) (?P<name>.*)$", re.MULTILINE)
PART = re.compile(
    r"^(?=--- (?:stderr|value|figure|warning|raises|values in the text)$)", re.MULTILINE
)
"""The beginning of a line that names a part of a cell's output."""
SEED = re.compile(r"torch\.manual_seed\(")
"""A statement with which many cells begin."""


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
    trained: bool = False
    """Whether an optimizer had taken a step when the cell ended."""


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
    """Return what a person looks for.

    The item's id, and the first line of the code that is more than preparation.
    """
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
    starts = [
        s.lineno
        for s in statements
        if not (isinstance(s, ast.Import | ast.ImportFrom) or SEED.match(ast.unparse(s)))
    ]
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


def _body(cell: Cell, output: Output, of_blocks: str) -> str:
    parts: list[str] = [_told(output.stdout.rstrip("\n"))]
    parts += ["--- stderr\n" + _told(output.stderr.rstrip("\n"))] if output.stderr.strip() else []
    parts += ["--- value\n" + _told(output.value)] if output.value is not None else []
    parts += [f"--- figure\n{figure.summary}" for figure in output.figures]
    parts += [f"--- warning\n{_told(warning)}" for warning in output.warnings]
    parts += [f"--- raises\n{_told(output.exception.text)}"] if output.exception else []
    parts += [of_blocks] if of_blocks else []
    verdicts = zip(cell.claims, output.claims, strict=False)
    values = [
        f"{claim.code} = {verdict.text}"
        for claim, verdict in verdicts
        if claim.kind is ClaimKind.VALUE
    ]
    parts += ["--- values in the text\n" + "\n".join(values)] if values else []
    lines = "\n".join(part for part in parts if part).split("\n")
    return "\n".join(
        " " + line if line.startswith(HEAD.strip()) else line.rstrip() for line in lines
    )


def _told(text: str) -> str:
    """Return what code gave, with no line that could be taken for the name of a part."""
    return PART.sub(" ", text)
