"""What our `///` blocks have in common: each knows its number in the plan."""

from typing import TYPE_CHECKING

from pymdownx.blocks.block import Block as MarkdownBlock
from pymdownx.blocks.block import type_integer

from unrolled.page import Block

if TYPE_CHECKING:
    from unrolled.render.extension import Rendering


class Planned(MarkdownBlock):
    """A block whose number in the plan was written into its options."""

    ARGUMENT = None
    OPTIONS = {"block": (-1, type_integer)}  # noqa: RUF012 - the library's way

    @property
    def rendering(self) -> "Rendering":
        """Return the page's rendering."""
        return self.config["state"].rendering

    @property
    def planned(self) -> Block:
        """Return the block in the plan."""
        return self.rendering.page.blocks[self.options["block"]]
