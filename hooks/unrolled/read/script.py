"""A page that is a script: jupytext's percent format as the Markdown that it stands for.

Line for line, so that whatever is said of a line of the page is said of the script's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MARKER = re.compile(r"# ?%%(?P<rest>.*)")
TEXT = re.compile(r"\[(?:markdown|md)\]")
OPTIONS = re.compile(r'\bunrolled="(?P<options>[^"]*)"')
"""What of a marker says how the page's cell runs: jupytext keeps it as the cell's metadata."""
COMMENT = re.compile(r"# ?")
EDGE = "# ---"
"""The lines around the script's head, which is the page's front matter."""


@dataclass
class _Part:
    """A cell of the script."""

    marker: str
    lines: list[str] = field(default_factory=list[str])

    @property
    def is_text(self) -> bool:
        return bool(TEXT.search(self.marker))


def markdown(script: str) -> str:
    """Return the Markdown of a script."""
    head, parts = _parts(script.replace("\r\n", "\n").split("\n"))
    lines = [COMMENT.sub("", line, count=1) for line in head]
    first = True
    for part in parts:
        if part.is_text:
            lines += ["", *(COMMENT.sub("", line, count=1) for line in part.lines)]
        else:
            lines += _code(part, first=first)
            first = False
    return "\n".join(lines)


def _parts(lines: list[str]) -> tuple[list[str], list[_Part]]:
    """Return the head of a script, and its cells."""
    head: list[str] = []
    if lines[0].strip() == EDGE and EDGE in lines[1:]:
        end = lines.index(EDGE, 1) + 1
        head, lines = lines[:end], lines[end:]
    parts: list[_Part] = []
    for line in lines:
        marker = MARKER.match(line)
        if marker:
            parts.append(_Part(marker["rest"]))
        elif parts:
            parts[-1].lines.append(line)
        else:
            head.append("")
    return head, parts


def _code(part: _Part, *, first: bool) -> Iterator[str]:
    """Yield a cell as a fence: its marker opens it, and the empty line at its end closes it."""
    longest = max((len(run) for run in re.findall("`+", "\n".join(part.lines))), default=0)
    fence = "`" * max(3, longest + 1)
    found = OPTIONS.search(part.marker)
    options = [*([] if first else ["continuation"]), *([found["options"]] if found else [])]
    yield f"{fence}{{.python {' '.join(options)}}}" if options else f"{fence}python"
    code = list(part.lines)
    after = 0
    while code and not code[-1].strip():
        code.pop()
        after += 1
    yield from (*code, fence, *([""] * (after - 1)))
