"""Rich values: tables, formulas, images and figures, in order with what is printed."""

from __future__ import annotations

import re
import time

import pytest

from support.page import cell, panes, panes_and_problems, problems, render
from unrolled.run.engine import Engine

TABLE = """
class Table:
    def __repr__(self):
        return "a table"

    def _repr_html_(self):
        return ('<style scoped>td {color: red}</style><div style="color:red" onclick="x()">'
                '<table border="1" class="dataframe"><tr><th>a</th></tr><tr><td>1 &lt; 2</td></tr>'
                '</table></div><a href="javascript:x()">go</a>')
"""


def shown(code: str, engine: Engine, options: str = "") -> str:
    """Return the HTML beneath a cell; any problem fails the test."""
    text = cell(code, options)
    assert problems(text, engine) == []
    return re.sub(r"\s+", " ", render(text, engine).partition("</code></pre></div>")[2])


def test_a_table_is_a_table_without_style_or_script(engine: Engine) -> None:
    found = shown(TABLE + "Table()", engine)
    assert "<th>a</th>" in found and "<td>1 &lt; 2</td>" in found
    for unsafe in ("style", "onclick", "javascript", "color"):
        assert unsafe not in found


def test_markdown_and_formulas_are_rendered_in_order_with_prints(engine: Engine) -> None:
    found = shown(
        'from IPython.display import Markdown, Math, display\nprint("before")\n'
        'display(Markdown("**bold** $x^2$ <b onclick=x>no</b>"), 345)\nprint("after")\n'
        r'Math(r"h_t = \tanh(W x_t)")',
        engine,
    )
    order = ["before", "<strong>bold</strong>", "<msup>", "345", "after", "<mi>tanh"]
    places = [found.index(part) for part in order]
    assert places == sorted(places)
    assert "<b " not in found and "IPython" not in found


def test_display_needs_no_import(engine: Engine) -> None:
    text = cell('print(1)\ndisplay("two", [3])\nprint(4)')
    assert panes_and_problems(text, engine) == ([("text", "1\n'two'\n[3]\n4")], [])


def test_latex_that_cannot_be_read_is_shown_as_it_is(engine: Engine) -> None:
    found = shown('from IPython.display import Latex\nLatex("plain $a_1$ and & more")', engine)
    assert "plain" in found and "<msub>" in found and "&amp; more" in found


FORMULAS = {
    r"Math(r'\( x^2 \)')": "<msup>",
    r"Math(r'\[ x^2 \]')": "<msup>",
    r"Math('$$x^2$$')": "<msup>",
    r"Latex(r'So \( x_1 \) it is')": "<p>So <math",
    r"Latex(r'\[ x_1 \]')": 'display="block"',
    r"Latex(r'x_1 + \frac12')": "<mfrac>",
    r"Latex(r'\begin{align} a &= b \\ c &= d \end{align}')": "<mtr>",
    r"Markdown(r'See \( x_1 \) and \[ y_2 \].')": "See <math",
    r"Markdown(r'See \\( x_1 \\).')": "</math>.</p>",
    r"HTML(r'<p>See \( x_1 \), $y_2$</p>')": "</math>, <math",
}


@pytest.mark.parametrize(("code", "part"), FORMULAS.items())
def test_a_formula_between_any_marks_is_mathml(code: str, part: str, engine: Engine) -> None:
    found = shown(f"from IPython.display import HTML, Latex, Markdown, Math\n{code}", engine)
    assert part in found and "<math" in found and "\\" not in found
    assert "<mi>h</mi><mi>h</mi>" not in found and "(1)" not in found


NO_FORMULAS = {
    r"Markdown(r'`\( x \)` and $5 and $6')": r"<code>\( x \)</code> and $5 and $6",
    r"HTML(r'<code>\( x \)</code> $ and $x')": r"<code>\( x \)</code> $ and $x",
    "Latex('a_file named so')": "a_file named so",
}


@pytest.mark.parametrize(("code", "part"), NO_FORMULAS.items())
def test_code_and_prices_are_no_formulas(code: str, part: str, engine: Engine) -> None:
    found = shown(f"from IPython.display import HTML, Latex, Markdown\n{code}", engine)
    assert part in found and "<math" not in found


UNREADABLE = {
    r"Math(r'\frac{1}{')": "is not closed",
    r"Math(r'\foo x')": r"unknown command \foo",
    r"Latex(r'text \( \foo x \) more')": r"unknown command \foo",
    r"Markdown(r'See $\foo$ and $\foo$')": r"unknown command \foo",
    r"HTML(r'<b>\[ \foo \]</b>')": r"unknown command \foo",
}


@pytest.mark.parametrize(("code", "fact"), UNREADABLE.items())
def test_a_formula_that_cannot_be_read_is_one_problem(code: str, fact: str, engine: Engine) -> None:
    (found,) = problems(
        cell(f"from IPython.display import HTML, Latex, Markdown, Math\n{code}"), engine
    )
    assert found.startswith("page.md:1: the cell shows a formula that cannot be read: ")
    assert fact in found


IMAGE = """
import base64
class Dot:
    def _repr_png_(self):
        return base64.b64decode("{png}")
"""
PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5"
    "ErkJggg=="
)


def test_an_image_is_an_image(engine: Engine) -> None:
    found = shown(IMAGE.format(png=PNG) + "Dot()", engine, 'alt="a dot"')
    assert f'src="data:image/png;base64,{PNG}"' in found and 'alt="a dot"' in found


def test_a_drawing_of_an_object_is_a_figure(engine: Engine) -> None:
    code = (
        "class Ring:\n    def _repr_svg_(self):\n        return '<svg xmlns=\"http://www.w3.org/"
        '2000/svg"><circle r="3" onclick="x()"/><script>1</script></svg>\'\nRing()'
    )
    found = shown(code, engine, 'alt="a ring"')
    assert 'circle r="3"' in found and 'aria-label="a ring"' in found
    assert "script" not in found and "onclick" not in found


SCRIPTED = {
    "of scripts": (
        'class Chart:\n    def _repr_html_(self):\n        return "<script>1</script>"\nChart()',
        "Chart",
    ),
    "of a library's own kind": (
        "class Widget:\n    def _repr_mimebundle_(self, **_):\n        return {"
        '"application/vnd.jupyter.widget-view+json": {}, "text/plain": "Widget()"}\nWidget()',
        "Widget",
    ),
    "of JavaScript": (
        "from IPython.display import Javascript, display\ndisplay(Javascript('1'))",
        "Javascript",
    ),
    "from elsewhere": (
        "from IPython.display import Image\nImage(url='https://example.org/a.png')",
        "https://example.org/a.png",
    ),
    "from elsewhere, in Markdown": (
        "from IPython.display import Markdown\nMarkdown('![a](https://example.org/a.png)')",
        "https://example.org/a.png",
    ),
    "in a film": ("from IPython.display import HTML\nHTML('<video src=x></video>')", "HTML"),
    "by plotly's own show": (
        "import os\nos.mkdir('plotly')\nopen('plotly/__init__.py', 'w').close()\n"
        "with open('plotly/io.py', 'w') as to:\n    to.write('def show(*_): print(1)')\n"
        "import plotly.io\nplotly.io.show({})",
        "plotly Figure",
    ),
    "as plotly does": (
        "class Figure:\n    def _repr_mimebundle_(self, include=(), exclude=()):\n        return {"
        '"application/vnd.plotly.v1+json": {"data": []}, "text/html": '
        "'<div><script>1</script></div>'}\nFigure()",
        "Figure",
    ),
    "in a browser": (
        "import webbrowser\nwebbrowser.open('http://localhost:1')",
        "browser",
    ),
}


@pytest.mark.parametrize(("code", "named"), SCRIPTED.values(), ids=SCRIPTED.keys())
def test_what_a_page_cannot_show_is_one_problem(code: str, named: str, engine: Engine) -> None:
    (found,) = problems(cell(code), engine)
    assert named in found and "matplotlib" in found


def test_data_is_shown_as_text(engine: Engine) -> None:
    text = cell("from IPython.display import JSON\nJSON({'a': 1})")
    assert panes_and_problems(text, engine) == ([("text", '{\n  "a": 1\n}')], [])


def test_styles_alone_show_nothing(engine: Engine) -> None:
    code = 'from IPython.display import HTML\nHTML("<style>p {color: red}</style>")'
    assert "cell-output" not in shown(code, engine)


def test_what_has_a_text_beside_its_script_gives_the_text(engine: Engine) -> None:
    code = (
        'class Model:\n    def __repr__(self):\n        return "Model(a=1)"\n'
        '    def _repr_html_(self):\n        return "<script>1</script><div>Model</div>"\nModel()'
    )
    assert panes_and_problems(cell(code), engine) == ([("text", "Model(a=1)")], [])


TWO = """
import matplotlib.pyplot as plt

for n in range(2):
    print("figure", n)
    plt.plot([0, n])
    plt.title(f"title {n}")
    plt.show()
"""


def test_each_show_gives_a_figure_where_it_stands(engine: Engine) -> None:
    found = shown(TWO, engine, 'alt="a flat line | a rising line"')
    order = ["figure 0", "a flat line", "title 0", "figure 1", "a rising line", "title 1"]
    places = [found.index(part) for part in order]
    assert places == sorted(places)
    assert found.count("<svg") == 2


@pytest.mark.parametrize("alt", ["one", "one | two | three"])
def test_each_figure_needs_a_text_of_its_own(alt: str, engine: Engine) -> None:
    (found,) = problems(cell(TWO, f'alt="{alt}"'), engine)
    count = len(alt.split(" | "))
    assert found.startswith(f"page.md:1: the cell shows 2 figures, and alt holds {count} text")
    assert 'alt="first | second"' in found


def test_a_closed_figure_is_shown_as_a_value(engine: Engine) -> None:
    code = "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\nplt.close(figure)\n"
    assert "<svg" in shown(code + "figure", engine, 'alt="axes"')
    assert shown(code + "from IPython.display import display\ndisplay(figure)\nfigure;", engine,
                 'alt="axes"').count("<svg") == 1  # fmt: skip


FAULTS = {
    "a formula": r'plt.title(r"$\frac{1}{$")',
    "names and numbers on an axis": 'plt.plot(["a", "b"], [1, 2])\nplt.gca().set_xticks([0, "c"])',
    "a formatter": "plt.gca().xaxis.set_major_formatter(lambda x, _: 1 / 0)\nplt.plot([1])",
}


@pytest.mark.parametrize("code", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_while_drawing_is_its_exception(code: str, engine: Engine) -> None:
    text = cell(f"import matplotlib.pyplot as plt\n{code}", 'alt="x"')
    (found,) = problems(text, engine)
    assert "the cell raises " in found and "Error" in found and "os._exit" not in found


def test_output_that_is_cleared_is_gone(engine: Engine) -> None:
    code = (
        "from IPython.display import clear_output, display\n"
        "for n in range(3):\n    clear_output(wait=True)\n    print(n)\n    display([n])"
    )
    assert panes_and_problems(cell(code), engine) == ([("text", "2\n[2]")], [])


def test_what_is_displayed_can_be_updated(engine: Engine) -> None:
    code = 'shown = display("a", display_id=True)\nprint("b")\nshown.update("c")'
    assert panes(cell(code), engine) == [("text", "'c'\nb")]


BROKEN = {
    "a drawing that is none": 'class A:\n    def _repr_svg_(self):\n        return "<svg><p"\nA()',
    "an entity": (
        'class A:\n    def _repr_svg_(self):\n        return \'<!DOCTYPE svg [<!ENTITY a "b">]>'
        "<svg>&a;</svg>'\nA()"
    ),
}


@pytest.mark.parametrize("code", BROKEN.values(), ids=BROKEN.keys())
def test_a_drawing_that_cannot_be_read_is_a_problem(code: str, engine: Engine) -> None:
    (found,) = problems(cell(code, 'alt="a"'), engine)
    assert found.startswith("page.md:1: ") and "the figure" in found


HOSTILE = {
    "elements that never close": "HTML('<div>' * 10_000)",
    "brackets": "HTML('<' * 60_000)",
    "an attribute that never ends": "HTML('<p title=\"' + 'a' * 60_000)",
    "formulas that never end": "Latex('$a ' * 5_000)",
    "braces": r"Latex('$$' + '{' * 5_000 + '$$')",
    "quotes in quotes": "Markdown('> ' * 5_000)",
    "emphasis": "Markdown('*a **b ' * 5_000)",
}


@pytest.mark.parametrize("code", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_value_takes_linear_time_to_show(code: str, engine: Engine) -> None:
    text = cell(f"from IPython.display import HTML, Latex, Markdown\n{code}")
    began = time.monotonic()
    assert problems(text, engine) == []
    assert time.monotonic() - began < 10


THREADED = """
import threading
import matplotlib.pyplot as plt

def draw():
    plt.plot([1, 2])
    plt.title("drawn")
    plt.show()

thread = threading.Thread(target=draw)
thread.start()
thread.join()
"""
INLINE = """
import matplotlib
matplotlib.use("module://matplotlib_inline.backend_inline")
import matplotlib.pyplot as plt
plt.plot([1, 2])
plt.title("drawn")
plt.show()
"""


@pytest.mark.parametrize("code", [THREADED, INLINE], ids=["in a thread", "by Jupyter's backend"])
def test_a_figure_that_is_shown(code: str, engine: Engine) -> None:
    found = shown(code, engine, 'alt="a line"')
    assert found.count("<svg") == 1 and "drawn" in found


LAID_OUT = {
    "tight_layout": "plt.tight_layout()",
    "a figure's tight_layout": "plt.gcf().tight_layout()",
    "subplots_adjust": "plt.subplots_adjust(left=0.2)",
    "a colorbar and tight_layout": "plt.colorbar(plt.imshow([[1]]))\nplt.tight_layout()",
}


@pytest.mark.parametrize("code", LAID_OUT.values(), ids=LAID_OUT.keys())
def test_a_cell_may_lay_out_its_figure_without_a_warning(code: str, engine: Engine) -> None:
    found = shown(f"import matplotlib.pyplot as plt\nplt.plot([1])\n{code}", engine, 'alt="a"')
    assert "<svg" in found and "Warning" not in found
