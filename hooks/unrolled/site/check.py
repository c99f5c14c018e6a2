"""Everything that can be said against a site.

Of each page by itself, among all pages, and against the records.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from unrolled.blocks import KINDS
from unrolled.model.page import Page
from unrolled.model.problem import Problem
from unrolled.model.runs import PageRuns
from unrolled.prove import cells, record, records
from unrolled.prove.closeness import Comparison
from unrolled.read import plan
from unrolled.run import numerics
from unrolled.run.engine import Engine
from unrolled.run.perturbation import Perturbation
from unrolled.run.whole import is_whole
from unrolled.site import docs, policy, proved, twice
from unrolled.site.links.linked import linked
from unrolled.site.made import Made
from unrolled.site.place import Site


def prove(
    chosen: Sequence[Page],
    engine: Engine,
    pages: Sequence[Page] = (),
    made: Made | None = None,
) -> tuple[list[PageRuns], list[Problem]]:
    """Run what is stale; return the runs, and all that is wrong with the chosen pages.

    Args:
        chosen: The pages to prove.
        engine: What runs them.
        pages: All pages of the site; without them, the chosen ones.
        made: Keeps what was found for the same pages and runs; without it, each is proved anew.
    """
    ran = engine.run(chosen)
    return ran, proved.problems(ran, made) + among(chosen, pages or chosen)


def among(chosen: Iterable[Page], pages: Sequence[Page]) -> list[Problem]:
    """Return what is wrong with the chosen pages among all.

    Ids used twice, modes without what they need, keys easily guessed.
    """
    names = {page.path for page in chosen}
    found = [*plan.shared_ids(pages), *(problem for kind in KINDS for problem in kind.among(pages))]
    return [problem for problem in found if problem.path in names]


def check(
    site: Site, pages: Sequence[Page], chosen: Sequence[Page], engine: Engine
) -> list[Problem]:
    """Check pages against their runs, their links and their records.

    Args:
        site: The site.
        pages: All its pages: ids must be unique among them.
        chosen: The pages to check; records left over are looked for when these are all.
        engine: What runs them.
    """
    ran, found = prove(chosen, engine, pages, Made(site.cache))
    found += linked(site, pages, chosen).problems
    if site.config and len(chosen) == len(pages):
        found += policy.problems(site.root / policy.SETTINGS, site.config.said)
        found += (Problem(site.named(file), 1, *docs.OUTSIDE) for file in docs.outside(site.mkdocs))
    return found + differing(site, pages, ran, comparison(engine))


def differing(
    site: Site, pages: Sequence[Page], ran: Sequence[PageRuns], how: Comparison
) -> list[Problem]:
    """Return where pages that have run differ from their records.

    When they are all, records of no page too.
    """
    found: list[Problem] = []
    for each in ran:
        if each.page.problems or any(cells.problems(each)):
            continue  # A difference may follow from these: what is recorded is compared after.
        if all(is_whole(chain, each.of(chain)) for chain in each.page.chains):
            file = records.path_of(site.records, each.page, site.docs_name)
            shown = file.relative_to(site.root).as_posix()
            now = record.entries(each)
            unread = records.unread(each.page, file, site.root) if now or file.exists() else None
            found += (
                [unread]
                if unread
                else records.compare(each.page, now, records.read(file), shown, how)
            )
    if len(ran) == len(pages):
        found += records.left_over(site.records, pages, site.docs_name, site.root)
    return found


def comparison(engine: Engine) -> Comparison:
    """Return how strictly an engine's numbers are held to the records."""
    if engine.perturbation is not Perturbation.NONE:
        return Comparison.PERTURBED
    return Comparison.SAME if numerics.is_reference() else Comparison.OTHER


def accept(
    site: Site,
    pages: Sequence[Page],
    chosen: Sequence[Page],
    engine: Engine,
    again: Engine | None = None,
    folders: Sequence[Path] = (),
) -> tuple[list[str], list[Problem]]:
    """Record the outputs of pages; a page with problems keeps the record that it has.

    Args:
        site: The site.
        pages: All its pages.
        chosen: The pages to record.
        engine: What runs them.
        again: What runs a second time, under other circumstances, what is new; None for nothing.
        folders: Folders that were named, whose records of gone pages are deleted; all are where all
            pages are recorded.

    Returns:
        The records that changed, as problems would call them, and the problems.
    """
    ran, found = prove(chosen, engine, pages, Made(site.cache))
    found += linked(site, pages, chosen).problems
    failed = {problem.path for problem in found}
    if again:
        sound = [each for each in ran if each.page.path not in failed]
        known = [
            records.read(records.path_of(site.records, each.page, site.docs_name)) for each in sound
        ]
        found += twice.changing(sound, known, again)
        failed = {problem.path for problem in found}
    changed: list[str] = []
    for each in (each for each in ran if each.page.path not in failed):
        file = records.path_of(site.records, each.page, site.docs_name)
        try:
            changed += _recorded(site, file, each)
        except OSError as error:
            fault = records.misplaced(file, site.root)
            found.append(fault or records.unwritten(file, site.root, error))
    whole = len(chosen) == len(pages)
    around = [site.records / name for name in _beneath(site, folders)]
    for problem in records.left_over(site.records, pages, site.docs_name, site.root):
        file = site.root / problem.path
        if whole or any(file.is_relative_to(folder) for folder in around):
            file.unlink()
            changed.append(problem.path)
    return changed, found


def _beneath(site: Site, folders: Iterable[Path]) -> Iterator[Path]:
    """Yield where folders lie beneath that of the pages; what is no folder there is left out."""
    for folder in (each.resolve() for each in folders):
        if folder.is_dir() and folder.is_relative_to(site.docs):
            yield folder.relative_to(site.docs)


def _recorded(site: Site, file: Path, ran: PageRuns) -> Iterator[str]:
    """Record what a page gave, and yield the record if it changed.

    Raises:
        OSError: It cannot be written.
    """
    before = records.read(file)
    now = records.updated(before, record.entries(ran))
    if before == now:
        return
    if now:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(now, "utf-8")
    else:
        file.unlink(missing_ok=True)
    yield file.relative_to(site.root).as_posix()
