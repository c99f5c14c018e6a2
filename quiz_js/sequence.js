// What practice, challenge and test share: one question at a time, with numbers to go to, previous and next, and a result at the end.

import { button, make } from "./dom.js";
import { QuizQuestion } from "./question.js";
import * as store from "./store.js";

export class Sequence extends HTMLElement {
  /** @type {(() => void)[]} */
  subscriptions = [];
  /** @type {QuizQuestion[]} what is asked, in order */
  items = [];
  at = -1;

  /** Under what the mode's own state is kept. */
  get key() {
    return `${this.dataset.topic}/${this.localName}`;
  }

  connectedCallback() {
    if (this.bar) return;
    const article = this.closest("article") ?? document.body;
    this.all = /** @type {QuizQuestion[]} */ ([...article.querySelectorAll("quiz-question")].filter((item) => item instanceof QuizQuestion));
    if (!this.all.length) return;
    for (const item of this.all) item.upgrade();
    this.heading = make("h2", { class: "sequence__heading", tabindex: "-1" });
    this.note = make("p", { class: "sequence__note", role: "status" });
    this.numbers = make("ol", { class: "sequence__numbers" });
    this.tools = make("div", { class: "question__actions sequence__tools" });
    this.bar = make("nav", { class: "sequence", "aria-label": "Questions" }, this.heading, this.numbers, this.tools, this.note);
    this.foot = make("div", { class: "question__actions" });
    this.result = make("section", { class: "sequence__result", hidden: "" });
    this.all[0].before(this.bar);
    this.all[this.all.length - 1].after(this.foot, this.result);
    const done = () => this.answered();
    article.addEventListener("quiz-done", done);
    this.subscriptions.push(() => article.removeEventListener("quiz-done", done));
    this.begin();
  }

  disconnectedCallback() {
    for (const undo of this.subscriptions.splice(0)) undo();
  }

  /** Choose what is asked, and show where the reader left off. */
  begin() {}

  /** A question was answered. */
  answered() {
    this.number();
  }

  /** The words of the last button. */
  get end() {
    return "See your result";
  }

  /** Show a question; -1 shows none. @param {number} at @param {boolean} [focus] whether the reader went there */
  show(at, focus = true) {
    this.at = at;
    for (const item of this.all ?? []) item.hidden = item !== this.items[at];
    if (this.result) this.result.hidden = true;
    this.foot?.replaceChildren();
    if (this.items[at]) {
      this.say(`Question ${at + 1} of ${this.items.length}`);
      if (at > 0) this.foot?.append(button("Previous", () => this.show(at - 1)));
      const last = at === this.items.length - 1;
      this.foot?.append(last ? button(this.end, () => this.finish(), true) : button("Next", () => this.show(at + 1), true));
    }
    this.number();
    if (focus) this.heading?.focus();
  }

  /** The row of numbers: where the reader is, and what is answered. */
  number() {
    this.numbers?.replaceChildren(
      ...this.items.map((item, i) => {
        const state = this.state(item);
        const to = button(String(i + 1), () => this.show(i));
        to.className = `sequence__number ${state.class}`;
        to.setAttribute("aria-label", `Question ${i + 1}${state.words}`);
        if (i === this.at) to.setAttribute("aria-current", "step");
        return make("li", {}, to);
      }),
    );
  }

  /** How a question stands, for its number. @param {QuizQuestion} item */
  state(item) {
    if (!item.done) return { class: "", words: "" };
    return item.right ? { class: "is-key", words: ", right" } : { class: "is-distractor", words: ", wrong" };
  }

  /** Show the end. */
  finish() {}

  /**
   * Show a result in place of the questions.
   * @param {string} words
   * @param {(Node | string)[]} parts
   * @param {QuizQuestion[]} [shown] questions that stay to be read
   */
  conclude(words, parts, shown = []) {
    this.at = -1;
    for (const item of this.all ?? []) item.hidden = !shown.includes(item);
    this.foot?.replaceChildren();
    this.say(words);
    this.number();
    if (!this.result) return;
    this.result.replaceChildren(...parts);
    this.result.hidden = false;
    // Before the questions that stay, so that it is read first.
    this.bar?.after(this.result);
    this.heading?.focus();
  }

  /** A list of what to read again, each section once. @param {QuizQuestion[]} missed */
  reading(missed) {
    const links = new Map(missed.flatMap((item) => [...item.querySelectorAll(".question__read a")].map((a) => [a.getAttribute("href"), a])));
    if (!links.size) return [];
    return [make("p", {}, "Read again:"), make("ul", {}, ...[...links.values()].map((a) => make("li", {}, a.cloneNode(true))))];
  }

  /** Forget the answers of questions, and ask them anew. @param {QuizQuestion[]} items */
  forget(items) {
    for (const item of items) {
      store.set(item.id, item.hash, {});
      item.clear();
      item.say("");
    }
  }

  /** @param {string} words */
  say(words) {
    if (this.heading) this.heading.textContent = words;
  }
}
