"""Equations: TeX on the page, MathML for readers, and a problem for what is neither."""

import re
from xml.etree import ElementTree

import pytest

from support.page import cell, form, problems, render
from unrolled.api import Engine

STEP = r"\tanh(W_{ih} x_t + b_{ih} + W_{hh} h_{t-1} + b_{hh})"
MATHML = "{http://www.w3.org/1998/Math/MathML}"


def _equations(page: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(m) for m in re.findall(r"<math.*?</math>", page, re.DOTALL)]  # noqa: S314


@pytest.mark.parametrize(
    "around",
    ["{}", "- A list: {}", "| a | b |\n| --- | --- |\n| {} | c |", "> {}", "!!! note\n\n    {}"],
)
def test_an_equation_in_a_sentence_is_mathml(engine: Engine, around: str) -> None:
    page = render(f"# Page\n\n{around.format(f'It is $h_t = {STEP}$ and $x_*y_*z$.')}\n", engine)
    assert [m.get("display") for m in _equations(page)] == ["inline", "inline"]
    assert "<em>" not in page


@pytest.mark.parametrize("indent", ["", "    "])
def test_an_equation_alone_is_mathml_that_keys_can_scroll(engine: Engine, indent: str) -> None:
    lines = ("```math", rf"a &= {STEP} \\", r"b &= \sigma(a)", "```")
    text = "\n".join(indent + line for line in lines)
    page = render(f"# Page\n\n- item\n\n{text}\n", engine)
    (made,) = _equations(page)
    assert made.get("display") == "block"
    assert len(made.findall(f".//{MATHML}mtr")) == 2
    assert re.search(r'<div class="equation equation--alone"[^>]* tabindex="0"', page)


def test_names_are_read_as_names_and_functions_as_functions(engine: Engine) -> None:
    page = render(f"# Page\n\n${STEP}$\n", engine)
    (made,) = _equations(page)
    names = [sub[1].text for sub in made.iter(f"{MATHML}msub") if len(sub[1]) == 0]
    assert names == ["ih", "t", "ih", "hh", "hh"]
    inner = [part.text for part in made[0]]
    assert inner[:3] == ["tanh", "\u2061", "("]


@pytest.mark.parametrize(
    "text",
    ["It costs $5 and $6.", r"It costs \$5.", "`$x$` is code.", "a$b$c", "$ x $", "5$", "$$"],
)
def test_a_dollar_is_a_dollar(engine: Engine, text: str) -> None:
    assert "<math" not in render(f"# Page\n\n{text}\n", engine)


BAD = {
    r"\frac{1}": "a part is missing",
    r"\frac{1}{": "is not closed",
    r"x_": "is not TeX",
    r"a}": "closes nothing",
    r"\foo x": r"the unknown command \foo",
    r"\begin{nonsense} a \end{nonsense}": "the unknown environment 'nonsense'",
    r"\left( x": "is not TeX",
    r"a & b": "outside rows",
    r"a % b": "begins a comment",
    r"\href{javascript:alert(1)}{x}": "colours, links or styles",
    r"\color{red}{x}": "colours, links or styles",
}


@pytest.mark.parametrize(("source", "fact"), BAD.items())
def test_bad_tex_is_a_problem_at_its_line(source: str, fact: str) -> None:
    (problem,) = form(f"# Page\n\nA line,\nthen ${source}$.\n")
    assert problem.startswith("page.md:4: ")
    assert fact in problem


@pytest.mark.parametrize("source", [*(s for s in BAD if "&" not in s), ""])
def test_so_it_is_in_a_fence(source: str) -> None:
    (problem,) = form(f"# Page\n\n```math\n{source}\n```\n")
    assert problem.startswith("page.md:3: ")


def test_text_of_an_equation_is_text(engine: Engine) -> None:
    page = render("# Page\n\n" + r"$\text{<b onclick='x'>}$" + "\n", engine)
    assert "<b" not in page


@pytest.mark.parametrize(
    "source", ["h = 0.76", r"16\%", r"16\,\%", "(4, 7, 3)", r"50 \text{ parameters}", "(L, N, H)"]
)
def test_a_result_typed_in_an_equation_is_a_problem(engine: Engine, source: str) -> None:
    for text in (f"So ${source}$.", f"```math\na &= b \\\\\n{source}\n```"):
        found = problems(f"# Page\n\n{text}\n", engine)
        assert len(found) == 1, found
        assert "nothing proves" in str(found[0])
    assert str(found[0]).startswith("page.md:5: ")


def test_a_number_of_the_pages_code_may_stand_in_an_equation(engine: Engine) -> None:
    text = f"# Page\n\n{cell('scale = 0.76')}\n\nSo $h = 0.76$.\n"
    assert not problems(text, engine)


@pytest.mark.parametrize(
    "text",
    [
        "`tanh(W_ih @ x + b_ih)`",
        "`W_hh @ h`",
        "`h_t = o * tanh(c_t)`",
        "`f * c + i * g`",
        "`(1 - z) * n + z * h`",
        "```text\nr = sigmoid(W_ir @ x + b_ir)\n```",
        "```\nh_t = tanh(x_t)\n```",
    ],
)
def test_a_formula_in_code_is_a_problem(text: str) -> None:
    (problem,) = form(f"# Page\n\nHere: {text}\n" if "\n" not in text else f"# Page\n\n{text}\n")
    assert "equation" in problem


@pytest.mark.parametrize(
    "text",
    [
        "`h_n`", "`W_ih`", "`torch.tanh(x + 1)`", "`3 * H * (I + H + 2)`", "`nonlinearity='tanh'`",
        "`x.mT @ h`", "`num_layers * D`", "`tanh`", "`sigmoid(50)`", "`out[-1]`",
    ],
)  # fmt: skip
def test_code_stays_code(text: str) -> None:
    assert not form(f"# Page\n\nHere is {text}.\n")


@pytest.mark.parametrize(
    "text",
    ["# The $x$ of it\n", "# Page\n\n/// card | What is $x$?\n    id: a-card\n\nIt is.\n///\n"],
)
def test_an_equation_in_a_heading_or_a_title_is_a_problem(text: str) -> None:
    (problem,) = form(text)
    assert "an equation is in a" in problem


def test_dollars_that_make_no_equation_are_a_problem() -> None:
    assert [p.split(". ")[0] for p in form("# Page\n\n$$\nx\n$$\n")] == [
        "page.md:3: the dollars $$ make no equation",
        "page.md:5: the dollars $$ make no equation",
    ]
