"""Large text on a phone: nothing in a sentence or a table widens the page or breaks a word."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from support import built
from support.once import once
from support.pages import Opener, opener
from support.paths import PROJECT
from support.serving import serving

PAGE = r"""# Narrow

Let $a_t = W_{ih} x_t + b_{ih} + W_{hh} h_{t-1} + b_{hh}$ and $y = x$ stand here.

| You want | Code | Pitfall |
| --- | --- | --- |
| `weight_ih_l0` as `torch.nn.Parameter` | `torch.cat([h_n[-2],h_n[-1]],dim=1)` | `enforce_sorted` |
| `nn.utils.rnn.pad_sequence` | `pack_padded_sequence(x,n,batch_first=True)` | `total_length` |

| Name | Value |
| --- | --- |
| `bidirectional_equation_without_end` | `nonlinearity='relu'` |
"""
BROKEN = r"""() => [...document.querySelectorAll(".md-typeset td code")].flatMap(code => {
    const found = [];
    const texts = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    let last = "", top = 0;
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        for (let at = 0; at < text.data.length; at += 1) {
            const range = document.createRange();
            range.setStart(text, at);
            range.setEnd(text, at + 1);
            const box = range.getBoundingClientRect();
            const sign = text.data[at];
            const inWord = /[A-Za-z0-9]/.test(last) && /\w/.test(sign);
            if (inWord && box.top > top + 4) found.push(`${code.textContent}: ${last}|${sign}`);
            [last, top] = [sign, box.top];
        }
    }
    return found;
})"""
"""Words of code in tables that go on in the next line."""
WIDTH = "document.documentElement.scrollWidth"


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory, running: Browser) -> Iterator[Opener]:
    """Open a page whose equation and whose tables are wider than a phone."""

    def build(folder: Path) -> None:
        root = tmp_path_factory.mktemp("narrow")
        (root / "docs").mkdir()
        (root / "docs" / "index.md").write_text(PAGE, "utf-8")
        config = f"INHERIT: {PROJECT / 'mkdocs.yml'}\ndocs_dir: docs\n"
        (root / "mkdocs.yml").write_text(config, "utf-8")
        built.mkdocs(root / "mkdocs.yml", folder)

    site = once(tmp_path_factory, "built-narrow", build)
    with serving(site, built.ORIGIN) as address, opener(running, address) as opened:
        yield opened


@pytest.mark.parametrize("size", ["", "200%"])
def test_an_equation_in_a_sentence_scrolls_where_it_must(narrow: Opener, size: str) -> None:
    page = narrow("", 390)
    page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
    long, short = page.locator("p .equation").all()
    scrolls = "e => e.scrollWidth > e.clientWidth + 1"
    assert (long.evaluate(scrolls), short.evaluate(scrolls)) == (bool(size), False)
    assert page.evaluate(WIDTH) <= 390


def test_an_equation_stands_on_the_line_of_its_sentence(narrow: Opener) -> None:
    """A box that scrolls would stand with its lower edge on the line; its place must not move."""
    page = narrow("", 1280)
    place = "e => e.getBoundingClientRect().top"
    equation = page.locator("p .equation math").last
    before = equation.evaluate(place)
    equation.evaluate("e => { e.parentNode.style = 'all: unset' }")
    assert equation.evaluate(place) == pytest.approx(before, abs=0.6)


@pytest.mark.parametrize("size", ["", "200%"])
@pytest.mark.parametrize("width", [390, 320])
def test_code_in_a_table_breaks_only_between_the_parts_of_a_name(
    narrow: Opener, width: int, size: str
) -> None:
    page = narrow("", width)
    page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
    assert page.evaluate(BROKEN) == []
    assert page.evaluate(WIDTH) <= width
    expect(page.locator("td code").nth(1)).to_have_text("torch.nn.Parameter")
    boxes = "e => e.scrollWidth <= e.clientWidth || getComputedStyle(e).overflowX === 'auto'"
    for table in page.locator(".md-typeset__scrollwrap").all():
        assert table.evaluate(boxes)


def test_a_name_breaks_before_its_table_scrolls_and_is_copied_whole(narrow: Opener) -> None:
    page = narrow("", 390)
    for table in page.locator(".md-typeset__scrollwrap").all():
        assert table.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    name = page.locator("td code", has_text="bidirectional")
    copied = "e => { getSelection().selectAllChildren(e); return String(getSelection()) }"
    assert name.evaluate(copied) == "bidirectional_equation_without_end"
