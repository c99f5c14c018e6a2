"""What Python and the widget both know: the one says it, and the other is as it says."""

import re

import pytest

from support.fixture import files, rendered
from support.page import render
from support.questions import fence, question
from unrolled.blocks import KINDS
from unrolled.render import listing, loaded
from unrolled.render.loaded import WITH_ELEMENT
from unrolled.run.engine import Engine
from unrolled.site import assets, shared

VARIED = question(
    "predict-output",
    fence(
        "import torch\nfrom torch import nn\n\nrnn = nn.RNN(5, 3)\n"
        "out, h_n = rnn(torch.zeros(7, 4, 5))\nprint(out.shape)"
    ),
    [
        ("*`torch.Size([7, 4, 3])`", "It has `#!value rnn.hidden_size` numbers a step."),
        ("`torch.Size([1, 4, 3])`", "Why.\n\n```{.python cause continuation}\nh_n.shape\n```"),
        ("`torch.Size([4, 7, 3])`", "Why."),
    ],
    "vary: {5: [6, 8], 3: [9, 10], 7: [11, 12]}",
)
"""A question with fresh numbers."""
ELEMENTS = {kind.element for kind in KINDS if kind.element}
PAGES = [name for name in files() if not name.startswith("sets/")]
READ = re.compile(
    r"""dataset\??\.(\w+)|\[data-(\w+)|\bread\(\w+, "(\w+)"\)|"(\w+)" in this\.dataset"""
    r"""|dataset: \{ (.*?) \}"""
)
"""How the widget's modules name an attribute `data-…`."""
LATER = {
    "answered.css", "typed.css", "fields.css", "predict.css", "teaching.css", "unkept.css",
}  # fmt: skip
"""Styles that the widget asks for itself, once a reader does something."""
OWN = {"phase", "setting", "varied"}
"""Attributes that the widget gives to its elements itself."""


@pytest.fixture(scope="module")
def content(engine: Engine) -> str:
    """The HTML of the fixture site's pages."""
    varied = render(VARIED, engine)
    return "".join([varied, *(rendered(name, engine)[0] for name in PAGES)])


@pytest.fixture(scope="module")
def classes(content: str) -> set[str]:
    """All classes that it bears."""
    return set(" ".join(re.findall(r'class="([^"]*)"', content)).split())


@pytest.mark.parametrize("name", shared.modules())
def test_a_module_is_as_python_says(name: str) -> None:
    """Else write it anew: python -m unrolled.site.shared."""
    assert (assets.WIDGET / name).read_text("utf-8") == shared.modules()[name]


@pytest.mark.parametrize("name", shared.CLASSES)
def test_pages_bear_the_classes_that_the_widget_looks_for(classes: set[str], name: str) -> None:
    assert name in classes


@pytest.mark.parametrize("name", shared.FACTS)
def test_pages_state_the_facts_that_the_widget_reads(content: str, name: str) -> None:
    assert re.search(rf"<[^>]* data-{name}[ =>]", content)


def test_the_widget_reads_no_other_facts() -> None:
    text = "".join(path.read_text("utf-8") for path in assets.WIDGET.glob("*.js"))
    words = {word for groups in READ.findall(text) for word in re.findall(r"\w+", " ".join(groups))}
    assert len(words) > 10
    assert words - OWN <= set(shared.FACTS)


def test_every_element_that_a_page_can_hold_is_defined_and_no_other() -> None:
    elements = {*ELEMENTS, listing.ELEMENT, *(f"quiz-{mode}" for mode in WITH_ELEMENT)}
    elements |= {loaded.DECK, loaded.DONE}
    defined = {path.stem: path.read_text("utf-8") for path in (assets.WIDGET / "define").iterdir()}
    assert set(defined) == elements
    for name, text in defined.items():
        assert re.findall(r'customElements\.define\("([\w-]+)"', text) == [name]


def test_elements_are_defined_nowhere_else() -> None:
    modules = {path.name: path.read_text("utf-8") for path in assets.WIDGET.glob("*.js")}
    assert [name for name, text in modules.items() if "customElements.define" in text] == []


def test_a_stylesheet_of_an_elements_own_exists_and_each_is_used() -> None:
    own = {kind.styles for kind in KINDS if kind.styles}
    assert all(kind.element for kind in KINDS if kind.styles)
    assert {path.name for path in assets.WIDGET.glob("*.css")} == own | {
        "quiz.css",
        "deck.css",
    } | LATER
