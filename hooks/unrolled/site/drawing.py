"""The drawing of a preview."""

from __future__ import annotations

import functools
import io
import textwrap
from importlib.util import find_spec
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
BACK, PAPER, LINE = "#33215a", "#ffffff", "#c9acff"
LAYERS = {"rnn": "#6fb1ff", "lstm": "#ff9a62", "gru": "#63cf87"}
"""The layers' colours on a dark ground, by the folders of their topics."""
LONGEST_TITLE, LONGEST_TEXT, MOST_LINES = 26, 58, 4
COLOURS = 32
"""Few: a fifth of the size."""


def png(site: str, topic: str, title: str, about: str) -> bytes:
    """Return the picture: the words that `preview.drawn` takes, above an unrolled network."""
    picture = Image.new("RGB", SIZE, BACK)
    pen = ImageDraw.Draw(picture)
    _network(pen, LAYERS.get(topic, LINE))
    pen.text((70, 56), site, font=_font("DejaVuSans-Bold", 34), fill=LINE)
    top = 130
    for line in textwrap.wrap(title, LONGEST_TITLE)[:2]:
        pen.text((70, top), line, font=_font("DejaVuSerif-Bold", 68), fill=PAPER)
        top += 86
    lines = textwrap.wrap(about, LONGEST_TEXT)
    shown = lines[: MOST_LINES - (top > 220)]
    if len(shown) < len(lines):
        shown[-1] = f"{shown[-1].rstrip('.,;:')} …"
    for line in shown:
        pen.text((70, top + 16), line, font=_font("DejaVuSans", 30), fill="#e7defa")
        top += 44
    data = io.BytesIO()
    picture.quantize(COLOURS, Image.Quantize.FASTOCTREE).save(data, "PNG")
    return data.getvalue()


def _network(pen: ImageDraw.ImageDraw, colour: str) -> None:
    """Draw five steps of an unrolled network along the bottom."""
    for step in range(5):
        left = 110 + step * 215
        pen.rounded_rectangle((left, 475, left + 110, 555), 16, outline=colour, width=5)
        pen.line((left + 55, 475, left + 55, 440), fill=colour, width=4)
        pen.line((left + 55, 555, left + 55, 590), fill=colour, width=4)
        if step < 4:
            pen.line((left + 110, 515, left + 200, 515), fill=PAPER, width=5)
            pen.polygon([(left + 215, 515), (left + 195, 504), (left + 195, 526)], fill=PAPER)


@functools.cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Return one of the fonts that matplotlib brings along: every machine has the same."""
    spec = find_spec("matplotlib")
    assert spec
    assert spec.origin
    folder = Path(spec.origin).parent / "mpl-data/fonts/ttf"
    return ImageFont.truetype(str(folder / f"{name}.ttf"), size)
