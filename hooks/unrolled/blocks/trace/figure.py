"""The figure of a trace: a row a quantity, a column a step, and in each a bar for every unit.

A bar goes up from its line for what is positive, and down for what is negative. The widget moves
the bars when a reader changes a number, so their order is the order of the numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from unrolled.blocks.trace.item import Layer
from unrolled.blocks.trace.quantity import Quantity

WIDTH = 320
"""That of a trace on a phone, so that letters keep their size there."""
LEFT = 46
"""Where the columns begin, behind the names of the rows."""
ROW = 30
"""Height of a row; the widget knows it too, by the rows' own frames."""
GAP = 8
LETTER = 7.2
"""Height that a letter takes of a label that stands upright."""


def figure(
    quantities: Sequence[Quantity], labels: Sequence[str], layer: Layer, name: str
) -> Element:
    """Return the figure of a layer.

    Args:
        quantities: Its rows.
        labels: Of the steps.
        layer: What it gave.
        name: What the figure is called, for those who cannot see it.
    """
    top = _top(labels)
    height = top + len(quantities) * (ROW + GAP)
    facts = {"viewBox": f"0 0 {WIDTH} {height:g}", "role": "img", "aria-label": name}
    svg = Element("svg", {"class": "trace__svg", **facts})
    wide = (WIDTH - LEFT) / len(labels)
    for step, label in enumerate(labels):
        x = LEFT + step * wide
        column = {"x": f"{x:.1f}", "y": "0", "width": f"{wide:.1f}", "height": f"{height:g}"}
        SubElement(svg, "rect", {"class": "trace__column", **column})
        _label(svg, label, x + wide / 2, top)
    for number, quantity in enumerate(quantities):
        place = {"transform": f"translate(0 {top + number * (ROW + GAP):g})"}
        row = SubElement(svg, "g", {"class": "trace__row", **place})
        _text(row, quantity.name, {"x": "2", "y": f"{ROW / 2 + 4:g}", "class": "trace__quantity"})
        _range(row, quantity, quantity.scale(layer))
        _bars(row, quantity, layer, wide)
    return svg


def _top(labels: Sequence[str]) -> float:
    """Return the height of the labels: those of more than two letters stand upright."""
    longest = max(map(len, labels))
    return 20 if longest <= 2 else 8 + LETTER * longest


def _label(svg: Element, label: str, x: float, top: float) -> None:
    if top > 20:
        turned = {"transform": f"translate({x + 4:.1f} {top - 5:g}) rotate(-90)"}
        _text(svg, label, {"class": "trace__label", **turned})
    else:
        facts = {"x": f"{x:.1f}", "y": "14", "text-anchor": "middle"}
        _text(svg, label, {"class": "trace__label", **facts})


def _range(row: Element, quantity: Quantity, scale: float) -> None:
    """Write what the top and the bottom of a row stand for, and draw its line of zero."""
    ends = {"x": f"{LEFT - 4}", "text-anchor": "end", "class": "trace__end"}
    _text(row, f"{scale:.2g}", {**ends, "y": "10"})
    _text(row, f"−{scale:.2g}" if quantity.signed else "0", {**ends, "y": f"{ROW}"})
    zero = f"{ROW / 2 if quantity.signed else ROW:g}"
    line = {"x1": f"{LEFT}", "x2": f"{WIDTH}", "y1": zero, "y2": zero}
    SubElement(row, "line", {"class": "trace__zero", **line})


def _bars(row: Element, quantity: Quantity, layer: Layer, wide: float) -> None:
    scale, base = quantity.scale(layer), ROW / 2 if quantity.signed else ROW
    thin = (wide - 4) / layer["hidden_size"]
    for step, given in enumerate(layer["steps"]):
        for unit, value in enumerate(quantity.of(given)):
            tall = abs(value) / scale * base
            facts = {
                "class": "trace__bar is-down" if value < 0 else "trace__bar",
                "x": f"{LEFT + step * wide + 2 + unit * thin:.1f}",
                "y": f"{base if value < 0 else base - tall:.1f}",
                "width": f"{max(thin - 0.6, 0.8):.1f}",
                "height": f"{tall:.1f}",
            }
            SubElement(row, "rect", facts)


def _text(parent: Element, words: str, facts: dict[str, str]) -> None:
    SubElement(parent, "text", facts).text = AtomicString(words)
