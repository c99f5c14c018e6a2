"""The Python-Markdown extension `unrolled`.

Cells with their outputs, live claims, blocks, and what a page loads.

It marks the page's source before anything else reads it: each cell's fence, each claim and each
block gets its number in the plan. So what is rendered is what was planned; a cell without a number
is an error, not a guess.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from markdown import Markdown
from markdown.extensions import Extension
from pymdownx.blocks import BlocksExtension

from unrolled.blocks import KINDS
from unrolled.read.equations import LANGUAGE
from unrolled.read.fence import LANGUAGES
from unrolled.render import claim, equation, needed, nested
from unrolled.render.brackets import Brackets
from unrolled.render.complete import Aligned, Breaks, Load, Reach, UniqueIds
from unrolled.render.fences import CellFormatter, accept_options
from unrolled.render.listing import Proofs
from unrolled.render.mark import Mark
from unrolled.render.rendering import Rendering


class Provider(Protocol):
    """Who knows the plan and the runs of the pages that are converted."""

    def rendering(self, text: str) -> Rendering:
        """Return what is needed to render a page, given its text without front matter."""
        ...


class Current:
    """The rendering of the page that is being converted."""

    def __init__(self) -> None:
        """Begin without one."""
        self._rendering: Rendering | None = None

    def __call__(self) -> Rendering:
        """Return it."""
        assert self._rendering, "Mark runs before everything else"
        return self._rendering

    def begin(self, rendering: Rendering) -> None:
        """Go on to the next page."""
        self._rendering = rendering


class UnrolledExtension(Extension):
    """Register what a page needs, wherever in the list of extensions this one stands."""

    def __init__(self, **configs: Any) -> None:
        """Take the configuration: `provider`, who knows the plan and the runs of pages."""
        # Not None where nothing is given: Python-Markdown would turn what is given into a truth
        # value.
        self.config = {"provider": ["", "who knows the plan and the runs of pages"]}
        self._begun: Callable[[], None] | None = None
        super().__init__(**configs)

    def rendering(self, md: Markdown, text: str) -> Rendering:  # noqa: ARG002 - where a page stands, its converter may know
        """Return what is needed to render the page that a converter begins with.

        Raises:
            ValueError: Nobody knows the page.
        """
        provider: Provider | None = self.getConfig("provider") or None
        if provider is None:
            raise ValueError("the extension 'unrolled' needs a provider of plans and runs")
        return provider.rendering(text)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Register the parts."""
        current = Current()
        begin = lambda text: current.begin(self.rendering(md, text))  # noqa: E731 - it closes over both
        md.preprocessors.register(Mark(md, current, begin), "unrolled_mark", 1000)
        md.inlinePatterns.register(claim.marked(md, current), "unrolled_claim", 195)
        # After code spans and escapes, before anything that looks for a link.
        md.inlinePatterns.register(Brackets(md), "unrolled_brackets", 175)
        md.treeprocessors.register(Proofs(md, current), "unrolled_proofs", 15)
        md.inlinePatterns.register(claim.unproved(md, current), "unrolled_unproved", 194)
        # Before Markdown's escapes, which would take TeX's backslashes; after code.
        md.inlinePatterns.register(equation.Inline(md), "unrolled_equation", 185)
        md.treeprocessors.register(Aligned(md), "unrolled_aligned", -999)
        md.treeprocessors.register(UniqueIds(md, current), "unrolled_unique_ids", -1000)
        md.treeprocessors.register(Load(md, current), "unrolled_load", -1001)
        # After everything else, raw HTML included: they look at the page as it will be.
        md.postprocessors.register(Breaks(md), "unrolled_breaks", -999)
        md.postprocessors.register(Reach(md), "unrolled_reach", -1000)
        self._begun = lambda: _build_upon_others(md, current)
        md.registerExtension(self)

    def reset(self) -> None:
        """Build upon the other extensions.

        Python-Markdown calls this when all are loaded, and before each further page.
        """
        begun, self._begun = self._begun, None
        if begun:
            begun()


def _build_upon_others(md: Markdown, current: Current) -> None:
    fences = needed.add(md)
    for language in LANGUAGES:
        fences.extend_super_fences(language, CellFormatter(current), accept_options, None)
    fences.extend_super_fences(LANGUAGE, equation.alone, equation.accept, None)
    Blocks(current).extendMarkdown(md)


class Blocks(BlocksExtension):
    """Registers our kinds of block."""

    def __init__(self, current: Callable[[], Rendering]) -> None:
        """Render through the current rendering."""
        super().__init__()
        self._current = current

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:  # noqa: ARG002, N802 - the library's
        """Register them.

        A name that pymdownx has for an admonition is ours, as the plan reads it.
        """
        nested.hasten(block_mgr)
        for kind in KINDS:
            block_mgr.blocks.pop(kind.name, None)
            block_mgr.register(kind.html, {"context": self._current})
