"""The question widget in a real Chromium: mouse, keyboard, reload, two tabs, broken storage.

And that it stays small.
"""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from support.learner import turn_to_several_keys
from support.pages import Opener

ID = "rnn-practice-output-shape"
PATH = f"rnn/practice/#{ID}"
KEY = "torch.Size([4, 7, 3])"


def question(page: Page, name: str = ID) -> Locator:
    return page.locator(f"quiz-question#{name}")


def option(item: Locator, text: str) -> Locator:
    return item.locator(".question__options > li").filter(has_text=text)


def wrong(item: Locator, number: int = 0) -> Locator:
    return item.locator(".question__options > li").filter(has_not_text=KEY).nth(number)


def check(item: Locator) -> None:
    item.get_by_role("button", name="Check").click()
    expect(item.get_by_role("status")).not_to_have_text("")


def test_the_right_option_is_confirmed_with_its_reason(show: Opener) -> None:
    item = question(show(PATH))
    option(item, KEY).locator("input").check()
    check(item)
    expect(item.get_by_role("status")).to_have_text("Right.")
    expect(item.locator(".question__panel .question__reason")).to_contain_text(
        "Batch and time stay where they were"
    )
    expect(item.locator("input").first).to_be_disabled()


def test_a_wrong_option_says_why_at_once_and_leaves_an_attempt(show: Opener) -> None:
    item = question(show(PATH))
    wrong(item).locator("input").check()
    check(item)
    expect(item.get_by_role("status")).to_have_text("Not yet. 1 attempt left.")
    expect(wrong(item).locator(".question__verdict")).to_have_text("Wrong")
    expect(item.locator(".question__reason")).to_be_visible()
    expect(item.locator(".question__answer")).not_to_have_attribute("open", "")
    wrong(item, 1).locator("input").check()
    check(item)
    expect(item.get_by_role("status")).to_have_text(
        re.compile(r"^Not yet\. The answer is [A-D]\.$")
    )
    expect(option(item, KEY).locator(".question__verdict")).to_have_text("Missed")
    expect(item.locator(".question__reason")).to_have_count(2)
    expect(item.locator(".question__answer")).not_to_have_attribute("open", "")


def test_arrow_keys_choose_and_never_submit(show: Opener) -> None:
    page = show(PATH)
    item = question(page)
    item.locator("input").first.focus()
    for _ in range(5):
        page.keyboard.press("ArrowDown")
    expect(item.locator("input:checked")).to_have_count(1)
    expect(item.locator(".question__reason")).to_have_count(0)
    expect(item.get_by_role("status")).to_have_text("")


@pytest.mark.parametrize("key", ["3", "c", "C"])
def test_a_letter_or_number_chooses_and_enter_submits(show: Opener, key: str) -> None:
    page = show(PATH)
    item = question(page)
    item.locator("input").first.focus()
    page.keyboard.press(key)
    expect(item.locator(".question__options > li").nth(2).locator("input")).to_be_checked()
    page.keyboard.press("Enter")
    expect(item.get_by_role("status")).to_have_text(re.compile("Right|Not yet"))


def test_letters_follow_the_shuffled_options(show: Opener) -> None:
    """Over several visits the key moves, and the answer names the place where it is."""
    places = set()
    page = show(PATH)
    for _ in range(10):
        page.reload()
        item = question(page)
        texts = item.locator(".question__options > li").all_inner_texts()
        place = next(i for i, text in enumerate(texts) if KEY in text)
        places.add(place)
        assert item.locator(".question__key strong").text_content() == "ABCD"[place]
        reasons = item.locator(".question__rationales > li").evaluate_all(
            "all => all.map(e => e.classList.contains('is-key'))"
        )
        assert reasons.index(True) == place
    assert len(places) > 1


def test_submitting_nothing_asks_for_a_choice(show: Opener) -> None:
    item = question(show(PATH))
    check(item)
    expect(item.get_by_role("status")).to_have_text("Choose an option first.")


def test_hints_come_one_by_one(show: Opener) -> None:
    item = question(show(PATH))
    hints = item.locator(".question-part--hint")
    expect(hints.nth(0)).to_be_visible()
    expect(hints.nth(1)).to_be_hidden()
    hints.nth(0).locator("summary").click()
    expect(hints.nth(1)).to_be_visible()


def test_an_answer_given_survives_a_reload_and_try_again_enables_everything(show: Opener) -> None:
    page = show(PATH)
    item = question(page)
    option(item, KEY).locator("input").check()
    check(item)
    page.reload()
    expect(item.get_by_role("status")).to_have_text("Answered rightly before.")
    expect(option(item, KEY).locator("input")).to_be_checked()
    item.get_by_role("button", name="Try again").click()
    expect(item.locator("input:checked")).to_have_count(0)
    expect(item.locator("input:disabled")).to_have_count(0)
    expect(item.get_by_role("button", name="Check")).to_be_enabled()
    page.reload()
    expect(item.get_by_role("status")).to_have_text("")


def test_a_wrong_attempt_is_kept_at_once(show: Opener) -> None:
    page = show(PATH)
    item = question(page)
    wrong(item).locator("input").check()
    check(item)
    page.reload()
    expect(item.locator(".question__options .is-distractor")).to_have_count(1)
    expect(item.locator(".question__reason")).to_have_count(1)
    option(item, KEY).locator("input").check()
    check(item)
    expect(item.get_by_role("status")).to_have_text("Right, at attempt 2.")


def test_an_edited_question_forgets_its_old_answer_and_no_other(show: Opener) -> None:
    page = show("rnn/learn/")
    edited, other = "rnn-learn-stacked-bidirectional-h-n", "rnn-learn-join-directions"
    for name in (edited, other):
        item = question(page, name)
        item.locator("input").first.check()
        check(item)
    page.evaluate(
        f"s => {{ const k = JSON.parse(localStorage['unrolled:/']); k.items['{edited}'].hash = 'o';"
        " localStorage['unrolled:/'] = JSON.stringify(k) }"
    )
    page.reload()
    expect(question(page, edited).locator("input:checked")).to_have_count(0)
    expect(question(page, edited).get_by_role("status")).to_contain_text(
        "edited since you answered it"
    )
    expect(question(page, other).locator("input:checked")).to_have_count(1)


def test_two_tabs_agree(show: Opener) -> None:
    first = show(PATH)
    second = first.context.new_page()
    second.goto(first.url)
    item = question(first)
    option(item, KEY).locator("input").check()
    check(item)
    expect(question(second).get_by_role("status")).to_have_text("Answered rightly before.")


BROKEN: dict[str, Callable[[Page], object]] = {
    "corrupt": lambda page: page.add_init_script("localStorage.setItem('unrolled:/', '{')"),
    "of a newer version": lambda page: page.add_init_script(
        "localStorage.setItem('unrolled:/', '{\"v\": 99, \"items\": {}}')"
    ),
    "full": lambda page: page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }"
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", BROKEN)
def test_broken_storage_neither_breaks_the_page_nor_is_overwritten(show: Opener, how: str) -> None:
    page = show("rnn/")
    BROKEN[how](page)
    page.goto(f"{page.url}practice/#{ID}")
    before = page.evaluate("localStorage.getItem('unrolled:/')")
    item = question(page)
    option(item, KEY).locator("input").check()
    check(item)
    expect(item.get_by_role("status")).to_have_text("Right.")
    expect(page.locator(".unkept")).to_contain_text("keeps no progress for this site")
    assert page.evaluate("localStorage.getItem('unrolled:/')") == before


def test_what_storage_holds_is_never_parsed_as_html(show: Opener) -> None:
    page = show(PATH)
    entry = {
        "hash": question(page).get_attribute("data-hash"),
        "chosen": ["<img src=x onerror=alert(1)>"],
        "tries": "<b>",
        "done": True,
    }
    evil = json.dumps({"v": 1, "items": {ID: entry}})
    page.evaluate("text => localStorage.setItem('unrolled:/', text)", evil)
    page.reload()
    expect(question(page)).to_be_visible()
    assert question(page).locator("img").count() == 0


def test_a_whole_question_by_keyboard_alone(show: Opener) -> None:
    page = show(PATH)
    item = question(page)
    page.locator("body").press("Tab")
    for _ in range(120):
        if item.evaluate(
            "e => e.contains(document.activeElement) && document.activeElement.tagName === 'INPUT'"
        ):
            break
        page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(item.get_by_role("button", name="Check")).to_be_focused()
    page.keyboard.press("Enter")
    expect(item.get_by_role("status")).to_have_text(re.compile("Right|Not yet"))


def test_a_question_with_several_keys_tells_how_much_was_judged_rightly(show: Opener) -> None:
    """Each option counts: one key of two is three options of four."""
    page = show("lstm/practice/")
    item = turn_to_several_keys(page)
    expect(item.locator("legend")).to_have_text("Choose all that are right")
    expect(item.get_by_role("radio")).to_have_count(0)
    keys = sorted(item.evaluate("e => [...e.keys]"))
    assert len(keys) == 2
    item.locator(f'input[value="{keys[0]}"]').check()
    check(item)
    expect(item.get_by_role("status")).to_have_text(
        "Not yet: 75% of the options judged rightly. 1 attempt left."
    )
    item.locator(f'input[value="{keys[1]}"]').check()
    check(item)
    expect(item.get_by_role("status")).to_have_text("Right, at attempt 2.")
    expect(item.locator(".question__options .is-key")).to_have_count(2)
    page.reload()
    item = turn_to_several_keys(page)
    assert [item.locator(f'input[value="{key}"]').is_checked() for key in keys] == [True, True]


def test_a_block_of_code_is_chosen_as_any_option(show: Opener) -> None:
    item = question(show("contribute/write-a-lesson/"), "contribute-code-options")
    tile = option(item, "states.append(h)")
    code = tile.locator("label .question__code")
    expect(code).to_have_css("white-space", "pre-wrap")
    assert "for x_t in x:\n    h = cell(x_t, h)\n" in (code.text_content() or "")
    assert code.locator("span").count() > 5  # highlighted
    code.click()
    expect(tile.locator("input")).to_be_checked()
    check(item)
    expect(item.get_by_role("status")).to_have_text("Right.")
    expect(item.locator(".question__reason")).to_contain_text("The loop hands each state on")
