"""HTML of a page as Markdown, as notebooks show it: code in fences, folded parts in `<details>`."""

from __future__ import annotations

import re
from string import ascii_uppercase
from typing import Any

from bs4 import Tag
from markdownify import MarkdownConverter

SPECIAL = re.compile(r"([\\*<`\[\]$|])|(?<!\w)(_)|(_)(?!\w)")
"""What Markdown would take for its own in a text."""
LONG = re.compile(r"\n{3,}")
LANGUAGE = re.compile(r"language-(\w+)")


def written(part: Tag) -> str:
    """Return a part of a page as Markdown."""
    return LONG.sub("\n\n", str(_Converter().convert_soup(part))).strip()


def fenced(code: str, language: str = "") -> str:
    """Return code in a fence that it cannot close."""
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{code}\n{fence}"


class _Converter(MarkdownConverter):
    """Writes what notebooks read."""

    def __init__(self) -> None:
        super().__init__(heading_style="ATX", bullets="-")
        self._library: Any = super()  # Which says nothing of its types.

    def escape(self, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - the library's
        """Escape what Markdown would take for its own, and nothing else: people edit this."""
        return SPECIAL.sub(lambda found: "\\" + found[0], text)

    def convert_pre(self, element: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - the library's
        """Return a fence, with the language that the page coloured it by."""
        around = element.find_parent(class_=LANGUAGE)
        named = LANGUAGE.search(" ".join(around.get_attribute_list("class"))) if around else None
        code = element.get_text().strip("\n")
        return f"\n\n{fenced(code, named[1] if named else '')}\n\n"

    def convert_details(self, element: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - the library's
        """Return what is folded, as HTML around Markdown."""
        return f"\n\n<details>\n{text.strip()}\n\n</details>\n\n"

    def convert_li(self, element: Tag, text: str, parent_tags: set[str]) -> str:
        """Return an entry of a list; with its letter where it has one, which answers name."""
        around = element.parent
        if around is None or around.get("type") != "A":
            return str(self._library.convert_li(element, text, parent_tags))
        place = around.find_all("li", recursive=False).index(element)
        lines = text.strip().split("\n")
        lines[0] = f"**{ascii_uppercase[place]}.** {lines[0]}"
        first, *rest = lines
        return "\n".join([f"- {first}", *(f"  {line}".rstrip() for line in rest)]) + "\n"

    def convert_summary(self, element: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - the library's
        """Return the line that unfolds it."""
        return f"<summary>{element.get_text().strip()}</summary>\n\n"

    def convert_svg(self, element: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - the library's
        """Return what a picture shows, in words: notebooks drop drawings that are written in."""
        return f"*Picture: {element.get('aria-label') or 'see the page'}*"

    def convert_math(self, element: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - the library's
        """Return the formula's text: notebooks drop MathML."""
        return f"`{element.get('alttext') or element.get_text()}`"

    def process_tag(self, node: Any, parent_tags: Any = None) -> str:
        """Leave out what a notebook cannot use, such as buttons."""
        if getattr(node, "name", "") in ("button", "input", "select", "textarea", "style"):
            return ""
        return str(self._library.process_tag(node, parent_tags))
