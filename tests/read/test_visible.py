"""The one reader of what readers see: text of each kind is looked at, however it gets there."""

import pytest

from support.page import cell, problems
from unrolled.api import Engine
from unrolled.blocks import KINDS
from unrolled.read import visible

LIE = "the shape (4, 7, 9)"
CODE = cell("import torch\n\nx = torch.zeros(4, 7, 5)")
MADE = cell("import matplotlib.pyplot as plt\n\nplt.plot([1]);", f'alt="{LIE}"')
BLOCK = """\
/// errors | an error
    id: error-x
    older: ["{}"]

```{{.python raises=ZeroDivisionError}}
1 / 0
```

```python
1
```

///"""
SEEN = {
    "a heading": f"## {LIE}",
    "a heading underlined": f"{LIE}\n---",
    "a list": f"- {LIE}",
    "a quotation": f"> {LIE}",
    "a table": f"| a | b |\n| --- | --- |\n| x | {LIE} |",
    "the head of a table": f"| a | {LIE} |\n| --- | --- |\n| x | y |",
    "a definition": f"Output\n:   is {LIE}",
    "a footnote": f"So.[^1]\n\n[^1]: {LIE}",
    "an abbreviation": f"The GRU.\n\n*[GRU]: {LIE}",
    "the title of a link": f'See [it](#page "{LIE}").',
    "the title of a reference": f'See [it][a].\n\n[a]: #page "{LIE}"',
    "the title of a picture": f'![x](net.svg "{LIE}")',
    "the text of a picture": f"![{LIE}](net.svg)",
    "an attribute list": f'So.\n{{: title="{LIE}" }}',
    "the title of an admonition": f'!!! note "{LIE}"\n    Text.',
    "an admonition": f"!!! note\n    {LIE}",
    "the title of details": f'??? note "{LIE}"\n    Text.',
    "the title of open details": f'???+ note "{LIE}"\n    Text.',
    "the title of a tab": f'=== "{LIE}"\n    Text.',
    "the title of a block": f"/// note | {LIE}\nText.\n///",
    "the title of a block's tab": f"/// tab | {LIE}\nText.\n///",
    "a caption": f"Text.\n\n/// caption\n{LIE}\n///",
    "the attributes of a block": f'/// note | So\n    attrs: {{title: "{LIE}"}}\n\nText.\n///',
    "the title of a fence": f'```{{.text title="{LIE}"}}\nhello\n```',
    "the title of a plain fence": f'```text title="{LIE}"\nhello\n```',
    "the title of a cell": f'```{{.python title="{LIE}"}}\ny = 1\n```',
    "why a cell does not run": f'```{{.python notest reason="{LIE}"}}\ny = 1\n```',
    "the alternative text of a cell": MADE,
    "older wordings": BLOCK.format(LIE),
    "SVG's text": f"<svg><text>{LIE}</text></svg>",
    "SVG's pieces of text": "<svg><text><tspan>(4,</tspan><tspan>7, 9)</tspan></text></svg>",
    "SVG's title": f"<svg><title>{LIE}</title></svg>",
    "SVG's description": f"<svg><desc>{LIE}</desc></svg>",
    "characters of no width": "the shape (4,\u200b 7, 9)",
    "wide brackets": "the shape \uff084, 7, 9\uff09",
    "a formula": r"It is $4 \times 7 \times 9$.",
    **{f"the attribute {name}": f'<span {name}="{LIE}">x</span>' for name in sorted(visible.TOLD)},
}
MACHINE = {
    "id", "kind", "level", "seconds", "skill", "read", "multiple", "reviewed", "challenge", "vary",
    "targets", "sweep", "see",
    "layer", "input", "labels", "start", "head", "classes", "twin", "twin_head",  # of a trace: code
}  # fmt: skip
"""Options of our blocks that readers do not see as text: a machine reads them."""
QUOTED = {"gpu"}
"""Options that quote what no run here can give, and are shown as such."""


@pytest.mark.parametrize("text", SEEN.values(), ids=SEEN.keys())
def test_text_that_readers_see_is_looked_at(text: str, engine: Engine) -> None:
    found = problems(f"# Page\n\n{CODE}\n\n{text}\n", engine)
    assert any("(4, 7, 9)" in problem or "4 × 7 × 9" in problem for problem in found), found


@pytest.mark.parametrize("name", ["title", "description", "outcome", "subtitle", "summary"])
def test_front_matter_is_looked_at(name: str, engine: Engine) -> None:
    found = problems(f"---\n{name}: {LIE}\n---\n\n# Page\n\n{CODE}\n", engine)
    assert [problem.split(":")[1] for problem in found] == ["2"]


def test_each_option_of_a_block_is_known_to_be_seen_or_not() -> None:
    """Who adds an option says which: `shown` of its kind, or the list of this test."""
    for kind in KINDS:
        assert set(kind.shown) <= set(kind.options)
        assert set(kind.options) - set(kind.shown) <= MACHINE | QUOTED, kind.name
