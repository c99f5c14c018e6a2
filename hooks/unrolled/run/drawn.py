"""Figures that a cell draws: as SVG, with a summary of what they show."""

from __future__ import annotations

import io
from typing import Any


def is_figure(value: Any) -> bool:
    """Return whether a value is a figure of matplotlib's."""
    return any(
        (kind.__module__, kind.__name__) == ("matplotlib.figure", "Figure")
        for kind in type(value).__mro__
    )


def drawing(figure: Any) -> dict[str, str]:
    """Return a figure as SVG, with a summary of what it draws."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return {"svg": buffer.getvalue(), "summary": summary(figure)}


def summary(figure: Any) -> str:
    """Return what a figure draws as readable lines.

    Titles, labels, and the range and ends of each line, bar group and image.
    """
    lines: list[str] = []
    for number, axes in enumerate(figure.axes, 1):
        words = [axes.get_title(), axes.get_xlabel(), axes.get_ylabel()]
        lines.append(f"axes {number}: " + " | ".join(w for w in words if w))
        lines += [f"  line {_label(line)}{_range(line.get_ydata())}" for line in axes.get_lines()]
        heights = [p.get_height() for p in axes.patches if hasattr(p, "get_height")]
        if heights:
            lines.append(f"  bars: {_range(heights)}")
        lines += [f"  image: {_range(image.get_array())}" for image in axes.get_images()]
        lines += [
            f"  points {_label(c)}{_range(c.get_offsets()[:, 1])}"
            for c in axes.collections
            if len(c.get_offsets())
        ]
        lines += [f"  text: {text.get_text()}" for text in axes.texts]
    return "\n".join(lines)


def _label(artist: Any) -> str:
    label = str(artist.get_label())
    return "" if label.startswith("_") else f"'{label}': "


def _range(data: Any) -> str:
    import numpy

    values = numpy.ma.filled(numpy.ma.asarray(data, dtype=float), numpy.nan).ravel()
    if not values.size:
        return "nothing"
    low, high, mean = numpy.nanmin(values), numpy.nanmax(values), numpy.nanmean(values)
    ends = "" if values.size > 1e5 else f", from {values[0]:.3g} to {values[-1]:.3g}"
    return f"{values.size} values{ends}, least {low:.3g}, mean {mean:.3g}, greatest {high:.3g}"
