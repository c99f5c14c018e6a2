"""Shape contracts.

Right ones hold over hundreds of configurations, and every wrong shape is refuted by one that the
problem names.
"""

import dataclasses
import functools
import itertools
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from support.page import convert, output, places, planned, problems
from unrolled.blocks.shapes import layers
from unrolled.blocks.shapes.item import Contract
from unrolled.blocks.shapes.reading import FUNCTION
from unrolled.model.cell import Chain, Task
from unrolled.model.item import Trial
from unrolled.model.page import Page
from unrolled.run.engine import Engine
from unrolled.site.check import prove

COLUMNS = ("Sequence first", "`batch_first=True`", "Unbatched", "Packed")
FIRST_ROW = 7
"""The line of a table's first row on a page without a sweep."""


def page(
    layer: str, rows: list[list[str]], columns: tuple[str, ...] = COLUMNS, swept: str = ""
) -> str:
    """Return a page with a contract; `swept` is a flow mapping of settings, and adds a line."""
    table = [["Tensor", *columns], ["---"] * (len(columns) + 1), *rows]
    option = f"    sweep: {swept}\n" if swept else ""
    return (
        f"# Page\n\n/// shapes | {layer}\n{option}\n"
        + "".join(f"| {' | '.join(row)} |\n" for row in table)
        + "\n///\n"
    )


def row(tensor: str, *shapes: str) -> list[str]:
    """Return a row of a table."""
    return [f"`{tensor}`", *(f"`{shape}`" if shape else "" for shape in shapes)]


INPUT = row("input", "(L, N, H_in)", "(N, L, H_in)", "(L, H_in)", "(sum(lengths), H_in)")
OUTPUT = row(
    "output",
    "(L, N, D * H_out)",
    "(N, L, D * H_out)",
    "(L, D * H_out)",
    "(sum(lengths), D * H_out)",
)
STATE = (
    "(D * num_layers, N, H_out)",
    "(D * num_layers, N, H_out)",
    "(D * num_layers, H_out)",
    "(D * num_layers, N, H_out)",
)
MEMORY = tuple(shape.replace("H_out", "H_cell") for shape in STATE)
ROWS = {
    "nn.RNN": [INPUT, row("h_0", *STATE), OUTPUT, row("h_n", *STATE)],
    "nn.GRU": [INPUT, row("h_0", *STATE), OUTPUT, row("h_n", *STATE)],
    "nn.LSTM": [
        INPUT,
        row("h_0", *STATE),
        row("c_0", *MEMORY),
        OUTPUT,
        row("h_n", *STATE),
        row("c_n", *MEMORY),
    ],
}
GATES = {"nn.RNN": 1, "nn.GRU": 3, "nn.LSTM": 4}
CELL = [
    row("input", "(N, H_in)", "(H_in,)"),
    row("h_0", "(N, H_out)", "(H_out,)"),
    row("h_1", "(N, H_out)", "(H_out,)"),
]
CELLS = {
    "nn.RNNCell": CELL,
    "nn.GRUCell": CELL,
    "nn.LSTMCell": [
        *CELL,
        row("c_0", "(N, H_out)", "(H_out,)"),
        row("c_1", "(N, H_out)", "(H_out,)"),
    ],
}


def contract(text: str) -> Contract:
    """Return a page's only contract."""
    (found,) = planned(text).of(Contract)
    return found


def with_sweep(page: Page, **arguments: object) -> Page:
    """Return a page whose contract is swept with other arguments than the plan gives."""
    (trial,) = page.trials
    task = Task(FUNCTION, json.dumps(arguments), timeout=120)
    return dataclasses.replace(page, trials=(Trial(trial.item, trial.name, Chain((), task)),))


@pytest.mark.parametrize("layer", ROWS)
def test_a_right_contract_holds_over_several_hundred_configurations(
    layer: str, engine: Engine
) -> None:
    text = page(layer, ROWS[layer])
    content, found = convert(text, engine)
    assert found == []
    match = re.search(
        r'<p class="contract__proof">Each row held in all (\d+) configurations: (.*?)</p>', content
    )
    assert match
    assert int(match[1]) >= 300
    assert match[2].startswith("num_layers 1–3, bias off and on, bidirectional off and on")
    assert "sequence-first, batch-first, unbatched and packed input" in match[2]
    assert re.search(r"\(torch \d+\.\d+\.\d+\)\.$", match[2])
    assert ("proj_size off and on" in match[2]) == (layer == "nn.LSTM")
    assert ("nonlinearity tanh and relu" in match[2]) == (layer == "nn.RNN")


@pytest.mark.parametrize("layer", CELLS)
def test_a_right_contract_of_a_cell_class_holds(layer: str, engine: Engine) -> None:
    assert problems(page(layer, CELLS[layer], ("Batched", "Unbatched")), engine) == []


@pytest.mark.parametrize("layer", ROWS)
def test_parameters_can_be_rows(layer: str, engine: Engine) -> None:
    gates = GATES[layer]
    rows = [
        row("weight_ih_l0", f"({gates} * hidden_size, input_size)"),
        row("weight_ih_l1", f"({gates} * hidden_size, D * H_out)"),
        row("weight_hh_l2_reverse", f"({gates} * hidden_size, H_out)"),
        row("bias_ih_l0", f"({gates} * hidden_size,)"),
        *([row("weight_hr_l0", "(proj_size, hidden_size)")] if layer == "nn.LSTM" else []),
    ]
    assert problems(page(layer, rows, ("Any",)), engine) == []
    content, _ = convert(page(layer, rows, ("Any",)), engine)
    assert "Each row held in every configuration that it speaks of (weight_ih_l0 " in content
    wrong = [row("weight_ih_l1", f"({gates} * hidden_size, H_out)")]
    assert places(problems(page(layer, wrong, ("Any",)), engine)) == [FIRST_ROW]


WRONG = {
    "a batch where there is none": ("nn.RNN", "output", 2, "(L, 1, D * H_out)", ""),
    "a batch axis of one in the state": ("nn.RNN", "h_n", 2, "(D * num_layers, 1, H_out)", ""),
    "a number that one configuration has": ("nn.RNN", "h_n", 0, "(1, N, H_out)", "="),
    "swapped axes": ("nn.RNN", "output", 0, "(N, L, D * H_out)", ""),
    "a missing D": ("nn.GRU", "output", 0, "(L, N, H_out)", "bidirectional=True"),
    "a missing number of layers": ("nn.GRU", "h_n", 0, "(D, N, H_out)", "num_layers=2"),
    "padding where there is none": ("nn.GRU", "output", 3, "(L, N, D * H_out)", ""),
    "all steps of a packed batch": ("nn.GRU", "input", 3, "(L * N, H_in)", ""),
    "hidden_size in h_n with a projection": (
        "nn.LSTM",
        "h_n",
        0,
        "(D * num_layers, N, hidden_size)",
        "proj_size=",
    ),
    "the projection in c_n": ("nn.LSTM", "c_n", 0, "(D * num_layers, N, H_out)", "proj_size="),
    "hidden_size in output with a projection": (
        "nn.LSTM",
        "output",
        2,
        "(L, D * H_cell)",
        "proj_size=",
    ),
    "batch_first moving h_n": (
        "nn.LSTM",
        "h_n",
        1,
        "(N, D * num_layers, H_out)",
        "batch_first=True",
    ),
    "batch_first moving h_0": (
        "nn.LSTM",
        "h_0",
        1,
        "(N, D * num_layers, H_out)",
        "batch_first=True",
    ),
}
"""Of a layer, a tensor, a column, a wrong shape, and what must be in the call that refutes it. One
a cell: a layer's stand on one page."""


@pytest.fixture(scope="module")
def refuted(engine: Engine) -> Callable[[str], list[str]]:
    """Return a function that gives the problems of a contract with the wrong shapes of `WRONG`."""

    @functools.cache
    def found(layer: str) -> list[str]:
        rows = {r[0].strip("`"): list(r) for r in ROWS[layer]}
        for of, tensor, column, wrong, _ in WRONG.values():
            if of == layer:
                rows[tensor][column + 1] = f"`{wrong}`"
        return problems(page(layer, list(rows.values())), engine)

    return found


@pytest.mark.parametrize(
    ("layer", "tensor", "column", "wrong", "because"), WRONG.values(), ids=WRONG.keys()
)
def test_a_wrong_row_says_what_refutes_it(
    layer: str,
    tensor: str,
    column: int,
    wrong: str,
    because: str,
    refuted: Callable[[str], list[str]],
) -> None:
    """At its line.

    The configuration as a constructor's call and the input's shape, the shape stated, and the
    actual one.
    """
    kind = COLUMNS[column].strip("`")
    line = FIRST_ROW + [r[0] for r in ROWS[layer]].index(f"`{tensor}`")
    (found,) = (
        p for p in refuted(layer) if p.startswith(f"page.md:{line}: '{tensor}' under '{kind}' ")
    )
    head, expected, actual, call, given = found.split("\n")
    assert re.fullmatch(
        r".* has another shape, in \d+ of \d+ configurations\. "
        rf"Fix the row, so that it holds for every '{layer}' of the sweep\.",
        head,
    )
    assert re.fullmatch(rf"    expected {re.escape(wrong)} = \([\d, ]+\)", expected)
    assert re.fullmatch(r"    actual   (\([\d, ]+\)|RuntimeError: .+)", actual)
    assert expected.rpartition(" = ")[2] != actual.rpartition("   ")[2]
    assert re.fullmatch(
        rf"    in       {re.escape(layer)}\(input_size=\d+, hidden_size=\d+.*\)", call
    )
    assert because in call
    assert re.fullmatch(
        r"    input    \([\d, ]+\)"
        + (r", packed, lengths \[[\d, ]+\]" if kind == "Packed" else ""),
        given,
    )


@pytest.mark.parametrize("layer", ROWS)
def test_a_wrong_row_refutes_no_other(layer: str, refuted: Callable[[str], list[str]]) -> None:
    assert len(refuted(layer)) == sum(wrong[0] == layer for wrong in WRONG.values())


def test_a_row_of_no_tensor_hides_no_wrong_row(engine: Engine) -> None:
    table = "| Tensor | Sequence first |\n| --- | --- |\n"
    rows = "| `output` | `(N, L, H_out)` |\n| `h_m` | `(num_layers, N, H_out)` |\n"
    text = f"/// shapes | nn.GRU\n    sweep:\n        num_layers: [1, 2]\n\n{table}{rows}\n///\n"
    wrong, unknown = problems(text, engine)
    assert wrong.startswith("page.md:7: 'output' under 'Sequence first' has another shape")
    assert unknown == "page.md:8: 'nn.GRU' has no tensor 'h_m'. Did you mean 'h_n'?"


def test_torch_itself_refuses_a_wrong_initial_state(engine: Engine) -> None:
    (found,) = problems(
        page("nn.LSTM", [row("c_0", "(D * num_layers, N, H_out)")], COLUMNS[:1]), engine
    )
    assert "actual   RuntimeError: Expected hidden[1] size" in found


def test_what_a_problem_names_is_true(engine: Engine) -> None:
    """The call and the input give the actual shape."""
    (found,) = problems(
        page("nn.LSTM", [row("c_n", "(D * num_layers, N, H_out)")], COLUMNS[:1]), engine
    )
    said = {line.split()[0]: line.split(maxsplit=1)[1] for line in found.split("\n")[1:]}
    code = (
        f"import torch\nfrom torch import nn\n\nlayer = {said['in']}\n_, (_, c_n) ="
        f" layer(torch.zeros({said['input']}))\n"
    )
    shape, projected = output(
        f'{code}print(tuple(c_n.shape), layer.proj_size, sep="; ")', engine
    ).split("; ")
    assert shape == said["actual"]
    assert said["expected"].endswith(
        f"= ({', '.join(shape.strip('()').split(', ')[:2])}, {projected})"
    )


SYMBOLS = ("N", "L", "D", "num_layers", "H_in", "H_out", "H_cell", "sum(lengths)", "1")


def mutants(shape: str) -> set[str]:
    """Return what a shape could be mistaken for.

    Two dimensions swapped, one dropped or added, a symbol dropped or replaced by another.
    """
    dimensions = [d.strip() for d in shape.strip("()").split(",") if d.strip()]
    written = {shape}
    for i, j in itertools.combinations(range(len(dimensions)), 2):
        swapped = list(dimensions)
        swapped[i], swapped[j] = swapped[j], swapped[i]
        written.add(_write(swapped))
    for i, dimension in enumerate(dimensions):
        written.add(_write(dimensions[:i] + dimensions[i + 1 :]))
        written.add(_write([*dimensions[:i], "1", *dimensions[i:]]))
        written.add(_write([*dimensions[:i], f"{dimension} + 1", *dimensions[i + 1 :]]))
        factors = dimension.split(" * ")
        for k, other in itertools.product(range(len(factors)), SYMBOLS):
            replaced = [*factors[:k], other, *factors[k + 1 :]]
            written.add(_write([*dimensions[:i], " * ".join(replaced), *dimensions[i + 1 :]]))
    return written - {shape}


def _write(dimensions: list[str]) -> str:
    return f"({', '.join(dimensions)}{',' if len(dimensions) == 1 else ''})"


@pytest.mark.parametrize("layer", ROWS)
def test_every_mutant_of_every_shape_is_refuted(layer: str, engine: Engine) -> None:
    """All at once: each mutant is a row of one sweep.

    Where a layer has no projection, `H_cell` and `H_out` are the same.
    """
    right = planned(page(layer, ROWS[layer]))
    columns = [c.strip("`") for c in COLUMNS]
    rows: list[tuple[str, dict[str, str]]] = []
    for tensor, *shapes in ROWS[layer]:
        for column, shape in zip(columns, shapes, strict=True):
            for mutant in sorted(mutants(shape.strip("`"))):
                same = layer != "nn.LSTM" and mutant.replace("H_cell", "H_out") == shape.strip("`")
                if not same and not (
                    tensor in ("`h_0`", "`c_0`") and column != "Sequence first"
                ):  # torch judges these, more slowly
                    rows.append((tensor.strip("`"), {column: mutant}))
    assert len(rows) > 300
    settings = {name: list(values) for name, values in right.of(Contract)[0].settings}
    swept = with_sweep(
        right, layer=layer.removeprefix("nn."), settings=settings, columns=columns, rows=rows
    )
    (ran,) = engine.run([swept])
    fared: list[dict[str, Any]] = ran.runs[0].result["rows"]
    assert [row for row, summary in zip(rows, fared, strict=True) if not summary["refuted"]] == []


def test_sizes_are_primes_pairwise_different_and_change_from_set_to_set(engine: Engine) -> None:
    printed = "print(json.dumps([sweep.MOST, sizes.sets(sweep.MOST), sizes.sets(sweep.MOST)]))"
    most, sets, again = json.loads(
        output(f"import json\nfrom unrolled.blocks.shapes import sizes, sweep\n\n{printed}", engine)
    )
    assert len(sets) == most
    assert sets == again
    for batch, steps, features, hidden, projected, lengths in sets:
        numbers = [batch, steps, features, hidden, projected, sum(lengths)]
        assert len(set(numbers)) == 6
        assert all(n > 4 and all(n % p for p in range(2, n)) for n in numbers)
        assert projected < hidden
        assert lengths == sorted(lengths, reverse=True)
        assert (len(lengths), lengths[0], lengths[-1] > 0) == (batch, steps, True)
        assert len(set(lengths)) > 1
    assert all(
        a != b
        for one, two in itertools.pairwise(sets)
        for a, b in zip(one[:5], two[:5], strict=True)
    )


COUNTED = """\
from unrolled.blocks.shapes import forward, sweep

seen = []
original = forward.tensors


def spy(module, x, sizes, kind):
    options = (getattr(module, name, None) for name in ("bias", "nonlinearity"))
    seen.append((str(module), *options, forward.describe(x, sizes)))
    return original(module, x, sizes, kind)


forward.tensors = spy
found = sweep.run({layer!r}, {settings!r}, {columns!r}, [("input", {{"Any": "(1,)"}})])
print(len(seen), len(set(seen)), found["configurations"], found["rows"][0]["tried"]["Any"])"""


@pytest.mark.parametrize("layer", [*ROWS, *CELLS])
def test_the_count_is_of_distinct_configurations_that_were_run(layer: str, engine: Engine) -> None:
    columns = [c.strip("`") for c in COLUMNS] if layer in ROWS else ["Batched", "Unbatched"]
    settings = {name: list(layers.SETTINGS[name]) for name in layers.LAYERS[layer].settings}
    shown = output(
        COUNTED.format(layer=layer.removeprefix("nn."), settings=settings, columns=columns), engine
    )
    (count,) = set(map(int, shown.split()))
    assert count >= (200 if layer in CELLS else 300)


def test_a_narrower_sweep_says_what_it_swept(engine: Engine) -> None:
    text = page(
        "nn.LSTM",
        [row("h_n", "(num_layers, N, H_out)")],
        ("Sequence first",),
        "{num_layers: [1, 4], proj_size: [0, any]}",
    )
    content, found = convert(text, engine)
    assert found == []
    said = (
        r"The row held in all (\d+) configurations: num_layers 1 and 4, proj_size off and on;"
        r" sequence-first input; (\d+) sets of sizes"
    )
    match = re.search(said, content)
    assert match
    assert int(match[1]) == 4 * int(match[2]) == 200


def test_a_huge_shape_refutes_a_row_and_takes_no_memory(engine: Engine) -> None:
    huge = " * ".join(["N"] * 12)
    (found,) = problems(page("nn.RNN", [row("h_0", f"({huge}, {huge})")], COLUMNS[:1]), engine)
    assert "actual   RuntimeError: " in found


def test_a_contract_is_run_once_and_kept(engine: Engine) -> None:
    text = page("nn.RNN", [row("input", "(L + 0, N, H_in)")], COLUMNS[:1])
    problems(text, engine)
    before = engine.executed
    problems("# Another title\n\nMore prose.\n\n" + text, engine)
    assert engine.executed == before


def test_a_configuration_that_torch_refuses_is_a_problem_of_the_contract(engine: Engine) -> None:
    """Should torch come to refuse a configuration, the problem names it."""
    rows = [("input", {"Any": "(L,)"})]
    changed = with_sweep(
        planned(page("nn.RNN", [INPUT])),
        layer="GRU",
        settings={"proj_size": ["any"]},
        columns=["Unbatched"],
        rows=rows,
    )
    (problem,) = map(str, prove([changed], engine)[1])
    assert problem.startswith(
        "page.md:3: the sweep of 'nn.RNN' comes to a configuration that fails. Sweep less."
    )
    assert re.search(
        r"in       nn\.GRU\(input_size=\d+, hidden_size=\d+, proj_size=\d+\)\n", problem
    )
    assert "raises   " in problem


def test_a_sweep_that_fails_is_a_problem_of_the_contract(engine: Engine) -> None:
    changed = with_sweep(
        planned(page("nn.RNN", [INPUT])), layer="Nothing", settings={}, columns=["Unbatched"]
    )
    (problem,) = map(str, prove([changed], engine)[1])
    assert problem.startswith("page.md:3: the sweep of 'nn.RNN' does not come to its end.")
    assert "TypeError: run() missing 1 required positional argument: 'rows'" in problem
