"""What a terminal would leave of a text: progress bars by their last state, no colours."""

from __future__ import annotations

import re
from collections.abc import Iterator

MOVES = re.compile(
    r"\r\n|\r|\n|\x08|\x1b\[(\d*)([A-Za-z])|[^\r\n\x08\x1b]+"
    r"|\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-Z\\^-~])?"
)
"""A piece of text: a line's end, a step of the cursor, a sequence, or plain characters."""
RATE = re.compile(
    r" ?\[\d\d(?::\d\d)+(?:<(?:\d\d(?::\d\d)+|\?))?, +[^\s,\]/]+/[^\s,\]]+(?:, ([^\]\n]*))?\]"
)
"""The times and the rate that end a line of tqdm, and what its author put behind them."""
OTHERS = re.compile(
    r"(?<=[\u2500-\u259f*=#>.|\]-])(?P<kept> +(?:\d+/\d+ ?)?\[? *\d+%\]?)"
    r" +(?:\d+:\d\d:\d\d|-:--:--|in \d[\d.:]*s)(?: \([^()\n]*/s\))? *$",
    re.MULTILINE,
)
"""The end of a line of rich, or of alive-progress: how far it came, then times and rates."""


def settled(text: str) -> str:
    """Return what stands in a terminal when all of the text has been written to it."""
    if any(mark in text for mark in "\r\x08\x1b"):
        text = "\n".join("".join(line).rstrip(" ") for line in _lines(text))
    text = RATE.sub(lambda found: f" [{found[1]}]" if found[1] else "", text)
    return OTHERS.sub(r"\g<kept>", text)


def _lines(text: str) -> Iterator[list[str]]:
    lines: list[list[str]] = [[]]
    row = column = 0
    for piece in MOVES.finditer(text):
        found = piece[0]
        if found in ("\n", "\r\n"):
            row, column = row + 1, 0
            if row == len(lines):
                lines.append([])
        elif found == "\r":
            column = 0
        elif found == "\x08":
            column = max(column - 1, 0)
        elif found[0] != "\x1b":
            line = lines[row]
            line += " " * (column - len(line))
            line[column : column + len(found)] = found
            column += len(found)
        elif piece[2] == "A":
            row = max(row - int(piece[1][:9] or 1), 0)
        elif piece[2] == "B":
            row = min(row + int(piece[1][:9] or 1), len(lines) - 1)
        elif piece[2] == "K" and piece[1] == "2":
            lines[row] = [" "] * column
        elif piece[2] == "K" and piece[1] in ("", "0"):
            del lines[row][column:]
    yield from lines
