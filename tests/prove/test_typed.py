"""Lies that somebody typed: each is one problem, at its line, however it is written."""

import pytest

from support.page import cell, problems
from unrolled.api import Engine
from unrolled.prove import typed

MAKE = """\
import torch
from torch import nn

rnn = nn.RNN(5, 3, batch_first=True)
out, h_n = rnn(torch.zeros(4, 7, 5))"""
LIES = {
    "sizes with x": "It is 4x7x9.",
    "sizes with a cross": "It is 4 × 7 × 9.",
    "sizes in an SVG": "<svg><title>Net</title><text>4 × 7 × 9</text></svg>",
    "a list": "It is [4, 7, 9].",
    "over two lines": "It is (4,\n7, 9).",
    "with emphasis": "It is (**4**, 7, 9).",
    "with code": "It is (`4`, `7`, `9`).",
    "with entities": "It is &#40;4, 7, 9).",
    "in words": "It is 4 by 7 by 9.",
    "one size": "So `out.size(0)` is 9.",
    "symbolic without code": "It is (L, N, H_out).",
    "symbolic with other letters": "It is `(T, B, F)`.",
    "symbolic in words": "It is (batch, seq_len, hidden_size).",
    "in a table": "| what | shape |\n| --- | --- |\n| out | (4, 7, 9) |",
    "in an alternative text": "![The shape is (4, 7, 9)](net.svg)",
    "in a tag's title": '<span title="(4, 7, 9)">x</span>',
    "parameters": "It has 480 parameters.",
    "a percentage": "It is right for 97 % of them.",
    "per cent": "It is right for 97 per cent.",
    "a small number": "The loss is 0.0123.",
    "a comparison": "It is three times slower.",
    "a version": "That holds since torch 2.9.",
    "configurations": "It holds in 4096 configurations.",
    "questions": "Nine questions follow.",
    "minutes": "This takes eight minutes.",
    "an error": "You get `RuntimeError: input must have 2 dimensions`.",
    "an output": "```text\nloss 0.53\n```",
    "a printed tensor": "```output\ntensor([1, 2])\n```",
    "a session": "```pycon\n>>> out.mean()\n```",
    "an output in HTML": "<pre>epoch 3: loss 0.2</pre>",
    "code without a language": "```\nimport torch\nout = rnn(x)\n```",
    "code of another name": "```pytorch\nout = rnn(x)\n```",
    "indented code": "Text.\n\n    out = rnn(x)\n    out.shape\n",
    "sizes joined by hyphens": "It is 4-by-7-by-9.",
    "words joined by hyphens": "It is four-by-seven-by-nine.",
    "four sizes": "It is 4x7x9x2.",
    "sizes with slashes": "It is 4/7/9 in size.",
    "sizes with points": "It is 4 · 7 · 9.",
    "sizes with and": "Its sizes are 4, 7 and 9.",
    "sizes of dimensions": "Its dimensions are 4, 7, 9.",
    "sizes in angles": "It is ⟨4, 7, 9⟩.",
    "sizes in bars": "It is |4, 7, 9|.",
    "sizes as indices": "It is `[4][7][9]`.",
    "sizes times": "These are 4 times 7 times 9 numbers.",
    "sizes after a name": "See `out: 4,7,9`.",
    "from sizes to sizes": "It goes from 4, 7, 5 to 4, 7, 9.",
    "a size in words": "So `out.shape[2]` is nine.",
    "a size of an axis": "The last axis has 9 entries.",
    "a number of dimensions": "`out` is four-dimensional.",
    "4D": "`out` is 4D.",
    "symbolic with by": "It is batch by time by features.",
    "symbolic in braces": "It is {N, L, H}.",
    "symbolic without brackets": "It is `N, L, H_out`.",
    "symbolic with other names": "It is (sequence, batch, feature).",
    "a share in words": "It learns in nine out of ten.",
    "a share of digits": "It is right on 97 of 100.",
    "a share of the weights": "It has three quarters of the weights.",
    "a half of the parameters": "It has half of the parameters.",
    "two thirds": "It has two thirds as many.",
    "a sign of a share": "It is ¾ of them.",
    "a fraction": "It has 3/4 of the weights.",
    "a ratio": "The ratio is 17 to 1.",
    "a ratio with a colon": "The ratio is 17:1.",
    "parameters in short": "It has 480 params.",
    "millions": "It has 1.2M parameters.",
    "numbers of numbers": "It holds 480 numbers.",
    "some of them": "It learns 17 of them.",
    "right ones": "It gets 97 right.",
    "an accuracy of": "It has an accuracy of 97.",
    "percent in short": "It is right for 97 pct.",
    "percentage points": "It is nine percentage points better.",
    "points in words": "It gains fifteen points.",
    "epochs in words": "It takes forty epochs.",
    "twice as many weights": "It has twice as many weights.",
    "doubles the parameters": "It doubles the parameters.",
    "half the time": "It takes half the time.",
    "orders of magnitude": "It is two orders of magnitude off.",
    "one and a half": "It takes one and a half times the time.",
    "bytes": "It takes 12 bytes.",
    "gigabytes in words": "It takes two gigabytes.",
    "half a second": "It takes half a second.",
    "a bare decimal": "It ends at .53 or so.",
    "a decimal comma": "It ends near -1,5.",
    "a power in words": "It is 10 to the minus 9.",
    "a whole version": "It holds since torch 2.",
    "a version with a v": "It holds since v2.1.0.",
    "a dozen parameters": "It has a dozen parameters.",
    "a result in a table": "| seed | right |\n| --- | --- |\n| 4 | 97 |",
    "a number of weights in a table": "| layer | weights |\n| --- | --- |\n| RNN | 480 |",
    "sections of the page": "This page has five sections.",
    "cells that follow": "Six cells follow.",
    "figures here": "Here are seven figures.",
    "an exercise below": "The one exercise below.",
    "minutes in short": "It takes 10 min.",
    "half an hour": "It takes half an hour.",
    "a quarter of an hour": "It takes a quarter of an hour.",
    "a prime": "It takes 10′.",
    "a default behind": "`batch_first` is `True` by default.",
    "the default": "The default is `True`.",
    "a default of a name": "The default `num_layers` is 2.",
    "a default in brackets": "Set `dropout` (default: 0.5).",
    "a default with unless": "`nonlinearity` is 'relu' unless you say so.",
    "by default it uses": "By default, torch uses relu.",
    "its default": "Take its default, 2.",
    "a default of a layer's argument": "The nonlinearity of `nn.RNN` defaults to `relu`.",
    "a default in code before by default": "`nn.RNN` uses `relu` by default.",
    "a default with words before": "The dropout defaults to 0.5.",
    "a default by an equals sign": "Take `default=2`.",
    "a summary": "<details><summary>480 weights</summary>Text</details>",
    "a title of a link": "[x](#page 'right in 97 of 100')",
    "a description in an SVG": "<svg><title>Net</title><desc>97 of 100 right</desc></svg>",
    "a title of a note": '!!! note "97 of 100"\n\n    Text.',
    "a printed number": "```out\n480\n```",
    "a printed truth": "~~~out\nTrue\n~~~",
    "printed words": "```output\nfails with nothing\n```",
    "what a sentence says is printed": "It prints:\n\n```text\n42\n```",
    "Python by another name": "```py3\nout = 1\n```",
    "a check of nothing": "So `#!check out is out`.",
    "a check that is true": "So `#!check True or out is None`.",
    "sizes in braces": "It is {4, 7, 9}.",
    "sizes with semicolons": "It is (4; 7; 9).",
    "sizes after a word": "It has shape 4, 7, 9.",
    "sizes in number words": "It is four by seven by nine.",
    "sizes with names": "It is (batch=4, seq_len=7, hidden=9).",
    "sizes with some names": "It is `(L=7, N=4, 5)`.",
    "sizes with a name behind": "It is (7, N=4).",
    "half as large": "The weights are on average half as large.",
    "a dtype of an output": "The output is float64.",
    "a dtype of a state in code": "So the last state is `torch.float64`.",
    "a number of axes": "So `out.ndim` is 4.",
    "a dtype": "`out.dtype` is `torch.float64`.",
    "a dtype in words": "The output's dtype is `torch.float64`.",
    "a dtype behind a verb": "The output has the dtype `torch.float64`.",
    "a tensor of a dtype": "`out` is a `float64` tensor.",
    "a device in words": "The output lives on `cuda:0`.",
    "a setting's value": "`rnn.batch_first` is `True`.",
    "a state that is none": "`h_n` is `None`.",
    "a number of parameters": "The number of parameters is 99.",
    "parameters that number": "The parameters number 31.",
    "an arrow": "`len(out)` → 9",
    "a truth": "`torch.equal(out, h_n)` is `True`.",
    "a printed value": "It prints `tensor([1., 2.])`.",
    "symbolic in small letters": "It is (n, t, d).",
    "symbolic with crosses": "It is batch × time × hidden.",
    "symbolic with units": "It is `(batch, time, units)`.",
    "symbolic with dots": "It is `(N, …, H)`.",
    "a percentage in words": "It is right in ninety-seven per cent.",
    "a power": "The gradient is 10^-9 there.",
    "a number with e": "The gradient is 1e-9 there.",
    "many times": "It runs 17x faster.",
    "a fold": "It is a tenfold gain.",
    "a factor": "It is faster by a factor of 17.",
    "thousands in words": "It has twelve thousand parameters.",
    "seeds of seeds": "On 9 of 10 seeds it learns.",
    "runs of runs": "It fails on three seeds of five.",
    "an accuracy": "The accuracy is 97.",
    "microseconds": "It takes 12 µs.",
    "cards in words": "The seventeen cards below.",
    "a default": "By default `batch_first` is `True`.",
    "a default in words": "By default the batch comes first.",
    "a default in words, behind": "A layer is bidirectional by default.",
    "a default number of layers": "By default, it has two layers.",
    "a total": "In total: 99.",
    "a total behind": "That is 99 in total.",
    "a source beside it": "It is right in 97 % ([a paper](https://arxiv.org/abs/1)).",
    "a shape with a source": "It is [(4, 7, 9)](https://arxiv.org/abs/1).",
    "a message with a source": "[RuntimeError: no batch](https://arxiv.org/abs/1)",
    "a number of PyTorch's pages": "It is right in [97 %](https://docs.pytorch.org/rnn.html).",
    "a number that a page bears out": "It is right in [97 %](index.md).",
    "half of it in a link": "It is [97](https://arxiv.org/abs/1) %.",
    "a default after": "`batch_first=True` is the default.",
    "a default by a verb": "`num_layers` defaults to 2.",
    "a check of the same count": "So `#!check len(out) == len(out)`.",
    "a check of a size": "So `#!check out.abs().sum() >= 0`.",
    "a check of any object": "So `#!check isinstance(out, object)`.",
    "a check of a text": "So `#!check str(out is None) != ''`.",
    "a check of any text": "So `#!check str(torch.relu(out).mean().item()) != ''`.",
    "a check of one of two texts": "So `#!check f'{len(out) == 9}' in 'True False'`.",
    "a count beside a claim": "Seventeen questions, about `#!minutes` minutes.",
    "a check of both ways": "So `#!check out.ndim == 3 or out.ndim != 3`.",
    "a check of no None": "So `#!check out is not None`.",
    "a check of a list": "So `#!check any([out is out, False])`.",
    "a check by a branch": "So `#!check True if out is None else True`.",
    "a check by a function": "So `#!check (lambda o: True)(out)`.",
    "a check that names itself": "So `#!check (n := len(out)) == n`.",
    "a value by a branch": "So `#!value '97%' if out is None else '97%'`.",
    "a value of a tuple": "So `#!value (97, out)[0]`.",
    "a default of an argument": "The default of `bias` in `nn.RNN` is `False`.",
    "a default in small letters": "The bias of `nn.RNN` is off by default.",
    "a default unless told": "`nn.GRU` is bidirectional unless told otherwise.",
    "a default of a layer's layers": "By default, `nn.GRU` has two layers.",
    "a default of a layer's directions": "By default, `nn.GRU` is bidirectional.",
    "a default where nothing is given": "If you leave `batch_first` out, it is `True`.",
    "a default that is not set": "When `dropout` is not set, it is 0.",
    "a default in a table": "| argument | default |\n| --- | --- |\n| `bias` | off |",
    "a default as code in a table": "| name | **Default** |\n| --- | --- |\n| `bias` | `False` |",
    "a word in a table": "| expression | result |\n| --- | --- |\n| `len(out)` | seven |",
    "a dtype in a table": "| expression | result |\n| --- | --- |\n| `x.dtype` | double |",
    "a truth in a table": "| it is | code |\n| :-- | --- |\n| `False` | `torch.equal(out, x)` |",
    "an attribute's number": "`gru.hidden_size` is 17.",
    "an attribute's number in words": "`gru.num_layers` equals seventeen.",
    "a type": "`type(out)` is `tuple`.",
    "a dtype that something is in": "`out` is in `float64`.",
    "a dtype that something is of": "The states are of type torch.float16.",
    "a number that begins with its point": "It ends at .7.",
    "the point before a number of the code": "The mean is .3.",
    "such a number in a table": "| seed | right |\n| --- | --- |\n| 4 | .7 |",
    "thousands of parameters": "It has 12K parameters.",
    "billions of weights": "It has 12B weights.",
    "a number with underscores": "It has 1_234 weights.",
    "per mille": "It is wrong for 37‰.",
    "per mille in words": "It is wrong for 37 per mille.",
    "symbolic in its last size": "It is `(4, 9, H)`.",
    "symbolic in a name behind a size": "It is [7, hidden_size].",
    "sizes of an output": "It gives an output of 4, 7 and 9.",
    "sizes in words with crosses": "It is four × seven × three.",
    "sizes in words in brackets": "It is [four, seven, three].",
    "sizes with blanks": "It has the shape 4 7 9.",
    "an attribute that is true": "So `requires_grad` is True.",
    "trainable parameters": "It has 480 trainable parameters.",
    "weights in words": "It has forty-eight learnable weights.",
    "most seeds": "It learns with most of the 20 seeds.",
    "a loss that falls": "The loss falls from 2 to 1.",
    "a loss behind a colon": "After that, accuracy: 97.",
    "an hour": "It takes an hour.",
    "a value of nothing": "So `#!value 0 * len(out) + 97`.",
    "a shape of its own": "So `#!shape torch.zeros(9, 9): (9, 9)`.",
}
TRUE = {
    "a default by a claim": "By default (`#!default nn.RNN.batch_first`) the batch comes second.",
    "a measure with its source": "A marathon is [42.195 km](https://en.wikipedia.org/wiki/Marathon).",
    "a percentage with its source": "They got [20 %](https://arxiv.org/abs/1) more.",
    "a version with its source": "See [version 3](https://arxiv.org/abs/1v3) of the paper.",
    "a ratio with its source": "It was [3:1](https://arxiv.org/abs/1 'x') for *them*.",
    "a shape by a claim": "It is `#!shape out: (4, 7, 3)`.",
    "a number by a claim": "It is `#!value out.mean().item()`.",
    "settings of the code": "With 5 inputs and a rate of 0.5 nothing is learned.",
    "a call with names": "Write `f(5, N=3)` or `nn.RNN(input_size=5, hidden_size=3)`.",
    "what a verb gives by default": "It uses torch by default, and the batch of that.",
    "a dtype that a claim gives": "The output is float64, as `#!value out.dtype` was not.",
    "large numbers": "The output is large, half as it were.",
    "a call": "Write `nn.RNN(5, 3)` or `x[1, 2]`.",
    "thousands": "It takes 1,000 steps.",
    "a share that a check bears out": "It keeps half of the weights: `#!check out.numel() > 9`.",
    "a share with a check behind it": "It keeps half of the weights. `#!check out.numel() > 9`",
    "a question": "Twice the weights? Read on.",
    "a share that the code holds": "It is a half.",
    "parts of speech": "One in the first, two of the others, the second half of a line.",
    "years": "Cho and others, 2014, and again in 2018.",
    "steps to do": "Three steps: read, run, repeat. Step 3 of 4.",
    "few": "Two layers, three gates, one state.",
    "an output with a reason": '```{.text title="Not run: from a GPU"}\nloss 0.53\n```',
    "commands": "```bash\npip install torch\nmake serve\n```",
    "an equation": "```math\nh = \\tanh(W x + b)\n```",
    "another language": "```yaml\nminutes: [1, 2]\n```",
    "few gates of many weights": "It has two weights, and the loss 3 times.",
    "a default that a claim bears out": "One layer unless told: `#!check len(out) == 4`.",
    "a default in a table by a claim": (
        "| argument | default |\n| --- | --- |\n| `bias` | `#!default nn.RNN.bias` |"
    ),
    "words in a table": "| argument | default |\n| --- | --- |\n| `bias` | what torch has |",
    "a table of names": "| word | result |\n| --- | --- |\n| `len` | seven |\n| off | `on` |",
    "what is left out": "Leave the bias out, and it is smaller. Without it, that is `x`.",
    "an attribute that the code sets": "`rnn.hidden_size` is 3.",
    "an attribute in a condition": "Run it if `rnn.num_layers` is 17, when `type(x)` is `tuple`.",
    "an attribute by a claim": "`rnn.num_layers` is 17 or so: `#!value rnn.num_layers`.",
    "a setting with nothing before its point": "The rate is .5.",
    "arguments with a symbol": "Write `f(5, N)`, `x[1, T]` or (5, see the last one).",
    "a list of words": "Read it one (two at most) times; [one, or two](#page).",
    "dropout twice": "So `#!check torch.equal(rnn(out)[0], rnn(out)[0])`.".replace("(out)", "(x)"),
}
CODE = cell(f"{MAKE}\nx = torch.zeros(4, 7, 5)\nrate = 0.5")


@pytest.mark.parametrize("name", LIES)
def test_a_typed_result_is_one_problem_at_its_line(name: str, engine: Engine) -> None:
    text = f"# Page\n\n{CODE}\n\n{LIES[name]}\n"
    found = problems(text, engine)
    assert len(found) == 1, found
    first = text[: text.index(LIES[name])].count("\n") + 1
    assert first <= int(found[0].split(":")[1]) <= first + LIES[name].count("\n")


@pytest.mark.parametrize("name", TRUE)
def test_what_is_no_result_is_let_through(name: str, engine: Engine) -> None:
    assert problems(f"# Page\n\n{CODE}\n\n{TRUE[name]}\n", engine) == []


REMEDIES = {
    "The nonlinearity of `nn.RNN` defaults to `relu`.": "#!default nn.RNN.nonlinearity",
    "`nn.RNN` uses `relu` by default.": "#!default nn.RNN.nonlinearity",
    "`batch_first` of an LSTM is `True` by default.": "#!default nn.LSTM.batch_first",
    "The dropout of `nn.GRU` defaults to 0.5.": "#!default nn.GRU.dropout",
    "The lr of `optim.Adam` defaults to 0.5.": "#!default optim.Adam.lr",
    "A layer is bidirectional by default.": "#!default nn.RNN.bidirectional",
    "By default, it has two layers.": "#!default nn.RNN.num_layers",
    "Take its default, 2.": "#!default nn.RNN.…",
    "It is seven by four by three.": "#!shape out: (7, 4, 3)",
    "It is 7-by-four.": "#!shape out: (7, 4)",
    "It is (L=7, N2=4, 5).": "#!shape out: (7, 4, 5)",
}


@pytest.mark.parametrize("lie", REMEDIES)
def test_a_remedy_says_what_its_sentence_names(lie: str, engine: Engine) -> None:
    (found,) = problems(f"# Page\n\n{CODE}\n\n{lie}\n", engine)
    assert f"`{REMEDIES[lie]}`" in found


def test_a_default_with_a_point_is_quoted_whole(engine: Engine) -> None:
    (found,) = problems(f"# Page\n\n{CODE}\n\nThe dropout defaults to 0.5.\n", engine)
    assert "'dropout defaults to 0.5'" in found


def test_the_front_matter_is_read_too(engine: Engine) -> None:
    text = (
        f"---\ntitle: The shape (4, 7, 9)\ndescription: Right for 97%.\n---\n\n# Page\n\n{CODE}\n"
    )
    found = problems(text, engine)
    assert [problem.split(":")[1] for problem in found] == ["2", "3"]


COMMENTS = {
    "a percentage": "y = out  # 97% right",
    "weights": "y = out  # 997 weights",
    "a default": "y = out  # batch_first defaults to True",
    "a dtype alone": "y = out  # float64",
    "a device alone": "y = out  # on the GPU",
    "a printed result": "print(len(out))  # prints 9",
    "a result with an arrow": "len(out)  # -> 9",
    "a result of an assignment": "n = len(out)  # 9",
    "sizes after a word": "y = out  # shape 4, 7, 9",
    "sizes as a product": "y = out  # 4*7*9",
    "about a number": "y = out.sum()  # about 12.3",
    "a result and more": "print(len(out))  # 9 sequences",
    "a result behind its name": "x.size(1)  # the steps: 9",
    "a printed result behind its name": "print(len(out))  # sequences: 9",
    "a result behind ==": "len(out)  # == 9",
    "a small truth": "torch.equal(out, out[:1])  # true",
    "a share": "n = 3  # three quarters of the weights",
    "params": "n = len(out)  # 480 params",
    "a docstring": 'def f(x):\n    """Be right in 97% of cases."""\n    return x\n\n\nf(x);',
}


@pytest.mark.parametrize("code", COMMENTS.values(), ids=COMMENTS.keys())
def test_a_result_in_a_comment_is_one_problem(code: str, engine: Engine) -> None:
    made = f"{MAKE}\nx = torch.zeros(4, 7, 5)\n{code}"
    assert len(problems(f"# Page\n\n{cell(made)}\n", engine)) == 1


TEXTS = {
    "settings": "rate = 0.5\nprint('a rate of 0.5, so 50%')",
    "progress": "print('10%', end='\\r'); print('loss 0.5')",
    "a format": "print(f'{len(out):6.2f}', '{:.2f}'.format(len(out)))",
    "a text of several lines": "text = '''loss 0.25\nloss 0.5'''",
    "a shape": "print(str(tuple(out.shape)) == '(4, 7, 9)')",
    "a file's name": "path = 'runs.v2/data.txt'",
}


@pytest.mark.parametrize("code", TEXTS.values(), ids=TEXTS.keys())
def test_a_text_in_code_is_let_through_whatever_it_says(code: str, engine: Engine) -> None:
    made = f"{MAKE}\n{code}"
    assert problems(f"# Page\n\n{cell(made)}\n", engine) == []


HIDDEN = {
    "a value": ("accuracy = 97.5", "It has `#!value accuracy`%."),
    "a check": ("learns = True", "It learns: `#!check learns`."),
    "a comparison": ("end = {'a': 1.0, 'b': 2.0}", "So `#!check end['a'] < end['b']`."),
}


@pytest.mark.parametrize(("code", "claim"), HIDDEN.values(), ids=HIDDEN.keys())
def test_what_a_hidden_cell_types_proves_nothing(code: str, claim: str, engine: Engine) -> None:
    """Readers see no such number in the code, and no run could refute it."""
    found = problems(f"# Page\n\n{cell(code, 'hidden')}\n\n{claim}\n", engine)
    assert len(found) == 1
    assert "asks nothing of a run" in found[0]
    assert problems(f"# Page\n\n{cell(code)}\n\n{claim}\n", engine) == []


def test_two_lies_of_a_line_are_two_problems(engine: Engine) -> None:
    found = problems(f"# Page\n\n{CODE}\n\nIt is [4, 7, 9] for 97 %.\n", engine)
    assert len(found) == 2


def test_titles_of_the_navigation_are_read() -> None:
    text = "nav:\n  - Home: index.md\n  - The shape (4, 7, 3): a.md\n  - '97% right': b.md\n"
    found = list(typed.in_navigation("docs/.nav.yml", text))
    assert [problem.line for problem in found] == [3, 4]


def test_settings_that_each_page_shows_are_read() -> None:
    text = "site_name: Nets\nextra:\n  social:\n    - name: 97% right\n      link: https://a.b\n"
    said = {"site_name": "Nets", "extra": {"social": [{"name": "97% right"}]}}
    found = list(typed.in_settings("mkdocs.yml", text, said))
    assert [problem.line for problem in found] == [4]
