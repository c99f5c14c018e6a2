"""Code and output in fences that nothing runs: nobody would notice when they are wrong."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from unrolled.model.problem import Code, Problem
from unrolled.read import fence
from unrolled.read.near import near_word

OTHER = {
    "markdown", "md", "yaml", "yml", "toml", "json", "html", "xml", "svg", "css", "js",
    "javascript", "typescript", "ini", "make", "makefile", "diff", "mermaid", "sql", "c", "cpp",
    "rust", "cff", "math",
}  # fmt: skip
"""Languages that nothing of torch's is written in."""
SHELL = {"bash", "sh", "shell", "zsh", "console", "shell-session", "powershell"}
OUTPUT = re.compile(
    r"\btensor\(|\btorch\.Size\(|\bTraceback \(most recent|\b[A-Z]\w*(?:Error|Exception|Warning): "
    r"|^\s*>>> |\b(?:loss|accuracy|acc|epoch|step|val)\b\W{1,3}\d|(?<![\w.])\d+\.\d+(?![\w.])"
    r"|\(\d+(?:, \d+)+,?\)|\d\s?%",
    re.MULTILINE | re.IGNORECASE,
)
"""What torch, Python or a training loop prints."""
PRINTED = {"out", "output", "stdout"}
"""Languages of what a program prints."""
TELLS = re.compile(
    r"\b(?:prints?|printed|gives?|outputs?|returns?|result|says)\b[^.!?]*:\s*$", re.IGNORECASE
)
"""How a sentence ends that leads to what a program prints."""
PYTHON = {"py3", "python2", "pytorch", "torch", "jupyter", "pyi"}
"""What people call Python, and nothing runs."""
ALIKE = 0.8
"""How alike a language must be to Python's name, to be that, mistyped."""
PLAIN = {"", "text", "txt", "plain"}
LEADING = ("fence", "code_block", "html_block", "inline")
"""Blocks, by the token that holds their text."""
MATHEMATICS = {"sigmoid", "tanh", "relu", "softmax", "exp", "log", "sqrt", "max", "min", "sum"}
TITLE = re.compile(r"title=\"Not run")
REMEDY = 'Let a run give it: a cell, or `#!value`; or say to readers why not: title="Not run: …"'


def problems(path: str, stream: Sequence[Token]) -> Iterator[Problem]:
    """Yield a problem for each fence, indented block or `<pre>` that should come from a run."""
    before: Token | None = None
    for token in stream:
        led, before = _leads(before), token if token.type in LEADING else before
        if not token.map or token.type not in ("fence", "code_block", "html_block"):
            continue
        line = token.map[0] + 1
        if token.type == "html_block":
            for part in re.finditer(r"<pre[^>]*>(.*?)</pre>", token.content, re.DOTALL):
                if OUTPUT.search(re.sub(r"<[^>]+>", "", part[1])):
                    at = line + token.content[: part.start()].count("\n")
                    yield _problem(path, at, "nothing proves the output in this block")
            continue
        language = fence.language(token.info).lower() if token.type == "fence" else ""
        if language in fence.LANGUAGES or language in OTHER or TITLE.search(token.info):
            continue
        if language in PYTHON or (language not in SHELL and is_python(token.content)):
            yield _problem(path, line, "this code is run nowhere", _meant(token.info, language))
        elif (found := OUTPUT.search(token.content)) and _is_told(language, found[0]):
            at = line + token.content[: found.start()].count("\n") + (token.type == "fence")
            yield _problem(path, at, f"nothing proves the output '{found[0].strip()}'")
        elif (language in PRINTED or (led and _is_plain(token))) and "title=" not in token.info:
            yield _problem(path, line, "nothing proves what this block says is printed")


def _is_plain(token: Token) -> bool:
    """Return whether a block is text of no language; `{python}` is a cell that is not read."""
    language = fence.language(token.info).lower() if token.type == "fence" else ""
    own = "--8<--" not in token.content  # What a snippet brings is read where it stands.
    return own and language in PLAIN and "python" not in token.info.lower()


def _leads(before: Token | None) -> bool:
    """Return whether what follows a block is what a program prints."""
    if before is None:
        return False
    if before.type == "fence":
        return fence.language(before.info).lower() in fence.LANGUAGES
    return bool(TELLS.search(before.content))


def _meant(info: str, language: str) -> str:
    """Return the question whether a language is Python, mistyped; empty where it is not like it."""
    dot = "." if info.strip().startswith("{") else ""
    return f"Did you mean {dot}python? " if near_word(language, ("python",), ALIKE) else ""


def _problem(path: str, line: int, fact: str, meant: str = "") -> Problem:
    return Problem(path, line, fact, meant + REMEDY, code=Code.TYPED)


def _is_told(language: str, found: str) -> bool:
    """Return whether it is output in such a fence: a command may well hold a number."""
    return language not in SHELL or not re.match(r"[\d(]", found)


def is_python(code: str) -> bool:
    """Return whether a text is Python that does something: it imports, defines or calls.

    What only calls functions of mathematics is an equation.
    """
    lines = [re.sub(r"^(?:>>>|\.\.\.|In \[\d+\]:) ?", "", line) for line in code.split("\n")]
    try:
        tree = ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    does = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.For, ast.With)
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    # A list that is called is a link in Markdown.
    calls = {getattr(f, "id", "other") for f in called if isinstance(f, ast.Name | ast.Attribute)}
    return any(isinstance(node, does) for node in ast.walk(tree)) or bool(calls - MATHEMATICS)
