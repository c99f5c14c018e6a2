"""Experiments, as blocks, with nothing wrong about them."""

import textwrap

from support.page import cell

TARGET = 'solution val: ">= 85"'
MEASURED = (
    'metrics = {"baseline": [{"val": v} for v in (70, 72, 74)], "solution": [{"val": v} for v in'
    " (90, 88.4, 86)]}"
)


def experiment(
    code: str = MEASURED,
    target: str = TARGET,
    options: str = "",
    rest: str = "",
    name: str = "reach",
) -> str:
    """Return an experiment with one cell; `target` may be several lines."""
    stated = textwrap.indent(target, " " * 8)
    return (
        f"/// experiment | Reach **85**\n    id: {name}\n   "
        f" targets:\n{stated}\n\nStory.\n\n{cell(code, options)}\n{rest}///\n"
    )
