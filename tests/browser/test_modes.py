"""The modes of a topic, hub, home and review in a real Chromium, each reloaded midway."""

import re

import pytest
from playwright.sync_api import Page, expect

from support.learner import age, answer, choose, go_on, kept, visible
from support.pages import Opener

TOPIC = "rnn"


def heading(page: Page) -> str:
    return page.locator(".sequence__heading").first.inner_text()


def test_practice_shows_one_question_at_a_time_and_a_result_with_what_to_read(show: Opener) -> None:
    page = show(f"{TOPIC}/practice/")
    count = page.locator("quiz-question").count()
    assert heading(page) == f"Question 1 of {count}"
    for number in range(count):
        expect(visible(page)).to_have_count(1)
        answer(visible(page), right=number != 1)
        go_on(page)
        if number == 0:
            expect(visible(page).locator(".question__title")).to_be_focused()
            page.get_by_role("button", name="Previous").click()
            expect(visible(page).get_by_role("status")).to_have_text("Right.")
            page.get_by_role("button", name="Question 2").click()
    expect(page.locator(".sequence__heading")).to_have_text(
        f"{count - 1} of {count} right at the first attempt"
    )
    result = page.locator(".sequence__result")
    expect(result).to_contain_text("1 question still open.")
    expect(result.locator("a[href*='#']")).to_have_count(1)
    expect(visible(page)).to_have_count(0)
    page.get_by_role("button", name="Go on").click()
    answer(visible(page), right=True)
    expect(visible(page).get_by_role("status")).to_have_text("Right, at attempt 2.")


def test_practice_goes_on_where_the_reader_left_off(show: Opener) -> None:
    page = show(f"{TOPIC}/practice/")
    answer(visible(page), right=True)
    go_on(page)
    go_on(page)
    page.reload()
    expect(page.locator(".sequence__heading")).to_have_text(re.compile(r"^Question 3 of"))
    expect(page.get_by_role("button", name="Question 1, right")).to_be_visible()
    page.locator(".sequence__numbers button").last.click()
    go_on(page)
    page.get_by_role("button", name="Practice again").click()
    expect(visible(page).locator("input:checked")).to_have_count(0)
    expect(page.get_by_role("button", name="Question 1, right")).to_have_count(0)


def test_the_clock_runs_can_be_paused_extended_and_switched_off(show: Opener) -> None:
    page = show(f"{TOPIC}/challenge/")
    page.clock.install(time=0)
    page.reload()
    start = page.get_by_role("button", name="Start", exact=True)
    expect(start).to_be_visible()
    # From here on, time goes on only where the test says so.
    page.clock.pause_at(3_600_000)
    start.click()
    clock = page.get_by_role("timer")
    seconds = int(visible(page).get_attribute("data-seconds") or 0)
    assert seconds >= 60
    expect(clock).to_have_text(f"{seconds // 60}:{seconds % 60:02}")
    page.clock.run_for(10_000)
    left = seconds - 10
    expect(clock).to_have_text(f"{left // 60}:{left % 60:02}")
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(30_000)
    expect(clock).to_have_text(f"{left // 60}:{left % 60:02}")
    page.get_by_role("button", name="Add a minute").click()
    left += 60
    expect(clock).to_have_text(f"{left // 60}:{left % 60:02}")
    page.get_by_role("button", name="Resume").click()
    page.clock.run_for(1000 * (left + 5))
    expect(clock).to_have_text("0:00")
    expect(page.locator(".sequence__note")).to_have_text(
        "Time is up. Nothing is lost: take the time you need."
    )
    answer(visible(page), right=True)
    expect(visible(page).get_by_role("status")).to_have_text("Right.")
    go_on(page)
    page.get_by_role("button", name="Switch the clock off").click()
    expect(clock).to_have_count(0)
    page.reload()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("button", name="Switch the clock on")).to_be_visible()


def test_a_reload_amid_a_challenge_keeps_answers_and_the_time_left(show: Opener) -> None:
    page = show(f"{TOPIC}/challenge/")
    page.clock.install(time=0)
    page.reload()
    start = page.get_by_role("button", name="Start", exact=True)
    expect(start).to_be_visible()
    page.clock.pause_at(3_600_000)
    start.click()
    answer(visible(page), right=False)
    go_on(page)
    seconds = int(visible(page).get_attribute("data-seconds") or 0)
    page.clock.run_for(15_000)
    page.reload()
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".sequence__heading")).to_have_text("Question 2 of 5")
    expect(page.get_by_role("button", name="Question 1, wrong")).to_be_visible()
    left = seconds - 15
    expect(page.get_by_role("timer")).to_have_text(f"{left // 60}:{left % 60:02}")


def test_five_right_earn_the_badge_on_hub_and_home(show: Opener) -> None:
    page = show(f"{TOPIC}/challenge/")
    kinds = page.locator("quiz-question .question__facts").all_text_contents()
    assert sorted(k.split(" · ")[0] for k in kinds) == [
        "Choose the model", "Find the bug", "Predict the output",
        "Read the numbers", "Turn one knob",
    ]  # fmt: skip
    page.get_by_role("button", name="Start", exact=True).click()
    for number in range(5):
        answer(visible(page), right=number != 4)
        expect(visible(page).get_by_role("button", name="Try again")).to_be_hidden()
        go_on(page)
    expect(page.locator(".sequence__heading")).to_have_text("4 of 5 right")
    assert f"badge/{TOPIC}" not in kept(page)
    # Before a week has passed, the same numbers would not count.
    age(page, 8)
    page.reload()
    page.get_by_role("button", name="Start the challenge anew").click()
    for _ in range(5):
        answer(visible(page), right=True)
        go_on(page)
    expect(page.locator(".sequence__badge")).to_have_text(
        "All five right. The topic's badge is yours."
    )
    origin = page.url.split(f"{TOPIC}/")[0]
    page.goto(f"{origin}{TOPIC}/")
    expect(page.locator("tr[data-mode=challenge]")).to_contain_text("★ badge")
    page.goto(origin)
    expect(page.locator(f"tr[data-topic={TOPIC}]")).to_contain_text("★ badge")


def take_test(page: Page, right: int) -> list[str]:
    """Take the test from its first question on, with so many right answers.

    Return the ids drawn.
    """
    ids = []
    for number in range(10):
        item = visible(page)
        ids.append(item.get_attribute("id") or "")
        choose(item, right=number < right)
        go_on(page)
    return ids


def test_a_test_tells_nothing_before_its_end_and_then_a_verdict(show: Opener) -> None:
    page = show(f"{TOPIC}/test/")
    expect(visible(page)).to_have_count(0)
    page.get_by_role("button", name="Start the test").click()
    item = visible(page)
    choose(item, right=False)
    expect(item.get_by_role("button", name="Check")).to_be_hidden()
    for hidden in (".question__answer", ".question__proof", ".question-part--hint"):
        expect(item.locator(hidden).locator("visible=true")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator(".question__reason")).to_have_count(0)
    ids = take_test(page, 6)
    levels = [page.locator(f"#{name}").get_attribute("data-level") for name in ids]
    assert sorted(levels.count(level) for level in ("easy", "medium", "hard")) == [3, 3, 4]
    expect(page.locator(".sequence__heading")).to_have_text("6 of 10 right")
    expect(page.locator(".sequence__heading")).to_be_focused()
    result = page.locator(".sequence__result")
    expect(result.locator(".sequence__verdict")).to_have_text(re.compile("a good part"))
    for name in ("easy", "medium", "hard", "concepts"):
        expect(result.get_by_role("row", name=re.compile(f"^{name} "))).to_have_count(1)
    assert result.locator("a[href*='learn/#'], a[href*='#']").count() > 0
    expect(visible(page)).to_have_count(10)
    expect(visible(page).locator(".question__reason").first).to_be_visible()
    missed = [name for name, entry in kept(page).items() if entry.get("log")]
    assert sorted(missed) == sorted(ids[6:])


def test_another_test_draws_other_questions(show: Opener) -> None:
    page = show(f"{TOPIC}/test/")
    page.get_by_role("button", name="Start the test").click()
    first = set(take_test(page, 10))
    expect(page.locator(".sequence__verdict")).to_have_text(re.compile("You know this topic"))
    page.get_by_role("button", name="Take another test").click()
    expect(visible(page).locator("input:checked")).to_have_count(0)
    assert not first & set(take_test(page, 10))


def test_a_reload_amid_a_test_loses_nothing(show: Opener) -> None:
    page = show(f"{TOPIC}/test/")
    page.get_by_role("button", name="Start the test").click()
    chosen = []
    for _ in range(3):
        choose(visible(page), right=True)
        chosen.append(visible(page).get_attribute("id"))
        go_on(page)
    page.reload()
    page.get_by_role("button", name="Go on with question 4").click()
    expect(page.locator(".sequence__heading")).to_have_text("Question 4 of 10")
    expect(page.get_by_role("button", name=re.compile(", answered$"))).to_have_count(3)
    page.get_by_role("button", name="Question 1, answered").click()
    assert visible(page).get_attribute("id") == chosen[0]
    expect(visible(page).locator("input:checked")).to_have_count(1)


def test_a_half_finished_test_whose_question_was_edited_is_not_resumed(show: Opener) -> None:
    page = show(f"{TOPIC}/test/")
    page.get_by_role("button", name="Start the test").click()
    expect(visible(page)).to_have_count(1)
    page.evaluate(
        f"""() => {{ const s = JSON.parse(localStorage['unrolled:/']);
        s.items['{TOPIC}/quiz-test'].more.drawn[0][1] = 'edited';
        localStorage['unrolled:/'] = JSON.stringify(s) }}"""
    )
    page.reload()
    expect(page.get_by_role("button", name="Start the test")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Go on"))).to_have_count(0)


def test_cards_are_marked_by_the_reader_one_after_the_other(show: Opener) -> None:
    page = show(f"{TOPIC}/recap/")
    assert page.locator("quiz-card").count() >= 6
    names = []
    for word in ("I knew it", "Not yet"):
        card = page.locator("quiz-card:visible")
        names.append(card.get_attribute("id") or "")
        card.locator("summary").first.click()
        card.get_by_role("button", name=word).click()
        page.locator(".deck").get_by_role("button", name="Next").click()
        expect(page.locator(f"#{names[-1]}")).to_be_hidden()
    page.locator(".deck").get_by_role("button", name="Previous").click()
    card = page.locator(f"#{names[1]}")
    card.locator("summary").first.click()
    expect(card.get_by_role("status")).to_have_text("Not yet. It comes back tomorrow.")
    page.reload()
    assert [kept(page)[name]["log"][0][1] for name in names] == [3, 1]
    expect(page.locator(f"#{names[0]}")).to_have_class(re.compile("is-key"))
    expect(page.locator(f"#{names[1]}")).to_have_class(re.compile("is-distractor"))


def test_free_recall_counts_concepts_and_keeps_what_was_written_as_text(show: Opener) -> None:
    page = show(f"{TOPIC}/recap/")
    item = page.locator("quiz-explain").first
    written = "<img src=x onerror=alert(1)> <b>state</b>"
    item.get_by_label("In your own words").fill(written)
    expect(item.locator(".explain__concepts")).to_be_hidden()
    item.locator("summary").first.click()
    for number in (0, 1, 3):
        item.get_by_role("checkbox").nth(number).check()
    expect(item.get_by_role("status")).to_have_text("3 of 4 concepts")
    page.reload()
    expect(item.get_by_label("In your own words")).to_have_value(written)
    expect(item.get_by_role("status")).to_have_text("3 of 4 concepts")
    assert page.locator("quiz-explain img").count() == 0


def test_an_experiment_gives_hints_one_by_one_and_its_solution_after_a_second_step(
    show: Opener,
) -> None:
    page = show(f"{TOPIC}/experiment/")
    item = page.locator("quiz-experiment").first
    hints = item.locator(".question-part--hint")
    expect(hints.nth(0)).to_be_visible()
    expect(hints.nth(1)).to_be_hidden()
    hints.nth(0).locator("summary").click()
    expect(hints.nth(1)).to_be_visible()
    solution = item.locator(".question-part--solution")
    solution.locator("summary").first.click()
    expect(solution.locator(".experiment__solution")).to_be_hidden()
    solution.get_by_role("button", name="Show the solution").click()
    expect(solution.locator("[data-table=metrics]")).to_be_visible()


def test_an_experiment_holds_the_readers_figures_against_its_targets(show: Opener) -> None:
    page = show(f"{TOPIC}/experiment/")
    item = page.locator("quiz-experiment").first
    rows = item.locator("[data-table=targets] tbody tr")
    assert rows.count() >= 2
    for text in rows.all_inner_texts():
        assert "✓ met" in text
    form = item.locator(".experiment__form")
    bounds = [rows.nth(i).get_attribute("data-bound") or "" for i in range(rows.count())]
    names = [rows.nth(i).get_attribute("data-name") or "" for i in range(rows.count())]
    asked = [
        bound for bound, name in zip(bounds, names, strict=True) if name.startswith("solution ")
    ]
    inputs = form.locator("input")
    expect(inputs).to_have_count(len(asked))
    for number, bound in enumerate(asked):
        inputs.nth(number).fill(re.sub("[<>=]", "", bound))
    form.get_by_role("button").click()
    expect(item.locator(".experiment__form [role=status]")).to_have_text("All targets met.")
    inputs.first.fill("0" if asked[0].startswith(">") else "1000")
    form.get_by_role("button").click()
    missed = form.locator("label").first.inner_text().strip()
    expect(item.locator(".experiment__form [role=status]")).to_contain_text(
        f"1 target missed: {missed}."
    )
    page.reload()
    expect(inputs.first).to_have_value("0" if asked[0].startswith(">") else "1000")


def test_predict_first_asks_for_shapes_until_they_are_shown(show: Opener) -> None:
    page = show(f"{TOPIC}/learn/")
    page.get_by_role("button", name="Predict first").click()
    shows = page.get_by_role("button", name="Show what it gives")
    expect(shows.first).to_be_visible()
    count = shows.count()
    assert count > 3
    assert page.locator(".predict__field input").count() > 3
    shows.first.click()
    expect(shows).to_have_count(count - 1)
    page.reload()
    expect(shows).to_have_count(count)
    page.get_by_role("button", name="Predict first").click()
    expect(shows).to_have_count(0)


def test_the_hub_shows_progress_and_recommends_the_next_mode(show: Opener) -> None:
    page = show(f"{TOPIC}/")
    expect(page.locator(".hub__learn")).to_contain_text("New here? Start with Learn")
    expect(page.locator(".hub__test")).to_contain_text("Know it already? Take the Test")
    minutes = page.locator("[data-table=modes] tbody td:nth-child(2)").all_inner_texts()
    assert all(text.isdigit() for text in minutes)
    assert len(minutes) >= 7
    origin = page.url.split("#")[0]
    page.goto(origin + "learn/")
    questions = page.locator("quiz-question")
    for number in range(questions.count()):
        answer(questions.nth(number), right=True)
    page.goto(origin)
    expect(page.locator("tr[data-mode=learn]")).to_contain_text(re.compile(r"[2-9] of \d"))
    # The exercises are still to do.
    expect(page.locator(".hub__learn")).to_have_text("Continue: Learn")


def test_missed_questions_and_cards_come_back_in_the_review_when_due(show: Opener) -> None:
    page = show(f"{TOPIC}/practice/")
    origin = page.url.split(f"{TOPIC}/")[0]
    answer(visible(page), right=False)
    missed = visible(page).get_attribute("id") or ""
    go_on(page)
    answer(visible(page), right=True)
    page.goto(f"{origin}{TOPIC}/recap/")
    card = page.locator("quiz-card").first
    card.locator("summary").first.click()
    card.get_by_role("button", name="I knew it").click()
    page.goto(f"{origin}review/")
    expect(page.get_by_role("heading", name="Nothing is due today")).to_be_visible()
    expect(page.locator("quiz-review .sequence__note")).to_have_text(
        "2 items planned, the next within a day."
    )
    age(page, 1.1)
    page.goto(origin)
    expect(page.locator(".hub__due")).to_contain_text("1 item due today")
    page.goto(f"{origin}review/")
    expect(page.get_by_role("heading", name="1 item due today")).to_be_visible()
    age(page, 3)
    page.reload()
    page.get_by_role("button", name="Start the review").click()
    item = page.locator(f".review__item #{missed}")
    expect(item.locator("input:checked")).to_have_count(0)
    answer(item, right=True)
    expect(page.locator("quiz-review .sequence__note")).to_contain_text("It comes back in")
    page.get_by_role("button", name="Next").click()
    card = page.locator(".review__item quiz-card")
    card.locator("summary").first.click()
    card.get_by_role("button", name="Not yet").click()
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("heading", name="Nothing is due today")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Nothing is due today")).to_be_visible()


def test_an_item_that_cannot_be_read_offline_is_linked(show: Opener) -> None:
    page = show(f"{TOPIC}/practice/")
    answer(visible(page), right=False)
    age(page, 2)
    page.goto(page.url.split(TOPIC)[0] + "review/")
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('offline')) }")
    page.get_by_role("button", name="Start the review").click()
    expect(page.locator(".review__item a")).to_be_visible()
    page.get_by_role("button", name="Back", exact=True).click()
    expect(page.get_by_role("heading", name="1 item due today")).to_be_visible()


@pytest.mark.parametrize("mode", ["practice", "test", "challenge"])
def test_two_tabs_of_a_mode_agree(show: Opener, mode: str) -> None:
    first = show(f"{TOPIC}/{mode}/")
    if mode != "practice":
        first.get_by_role("button", name=re.compile("^Start")).click()
    if mode == "test":
        choose(visible(first), right=True)
    else:
        answer(visible(first), right=True)
    second = first.context.new_page()
    second.goto(first.url)
    if mode == "test":
        expect(second.get_by_role("button", name="Go on with question 1")).to_be_visible()
    else:
        expect(second.get_by_role("button", name="Question 1, right")).to_be_visible()


def test_topics_with_files_of_the_same_name_keep_their_own_state(show: Opener) -> None:
    page = show(f"{TOPIC}/test/")
    page.get_by_role("button", name="Start the test").click()
    choose(visible(page), right=True)
    drawn = visible(page).get_attribute("id") or ""
    page.goto(page.url.replace(f"/{TOPIC}/", "/lstm/"))
    expect(page.get_by_role("button", name="Start the test")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Go on"))).to_have_count(0)
    assert list(kept(page)) == [f"{TOPIC}/quiz-test"]
    assert drawn in kept(page)[f"{TOPIC}/quiz-test"]["more"]["chosen"]


def test_answers_are_kept_by_id_so_that_an_inserted_question_moves_none(show: Opener) -> None:
    page = show(f"{TOPIC}/practice/")
    answer(visible(page), right=True)
    name = visible(page).get_attribute("id") or ""
    # The same page with another question before it.
    page.route(
        "**/practice/",
        lambda route: route.fulfill(response=(r := route.fetch()), body=inserted(r.text(), name)),
    )
    page.reload()
    expect(page.locator("quiz-question").first).to_have_id("inserted")
    expect(page.get_by_role("button", name="Question 2, right")).to_be_visible()
    expect(page.get_by_role("button", name="Question 1", exact=True)).to_be_visible()
    assert list(kept(page)[name]) != []


def inserted(page: str, name: str) -> str:
    """Return a page's HTML with a copy of a question, under another id, before it."""
    start = page.index("<quiz-question")
    end = page.index("</quiz-question>") + len("</quiz-question>")
    return page[:start] + page[start:end].replace(name, "inserted") + page[start:]
