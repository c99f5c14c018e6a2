"""What a cell shows, and what is said of one that does not do what it promises."""

import pytest

from support.page import cell, output, panes, panes_and_problems, places, problems, render
from unrolled.run.engine import Engine

SHOWN = {
    "standard output": ('print("a")\nprint("b")', "a\nb"),
    "the last value": ("x = 2\nx + 1", "3"),
    "output, then the last value": ('print("a")\n"b"', "a\n'b'"),
    "not a value that a semicolon ends": ("1 + 1;", ""),
    "not a value before a semicolon and a comment": ("1 + 1;  # quiet", ""),
    "a value before a comment with a semicolon": ("1 + 1  # not; quiet", "2"),
    "not None": ("None", ""),
    "not a value that is no last expression": ("1\nx = 2", ""),
    "not an assignment": ("x = 5", ""),
    "what a child process prints": (
        'import subprocess\nassert subprocess.run(["echo", "child"]).returncode == 0',
        "child",
    ),
    "what C code prints": ('import os\nassert os.write(1, b"from C\\n")', "from C"),
    "what a thread prints late": (
        (
            "import threading, time\nthreading.Thread(target=lambda: (time.sleep(0.2),"
            ' print("late"))).start()'
        ),
        "late",
    ),
    "addresses without their numbers": ("object()", "<object at 0x…>"),
    "a tensor as torch prints it": ("import torch\ntorch.ones(2)", "tensor([1., 1.])"),
    "text that is no ASCII": ('print("größer → ∞")', "größer → ∞"),
}


@pytest.mark.parametrize(("code", "expected"), SHOWN.values(), ids=SHOWN.keys())
def test_a_cell_shows(code: str, expected: str, engine: Engine) -> None:
    assert output(code, engine) == expected


def test_each_chain_has_a_fresh_namespace(engine: Engine) -> None:
    (found,) = problems(cell("x = 1") + "\n" + cell("x"), engine)
    assert found.startswith("page.md:6: the cell raises NameError: name 'x' is not defined. ")
    assert "The cell at line 1 binds 'x': write {.python continuation} at line 5" in found


def test_a_name_that_no_cell_binds_is_an_error_to_fix(engine: Engine) -> None:
    (found,) = problems(cell("y = 1") + "\n" + cell("x"), engine)
    assert "name 'x' is not defined. Fix it, or promise the error" in found


def test_a_continuation_goes_on_in_the_namespace_of_the_cell_before(engine: Engine) -> None:
    text = (
        cell("x = 1")
        + "\n"
        + cell("x += 1\nx", "continuation")
        + "\n"
        + cell("x + 1", "continuation")
    )
    assert panes_and_problems(text, engine) == ([("text", "2"), ("text", "3")], [])


def test_a_continuation_goes_on_after_a_promised_error(engine: Engine) -> None:
    text = cell("x = 1\n1 / 0", "raises=ZeroDivisionError") + "\n" + cell("x", "continuation")
    assert problems(text, engine) == []
    assert panes(text, engine)[-1] == ("text", "1")


def test_a_continuation_goes_on_after_a_promised_exit(engine: Engine) -> None:
    text = (
        cell("x = 1\nraise SystemExit", "raises=SystemExit")
        + "\n"
        + cell('print("ran")', "continuation")
    )
    assert problems(text, engine) == []
    assert panes(text, engine)[-1] == ("text", "ran")


def test_a_promised_error_is_shown_with_its_line_and_message(engine: Engine) -> None:
    text = cell("x = [1]\nx[3]", "raises=IndexError")
    assert panes_and_problems(text, engine) == (
        [
            (
                "error",
                (
                    "Traceback (most recent call last):\n  line 2: x[3]\nIndexError: list index out"
                    " of range"
                ),
            )
        ],
        [],
    )


def test_raises_may_name_a_base_class(engine: Engine) -> None:
    assert problems(cell("[][0]", "raises=LookupError"), engine) == []


def test_raises_of_another_type_is_a_problem_at_the_line_that_raised(engine: Engine) -> None:
    found = problems("Prose.\n\n" + cell("x = 1\nx / 0", "raises=ValueError"), engine)
    assert found == [
        "page.md:5: the cell promises raises=ValueError and raises ZeroDivisionError: division by"
        " zero. Promise raises=ZeroDivisionError, or fix the code."
    ]


def test_a_promised_error_that_does_not_come_is_a_problem(engine: Engine) -> None:
    found = problems(cell("1 + 1", "raises=ValueError"), engine)
    assert found == [
        "page.md:1: the cell promises raises=ValueError, and nothing is raised. Drop the promise,"
        " or fix the code."
    ]


def test_a_promised_syntax_error_is_shown(engine: Engine) -> None:
    text = cell("x = (", "raises=SyntaxError")
    assert problems(text, engine) == []
    assert "SyntaxError: '(' was never closed" in panes(text, engine)[0][1]


def test_an_error_in_a_function_of_an_earlier_cell_is_reported_at_the_call(engine: Engine) -> None:
    text = cell("def f():\n    return 1 / 0") + "\n" + cell("x = 1\nf()", "continuation")
    assert places(problems(text, engine)) == [8]


def test_a_hidden_cell_runs_and_is_not_on_the_page(engine: Engine) -> None:
    text = (
        cell('secret = 41\nprint("whisper")', "hidden") + "\n" + cell("secret + 1", "continuation")
    )
    content = render(text, engine)
    assert panes_and_problems(text, engine) == ([("text", "42")], [])
    assert "whisper" not in content and "41" not in content


def test_an_error_in_a_hidden_cell_is_a_problem(engine: Engine) -> None:
    assert places(problems(cell("x = 1\n1 / 0", "hidden"), engine)) == [3]


def test_a_notest_cell_is_shown_with_its_reason_and_not_run(engine: Engine) -> None:
    text = cell('print("run")\n1 / 0', 'notest reason="needs a <GPU>"')
    content = render(text, engine)
    assert problems(text, engine) == []
    assert "Not run here: needs a &lt;GPU&gt;" in content and "cell-output" not in content


def test_a_hexadecimal_number_is_no_address(engine: Engine) -> None:
    assert output("hex(255 << 16)", engine) == "'0xff0000'"


def test_a_notest_cell_needs_a_reason(engine: Engine) -> None:
    found = problems(cell("1 / 0", "notest"), engine)
    assert len(found) == 1
    assert found[0].startswith("page.md:1: a 'notest' cell gives no reason.")


def test_an_end_of_input_can_be_promised(engine: Engine) -> None:
    assert problems(cell("input()", "raises=EOFError"), engine) == []


def test_an_error_in_a_thread_is_the_cells(engine: Engine) -> None:
    found = problems(
        cell(
            'import threading\nt = threading.Thread(target=lambda: int("no"))\nt.start()\nt.join()'
        ),
        engine,
    )
    assert places(found) == [3]
    assert "the cell raises ValueError" in found[0]


def test_environment_and_builtins_do_not_leak_from_chain_to_chain(engine: Engine) -> None:
    first = cell(
        'import builtins, os, sys\nbuiltins.leak = 1\nos.environ["LEAK"] = "1"\nsys.path.insert(0,'
        ' "leak")\nopen("leak", "w").close()'
    )
    second = cell(
        'import builtins, os, sys\nhasattr(builtins, "leak"), "LEAK" in os.environ, "leak" in'
        ' sys.path, os.path.exists("leak")'
    )
    assert problems(first + "\n" + second, engine) == []
    assert panes(first + "\n" + second, engine) == [("text", "(False, False, False, False)")]


def test_warnings_have_a_pane_of_their_own(engine: Engine) -> None:
    text = cell('import warnings\nwarnings.warn("look out <b>")\nprint("done")')
    assert panes_and_problems(text, engine) == (
        [("text", "done"), ("warning", "UserWarning: look out <b>")],
        [],
    )


def test_standard_error_has_a_pane_of_its_own(engine: Engine) -> None:
    assert panes(cell('import sys\nprint("mind", file=sys.stderr)'), engine) == [("stderr", "mind")]


CONTAINERS = {
    "plain": "{}",
    "list item": "- Item\n\n    {}",
    "numbered item": "1. Item\n\n    {}",
    "nested list": "- Item\n\n    - Inner\n\n        {}",
    "indented tab": '=== "Tab"\n\n    {}',
    "admonition": "!!! note\n\n    {}",
    "folded note": "??? note\n\n    {}",
    "tab inside an admonition": '!!! note\n\n    === "Tab"\n\n        {}',
    "block tab": "/// tab | Tab\n\n{}\n\n///",
    "block details": "/// details | More\n\n{}\n\n///",
    "blockquote": "> {}",
}


@pytest.mark.parametrize("container", CONTAINERS.values(), ids=CONTAINERS.keys())
def test_a_cell_is_the_same_in_a(container: str, engine: Engine) -> None:
    """The same output, no problem when it is well, and the right line when it is not."""

    def page(code: str) -> str:
        before, after = f"Before.\n\n{container}".split("{}")
        prefix = before.rsplit("\n", 1)[1]
        return before + f"\n{prefix}".join(["```python", *code.split("\n"), "```"]) + after + "\n"

    good = page("x = 6\n\nx * 7")
    assert panes_and_problems(good, engine) == ([("text", "42")], [])
    bad = page("x = 6\n\nx / 0")
    found = problems(bad, engine)
    expected = next(number for number, line in enumerate(bad.split("\n"), 1) if "x / 0" in line)
    assert places(found) == [expected]
