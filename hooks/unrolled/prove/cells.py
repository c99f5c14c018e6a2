"""What the runs of a page say of its cells and claims, as problems at the lines that cause them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from unrolled.model import filename
from unrolled.model.cell import Cell, Chain, Claim, ClaimKind, texts
from unrolled.model.output import LIMIT, NOT_REACHED, Ending, Fate, Output, Raised, Run, ShownKind
from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.model.runs import PageRuns
from unrolled.prove import remarked, unbound
from unrolled.read import formulas
from unrolled.run.channel import MOST

MISSING = re.compile(r"No module named '(\w+)'")
"""What is said of a package; within one that is there, a dot stands before the name."""
NO_FILE = re.compile(r"No such file or directory: '[^']*[./][^']*'|\S*[./]\S* not found")
"""What is said of a file, as Python and as NumPy say it; commands have no dot and no slash."""
MANY = re.compile(r"neither true nor false: it is .* of shape \((?P<sizes>\d[^()]*)\)$")
"""What is said of a check that gives several truth values, or one in brackets."""
RICH = (ShownKind.LATEX, ShownKind.MARKDOWN, ShownKind.HTML)
"""What may hold formulas."""
PARTS = {
    "exception": "exception is",
    "value": "value is",
    "figures": "figures are",
    "shown": "values are",
    "claims": "claims come to a text that is",
    "warnings": "warnings are",
}
"""What parts of an output are called that were cut."""


def problems(ran: PageRuns) -> Iterator[Problem]:
    """Yield what the runs of a page refute."""
    for chain in ran.page.chains:
        yield from _chain(ran.page, chain, ran.of(chain))


def _chain(page: Page, chain: Chain, run: Run) -> Iterator[Problem]:
    path = page.path
    for cell, output in zip(chain.cells, run.outputs, strict=False):
        if cell.on_page:
            yield from _outcome(page, chain, cell, output)
            yield from _display(path, cell, output)
            raised = output.exception and not cell.options.raises
            for claim, verdict in zip(cell.claims, output.claims, strict=False):
                if verdict.ok or (raised and verdict.fact == NOT_REACHED):
                    continue
                if remarked.is_remark(claim) and not verdict.fact:
                    yield remarked.refuted(path, cell, claim, output, verdict.text)
                else:
                    yield _refuted(path, claim, verdict.text, verdict.fact)
    if run.fate and chain.cells[run.fate.cell].on_page:
        yield _ended(path, chain.cells[run.fate.cell], run.fate)


def _ended(path: str, cell: Cell, fate: Fate) -> Problem:
    line = cell.line + (fate.line or 0)
    match fate.ending:
        case Ending.TIMEOUT:
            fact = f"the cell takes longer than {cell.options.timeout:g} s; this line was running"
            remedy = "Make it shorter, or allow it more with timeout=S"
        case Ending.SIGNAL:
            fact = f"the cell crashes with {fate}"
            remedy = "Fix the code; nothing that it did later was run"
        case Ending.LOST:
            fact = "the process that runs all cells ended while this chain ran"
            remedy = "See whether it kills other processes; if not, run again"
        case Ending.FAULT:
            fact = f"the cell breaks what runs it ({_first(fate.detail)})"
            remedy = "Leave its descriptors and modules alone"
        case Ending.CLOSED:
            fact = "the cell closes the channel through which its outputs are told"
            remedy = "Close only what it has opened"
        case Ending.FORGED:
            fact = f"what the chain of this cell told of its outputs is not ours: {fate.detail}"
            remedy = "Leave the open files of the process that runs it alone"
        case Ending.TOLD:
            fact = f"the chain of this cell gives more than {MOST >> 20} MiB of outputs"
            remedy = "Show less: nobody reads that much"
        case Ending.LIMIT:
            fact = f"the cell takes {fate.detail}"
            remedy = "Let it take less"
        case Ending.EXIT:
            fact = f"the cell ends its process ({fate})"
            remedy = "Delete the call that ends it, such as os._exit"
    return Problem(path, line, fact, remedy, code=Code.RUN)


def _outcome(page: Page, chain: Chain, cell: Cell, output: Output) -> Iterator[Problem]:
    """Yield whether a cell raised what it did not promise, or did not raise what it did."""
    path, item = page.path, page.item_at(cell.line)
    promised, raised = cell.options.raises, output.exception
    if raised and not promised and item and item.is_to_raise(cell):
        return
    if raised and raised.remedy and promised not in raised.types:
        yield Problem(
            path, _line(chain, cell, raised), raised.message, raised.remedy, code=Code.RUN
        )
    elif raised and not promised:
        promise = f"Fix it, or promise the error with raises={raised.type}"
        if raised.type == "SystemExit" and output.stderr.startswith("usage: "):
            remedy = "Nothing was typed behind the script's name: hand it over, parse_args([…])"
        else:
            remedy = "Delete the call" if raised.type == "SystemExit" else promise
            remedy = (
                unbound.remedy(page, chain, raised) or _install(raised) or _put(raised) or remedy
            )
        fact = f"the cell raises {_first(raised.text)}"
        yield Problem(
            path, _line(chain, cell, raised), fact, remedy, _rest(raised.text), code=Code.RUN
        )
    elif promised and not raised:
        fact = f"the cell promises raises={promised}, and nothing is raised"
        yield Problem(path, cell.line, fact, "Drop the promise, or fix the code", code=Code.RUN)
    elif promised and raised and promised not in raised.types:
        fact = f"the cell promises raises={promised} and raises {_first(raised.text)}"
        remedy = f"Promise raises={raised.type}, or fix the code"
        yield Problem(
            path, _line(chain, cell, raised), fact, remedy, _rest(raised.text), code=Code.RUN
        )


def _install(raised: Raised) -> str:
    """Return how a page gets a package that is not installed; empty where none is missing."""
    found = MISSING.fullmatch(raised.message) if raised.type == "ModuleNotFoundError" else None
    if not found:
        return ""
    return (
        f"Pages have only what is installed beside the project: add '{found[1]}' to pyproject.toml"
        " and run `make lock`, or do without it"
    )


def _put(raised: Raised) -> str:
    """Return where a file that a cell does not find has to lie; empty where none is missing."""
    if raised.type != "FileNotFoundError" or not NO_FILE.search(raised.message):
        return ""
    return (
        "Put the file beneath the folder of the pages, and name it relative to the page: cells read"
        " nothing else, and of that no Markdown. Or promise the error with"
        " raises=FileNotFoundError"
    )


FIGURES = {"figures", "shown"}
"""The parts of an output in which a figure may be left out."""


def _display(path: str, cell: Cell, output: Output) -> Iterator[Problem]:
    """Yield what is wrong with what a cell prints and draws, and with what it leaves running."""
    if output.cut:
        fact = f"the cell prints more than {LIMIT // 1024} KiB"
        yield Problem(path, cell.line, fact, "Print less: nobody reads that much", code=Code.RUN)
    for part in output.long:
        fact = f"the cell's {PARTS.get(part, f'{part} is')} longer than what a page can show"
        yield Problem(path, cell.line, fact, "Show less: nobody reads that much", code=Code.RUN)
    for what in output.unshown:
        remedy = "Draw it with matplotlib, print it, or show an image whose data the cell has"
        yield Problem(path, cell.line, f"the cell shows {what}", remedy, code=Code.RUN)
    yield from _formulas(path, cell, output)
    alt, pictures = texts(cell.options.alt), output.pictures
    if cell.options.hidden and pictures:
        yield Problem(
            path,
            cell.line,
            "a hidden cell draws a figure",
            "Close the figure, or show the cell",
            code=Code.FIGURE,
        )
    elif len(pictures) > 1 or (len(alt) > 1 and pictures):
        if len(alt) != len(pictures):
            shows = f"{len(pictures)} figure{'s' if len(pictures) > 1 else ''}"
            holds = f"{len(alt)} text{'' if len(alt) == 1 else 's'}" if alt else "no text"
            fact = f"the cell shows {shows}, and alt holds {holds}"
            remedy = 'Give each figure its text: alt="first | second"'
            yield Problem(path, cell.line, fact, remedy, code=Code.FIGURE)
    elif pictures and not alt:
        yield Problem(
            path,
            cell.line,
            "the cell's figure has no alternative text",
            'Say what it shows: alt="…"',
            code=Code.FIGURE,
        )
    elif alt and not (pictures or output.unshown or output.exception or FIGURES & {*output.long}):
        fact = "the cell has alternative text and draws no figure"
        yield Problem(path, cell.line, fact, "Drop alt, or draw the figure", code=Code.FIGURE)


def _formulas(path: str, cell: Cell, output: Output) -> Iterator[Problem]:
    """Yield why formulas that the cell's values hold cannot be read, each formula once."""
    if cell.options.hidden:
        return
    told: set[str] = set()
    for shown in output.shown:
        for fault in formulas.faults(shown.content, shown.kind) if shown.kind in RICH else ():
            if fault.fact not in told:
                told.add(fault.fact)
                fact = f"the cell shows a formula that cannot be read: {fault.fact}"
                yield Problem(path, cell.line, fact, fault.remedy, code=Code.EQUATION)


def _refuted(path: str, claim: Claim, actual: str, fact: str) -> Problem:
    if claim.kind is ClaimKind.DATA:
        said = (
            f"'{claim.source.split()[0]}' cannot be read: {_first(fact).removeprefix('it raises ')}"
        )
        return Problem(path, claim.line, said, claim.remedy, _rest(fact), code=Code.CLAIM)
    if fact:
        said = f"the claim '{claim.source}' does not hold: {_first(fact)}"
        return Problem(
            path,
            claim.line,
            said,
            _one_truth(claim, fact) or "Fix the claim, or the cell before it",
            _rest(fact),
            code=Code.CLAIM,
        )
    if claim.kind is ClaimKind.SHAPE:
        detail = f"expected {claim.expected}\nactual   {actual}"
        remedy = "State the actual shape, or fix the code"
        return Problem(
            path, claim.line, f"'{claim.code}' has another shape", remedy, detail, code=Code.CLAIM
        )
    return Problem(
        path,
        claim.line,
        f"'{claim.code}' is {actual}",
        "Fix the claim, or the cell before it",
        code=Code.CLAIM,
    )


def _one_truth(claim: Claim, fact: str) -> str:
    """Return how a check of several values asks one question; empty where it is of another kind."""
    found = MANY.search(fact) if claim.kind is ClaimKind.CHECK else None
    if not found:
        return ""
    asked = claim.code
    if isinstance(ast.parse(asked, mode="eval").body, (ast.Compare, ast.BoolOp, ast.BinOp)):
        asked = f"({asked})"
    if {size.strip() for size in found["sizes"].split(",")} <= {"1", ""}:
        return f"A check needs one truth value: `{asked}.item()`"
    return f"A check needs one truth value: `{asked}.all()` or `{asked}.any()`"


def _line(chain: Chain, cell: Cell, raised: Raised) -> int:
    """Return the line of the page at which a cell raised.

    In the cell itself, even if the fault lies in a function of an earlier one.
    """
    own = filename.of(chain.cells.index(cell))
    return next(
        (cell.line + line for name, line, _ in reversed(raised.trace) if name == own), cell.line
    )


def _first(text: str) -> str:
    return text.split("\n", 1)[0]


def _rest(text: str) -> str:
    return text.partition("\n")[2]
