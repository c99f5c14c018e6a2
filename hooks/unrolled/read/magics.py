"""Lines that a notebook understands and Python does not: magics, shell lines, questions."""

from __future__ import annotations

import ast
import enum
import re
from dataclasses import dataclass

MAGIC = re.compile(r"(?:^\s*|=\s*)(?P<text>%{1,2}[A-Za-z_]\w*)")
SHELL = re.compile(r"(?:^\s*|=\s*)(?P<text>!{1,2}[^=\s].*)")
QUESTION = re.compile(
    r"^\s*(?P<text>\?{1,2}\s*[\w.*]+|[A-Za-z_%][\w.*]*(?:\[\S*\])?\?{1,2})\s*;?\s*$"
)
PROMPT = re.compile(r"^\s*(?P<text>>>>|In ?\[\d+\]:|Out ?\[\d+\]:)(?:\s|$)")
COMMAND = re.compile(
    r"^\s*(?P<text>(?:\$\s+\S|(?:pip3?|conda|mamba|uv|apt|apt-get|brew|npm|git|cd|ls|export|source"
    r"|curl|wget|python3?)\s+[\w./~$-]).*)"
)
SNIPPET = re.compile(r"^\s*(?P<text>-+8<-+(?:\s+[\"'].*)?)\s*$")
"""How pymdownx.snippets is told to put in another file."""
PLOTS = ("%matplotlib", "%pylab", "%config")
TIMES = ("%time", "%timeit", "%%time", "%%timeit", "%prun", "%%prun")
RELOADS = ("%load_ext", "%autoreload", "%reload_ext")


class Foreign(enum.Enum):
    """What such a line is: what is said of it, and what to write instead."""

    PLOTS = (
        "is a notebook's command, and cells are plain Python",
        "Delete the line: figures are shown without it",
    )
    TIMES = (
        "is a notebook's command, and a time differs from run to run",
        'Delete it, or show the cell with notest reason="…"',
    )
    RELOADS = ("is a notebook's command, and cells are plain Python", "Delete the line")
    MAGIC = (
        "is a notebook's command, and cells are plain Python",
        'Write the Python that it stands for, or show the cell with notest reason="…"',
    )
    SHELL = (
        "is a line for a shell, and cells are plain Python",
        'Write subprocess.run([…]), or show the cell with notest reason="…"; what pages import'
        " is installed beside the project",
    )
    PROMPT = (
        "is a prompt, and cells hold the code alone",
        "Delete the prompts and what was printed between them: the run prints it",
    )
    SNIPPET = (
        "would take in another file, and a cell runs as it stands",
        "Write the code in the cell, or import it from a module beside the page",
    )
    QUESTION = (
        "is a notebook's question, and cells are plain Python",
        "Write help(…) or print(….__doc__)",
    )

    @property
    def fact(self) -> str:
        """What is the case, after the line's text."""
        return self.value[0]

    @property
    def remedy(self) -> str:
        """What to write instead."""
        return self.value[1]


@dataclass(frozen=True)
class Line:
    """Such a line."""

    line: int
    """Where it stands in the cell, from 1."""
    text: str
    kind: Foreign


def first(code: str) -> Line | None:
    """Return the first such line of code that is not Python."""
    for number, line in enumerate(code.split("\n"), 1):
        prompt, command = PROMPT.search(line), COMMAND.search(line)
        if SNIPPET.match(line):
            return Line(number, line.strip(), Foreign.SNIPPET)
        magic, shell, question = MAGIC.search(line), SHELL.search(line), QUESTION.search(line)
        if prompt:
            return Line(number, prompt["text"], Foreign.PROMPT)
        if question:
            return Line(number, question["text"].strip(), Foreign.QUESTION)
        if magic:
            return Line(number, magic["text"], _of_magic(magic["text"]))
        if shell:
            return Line(number, shell["text"].strip(), Foreign.SHELL)
        if command and not _is_python(line):
            return Line(number, command["text"].strip(), Foreign.SHELL)
    return None


def disguised(code: str) -> Line | None:
    """Return the first such line of code that is Python all the same: `In [1]: x`, `--8<-- "x"`."""
    line = code.split("\n", 1)[0]
    prompt = PROMPT.search(line)
    if prompt:
        return Line(1, prompt["text"], Foreign.PROMPT)
    for number, line in enumerate(code.split("\n"), 1) if "8<-" in code else ():
        if SNIPPET.match(line) and not _is_in_text(code, number):
            return Line(number, line.strip(), Foreign.SNIPPET)
    return None


def _is_in_text(code: str, number: int) -> bool:
    """Return whether a line lies within a text of several lines."""
    return any(
        node.lineno < number <= (node.end_lineno or 0)
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _is_python(line: str) -> bool:
    try:
        ast.parse(line.strip())
    except (SyntaxError, ValueError):
        return False
    return True


def _of_magic(text: str) -> Foreign:
    if text in PLOTS:
        return Foreign.PLOTS
    if text in TIMES:
        return Foreign.TIMES
    return Foreign.RELOADS if text in RELOADS else Foreign.MAGIC
