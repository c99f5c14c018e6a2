// <quiz-question>: upgrades a question's complete HTML to one that can be answered. What it shows
// was all on the page before; nothing that a reader types or that storage holds is ever parsed as
// HTML.

import { actions, button, make, QuizElement } from "./element.js";
import * as grading from "./grade.js";
import { LETTERS } from "./shared.js";
import * as store from "./store.js";

/** @typedef {import("./grade.js").Attempt} Attempt */
/** @typedef {import("./grade.js").Setting} Setting */
/** @typedef {import("./shared.js").ClassName} ClassName */
/** @typedef {{item: Element, reason: Element, input: HTMLInputElement, key: boolean}} Option */

/**
 * Questions to upgrade or to renew, a few at a time, so that a long page stays responsive.
 * @type {Set<QuizQuestion>}
 */
const waiting = new Set();
const SLICE = 8;

/** @param {QuizQuestion} item */
function later(item) {
  if (!waiting.size) setTimeout(work);
  waiting.add(item);
}

function work() {
  const end = performance.now() + SLICE;
  for (const item of waiting) {
    waiting.delete(item);
    if (item.ready()) item.restore();
    if (performance.now() > end) break;
  }
  if (waiting.size) setTimeout(work);
}

export class QuizQuestion extends QuizElement {
  /** @type {Option[]} in the order of the source, by which answers are kept */
  #options = [];
  /** @type {Option[]} in the order shown */
  #shown = [];
  /** The page's own, once it is upgraded. */
  #answer = make("details");
  #check = button("Check", () => this.#submit(), true);
  #again = button("Try again", () => {
    this.forget();
    this.#options[0].input.focus();
  });
  #attempt = grading.FRESH;
  /** @type {Setting} */
  #setting = "practice";
  /** When what is shown was kept. @type {number | undefined} */
  #kept = NaN;

  /** Where the reader is with it. */
  get attempt() {
    return this.#attempt;
  }

  /** Whether there is nothing more to answer. */
  get ended() {
    return this.#attempt.phase !== "open";
  }

  get right() {
    return this.#attempt.phase === "right";
  }

  /** Whether a test asks it: choices count, and nothing is told before the end. */
  get silent() {
    return this.#setting === "test";
  }

  /** Where it is asked, which the stylesheet sees too. */
  set setting(/** @type {Setting} */ setting) {
    this.#setting = this.dataset.setting = setting;
    this.#turn(this.#attempt);
  }

  /** Positions of the keys. */
  get keys() {
    return this.#where((option) => option.key);
  }

  /** Positions of the options that are chosen now. */
  get chosen() {
    return this.#where((option) => option.input.checked);
  }

  /** @param {(option: Option) => boolean} test @returns {Set<number>} */
  #where(test) {
    return new Set(this.#options.flatMap((option, i) => (test(option) ? [i] : [])));
  }

  /** @override @param {AbortSignal} signal */
  start(signal) {
    later(this);
    store.watch(() => later(this), signal);
  }

  /** @override */
  upgrade() {
    const list = this.find("question__options");
    const reasons = this.find("question__rationales");
    const answer = /** @type {HTMLDetailsElement | null} */ (this.find("question__answer"));
    if (!list || !reasons || !answer) return false;
    const [type, words] =
      "multiple" in this.dataset
        ? ["checkbox", "Choose all that are right"]
        : ["radio", "Choose one"];
    this.#options = [...list.children].map((item, i) => {
      const input = make("input", { type, name: this.id, value: String(i) });
      item.replaceChildren(make("label", {}, input, ...item.childNodes));
      const reason = reasons.children[i];
      const key = reason.classList.contains(/** @satisfies {ClassName} */ ("is-key"));
      return { item, reason, input, key };
    });
    this.#shuffle(list, reasons);
    // No <form>: whenever one is added, Chromium's autofill reads all forms of the page anew.
    const form = make("div", { class: "question__form" });
    list.before(form);
    const legend = make("legend", { class: "question__legend" }, words);
    form.append(make("fieldset", {}, legend, list), actions(this.#check, this.#again), this.status);
    this.addEventListener("keydown", (event) => this.#press(event));
    this.unfold();
    this.#answer = answer;
    answer.addEventListener("toggle", () => {
      if (answer.open && !this.ended && !this.silent)
        this.#step(grading.conceded(this.#attempt), "Here is the answer.");
    });
    const report = button("Report this question", () =>
      import("./report.js").then(({ report: send }) => send(this, report))
    );
    report.className = "question__report";
    this.find("question__proof")?.append(" ", report);
    return true;
  }

  /**
   * Show the options in a random order. The letters are the list's own, so they follow; the reasons
   * are put in the same order, and the answer names the letters of the keys.
   * @param {Element} list
   * @param {Element} reasons
   */
  #shuffle(list, reasons) {
    this.#shown = grading.shuffled(this.#options.length).map((i) => this.#options[i]);
    const letters = this.#shown.flatMap(({ item, reason, key }, place) => {
      list.append(item);
      reasons.append(reason);
      return key ? [LETTERS[place]] : [];
    });
    for (const place of [
      this.find("question__key")?.lastElementChild,
      document.getElementById(`${this.id}-key`)
    ])
      if (place) place.textContent = letters.join(", ");
  }

  /**
   * Choose an option by its letter or number, as shown; Enter submits, as in a form.
   * @param {KeyboardEvent} event
   */
  #press(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.altKey || event.metaKey || target.closest("pre, summary, a")) return;
    if (event.key === "Enter" && target instanceof HTMLInputElement) return this.#submit();
    const input = this.#shown[grading.placed(event.key)]?.input;
    if (!input || input.disabled) return;
    event.preventDefault();
    // Else the theme takes letters for its own.
    event.stopPropagation();
    input.checked = input.type === "radio" || !input.checked;
    input.focus();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #submit() {
    if (this.ended || this.silent) return;
    const { chosen } = this;
    if (!chosen.size) return this.announce("Choose an option first.");
    const { right, credit } = grading.grade(chosen, this.keys, this.#options.length);
    const most = grading.allowed(this.#setting, this.#options.length);
    const attempt = grading.submitted(this.#attempt, right, chosen, most);
    this.#step(attempt, grading.told(attempt, credit, most));
  }

  /** Grade what was chosen in a test, and show it. */
  reveal() {
    const { chosen } = this;
    const { right } = grading.grade(chosen, this.keys, this.#options.length);
    this.setting = "practice";
    const words = right
      ? "Right."
      : `${chosen.size ? "Not right" : "Unanswered"}. The answer is below.`;
    this.#step(grading.submitted(grading.FRESH, right, chosen, 1), words, false);
  }

  /**
   * Take a step: show, keep and announce it.
   * @param {Attempt} attempt
   * @param {string} words
   * @param {boolean} [open] whether the answer opens after a miss
   */
  #step(attempt, words, open = true) {
    this.#turn(attempt);
    const { ended, right } = this;
    const fields = { chosen: [...this.chosen], tries: attempt.tries, done: ended, right };
    store.set(
      this.id,
      this.hash,
      fields,
      grading.rating(attempt, Boolean(this.entry?.log?.length))
    );
    this.#kept = this.entry?.when;
    this.announce(
      store.lasting() ? words : `${words} (Your browser keeps no progress for this site.)`
    );
    if (!ended) return;
    if (!right && open) this.#answer.open = true;
    if (document.activeElement === this.#check || document.activeElement === document.body)
      this.#again.focus();
    this.dispatchEvent(new Event("quiz-done", { bubbles: true }));
  }

  /** Show where the reader is. @param {Attempt} attempt */
  #turn(attempt) {
    this.#attempt = attempt;
    const { ended } = this;
    this.#options.forEach((option, i) => {
      option.input.disabled = ended;
      tell(option, attempt.shown.includes(i) || (ended && option.key));
    });
    this.#check.hidden = ended || this.silent;
    this.#again.hidden = !ended || this.#setting !== "practice";
  }

  /** Choose options. @param {readonly number[]} positions */
  choose(positions) {
    this.#options.forEach(({ input }, i) => (input.checked = positions.includes(i)));
  }

  /** @override Where it is not shown already. */
  restore() {
    const { entry } = this;
    if (this.silent || this.#setting === "review" || entry?.when === this.#kept) return;
    this.#kept = entry?.when;
    this.clear();
    if (this.edited)
      this.announce("This question was edited since you answered it, so it counts as new.");
    if (!entry?.chosen) return;
    this.choose(entry.chosen);
    this.#turn(grading.resumed(entry));
    if (this.ended) this.announce(this.right ? "Answered rightly before." : "Answered before.");
  }

  /** Forget the answer, here and in what is kept. */
  forget() {
    store.set(this.id, this.hash, {});
    this.#kept = this.entry?.when;
    this.clear();
    this.announce("");
  }

  /** Take the answer away from what is shown. */
  clear() {
    this.choose([]);
    this.#answer.open = false;
    this.#turn(grading.FRESH);
  }
}

/**
 * Tell beneath an option whether it is right, and why; or no longer.
 * @param {Option} option
 * @param {boolean} on
 */
function tell({ item, reason, key }, on) {
  const told = item.querySelector(".question__reason");
  item.classList.toggle(/** @satisfies {ClassName} */ (key ? "is-key" : "is-distractor"), on);
  if (!on) told?.remove();
  if (!on || told) return;
  const verdict = make(
    "strong",
    { class: /** @satisfies {ClassName} */ ("question__verdict") },
    key ? "Right" : "Wrong"
  );
  const parts = [...reason.children].slice(1).map((part) => part.cloneNode(true));
  item.append(make("div", { class: "question__reason" }, verdict, ...parts));
}
