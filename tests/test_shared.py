"""What Python and the widget both know: the one says it, and the other is as it says."""

import re
from typing import Any

import pytest
from markdown import Markdown

from conftest import cell
from unrolled import plan, shared, widget
from unrolled.engine import Engine
from unrolled.render.extension import Rendering

CODE = "import matplotlib.pyplot as plt; plt.plot([1, 2]); print(2)"
LEARN = f"""\
# Learn

## One step

{cell(CODE, 'alt="A line that rises from one to two."')}

/// example
Text.
///

/// question | Which is it?
    id: t-which
    kind: concept
    level: easy
    reviewed: true
    read: learn.md#one-step

- [ ] One

    No.

- [x] Two

    Yes.

- [ ] Three

    No.

//// hint
Count.
////

//// solution
Counted.
////
///

/// card | What is it?
    id: t-card

Two.
///

/// explain | How is it?
    id: t-explain

- **One**: first.
- **Two**: second.
- **Three**: third.
///
"""
PAGES = {"t/index.md": "# T\n\n/// modes\n///\n", "t/learn.md": LEARN}


@pytest.fixture(scope="module")
def classes(engine: Engine) -> set[str]:
    """All classes that the HTML of a small topic bears."""
    planned = [plan.plan(f"docs/{name}", text) for name, text in PAGES.items()]
    engine.run(planned)
    found: set[str] = set()
    for page in planned:
        rendering = Rendering(page, engine, {}, [], planned)
        settings: dict[str, Any] = {"unrolled": {"rendering": rendering}}
        extensions = ["tables", "toc", "pymdownx.superfences", "unrolled"]
        content = Markdown(extensions=extensions, extension_configs=settings).convert(page.text)
        found |= set(" ".join(re.findall(r'class="([^"]*)"', content)).split())
    return found


@pytest.mark.parametrize("name", shared.modules())
def test_a_module_is_as_python_says(name: str) -> None:
    """Else write it anew: python -m unrolled.shared."""
    assert (widget.SOURCE / name).read_text("utf-8") == shared.modules()[name]


@pytest.mark.parametrize("name", shared.CLASSES)
def test_pages_bear_the_classes_that_the_widget_looks_for(classes: set[str], name: str) -> None:
    assert name in classes


def test_every_element_that_a_page_can_hold_is_defined_and_no_other() -> None:
    elements = {*widget.BY_BLOCK.values(), *(f"quiz-{mode}" for mode in widget.BY_MODE)}
    defined = {path.stem: path.read_text("utf-8") for path in (widget.SOURCE / "define").iterdir()}
    assert set(defined) == elements
    for name, text in defined.items():
        assert re.findall(r'customElements\.define\("([\w-]+)"', text) == [name]


def test_elements_are_defined_nowhere_else() -> None:
    modules = {path.name: path.read_text("utf-8") for path in widget.SOURCE.glob("*.js")}
    assert [name for name, text in modules.items() if "customElements.define" in text] == []


def test_a_stylesheet_of_an_elements_own_exists() -> None:
    assert set(widget.STYLES) <= set(widget.BY_BLOCK.values())
    assert all((widget.SOURCE / name).is_file() for name in widget.STYLES.values())
