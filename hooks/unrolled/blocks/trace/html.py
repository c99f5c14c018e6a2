"""The HTML of a trace: a figure and a table of all steps, and the numbers for the widget."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement

from unrolled.blocks import markup
from unrolled.blocks.planned import Planned
from unrolled.blocks.trace import proof
from unrolled.blocks.trace.figure import figure
from unrolled.blocks.trace.formulas import formulas
from unrolled.blocks.trace.item import Layer, Trace, Traced, Vector
from unrolled.blocks.trace.quantity import QUANTITIES, Quantity, written

SHOWN = 4
"""Features of an input that are shown as numbers; of more, the label says what it is."""


class TraceBlock(Planned):
    """`/// trace | title`."""

    NAME = "trace"

    def on_markdown(self) -> str:
        """Parse the content as blocks."""
        return "block"

    def on_create(self, parent: Element) -> Element:
        """Make the element, with what the widget needs of the run."""
        self._item = self.item(Trace)
        assert self._item, "the plan reads every trace, however faulty"
        self._data = proof.traced(self._item, self.context.ran)
        holder = SubElement(parent, "quiz-trace", {"class": "trace", "id": self._item.id})
        if self._data:
            holder.set("data-trace", json.dumps(_for_widget(self._data, self._item.names)))
        self.titled(holder, self.argument, self._item.id)
        return holder

    def on_end(self, block: Element) -> None:
        """Add the figures, the tables and the equations."""
        if not (self._data and self._item):
            return
        data, names = self._data, self._item.names
        figures = SubElement(block, "div", {"class": "trace__figures"})
        for layer, name in zip(data["layers"], names, strict=True):
            _figure(figures, data, layer, name)
        more = SubElement(block, "details", {"class": "trace__all", "open": "open"})
        more.set("data-search-exclude", "")
        SubElement(more, "summary").text = "All steps as a table"
        for layer, name in zip(data["layers"], names, strict=True):
            _table(more, data, layer, name)
        single = data["layers"][0]["hidden_size"] == len(data["input"][0]) == 1
        equations = SubElement(block, "details", {"class": "trace__formulas"})
        SubElement(equations, "summary").text = "The equations of one step"
        # A wide equation scrolls, so that keys must reach it.
        facts = {
            "class": "trace__math",
            "tabindex": "0",
            "role": "group",
            "aria-label": "Equations",
        }
        around = SubElement(equations, "div", facts)
        around.extend(formulas(data["layer"], data["nonlinearity"], single=single))


def _for_widget(data: Traced, names: Sequence[str]) -> dict[str, object]:
    """Return what the widget gets: what was traced, and what to call it."""
    rows = [[q.name, q.words, q.signed] for q in QUANTITIES[data["layer"]]]
    return {**data, "names": list(names), "rows": rows}


def _figure(parent: Element, data: Traced, layer: Layer, name: str) -> None:
    quantities = QUANTITIES[data["layer"]]
    kinds = ", ".join(f"{each.words} {each.name}" for each in quantities)
    units = "one unit" if layer["hidden_size"] == 1 else f"{layer['hidden_size']} units"
    steps = f"{len(data['labels'])} steps"
    caption = f"{name.capitalize()}: {kinds}" if name else kinds.capitalize()
    around = SubElement(parent, "figure", {"class": "trace__figure", "data-search-exclude": ""})
    SubElement(around, "figcaption").text = caption
    words = f"{caption}. Bars of {units} over {steps}; the table holds their numbers."
    around.append(figure(quantities, data["labels"], layer, words))


def _table(parent: Element, data: Traced, layer: Layer, name: str) -> None:
    quantities = QUANTITIES[data["layer"]]
    shows_input = len(data["input"][0]) <= SHOWN
    heads = ["Step", "Reads"] if not shows_input or _labelled(data) else ["Step"]
    heads += ["Input x"] if shows_input else []
    heads += [f"{each.words.capitalize()} {each.name}" for each in quantities]
    heads += ["Says"] if data["classes"] else []
    caption = f"All steps, {name}" if name else "All steps"
    body = markup.table(parent, heads, name="trace", caption=caption)
    for number, cells in enumerate(_rows(data, layer, quantities, heads), 1):
        made = markup.row(body, (str(number), *cells), heads=True)
        # On a phone, where each row is a list, the column's heading stands before the cell.
        for cell, head in zip(made, heads, strict=True):
            cell.set("data-column", head)


def _labelled(data: Traced) -> bool:
    """Return whether the labels say more than the input's numbers."""
    return any(label != f"{x[0]:g}" for label, x in zip(data["labels"], data["input"], strict=True))


def _rows(
    data: Traced, layer: Layer, quantities: Sequence[Quantity], heads: Sequence[str]
) -> Iterator[list[str]]:
    for label, x, step in zip(data["labels"], data["input"], layer["steps"], strict=True):
        cells = [label] if "Reads" in heads else []
        cells += [_list(x)] if "Input x" in heads else []
        cells += [_list(quantity.of(step)) for quantity in quantities]
        if "shares" in step:
            shares = dict(zip(data["classes"], step["shares"], strict=True))
            most = max(shares, key=lambda name: shares[name])
            cells.append(f"{most} {written(shares[most])}")
        yield cells


def _list(numbers: Vector) -> str:
    return " ".join(map(written, numbers))
