"""A site: where its pages are, and everything that can be said against them. Files are read here and in the entry points, nowhere else."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from mkdocs.exceptions import ConfigurationError
from mkdocs.utils import markdown_extensions
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from unrolled import judge, lint, modes, plan, proof, recorded, sections, sweep, trial
from unrolled.engine import Engine, is_whole
from unrolled.page import Page
from unrolled.problem import Problem
from unrolled.run import numerics
from unrolled.run.perturbation import Perturbation

CACHE = ".cache/unrolled"
RECORDED = "tests/recorded"


@dataclass(frozen=True)
class Site:
    """Where things are."""

    root: Path
    """The folder of `mkdocs.yml`; problems name files relative to it."""
    docs: Path
    """The folder of the pages."""

    @property
    def docs_name(self) -> str:
        """Return what problems call the folder of the pages."""
        return self.docs.relative_to(self.root).as_posix() if self.docs.is_relative_to(self.root) else self.docs.as_posix()

    @property
    def recorded(self) -> Path:
        """Return the folder of the recorded outputs."""
        return self.root / RECORDED

    def engine(self, *, forgets: bool = True, perturbation: Perturbation = Perturbation.NONE) -> Engine:
        """Return an engine for this site."""
        return Engine(self.root, self.root / CACHE, forgets=forgets, perturbation=perturbation)

    def files(self) -> list[Path]:
        """Return the pages' files, sorted."""
        found = (file for file in self.docs.rglob("*") if file.suffix in markdown_extensions and file.is_file())
        return sorted(file for file in found if not any(part.startswith(".") for part in file.relative_to(self.docs).parts))


def load(config: Path) -> Site:
    """Return the site that an `mkdocs.yml` describes.

    Raises:
        OSError: The file cannot be read.
        mkdocs.exceptions.ConfigurationError: It is not what MkDocs can read.
    """
    with config.open("rb") as stream:
        settings = cast(object, yaml_load(stream, get_yaml_loader()))  # pyright: ignore[reportArgumentType] - its own loader
    if not isinstance(settings, dict):
        raise ConfigurationError("it is no mapping of names to values")
    root = config.resolve().parent
    docs = str(cast(dict[str, object], settings).get("docs_dir", "docs"))
    return Site(root, (root / docs).resolve())


def prove(chosen: list[Page], engine: Engine, pages: Sequence[Page] = ()) -> list[Problem]:
    """Run what is stale and return all that is wrong with the chosen pages: each by itself, and among all pages of the site."""
    engine.run(chosen)
    return [problem for page in chosen for problem in judged(page, engine)] + among(chosen, pages or chosen)


def among(chosen: Iterable[Page], pages: Sequence[Page]) -> list[Problem]:
    """Return what is wrong with the chosen pages among all: ids used twice, links that lead nowhere, modes without what they need."""
    names = {page.path for page in chosen}
    found = (*plan.shared_ids(pages), *sections.problems(pages), *modes.problems(pages))
    return [problem for problem in found if problem.path in names]


def judged(page: Page, engine: Engine) -> Iterator[Problem]:
    """Yield all that is wrong with one page by itself."""
    yield from page.problems
    yield from judge.problems(page, engine)
    yield from proof.problems(page, engine)
    yield from sweep.problems(page, engine)
    yield from trial.problems(page, engine)
    yield from lint.shapes(page)
    yield from lint.questions(page, engine)


def read(site: Site) -> list[Page]:
    """Read and plan all pages of a site."""
    return [plan.read_page(file, site.root) for file in site.files()]


def check(site: Site, pages: list[Page], chosen: Iterable[Page], engine: Engine) -> list[Problem]:
    """Check pages against their runs and their records.

    Args:
        site: The site.
        pages: All its pages: ids must be unique among them.
        chosen: The pages to check; records left over are looked for when these are all.
        engine: What runs them.
    """
    chosen = list(chosen)
    names = {page.path for page in chosen}
    found = [*prove(chosen, engine, pages), *(p for p in lint.spread(pages) if p.path in names)]
    for page in chosen:
        if all(is_whole(chain, engine.result(chain, page)) for chain in page.chains):
            record = recorded.record_path(site.recorded, page, site.docs_name)
            now, shown = recorded.entries(page, engine), record.relative_to(site.root).as_posix()
            found += recorded.compare(page, now, recorded.read(record), shown, comparison(engine))
    if len(chosen) == len(pages):
        found += recorded.left_over(site.recorded, pages, site.docs_name, site.root)
    return found


def comparison(engine: Engine) -> recorded.Comparison:
    """Return how strictly an engine's numbers are held to the records."""
    if engine.perturbation is not Perturbation.NONE:
        return recorded.Comparison.PERTURBED
    return recorded.Comparison.SAME if numerics.is_reference() else recorded.Comparison.OTHER


def accept(site: Site, pages: list[Page], chosen: Iterable[Page], engine: Engine) -> tuple[list[str], list[Problem]]:
    """Record the outputs of pages; a page with problems keeps the record that it has.

    Returns:
        The records that changed, as problems would call them, and the problems.
    """
    chosen = list(chosen)
    found = prove(chosen, engine, pages)
    failed = {problem.path for problem in found}
    changed: list[str] = []
    for page in chosen:
        record = recorded.record_path(site.recorded, page, site.docs_name)
        if page.path in failed:
            continue
        before = recorded.read(record)
        now = recorded.updated(before, recorded.entries(page, engine))
        if before == now:
            continue
        changed.append(record.relative_to(site.root).as_posix())
        if now:
            record.parent.mkdir(parents=True, exist_ok=True)
            record.write_text(now, "utf-8")
        else:
            record.unlink(missing_ok=True)
    if len(chosen) == len(pages):
        for problem in recorded.left_over(site.recorded, pages, site.docs_name, site.root):
            (site.root / problem.path).unlink()
            changed.append(problem.path)
    return changed, found
