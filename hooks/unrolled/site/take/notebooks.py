"""A page as a notebook: its text as Markdown, its cells to run, its answers folded.

All chains of a page run in one kernel, in the order of the page: each begins by forgetting the
names of the one before, and with the seeds with which the page's began.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import nbformat
from bs4 import Comment, Tag
from bs4.element import PageElement
from nbformat import v4

from unrolled.model.cell import Cell, Role
from unrolled.render.fences import marked
from unrolled.site.take import beside, content
from unrolled.site.take.content import clean, parsed, untab
from unrolled.site.take.markdown import written
from unrolled.site.take.shown import Shown

DRAWING = re.compile(r"(<svg\b[^>]*>)(.*?)</svg>", re.DOTALL)
HIDDEN = "<p><em>Set-up that the page runs without showing it:</em></p>"
RAISES = "raises-exception"
"""The tag by which Jupyter goes on after a cell that raises."""
BEGIN = "# A fresh start, as on the page: names from above are forgotten, and seeds are set."
SEEDS = {
    "random": "random.seed(0)",
    "numpy": "numpy.random.seed(0)",
    "torch": "torch.manual_seed(0)",
}
"""How each library's random numbers begin in every chain of a page."""
USES = {"numpy": ("numpy", "sklearn", "scipy"), "random": ("import random", "from random")}
"""Words of code that draw on them, where not the library's name."""

SETTINGS = {
    "set_default_dtype": ("torch", "torch.set_default_dtype(torch.float32)"),
    "set_default_device": ("torch", "torch.set_default_device(None)"),
    "set_grad_enabled": ("torch", "torch.set_grad_enabled(True)"),
    "use_deterministic_algorithms": ("torch", "torch.use_deterministic_algorithms(False)"),
    "torch.set_printoptions": ("torch", 'torch.set_printoptions(profile="default")'),
    "rcParams": ("matplotlib", "matplotlib.rcdefaults()"),
    "filterwarnings": ("warnings", "warnings.resetwarnings()"),
    "simplefilter": ("warnings", "warnings.resetwarnings()"),
}
"""What code can set for its whole process, by a word of it: the library, and how it is taken back.
On the page each chain has a process of its own."""


def build(shown: Shown, site: str) -> str | None:
    """Return a page's notebook as JSON; None where the page has nothing to run.

    Args:
        shown: The page, with marks before its cells.
        site: The site's address.
    """
    cells = [*_Flow(shown, shown.address(site)).cells()]
    if not any(cell.cell_type == "code" for cell in cells):
        return None
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"  # The same in each build.
    notebook = v4.new_notebook(
        cells=cells,
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python", "file_extension": ".py"},
        },
    )
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook))


class _Flow:
    """Walks through a page, from its beginning to its end."""

    def __init__(self, shown: Shown, address: str) -> None:
        """Begin with a page."""
        self._page = shown.page
        self._address = address
        self._tree = parsed(DRAWING.sub(_emptied, shown.content))
        self._places = {
            number: comment
            for comment in self._tree.find_all(string=lambda text: isinstance(text, Comment))
            if (number := marked(str(comment))) is not None
        }
        self._run = {n for n in self._places if self._is_run(n)}
        self._around = {id(each) for n in self._run for each in self._places[n].parents}
        """The elements that hold cells to run."""
        self._text: list[PageElement] = []
        self._chain: object = None
        self._tried: object = None
        self._brought: set[str] = set()
        self._set: dict[str, str] = {}
        """What cells have set for the whole process: how it is taken back, and by which library."""

    def cells(self) -> Iterator[nbformat.NotebookNode]:
        """Yield the notebook's cells."""
        clean(self._tree, self._address, comments=False)
        untab(self._tree)
        yield from self._walk(self._tree)
        self._text += parsed(self._colophon()).contents
        yield from self._flush()

    def _walk(self, around: Tag) -> Iterator[nbformat.NotebookNode]:
        """Yield the cells of an element, whose own text is collected."""
        skip = False
        for child in [*around.children]:
            number = marked(str(child)) if isinstance(child, Comment) else None
            if number in self._run:
                yield from self._cell(number)
                skip = not self._page.cells[number].options.hidden
            elif skip and isinstance(child, Tag):
                skip = False  # The cell's own code and outputs.
            elif isinstance(child, Tag) and self._holds_cells(child):
                yield from self._opened(child)
            elif not isinstance(child, Comment):
                self._text.append(child)

    def _opened(self, element: Tag) -> Iterator[nbformat.NotebookNode]:
        """Yield the cells of an element between which its text is divided."""
        summary = element.find("summary", recursive=False) if element.name == "details" else None
        if isinstance(summary, Tag):
            self._text.append(content.title(summary.extract()))
        yield from self._walk(element)

    def _holds_cells(self, element: Tag) -> bool:
        return id(element) in self._around

    def _cell(self, number: int) -> Iterator[nbformat.NotebookNode]:
        """Yield the code cell of a cell, and before it what it needs."""
        cell = self._page.cells[number]
        if cell.options.hidden:
            self._text += parsed(HIDDEN).contents
        yield from self._flush()
        begun = self._page.chain_of(cell)
        if cell.options.role is not Role.PLAIN:
            # A stub goes on from the cells before, if it says so; its check from the stub.
            item = self._page.item_at(cell.line)
            goes_on = cell.options.continuation or item is self._tried
            begun, self._tried = self._chain if goes_on else item, item
        if begun is not self._chain:
            yield v4.new_code_cell(_begin(self._sources(cell), self._set))
            self._chain, self._set = begun, {}
        yield from self._files(cell)
        made = v4.new_code_cell(cell.code.strip("\n"))
        if cell.options.raises or cell.options.role is Role.APART:
            made.metadata["tags"] = [RAISES]
        made.metadata["unrolled"] = {"line": cell.line}
        self._set |= {back: lib for word, (lib, back) in SETTINGS.items() if word in cell.code}
        yield made

    def _sources(self, cell: Cell) -> str:
        """Return the code of the chain that begins with a cell."""
        chain = self._page.chain_of(cell)
        return "\n".join(each.code for each in (chain.cells if chain else (cell,)))

    def _files(self, cell: Cell) -> Iterator[nbformat.NotebookNode]:
        """Yield a cell that writes each file beside the page that a cell reads, once."""
        for file in beside.read_by(cell.code, Path(self._page.folder or ".")):
            if file.name not in self._brought and self._page.folder:
                self._brought.add(file.name)
                made = v4.new_code_cell(beside.writing(file))
                made.metadata["jupyter"] = {"source_hidden": True}
                yield made

    def _is_run(self, number: int) -> bool:
        """Return whether a cell is one of the notebook's, and not only shown in a folded answer."""
        cell = self._page.cells[number]
        item = self._page.item_at(cell.line)
        if item and item.tells(cell):
            return False
        if cell.options.role is Role.APART:
            return not self._is_folded(number)
        if not cell.runs or cell.options.role is not Role.PLAIN:
            return False
        if not self._is_folded(number):
            return True
        chain = self._page.chain_of(cell)
        later = chain.cells[chain.cells.index(cell) + 1 :] if chain else ()
        return any(
            place in self._places and not self._is_folded(place)
            for place in (self._page.numbers[each.line] for each in later)
        )

    def _is_folded(self, number: int) -> bool:
        """Return whether a cell is in something that a question, or the like, folds away."""
        details = self._places[number].find_parent("details")
        return details is not None and details.find_parent(_is_item) is not None

    def _flush(self) -> Iterator[nbformat.NotebookNode]:
        part = parsed("")
        part.extend(self._text)
        self._text = []
        text = written(part)
        if text:
            yield v4.new_markdown_cell(text)

    def _colophon(self) -> str:
        source = (
            f'This is <a href="{self._address}">a page of Unrolled</a>'
            if self._address
            else "This is a page of Unrolled"
        )
        return (
            f"<hr><p>{source} as a notebook. It needs what the page's code imports, such as torch,"
            " and installs nothing.</p>"
        )


def _emptied(drawing: re.Match[str]) -> str:
    """Return a drawing without its lines, of which a notebook shows nothing: most of a page."""
    return drawing[0] if "<svg" in drawing[2] else f"{drawing[1]}</svg>"


def _is_item(element: Tag) -> bool:
    """Return whether an element is one of those that readers answer."""
    return element.name.startswith("quiz-")


def _begin(code: str, left: Mapping[str, str]) -> str:
    """Return the code that begins a chain.

    `left` says how to take back what the chains before have set, each with the library it needs.
    """
    used = [library for library in SEEDS if any(u in code for u in USES.get(library, (library,)))]
    imports = dict.fromkeys([*left.values(), *used])
    lines = [BEGIN, "%reset -f"]
    if imports:
        lines += [f"import {', '.join(imports)}", *left, *(SEEDS[library] for library in used)]
    # What the last line would show is nobody's business.
    return "\n".join(lines) + (";" if imports else "")
