"""The equations of one step, as MathML."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

GATE = r"{0}_t = \sigma(W_{{i{0}}} x_t + b_{{i{0}}} + W_{{h{0}}} h_{{t-1}} + b_{{h{0}}})"
NEW = GATE.replace(r"\sigma", r"\tanh")
STEP = r"h_t = {}(W_{{ih}} x_t + b_{{ih}} + W_{{hh}} h_{{t-1}} + b_{{hh}})"
UNIT = r"h_t = {}(w x_t + u h_{{t-1}} + b)"
FORMULAS = {
    "LSTM": (
        *(GATE.format(gate) for gate in "fi"),
        NEW.format("g"),
        r"c_t = f_t \odot c_{t-1} + i_t \odot g_t",
        GATE.format("o"),
        r"h_t = o_t \odot \tanh(c_t)",
    ),
    "GRU": (
        *(GATE.format(gate) for gate in "rz"),
        r"n_t = \tanh(W_{in} x_t + b_{in} + r_t \odot (W_{hn} h_{t-1} + b_{hn}))",
        r"h_t = (1 - z_t) \odot n_t + z_t \odot h_{t-1}",
    ),
}
"""Of the layers with gates."""
XMLNS = "http://www.w3.org/1998/Math/MathML"


def formulas(layer: str, nonlinearity: str, *, single: bool) -> list[Element]:
    """Return the equations of a layer.

    Args:
        layer: Its kind.
        nonlinearity: Of an RNN.
        single: Whether it has one unit and reads one number, so that its weights are three.
    """
    squash = r"\tanh" if nonlinearity == "tanh" else r"\mathrm{ReLU}"
    written = FORMULAS.get(layer, ((UNIT if single else STEP).format(squash),))
    return [_mathml(each) for each in written]


def _mathml(formula: str) -> Element:
    # Here, since a check of one page should not wait for it.
    from latex2mathml.converter import convert

    root = ElementTree.fromstring(convert(formula, display="block"))  # noqa: S314 - it is our own
    for element in root.iter():
        element.tag = str(element.tag).removeprefix(f"{{{XMLNS}}}")
        element.text = AtomicString(element.text) if element.text else None
    return root
