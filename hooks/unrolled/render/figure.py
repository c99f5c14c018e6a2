"""Figures: matplotlib's SVG made fit for a page.

Only what is listed gets through; styles become attributes, black the text colour, and the
colours of the cycle those of the stylesheet.
"""

import re
from xml.etree import ElementTree

from unrolled.render import palette

SVG = "http://www.w3.org/2000/svg"
HREF = "{http://www.w3.org/1999/xlink}href"
TAGS = {
    "svg",
    "g",
    "path",
    "defs",
    "use",
    "clipPath",
    "rect",
    "text",
    "tspan",
    "image",
    "linearGradient",
    "stop",
    "circle",
}
STYLES = {
    "fill", "fill-opacity", "fill-rule",
    "stroke", "stroke-width", "stroke-opacity", "stroke-linecap", "stroke-linejoin",
    "stroke-dasharray", "stroke-dashoffset", "stroke-miterlimit",
    "opacity", "font-size", "font-weight", "font-style", "text-anchor", "clip-path", "stop-color",
}  # fmt: skip
ATTRIBUTES = STYLES | {
    "id", "d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "transform",
    "viewBox", "clipPathUnits", "gradientUnits", "offset", "preserveAspectRatio",
}  # fmt: skip
FONT = re.compile(
    r"(?:(?P<style>italic|oblique)\s+)?(?:(?P<weight>bold|\d{3})\s+)?(?P<size>[\d.]+)px"
)


def inline(svg: str, prefix: str, alt: str) -> str:
    """Return an SVG figure as HTML for the page.

    Args:
        svg: As matplotlib wrote it, or as anything else did: it is not trusted.
        prefix: What to put before each id, so that figures on a page do not share any.
        alt: The alternative text.

    Raises:
        ValueError: It is not well-formed SVG.
    """
    text = re.sub(r"<\?xml.*?\?>|<!DOCTYPE[^\[>]*>", "", svg, flags=re.DOTALL)
    if "<!" in re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL):
        raise ValueError("the figure declares entities")
    try:
        source = ElementTree.fromstring(text)  # noqa: S314 - no entity can be declared: see above
    except ElementTree.ParseError as error:
        raise ValueError(f"the figure is not well-formed: {error}") from error
    root = _copy(source, prefix)
    if root is None or root.tag != "svg":
        raise ValueError("the figure is no SVG")
    for name in ("width", "height"):
        root.attrib.pop(name, None)
    root.attrib |= {
        "role": "img",
        "aria-label": alt,
        "stroke-linejoin": "round",
        "stroke-linecap": "butt",
        "class": "cell-figure__svg",
    }
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=True)


def _copy(element: ElementTree.Element, prefix: str) -> ElementTree.Element | None:
    tag = str(element.tag).removeprefix(f"{{{SVG}}}")
    if tag not in TAGS:
        return None
    copy = ElementTree.Element(tag)
    given = {str(name): value for name, value in element.attrib.items()}
    for name, value in {**given, **_styles(given.pop("style", ""))}.items():
        if name in ATTRIBUTES:
            copy.set(name, _value(name, value, prefix))
        elif name in (HREF, "href") and (
            value.startswith("#") or (tag == "image" and value.startswith("data:image/png;base64,"))
        ):
            # Not a plain href: Material's instant navigation would assign to it, which SVG does not
            # allow.
            copy.set("xlink:href", f"#{prefix}{value[1:]}" if value.startswith("#") else value)
    copy.text, copy.tail = element.text, element.tail
    copy.extend(child for child in (_copy(child, prefix) for child in element) if child is not None)
    return copy


def _value(name: str, value: str, prefix: str) -> str:
    if name == "id":
        return prefix + value
    value = palette.shown(value)
    if value.startswith("var("):
        return value
    local = re.fullmatch(r"url\(#([\w.-]+)\)", value)
    return f"url(#{prefix}{local[1]})" if local else "none" if "url(" in value else value


def _styles(style: str) -> dict[str, str]:
    """Return a `style` attribute's declarations as attributes, which a strict policy allows."""
    found: dict[str, str] = {}
    for declaration in style.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        font = FONT.match(value) if name == "font" else None
        if font:
            found["font-size"] = font["size"]
            found |= {f"font-{key}": font[key] for key in ("weight", "style") if font[key]}
        elif name in STYLES:
            found[name] = value.removesuffix("px") if name == "font-size" else value
    return found
