"""Names of axes in comments, checked by what they mean to the layer that reads the tensor.

`x = torch.randn(4, 7, 5)  # batch=4, seq_len=7, input_size=5` is right only before a layer that
reads the first axis as the batch. Sizes alone are claims, which a run compares.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from unrolled.model.cell import Cell, Chain
from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem
from unrolled.read import comments, remarks

BATCH, TIME, FEATURES, OTHER = "batch", "time", "features", "other"
KNOWN = {
    **dict.fromkeys(("batch", "batch_size", "N", "B", "sequences", "samples"), BATCH),
    **dict.fromkeys(("seq_len", "L", "T", "time", "steps", "sequence_length", "length"), TIME),
    **dict.fromkeys(("input_size", "features", "H_in", "embedding_dim", "in_features"), FEATURES),
    **dict.fromkeys(("H", "H_out", "hidden_size", "H_cell", "proj_size", "out_features"), OTHER),
    **dict.fromkeys(("D", "num_layers", "num_directions", "layers", "directions"), OTHER),
    **dict.fromkeys(("classes", "num_classes", "C", "vocab_size", "num_embeddings"), OTHER),
    **dict.fromkeys(("channels", "height", "width", "rows", "columns", "gates", "heads"), OTHER),
    **dict.fromkeys(("in_channels", "out_channels", "kernel_size", "dropout"), OTHER),
}
"""The names that axes and arguments have, each with what a recurrent layer takes it for."""
LAYERS = ("RNN", "LSTM", "GRU")
ARGUMENTS = {
    **dict.fromkeys(LAYERS, ("input_size", "hidden_size", "num_layers")),
    **dict.fromkeys(("RNNCell", "LSTMCell", "GRUCell"), ("input_size", "hidden_size")),
    "Linear": ("in_features", "out_features"),
    "Embedding": ("num_embeddings", "embedding_dim"),
    "Conv1d": ("in_channels", "out_channels", "kernel_size"),
}
"""What the constructors' arguments are called, in their order."""
PAIR = re.compile(r"([A-Za-z_]\w*)\s*=\s*(\d+)")

FIRST = re.compile(
    r"\bbatch_first\s*(?:=|is)\s*(?P<truth>True|False)\b"
    r"|\b(?P<axis>batch|time|sequence|seq|steps?)[- ](?:axis |dimension )?(?:comes )?first\b",
    re.IGNORECASE,
)
"""A comment that says which axis comes first."""
DOUBTFUL = re.compile(r"\b(?:not|no|never|unless|if|instead|meant|wrong|without|would)\b|\?|n't\b")


@dataclass(frozen=True)
class Named:
    """A tensor whose axes a comment names."""

    cell: Cell
    number: int
    """Line of the comment in the cell, from 1."""
    names: list[str]


def problems(page: Page) -> Iterator[Problem]:
    """Yield a problem for each comment that gives an axis or an argument a wrong name."""
    for chain in page.chains:
        told = [
            Problem(page.path, cell.line + number, fact, remedy, code=Code.SHAPE)
            for cell, number, fact, remedy in (*_words(chain), *_orders(chain), *_firsts(chain))
            if cell.on_page
        ]
        yield from dict.fromkeys(told)


Said = tuple[Cell, int, str, str]
"""A cell, the line in it, a fact and its remedy."""


def _words(chain: Chain) -> Iterator[Said]:
    """Yield names that nobody knows, and those of arguments that are others'."""
    for cell in chain.cells:
        targets = comments.assigned(cell.code)
        told = {claim.cell_line for claim in cell.claims if remarks.is_of_numbers(claim)}
        for number, text in comments.comments(cell.code):
            if not comments.AXES.fullmatch(text):
                continue
            names = [name for name, _ in PAIR.findall(text)]
            unknown = [name for name in names if name not in KNOWN]
            made = _made(cell.code.split("\n")[number - 1].rpartition("#")[0])
            if unknown and (len(names) > 1 or number in targets):
                fact = f"nothing is known of an axis '{unknown[0]}'"
                yield cell, number, fact, "Use a name that torch uses, such as batch or seq_len"
            elif made and number not in told:
                yield from ((cell, number, *said) for said in _arguments(names, text, made))


def read_lines(page: Page) -> set[int]:
    """Return the lines of the page whose names of axes a layer is known to read."""
    return {
        tensor.cell.line + tensor.number
        for chain in page.chains
        for tensor, _, _ in _readings(chain)
    }


def _orders(chain: Chain) -> Iterator[Said]:
    """Yield where a layer takes an axis for something else than its name says."""
    for tensor, reader, batch_first in _readings(chain):
        yield from _order(tensor, reader, batch_first=batch_first)


def _firsts(chain: Chain) -> Iterator[Said]:
    """Yield where a comment says which axis comes first, and the layer on its line takes another.

    A comment on a line of its own is about the line below it.
    """
    layers: dict[str, bool] = {}
    for cell in chain.cells:
        lines, texts = cell.code.split("\n"), dict(comments.comments(cell.code))
        for statement in comments.parsed(cell.code).body:
            own = [
                n for n in range(statement.lineno, (statement.end_lineno or 0) + 1) if n in texts
            ]
            above = statement.lineno - 1
            if above in texts and lines[above - 1].lstrip().startswith("#"):
                own.append(above)
            used: dict[str, bool] = {}
            for call in (node for node in ast.walk(statement) if isinstance(node, ast.Call)):
                first = _is_batch_first(call) if _class_of(call) in LAYERS else None
                name = getattr(call.func, "id", "")
                used |= {_class_of(call): first} if first is not None else {}
                used |= {name: layers[name]} if name in layers else {}
            for number in own:
                stated = _first_stated(texts[number])
                if stated is not None and used and stated not in used.values():
                    reader, order = next(iter(used)), "first" if not stated else "second"
                    fact = f"{texts[number]!r} is wrong: '{reader}' takes the batch {order}"
                    yield cell, number, fact, "Fix the comment, or the layer"
            value = getattr(statement, "value", None)
            for name in _bound(statement):
                layers.pop(name, None)
                if isinstance(value, ast.Call) and _class_of(value) in LAYERS:
                    first = _is_batch_first(value)
                    layers |= {} if first is None else {name: first}


def _first_stated(comment: str) -> bool | None:
    """Return whether a comment says that the batch comes first; None where it says neither."""
    if DOUBTFUL.search(comment):
        return None
    found = FIRST.search(comment)
    if not found:
        return None
    return found["truth"] == "True" if found["truth"] else found["axis"].lower() == "batch"


def _readings(chain: Chain) -> Iterator[tuple[Named, str, bool]]:
    """Yield each tensor with named axes, the layer that reads it, and whether batch comes first.

    Statements are followed in their order, since names are bound anew. Where nothing reads a
    tensor, as in a question about the call, the layers tell, when they all read alike.
    """
    batch_first: dict[str, bool] = {}
    named: dict[str, Named] = {}
    layers: dict[str, bool] = {}
    unread: dict[int, Named] = {}
    for cell in chain.cells:
        texts = dict(comments.comments(cell.code))
        for statement in comments.parsed(cell.code).body:
            for call in (node for node in ast.walk(statement) if isinstance(node, ast.Call)):
                read, reader = _read(call)
                for name in _names(call) & set(named):
                    unread.pop(id(named[name]), None)
                if read in named and reader in batch_first:
                    yield named[read], reader, batch_first[reader]
            for name in _bound(statement):
                named.pop(name, None)
                batch_first.pop(name, None)
                value = getattr(statement, "value", None)
                if isinstance(value, ast.Call) and _class_of(value) in LAYERS:
                    first = _is_batch_first(value)
                    batch_first |= {} if first is None else {name: first}
                    layers |= {} if first is None else {name: first}
                number = statement.end_lineno or statement.lineno
                makes = isinstance(value, ast.Call) and _class_of(value) in ARGUMENTS
                if not makes and comments.AXES.fullmatch(texts.get(number, "")):
                    names = [word for word, _ in PAIR.findall(texts[number])]
                    named[name] = Named(cell, number, names)
                    unread[id(named[name])] = named[name]
    if len(set(layers.values())) == 1:
        reader, first = next(iter(layers.items()))
        yield from ((t, reader, first) for t in unread.values() if len(t.names) > 2)


def _order(tensor: Named, reader: str, *, batch_first: bool) -> Iterator[Said]:
    first, second = (BATCH, TIME) if batch_first else (TIME, BATCH)
    order = {3: (first, second, FEATURES), 2: (TIME, FEATURES)}.get(len(tensor.names), ())
    for position, (name, meant) in enumerate(zip(tensor.names, order, strict=False)):
        if KNOWN.get(name, OTHER) not in (meant, OTHER):
            fact = f"the comment calls axis {position} '{name}', and '{reader}' reads it as {meant}"
            remedy = "Name it by what the layer reads, or write '# meant: …' where that is the bug"
            yield tensor.cell, tensor.number, fact, remedy
            return


def _read(call: ast.Call) -> tuple[str, str]:
    """Return the variable that a call reads first, and the variable that is called."""
    argument = call.args[0] if call.args else None
    read = argument.id if isinstance(argument, ast.Name) else ""
    return read, call.func.id if isinstance(call.func, ast.Name) else ""


def _names(call: ast.Call) -> set[str]:
    """Return the variables that a call is given."""
    return {node.id for node in ast.walk(call) if isinstance(node, ast.Name)}


def _bound(statement: ast.stmt) -> list[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return [
        node.id
        for target in targets
        for node in ast.walk(target)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]


def _made(line: str) -> ast.Call | None:
    """Return the call on a line that makes a module whose arguments have known names."""
    try:
        tree = ast.parse(line.strip())
    except (SyntaxError, ValueError):
        return None
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return next((call for call in calls if _class_of(call) in ARGUMENTS), None)


def _arguments(names: list[str], text: str, call: ast.Call) -> Iterator[tuple[str, str]]:
    """Yield where a comment gives an argument another one's name."""
    known = ARGUMENTS[_class_of(call)]
    given = dict(zip(known, (ast.unparse(each) for each in call.args), strict=False))
    given |= {each.arg: ast.unparse(each.value) for each in call.keywords if each.arg}
    for name, number in PAIR.findall(text):
        actual = given.get(name)
        if name in known and actual is not None and actual.isdigit() and actual != number:
            yield (
                f"the comment says {name}={number}, and the call gives {actual}",
                "Fix the comment",
            )
            return
    if len(names) > 1 and not any(name in given for name in names):
        yield f"none of {', '.join(names)} is an argument of this call", "Name its arguments"


def _class_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _is_batch_first(call: ast.Call) -> bool | None:
    """Return whether a layer takes the batch first, None where the call does not say it itself."""
    if all(each.arg != "batch_first" for each in call.keywords) and any(
        each.arg is None for each in call.keywords
    ):
        return None
    return any(
        each.arg == "batch_first"
        and isinstance(each.value, ast.Constant)
        and each.value.value is True
        for each in call.keywords
    )
