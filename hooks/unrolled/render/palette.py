"""The colours of figures: what matplotlib writes, and the property of the stylesheet that shows.

A layer has one colour everywhere. A cell says `C0` for `nn.RNN`, `C1` for `nn.LSTM` and `C2` for
`nn.GRU`; the stylesheet says what that looks like on a light page, a dark one and in print.
"""

from __future__ import annotations

CYCLE = {
    "#2f80ed": "rnn",
    "#d9480f": "lstm",
    "#2b9348": "gru",
    "#a855f7": "series-3",
    "#b7791f": "series-4",
    "#d6336c": "series-5",
    "#0c8599": "series-6",
}
"""The colours in the order of matplotlib's `C0`, `C1`, …, as `run/matplotlibrc` lists them."""


def shown(colour: str) -> str:
    """Return a colour as a page shows it: one of the cycle by its property, black as the text."""
    if colour in ("#000000", "black"):
        return "currentColor"
    name = CYCLE.get(colour)
    return f"var(--unrolled-{name}, {colour})" if name else colour
