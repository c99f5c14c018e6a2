"""The Python-Markdown extension `unrolled`: cells with their outputs, live claims, questions.

It marks the page's source before anything else reads it: each cell's fence, each claim and each block gets its number in the plan. So
what is rendered is what was planned; a cell without a number is an error, not a guess.
"""

import html
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension
from pymdownx.superfences import SuperFencesCodeExtension

from unrolled import plan
from unrolled.engine import Engine
from unrolled.output import Output
from unrolled.page import Cell, Chain, Page
from unrolled.problem import Problem
from unrolled.render import contract, experiment, hub, question, recap, status
from unrolled.render.output import output_html

BLOCKS = (*question.BLOCKS, *contract.BLOCKS, *experiment.BLOCKS, *recap.BLOCKS, *hub.BLOCKS, status.ProofsBlock)
NAMES = {block.NAME for block in BLOCKS}
FENCE = re.compile(r"^(?P<before>.*?)(?P<ticks>`{3,}|~{3,})(?P<info>.*)$")


class Rendering:
    """What one page's conversion needs and finds out."""

    def __init__(
        self, page: Page, engine: Engine, last_good: dict[int, Output], problems: list[Problem], site_pages: Sequence[Page] = ()
    ) -> None:
        """Render a planned page with the runs of an engine.

        Args:
            page: The plan.
            engine: Where runs come from.
            last_good: For cells whose run failed: what they gave when last it was well, by position.
            problems: What is wrong with the page, to be shown on it; what rendering finds is added.
            site_pages: All pages of the site, for what speaks of them all; without them, this one.
        """
        self.site_pages = site_pages or (page,)
        self.page = page
        self.engine = engine
        self.last_good = last_good
        self.problems = problems
        self.rendered: set[int] = set()

    def panes(self, cell: Cell, label: str = "Output") -> str:
        """Return the HTML of a cell's output; of a failed cell, its problems and the last output that was good."""
        chain, output = self.page.chain_of(cell), self.engine.output(cell, self.page)
        prefix = f"cell-{cell.index}"
        wrong = [p for p in self.problems if cell.line <= p.line <= cell.end]
        shown = "".join(f'<div class="cell-problem" role="alert"><pre>{html.escape(str(p))}</pre></div>' for p in wrong)
        if chain and output and not wrong:
            return output_html(chain, cell, output, prefix, label)
        before = self.last_good.get(cell.index)
        if before:
            alone = Chain((cell,))
            shown += f'<div class="cell-stale">{output_html(alone, cell, before, prefix, "Last good output")}</div>'
        return shown


class UnrolledExtension(Extension):
    """Register what a page needs. Load it after `pymdownx.superfences`.

    Configuration: `rendering`, given by a build that has planned and run the page; without it, the text is planned and run here.
    """

    def __init__(self, **configs: Any) -> None:
        """Take the configuration."""
        # Not None where nothing is given: Python-Markdown would turn what is given into a truth value.
        self.config = {
            "rendering": ["", "the page's Rendering, when a build has planned it"],
            "engine": ["", "what runs the cells of a page that no build has planned"],
        }
        super().__init__(**configs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Register the parts."""
        state = State(self)
        fences = next((e for e in md.registeredExtensions if isinstance(e, SuperFencesCodeExtension)), None)
        if fences is None:
            raise ValueError("the extension 'unrolled' needs 'pymdownx.superfences' before it in markdown_extensions")
        for language in ("python", "py", "python3"):
            fences.extend_super_fences(language, state.format_cell, _accept_options, None)
        md.preprocessors.register(Mark(md, state), "unrolled_mark", 1000)
        md.inlinePatterns.register(ClaimPattern(md, state), "unrolled_claim", 195)
        md.treeprocessors.register(UniqueIds(md, state), "unrolled_unique_ids", -1000)
        md.postprocessors.register(Complete(md, state), "unrolled_complete", 1)
        Blocks(state).extendMarkdown(md)


class State:
    """Holds the rendering of the page that is being converted."""

    def __init__(self, extension: UnrolledExtension) -> None:
        """Belong to an extension."""
        self._extension = extension
        self.rendering: Rendering

    def begin(self, text: str) -> None:
        """Take the rendering that a build gave, or plan and run the text."""
        given: Rendering | None = self._extension.getConfig("rendering") or None
        if given is None:
            engine: Engine | None = self._extension.getConfig("engine") or None
            if engine is None:
                raise ValueError("the extension 'unrolled' needs an engine, unless a build gives it a rendering")
            given = Rendering(plan.plan("page.md", text), engine, {}, [])
        self.rendering = given

    def format_cell(
        self, src: str = "", language: str = "", options: dict[str, Any] | None = None, md: Markdown | None = None, **kwargs: Any
    ) -> Any:
        """Format a cell: its code, and beneath it what the run gave. SuperFences calls this."""
        assert md
        highlight = md.preprocessors["fenced_code_block"].highlight  # type: ignore[attr-defined]
        number = (options or {}).get("cell")
        if number is None:
            remedy = "Indent it as its list, tab or note demands, with nothing but spaces before it, and keep it out of HTML comments"
            self.rendering.problems.append(
                Problem(
                    self.rendering.page.path,
                    1,
                    f"the renderer meets a cell that the plan does not hold: {src.strip().split(chr(10))[0]}",
                    remedy,
                )
            )
            return highlight(src, "python", {}, md, **kwargs)
        cell = self.rendering.page.cells[int(number)]
        self.rendering.rendered.add(cell.index)
        if cell.options.hidden or cell.options.check:
            wrong = "" if cell.options.check else self.rendering.panes(cell)
            return wrong if "cell-problem" in wrong else "<!-- a hidden cell -->"
        code = highlight(cell.code, "python", dict(cell.options.style), md, **kwargs)
        if not isinstance(code, str):
            code = ElementTree.tostring(code, encoding="unicode", method="html")
        item = self.rendering.page.question_at(cell.line)
        covered = item is not None and cell.index in item.cells
        panes = "" if covered else self.rendering.panes(cell)
        if cell.options.cause:
            code = f'<p class="cell__cause">You get this when you run:</p>{code}'
        note = f'<p class="cell__note">Not run here: {html.escape(cell.options.reason)}</p>' if cell.options.notest else ""
        return f'<div class="cell">{code}{panes}{note}</div>'


def _accept_options(language: str, inputs: dict[str, str], options: dict[str, Any], attrs: dict[str, str], md: Markdown) -> bool:
    # The plan has judged the options; here only the number counts that `Mark` wrote.
    if "cell" in inputs:
        options["cell"] = inputs["cell"]
    return True


class Mark(Preprocessor):
    """Writes the plan's numbers into the source."""

    def __init__(self, md: Markdown, state: State) -> None:
        """Belong to a converter."""
        super().__init__(md)
        self._state = state

    def run(self, lines: list[str]) -> list[str]:
        """Mark fences, claims and blocks."""
        self._state.begin("\n".join(lines))
        rendering = self._state.rendering
        page = rendering.page
        whole = page.text.split("\n")
        offset = len(whole) - len(lines)
        if whole[max(offset, 0) :] != [line.rstrip("\r") for line in lines]:
            fact = "something changed the page's text before it was rendered"
            rendering.problems.append(Problem(page.path, 1, fact, "Take the plugin that does it out of mkdocs.yml"))
            return lines
        marked = list(whole)
        for cell in page.cells:
            match = FENCE.match(marked[cell.line - 1])
            if match:
                marked[cell.line - 1] = f'{match["before"]}{match["ticks"]}{{.python cell="{cell.index}"}}'
        for claim in page.claims:
            before = marked[claim.line - 1]
            written = "|".join(map(re.escape, (claim.source, claim.source.replace("|", r"\|"))))  # A table wants \| for |.
            marked[claim.line - 1] = re.sub(rf"(`+)[ ]?(?:{written})[ ]?\1", f"`#!claim {claim.index}`", before, count=1)
        for block in page.blocks:
            if block.name not in NAMES:
                continue
            for number in range(block.line, block.body - 1):
                marked[number] = ""
            indent = re.match(r"\s*", marked[block.line - 1])
            marked[block.line - 1] += f"\n{indent[0] if indent else ''}    block: {block.index}"
        return "\n".join(marked[offset:]).split("\n")


class ClaimPattern(InlineProcessor):
    """Renders a marked claim: a value, a shape or a checked expression."""

    def __init__(self, md: Markdown, state: State) -> None:
        """Belong to a converter."""
        super().__init__(r"`#!claim (\d+)`", md)
        self._state = state

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ElementTree.Element, int, int]:  # type: ignore[override]  # noqa: N802
        """Return the element for a claim."""
        rendering = self._state.rendering
        claim = rendering.page.claims[int(m.group(1))]
        cell = next((c for c in rendering.page.cells if claim in c.claims), None)
        output = rendering.engine.output(cell, rendering.page) if cell else None
        verdict = output.claims[cell.claims.index(claim)] if cell and output and output.claims else None
        element = ElementTree.Element("code", {"class": f"claim claim--{claim.kind}"})
        text = claim.code
        if claim.kind == "value":
            text = verdict.text if verdict else "?"
        elif claim.kind == "shape":
            text = str(claim.expected)
        if verdict is None or not verdict.ok:
            element.set("class", "claim claim--refuted")
        element.text = AtomicString(text)
        return element, m.start(0), m.end(0)


class UniqueIds(Treeprocessor):
    """Sees to it that no two elements have the same id; it comes last, when headings have their anchors."""

    def __init__(self, md: Markdown, state: State) -> None:
        """Belong to a converter."""
        super().__init__(md)
        self._state = state

    def run(self, root: ElementTree.Element) -> None:
        """Add a problem for each id that two elements have, at the line that asks for it."""
        rendering = self._state.rendering
        count = Counter(element.get("id") for element in root.iter() if element.get("id"))
        for name in (name for name, times in count.items() if name and times > 1):
            asked = re.compile(rf"#{re.escape(name)}\b|^\s+id: {re.escape(re.sub('-(?:title|name)$', '', name))}\s*$")
            line = next((n for n, text in enumerate(rendering.page.text.split("\n"), 1) if asked.search(text)), 1)
            fact = f"two elements of the page have the id '{name}'"
            rendering.problems.append(Problem(rendering.page.path, line, fact, "Give one of them another"))


class Complete(Postprocessor):
    """Sees to it that every cell of the plan was rendered."""

    def __init__(self, md: Markdown, state: State) -> None:
        """Belong to a converter."""
        super().__init__(md)
        self._state = state

    def run(self, text: str) -> str:
        """Add a problem for each cell that was not; return the text as it is."""
        rendering = self._state.rendering
        for cell in rendering.page.cells:
            if cell.index not in rendering.rendered:
                remedy = "Put the fence on lines of its own, indented by four spaces for each list or tab around it"
                rendering.problems.append(Problem(rendering.page.path, cell.line, "the renderer does not see this cell", remedy))
        return text


class Blocks(BlocksExtension):
    """Registers the question blocks."""

    def __init__(self, state: State) -> None:
        """Render through a state."""
        super().__init__()
        self._state = state

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:  # noqa: N802 - the library's name
        """Register them."""
        for block in BLOCKS:
            block_mgr.register(block, {"state": self._state})
