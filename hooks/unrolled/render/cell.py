"""The HTML of what a cell gave: every text escaped, every figure filtered."""

import html
import itertools
import re
from collections.abc import Callable, Iterator

from unrolled.model.cell import Cell, Chain, texts
from unrolled.model.output import Output, Shown, ShownKind
from unrolled.render import figure, rich

BASE64 = re.compile(r"[A-Za-z0-9+/=]+")
VISIBLE = re.compile(r"<(?:img|hr)\b|>[^<]*[^<\s]|^[^<]*[^<\s]")
"""HTML that shows something."""
PANE = re.compile(r'<div class="cell-output cell-output--(?:text|error)"')
RICH: dict[ShownKind, Callable[[str], str]] = {
    ShownKind.HTML: rich.clean,
    ShownKind.MARKDOWN: rich.markdown,
    ShownKind.LATEX: rich.latex,
}
"""How what is more than text becomes fit for a page."""


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
    panes = [*_panes(cell, output, prefix, label)]
    if output.stderr.strip():
        panes.append(_pane("stderr", "Standard error", output.stderr.rstrip("\n")))
    if output.warnings:
        panes.append(_pane("warning", "Warning", "\n".join(output.warnings)))
    if output.exception:
        panes.append(
            _pane("error", f"Raises {output.exception.type}", _traceback(chain, cell, output))
        )
    return "".join(panes)


def numbered(panes: str, number: int) -> str:
    """Return panes that say which cell's they are, so that the widget can find them."""
    return PANE.sub(rf'\g<0> data-cell="{number}"', panes)


def _panes(cell: Cell, output: Output, prefix: str, label: str) -> Iterator[str]:
    """Yield what the cell shows, in its order; texts that follow each other are one pane."""
    alts = texts(cell.options.alt)
    numbers = itertools.count()
    for is_text, group in itertools.groupby(output.shown, lambda s: s.kind is ShownKind.TEXT):
        if is_text:
            text = "\n".join(shown.content.rstrip("\n") for shown in group)
            if text:
                yield _pane("text", label, text)
            continue
        for shown in group:
            if not shown.kind.is_picture:
                yield _rich(shown, label)
                continue
            number = next(numbers)
            alt = alts[number] if number < len(alts) else ""
            picture = _picture(shown, output, f"{prefix}-{number}-", alt)
            yield f'<div class="cell-figure">{picture}</div>'


def _rich(shown: Shown, label: str) -> str:
    content = RICH[shown.kind](shown.content)
    if not VISIBLE.search(content):
        return ""  # Styles alone, for instance.
    return (
        f'<div class="cell-output cell-output--rich"><p class="cell-output__label">'
        f'{html.escape(label)}</p><div class="cell-output__rich" tabindex="0">{content}</div></div>'
    )


def _picture(shown: Shown, output: Output, prefix: str, alt: str) -> str:
    if shown.kind is ShownKind.FIGURE:
        return figure.inline(output.figures[int(shown.content)].svg, prefix, alt)
    if shown.kind is ShownKind.SVG:
        return figure.inline(shown.content, prefix, alt)
    data = "".join(BASE64.findall(shown.content))
    return f'<img src="data:image/{shown.kind};base64,{data}" alt="{html.escape(alt)}">'


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
