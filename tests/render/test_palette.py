"""One palette: what matplotlib writes is what the stylesheet shows."""

import re
from pathlib import Path

import pytest

from support.page import cell, render
from unrolled.api import Engine
from unrolled.render import palette
from unrolled.run import engine as run
from unrolled.site import assets

RC = Path(run.__file__).with_name("matplotlibrc")
SCHEMES = ("default", "slate")


def luminance(colour: str) -> float:
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_cycle_is_matplotlibs() -> None:
    listed = re.search(r"axes\.prop_cycle.*\[(.*)\]", RC.read_text("utf-8"))
    assert listed
    assert [f"#{name}" for name in re.findall(r"'(\w+)'", listed[1])] == list(palette.CYCLE)


@pytest.mark.parametrize(
    ("scheme", "back"), list(zip(SCHEMES, ("#fdfcfa", "#211e27"), strict=True))
)
def test_each_colour_is_in_both_schemes_and_can_be_read(scheme: str, back: str) -> None:
    styles = (assets.THEME / assets.STYLES).read_text("utf-8")
    rules = re.findall(rf'\[data-md-color-scheme="{scheme}"\] \{{(.*?)\n\}}', styles, re.DOTALL)
    for name in palette.CYCLE.values():
        found = [m for rule in rules for m in re.findall(rf"--unrolled-{name}: (#\w+);", rule)]
        assert found, name
        assert contrast(found[0], back) >= 4.5, (name, found[0])


def test_a_figure_shows_the_cycle_by_the_stylesheet(engine: Engine) -> None:
    code = """\
import matplotlib.pyplot as plt

fig, ax = plt.subplots()
ax.plot([0, 1], [0, 1], "C0")
ax.plot([0, 1], [1, 0], "C2")
ax.plot([0, 1], [1, 1], "black");"""
    drawn = cell(code, 'alt="Three lines."')
    page = render(f"# Page\n\n{drawn}\n", engine)
    assert 'stroke="var(--unrolled-rnn, #2f80ed)"' in page
    assert 'stroke="var(--unrolled-gru, #2b9348)"' in page
    assert 'stroke="currentColor"' in page
    assert "lstm" not in page
