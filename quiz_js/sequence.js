// What practice, challenge and test share: one question at a time, with numbers to go to, previous
// and next, and a result at the end.

import { button, make, QuizElement } from "./element.js";
import * as store from "./store.js";

/** @typedef {import("./question.js").QuizQuestion} QuizQuestion */
/** @typedef {import("./shared.js").ClassName} ClassName */
/**
 * @typedef {object} Result the end of a mode
 * @property {string} words
 * @property {(Node | string)[]} parts
 * @property {readonly QuizQuestion[]} [shown] questions that stay to be read
 */

/** A mode that goes through the questions of a page. @abstract */
export class Sequence extends QuizElement {
  /** @type {QuizQuestion[]} all questions of the page */
  #pool = [];
  /**
   * @type {{items: readonly QuizQuestion[], at: number}} what is asked, in order, and which is
   *   shown: -1 for none
   */
  #course = { items: [], at: -1 };
  #heading = make("h2", { class: "sequence__heading", tabindex: "-1" });
  #numbers = make("ol", { class: "sequence__numbers" });
  #tools = make("div", { class: "question__actions sequence__tools" });
  #bar = make("nav", { class: "sequence", "aria-label": "Questions" });
  #intro = make(
    "details",
    { class: "sequence__intro" },
    make("summary", {}, "About these questions")
  );
  #result = make("section", { class: "sequence__result" });

  get pool() {
    return this.#pool;
  }

  get items() {
    return this.#course.items;
  }

  get at() {
    return this.#course.at;
  }

  /** The question that is shown. @returns {QuizQuestion | undefined} */
  get item() {
    return this.items[this.at];
  }

  /** What is kept of the mode itself. */
  get more() {
    return store.get(this.#key)?.more;
  }

  /** Under what it is kept. */
  get #key() {
    return store.mode(this.dataset.topic, this.localName);
  }

  /** The words of the last button. */
  get end() {
    return "See your result";
  }

  get article() {
    return this.closest("article") ?? document.body;
  }

  /** @override */
  upgrade() {
    /** @type {NodeListOf<QuizQuestion>} */
    const pool = this.article.querySelectorAll("quiz-question");
    this.#pool = [...pool];
    if (!this.#pool.length) return false;
    this.status.className = "sequence__note";
    this.#bar.append(this.#heading, this.#numbers, this.#tools, this.status);
    this.#pool[0].before(this.#bar);
    this.#fold();
    for (const item of this.#pool) if (item.ready()) item.restore();
    this.begin();
    return true;
  }

  /** @override @param {AbortSignal} signal */
  connect(signal) {
    this.article.addEventListener("quiz-done", () => this.answered(), { signal });
    this.number();
    const key = (/** @type {KeyboardEvent} */ event) => this.#press(event);
    document.addEventListener("keydown", key, { signal });
  }

  /**
   * Take the keys of the question that is shown, wherever the focus is: the theme's would leave the
   * page.
   * @param {KeyboardEvent} event
   */
  #press(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (!this.item) return;
    if (["n", "p", ",", "."].includes(event.key)) event.stopPropagation();
    if (!target.closest("input, textarea, select, button, quiz-question")) this.item.press(event);
  }

  /** Fold what stands between the page's title and the questions. */
  #fold() {
    const parts = [];
    let part = this.#bar.previousElementSibling;
    for (; part && part.localName !== "h1"; part = part.previousElementSibling) parts.unshift(part);
    this.#intro.append(...parts);
    if (parts.length) this.#bar.before(this.#intro);
  }

  /** Choose what is asked, and show where the reader left off. */
  begin() {}

  /** A question was answered. */
  answered() {
    this.number();
  }

  /**
   * Ask these questions.
   * @param {readonly QuizQuestion[]} items in order
   * @param {number} at the one to show; -1 for none
   * @param {boolean} [focus] whether the reader went there
   */
  ask(items, at, focus = true) {
    this.#course = { items, at };
    this.show(at, focus);
  }

  /**
   * Show a question.
   * @param {number} at -1 for none
   * @param {boolean} [focus] whether the reader went there
   */
  show(at, focus = true) {
    this.#turn(at, this.items.slice(at, at + 1));
    const { item } = this;
    if (!item) return;
    this.heading = `Question ${at + 1} of ${this.items.length}`;
    const last = at === this.items.length - 1;
    const back = button("Previous", () => this.show(at - 1));
    item.lead(
      last ? this.end : "Next",
      () => (last ? this.finish() : this.show(at + 1)),
      ...(at > 0 ? [back] : [])
    );
    // On a phone the numbers are one row that scrolls: the one that is asked stays in sight.
    const own = /** @type {HTMLElement} */ (this.#numbers.children[at]);
    this.#numbers.scrollLeft = own.offsetLeft - 250;
    if (focus) this.arrive();
  }

  /**
   * Bring the question that is shown into sight, and give it the focus; where its options lie out
   * of sight, bring it to the top.
   */
  arrive() {
    this.#bar.scrollIntoView();
    const { item } = this;
    const title = item?.find("question__title");
    title?.setAttribute("tabindex", "-1");
    title?.focus({ preventScroll: true });
    const end = (/** @type {?Element} */ part) => part?.getBoundingClientRect().bottom ?? 0;
    if (item && end(item.querySelector("fieldset")) > end(item.bar.panel)) item.scrollIntoView();
  }

  /**
   * Show these questions and no result.
   * @param {number} at
   * @param {readonly QuizQuestion[]} shown
   */
  #turn(at, shown) {
    this.#course = { ...this.#course, at };
    for (const item of this.#pool) {
      item.hidden = !shown.includes(item);
      item.classList.toggle("is-asked", at >= 0);
      item.lead("");
    }
    this.#intro.open = at < 0 && !shown.length;
    this.article.classList.toggle("is-asking", at >= 0);
    this.#result.remove();
    this.number();
  }

  /** The row of numbers: where the reader is, and what is answered. */
  number() {
    const numbers = this.items.map((item, i) => {
      const to = button(String(i + 1), () => this.show(i));
      to.className = "sequence__number";
      if (item.ended)
        to.classList.add(/** @satisfies {ClassName} */ (item.right ? "is-key" : "is-distractor"));
      to.setAttribute("aria-label", `Question ${i + 1}${this.state(item)}`);
      if (i === this.at) to.setAttribute("aria-current", "step");
      return make("li", {}, to);
    });
    this.#numbers.replaceChildren(...numbers);
  }

  /** Say where the reader is with a question, for its number. @param {QuizQuestion} item */
  state(item) {
    return item.ended ? `, ${item.attempt.phase}` : "";
  }

  /** Show the end. @abstract @param {boolean} [_focus] whether the reader went there */
  async finish(_focus) {}

  /** Forget the answers, and ask anew. */
  anew() {
    for (const item of this.items) item.forget();
    this.show(0);
  }

  /**
   * Load what is needed from here on, and say so where that fails.
   * @template Module
   * @param {Promise<Module>} loading
   */
  async loaded(loading) {
    try {
      return await loading;
    } catch {
      this.announce("This needs the network.");
    }
  }

  /**
   * Show a result in place of the questions.
   * @param {Result} result
   * @param {boolean} [focus] whether the reader went there
   */
  conclude({ words, parts, shown = [] }, focus = true) {
    this.#turn(-1, shown);
    this.heading = words;
    this.#result.replaceChildren(...parts);
    // Before the questions that stay, so that it is read first.
    this.#bar.after(this.#result);
    if (!focus) return;
    this.#bar.scrollIntoView();
    this.#heading.focus({ preventScroll: true });
  }

  /** Offer what the reader can do now. @param {...Node} tools */
  offer(...tools) {
    this.#tools.replaceChildren(...tools);
  }

  /** Keep the mode's own state. @param {object} more */
  keep(more) {
    store.set(this.#key, "", { more });
  }

  set heading(/** @type {string} */ words) {
    this.#heading.textContent = words;
  }
}
