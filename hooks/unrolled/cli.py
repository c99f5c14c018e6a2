"""The command `unrolled`: check pages against their runs and records, or record them anew."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from mkdocs.exceptions import ConfigurationError

from unrolled.model import problem
from unrolled.model.page import Page
from unrolled.prove import general, typed
from unrolled.run import confinement
from unrolled.run.engine import Engine
from unrolled.site import twice
from unrolled.site.check import accept, check, comparison
from unrolled.site.place import Site, load

COMMANDS = {
    "check": (
        "run what is stale and compare with the recorded outputs; without a PAGE, of the whole site"
    ),
    "accept": (
        "record the outputs as they are now, after a second run of what is new; without a PAGE, of"
        " the whole site"
    ),
    "mutants": (
        "change one thing at a time in copies of the pages, and report what the check does not"
        " notice"
    ),
    "perturb": (
        "run the cells on another processor's terms, from another start, in another order, and"
        " report what no longer holds"
    ),
    "unproved": "list the general sentences that nothing on their page proves, for reviewers",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Return its exit status: 0 when all is well, 1 when there are problems, 2 when it cannot
    begin.
    """
    options = _parser().parse_args(arguments)
    try:
        site = load(options.config)
    except (OSError, ConfigurationError) as error:
        remedy = "Run this beside mkdocs.yml, or name it with -f."
        print(f"{options.config}:1: it cannot be read: {error}. {remedy}", file=sys.stderr)
        return 2
    # A draft is not published, and checked only by its name.
    pages = site.read(drafts=bool(options.pages))
    chosen, missing = _choose(site, pages, options.pages)
    for path in missing:
        remedy = "Name a Markdown file beneath it."
        print(f"{path}:1: this is not a page of {site.docs_name}. {remedy}", file=sys.stderr)
    if missing:
        return 2
    if options.command == "unproved":
        return _unproved(chosen)
    if confinement.lacking():
        print(confinement.lacking(), file=sys.stderr)
    engine = site.engine(forgets=options.command in ("check", "accept"))
    try:
        if options.command == "accept":
            return _accept(site, pages, chosen, engine, options.pages)
        found = check(site, pages, chosen, engine)
        if options.command == "mutants" and not found:
            return _mutants(site, pages, chosen, engine)
        if options.command == "perturb" and not found:
            return _perturb(site, pages, chosen)
        return _report(found) or _all_is_well(chosen, engine)
    finally:
        engine.close()


def _parser() -> argparse.ArgumentParser:
    description = "Prove that what the pages say is what torch does."
    parser = argparse.ArgumentParser(prog="unrolled", description=description)
    settings = "the site's mkdocs.yml (default: here)"
    parser.add_argument("-f", "--config", type=Path, default=Path("mkdocs.yml"), help=settings)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text)
        pages = "Markdown files or folders (default: the whole site)"
        command.add_argument("pages", metavar="PAGE", nargs="*", type=Path, help=pages)
    return parser


def _accept(
    site: Site, pages: list[Page], chosen: list[Page], engine: Engine, named: list[Path]
) -> int:
    again = twice.engine(site)
    try:
        changed, found = accept(site, pages, chosen, engine, again, named)
    finally:
        again.close()
    for path in changed:
        print(f"{'recorded' if (site.root / path).exists() else 'deleted'} {path}")
    return _report(found) or _all_is_well(chosen, engine)


def _report(found: list[problem.Problem]) -> int:
    if found:
        print(problem.listing(found), file=sys.stderr)
    return 1 if found else 0


def _all_is_well(chosen: list[Page], engine: Engine) -> int:
    cells = sum(cell.runs for page in chosen for cell in page.cells)
    ran = f"{_counted(engine.executed, 'chain')} run, the rest from the cache"
    counts = f"{_counted(len(chosen), 'page')}, {_counted(cells, 'cell')}"
    print(f"{counts}: all as stated, {comparison(engine).value} ({ran})")
    return 0


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _perturb(site: Site, pages: list[Page], chosen: list[Page]) -> int:
    """Say which promises do not survive each perturbation."""
    # Here and below, since a check of one page should not wait for what it does not use.
    from unrolled.site import perturbed

    holds = True
    for kind, found in perturbed.problems(site, pages, chosen):
        print(
            (
                f"{kind}: {len(found)} of the pages' promises do not hold"
                if found
                else f"{kind}: all holds"
            ),
            flush=True,
        )
        if found:
            print(problem.listing(found), file=sys.stderr, flush=True)
        holds = holds and not found
    return 0 if holds else 1


def _unproved(chosen: list[Page]) -> int:
    """Print the sentences that reviewers have to judge; that there are some is no fault."""
    found = [(page.path, *each) for page in chosen for each in general.sentences(page)]
    for path, line, sentence in found:
        print(f"{path}:{line}: {sentence}")
    cited = [(page.path, *each) for page in chosen for each in typed.cited(page)]
    for path, line, words in cited:
        print(f"{path}:{line}: linked to its source, and not run: {words}")
    print(f"{len(found)} general sentences without a claim, {len(cited)} facts from elsewhere.")
    return 0


def _mutants(site: Site, pages: list[Page], chosen: list[Page], engine: Engine) -> int:
    """Say which mutants the check did not notice.

    Those of questions that a person vouches for are expected.
    """
    from unrolled.site import survivors
    from unrolled.site.mutants import Mutant

    count = 0
    left: list[Mutant] = []
    for page, (of_page, unnoticed) in survivors.survivors(site, pages, chosen, engine):
        count += of_page
        left += unnoticed
        print(f"{page.path}: {of_page} mutants, {len(unnoticed)} not noticed", flush=True)
        for mutant in unnoticed:
            print(f"{mutant}{' (reviewed: true)' if mutant.is_expected else ''}", file=sys.stderr)
    expected = sum(mutant.is_expected for mutant in left)
    print(
        f"{count} mutants, {count - len(left)} noticed, {len(left)} not ({expected} of them in"
        " reviewed questions)"
    )
    return 1 if len(left) > expected else 0


def _choose(site: Site, pages: list[Page], names: list[Path]) -> tuple[list[Page], list[Path]]:
    """Return the pages named (all when none is) and the names that are no page.

    A folder stands for the pages in it.
    """
    if not names:
        return pages, []
    chosen: dict[str, Page] = {}
    missing: list[Path] = []
    for name in names:
        full = name.resolve()
        inside = [
            page
            for page in pages
            if (site.root / page.path).resolve() == full
            or full in (site.root / page.path).resolve().parents
        ]
        chosen |= {page.path: page for page in inside}
        missing += [] if inside else [name]
    return list(chosen.values()), missing
