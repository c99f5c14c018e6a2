"""Running a chain's cells, in a process that is theirs alone. What each cell did is written to a file before the next begins.

The process may be killed, crash or hang at any point: the files tell how far it came, and `trace` holds what faulthandler said.
"""

from __future__ import annotations
import __future__

import ast
import ctypes
import faulthandler
import functools
import hashlib
import importlib
import json
import linecache
import operator
import os
import random
import sys
import threading
import types
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from unrolled.model.output import LIMIT
from unrolled.model.page import ClaimKind
from unrolled.run import display, perturbation

FUTURE = functools.reduce(operator.or_, (getattr(__future__, name).compiler_flag for name in __future__.all_feature_names))
"""The compiler's flags of everything that can be imported from `__future__`."""


class Streams:
    """Standard output and error, captured at the file descriptors, so that C code and child processes are heard too."""

    def __init__(self, folder: Path) -> None:
        """Redirect descriptors 1 and 2 to files in the folder."""
        self._paths = {1: folder / "stdout", 2: folder / "stderr"}
        flags = os.O_CREAT | os.O_RDWR | os.O_APPEND
        for number, path in self._paths.items():
            descriptor = os.open(path, flags, 0o600)
            os.dup2(descriptor, number)
            os.close(descriptor)
        sys.stdout = open(1, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False, buffering=1)  # noqa: SIM115
        self._own = (sys.stdout, sys.stderr)

    def take(self) -> tuple[str, str, bool]:
        """Return and forget what has come out: standard output, standard error, and whether either was cut."""
        for stream in {*self._own, sys.stdout, sys.stderr}:
            try:
                stream.flush()
            except (OSError, ValueError, AttributeError):
                continue
        ctypes.CDLL(None).fflush(None)
        texts: list[str] = []
        cut = False
        for number, path in self._paths.items():
            data = path.open("rb").read(LIMIT + 1)
            cut = cut or len(data) > LIMIT
            texts.append(data[:LIMIT].decode("utf-8", "replace"))
            os.ftruncate(number, 0)
        return texts[0], texts[1], cut


def run(job: dict[str, Any], folder: Path) -> None:
    """Run a chain.

    Args:
        job: `cells`, each with `code`, `timeout`, `raises`, `probe` and `claims` (`kind`, `code`, `expected`); `root`, the project.
        folder: Where the results go: `0.json`, `1.json`, … and at last `end.json`.
    """
    trace = (folder / "trace").open("w")
    faulthandler.enable(trace)
    work = Path.cwd()
    opened = _watch_files(work, Path(job["root"]))
    streams = Streams(folder)
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    sys.argv = ["cell"]
    sys.path.insert(0, str(work))
    display.hide_paths(work, Path(job["root"]))
    _seed()
    steps = _count_steps()
    perturbation.apply(job["perturbation"])
    sources: dict[str, list[str]] = {}
    result: Any = None
    for number, cell in enumerate(job["cells"]):
        faulthandler.dump_traceback_later(cell["timeout"], exit=True, file=trace)
        done = _run_cell(cell, number, module.__dict__, streams, sources)
        done["trained"] = bool(steps)
        faulthandler.cancel_dump_traceback_later()
        _write(folder / f"{number}.json", done)
        if done["stop"]:
            break
    else:
        result = _run_task(job["task"], trace) if job["task"] else None
    _write(folder / "end.json", {"result": result, "files": opened, "torch": sys.modules["torch"].__version__.partition("+")[0]})


def _run_task(task: dict[str, Any], trace: TextIO) -> Any:
    """Call a function of ours, as a block asked for; return what it returns."""
    module, _, name = task["function"].partition(":")
    faulthandler.dump_traceback_later(task["timeout"], exit=True, file=trace)
    result = getattr(importlib.import_module(module), name)(**json.loads(task["arguments"]))
    faulthandler.cancel_dump_traceback_later()
    return result


def _run_cell(cell: dict[str, Any], number: int, names: dict[str, Any], streams: Streams, sources: dict[str, list[str]]) -> dict[str, Any]:
    filename = f"<cell {number + 1}>"
    lines = cell["code"].split("\n")
    sources[filename] = lines
    linecache.cache[filename] = (len(cell["code"]), None, [line + "\n" for line in lines], filename)
    before = set(threading.enumerate())
    late: list[BaseException] = []
    threading.excepthook = lambda args: late.append(args.exc_value or args.exc_type())
    sys.unraisablehook = lambda args: late.append(args.exc_value or RuntimeError(str(args.err_msg)))
    value: Any = None
    error: BaseException | None = None
    at = {line: [c for c in cell["claims"] if c["at"] == line] for line in sorted({c["at"] for c in cell["claims"]} - {0})}
    verdicts: dict[int, list[dict[str, Any]]] = {}
    stops = list(at)

    def reached(line: int) -> None:
        verdicts[line] = _claims(at[line], names)

    with warnings.catch_warnings(record=True) as caught:
        # The filters are Python's own, as in Jupyter: what is deprecated inside a library is no reader's business.
        try:
            value = _execute(cell["code"], filename, names, stops, reached)
        except BaseException as raised:  # noqa: BLE001 - SystemExit and KeyboardInterrupt too are a cell's outcome
            error = raised
        stray = _join(before)
        value_text = error_in_display = None
        if error is None:
            try:
                value_text = display.value_text(value)
            except Exception as raised:  # noqa: BLE001 - a broken __repr__ is the cell's exception
                error_in_display = raised
        figures = display.figures()
    error = error or error_in_display or (late[0] if late else None)
    out, err, cut = streams.take()
    # What the claims print, and the random numbers they draw, must leave no mark on the page.
    verdicts[0] = _claims([c for c in cell["claims"] if not c["at"]], names) if error is None or cell["raises"] else []
    streams.take()
    missed = {"ok": False, "text": "", "fact": "the run did not come to its line", "data": None}
    claims = [verdicts[c["at"]].pop(0) if verdicts.get(c["at"]) else missed for c in cell["claims"]]
    described = display.exception(error, sources) if error else None
    return {
        "stdout": display.clean(out),
        "stderr": display.clean(err),
        "value": None if value_text is None else display.clean(value_text),
        "figures": figures,
        "warnings": [f"{w.category.__name__}: {display.clean(str(w.message))}" for w in caught],
        "exception": described,
        "claims": claims,
        "cut": cut,
        "stray": stray,
        "stop": bool(stray) or bool(error) != (bool(cell["raises"]) and not cell["probe"]),
    }


def _execute(code: str, filename: str, names: dict[str, Any], stops: list[int], reached: Callable[[int], None]) -> Any:
    """Run a cell as Jupyter would: return the value of its last expression, unless a semicolon ends it.

    Args:
        code: The cell.
        filename: What tracebacks call it.
        names: Its namespace.
        stops: Lines of the cell, ascending, at whose statements' ends `reached` is to be called.
        reached: Called with each of them.
    """
    tree = ast.parse(code, filename)
    # What `from __future__` says holds for the whole cell, in whatever pieces it is compiled.
    flags = compile(tree, filename, "exec", dont_inherit=True).co_flags & FUTURE
    last = tree.body[-1] if tree.body else None
    value: Any = None
    run: list[ast.stmt] = []
    pending = list(stops)
    for statement in tree.body:
        due = [line for line in pending if line <= (statement.end_lineno or 0)]
        if statement is last and isinstance(statement, ast.Expr):
            _run_statements(run, filename, names, flags)
            run = []
            value = eval(compile(ast.Expression(statement.value), filename, "eval", flags, dont_inherit=True), names)  # noqa: S307
        else:
            run.append(statement)
        if due:
            _run_statements(run, filename, names, flags)
            run = []
        for line in due:
            reached(line)
            pending.remove(line)
    _run_statements(run, filename, names, flags)
    for line in pending:
        reached(line)
    quiet = code.rstrip().endswith(";") or (isinstance(last, ast.Expr) and _comment_after_semicolon(code, last))
    return None if quiet else value


def _run_statements(statements: list[ast.stmt], filename: str, names: dict[str, Any], flags: int) -> None:
    code = compile(ast.Module(statements, []), filename, "exec", flags, dont_inherit=True)
    exec(code, names)  # noqa: S102 - running cells is what this is for


def _comment_after_semicolon(code: str, last: ast.Expr) -> bool:
    line = code.split("\n")[(last.end_lineno or 1) - 1].encode()[last.end_col_offset or 0 :].decode()
    return line.lstrip().startswith(";")


def _join(before: set[threading.Thread]) -> list[str]:
    """Wait for the threads that a cell started, so that what they print and raise is the cell's; return the daemons left running."""
    new = [t for t in threading.enumerate() if t not in before]
    for thread in new:
        if not thread.daemon:
            thread.join()
    return [t.name for t in new if t.is_alive()]


def _claims(claims: list[dict[str, Any]], names: dict[str, Any]) -> list[dict[str, Any]]:
    if not claims:
        return []
    import torch

    numpy = sys.modules["numpy"]
    state = torch.get_rng_state(), random.getstate(), numpy.random.get_state()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = [_claim(claim, names) for claim in claims]
    torch.set_rng_state(state[0])
    random.setstate(state[1])
    numpy.random.set_state(state[2])
    return found


def _claim(claim: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    """Return what a claim comes to: whether it holds, its value as text, why it cannot be evaluated, and its data."""
    try:
        value = eval(compile(claim["code"], "<claim>", "eval", dont_inherit=True), names)  # noqa: S307
        judged = JUDGED.get(claim["kind"], _shown)(value, claim["expected"])
    except BaseException as error:  # noqa: BLE001 - whatever a claim raises refutes it
        judged = _refused(f"it raises {display.exception(error, {})['text']}")
    return {"text": "", "fact": "", "data": None} | judged


def _shown(value: Any, expected: list[int] | None) -> dict[str, Any]:  # noqa: ARG001 - as the others
    return {"ok": True, "text": display.clean(str(value))}


def _shaped(value: Any, expected: list[int] | None) -> dict[str, Any]:
    shape = value if isinstance(value, tuple) else getattr(value, "shape", None)
    if shape is None:
        return _refused(f"it has no shape: it is a {type(value).__name__}")
    return {"ok": list(shape) == expected, "text": str(tuple(shape))}


def _checked(value: Any, expected: list[int] | None) -> dict[str, Any]:  # noqa: ARG001 - as the others
    ok = value if isinstance(value, bool) else value.item() if getattr(value, "shape", None) == () else None
    if not isinstance(ok, bool):
        return _refused(f"it is neither true nor false: it is a {type(value).__name__}")
    return {"ok": ok, "text": display.clean(str(value))}


def _read(value: Any, expected: list[int] | None) -> dict[str, Any]:  # noqa: ARG001 - as the others
    return {"ok": True, "data": json.loads(json.dumps(value))}


def _refused(fact: str) -> dict[str, Any]:
    return {"ok": False, "fact": fact}


JUDGED: dict[str, Callable[[Any, list[int] | None], dict[str, Any]]] = {
    ClaimKind.SHAPE: _shaped,
    ClaimKind.CHECK: _checked,
    ClaimKind.DATA: _read,
}
"""How the value of a claim is judged, by its kind; others are shown."""


def _seed() -> None:
    random.seed(0)
    torch = sys.modules["torch"]
    torch.manual_seed(0)
    sys.modules["numpy"].random.seed(0)
    torch.set_num_threads(1)


def _count_steps() -> list[None]:
    """Return a list that grows whenever an optimiser takes a step."""
    from torch.optim.optimizer import register_optimizer_step_post_hook

    steps: list[None] = []
    register_optimizer_step_post_hook(lambda *_: steps.append(None) if not steps else None)
    return steps


def _watch_files(work: Path, root: Path) -> dict[str, str]:
    """Note, from now on, each file of the project that is read, with the hash of its content; what lies in `work` is accounted for."""
    opened: dict[str, str] = {}
    own = Path(__file__).resolve().parent.parent  # What of ours counts is in the cache's key.

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event != "open" or not isinstance(args[0], str | bytes | os.PathLike):
            return
        if isinstance(args[1], str) and set(args[1]) & set("wax"):
            return
        path = Path(os.path.abspath(os.fsdecode(args[0])))  # noqa: PTH100 - links are followed by whoever reads, not here
        if not path.is_relative_to(root) or path.is_relative_to(work) or path.is_relative_to(own):
            return
        if str(path) in opened:
            return
        hidden = any(part.startswith(".") or part == "__pycache__" for part in path.relative_to(root).parts)
        if not hidden and path.is_file():
            opened[str(path)] = ""
            opened[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()

    sys.addaudithook(hook)
    return opened


def _write(path: Path, content: dict[str, Any]) -> None:
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(content), "utf-8")
    partial.replace(path)
