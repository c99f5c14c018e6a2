"""Parts of pages in the dialect, and small damages to them, for tests that try many."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from support.questions import QUESTION

PARTS = (
    "---\ntitle: A page\n---\n",
    "# Page\n",
    "Text with `#!value x` and `#!shape x: (4, 7)`.\n",
    '```python\nx = 2  # x: (4, 7)\nprint("hello")\n```\n',
    "```{.python continuation hidden}\nx\n```\n",
    '```{.python raises=ValueError alt="A line" timeout=3}\nraise ValueError("no")\n```\n',
    "- an item\n\n    ```python\n    y = 1\n    ```\n\n- another\n    - nested `#!check x == 2`\n",
    '1. one\n\n    !!! note "Title"\n\n        Text.\n\n2. two\n',
    "| a | b |\n| :--- | ---: |\n| `#!value x` | 1 |\n",
    '=== "Tab"\n\n    ```python\n    z = 3\n    ```\n',
    "> A quote.\n>\n> ```python\n> q = 1\n> ```\n",
    "<!-- a comment\nover lines -->\n",
    "````markdown\n```python\n1 / 0\n```\n````\n",
    "Code:\n\n    ```python\n    verbatim\n    ```\n",
    "A footnote[^1].\n\n[^1]: Its text `#!value x`.\n",
    '/// details | A\n    open: true\n\n//// tab | B\n\nText.\n\n////\n\n///\n',
    "/// card | Front\n    id: card-a\n\nBack.\n///\n",
    "/// shapes | nn.RNN\n\n"
    "| | `batch_first=True` |\n| --- | --- |\n| `input` | `(N, L, H_in)` |\n\n///\n",
    QUESTION.removeprefix("# Page\n\n"),
    '<div markdown>\n\nText in HTML, `#!value x`.\n\n</div>\n',
)  # fmt: skip
ODD = (
    "```", "~~~", "///", "////", "/// question What", "`#!value x", "- [x]", "<!--", "-->", "\t",
    "=======", "<<<<<<< HEAD", ">>>>>>> other", "|", "{: .a }", "[^1]:", "\x00", "\x0c", "\u2028",
    "\r", "    id: &a [*a, *a]", "1) x", "> ", "]: <", '```{.python alt="a "b" c"}', "---", "{%",
    "<div markdown>", "`" * 30, "`#!claim 7`", "`#!claim 99999999999999999999`", "\ufeff", "!!!",
)  # fmt: skip

Damage = Callable[[list[str]], list[str]]


@st.composite
def damages(draw: st.DrawFn) -> Damage:
    """Return something that goes wrong with a line."""
    kind = draw(st.sampled_from(("delete", "double", "swap", "indent", "dedent", "insert", "cut")))
    place, count = draw(st.integers(0, 400)), draw(st.integers(1, 5))
    odd = draw(st.sampled_from(ODD))

    def damage(lines: list[str]) -> list[str]:
        n = place % max(1, len(lines))
        before, line, after = lines[:n], lines[n : n + 1], lines[n + 1 :]
        match kind:
            case "delete":
                return before + after
            case "double":
                return before + line + line + after
            case "swap":
                return before + after[:1] + line + after[1:]
            case "indent":
                return before + [" " * count + text for text in line] + after
            case "dedent":
                return before + [text[count:] for text in line] + after
            case "insert":
                return [*before, odd, *line, *after]
            case _:
                return before + [text[: len(text) // 2] + odd for text in line] + after

    return damage


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Return a page of some parts, with up to three damages."""
    parts: Sequence[str] = draw(st.lists(st.sampled_from(PARTS), min_size=1, max_size=4))
    lines = "\n".join(parts).split("\n")
    for damage in draw(st.lists(damages(), max_size=3)):
        lines = damage(lines)
    return "\n".join(lines)
