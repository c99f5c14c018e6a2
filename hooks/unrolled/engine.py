"""The engine: pages in, runs out. What the cache holds is not run; the rest runs in parallel, and torch is imported only then."""

from collections.abc import Iterable
from pathlib import Path

from unrolled import cache, data
from unrolled.output import Output, Run
from unrolled.page import Cell, Chain, Page
from unrolled.progress import Progress
from unrolled.run.perturbation import Perturbation
from unrolled.run.session import Session


class Engine:
    """Runs chains and remembers what they gave, in memory and in the cache."""

    def __init__(self, root: Path, folder: Path, *, forgets: bool = True, perturbation: Perturbation = Perturbation.NONE) -> None:
        """Work for a project.

        Args:
            root: The project.
            folder: Its cache.
            forgets: Whether a failing chain is run anew each time.
            perturbation: What is changed to see whether the pages notice; what that gives is kept apart.
        """
        self._forgets = forgets
        kept = "runs" if perturbation is Perturbation.NONE else f"perturbed-{perturbation}"
        self._cache = cache.Cache(folder / kept, root)
        self._session = Session(root, folder, perturbation=perturbation)
        self.perturbation = perturbation
        self._memory: dict[str, Run] = {}
        self._data: dict[str, dict[str, str]] = {}
        self.executed = 0
        """How many chains this engine has run, not counting what the cache held."""

    def run(self, pages: Iterable[Page]) -> None:
        """Run all chains of the pages that are stale."""
        self._data = {}
        stale: dict[str, tuple[Chain, Page]] = {}
        fresh: dict[str, Run] = {}
        for page in pages:
            for chain in page.all_chains:
                name = self._key(chain, page)
                if name in stale or name in fresh:
                    continue
                known = None if self._forgets else self._memory.get(name)
                known = known or self._cache.get(name)
                if known:
                    fresh[name] = known
                else:
                    stale[name] = (chain, page)
        self._memory = fresh if self._forgets else self._memory | fresh
        if not stale:
            return
        # What may take longest comes first, so that no core waits at the end.
        stale = dict(sorted(stale.items(), key=lambda job: -sum(cell.options.timeout for cell in job[1][0].cells)))
        names = list(stale)
        with Progress(len(names)) as progress:

            def started(position: int) -> None:
                chain, page = stale[names[position]]
                progress.started(f"{page.path}:{chain.cells[0].line}")

            def ended(position: int, run: Run) -> None:
                chain, page = stale[names[position]]
                self._memory[names[position]] = run
                if is_whole(chain, run):
                    self._cache.put(names[position], run)
                progress.ended(f"{page.path}:{chain.cells[0].line}")

            self._session.run([(chain, page.folder) for chain, page in stale.values()], started, ended)
        self.executed += len(names)
        self._cache.prune()

    def result(self, chain: Chain, page: Page) -> Run:
        """Return what a chain gave, running its page if need be."""
        name = self._key(chain, page)
        if name not in self._memory:
            before = self._memory
            self.run([page])
            self._memory = before | self._memory
        return self._memory[name]

    def output(self, cell: Cell, page: Page) -> Output | None:
        """Return what a cell gave, or None when it does not run or did not come to its end."""
        chain = page.chain_of(cell)
        if chain is None:
            return None
        outputs = self.result(chain, page).outputs
        position = chain.cells.index(cell)
        return outputs[position] if position < len(outputs) else None

    def _key(self, chain: Chain, page: Page) -> str:
        if page.folder and page.folder not in self._data:
            self._data[page.folder] = data.digest(Path(page.folder))
        return cache.key(chain, self._data.get(page.folder, {}))

    def close(self) -> None:
        """End the processes."""
        self._session.close()


def is_whole(chain: Chain, run: Run) -> bool:
    """Return whether all cells of a chain ran and did what they promised; only such runs are kept. A probe may end at an exception."""
    if run.fate or not run.outputs:
        return False
    last = chain.cells[len(run.outputs) - 1]
    if len(run.outputs) < len(chain.cells) and not (last.options.probe and run.outputs[-1].exception):
        return False
    return all(_kept_promise(cell, output) for cell, output in zip(chain.cells, run.outputs, strict=False))


def _kept_promise(cell: Cell, output: Output) -> bool:
    if output.stray:
        return False
    if output.exception:
        return cell.options.probe or cell.options.raises in output.exception.types
    return not cell.options.raises
