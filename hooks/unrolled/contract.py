"""Shape contracts as written: a `/// shapes` block's layer, the settings to sweep and the table of symbolic shapes. Nothing is run here.

What a contract's run says of it is the business of `sweep`.
"""

import ast
import difflib
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from unrolled.page import Block, Cell, Chain, Contract, Options, Row
from unrolled.problem import Problem

OPTIONS = ("sweep",)
TIMEOUT = 30.0
NOTHING = ("", "-", "–", "—")
"""What an empty cell of the table may hold."""
SPAN = re.compile(r"`([^`]+)`")
LONGEST = 200
"""Characters of a shape; none that people can read is longer."""
SWITCH = (False, True)
SETTINGS: dict[str, tuple[object, ...]] = {
    "num_layers": (1, 2, 3),
    "nonlinearity": ("tanh", "relu"),
    "bias": (True, False),
    "batch_first": SWITCH,
    "bidirectional": SWITCH,
    "proj_size": (0, "any"),
}
"""The values that are swept unless the contract says otherwise. `any`: a size that the sweep chooses."""
ALLOWED = SETTINGS | {"num_layers": (1, 2, 3, 4)}
"""No more layers: `D * num_layers` must stay different from every size."""
FEEDS = {"Sequence first": False, "batch_first=True": True}
"""Columns that need a value of `batch_first`."""
VARIED = {"D": "bidirectional", "num_layers": "num_layers", "proj_size": "proj_size"}
"""Symbols that say nothing unless the sweep gives this setting more than one value."""


@dataclass(frozen=True)
class _Layer:
    """What a contract of a layer may speak of."""

    settings: tuple[str, ...]
    columns: tuple[str, ...]
    tensors: tuple[str, ...]
    parameters: str
    """A pattern for their names."""
    symbols: tuple[str, ...]


def _sequence(settings: tuple[str, ...], state: tuple[str, ...], parameters: str, symbols: tuple[str, ...] = ()) -> _Layer:
    common = ("num_layers", "bias", "batch_first", "bidirectional")
    tensors = ("input", *(f"{s}_0" for s in state), "output", *(f"{s}_n" for s in state))
    letters = ("N", "L", "D", "num_layers", "H_in", "H_out", "H_cell", "input_size", "hidden_size", *symbols)
    columns = (*FEEDS, "Unbatched", "Packed", "Any")
    return _Layer((*common, *settings), columns, tensors, rf"(?:{parameters})_l\d(?:_reverse)?", letters)


def _step(settings: tuple[str, ...], state: tuple[str, ...]) -> _Layer:
    tensors = ("input", *(f"{s}_0" for s in state), *(f"{s}_1" for s in state))
    symbols = ("N", "H_in", "H_out", "input_size", "hidden_size")
    return _Layer(("bias", *settings), ("Batched", "Unbatched", "Any"), tensors, "(?:weight|bias)_(?:ih|hh)", symbols)


LAYERS = {
    "nn.RNN": _sequence(("nonlinearity",), ("h",), "(?:weight|bias)_(?:ih|hh)"),
    "nn.LSTM": _sequence(("proj_size",), ("h", "c"), "(?:weight|bias)_(?:ih|hh)|weight_hr", ("proj_size",)),
    "nn.GRU": _sequence((), ("h",), "(?:weight|bias)_(?:ih|hh)"),
    "nn.RNNCell": _step(("nonlinearity",), ("h",)),
    "nn.LSTMCell": _step((), ("h", "c")),
    "nn.GRUCell": _step((), ("h",)),
}


def read(path: str, text: str, blocks: Iterable[Block], stream: Sequence[Token], problems: list[Problem]) -> Iterator[Contract]:
    """Yield the contracts of a page that are well formed; what is wrong with the others is added to the problems."""
    lines = text.split("\n")
    for block in blocks:
        if block.name != "shapes":
            continue
        faults: list[Problem] = []
        contract = _read(path, block, lines, stream, faults)
        problems += faults
        if contract and not faults:
            yield contract


def _read(path: str, block: Block, lines: list[str], stream: Sequence[Token], faults: list[Problem]) -> Contract | None:
    name = block.argument.strip("` ")
    layer = LAYERS.get(name)
    if layer is None:
        fact = f"there is no contract for the layer '{name}'" if name else "a contract names no layer"
        faults.append(Problem(path, block.line, fact, _near(name, LAYERS, "Name it after the bar: /// shapes | nn.LSTM")))
        return None
    settings = dict(_settings(path, block, name, layer, lines, faults))
    head, body = _table(path, block, stream, faults)
    columns = _columns(path, head, name, layer, settings, faults) if head else []
    rows = list(_rows(path, body, columns, name, layer, settings, faults)) if columns else []
    if faults:
        return None
    used = [c for c in layer.columns if c != "Any" and any(c in dict(row.shapes) for row in rows)]
    # A contract of parameters alone needs some input to build a layer for: any will do.
    kinds = used or [c for c in layer.columns if c not in FEEDS][:1]
    arguments = (
        name.removeprefix("nn."),
        {key: list(values) for key, values in settings.items()},
        kinds,
        [(row.tensor, dict(row.shapes)) for row in rows],
    )
    code = f"from unrolled.run import sweep\n\nsweep.run{arguments!r}"
    cell = Cell(-1, block.line, block.end, code, Options(timeout=TIMEOUT))
    return Contract(block, name, tuple(settings.items()), tuple(kinds), tuple(rows), Chain((cell,)))


def _near(name: str, known: Iterable[str], otherwise: str = "") -> str:
    near = difflib.get_close_matches(name, list(known), 1)
    return f"Did you mean '{near[0]}'?" if near else otherwise or f"Use one of: {', '.join(known)}"


def _settings(
    path: str, block: Block, name: str, layer: _Layer, lines: list[str], faults: list[Problem]
) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Yield each setting of the sweep with its values; a contract that says nothing sweeps all that its layer has."""

    def line_of(key: str) -> int:
        for name in (key, "sweep"):  # A setting may stand behind 'sweep:', in braces.
            for number in range(block.line + 1, block.body):
                if re.match(rf"\s*['\"]?{re.escape(name)}['\"]?\s*:", lines[number - 1]):
                    return number
        return block.line

    if "sweep" not in block.options:
        yield from ((key, SETTINGS[key]) for key in layer.settings)
        return
    sweep = block.options["sweep"]
    if not isinstance(sweep, dict) or not sweep:
        remedy = "Give each setting a list of values, such as bidirectional: [false, true], or delete 'sweep' to sweep all that there are"
        faults.append(Problem(path, line_of("sweep"), "the sweep is empty" if not sweep else "the sweep is no list of settings", remedy))
        return
    for key, given in sweep.items():
        values = list(given) if isinstance(given, list) else [given]
        if key not in layer.settings:
            remedy = _near(str(key), layer.settings)
            faults.append(Problem(path, line_of(str(key)), f"the sweep of '{name}' has no setting '{key}'", remedy))
            continue
        allowed = ALLOWED[key]
        wrong = [v for v in values if not any(type(v) is type(a) and v == a for a in allowed)]
        if wrong:
            remedy = f"Use: {', '.join(map(_yaml, allowed))}"
            remedy += "; for 'any' the sweep chooses a size that no other dimension has" if "any" in allowed else ""
            faults.append(Problem(path, line_of(key), f"the sweep of '{key}' cannot have the value {_yaml(wrong[0])}", remedy))
        elif not values:
            faults.append(Problem(path, line_of(key), f"the sweep of '{key}' is empty", "Give it values, or delete it"))
        yield key, tuple(dict.fromkeys(v for v in values if v not in wrong))


def _yaml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _table(
    path: str, block: Block, stream: Sequence[Token], faults: list[Problem]
) -> tuple[tuple[int, list[str]] | None, list[tuple[int, list[str]]]]:
    """Return the head and the rows of a contract's table, each with its line."""
    rows: list[tuple[int, list[str]]] = []
    tables: list[int] = []
    for position, token in enumerate(stream):
        if not token.map or not block.line <= token.map[0] < block.end - 1:
            continue
        if token.type == "table_open":
            tables.append(token.map[0] + 1)
        elif token.type == "tr_open" and len(tables) == 1:
            cells = itertools.takewhile(lambda t: t.type != "tr_close", stream[position:])
            rows.append((token.map[0] + 1, [t.content.strip() for t in cells if t.type == "inline"]))
    for line in tables[1:]:
        faults.append(Problem(path, line, "a contract has a second table", "Put it into a block of its own"))
    if len(rows) < 2:
        fact, remedy = "a contract has no table of shapes", "Give it one: | Tensor | Sequence first | … |, and a row for each tensor"
        faults.append(Problem(path, tables[0] if tables else block.line, fact, remedy))
        return None, []
    return rows[0], rows[1:]


def _columns(
    path: str, head: tuple[int, list[str]], name: str, layer: _Layer, settings: dict[str, tuple[object, ...]], faults: list[Problem]
) -> list[str]:
    """Return what the columns after the first stand for; nothing when one of them is wrong."""
    line, texts = head
    known = {column.lower(): column for column in layer.columns}
    columns: list[str] = []
    before = len(faults)
    for text in texts[1:]:
        column = known.get(text.replace("`", "").lower(), "")
        if not column:
            remedy = _near(text.replace("`", ""), layer.columns)
            faults.append(Problem(path, line, f"a contract of '{name}' has no column '{text}'", remedy))
        elif column in columns:
            faults.append(Problem(path, line, f"the column '{text}' stands twice", "Delete one"))
        elif column in FEEDS and FEEDS[column] not in settings.get("batch_first", (False,)):
            fact = f"the sweep never comes to the column '{text}'"
            faults.append(Problem(path, line, fact, f"Add {_yaml(FEEDS[column])} to 'batch_first' in the sweep, or delete the column"))
        columns.append(column)
    if not columns:
        faults.append(Problem(path, line, "a contract's table has no column of shapes", f"Add one of: {', '.join(layer.columns)}"))
    return columns if len(faults) == before else []


def _rows(
    path: str,
    body: list[tuple[int, list[str]]],
    columns: list[str],
    name: str,
    layer: _Layer,
    settings: dict[str, tuple[object, ...]],
    faults: list[Problem],
) -> Iterator[Row]:
    """Yield the rows; the first code span of their first cell is the tensor's name."""
    seen: dict[str, int] = {}
    for line, (first, *cells) in body:
        span = SPAN.search(first)
        tensor = span[1].strip() if span else first
        if tensor not in layer.tensors and not re.fullmatch(layer.parameters, tensor):
            faults.append(Problem(path, line, f"'{name}' has no tensor '{tensor}'", _near(tensor, layer.tensors)))
        if seen.setdefault(tensor, line) != line:
            faults.append(Problem(path, line, f"'{tensor}' has a row already, at line {seen[tensor]}", "Delete one"))
        shapes: list[tuple[str, str]] = []
        stated = [(column, cell.strip("` ")) for column, cell in zip(columns, cells, strict=False) if cell not in NOTHING]
        for column, text in stated:
            shape, fault = _shape(text, layer, settings)
            if fault:
                faults.append(Problem(path, line, f"'{tensor}' under '{column}': {fault[0]}", fault[1]))
            shapes.append((column, shape))
        if not stated:
            faults.append(
                Problem(path, line, f"the row '{tensor}' states no shape", "State one, such as `(N, L, H_in)`, or delete the row")
            )
        yield Row(line, tensor, tuple(shapes))


def _shape(text: str, layer: _Layer, settings: dict[str, tuple[object, ...]]) -> tuple[str, tuple[str, str] | None]:
    """Return a shape as an expression of vetted arithmetic, in one way of writing; and, if it is none, the fact and the remedy."""
    example = "Write a tuple of sizes, such as `(D * num_layers, N, H_out)`"
    try:
        tree = ast.parse(text, mode="eval").body if len(text) <= LONGEST else None
    except (SyntaxError, ValueError):
        tree = None
    if not isinstance(tree, ast.Tuple):
        remedy = f"Write `({ast.unparse(tree)},)`" if isinstance(tree, ast.Name) else example
        return "", (f"{text} is no shape", remedy)
    for node in tree.elts:
        for part in _parts(node):
            if not isinstance(part, ast.Name):
                return "", (f"'{ast.unparse(part)}' cannot be part of a shape", "Use symbols, whole numbers, +, -, *, // and sum(lengths)")
            if part.id not in layer.symbols:
                return "", (f"there is no symbol '{part.id}'", _near(part.id, layer.symbols))
            varied = VARIED.get(part.id)
            if varied and len(settings.get(varied, ())) < 2:
                return "", (f"'{part.id}' has one value in the whole sweep", f"Sweep several values of '{varied}', or write the number")
    return ast.unparse(tree), None


def _parts(node: ast.expr) -> Iterator[ast.expr]:
    """Yield the symbols of a dimension, and whatever cannot be part of one."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.FloorDiv):
        yield from (*_parts(node.left), *_parts(node.right))
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        return
    elif ast.unparse(node) != "sum(lengths)":
        yield node
