"""How long a page of 1,000 questions keeps the browser from answering.

Its longest task, with the widget and without, in turns.

.venv/bin/python benchmarks/questions.py [questions] [rounds]

A task is what the page's main thread does in one go; one over 50 ms is felt. Lengths are those of
the browser's own performance API, and beside them the processor time of the same tasks, which a
busy machine leaves alone. Whose a task is, says the browser's trace: the script that ran in it
longest, or what the browser did itself.

The page is built with a few questions, and these are repeated under other ids in its HTML: what a
build of all gives, but in seconds.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
QUESTIONS, ROUNDS = 1000, 5
BUILT = 20
LONG = 50
QUIET = 3000
"""Milliseconds to wait for what follows when the page is ready."""
LIMIT = 30 * 60 * 1000
VISITS = {
    "the page without the widget": (False, False),
    "with the widget": (True, False),
    "with the widget and answers": (True, True),
}
"""Whether the widget's scripts load, and whether the reader has answered every question before."""
OPTIONS = ("`out come`", "`come`", "`'outcome'`")
QUESTION = """\
/// question | What does question {number} print?
    id: many-{number}
    kind: predict-output
    level: easy
    seconds: 45

```python
print("out" + "come")
```

{options}
//// hint
Read the operator.
////

//// solution
1. Join the two strings.
////
///
"""
WATCH = """
window.longTasks = [];
new PerformanceObserver((list) => window.longTasks.push(
  ...list.getEntries().map((entry) => entry.duration)))
  .observe({ type: "longtask", buffered: true });
"""
READY = (
    "() => [...document.querySelectorAll('quiz-question')].every((question) =>"
    " question.inputs.length)"
)
TRACED = (
    "-*",
    "toplevel",
    "devtools.timeline",
    "disabled-by-default-devtools.timeline",
    "v8.execute",
    "disabled-by-default-v8.gc",
)
RENDERING = ("UpdateLayoutTree", "Layout", "PrePaint", "Paint", "Layerize", "Commit", "HitTest")
OWN = {"ParseHTML": "parsing", **dict.fromkeys(RENDERING, "style, layout, paint")}
SHOWN = 6
"""How many of those who had long tasks are named."""


@dataclass(frozen=True)
class Task:
    """What the main thread did in one go, in milliseconds."""

    took: float
    processor: float
    whose: str


@dataclass(frozen=True)
class Visit:
    """One load of the page, in milliseconds."""

    long: list[float]
    """The tasks over 50 ms, as the page itself saw them."""
    tasks: list[Task]
    ready: float


def question(number: int) -> str:
    """Return a question; the key moves from letter to letter, as the lint wants it."""
    options = [
        f"- [ ] {text}\n\n    A reason of a few words, with `code` in it.\n" for text in OPTIONS
    ]
    options.insert(
        number % 4, "- [x] `outcome`\n\n    A reason of a few words, with `code` in it.\n"
    )
    return QUESTION.format(number=number, options="\n".join(options))


def build(root: Path, address: str) -> Path:
    """Build a site with one page of a few questions; return its folder."""
    (root / "docs").mkdir()
    (root / "docs/index.md").write_text(
        "# Many questions\n\n" + "\n".join(map(question, range(BUILT))), "utf-8"
    )
    (root / "mkdocs.yml").write_text(
        f"INHERIT: {PROJECT / 'mkdocs.yml'}\ndocs_dir: docs\nsite_dir: site\n", "utf-8"
    )
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    subprocess.run(
        command,
        cwd=root,
        check=True,
        timeout=600,
        env={**os.environ, "SITE_URL": address, "NO_MKDOCS_2_WARNING": "1"},
    )
    return root / "site"


def repeat(page: str, count: int) -> str:
    """Return a built page whose questions and key are repeated until there are so many."""
    for pattern in (
        r"<quiz-question .*?</quiz-question>",
        r'<li>[^<]*<strong id="many-\d+-key".*?</li>',
    ):
        parts = re.findall(pattern, page, re.DOTALL)[:BUILT]
        whole = "".join(parts)
        if whole not in page:
            raise ValueError("the page's HTML is not as it was when this was written")
        more = (
            re.sub(r"\b(many-|question )\d+\b", rf"\g<1>{number}", parts[number % BUILT])
            for number in range(BUILT, count if parts else 0)
        )
        page = page.replace(whole, whole + "".join(more))
    return page


def answers(page: str) -> str:
    """Return what storage holds for a reader who needed two attempts at each question."""
    entry = {
        "when": 1,
        "chosen": [0, 1],
        "tries": 2,
        "done": True,
        "right": True,
        "log": [[1, 1], [2, 2]],
        "due": 9e12,
    }
    elements = (
        dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        for tag in re.findall(r"<quiz-question [^>]*>", page)
    )
    return json.dumps(
        {
            "v": 1,
            "items": {
                element["id"]: {**entry, "hash": element["data-hash"]} for element in elements
            },
        }
    )


def visit(running: Browser, address: str, widget: bool, kept: str) -> Visit:
    """Load the page in a context of its own until each question can be answered."""
    context = running.new_context(viewport={"width": 1280, "height": 850})
    context.set_default_timeout(LIMIT)
    page = context.new_page()
    page.add_init_script(
        WATCH + (f"localStorage.setItem('unrolled', {json.dumps(kept)});" if kept else "")
    )
    if not widget:
        page.route("**/assets/quiz/*.js", lambda route: route.abort())
    running.start_tracing(page=page, categories=list(TRACED))
    page.goto(address)
    if widget:
        page.wait_for_function(READY, polling=100)
    ready = page.evaluate("performance.now()")
    page.wait_for_timeout(QUIET)
    long = page.evaluate("window.longTasks")
    trace = json.loads(running.stop_tracing())["traceEvents"]
    context.close()
    return Visit(long, list(tasks(trace)), ready)


def tasks(trace: list[dict[str, Any]]) -> Iterator[Task]:
    """Yield the main thread's tasks of over 50 ms, by the clock or of the processor."""
    mains = {
        (e["pid"], e["tid"])
        for e in trace
        if e["name"] == "thread_name" and e["args"]["name"] == "CrRendererMain"
    }
    spans = [
        e for e in trace if e.get("ph") == "X" and "dur" in e and (e["pid"], e["tid"]) in mains
    ]
    busy: Counter[tuple[int, int]] = Counter()
    for span in spans:
        # There are more such threads: the browser keeps one ready for the next page.
        busy[span["pid"], span["tid"]] += span["dur"] if span["name"] in OWN else 0
    busiest = busy.most_common(1)[0][0]
    spans = sorted(
        (e for e in spans if (e["pid"], e["tid"]) == busiest), key=lambda e: (e["ts"], -e["dur"])
    )
    for task in (e for e in spans if e["name"] == "ThreadControllerImpl::RunTask"):
        took, processor = task["dur"] / 1000, task.get("tdur", 0) / 1000
        if max(took, processor) > LONG:
            inside = [
                e
                for e in spans
                if task["ts"] <= e["ts"] < task["ts"] + task["dur"]
                and not e["name"].endswith("RunTask")
            ]
            yield Task(
                took,
                processor,
                whose(inside, task["dur"])
                or f"the browser's {task['args'].get('src_func', 'own')}",
            )


def whose(spans: list[dict[str, Any]], whole: float) -> str:
    """Return what most of a task's time went to, "" when the trace does not say.

    A script has what it makes the browser do.
    """
    spent = Counter({"": whole})
    around: list[tuple[float, str, bool]] = []
    for span in spans:
        while around and around[-1][0] <= span["ts"]:
            around.pop()
        _, label, script = around[-1] if around else (0.0, "", False)
        spent[label] -= span["dur"]
        data = span.get("args", {}).get("data")
        file = (
            (data.get("url") or data.get("fileName") or "").rpartition("/")[2]
            if isinstance(data, dict)
            else ""
        )
        if file.endswith(".js"):
            label, script = re.sub(r"\.\w{8}\.min", "", file), True
        elif not script:
            label = OWN.get(span["name"]) or (
                "garbage collection" if "GC" in span["name"] else label
            )
        spent[label] += span["dur"]
        around.append((span["ts"] + span["dur"], label, script))
    return spent.most_common(1)[0][0]


def report(name: str, visits: list[Visit], plain: list[Visit]) -> None:
    """Print what came of the visits of one kind, beside those without the widget."""

    def medians(given: list[Visit]) -> tuple[float, float, float]:
        """Return the longest task, its processor time, and how many tasks were long."""
        return (
            statistics.median(max(v.long, default=0) for v in given),
            statistics.median(max((t.processor for t in v.tasks), default=0) for v in given),
            statistics.median(len(v.long) for v in given),
        )

    (longest, processor, count), before = medians(visits), medians(plain)
    ratios = [
        f"{a / b:.1f}" if b else "-"
        for a, b in zip((longest, processor, count), before, strict=True)
    ]
    print(
        f"{name}: longest task {longest:.0f} ms ({ratios[0]} times), {processor:.0f} ms of the"
        f" processor ({ratios[1]} times), {count:.0f} over {LONG} ms ({ratios[2]} times), ready"
        f" after {statistics.median(v.ready for v in visits) / 1000:.1f} s"
    )
    rows: list[tuple[float, str]] = []
    for label in {task.whose for v in visits for task in v.tasks}:
        own = [[task for task in v.tasks if task.whose == label] for v in visits]
        top = statistics.median(max((t.processor for t in run), default=0) for run in own)
        words = (
            f"{statistics.median(map(len, own)):.0f} over {LONG} ms,"
            f" {statistics.median(sum(t.processor > LONG for t in run) for run in own):.0f} of them"
            " by the processor; longest"
            f" {statistics.median(max((t.took for t in run), default=0) for run in own):.0f} ms,"
            f" {top:.0f} ms of the processor"
        )
        rows.append((top, f"    {label}: {words}"))
    for _, row in sorted(rows, reverse=True)[:SHOWN]:
        print(row)


def main() -> None:
    """Print the medians of each kind of visit, and under it whose its long tasks were."""
    sys.path.insert(0, str(PROJECT / "tests"))
    from support import chromium
    from support.serving import serving

    count, rounds = [*map(int, sys.argv[1:3]), *(QUESTIONS, ROUNDS)[len(sys.argv[1:3]) :]]
    # Looked for first: to find Playwright's own, Playwright is started, which cannot be done twice
    # at a time.
    executable = chromium.find()
    if executable is None:
        sys.exit("No Chromium was found. Name one: CHROMIUM=/path")
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        serving(Path(folder).resolve() / "site") as address,
    ):
        index = build(Path(folder).resolve(), address) / "index.html"
        index.write_text(repeat(index.read_text("utf-8"), count), "utf-8")
        kept, size = answers(index.read_text("utf-8")), index.stat().st_size / 1e6
        running = playwright.chromium.launch(
            executable_path=executable, args=list(chromium.ARGUMENTS)
        )
        visits: dict[str, list[Visit]] = {name: [] for name in VISITS}
        for number in range(rounds):
            for name, (widget, returning) in VISITS.items():
                one = visit(running, address, widget, kept if returning else "")
                visits[name].append(one)
                print(
                    f"visit {number + 1} of {rounds}, {name}: longest task"
                    f" {max(one.long, default=0):.0f} ms",
                    file=sys.stderr,
                )
        running.close()
    print(f"{count} questions, {size:.1f} MB; medians of {rounds} visits each, in turns")
    for name, given in visits.items():
        report(name, given, visits["the page without the widget"])


if __name__ == "__main__":
    main()
