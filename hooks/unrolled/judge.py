"""Proof: what the runs of a page say about what the page promises, as problems at the lines that cause them."""

from collections.abc import Iterator

from unrolled.engine import Engine
from unrolled.experiment import METRICS, METRICS_AGAIN
from unrolled.output import LIMIT, Fate, Output, Raised, Run
from unrolled.page import Cell, Chain, Claim, Page
from unrolled.problem import Problem


def problems(page: Page, engine: Engine) -> list[Problem]:
    """Return what the runs of a page refute."""
    return [problem for chain in page.chains for problem in _chain(page.path, chain, engine.result(chain, page))]


def _chain(path: str, chain: Chain, run: Run) -> Iterator[Problem]:
    for cell, output in zip(chain.cells, run.outputs, strict=False):
        if cell.index >= 0:
            yield from _cell(path, chain, cell, output)
    if run.fate and chain.cells[run.fate.cell].index >= 0:
        yield _ended(path, chain.cells[run.fate.cell], run.fate)


def _ended(path: str, cell: Cell, fate: Fate) -> Problem:
    line = cell.line + fate.line
    if fate.how == "timeout":
        fact = f"the cell takes longer than {cell.options.timeout:g} s; this line was running"
        return Problem(path, line, fact, "Make it shorter, or allow it more with timeout=S")
    if fate.how.startswith("signal"):
        return Problem(path, line, f"the cell crashes with {fate.how}", "Mend the code; nothing that it did later was run")
    if fate.how == "lost":
        return Problem(
            path,
            line,
            "the process that runs all cells ended while this chain ran",
            "See whether it kills other processes; if not, run again",
        )
    return Problem(path, line, f"the cell ends its process ({fate.how})", "Delete the call that ends it, such as os._exit")


def _cell(path: str, chain: Chain, cell: Cell, output: Output) -> Iterator[Problem]:
    promised, raised = cell.options.raises, output.exception
    if raised and not promised:
        remedy = "Delete the call" if raised.type == "SystemExit" else f"Mend it, or promise the error with raises={raised.type}"
        yield Problem(path, _line(chain, cell, raised), f"the cell raises {_first(raised.text)}", remedy, _rest(raised.text))
    elif promised and not raised:
        yield Problem(path, cell.line, f"the cell promises raises={promised}, and nothing is raised", "Drop the promise, or mend the code")
    elif promised and raised and promised not in raised.types:
        fact = f"the cell promises raises={promised} and raises {_first(raised.text)}"
        yield Problem(path, _line(chain, cell, raised), fact, f"Promise raises={raised.type}, or mend the code", _rest(raised.text))
    if output.cut:
        yield Problem(path, cell.line, f"the cell prints more than {LIMIT // 1024} KiB", "Print less: nobody reads that much")
    for name in output.stray:
        yield Problem(
            path, cell.line, f"the cell leaves the daemon thread '{name}' running", "Join it, so that what it prints and raises is not lost"
        )
    if cell.options.hidden and output.figures:
        yield Problem(path, cell.line, "a hidden cell draws a figure", "Close the figure, or show the cell")
    elif len(output.figures) > 1:
        yield Problem(
            path, cell.line, f"the cell draws {len(output.figures)} figures, and alt describes one", "Split the cell, or use subplots"
        )
    elif output.figures and not cell.options.alt:
        yield Problem(path, cell.line, "the cell's figure has no alternative text", 'Say what it shows: alt="…"')
    elif cell.options.alt and not output.figures:
        yield Problem(path, cell.line, "the cell has alternative text and draws no figure", "Drop alt, or draw the figure")
    for claim, verdict in zip(cell.claims, output.claims, strict=False):
        if not verdict.ok:
            yield _claim(path, claim, verdict.text, verdict.fact)


def _claim(path: str, claim: Claim, actual: str, fact: str) -> Problem:
    if claim.kind in (METRICS, METRICS_AGAIN):
        remedy = 'Bind for each training, for each seed, numbers by name: metrics = {"baseline": [{"val": 71.5}, …], "solution": […]}'
        return Problem(path, claim.line, f"'metrics' cannot be read: {_first(fact).removeprefix('it raises ')}", remedy, _rest(fact))
    if fact:
        return Problem(
            path,
            claim.line,
            f"the claim '{claim.source}' does not hold: {_first(fact)}",
            "Mend the claim, or the cell before it",
            _rest(fact),
        )
    if claim.kind == "shape":
        detail = f"expected {claim.expected}\nactual   {actual}"
        return Problem(path, claim.line, f"'{claim.code}' has another shape", "State the actual shape, or mend the code", detail)
    return Problem(path, claim.line, f"'{claim.code}' is {actual}", "Mend the claim, or the cell before it")


def _line(chain: Chain, cell: Cell, raised: Raised) -> int:
    """Return the line of the page at which a cell raised: in the cell itself, even if the fault lies in a function of an earlier one."""
    own = f"<cell {chain.cells.index(cell) + 1}>"
    return next((cell.line + line for name, line, _ in reversed(raised.trace) if name == own), cell.line)


def _first(text: str) -> str:
    return text.split("\n", 1)[0]


def _rest(text: str) -> str:
    return text.split("\n", 1)[1] if "\n" in text else ""
