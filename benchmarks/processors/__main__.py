"""Run the chains of `chains.md` natively and as other processors, and compare all printed bits.

`make processors` calls it. It needs QEMU's user mode (`apt-get install qemu-user`) and an x86-64
machine.
"""

import platform
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from unrolled.blocks import KINDS
from unrolled.model.cell import Chain
from unrolled.model.page import Page
from unrolled.read import plan
from unrolled.run import numerics
from unrolled.run.jobs import Job
from unrolled.run.page_files import Data
from unrolled.run.session import Session

HERE = Path(__file__).resolve().parent
QEMU = "qemu-x86_64"
PROCESSORS = ("Haswell", "Nehalem")
"""The first has AVX2 and FMA and no AVX-512, the second has neither."""
SLOWER = 6
"""How many times longer a cell may take under QEMU than a page may ask for."""
Printed = list[str]
"""What a chain printed, line by line."""


def main() -> int:
    """Compare; return 0 when all bits are equal, 1 when not, 2 when it cannot be tried."""
    if not numerics.is_reference():
        return _refuse(f"this machine is {platform.machine()}, and the bits are those of x86-64")
    if shutil.which(QEMU) is None:
        return _refuse(f"{QEMU} is not installed; on Debian: apt-get install qemu-user")
    page = plan.read_page(HERE / "chains.md", HERE.parent.parent, KINDS)
    if page.problems or not page.chains:
        return _refuse("\n".join(map(str, page.problems)) or "chains.md holds no chain")
    columns = {"this machine": _run(page, ())}
    for processor in PROCESSORS:
        columns[processor] = _run(page, (QEMU, "-cpu", processor))
    return _report(page, columns)


def _refuse(fact: str) -> int:
    print(f"make processors: {fact}. Nothing was compared.", file=sys.stderr)
    return 2


def _run(page: Page, launcher: Sequence[str]) -> list[Printed]:
    """Return what each chain prints when the server is started by this command."""
    found: list[Printed] = [[] for _ in page.chains]
    with tempfile.TemporaryDirectory() as folder:
        session = Session(HERE.parent.parent, Path(folder), launcher=launcher)

        def ended(number: int, run: object) -> None:
            found[number] = _printed(page, number, run)
            print(
                f"{' '.join(launcher) or 'natively'}: {_name(page, number)}",
                file=sys.stderr,
                flush=True,
            )

        try:
            chains = map(_patient, page.chains) if launcher else page.chains
            jobs = [Job(chain, Data(page.folder)) for chain in chains]
            session.run(jobs, lambda _: None, ended)
        finally:
            session.close()
    return found


def _patient(chain: Chain) -> Chain:
    """Return a chain that may take as long as QEMU makes it."""
    cells = (
        replace(cell, options=replace(cell.options, timeout=cell.options.timeout * SLOWER))
        for cell in chain.cells
    )
    return replace(chain, cells=tuple(cells))


def _printed(page: Page, number: int, run: object) -> Printed:
    outputs, fate = getattr(run, "outputs", ()), getattr(run, "fate", None)
    if fate or not outputs or outputs[0].exception:
        sys.exit(
            f"{_name(page, number)} did not come to its end: {fate or outputs[0].exception.text}"
        )
    return outputs[0].stdout.splitlines()


def _name(page: Page, number: int) -> str:
    """Return what a chain is about: the comment that begins it."""
    return page.chains[number].cells[0].code.split("\n", 1)[0].removeprefix("# ")


def _report(page: Page, columns: dict[str, list[Printed]]) -> int:
    """Print a table, a line a chain, and each line that differs; return the exit status."""
    native = columns["this machine"]
    differing: list[str] = []
    print(
        f"| chain | compared | {' | '.join(PROCESSORS)} |\n| --- | ---"
        f" |{' --- |' * len(PROCESSORS)}"
    )
    for number in range(len(page.chains)):
        words: list[str] = []
        for processor in PROCESSORS:
            other = columns[processor][number]
            pairs = [pair for pair in zip(native[number], other, strict=True) if pair[0] != pair[1]]
            differing += [f"{processor}, {_name(page, number)}: {a} | {b}" for a, b in pairs]
            words.append(f"{len(pairs)} differ" if pairs else "equal")
        print(f"| {_name(page, number)} | {len(native[number])} | {' | '.join(words)} |")
    print("\n".join(differing), file=sys.stderr)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
