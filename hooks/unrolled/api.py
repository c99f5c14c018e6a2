"""The public API of Unrolled: what other code may import.

Everything else may change from one version to the next.
"""

from unrolled.blocks import KINDS
from unrolled.model.block import Block
from unrolled.model.cell import Cell, Chain, Claim
from unrolled.model.item import Item
from unrolled.model.kind import BlockKind, Reading, Source
from unrolled.model.page import Page
from unrolled.model.problem import Code, Problem, listing
from unrolled.model.runs import PageRuns
from unrolled.read.plan import plan, read_page
from unrolled.run.engine import Engine
from unrolled.site.check import accept, check, prove
from unrolled.site.place import Site, load

__all__ = [
    "KINDS",
    "Block",
    "BlockKind",
    "Cell",
    "Chain",
    "Claim",
    "Code",
    "Engine",
    "Item",
    "Page",
    "PageRuns",
    "Problem",
    "Reading",
    "Site",
    "Source",
    "accept",
    "check",
    "listing",
    "load",
    "plan",
    "prove",
    "read_page",
]
