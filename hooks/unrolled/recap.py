"""Cards and free recall: reading `/// card` and `/// explain` blocks, and whether their form is complete."""

from collections.abc import Iterator

from markdown_it.token import Token

from unrolled.page import Block, Card, Explain
from unrolled.problem import Problem
from unrolled.question import ID

OPTIONS = ("id",)
LEAST_CONCEPTS = 3


def read(blocks: list[Block], stream: list[Token]) -> tuple[tuple[Card, ...], tuple[Explain, ...]]:
    """Read a page's cards and prompts, whatever their faults."""
    cards = tuple(Card(b, str(b.options.get("id", "")), b.argument) for b in blocks if b.name == "card")
    explains = tuple(_explain(b, blocks, stream) for b in blocks if b.name == "explain")
    return cards, explains


def problems(path: str, cards: tuple[Card, ...], explains: tuple[Explain, ...], lines: list[str]) -> Iterator[Problem]:
    """Yield what is wrong with their form."""
    for item, title, example in (
        *((card, card.front, "/// card | What does h_n hold?") for card in cards),
        *((explain, explain.prompt, "/// explain | How does the state remember?") for explain in explains),
    ):
        block = item.block
        if not title:
            yield Problem(path, block.line, f"a block '{block.name}' has no title", f"Write it on the first line: {example}")
        if not ID.fullmatch(item.id):
            fact = f"the id '{item.id}' is not in kebab case" if item.id else f"a block '{block.name}' has no id"
            yield Problem(
                path, block.line, fact, "Give it one, unique on the site, of lower-case letters, digits and hyphens: id: rnn-card-h-n"
            )
        if not any(line.strip() for line in lines[block.body - 1 : block.end - 1]):
            yield Problem(path, block.line, f"the block '{block.name}' is empty", "Write what stands on the card's back, or the concepts")
    for explain in explains:
        if explain.lists != ("bullet",) and explain.concepts:
            fact = f"the concepts of the prompt '{explain.id}' are not one list of hyphens"
            yield Problem(path, explain.block.line, fact, "Write them one after the other: - **Name**: what a good answer says")
        if len(explain.concepts) < LEAST_CONCEPTS:
            fact = f"the prompt '{explain.id}' has {len(explain.concepts)} concepts"
            yield Problem(
                path, explain.block.line, fact, f"List at least {LEAST_CONCEPTS}, in one list: - **Name**: what a good answer says"
            )


def _own_tokens(block: Block, blocks: list[Block], stream: list[Token]) -> Iterator[tuple[int, Token]]:
    """Yield the tokens that begin in a block and in none inside it, with their positions."""
    children = [b for b in blocks if block.line < b.line < block.end]
    for position, token in enumerate(stream):
        line = token.map[0] + 1 if token.map else 0
        if block.line < line < block.end and not any(b.line < line < b.end for b in children):
            yield position, token


def _explain(block: Block, blocks: list[Block], stream: list[Token]) -> Explain:
    """Read a prompt; the items of its outermost lists are its concepts."""
    concepts: list[str] = []
    lists: list[str] = []
    for position, token in _own_tokens(block, blocks, stream):
        if token.level == 0 and token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(token.type.partition("_")[0])
        elif token.level == 1 and token.type == "list_item_open":
            concepts.append(next((t.content for t in stream[position:] if t.type == "inline"), ""))
    return Explain(block, str(block.options.get("id", "")), block.argument, tuple(concepts), tuple(lists))
