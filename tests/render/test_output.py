"""What reaches the page: no paths of the machine, nothing unescaped, the same each time.

Figures as inline SVG.
"""

import re
import sys
import tempfile
from pathlib import Path

import pytest

from support.page import (
    cell,
    convert,
    output,
    panes,
    panes_and_problems,
    panes_of,
    problems,
    render,
)
from unrolled.run.engine import Engine


def test_neither_output_nor_traceback_holds_a_path_of_the_machine(engine: Engine) -> None:
    text = "\n".join([
        cell("import os, sys, tempfile\n"
            "os.getcwd(), sys.prefix, sys.executable, tempfile.gettempdir()"),
        cell("import os\nos.path.expanduser('~'), os.__file__"),
        cell("import torch\ntorch.nn.LSTM(2, 3)(torch.ones(1))", "raises=Exception"),
        cell("open('none.txt')", "raises=FileNotFoundError"),
        cell("import os\nraise ValueError(os.path.abspath('none.txt'))", "raises=ValueError"),
        cell("import warnings, torch\nwarnings.warn(torch.__file__)"),
    ])  # fmt: skip
    found, wrong = panes_and_problems(text, engine)
    assert wrong == []
    shown = "\n".join(pane for _, pane in found)
    assert "none.txt" in shown
    for path in {
        sys.prefix,
        sys.base_prefix,
        tempfile.gettempdir() + "/",
        str(Path.home()),
        str(Path.cwd()),
    }:
        assert path not in shown


def test_the_working_directory_is_shown_as_a_dot(engine: Engine) -> None:
    assert output("import os\nos.getcwd()", engine) == "'.'"


def test_a_problem_holds_no_address_and_no_path(engine: Engine) -> None:
    found = problems(cell("import os\nraise ValueError(object(), os.getcwd())"), engine)
    assert "0x…" in found[0]
    assert not re.search(r"0x[0-9a-f]|unrolled-", found[0])


DRAWS = {
    "torch": "import torch\ntorch.rand(3), torch.randn(2), torch.nn.Linear(2, 2).weight",
    "random": "import random\nrandom.random(), random.sample(range(99), 5)",
    "numpy": "import numpy as np\nnp.random.rand(3)",
    "the order of a set": 'print({"a", "b", "c", "d", "e"})',
    "hash": 'hash("text")',
}


@pytest.fixture(scope="module")
def twice(
    engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, str], dict[str, str]]:
    """What two engines, each with its own cache and server, show for each of the draws."""
    root = tmp_path_factory.mktemp("second")
    other = Engine(root, root / ".cache")
    try:
        return tuple(
            {name: output(code, e) for name, code in DRAWS.items()} for e in (engine, other)
        )  # type: ignore[return-value]
    finally:
        other.close()


@pytest.mark.parametrize("name", DRAWS)
def test_runs_are_deterministic(name: str, twice: tuple[dict[str, str], dict[str, str]]) -> None:
    assert twice[0][name] == twice[1][name] != ""


PLOT = "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\nplt.title({title!r})\nplt.show()"


def test_a_figure_is_an_inline_svg_with_its_alternative_text(engine: Engine) -> None:
    text = cell(PLOT.format(title="loss"), 'alt="A line that <rises>"')
    content, found = convert(text, engine)
    assert found == []
    assert content.count("<svg") == 1
    assert 'role="img"' in content and 'aria-label="A line that &lt;rises&gt;"' in content


def test_a_figure_without_alternative_text_is_a_problem(engine: Engine) -> None:
    found = problems(cell(PLOT.format(title="loss")), engine)
    assert found == [
        'page.md:1: the cell\'s figure has no alternative text. Say what it shows: alt="…".'
    ]


def test_alternative_text_without_a_figure_is_a_problem(engine: Engine) -> None:
    assert "draws no figure" in problems(cell("1", 'alt="None"'), engine)[0]


def test_two_figures_share_no_id_and_each_reference_finds_its_own(engine: Engine) -> None:
    one = cell(PLOT.format(title="loss"), 'alt="One"')
    content = render(one + "\n" + one, engine)
    figures = re.findall(r"<svg.*?</svg>", content, re.DOTALL)
    assert len(figures) == 2
    ids = [set(re.findall(r'\bid="([^"]+)"', figure)) for figure in figures]
    assert ids[0] and not ids[0] & ids[1]
    for figure, own in zip(figures, ids, strict=True):
        wanted = set(re.findall(r'(?:href="#|url\(#)([^")]+)', figure))
        assert wanted and wanted <= own


def test_a_figure_has_no_style_no_script_and_no_markup_of_its_texts(engine: Engine) -> None:
    content = render(cell(PLOT.format(title="<script>alert(1)</script>"), 'alt="One"'), engine)
    figure = re.search(r"<svg.*?</svg>", content, re.DOTALL)
    assert figure
    assert not re.search(r"<script|<style|style=|<metadata|https?://(?!www\.w3\.org)", figure[0])


MARKUP = '</code></pre><script>alert("&amp;")</script>'
ESCAPED = {
    "output": f"print({MARKUP!r})",
    "a value": f"class V:\n    __repr__ = lambda self: {MARKUP!r}\nV()",
    "a warning": f"import warnings\nwarnings.warn({MARKUP!r})",
    "standard error": f"import sys\nprint({MARKUP!r}, file=sys.stderr)",
    "an exception": f"raise ValueError({MARKUP!r})",
}


@pytest.mark.parametrize("code", ESCAPED.values(), ids=ESCAPED.keys())
def test_markup_is_escaped_in(code: str, engine: Engine) -> None:
    text = cell(code, "raises=ValueError" if code.startswith("raise") else "")
    content, found = convert(text, engine)
    assert found == []
    assert "<script" not in content
    assert MARKUP in panes_of(content)[0][1]


PLACEHOLDERS = {
    "a character by number": "\x0260\x03script\x0262\x03",
    "another cell's HTML": "\x02wzxhzdk:0\x03",
    "its own HTML": "\x02wzxhzdk:1\x03",
    "an ampersand": "\x02amp\x03lt;",
    "an inline element": "\x02klzzwxh:0000\x03",
}


@pytest.mark.parametrize("text", PLACEHOLDERS.values(), ids=PLACEHOLDERS.keys())
def test_output_cannot_pose_as_a_placeholder_of_the_renderer(text: str, engine: Engine) -> None:
    """Python-Markdown keeps finished HTML behind control characters.

    A cell that prints them must not get at it, nor stop the build.
    """
    page = cell('print("first")') + "\n" + cell(f"print({text!r})")
    shown = panes(page, engine)
    assert shown[0] == ("text", "first")
    assert len(shown) == 2
    assert "script>" not in shown[1][1] and "first" not in shown[1][1] and "&" not in shown[1][1]


def test_a_claims_value_cannot_pose_as_a_placeholder_of_the_renderer(engine: Engine) -> None:
    content = render(cell('x = "\\x02wzxhzdk:0\\x03"') + "\nIt is `#!value x`.\n", engine)
    assert content.count('<div class="cell">') == 1
