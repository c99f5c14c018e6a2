"""The HTML of what a cell gave: every text escaped, every figure filtered."""

import html

from unrolled.model.cell import Cell, Chain
from unrolled.model.output import Output
from unrolled.render import figure


def output_html(
    chain: Chain, cell: Cell, output: Output, prefix: str, label: str = "Output"
) -> str:
    """Return the panes beneath a cell, or an empty string when it shows nothing.

    Args:
        chain: The chain that the cell is part of.
        cell: The cell.
        output: What it gave.
        prefix: Unique on the page; begins the ids of its figures.
        label: The first pane's caption.
    """
    panes: list[str] = []
    text = "\n".join(part for part in (output.stdout.rstrip("\n"), output.value) if part)
    if text:
        panes.append(_pane("text", label, text))
    for number, drawn in enumerate(output.figures):
        panes.append(
            "<div"
            f' class="cell-figure">'
            f"{figure.inline(drawn.svg, f'{prefix}-{number}-', cell.options.alt)}</div>"
        )
    warned = "\n".join(
        [*output.warnings, *([output.stderr.rstrip("\n")] if output.stderr.strip() else [])]
    )
    if warned:
        panes.append(_pane("warning", "Warning", warned))
    if output.exception:
        panes.append(
            _pane("error", f"Raises {output.exception.type}", _traceback(chain, cell, output))
        )
    return "".join(panes)


def _traceback(chain: Chain, cell: Cell, output: Output) -> str:
    assert output.exception
    own = chain.cells.index(cell) + 1
    lines: list[str] = []
    for name, line, text in output.exception.trace:
        number = int(name.strip("<>").removeprefix("cell "))
        where = f"line {line}" if number == own else f"line {line} of an earlier cell"
        lines.append(f"  {where}: {text}")
    return "\n".join(["Traceback (most recent call last):", *lines, output.exception.text])


def _pane(kind: str, label: str, text: str) -> str:
    return (
        f'<div class="cell-output cell-output--{kind}"><p'
        f' class="cell-output__label">{html.escape(label)}</p><pre class="no-copy"><code'
        f' class="no-copy">{html.escape(text)}</code></pre></div>'
    )
