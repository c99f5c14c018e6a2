"""The engine: pages in, runs out.

What the cache holds is not run; the rest runs in parallel, and torch is imported only then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from unrolled.model.cell import Chain
from unrolled.model.mode import SCRIPT
from unrolled.model.output import Run
from unrolled.model.page import Page
from unrolled.model.runs import PageRuns
from unrolled.run import cache, page_files, whole
from unrolled.run.jobs import Job
from unrolled.run.meter import Meter
from unrolled.run.perturbation import Perturbation
from unrolled.run.session import Session


class Engine:
    """Runs chains and remembers what they gave, in memory and in the cache."""

    def __init__(
        self,
        root: Path,
        folder: Path,
        *,
        forgets: bool = True,
        perturbation: Perturbation = Perturbation.NONE,
        warmed: Sequence[str] = (),
        docs: Path | None = None,
        readable: Sequence[Path] = (),
    ) -> None:
        """Work for a project.

        Args:
            root: The project.
            folder: Its cache.
            forgets: Whether a failing chain is run anew each time.
            perturbation: What is changed to see whether the pages notice; what that gives is kept
                apart.
            warmed: Libraries to import once, before the first chain runs.
            docs: The folder of the pages, whose data cells can read by paths that lead to it.
            readable: Folders that cells may read beside what Python needs.
        """
        self._docs = docs
        self._forgets = forgets
        kept = "runs" if perturbation is Perturbation.NONE else f"perturbed-{perturbation}"
        self._cache = cache.Cache(folder / kept, root)
        self._session = Session(
            root, folder, perturbation=perturbation, warmed=warmed, readable=readable
        )
        self._memory: dict[str, Run] = {}
        self.perturbation = perturbation
        """What is changed."""
        self.executed = 0
        """How many chains this engine has run, not counting what the cache held."""

    def run(self, pages: Iterable[Page]) -> list[PageRuns]:
        """Run all chains of the pages that are stale.

        Return each page with what its chains gave.
        """
        pages = list(pages)
        keys = _Keys(self._docs)
        names = {id(chain): keys.of(chain, page) for page in pages for chain in page.all_chains}
        stale: dict[str, tuple[Chain, Page]] = {}
        fresh: dict[str, Run] = {}
        for page in pages:
            for chain in page.all_chains:
                name = names[id(chain)]
                if name in stale or name in fresh:
                    continue
                known = None if self._forgets else self._memory.get(name)
                if self.perturbation is not Perturbation.AGAIN:
                    known = known or self._cache.get(name, chain)
                if known:
                    fresh[name] = known
                else:
                    stale[name] = (chain, page)
        self._memory = fresh if self._forgets else self._memory | fresh
        if stale:
            self._run(stale)
        return [
            PageRuns(page, tuple(self._memory[names[id(c)]] for c in page.all_chains))
            for page in pages
        ]

    def suppose(self, page: Page, chain: Chain, run: Run) -> None:
        """Take it that a chain of a page gives this, and need not run."""
        self._memory[_Keys(self._docs).of(chain, page)] = run

    def _run(self, stale: dict[str, tuple[Chain, Page]]) -> None:
        # What may take longest comes first, so that no core waits at the end.
        ordered = sorted(stale.items(), key=lambda job: -job[1][0].seconds)
        places = [f"{page.path}:{chain.begins}" for _, (chain, page) in ordered]
        with Meter(len(ordered)) as meter:

            def ended(position: int, run: Run) -> None:
                name, (chain, _) = ordered[position]
                self._memory[name] = run
                again = self.perturbation is Perturbation.AGAIN
                if whole.is_whole(chain, run) and not again:
                    self._cache.put(name, run)
                meter.ended(places[position])

            jobs = [
                Job(chain, page_files.seen_by(chain, page.folder, self._docs))
                for _, (chain, page) in ordered
            ]
            self._session.run(jobs, lambda position: meter.started(places[position]), ended)
        self.executed += len(ordered)
        self._cache.prune()

    def close(self) -> None:
        """End the processes."""
        self._session.close()


class _Keys:
    """The cache's names of chains; the files beside a page are read once."""

    def __init__(self, docs: Path | None) -> None:
        self._docs = docs
        self._beside: dict[str, dict[str, str]] = {}

    def of(self, chain: Chain, page: Page) -> str:
        data = page_files.seen_by(chain, page.folder, self._docs)
        if data.folder and data.folder not in self._beside:
            found = page_files.digest(Path(data.folder))
            # A page that is a script is no other page's data.
            self._beside[data.folder] = {
                name: digest for name, digest in found.items() if Path(name).name != SCRIPT
            }
        return cache.key(chain, self._beside.get(data.folder, {}) | {"": data.at})
