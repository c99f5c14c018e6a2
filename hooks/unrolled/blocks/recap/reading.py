"""Reading `/// card` and `/// explain` blocks, and whether their form is complete."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from unrolled.blocks import names
from unrolled.blocks.recap.item import Card, Explain
from unrolled.model.block import Block
from unrolled.model.item import Item
from unrolled.model.kind import Reading, Source
from unrolled.model.problem import Code, Problem

LEAST_CONCEPTS = 3


def read_card(block: Block, source: Source) -> Reading:
    """Read a card, whatever its faults."""
    card = Card(block, block.option("id"))
    return Reading(card, tuple(_form(source, card, "/// card | What does h_n hold?")))


def read_explain(block: Block, source: Source) -> Reading:
    """Read a prompt, whatever its faults; the items of its outermost lists are its concepts."""
    concepts: list[str] = []
    lists: list[str] = []
    for position, token in _own_tokens(block, source):
        if token.level == 0 and token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(token.type.partition("_")[0])
        elif token.level == 1 and token.type == "list_item_open":
            inline = (each.content for each in source.tokens[position:] if each.type == "inline")
            concepts.append(next(inline, ""))
    explain = Explain(block, block.option("id"), tuple(concepts), tuple(lists))
    problems = (
        *_form(source, explain, "/// explain | How does the state remember?"),
        *_concepts(source, explain),
    )
    return Reading(explain, problems)


def _form(source: Source, item: Item, example: str) -> Iterator[Problem]:
    """Yield what is wrong with the form of a card or a prompt."""
    block, path = item.block, source.path
    if not item.title:
        fact = f"a block '{block.name}' has no title"
        yield Problem(
            path, block.line, fact, f"Write it on the first line: {example}", code=Code.CARD
        )
    if fault := names.fault(item.id, f"a block '{block.name}'", "rnn-card-h-n"):
        yield Problem(path, block.line, *fault, code=Code.ID)
    if not any(line.strip() for line in source.lines[block.body - 1 : block.end - 1]):
        remedy = "Write what the card's back says, or the concepts"
        yield Problem(
            path, block.line, f"the block '{block.name}' is empty", remedy, code=Code.CARD
        )


def _concepts(source: Source, explain: Explain) -> Iterator[Problem]:
    line, path = explain.block.line, source.path
    if explain.lists != ("bullet",) and explain.concepts:
        fact = f"the concepts of the prompt '{explain.id}' are not one list of hyphens"
        yield Problem(
            path,
            line,
            fact,
            "Write them one after the other: - **Name**: what a good answer says",
            code=Code.CARD,
        )
    if len(explain.concepts) < LEAST_CONCEPTS:
        fact = f"the prompt '{explain.id}' has {len(explain.concepts)} concepts"
        remedy = f"List at least {LEAST_CONCEPTS}, in one list: - **Name**: what a good answer says"
        yield Problem(path, line, fact, remedy, code=Code.CARD)


def _own_tokens(block: Block, source: Source) -> Iterator[tuple[int, Token]]:
    """Yield the tokens that begin in a block and in none inside it, with their positions."""
    children = source.children(block)
    for position, token in enumerate(source.tokens):
        line = token.map[0] + 1 if token.map else 0
        if block.holds(line) and not any(child.holds(line) for child in children):
            yield position, token
