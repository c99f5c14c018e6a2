"""The error finder knows every error that torch's recurrent layers raise in their own source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from support.paths import PROJECT

FILES = ("nn/modules/rnn.py", "nn/utils/rnn.py")
SOURCE = Path(torch.__path__[0])
FIELD = re.compile(r"\{[^}]*\}")


def _texts(node: ast.expr, function: ast.AST, module: ast.Module) -> Iterator[str]:
    """Yield what a message can be, as regular expressions."""
    match node:
        case ast.Constant(value=str() as text):
            parts = FIELD.split(text)
            yield ".*".join(map(re.escape, parts))
        case ast.JoinedStr():
            yield "".join(
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".*"
                for part in node.values
            )
        case ast.BinOp(left=left):
            yield from (text + ".*" for text in _texts(left, function, module))
        case ast.Call(func=ast.Attribute(value=value, attr="format")):
            yield from _texts(value, function, module)
        case ast.Name(id=name):
            for value in _values(name, function, module):
                yield from _texts(value, function, module)


def _values(name: str, function: ast.AST, module: ast.Module) -> Iterator[ast.expr]:
    """Yield what a name can stand for: what is assigned to it, its default, what calls pass."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            # `msg = msg.format(…)` says nothing of where it comes from.
            own = {each.id for each in ast.walk(node.value) if isinstance(each, ast.Name)}
            if node.targets[0].id == name and name not in own:
                yield node.value
    if isinstance(function, ast.FunctionDef) and name in [a.arg for a in function.args.args]:
        yield from (each for each in function.args.defaults if isinstance(each, ast.Constant))
        for node in ast.walk(module):
            is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if is_call and node.func.attr == function.name:
                yield from (arg for arg in node.args if isinstance(arg, ast.Constant))


def messages(text: str) -> dict[int, list[str]]:
    """Return what each `raise` and `assert` of a module can say, by its line."""
    module = ast.parse(text)
    found: dict[int, list[str]] = {}
    for function in ast.walk(module):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
                found[node.lineno] = [*_texts(node.exc.args[0], function, module)]
            elif isinstance(node, ast.Assert) or (isinstance(node, ast.Raise) and node.exc):
                said = node.msg if isinstance(node, ast.Assert) else None
                found[node.lineno] = [*_texts(said, function, module)] if said else []
    return found


def _known() -> str:
    """Return the messages that the page's runs gave, and those that it says are not reachable."""
    recorded = (PROJECT / "tests" / "recorded" / "errors.txt").read_text("utf-8")
    page = (PROJECT / "docs" / "errors.md").read_text("utf-8")
    return recorded + "\n".join(re.findall(r"^/// unreachable \| (.*)$", page, re.MULTILINE))


def missing(text: str, known: str) -> list[str]:
    """Return the messages of a module that nothing on the page matches, each with its line."""
    return [
        f"{line}: {said}"
        for line, texts in messages(text).items()
        for said in texts or ["a message that this test cannot read"]
        if not re.search(said, known)
    ]


@pytest.mark.parametrize("name", FILES)
def test_every_message_of_torch_has_an_entry_or_a_reason(name: str) -> None:
    text = (SOURCE / name).read_text("utf-8")
    assert len(messages(text)) >= 4
    assert missing(text, _known()) == []


def test_a_message_that_is_new_is_missed() -> None:
    new = "def forward(x):\n    raise ValueError(f'the input {x} is too blue')\n"
    assert missing(new, _known()) == [r"2: the\ input\ .*\ is\ too\ blue"]


def test_an_assert_without_words_is_missed() -> None:
    assert len(missing("def forward(x):\n    assert x\n", _known())) == 1
