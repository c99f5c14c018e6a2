"""Experiments.

Targets held against every seed that a run measured, the tables of them, and recorded numbers
that may differ a little.
"""

import re
from decimal import ROUND_CEILING, ROUND_FLOOR
from xml.etree.ElementTree import Element

import pytest

from support.elements import element, rows, text_of
from support.experiments import MEASURED, TARGET, experiment
from support.page import cell, convert, form, places, problems
from support.sites import Project
from unrolled.blocks.experiment.item import rounded
from unrolled.run.engine import Engine

TARGET_LINE = 6
BOUND = 'metrics = {"baseline": runs, "solution": runs}'
CLAIM = '`#!value len(metrics["solution"])`'
PARTS = f"""\
//// hint
Look at the curves.
////

//// hint
One number is too large.
////

//// solution
Trained with {CLAIM} seeds.
////

//// bonus
Swap the layer.
////

"""


def page(code: str = MEASURED, target: str = TARGET, options: str = "", rest: str = "") -> str:
    """Return a page with one experiment, whose first target stands at `TARGET_LINE`."""
    return f"# Page\n\n{experiment(code, target, options, rest)}"


def solution(*values: str, more: str = "") -> str:
    """Return code that measures these values of the solution, one a seed."""
    seeds = ", ".join(f'{{"val": {value}}}' for value in values)
    return f'metrics = {{"baseline": [{{"val": 70}}] * 3, "solution": [{seeds}]{more}}}'


def line(text: str, start: str) -> int:
    """Return the first line of a page that starts so."""
    return next(
        number for number, written in enumerate(text.split("\n"), 1) if written.startswith(start)
    )


FORM = {
    "no id": (
        page().replace("    id: reach\n", ""),
        3,
        "an experiment has no id. Give it one, unique on the site",
    ),
    "a bad id": (
        page().replace("id: reach", "id: Reach it"),
        3,
        "the id 'Reach it' is not in kebab case.",
    ),
    "no title": (
        page().replace(" | Reach **85**", ""),
        3,
        "the experiment 'reach' has no title. Write it on the first line",
    ),
    "no targets": (
        page().replace(f"    targets:\n        {TARGET}\n", ""),
        3,
        "the experiment 'reach' has no targets. Write under targets:",
    ),
    "targets in a line": (
        page().replace(f"targets:\n        {TARGET}", "targets: solution val"),
        3,
        "the experiment 'reach' has no targets.",
    ),
    "targets in a list": (
        page().replace(TARGET, f"- {TARGET}"),
        3,
        "the experiment 'reach' has no targets.",
    ),
    "a bound without quotes": (
        page(target="solution val: >= 85"),
        6,
        "the options of 'experiment' cannot be read: ",
    ),
    "a bound without a sign": (
        page(target="solution val: 85"),
        6,
        "the experiment 'reach' has the target 'solution val: 85'. Name a training",
    ),
    "a bound with a unit": (
        page(target='solution val: ">= 85%"'),
        6,
        "the experiment 'reach' has the target 'solution val: >= 85%'.",
    ),
    "a bound that is no number": (
        page(target='solution val: ">= many"'),
        6,
        "the experiment 'reach' has the target",
    ),
    "a bound that is not a number": (
        page(target='solution val: ">= nan"'),
        6,
        "the experiment 'reach' has the target",
    ),
    "a sign the wrong way round": (
        page(target='solution val: "=> 85"'),
        6,
        "the experiment 'reach' has the target 'solution val: => 85'.",
    ),
    "an equation": (
        page(target='solution val: "== 85"'),
        6,
        "the experiment 'reach' has the target 'solution val: == 85'.",
    ),
    "no metric": (
        page(target='solution: ">= 85"'),
        6,
        "the experiment 'reach' has the target 'solution: >= 85'.",
    ),
    "the second of two": (
        page(target=f'{TARGET}\nbaseline val: "a lot"'),
        7,
        "the experiment 'reach' has the target 'baseline val: a lot'.",
    ),
    "an unknown option": (
        page().replace("    id: reach", "    id: reach\n    target: x"),
        5,
        "the block 'experiment' has no option 'target'.",
    ),
    "no cell that measures": (
        page("x = 1"),
        3,
        "the experiment 'reach' has no cell that binds 'metrics'. Bind in its last training cell",
    ),
    "a cell that does not run": (
        page(options='notest reason="slow"'),
        3,
        "the experiment 'reach' has no cell that binds 'metrics'.",
    ),
    "a comment about it": (
        page("# metrics = {}"),
        3,
        "the experiment 'reach' has no cell that binds 'metrics'.",
    ),
    "a cell before the block": (
        f"{cell(MEASURED)}\n{experiment('x = 1')}",
        5,
        "the experiment 'reach' has no cell that binds 'metrics'.",
    ),
    "a cell behind the block": (
        f"{page('x = 1')}\n{cell(MEASURED)}",
        3,
        "the experiment 'reach' has no cell that binds 'metrics'.",
    ),
    "a bonus outside": (
        "//// bonus\nText.\n////\n",
        1,
        "a block 'bonus' is outside a block 'experiment'.",
    ),
    "mistakes inside": (
        page(rest="//// mistakes\nText.\n////\n"),
        14,
        "a block 'mistakes' is outside a block 'question'.",
    ),
}


@pytest.mark.parametrize(("text", "number", "start"), FORM.values(), ids=FORM.keys())
def test_a_fault_of_form_is_reported_at_its_line(text: str, number: int, start: str) -> None:
    found = form(text)
    assert [p for p in found if p.startswith(f"page.md:{number}: {start}")], found


HELD = {
    "each seed above": page(),
    "exactly at least": page(solution("85", "90", "91")),
    "exactly at most": page(target='solution val: "<= 90"'),
    "more than": page(target='solution val: "> 85.9"'),
    "less than": page(target='solution val: "< 90.1"'),
    "below nought": page(solution("-3", "-2", "-1"), 'solution val: "<= -1"'),
    "without a blank": page(target='solution val: ">=85"'),
    "two targets": page(target=f'{TARGET}\nbaseline val: "<= 74"'),
    "a name of several words": page(
        solution("90", "90", "90", more=', "dropout alone": [{"val": 80}]'),
        'dropout alone val: "<= 80"',
    ),
    "another metric": page(
        solution("90", "90", "90").replace('"val": 90', '"val": 90, "loss": 0.25'),
        'solution loss: "< 0.3"',
    ),
    "tensors": page(
        "import"
        f" torch\n\n{solution('torch.tensor(90.0)', 'torch.tensor([86])', 'torch.tensor(88)')}"
    ),
    "numbers of numpy": page(
        f"import numpy as np\n\n{solution('np.float32(90)', 'np.int64(86)', 'np.array(88.5)')}"
    ),
    "an ablation with one seed": page(
        solution("90", "90", "90", more=', "dropout": [{"val": 80}]')
    ),
    "measured over two cells": page("runs = [{'val': 90}] * 3", rest=cell(BOUND, "continuation")),
    "in a solution": page(
        "runs = [{'val': 90}] * 3", rest=f"//// solution\n{cell(BOUND, 'continuation')}\n////\n"
    ),
    "something is claimed of it": (
        f"{page()}\nThere are `#!value len(metrics)` trainings, `#!check"
        " metrics['solution'][0]['val'] == 90`.\n"
    ),
    "in an example": f"/// example\n\n{experiment().replace('///', '////')}\n///\n",
}


@pytest.mark.parametrize("text", HELD.values(), ids=HELD.keys())
def test_an_experiment_whose_seeds_all_reach_its_targets_has_no_problem(
    text: str, engine: Engine
) -> None:
    assert problems(text, engine) == []


MISSED = {
    "one seed of three below": (solution("99", "98", "84"), TARGET, ">= 85", "99, 98, 84"),
    "the first seed": (solution("84", "98", "99"), TARGET, ">= 85", "84, 98, 99"),
    "a mean that reaches it": (solution("100", "100", "60"), TARGET, ">= 85", "100, 100, 60"),
    "one seed above": (solution("80", "90", "91"), 'solution val: "<= 90"', "<= 90", "80, 90, 91"),
    "not more than": (solution("85", "86", "87"), 'solution val: "> 85"', "> 85", "85, 86, 87"),
    "not less than": (solution("85", "84", "83"), 'solution val: "< 85"', "< 85", "85, 84, 83"),
    "the baseline": (MEASURED, 'baseline val: "<= 73"', "<= 73", "70, 72, 74"),
    "an ablation": (
        solution("90", "90", "90", more=', "dropout": [{"val": 80}]'),
        'dropout val: ">= 81"',
        ">= 81",
        "80",
    ),
    "not a number": (solution("90", "float('nan')", "91"), TARGET, ">= 85", "90, nan, 91"),
    "not a number, the other way": (
        solution("90", "float('nan')", "91"),
        'solution val: "<= 99"',
        "<= 99",
        "90, nan, 91",
    ),
    "not a number, in a tensor": (
        f"import torch\n\n{solution('90', 'torch.tensor(0.0) / 0', '91')}",
        TARGET,
        ">= 85",
        "90, nan, 91",
    ),
    "infinity": (
        solution("90", "float('inf')", "91"),
        'solution val: "<= 99"',
        "<= 99",
        "90, inf, 91",
    ),
    "a truth": (solution("90", "True", "91"), TARGET, ">= 85", "90, 1, 91"),
    "bound anew in the same cell": (
        f"{MEASURED}\n{solution('1', '2', '3')}",
        TARGET,
        ">= 85",
        "1, 2, 3",
    ),
}


@pytest.mark.parametrize(
    ("code", "target", "expected", "actual"), MISSED.values(), ids=MISSED.keys()
)
def test_a_seed_that_misses_a_target_is_reported_at_its_line(
    code: str, target: str, expected: str, actual: str, engine: Engine
) -> None:
    """With what was expected and what each seed gave; the page can be shown all the same."""
    content, (found,) = convert(page(code, target, rest=PARTS), engine)
    assert found.line == TARGET_LINE
    assert str(found).startswith(
        f"page.md:{TARGET_LINE}: the target '{target.replace(chr(34), '')}' of the experiment"
        " 'reach' does not hold."
    )
    assert found.detail == f"expected {expected} with every seed\nactual   {actual}"
    assert "✗ missed" in content and "✓ met" not in content


def test_each_target_is_held_by_itself(engine: Engine) -> None:
    found = problems(
        page(
            target=f'{TARGET}\nbaseline val: ">= 73"\nbaseline loss: "< 1"\nbaseline  val: "<= 74"'
        ),
        engine,
    )
    assert [(p.split(":")[1], p.split("'")[1]) for p in found] == [
        ("7", "baseline val: >= 73"),
        ("8", "baseline loss: < 1"),
    ]


def test_the_last_cell_that_binds_metrics_counts(engine: Engine) -> None:
    text = page(rest=cell(solution("1", "2", "3"), "continuation"))
    assert places(problems(text, engine)) == [TARGET_LINE]
    assert (
        problems(page(solution("1", "2", "3"), rest=cell(MEASURED, "continuation")), engine) == []
    )


UNMEASURED = {
    "an unknown training": 'solutoin val: ">= 85"',
    "an unknown metric": 'solution test: ">= 85"',
    "a training without seeds": 'dropout val: ">= 85"',
    "another case": 'Solution val: ">= 85"',
}


@pytest.mark.parametrize("target", UNMEASURED.values(), ids=UNMEASURED.keys())
def test_a_target_of_what_was_not_measured_is_reported_with_what_was(
    target: str, engine: Engine
) -> None:
    content, found = convert(
        page(solution("90", "90", "90", more=', "dropout": []'), target, rest=PARTS), engine
    )
    assert [p.line for p in found] == [TARGET_LINE]
    assert (
        f"the target '{target.replace(chr(34), '')}' of the experiment 'reach' speaks of what was"
        " not measured" in found[0].fact
    )
    assert found[0].remedy == "Use one of: baseline val, solution val"
    assert "✓ met" not in content


FEW = {
    "two seeds of the solution": (solution("90", "90"), ["2 seeds of 'solution'"]),
    "one seed of the baseline": (
        MEASURED.replace("(70, 72, 74)", "(70,)"),
        ["1 seeds of 'baseline'"],
    ),
    "no baseline": (MEASURED.replace('"baseline"', '"base"'), ["0 seeds of 'baseline'"]),
    "nothing": ("metrics = {}", ["0 seeds of 'baseline'", "0 seeds of 'solution'"]),
}


@pytest.mark.parametrize(("code", "facts"), FEW.values(), ids=FEW.keys())
def test_too_few_seeds_are_reported_at_the_cell(
    code: str, facts: list[str], engine: Engine
) -> None:
    text = page(code)
    found = [p for p in problems(text, engine) if "Train it with at least 3" in p]
    assert places(found) == [line(text, "```")] * len(facts)
    for fact, problem in zip(facts, found, strict=True):
        assert f"'metrics' holds {fact} in the experiment 'reach'" in problem


NO_METRICS = {
    "a list": "metrics = [1, 2]",
    "None": "metrics = None",
    "a seed for all": 'metrics = {"baseline": {"val": 1}, "solution": {"val": 90}}',
    "numbers for seeds": 'metrics = {"baseline": [1, 2, 3], "solution": [90, 90, 90]}',
    "a word for a number": solution("'many'", "90", "90"),
    "a tensor of several": f"import torch\n\n{solution('torch.ones(2)', '90', '90')}",
    "a text that binds it": 's = """\nmetrics = {}\n"""',
    "a cell that fails": f"{MEASURED}\n1 / 0",
}


@pytest.mark.parametrize("code", NO_METRICS.values(), ids=NO_METRICS.keys())
def test_what_cannot_be_read_as_metrics_is_reported_in_its_cell(code: str, engine: Engine) -> None:
    """No target counts as met, and the page can be shown all the same."""
    text = page(code, rest=PARTS)
    content, found = convert(text, engine)
    first = line(text, "```")
    assert found and all(
        first <= p.line <= first + code.count("\n") + 1
        for p in found
        if p.line != line(text, "Trained")
    )
    assert "data-table" not in content


def test_the_problem_of_unreadable_metrics_says_what_they_look_like(engine: Engine) -> None:
    """Not how they are read: a contributor never wrote that."""
    assert "__import__" not in "".join(problems(page("metrics = [1, 2]"), engine))


def test_a_seed_without_the_metric_of_a_target_is_reported(engine: Engine) -> None:
    """Else the seed that misses would be left out."""
    assert (
        problems(page(solution("90", "90", "10").replace('{"val": 10}', '{"loss": 0.1}')), engine)
        != []
    )


@pytest.mark.parametrize(
    "later", ['metrics["solution"] = [{"val": 1}] * 3', 'metrics |= {"solution": [{"val": 1}] * 3}']
)
def test_what_a_later_cell_makes_of_metrics_counts(later: str, engine: Engine) -> None:
    assert problems(page(rest=cell(later, "continuation")), engine) != []


def test_a_second_experiment_may_go_on_from_the_first_and_bind_metrics_anew(engine: Engine) -> None:
    second = experiment(
        solution("1", "2", "3"), 'solution val: ">= 1"', "continuation", name="second"
    )
    assert problems(f"{page()}\n{second}", engine) == []


def test_no_target_is_lost_when_two_speak_of_the_same(engine: Engine) -> None:
    """YAML would keep just the last of two lines with the same name."""
    assert problems(page(target='solution val: ">= 99"\nsolution val: ">= 85"'), engine) != []


def test_a_target_whose_name_is_quoted_is_reported_at_its_line(engine: Engine) -> None:
    assert places(problems(page(target='"solution val": ">= 99"'), engine)) == [TARGET_LINE]


@pytest.mark.parametrize("bound", ["85", '">= 85%"', '"=> 85"'])
def test_a_page_with_a_target_that_cannot_be_read_can_be_shown(bound: str, engine: Engine) -> None:
    """While serving, problems stand on the page."""
    content, found = convert(page(target=f"solution val: {bound}"), engine)
    assert [p.line for p in found] == [TARGET_LINE]
    assert "✓ met" not in content


def shown(text: str, engine: Engine) -> Element:
    """Return the only experiment of a page without problems."""
    return element("quiz-experiment", text, engine)


def test_an_experiment_is_complete_and_in_order_without_javascript(engine: Engine) -> None:
    """Task, cells and targets first.

    Then hints, solution and bonus, each to be opened, wherever they are written.
    """
    item = shown(page().replace("Story.", f"{PARTS.replace(CLAIM, '3')}Story."), engine)
    assert item.get("id") == "reach"
    assert [child.tag for child in item] == [
        "h2",
        "p",
        "div",
        "table",
        "details",
        "details",
        "details",
        "details",
    ]
    assert [text_of(child[0]) for child in item.findall("details")] == [
        "Hint 1",
        "Hint 2",
        "Solution, step by step",
        "Bonus",
    ]
    assert "Trained with 3 seeds." in text_of(item.findall("details")[2])
    assert not [e for e in item.iter() if "open" in e.attrib or "hidden" in e.attrib]
    title = item.find("h2/span")
    assert title is not None and title.get("id") == item.get("aria-labelledby")
    assert [(e.tag, e.text) for e in title] == [("strong", "85")]


def test_targets_are_a_table_with_what_was_measured(engine: Engine) -> None:
    item = shown(page(target='solution val: ">= 85"\nbaseline val: "< 74.5"', rest=PARTS), engine)
    assert rows(item, "targets") == [
        ["Training", "Metric", "Target", "Measured", "Every seed"],
        ["solution", "val", "at least 85", "88.1 [86.0 to 90.0]", "✓ met"],
        ["baseline", "val", "less than 74.5", "72.0 [70.0 to 74.0]", "✓ met"],
    ]
    assert item.find("table/caption") is not None
    assert [
        (row.get("data-name"), row.get("data-bound")) for row in item.findall("table/tbody/tr")
    ] == [
        ("solution val", ">=85"),
        ("baseline val", "<74.5"),
    ]


@pytest.mark.parametrize(
    ("sign", "words"),
    [(">=", "at least"), ("<=", "at most"), (">", "more than"), ("<", "less than")],
)
def test_a_target_is_put_in_words(sign: str, words: str, engine: Engine) -> None:
    bound = "50" if ">" in sign else "100"
    assert (
        rows(shown(page(target=f'solution val: "{sign} {bound}"'), engine), "targets")[1][2]
        == f"{words} {bound}"
    )


def test_rounding_hides_no_miss(engine: Engine) -> None:
    """The range of what was measured holds every seed as it is printed, percentages and losses."""
    code = solution("82.649", "88", "90.151")
    item = shown(page(code, target='solution val: ">= 82"'), engine)
    assert rows(item, "targets")[1][3].endswith(" [82.6 to 90.2]")
    assert rounded(0.12349, ROUND_FLOOR) == "0.123"
    assert rounded(0.12341, ROUND_CEILING) == "0.124"
    assert rounded(82.59999847, ROUND_FLOOR) == "82.6"  # What single precision makes of 82.6.


def test_a_missed_target_is_marked_and_others_are_not(engine: Engine) -> None:
    content, _ = convert(page(target='solution val: ">= 87"\nbaseline val: "<= 74"'), engine)
    assert re.findall(r"<td>([✓✗] \w+)</td>", content) == ["✗ missed", "✓ met"]


def test_all_trainings_are_a_table_in_the_solution(engine: Engine) -> None:
    """Ablations and metrics without a target too; a dash where a training has no such metric."""
    code = f'{MEASURED}\nmetrics["dropout alone"] = [{{"val": 80, "train": 99.6}}]'
    item = shown(page(code, rest=PARTS), engine)
    (part,) = item.findall("details[@data-part='solution']")
    assert rows(part, "metrics") == [
        ["Training", "Seeds", "val", "train"],
        ["baseline", "3", "72.0 [70.0 to 74.0]", "–"],
        ["solution", "3", "88.1 [86.0 to 90.0]", "–"],
        ["dropout alone", "1", "80.0 [80.0 to 80.0]", "99.6 [99.6 to 99.6]"],
    ]
    assert len(rows(item, "metrics")) == 4


def test_what_is_no_number_is_shown_as_such(engine: Engine) -> None:
    """In an ablation, which no target holds."""
    odd = (
        ', "diverged": [{"val": float("nan")}], "endless": [{"val": float("inf")}, {"val":'
        ' -float("inf")}, {"val": 1}]'
    )
    item = shown(page(solution("90", "90", "90", more=odd), rest=PARTS), engine)
    values = {row[0]: row[2] for row in rows(item, "metrics")[1:]}
    assert values["diverged"] == "nan [nan to nan]"
    assert values["endless"] == "nan [-inf to inf]"


def test_a_figure_is_not_rounded_to_what_its_target_says_otherwise(engine: Engine) -> None:
    """A loss of 0.31 that misses 0.3 does not read as 0, in the table and in the problem."""
    code = solution("0.2", "0.25", "0.304").replace('"val": 70', '"val": 0.9')
    content, (found,) = convert(page(code, 'solution val: "<= 0.3"', rest=PARTS), engine)
    assert "[0 to 0]" not in content
    assert "0.304" in found.detail


def test_two_experiments_on_a_page_are_held_each_by_its_own_runs(engine: Engine) -> None:
    second = experiment(solution("1", "2", "3"), 'solution val: ">= 2"', name="second")
    text = f"{page(rest=PARTS)}\n{second}"
    content, (found,) = convert(text, engine)
    assert found.line == line(text, '        solution val: ">= 2"')
    assert "the target 'solution val: >= 2' of the experiment 'second' does not hold" in found.fact
    assert re.findall(r"<td>([\d.]+ \[.*?\])</td><td>([✓✗])", content) == [
        ("88.1 [86.0 to 90.0]", "✓"),
        ("2 [1 to 3]", "✗"),
    ]


def test_a_second_experiment_needs_runs_of_its_own() -> None:
    text = f"{page()}\n{experiment('x = 1', name='second')}"
    (found,) = form(text)
    assert found.startswith(
        f"page.md:{text[: text.rindex('/// experiment')].count(chr(10)) + 1}: the experiment"
        " 'second' has no cell that"
    )


def test_an_experiment_in_an_example_is_shown_twice_and_there_once(engine: Engine) -> None:
    """Its source, and what it becomes."""
    content, found = convert(HELD["in an example"], engine)
    assert found == []
    assert content.count('id="reach"') == 1 and content.count("✓ met") == 1
    assert "//// experiment | Reach" in re.sub("<[^>]+>", "", content)


def test_metrics_are_recorded_seed_by_seed(project: Project) -> None:
    code = f'{MEASURED}\nmetrics["dropout"] = [{{"val": 80.6, "train": float("nan")}}]'
    project.write({"page.md": page(code)})
    assert project.accept() == (["tests/recorded/page.txt"], [])
    assert (
        project.record.read_text()
        == f"=== 05a71ad0 reach: {MEASURED}\n--- metrics\nbaseline: val=70; val=72;"
        " val=74\nsolution: val=90; val=88; val=86\ndropout: val=81 train=nan\n"
    )
    assert project.check() == []


NUMBERS = "the numbers of this cell differ from the record"
OUTPUT = "the output of this cell differs from what is recorded"
CHANGES = {
    "a number": ([("val=72", "val=73")], [NUMBERS]),
    "a seed more": ([("val=74", "val=74; val=74")], [OUTPUT]),
    "a training gone": ([("solution: val=90; val=88; val=86\n", "")], [OUTPUT]),
    "another name": ([("solution:", "remedy:")], [OUTPUT]),
}


@pytest.mark.parametrize(("changes", "facts"), CHANGES.values(), ids=CHANGES.keys())
def test_metrics_may_not_differ_from_those_recorded(
    changes: list[tuple[str, str]], facts: list[str], project: Project
) -> None:
    project.write({"page.md": page()})
    project.accept()
    for old, new in changes:
        project.edit_record(old, new)
    found = project.check()
    assert len(found) == len(facts), found
    assert all(fact in problem for fact, problem in zip(facts, found, strict=True))


def test_metrics_below_one_are_told_apart_in_the_record(project: Project) -> None:
    """An accuracy of 0.9 is recorded as something else than one of 0.6."""
    target = 'solution val: ">= 0.5"'
    project.write({"page.md": page(f"import math\n{solution('0.9', '0.9', '0.9')}", target)})
    project.accept()
    project.write({"page.md": page(f"import math\n{solution('0.6', '0.6', '0.6')}", target)})
    assert project.check() != []
