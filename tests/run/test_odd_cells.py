"""What other libraries and habits ask of a page: each is shown as in Jupyter, or named."""

from __future__ import annotations

import pytest

from support.page import cell, output, panes_and_problems, problems, render
from unrolled.run.engine import Engine

PACKAGE = """
import pathlib

def write(name, text):
    path = pathlib.Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)

"""


def test_pyplot_may_be_imported_by_a_library(engine: Engine) -> None:
    # Seaborn and pandas do, once the methods that cells get have taken the place of others.
    code = (
        "import importlib, matplotlib.pyplot as plt\nplt = importlib.reload(plt)\n"
        "plt.figure().tight_layout()\nplt.subplots_adjust(left=0.3)\nplt.close('all')\nprint(1)"
    )
    assert output(code, engine) == "1"


def test_what_bokeh_shows_needs_a_browser(engine: Engine) -> None:
    code = (
        PACKAGE + "write('bokeh/__init__.py', '')\n"
        "write('bokeh/io/__init__.py', 'from bokeh.io.showing import show')\n"
        "write('bokeh/io/showing.py', 'def show(value):\\n    raise PermissionError(1)')\n"
        "from bokeh.io import show\nshow(object())"
    )
    (found,) = problems(cell(code), engine)
    assert "shows bokeh object, which needs a browser and scripts" in found


def test_scripts_that_a_library_publishes_are_named(engine: Engine) -> None:
    code = (
        "from IPython.display import publish_display_data\n"
        "publish_display_data({'text/html': '<script>1</script>'})"
    )
    (found,) = problems(cell(code), engine)
    assert "the cell shows HTML, which needs a browser" in found


def test_an_image_is_shown_in_no_window(engine: Engine) -> None:
    code = "from PIL import Image\nImage.new('RGB', (2, 2), 'red').show()"
    assert "data:image/png" in render(cell(code, 'alt="red"'), engine)


def test_a_bar_of_html_is_shown_as_text(engine: Engine) -> None:
    shown = output("from IPython.display import ProgressBar\nProgressBar(10)", engine)
    assert shown.endswith("0/10")


@pytest.mark.parametrize("how", ["abs", "lambda x: abs(x)"])
@pytest.mark.parametrize("backend", ["", ", backend='loky'"])
def test_joblib_runs_side_by_side(how: str, backend: str, engine: Engine) -> None:
    code = (
        "from joblib import Parallel, delayed\n"
        f"Parallel(n_jobs=2{backend})(delayed({how})(n) for n in (-1, -2))"
    )
    assert output(code, engine) == "[1, 2]"


BARS = {
    "rich": ("Working... ━━━━━ 100% 0:00:01", "Working... ━━━━━ 100%"),
    "rich that goes on": ("Working... ━━╸━━  40% -:--:--", "Working... ━━╸━━  40%"),
    "alive-progress": ("|████| 3/3 [100%] in 0.0s (16424.59/s) ", "|████| 3/3 [100%]"),
    "no bar": ("a film of 100% 0:00:01", "a film of 100% 0:00:01"),
    "no bar of dashes": ("a-b 50% 0:00:01", "a-b 50% 0:00:01"),
}


@pytest.mark.parametrize(("line", "kept"), BARS.values(), ids=BARS.keys())
def test_a_bar_keeps_no_times(line: str, kept: str, engine: Engine) -> None:
    assert output(f"print({line!r})", engine) == kept.rstrip()


def test_other_sequences_of_a_terminal_leave_nothing(engine: Engine) -> None:
    code = (
        'print("\\x1b[?25la\\x1b[?25h \\x1b]8;;http://x\\x1b\\\\b\\x1b]8;;\\x1b\\\\'
        ' \\x1b(B\\x1b[38;2;1;2;3mc\\x1b[m")'
    )
    assert output(code, engine) == "a b c"


NOBODY = {
    "pdb": ("import pdb\npdb.set_trace()", "set_trace() waits for a person"),
    "pdb afterwards": ("import pdb\npdb.pm()", "post_mortem() waits for a person"),
    "IPython's debugger": (
        "from IPython.core.debugger import set_trace\nset_trace()",
        "set_trace() waits for a person",
    ),
    "IPython inside": ("import IPython\nIPython.embed()", "embed() waits for a person"),
    "a console": ("import code\ncode.interact()", "interact() waits for a person"),
    "help without a value": ("x = 1\nhelp()", "help() waits for a person"),
    "an address": (
        "import urllib.request\nurllib.request.urlopen('https://example.com/a.csv')",
        "the cell asks for 'example.com', and cells reach no network",
    ),
    "weights": (
        "import torch\ntorch.hub.load_state_dict_from_url('https://example.com/a.pth')",
        "the cell asks for 'example.com', and cells reach no network",
    ),
    "a server": (
        "import http.server as s\ns.HTTPServer(('', 8000), s.BaseHTTPRequestHandler)",
        "the cell opens a connection, and cells reach no network",
    ),
}


@pytest.mark.parametrize(("code", "fact"), NOBODY.values(), ids=NOBODY.keys())
def test_what_a_cell_cannot_have_is_named_at_its_line(code: str, fact: str, engine: Engine) -> None:
    (found,) = problems(cell(code), engine)
    assert found.startswith(f"page.md:3: {fact}")


def test_being_offline_can_be_handled(engine: Engine) -> None:
    code = (
        "import urllib.request\ntry:\n    urllib.request.urlopen('https://example.com')\n"
        "except OSError as error:\n    print(type(error).__name__)"
    )
    assert output(code, engine) == "URLError"
    promised = cell("import socket\nsocket.create_connection(('1.1.1.1', 80))", "raises=OSError")
    assert problems(promised, engine) == []


def test_an_endless_recursion_is_an_error_and_not_a_long_output(engine: Engine) -> None:
    code = "import sys\nsys.setrecursionlimit(200_000)\ndef f():\n    f()\nf()"
    (found,) = problems(cell(code), engine)
    assert found.startswith("page.md:5: the cell raises RecursionError")


def test_the_compiler_warns_once(engine: Engine) -> None:
    text = cell("x = 3\nx is 3")
    message = 'SyntaxWarning: "is" with a literal. Did you mean "=="?'
    expected = [("text", "True"), ("warning", message)]
    assert panes_and_problems(text, engine) == (expected, [])


def test_notes_of_an_error_are_shown(engine: Engine) -> None:
    code = 'error = ValueError("no")\nerror.add_note("since 2 is not 3")\nraise error'
    ((kind, shown),), found = panes_and_problems(cell(code, "raises=ValueError"), engine)
    assert (kind, found) == ("error", [])
    assert shown.endswith("ValueError: no\nsince 2 is not 3")


def test_a_command_that_goes_on_is_waited_for(engine: Engine) -> None:
    code = (
        "import subprocess\nsubprocess.Popen(['sh', '-c', 'sleep 0.3; echo late'])\nprint('early');"
    )
    assert output(code, engine) == "early\nlate"


def test_arguments_that_nobody_typed(engine: Engine) -> None:
    code = "import argparse\np = argparse.ArgumentParser()\np.add_argument('x')\np.parse_args()"
    (found,) = problems(cell(code), engine)
    assert "parse_args([…])" in found


BROKEN = {
    "its text": "class E(Exception):\n    def __str__(self):\n        raise SystemExit\nraise E",
    "its notes": "e = ValueError(1)\ne.__notes__ = 3\nraise e",
    "a note": (
        "class N:\n    def __str__(self):\n        raise KeyboardInterrupt\n"
        "e = ValueError(1)\ne.__notes__ = [N()]\nraise e"
    ),
}


@pytest.mark.parametrize("code", BROKEN.values(), ids=BROKEN.keys())
def test_an_error_that_is_broken_itself_is_still_that_of_its_cell(
    code: str, engine: Engine
) -> None:
    (found,) = problems(cell(code), engine)
    assert found.startswith(f"page.md:{code.count(chr(10)) + 2}: the cell raises ")


def test_where_python_looks_for_modules_is_shown_without_the_machines_folders(
    engine: Engine,
) -> None:
    shown = output("import sys\nprint(*sys.path, sep='\\n')", engine).split("\n")
    assert len(shown) > 3 and "site-packages" in shown
    assert [path for path in shown if path.startswith("/")] == []
