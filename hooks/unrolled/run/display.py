"""What a cell shows.

Its last value as IPython formats it, its figures as SVG with a summary, its exception without
the machine's paths.
"""

from __future__ import annotations

import io
import os
import pwd
import re
import site
import sys
import traceback
from pathlib import Path
from typing import Any

from IPython.core.formatters import PlainTextFormatter

ADDRESS = re.compile(r"(?<=\bat )0x[0-9a-f]+\b")
INTERNAL = re.compile(r"\s*\(Triggered internally at [^)\n]*\)\.?")
"""Where in torch's own C++ sources a warning was raised: of no use to a reader, and different in
each build of torch."""
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_format = PlainTextFormatter()
_paths: list[tuple[str, str]] = []


def value_text(value: Any) -> str | None:
    """Return the text that Jupyter would show for a cell's last value, or None."""
    if value is None or _is_figure(value):
        return None
    return str(_format(value))


def clean(text: str) -> str:
    """Return the text as a terminal would leave it, without machine paths and addresses.

    Control characters are shown by their codes: Python-Markdown takes some of them for places where
    it put things aside.
    """
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    text = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", text).replace("\r\n", "\n")
    text = re.sub(r"[^\n]*\r", "", text)
    text = INTERNAL.sub("", text)
    text = CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text)
    for prefix, instead in _paths:
        text = text.replace(prefix, instead)
    return ADDRESS.sub("0x…", text)


def hide_paths(work: Path, root: Path) -> None:
    """Decide, before a cell can change anything, which paths `clean` replaces.

    Those of this chain, this project and this Python.
    """
    packages = {
        Path(p) for p in [*site.getsitepackages(), *sys.path] if p.endswith("site-packages")
    }
    machine = {
        Path(sys.prefix),
        Path(sys.base_prefix),
        root,
        Path(pwd.getpwuid(os.getuid()).pw_dir),
    }
    pairs = {(work, "."), *((p, "site-packages") for p in packages), *((p, "…") for p in machine)}
    pairs |= {(path.resolve(), instead) for path, instead in pairs}
    usable = [(str(path), instead) for path, instead in pairs if len(path.parts) > 1]
    _paths[:] = sorted(usable, key=lambda pair: -len(pair[0]))


def exception(error: BaseException, sources: dict[str, list[str]]) -> dict[str, Any]:
    """Describe an exception for the page.

    Args:
        error: What the cell raised.
        sources: The lines of the chain's cells, by the file name each was compiled under.

    Returns:
        `type`, `types` (its bases too), `message`, `trace` (the frames in cells: file name, line,
        source line) and `text`, as shown.
    """
    frames: list[tuple[str, int, str]] = []
    for frame, line in traceback.walk_tb(error.__traceback__):
        name = frame.f_code.co_filename
        if name in sources:
            frames.append(
                (
                    name,
                    line,
                    sources[name][line - 1].strip() if 0 < line <= len(sources[name]) else "",
                )
            )
    if isinstance(error, SyntaxError) and error.filename in sources and error.lineno:
        frames.append((error.filename, error.lineno, (error.text or "").strip()))
    message = clean(_message(error))
    kind = type(error).__name__
    return {
        "type": kind,
        "types": [base.__name__ for base in type(error).__mro__],
        "message": message,
        "trace": frames,
        "text": f"{kind}: {message}" if message else kind,
    }


def _message(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return error.msg or ""
    try:
        return str(error)
    except Exception as second:  # noqa: BLE001 - a broken __str__ must not take the run down
        return f"<the message cannot be shown: {type(second).__name__}>"


def figures() -> list[dict[str, str]]:
    """Return the open figures as SVG, each with a summary of what it draws, and close them."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return []
    shown: list[dict[str, str]] = []
    for number in pyplot.get_fignums():
        figure = pyplot.figure(number)
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
        shown.append({"svg": buffer.getvalue(), "summary": summary(figure)})
    pyplot.close("all")
    return shown


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


def _is_figure(value: Any) -> bool:
    return type(value).__module__ == "matplotlib.figure" and type(value).__name__ == "Figure"
